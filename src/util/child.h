/* Runs a program without a shell and takes what it prints.  Threads may do so at the same time. */
#ifndef WL_CHILD_H
#define WL_CHILD_H

#include "util/buf.h"

#include <stddef.h>

struct child {
	const char *const *argv;	/* argv[0] is looked up in PATH; NULL at the end */
	char *const *env;		/* of child_env(); NULL: the program's own */
	const char *input;		/* a file for its standard input; NULL: there is nothing to read */
	size_t most;			/* bytes of output that are taken; 0: as many as come */
	struct buf out, err;		/* what it printed; of standard error the first CHILD_ERR bytes */
};

enum { CHILD_ERR = 4096, CHILD_NOT_RUN = -1, CHILD_KILLED = -2, CHILD_TOO_MUCH = -3 };

void child_init(struct child *c);
void child_release(struct child *c);

/* The exit status from 0 to 255; or CHILD_NOT_RUN (errno tells why), CHILD_KILLED (by a signal), CHILD_TOO_MUCH (it printed
 * more than `most` and was stopped).  What an earlier run printed is forgotten. */
int child_run(struct child *c);

/* The first line of standard error, for a message; "" where there is none. */
const char *child_complaint(struct child *c);

/* The environment of this program without the names of `unset`, with the NAME=VALUE of `set`; both have NULL at the end.
 * To be freed in one piece; the strings stay whose they are. */
char **child_env(const char *const *unset, const char *const *set);

#endif
