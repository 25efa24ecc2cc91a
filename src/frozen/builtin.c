/* Finding a built-in file by its path. */
#include "frozen/builtin.h"

#include <string.h>

const struct builtin *
builtin_find(const char *path)
{
	const struct builtin *b;

	for (b = builtins; b->path != NULL; b++)
		if (strcmp(b->path, path) == 0)
			return b;
	return NULL;
}
