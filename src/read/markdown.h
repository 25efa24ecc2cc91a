/* Markdown, as other readers need it. */
#ifndef WL_MARKDOWN_H
#define WL_MARKDOWN_H

#include "read/layer.h"

/* The layer is one line of text with emphasis, links, references in it: the open piece of the flow.  What would be more than a
 * paragraph is taken as it stands. */
void markdown_line(struct flow *f, const struct layer *l);

#endif
