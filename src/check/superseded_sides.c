/* The sides of a pair, for the check `superseded`: words, and the names and numbers among them. */
#include "check/superseded.h"

#include "util/str.h"

#include <string.h>

enum { LOOSE_MOST = 3 };		/* words in lower case between a name and what parts the pair */

/* ---- words ---- */

/* Is there more between two words than blanks, hyphens and the stop of an abbreviation? */
static bool
parts_words(const char *s, uint32_t a, uint32_t z)
{
	for (; a < z; a++) {
		unsigned char ch = (unsigned char)s[a];

		if (strchr(",;:()[]\"!?\n/", ch) != NULL || (ch == '-' && a + 1 < z && s[a + 1] == '-') ||
		    (ch == '-' && a > 0 && s[a - 1] == ' '))
			return true;
		if (ch == 0xE2 && z - a >= 3 && (unsigned char)s[a + 1] == 0x80 && (unsigned char)s[a + 2] >= 0x93)
			return true;	/* dashes and quotation marks */
	}
	return false;
}

/* The ending that an apostrophe parts from a word, by its bytes: 's, and in Turkish any. */
static uint32_t
ending(const struct language *l, const char *s, struct range at)
{
	uint32_t n = range_len(at);

	for (uint32_t i = at.a + 2; l->turkic_case && i + 1 < at.z; i++)
		if (s[i] == '\'' || (i + 3 < at.z && memcmp(s + i, "\xE2\x80\x99", 3) == 0))
			return at.z - i;
	if (n > 2 && (s[at.z - 1] == 's' || s[at.z - 1] == 'S')) {
		if (s[at.z - 2] == '\'')
			return 2;
		if (n > 4 && memcmp(s + at.z - 4, "\xE2\x80\x99", 3) == 0)
			return 4;
	}
	return 0;
}

/* A number written in digits: "3,287", "1.4".  Marks between groups of three digits do not count. */
static void
read_number(struct reading *r, struct word *word, struct token *t)
{
	const char *s = r->w.s;
	uint32_t end = r->w.end, at = word->at.a, run;
	uint64_t h = HASH_INIT;

	while (at < end && str_is_digit(s[at]))
		h = hash_byte(h, (unsigned char)s[at++]);
	while (at + 1 < end && (s[at] == ',' || s[at] == '.') && str_is_digit(s[at + 1])) {
		for (run = at + 1; run < end && str_is_digit(s[run]); run++)
			;
		if (run - at - 1 != 3)
			h = hash_byte(h, '.');
		for (at++; at < run; at++)
			h = hash_byte(h, (unsigned char)s[at]);
	}
	t->number = true;
	t->hash = h;
	t->at.z = at;
	t->sign = (at < end && s[at] == '%') || (t->at.a > 0 && s[t->at.a - 1] == '$') ||
	    (t->at.a >= 3 && memcmp(s + t->at.a - 3, "\xE2\x82\xAC", 3) == 0) || (t->at.a >= 2 && memcmp(s + t->at.a - 2, "\xC2\xA3", 2) == 0);
	r->w.at = at;
}

bool
superseded_next(struct reading *r, struct token *t)
{
	const char *s = r->w.s;
	struct word word;
	uint32_t cut;
	unsigned value;

	memset(t, 0, sizeof *t);
	if (!words_next(&r->w, &word))
		return false;
	t->at = word.at;
	t->hash = word.hash;
	t->parted = r->any && parts_words(s, r->last, word.at.a);
	for (cut = word.at.a; cut < word.at.z && str_is_digit(s[cut]); cut++)
		;
	if (cut == word.at.z) {
		read_number(r, &word, t);
	} else if ((value = facts_number(r->language, LIST_NUMBERS, s + word.at.a, range_len(word.at))) != 0) {
		char digits[8];
		size_t n = 0;

		t->number = true;
		t->hash = HASH_INIT;
		for (; value != 0 && n < sizeof digits; value /= 10)
			digits[n++] = (char)('0' + value % 10);
		while (n > 0)
			t->hash = hash_byte(t->hash, (unsigned char)digits[--n]);
	} else {
		t->capital = word_capital(s, word.at);
		if ((cut = ending(r->language, s, word.at)) != 0) {
			struct words w = { s, word.at.a, word.at.z - cut };

			if (words_next(&w, &word))
				t->hash = word.hash;
			t->at.z -= cut;
		}
	}
	r->any = true;
	r->last = t->at.z;
	return true;
}

struct reading
superseded_read(const struct check_ctx *c, struct range at)
{
	return (struct reading){ .c = c, .language = facts_language(c->lang), .w = words_of(&c->article->text, at) };
}

static bool
in_list(const struct reading *r, enum list_name list, const struct token *t)
{
	return facts_in_list(r->language, list, r->w.s + t->at.a, range_len(t->at));
}

/* ---- names and numbers ---- */

void
superseded_side(const struct check_ctx *c, struct range at, bool from_end, struct side *out)
{
	struct token t;

	out->n = 0;
	out->r = superseded_read(c, at);
	while (superseded_next(&out->r, &t)) {
		if (out->n == SIDE_MOST && !from_end)
			break;
		if (out->n == SIDE_MOST) {
			memmove(out->t, out->t + 1, (SIDE_MOST - 1) * sizeof t);
			out->n--;
		}
		out->t[out->n++] = t;
	}
}

static bool
is_strong(const struct side *s, size_t i)
{
	return i < s->n && (s->t[i].number || s->t[i].capital);
}

/* Does the word belong to the name or number whose next word is behind it: "Dar es Salaam"? */
static bool
joins(const struct side *s, size_t i)
{
	return i + 1 < s->n && !s->t[i].parted && !s->t[i + 1].parted && is_strong(s, i + 1) &&
	    (in_list(&s->r, LIST_NAME_PARTICLES, &s->t[i]) ||
	    (range_len(s->t[i].at) <= 2 && !in_list(&s->r, LIST_STOPWORDS, &s->t[i])));
}

/* The run of names and numbers about word i. */
static bool
take_core(const struct side *s, size_t i, struct core *out)
{
	size_t a = i, z = i + 1;

	memset(out, 0, sizeof *out);
	while (a > 0 && !s->t[a].parted) {
		if (is_strong(s, a - 1))
			a--;
		else if (a > 1 && joins(s, a - 1) && is_strong(s, a - 2))
			a -= 2;
		else
			break;
	}
	while (z < s->n && !s->t[z].parted) {
		if (is_strong(s, z))
			z++;
		else if (joins(s, z))
			z += 2;
		else
			break;
	}
	/* "The" of a sentence's beginning is no name */
	while (a < i && s->t[a].capital && in_list(&s->r, LIST_STOPWORDS, &s->t[a]))
		a++;
	if (z - a > CORE_MOST)
		return false;
	for (; a < z; a++) {
		out->t[out->n++] = s->t[a];
		out->has_number |= s->t[a].number;
	}
	if (out->n == 1 && out->has_number && z < s->n && !s->t[z].parted && !in_list(&s->r, LIST_STOPWORDS, &s->t[z])) {
		out->beside = s->t[z];
		out->counts = 1;
	}
	return true;
}

bool
superseded_first(const struct side *s, struct core *out)
{
	size_t i = 0;

	for (; i < s->n && i < LOOSE_MOST && !is_strong(s, i); i++)
		if (i != 0 && s->t[i].parted)
			return false;
	return is_strong(s, i) && !(i != 0 && s->t[i].parted) && take_core(s, i, out);
}

bool
superseded_last(const struct side *s, bool number, struct core *out)
{
	for (size_t i = s->n; i-- > 0;) {
		if (number ? s->t[i].number : s->t[i].capital && !in_list(&s->r, LIST_STOPWORDS, &s->t[i]))
			return take_core(s, i, out);
		if (!number && (s->n - i > LOOSE_MOST || s->t[i].parted))
			return false;
	}
	return false;
}

void
superseded_share(struct core *was, struct core *now)
{
	struct core *from = was->counts != 0 || was->n > 1 ? was : now, *to = from == was ? now : was;

	if (to->n != 1 || !to->has_number || to->counts != 0)
		return;
	if (from->counts != 0) {
		to->beside = from->beside;
		to->counts = from->counts;
	} else if (from->n >= 2 && from->t[from->n - 1].number) {
		to->beside = from->t[from->n - 2];
		to->counts = -1;
	} else if (from->n >= 2 && from->t[0].number) {
		to->beside = from->t[1];
		to->counts = 1;
	}
}
