/* JSON Schema, as much of it as doc/ uses; a word it does not know is an error, so that nothing goes unchecked. */
#ifndef WL_SCHEMA_H
#define WL_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

enum { SCHEMA_FILES = 8 };
struct schema_file { char *name, *s; };
struct schemas {
	char folder[512];		/* where schemas lie that others refer to */
	struct schema_file files[SCHEMA_FILES];
	char why[512];			/* what does not hold, and where: "findings/0/span: ..." */
	size_t depth;			/* private: how deep that is; of several alternatives the nearest miss is told */
};

void schemas_init(struct schemas *all, const char *folder);
void schemas_release(struct schemas *all);
/* Is the document s[0..n) strict JSON that the schema `name` ("finding.schema.json") describes?  false: all->why. */
bool schema_holds(struct schemas *all, const char *name, const char *s, size_t n);

/* The text of a schema, read at first use; NULL if there is none. */
const char *schema_file(struct schemas *all, const char *name);

#endif
