/* `wirelint check`: rules, policy and inputs from the options; files over threads; findings to the outputs in order. */
#ifndef WL_RUN_H
#define WL_RUN_H

#include "options.h"

#include <stdbool.h>

struct finding_list;
struct policy;
struct totals;

/* Exit status: 0, 1 or 2. */
int run_check(const struct options *o);

/* A run for somebody who wants the findings and not their print.  Waivers hold, a baseline does not. */
struct run_hook {
	/* A file was checked, or could not be (a finding is fatal); for one at a time, in any order.  Of what is skipped nothing is told. */
	void (*file)(void *arg, const struct policy *p, const char *path, const struct finding_list *l);
	/* All were.  `complete`: all could be checked.  Returns the exit status. */
	int (*done)(void *arg, bool complete);
	void *arg;
};
int run_hooked(const struct options *o, const struct run_hook *hook);
/* Where the baseline of these inputs lies, to be freed: as the options or a configuration name it (*asked); else the nearest from their
 * common folder upwards; where it is to be made (`create`), beside the nearest configuration; else in the working folder.  NULL: wrong
 * use, said. */
char *run_baseline_path(const struct options *o, bool create, bool *asked);

/* Findings of several files that belong to no article, those of one file together: appended to `out`. */
struct buf;
struct emit_options;
struct emitter;
void run_emit_errors(const struct emitter *e, struct buf *out, const struct emit_options *opt,
    const struct finding_list *errors);
/* Prints findings that stand before all files (rules, configuration) as `path:line:col: error: ...` on standard error. */
void run_print_errors(const struct finding_list *errors);

#endif
