/* Offsets from UTC, and the two laws of summer time: of the United States (second Sunday of March to first Sunday of
 * November, at two by the clock) and of Europe (last Sundays of March and October, at one in UTC). */
#include "facts/zones.h"

#include "facts/calendar.h"
#include "util/str.h"

#include <string.h>

enum { HOUR = 3600, DAY = 24 * HOUR };

size_t
zone_offset(const char *s, size_t n, int *offset)
{
	size_t i = 1, h = 0;
	int hours = 0, minutes = 0;

	if (n < 2 || (s[0] != '+' && s[0] != '-'))
		return 0;
	for (; i < n && str_is_digit(s[i]) && h < 2; i++, h++)
		hours = hours * 10 + (s[i] - '0');
	if (h == 0)
		return 0;
	if (h == 2 && n - i >= 2 && str_is_digit(s[i]) && str_is_digit(s[i + 1])) {
		minutes = (s[i] - '0') * 10 + (s[i + 1] - '0');
		i += 2;
	} else if (n - i >= 3 && (s[i] == ':' || s[i] == '.') && str_is_digit(s[i + 1]) && str_is_digit(s[i + 2])) {
		minutes = (s[i + 1] - '0') * 10 + (s[i + 2] - '0');
		i += 3;
	}
	if (hours > 14 || minutes > 59 || (i < n && str_is_digit(s[i])))
		return 0;
	*offset = (hours * 60 + minutes) * 60 * (s[0] == '-' ? -1 : 1);
	return i;
}

bool
zone_value(const char *s, int *offset, enum daylight *daylight)
{
	size_t n = strlen(s), took = zone_offset(s, n, offset);

	*daylight = DAYLIGHT_NONE;
	if (took == 0)
		return false;
	if (strcmp(s + took, "/us") == 0)
		*daylight = DAYLIGHT_US;
	else if (strcmp(s + took, "/eu") == 0)
		*daylight = DAYLIGHT_EU;
	return s[took] == '\0' || *daylight != DAYLIGHT_NONE;
}

/* The n-th Sunday of a month, or its last where n is 0, as a day since 1970. */
static long
sunday(int year, int month, int n)
{
	long day = n != 0 ? date_days(year, month, 1) + 7 * (n - 1) : date_days(year, month, 31) - 6;
	long weekday = ((day + 3) % 7 + 7) % 7;		/* Monday is 0 */

	return day + (6 - weekday);
}

/* Is it summer time by a clock that shows `local`?  The hour that is skipped is, and of the hour that comes twice the first. */
static bool
in_summer(enum daylight daylight, int offset, int64_t local)
{
	int year = 1970 + (int)(local / DAY / 366);
	int64_t begins, ends;

	if (daylight == DAYLIGHT_NONE)
		return false;
	while ((int64_t)date_days(year + 1, 1, 1) * DAY <= local)
		year++;
	if (daylight == DAYLIGHT_US) {
		begins = (int64_t)sunday(year, 3, 2) * DAY + 2 * HOUR;
		ends = (int64_t)sunday(year, 11, 1) * DAY + 2 * HOUR;
	} else {
		begins = (int64_t)sunday(year, 3, 0) * DAY + HOUR + offset;
		ends = (int64_t)sunday(year, 10, 0) * DAY + 2 * HOUR + offset;
	}
	return local >= begins && local < ends;
}

void
zone_moments(const struct zone *z, int64_t local, int64_t *earliest, int64_t *latest)
{
	*earliest = local - ZONE_EAST;
	*latest = local + ZONE_WEST;
	for (size_t i = 0; i < z->n; i++) {
		int64_t at = local - z->may[i].offset - (in_summer(z->may[i].daylight, z->may[i].offset, local) ? HOUR : 0);

		*earliest = i == 0 || at < *earliest ? at : *earliest;
		*latest = i == 0 || at > *latest ? at : *latest;
	}
}
