/* Rules in words: `wirelint explain`, `rules`, `show --rule`. */
#ifndef WL_EXPLAIN_H
#define WL_EXPLAIN_H

#include "article.h"
#include "policy.h"
#include "rule.h"
#include "util/buf.h"

#include <stdbool.h>

void explain_rule(struct buf *out, const struct rule *r);
void explain_rules(struct buf *out, const struct rule_set *set, bool json);	/* all, a line or an object each */
/* Why the rule runs on this article or does not, and which blocks it looks at. */
void explain_article(struct buf *out, const struct rule *r, const struct policy *p, const struct article *a);

/* The same of a profile: terms, settings, marks, duties, address; and all of them, a line each. */
void explain_profile(struct buf *out, const struct profile *p);
void explain_profiles(struct buf *out, const struct rule_set *set, bool json);
/* White space folded, wrapped at 80 columns and indented. */
void explain_paragraph(struct buf *out, const char *s);

#endif
