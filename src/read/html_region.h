/* Where on a page the story stands: without menus, teasers, comments and whatever else surrounds it. */
#ifndef WL_HTML_REGION_H
#define WL_HTML_REGION_H

#include "util/dom.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct region {
	const struct dom **parts;	/* the elements that hold the story, in order, none inside another */
	size_t nparts;
	const struct dom *around;	/* the nearest element that holds all of them */
	uint32_t text;			/* characters of story in them */
	unsigned char *out;		/* by a node's number: it is left out */
};
/* Everything lies in the arena; s is what the tree was made of.  nparts is 0 if no text stands on the page. */
void region_find(struct region *r, struct arena *arena, const char *s, const struct dom *root);
/* A body_skip_fn, its arg the region. */
bool region_skips(const struct dom *el, void *arg);

#endif
