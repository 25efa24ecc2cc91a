/* From the command line to what a run needs.  Each returns false after wrong use, which it has said on standard error. */
#ifndef WL_RUN_OPTIONS_H
#define WL_RUN_OPTIONS_H

#include "finding.h"
#include "options.h"
#include "policy.h"
#include "rule.h"
#include "sink.h"
#include "walk.h"

#include <stdbool.h>

struct pipeline;

/* The built-in rules and those of --rules; mistakes go to `errors`. */
void run_load_rules(struct rule_set *set, const struct options *o, struct finding_list *errors);
/* --as, --encoding, --lang. */
bool run_input_options(struct pipeline *p, const struct options *o);
/* --kind alone, for `show`. */
bool run_kind_option(struct policy *p, const struct options *o);
/* --profile and --stage; they hold after run_settle(). */
bool run_profile_options(struct policy *p, const struct options *o);
/* policy_settle(), and what two profiles disagree on is said. */
bool run_settle(struct policy *p);
/* --select, --severity, --kind, --now ... */
bool run_policy_options(struct policy *p, const struct options *o);
/* --format, --output, --color, --column-unit. */
bool run_sink_options(struct sinks *sinks, const struct options *o);
/* The files, folders and lists named; w->excludes and w->force_exclude are set here too.  What cannot be checked goes to
 * `errors`. */
bool run_inputs(struct walk *w, const struct options *o, struct finding_list *errors);
/* A number from min to max. */
bool run_number(const char *option, const char *value, long min, long max, long *out);

#endif
