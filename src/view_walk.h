/* The walk over an article that says what its XML is.  A private part of view.c. */
#ifndef WL_VIEW_WALK_H
#define WL_VIEW_WALK_H

#include "article.h"

#include <stdbool.h>
#include <stddef.h>

struct sink {
	bool shortened;			/* no characters, and runs of plain paragraphs cut */
	void (*start)(struct sink *k, const char *name, struct range at);
	void (*attr)(struct sink *k, const char *name, const char *s, size_t n, struct range at);
	void (*text)(struct sink *k, const char *s, size_t n);
	void (*end)(struct sink *k);
};

void view_walk(struct sink *k, const struct article *a);
/* May the character stand in XML 1.0? */
bool view_xml_char(unsigned cp);

#endif
