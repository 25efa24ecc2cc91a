/* The memory of freeze: malloc() and its kind, and the arenas, from one stretch of addresses, so that every object is known with its
 * bounds.  Nothing is ever given back. */
#ifndef WL_FREEZE_MEMORY_H
#define WL_FREEZE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

bool memory_has(const void *p);					/* does it lie in the stretch? */
/* The object that p points into, or just behind; *n its bytes.  NULL if there is none. */
const char *memory_object(const void *p, size_t *n);
size_t memory_count(void);					/* objects so far */
void *memory_own(size_t n);					/* zeroed, from elsewhere: for what is no part of an image */

#endif
