/* The memory of freeze. */
#include "freeze/freeze_memory.h"

#include "util/arena.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* The high half of an address is the number of the run; its low half begins so high that no two small numbers side by side look
 * like one. */
enum { SIZE = 0x08000000, OBJECTS = 1 << 20 };
static const uintptr_t LOW = 0xF0000000;

struct bounds { const char *s; size_t n; };
static char *base, *at;
static struct bounds *all;
static size_t nall;

void *
memory_own(size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		abort();
	return p;
}

static void
begin(void)
{
	char here;
	/* the stack lies elsewhere in each run */
	uintptr_t run = 0x3000 + ((uintptr_t)&here >> 12 & 0xfff);

	all = memory_own(OBJECTS * sizeof *all);
	base = mmap((void *)(run << 32 | LOW), SIZE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
	if (base == MAP_FAILED)
		abort();
	at = base;
}

/* A word lies between two objects, so that a pointer just behind one is not taken for the next. */
static void *
take(size_t n, size_t align)
{
	char *p;

	if (base == NULL)
		begin();
	p = (char *)(((uintptr_t)at + align - 1) & ~(uintptr_t)(align - 1));
	if (n > SIZE / 2 || p + n + 16 > base + SIZE || nall == OBJECTS) {
		errno = ENOMEM;
		return NULL;
	}
	all[nall++] = (struct bounds){ p, n };
	at = p + n + 8;
	return p;
}

bool
memory_has(const void *p)
{
	return base != NULL && (const char *)p >= base && (const char *)p < base + SIZE;
}

size_t
memory_count(void)
{
	return nall;
}

const char *
memory_object(const void *p, size_t *n)
{
	const char *s = p;
	size_t lo = 0, hi = nall;

	if (!memory_has(p))
		return NULL;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (all[mid].s <= s)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0 || s > all[lo - 1].s + all[lo - 1].n)
		return NULL;
	*n = all[lo - 1].n;
	return all[lo - 1].s;
}

/* ---- malloc() and its kind ---- */

void *
malloc(size_t n)
{
	return take(n, 16);
}

void *
calloc(size_t n, size_t size)
{
	return size != 0 && n > SIZE / size ? NULL : take(n * size, 16);
}

void
free(void *p)
{
	(void)p;
}

void *
realloc(void *p, size_t n)
{
	size_t was = 0;
	void *to = take(n, 16);

	if (p != NULL && to != NULL) {
		memory_object(p, &was);
		memcpy(to, p, was < n ? was : n);
	}
	return to;
}

void *
aligned_alloc(size_t align, size_t n)
{
	return take(n, align);
}

int
posix_memalign(void **out, size_t align, size_t n)
{
	*out = take(n, align);
	return *out == NULL ? ENOMEM : 0;
}

/* ---- arenas: util/arena.c with an object for each piece ---- */

void
arena_init(struct arena *a)
{
	memset(a, 0, sizeof *a);
}

void
arena_reset(struct arena *a)
{
	arena_init(a);
}

void
arena_release(struct arena *a)
{
	arena_init(a);
}

void *
arena_more(struct arena *a, size_t n)
{
	void *p = take(n, 16);

	(void)a;
	if (p == NULL)
		abort();
	return p;
}
