/* Are the names in an XPath expression ones that the view of an article can have, and what does it look at?  A private
 * part of view.c. */
#ifndef WL_VIEW_NAMES_H
#define WL_VIEW_NAMES_H

#include "article.h"

#include <stdbool.h>

enum { VIEW_WHY = 256 };		/* room for a reason */

/* What an expression looks at.  Where that cannot be told, the answer is the one that promises less. */
struct view_traits {
	bool text;			/* at characters, not only at elements and attributes */
	bool counts;			/* at how many there are, or at a number other than [1] */
	bool local;			/* at blocks and what lies in them only: no path, no axis, so no neighbours */
	bool has_kind;			/* it begins with block[@kind='...']: gives nothing without such a block */
	enum block_kind kind;
};

/* `expr` is known to compile.  false: why[] says which name is unknown, and which is near. */
bool view_names_known(const char *expr, struct view_traits *traits, char why[VIEW_WHY]);

#endif
