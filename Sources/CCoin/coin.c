#include "CCoin.h"

struct isegoria_clp isegoria_find_clp(void) {
  static const char *const names[] = {ISEGORIA_CLP(ISEGORIA_NAME) NULL};
  struct isegoria_clp functions;
  functions.is_there = isegoria_dlopen("libClp.so.1", names, &functions);
  return functions;
}

struct isegoria_cbc isegoria_find_cbc(void) {
  static const char *const names[] = {ISEGORIA_CBC(ISEGORIA_NAME) NULL};
  struct isegoria_cbc functions;
  functions.is_there = isegoria_dlopen("libCbcSolver.so.3", names, &functions);
  return functions;
}
