/* The text of a document: edits, and the way between bytes and the protocol's lines and characters. */
#include "lsp/lsp_int.h"

#include "hunks.h"
#include "util/hash.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

const char *const lsp_unit_names[] = { [LSP_UTF8] = "utf-8", [LSP_UTF16] = "utf-16", [LSP_UTF32] = "utf-32", NULL };

void
lsp_text_init(struct lsp_text *t)
{
	memset(t, 0, sizeof *t);
	buf_init(&t->s);
}

void
lsp_text_release(struct lsp_text *t)
{
	buf_release(&t->s);
	free(t->lines);
	lsp_text_init(t);
}

void
lsp_text_splice(struct lsp_text *t, uint32_t a, uint32_t z, const char *s, size_t n)
{
	size_t tail = t->s.n - z;

	buf_room(&t->s, n + 1);
	memmove(t->s.s + a + n, t->s.s + z, tail);
	memcpy(t->s.s + a, s, n);
	t->s.n = a + n + tail;
	t->s.s[t->s.n] = '\0';
	t->cut = false;
}

static void
cut(struct lsp_text *t)
{
	const char *s = t->s.s, *end = s + t->s.n;

	if (t->cut)
		return;
	t->nlines = 0;
	XPUSH(t->lines, t->nlines, t->caplines) = 0;
	while (s < end) {
		if (*s == '\n' || (*s == '\r' && (s + 1 == end || s[1] != '\n')))
			XPUSH(t->lines, t->nlines, t->caplines) = (uint32_t)(s + 1 - t->s.s);
		s++;
	}
	t->cut = true;
	memset(&t->last, 0, sizeof t->last);
}

/* Of the character at s, in units; its bytes are set.  What is no UTF-8 counts as one. */
static uint32_t
units_of(const char *s, const char *end, enum lsp_units units, size_t *bytes)
{
	unsigned cp;

	*bytes = utf8_decode(s, end, &cp);
	if (units == LSP_UTF8)
		return (uint32_t)*bytes;
	return units == LSP_UTF16 && cp != UTF8_BAD && cp > 0xFFFF ? 2 : 1;
}

/* Behind the last character of a line, before its end. */
static uint32_t
end_of_line(const struct lsp_text *t, size_t line)
{
	uint32_t a = t->lines[line], z = line + 1 < t->nlines ? t->lines[line + 1] : (uint32_t)t->s.n;

	if (line + 1 == t->nlines)
		return z;
	if (z > a && t->s.s[z - 1] == '\n')
		z--;
	if (z > a && t->s.s[z - 1] == '\r')
		z--;
	return z;
}

uint32_t
lsp_text_offset(struct lsp_text *t, struct lsp_place p, enum lsp_units units)
{
	const char *s, *end;
	uint32_t character = 0;

	cut(t);
	if (p.line >= t->nlines)
		return (uint32_t)t->s.n;
	s = t->s.s + t->lines[p.line];
	end = t->s.s + end_of_line(t, p.line);
	while (s < end) {
		size_t n;
		uint32_t k = units_of(s, end, units, &n);

		if (character + k > p.character)
			break;
		character += k;
		s += n;
	}
	return (uint32_t)(s - t->s.s);
}

static size_t
line_of(const struct lsp_text *t, uint32_t at)
{
	size_t lo = 0, hi = t->nlines;

	while (hi - lo > 1) {
		size_t mid = (lo + hi) / 2;

		if (t->lines[mid] <= at)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

uint32_t
lsp_text_line(struct lsp_text *t, uint32_t at)
{
	cut(t);
	return t->lines[line_of(t, at)];
}

struct lsp_place
lsp_text_place(struct lsp_text *t, uint32_t at, enum lsp_units units)
{
	const char *s, *end;
	uint32_t character = 0;
	size_t line;

	cut(t);
	if (at > t->s.n)
		at = (uint32_t)t->s.n;
	line = line_of(t, at);
	s = t->s.s + t->lines[line];
	end = t->s.s + at;
	if (t->last.line == line && t->last.at >= t->lines[line] && t->last.at <= at) {		/* a long line is not counted again and again */
		s = t->s.s + t->last.at;
		character = t->last.character;
	}
	while (s < end) {
		size_t n;
		uint32_t k = units_of(s, t->s.s + t->s.n, units, &n);

		if (s + n > end)
			break;
		character += k;
		s += n;
	}
	t->last.line = line;
	t->last.at = (uint32_t)(s - t->s.s);
	t->last.character = character;
	return (struct lsp_place){ (uint32_t)line, character };
}

/* ---- what differs ---- */

static uint32_t
line_start(const struct lsp_text *t, size_t line)
{
	return line < t->nlines ? t->lines[line] : (uint32_t)t->s.n;
}

static uint64_t *
hash_lines(struct lsp_text *t)
{
	uint64_t *h;

	cut(t);
	h = xcalloc(t->nlines + 1, sizeof *h);
	for (size_t i = 0; i < t->nlines; i++)
		h[i] = hash_bytes(t->s.s + line_start(t, i), line_start(t, i + 1) - line_start(t, i), HASH_INIT);
	return h;
}

/* Is a place within a character, or within the end of a line? */
static bool
is_inside(const char *s, uint32_t at, uint32_t n)
{
	return at < n && (((unsigned char)s[at] & 0xC0) == 0x80 || (at != 0 && s[at] == '\n' && s[at - 1] == '\r'));
}

/* Without what both begin and end with. */
static void
trim(struct lsp_edit *e, const struct lsp_text *old)
{
	const char *s = old->s.s + e->at.a;
	uint32_t n = e->at.z - e->at.a, head = 0, tail = 0, least = n < e->n ? n : (uint32_t)e->n;

	while (head < least && s[head] == e->s[head])
		head++;
	while (head != 0 && (is_inside(s, head, n) || is_inside(e->s, head, (uint32_t)e->n)))
		head--;
	while (tail < least - head && s[n - tail - 1] == e->s[e->n - tail - 1])
		tail++;
	while (tail != 0 && (is_inside(s, n - tail, n) || is_inside(e->s, (uint32_t)e->n - tail, (uint32_t)e->n)))
		tail--;
	e->at.a += head;
	e->at.z -= tail;
	e->s += head;
	e->n -= head + tail;
}

struct lsp_edit *
lsp_text_diff(struct lsp_text *old, struct lsp_text *new, size_t *n)
{
	uint64_t *a = hash_lines(old), *b = hash_lines(new);
	struct hunks h = { NULL, 0, 0 };
	struct lsp_edit *out;

	hunks_find(&h, a, (uint32_t)old->nlines, b, (uint32_t)new->nlines);
	out = xcalloc(h.n + 1, sizeof *out);
	for (size_t i = 0; i < h.n; i++) {
		uint32_t from = line_start(new, h.v[i].b0), to = line_start(new, h.v[i].b1);

		out[i] = (struct lsp_edit){ { line_start(old, h.v[i].a0), line_start(old, h.v[i].a1) }, new->s.s + from, to - from };
		trim(&out[i], old);
	}
	*n = h.n;
	hunks_release(&h);
	free(a);
	free(b);
	return out;
}
