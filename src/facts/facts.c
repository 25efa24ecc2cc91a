/* The languages and the word lists, kept after their first use.
 *
 * Each code of languages.xml has a slot, filled at its first use from there, from the language's own file
 * (rules/facts/en.xml) and from its parent: en-GB, en, und. */
#include "facts/facts.h"

#include "facts/facts_load.h"
#include "frozen/builtin.h"
#include "frozen/frozen.h"
#include "util/hash.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { ITEM_MAX = 128 };

/* A list as a set: most questions are about words that are in no list, and end at a bit. */
struct item_set {
	struct item_slot { uint32_t hash, item; } *table;	/* item: index + 1 into the list; 0: free */
	size_t mask;
	size_t longest;			/* bytes of the longest item, folded */
	atomic_bool ready;		/* filled when the first word is looked up: of most lists none ever is */
	uint64_t first[4];		/* a bit a byte that an item begins with, folded */
	uint64_t hashes[4];		/* a bit for each hash_bit() */
};
struct slot {
	struct language l;		/* first: a language given out is its slot */
	struct item_set sets[LIST_COUNT];
	const struct language_facts *own;
	struct slot *parent;
	atomic_bool ready;
};
static struct {
	struct arena arena;
	struct facts_data data;
	struct slot *slots;		/* und first */
	size_t n;
	const char **codes;
	const char **empty;		/* a list of nothing */
	struct voter { uint64_t hash, languages; size_t n; } *voters;	/* frequent words by hash */
	size_t voters_mask, voters_longest;
	const char *voter[64];
} tongues;
static pthread_once_t tongues_once = PTHREAD_ONCE_INIT;
const struct frozen_part frozen_tongues = { "tongues", &tongues, sizeof tongues };
static pthread_mutex_t tongues_lock = PTHREAD_MUTEX_INITIALIZER;

/* An item of a list, folded: case, apostrophes, blanks.  0 if it does not fit. */
static size_t
fold_item(const char *s, size_t n, bool turkic, char out[ITEM_MAX])
{
	const char *end = s + n;
	size_t k = 0;
	unsigned cp;

	while (s < end) {
		if (k + 4 > ITEM_MAX)
			return 0;
		/* nearly all there is: letters of ASCII, whose bit 32 is their case */
		if ((*s | 0x20u) - 'a' < 26 && !(turkic && *s == 'I')) {
			out[k++] = (char)(*s++ | 0x20);
			continue;
		}
		if ((unsigned char)*s < 0x80 && !(turkic && *s == 'I')) {
			out[k++] = *s >= '\t' && *s <= '\r' ? ' ' : *s;
			s++;
			continue;
		}
		s += utf8_next(s, &cp);
		if (cp == 0x2019 || cp == 0x02BC)
			cp = '\'';
		else if (utf8_is_space(cp))
			cp = ' ';
		k += utf8_encode(utf8_fold(cp, turkic), out + k);
	}
	return k;
}

/* Eight bytes of ASCII, folded as fold_item() does; false if others or control characters are among them. */
static inline bool
fold_eight(uint64_t *w)
{
	if (((*w | (*w - EACH(0x20))) & EACH(0x80)) != 0)
		return false;
	*w |= ((*w + EACH(0x80 - 'A')) & ~(*w + EACH(0x80 - 'Z' - 1)) & EACH(0x80)) >> 2;
	return true;
}

/* hash_short() of what fold_item() makes of s, without making it.  false: not to be had so easily. */
static inline bool
hash_folded(const char *s, size_t n, uint64_t *hash)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	uint64_t h = n * 0x9e3779b97f4a7c15ull, w;

	for (; n >= 8; s += 8, n -= 8) {
		memcpy(&w, s, 8);
		if (!fold_eight(&w))
			return false;
		h = hash_step(h, w);
	}
	if (n != 0) {
		uint64_t blanks = EACH(0x20) << 8 * n;

		w = hash_tail(s, n) | blanks;
		if (!fold_eight(&w))
			return false;
		h = hash_step(h, w ^ blanks);
	}
	*hash = h;
	return true;
#else
	(void)s, (void)n, (void)hash;
	return false;
#endif
}

static inline unsigned
hash_bit(uint64_t hash)
{
	return hash >> 32 & 255;
}

static size_t
item_name_len(const char *item)
{
	const char *eq = strchr(item, '=');

	return eq != NULL && eq != item ? (size_t)(eq - item) : strlen(item);
}

/* A language code equals the first n bytes of a tag: any case, _ for -. */
static bool
tag_is(const char *code, const char *tag, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		char a = code[i], b = tag[i] == '_' ? '-' : tag[i];

		if (a >= 'A' && a <= 'Z')
			a = (char)(a + 32);
		if (b >= 'A' && b <= 'Z')
			b = (char)(b + 32);
		if (a == '\0' || a != b)
			return false;
	}
	return code[n] == '\0';
}

/* The slot of a tag or of what is left when its subtags are taken off one by one; und at last. */
static struct slot *
slot_find(const char *tag, size_t n)
{
	size_t i;

	while (n != 0) {
		for (i = 0; i < tongues.n; i++)
			if (tag_is(tongues.slots[i].own->l.code, tag, n))
				return &tongues.slots[i];
		while (n != 0 && tag[n - 1] != '-' && tag[n - 1] != '_')
			n--;
		if (n != 0)
			n--;
	}
	return &tongues.slots[0];
}

static size_t
list_len(const char *const *list)
{
	size_t n = 0;

	while (list != NULL && list[n] != NULL)
		n++;
	return n;
}

/* Words are told apart by 64 bits of hash and their length: one in a billion articles might get a vote too many. */
static struct voter *
voter_at(uint64_t hash, size_t n)
{
	size_t at = hash & tongues.voters_mask;
	struct voter *v;

	for (;; at = (at + 1) & tongues.voters_mask) {
		v = &tongues.voters[at];
		if (v->n == 0 || (v->hash == hash && v->n == n))
			return v;
	}
}

/* All lists of frequent words as one table, so that telling the language loads no other file. */
static void
load_voters(void)
{
	size_t n = 0, size = 64, i, k;
	unsigned bit = 0;
	char key[ITEM_MAX];
	const char *const *p;

	for (i = 0; i < tongues.data.nlanguages; i++)
		n += list_len(tongues.data.languages[i].l.lists[LIST_STOPWORDS]);
	while (size < n * 2)
		size *= 2;
	tongues.voters = ARENA_ARRAY(&tongues.arena, struct voter, size);
	tongues.voters_mask = size - 1;
	for (i = 0; i < tongues.data.nlanguages && bit < 64; i++) {
		const struct language *l = &tongues.data.languages[i].l;

		if (list_len(l->lists[LIST_STOPWORDS]) == 0)
			continue;
		for (p = l->lists[LIST_STOPWORDS]; *p != NULL; p++) {
			struct voter *v;

			if ((k = fold_item(*p, strlen(*p), false, key)) == 0)
				continue;
			v = voter_at(hash_short(key, k), k);
			v->hash = hash_short(key, k);
			v->n = k;
			if (k > tongues.voters_longest)
				tongues.voters_longest = k;
			v->languages |= (uint64_t)1 << bit;
		}
		tongues.voter[bit++] = l->code;
	}
}

static void
load_languages(void)
{
	const struct builtin *file = builtin_find(FACTS_LANGUAGES);
	struct language_facts *neutral;
	struct slot *s;
	size_t i, n;

	if (frozen_take(&frozen_tongues))
		return;
	arena_init(&tongues.arena);
	if (file != NULL)
		facts_read(&tongues.data, &tongues.arena, file->path, file->s, file->n, NULL);
	tongues.empty = ARENA_ARRAY(&tongues.arena, const char *, 1);
	tongues.slots = xcalloc(tongues.data.nlanguages + 1, sizeof *tongues.slots);
	tongues.codes = xcalloc(tongues.data.nlanguages + 2, sizeof *tongues.codes);
	tongues.slots[0].own = neutral = ARENA_NEW(&tongues.arena, struct language_facts);
	neutral->l.code = "und";
	tongues.n = 1;
	for (i = 0; i < tongues.data.nlanguages && tongues.n < FACTS_LANGUAGES_MAX; i++) {
		const struct language_facts *own = &tongues.data.languages[i];

		tongues.slots[strcmp(own->l.code, "und") == 0 ? 0 : tongues.n++].own = own;
	}
	for (s = tongues.slots, i = 0; s < tongues.slots + tongues.n; s++) {
		atomic_init(&s->ready, false);
		if (s == tongues.slots)
			continue;
		tongues.codes[i++] = s->own->l.code;
		for (n = strlen(s->own->l.code); n != 0 && s->own->l.code[n - 1] != '-'; n--)
			;
		s->parent = n != 0 ? slot_find(s->own->l.code, n - 1) : tongues.slots;
	}
	load_voters();
}

static const char *const *
list_join(const char *const *const *lists, size_t count)
{
	const char **joined;
	size_t n = 0, i, k, filled = 0;

	for (i = 0, k = count; i < count; i++) {
		if (list_len(lists[i]) != 0) {
			filled++;
			k = i;
		}
		n += list_len(lists[i]);
	}
	if (filled <= 1)
		return filled == 0 ? tongues.empty : lists[k];
	joined = ARENA_ARRAY(&tongues.arena, const char *, n + 1);
	for (i = 0, n = 0; i < count; i++)
		for (k = 0; lists[i] != NULL && lists[i][k] != NULL; k++)
			joined[n++] = lists[i][k];
	return joined;
}

static void
set_fill(struct item_set *set, const char *const *list, bool turkic)
{
	size_t n = list_len(list), size = 8, i, k, at;
	char key[ITEM_MAX];

	while (size < n * 2)
		size *= 2;
	set->table = ARENA_ARRAY(&tongues.arena, struct item_slot, size);
	set->mask = size - 1;
	for (i = 0; i < n; i++) {
		uint64_t hash;

		if ((k = fold_item(list[i], item_name_len(list[i]), turkic, key)) == 0)
			continue;
		hash = hash_short(key, k);
		for (at = hash & set->mask; set->table[at].item != 0; at = (at + 1) & set->mask)
			;
		set->hashes[hash_bit(hash) >> 6] |= (uint64_t)1 << (hash_bit(hash) & 63);
		set->table[at].hash = (uint32_t)hash;
		set->table[at].item = (uint32_t)i + 1;
		if (k > set->longest)
			set->longest = k;
		set->first[(unsigned char)key[0] >> 6] |= (uint64_t)1 << ((unsigned char)key[0] & 63);
	}
}

/* Takes from `from` what nobody nearer has said. */
static void
take(struct language *l, unsigned *said, const struct language *from, unsigned from_said)
{
	unsigned fresh = from_said & ~*said;

	if (fresh & SAID_OUTER)
		l->outer = from->outer;
	if (fresh & SAID_INNER)
		l->inner = from->inner;
	if (fresh & SAID_MULTI)
		l->multi = from->multi;
	if (fresh & SAID_TURKIC)
		l->turkic_case = from->turkic_case;
	if (fresh & SAID_SPACE)
		l->space_inside = from->space_inside;
	if (fresh & SAID_SAME)
		l->same_mark = from->same_mark;
	if (fresh & SAID_SINGLE)
		l->single_primary = from->single_primary;
	*said |= from_said;
}

/* Fills a slot: its entry in languages.xml, its own file, then its parent.  Under the lock. */
static void
slot_fill(struct slot *s)
{
	struct facts_data data = { 0 };
	const struct builtin *file;
	unsigned said = 0;
	size_t i, k;

	if (atomic_load(&s->ready))
		return;
	if (s->parent != NULL)
		slot_fill(s->parent);
	s->l.code = s->own->l.code;
	file = builtin_find(arena_printf(&tongues.arena, "rules/facts/%s.xml", s->l.code));
	if (file != NULL)
		facts_read(&data, &tongues.arena, file->path, file->s, file->n, NULL);
	take(&s->l, &said, &s->own->l, s->own->said);
	for (i = 0; i < data.nlanguages; i++)
		if (strcmp(data.languages[i].l.code, s->l.code) == 0)
			take(&s->l, &said, &data.languages[i].l, data.languages[i].said);
	if (s->parent != NULL)
		take(&s->l, &said, &s->parent->l, ~0u);
	if (s->l.outer == NULL)
		s->l.outer = ARENA_NEW(&tongues.arena, struct mark_pair);
	if (s->l.inner == NULL)
		s->l.inner = ARENA_NEW(&tongues.arena, struct mark_pair);
	for (i = 0; i < LIST_COUNT; i++) {
		const char *const *lists[4] = { s->own->l.lists[i] };
		size_t n = 1;

		for (k = 0; k < data.nlanguages && n < 3; k++)
			if (strcmp(data.languages[k].l.code, s->l.code) == 0)
				lists[n++] = data.languages[k].l.lists[i];
		if (s->parent != NULL)
			lists[n++] = s->parent->l.lists[i];
		s->l.lists[i] = list_join(lists, n);
	}
	facts_data_release(&data);
	atomic_store(&s->ready, true);
}

/* The slot of a tag.  One article's and English are asked for over and over: the last few, as they were called. */
static struct slot *
slot_of(const char *tag)
{
	static _Thread_local struct { char tag[16]; struct slot *slot; } last[4];
	static _Thread_local unsigned oldest;
	size_t n = strlen(tag), i;

	for (i = 0; i < 4 && last[i].slot != NULL; i++)
		if (strcmp(last[i].tag, tag) == 0)
			return last[i].slot;
	if (n >= sizeof last[0].tag)
		return slot_find(tag, n);
	i = oldest++ % 4;
	last[i].slot = slot_find(tag, n);
	memcpy(last[i].tag, tag, n + 1);
	return last[i].slot;
}

const struct language *
facts_language(const char *tag)
{
	struct slot *s;

	pthread_once(&tongues_once, load_languages);
	s = tag != NULL ? slot_of(tag) : tongues.slots;
	if (!atomic_load_explicit(&s->ready, memory_order_acquire)) {
		pthread_mutex_lock(&tongues_lock);
		slot_fill(s);
		pthread_mutex_unlock(&tongues_lock);
	}
	return &s->l;
}

unsigned
facts_language_number(const struct language *l)
{
	return (unsigned)((const struct slot *)(const void *)l - tongues.slots);
}

bool
facts_language_known(const char *tag)
{
	pthread_once(&tongues_once, load_languages);
	return tag != NULL && slot_find(tag, strlen(tag)) != tongues.slots;
}

const char *const *
facts_language_codes(void)
{
	pthread_once(&tongues_once, load_languages);
	return tongues.codes;
}

uint64_t
facts_voters(const char *word, size_t n)
{
	char key[ITEM_MAX];
	uint64_t hash;
	size_t k = n;

	pthread_once(&tongues_once, load_languages);
	/* folding halves no word */
	if (n == 0 || n > 2 * tongues.voters_longest)
		return 0;
	if (!hash_folded(word, n, &hash)) {
		k = fold_item(word, n, false, key);
		hash = hash_short(key, k);
	}
	return k == 0 || k > tongues.voters_longest ? 0 : voter_at(hash, k)->languages;
}

const char *
facts_voter(unsigned bit)
{
	pthread_once(&tongues_once, load_languages);
	return bit < 64 ? tongues.voter[bit] : NULL;
}

const char *const *
facts_list(const struct language *l, enum list_name name)
{
	return l->lists[name];
}

static void
set_make(struct item_set *set, const struct language *l, enum list_name name)
{
	pthread_mutex_lock(&tongues_lock);
	if (!atomic_load(&set->ready)) {
		set_fill(set, l->lists[name], l->turkic_case);
		atomic_store_explicit(&set->ready, true, memory_order_release);
	}
	pthread_mutex_unlock(&tongues_lock);
}

/* The item with the hash, if it is the word. */
static const char *
item_at(const struct language *l, enum list_name name, const char *s, size_t n, uint64_t hash)
{
	const struct item_set *set = &((const struct slot *)(const void *)l)->sets[name];
	char key[ITEM_MAX], other[ITEM_MAX];
	size_t k = 0;

	for (size_t at = hash & set->mask; set->table[at].item != 0; at = (at + 1) & set->mask) {
		const char *item = l->lists[name][set->table[at].item - 1];

		if (set->table[at].hash != (uint32_t)hash)
			continue;
		if (k == 0)
			k = fold_item(s, n, l->turkic_case, key);
		if (fold_item(item, item_name_len(item), l->turkic_case, other) == k && memcmp(key, other, k) == 0)
			return item;
	}
	return NULL;
}

/* The hash of a word that is to be folded character by character; false: it is longer or begins otherwise than any item. */
static bool
hash_slowly(const struct language *l, const struct item_set *set, const char *s, size_t n, uint64_t *hash)
{
	char key[ITEM_MAX];
	unsigned char c = (unsigned char)*s;
	size_t k;

	if (c < 0x80) {
		c = c >= 'A' && c <= 'Z' ? c + 32 : c;
		/* folding shortens no ASCII word, but one that begins so may hold longer letters: three bytes for two */
		if (!(l->turkic_case && c == 'i') && (!(set->first[c >> 6] >> (c & 63) & 1) || n > 2 * set->longest))
			return false;
	}
	if ((k = fold_item(s, n, l->turkic_case, key)) == 0 || k > set->longest)
		return false;
	*hash = hash_short(key, k);
	return true;
}

static const char *
item_find(const struct language *l, enum list_name name, const char *s, size_t n)
{
	struct item_set *set = &((struct slot *)(uintptr_t)l)->sets[name];
	uint64_t hash;

	if (!atomic_load_explicit(&set->ready, memory_order_acquire))
		set_make(set, l, name);
	if (n == 0 || set->longest == 0 || n > ITEM_MAX)
		return NULL;
	if ((l->turkic_case || !hash_folded(s, n, &hash)) && !hash_slowly(l, set, s, n, &hash))
		return NULL;
	return (set->hashes[hash_bit(hash) >> 6] >> (hash_bit(hash) & 63) & 1) != 0 ? item_at(l, name, s, n, hash) : NULL;
}

bool
facts_in_list(const struct language *l, enum list_name name, const char *s, size_t n)
{
	return item_find(l, name, s, n) != NULL;
}

size_t
facts_begins_with(const struct language *l, const char *item, const char *s, const char *end)
{
	const char *p = s;

	while (*item != '\0') {
		unsigned want, have;

		if (p == end)
			return 0;
		/* letters and digits of ASCII, but for the Turkish i, need no look into the tables */
		if (((unsigned char)*item | (unsigned char)*p) < 0x80 && (*item | 0x20) != 'i' && utf8_word(p, end) != 0) {
			if (*item != *p && !(((*item ^ *p) == 0x20) && (*item | 0x20) >= 'a' && (*item | 0x20) <= 'z'))
				return 0;
			item++;
			p++;
			continue;
		}
		item += utf8_next(item, &want);
		p += utf8_next(p, &have);
		have = have == 0x2019 || have == 0x02BC ? '\'' : utf8_is_space(have) ? ' ' : have;
		if (want != have && utf8_fold(want, l->turkic_case) != utf8_fold(have, l->turkic_case))
			return 0;
	}
	return p < end && utf8_word(p, end) != 0 ? 0 : (size_t)(p - s);
}

unsigned
facts_number(const struct language *l, enum list_name name, const char *s, size_t n)
{
	const char *item, *p;
	unsigned number = 0;

	if (n != 0 && s[n - 1] == '.')
		n--;
	if ((item = item_find(l, name, s, n)) == NULL || (p = strchr(item, '=')) == NULL)
		return 0;
	for (p++; *p >= '0' && *p <= '9' && number < 1000; p++)
		number = number * 10 + (unsigned)(*p - '0');
	return number;
}

/* ---- words ---- */

static struct {
	struct arena arena;
	struct facts_data data;
} words;
static pthread_once_t words_once = PTHREAD_ONCE_INIT;
const struct frozen_part frozen_words = { "words", &words, sizeof words };

static void
load_words(void)
{
	static const char *const paths[] = { FACTS_SPELLING, FACTS_LEFTOVERS, FACTS_PLACES };

	if (frozen_take(&frozen_words))
		return;
	arena_init(&words.arena);
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		const struct builtin *file = builtin_find(paths[i]);

		if (file != NULL)
			facts_read(&words.data, &words.arena, file->path, file->s, file->n, NULL);
	}
}

/* "en/months": a list of a language, the items without what follows their `=`. */
static const char *const *
language_words(const char *name)
{
	const char *slash = strchr(name, '/');
	const char *const *from, **to;
	const struct language *l;
	char code[16];
	size_t i, k, n;

	if (slash == NULL || (size_t)(slash - name) >= sizeof code)
		return NULL;
	memcpy(code, name, (size_t)(slash - name));
	code[slash - name] = '\0';
	for (i = 0; i < LIST_COUNT && strcmp(facts_list_names[i], slash + 1) != 0; i++)
		;
	if (i == LIST_COUNT || !facts_language_known(code))
		return NULL;
	l = facts_language(code);
	from = facts_list(l, (enum list_name)i);
	for (n = 0; from[n] != NULL; n++)
		;
	/* asked for while rules are loaded, by one thread; kept as long as the program runs */
	to = ARENA_ARRAY(&words.arena, const char *, n + 1);
	for (k = 0; k < n; k++)
		to[k] = arena_strndup(&words.arena, from[k], strcspn(from[k], "="));
	return to;
}

const char *const *
facts_words(const char *name)
{
	size_t i;

	pthread_once(&words_once, load_words);
	for (i = 0; i < words.data.nwords; i++)
		if (strcmp(words.data.words[i].name, name) == 0)
			return words.data.words[i].words;
	return strchr(name, '/') != NULL ? language_words(name) : facts_agency_words(name);
}
