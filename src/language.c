/* The language of an article: declared, else by its script, else by a vote of frequent words. */
#include "language.h"

#include "facts.h"
#include "util/utf8.h"

#include <string.h>

enum { SAMPLE = 3 * 1024, LARGE_SAMPLE = 32 * 1024, MIN_VOTES = 4, LIKELY_VOTES = 20 };

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

/* The next word of p..end: a run of letters; NULL if there is none.  Counts the scripts by the way. */
static const char *
next_word(const char *p, const char *end, size_t *n, struct scripts *scripts)
{
	const char *s = NULL;

	while (p < end) {
		unsigned cp = (unsigned char)*p;
		size_t step = 1;
		bool letter;

		if (cp < 0x80) {
			letter = (cp | 32) >= 'a' && (cp | 32) <= 'z';
			scripts->latin += letter;
		} else {
			step = utf8_next(p, &cp);
			letter = utf8_is_letter(cp) || (cp >= 0x300 && cp < 0x370);
			if (letter)
				count_script(scripts, cp);
		}
		if (letter) {
			if (s == NULL)
				s = p;
		} else if (s != NULL && !((cp == '\'' || cp == 0x2019) && p + step < end && utf8_word(p + step, end) != 0)) {
			break;		/* an apostrophe inside a word is of it: the s of "country's" is none */
		}
		p += step;
	}
	*n = s != NULL ? (size_t)(p - s) : 0;
	return s;
}

/* Two rounds over the same sample: first the votes, then the words that tell the two foremost apart. */
struct ballot {
	unsigned words, votes[64];
	int first, second;		/* -1 in the first round */
	unsigned only_first, only_second;
	struct scripts scripts;
};

static void
count_word(struct ballot *b, const char *s, size_t n)
{
	uint64_t who;
	unsigned i;

	if (n == 1 && *s >= 'A' && *s <= 'Z')		/* the S of U.S. */
		return;
	who = facts_voters(s, n);
	b->words++;
	if (b->first >= 0) {
		bool x = who >> b->first & 1, y = who >> b->second & 1;

		b->only_first += x && !y;
		b->only_second += y && !x;
		return;
	}
	for (; who != 0; who &= who - 1) {
		i = (unsigned)__builtin_ctzll(who);
		b->votes[i]++;
	}
}

static void
count_sample(const struct article *a, struct ballot *b, size_t sample)
{
	size_t i, seen = 0, n;

	for (i = 0; i < a->nblocks && seen < sample; i++) {
		const char *p = a->text.s + a->blocks[i].at.a, *end = a->text.s + a->blocks[i].at.z, *s;

		if ((size_t)(end - p) > sample - seen) {
			end = p + (sample - seen);
			while (end > p && ((unsigned char)*end & 0xC0) == 0x80)
				end--;
		}
		seen += (size_t)(end - p) + 1;
		for (; (s = next_word(p, end, &n, &b->scripts)) != NULL; p = s + n)
			count_word(b, s, n);
	}
}

/* True if the sample was enough to tell. */
static bool
tell_by_words(struct article *a, size_t sample)
{
	struct ballot b = { .first = -1, .second = -1 };
	const char *script;
	size_t letters;
	int i, first = 0, second = -1;

	count_sample(a, &b, sample);
	if ((script = script_language(&b.scripts, &letters)) != NULL) {
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
		return false;
	b.words = 0;
	b.first = first;
	b.second = second;
	count_sample(a, &b, sample);
	/* nine in ten of the words that tell the two nearest apart must speak for the first */
	if (b.only_first == 0 || b.only_first < 9 * b.only_second)
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
		if (!tell_by_words(a, SAMPLE))
			tell_by_words(a, LARGE_SAMPLE);
	}
}
