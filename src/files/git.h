/* What git knows of files, by git itself.  Nothing of a repository is changed: what git would write into its index goes into a copy.
 * Each function that returns a bool says in `why`, a whole sentence without its end, what went wrong.  Threads may call
 * git_content() at the same time; the others are for one. */
#ifndef WL_GIT_H
#define WL_GIT_H

#include "util/buf.h"

#include <stdbool.h>

struct git_repo {
	char *top;			/* the folder of its working tree */
	char *index;			/* the file */
	char *commit;			/* its name in hexadecimal; NULL before git_commit() */
	bool shallow;
	char **env;			/* for every command */
};

/* The repository that the folder lies in.  git_close() in any case. */
bool git_open(struct git_repo *r, const char *folder, struct buf *why);
void git_close(struct git_repo *r);

/* The commit that a revision means, which does not begin with '-'. */
bool git_commit(struct git_repo *r, const char *rev, struct buf *why);

/* Of each file in the index: its path from the top, and 'H' if nothing keeps git from seeing what becomes of it (it is not in
 * conflict, not assumed to be unchanged). */
typedef void git_tracked_fn(void *arg, char tag, const char *path);
bool git_tracked(struct git_repo *r, git_tracked_fn *each, void *arg, struct buf *why);

/* How files of the working tree differ from the commit: 'A' added, 'D' deleted, 'M' modified, 'T' another type of file, 'R' moved
 * from the path `from` and perhaps modified.  `anew` are paths from the top, each with a NUL at its end, that are to be looked
 * at though git does not track them; *seen is false if they could not be, for want of a place for temporary files. */
typedef void git_change_fn(void *arg, char status, const char *path, const char *from);
bool git_changes(struct git_repo *r, const struct buf *anew, bool *seen, git_change_fn *each, void *arg, struct buf *why);

/* Has the commit a file of this path from the top? */
bool git_has(const struct git_repo *r, const char *path);
/* The file in the commit, as checking it out would make it. */
bool git_content(const struct git_repo *r, const char *path, size_t most, struct buf *out, struct buf *why);

#endif
