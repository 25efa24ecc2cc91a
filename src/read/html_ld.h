/* JSON-LD in a page: schema.org's NewsArticle and its kin. */
#ifndef WL_HTML_LD_H
#define WL_HTML_LD_H

#include "read/layer.h"

/* Makes fields of what the JSON in [a, z) says of an article. */
void html_ld(struct flow *f, const struct layer *l, uint32_t a, uint32_t z);
/* The article's text, if the JSON holds it: makes blocks of it unless f is NULL.  Returns its bytes, 0 if there is none. */
size_t html_ld_body(struct flow *f, const struct layer *l, uint32_t a, uint32_t z);

#endif
