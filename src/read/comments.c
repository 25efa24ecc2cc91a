/* Comments in which somebody speaks to wirelint. */
#include "read/comments.h"

/* What holds a story of its own in a file that may hold several; elsewhere elements so called are something else. */
static const struct { const char *root, *item; } items[] = {
	{ "rss", "item" }, { "RDF", "item" }, { "feed", "entry" }, { "newsMessage", "newsItem" }, { "NewsML", "NewsItem" },
};

static const char *
item_of(const struct dom *root)
{
	for (size_t i = 0; root != NULL && i < sizeof items / sizeof *items; i++)
		if (dom_is(root, items[i].root))
			return items[i].item;
	return NULL;
}

static bool
is_in(const struct dom *d, const char *name)
{
	for (d = d->parent; d != NULL; d = d->parent)
		if (dom_is(d, name))
			return true;
	return false;
}

static void
take(struct source *src, const struct layer *l, const struct dom *top, const char *item, bool inner)
{
	/* hardly any file has one, and to look for the word is quicker than to go through a tree */
	if (!source_addressed(l->s, l->n))
		return;
	for (const struct dom *d = top; d != NULL; d = dom_next(top, d))
		if (d->kind == DOM_COMMENT && d->at < d->end)
			source_comment(src, layer_extent(l, d->at, d->end), l->s + d->at, d->end - d->at,
			    inner || (item != NULL && is_in(d, item)));
}

void
comments_take(struct source *src, const struct layer *l, const struct dom *top, bool inner)
{
	take(src, l, top, NULL, inner);
}

void
comments_take_items(struct source *src, const struct layer *l, const struct dom *top)
{
	take(src, l, top, item_of(dom_first_element(top)), false);
}
