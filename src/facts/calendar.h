/* Days by the Gregorian calendar. */
#ifndef WL_CALENDAR_H
#define WL_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

/* A date that begins with "2026-11-23"; what follows (a time) is not looked at.  false if it is none. */
bool date_iso(const char *s, size_t n, int *year, int *month, int *day);

bool date_exists(int year, int month, int day);		/* year 0: in any year? */
int date_weekday(int year, int month, int day);		/* Monday is 1 */
long date_days(int year, int month, int day);		/* since 1970-01-01 */
/* The year in which this day lies nearest to another day, within `within` days of it; 0 if in none. */
int date_nearest_year(int month, int day, long other, long within);

#endif
