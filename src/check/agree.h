/* What the files of the check `agree` share. */
#ifndef WL_CHECK_AGREE_H
#define WL_CHECK_AGREE_H

#include "check.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PART_LANGUAGE = PART_COUNT };		/* no part of a line: the text's own against what a field says */

/* Where a name stands, and what it is. */
struct party { kind_set scope; uint32_t fields; int part; };
struct agree {
	enum part_name part;
	enum agree_mode { AGREE_SAME, AGREE_ALIAS, AGREE_SIDES } mode;
	struct party *parties;
	size_t n;
};

/* mode="sides": the text on one side, what is said of it in fields on the other. */
void agree_sides(struct check_ctx *c, const struct agree *d);

#endif
