/* Writing a whole file so that nobody ever sees half of it: beside its place, and moved there. */
#ifndef WL_REPLACE_H
#define WL_REPLACE_H

#include <stdbool.h>
#include <stddef.h>

/* What a link leads to is written, and the link stays; so does the mode of a file that was there.  false: errno tells, and what
 * was there before is unharmed. */
bool replace_file(const char *path, const char *s, size_t n);

#endif
