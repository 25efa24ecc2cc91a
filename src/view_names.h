/* Are the names in an XPath expression ones that the view of an article can have?  A private part of view.c. */
#ifndef WL_VIEW_NAMES_H
#define WL_VIEW_NAMES_H

#include <stdbool.h>

enum { VIEW_WHY = 256 };		/* room for a reason */

/* `expr` is known to compile.  false: why[] says which name is unknown, and which is near. */
bool view_names_known(const char *expr, char why[VIEW_WHY]);

#endif
