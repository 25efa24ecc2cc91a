/* --upstream for a run: the copies are read before the first file is checked; each article is given its original. */
#ifndef WL_RUN_UPSTREAM_H
#define WL_RUN_UPSTREAM_H

#include "finding.h"
#include "pipeline.h"
#include "settings.h"
#include "upstream.h"

#include <stdbool.h>
#include <stddef.h>

/* What the settings name, read; NULL: nothing is named.  What cannot be read goes to `errors`. */
struct upstream *run_upstream_load(const struct settings *all, const struct rule_set *rules, struct finding_list *errors);

/* What a worker has. */
struct run_upstream {
	struct upstream_reader *reader;	/* NULL: nothing to compare with */
	const char *file;		/* not a folder: each article must have its original in it */
	size_t compared;		/* articles of the file at hand that have one */
};
void run_upstream_start(struct run_upstream *r, const struct upstream *u, const struct settings *all);
void run_upstream_end(struct run_upstream *r);
/* The pipeline's articles are compared from now on. */
void run_upstream_attach(struct run_upstream *r, struct pipeline *p);
/* The findings of the file before have been printed. */
void run_upstream_next(struct run_upstream *r);

#endif
