"""The other half of power_cut.c: makes the preloaded library, reads its journal after a kill, and undoes what no sync covered.

    disk = Disk(folder)                 # what lies in the folder now is on the disk
    subprocess.Popen(program, env=os.environ | disk.environment())
    …kill it…
    disk.cut()                          # the folder as a power cut would have left it

A change is kept when a successful sync of its file began after the change was done. A name that appeared, changed or went is kept when its file
or its folder was synced later, or when a later change of a name in that folder is kept (file systems journal names in order). Everything else is
undone, newest first; with `seed`, each unsynced write stays or goes by chance, as when a disk reorders.
"""
import mmap, os, pathlib, random, shutil, struct, subprocess, tempfile

WRITE, RESIZE, CREATE, RENAME, REMOVE, DONE, SYNC_BEGINS, SYNC_DONE = range(1, 9)
HEAD = struct.Struct("=IIQQqqQQ")
MAGIC = 0x50434A31
here = pathlib.Path(__file__).resolve().parent


def build_library(folder):
    library = pathlib.Path(folder) / "power_cut.so"
    subprocess.run(["gcc", "-std=c17", "-O2", "-Wall", "-Werror", "-fPIC", "-shared", "-o", library, here / "power_cut.c", "-ldl"], check=True)
    library.chmod(0o755)
    return library


class Change:
    __slots__ = ("kind", "file", "offset", "length", "span", "content", "done")

    def __init__(self, kind, file, offset, length, span, content):
        self.kind, self.file, self.offset, self.length, self.span, self.content, self.done = kind, file, offset, length, span, content, None

    def names(self):
        return [os.fsdecode(name) for name in self.content.rstrip(b"\0").split(b"\0")]


class Disk:
    def __init__(self, folder, library=None, delay_us=0):
        self.folder = pathlib.Path(folder).resolve()
        self.beside = pathlib.Path(tempfile.mkdtemp(prefix="power-cut-", dir=self.folder.parent))
        self.beside.chmod(0o777)
        self.journal = self.beside / "journal"
        self.library = library or build_library(self.beside)
        self.delay_us = delay_us

    def environment(self, sqlite_off=False):
        names = {
            "LD_PRELOAD": str(self.library), "POWER_CUT_FOLDER": str(self.folder), "POWER_CUT_JOURNAL": str(self.journal),
            "POWER_CUT_DELAY": str(self.delay_us)}
        return names | ({"POWER_CUT_SQLITE": "OFF"} if sqlite_off else {})

    def remove(self):
        shutil.rmtree(self.beside, ignore_errors=True)

    # After the kill

    def cut(self, seed=None):
        """Leaves in the folder what was on the disk; returns (changes, changes undone, syncs)."""
        changes, until, syncs = self.read()
        durable = self.durable_names(changes, until)
        places = {path.stat().st_ino: path for path in self.folder.rglob("*") if path.is_file() and not path.is_symlink()}
        trash = pathlib.Path(str(self.journal) + ".trash")
        chance = random.Random(seed) if seed is not None else None
        kept, undone = {}, 0
        for index in range(len(changes) - 1, -1, -1):
            change = changes[index]
            if index in durable or (change.kind in (WRITE, RESIZE) and change.done is not None and change.done < until.get(change.file, -1)):
                continue
            if change.kind == WRITE and chance and chance.random() < 0.5:
                kept.setdefault(change.file, []).append((change.offset, change.offset + change.span))
                continue
            undone += 1
            self.undo(change, places, trash, kept)
        self.journal.unlink(missing_ok=True)
        shutil.rmtree(trash, ignore_errors=True)
        return len(changes), undone, syncs

    def read(self):
        """The changes in order, for each file the place in the journal up to which it is on the disk, and the number of syncs."""
        changes, open_changes, open_syncs, until, syncs = [], {}, {}, {}, 0
        if not self.journal.exists() or self.journal.stat().st_size == 0:
            return changes, until, syncs
        with open(self.journal, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as bytes_:
            position = 0
            while position + HEAD.size <= len(bytes_):
                magic, kind, number, file_number, offset, length, span, size = HEAD.unpack_from(bytes_, position)
                if magic != MAGIC:
                    raise RuntimeError(f"the journal is damaged at {position}")
                content = bytes_[position + HEAD.size:position + HEAD.size + size]
                if len(content) < size:
                    break
                if kind == DONE:
                    if number in open_changes:
                        open_changes.pop(number).done = position
                elif kind == SYNC_BEGINS:
                    open_syncs[number] = position
                elif kind == SYNC_DONE:
                    syncs += 1
                    until[file_number] = max(until.get(file_number, -1), open_syncs.pop(number))
                else:
                    change = Change(kind, file_number, offset, length, span, content)
                    open_changes[number] = change
                    changes.append(change)
                position += HEAD.size + size
        return changes, until, syncs

    @staticmethod
    def durable_names(changes, until):
        """Indices of the changes of names that are on the disk."""
        folders, durable = {}, set()
        for index in range(len(changes) - 1, -1, -1):
            change = changes[index]
            if change.kind not in (CREATE, RENAME, REMOVE):
                continue
            parents = {os.path.dirname(name) for name in change.names()}
            numbers = {os.stat(parent).st_ino for parent in parents if os.path.exists(parent)}
            synced = max([until.get(change.file, -1) if change.kind != REMOVE else -1, *(until.get(number, -1) for number in numbers)])
            if (change.done is not None and change.done < synced) or any(folders.get(parent) for parent in parents):
                durable.add(index)
                folders |= dict.fromkeys(parents, True)
        return durable

    def undo(self, change, places, trash, kept):
        if change.kind in (WRITE, RESIZE):
            path = places.get(change.file) or (trash / str(change.file))
            if not path.exists():
                return
            with open(path, "r+b") as file:
                for begin, end in uncovered(change.offset, change.offset + len(change.content), kept.get(change.file, [])):
                    file.seek(begin)
                    file.write(change.content[begin - change.offset:end - change.offset])
                file.flush()
                longest = max([end for _, end in kept.get(change.file, [])], default=0)
                os.ftruncate(file.fileno(), max(change.length, longest))
            return
        names = change.names()
        path = pathlib.Path(names[-1])
        stands = path.exists() and path.stat().st_ino == change.file
        if change.kind == CREATE and stands:
            (trash / str(change.file)).unlink(missing_ok=True)
            path.unlink()
        elif change.kind == RENAME and stands:
            os.rename(path, names[0])
            places[change.file] = pathlib.Path(names[0])
            if change.span and (trash / str(change.span)).exists():
                os.link(trash / str(change.span), path)
                places[change.span] = path
        elif change.kind == REMOVE and not path.exists() and (trash / str(change.file)).exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            os.link(trash / str(change.file), path)
            places[change.file] = path


def uncovered(begin, end, covers):
    """The parts of begin..<end that lie in none of the covers."""
    parts = [(begin, end)] if end > begin else []
    for first, last in covers:
        parts = [piece for start, stop in parts for piece in ((start, min(stop, first)), (max(start, last), stop)) if piece[0] < piece[1]]
    return parts
