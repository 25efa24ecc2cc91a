/* Lines that say until when copy is held, and not what happens to trade. */
#include "classify_int.h"

#include "instant.h"
#include "util/utf8.h"

#include <string.h>

enum { SHOUTED_MOST = 36, PLAIN_MOST = 24 };

/* Does the cue (of the facts) begin s, as a whole word?  Its bytes, or 0. */
static size_t
begins_with(const struct language *l, const char *cue, const char *s, size_t n)
{
	const char *p = s, *end = s + n;

	while (*cue != '\0') {
		unsigned want, have;

		if (p == end)
			return 0;
		cue += utf8_next(cue, &want);
		p += utf8_next(p, &have);
		have = have == 0x2019 ? '\'' : have == 0xA0 ? ' ' : have;
		if (utf8_fold(want, l->turkic_case) != utf8_fold(have, l->turkic_case))
			return 0;
	}
	return p < end && utf8_word(p, end) != 0 ? 0 : (size_t)(p - s);
}

static const char *
behind_label(const struct language *l, const struct look *look)
{
	const char *s = look->s, *end = s + look->n;
	size_t best = 0, k;

	while (s < end && utf8_word(s, end) == 0)
		s++;
	for (const char *const *p = facts_list(l, LIST_EMBARGO_LABELS); *p != NULL; p++)
		if ((k = begins_with(l, *p, s, (size_t)(end - s))) > best)
			best = k;
	return s + best;
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

/* "Embargo: 6 a.m.", "EMBARGOED UNTIL 0600 GMT", "Not for release before Nov. 23, 0600"; not "Embargo on arms to end" nor
 * "EMBARGO ON OIL UNTIL MAY 3": what follows the label tells.  A line in small letters has to go on with a moment. */
bool
is_embargo(const struct classifier *c, const struct look *l, uint32_t cues)
{
	const char *s, *end = l->s + l->n;
	static const struct instant_days none;
	struct instant at;
	bool has_mark = false;
	size_t n;

	if ((cues & CUE_BIT(EMBARGO_LABELS)) == 0 || l->words > SHOUTED_MOST)
		return false;
	s = behind_label(c->lang, l);
	for (; s < end && utf8_word(s, end) == 0; s++)
		has_mark = has_mark || strchr(" \t\n", *s) == NULL;
	n = word_length(s, end);
	if (!has_mark && n != 0 && facts_in_list(c->lang, LIST_EMBARGO_GOODS, s, n))
		return false;
	if (l->shouted || (look_is_desk_line(l) && !begins_like_a_title(l)))
		return true;
	if (l->words > PLAIN_MOST || n == 0)
		return false;
	return instant_read(c->lang, l->s, (struct range){0, (uint32_t)l->n}, &none, &at) && ((*s >= '0' && *s <= '9') || facts_in_list(c->lang, LIST_EMBARGO_UNTIL, s, n) ||
	    facts_number(c->lang, LIST_WEEKDAYS, s, n) != 0 || facts_number(c->lang, LIST_MONTHS, s, n) != 0 ||
	    (at.lacks & LACKS_CLOCK) == 0);
}
