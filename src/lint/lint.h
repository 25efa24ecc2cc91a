/* lint runs the rules over one article: the matcher's pass, then each rule's check; turns text ranges into places in the
 * file, fills messages, applies policy, sorts, removes doubles. */
#ifndef WL_LINT_H
#define WL_LINT_H

#include "choice.h"
#include "finding.h"
#include "lint/policy.h"
#include "match/matcher.h"

struct article;
struct lint;

/* A worker's state: analysis, view, match data, hits.  One a thread.  `matcher` is shared and const to it. */
struct lint *lint_new(const struct policy *p, struct matcher *m);
void lint_free(struct lint *l);
/* From here on another policy over the same rules. */
void lint_set_policy(struct lint *l, const struct policy *p);
/* A matcher for one policy alone. */
struct matcher *lint_matcher(const struct policy *p, int mode);

/* The copy that the next article was made from, and the latest version of it that is known; NULL: none.  Both live until its findings are
 * printed.  Not `derived`: the two only share some passages. */
struct original;
void lint_compare(struct lint *l, struct original *original, struct original *newest, bool derived);
/* Other stories of the run that share words with the next article; as long; NULL: none. */
struct companions;
void lint_beside(struct lint *l, const struct companions *companions);
/* Checks the article and appends its findings to `out`, those below the policy's min_severity too (sorted by the caller, file by file). */
void lint_article(struct lint *l, struct article *a, struct finding_list *out);
/* Only what was remarked of the file in a->whole, whose stories are none: the rules of the check `remark`. */
void lint_remarks(struct lint *l, struct article *a, struct finding_list *out);

/* The profiles that articles have added since this was emptied. */
struct choices *lint_choices(struct lint *l);
const struct policy *lint_policy(const struct lint *l);
/* The one that governed the article checked last: with the profiles that the article asked for. */
const struct policy *lint_governing(const struct lint *l);
/* By rule->index, of the article checked last: policy_misses().  Holds until the next article. */
const bool *lint_missed(const struct lint *l);

/* A finding of a rule that looks at no article (suppress/...), its message filled with {detail}; NULL where the rule is off.
 * Place, item and fingerprint are for the caller to set. */
struct finding *lint_say(const struct policy *p, const struct rule *r, struct finding_list *out, const char *path, const char *detail);

/* For `wirelint test --cost` and --statistics: how often each pattern was tried, by finder index. */
const uint64_t *lint_tries(const struct lint *l, size_t *n);
/* For --coverage: the hits of a finder in the article checked last. */
const struct hit *lint_hits(struct lint *l, const struct finder *f, size_t *n);

#endif
