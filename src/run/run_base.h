/* What a worker needs for --diff-base: the version before a file is checked as the file is, and what was found in it then is no
 * news now. */
#ifndef WL_RUN_BASE_H
#define WL_RUN_BASE_H

#include "lint/pipeline.h"
#include "run/diff_base.h"
#include "run/run_upstream.h"

struct run_base {
	const struct diff_base *base;	/* NULL: everything is new */
	struct pipeline then;
	struct run_upstream upstream;	/* what it is compared with; the run's to start and end */
	struct finding_list found;
	struct buf content, why;
};

void run_base_init(struct run_base *b, const struct diff_base *base);
void run_base_release(struct run_base *b);

/* Is there no telling what is new in it?  Then it is not checked, and an error before all files has said so. */
bool run_base_unknown(const struct run_base *b, const struct input *in);
/* Takes what is old out of `l`, the findings that `now` has made; how many. */
size_t run_base_drop_old(struct run_base *b, const struct pipeline *now, const struct input *in, struct finding_list *l);

#endif
