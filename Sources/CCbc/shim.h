#include <stddef.h>
#include <coin/Cbc_C_Interface.h>
