/* The body of a story in markup, HTML, XHTML and NITF alike: paragraphs, crossheads, quotations, list items, captions and
 * credits, rows of tables. */
#ifndef WL_BODY_H
#define WL_BODY_H

#include "read/layer.h"
#include "util/dom.h"

/* Leaves out an element with all that is in it. */
typedef bool body_skip_fn(const struct dom *el, void *arg);

/* Makes blocks of what stands inside `el`, whose offsets are of the layer.  The number of blocks made. */
size_t body_markup(struct flow *f, const struct layer *l, const struct dom *el);
/* The same without what `skip` says of. */
size_t body_markup_but(struct flow *f, const struct layer *l, const struct dom *el, body_skip_fn *skip, void *arg);
/* The same of a piece of HTML: the whole layer.  Text without any tag is read as plain copy. */
size_t body_html(struct flow *f, const struct layer *l);
/* The same where a blank line ends a paragraph too, as in the posts that WordPress keeps. */
size_t body_html_lines(struct flow *f, const struct layer *l);
/* Is one of the blank-separated words of el's attribute (class, itemprop ...) one of `words`, in any case? */
bool body_has_word(const struct dom *el, const char *attr, const char *words);
/* Is it kept from the eye by the attribute hidden or aria-hidden, or by its style?  Newsletters begin with such a line. */
bool body_is_hidden(const struct dom *el);
/* The blocks of el itself. */
size_t body_element(struct flow *f, const struct layer *l, const struct dom *el);
/* The text of el with its map, as a layer of its own: escaped markup, plain copy in CDATA.  White space is kept. */
void body_text(struct text *to, const struct layer *l, const struct dom *el);
/* The whole text of el as the open piece of the flow. */
void body_put(struct flow *f, const struct layer *l, const struct dom *el);
/* The same of a piece of HTML: the whole layer. */
void body_put_html(struct flow *f, const struct layer *l);

#endif
