/* Dates in running text, in the words of the article's language: where they stand and what they say. */
#ifndef WL_DATES_H
#define WL_DATES_H

#include "facts/calendar.h"
#include "facts/facts.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>

struct date {
	int year;			/* 0: not said */
	int month, day;			/* as written: the day may not exist */
	int weekday;			/* Monday is 1; 0: not said */
	struct range at;		/* all of it, the weekday included */
	struct range weekday_at;
	struct range day_at;		/* without the weekday */
};

/* The next date in s[*at .. end): a day with its month ("Tuesday, Nov. 23, 2026", "23 Kasım 2026 Pazartesi", "Montag, den
 * 23. November", "2026-11-23 (Monday)").  Moves *at behind it; false: there is none.  Ranges of days are no dates. */
bool date_next(const struct language *l, const char *s, uint32_t begin, uint32_t *at, uint32_t end, struct date *d);

#endif
