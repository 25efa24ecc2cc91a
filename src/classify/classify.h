/* classify names the blocks that the reader could only call paragraphs: headline, byline, dateline, caption and credit,
 * crosshead, signoff, source line, correction ...  Of its own for every format, fed by facts; most false alarms of tools
 * like this one come from taking a credit, a dateline or a footer for prose.
 *
 * A block that markup has named (from_markup) keeps its kind; a dateline, a credit or an agency tag inside one is still
 * cut out of it.  Credits, datelines, bylines, source lines and signoffs get their parts. */
#ifndef WL_CLASSIFY_H
#define WL_CLASSIFY_H

#include "article.h"

/* Sets a->lang (from `declared`, else a language field, else its words), then names and splits the blocks. */
void classify(struct article *a, const char *declared);

/* The parts of a line already known to be of `kind` (credit, dateline, byline, source, signoff, licence), for rule examples
 * that stand in a block and for readers with markup. */
void classify_parts(struct article *a, struct block *b);

/* Does the text say until when the copy is held?  For what stands elsewhere than in a block, such as a note to editors. */
bool classify_says_embargo(const struct article *a, struct range at);

struct language;
/* Makes the tables of a language, which else its first article does: for what is frozen. */
void classify_prepare(const struct language *l);

#endif
