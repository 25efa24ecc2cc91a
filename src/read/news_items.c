/* The items of a file, one after the other. */
#include "read/news_items.h"

#include "util/xmalloc.h"

#include <stdlib.h>

static bool
read_item(struct news *n, struct intake *in, const struct news_format *as, const char *id, uint32_t end)
{
	flow_init(&n->flow, intake_begin(in, n->x.src, as->name, id));
	head_init(&n->head, &n->x.arena, &n->x.layer);
	n->seen = (struct news_seen){ 0, 0 };
	as->put(n);
	if (!news_is_story(in->article))
		return false;
	intake_end(in, end);
	return true;
}

static bool
read_items(struct news *n, struct intake *in, const struct news_format *as)
{
	const struct dom *root = n->x.root, *first = as->next(root, NULL);
	const struct dom **stories = NULL;
	size_t nstories = 0, cap = 0, k = 0, number = 0;
	bool any = false;

	for (const struct dom *d = first; d != NULL; d = as->next(root, d))
		if (as->may_be_story(&n->x.layer, d))
			XPUSH(stories, nstories, cap) = d;
	in->refusal = first != NULL ? as->why_no_story(first) : as->no_item;
	for (const struct dom *d = first; nstories != 0 && d != NULL; d = as->next(root, d)) {
		bool is_story = k < nstories && stories[k] == d;
		const char *id = as->id(n, d);

		k += is_story;
		number++;
		if (id == NULL)
			id = arena_printf(&n->x.src->arena, "%zu", number);
		n->item = d;
		if (is_story && read_item(n, in, as, nstories > 1 ? id : NULL, k == nstories ? UINT32_MAX : d->end))
			any = true;
		else
			intake_skip(in, id, d->end, as->why_no_story(d));
	}
	free(stories);
	return any;
}

bool
news_read(struct source *src, struct intake *in, const struct news_format *format)
{
	struct news n;
	bool ok = false;

	xml_file_open(&n.x, src);
	if (n.x.root != NULL)
		ok = read_items(&n, in, format);
	else
		in->refusal = "no XML element in it";
	xml_file_release(&n.x);
	return ok;
}
