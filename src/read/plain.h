/* Paragraphs of plain copy, wherever it stands: a text file, the body of a mail or of a wire's message, a JSON string.  One
 * paragraph a line, or wrapped lines with blank lines or indentation between paragraphs: the copy's own lines tell which. */
#ifndef WL_PLAIN_H
#define WL_PLAIN_H

#include "read/layer.h"

/* Makes blocks of [a, z) of the layer: paragraphs that classify is to name.  The number of blocks made. */
size_t plain_blocks(struct flow *f, const struct layer *l, uint32_t a, uint32_t z);

/* ---- the same in steps ---- */

struct plain_copy {
	const char *s;
	uint32_t n;
	bool has_cr;			/* some line ends with CR or CRLF */
};
struct plain_copy plain_copy(const char *s, size_t n);

/* A line without its end; `a` to `z` without the blanks at its ends.  Blanks are ASCII and controls only: a no-break space is a
 * character that a block must show.  It ends with LF, CR or CRLF. */
struct plain_line { uint32_t start, a, z, next; };
struct plain_line plain_line_at(const struct plain_copy *c, uint32_t at);
static inline bool plain_is_empty(const struct plain_line *l) { return l->a == l->z; }

struct plain_layout {
	unsigned wide;			/* 0: one paragraph a line; else the width that lines are wrapped to */
	bool indented;			/* wrapped, and the first line of a paragraph is indented */
};
struct plain_layout plain_layout(const struct plain_copy *c);
/* In wrapped text: does a new paragraph begin with `l`, right below `last` and no blank line between?  `first` is the first line of
 * the paragraph that `last` is in. */
bool plain_begins_paragraph(const struct plain_copy *c, const struct plain_line *first, const struct plain_line *last,
    const struct plain_line *l, struct plain_layout layout);

#endif
