/* The dateline that a paragraph begins with, and the dates in it.
 *
 *	WASHINGTON (AP) —	ANKARA, Nov 23 (Reuters) -	Ankara, Turkey, Nov 23, 2026 (AFP) -	(CNN) –
 *	STOCKPORT, Ohio –	MOSCOW, November 23. /TASS/.	New Delhi, Nov 23 (PTI)
 *
 * A place in capitals with a dash will do; a place in ordinary letters needs an agency or a date beside it. */
#include "classify/classify_int.h"
#include "classify/classify_scan.h"

#include "util/str.h"
#include "util/utf8.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST = 160, SEGMENTS = 6 };

/* ---- little scanners: each returns how many bytes it took, 0 if none ---- */

/* A dash of any make, with the doubled and tripled ones. */
static size_t
dash(const char *s, const char *end)
{
	static const char *const dashes[] = { "—", "–", "―", "---", "--", "-", "_", "−", ".-", ".—", ".–" };
	size_t i, n;

	for (i = 0; i < sizeof dashes / sizeof *dashes; i++) {
		n = strlen(dashes[i]);
		if ((size_t)(end - s) >= n && memcmp(s, dashes[i], n) == 0)
			return n;
	}
	return 0;
}

static size_t
number(const char *s, const char *end, unsigned *v)
{
	size_t n = 0;

	for (*v = 0; s + n < end && n < 5 && s[n] >= '0' && s[n] <= '9'; n++)
		*v = *v * 10 + (unsigned)(s[n] - '0');
	if (s + n < end && s[n] >= '0' && s[n] <= '9')
		return 0;
	return n;
}

/* A run of letters, with apostrophes and hyphens inside it. */
static size_t
word(const char *s, const char *end)
{
	const char *p = s;
	unsigned cp, next;

	while (p < end) {
		size_t step = utf8_next(p, &cp);

		if (utf8_is_letter(cp) || (cp >= 0x300 && cp < 0x370)) {
			p += step;
			continue;
		}
		if (p == s || (cp != '\'' && cp != 0x2019 && cp != '-') || p + step >= end)
			break;
		utf8_next(p + step, &next);
		if (!utf8_is_letter(next))
			break;
		p += step;
	}
	return (size_t)(p - s);
}

static unsigned
list_number(const struct language *l, enum list_name list, const char *s, size_t n)
{
	unsigned v = facts_number(l, list, s, n);

	return v != 0 ? v : facts_number(facts_language("en"), list, s, n);
}

/* ---- dates ---- */

static size_t
comma_blanks(const char *s, const char *end)
{
	size_t n = 0;

	if (s < end && *s == ',')
		n++;
	return n + scan_blanks(s + n, end);
}

/* Behind month and day: ", 2026" or " 2026". */
static size_t
year(const char *s, const char *end, unsigned *y)
{
	size_t n = comma_blanks(s, end), k;

	if (n == 0 || (k = number(s + n, end, y)) != 4 || *y < 1900 || *y > 2199) {
		*y = 0;
		return 0;
	}
	return n + k;
}

static size_t
month_word(const struct language *l, const char *s, const char *end, unsigned *m)
{
	size_t n = word(s, end);

	if (n == 0 || n > 24 || (*m = list_number(l, LIST_MONTHS, s, n)) == 0)
		return 0;
	return n + (s + n < end && s[n] == '.' && s + n + 1 < end);
}

/* Ends a date: no letter or digit goes on. */
static bool
date_ends(const char *s, const char *end)
{
	return s >= end || utf8_word(s, end) == 0;
}

size_t
parse_date(const struct language *l, const char *s, size_t n, struct date *out)
{
	const char *end = s + n, *p = s;
	unsigned m, d, y = 0;
	size_t k;

	memset(out, 0, sizeof *out);
	/* Monday, */
	k = word(p, end);
	if (k != 0 && k <= 24 && list_number(l, LIST_WEEKDAYS, p, k) != 0) {
		out->weekday = list_number(l, LIST_WEEKDAYS, p, k);
		p += k;
		p += p < end && *p == '.';
		if ((k = comma_blanks(p, end)) == 0)
			return p >= end ? (size_t)(p - s) : 0;
		p += k;
	}
	/* 2026-11-23 */
	if (number(p, end, &y) == 4 && end - p >= 10 && p[4] == '-' && p[7] == '-' && number(p + 5, end, &m) == 2 &&
	    number(p + 8, end, &d) == 2 && m >= 1 && m <= 12 && d >= 1 && d <= 31 && date_ends(p + 10, end)) {
		*out = (struct date){ y, m, d, out->weekday };
		return (size_t)(p + 10 - s);
	}
	y = 0;
	/* Nov. 23, 2026 */
	if ((k = month_word(l, p, end, &m)) != 0) {
		const char *q = p + k;

		q += scan_blanks(q, end);
		k = number(q, end, &d);
		if (k >= 1 && k <= 2 && d >= 1 && d <= 31) {
			q += k;
			if (end - q >= 2 && (memcmp(q, "st", 2) == 0 || memcmp(q, "nd", 2) == 0 || memcmp(q, "rd", 2) == 0 ||
			    memcmp(q, "th", 2) == 0))
				q += 2;
			if (!date_ends(q, end))
				return 0;
			q += year(q, end, &y);
			*out = (struct date){ y, m, d, out->weekday };
			return (size_t)(q - s);
		}
		if (k == 4 && d >= 1900 && d <= 2199 && date_ends(q + 4, end)) {	/* November 2026 */
			*out = (struct date){ d, m, 0, out->weekday };
			return (size_t)(q + 4 - s);
		}
		return 0;
	}
	/* 23 November 2026, 23. November 2026, 23 de noviembre de 2026 */
	k = number(p, end, &d);
	if (k >= 1 && k <= 2 && d >= 1 && d <= 31) {
		const char *q = p + k;

		q += q < end && *q == '.';
		k = scan_blanks(q, end);
		q += k;
		if (end - q > 3 && memcmp(q, "de ", 3) == 0)
			q += 3;
		if (k == 0 || (k = month_word(l, q, end, &m)) == 0)
			return 0;
		q += k;
		if (end - q > 4 && memcmp(q, " de ", 4) == 0)
			q += 3;
		q += year(q, end, &y);
		if (!date_ends(q, end))
			return 0;
		*out = (struct date){ y, m, d, out->weekday };
		return (size_t)(q - s);
	}
	return 0;
}

const char *
date_value(struct arena *arena, const struct date *d)
{
	if (d->month == 0 || d->day == 0)
		return NULL;
	if (d->year == 0)
		return arena_printf(arena, "%02u-%02u", d->month, d->day);
	return arena_printf(arena, "%04u-%02u-%02u", d->year, d->month, d->day);
}

/* ---- places ---- */

enum place_case { PLACE_NONE, PLACE_PLAIN, PLACE_CAPITALS };

/* A word of a name of a place: capitals ("McALLEN", "ST"), or with a capital ("Ankara"), or a particle between two. */
static enum place_case
place_word(const char *s, size_t n)
{
	const char *end = s + n;
	unsigned cp, first = 0, upper = 0, lower = 0, cased = 0, letters = 0;

	while (s < end) {
		s += utf8_next(s, &cp);
		if (first == 0)
			first = cp;
		letters += utf8_is_letter(cp);
		if (utf8_is_upper(cp))
			upper++;
		else if (utf8_is_lower(cp))
			lower++;
	}
	cased = upper + lower;
	if (cased == 0 || !utf8_is_upper(first))
		return PLACE_NONE;
	if (upper >= 2 && lower <= 2 && upper > lower)
		return PLACE_CAPITALS;
	return upper == 1 && letters == 1 ? PLACE_CAPITALS : PLACE_PLAIN;
}

/* A name of up to six words: NEW YORK, Bosnia and Herzegovina, ST. LOUIS, JERUSALEM/GAZA.  All capitals, or not. */
static size_t
place(const struct language *l, const char *s, const char *end, enum place_case *how)
{
	const char *p = s, *last = s;
	unsigned words = 0, capitals = 0, plain = 0;
	size_t n;

	*how = PLACE_NONE;
	while (p < end && words < 7) {
		enum place_case c;
		const char *q;

		if ((n = word(p, end)) == 0)
			break;
		c = place_word(p, n);
		if (c == PLACE_NONE) {	/* a particle, if a name goes on behind it */
			if (words == 0 || !facts_in_list(l, LIST_NAME_PARTICLES, p, n))
				break;
		} else {
			capitals += c == PLACE_CAPITALS;
			plain += c == PLACE_PLAIN;
		}
		p += n;
		if (p < end && *p == '.') {	/* ST. LOUIS, Ky., D.C., N.M. */
			if (n > 5 || (p + 1 < end && (p[1] == '-' || p[1] == '_')))
				;
			else
				p++;
		}
		words++;
		if (c != PLACE_NONE)
			last = p;
		if (p < end && *p == '/') {
			p++;
			continue;
		}
		q = p + scan_blanks(p, end);
		if (q == p && p[-1] != '.')
			break;
		p = q;
	}
	if (last == s || words == 7)
		return 0;
	*how = plain == 0 && capitals > 0 ? PLACE_CAPITALS : PLACE_PLAIN;
	return (size_t)(last - s);
}

/* ---- the dateline ---- */

static void
add(struct parsed *out, enum part_name name, uint32_t at, size_t n, const char *value)
{
	if (out->nparts < PARSED_PARTS)
		out->parts[out->nparts++] = (struct part){ name, { at, at + (uint32_t)n }, value };
}

/* "(Reuters)", "(AP/Reuters)", "/TASS/", "[Reuters]".  *known: the registry has it. */
static size_t
agency_tag(const char *s, const char *end, uint32_t at, struct parsed *out, bool *known)
{
	const char *close, *p, *q;
	char last;

	*known = false;
	if (s >= end || (*s != '(' && *s != '/' && *s != '['))
		return 0;
	last = *s == '(' ? ')' : *s == '[' ? ']' : '/';
	if ((close = memchr(s + 1, last, (size_t)((end - s > 60 ? s + 60 : end) - s - 1))) == NULL || close == s + 1)
		return 0;
	for (p = s + 1; p < close; p = q + 1) {
		const struct agency *a;
		size_t n, len;

		while (p < close && *p == ' ')
			p++;
		for (q = p; q < close && *q != '/' && *q != ',' && *q != '&'; q++)
			;
		for (n = (size_t)(q - p); n != 0 && p[n - 1] == ' '; n--)
			;
		if (n == 0)
			continue;
		a = facts_agency(p, n);
		if (a == NULL && (a = facts_agency_prefix(p, n, &len)) != NULL && memchr(p + len, ':', n - len) == NULL)
			n = len;
		if (a != NULL) {
			*known = true;
			add(out, PART_AGENCY, at + (uint32_t)(p - s), n, a->name);
		} else if (place_word(p, n) != PLACE_NONE && n <= 30) {
			add(out, PART_AGENCY, at + (uint32_t)(p - s), n, NULL);
		} else {
			return 0;
		}
	}
	return (size_t)(close + 1 - s);
}

/* May prose begin here?  A letter in lower case goes on with a sentence: "NATO — which ...". */
static bool
begins_prose(const char *s, const char *end, bool strict)
{
	unsigned cp;

	s += scan_blanks(s, end);
	if (s >= end)
		return true;
	utf8_next(s, &cp);
	return !strict || !utf8_is_lower(cp);
}

/* "Jane Doe, John Roe": two words each, as people have; "Des Moines, Iowa" is a place. */
static bool
two_names(const struct parsed *out, const char *t)
{
	const char *s = t + out->parts[0].at.a, *end = t + out->parts[0].at.z, *comma = memchr(s, ',', (size_t)(end - s));

	return comma != NULL && memchr(s, ' ', (size_t)(comma - s)) != NULL && end - comma > 2 &&
	    memchr(comma + 2, ' ', (size_t)(end - comma - 2)) != NULL;
}

/* Does a sentence begin here, behind a blank? */
static bool
begins_sentence(const char *s, const char *end)
{
	size_t n = scan_blanks(s, end);
	unsigned cp;

	if (n == 0 || s + n >= end)
		return false;
	utf8_next(s + n, &cp);
	return utf8_is_upper(cp) || cp == '"' || cp == 0x201C;
}

/* Words in capitals that are no place: WATCH, FILE PHOTO, JUST WATCHED, or an agency's name. */
static bool
no_place(const struct language *l, const char *s, size_t n)
{
	const char *end = s + n, *last = end;
	size_t first = word(s, end);

	while (last > s && last[-1] != ' ')
		last--;
	return facts_in_list(l, LIST_NOT_DATELINES, s, n) || (first >= 4 && facts_in_list(l, LIST_NOT_DATELINES, s, first)) ||
	    facts_in_list(l, LIST_NOT_DATELINES, last, (size_t)(end - last)) || facts_agency(s, n) != NULL;
}

/* Every agency of the tag stands in the registry, and there is nothing else in it. */
static bool
known_only(const struct parsed *out)
{
	size_t i;

	for (i = 0; i < out->nparts; i++)
		if (out->parts[i].name == PART_AGENCY && out->parts[i].value == NULL)
			return false;
	return true;
}

bool
parse_dateline(const struct article *a, const struct language *l, struct range line, struct parsed *out)
{
	const char *t = a->text.s, *s = t + line.a, *end = t + line.z, *p = s, *q, *z;
	bool dated = false, known = false, tagged = false, region = false, dashed = false, plain_region = false;
	enum place_case how = PLACE_NONE, other;
	unsigned segments = 0;
	struct date date;
	size_t n, k;

	memset(out, 0, sizeof *out);
	if (end - s > LONGEST) {
		end = s + LONGEST;
		while (((unsigned char)*end & 0xC0) == 0x80)
			end--;
	}
	if ((n = place(l, p, end, &how)) != 0) {
		if (no_place(l, p, n))
			return false;
		add(out, PART_PLACE, line.a, n, NULL);
		p += n;
		/* , Ohio, Nov. 23 -- each segment a region or a date; a date may follow a blank */
		for (; segments < SEGMENTS; segments++) {
			if ((k = comma_blanks(p, end)) == 0)
				break;
			q = p + k;
			if (*p != ',' && (q >= end || ((*q < '0' || *q > '9') && utf8_word(q, end) == 0)))
				break;
			if ((n = parse_date(l, q, (size_t)(end - q), &date)) != 0 && !dated) {
				dated = true;
				add(out, PART_DATE, (uint32_t)(q - t), n, date_value((struct arena *)&a->arena, &date));
				p = q + n;
				continue;
			}
			if (*p != ',' || dated || (n = place(l, q, end, &other)) == 0 || n > 40 || segments >= 2)
				break;
			region = true;
			plain_region |= other == PLACE_PLAIN;
			out->parts[0].at.z = (uint32_t)(q + n - t);
			p = q + n;
		}
		if (p < end && *p == '.' && dated)	/* MOSCOW, November 23. /TASS/. */
			p++;
	}
	q = p + scan_blanks(p, end);
	if (q < end && *q == '[' && how != PLACE_NONE) {	/* New Delhi [India], */
		if ((z = memchr(q, ']', (size_t)(end - q))) != NULL && z - q < 40) {
			q = z + 1;
			out->parts[0].at.z = (uint32_t)(q - t);
			if ((k = comma_blanks(q, end)) != 0 && (n = parse_date(l, q + k, (size_t)(end - q - k), &date)) != 0) {
				dated = true;
				add(out, PART_DATE, (uint32_t)(q + k - t), n, date_value((struct arena *)&a->arena, &date));
				q += k + n;
			}
			p = q;
			q += scan_blanks(q, end);
		}
	}
	if ((q > p || how == PLACE_NONE || (p > s && p[-1] == '.')) && (n = agency_tag(q, end, (uint32_t)(q - t), out, &known)) != 0) {
		tagged = true;
		p = q + n;
	}
	if (how == PLACE_NONE && !(tagged && known && known_only(out)))
		return false;
	/* the dash; a hyphen must not join two words */
	q = p + scan_blanks(p, end);
	if ((n = dash(q, end)) != 0 && (n > 1 || q > p || tagged || (q + 1 < end && q[1] == ' '))) {
		if (!(n == 1 && q == p && !tagged && q + 1 < end && q[1] != ' ') && (q + n >= end || utf8_word(q + n, end) == 0 ||
		    n > 1 || tagged)) {
			dashed = true;
			p = q + n;
		}
	} else if (tagged && p < end && (*p == ':' || *p == '.')) {
		p++;
		k = scan_blanks(p, end);
		if (*q == '.' && (n = dash(p + k, end)) != 0) {
			p += k + n;
			dashed = true;
		}
	}
	z = p;
	/* ROMA, 23 NOV - (ANSA) - : a tag behind the dash */
	if (dashed && !tagged) {
		struct parsed saved = *out;

		q = p + scan_blanks(p, end);
		if ((n = agency_tag(q, end, (uint32_t)(q - t), out, &known)) != 0 && known) {
			tagged = true;
			p = q + n;
			q = p + scan_blanks(p, end);
			if ((n = dash(q, end)) != 0)
				p = q + n;
			z = p;
		} else {
			*out = saved;
		}
	}
	out->at = (struct range){ line.a, (uint32_t)(z - t) };
	if (how == PLACE_NONE) {		/* (CNN) */
		out->certainty = SURE;
		return dashed || p < t + line.z;	/* alone on its line it is a credit */
	}
	if (tagged && known) {
		out->certainty = how == PLACE_CAPITALS || dashed || dated ? SURE : LIKELY;
		/* "Washington (CNN) The president": no dash, but a sentence begins */
		return how == PLACE_CAPITALS || dashed || dated || (begins_sentence(p, end) && !two_names(out, t));
	}
	if (tagged)
		dashed = dashed && how == PLACE_CAPITALS;
	if (!dashed)		/* a line of its own: ANKARA, Turkey */
		return !tagged && p == t + line.z && how == PLACE_CAPITALS && (dated || (region && plain_region)) &&
		    (out->certainty = LIKELY, true);
	if (!begins_prose(p, end, true))
		return false;
	if (how == PLACE_CAPITALS) {
		size_t len = out->parts[0].at.z - out->parts[0].at.a;

		out->certainty = region || dated || tagged ? SURE : LIKELY;
		return region || dated || tagged || len >= 4;
	}
	out->certainty = LIKELY;
	return dated;
}
