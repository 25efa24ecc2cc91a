/* `wirelint show`: the article as it was read. */
#ifndef WL_SHOW_H
#define WL_SHOW_H

#include "article.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>

struct analysis;

enum show_form { SHOW_TEXT, SHOW_XML, SHOW_JSON };
bool show_form_parse(const char *s, enum show_form *out);
extern const char *const show_forms[];		/* the names, NULL at the end: for nearest names */

/* The articles of one file, or of several, one after the other: struct show s = { .form = SHOW_JSON }; show_next() for
 * each article; show_end() after the last.  Several items become an array in JSON, <articles> in XML. */
struct show {
	enum show_form form;
	bool many;			/* set it where several files are shown; a file of items sets it by itself */
	bool quotations;		/* as text: the quotations instead of the blocks */
	size_t n;			/* private: articles shown */
};
/* `an`, started with `a`, gives the quotations; NULL: none are shown, and there is no `quotations`. */
void show_next(struct show *s, struct buf *out, const struct article *a, struct analysis *an);
void show_end(struct show *s, struct buf *out);

#endif
