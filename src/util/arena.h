/* A bump allocator: many small things that die together (all that belongs to one article, or to the rules).
 * Nothing is freed singly; arena_reset() keeps the memory for the next article. */
#ifndef WL_ARENA_H
#define WL_ARENA_H

#include <stddef.h>
#include <string.h>

struct arena_chunk;
struct arena {
	struct arena_chunk *chunks;	/* newest first */
	char *at, *end;			/* free room in the newest chunk */
};

void arena_init(struct arena *a);
void arena_reset(struct arena *a);	/* forget all, keep one chunk for reuse */
void arena_release(struct arena *a);	/* free all; may be used again after arena_init() */

static inline void *arena_alloc(struct arena *a, size_t n);	/* 16-byte aligned, zeroed */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_strdup(struct arena *a, const char *s);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* In place, so that zeroing a thing of known size is a store or two; what does not fit in the chunk is for arena_more(). */
void *arena_more(struct arena *a, size_t n);
static inline void *
arena_alloc(struct arena *a, size_t n)
{
	size_t room = (n + 15) & ~(size_t)15;
	char *p = a->at;

	if (room == 0 || room > (size_t)(a->end - p))
		return arena_more(a, n);
	a->at += room;
	return memset(p, 0, n);
}

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (n)))

#endif
