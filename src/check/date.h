/* What the files of the check `date` share: date.c, date_embargo.c. */
#ifndef WL_CHECK_DATE_H
#define WL_CHECK_DATE_H

#include "check.h"

/* The day the article is of, since 1970, from its dateline or the field `published`.  false if neither says. */
bool date_of_article(const struct article *a, long *day);

/* When copy may be used: ahead, not to be told, or over. */
enum embargo { EMBARGO_AHEAD, EMBARGO_UNREAD, EMBARGO_OVER };
/* Reports the embargoes of the article that are so. */
void date_embargoes(struct check_ctx *c, enum embargo asked);

#endif
