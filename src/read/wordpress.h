/* What WordPress writes between HTML: a blank line parts paragraphs, and words in square brackets stand for something. */
#ifndef WL_WORDPRESS_H
#define WL_WORDPRESS_H

#include "read/layer.h"

/* Makes blocks of a post as WordPress keeps it: the whole layer.  How many there are. */
size_t wordpress_body(struct flow *f, const struct layer *l);

#endif
