/* validate FOLDER SCHEMA < JSON: is standard input what the schema FOLDER/SCHEMA describes?  With -l, is each line of it? */
#include "unit/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *
read_all(size_t *n)
{
	size_t cap = 1 << 16;
	char *s = malloc(cap);

	for (*n = 0; !feof(stdin) && !ferror(stdin);) {
		if (*n + 1 >= cap)
			s = realloc(s, cap *= 2);
		*n += fread(s + *n, 1, cap - *n - 1, stdin);
	}
	s[*n] = '\0';
	return s;
}

int
main(int argc, char **argv)
{
	bool lines = argc == 4 && strcmp(argv[1], "-l") == 0, good = true;
	struct schemas all;
	size_t n, len, line = 1;
	char *s, *at, *end;

	if (argc != 3 && !lines) {
		fprintf(stderr, "usage: validate [-l] FOLDER SCHEMA\n");
		return 2;
	}
	schemas_init(&all, argv[argc - 2]);
	s = read_all(&n);
	for (at = s; at < s + n; at += len + 1, line++) {
		end = lines ? memchr(at, '\n', (size_t)(s + n - at)) : NULL;
		len = end != NULL ? (size_t)(end - at) : (size_t)(s + n - at);
		if (!schema_holds(&all, argv[argc - 1], at, len)) {
			fprintf(stderr, "%zu: %s\n", line, all.why);
			good = false;
		}
	}
	free(s);
	schemas_release(&all);
	return good ? 0 : 1;
}
