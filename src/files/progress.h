/* How far a run is, on a terminal: a line that is written over, from the first second on.  In a pipe nothing. */
#ifndef WL_PROGRESS_H
#define WL_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct progress;
struct progress *progress_new(bool quiet);		/* NULL where nothing is to be shown */
/* From here on `total` things are done: "read", "files".  For one thread. */
void progress_start(struct progress *p, const char *verb, const char *things, size_t total);
void progress_step(struct progress *p);			/* one is done; from any thread; p may be NULL */
void progress_free(struct progress *p);			/* the line goes; may be NULL */

#endif
