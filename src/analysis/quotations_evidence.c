/* What the words around marks tell: who speaks, whether a sentence ends, whether lines are verse. */
#include "analysis/quotations_int.h"

#include "util/utf8.h"

#include <string.h>

/* Is one of the language's verbs of speech among the last words before the mark?  Then whoever spoke before had finished,
 * and it is the earlier mark that lacks its partner. */
bool
speech_before(const struct analysis *an, uint32_t at, uint32_t from)
{
	const char *s = an->article->text.s;
	uint32_t i = at, end;
	int words = 0;

	while (i > from && words < 6 && at - i < 80) {
		while (i > from && (unsigned char)s[i - 1] < 0x80 && utf8_word(s + i - 1, s + at) == 0)
			i--;
		end = i;
		while (i > from && at - i < 100 && ((unsigned char)s[i - 1] >= 0x80 || utf8_word(s + i - 1, s + at) != 0))
			i--;
		if (i < end && facts_in_list(an->language, LIST_SPEECH_VERBS, s + i, end - i))
			return true;
		words++;
	}
	return false;
}

/* Has the next paragraph a named speaker of its own, of whom this one says nothing?
 *
 *     “No,” Jane Roe said Friday. “We will stay.
 *     “I shall think about it,” added John Doe.
 *
 * Then it begins a quotation of its own, and the one here lacks its end. */
bool
other_speaker(const struct analysis *an, const struct conventions *c, const struct block *b, uint32_t opener, uint32_t from,
    const struct block *next)
{
	const char *s = an->article->text.s;
	uint32_t i = from, start, name = 0, name_end = 0;
	bool speech = false, title = false;	/* Mr., Rep.: a stop behind a short word with a capital ends nothing */
	enum glyph g;
	unsigned cp;

	if (!speech_before(an, opener, b->at.a))
		return false;
	/* the first mark that closes */
	for (;;) {
		size_t len = 0;

		while (i < next->at.z && (len = mark_glyph(s + i, s + next->at.z, &g)) == 0)
			i++;
		if (i >= next->at.z)
			return false;
		if (glyphs[g].class != CLASS_SINGLE && (g == GLYPH_DOUBLE || !c->opens[g]))
			break;
		i += (uint32_t)len;
	}
	i += (uint32_t)strlen(glyphs[g].s);
	/* a verb of speech and a capital among the next words, up to a stop that ends the sentence */
	for (int words = 0; words < 6 && i < next->at.z; words++) {
		while (i < next->at.z && utf8_word(s + i, s + next->at.z) == 0) {
			if (s[i] == '"' || s[i] == ',' || (s[i] == '.' && speech && !title))
				words = 6;
			i += (uint32_t)utf8_next(s + i, &cp);
		}
		start = i;
		while (i < next->at.z) {
			size_t len = utf8_word(s + i, s + next->at.z);

			if (len == 0)
				break;
			i += (uint32_t)len;
		}
		if (start == i || words >= 6)
			break;
		utf8_next(s + start, &cp);
		title = utf8_is_upper(cp) && i - start <= 4;
		if (facts_in_list(an->language, LIST_SPEECH_VERBS, s + start, i - start)) {
			speech = true;
		} else if (utf8_is_upper(cp) && i - start > 2) {
			name = start;
			name_end = i;
		} else if (speech && name != 0) {
			break;
		}
	}
	return speech && name != 0 &&
	    memmem(s + b->at.a, range_len(b->at), s + name, name_end - name) == NULL;
}

/* What the block's text ends with: a running quotation ends its paragraphs with a whole sentence. */
enum block_end
block_end(const struct analysis *an, const struct tokens *tokens, const struct block *b)
{
	const char *s = an->article->text.s;
	uint32_t i = b->at.z;
	unsigned cp = 0;

	if (tokens->n > 0 && b->at.z - tokens->v[tokens->n - 1].at <= 4 &&
	    glyphs[tokens->v[tokens->n - 1].glyph].class != CLASS_SINGLE)
		return ENDS_QUOTED;
	while (i > b->at.a) {
		i -= (uint32_t)utf8_prev(s + b->at.a, s + i, &cp);
		if (!utf8_is_space(cp) && strchr(")]}'", cp < 0x80 ? (int)cp : 'x') == NULL && cp != 0x2019)
			break;
	}
	if (cp == '.' || cp == '?' || cp == '!' || cp == ':' || cp == ';' || cp == 0x2026 || cp == 0x3002 || cp == 0x2014 || cp == 0x2013 ||
	    cp == 0xff01 || cp == 0xff1f || cp == '-')
		return ENDS_SENTENCE;
	return ENDS_OPEN;
}

/* Lines of verse are one paragraph to their reader. */
bool
verse_lines(const struct analysis *an, const struct block *b, const struct block *next)
{
	enum { SHORT_LINE = 60 };	/* bytes */

	return range_len(b->at) <= SHORT_LINE && range_len(next->at) <= SHORT_LINE && range_len(b->at) > 0 &&
	    strchr(".?!", an->article->text.s[b->at.z - 1]) == NULL;
}

bool
quotes_name(const struct analysis *an, struct range block, struct range mark)
{
	const char *s = an->article->text.s;
	uint32_t z = mark.z;
	unsigned cp = 0;

	if (mark.a < block.a + 2 || mark.z >= block.z || s[mark.a - 1] != ' ')
		return false;
	utf8_prev(s + block.a, s + mark.a - 1, &cp);
	if (!utf8_is_letter(cp) && !utf8_is_digit(cp))
		return false;
	utf8_next(s + z, &cp);
	if (!utf8_is_upper(cp))
		return false;
	while (z < block.z && z - mark.z < 64) {
		size_t len = utf8_word(s + z, s + block.z);

		if (len == 0)
			break;
		z += (uint32_t)len;
	}
	/* said “They went, writes that “I lived: a sentence begins */
	return !facts_in_list(an->language, LIST_STOPWORDS, s + mark.z, z - mark.z) && !speech_before(an, mark.a, block.a);
}

bool
holds_sentences(const struct analysis *an, struct range r)
{
	const char *s = an->article->text.s;

	for (uint32_t i = r.a; i + 3 < r.z; i++)
		if ((s[i] == '.' || s[i] == '?' || s[i] == '!') && s[i + 1] == ' ' && (s[i + 2] < 'a' || s[i + 2] > 'z'))
			return true;
	return false;
}

/* A word, and the full stop of a short one with a capital: Mr., Rep.  Returns its end without the stop; *at moves on. */
static uint32_t
word_or_title(const char *s, uint32_t *at, uint32_t z)
{
	uint32_t start = *at, i = start;

	while (i < z && i - start < 40) {
		size_t len = utf8_word(s + i, s + z);

		if (len == 0 && !(i > start && s[i] == '-'))
			break;
		i += len != 0 ? (uint32_t)len : 1;
	}
	*at = i;
	if (i < z && s[i] == '.' && i > start && i - start <= 4 && s[start] >= 'A' && s[start] <= 'Z')
		(*at)++;
	return i;
}

/* "Raheem could have told the referee" says nothing of who speaks. */
static bool
holds_modal(const struct analysis *an, uint32_t a, uint32_t z)
{
	const char *s = an->article->text.s;

	while (a < z) {
		uint32_t start = a, end = word_or_title(s, &a, z);

		if (end > start && facts_in_list(an->language, LIST_MODALS, s + start, end - start))
			return true;
		a = end > start ? end : start + 1;
	}
	return false;
}

bool
holds_attribution(const struct analysis *an, struct range r, bool loosely)
{
	const char *s = an->article->text.s;
	enum { TAIL = 150 };	/* loosely only at the end: what follows a speaker in the midst may be anything */
	uint32_t i = r.a;
	int most = loosely ? 6 : 4;

	while (i + 2 < r.z) {
		uint32_t at, start, end;

		if (s[i++] != ',' || s[i] != ' ')
			continue;
		at = i + 1;
		for (int words = 0; words < most; words++) {
			start = at;
			end = word_or_title(s, &at, r.z);
			if (end == start)
				break;
			if (facts_in_list(an->language, LIST_SPEECH_VERBS, s + start, end - start)) {
				/* ", as I said," and ", say," are the speaker's own */
				if (s[start - 2] == 'I' || (loosely && words == 0 && at < r.z && s[at] == ','))
					break;
				if (words == 0 || at == r.z || s[at] == '.' || (s[at] == ',' && words == 1))
					return true;
				if (loosely && s[at] == ' ' && r.z - i <= TAIL && memchr(s + at, ',', r.z - at) == NULL &&
				    !holds_modal(an, i + 1, start))
					return true;
				break;
			}
			if (at >= r.z || s[at] != ' ')
				break;
			at++;
		}
	}
	return false;
}

struct range
last_sentence(const struct analysis *an, struct range r)
{
	const char *s = an->article->text.s;
	uint32_t i = r.z;

	while (i > r.a + 3 && !(s[i - 1] == ' ' && (s[i - 2] == '.' || s[i - 2] == '?' || s[i - 2] == '!') &&
	        !(s[i - 2] == '.' && i - r.a > 5 && s[i - 5] == ' ')))	/* Mr. */
		i--;
	return (struct range){i > r.a + 3 ? i : r.a, r.z};
}

bool
torn_line(const struct analysis *an, const struct block *next)
{
	unsigned cp;

	if (range_len(next->at) == 0)
		return false;
	utf8_next(an->article->text.s + next->at.a, &cp);
	return utf8_is_lower(cp);
}
