#ifndef CASSETS_H
#define CASSETS_H
#include <stddef.h>

/* One embedded file: its path in the repository, its bytes. */
struct isegoria_asset {
  const char *name;
  const unsigned char *bytes;
  long size;
};

extern const long isegoria_asset_count;
struct isegoria_asset isegoria_asset(long index);
#endif
