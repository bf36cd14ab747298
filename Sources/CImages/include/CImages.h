#ifndef CIMAGES_H
#define CIMAGES_H
#include <stddef.h>

/* What Swift cannot call because libvips takes variable arguments, and because it is loaded when it is first needed. */

enum isegoria_image_fault {
  ISEGORIA_IMAGE_OK = 0,
  ISEGORIA_IMAGE_TYPE,    /* neither JPEG, PNG, WebP nor GIF by its first bytes */
  ISEGORIA_IMAGE_PIXELS,  /* more pixels than allowed, or none */
  ISEGORIA_IMAGE_BROKEN,  /* cannot be decoded, or is cut short */
  ISEGORIA_IMAGE_FAILED   /* libvips cannot start or write */
};

enum isegoria_image_type { ISEGORIA_IMAGE_JPEG = 1, ISEGORIA_IMAGE_PNG, ISEGORIA_IMAGE_WEBP, ISEGORIA_IMAGE_GIF };

struct isegoria_image {
  void *bytes;  /* to be given back by isegoria_image_free */
  size_t size;
  int type;     /* enum isegoria_image_type; never GIF */
  int width;
  int height;
  char message[200]; /* libvips' own words when it failed */
};

/* The type that the first bytes tell, or 0. */
int isegoria_image_sniff(const unsigned char *bytes, size_t size);

/* Decodes the first frame, turns it upright, makes it no larger than max_side, and encodes it anew without metadata:
   with transparency as PNG, or WebP if it was WebP, else as JPEG. */
int isegoria_image_reencode(const void *bytes, size_t size, long long max_pixels, int max_side, int jpeg_quality, struct isegoria_image *result);

void isegoria_image_free(struct isegoria_image *image);

/* Limits this process for good, before anything is decoded. 0, or errno. */
int isegoria_limit_process(size_t memory_bytes, unsigned cpu_seconds, size_t file_bytes);
#endif
