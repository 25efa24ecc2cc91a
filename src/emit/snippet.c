/* A line of the source with a mark under part of it.
 *
 * The mark must stand right on a terminal: columns are those of the cells a character takes (two for CJK, none for a
 * combining accent), tabs are spread to blanks, and characters that would move the cursor or that nobody would see are
 * shown as <U+202E>.  An article often has one paragraph a line, hundreds of columns long, so a long line is cut to a
 * window around the mark.  Nothing but that window is looked at: the line may have 300 MB. */
#include "emit/snippet.h"
#include "util/utf8.h"

#include <stdio.h>

enum {
	TAB = 8,
	ELLIPSIS = 1,			/* columns of the cut's sign */
	LONG_WORD = 20,			/* bytes: a cut in a longer one stays where it is */
	CONTEXT = 24,			/* columns before the mark at least, where the line is cut there */
};

/* The line and what is marked, as pointers into the decoded source; begin..end is the window. */
struct window {
	const char *line, *line_end;
	const char *mark, *mark_end;
	const char *begin, *end;
	bool cut_left, cut_right;
};

/* The columns a character takes when it stands in column `at` (from 0). */
static unsigned
cell_width(unsigned cp, size_t len, unsigned at)
{
	if (cp == '\t')
		return TAB - at % TAB;
	if (cp == UTF8_BAD)
		return (unsigned)(4 * len);				/* <FF> */
	if (emit_hidden(cp))
		return cp > 0xFFFF ? cp > 0xFFFFF ? 10 : 9 : 8;		/* <U+202E> */
	return utf8_width(cp);
}

/* The columns from s to end, but no more than just over `most`. */
static unsigned
width(const char *s, const char *end, unsigned most)
{
	unsigned w = 0;

	while (s < end && w <= most) {
		unsigned cp;
		size_t len = utf8_decode(s, end, &cp);

		w += cell_width(cp, len, w);
		s += len;
	}
	return w;
}

/* As far forward from s as `most` columns reach.  What takes no column goes with what it stands behind. */
static const char *
forward(const char *s, const char *end, unsigned most)
{
	unsigned w = 0;

	while (s < end) {
		unsigned cp;
		size_t len = utf8_decode(s, end, &cp);

		w += cell_width(cp, len, w);
		if (w > most)
			break;
		s += len;
	}
	return s;
}

/* As far back from s as `most` columns reach; a tab counts as one wherever it stands, since it may not be at a stop. */
static const char *
backward(const char *begin, const char *s, unsigned most)
{
	unsigned w = 0;
	const char *good = s;

	while (s > begin) {
		unsigned cp, cells;
		size_t len = utf8_prev(begin, s, &cp);

		cells = cp == '\t' ? TAB : cell_width(cp, len, 0);
		if (w + cells > most)
			break;
		w += cells;
		s -= len;
		if (cells != 0)			/* never begin with a combining character */
			good = s;
	}
	return s == begin ? s : good;
}

/* Moves a cut out of a word to the blank near it, where there is one, but never into the mark. */
static const char *
begin_at_word(const struct window *w, const char *begin)
{
	const char *s = begin;

	if (begin[-1] == ' ')
		return begin;
	while (s < w->mark && s < begin + LONG_WORD && *s != ' ')
		s++;
	return s < w->mark && *s == ' ' ? s + 1 : begin;
}

static const char *
end_at_word(const struct window *w, const char *end)
{
	const char *s = end;

	if (*end == ' ')
		return end;
	while (s > w->mark_end && s > end - LONG_WORD && s[-1] != ' ')
		s--;
	return s > w->mark_end && s[-1] == ' ' ? s - 1 : end;
}

static void
choose_window(struct window *w)
{
	unsigned marked, left, right;

	w->begin = w->line;
	w->end = w->line_end;
	w->cut_left = w->cut_right = false;
	if (width(w->line, w->line_end, SNIPPET_WIDTH) <= SNIPPET_WIDTH)
		return;
	marked = width(w->mark, w->mark_end, SNIPPET_WIDTH);
	if (marked == 0)
		marked = 1;
	if (width(w->line, w->mark_end, SNIPPET_WIDTH) + ELLIPSIS <= SNIPPET_WIDTH) {
		w->cut_right = true;		/* from the line's start, as it is read */
		w->end = end_at_word(w, forward(w->line, w->line_end, SNIPPET_WIDTH - ELLIPSIS));
		return;
	}
	left = marked + 2 * (CONTEXT + ELLIPSIS) >= SNIPPET_WIDTH ? CONTEXT : (SNIPPET_WIDTH - marked) / 2 - ELLIPSIS;
	right = width(w->mark, w->line_end, SNIPPET_WIDTH);
	if (left + right + ELLIPSIS < SNIPPET_WIDTH)		/* little follows: show more of what stands before */
		left = SNIPPET_WIDTH - right - ELLIPSIS;
	w->begin = backward(w->line, w->mark, left);
	w->cut_left = w->begin > w->line;
	if (w->cut_left)
		w->begin = begin_at_word(w, w->begin);
	w->end = forward(w->begin, w->line_end, SNIPPET_WIDTH - (w->cut_left ? ELLIPSIS : 0));
	w->cut_right = w->end < w->line_end;
	if (w->cut_right) {
		w->end = forward(w->begin, w->line_end, SNIPPET_WIDTH - ELLIPSIS - (w->cut_left ? ELLIPSIS : 0));
		w->end = end_at_word(w, w->end);
	}
}

static void
gutter(struct buf *out, uint32_t line)
{
	if (line != 0)
		buf_printf(out, "%5u | ", (unsigned)line);
	else
		buf_puts(out, "      | ");
}

void
snippet_gutter(struct buf *out)
{
	gutter(out, 0);
}

static void
put_cell(struct buf *out, const char *s, size_t len, unsigned cp, unsigned cells)
{
	if (cp == '\t')
		buf_printf(out, "%*s", (int)cells, "");
	else
		emit_plain(out, s, len);
}

/* The window's characters; *from and *to get the columns of the mark. */
static void
put_line(struct buf *out, const struct window *w, const char *colour, unsigned *from, unsigned *to)
{
	unsigned at = 0, shift = w->cut_left ? ELLIPSIS : 0;
	bool lit = false;
	const char *s = w->begin;

	if (w->cut_left)
		buf_puts(out, "…");
	*from = *to = UINT32_MAX;
	for (;;) {
		unsigned cp, cells;
		size_t len;

		if (*from == UINT32_MAX && s >= w->mark) {
			*from = at + shift;
			if (colour != NULL && w->mark < w->mark_end) {
				buf_puts(out, colour);
				lit = true;
			}
		}
		if (*to == UINT32_MAX && s >= w->mark_end) {
			*to = at + shift;
			if (lit)
				buf_puts(out, "\033[0m");
			lit = false;
		}
		if (s >= w->end)
			break;
		len = utf8_decode(s, w->end, &cp);
		cells = cell_width(cp, len, at);
		put_cell(out, s, len, cp, cells);
		at += cells;
		s += len;
	}
	if (*from == UINT32_MAX)
		*from = at + shift;
	if (*to == UINT32_MAX)			/* it goes on behind the cut */
		*to = at + shift + (w->cut_right ? ELLIPSIS : 0);
	if (w->cut_right)
		buf_puts(out, "…");
	if (lit)
		buf_puts(out, "\033[0m");
	buf_putc(out, '\n');
}

void
snippet_put(struct buf *out, struct source *src, struct span at, const char *colour)
{
	struct place place = source_place(src, at.a);
	struct extent line = source_extent(src, source_line_span(src, place.line)), mark = source_extent(src, at);
	struct window w;
	unsigned from, to;
	bool goes_on = mark.z > line.z && mark.a < mark.z;

	if (mark.a > line.z)			/* in the line's end itself */
		mark.a = line.z;
	if (mark.a < line.a)
		mark.a = line.a;
	if (mark.z > line.z)
		mark.z = line.z;
	if (mark.z < mark.a)
		mark.z = mark.a;
	w = (struct window){ .line = src->s + line.a, .line_end = src->s + line.z, .mark = src->s + mark.a,
		.mark_end = src->s + mark.z };
	choose_window(&w);
	gutter(out, place.line);
	put_line(out, &w, colour, &from, &to);
	gutter(out, 0);
	buf_printf(out, "%*s", (int)from, "");
	if (colour != NULL)
		buf_puts(out, colour);
	buf_putc(out, '^');
	while (++from < to)
		buf_putc(out, '~');
	if (colour != NULL)
		buf_puts(out, "\033[0m");
	buf_putc(out, '\n');
	if (goes_on)
		buf_puts(out, "  ... |\n");
}
