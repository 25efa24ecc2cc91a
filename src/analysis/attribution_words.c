/* Cue words of a language, by the hash of their first word, made once a language: said, according to, in a statement. */
#include "analysis/attribution_int.h"

#include "frozen/frozen.h"
#include "util/hash.h"
#include "util/utf8.h"
#include "util/words.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const struct { enum list_name list; unsigned class; } lists[] = {
	{LIST_SPEECH_VERBS, CUE_SPEECH}, {LIST_CUE_VERBS, CUE_VERB}, {LIST_NEAR_VERBS, CUE_NEAR}, {LIST_CUE_PHRASES, CUE_PHRASE},
	{LIST_CUE_NOUNS, CUE_NOUN}, {LIST_CUE_PRONOUNS, CUE_PRONOUN}, {LIST_LOADED_VERBS, CUE_LOADED}, {LIST_BODY_VERBS, CUE_BODY},
	{LIST_MENTAL_VERBS, CUE_MENTAL}, {LIST_NARRATORS, CUE_NARRATOR},
};

/* `fold`: the lower case of an ASCII letter or digit, 0 for what is of no word, FAR where the tables of Unicode have to be asked. */
enum { FAR = 0x80, FILTER = 512 };

struct entry {
	const char *s;			/* as the facts have it */
	uint8_t n;			/* bytes, where it is one word of ASCII letters; 0 */
	uint64_t hash, second;		/* of its first word and, of a phrase, of the word one character behind; 0 */
	unsigned class;
	uint32_t next;			/* number of the next entry of the bucket; UINT32_MAX */
};
struct cue_words {
	const struct language *language;
	struct entry *entries;
	uint32_t *buckets, mask;
	unsigned char fold[256];
	uint64_t begins[FILTER];		/* a bit for each hash of a first word: most words end here */
	uint64_t alone[FILTER];		/* the same of those that are a cue by themselves, or begin one that is known by no second word */
	uint64_t pairs[FILTER];		/* a bit for each pair of a first and a second word */
	bool any;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct { struct cue_words *of[FACTS_LANGUAGES_MAX]; } made;		/* by the number of the language; kept to the end */
static bool thawed;
const struct frozen_part frozen_cue_words = { "cue_words", &made, sizeof made };

size_t
cue_word_length(const char *s, const char *end)
{
	size_t n = 0, k;

	while ((k = utf8_word(s + n, end)) != 0)
		n += k;
	return n;
}

/* The hash of the word one character behind the first one, even numbers are none's; 0 if none begins there. */
static uint64_t
hash_second(const char *s, size_t word, const char *end)
{
	unsigned cp;
	size_t n;

	s += word;
	if (s >= end)
		return 0;
	s += utf8_next(s, &cp);
	return s < end && (n = cue_word_length(s, end)) != 0 ? words_hash(s, n) | 1 : 0;
}

static bool
has_bit(const uint64_t *bits, uint64_t h)
{
	return bits[h >> 6 & (FILTER - 1)] >> (h & 63) & 1;
}

static void
set_bit(uint64_t *bits, uint64_t h)
{
	bits[h >> 6 & (FILTER - 1)] |= (uint64_t)1 << (h & 63);
}

static uint64_t
pair(uint64_t first, uint64_t second)
{
	return hash_mix(first ^ second << 1);
}

static struct cue_words *
make(const struct language *l)
{
	struct cue_words *w = xcalloc(1, sizeof *w);
	uint32_t n = 0, size = 64;

	w->language = l;
	for (unsigned c = 0; c < 256; c++)
		w->fold[c] = c >= 0x80 || (l->turkic_case && c == 'I') ? FAR : !utf8_ascii_word((unsigned char)c) ? 0 : c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : (unsigned char)c;
	for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
		for (const char *const *p = facts_list(l, lists[k].list); *p != NULL; p++)
			n++;
	while (size < 2 * n)
		size *= 2;
	w->mask = size - 1;
	w->entries = xcalloc(n + 1, sizeof *w->entries);
	w->buckets = xmalloc(size * sizeof *w->buckets);
	memset(w->buckets, 0xFF, size * sizeof *w->buckets);
	n = 0;
	for (size_t k = 0; k < sizeof lists / sizeof *lists; k++)
		for (const char *const *p = facts_list(l, lists[k].list); *p != NULL; p++) {
			struct entry *e = &w->entries[n];
			size_t len = cue_word_length(*p, *p + strlen(*p));

			e->s = *p;
			e->n = len == strlen(*p) && len < 256 ? (uint8_t)len : 0;
			e->hash = words_hash(*p, len);
			e->second = hash_second(*p, len, *p + strlen(*p));
			e->class = lists[k].class;
			e->next = w->buckets[e->hash & w->mask];
			w->buckets[e->hash & w->mask] = n++;
			set_bit(w->begins, e->hash);
			if (e->second == 0)
				set_bit(w->alone, e->hash);
			else
				set_bit(w->pairs, pair(e->hash, e->second));
			w->any = w->any || (e->class & (CUE_SPEECH | CUE_VERB)) != 0;
		}
	return w;
}

const struct cue_words *
cue_words_of(const struct language *l)
{
	unsigned n = facts_language_number(l);
	struct cue_words *w;

	pthread_mutex_lock(&lock);
	if (!thawed)
		frozen_take(&frozen_cue_words);
	thawed = true;
	w = made.of[n];
	if (w == NULL)
		w = made.of[n] = make(l);
	pthread_mutex_unlock(&lock);
	return w->any ? w : NULL;
}

static bool
is_same(const unsigned char *fold, const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (fold[(unsigned char)a[i]] != fold[(unsigned char)b[i]] || fold[(unsigned char)a[i]] == FAR)
			return false;
	return true;
}

static unsigned
look_up(const struct cue_words *w, uint64_t h, const char *s, const char *end, size_t word, size_t *len)
{
	uint64_t second = 0;
	unsigned class = 0;
	size_t best = 0;

	*len = word;
	for (uint32_t i = w->buckets[h & w->mask]; i != UINT32_MAX; i = w->entries[i].next) {
		const struct entry *e = &w->entries[i];
		size_t n;

		if (e->hash != h)
			continue;
		if (e->n != 0 && e->n == word && is_same(w->fold, e->s, s, word)) {
			class = best == word ? class | e->class : best < word ? e->class : class;
			best = best > word ? best : word;
			continue;
		}
		if (e->second != 0 && second == 0 && (second = hash_second(s, word, end)) == 0)
			second = UINT64_MAX - 1;	/* even: nothing's */
		if ((e->second != 0 && e->second != second) || (n = facts_begins(w->language, e->s, s, end)) < best || n == 0)
			continue;
		class = n == best ? class | e->class : e->class;
		best = n;
	}
	if (best != 0)
		*len = best;
	return class;
}

void
attribution_prepare(const struct language *l)
{
	cue_words_of(l);
}

unsigned
cue_word_at(const struct cue_words *w, const char *s, const char *end, size_t word, size_t *len)
{
	uint64_t h = words_hash(s, word);

	*len = word;
	return !has_bit(w->begins, h) ? 0 : look_up(w, h, s, end, word, len);
}

/* hash_second() of a word among others that were read. */
static uint64_t
hash_next(const char *s, const struct words_reader *words, const struct words_run *run, uint32_t z)
{
	uint32_t behind = run->at + run->n;
	const struct words_run *next = words->next;

	if (next == words->end || next->high || (unsigned char)s[behind] >= 0x80)
		return hash_second(s + run->at, run->n, s + z);
	return next->at == behind + 1 ? next->hash | 1 : 0;
}

static void
collect_block(struct analysis *an, const struct cue_words *w, struct range at)
{
	const char *s = an->article->text.s;
	struct words_reader words;
	const struct words_run *run;

	article_words(an->article, at, &words);
	while ((run = words_read(&words)) != NULL) {
		uint64_t h = run->high ? words_hash(s + run->at, run->n) : run->hash;
		struct cue cue;
		size_t len;

		if (!has_bit(w->begins, h))
			continue;
		/* "in" begins many a cue, and few of the words behind it go on with one */
		if (!has_bit(w->alone, h) && !has_bit(w->pairs, pair(h, hash_next(s, &words, run, at.z))))
			continue;
		if ((cue.class = look_up(w, h, s + run->at, s + at.z, run->n, &len)) == 0)
			continue;
		cue.at = (struct range){run->at, run->at + (uint32_t)len};
		XPUSH(an->cues, an->ncues, an->capcues) = cue;
	}
}

void
cue_words_collect(struct analysis *an, const struct cue_words *w, kind_set kinds)
{
	for (size_t i = 0; i < an->article->nblocks; i++)
		if ((KIND(an->article->blocks[i].kind) & kinds) != 0)
			collect_block(an, w, an->article->blocks[i].at);
}
