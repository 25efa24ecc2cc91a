/* What the first bytes of a file say of its format. */
#ifndef WL_SNIFF_H
#define WL_SNIFF_H

#include "source.h"

#include <stdbool.h>
#include <stddef.h>

/* The first element of a file that begins with markup; a little junk before it, comments, instructions and a document type are
 * passed over.  Strings point into the source and are not terminated. */
struct sniffed {
	const char *name;		/* without its prefix */
	size_t n;
	const char *ns;			/* the address that its own prefix is declared to be; NULL if the tag does not say */
	size_t ns_len;
	bool html;			/* a document type of HTML stood before it */
};
bool sniff_root(const struct source *src, struct sniffed *out);
bool sniff_is_html(const struct sniffed *root);			/* is it the name of an element that fragments of HTML begin with? */
bool sniff_root_is(const struct source *src, const char *name);		/* in any case */

/* Does the outermost object of a JSON file (or the first object of the outermost array) have this key ("body_*": one that
 * begins so)?  Looks at the first 256 KB. */
bool sniff_json_key(const struct source *src, const char *key);
/* Does the file begin as JSON does: an object, or an array of objects? */
bool sniff_json(const struct source *src);

#endif
