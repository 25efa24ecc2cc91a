/* Writing a file so that nobody ever sees half of it: beside its place, and moved there at the end.  What a link leads to is
 * written, and the link stays; so does the mode of a file that was there. */
#ifndef WL_REPLACE_H
#define WL_REPLACE_H

#include <stdbool.h>
#include <stddef.h>

struct stat;

struct replacement {
	char *path, *temporary;		/* temporary NULL: written in place (a device, a pipe) */
	int fd;				/* -1: closed */
};

/* Each is false after a failure: errno tells, and what was there before is unharmed. */
bool replace_begin(struct replacement *r, const char *path);
/* With the owner and group that a file has; before it is ended. */
bool replace_as(struct replacement *r, const struct stat *was);
bool replace_end(struct replacement *r);
void replace_release(struct replacement *r);	/* gives it up where it was not ended; zeroed and with fd -1 it is none */

bool replace_write(int fd, const char *s, size_t n);
bool replace_file(const char *path, const char *s, size_t n);	/* all of it at once */

#endif
