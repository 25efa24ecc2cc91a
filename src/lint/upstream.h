/* --upstream: the copies that were sent, and which of them an article was made from.
 *
 * All are read once, and runs of four words of each are kept; an article's original is the one that shares most of them with it.  What is
 * needed of it then is read anew by a worker's own reader, so that memory holds the runs and not the copies. */
#ifndef WL_UPSTREAM_H
#define WL_UPSTREAM_H

#include "analysis/comparison.h"
#include "finding.h"
#include "rule/rule.h"

#include <stdbool.h>
#include <stddef.h>

struct upstream *upstream_new(const struct rule_set *rules);
void upstream_free(struct upstream *u);		/* may be NULL */
/* One file, with all its articles.  What cannot be read goes to `errors`; what is no article does where the file was `named`. */
void upstream_add(struct upstream *u, const char *path, bool named, struct finding_list *errors);
struct reader;
/* The same of a text that somebody else keeps; `as` NULL: its format by content. */
void upstream_add_text(struct upstream *u, const char *name, const struct reader *as, const char *s, size_t n, struct finding_list *errors);
/* After the last one; const from here on. */
void upstream_finish(struct upstream *u);
size_t upstream_count(const struct upstream *u);	/* articles */

/* What a worker has. */
struct upstream_reader;
struct upstream_reader *upstream_reader_new(const struct upstream *u);
void upstream_reader_free(struct upstream_reader *r);	/* may be NULL */
/* What it has handed out before is not needed any more. */
void upstream_reader_reset(struct upstream_reader *r);
/* The original of an article that has been read and classified, and the latest version of it; NULL where there is none.  false: nothing is
 * shared with any of them that would tell. */
struct upstream_match {
	struct original *original, *newest;
	bool derived;			/* the article was made from it; else the two only share some passages */
};
bool upstream_find(struct upstream_reader *r, const struct article *a, struct upstream_match *m);

#endif
