/* Numbers of 64 bits in order, in place and in linear time: what qsort() needs a copy and a logarithm for. */
#ifndef WL_UTIL_SORT64_H
#define WL_UTIL_SORT64_H

#include <stddef.h>
#include <stdint.h>

void sort64(uint64_t *v, size_t n);

#endif
