/*
 * A disk that keeps only what was synced: preload this library, kill the program, and let power_cut.py undo what no sync covered.
 *
 *   LD_PRELOAD=power_cut.so POWER_CUT_FOLDER=/data POWER_CUT_JOURNAL=/elsewhere/journal program
 *
 * A kill alone loses nothing, because the kernel keeps what was written. So every change of a file under the folder is noted in the journal
 * before it happens, with what stood there before, and once more when it is done; every fsync and fdatasync is noted when it begins and when
 * it has succeeded. A change is on the disk when a sync of its file began after the change was done, and succeeded. All processes append to
 * one journal, so that one may sync what another wrote, as PostgreSQL does.
 *
 *   POWER_CUT_DELAY=MICROSECONDS   each sync takes at least so long, which widens the moment between an answer and the sync it should follow
 *   POWER_CUT_SQLITE=OFF           the program's "PRAGMA synchronous = FULL" becomes OFF: the defect that a test must find
 *
 * Not seen: writes through mmap (SQLite's -shm, which a restart rebuilds), through stdio, and folders made or removed.
 * Linux, 64 bits. No fault is hidden: when the journal cannot be written, the program is stopped.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum kind { WRITE = 1, RESIZE, CREATE, RENAME, REMOVE, DONE, SYNC_BEGINS, SYNC_DONE };

/* A record of the journal; `size` bytes follow: what stood there before, or names, each closed by a zero byte. */
struct record {
  uint32_t magic, kind;
  uint64_t number;      /* of the change or sync; DONE and SYNC_DONE repeat it */
  uint64_t file;        /* inode; of the folder, for a sync of a folder */
  int64_t offset;       /* WRITE: where; RESIZE and WRITE: see length */
  int64_t length;       /* WRITE, RESIZE: how long the file was */
  uint64_t span;        /* WRITE: how many bytes are written; RENAME: inode that stood at the new name, or 0 */
  uint64_t size;
};

static char folder[PATH_MAX], trash[PATH_MAX];
static size_t folder_length;
static int journal = -1;
static long delay_us;
static int sqlite_off;
static atomic_ulong counter;

static long raw_write(int fd, const void *bytes, size_t size) { return syscall(SYS_write, fd, bytes, size); }

static void give_up(const char *why) {
  raw_write(2, "power_cut: ", 11);
  raw_write(2, why, strlen(why));
  raw_write(2, "\n", 1);
  syscall(SYS_exit_group, 99);
}

__attribute__((constructor)) static void begin(void) {
  const char *root = getenv("POWER_CUT_FOLDER"), *path = getenv("POWER_CUT_JOURNAL");
  if (!root || !path || !realpath(root, folder)) return;
  folder_length = strlen(folder);
  if (snprintf(trash, sizeof trash, "%s.trash", path) >= (int)sizeof trash) give_up("the journal's path is too long");
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (fd < 0) give_up("the journal cannot be opened");
  /* Out of the way of programs that close the lowest descriptors. */
  journal = fcntl(fd, F_DUPFD_CLOEXEC, 700);
  if (journal < 0) journal = fd; else syscall(SYS_close, fd);
  if (getenv("POWER_CUT_DELAY")) delay_us = atol(getenv("POWER_CUT_DELAY"));
  const char *off = getenv("POWER_CUT_SQLITE");
  sqlite_off = off && !strcmp(off, "OFF");
}

static uint64_t next_number(void) {
  return (uint64_t)(uint32_t)syscall(SYS_getpid) << 40 | (atomic_fetch_add(&counter, 1) & 0xFFFFFFFFFFu);
}

static void note(struct record record, const void *bytes) {
  record.magic = 0x50434A31;
  struct iovec parts[2] = {{&record, sizeof record}, {(void *)bytes, record.size}};
  /* One append: the kernel holds the file's lock, so records of several processes never mix. */
  long written = syscall(SYS_writev, journal, parts, record.size ? 2 : 1);
  if (written != (long)(sizeof record + record.size)) give_up("the journal cannot be written");
}

static void note_done(uint64_t number, uint64_t file) { note((struct record){.kind = DONE, .number = number, .file = file}, NULL); }

static int is_inside(const char *path) {
  return !strncmp(path, folder, folder_length) && (path[folder_length] == '/' || path[folder_length] == 0);
}

/* Whether the descriptor is a file (or a folder, if wanted) of ours. */
static int is_ours(int fd, struct stat *status, int folders) {
  if (journal < 0) return 0;
  int kept = errno, ours = 0;
  if (!fstat(fd, status) && (S_ISREG(status->st_mode) || (folders && S_ISDIR(status->st_mode)))) {
    char link[40], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    long length = syscall(SYS_readlink, link, path, sizeof path - 1);
    if (length > 0) { path[length] = 0; ours = is_inside(path); }
  }
  errno = kept;
  return ours;
}

/* The whole path of a name, if it lies in the folder. The last part need not exist. */
static int whole_path(int at, const char *name, char *path) {
  if (journal < 0) return 0;
  int kept = errno, ours = 0;
  char start[PATH_MAX], parent[PATH_MAX];
  if (name[0] == '/' || at == AT_FDCWD) {
    if (snprintf(start, sizeof start, "%s", name) >= (int)sizeof start) goto end;
  } else {
    char link[40], base[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", at);
    long length = syscall(SYS_readlink, link, base, sizeof base - 1);
    if (length <= 0) goto end;
    base[length] = 0;
    if (strlen(base) + strlen(name) + 2 > sizeof start) goto end;
    strcpy(start, base);
    strcat(start, "/");
    strcat(start, name);
  }
  char *last = strrchr(start, '/');
  const char *leaf = last ? last + 1 : start;
  if (last) *last = 0;
  if (!realpath(last ? (*start ? start : "/") : ".", parent)) goto end;
  if (strlen(parent) + strlen(leaf) + 2 > PATH_MAX) goto end;
  strcpy(path, parent);
  strcat(path, "/");
  strcat(path, leaf);
  ours = is_inside(path);
end:
  errno = kept;
  return ours;
}

/* Keeps a file that loses its name, so that the name can come back. */
static void keep(const char *path, uint64_t inode) {
  char kept_as[PATH_MAX + 32];
  syscall(SYS_mkdirat, AT_FDCWD, trash, 0777);
  snprintf(kept_as, sizeof kept_as, "%s/%llu", trash, (unsigned long long)inode);
  if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, kept_as, 0) && errno != EEXIST) give_up("a removed file cannot be kept: is the journal on the same disk as the folder?");
}

static uint64_t note_write(int fd, const struct stat *status, int64_t offset, size_t span) {
  uint64_t number = next_number();
  int64_t there = status->st_size > offset ? status->st_size - offset : 0;
  size_t size = (size_t)there < span ? (size_t)there : span;
  char small[65536], *before = size <= sizeof small ? small : malloc(size);
  if (!before) give_up("no memory");
  size_t got = 0;
  /* Descriptors opened for writing only cannot be read: go through /proc. */
  int reader = fd;
  if (size && (fcntl(fd, F_GETFL) & O_ACCMODE) == O_WRONLY) {
    char link[40];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    reader = (int)syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC);
    if (reader < 0) give_up("a written file cannot be read");
  }
  while (got < size) {
    long more = syscall(SYS_pread64, reader, before + got, size - got, offset + (int64_t)got);
    if (more <= 0) break;
    got += (size_t)more;
  }
  if (reader != fd) syscall(SYS_close, reader);
  note((struct record){.kind = WRITE, .number = number, .file = status->st_ino, .offset = offset, .length = status->st_size, .span = span, .size = got}, before);
  if (before != small) free(before);
  return number;
}

static int64_t place(int fd, const struct stat *status) {
  if (fcntl(fd, F_GETFL) & O_APPEND) return status->st_size;
  int64_t offset = syscall(SYS_lseek, fd, 0, SEEK_CUR);
  return offset < 0 ? 0 : offset;
}

static size_t total(const struct iovec *parts, int count) {
  size_t sum = 0;
  for (int index = 0; index < count; index++) sum += parts[index].iov_len;
  return sum;
}

#define AROUND_WRITE(fd, where, span, call)                                    \
  struct stat status;                                                          \
  if (!is_ours(fd, &status, 0)) return call;                                   \
  int before = errno;                                                          \
  uint64_t number = note_write(fd, &status, where, span);                      \
  errno = before;                                                              \
  ssize_t result = call;                                                       \
  int after = errno;                                                           \
  note_done(number, status.st_ino);                                            \
  errno = after;                                                               \
  return result

ssize_t write(int fd, const void *bytes, size_t size) { AROUND_WRITE(fd, place(fd, &status), size, syscall(SYS_write, fd, bytes, size)); }
ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset) { AROUND_WRITE(fd, offset, size, syscall(SYS_pwrite64, fd, bytes, size, offset)); }
ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset) { return pwrite64(fd, bytes, size, offset); }
ssize_t writev(int fd, const struct iovec *parts, int count) { AROUND_WRITE(fd, place(fd, &status), total(parts, count), syscall(SYS_writev, fd, parts, count)); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) {
  AROUND_WRITE(fd, offset, total(parts, count), syscall(SYS_pwritev, fd, parts, count, offset, 0));
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) { return pwritev64(fd, parts, count, offset); }

/* A shorter file loses its end, which is noted as a write would be; then how long it was. */
static uint64_t note_resize(int fd, const struct stat *status, int64_t length) {
  uint64_t number = length < status->st_size ? note_write(fd, status, length, (size_t)(status->st_size - length)) : 0;
  if (number) return number;
  number = next_number();
  note((struct record){.kind = RESIZE, .number = number, .file = status->st_ino, .length = status->st_size}, NULL);
  return number;
}

#define AROUND_RESIZE(fd, wanted, call)                                        \
  struct stat status;                                                          \
  if (!is_ours(fd, &status, 0)) return call;                                   \
  uint64_t number = note_resize(fd, &status, wanted);                          \
  int result = call;                                                           \
  int after = errno;                                                           \
  note_done(number, status.st_ino);                                            \
  errno = after;                                                               \
  return result

int ftruncate64(int fd, off64_t length) { AROUND_RESIZE(fd, length, (int)syscall(SYS_ftruncate, fd, length)); }
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
int truncate64(const char *path, off64_t length) {
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  int result = ftruncate64(fd, length), after = errno;
  syscall(SYS_close, fd);
  errno = after;
  return result;
}
int truncate(const char *path, off_t length) { return truncate64(path, length); }

static int allocate(int fd, int mode, int64_t offset, int64_t length) {
  AROUND_RESIZE(fd, status.st_size, (int)syscall(SYS_fallocate, fd, mode, offset, length));
}
int fallocate(int fd, int mode, off_t offset, off_t length) { return allocate(fd, mode, offset, length); }
int fallocate64(int fd, int mode, off64_t offset, off64_t length) { return allocate(fd, mode, offset, length); }
int posix_fallocate(int fd, off_t offset, off_t length) { return allocate(fd, 0, offset, length) ? errno : 0; }
int posix_fallocate64(int fd, off64_t offset, off64_t length) { return allocate(fd, 0, offset, length) ? errno : 0; }

static int synced(int fd, long call) {
  struct stat status;
  int ours = is_ours(fd, &status, 1);
  uint64_t number = ours ? next_number() : 0;
  if (ours) {
    note((struct record){.kind = SYNC_BEGINS, .number = number, .file = status.st_ino}, NULL);
    if (delay_us > 0) nanosleep(&(struct timespec){delay_us / 1000000, delay_us % 1000000 * 1000}, NULL);
  }
  int result = (int)syscall(call, fd), after = errno;
  if (ours && !result) note((struct record){.kind = SYNC_DONE, .number = number, .file = status.st_ino}, NULL);
  errno = after;
  return result;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

static int opened(int at, const char *name, int flags, mode_t mode) {
  char path[PATH_MAX];
  struct stat status;
  int may_create = flags & O_CREAT && (flags & O_TMPFILE) != O_TMPFILE && whole_path(at, name, path);
  int was_there = may_create && !syscall(SYS_newfstatat, AT_FDCWD, path, &status, 0);
  if (flags & O_TRUNC && flags & (O_WRONLY | O_RDWR)) {
    /* Emptied by a truncation of ours, so that what it held is noted. */
    int fd = (int)syscall(SYS_openat, at, name, (flags & ~(O_TRUNC | O_CREAT | O_EXCL)) | O_CLOEXEC, 0);
    if (fd >= 0 && !(flags & O_EXCL) && is_ours(fd, &status, 0)) ftruncate64(fd, 0);
    if (fd >= 0) syscall(SYS_close, fd);
  }
  int fd = (int)syscall(SYS_openat, at, name, flags, mode), after = errno;
  if (fd >= 0 && may_create && !was_there && is_ours(fd, &status, 0)) {
    uint64_t number = next_number();
    note((struct record){.kind = CREATE, .number = number, .file = status.st_ino, .size = strlen(path) + 1}, path);
    note_done(number, status.st_ino);
  }
  errno = after;
  return fd;
}

#define MODE(flags)                                                            \
  mode_t mode = 0;                                                             \
  if ((flags) & O_CREAT || ((flags) & O_TMPFILE) == O_TMPFILE) { va_list list; va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }

int open(const char *name, int flags, ...) { MODE(flags) return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE(flags) return opened(AT_FDCWD, name, flags | O_LARGEFILE, mode); }
int openat(int at, const char *name, int flags, ...) { MODE(flags) return opened(at, name, flags, mode); }
int openat64(int at, const char *name, int flags, ...) { MODE(flags) return opened(at, name, flags | O_LARGEFILE, mode); }
int creat(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *name, mode_t mode) { return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC | O_LARGEFILE, mode); }

static int renamed(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
  char names[2 * PATH_MAX], old[PATH_MAX], new[PATH_MAX];
  struct stat status, replaced = {0};
  uint64_t number = 0;
  if (whole_path(from_at, from, old) && whole_path(to_at, to, new) && !syscall(SYS_newfstatat, AT_FDCWD, old, &status, AT_SYMLINK_NOFOLLOW) && S_ISREG(status.st_mode)) {
    if (!syscall(SYS_newfstatat, AT_FDCWD, new, &replaced, AT_SYMLINK_NOFOLLOW) && replaced.st_ino != status.st_ino) keep(new, replaced.st_ino);
    size_t first = strlen(old) + 1, second = strlen(new) + 1;
    memcpy(names, old, first);
    memcpy(names + first, new, second);
    number = next_number();
    note((struct record){.kind = RENAME, .number = number, .file = status.st_ino, .span = replaced.st_ino, .size = first + second}, names);
  }
  int result = (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags), after = errno;
  if (number && !result) note_done(number, status.st_ino);
  errno = after;
  return result;
}

int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_at, const char *from, int to_at, const char *to) { return renamed(from_at, from, to_at, to, 0); }
int renameat2(int from_at, const char *from, int to_at, const char *to, unsigned flags) { return renamed(from_at, from, to_at, to, flags); }

int linkat(int from_at, const char *from, int to_at, const char *to, int flags) {
  char path[PATH_MAX];
  struct stat status;
  int result = (int)syscall(SYS_linkat, from_at, from, to_at, to, flags), after = errno;
  if (!result && whole_path(to_at, to, path) && !syscall(SYS_newfstatat, AT_FDCWD, path, &status, AT_SYMLINK_NOFOLLOW)) {
    uint64_t number = next_number();
    note((struct record){.kind = CREATE, .number = number, .file = status.st_ino, .size = strlen(path) + 1}, path);
    note_done(number, status.st_ino);
  }
  errno = after;
  return result;
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int at, const char *name, int flags) {
  char path[PATH_MAX];
  struct stat status;
  uint64_t number = 0;
  if (!(flags & AT_REMOVEDIR) && whole_path(at, name, path) && !syscall(SYS_newfstatat, AT_FDCWD, path, &status, AT_SYMLINK_NOFOLLOW) && S_ISREG(status.st_mode)) {
    keep(path, status.st_ino);
    number = next_number();
    note((struct record){.kind = REMOVE, .number = number, .file = status.st_ino, .size = strlen(path) + 1}, path);
  }
  int result = (int)syscall(SYS_unlinkat, at, name, flags), after = errno;
  if (number && !result) note_done(number, status.st_ino);
  errno = after;
  return result;
}
int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int remove(const char *name) {
  int result = unlinkat(AT_FDCWD, name, 0);
  return result && errno == EISDIR ? unlinkat(AT_FDCWD, name, AT_REMOVEDIR) : result;
}

/*
 * The defect for the counter-proof: SQLite is told not to sync, whatever the program says, and a program that asks hears what it hopes for.
 * Same length, same place.
 */
static const char *unsynced(const char *sql) {
  if (sqlite_off && sql && !strcmp(sql, "PRAGMA synchronous")) return "SELECT 2          ";
  const char *found = sqlite_off && sql ? strstr(sql, "synchronous = FULL") : NULL;
  if (!found) return sql;
  char *copy = strdup(sql);
  if (!copy) give_up("no memory");
  memcpy(copy + (found - sql), "synchronous = OFF ", 18);
  return copy;
}

/* SQLite's own function; a module may have loaded SQLite for itself alone. */
static void *sqlite(const char *name) {
  void *found = dlsym(RTLD_NEXT, name), *library = NULL;
  if (!found && (library = dlopen("libsqlite3.so.0", RTLD_LAZY | RTLD_NOLOAD))) found = dlsym(library, name);
  if (!found) give_up("SQLite is not loaded");
  return found;
}

#define NEXT(type, name) __typeof__(type) *next = (__typeof__(type) *)sqlite(name)

int sqlite3_exec(void *db, const char *sql, void *callback, void *context, char **message) {
  NEXT(int(void *, const char *, void *, void *, char **), "sqlite3_exec");
  return next(db, unsynced(sql), callback, context, message);
}

/* The end of the statement that SQLite reports must lie in the caller's own text. */
static int prepared(int result, const char *sql, const char *used, const char **rest) {
  if (rest && *rest && used != sql) *rest = sql + (*rest - used);
  return result;
}
int sqlite3_prepare_v2(void *db, const char *sql, int length, void **statement, const char **rest) {
  NEXT(int(void *, const char *, int, void **, const char **), "sqlite3_prepare_v2");
  const char *used = unsynced(sql);
  return prepared(next(db, used, length, statement, rest), sql, used, rest);
}
int sqlite3_prepare_v3(void *db, const char *sql, int length, unsigned flags, void **statement, const char **rest) {
  NEXT(int(void *, const char *, int, unsigned, void **, const char **), "sqlite3_prepare_v3");
  const char *used = unsynced(sql);
  return prepared(next(db, used, length, flags, statement, rest), sql, used, rest);
}
