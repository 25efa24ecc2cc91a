/* Cue words of a language, by the hash of their first word, made once a language: said, according to, in a statement. */
#include "attribution_int.h"

#include "util/utf8.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const struct { enum list_name list; unsigned class; } lists[] = {
	{LIST_SPEECH_VERBS, CUE_SPEECH}, {LIST_CUE_VERBS, CUE_VERB}, {LIST_NEAR_VERBS, CUE_NEAR}, {LIST_CUE_PHRASES, CUE_PHRASE},
	{LIST_CUE_NOUNS, CUE_NOUN}, {LIST_CUE_PRONOUNS, CUE_PRONOUN}, {LIST_LOADED_VERBS, CUE_LOADED}, {LIST_BODY_VERBS, CUE_BODY},
	{LIST_MENTAL_VERBS, CUE_MENTAL}, {LIST_NARRATORS, CUE_NARRATOR},
};

/* What is asked of nearly every byte, `fold`: the lower case of an ASCII letter or digit, 0 for what is of no word, FAR where the
 * tables of Unicode have to be asked. */
enum { FAR = 0x80 };

#define HASH_FROM 0x811c9dc5u
#define HASH_BY 0x01000193u

struct entry {
	const char *s;			/* as the facts have it */
	uint8_t n;			/* bytes, where it is one word of ASCII letters; 0 */
	uint32_t hash, second;		/* of its first word and, of a phrase, of the word one character behind; 0 */
	unsigned class;
	uint32_t next;			/* number of the next entry of the bucket; UINT32_MAX */
};
struct cue_words {
	const struct language *language;
	struct entry *entries;
	uint32_t *buckets, mask;
	unsigned char fold[256];
	uint64_t begins[128];		/* a bit for each hash of a first word: most words end here */
	bool any;
	struct cue_words *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct cue_words *made;		/* one a language met, kept to the end */

size_t
cue_word_length(const char *s, const char *end)
{
	size_t n = 0, k;

	while (s + n < end) {
		unsigned char c = (unsigned char)s[n];

		if (utf8_ascii_word(c))
			n++;
		else if (c >= 0x80 && (k = utf8_word(s + n, end)) != 0)
			n += k;
		else
			break;
	}
	return n;
}

static uint32_t
hash_word(const char *s, size_t n, bool turkic)
{
	uint32_t h = HASH_FROM;
	const char *end = s + n;

	while (s < end) {
		unsigned cp = (unsigned char)*s;

		if (cp < 0x80 && !(turkic && cp == 'I')) {
			s++;
			cp += cp >= 'A' && cp <= 'Z' ? 32 : 0;
		} else {
			s += utf8_next(s, &cp);
			cp = utf8_fold(cp, turkic);
		}
		h = (h ^ cp) * HASH_BY;
	}
	return h ^ h >> 15;
}

/* The hash of the word one character behind the first one; 0 if none begins there. */
static uint32_t
hash_second(const char *s, size_t word, const char *end, bool turkic)
{
	unsigned cp;
	size_t n;

	s += word;
	if (s >= end)
		return 0;
	s += utf8_next(s, &cp);
	return s < end && (n = cue_word_length(s, end)) != 0 ? hash_word(s, n, turkic) | 1 : 0;
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
			e->hash = hash_word(*p, len, l->turkic_case);
			e->second = hash_second(*p, len, *p + strlen(*p), l->turkic_case);
			e->class = lists[k].class;
			e->next = w->buckets[e->hash & w->mask];
			w->buckets[e->hash & w->mask] = n++;
			w->begins[e->hash >> 6 & 127] |= (uint64_t)1 << (e->hash & 63);
			w->any = w->any || (e->class & (CUE_SPEECH | CUE_VERB)) != 0;
		}
	return w;
}

const struct cue_words *
cue_words_of(const struct language *l)
{
	struct cue_words *w;

	pthread_mutex_lock(&lock);
	for (w = made; w != NULL && w->language != l; w = w->next)
		;
	if (w == NULL) {
		w = make(l);
		w->next = made;
		made = w;
	}
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
look_up(const struct cue_words *w, uint32_t h, const char *s, const char *end, size_t word, size_t *len)
{
	uint32_t second = 0;
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
		if (e->second != 0 && second == 0 && (second = hash_second(s, word, end, w->language->turkic_case)) == 0)
			second = UINT32_MAX - 1;	/* even: nothing's */
		if ((e->second != 0 && e->second != second) || (n = facts_begins(w->language, e->s, s, end)) < best || n == 0)
			continue;
		class = n == best ? class | e->class : e->class;
		best = n;
	}
	if (best != 0)
		*len = best;
	return class;
}

unsigned
cue_word_at(const struct cue_words *w, const char *s, const char *end, size_t word, size_t *len)
{
	uint32_t h = hash_word(s, word, w->language->turkic_case);

	*len = word;
	return (w->begins[h >> 6 & 127] >> (h & 63) & 1) == 0 ? 0 : look_up(w, h, s, end, word, len);
}

static void
collect_block(struct analysis *an, const struct cue_words *w, struct range at)
{
	const unsigned char *fold = w->fold;
	const char *s = an->article->text.s, *end = s + at.z, *p = s + at.a, *word;

	for (;;) {
		uint32_t h = HASH_FROM;
		struct cue cue;
		unsigned char c;
		size_t n, len;

		while (p < end && fold[(unsigned char)*p] == 0)
			p++;
		if (p >= end)
			return;
		for (word = p, c = 0; p < end && (signed char)(c = fold[(unsigned char)*p]) > 0; p++)
			h = (h ^ c) * HASH_BY;
		h ^= h >> 15;
		if (p < end && c == FAR) {
			if ((n = cue_word_length(word, end)) == 0) {
				p = word + utf8_next(word, &(unsigned){0});
				continue;
			}
			p = word + n;
			h = hash_word(word, n, w->language->turkic_case);
		}
		if ((w->begins[h >> 6 & 127] >> (h & 63) & 1) == 0 || (cue.class = look_up(w, h, word, end, (size_t)(p - word), &len)) == 0)
			continue;
		cue.at = (struct range){(uint32_t)(word - s), (uint32_t)(word - s + len)};
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
