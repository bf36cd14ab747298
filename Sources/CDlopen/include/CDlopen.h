#ifndef CDLOPEN_H
#define CDLOPEN_H
#include <stddef.h>

/* A library loaded when it is first needed (decision 0010). Its functions are listed once, F(name) F(name) …, by who calls them; from the list
   come a structure of pointers, typed by the library's own header, and the names to look for. */
#define ISEGORIA_POINTER(name) __typeof__(name) *_Nonnull name;
#define ISEGORIA_NAME(name) #name,

/* Fills functions with the addresses of names, which end with NULL. Returns 1; or 0 where the library or one of the names is not there: then each
   function ends the process. */
int isegoria_dlopen(const char *_Nonnull file, const char *_Nullable const *_Nonnull names, void *_Nonnull functions);
#endif
