/* A bump allocator: many small things that die together (all that belongs to one article, or to the rules).
 * Nothing is freed singly; arena_reset() keeps the memory for the next article. */
#ifndef WL_ARENA_H
#define WL_ARENA_H

#include <stddef.h>

struct arena_chunk;
struct arena {
	struct arena_chunk *chunks;	/* newest first */
	char *at, *end;			/* free room in the newest chunk */
};

void arena_init(struct arena *a);
void arena_reset(struct arena *a);	/* forget all, keep one chunk for reuse */
void arena_release(struct arena *a);	/* free all; may be used again after arena_init() */

void *arena_alloc(struct arena *a, size_t n);	/* 16-byte aligned, zeroed */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_strdup(struct arena *a, const char *s);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (n)))

#endif
