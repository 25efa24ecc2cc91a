/* What stands in Markdown that CommonMark does not know: shortcodes and tags of site generators, attribute lists, footnotes. */
#ifndef WL_MARKDOWN_CODES_H
#define WL_MARKDOWN_CODES_H

#include "read/layer.h"

#include <stdbool.h>

enum { CODE_BYTE = 0xFF };	/* in no UTF-8; md4c takes it for a letter */

/* An argument of a shortcode for pictures: its value, [a, z) of the layer, still with escapes. */
struct code_arg {
	uint32_t code;			/* where the shortcode begins */
	uint32_t a, z;
	bool credit;			/* else a caption */
	bool escapes;			/* \" stands for a mark */
};
struct codes {
	char *blanked;			/* the layer's n bytes with what is no text overwritten: a line of nothing else is blank, within
					 * other text stand CODE_BYTEs.  NULL: nothing was */
	struct code_arg *args;
	size_t nargs, capargs;
};
/* Looks at the layer from `from` on.  Time is linear. */
void codes_find(struct codes *c, const struct layer *l, uint32_t from);
void codes_release(struct codes *c);
/* Appends an argument's value. */
void codes_value(struct text *to, const struct layer *l, const struct code_arg *arg);

#endif
