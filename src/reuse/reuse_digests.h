/* Stories of a set that are in none of its files: those of an archive, and those of lines of `wirelint digest`. */
#ifndef WL_REUSE_DIGESTS_H
#define WL_REUSE_DIGESTS_H

#include "analysis/digest.h"
#include "archive/archive.h"
#include "reuse/reuse_set.h"

#include <stdbool.h>

/* ---- an archive's: before those of the files ---- */

/* Which of its stories may share copy with this one: asked for, and now and then answered.  false: the archive says why. */
bool reuse_archive_look(struct reuse_set *s, const struct digest *d);
/* All that were noted are stories of the set. */
bool reuse_archive_add(struct reuse_set *s);

/* The archive that --archive names; NULL: there is none, or it cannot be opened, which goes to `errors`. */
struct archive *reuse_archive_open(const char *path, struct finding_list *errors);
/* After reuse_set_read(): what is wrong with it goes to `errors`. */
void reuse_archive_judge(const struct reuse_set *s, const char *path, struct finding_list *errors);

/* ---- lines ---- */

struct reuse_lines;
struct reuse_lines *reuse_lines_new(void);
void reuse_lines_free(struct reuse_lines *l);
/* All lines of a file, "-" standard input, in any order; one that is there twice counts once.  false: said on standard error. */
bool reuse_lines_read(struct reuse_lines *l, const char *name);
/* They are the stories of the set, in the order of paths and items, and its index is finished. */
bool reuse_lines_finish(struct reuse_lines *l, struct reuse_set *s);

#endif
