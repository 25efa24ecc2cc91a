/* Comments of marked-up text in which somebody speaks to wirelint. */
#ifndef WL_COMMENTS_H
#define WL_COMMENTS_H

#include "read/layer.h"
#include "util/dom.h"

/* Tells the source of the comments below `top`, a tree of the layer's characters. */
void comments_take(struct source *src, const struct layer *l, const struct dom *top);

#endif
