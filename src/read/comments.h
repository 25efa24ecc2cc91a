/* Comments of marked-up text in which somebody speaks to wirelint. */
#ifndef WL_COMMENTS_H
#define WL_COMMENTS_H

#include "read/layer.h"
#include "util/dom.h"

/* Tells the source of the comments below `top`, a tree of the layer's characters.  `inner`: of HTML that an item of the file holds, so that
 * they speak of that item alone. */
void comments_take(struct source *src, const struct layer *l, const struct dom *top, bool inner);

/* The same of an XML file: those in an item of it are inner. */
void comments_take_items(struct source *src, const struct layer *l, const struct dom *top);

#endif
