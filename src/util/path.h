/* Paths.  path_absolute() looks at the disk and resolves the folder that a file lies in, so that however a file is called (./a,
 * sub/../a, through a link to its folder) it has one path.  The last part stays as it is called: a link to a file lies where the link
 * lies.  Of the others only path_of_folder() and path_is_folder() look at the disk; the rest goes by the words. */
#ifndef WL_PATH_H
#define WL_PATH_H

#include <stdbool.h>

/* All of these are to be freed by the caller. */
char *path_absolute(const char *path);			/* from the root, without "." and ".." parts, links and doubled slashes */
char *path_of_folder(const char *path);			/* the same of a folder, resolved through and through */
char *path_folder(const char *absolute);		/* what it lies in; "/" lies in itself */
char *path_join(const char *folder, const char *name);	/* an absolute name stays what it is */
/* How the absolute path is said in the folder: "wire/a.txt", "../b.txt", "." for the folder itself. */
char *path_from(const char *folder, const char *absolute);

/* The rest of an absolute path behind the folder: "a/b" of /x/a/b in /x, "" of /x itself; NULL if it does not lie there. */
const char *path_within(const char *folder, const char *absolute);

bool path_is_folder(const char *path);			/* or a link to one */

/* Does a glob mean this path, or a folder that it lies in?  Both are relative to one folder.
 *
 *	*.html		no slash: any part of the path may be it
 *	wire/ap		a slash: from the folder on; so does /wire, and wire/ is any folder so called
 *	a/ ** /b	(without the blanks) two stars are any number of folders
 *
 * *, ? and [...] stay within one part. */
bool path_matches(const char *glob, const char *relative);
bool path_glob_is_empty(const char *glob);		/* "", "/", "./", "..": it means nothing */
/* Could it mean something that lies in the folder?  Where it is not clear, yes. */
bool path_could_match(const char *glob, const char *folder);

#endif
