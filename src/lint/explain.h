/* Rules in words: `wirelint explain`, `rules`, `show --rule`. */
#ifndef WL_EXPLAIN_H
#define WL_EXPLAIN_H

#include "article.h"
#include "lint/policy.h"
#include "rule/rule.h"
#include "util/buf.h"

#include <stdbool.h>

void explain_rule(struct buf *out, const struct rule *r);
void explain_rules(struct buf *out, const struct rule_set *set, bool json);	/* all, a line or an object each */
/* Why the rule runs on this article or does not, and which blocks it looks at. */
void explain_article(struct buf *out, const struct rule *r, const struct policy *p, const struct article *a);

/* The same of a profile: terms, settings, marks, duties, address; and all of them, a line each. */
void explain_profile(struct buf *out, const struct profile *p);
void explain_profiles(struct buf *out, const struct rule_set *set, bool json);

/* Pieces of these, for src/catalogue*.c: */
void explain_scope(struct buf *out, kind_set set);			/* "body caption" */
void explain_severities(struct buf *out, const struct rule *r);	/* "warning; note where the evidence is weak" */
/* How often it is right, in a sentence or two.  false: it is a desk's own, of which nothing is known. */
bool explain_precision(struct buf *out, const struct rule *r);
/* "safe: changes no word"; NULL where the rule offers no fix. */
const char *explain_fix(const struct rule *r);
/* White space folded, wrapped at 80 columns and indented. */
void explain_paragraph(struct buf *out, const char *s);

#endif
