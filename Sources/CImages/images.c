#include "CImages.h"
#include <CDlopen.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* libvips is loaded when the first picture is decoded, in the child process alone. Linked, it would bring some hundred libraries into every server:
   half a second of processor for their relocations and 20 MB that are never used. What we call of it is declared here; its names and numbers are
   those of libvips.so.42, which keeps them within that version of its interface. */
typedef struct VipsImage VipsImage;
enum { VIPS_ACCESS_SEQUENTIAL = 1, VIPS_FAIL_ON_ERROR = 2, VIPS_SIZE_DOWN = 2, VIPS_INTERPRETATION_sRGB = 22 };
enum { G_LOG_WARNING = 1 << 4, G_LOG_MESSAGE = 1 << 5, G_LOG_INFO = 1 << 6 };
typedef void log_function(const char *domain, int level, const char *message, void *context);

static struct {
  unsigned (*g_log_set_handler)(const char *, int, log_function *, void *);
  void (*g_object_unref)(void *);
  void (*g_free)(void *);
  int (*vips_init)(const char *);
  void (*vips_concurrency_set)(int);
  void (*vips_cache_set_max)(int);
  void (*vips_operation_block_set)(const char *, int);
  const char *(*vips_error_buffer)(void);
  void (*vips_error_clear)(void);
  int (*vips_jpegload_buffer)(void *, size_t, VipsImage **, ...);
  int (*vips_pngload_buffer)(void *, size_t, VipsImage **, ...);
  int (*vips_webpload_buffer)(void *, size_t, VipsImage **, ...);
  int (*vips_gifload_buffer)(void *, size_t, VipsImage **, ...);
  int (*vips_thumbnail_buffer)(void *, size_t, VipsImage **, int, ...);
  VipsImage *(*vips_image_copy_memory)(VipsImage *);
  int (*vips_colourspace)(VipsImage *, VipsImage **, int, ...);
  int (*vips_cast_uchar)(VipsImage *, VipsImage **, ...);
  int (*vips_image_hasalpha)(VipsImage *);
  int (*vips_image_get_bands)(const VipsImage *);
  int (*vips_image_get_width)(const VipsImage *);
  int (*vips_image_get_height)(const VipsImage *);
  int (*vips_extract_band)(VipsImage *, VipsImage **, int, ...);
  int (*vips_min)(VipsImage *, double *, ...);
  int (*vips_jpegsave_buffer)(VipsImage *, void **, size_t *, ...);
  int (*vips_webpsave_buffer)(VipsImage *, void **, size_t *, ...);
  int (*vips_pngsave_buffer)(VipsImage *, void **, size_t *, ...);
} lib;

/* Nonzero when every name was found, in the order of the structure. dlsym looks through the libraries that libvips brings, too. */
static int load(void) {
  static const char *const names[] = {
    "g_log_set_handler", "g_object_unref", "g_free", "vips_init", "vips_concurrency_set", "vips_cache_set_max", "vips_operation_block_set",
    "vips_error_buffer", "vips_error_clear", "vips_jpegload_buffer", "vips_pngload_buffer", "vips_webpload_buffer", "vips_gifload_buffer",
    "vips_thumbnail_buffer", "vips_image_copy_memory", "vips_colourspace", "vips_cast_uchar", "vips_image_hasalpha", "vips_image_get_bands",
    "vips_image_get_width", "vips_image_get_height", "vips_extract_band", "vips_min", "vips_jpegsave_buffer", "vips_webpsave_buffer",
    "vips_pngsave_buffer", NULL};
  _Static_assert(sizeof lib / sizeof(void *) == sizeof names / sizeof *names - 1, "each function has a name");
  return isegoria_dlopen("libvips.so.42", names, &lib);
}

int isegoria_image_sniff(const unsigned char *bytes, size_t size) {
  if (size >= 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0) return ISEGORIA_IMAGE_JPEG;
  if (size >= 8 && memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) == 0) return ISEGORIA_IMAGE_PNG;
  if (size >= 12 && memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0) return ISEGORIA_IMAGE_WEBP;
  if (size >= 6 && (memcmp(bytes, "GIF87a", 6) == 0 || memcmp(bytes, "GIF89a", 6) == 0)) return ISEGORIA_IMAGE_GIF;
  return 0;
}

/* A damaged picture would print a line for each of its rows. */
static void be_silent(const char *domain, int level, const char *message, void *context) {
  (void)domain, (void)level, (void)message, (void)context;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int is_ready = 0;

static void start_vips(void) {
  /* The decoders that we never want, ImageMagick's and poppler's among them, live in modules: found nowhere, they are not loaded.
     Without vectors no code is written at run time. */
  setenv("VIPSHOME", "/nonexistent", 1);
  setenv("VIPS_NOVECTOR", "1", 1);
  if (!load()) return;
  lib.g_log_set_handler("VIPS", G_LOG_WARNING | G_LOG_MESSAGE | G_LOG_INFO, be_silent, NULL);
  if (lib.vips_init("isegoria")) return;
  lib.vips_concurrency_set(1);
  lib.vips_cache_set_max(0);
  lib.vips_operation_block_set("VipsForeignLoad", 1);
  lib.vips_operation_block_set("VipsForeignLoadJpeg", 0);
  lib.vips_operation_block_set("VipsForeignLoadPng", 0);
  lib.vips_operation_block_set("VipsForeignLoadWebp", 0);
  lib.vips_operation_block_set("VipsForeignLoadNsgif", 0);
  is_ready = 1;
}

/* Reads the header alone. */
static VipsImage *open_header(int type, void *bytes, size_t size) {
  VipsImage *image = NULL;
  switch (type) {
  case ISEGORIA_IMAGE_JPEG: lib.vips_jpegload_buffer(bytes, size, &image, "access", VIPS_ACCESS_SEQUENTIAL, NULL); break;
  case ISEGORIA_IMAGE_PNG: lib.vips_pngload_buffer(bytes, size, &image, "access", VIPS_ACCESS_SEQUENTIAL, NULL); break;
  case ISEGORIA_IMAGE_WEBP: lib.vips_webpload_buffer(bytes, size, &image, "access", VIPS_ACCESS_SEQUENTIAL, NULL); break;
  case ISEGORIA_IMAGE_GIF: lib.vips_gifload_buffer(bytes, size, &image, "access", VIPS_ACCESS_SEQUENTIAL, NULL); break;
  }
  return image;
}

/* Replaces *image by next, which was made from it. */
static int step(VipsImage **image, int failed, VipsImage *next) {
  lib.g_object_unref(*image);
  *image = failed ? NULL : next;
  return failed;
}

/* A small image in memory, upright, in sRGB, 8 bits a band, without transparency when all of it is opaque. */
static VipsImage *decode(void *bytes, size_t size, int max_side) {
  VipsImage *image = NULL, *next = NULL;
  /* libvips 8.14 gives fail_on to some loaders only; the option string reaches the others. */
  if (lib.vips_thumbnail_buffer(bytes, size, &image, max_side, "height", max_side, "size", VIPS_SIZE_DOWN, "export_profile", "srgb",
                            "fail_on", VIPS_FAIL_ON_ERROR, "option_string", "fail_on=error", NULL))
    return NULL;
  next = lib.vips_image_copy_memory(image);
  if (step(&image, next == NULL, next)) return NULL;
  if (step(&image, lib.vips_colourspace(image, &next, VIPS_INTERPRETATION_sRGB, NULL), next)) return NULL;
  if (step(&image, lib.vips_cast_uchar(image, &next, NULL), next)) return NULL;
  if (!lib.vips_image_hasalpha(image)) return image;
  VipsImage *alpha = NULL;
  double least = 0;
  if (lib.vips_extract_band(image, &alpha, lib.vips_image_get_bands(image) - 1, NULL) || lib.vips_min(alpha, &least, NULL)) {
    if (alpha) lib.g_object_unref(alpha);
    lib.g_object_unref(image);
    return NULL;
  }
  lib.g_object_unref(alpha);
  if (least == 255 && step(&image, lib.vips_extract_band(image, &next, 0, "n", lib.vips_image_get_bands(image) - 1, NULL), next)) return NULL;
  return image;
}

static int encode(VipsImage *image, int source, int quality, struct isegoria_image *result) {
  result->width = lib.vips_image_get_width(image);
  result->height = lib.vips_image_get_height(image);
  if (!lib.vips_image_hasalpha(image)) {
    result->type = ISEGORIA_IMAGE_JPEG;
    return lib.vips_jpegsave_buffer(image, &result->bytes, &result->size, "Q", quality, "strip", 1, "optimize_coding", 1, "interlace", 1, NULL);
  }
  if (source == ISEGORIA_IMAGE_WEBP) {
    result->type = ISEGORIA_IMAGE_WEBP;
    return lib.vips_webpsave_buffer(image, &result->bytes, &result->size, "Q", quality, "strip", 1, NULL);
  }
  result->type = ISEGORIA_IMAGE_PNG;
  return lib.vips_pngsave_buffer(image, &result->bytes, &result->size, "strip", 1, NULL);
}

static int failed(struct isegoria_image *result, int fault) {
  snprintf(result->message, sizeof result->message, "%s", lib.vips_error_buffer());
  lib.vips_error_clear();
  return fault;
}

int isegoria_image_reencode(const void *source, size_t size, long long max_pixels, int max_side, int jpeg_quality, struct isegoria_image *result) {
  void *bytes = (void *)source;
  memset(result, 0, sizeof *result);
  int type = isegoria_image_sniff(source, size);
  if (!type) return ISEGORIA_IMAGE_TYPE;
  pthread_once(&once, start_vips);
  if (!is_ready) return ISEGORIA_IMAGE_FAILED;
  VipsImage *header = open_header(type, bytes, size);
  if (!header) return failed(result, ISEGORIA_IMAGE_BROKEN);
  long long width = lib.vips_image_get_width(header), height = lib.vips_image_get_height(header);
  lib.g_object_unref(header);
  if (width < 1 || height < 1 || width > max_pixels / height) return ISEGORIA_IMAGE_PIXELS;
  VipsImage *image = decode(bytes, size, max_side);
  if (!image) return failed(result, ISEGORIA_IMAGE_BROKEN);
  int broken = encode(image, type, jpeg_quality, result);
  lib.g_object_unref(image);
  return broken ? failed(result, ISEGORIA_IMAGE_BROKEN) : ISEGORIA_IMAGE_OK;
}

void isegoria_image_free(struct isegoria_image *image) {
  /* A picture that was refused before libvips was loaded holds nothing. */
  if (image->bytes) lib.g_free(image->bytes);
  image->bytes = NULL;
}

static int limit(int resource, rlim_t most) {
  struct rlimit limit;
  if (getrlimit(resource, &limit)) return errno;
  if (limit.rlim_max != RLIM_INFINITY && most > limit.rlim_max) most = limit.rlim_max;
  limit.rlim_cur = limit.rlim_max = most;
  return setrlimit(resource, &limit) ? errno : 0;
}

int isegoria_limit_process(size_t memory_bytes, unsigned cpu_seconds, size_t file_bytes) {
  /* Each of glibc's arenas would take 64 MiB of addresses, and addresses are what RLIMIT_AS counts. */
  mallopt(M_ARENA_MAX, 1);
  int fault = limit(RLIMIT_CORE, 0);
  if (!fault) fault = limit(RLIMIT_CPU, cpu_seconds);
  if (!fault) fault = limit(RLIMIT_FSIZE, file_bytes);
  if (!fault) fault = limit(RLIMIT_AS, memory_bytes);
  return fault;
}
