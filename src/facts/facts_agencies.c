/* The registry of agencies, read at first use.
 *
 * Every name and alias has a key: its letters folded, without blanks, dots, hyphens and apostrophes, so that "TRT World",
 * "TRTWorld" and "trt world" are one.  An alias of up to three letters counts only as the registry spells it. */
#include "facts/facts.h"

#include "facts/facts_load.h"
#include "frozen/builtin.h"
#include "frozen/frozen.h"
#include "util/hash.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <string.h>

enum { KEY_MAX = 128, SHORT = 3, NEAR_MIN = 5 };

/* ---- folding ---- */

/* Blanks, dots, hyphens and apostrophes inside a name carry no meaning. */
static bool
is_joint(unsigned cp)
{
	if (cp < 0x80)
		return cp == ' ' || cp == '.' || cp == '-' || cp == '\'' || (cp >= '\t' && cp <= '\r');
	return utf8_is_space(cp) || cp == 0x2019 || cp == 0x2010 || cp == 0x2011;
}

/* A letter of a key, folded and without its accent. */
static size_t
fold_letter(unsigned cp, char *out)
{
	if (cp < 0x80) {
		*out = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
		return 1;
	}
	return utf8_encode(utf8_base(utf8_fold(cp, false)), out);
}

/* The key of a name: at most KEY_MAX bytes into `key`, their number, 0 if it does not fit; *letters its code points. */
static size_t
name_key(const char *s, size_t n, char *key, unsigned *letters)
{
	const char *end = s + n;
	size_t k = 0;
	unsigned cp;

	*letters = 0;
	while (s < end) {
		s += utf8_next(s, &cp);
		if (is_joint(cp))
			continue;
		if (k + 4 > KEY_MAX)
			return 0;
		k += fold_letter(cp, key + k);
		++*letters;
	}
	return k;
}

/* Are they the same letters, case included, whatever joints lie between? */
static bool
same_letters(const char *a, size_t na, const char *b)
{
	const char *ea = a + na, *eb = b + strlen(b);
	unsigned ca, cb;

	for (;;) {
		ca = cb = 0;
		while (a < ea && (a += utf8_next(a, &ca), is_joint(ca)))
			ca = 0;
		while (b < eb && (b += utf8_next(b, &cb), is_joint(cb)))
			cb = 0;
		if (ca != cb)
			return false;
		if (ca == 0)
			return true;
	}
}

/* ---- agencies ---- */

struct alias {
	uint64_t hash;			/* of the key */
	const struct agency *agency;
	const char *text;
	uint8_t key_len, letters;
	bool near;			/* may be the target of a near miss */
};
static struct {
	struct arena arena;
	struct facts_data data;
	struct alias *aliases;
	size_t n, cap;
	uint32_t *table;		/* index + 1 into aliases by hash; a power of two in size */
	size_t mask;
	uint64_t stems[512];		/* Bloom filter of the keys' beginnings at word ends, to stop early */
} registry;
static pthread_once_t registry_once = PTHREAD_ONCE_INIT;
const struct frozen_part frozen_registry = { "registry", &registry, sizeof registry };

static void
stem_add(uint64_t h)
{
	h = hash_mix(h);
	registry.stems[h >> 6 & 511] |= (uint64_t)1 << (h & 63);
}

static bool
stem_has(uint64_t h)
{
	h = hash_mix(h);
	return registry.stems[h >> 6 & 511] >> (h & 63) & 1;
}

/* Has it a word of capitals only, two to four of them? */
static bool
has_abbreviation(const char *s)
{
	unsigned capitals = 0, others = 0;

	for (;; s++) {
		if (*s >= 'A' && *s <= 'Z') {
			capitals++;
		} else if (*s != '\0' && *s != ' ' && *s != '-') {
			others++;
		} else {
			if (others == 0 && capitals >= 2 && capitals <= 4)
				return true;
			capitals = others = 0;
			if (*s == '\0')
				return false;
		}
	}
}

static void
alias_add(const struct agency *agency, const char *text)
{
	struct alias a = { .agency = agency, .text = text };
	const char *s = text, *end = text + strlen(text);
	uint64_t h = HASH_INIT;
	size_t k, i;

	while (s < end) {
		char part[4];
		unsigned cp;

		s += utf8_next(s, &cp);
		if (is_joint(cp)) {
			stem_add(h);	/* the key so far, at each joint */
			continue;
		}
		k = fold_letter(cp, part);
		for (i = 0; i < k; i++)
			h = hash_byte(h, (unsigned char)part[i]);
		a.key_len = (uint8_t)(a.key_len + k);
		a.letters++;
	}
	if (a.key_len == 0 || end - text > KEY_MAX - 4)
		return;
	stem_add(h);
	a.hash = hash_mix(h);
	a.near = !agency->no_near && a.letters >= NEAR_MIN && !has_abbreviation(text);
	XPUSH(registry.aliases, registry.n, registry.cap) = a;
}

static void
load_agencies(void)
{
	const struct builtin *file = builtin_find(FACTS_AGENCIES);
	const struct agency *a;
	const char *const *p;
	size_t size = 64, i, at;

	if (frozen_take(&frozen_registry))
		return;
	arena_init(&registry.arena);
	if (file != NULL)
		facts_read(&registry.data, &registry.arena, file->path, file->s, file->n, NULL);
	for (a = registry.data.agencies; a < registry.data.agencies + registry.data.nagencies; a++) {
		alias_add(a, a->name);
		for (p = a->aliases; *p != NULL; p++)
			alias_add(a, *p);
	}
	while (size < registry.n * 2)
		size *= 2;
	registry.table = xcalloc(size, sizeof *registry.table);
	registry.mask = size - 1;
	for (i = 0; i < registry.n; i++) {
		for (at = registry.aliases[i].hash & registry.mask; registry.table[at] != 0; at = (at + 1) & registry.mask)
			;
		registry.table[at] = (uint32_t)i + 1;
	}
}

/* The alias whose key hashes to `hash` and that s[0..n) may stand for. */
static const struct alias *
alias_find(uint64_t hash, const char *s, size_t n)
{
	char key[KEY_MAX], other[KEY_MAX];
	size_t at, k = 0;
	unsigned letters;

	for (at = hash & registry.mask; registry.table[at] != 0; at = (at + 1) & registry.mask) {
		const struct alias *a = &registry.aliases[registry.table[at] - 1];

		if (a->hash != hash)
			continue;
		if (k == 0 && (k = name_key(s, n, key, &letters)) == 0)
			return NULL;
		if (k == a->key_len && name_key(a->text, strlen(a->text), other, &letters) == k && memcmp(key, other, k) == 0 &&
		    (letters > SHORT || same_letters(s, n, a->text)))
			return a;
	}
	return NULL;
}

/* Bytes of a leading "the" with its blanks; 0 if none. */
static size_t
leading_the(const char *s, size_t n)
{
	return n > 4 && (s[0] == 'T' || s[0] == 't') && (s[1] == 'h' || s[1] == 'H') && (s[2] == 'e' || s[2] == 'E') &&
	    s[3] == ' ' ? 4 : 0;
}

const struct agency *
facts_agency(const char *s, size_t n)
{
	const struct alias *a;
	char key[KEY_MAX];
	unsigned letters;
	size_t k, the;

	pthread_once(&registry_once, load_agencies);
	if (n > 2 * KEY_MAX || (k = name_key(s, n, key, &letters)) == 0)
		return NULL;
	if ((a = alias_find(hash_bytes(key, k, HASH_INIT), s, n)) != NULL)
		return a->agency;
	if ((the = leading_the(s, n)) != 0 && k > 3)
		if ((a = alias_find(hash_bytes(key + 3, k - 3, HASH_INIT), s + the, n - the)) != NULL)
			return a->agency;
	return NULL;
}

static const struct alias *
prefix_find(const char *s, size_t n, size_t *len)
{
	const struct alias *best = NULL, *a;
	const char *p = s, *end = s + n;
	uint64_t h = HASH_INIT;
	size_t k = 0, i, step;
	unsigned cp, letters;
	char part[KEY_MAX];
	bool joint = true;

	while (p < end && k < KEY_MAX - 4) {
		step = utf8_next(p, &cp);
		if (is_joint(cp)) {
			if (cp == '\n' || (joint && k == 0))
				break;
			if (!joint && !stem_has(h))
				break;
			joint = true;
		} else if (utf8_word(p, end) != 0 || cp == '&' || cp == '@') {
			k += i = name_key(p, step, part, &letters);
			for (size_t j = 0; j < i; j++)
				h = hash_byte(h, (unsigned char)part[j]);
			joint = false;
		} else {
			break;
		}
		p += step;
		if (!joint && (p == end || utf8_word(p, end) == 0) && stem_has(h) &&
		    (a = alias_find(hash_mix(h), s, (size_t)(p - s))) != NULL) {
			best = a;
			*len = (size_t)(p - s);
		}
	}
	return best;
}

const struct agency *
facts_agency_prefix(const char *s, size_t n, size_t *len)
{
	const struct alias *a;
	size_t the;

	pthread_once(&registry_once, load_agencies);
	*len = 0;
	if ((a = prefix_find(s, n, len)) != NULL)
		return a->agency;
	if ((the = leading_the(s, n)) != 0 && (a = prefix_find(s + the, n - the, len)) != NULL) {
		*len += the;
		return a->agency;
	}
	return NULL;
}

static const struct agency *
by_canonical(const char *name)
{
	const struct agency *a = facts_agency(name, strlen(name));

	return a != NULL && strcmp(a->name, name) == 0 ? a : NULL;
}

bool
facts_agency_kin(const char *a, const char *b)
{
	const struct agency *x, *y;

	if (strcmp(a, b) == 0)
		return true;
	x = by_canonical(a);
	y = by_canonical(b);
	return (x != NULL && x->parent != NULL && strcmp(x->parent, b) == 0) ||
	    (y != NULL && y->parent != NULL && strcmp(y->parent, a) == 0) ||
	    (x != NULL && y != NULL && x->parent != NULL && y->parent != NULL && strcmp(x->parent, y->parent) == 0);
}

/* ---- as word lists ---- */

static struct { const char **names, **generators; } lists;
static pthread_once_t lists_once = PTHREAD_ONCE_INIT;
const struct frozen_part frozen_agency_lists = { "agency_lists", &lists, sizeof lists };

static void
load_lists(void)
{
	size_t i, n = 0, g = 0;

	if (frozen_take(&frozen_agency_lists))
		return;
	pthread_once(&registry_once, load_agencies);
	lists.names = xcalloc(registry.n + 1, sizeof *lists.names);
	lists.generators = xcalloc(registry.n + 1, sizeof *lists.generators);
	for (i = 0; i < registry.n; i++) {
		if (registry.aliases[i].near)
			lists.names[n++] = registry.aliases[i].text;
		if (registry.aliases[i].agency->kind == AGENCY_GENERATOR)
			lists.generators[g++] = registry.aliases[i].text;
	}
}

const char *const *
facts_agency_words(const char *name)
{
	pthread_once(&lists_once, load_lists);
	return strcmp(name, "agencies") == 0 ? lists.names : strcmp(name, "generators") == 0 ? lists.generators : NULL;
}
