/* The other stories of a run, for rules that look beside the one at hand: all files are read once before the first is checked, and each article is then given
 * those that share words with it. */
#ifndef WL_RUN_BESIDE_H
#define WL_RUN_BESIDE_H

#include "analysis/companions.h"
#include "analysis/overlap.h"
#include "analysis/passage.h"
#include "desk/desk.h"
#include "files/walk.h"
#include "lint/pipeline.h"
#include "reuse/reuse_set.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads all inputs into the set, which is as reuse_set_init() made it but for `govern`, if some rule that is on looks beside; false if none
 * does.  What cannot be read is said when its turn comes to be checked. */
bool run_beside_read(struct reuse_set *set, const struct desks *d, const struct walk *w, long jobs, bool quiet);

/* What a worker has. */
struct run_beside {
	const struct reuse_set *set;	/* NULL: nothing is looked at beside */
	struct reuse_reader *reader;
	struct analysis analysis;
	struct passage passage;		/* of the article at hand */
	struct overlap *overlaps;	/* COMPANIONS_MOST of them */
	struct companion *v;
	struct companions companions;
	size_t file;			/* the file at hand */
	uint32_t item;
};
void run_beside_start(struct run_beside *b, const struct reuse_set *set);
void run_beside_end(struct run_beside *b);
void run_beside_next(struct run_beside *b, size_t file);	/* the findings of the file before have been printed */
/* Hands the pipeline's article, before it is checked, what stands beside it. */
void run_beside_article(struct run_beside *b, struct pipeline *p);

#endif
