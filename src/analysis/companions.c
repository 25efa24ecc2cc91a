/* Other stories of a run that share words with the one at hand. */
#include "analysis/companions.h"

#include "source/source.h"

#include <string.h>

/* A file's name up to the first full stop; *n 0 where it says nothing: index.md. */
static const char *
stem(const char *path, size_t *n)
{
	const char *s = strrchr(path, '/');

	s = s != NULL ? s + 1 : path;
	*n = strcspn(s, ".");
	if (*n == 5 && memcmp(s, "index", 5) == 0)
		*n = 0;
	return s;
}

bool
companion_is_form(const struct companion *other, const char *ours)
{
	size_t n, m;
	const char *a = stem(ours, &n), *b = stem(other->article->src->path, &m);

	return other->sum.containment >= 0.8 && n != 0 && n == m && memcmp(a, b, n) == 0;
}
