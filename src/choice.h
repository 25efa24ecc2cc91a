/* Which profiles were chosen for an article, and why: for the line at the end of a run. */
#ifndef WL_CHOICE_H
#define WL_CHOICE_H

#include <stddef.h>

struct choice {
	const char *profile;		/* its id, the rule set's */
	char *path;			/* of the file */
	char *why;			/* "field 'provider' 'ProPublica'" */
};
struct choices { struct choice *v; size_t n, cap; };

/* Copied; a second one of the same profile for the same reason in the same file is the first. */
void choices_add(struct choices *l, const char *profile, const char *path, const char *why);
void choices_move(struct choices *to, struct choices *from);	/* from is empty then */
void choices_clear(struct choices *l);
void choices_release(struct choices *l);

#endif
