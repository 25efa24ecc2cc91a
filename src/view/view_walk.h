/* The walk over an article that says what its XML is.  A private part of view.c. */
#ifndef WL_VIEW_WALK_H
#define WL_VIEW_WALK_H

#include "article.h"

#include <stdbool.h>
#include <stddef.h>

/* How much of the article is told.  Most questions look at the blocks of one kind.  Plain paragraphs are most of a huge file; few
 * questions can tell one from another. */
struct view_form {
	bool text;			/* characters too */
	kind_set kinds;			/* the blocks of these kinds alone, and no field; VIEW_ALL: everything */
	enum { RUNS_WHOLE, RUNS_ENDS } runs;	/* of a run of plain paragraphs: all, or the first and last few */
};
#define VIEW_ALL (~(kind_set)0)

struct sink {
	struct view_form form;
	void (*start)(struct sink *k, const char *name, struct range at);
	void (*attr)(struct sink *k, const char *name, const char *s, size_t n, struct range at);
	void (*text)(struct sink *k, const char *s, size_t n);
	void (*end)(struct sink *k);
};

void view_walk(struct sink *k, const struct article *a);
/* May the character stand in XML 1.0? */
bool view_xml_char(unsigned cp);

#endif
