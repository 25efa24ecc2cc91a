/* Private to desk.c and desk_rules.c. */
#ifndef WL_DESK_INT_H
#define WL_DESK_INT_H

#include "desk.h"

/* A path as messages name it: from the working folder where it lies in it.  To be freed. */
char *desk_shown(const struct desks *d, const char *absolute);

#endif
