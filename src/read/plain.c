/* Paragraphs of plain copy.
 *
 * Which of the two layouts it has shows in its first lines.  Wrapped text has lines of much the same width, most of which stop
 * in mid-sentence, so that the next one begins in lower case:
 *
 *	Budget talks go on			a line that had room for the next word: a paragraph of its own
 *	By Ayla Demir
 *
 *	The talks about the budget went		these two are one paragraph, their joint is a break segment
 *	on through the night.
 */
#include "read/plain.h"

#include "util/utf8.h"

#include <string.h>

enum {
	SAMPLE = 2000,		/* lines that the layout is told from */
	WIDEST = 200,		/* wrapped lines are not wider than this, in characters */
	NARROWEST = 30,		/* a joint of shorter lines says nothing */
};

/* Blanks are ASCII only: a no-break space is a character that a block must show. */
static bool
is_blank(char c)
{
	return (unsigned char)c <= 0x20 || c == 0x7f;
}

/* The end of the line that begins at s: its LF or CR, or `end`.  Byte by byte where there are CRs: memchr() for the one would
 * run over all lines that end with the other. */
static const char *
line_end(const char *s, const char *end, bool has_cr)
{
	if (!has_cr) {
		s = memchr(s, '\n', (size_t)(end - s));
		return s != NULL ? s : end;
	}
	while (s < end && *s != '\n' && *s != '\r')
		s++;
	return s;
}

struct plain_line
plain_line_at(const struct plain_copy *c, uint32_t at)
{
	const char *s = c->s, *end = s + c->n, *z = line_end(s + at, end, c->has_cr), *next = z < end ? z + 1 : end;
	struct plain_line l = { .start = at, .a = at, .z = (uint32_t)(z - s) };

	if (next < end && *z == '\r' && *next == '\n')
		next++;
	l.next = (uint32_t)(next - s);
	while (l.a < l.z && is_blank(s[l.a]))
		l.a++;
	while (l.z > l.a && is_blank(s[l.z - 1]))
		l.z--;
	return l;
}

/* Its width in characters, counted no further than a little over the widest that matters. */
static unsigned
width(const struct plain_copy *c, const struct plain_line *l)
{
	const uint64_t ones = 0x0101010101010101ull;
	unsigned n = 0;
	uint32_t i = l->a;

	/* eight bytes at a time: those that begin with the bits 10 go on with a character */
	for (uint64_t w; l->z - i >= 8 && n <= WIDEST; i += 8) {
		memcpy(&w, c->s + i, sizeof w);
		n += 8 - (unsigned)((w >> 7 & ~(w >> 6) & ones) * ones >> 56);
	}
	for (; i < l->z && n <= WIDEST; i++)
		n += ((unsigned char)c->s[i] & 0xc0) != 0x80;
	return n;
}

static unsigned
first_word_width(const struct plain_copy *c, const struct plain_line *l)
{
	unsigned n = 0;

	for (uint32_t i = l->a; i < l->z && !is_blank(c->s[i]) && n <= WIDEST; i++)
		n += ((unsigned char)c->s[i] & 0xc0) != 0x80;
	return n;
}

static bool
begins_lower(const struct plain_copy *c, const struct plain_line *l)
{
	unsigned cp;

	utf8_next(c->s + l->a, &cp);
	return utf8_is_lower(cp);
}

/* Does the line end as sentences do?  Closing marks and brackets behind the stop are passed over. */
static bool
ends_sentence(const struct plain_copy *c, const struct plain_line *l)
{
	const char *s = c->s + l->a, *p = c->s + l->z;
	unsigned cp = 0;

	for (int i = 0; p > s && i < 4; i++) {
		p -= utf8_prev(s, p, &cp);
		if (cp != '"' && cp != '\'' && cp != ')' && cp != ']' && cp != 0x201D && cp != 0x2019 && cp != 0xBB)
			break;
	}
	return cp == '.' || cp == '!' || cp == '?' || cp == ':' || cp == 0x2026 || cp == 0x3002 || cp == 0x61F || cp == 0x6D4;
}

static bool
is_indented(const struct plain_copy *c, const struct plain_line *l)
{
	return l->a - l->start >= 2 || (l->a > l->start && c->s[l->start] == '\t');
}

/* A line of nothing but dashes, stars and their like. */
static bool
is_rule_line(const struct plain_copy *c, const struct plain_line *l)
{
	for (uint32_t i = l->a; i < l->z; i++)
		if (!is_blank(c->s[i]) && strchr("_-*=~#", c->s[i]) == NULL)
			return false;
	return l->z > l->a;
}

/* Does the line begin with a bullet or "- " or "3. " or "(a) "? */
static bool
begins_item(const struct plain_copy *c, const struct plain_line *l)
{
	const char *s = c->s + l->a, *end = c->s + l->z;
	size_t digits = 0;
	unsigned cp;

	if (end - s >= 3) {
		size_t k = utf8_next(s, &cp);

		if ((cp == 0x2022 || cp == 0x25AA || cp == 0x25CF || cp == 0x25A0 || cp == 0xB7 || cp == 0x2981))
			return true;
		if ((*s == '-' || *s == '*' || *s == '+' || cp == 0x2013) && is_blank(s[k]))
			return true;
	}
	while (digits < 3 && s + digits < end && s[digits] >= '0' && s[digits] <= '9')
		digits++;
	return digits != 0 && end - s > (ptrdiff_t)digits + 1 && (s[digits] == '.' || s[digits] == ')') && is_blank(s[digits + 1]);
}

struct plain_layout
plain_layout(const struct plain_copy *c)
{
	unsigned count[WIDEST + 2] = { 0 };
	unsigned lines = 0, joints = 0, lower = 0, open = 0, indents = 0, wide, most = 0, over = 0;
	struct plain_line last = { 0 };
	bool have_last = false;

	for (uint32_t at = 0; at < c->n && lines < SAMPLE;) {
		struct plain_line l = plain_line_at(c, at);
		unsigned w;

		at = l.next;
		if (plain_is_empty(&l)) {
			have_last = false;
			continue;
		}
		w = width(c, &l);
		count[w > WIDEST ? WIDEST + 1 : w]++;
		lines++;
		if (have_last && !begins_item(c, &l) && width(c, &last) >= NARROWEST) {
			joints++;
			lower += begins_lower(c, &l);
			open += !ends_sentence(c, &last);
			indents += is_indented(c, &l) && !is_indented(c, &last) && !begins_item(c, &last);
		}
		last = l;
		have_last = true;
	}
	wide = count[WIDEST + 1];
	if (joints == 0 || wide * 50 > lines)
		return (struct plain_layout){ 0, false };
	/* the width that all but one line in fifty keep to; an address may stick out */
	for (most = WIDEST + 1; most > NARROWEST; most--) {
		over += count[most];
		if (over * 50 > lines)
			break;
	}
	/* scripts without case: nearly every line stops in mid-sentence, which lines that are paragraphs never do */
	if (lower * 10 < joints * 3 && (joints < 4 || open * 10 < joints * 8 || lower != 0))
		return (struct plain_layout){ 0, false };
	/* a quotation set in begins below a blank line; indentation without one, more than once, begins paragraphs */
	return (struct plain_layout){ most, indents >= 2 };
}

bool
plain_begins_paragraph(const struct plain_copy *c, const struct plain_line *first, const struct plain_line *last, const struct plain_line *l,
    struct plain_layout layout)
{
	uint32_t indent = l->a - l->start, before = last->a - last->start;
	unsigned wide = layout.wide, slack = wide / 8, room = width(c, last) + 1 + first_word_width(c, l);

	if (is_rule_line(c, l) || is_rule_line(c, last))
		return true;
	/* but the further lines of a list's entry may be set in below its first */
	if (layout.indented && is_indented(c, l) && (indent <= first->a - first->start || !begins_item(c, first)))
		return true;
	/* a dash or a number may just have come to stand first: a full line in mid-sentence goes on */
	if (begins_item(c, l))
		return ends_sentence(c, last) || begins_item(c, first) || room + slack <= wide;
	if (begins_lower(c, l))
		return false;
	if (indent > before + 1 || (indent > before && c->s[l->start] == '\t'))
		return !begins_item(c, first);
	if (room + slack > wide)
		return false;
	/* an entry of a list has no stop: where its last line has room and a capital follows, it is over */
	return ends_sentence(c, last) || width(c, last) * 5 < wide * 3 || begins_item(c, first);
}

struct plain_copy
plain_copy(const char *s, size_t n)
{
	return (struct plain_copy){ s, (uint32_t)n, n != 0 && memchr(s, '\r', n) != NULL };
}

/* Ends the open paragraph, if there is one. */
static size_t
end_paragraph(struct flow *f, bool blank_before)
{
	struct block *b = flow_paragraph(f);

	if (b != NULL)
		b->blank_before = blank_before;
	return b != NULL;
}

size_t
plain_blocks(struct flow *f, const struct layer *l, uint32_t a, uint32_t z)
{
	struct plain_copy c = plain_copy(l->s + a, z - a);
	struct plain_layout layout = plain_layout(&c);
	struct plain_line first = { 0 }, last = { 0 };
	bool open = false, blank = f->a->nblocks != 0, blank_before = false;	/* the head stands apart */
	size_t made = 0;

	flow_drop(f);
	if (a >= z)
		return 0;
	for (uint32_t at = 0; at < c.n;) {
		struct plain_line line = plain_line_at(&c, at);

		at = line.next;
		if (plain_is_empty(&line)) {
			made += end_paragraph(f, blank_before);
			open = false;
			blank = true;
			continue;
		}
		if (open && layout.wide != 0 && !plain_begins_paragraph(&c, &first, &last, &line, layout)) {
			flow_blank(f, l, a + last.z, a + line.a);
		} else {
			made += end_paragraph(f, blank_before);
			blank_before = blank;
			first = line;
		}
		flow_put(f, l, a + line.a, a + line.z, FLOW_LITERAL);
		open = true;
		blank = false;
		last = line;
	}
	return made + end_paragraph(f, blank_before);
}
