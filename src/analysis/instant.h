/* A moment as copy says it: "0001 GMT, Tuesday Nov 24, 2026", "10 a.m. ET Nov. 24", "24. November, 06.00 Uhr". */
#ifndef WL_INSTANT_H
#define WL_INSTANT_H

#include "facts/facts.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

/* What is not said, or so that it can be taken in two ways. */
enum {
	LACKS_DAY = 1,
	LACKS_CLOCK = 2,
	LACKS_ZONE = 4,
	OPEN_DAY = 8,			/* 3/4/2026 */
	OPEN_HALF = 16,			/* 6 ET: morning or evening */
	OPEN_MIDNIGHT = 32,		/* midnight on Monday: its beginning or its end */
	OPEN_ZONE = 64,			/* IST; `zone` says where */
	WRONG_WEEKDAY = 128,		/* it is not that of the date */
	WRONG_DAY = 256,		/* Nov 31 */
	TWO_MOMENTS = 512,		/* 10 a.m. ET (1400 GMT) on a day on which that is 1500 GMT */
	GUESSED_DAY = 1024,		/* Tuesday, without a date: the next from the article's day on */
};

struct instant {
	int64_t earliest, latest;	/* seconds since 1970: it is none before, none after; equal if all is said */
	unsigned lacks;			/* without a day that can be read there is neither earliest nor latest */
	struct range zone;
};

/* The days that years and weekdays are told by, since 1970. */
struct instant_days {
	bool known;
	long article;			/* the day the article is of, if known */
	long today;
};

/* The moment that the text says: behind the last word of LIST_EMBARGO_UNTIL if something stands there, else anywhere.  Of
 * several the last in time.  In the language or in English, in which desks write above copy of any language.  false: there is
 * neither a day nor a time of day. */
bool instant_read(const struct language *l, const char *s, struct range in, const struct instant_days *days, struct instant *out);

#endif
