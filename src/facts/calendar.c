/* The Gregorian calendar, also for days before it was used. */
#include "facts/calendar.h"

#include "util/str.h"

#include <stdlib.h>

static bool
leap(int y)
{
	return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
}

bool
date_exists(int year, int month, int day)
{
	static const int days[] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (month < 1 || month > 12 || day < 1 || day > days[month])
		return false;
	return !(month == 2 && day == 29 && year != 0 && !leap(year));
}

/* Days since 1970-01-01, by the Gregorian calendar; years begin in March, so that February's end needs no case. */
long
date_days(int year, int month, int day)
{
	long y = month <= 2 ? year - 1 : year, era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
	long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

int
date_weekday(int year, int month, int day)
{
	long days = date_days(year, month, day);	/* day 0 was a Thursday */

	return (int)(((days + 3) % 7 + 7) % 7) + 1;
}

int
date_nearest_year(int month, int day, long other, long within)
{
	int guess = 1970 + (int)(other / 365), best = 0;

	for (int y = guess - 2; y <= guess + 2; y++) {
		long away = labs(date_days(y, month, day) - other);

		if (away <= within && date_exists(y, month, day)) {
			within = away;
			best = y;
		}
	}
	return best;
}

bool
date_iso(const char *s, size_t n, int *year, int *month, int *day)
{
	static const char form[] = "dddd-dd-dd";

	if (n < 10 || (n > 10 && str_is_digit(s[10])))
		return false;
	for (int i = 0; i < 10; i++)
		if (form[i] == 'd' ? !str_is_digit(s[i]) : s[i] != '-')
			return false;
	*year = str_digits(s, 4);
	*month = str_digits(s + 5, 2);
	*day = str_digits(s + 8, 2);
	return true;
}
