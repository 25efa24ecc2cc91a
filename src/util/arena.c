/* A bump allocator. */
#include "util/arena.h"

#include "util/xmalloc.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
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
arena_alloc(struct arena *a, size_t n)
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

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	memcpy(p, s, n);
	return p;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	int n;
	char *p;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	p = arena_alloc(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}
