/* The walk over an article that says what its XML is.  A private part of view.c. */
#ifndef WL_VIEW_WALK_H
#define WL_VIEW_WALK_H

#include "article.h"

#include <stdbool.h>
#include <stddef.h>

/* How much of the article is told.  Plain paragraphs are most of a huge file; few questions can tell one from another. */
struct view_form {
	bool text;			/* characters too */
	enum { RUNS_WHOLE, RUNS_ENDS, RUNS_NONE } runs;	/* of a run of plain paragraphs: all, the first and last few, none */
};

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
