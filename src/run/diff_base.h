/* --diff-base: which version of each input a git revision holds, and which findings that one has too. */
#ifndef WL_DIFF_BASE_H
#define WL_DIFF_BASE_H

#include "files/walk.h"
#include "finding.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum base_state {
	BASE_UNKNOWN,			/* it cannot be told; an error has said why */
	BASE_NONE,			/* the revision has no such file: everything is new */
	BASE_SAME,			/* the file is as it was: nothing is new */
	BASE_DIFFERS			/* diff_base_content() */
};

/* Could this be a revision?  git would take "-x" for an option. */
bool diff_base_is_revision(const char *rev);

/* Looks up all inputs, which must stay as they are.  Standard input is told from a file by `standard`, the name that it stands
 * for; NULL: none.  What cannot be told goes to `errors`. */
struct diff_base *diff_base_new(const char *rev, const struct walk *w, const char *standard, struct finding_list *errors);
void diff_base_free(struct diff_base *d);		/* may be NULL */

/* These two may be called by threads at the same time.  `in` is one of the walk's inputs. */
enum base_state diff_base_state(const struct diff_base *d, const struct input *in);
/* What the revision holds of an input that differs; false: `why` says what went wrong. */
bool diff_base_content(const struct diff_base *d, const struct input *in, struct buf *out, struct buf *why);

/* Takes out of `now` what `then` has as well, by rule and fingerprint: where `then` has it twice, two are taken.  What is fatal
 * stays.  How many were taken. */
size_t diff_base_drop_old(struct finding_list *now, const struct finding_list *then);
/* The same where nothing has changed. */
size_t diff_base_drop_all(struct finding_list *now);

#endif
