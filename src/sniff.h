/* What the first bytes of a file say of its format. */
#ifndef WL_SNIFF_H
#define WL_SNIFF_H

#include "source/source.h"

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
enum { SNIFF_FOREIGN = 2 };		/* what reader_foreign says of what it would refuse: most others say more of their own */
bool sniff_is_html(const struct sniffed *root);			/* is it the name of an element that fragments of HTML begin with? */

/* A look at the beginning, taken once for all readers that are asked whether the file is theirs. */
struct look {
	const struct source *src;
	struct sniffed root;
	bool rooted;			/* it begins with markup, and `root` is its first element */
	bool json;			/* it begins as JSON does: an object, or an array of objects */
	struct look_key { const char *s; size_t n; } *keys;	/* as they stand in the source: escaped */
	size_t nkeys, capkeys;
};
void look_begin(struct look *k, const struct source *src);
void look_end(struct look *k);
bool look_root_is(const struct look *k, const char *name);		/* in any case */
/* Does the outermost object of a JSON file (or the first object of the outermost array) have this key ("body_*": one that
 * begins so)?  Those of the first 256 KB are known. */
bool look_key(const struct look *k, const char *key);
void look_json(struct look *k);			/* sniff_json.c: fills in `json` and the keys */

#endif
