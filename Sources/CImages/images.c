#include "CImages.h"
#include <errno.h>
#include <malloc.h>
#include <string.h>
#include <sys/resource.h>
#include <vips/vips.h>

int isegoria_image_sniff(const unsigned char *bytes, size_t size) {
  if (size >= 3 && memcmp(bytes, "\xFF\xD8\xFF", 3) == 0) return ISEGORIA_IMAGE_JPEG;
  if (size >= 8 && memcmp(bytes, "\x89PNG\r\n\x1A\n", 8) == 0) return ISEGORIA_IMAGE_PNG;
  if (size >= 12 && memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0) return ISEGORIA_IMAGE_WEBP;
  if (size >= 6 && (memcmp(bytes, "GIF87a", 6) == 0 || memcmp(bytes, "GIF89a", 6) == 0)) return ISEGORIA_IMAGE_GIF;
  return 0;
}

/* A damaged picture would print a line for each of its rows. */
static void be_silent(const gchar *domain, GLogLevelFlags level, const gchar *message, gpointer context) {
  (void)domain, (void)level, (void)message, (void)context;
}

static gpointer start_vips(gpointer context) {
  (void)context;
  /* The decoders that we never want, ImageMagick's and poppler's among them, live in modules: found nowhere, they are not loaded.
     Without vectors no code is written at run time. */
  g_setenv("VIPSHOME", "/nonexistent", TRUE);
  g_setenv("VIPS_NOVECTOR", "1", TRUE);
  g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO, be_silent, NULL);
  if (vips_init("isegoria")) return NULL;
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  vips_operation_block_set("VipsForeignLoad", TRUE);
  vips_operation_block_set("VipsForeignLoadJpeg", FALSE);
  vips_operation_block_set("VipsForeignLoadPng", FALSE);
  vips_operation_block_set("VipsForeignLoadWebp", FALSE);
  vips_operation_block_set("VipsForeignLoadNsgif", FALSE);
  return GINT_TO_POINTER(1);
}

/* Reads the header alone. */
static VipsImage *open_header(int type, void *bytes, size_t size) {
  VipsImage *image = NULL;
  switch (type) {
  case ISEGORIA_IMAGE_JPEG: vips_jpegload_buffer(bytes, size, &image, "access", VIPS_ACCESS_SEQUENTIAL, NULL); break;
  case ISEGORIA_IMAGE_PNG: vips_pngload_buffer(bytes, size, &image, "access", VIPS_ACCESS_SEQUENTIAL, NULL); break;
  case ISEGORIA_IMAGE_WEBP: vips_webpload_buffer(bytes, size, &image, "access", VIPS_ACCESS_SEQUENTIAL, NULL); break;
  case ISEGORIA_IMAGE_GIF: vips_gifload_buffer(bytes, size, &image, "access", VIPS_ACCESS_SEQUENTIAL, NULL); break;
  }
  return image;
}

/* Replaces *image by next, which was made from it. */
static int step(VipsImage **image, int failed, VipsImage *next) {
  g_object_unref(*image);
  *image = failed ? NULL : next;
  return failed;
}

/* A small image in memory, upright, in sRGB, 8 bits a band, without transparency when all of it is opaque. */
static VipsImage *decode(void *bytes, size_t size, int max_side) {
  VipsImage *image = NULL, *next = NULL;
  /* libvips 8.14 gives fail_on to some loaders only; the option string reaches the others. */
  if (vips_thumbnail_buffer(bytes, size, &image, max_side, "height", max_side, "size", VIPS_SIZE_DOWN, "export_profile", "srgb",
                            "fail_on", VIPS_FAIL_ON_ERROR, "option_string", "fail_on=error", NULL))
    return NULL;
  next = vips_image_copy_memory(image);
  if (step(&image, next == NULL, next)) return NULL;
  if (step(&image, vips_colourspace(image, &next, VIPS_INTERPRETATION_sRGB, NULL), next)) return NULL;
  if (step(&image, vips_cast_uchar(image, &next, NULL), next)) return NULL;
  if (!vips_image_hasalpha(image)) return image;
  VipsImage *alpha = NULL;
  double least = 0;
  if (vips_extract_band(image, &alpha, image->Bands - 1, NULL) || vips_min(alpha, &least, NULL)) {
    g_clear_object(&alpha);
    g_object_unref(image);
    return NULL;
  }
  g_object_unref(alpha);
  if (least == 255 && step(&image, vips_extract_band(image, &next, 0, "n", image->Bands - 1, NULL), next)) return NULL;
  return image;
}

static int encode(VipsImage *image, int source, int quality, struct isegoria_image *result) {
  result->width = vips_image_get_width(image);
  result->height = vips_image_get_height(image);
  if (!vips_image_hasalpha(image)) {
    result->type = ISEGORIA_IMAGE_JPEG;
    return vips_jpegsave_buffer(image, &result->bytes, &result->size, "Q", quality, "strip", TRUE, "optimize_coding", TRUE, "interlace", TRUE, NULL);
  }
  if (source == ISEGORIA_IMAGE_WEBP) {
    result->type = ISEGORIA_IMAGE_WEBP;
    return vips_webpsave_buffer(image, &result->bytes, &result->size, "Q", quality, "strip", TRUE, NULL);
  }
  result->type = ISEGORIA_IMAGE_PNG;
  return vips_pngsave_buffer(image, &result->bytes, &result->size, "strip", TRUE, NULL);
}

static int failed(struct isegoria_image *result, int fault) {
  g_strlcpy(result->message, vips_error_buffer(), sizeof result->message);
  vips_error_clear();
  return fault;
}

int isegoria_image_reencode(const void *source, size_t size, long long max_pixels, int max_side, int jpeg_quality, struct isegoria_image *result) {
  static GOnce once = G_ONCE_INIT;
  void *bytes = (void *)source;
  memset(result, 0, sizeof *result);
  int type = isegoria_image_sniff(source, size);
  if (!type) return ISEGORIA_IMAGE_TYPE;
  if (!g_once(&once, start_vips, NULL)) return failed(result, ISEGORIA_IMAGE_FAILED);
  VipsImage *header = open_header(type, bytes, size);
  if (!header) return failed(result, ISEGORIA_IMAGE_BROKEN);
  long long width = vips_image_get_width(header), height = vips_image_get_height(header);
  g_object_unref(header);
  if (width < 1 || height < 1 || width > max_pixels / height) return ISEGORIA_IMAGE_PIXELS;
  VipsImage *image = decode(bytes, size, max_side);
  if (!image) return failed(result, ISEGORIA_IMAGE_BROKEN);
  int broken = encode(image, type, jpeg_quality, result);
  g_object_unref(image);
  return broken ? failed(result, ISEGORIA_IMAGE_BROKEN) : ISEGORIA_IMAGE_OK;
}

void isegoria_image_free(struct isegoria_image *image) {
  g_free(image->bytes);
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
