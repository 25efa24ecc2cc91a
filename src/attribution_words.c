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

struct entry {
	const char *s;			/* as the facts have it */
	uint32_t hash;			/* of its first word */
	unsigned class;
	uint32_t next;			/* number of the next entry of the bucket; UINT32_MAX */
};
struct cue_words {
	const struct language *language;
	struct entry *entries;
	uint32_t *buckets, mask;
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

		if ((c | 0x20u) - 'a' < 26 || c - (unsigned)'0' < 10)
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
	uint32_t h = 0x811c9dc5u;
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
		h = (h ^ cp) * 0x01000193u;
	}
	return h ^ h >> 15;
}

static struct cue_words *
make(const struct language *l)
{
	struct cue_words *w = xcalloc(1, sizeof *w);
	uint32_t n = 0, size = 64;

	w->language = l;
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
			e->hash = hash_word(*p, len, l->turkic_case);
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

unsigned
cue_word_at(const struct cue_words *w, const char *s, const char *end, size_t word, size_t *len)
{
	uint32_t h = hash_word(s, word, w->language->turkic_case);
	unsigned class = 0;
	size_t best = 0;

	*len = word;
	if ((w->begins[h >> 6 & 127] >> (h & 63) & 1) == 0)
		return 0;
	for (uint32_t i = w->buckets[h & w->mask]; i != UINT32_MAX; i = w->entries[i].next) {
		const struct entry *e = &w->entries[i];
		size_t n;

		if (e->hash != h || (n = facts_begins(w->language, e->s, s, end)) < best || n == 0)
			continue;
		class = n == best ? class | e->class : e->class;
		best = n;
	}
	if (best != 0)
		*len = best;
	return class;
}
