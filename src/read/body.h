/* The body of a story in markup, HTML, XHTML and NITF alike: paragraphs, crossheads, quotations, list items, captions and
 * credits, rows of tables. */
#ifndef WL_BODY_H
#define WL_BODY_H

#include "read/layer.h"
#include "util/dom.h"

enum {
	BODY_PAGE = 1,			/* of a whole page: menus, forms, comments and teasers are left out */
};
/* Makes blocks of what stands inside `el` (whose offsets are of the layer).  The number of blocks made. */
size_t body_markup(struct flow *f, const struct layer *l, const struct dom *el, unsigned flags);
/* The same of a piece of HTML: the whole layer.  Text without any tag is read as plain copy. */
size_t body_html(struct flow *f, const struct layer *l, unsigned flags);

#endif
