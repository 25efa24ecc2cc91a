/* A file that a unit test holds in memory, read by its reader; what the reader hands over is put out as one string. */
#ifndef WL_READING_H
#define WL_READING_H

#include "reader.h"
#include "util/buf.h"

extern struct source src;
extern struct article article;		/* the last one handed over */
extern struct buf file, out;		/* file: where a test puts one together */
extern struct intake in;
extern unsigned items, skipped;

void reading_setup(void);
void reading_teardown(void);
/* Loads the bytes as a file of that name, makes all the rest anew, and returns the reader that is chosen. */
const struct reader *reading_load(const char *name, const char *s, size_t n, void (*item)(struct intake *));

/* For in.item and in.skip: each adds to `out`. */
void note_blocks(struct intake *i);		/* "[item] kind: text|kind: text|" */
void note_faults(struct intake *i);		/* "kind bytes @offset|" of each block and field that says "Xfault" */
void note_skip(struct intake *i, const char *item, const char *why);	/* "(item: why)" */
void note_text(const char *name, struct range r);			/* "name: text|" */

/* What note_faults() says of one fault in `kind` that stands where `what` first stands in the file. */
const char *fault_at(const char *kind, const char *what);
/* The file's bytes of the place where `words` first stand in the article's text. */
const char *bytes_of(const char *words);

#endif
