/* The content of an item, inline in NewsML or NewsML-G2: NITF, XHTML, or a text that is plain copy or escaped HTML. */
#ifndef WL_NEWS_CONTENT_H
#define WL_NEWS_CONTENT_H

#include "read/news.h"

/* The NITF that stands in `holder` (<inlineXML>, <DataContent>): nitf, or its body alone; NULL if it holds none. */
const struct dom *content_nitf(const struct dom *holder);
/* What some agencies put into the XHTML beside the story: a slug line, for the head, and notes that are not to be published,
 * which become fields.  content_put() leaves both out. */
void content_asides(struct flow *f, const struct layer *l, const struct dom *holder, struct head *head);
/* Makes blocks of what stands in `holder`.  `is_html`: text without elements is HTML, whatever it looks like.  Headings that
 * repeat the head's headlines are left out. */
void content_put(struct flow *f, const struct layer *l, const struct dom *holder, bool is_html, struct head *head);
/* The same of an element that is a paragraph or several: a description. */
void content_description(struct flow *f, const struct layer *l, const struct dom *el, struct head *head);
/* <object><data>: the caption and credit of a picture as some editors keep them. */
void content_object(struct flow *f, const struct layer *l, const struct dom *object);
/* Without a headline, a heading of the first rank that stands first is it.  `from`: the first block of the content. */
void content_headline(struct flow *f, size_t from);

#endif
