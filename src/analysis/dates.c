/* Dates in running text.  Numbers lead to them: at each one that could be a day the words beside it are looked up as months
 * and weekdays, so that text without numbers costs next to nothing. */
#include "analysis/dates.h"

#include "util/next_of.h"
#include "util/str.h"
#include "util/utf8.h"

#include <string.h>

/* ---- words and gaps ---- */

struct look {
	const struct language *l;
	const char *s;
	uint32_t begin, end;
};

static struct range
word_at(const struct look *k, uint32_t at)
{
	struct range r = {at, at};

	while (r.z < k->end && r.z - at < 64) {
		size_t len = utf8_word(k->s + r.z, k->s + k->end);

		if (len == 0)
			break;
		r.z += (uint32_t)len;
	}
	return r;
}

static bool
word_byte_before(const struct look *k, uint32_t at)
{
	uint32_t i = at - 1;

	while (i > k->begin && ((unsigned char)k->s[i] & 0xc0) == 0x80)
		i--;
	return utf8_word(k->s + i, k->s + k->end) != 0;
}

static struct range
word_before(const struct look *k, uint32_t at)
{
	struct range r = {at, at};

	while (r.a > k->begin && at - r.a < 64 && word_byte_before(k, r.a))
		do
			r.a--;
		while (r.a > k->begin && ((unsigned char)k->s[r.a] & 0xc0) == 0x80);
	return r;
}

/* Blanks, with at most one of the marks in `may` among them: its end, or `at` itself where nothing of the kind stands. */
static uint32_t
skip(const struct look *k, uint32_t at, const char *may)
{
	bool marked = false;

	while (at < k->end) {
		if (k->s[at] == ' ' || k->s[at] == '\n' || k->s[at] == '\t')
			at++;
		else if (k->end - at >= 2 && memcmp(k->s + at, "\xc2\xa0", 2) == 0)
			at += 2;
		else if (k->end - at >= 2 && memcmp(k->s + at, "\xc2\xba", 2) == 0)	/* 1º */
			at += 2;
		else if (!marked && strchr(may, k->s[at]) != NULL && k->s[at] != '\0')
			marked = true, at++;
		else
			break;
	}
	return at;
}

static uint32_t
skip_back(const struct look *k, uint32_t at, const char *may)
{
	bool marked = false;

	while (at > k->begin) {
		char c = k->s[at - 1];

		if (c == ' ' || c == '\n' || c == '\t')
			at--;
		else if (at - k->begin >= 2 && memcmp(k->s + at - 2, "\xc2\xa0", 2) == 0)
			at -= 2;
		else if (!marked && c != '\0' && strchr(may, c) != NULL)
			marked = true, at--;
		else
			break;
	}
	return at;
}

static int
number(const struct look *k, enum list_name list, struct range r)
{
	return r.a == r.z || str_is_digit(k->s[r.a]) ? 0 : (int)facts_number(k->l, list, k->s + r.a, range_len(r));
}

/* A little word between the parts: of, de, den, the.  "10 pm May 3" is no such date. */
static bool
connector(const struct look *k, struct range r)
{
	size_t n = range_len(r);

	return n >= 2 && n <= 3 && k->s[r.a] >= 'a' && k->s[r.a] <= 'z' && !facts_in_list(k->l, LIST_CLOCK_AM, k->s + r.a, n) &&
	    !facts_in_list(k->l, LIST_CLOCK_PM, k->s + r.a, n);
}

/* ---- parts ---- */

/* A year at `at`: four digits and nothing that makes it something else.  0 if there is none. */
static int
year_at(const struct look *k, uint32_t at)
{
	int y;

	if (k->end - at < 4 || !str_is_digit(k->s[at]) || !str_is_digit(k->s[at + 1]) || !str_is_digit(k->s[at + 2]) || !str_is_digit(k->s[at + 3]))
		return 0;
	if (at + 4 < k->end && (utf8_word(k->s + at + 4, k->s + k->end) != 0 || k->s[at + 4] == '%'))
		return 0;
	if (at + 5 < k->end && (k->s[at + 4] == ',' || k->s[at + 4] == '.' || k->s[at + 4] == ':') && str_is_digit(k->s[at + 5]))
		return 0;
	y = (k->s[at] - '0') * 1000 + (k->s[at + 1] - '0') * 100 + (k->s[at + 2] - '0') * 10 + (k->s[at + 3] - '0');
	return y >= 1000 && y < 3000 ? y : 0;
}

/* The weekday before or behind the date.  Two weekdays are a range, and neither is the day's.  false: no date at all. */
static bool
find_weekday(const struct look *k, struct date *d)
{
	uint32_t at = skip_back(k, d->at.a, ",."), then;
	struct range w;
	int n;

	d->day_at = d->at;
	if (at < d->at.a) {
		w = word_before(k, at);
		if (connector(k, w)) {
			at = skip_back(k, w.a, ",");
			w = word_before(k, at);
		}
		n = number(k, LIST_WEEKDAYS, w);
		/* "He left on Monday. Nov. 23 was cold": only an abbreviation has a full stop */
		if (n != 0 && k->s[w.z] == '.' && range_len(w) > 5)
			n = 0;
		if (n != 0) {
			d->weekday = n;
			d->weekday_at = w;
			d->at.a = w.a;
			/* Monday and Tuesday, Monday-Wednesday */
			then = skip_back(k, w.a, "-,/&");
			if (then >= 3 && then - k->begin >= 3 && memcmp(k->s + then - 3, "–", 3) == 0)
				then -= 3;
			w = word_before(k, skip_back(k, then, ","));
			if (number(k, LIST_WEEKDAYS, w) != 0)
				return false;
			if (w.a < w.z && range_len(w) <= 8 && number(k, LIST_WEEKDAYS, word_before(k, skip_back(k, w.a, ","))) != 0)
				return false;
			return true;
		}
	}
	at = skip(k, d->at.z, "(");
	if (at == d->at.z)
		return true;
	w = word_at(k, at);
	n = number(k, LIST_WEEKDAYS, w);
	/* beside the date only in brackets, or right behind it as in Turkish; "On Nov. 23, Tuesday's winner" is no such thing */
	if (n == 0 || (w.z < k->end && (k->s[w.z] == '\'' || memcmp(k->s + w.z, "’", k->end - w.z >= 3 ? 3 : 1) == 0)))
		return true;
	d->weekday = n;
	d->weekday_at = w;
	d->at.z = w.z;
	if (k->s[at - 1] == '(' && w.z < k->end && k->s[w.z] == ')')
		d->at.z++;
	return true;
}

/* Is the day the beginning or end of a range: 23-25, 23–25, 23 and 24? */
static bool
range_of_days(const struct look *k, uint32_t day, uint32_t day_end)
{
	uint32_t z = skip(k, day_end, "-/&"), a = skip_back(k, day, "-/&");
	struct range w;

	if (z < k->end && str_is_digit(k->s[z]) && z > day_end && (k->s[z - 1] != ' ' || k->s[day_end] == '-') && year_at(k, z) == 0)
		return true;
	if (k->end - z >= 3 && (memcmp(k->s + z, "–", 3) == 0 || memcmp(k->s + z, "—", 3) == 0)) {
		z = skip(k, z + 3, "");
		if (z < k->end && str_is_digit(k->s[z]))
			return true;
	}
	if (a < day && a > k->begin && str_is_digit(k->s[a - 1]) && k->s[day - 1] != ' ')
		return true;
	if (a - k->begin >= 4 && memcmp(k->s + a - 3, "–", 3) == 0 && str_is_digit(k->s[a - 4]))
		return true;
	/* 23 and 24: a word of two or three letters, then one or two digits */
	w = word_at(k, z);
	if (z > day_end && connector(k, w)) {
		z = skip(k, w.z, "");
		if (z < k->end && str_is_digit(k->s[z]) && year_at(k, z) == 0)
			return true;
	}
	return false;
}

static void
add_year(const struct look *k, struct date *d, uint32_t at)
{
	uint32_t z = skip(k, at, ",.");
	struct range w = word_at(k, z);

	if (z > at && connector(k, w))
		z = skip(k, w.z, "");
	else if (z == at)
		return;
	d->year = year_at(k, z);
	if (d->year != 0)
		d->at.z = z + 4;
}

/* The day number day .. day_end with its month beside it. */
static bool
date_around(const struct look *k, uint32_t day, uint32_t day_end, uint32_t number_end, struct date *d)
{
	uint32_t at;
	struct range w;

	memset(d, 0, sizeof *d);
	d->day = str_digits(k->s + day, k->end - day < 2 ? k->end - day : 2);
	if (d->day < 1 || range_of_days(k, day, day_end))
		return false;
	/* Nov. 23 */
	at = skip_back(k, day, ".");
	if (at < day) {
		w = word_before(k, at);
		d->month = number(k, LIST_MONTHS, w);
		if (d->month != 0) {
			d->at = (struct range){w.a, day_end};
			add_year(k, d, day_end);
			return find_weekday(k, d);
		}
	}
	/* 23 November, 23. November, 23rd of November, 23 de noviembre de 2026 */
	at = skip(k, number_end, ".");
	if (at == number_end)
		return false;
	w = word_at(k, at);
	if (connector(k, w) && number(k, LIST_MONTHS, w) == 0)
		w = word_at(k, skip(k, w.z, ""));
	d->month = number(k, LIST_MONTHS, w);
	if (d->month == 0)
		return false;
	/* "the 23 May 2 events": a number behind the month is a year or the month belongs to it */
	d->at = (struct range){day, w.z};
	add_year(k, d, w.z);
	return find_weekday(k, d);
}

bool
date_next(const struct language *l, const char *s, uint32_t begin, uint32_t *at, uint32_t end, struct date *d)
{
	static const struct byte_set digits = {{'0', '0', '0', '0', '0', '0'}, '0', '9'};
	struct look k = {l, s, begin, end};
	uint32_t i = *at;

	while (i < end) {
		uint32_t day, day_end, letters;

		i = (uint32_t)next_of(s, i, end, &digits);
		day = i;
		while (i < end && str_is_digit(s[i]))
			i++;
		day_end = i;
		if (day_end == day)
			break;
		/* within a number or a word: 1,234 or A4 */
		if (day > begin && (word_byte_before(&k, day) ||
		        (day - begin >= 2 && strchr(".,:/$-", s[day - 1]) != NULL && str_is_digit(s[day - 2]))))
			continue;
		if (day_end - day == 4 && end - day >= 10) {
			memset(d, 0, sizeof *d);
			if (date_iso(s + day, end - day, &d->year, &d->month, &d->day)) {
				d->at = (struct range){day, day + 10};
				i = day + 10;
				if (find_weekday(&k, d)) {
					*at = d->at.z > i ? d->at.z : i;
					return true;
				}
				continue;
			}
		}
		if (day_end - day > 2)
			continue;
		/* 23rd */
		letters = day_end;
		while (letters < end && letters - day_end < 3 && ((s[letters] >= 'a' && s[letters] <= 'z')))
			letters++;
		if (letters - day_end > 2 || (letters < end && utf8_word(s + letters, s + end) != 0))
			continue;
		if (letters > day_end && !connector(&k, (struct range){day_end, letters}) && letters - day_end == 2)
			continue;	/* 10pm */
		if (letters == day_end && letters < end && (s[letters] == ':' || s[letters] == '%' ||
		        ((s[letters] == '.' || s[letters] == ',') && letters + 1 < end && str_is_digit(s[letters + 1]))))
			continue;
		if (date_around(&k, day, letters, letters, d)) {
			*at = d->at.z > i ? d->at.z : i;
			return true;
		}
	}
	*at = end;
	return false;
}
