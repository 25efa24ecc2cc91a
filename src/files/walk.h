/* Which files are to be checked: those named, those in folders named, those listed.  Sorted by the bytes of their paths, doubles
 * dropped (a.txt and ./a.txt are one), so that the order of arguments does not matter. */
#ifndef WL_WALK_H
#define WL_WALK_H

#include "finding.h"
#include "skip.h"

#include <stdbool.h>
#include <stddef.h>

struct input {
	char *path;
	char *absolute;			/* by walk_finish(): what it is called however it is spelt; NULL: standard input */
	bool named;			/* by the user, not met in a folder */
};

struct walk {
	struct input *inputs;
	size_t ninputs, capinputs;
	struct skips skips;		/* met and left out, with the reason */
	size_t excluded;		/* how many of them by excludes() */
	bool (*excludes)(void *arg, const char *path);	/* is it to be left out?  NULL: nothing is */
	void (*enters)(void *arg, const char *folder);	/* a folder is walked; may be NULL */
	void *arg;
	bool force_exclude;		/* what is named too */
	struct walked {
		char *path, *absolute;
		bool excused;		/* something in it was excluded, or could not be read and has been told */
	} *folders;			/* that were named */
	size_t nfolders, capfolders;
};

void walk_init(struct walk *w);
void walk_release(struct walk *w);

/* A file, folder or "-".  What cannot be checked becomes a finding. */
void walk_add(struct walk *w, const char *path, struct finding_list *errors);
/* Names from a list, separated by newlines or NULs; an empty name is passed over. */
void walk_add_list(struct walk *w, const char *s, size_t n, char separator, struct finding_list *errors);
/* After the last one. */
void walk_finish(struct walk *w);
/* Behind it: inputs that are none after all. */
void walk_leave_out(struct walk *w, bool (*is)(void *arg, const struct input *in), void *arg, const char *why);
/* When all are done: a folder in which nothing was an article is as good as an empty one.  `checked`: which inputs were. */
void walk_judge_folders(const struct walk *w, const bool *checked, struct finding_list *errors);

#endif
