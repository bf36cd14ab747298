#include "CLibPQ.h"

struct isegoria_libpq isegoria_find_libpq(void) {
  static const char *const names[] = {ISEGORIA_LIBPQ(ISEGORIA_NAME) NULL};
  struct isegoria_libpq functions;
  functions.is_there = isegoria_dlopen("libpq.so.5", names, &functions);
  return functions;
}
