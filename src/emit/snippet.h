/* A line of the source with a mark under part of it. */
#ifndef WL_SNIPPET_H
#define WL_SNIPPET_H

#include "emitter.h"

enum { SNIPPET_WIDTH = 100 };	/* columns of the line that are shown; a longer one is cut around what is marked */

/* Appends the first line of `at` and a line that marks it, each behind a gutter with the line's number:
 *
 *	    2 | Talks in Kiev resumed.
 *	      |          ^~~~
 *
 * `colour` is the escape sequence for what is marked, NULL for none. */
void snippet_put(struct buf *out, struct source *src, struct span at, const char *colour);

/* The gutter of a line without a number. */
void snippet_gutter(struct buf *out);

#endif
