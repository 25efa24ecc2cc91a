/* Which profiles were chosen, and why. */
#include "choice.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

void
choices_add(struct choices *l, const char *profile, const char *path, const char *why)
{
	struct choice *c;

	for (size_t i = l->n; i-- != 0 && strcmp(l->v[i].path, path) == 0;)
		if (strcmp(l->v[i].profile, profile) == 0 && strcmp(l->v[i].why, why) == 0)
			return;
	c = &XPUSH(l->v, l->n, l->cap);
	c->profile = profile;
	c->path = xstrdup(path);
	c->why = xstrdup(why);
}

void
choices_move(struct choices *to, struct choices *from)
{
	for (size_t i = 0; i < from->n; i++)
		XPUSH(to->v, to->n, to->cap) = from->v[i];
	from->n = 0;
}

void
choices_clear(struct choices *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].path);
		free(l->v[i].why);
	}
	l->n = 0;
}

void
choices_release(struct choices *l)
{
	choices_clear(l);
	free(l->v);
	memset(l, 0, sizeof *l);
}
