/* All rules on one page, for reading: `wirelint rules --format man` and `--format html`. */
#ifndef WL_CATALOGUE_H
#define WL_CATALOGUE_H

#include "rule/rule.h"
#include "util/buf.h"

/* A manual page in mdoc: wirelint-catalogue(7). */
void catalogue_man(struct buf *out, const struct rule_set *set);
/* One page of HTML that needs nothing else: doc/page.html with the rules put in. */
void catalogue_html(struct buf *out, const struct rule_set *set);

/* The rule's first example that is bad, or good; NULL if it has none. */
const struct example *catalogue_example(const struct rule *r, bool bad);
/* Does a family begin with rule `i`?  Rules of one family stand together. */
bool catalogue_begins(const struct rule_set *set, size_t i);

#endif
