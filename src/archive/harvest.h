/* Files read by several threads for what is kept of their stories: the digest (digest.h), and what is stored (stored.h).  They are handed over in the order of
 * the files, on the calling thread. */
#ifndef WL_HARVEST_H
#define WL_HARVEST_H

#include "options.h"

#include <stdbool.h>
#include <stddef.h>

/* A story, in bytes: its digest, and behind it what is stored. */
struct harvested { const char *digest, *stored; size_t ndigest, nstored; };

struct harvest {
	/* the caller's.  false: enough, no more is handed over. */
	bool (*file)(void *arg, const char *path, const struct harvested *v, size_t n);	/* its stories, in their order */
	void *arg;
	/* afterwards */
	size_t stories, files, skipped, errors;
	bool stopped;
};
/* The files, folders and lists that the command line names.  false: wrong use, said.  What could not be read is said on standard error. */
bool harvest_run(struct harvest *h, const struct options *o);
/* ", 2 not read in full; 3 skipped" on standard error, and the end of the line. */
void harvest_end_line(const struct harvest *h);

#endif
