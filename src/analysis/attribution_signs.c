/* What a stretch of text looks like around a quotation: a signature, a name, a label, a heading; the words need not be known. */
#include "analysis/attribution_int.h"

#include "util/utf8.h"

#include <string.h>

bool
sign_is_blank(const struct text *t, struct range in)
{
	for (uint32_t i = in.a; i < in.z;) {
		if (utf8_word(t->s + i, t->s + in.z) != 0)
			return false;
		i++;
	}
	return true;
}

/* The last character before, blanks aside; 0. */
unsigned
sign_char_before(const struct text *t, uint32_t a, uint32_t at)
{
	unsigned cp = 0;

	while (at > a) {
		at -= (uint32_t)utf8_prev(t->s + a, t->s + at, &cp);
		if (!utf8_is_space(cp))
			return cp;
	}
	return 0;
}

bool
sign_is_dash(unsigned cp)
{
	return cp == 0x2014 || cp == 0x2013 || cp == '-' || cp == 0x2015;
}

/* “We stay.” — Ada Brandt; “We stay.” (Ada Brandt); “We stay.” @adabrandt; not “– The day after –”, which stands above something. */
bool
sign_is_signed(const struct text *t, struct range behind)
{
	const char *s = t->s;
	unsigned cp = 0;
	bool mark = false;
	uint32_t z = behind.z;

	while (z > behind.a && (s[z - 1] == '.' || s[z - 1] == ' '))
		z--;
	if (sign_is_dash(sign_char_before(t, behind.a, z)))
		return false;
	for (uint32_t i = behind.a; i < behind.z && i < behind.a + 16;) {
		i += (uint32_t)utf8_next(s + i, &cp);
		if (sign_is_dash(cp) || cp == '(' || cp == '[' || cp == '~')
			mark = true;
		else if (cp == '@')
			return true;
		else if (utf8_is_letter(cp))
			return mark && utf8_is_upper(cp);
		else if (!utf8_is_space(cp))
			return false;
	}
	return false;
}

/* A line that is a name and what belongs to it: “Ada Brandt, The Harbour Post”, “Sen. Ada Brandt 0:10”; `stop`: it may end with
 * one. */
bool
sign_is_name_line(const struct text *t, struct range at, bool stop)
{
	enum { SHORT = 90 };
	unsigned capitals = 0, small = 0, cp = sign_char_before(t, at.a, at.z);

	if (range_len(at) > SHORT || cp == '?' || cp == '!' || cp == ':' || (cp == '.' && !stop))
		return false;
	for (uint32_t i = at.a; i < at.z;) {
		size_t n = cue_word_length(t->s + i, t->s + at.z);

		if (n == 0) {
			i += (uint32_t)utf8_next(t->s + i, &cp);
			continue;
		}
		utf8_next(t->s + i, &cp);
		if (utf8_is_upper(cp))
			capitals++;
		else if (utf8_is_letter(cp))
			small++;
		i += (uint32_t)n;
	}
	return capitals >= 2 && capitals <= 8 && small <= 2 && small < capitals;
}

/* “Ada Brandt: We will stay.” */
bool
sign_is_labelled(const struct text *t, struct range inside)
{
	enum { MOST = 48 };
	unsigned cp = 0, words = 0;

	for (uint32_t i = inside.a; i < inside.z && i < inside.a + MOST;) {
		size_t n = cue_word_length(t->s + i, t->s + inside.z);

		if (n == 0) {
			i += (uint32_t)utf8_next(t->s + i, &cp);
			if (cp == ':')
				return words > 0;
			if (cp != ' ' && cp != '.' && cp != '-')
				return false;
			continue;
		}
		utf8_next(t->s + i, &cp);
		if (!utf8_is_upper(cp) || ++words > 4)
			return false;
		i += (uint32_t)n;
	}
	return false;
}

/* A post that was embedded: “... pic.twitter.com/x — Ada Brandt (@adabrandt)” */
bool
sign_is_post(const struct text *t, struct range at)
{
	return memmem(t->s + at.a, range_len(at), "(@", 2) != NULL || memmem(t->s + at.a, range_len(at), "pic.twitter.com", 15) != NULL;
}

/* “On the ferries”: a line that is no sentence stands above what it is about. */
bool
sign_is_heading(const struct text *t, struct range at)
{
	unsigned cp;

	at = text_trim(t, at);
	cp = sign_char_before(t, at.a, at.z);
	return range_len(at) <= SIGN_SHORT && (utf8_is_letter(cp) || utf8_is_digit(cp));
}
