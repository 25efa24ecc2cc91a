/* What a page says of its story: meta and link elements, JSON-LD. */
#ifndef WL_HTML_META_H
#define WL_HTML_META_H

#include "read/layer.h"
#include "util/dom.h"

/* Makes fields of them. */
void html_meta(struct flow *f, const struct layer *l, const struct dom *root);

#endif
