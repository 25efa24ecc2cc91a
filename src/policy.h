/* Which rules run, how severe they are, and what the user has said of the copy.  Const while files are checked. */
#ifndef WL_POLICY_H
#define WL_POLICY_H

#include "rule.h"

#include <stdbool.h>
#include <stdint.h>

struct policy {
	const struct rule_set *set;
	bool *enabled;			/* by rule->index */
	bool *off;			/* by rule->index: the last --severity said off, whatever is enabled */
	enum severity *severity;	/* by rule->index: SEV_OFF = the rule's own, else what --severity said */
	enum severity min_severity;	/* findings below are not shown */
	enum severity fail_on;		/* SEV_OFF: never */
	enum copy_kind kind;
	const char *lang;		/* declared; NULL: told from the article */
	const char *profiles;		/* blank-separated; NULL: none */
	const char *stage;		/* "publish" */
	int64_t now;			/* seconds since 1970 */
	int now_offset;
};

void policy_init(struct policy *p, const struct rule_set *set);	/* the default: tier core, stage publish, the clock's time */
void policy_release(struct policy *p);

/* One word of --select, --ignore ...: a rule, a family, tier:NAME or all.  false: nothing is called so; *nearest may then
 * hold what was meant. */
bool policy_known(const struct policy *p, const char *word, const char **nearest);	/* nearest may be NULL */
bool policy_switch(struct policy *p, const char *word, bool on, const char **nearest);
void policy_clear(struct policy *p);				/* nothing enabled: before --select */
bool policy_severity(struct policy *p, const char *rule, enum severity s, const char **nearest);
/* Marks the rules that may run under it, by rule->index. */
void policy_wanted(const struct policy *p, bool *wanted);
/* Does the rule run on this article (enabled, and every <when> holds)?  *severity gets a severity that a <when> sets. */
bool policy_runs(const struct policy *p, const struct rule *r, const struct article *a, enum severity *severity);
/* "2026-11-23", "2026-11-23T14:00", "...T14:00Z", "...+03:00" */
bool policy_parse_now(const char *s, int64_t *now, int *offset);

#endif
