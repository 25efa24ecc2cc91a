/* Lines and columns.
 *
 * They are counted in the decoded text, where a line end is LF, CRLF or a lone CR and a column is a byte that does not
 * continue a character.  Every BLOCK bytes a checkpoint keeps the line and column reached there, so that a lookup reads
 * at most a block, in a file of one line of 300 MB too. */
#include "source/source.h"

#include "source/source_decode.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 512 };

/* At byte i * BLOCK: line ends before it, and characters begun since the last of them. */
struct mark { uint32_t lines, columns; };
struct source_lines {
	size_t n;
	struct mark v[];
};

void
source_lines_free(struct source_lines *l)
{
	free(l);
}

/* Right behind the first line end from p on that is complete before `stop`; NULL if there is none.  In CRLF the LF ends
 * the line; whether a CR does, the byte after it tells, which may lie behind `stop`. */
static const char *
after_line(const struct source *src, const char *p, const char *stop)
{
	const char *end = src->s + src->len;
	const char *lf = memchr(p, '\n', (size_t)(stop - p)), *limit = lf != NULL ? lf : stop;

	if (src->has_cr)
		while ((p = memchr(p, '\r', (size_t)(limit - p))) != NULL) {
			p++;
			if (p == end || *p != '\n')
				return p;
		}
	return lf != NULL ? lf + 1 : NULL;
}

/* On from `m` over p..stop. */
static struct mark
advance(const struct source *src, struct mark m, const char *p, const char *stop)
{
	const char *next;

	while (p < stop && (next = after_line(src, p, stop)) != NULL) {
		m.lines++;
		m.columns = 0;
		p = next;
	}
	m.columns += (uint32_t)utf8_count(p, (size_t)(stop - p));
	return m;
}

static const struct source_lines *
lines_of(struct source *src)
{
	struct source_lines *l = src->lines;
	struct mark m = { 0, 0 };
	size_t n = src->len / BLOCK + 1;

	if (l != NULL)
		return l;
	l = xmalloc(sizeof *l + n * sizeof *l->v);
	l->n = n;
	for (size_t i = 0; i < n; i++) {
		l->v[i] = m;
		if (i + 1 < n)
			m = advance(src, m, src->s + i * BLOCK, src->s + (i + 1) * BLOCK);
	}
	return src->lines = l;
}

struct place
source_place(struct source *src, uint32_t at)
{
	const struct source_lines *l = lines_of(src);
	struct extent e = source_extent(src, (struct span){ at, at });
	struct mark m = advance(src, l->v[e.a / BLOCK], src->s + e.a / BLOCK * BLOCK, src->s + e.a);

	return (struct place){ .byte = at, .line = m.lines + 1, .column = m.columns + 1 };
}

/* Where line `line` (from 0) begins, decoded; the end if there are not so many. */
static uint32_t
line_start(struct source *src, uint32_t line)
{
	const struct source_lines *l = lines_of(src);
	size_t low = 0, high = l->n;
	const char *p, *stop;
	uint32_t at;

	if (line == 0)
		return 0;
	/* the last checkpoint before which fewer lines end: the line end sought lies in its block */
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (l->v[mid].lines < line)
			low = mid;
		else
			high = mid;
	}
	p = src->s + low * BLOCK;
	stop = low + 1 < l->n ? p + BLOCK : src->s + src->len;
	for (at = l->v[low].lines; at < line; at++)
		if (p >= stop || (p = after_line(src, p, stop)) == NULL)
			return (uint32_t)src->len;
	return (uint32_t)(p - src->s);
}

struct span
source_line_span(struct source *src, uint32_t line)
{
	uint32_t a = line_start(src, line - 1), z = line_start(src, line);

	/* without the line end, if there is one: only the last line can lack it */
	if (z > a && src->s[z - 1] == '\n')
		z--;
	if (z > a && src->s[z - 1] == '\r')
		z--;
	return source_span(src, (struct extent){ a, z });
}

uint32_t
source_line_count(struct source *src)
{
	const struct source_lines *l = lines_of(src);
	size_t last = l->n - 1;
	struct mark m = advance(src, l->v[last], src->s + last * BLOCK, src->s + src->len);

	return m.lines + (m.columns != 0);
}
