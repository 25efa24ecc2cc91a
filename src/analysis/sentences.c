/* Sentences: a stop ends one unless the word before it is an abbreviation or an initial, or what follows goes on in lower
 * case.  Closing marks behind the stop belong to the sentence: “Go!” he said. is one, “Go.” Then he left. are two. */
#include "analysis/analysis.h"

#include "util/next_of.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <string.h>

static const kind_set TABLES = KIND(BLOCK_SLUG) | KIND(BLOCK_BYLINE) | KIND(BLOCK_DATELINE) | KIND(BLOCK_TABLE) |
    KIND(BLOCK_EMBED) | KIND(BLOCK_CREDIT) | KIND(BLOCK_SEPARATOR) | KIND(BLOCK_SIGNOFF) | KIND(BLOCK_SOURCE) | KIND(BLOCK_END_MARK);

static bool
is_closing(unsigned cp)
{
	switch (cp) {
	case '"': case '\'': case ')': case ']': case '}': case 0xbb: case 0x2018: case 0x2019: case 0x201c: case 0x201d: case 0x203a:
	case 0x300d: case 0x300f: case 0xff09:
		return true;
	default:
		return false;
	}
}

static bool
is_opening(unsigned cp)
{
	switch (cp) {
	case '"': case '\'': case '(': case '[': case 0xab: case 0x2018: case 0x201a: case 0x201c: case 0x201d: case 0x201e: case 0x2039:
	case 0x300c: case 0x300e: case 0xbf: case 0xa1: case '-': case 0x2013: case 0x2014:
		return true;
	default:
		return false;
	}
}

static bool
is_wide_stop(unsigned cp)
{
	return cp == 0x3002 || cp == 0xff01 || cp == 0xff1f;
}

/* The word that ends at `at`, its inner full stops included: U.S, a.m */
static struct range
word_ending(const char *s, uint32_t a, uint32_t at)
{
	struct range r = {at, at};

	while (r.a > a && at - r.a < 32) {
		uint32_t i = r.a - 1;

		while (i > a && ((unsigned char)s[i] & 0xc0) == 0x80)
			i--;
		if (s[i] != '.' && utf8_word(s + i, s + at) == 0)
			break;
		r.a = i;
	}
	return r;
}

static struct range
word_from(const char *s, uint32_t at, uint32_t z)
{
	struct range r = {at, at};

	while (r.z < z && r.z - at < 64) {
		size_t len = utf8_word(s + r.z, s + z);

		if (len == 0)
			break;
		r.z += (uint32_t)len;
	}
	return r;
}

/* U.S, a.m, Ph.D: full stops between short pieces of letters.  port.example and 3.2 are none. */
static bool
is_dotted(const char *s, struct range w)
{
	uint32_t from = w.a;
	bool inner = false;

	for (uint32_t i = w.a; i <= w.z; i++) {
		if (i < w.z && s[i] != '.') {
			if (s[i] >= '0' && s[i] <= '9')
				return false;
			continue;
		}
		inner |= i < w.z;
		if (utf8_count(s + from, i - from) > 3)
			return false;
		from = i + 1;
	}
	return inner;
}

/* z. B.: the parts of an abbreviation that the list has in one, z.B., written apart? */
static bool
is_apart(const struct analysis *an, const char *s, struct range w, struct range next, uint32_t z)
{
	char both[24];
	size_t n = range_len(w), m = range_len(next);

	if (m == 0 || n + m + 2 > sizeof both || next.z >= z || s[next.z] != '.')
		return false;
	memcpy(both, s + w.a, n);
	both[n] = '.';
	memcpy(both + n + 1, s + next.a, m + 1);
	return facts_in_list(an->language, LIST_ABBREVIATIONS, both, n + m + 2);
}

/* Does the full stop at `stop` belong to the word before it, and not to the sentence? */
static bool
part_of_word(const struct analysis *an, const struct block *b, uint32_t stop, struct range next)
{
	const char *s = an->article->text.s;
	struct range w = word_ending(s, b->at.a, stop);
	size_t n = range_len(w);
	char dotted[40];
	bool number = true;
	unsigned cp;

	if (n == 0)
		return false;
	for (uint32_t i = w.a; i < w.z; i++)
		number &= s[i] >= '0' && s[i] <= '9';
	/* 23. November */
	if (number)
		return n <= 2 && facts_number(an->language, LIST_MONTHS, s + next.a, range_len(next)) != 0;
	utf8_next(s + w.a, &cp);
	memcpy(dotted, s + w.a, n < 38 ? n : 38);
	dotted[n < 38 ? n : 38] = '.';
	if (!(is_dotted(s, w) || is_apart(an, s, w, next, b->at.z) || (utf8_is_upper(cp) && utf8_count(s + w.a, n) == 1) ||
	        facts_in_list(an->language, LIST_ABBREVIATIONS, s + w.a, n) ||
	        facts_in_list(an->language, LIST_ABBREVIATIONS, dotted, (n < 38 ? n : 38) + 1)))
		return false;
	/* "in the U.S. The minister": a frequent word with a capital begins a sentence */
	return !facts_in_list(an->language, LIST_STOPWORDS, s + next.a, range_len(next));
}

/* Is the stop at `stop` .. `end` (closing marks included) the sentence's last? */
static bool
ends_here(const struct analysis *an, const struct block *b, uint32_t stop, uint32_t end, bool full_stop, bool ellipsis, bool marks)
{
	const char *s = an->article->text.s;
	uint32_t i = end;
	unsigned cp = 0;
	struct range next;

	while (i < b->at.z) {
		size_t len = utf8_next(s + i, &cp);

		if (!utf8_is_space(cp) && !(is_opening(cp) && i > end))
			break;
		i += (uint32_t)len;
	}
	if (i >= b->at.z)
		return true;
	if (i == end)
		return false;
	if (utf8_is_lower(cp))
		return false;
	next = word_from(s, i, b->at.z);
	if (full_stop && !ellipsis && !marks && part_of_word(an, b, stop, next))
		return false;
	return true;
}

/* Stops and marks without a word belong to the sentence before: You don't? ... */
static void
add_sentence(struct analysis *an, uint32_t block, uint32_t from, uint32_t to)
{
	const struct text *t = &an->article->text;
	struct range r = text_trim(t, (struct range){from, to});
	struct sentence *last = an->nsentences > 0 ? &an->sentences[an->nsentences - 1] : NULL;
	uint32_t i = r.a;
	unsigned cp;

	if (r.a >= r.z)
		return;
	while (last != NULL && last->block == block && i < r.z && utf8_word(t->s + i, t->s + r.z) == 0)
		i += (uint32_t)utf8_next(t->s + i, &cp);
	if (i == r.z) {
		last->at.z = r.z;
		return;
	}
	XPUSH(an->sentences, an->nsentences, an->capsentences) = (struct sentence){r, block};
}

/* Bytes that a stop may begin with; of those in Unicode, U+2026 and up. */
static const struct byte_set may_stop = {{'.', '!', '?', '.', '.', '.'}, 0xE2, 0xFF};

static void
cut_block(struct analysis *an, uint32_t block)
{
	const struct block *b = &an->article->blocks[block];
	const struct text *t = &an->article->text;
	const char *s = t->s;
	uint32_t from = b->at.a, i = b->at.a;

	while (i < b->at.z) {
		unsigned cp;
		uint32_t stop, stops = 0;
		bool full = false, wide = false, marks = false, mild = true;
		size_t len;

		i = (uint32_t)next_of(s, i, b->at.z, &may_stop);
		stop = i;
		/* the row of stops, then the marks that close behind it */
		for (; i < b->at.z; i += (uint32_t)len) {
			len = utf8_next(s + i, &cp);
			if (cp == '.')
				full = true;
			else if (cp == '!' || cp == '?' || cp == 0x2026)
				mild = false;
			else if (is_wide_stop(cp))
				wide = true;
			else
				break;
			stops++;
		}
		if (stops == 0) {
			i += i < b->at.z ? (uint32_t)utf8_next(s + i, &cp) : 0;
			continue;
		}
		for (; i < b->at.z; i += (uint32_t)len) {
			len = utf8_next(s + i, &cp);
			/* "... ”, and French sets a blank before the mark: Pourquoi ? » */
			if (!marks && ((cp == ' ' && stops > 1 && b->at.z - i >= 4 && memcmp(s + i + 1, "”", 3) == 0) ||
			        (utf8_is_space(cp) && an->language->space_inside && b->at.z - i > len + 1 && memcmp(s + i + len, "»", 2) == 0))) {
				marks = true;
				continue;
			}
			/* Chinese has no blank between sentences: “ opens the next one */
			if (!is_closing(cp) || (wide && (cp == 0x201c || cp == 0x2018)))
				break;
			marks = true;
		}
		if (wide || ends_here(an, b, stop, i, full && mild, stops > 1, marks)) {
			add_sentence(an, block, from, i);
			from = i;
		}
	}
	if (from < b->at.z)
		add_sentence(an, block, from, b->at.z);
}

void
analysis_sentences(struct analysis *an)
{
	if (an->have_sentences)
		return;
	an->have_sentences = true;
	for (size_t i = 0; i < an->article->nblocks; i++)
		if (!(KIND(an->article->blocks[i].kind) & TABLES))
			cut_block(an, (uint32_t)i);
}
