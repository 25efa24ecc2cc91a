/* Which rules run, how severe they are, and what the user has said of the copy.  Const while files are checked. */
#ifndef WL_POLICY_H
#define WL_POLICY_H

#include "rule/profile.h"
#include "rule/rule.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* What the profiles and the stage in force ask for; made by policy_settle(). */
struct asked {
	signed char *on;		/* by rule->index: 1 on, -1 off, 0 nothing said; NULL before the first policy_settle() */
	enum severity *shift;		/* by rule->index: as of a <when severity="...">; SEV_OFF: nothing said */
	enum copy_kind kind;		/* COPY_UNDECLARED: nothing said */
	const char *lang;		/* NULL: nothing said */
	const struct profile **profiles;	/* the stage is not among them */
	size_t nprofiles;
	char *names;			/* their ids, blank-separated */
	struct standing standing;
};

struct policy {
	const struct rule_set *set;
	bool *enabled;			/* by rule->index: by tier and by the user, without what profiles ask for */
	bool *said;			/* by rule->index: the user has switched it, so that no profile does */
	bool *off;			/* by rule->index: the last --severity said off, whatever is enabled */
	enum severity *severity;	/* by rule->index: SEV_OFF = the rule's own, else what --severity said */
	bool *named;			/* by rule->index: it said so by the rule's name or its family, not of all or a tier */
	bool beside;			/* there are other stories: so are those of them that look beside the one at hand */
	bool compares;			/* there is a copy to compare with: rules of tier compare are on, but for those switched off */
	enum severity min_severity;	/* findings below are not shown */
	enum severity fail_on;		/* SEV_OFF: never */
	enum copy_kind kind;		/* declared; policy_kind() is what holds */
	const char *lang;		/* declared; NULL: told from the article; policy_lang() is what holds */
	const char *profiles;		/* blank-separated; NULL: none; policy_settle() sets it */
	const char *stage;		/* "publish" */
	int64_t now;			/* seconds since 1970 */
	int now_offset;
	const struct profile **chosen;	/* by policy_profile(), in its order */
	size_t nchosen, capchosen;
	bool by_marks;			/* --profile auto: an article's marks add profiles */
	struct origin *origins;		/* profiles by the value of a field; values and lists are the policy's */
	size_t norigins, caporigins;
	/* For checks, as struct standing says; whoever sets them keeps them.  Before policy_settle(). */
	const char *const *held, *const *licences, *const *own, *const *uses;
	const char *country;
	const char **lists[4];		/* of held, licences, own and uses, where policy_list() made them */
	struct asked asked;
};

void policy_init(struct policy *p, const struct rule_set *set);	/* the default: tier core, stage publish, the clock's time */
void policy_release(struct policy *p);

/* One word of --select, --ignore ...: a rule, a family, tier:NAME or all.  false: nothing is called so; *nearest may then
 * hold what was meant. */
bool policy_known(const struct policy *p, const char *word, const char **nearest);	/* nearest may be NULL */
bool policy_switch(struct policy *p, const char *word, bool on, const char **nearest);
void policy_clear(struct policy *p);				/* nothing enabled, by profiles neither: before --select */
bool policy_severity(struct policy *p, const char *rule, enum severity s, const char **nearest);
/* Marks the rules that may run under it, by rule->index. */
void policy_wanted(const struct policy *p, bool *wanted);

/* A profile by its id; "auto" lets articles choose more, "none" takes back all that was chosen.  Those that are
 * built in must have been loaded, by rule_load_profiles(), for auto too.  false: none is called so. */
bool policy_profile(struct policy *p, const char *id, const char **nearest);
bool policy_stage(struct policy *p, const char *name, const char **nearest);
/* Articles whose field has this value are under these profiles (none: under no profile, and that is known). */
void policy_origin(struct policy *p, enum field_name field, const char *value, const struct profile *const *profiles, size_t n);
/* A list for held, licences, own or uses, of words that outlive the policy. */
enum policy_list { POLICY_HELD, POLICY_LICENCES, POLICY_OWN, POLICY_USES };
void policy_list(struct policy *p, enum policy_list which, const char *const *words, size_t n);
void policy_origins_clear(struct policy *p);
/* After the last of these, and after whatever the user says of rules, kind and language: works out what profiles and stage ask
 * for.  false: two profiles disagree; *conflict (may be NULL) says which two and on what, and the first of them holds.  May be
 * called again. */
bool policy_settle(struct policy *p, struct buf *conflict);
/* The policy with more profiles, settled; it shares with `p` whatever is not asked for by profiles, and ends before it.  NULL,
 * and *conflict, if they disagree. */
struct policy *policy_variant(const struct policy *p, const struct profile *const *more, size_t n, struct buf *conflict);
void policy_variant_free(struct policy *p);

enum copy_kind policy_kind(const struct policy *p);		/* what was declared, else what a profile says */
/* What of the other stories of the run the rules look at that are on: an enum beside (check.h). */
int policy_looks_beside(const struct policy *p);
/* Can a rule of tier compare do its work: is there a copy to compare with, or does it look at the other stories and are there any? */
bool policy_has_copies(const struct policy *p, const struct rule *r);
const char *policy_lang(const struct policy *p);		/* the same; NULL: told from the article */
bool policy_enabled_by_others(const struct policy *p, const struct rule *r);
/* By tier, user and profiles.  Asked of each rule for each article, and of most that is quickly told. */
static inline bool policy_enabled(const struct policy *p, const struct rule *r)
{
	return (p->enabled[r->index] && (p->said[r->index] || p->asked.on == NULL || p->asked.on[r->index] == 0)) ||
	    policy_enabled_by_others(p, r);
}
/* Can it be enabled by this policy or by one of its variants? */
bool policy_could_enable(const struct policy *p, const struct rule *r);
/* Does the rule run on this article (enabled, and every <when> holds)?  *severity gets a severity that a <when>, a profile or
 * the stage sets. */
bool policy_runs(const struct policy *p, const struct rule *r, const struct article *a, enum severity *severity);
/* Does it not run on this article by what the run was told: for a condition that hangs on how wirelint was called, by the stage or a
 * profile, or for want of what it needs of the configuration? */
bool policy_misses(const struct policy *p, const struct rule *r, const struct article *a);
/* Appends all that these two look at, but for the article's fields and the rules themselves: where the bytes are the same, so are the
 * answers for each rule. */
void policy_key(const struct policy *p, const struct article *a, struct buf *out);
/* "2026-11-23", "2026-11-23T14:00", "...T14:00Z", "...+03:00" */
bool policy_parse_now(const char *s, int64_t *now, int *offset);

#endif
