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

#endif
