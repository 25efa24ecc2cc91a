/* The language of an article: declared, else by its script, else by a vote of frequent words. */
#include "analysis/language.h"

#include "facts/facts.h"
#include "util/utf8.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

/* The first kilobyte tells the language of most articles beyond doubt; more is looked at where it does not. */
enum { GLANCE = 1024, SAMPLE = 3 * 1024, LARGE_SAMPLE = 32 * 1024, MIN_VOTES = 4, LIKELY_VOTES = 20 };

static void
set(struct article *a, const char *tag, enum certainty c)
{
	a->lang = tag;
	a->lang_certainty = c;
}

/* A tag as declared, its case put right where it is the code of a known language: en_gb is en-GB. */
static const char *
tag_of(struct article *a, const char *s, size_t n)
{
	char *tag = arena_strndup(&a->arena, s, n);
	const char *code;
	char *p;

	for (p = tag; *p != '\0'; p++)
		if (*p == '_')
			*p = '-';
	code = facts_language(tag)->code;
	return strlen(code) == n ? code : tag;
}

/* ---- script ---- */

struct scripts { size_t latin, turkish, schwa, cyrillic, ukrainian, greek, arabic, hebrew, han, kana, hangul, devanagari, bengali; };

static void
count_script(struct scripts *s, unsigned cp)
{
	if (cp < 0x250) {
		s->latin++;
		s->turkish += cp == 0x131 || cp == 0x130 || cp == 0x11E || cp == 0x11F;
	} else if (cp == 0x259)
		s->schwa++;
	else if (cp >= 0x400 && cp < 0x530) {
		s->cyrillic++;
		s->ukrainian += cp == 0x456 || cp == 0x457 || cp == 0x454 || cp == 0x491;
	} else if (cp >= 0x370 && cp < 0x400)
		s->greek++;
	else if (cp >= 0x600 && cp < 0x700)
		s->arabic++;
	else if (cp >= 0x590 && cp < 0x600)
		s->hebrew++;
	else if (cp >= 0x4E00 && cp < 0xA000)
		s->han++;
	else if (cp >= 0x3040 && cp < 0x3100)
		s->kana++;
	else if (cp >= 0xAC00 && cp < 0xD7B0)
		s->hangul++;
	else if (cp >= 0x900 && cp < 0x980)
		s->devanagari++;
	else if (cp >= 0x980 && cp < 0xA00)
		s->bengali++;
}

/* A script that one language writes, or NULL: then words must tell. */
static const char *
script_language(const struct scripts *s, size_t *letters)
{
	size_t other = s->cyrillic + s->greek + s->arabic + s->hebrew + s->han + s->kana + s->hangul + s->devanagari + s->bengali;

	*letters = other + s->latin;
	/* words of one stem take many shapes in Turkish: the letters tell more than the words; Azerbaijani has a schwa besides */
	if (s->turkish * 40 > s->latin && s->schwa * 100 < s->latin) {
		*letters = s->turkish;	/* the others say nothing */
		return "tr";
	}
	if (other * 2 <= s->latin)
		return NULL;
	if (s->kana * 10 > s->kana + s->han)
		return "ja";
	if (s->han * 2 > other)
		return "zh";
	if (s->hangul * 2 > other)
		return "ko";
	if (s->greek * 2 > other)
		return "el";
	if (s->hebrew * 2 > other)
		return "he";
	if (s->devanagari * 2 > other)
		return "hi";
	if (s->bengali * 2 > other)
		return "bn";
	return NULL;
}

/* ---- words ---- */

/* The votes of the sample's words, and by whom each was cast: asked again for what tells the two foremost apart. */
struct ballot {
	unsigned words, votes[64];
	struct scripts scripts;
	size_t nwho;
	uint64_t who[LARGE_SAMPLE / 2 + 2];	/* of each word that any language casts */
};

static void
count_word(struct ballot *b, const char *s, size_t n)
{
	uint64_t who;

	if (n == 1 && *s >= 'A' && *s <= 'Z')		/* the S of U.S. */
		return;
	b->words++;
	who = facts_voters(s, n);
	if (who == 0 || b->nwho == sizeof b->who / sizeof *b->who)
		return;
	b->who[b->nwho++] = who;
	for (; who != 0; who &= who - 1)
		b->votes[__builtin_ctzll(who)]++;
}

/* The words of p..end: runs of letters. */
static void
count_words(struct ballot *b, const char *p, const char *end)
{
	const char *word = NULL;
	size_t step;

	for (; p < end; p += step) {
		unsigned cp = (unsigned char)*p;
		bool letter;

		step = 1;
		if (cp < 0x80) {
			letter = (cp | 32) - 'a' < 26;
			for (; letter && p + step < end && ((unsigned char)p[step] | 32u) - 'a' < 26; step++)
				;
			b->scripts.latin += letter ? step : 0;
		} else {
			step = utf8_next(p, &cp);
			letter = utf8_is_letter(cp) || (cp >= 0x300 && cp < 0x370);
			if (letter)
				count_script(&b->scripts, cp);
		}
		if (letter) {
			if (word == NULL)
				word = p;
		} else if (word != NULL && !((cp == '\'' || cp == 0x2019) && p + step < end && utf8_word(p + step, end) != 0)) {
			/* an apostrophe inside a word is of it: the s of "country's" is none */
			count_word(b, word, (size_t)(p - word));
			word = NULL;
		}
	}
	if (word != NULL)
		count_word(b, word, (size_t)(p - word));
}

/* True if that was all there is. */
static bool
count_sample(const struct article *a, struct ballot *b, size_t sample)
{
	size_t seen = 0;

	for (size_t i = 0; i < a->nblocks && seen < sample; i++) {
		const char *p = a->text.s + a->blocks[i].at.a, *end = a->text.s + a->blocks[i].at.z;

		if ((size_t)(end - p) > sample - seen) {
			end = p + (sample - seen);
			while (end > p && ((unsigned char)*end & 0xC0) == 0x80)
				end--;
		}
		seen += (size_t)(end - p) + 1;
		count_words(b, p, end);
	}
	return seen < sample;
}

/* True if the sample was enough to tell, or all there is.  A glance must find running text, where every third word is a frequent one. */
static bool
tell_by_words(struct article *a, size_t sample)
{
	struct ballot b;
	const char *script;
	unsigned only_first = 0, only_second = 0;
	size_t letters;
	int i, first = 0, second = -1;
	bool all;

	memset(&b, 0, offsetof(struct ballot, who));
	all = count_sample(a, &b, sample);
	if ((script = script_language(&b.scripts, &letters)) != NULL) {
		if (sample == GLANCE && !all)
			return false;
		set(a, script, letters >= 40 ? LIKELY : WEAK);
		return true;
	}
	for (i = 1; i < 64 && facts_voter((unsigned)i) != NULL; i++) {
		if (b.votes[i] > b.votes[first]) {
			second = first;
			first = i;
		} else if (second < 0 || b.votes[i] > b.votes[second]) {
			second = i;
		}
	}
	if (second < 0 || b.votes[first] < MIN_VOTES || b.votes[first] * 10 < b.words)
		return all;
	for (size_t k = 0; k < b.nwho; k++) {
		bool x = b.who[k] >> first & 1, y = b.who[k] >> second & 1;

		only_first += x && !y;
		only_second += y && !x;
	}
	/* nine in ten of the words that tell the two nearest apart must speak for the first */
	if (only_first == 0 || only_first < 9 * only_second)
		return all;
	if (sample == GLANCE && !all && (b.votes[first] < LIKELY_VOTES || b.votes[first] * 3 < b.words))
		return false;
	set(a, facts_voter((unsigned)first), b.votes[first] >= LIKELY_VOTES ? LIKELY : WEAK);
	return true;
}

void
language_tell(struct article *a, const char *declared)
{
	const struct field *f;

	set(a, "und", WEAK);
	if (declared != NULL && *declared != '\0') {
		set(a, tag_of(a, declared, strlen(declared)), SURE);
	} else if ((f = article_find_field(a, FIELD_LANGUAGE)) != NULL && range_len(f->at) != 0 && range_len(f->at) < 36) {
		struct range r = text_trim(&a->text, f->at);

		set(a, tag_of(a, text_at(&a->text, r), range_len(r)), SURE);
	} else {
		if (!tell_by_words(a, GLANCE) && !tell_by_words(a, SAMPLE))
			tell_by_words(a, LARGE_SAMPLE);
	}
}

/* The language of a voter, without its region. */
static bool
is_language(const char *code, const char *tag, size_t n)
{
	size_t k = 0;

	while (k < n && tag[k] != '-' && tag[k] != '_')
		k++;
	return strlen(code) == k && strncasecmp(code, tag, k) == 0;
}

/* The voter that most words of the sample speak for. */
static int
foremost(const struct article *a, struct ballot *b, size_t sample, bool *all)
{
	int first = 0;

	memset(b, 0, offsetof(struct ballot, who));
	*all = count_sample(a, b, sample);
	for (int i = 1; i < 64 && facts_voter((unsigned)i) != NULL; i++)
		if (b->votes[i] > b->votes[first])
			first = i;
	return first;
}

bool
language_denied(const struct article *a, const char *tag, size_t n, const char **spoken)
{
	struct ballot b;
	int first, own = -1;
	bool all;

	for (int i = 0; i < 64 && facts_voter((unsigned)i) != NULL; i++)
		if (is_language(facts_voter((unsigned)i), tag, n))
			own = i;
	if (own < 0)		/* its words are not known: nothing to count */
		return false;
	first = foremost(a, &b, GLANCE, &all);
	if (own == first && b.votes[own] >= LIKELY_VOTES && b.votes[own] * 3 >= b.words)
		return false;		/* running text of it: what follows cannot outvote that */
	if (!all)
		first = foremost(a, &b, SAMPLE, &all);
	if (own == first || b.votes[first] < 2 * LIKELY_VOTES || b.votes[first] * 4 < b.words || b.votes[own] * 3 > b.votes[first])
		return false;
	*spoken = facts_voter((unsigned)first);
	return true;
}
