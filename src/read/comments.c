/* Comments in which somebody speaks to wirelint. */
#include "read/comments.h"

void
comments_take(struct source *src, const struct layer *l, const struct dom *top, bool inner)
{
	/* hardly any file has one, and to look for the word is quicker than to go through a tree */
	if (!source_addressed(l->s, l->n))
		return;
	for (const struct dom *d = top; d != NULL; d = dom_next(top, d))
		if (d->kind == DOM_COMMENT && d->at < d->end)
			source_comment(src, layer_extent(l, d->at, d->end), l->s + d->at, d->end - d->at, inner);
}
