/* What the programs share that only parse: bare_*.c say how, bare.c reads the files. */
#ifndef WL_BARE_H
#define WL_BARE_H

#include <stddef.h>

/* How many events the parser hands out for these bytes; they are counted and thrown away. */
size_t bare_events(const char *s, size_t n);

#endif
