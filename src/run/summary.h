/* What a run came to: counts by severity and by rule, what was skipped, and the closing line. */
#ifndef WL_SUMMARY_H
#define WL_SUMMARY_H

#include "choice.h"
#include "desk/desk.h"
#include "emitter.h"
#include "files/walk.h"
#include "finding.h"

#include <stdbool.h>
#include <stddef.h>

/* `rule` is the finding's: an id of the rule set or of message.def, both outlive the run. */
struct rule_count { const char *rule; size_t n, files; };

struct tally {
	struct totals t;
	struct rule_count *rules;	/* in no order */
	size_t nrules, caprules;
};

void tally_init(struct tally *t);
void tally_reset(struct tally *t);
void tally_release(struct tally *t);
void tally_file(struct tally *t, const struct finding_list *l, size_t articles);	/* one file's findings; *t is empty */
void tally_add(struct tally *to, const struct tally *from);

void summary_skips(struct totals *t, const struct walk *w);		/* t->skipped points into w; the array is t's */
void summary_statistics(const struct tally *t);				/* a line a rule, most frequent first, on standard error */
/* Which profiles articles added, in how many files; with `verbose` a line a file that says why.  In the order of the files. */
void summary_choices(const struct choices *l, bool verbose);
/* Duties of the profiles in force that no rule looks after, a line a profile. */
void summary_duties(const struct desks *d, const struct choices *chosen);
/* The closing line(s) there; `base` is the revision whose findings are not shown, or NULL. */
void summary_line(const struct totals *t, const struct desks *d, const char *base, bool verbose);

#endif
