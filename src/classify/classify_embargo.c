/* Lines that say until when copy is held, and not what happens to trade. */
#include "classify/classify.h"
#include "classify/classify_int.h"

#include "analysis/instant.h"
#include "util/utf8.h"

#include <string.h>

enum { SHOUTED_MOST = 36, PLAIN_MOST = 24 };	/* words */

/* What follows the longest label that begins the line, marks before it aside; NULL without one. */
static const char *
behind_label(const struct language *l, const char *s, const char *end)
{
	size_t best = 0, k;

	while (s < end && utf8_word(s, end) == 0)
		s++;
	for (const char *const *p = facts_list(l, LIST_EMBARGO_LABELS); *p != NULL; p++)
		if ((k = facts_begins(l, *p, s, end)) > best)
			best = k;
	return best == 0 ? NULL : s + best;
}

static size_t
word_length(const char *s, const char *end)
{
	size_t n = 0, k;

	while (s + n < end && (k = utf8_word(s + n, end)) != 0)
		n += k;
	return n;
}

/* "Embargo: Cuba votes on May 3" is a headline: a capital, then small letters. */
static bool
begins_like_a_title(const struct look *l)
{
	return l->n >= 2 && l->s[0] != '(' && l->s[0] != '[' && l->s[1] >= 'a' && l->s[1] <= 'z';
}

/* Does anything of the line behind its label begin a moment or lead to one? */
static bool
is_until(const struct language *lang, const char *s, size_t n)
{
	return n != 0 && ((*s >= '0' && *s <= '9') || facts_in_list(lang, LIST_EMBARGO_UNTIL, s, n) ||
	    facts_number(lang, LIST_WEEKDAYS, s, n) != 0 || facts_number(lang, LIST_MONTHS, s, n) != 0);
}

/* "Embargo: 6 a.m.", "EMBARGOED UNTIL 0600 GMT", "Not for release before Nov. 23, 0600"; not "Embargo on arms to end" nor
 * "EMBARGO ON OIL UNTIL MAY 3" nor "NOT FOR RELEASE OR DISTRIBUTION IN THE UNITED STATES": what follows the label tells.  A line in
 * small letters has to go on with a moment. */
static bool
says_embargo(const struct language *lang, const struct look *l)
{
	const char *s = behind_label(lang, l->s, l->s + l->n), *end = l->s + l->n;
	static const struct instant_days none;
	struct instant at;
	bool has_mark = false, has_moment, is_plain, is_place;
	size_t n;

	if (s == NULL)
		return false;
	for (; s < end && utf8_word(s, end) == 0; s++)
		has_mark = has_mark || strchr(" \t\n", *s) == NULL;
	n = word_length(s, end);
	if (!has_mark && n != 0 && facts_in_list(lang, LIST_EMBARGO_GOODS, s, n))
		return false;
	is_plain = !l->shouted && (!look_is_desk_line(l) || begins_like_a_title(l));
	is_place = n != 0 && facts_in_list(lang, LIST_EMBARGO_PLACES, s, n);
	if (is_plain && (l->words > PLAIN_MOST || n == 0))
		return false;
	if (!is_plain && !is_place)
		return true;
	has_moment = instant_read(lang, l->s, (struct range){0, (uint32_t)l->n}, &none, &at);
	return has_moment && (!is_plain || is_until(lang, s, n) || (at.lacks & LACKS_CLOCK) == 0);
}

/* "SENT NOV 18, EMBARGOED UNTIL NOV 26": behind a stop, and then a moment has to follow. */
static bool
goes_on_to_embargo(const struct language *lang, const struct look *l)
{
	const char *end = l->s + l->n, *s;

	for (const char *p = l->s; p + 2 < end; p++) {
		if (strchr(",.;:", *p) == NULL || p[1] != ' ' || (s = behind_label(lang, p + 2, end)) == NULL)
			continue;
		while (s < end && utf8_word(s, end) == 0)
			s++;
		if (is_until(lang, s, word_length(s, end)))
			return true;
	}
	return false;
}

static bool
is_embargo_of(const struct language *lang, const struct look *l)
{
	return says_embargo(lang, l) || (l->shouted && goes_on_to_embargo(lang, l));
}

/* Desks write such lines in English above copy of any language. */
bool
is_embargo(const struct article *a, const struct look *l)
{
	const struct language *own = facts_language(a->lang), *english = facts_language("en");

	return l->n != 0 && l->words <= SHOUTED_MOST && (is_embargo_of(own, l) || (english != own && is_embargo_of(english, l)));
}

bool
classify_says_embargo(const struct article *a, struct range at)
{
	struct block b = {.at = at};
	struct look l;

	look_at(a, &b, &l);
	return is_embargo(a, &l);
}
