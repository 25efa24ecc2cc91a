/* Cue words of a language, found in a line in one pass: a table by the hash of a cue's first word, made once a language. */
#include "classify/classify.h"
#include "classify/classify_int.h"

#include "frozen/frozen.h"
#include "util/utf8.h"
#include "util/words.h"
#include "util/xmalloc.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum where { START, LINE, INSIDE, END };
static const struct { enum list_name list; enum where where; } lists[CUE_COUNT] = {
#define CUE(list, where) { LIST_##list, where },
#include "classify/classify_cues.def"
#undef CUE
};

enum { BUCKETS = 1024, FURNITURE_MAX = 64 };
struct entry {
	const char *s;			/* the cue as the facts have it */
	uint64_t hash;			/* of its first word */
	uint8_t cue, number;		/* which list; which of the first FURNITURE_MAX of it */
	uint8_t second;			/* the letter that its second word begins with, folded; 0 if it is no such cue */
	struct entry *next;
};
/* Those that may begin anywhere, or at a line's first word. */
struct cue_table {
	uint64_t begins[512];		/* a bit for each hash of a first word: most words end here */
	struct entry *buckets[BUCKETS];
};
struct cues {
	const struct language *language;
	bool turkic;
	struct cue_table anywhere, at_first;
	struct entry *entries;
};

_Static_assert(CUE_COUNT <= 32, "a set of cues holds 32");

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct { struct cues *of[FACTS_LANGUAGES_MAX]; } made;		/* by the number of the language; kept to the end */
static bool thawed;
const struct frozen_part frozen_cues = { "cues", &made, sizeof made };

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

/* What the word at s is found by: its hash; numbers are all the same, so that # finds them. */
static uint64_t
word_key(const char *s, size_t n)
{
	char key[64];
	size_t k = 0;
	bool digit = false;

	for (size_t i = 0; i < n && k < sizeof key; i++) {
		bool is = s[i] >= '0' && s[i] <= '9';

		if (!(is && digit))
			key[k++] = is ? '0' : s[i];
		digit = is;
	}
	while (k != 0 && k == sizeof key && ((unsigned char)key[k - 1] & 0x80) != 0)
		k--;
	return words_hash(key, k);
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
add_entry(struct cue_table *t, struct entry *e)
{
	struct entry **bucket = &t->buckets[e->hash % BUCKETS];

	t->begins[e->hash >> 6 & 511] |= (uint64_t)1 << (e->hash & 63);
	e->next = *bucket;
	*bucket = e;
}

/* Adds the cue, with `e` for it. */
static void
add_cue(struct cues *c, struct entry e[2], const char *s, enum cue cue, size_t number)
{
	/* a number at its start is found by the hash of any number */
	const char *first = s[0] == '#' ? "0" : s, *end = first + strlen(first), *second;
	enum where where = lists[cue].where;
	size_t len = 0, k;

	while ((k = utf8_word(first + len, end)) != 0)
		len += k;
	e->s = s;
	e->hash = word_key(first, len);
	e->cue = (uint8_t)cue;
	e->number = (uint8_t)(number < FURNITURE_MAX ? number : FURNITURE_MAX - 1);
	if (len == 0)
		return;
	second = first + len;
	if (first == s && second + 1 < end && second[0] == ' ' && folded[(unsigned char)second[1]] > WIDE &&
	    !(c->turkic && (second[1] | 32) == 'i'))
		e->second = folded[(unsigned char)second[1]];
	e[1] = e[0];
	add_entry(&c->at_first, &e[0]);
	if (where == INSIDE || where == END)
		add_entry(&c->anywhere, &e[1]);
}

static struct cues *
make(const struct language *l)
{
	struct cues *c = xcalloc(1, sizeof *c);
	struct entry *e;
	size_t n = 0;

	c->language = l;
	c->turkic = l->turkic_case;
	for (int i = 0; i < CUE_COUNT; i++)
		for (const char *const *words = facts_list(l, lists[i].list); *words != NULL; words++)
			n++;
	c->entries = e = xcalloc(2 * n + 1, sizeof *e);
	for (int i = 0; i < CUE_COUNT; i++) {
		const char *const *words = facts_list(l, lists[i].list);

		for (size_t k = 0; words[k] != NULL; k++, e += 2)
			add_cue(c, e, words[k], (enum cue)i, k);
	}
	return c;
}

const struct cues *
cues_of(const struct language *l)
{
	unsigned n = facts_language_number(l);
	struct cues *c;

	pthread_mutex_lock(&lock);
	if (!thawed)
		frozen_take(&frozen_cues);
	thawed = true;
	c = made.of[n];
	if (c == NULL)
		c = made.of[n] = make(l);
	pthread_mutex_unlock(&lock);
	return c;
}

void
classify_prepare(const struct language *l)
{
	cues_of(l);
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

/* May the rest of the cue follow its first word, which ends at p?  By one letter. */
static inline bool
may_go_on(const struct entry *e, const char *p, const char *end)
{
	unsigned char blank, letter;

	if (e->second == 0 || end - p < 2)
		return true;
	blank = (unsigned char)p[0];
	letter = (unsigned char)p[1];
	if (blank > ' ' && blank < 0x80)
		return false;
	return blank != ' ' || letter <= ' ' || letter >= 0x80 || folded[letter] == e->second;
}

uint32_t
cues_find(const struct cues *c, const struct article *a, const char *s, size_t n, size_t most, unsigned *distinct)
{
	const char *text = a->text.s, *end = s + n, *p = s, *limit = most < n ? s + most : end;
	uint32_t found = 0;
	uint64_t furniture = 0;
	struct words_reader words;
	const struct words_run *w;
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
	article_words(a, (struct range){(uint32_t)(p - text), (uint32_t)(end - text)}, &words);
	for (; (w = words_read(&words)) != NULL && text + w->at < limit; first = false) {
		const struct cue_table *t = first ? &c->at_first : &c->anywhere;
		const char *word = text + w->at, *behind = word + w->n;
		uint64_t h = w->high || w->digit ? word_key(word, w->n) : w->hash;

		if ((t->begins[h >> 6 & 511] >> (h & 63) & 1) == 0)
			continue;
		for (const struct entry *e = t->buckets[h % BUCKETS]; e != NULL; e = e->next) {
			enum where where = lists[e->cue].where;
			size_t took;

			if (e->hash != h || !may_go_on(e, behind, end))
				continue;
			if ((took = cue_length(e->s, word, end, c->turkic)) == 0)
				continue;
			if ((where == LINE || where == END) && !only_marks(word + took, end))
				continue;
			found |= (uint32_t)1 << e->cue;
			if (e->cue == CUE_FURNITURE_WORDS)
				furniture |= (uint64_t)1 << e->number;
		}
	}
	*distinct = 0;
	for (; furniture != 0; furniture &= furniture - 1)
		++*distinct;
	return found;
}
