/* Allocation that cannot fail. */
#include "util/xmalloc.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *
check(void *p, size_t n)
{
	if (p == NULL && n != 0) {
		fprintf(stderr, "wirelint: error: out of memory (%zu bytes asked for)\n", n);
		exit(2);
	}
	return p;
}

void
xmalloc_failed(size_t n)
{
	check(NULL, n + 1);
}

void *
xmalloc(size_t n)
{
	return check(malloc(n), n);
}

void *
xcalloc(size_t n, size_t size)
{
	return check(calloc(n, size), n * size);
}

void *
xrealloc(void *p, size_t n)
{
	return check(realloc(p, n), n);
}

char *
xstrndup(const char *s, size_t n)
{
	char *p = xmalloc(n + 1);

	memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *
xstrdup(const char *s)
{
	return xstrndup(s, strlen(s));
}

void *
xgrow(void *p, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return p;
	*cap = *cap < 8 ? 8 : *cap * 2;
	if (*cap > SIZE_MAX / size)
		check(NULL, SIZE_MAX);
	return xrealloc(p, *cap * size);
}
