/* What mends the things that are remarked of a file as a whole: its line ends, blanks at line ends, empty lines, its last newline. */
#ifndef WL_SOURCE_MEND_H
#define WL_SOURCE_MEND_H

#include "source/source.h"

struct mend { struct extent at; const char *text; };	/* what is written in the place of `at`, in the decoded source */

/* The edits, in order, that take away what is remarked everywhere in the file; 0: nothing does.  *mends lives in the arena. */
size_t source_mend(const struct source *src, const struct remark *m, struct arena *arena, struct mend **mends);
/* What they do, in words. */
const char *source_mend_words(const struct remark *m);

#endif
