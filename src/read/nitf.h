/* NITF, wherever it stands: a file of its own, or the content of an item in NewsML or NewsML-G2. */
#ifndef WL_NITF_H
#define WL_NITF_H

#include "read/news.h"

/* `nitf` is the element nitf, or a body or body.content without it. */
void nitf_fields(struct flow *f, const struct layer *l, const struct dom *nitf, struct news_seen *seen);
/* What stands in its body.head, as lines of the head; its layer is the head's. */
void nitf_head(struct head *h, const struct dom *nitf);
/* Body and end, then rights that are to be shown. */
void nitf_body(struct flow *f, const struct layer *l, const struct dom *nitf);

#endif
