/* What is let pass though a rule fired: waivers (a person's word, with a reason and perhaps a last day, for copy that may not be
 * touched) and the baseline (what there was on a day).  One matcher for both; several files of each, one a folder.
 *
 * Loaded by one thread; accept_file() is then called by workers, each with a file; accept_end() when all are done.  The tables do
 * not change meanwhile, what was used is marked by atomics: so the outcome is the same with any number of threads. */
#ifndef WL_ACCEPT_H
#define WL_ACCEPT_H

#include "finding.h"
#include "lint/policy.h"

#include <stdbool.h>
#include <stddef.h>

struct accept;
struct accept_count { size_t waived, baselined; };

struct accept *accept_new(void);
void accept_free(struct accept *a);		/* NULL is none */

/* Rules that waivers may name; the set must outlive it.  Before the waivers. */
void accept_add_rules(struct accept *a, const struct rule_set *set);
/* Waivers of a .wirelint-waivers.yaml.  A mistake in it is config/waivers in `errors`, and then none of its waivers holds: false. */
bool accept_add_waivers(struct accept *a, const char *path, struct finding_list *errors);
/* A baseline.  It must be there; a mistake in it is config/baseline in `errors`, and then nothing of it is let pass: false. */
bool accept_add_baseline(struct accept *a, const char *path, struct finding_list *errors);

/* Takes out of the file's findings what is waived or in the baseline, and counts it.  `path` as the user named it.  Findings that are
 * fatal stay, and suppress/... is in no baseline. */
void accept_file(struct accept *a, const struct policy *p, const char *path, struct finding_list *l, struct accept_count *count);
/* This finding never is in a baseline: fatal, or about what lets others pass. */
bool accept_is_beyond(const struct finding *f);

/* The run has looked at all that is checked in the folder: then waivers in it that name globs, or fingerprints alone, can be told to be
 * unused.  To be called before accept_end(), for each such folder. */
void accept_covered(struct accept *a, const char *folder);
/* What is to be said of the waivers themselves: suppress/no-reason, suppress/expired, suppress/unused and config/glob, each placed
 * in its file; sorted.  By the policy that governs the folder that the file lies in. */
typedef const struct policy *accept_policy_fn(void *arg, const char *folder);
void accept_end(struct accept *a, accept_policy_fn *policy_of, void *arg, struct finding_list *out);
/* A file or folder was left out: waivers for what lies there cannot be judged. */
void accept_excluded(struct accept *a, const char *path);

#endif
