/* How duties of profiles are shown by copy: private to the check `duty`. */
#ifndef WL_DUTY_H
#define WL_DUTY_H

#include "check.h"
#include "rule/profile.h"

enum zone { ZONE_HEAD = 1, ZONE_FOOT = 2, ZONE_BODY = 4 };

/* What is asked while one article is held against one duty. */
struct question {
	struct check_ctx *c;
	const struct profile *p;
	const struct duty *d;
	const unsigned char *zones;	/* by block: enum zone; the ends of the body are of the head and the foot too */
};

/* Is a person named as the author? */
bool duty_author(const struct question *q, struct range *at);
/* One of the duty's wordings, or without any a name of the house, in blocks of these zones. */
bool duty_words(const struct question *q, unsigned zones, struct range *at);
/* Is the text credited to the house, in whatever form? */
bool duty_credited(const struct question *q);
/* Does the copy point to the duty's host, and not to its front page alone where the story is asked for?  Without a host: is there a
 * link in the line `in`? */
enum pointing { POINTS_NOWHERE, POINTS_TO_FRONT, POINTS };
enum pointing duty_link(const struct question *q, struct range in);
/* Is anything loaded from the duty's host (without one: anything at all)? */
bool duty_loaded(const struct question *q);

#endif
