/* What is worked out from the built-in rules and facts when wirelint is built, so that a start need not: an image of the memory in which
 * the loader and the makers of tables leave it.  src/freeze/freeze.c makes it; whoever takes a part of it keeps the way that made it, for a
 * program without an image (tests, a build for another machine or with sanitizers) and for what a desk changes.
 *
 * The image is data of the program: its pointers are filled in by the linker, a page of it is read when it is first touched, and what is
 * written to it is the process's own.  Nothing of it may be handed to free() or realloc(). */
#ifndef WL_FROZEN_H
#define WL_FROZEN_H

#include <stdbool.h>
#include <stddef.h>

/* State of a module that is frozen as it is: frozen.def. */
struct frozen_part { const char *name; void *p; size_t size; };
#define FROZEN(name) extern const struct frozen_part frozen_##name;
#include "frozen/frozen.def"
#undef FROZEN
/* Puts what was frozen in the place of the part.  false: there is no image. */
bool frozen_take(const struct frozen_part *part);

/* Anything else by its name: NULL where there is no image. */
const void *frozen_find(const char *name, size_t size);

/* The image: frozen_none.c, or what freeze makes. */
struct frozen_root { const char *name; const void *p; size_t size; };
extern const struct frozen_root frozen_roots[];		/* name NULL at the end */

#endif
