/* What is told of comments and waivers that let findings pass. */
#ifndef WL_CHECK_SUPPRESSION_H
#define WL_CHECK_SUPPRESSION_H

#include "check.h"

enum suppression_kind {
	SUPPRESSION_UNUSED, SUPPRESSION_NO_REASON, SUPPRESSION_UNKNOWN_RULE, SUPPRESSION_UNKNOWN_DIRECTIVE, SUPPRESSION_EXPIRED,
	SUPPRESSION_COUNT
};
extern const char *const suppression_kinds[SUPPRESSION_COUNT];

/* Is the rule one of this check, and of which kind? */
bool suppression_kind_of(const struct rule *r, enum suppression_kind *kind);

#endif
