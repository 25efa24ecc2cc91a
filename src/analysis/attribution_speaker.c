/* The speaker's words beside a cue: “...,” Ada Brandt said; “...,” said the harbour master, who had seen it; according to the
 * trust.  A guess for the eyes and for rules that ask how somebody is named: whoever stands on the verb's one side, and if
 * nobody does, on the other. */
#include "analysis/attribution_int.h"

#include "util/utf8.h"

#include <string.h>

enum { WORDS_MOST = 12 };

static bool
ends_clause(unsigned cp)
{
	return cp == ',' || cp == ';' || cp == ':' || cp == '.' || cp == '!' || cp == '?' || cp == '(' || cp == ')' || cp == '"' || cp == 0x201C ||
	    cp == 0x201D || cp == 0x201E || cp == 0xAB || cp == 0xBB || cp == 0x2014 || cp == 0x2013;
}

/* "Mr.", "Sen.", "J.": a stop that ends nothing. */
static bool
is_short(const struct language *l, const char *s, uint32_t a, uint32_t stop)
{
	uint32_t i = stop;
	size_t n;

	while (i > a && (utf8_word(s + i - 1, s + stop) != 0 || ((unsigned char)s[i - 1] & 0xC0) == 0x80))
		i--;
	n = stop - i;
	return n == 1 || (n != 0 && facts_in_list(l, LIST_ABBREVIATIONS, s + i, n + 1));
}

/* The clause that ends at `at`, in [a, at). */
static struct range
clause_before(const struct language *l, const char *s, uint32_t a, uint32_t at)
{
	uint32_t i = at;
	unsigned cp;

	while (i > a) {
		uint32_t k = i - (uint32_t)utf8_prev(s + a, s + i, &cp);

		if (ends_clause(cp) && !(cp == '.' && is_short(l, s, a, k)))
			break;
		i = k;
	}
	return (struct range){i, at};
}

/* The clause that begins at `at`, as far as it names somebody: "the mayor of Kelda Bay on Monday" ends before "on". */
static struct range
clause_behind(const struct language *l, const char *s, uint32_t at, uint32_t z)
{
	uint32_t i = at, end = at;
	unsigned words = 0, cp;

	while (i < z) {
		size_t n = cue_word_length(s + i, s + z);

		if (n != 0) {
			if (++words > WORDS_MOST || facts_in_list(l, LIST_TIME_WORDS, s + i, n) || facts_number(l, LIST_WEEKDAYS, s + i, n) != 0)
				break;
			i += (uint32_t)n;
			if (!facts_in_list(l, LIST_TIME_JOINERS, s + i - n, n))
				end = i;
			continue;
		}
		n = utf8_next(s + i, &cp);
		if (ends_clause(cp) && !(cp == '.' && is_short(l, s, at, i)))
			break;
		i += (uint32_t)n;
	}
	return (struct range){at, end};
}

static bool
has_word(const char *s, struct range r)
{
	for (uint32_t i = r.a; i < r.z; i++)
		if (utf8_word(s + i, s + r.z) != 0)
			return true;
	return false;
}

/* “..., a déclaré Mme Brandt”: one short word before the verb that is no pronoun helps it, and speaks nothing. */
static bool
is_auxiliary(const struct analysis *an, struct range r)
{
	const char *s = an->article->text.s;
	unsigned cp;

	r = text_trim(&an->article->text, r);
	if (range_len(r) == 0 || range_len(r) > 3 || cue_word_length(s + r.a, s + r.z) != range_len(r))
		return false;
	utf8_next(s + r.a, &cp);
	return utf8_is_lower(cp) && !facts_in_list(an->language, LIST_CUE_PRONOUNS, s + r.a, range_len(r));
}

struct range
attribution_speaker(const struct analysis *an, struct range cue, bool phrase, struct range in)
{
	const char *s = an->article->text.s;
	const struct text *t = &an->article->text;
	struct range r = clause_before(an->language, s, in.a, cue.a);
	struct range none = {cue.a, cue.a};

	if (phrase) {
		r = clause_behind(an->language, s, cue.z, in.z);
		return has_word(s, r) ? text_trim(t, r) : none;
	}
	/* Ada Brandt, who runs the harbour, said: the clause before the one between commas */
	if (!has_word(s, r) && r.a > in.a && s[r.a - 1] == ',') {
		struct range inner = clause_before(an->language, s, in.a, r.a - 1);

		if (inner.a > in.a && s[inner.a - 1] == ',')
			inner = clause_before(an->language, s, in.a, inner.a - 1);
		if (has_word(s, inner))
			return text_trim(t, inner);
	}
	if (has_word(s, r) && !is_auxiliary(an, r))
		return text_trim(t, r);
	r = clause_behind(an->language, s, cue.z, in.z);
	return has_word(s, r) ? text_trim(t, r) : none;
}
