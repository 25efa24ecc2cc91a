/* Finding what was frozen. */
#include "frozen/frozen.h"

#include <string.h>

const void *
frozen_find(const char *name, size_t size)
{
	const struct frozen_root *r;

	for (r = frozen_roots; r->name != NULL; r++)
		if (strcmp(r->name, name) == 0)
			return r->size == size ? r->p : NULL;
	return NULL;
}

bool
frozen_take(const struct frozen_part *part)
{
	const void *p = frozen_find(part->name, part->size);

	if (p != NULL)
		memcpy(part->p, p, part->size);
	return p != NULL;
}
