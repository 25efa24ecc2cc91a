/* `wirelint check`: rules, policy and inputs from the options; files over threads; findings to the outputs in order. */
#ifndef WL_RUN_H
#define WL_RUN_H

#include "options.h"

#include <stdbool.h>
#include <stddef.h>

struct finding_list;
struct pipeline;
struct policy;
struct totals;
struct worker;

/* Exit status: 0, 1 or 2. */
int run_check(const struct options *o);

/* A file that a worker has checked, for a hook that mends it. */
struct run_file {
	const char *path;		/* as it is shown */
	bool standard;			/* it is standard input */
	bool skipped;			/* it is no article, and that is no mistake */
	struct pipeline *pipeline;	/* its source is at hand */
	struct finding_list *findings;	/* what is let pass stands apart in it */
	/* Checks other bytes, which live as long as the source is asked for, as if they stood in the file: new findings, new source. */
	void (*again)(struct run_file *f, const char *s, size_t n);
	struct worker *worker;		/* run.c's */
	size_t number;
};

/* A run for somebody who wants the findings and not their print.  Waivers hold. */
struct run_hook {
	/* A file was checked, or could not be (a finding is fatal); for one at a time, in any order.  Of what is skipped nothing is told.  May be
	 * NULL. */
	void (*file)(void *arg, const struct policy *p, const char *path, const struct finding_list *l);
	/* The same on a worker, while others work, and of skipped files too.  What it returns is deliver()'s.  NULL, or both are there. */
	void *(*mend)(void *arg, struct run_file *f);
	/* On the main thread, file by file in their order. */
	void (*deliver)(void *arg, void *mended);
	/* All were.  `status`: what check would exit with; `left`: the findings.  Returns the exit status. */
	int (*done)(void *arg, int status, const struct totals *left, bool quiet);
	void *arg;
	bool baseline;			/* the baseline holds */
	bool alone;			/* a file that has two names among the inputs is looked at once */
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
