/* What the files of the check `compare` share. */
#ifndef WL_CHECK_COMPARE_H
#define WL_CHECK_COMPARE_H

#include "analysis/comparison.h"
#include "check.h"
#include "rule/profile.h"

#include <stdbool.h>
#include <stdint.h>

/* What a change is, as licences speak of changes: the words of a duty's `allows`. */
enum change_class { CHANGE_TIME, CHANGE_PLACE, CHANGE_STYLE, CHANGE_HEADLINE, CHANGE_CUT, CHANGE_ADDED, CHANGE_MOVED, CHANGE_OTHER };

struct change {
	enum change_class class;
	struct hunk words;		/* of the bodies; empty for the headline */
	struct range ours, theirs;	/* empty where nothing stands */
	uint32_t count;			/* words changed, the greater of both sides */
};

/* Pairs of spellings: each American one with the British. */
struct spellings { struct spelling { uint64_t american, british; } *v; size_t n; };

/* The changes of our body and headline, but for those that are none: what stands elsewhere in the copy, as a caption or under the story,
 * and what says where the copy is from.  In the article's arena. */
struct change *compare_changes(struct check_ctx *c, const struct spellings *spellings, size_t *n);

void compare_edits(struct check_ctx *c, const struct spellings *spellings);
void compare_disclosure(struct check_ctx *c, const struct spellings *spellings);
void compare_quotations(struct check_ctx *c);

/* A note that points into the original. */
struct report_note compare_note(const struct check_ctx *c, struct range theirs);

/* Some words of an article, for a message; in the arena. */
const char *compare_excerpt(struct check_ctx *c, const struct article *a, struct range at);

#endif
