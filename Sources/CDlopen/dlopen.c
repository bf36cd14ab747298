#include "CDlopen.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

/* Stands for every function of a library that is not there: whoever calls it did not look first. */
static void end(void) {
  fputs("A library that is not installed was called.\n", stderr);
  abort();
}

int isegoria_dlopen(const char *file, const char *const *names, void *functions) {
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  int is_there = library != NULL;
  void **next = functions;
  for (; *names; names++, next++) {
    *next = library ? dlsym(library, *names) : NULL;
    if (!*next) {
      *next = (void *)end;
      is_there = 0;
    }
  }
  return is_there;
}
