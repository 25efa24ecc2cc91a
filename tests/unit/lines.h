/* Lines as the paragraphs of an article whose marks were analysed: what the tests of quotations share. */
#ifndef WL_LINES_H
#define WL_LINES_H

#include "analysis/analysis.h"
#include "util/buf.h"

extern struct article lines_article;
extern struct analysis lines_an;
extern const char *const lines_faults[FAULT_COUNT];	/* the names of enum mark_fault */

void lines_setup(void);
void lines_teardown(void);
/* A line is a paragraph; "# " a headline, "## " a crosshead, "^ " a caption, "* " a list item, "> " a block quote. */
void lines_read(const char *lang, const char *s);
/* What was found at least so certain, as the text with the wrong marks in [[ ]] and the faults behind it:
 * "... [[”]]We ...\nreversed “\n". */
void lines_describe(struct buf *b, enum certainty least);

#endif
