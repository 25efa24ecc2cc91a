/* What was met and left out. */
#include "skip.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

void
skips_add(struct skips *l, const char *path, const char *item, const char *why)
{
	struct skip *s = &XPUSH(l->v, l->n, l->cap);

	s->path = xstrdup(path);
	s->item = item != NULL ? xstrdup(item) : NULL;
	s->why = xstrdup(why);
}

void
skips_move(struct skips *to, struct skips *from)
{
	for (size_t i = 0; i < from->n; i++)
		XPUSH(to->v, to->n, to->cap) = from->v[i];
	from->n = 0;
}

void
skips_free_one(struct skip *s)
{
	free(s->path);
	free(s->item);
	free(s->why);
}

void
skips_clear(struct skips *l)
{
	for (size_t i = 0; i < l->n; i++)
		skips_free_one(&l->v[i]);
	l->n = 0;
}

void
skips_release(struct skips *l)
{
	skips_clear(l);
	free(l->v);
	memset(l, 0, sizeof *l);
}
