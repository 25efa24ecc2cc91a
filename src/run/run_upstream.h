/* What articles of a run are compared with: the copies that --upstream names, and each other.  All are read before the first file is checked; each
 * article is given its original, and the stories that share words with it. */
#ifndef WL_RUN_UPSTREAM_H
#define WL_RUN_UPSTREAM_H

#include "desk/desk.h"
#include "desk/settings.h"
#include "finding.h"
#include "lint/pipeline.h"
#include "lint/upstream.h"
#include "run/run_beside.h"

#include <stdbool.h>
#include <stddef.h>

/* The file or folder that is named, as messages call it; to be freed.  NULL: none. */
char *run_upstream_path(const struct desks *d, const struct settings *all);
/* What it holds, read.  What cannot be read goes to `errors`. */
struct upstream *run_upstream_load(const char *path, const struct rule_set *rules, struct finding_list *errors);

/* What a worker has. */
struct run_upstream {
	struct upstream_reader *reader;	/* NULL: nothing to compare with */
	const char *file;		/* not a folder: each article must have its original in it */
	struct run_beside beside;	/* the other stories of the run */
	size_t compared;		/* articles of the file at hand that have one */
};
/* `u` NULL: no copy was sent, `set` NULL: nothing is beside.  `path` outlives it. */
void run_upstream_start(struct run_upstream *r, const struct upstream *u, const char *path, const struct reuse_set *set);
void run_upstream_end(struct run_upstream *r);
/* The pipeline's articles are compared from now on. */
void run_upstream_attach(struct run_upstream *r, struct pipeline *p);
/* Of the article that the pipeline has read, for an `each` of one's own; `r` is a struct run_upstream that compares. */
void run_upstream_compare(struct pipeline *p, void *r);
/* The findings of the file before have been printed; `file`: the number of the one to come. */
void run_upstream_next(struct run_upstream *r, size_t file);

#endif
