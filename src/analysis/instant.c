/* Moments in copy.  Pieces are collected first (dates, weekdays, times of day, zones), in their order; each run of pieces of
 * different kinds is one saying:
 *
 *	10 a.m. ET (1500 GMT) Nov. 24		clock zone | clock zone date
 *
 * A saying without a date borrows the nearest one's.  What is not said widens it: a day without a clock is as long as the day
 * is anywhere on earth. */
#include "analysis/instant.h"

#include "analysis/dates.h"
#include "analysis/instant_zones.h"
#include "util/utf8.h"

#include <string.h>

enum { HOUR = 3600, DAY = 24 * HOUR, MOST_PIECES = 24, MOST_SAYINGS = 8, HALF_A_YEAR = 183 };

enum piece_kind { IS_DATE, IS_WEEKDAY, IS_CLOCK, IS_ZONE };
struct piece {
	enum piece_kind kind;
	struct range at;
	struct date date;
	bool open_day;			/* of a date: day and month may be the other way round */
	int weekday;
	int from, to;			/* of a clock: seconds of the day, equal unless it is open */
	unsigned lacks;
	struct zone zone;
};

struct reader {
	const struct language *l;
	const char *s;
	uint32_t begin, end;
	struct piece pieces[MOST_PIECES];
	size_t n;
	size_t until, until_before;	/* how many pieces stood before the last "until", and the one before that */
};

static bool
digit(const struct reader *r, uint32_t at)
{
	return at < r->end && r->s[at] >= '0' && r->s[at] <= '9';
}

static uint32_t
skip_blanks(const struct reader *r, uint32_t at)
{
	while (at < r->end)
		if (r->s[at] == ' ' || r->s[at] == '\n' || r->s[at] == '\t')
			at++;
		else if (r->end - at >= 2 && memcmp(r->s + at, "\xc2\xa0", 2) == 0)
			at += 2;
		else
			break;
	return at;
}

/* A word with its inner dots and apostrophes ("a.m.", "o'clock"), the dot at the end of such a one included. */
static struct range
word_at(const struct reader *r, uint32_t at)
{
	struct range w = {at, at};
	bool dotted = false;
	size_t k;

	while (w.z < r->end && w.z - at < 64) {
		if ((k = digit(r, w.z) ? 0 : utf8_word(r->s + w.z, r->s + r->end)) != 0)
			w.z += (uint32_t)k;
		else if (w.z > at && (r->s[w.z] == '.' || r->s[w.z] == '\'') && w.z + 1 < r->end && !digit(r, w.z + 1) &&
		    utf8_word(r->s + w.z + 1, r->s + r->end) != 0) {
			dotted = dotted || r->s[w.z] == '.';
			w.z++;
		} else
			break;
	}
	if (dotted && w.z < r->end && r->s[w.z] == '.')
		w.z++;
	return w;
}

static bool
listed(const struct reader *r, enum list_name list, struct range w)
{
	size_t n = range_len(w);

	if (n != 0 && r->s[w.z - 1] == '.')
		n--;
	return n != 0 && facts_in_list(r->l, list, r->s + w.a, n);
}

static struct piece *
new_piece(struct reader *r, enum piece_kind kind, struct range at)
{
	struct piece *p;

	if (r->n == MOST_PIECES)
		return NULL;
	p = &r->pieces[r->n++];
	memset(p, 0, sizeof *p);
	p->kind = kind;
	p->at = at;
	return p;
}

/* ---- clocks ---- */

static bool
add_clock(struct reader *r, struct range at, int from, int to, unsigned lacks)
{
	struct piece *p = new_piece(r, IS_CLOCK, at);

	if (p == NULL)
		return false;
	p->from = from;
	p->to = to;
	p->lacks = lacks;
	return true;
}

static uint32_t
zone_behind(const struct reader *r, uint32_t at, struct zone *z)
{
	uint32_t from = skip_blanks(r, at);
	size_t took;

	/* 10:00 (GMT), 10:00, GMT */
	if (from < r->end && (r->s[from] == '(' || r->s[from] == ','))
		from = skip_blanks(r, from + 1);
	took = zone_at(r->l, r->s + from, r->end - from, true, z);
	return took != 0 ? from + (uint32_t)took : at;
}

static bool
after_hour_word(const struct reader *r, uint32_t at)
{
	uint32_t z = at, a;

	while (z > r->begin && (r->s[z - 1] == ' ' || r->s[z - 1] == ':'))
		z--;
	for (a = z; a > r->begin && r->s[a - 1] != ' ' && z - a < 32; a--)
		;
	return a < z && listed(r, LIST_CLOCK_HOURS, (struct range){a, z});
}

/* The time of day whose digits begin at `at`: its end, or `at` if it is none. */
static uint32_t
clock_at(struct reader *r, uint32_t at)
{
	uint32_t z = at, then;
	int number = 0, h, m = -1;
	bool marked, first = true;
	struct zone zone;
	struct range w;
	size_t digits;

	for (; digit(r, z) && z - at < 5; z++)
		number = number * 10 + (r->s[z] - '0');
	digits = z - at;
	h = number;
	if (digits == 4) {
		h = number / 100;
		m = number % 100;
	} else if (digits > 2)
		return at;
	else if (z < r->end && (r->s[z] == ':' || r->s[z] == '.') && digit(r, z + 1) && digit(r, z + 2) && !digit(r, z + 3)) {
		m = (r->s[z + 1] - '0') * 10 + (r->s[z + 2] - '0');
		z += 3;
		if (z < r->end && r->s[z] == ':' && digit(r, z + 1) && digit(r, z + 2) && !digit(r, z + 3))
			z += 3;
		if (z + 1 < r->end && r->s[z] == '.' && digit(r, z + 1))
			return at;	/* 1.10.2026 */
	}
	if (h > 24 || m > 59 || (h == 24 && m > 0))
		return at;
	then = skip_blanks(r, z);
	w = word_at(r, then);
	if (m < 0 || h <= 12) {
		bool am = listed(r, LIST_CLOCK_AM, w), pm = listed(r, LIST_CLOCK_PM, w);

		if ((am || pm) && h >= 1 && h <= 12) {
			int seconds = ((h % 12 + (pm ? 12 : 0)) * 60 + (m > 0 ? m : 0)) * 60;

			return add_clock(r, (struct range){at, w.z}, seconds, seconds, 0) ? w.z : at;
		}
	}
	if (h == 12 && m <= 0 && listed(r, LIST_CLOCK_NOON, w))
		return add_clock(r, (struct range){at, w.z}, 12 * HOUR, 12 * HOUR, 0) ? w.z : at;
	if (h == 12 && m <= 0 && listed(r, LIST_CLOCK_MIDNIGHT, w))
		return add_clock(r, (struct range){at, w.z}, 0, DAY, OPEN_MIDNIGHT) ? w.z : at;
	marked = listed(r, LIST_CLOCK_HOURS, w);
	/* 6h30, 18 h 30 */
	if (marked && m < 0 && range_len(w) == 1) {
		uint32_t minutes = skip_blanks(r, w.z);

		if (digit(r, minutes) && digit(r, minutes + 1) && !digit(r, minutes + 2)) {
			m = (r->s[minutes] - '0') * 10 + (r->s[minutes + 1] - '0');
			w.z = minutes + 2;
		}
	}
	if (marked)
		z = w.z;
	else if (w.z > w.a && then == z && zone_behind(r, z, &zone) == z)
		return at;		/* 2nd */
	for (size_t i = 0; i < r->n; i++)
		first = first && r->pieces[i].kind != IS_CLOCK;
	if (!marked && (digits == 4 || m < 0)) {
		bool zoned = zone_behind(r, z, &zone) != z;

		/* four digits alone are a year, or any number */
		if (digits == 4 && !zoned && !(first && number < 1900))
			return at;
		if (digits < 4 && !zoned && !after_hour_word(r, at))
			return at;
		/* by the clock of twelve hours, where the language has words for its halves */
		if (digits < 4 && zoned && *facts_list(r->l, LIST_CLOCK_AM) != NULL && !after_hour_word(r, at) && h >= 1 && h <= 12 && r->s[at] != '0')
			return add_clock(r, (struct range){at, z}, h % 12 * HOUR, (h % 12 + 12) * HOUR, OPEN_HALF) ? z : at;
	}
	h = (h * 60 + (m > 0 ? m : 0)) * 60;
	return add_clock(r, (struct range){at, z}, h, h, 0) ? z : at;
}

/* ---- dates ---- */

static int
number_at(const struct reader *r, uint32_t at, uint32_t *z)
{
	int n = 0;

	for (*z = at; digit(r, *z) && *z - at < 5; ++*z)
		n = n * 10 + (r->s[*z] - '0');
	return n;
}

/* 24.11.2026, 24/11/2026: the day first, but in English it is not said which. */
static uint32_t
numeric_date(struct reader *r, uint32_t at)
{
	uint32_t z;
	int day = number_at(r, at, &z), month, year;
	char mark;
	struct piece *p;

	if (z - at > 2 || z >= r->end || strchr("./-", mark = r->s[z]) == NULL || mark == '\0' || !digit(r, z + 1))
		return at;
	month = number_at(r, z + 1, &z);
	if (z >= r->end || r->s[z] != mark || !digit(r, z + 1))
		return at;
	year = number_at(r, z + 1, &z);
	if (year < 1900 || year > 2999 || day < 1 || month < 1 || day > 31 || month > 31 || (day > 12 && month > 12) ||
	    (p = new_piece(r, IS_DATE, (struct range){at, z})) == NULL)
		return at;
	p->open_day = mark != '.' && day <= 12 && month <= 12 && day != month && strncmp(r->l->code, "en", 2) == 0;
	p->date = (struct date){.year = year, .month = month > 12 ? day : month, .day = month > 12 ? month : day};
	return z;
}

/* The year of a date may be a time of day: NOV 24 1100 GMT. */
static void
mend_year(struct reader *r, struct date *d)
{
	struct zone zone;
	uint32_t z = d->at.z;

	if (d->year == 0 || z - d->at.a < 5 || !digit(r, z - 1))
		return;
	if (d->year >= 1900) {
		uint32_t then = skip_blanks(r, z);
		struct range w = word_at(r, then);
		bool clock = (listed(r, LIST_CLOCK_HOURS, w) && !digit(r, skip_blanks(r, w.z))) || zone_behind(r, then, &zone) != then;

		for (size_t i = 0; i < r->n; i++)
			clock = clock && r->pieces[i].kind != IS_CLOCK;
		if (!clock || d->year % 100 > 59 || d->year > 2400)
			return;
	}
	d->year = 0;
	d->at.z = z - 4;
}

/* ---- pieces ---- */

/* What a word at `at` is: a zone, noon, a weekday, "until".  Its end. */
static uint32_t
read_word(struct reader *r, uint32_t at)
{
	const struct piece *last = r->n != 0 ? &r->pieces[r->n - 1] : NULL;
	struct zone zone;
	struct range w = word_at(r, at);
	struct piece *p;
	size_t took;
	unsigned n;

	if (w.z == w.a)
		return at + (uint32_t)utf8_next(r->s + at, &n);
	took = zone_at(r->l, r->s + at, r->end - at, false, &zone);
	if (took != 0 && (last == NULL || last->kind != IS_ZONE) && (p = new_piece(r, IS_ZONE, (struct range){at, at + (uint32_t)took})) != NULL) {
		p->zone = zone;
		return at + (uint32_t)took;
	}
	if (listed(r, LIST_CLOCK_NOON, w))
		add_clock(r, w, 12 * HOUR, 12 * HOUR, 0);
	else if (listed(r, LIST_CLOCK_MIDNIGHT, w))
		add_clock(r, w, 0, DAY, OPEN_MIDNIGHT);
	else if ((n = facts_number(r->l, LIST_WEEKDAYS, r->s + w.a, range_len(w))) != 0) {
		/* "do", "so", "di" are words as well */
		if ((range_len(w) > 2 || (w.z < r->end && (r->s[w.z] == ',' || r->s[w.z] == '.'))) &&
		    (p = new_piece(r, IS_WEEKDAY, w)) != NULL)
			p->weekday = (int)n;
	}
	return w.z;
}

static void
collect(struct reader *r)
{
	uint32_t at = r->begin, next = r->begin, z;
	struct date d;
	bool have = date_next(r->l, r->s, r->begin, &next, r->end, &d);
	struct zone zone;
	struct piece *p;

	while (at < r->end) {
		while (have && d.at.a < at)
			have = date_next(r->l, r->s, r->begin, &next, r->end, &d);
		if (have && d.at.a == at) {
			mend_year(r, &d);
			if ((p = new_piece(r, IS_DATE, d.at)) != NULL)
				p->date = d;
			at = d.at.z;
		} else if (digit(r, at)) {
			if ((z = numeric_date(r, at)) == at && (z = clock_at(r, at)) != at) {
				at = z;
				if ((z = zone_behind(r, at, &zone)) != at && (p = new_piece(r, IS_ZONE, (struct range){at, z})) != NULL) {
					p->at.a = skip_blanks(r, at);
					p->zone = zone;
				}
			}
			if (z == at)	/* some other number, with its letters */
				while (z < r->end && utf8_word(r->s + z, r->s + r->end) != 0)
					z++;
			at = z;
		} else {
			struct range w = word_at(r, at);

			if (listed(r, LIST_EMBARGO_UNTIL, w)) {
				if (r->until < r->n)
					r->until_before = r->until;
				r->until = r->n;
				at = w.z;
			} else
				at = read_word(r, at);
		}
	}
}

/* ---- sayings ---- */

struct saying {
	const struct piece *date, *clock, *zone;
	int weekday;
	bool borrowed;			/* its date is another's */
	int64_t earliest, latest;
	unsigned lacks;
};

static bool
taken(const struct saying *y, const struct piece *p)
{
	switch (p->kind) {
	case IS_DATE:
		return y->date != NULL || (y->weekday != 0 && p->date.weekday != 0);
	case IS_WEEKDAY:
		return y->weekday != 0 || (y->date != NULL && y->date->date.weekday != 0);
	case IS_CLOCK:
		return y->clock != NULL;
	default:
		return y->zone != NULL;
	}
}

static size_t
assemble(const struct reader *r, struct saying *says)
{
	size_t first = r->until < r->n ? r->until : r->until_before, n = 0;

	for (size_t i = first; i < r->n; i++) {
		const struct piece *p = &r->pieces[i];

		if (n == 0 || taken(&says[n - 1], p)) {
			if (n == MOST_SAYINGS)
				break;
			memset(&says[n++], 0, sizeof *says);
		}
		if (p->kind == IS_DATE)
			says[n - 1].date = p;
		else if (p->kind == IS_CLOCK)
			says[n - 1].clock = p;
		else if (p->kind == IS_ZONE)
			says[n - 1].zone = p;
		if (p->kind == IS_WEEKDAY)
			says[n - 1].weekday = p->weekday;
		else if (p->kind == IS_DATE && p->date.weekday != 0)
			says[n - 1].weekday = p->date.weekday;
	}
	for (size_t i = 0; i < n; i++) {
		const struct saying *from = NULL;

		if (says[i].date != NULL || says[i].weekday != 0 || says[i].clock == NULL)
			continue;
		for (size_t k = 0; k < n; k++)
			if (!says[k].borrowed && (says[k].date != NULL || says[k].weekday != 0) && (from == NULL || k < i))
				from = &says[k];
		if (from != NULL) {
			says[i].date = from->date;
			says[i].weekday = from->weekday;
			says[i].borrowed = true;
		}
	}
	return n;
}

/* The first and last day that may be meant.  false: none is said. */
static bool
saying_days(struct saying *y, const struct instant_days *days, long *from, long *to)
{
	const struct date *d;
	int year, right;

	if (y->date == NULL) {
		if (y->weekday == 0 || !days->known) {
			y->lacks |= LACKS_DAY;
			return false;
		}
		*from = days->article + (y->weekday - 1 - (int)((days->article % 7 + 10) % 7) + 7) % 7;
		*to = *from;
		y->lacks |= GUESSED_DAY;
		return true;
	}
	d = &y->date->date;
	year = d->year != 0 ? d->year : date_nearest_year(d->month, d->day, days->known ? days->article : days->today, HALF_A_YEAR);
	if (year == 0 || !date_exists(year, d->month, d->day)) {
		y->lacks |= WRONG_DAY;
		return false;
	}
	*from = *to = date_days(year, d->month, d->day);
	if (y->date->open_day) {
		long other = date_days(year, d->day, d->month);

		if (y->weekday != 0 && date_weekday(year, d->month, d->day) != y->weekday && date_weekday(year, d->day, d->month) == y->weekday)
			*from = *to = other;
		else if (y->weekday == 0 || date_weekday(year, d->month, d->day) != y->weekday) {
			*from = other < *from ? other : *from;
			*to = other > *to ? other : *to;
			y->lacks |= OPEN_DAY;
		}
		return true;
	}
	right = date_weekday(year, d->month, d->day);
	if (y->weekday != 0 && y->weekday != right) {
		int later = (y->weekday - right + 7) % 7;

		/* the nearest day of that name may be meant */
		*(later <= 3 ? to : from) += later <= 3 ? later : later - 7;
		y->lacks |= WRONG_WEEKDAY;
	}
	return true;
}

static bool
settle(struct saying *y, const struct instant_days *days)
{
	static const struct zone none;
	const struct zone *zone = y->zone != NULL ? &y->zone->zone : &none;
	int64_t e1, l1, e2, l2;
	int from = 0, to = DAY;
	long first, last;

	if (y->clock == NULL)
		y->lacks |= LACKS_CLOCK;
	else {
		from = y->clock->from;
		to = y->clock->to;
		y->lacks |= y->clock->lacks;
	}
	if (zone->n != 1)
		y->lacks |= zone->n == 0 ? LACKS_ZONE : OPEN_ZONE;
	if (!saying_days(y, days, &first, &last))
		return false;
	zone_moments(zone, (int64_t)first * DAY + from, &e1, &l1);
	zone_moments(zone, (int64_t)last * DAY + to, &e2, &l2);
	y->earliest = e1;
	y->latest = l2;
	return true;
}

static bool
read_in(const struct language *l, const char *s, struct range in, const struct instant_days *days, struct instant *out)
{
	struct reader r = {.l = l, .s = s, .begin = in.a, .end = in.z};
	struct saying says[MOST_SAYINGS], *best = NULL, *dayless = NULL;
	size_t n;

	memset(out, 0, sizeof *out);
	collect(&r);
	n = assemble(&r, says);
	for (size_t i = 0; i < n; i++) {
		struct saying *y = &says[i];

		if (y->date == NULL && y->weekday == 0 && y->clock == NULL)
			continue;
		if (!settle(y, days)) {
			dayless = dayless == NULL ? y : dayless;
			continue;
		}
		if (best == NULL || y->latest > best->latest)
			best = y;
	}
	/* the same moment by another clock; by none that is named it adds nothing */
	for (size_t i = 0; best != NULL && i < n; i++)
		if (says[i].borrowed != best->borrowed && says[i].latest != 0 && says[i].clock != NULL && best->clock != NULL) {
			struct saying *own = says[i].borrowed ? best : &says[i], *other = own == best ? &says[i] : best;

			if (own->date != other->date || own->weekday != other->weekday)
				continue;
			if (own->zone == NULL && other->zone != NULL) {
				best = other;
				continue;
			}
			best = own;
			/* 0001 GMT (1901 ET) Nov. 24: the date is that of the clock that stands first */
			if (own->earliest != other->earliest && (own->latest - other->latest) % DAY == 0 && other < own)
				best = other;
			if (other->zone != NULL && (own->latest - other->latest) % DAY != 0 && own->earliest == own->latest &&
			    other->earliest == other->latest) {
				own->lacks |= TWO_MOMENTS;
				own->earliest = other->earliest < own->earliest ? other->earliest : own->earliest;
				own->latest = other->latest > own->latest ? other->latest : own->latest;
			}
		}
	if (best == NULL)
		best = dayless;
	if (best == NULL)
		return false;
	out->earliest = best->earliest;
	out->latest = best->latest;
	out->lacks = best->lacks;
	if (best->zone != NULL)
		out->zone = best->zone->at;
	return true;
}

static unsigned
gaps(unsigned lacks)
{
	unsigned n = 0;

	for (; lacks != 0; lacks &= lacks - 1)
		n++;
	return n;
}

/* The language that leaves less open is that of the line. */
bool
instant_read(const struct language *l, const char *s, struct range in, const struct instant_days *days, struct instant *out)
{
	const struct language *english = facts_language("en");
	struct instant other;
	bool is = read_in(l, s, in, days, out);

	if (l != english && (!is || out->lacks != 0) && read_in(english, s, in, days, &other) &&
	    (!is || gaps(other.lacks) < gaps(out->lacks))) {
		*out = other;
		return true;
	}
	return is;
}
