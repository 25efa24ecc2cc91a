/* Cue words of a language, found in a line in one pass: a table by the hash of a cue's first word, made once a language. */
#include "classify_int.h"

#include "util/utf8.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum where { START, LINE, INSIDE, END };
static const struct { enum list_name list; enum where where; } lists[CUE_COUNT] = {
#define CUE(list, where) { LIST_##list, where },
#include "classify_cues.def"
#undef CUE
};

enum { BUCKETS = 4096, FURNITURE_MAX = 64 };
struct entry {
	const char *s;			/* the cue as the facts have it */
	uint32_t hash;			/* of its first word */
	uint8_t cue, number;		/* which list; which of the first FURNITURE_MAX of it */
	struct entry *next;
};
struct cues {
	const struct language *language;
	bool turkic;
	uint64_t begins[1024];		/* a bit for each hash of a first word: most words of a text end here */
	struct entry *buckets[BUCKETS];
	struct cues *next;
};

_Static_assert(CUE_COUNT <= 32, "a set of cues holds 32");

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct cues *made;		/* one a language met, kept to the end */

static inline size_t
next_folded(const char *s, const char *end, bool turkic, unsigned *cp)
{
	size_t k;

	if ((unsigned char)*s < 0x80) {
		*cp = (unsigned char)*s;
		if (*cp >= 'A' && *cp <= 'Z' && !(turkic && *cp == 'I'))
			*cp += 'a' - 'A';
		else if (*cp < 0x20)
			*cp = ' ';
		else if (*cp >= 'A' && *cp <= 'Z')
			*cp = utf8_fold(*cp, turkic);
		return 1;
	}
	k = utf8_decode(s, end, cp);
	if (*cp == 0x2019 || *cp == 0x2018)
		*cp = '\'';
	else if (*cp == 0xA0)
		*cp = ' ';
	else if (*cp != UTF8_BAD)
		*cp = utf8_fold(*cp, turkic);
	return k;
}

static inline bool
is_word(unsigned cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9') || (cp >= 0x80 && cp != 0xAB && cp != 0xBB &&
	    !(cp >= 0x2000 && cp < 0x2080) && !(cp >= 0x3000 && cp < 0x3040));
}

/* What a byte is in a word's hash: itself in lower case; 0 ends the word; DIGIT and WIDE need a closer look. */
enum { DIGIT = 1, WIDE = 2 };
static const uint8_t folded[256] = {
	['0' ... '9'] = DIGIT, [0x80 ... 0xFF] = WIDE,
#define LETTER(upper, lower) [upper] = lower, [lower] = lower,
	LETTER('A', 'a') LETTER('B', 'b') LETTER('C', 'c') LETTER('D', 'd') LETTER('E', 'e') LETTER('F', 'f') LETTER('G', 'g')
	LETTER('H', 'h') LETTER('I', 'i') LETTER('J', 'j') LETTER('K', 'k') LETTER('L', 'l') LETTER('M', 'm') LETTER('N', 'n')
	LETTER('O', 'o') LETTER('P', 'p') LETTER('Q', 'q') LETTER('R', 'r') LETTER('S', 's') LETTER('T', 't') LETTER('U', 'u')
	LETTER('V', 'v') LETTER('W', 'w') LETTER('X', 'x') LETTER('Y', 'y') LETTER('Z', 'z')
#undef LETTER
};

static inline uint32_t
add(uint32_t h, unsigned c)
{
	return (h ^ c) * 0x01000193u;
}

/* Hash of the word at s, folded; digits are all the same, so that # finds them.  *len: its bytes. */
static inline uint32_t
word_hash(const char *s, const char *end, bool turkic, size_t *len)
{
	uint32_t h = 0x811c9dc5u;
	const char *p = s;
	bool digit = false;

	while (p < end) {
		uint8_t f = folded[(unsigned char)*p];
		unsigned cp;
		size_t k;

		if (f > WIDE && !(turkic && f == 'i')) {
			h = add(h, f);
			digit = false;
			p++;
			continue;
		}
		if (f == 0)
			break;
		if (f == DIGIT) {
			if (!digit)
				h = add(h, '#');
			digit = true;
			p++;
			continue;
		}
		k = next_folded(p, end, turkic, &cp);
		if (!is_word(cp))
			break;
		h = add(h, cp);
		digit = false;
		p += k;
	}
	*len = (size_t)(p - s);
	return h ^ h >> 15;
}

/* Does the cue stand at s?  The bytes it takes, or 0. */
static size_t
cue_length(const char *cue, const char *s, const char *end, bool turkic)
{
	const char *p = s, *cue_end = cue + strlen(cue);
	unsigned want = 0, have = 0;

	while (cue < cue_end) {
		cue += next_folded(cue, cue_end, turkic, &want);
		if (p == end)
			return 0;
		if (want == '#') {
			if (*p < '0' || *p > '9')
				return 0;
			while (p < end && ((*p >= '0' && *p <= '9') || ((*p == '.' || *p == ',' || *p == ':') && p + 1 < end &&
			    p[1] >= '0' && p[1] <= '9')))
				p++;
			continue;
		}
		p += next_folded(p, end, turkic, &have);
		if (have != want)
			return 0;
		if (want == ' ')
			for (size_t k; p < end && (k = next_folded(p, end, turkic, &have), have == ' '); p += k)
				;
	}
	/* whole words only, as far as the cue ends with a word */
	if (p < end && is_word(want)) {
		next_folded(p, end, turkic, &have);
		if (is_word(have))
			return 0;
	}
	return (size_t)(p - s);
}

static void
add_cue(struct cues *c, const char *s, enum cue cue, size_t number)
{
	struct entry *e = xmalloc(sizeof *e);
	struct entry **bucket;
	char first[64];
	size_t len;
	uint32_t hash;

	/* a number at its start is found by the hash of any number */
	snprintf(first, sizeof first, "%s", s[0] == '#' ? "0" : s);
	hash = word_hash(first, first + strlen(first), c->turkic, &len);
	bucket = &c->buckets[hash % BUCKETS];
	c->begins[hash >> 6 & 1023] |= (uint64_t)1 << (hash & 63);
	if (len == 0) {
		free(e);
		return;
	}
	*e = (struct entry){ .s = s, .hash = hash, .cue = (uint8_t)cue, .number = (uint8_t)(number < FURNITURE_MAX ? number : FURNITURE_MAX - 1),
	    .next = *bucket };
	*bucket = e;
}

static struct cues *
make(const struct language *l)
{
	struct cues *c = xcalloc(1, sizeof *c);

	c->language = l;
	c->turkic = l->turkic_case;
	for (int i = 0; i < CUE_COUNT; i++) {
		const char *const *words = facts_list(l, lists[i].list);

		for (size_t k = 0; words[k] != NULL; k++)
			add_cue(c, words[k], (enum cue)i, k);
	}
	return c;
}

const struct cues *
cues_of(const struct language *l)
{
	struct cues *c;

	pthread_mutex_lock(&lock);
	for (c = made; c != NULL && c->language != l; c = c->next)
		;
	if (c == NULL) {
		c = make(l);
		c->next = made;
		made = c;
	}
	pthread_mutex_unlock(&lock);
	return c;
}

/* Nothing but punctuation from s on?  A whole line may end with a colon, dots or an arrow. */
static bool
only_marks(const char *s, const char *end)
{
	while (s < end) {
		unsigned cp;

		s += next_folded(s, end, false, &cp);
		if (is_word(cp))
			return false;
	}
	return true;
}

uint32_t
cues_find(const struct cues *c, const char *s, size_t n, size_t most, unsigned *distinct)
{
	const char *end = s + n, *p = s, *limit = most < n ? s + most : end;
	uint32_t found = 0;
	uint64_t furniture = 0;
	bool first = true;

	/* brackets, dashes, bullets before the first word */
	while (p < end) {
		unsigned cp;
		size_t k = next_folded(p, end, c->turkic, &cp);

		if (is_word(cp) && cp != 0x2022 && !(cp >= 0x25A0 && cp < 0x2600) && !(cp >= 0x2900 && cp < 0x2A00))
			break;
		if (cp == '"' || cp == '\'' || cp == 0x201C || cp == 0xAB || cp == 0x201E)
			first = false;	/* quoted words are nobody's label */
		p += k;
	}
	if (p < end && limit <= p)
		limit = p + 1;
	while (p < limit) {
		size_t len;
		uint32_t h = word_hash(p, end, c->turkic, &len);

		for (const struct entry *e = (c->begins[h >> 6 & 1023] >> (h & 63) & 1) != 0 ? c->buckets[h % BUCKETS] : NULL;
		    e != NULL; e = e->next) {
			size_t took;

			enum where where = lists[e->cue].where;

			if (e->hash != h)
				continue;
			if ((where == START || where == LINE) && !first)
				continue;
			if ((took = cue_length(e->s, p, end, c->turkic)) == 0)
				continue;
			if ((where == LINE || where == END) && !only_marks(p + took, end))
				continue;
			found |= (uint32_t)1 << e->cue;
			if (e->cue == CUE_FURNITURE_WORDS)
				furniture |= (uint64_t)1 << e->number;
		}
		first = false;
		p += len;
		while (p < limit) {
			uint8_t f = folded[(unsigned char)*p];
			unsigned cp;
			size_t k = 1;

			if (f != 0 && (f != WIDE || (k = next_folded(p, end, c->turkic, &cp), is_word(cp))))
				break;
			p += k;
		}
	}
	*distinct = 0;
	for (; furniture != 0; furniture &= furniture - 1)
		++*distinct;
	return found;
}
