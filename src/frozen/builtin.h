/* The rule and fact files that the binary carries, and the page that the rules are put into: made at build time by scripts/embed. */
#ifndef WL_BUILTIN_H
#define WL_BUILTIN_H

#include <stddef.h>

struct builtin { const char *path; const char *s; size_t n; };	/* path: "rules/caption.xml" */
extern const struct builtin builtins[];				/* path NULL at the end */
const struct builtin *builtin_find(const char *path);

#endif
