/* A growing byte string. */
#include "util/buf.h"

#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char empty[1];

void
buf_init(struct buf *b)
{
	b->s = empty;
	b->n = b->cap = 0;
}

void
buf_release(struct buf *b)
{
	if (b->cap != 0)
		free(b->s);
	buf_init(b);
}

void
buf_clear(struct buf *b)
{
	b->n = 0;
	if (b->cap != 0)
		b->s[0] = '\0';
}

void
buf_room(struct buf *b, size_t extra)
{
	size_t want = b->n + extra + 1, cap = b->cap;

	if (want <= cap)
		return;
	cap = cap < 64 ? 64 : cap + cap / 2;
	if (cap < want)
		cap = want;
	b->s = b->cap != 0 ? xrealloc(b->s, cap) : xmalloc(cap);
	b->cap = cap;
}

void
buf_add(struct buf *b, const void *s, size_t n)
{
	buf_room(b, n);
	if (n != 0)
		memcpy(b->s + b->n, s, n);
	b->n += n;
	b->s[b->n] = '\0';
}

void
buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void
buf_putc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_putcp(struct buf *b, unsigned cp)
{
	char t[4];

	buf_add(b, t, utf8_encode(cp, t));
}

void
buf_putu(struct buf *b, unsigned long long v)
{
	char t[24], *p = t + sizeof t;

	do
		*--p = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	buf_add(b, p, (size_t)(t + sizeof t - p));
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	buf_room(b, (size_t)n);
	va_start(ap, fmt);
	vsnprintf(b->s + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}
