/* The reader of plain text: one paragraph a line, or wrapped lines with blank lines or indentation between paragraphs.
 *
 * Which of the two a file is shows in its first lines.  Wrapped text has lines of much the same width, most of which stop
 * in mid-sentence, so that the next one begins in lower case:
 *
 *	Budget talks go on			a line that had room for the next word: a paragraph of its own
 *	By Ayla Demir
 *
 *	The talks about the budget went		these two are one paragraph, their joint is a break segment
 *	on through the night.
 *
 * A file with one paragraph a line is its own text, byte for byte, and its blocks are ranges of it.  Blanks at the ends of a
 * paragraph, indentation and line ends are in the text but in no block. */
#include "reader.h"

#include "util/utf8.h"

#include <string.h>

enum {
	SAMPLE = 2000,		/* lines that the layout is told from */
	WIDEST = 200,		/* wrapped lines are not wider than this, in characters */
	NARROWEST = 30,		/* a joint of shorter lines says nothing */
};

/* A line without its end; `a` to `z` without the blanks at its ends.  Offsets into the source. */
struct line {
	uint32_t start, a, z, next;
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

/* The line that begins at `at`.  It ends with LF, CR or CRLF. */
static struct line
line_at(const struct source *src, uint32_t at)
{
	const char *s = src->s, *end = s + src->len, *z = line_end(s + at, end, src->has_cr), *next = z < end ? z + 1 : end;
	struct line l = { .start = at, .a = at, .z = (uint32_t)(z - s) };

	if (next < end && *z == '\r' && *next == '\n')
		next++;
	l.next = (uint32_t)(next - s);
	while (l.a < l.z && is_blank(s[l.a]))
		l.a++;
	while (l.z > l.a && is_blank(s[l.z - 1]))
		l.z--;
	return l;
}

static bool
empty(const struct line *l)
{
	return l->a == l->z;
}

/* Its width in characters, counted no further than a little over the widest that matters. */
static unsigned
width(const struct source *src, const struct line *l)
{
	const uint64_t ones = 0x0101010101010101ull;
	unsigned n = 0;
	uint32_t i = l->a;

	/* eight bytes at a time: those that begin with the bits 10 go on with a character */
	for (uint64_t w; l->z - i >= 8 && n <= WIDEST; i += 8) {
		memcpy(&w, src->s + i, sizeof w);
		n += 8 - (unsigned)__builtin_popcountll(w >> 7 & ~(w >> 6) & ones);
	}
	for (; i < l->z && n <= WIDEST; i++)
		n += ((unsigned char)src->s[i] & 0xc0) != 0x80;
	return n;
}

static unsigned
first_word_width(const struct source *src, const struct line *l)
{
	unsigned n = 0;

	for (uint32_t i = l->a; i < l->z && !is_blank(src->s[i]) && n <= WIDEST; i++)
		n += ((unsigned char)src->s[i] & 0xc0) != 0x80;
	return n;
}

static bool
begins_lower(const struct source *src, const struct line *l)
{
	unsigned cp;

	utf8_next(src->s + l->a, &cp);
	return utf8_is_lower(cp);
}

/* Does the line end as sentences do?  Closing marks and brackets behind the stop are passed over. */
static bool
ends_sentence(const struct source *src, const struct line *l)
{
	const char *s = src->s + l->a, *p = src->s + l->z;
	unsigned cp = 0;

	for (int i = 0; p > s && i < 4; i++) {
		p -= utf8_prev(s, p, &cp);
		if (cp != '"' && cp != '\'' && cp != ')' && cp != ']' && cp != 0x201D && cp != 0x2019 && cp != 0xBB)
			break;
	}
	return cp == '.' || cp == '!' || cp == '?' || cp == ':' || cp == 0x2026 || cp == 0x3002 || cp == 0x61F || cp == 0x6D4;
}

static bool
is_indented(const struct source *src, const struct line *l)
{
	return l->a - l->start >= 2 || (l->a > l->start && src->s[l->start] == '\t');
}

/* A line of nothing but dashes, stars and their like. */
static bool
is_rule_line(const struct source *src, const struct line *l)
{
	for (uint32_t i = l->a; i < l->z; i++)
		if (!is_blank(src->s[i]) && strchr("_-*=~#", src->s[i]) == NULL)
			return false;
	return l->z > l->a;
}

/* Does the line begin with a bullet or "- " or "3. " or "(a) "? */
static bool
begins_item(const struct source *src, const struct line *l)
{
	const char *s = src->s + l->a, *end = src->s + l->z;
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

struct layout {
	unsigned wide;			/* 0: one paragraph a line; else the width that lines are wrapped to */
	bool indented;			/* wrapped, and the first line of a paragraph is indented */
};

static struct layout
layout_of(const struct source *src)
{
	unsigned count[WIDEST + 2] = { 0 };
	unsigned lines = 0, joints = 0, lower = 0, open = 0, indents = 0, wide, most = 0, over = 0;
	struct line last = { 0 };
	bool have_last = false;

	for (uint32_t at = 0; at < src->len && lines < SAMPLE;) {
		struct line l = line_at(src, at);
		unsigned w;

		at = l.next;
		if (empty(&l)) {
			have_last = false;
			continue;
		}
		w = width(src, &l);
		count[w > WIDEST ? WIDEST + 1 : w]++;
		lines++;
		if (have_last && !begins_item(src, &l) && width(src, &last) >= NARROWEST) {
			joints++;
			lower += begins_lower(src, &l);
			open += !ends_sentence(src, &last);
			indents += is_indented(src, &l) && !is_indented(src, &last) && !begins_item(src, &last);
		}
		last = l;
		have_last = true;
	}
	wide = count[WIDEST + 1];
	if (joints == 0 || wide * 50 > lines)
		return (struct layout){ 0, false };
	/* the width that all but one line in fifty keep to; an address may stick out */
	for (most = WIDEST + 1; most > NARROWEST; most--) {
		over += count[most];
		if (over * 50 > lines)
			break;
	}
	/* scripts without case: nearly every line stops in mid-sentence, which lines that are paragraphs never do */
	if (lower * 10 < joints * 3 && (joints < 4 || open * 10 < joints * 8 || lower != 0))
		return (struct layout){ 0, false };
	/* a quotation set in begins below a blank line; indentation without one, more than once, begins paragraphs */
	return (struct layout){ most, indents >= 2 };
}

/* In wrapped text: does a new paragraph begin with `l`, right below `last` and no blank line between? */
static bool
new_paragraph(const struct source *src, const struct line *first, const struct line *last, const struct line *l,
    struct layout layout)
{
	uint32_t indent = l->a - l->start, before = last->a - last->start;
	unsigned wide = layout.wide, slack = wide / 8, room = width(src, last) + 1 + first_word_width(src, l);

	if (is_rule_line(src, l) || is_rule_line(src, last))
		return true;
	/* but the further lines of a list's entry may be set in below its first */
	if (layout.indented && is_indented(src, l) && (indent <= first->a - first->start || !begins_item(src, first)))
		return true;
	/* a dash or a number may just have come to stand first: a full line in mid-sentence goes on */
	if (begins_item(src, l))
		return ends_sentence(src, last) || begins_item(src, first) || room + slack <= wide;
	if (begins_lower(src, l))
		return false;
	if (indent > before + 1 || (indent > before && src->s[l->start] == '\t'))
		return !begins_item(src, first);
	if (room + slack > wide)
		return false;
	return ends_sentence(src, last) || width(src, last) * 5 < wide * 3;
}

static struct block *
add_block(struct article *a, uint32_t from, uint32_t to, bool blank_before)
{
	struct block *b = article_block(a, BLOCK_PARAGRAPH, WEAK, from);

	b->at.z = to;
	b->paragraph = (uint32_t)a->nblocks;
	b->blank_before = blank_before;
	return b;
}

/* One paragraph a line: the text is the source. */
static void
read_lines(struct source *src, struct article *a)
{
	bool blank = false;

	text_borrow(&a->text, src->s, src->len, 0);
	for (uint32_t at = 0; at < src->len;) {
		struct line l = line_at(src, at);

		at = l.next;
		if (!empty(&l))
			add_block(a, l.a, l.z, blank);
		blank = empty(&l);
	}
}

static void
read_wrapped(struct source *src, struct article *a, struct layout layout)
{
	struct line first = { 0 }, last = { 0 };
	struct block *open = NULL;
	bool blank = false;
	uint32_t done = 0;		/* the source is in the text up to here */

	for (uint32_t at = 0; at < src->len;) {
		struct line l = line_at(src, at);

		at = l.next;
		if (empty(&l)) {
			open = NULL;
			blank = true;
			continue;
		}
		if (open != NULL && !new_paragraph(src, &first, &last, &l, layout)) {
			text_segment(&a->text, SEG_BREAK, " ", 1, (struct extent){ last.z, l.a });
			text_verbatim(&a->text, src->s + l.a, l.z - l.a, l.a);
			open->at.z = (uint32_t)a->text.n;
		} else {
			uint32_t from;

			text_verbatim(&a->text, src->s + done, l.a - done, done);
			from = (uint32_t)a->text.n;
			text_verbatim(&a->text, src->s + l.a, l.z - l.a, l.a);
			open = add_block(a, from, (uint32_t)a->text.n, blank);
			first = l;
		}
		done = l.z;
		last = l;
		blank = false;
	}
}

static int
sniff(const struct source *src)
{
	(void)src;
	return 1;
}

static bool
read_text(struct source *src, struct intake *in)
{
	struct layout layout = layout_of(src);

	intake_begin(in, src, "text", NULL);
	if (layout.wide == 0)
		read_lines(src, in->article);
	else
		read_wrapped(src, in->article, layout);
	if (in->article->nblocks == 0) {
		in->refusal = "nothing but blanks";
		return false;
	}
	intake_end(in, UINT32_MAX);
	return true;
}

const struct reader reader_text = {
	.name = "text",
	.title = "plain text, one paragraph a line or blank lines between paragraphs",
	.suffixes = "txt text",
	.signs = "anything that is no other format",
	.fields = "",
	.sniff = sniff,
	.read = read_text,
};
