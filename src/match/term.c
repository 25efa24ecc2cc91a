/* Does a term stand here? */
#include "match/matcher_int.h"

#include "rule/word.h"
#include "util/utf8.h"

/* Marks that belong to the letter before them. */
static bool
is_mark(unsigned cp)
{
	return cp >= 0x300 && !(cp >= 0x2000 && cp <= 0x206F) && cp != 0xFEFF && utf8_width(cp) == 0;
}

static bool
letter_matches(unsigned t, unsigned x, enum term_case fold, bool turkic)
{
	if (t == x)
		return true;
	switch (fold) {
	case CASE_EXACT:
		return false;
	case CASE_FOLD:
		return utf8_fold(t, turkic) == utf8_fold(x, turkic);
	case CASE_SMART:
		/* only a small letter lets its capital pass */
		return utf8_fold(t, turkic) == t && utf8_fold(x, turkic) == t;
	}
	return false;
}

static size_t
skip_space(const char *s, const char *end)
{
	const char *p = s;

	while (p < end) {
		unsigned cp;
		size_t n = utf8_next(p, &cp);

		if (!utf8_is_space(cp))
			break;
		p += n;
	}
	return (size_t)(p - s);
}

bool
term_begins_with_word(const struct term *t)
{
	unsigned cp;

	utf8_next(t->s, &cp);
	return word_char(cp);
}

uint32_t
term_match(const struct term *t, const char *s, uint32_t at, uint32_t z, bool turkic)
{
	const char *p = s + at, *end = s + z, *q = t->s, *tend = q + t->n;
	unsigned want = 0, cp;

	while (q < tend) {
		q += utf8_next(q, &want);
		if (want == ' ') {
			size_t n = skip_space(p, end);

			if (n == 0)
				return 0;
			p += n;
			continue;
		}
		if (p == end)
			return 0;
		p += utf8_next(p, &cp);
		if (!letter_matches(want, cp, t->fold, turkic) && !(want == '\'' && cp == 0x2019))
			return 0;
	}
	if (word_char(want) && p < end) {
		utf8_next(p, &cp);
		if (word_char(cp) || is_mark(cp))
			return 0;
	}
	return (uint32_t)(p - s);
}
