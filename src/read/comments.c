/* Comments in which somebody speaks to wirelint. */
#include "read/comments.h"

#include <string.h>

void
comments_take(struct source *src, const struct layer *l, const struct dom *top)
{
	static const char word[] = "wirelint-";

	/* hardly any file has one, and to look for the word is quicker than to go through a tree */
	if (l->n < sizeof word || memmem(l->s, l->n, word, sizeof word - 1) == NULL)
		return;
	for (const struct dom *d = top; d != NULL; d = dom_next(top, d))
		if (d->kind == DOM_COMMENT && d->at < d->end)
			source_comment(src, layer_extent(l, d->at, d->end), l->s + d->at, d->end - d->at);
}
