/* The article as XML: what `wirelint show --format xml` prints and what the check `assert` sees.  The sole user of XPath.
 *
 *	<article format="text" lang="en" item="2">
 *	  <field name="provider">Reuters</field>
 *	  <block kind="credit" confidence="sure" zone="head" previous="caption" next="lead" agency="Reuters">(Photo/<part name="agency" value="Reuters">Reuters</part>)</block>
 *	</article>
 *
 * A block's zone is head before the lead, body from there to the last block of group body, foot behind; previous and next are
 * the kinds of its neighbours.  A block's first part of each name is also an attribute of its own.  Characters that XML cannot hold become U+FFFD. */
#ifndef WL_VIEW_H
#define WL_VIEW_H

#include "article.h"
#include "util/buf.h"

#include <stdbool.h>

struct view;				/* a worker's own: libxml2 writes into a compiled expression while evaluating */

struct view *view_new(void);
void view_free(struct view *v);

/* Compiles an XPath 1.0 expression for later use by every view; false with a message in *why (to be freed).  `id` then names
 * it.  Names that no article ever has (an element, attribute, function, kind or field) are errors too: such a test would
 * be silent for ever.  Called while rules are loaded; safe from any thread. */
bool view_compile(const char *expr, unsigned *id, char **why);
/* Before rules are taken from the image (frozen.h): the expressions that they name.  false: others have been compiled already, or there
 * is no image. */
bool view_thaw(void);

/* Forget the last article and its tree, go on with this one; NULL: none.  The tree is built at the first question. */
void view_start(struct view *v, const struct article *a);
/* The nodes that expression `id` gives, with <article> as its context, as the ranges of their blocks, fields or parts (the
 * article as a whole: an empty range at the end of the text, *whole = true).  Calls `each` in document order with a handle
 * for view_holds(); `test` is the only expression that will be asked there, NULL: none.  (Where both say so little that it
 * makes no difference, the tree of a huge article is cut short.) */
typedef void view_node_fn(void *arg, const void *node, struct range at, bool whole);
bool view_select(struct view *v, unsigned id, const unsigned *test, view_node_fn *each, void *arg); /* false: cannot */
/* Does expression `id` hold (boolean()) with `node` as its context?  An expression has a budget of steps an article, so
 * that one that is quadratic ends with false. */
bool view_holds(struct view *v, unsigned id, const void *node, bool *result);
/* Why the last question could not be answered. */
const char *view_error(const struct view *v);

void view_print(const struct article *a, struct buf *out);	/* the whole article as an XML document, indented */

#endif
