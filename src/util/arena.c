/* A bump allocator. */
#include "util/arena.h"

#include "util/xmalloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 16 * 1024, KEEP = 1024 * 1024 };

struct arena_chunk {
	struct arena_chunk *next;
	size_t size;
	_Alignas(16) char room[];
};

void
arena_init(struct arena *a)
{
	memset(a, 0, sizeof *a);
}

static void
use(struct arena *a, struct arena_chunk *c)
{
	a->at = c->room;
	a->end = c->room + c->size;
}

void
arena_reset(struct arena *a)
{
	struct arena_chunk *keep = NULL, *c, *next;

	/* the largest chunk that is not a monster: one huge article must not hold memory for ever */
	for (c = a->chunks; c != NULL; c = c->next)
		if (c->size <= KEEP && (keep == NULL || c->size > keep->size))
			keep = c;
	for (c = a->chunks; c != NULL; c = next) {
		next = c->next;
		if (c != keep)
			free(c);
	}
	a->chunks = keep;
	a->at = a->end = NULL;
	if (keep != NULL) {
		keep->next = NULL;
		use(a, keep);
	}
}

void
arena_release(struct arena *a)
{
	struct arena_chunk *c, *next;

	for (c = a->chunks; c != NULL; c = next) {
		next = c->next;
		free(c);
	}
	arena_init(a);
}

void *
arena_more(struct arena *a, size_t n)
{
	void *p;

	n = (n + 15) & ~(size_t)15;
	if (n > (size_t)(a->end - a->at)) {
		/* chunks double, so a big article costs few of them */
		size_t size = a->chunks != NULL ? a->chunks->size * 2 : CHUNK;
		struct arena_chunk *c;

		if (size > KEEP)
			size = KEEP;
		if (size < n)
			size = n;
		c = xmalloc(sizeof *c + size);
		c->size = size;
		c->next = a->chunks;
		a->chunks = c;
		use(a, c);
	}
	p = a->at;
	a->at += n;
	memset(p, 0, n);
	return p;
}
