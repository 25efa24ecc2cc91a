/* The content of an item, inline in NewsML or NewsML-G2: NITF, XHTML, or a text that is plain copy or escaped HTML. */
#ifndef WL_NEWS_CONTENT_H
#define WL_NEWS_CONTENT_H

#include "read/news.h"

/* The NITF that stands in `holder` (<inlineXML>, <DataContent>): nitf, or its body alone; NULL if it holds none. */
const struct dom *content_nitf(const struct dom *holder);
/* Makes blocks of what stands in `holder`.  `is_html`: text without elements is HTML, whatever it looks like.  Headings that
 * repeat the head's headlines are left out. */
void content_put(struct flow *f, const struct layer *l, const struct dom *holder, bool is_html, struct head *head);
/* Without a headline, a heading of the first rank that stands first is it.  `from`: the first block of the content. */
void content_headline(struct flow *f, size_t from);

#endif
