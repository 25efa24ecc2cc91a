/* Paths as words: nothing here looks at the disk but for the working folder.  Links are not looked up. */
#ifndef WL_PATH_H
#define WL_PATH_H

#include <stdbool.h>

/* All of these are to be freed by the caller. */
char *path_absolute(const char *path);			/* from the root, without "." and ".." parts and doubled slashes */
char *path_folder(const char *absolute);		/* what it lies in; "/" lies in itself */
char *path_join(const char *folder, const char *name);	/* an absolute name stays what it is */
/* How the absolute path is said in the folder: "wire/a.txt", "../b.txt", "." for the folder itself. */
char *path_from(const char *folder, const char *absolute);

/* The rest of an absolute path behind the folder: "a/b" of /x/a/b in /x, "" of /x itself; NULL if it does not lie there. */
const char *path_within(const char *folder, const char *absolute);

/* Does a glob mean this path, or a folder that it lies in?  Both are relative to one folder.
 *
 *	*.html		no slash: any part of the path may be it
 *	wire/ap		a slash: from the folder on; so does /wire, and wire/ is any folder so called
 *	a/ ** /b	(without the blanks) two stars are any number of folders
 *
 * *, ? and [...] stay within one part. */
bool path_matches(const char *glob, const char *relative);

#endif
