/* What the files of the check `reuse` share. */
#ifndef WL_CHECK_REUSE_H
#define WL_CHECK_REUSE_H

#include "analysis/companions.h"
#include "analysis/digest.h"
#include "check.h"

#include <stdbool.h>

/* Copy without credit, from any of the stories beside. */
void reuse_overlap(struct check_ctx *c, const struct companions *beside, bool sent);	/* sent: it is the copy that --upstream names */
/* What its metadata and its lines say of where a story is from; in the arena. */
const struct digest *reuse_about(struct check_ctx *c, const struct article *a);
/* Do both come from one house, as far as they say? */
bool reuse_same_house(const struct digest *a, const struct digest *b);

#endif
