/* names: a person's surname spelled in two ways.
 *
 *	<names endings="s n">
 *		<beside><terms list="en/speech-verbs"/></beside>		Kessel said
 *		<before><terms list="en/person-titles"/></before>		President Kessel
 *	</names>
 *
 * What stands next to such a word is a name: words with capitals, of which the last is the surname and the first, where there are two,
 * the first name.  Two surnames are one in two spellings where they are the same but for accents, or one letter is put in, left out,
 * changed or has changed its place.  Two people may well be called nearly the same; but then both are introduced by their first names,
 * and these differ.  So one of the two must have a first name, and the other none, or the same.
 *
 * Names are gathered beside the hits alone.  Only where two of them are alike is the whole text read once more for first names. */
#include "alike.h"
#include "analysis/analysis.h"
#include "check.h"
#include "facts/facts.h"
#include "util/arena.h"
#include "util/xml.h"

#include <stdlib.h>
#include <string.h>

enum {
	LEAST = 5,			/* characters of a surname: shorter ones are alike by chance */
	LONGEST = 32,
	NAMES = 256,			/* surnames of an article that are compared: a bound, since each is held against each */
	GIVEN = 8,			/* first names kept of one */
	SPAN = 6,			/* words of a name */
	LONG_WORD = 80,			/* bytes: a longer word is none */
	NOTES = 10
};

struct names {
	struct finder *beside, *before;
	const char *const *endings;	/* what makes another word of a word: Kessels, Kesseln; NULL at the end */
};

/* A name as it stands in the text; empty ranges for what is not there.  Of "Ada Mia Brandt" the first of its words and the last before the
 * surname: in "State Ada Brandt" only the latter is a first name. */
struct name { struct range given, middle, surname; };

struct spelling {
	const char *s;			/* as first written */
	size_t n;
	unsigned folded[LONGEST];	/* small letters without accents */
	size_t nfolded;
	struct range at;		/* where it first stands in the text, `all` of the places */
	uint32_t count;
	struct range more[NOTES];
	struct range given[GIVEN];
	unsigned ngiven;
	bool alike;			/* another one is spelled nearly so */
	uint32_t first;			/* how often it stands before another word with a capital, as a first name does, or the Kessel Fund */
	bool common;			/* it stands in small letters, too */
};

static void *
names_compile(struct rule_build *b, const struct node *el)
{
	struct names *d = ARENA_NEW(rule_arena(b), struct names);
	const char *endings = rule_attr(b, el, "endings", "");
	const char **list;
	size_t n = 0;

	rule_known_attrs(b, el, "endings");
	rule_known_children(b, el, "beside before");
	for (const struct node *child = el->first; child != NULL; child = child->next) {
		struct finder **f = strcmp(child->name, "beside") == 0 ? &d->beside : &d->before;

		if (*f != NULL) {
			rule_error(b, child, NULL, "'names' has one of these at most");
			return NULL;
		}
		if ((*f = rule_finder(b, child, child->name)) == NULL)
			return NULL;
	}
	if (d->beside == NULL && d->before == NULL) {
		rule_error(b, el, NULL, "'names' without 'beside' and 'before', expected what tells that a name stands there");
		return NULL;
	}
	list = ARENA_ARRAY(rule_arena(b), const char *, strlen(endings) / 2 + 2);
	while (*(endings += strspn(endings, " ")) != '\0') {
		list[n++] = arena_strndup(rule_arena(b), endings, strcspn(endings, " "));
		endings += strcspn(endings, " ");
	}
	d->endings = list;
	return d;
}

/* ---- names in the text ---- */

/* Bytes of the word at s; an apostrophe or hyphen within it belongs to it. */
static uint32_t
word_length(const char *s, const char *end)
{
	const char *at = s;

	while (at < end) {
		size_t n = utf8_word(at, end), mark = 0;

		if (n == 0 && at > s) {
			if (*at == '\'' || *at == '-')
				mark = 1;
			else if (end - at >= 3 && memcmp(at, "’", 3) == 0)
				mark = 3;
			if (mark > 0)
				n = utf8_word(at + mark, end);
		}
		if (n == 0)
			break;
		at += mark + n;
	}
	return (uint32_t)(at - s);
}

/* A possessive is none of the name's letters. */
static uint32_t
without_possessive(const char *s, uint32_t n)
{
	if (n > 2 && s[n - 1] == 's' && s[n - 2] == '\'')
		return n - 2;
	return n > 4 && s[n - 1] == 's' && memcmp(s + n - 4, "’", 3) == 0 ? n - 4 : n;
}

/* With a capital, but most of it in small letters: Kessel, DeVos; not NATO, TUESDAY, McKESSEL. */
static bool
is_name_word(const char *s, uint32_t n)
{
	const char *end = s + n;
	uint32_t capitals = 0, small = 0;
	unsigned cp;

	utf8_next(s, &cp);
	if (n == 0 || !utf8_is_upper(cp))
		return false;
	while (s < end) {
		s += utf8_next(s, &cp);
		capitals += utf8_is_upper(cp);
		small += utf8_is_lower(cp);
	}
	return capitals <= small;
}

static bool
is_initial(const char *s, uint32_t n, const char *end)
{
	unsigned cp;

	return n > 0 && utf8_next(s, &cp) == n && utf8_is_upper(cp) && s + n < end && s[n] == '.';
}

/* A small word within a name; those that names of places have, too, are frequent words of the language: of, the, and. */
static bool
is_particle(const struct language *l, const char *s, uint32_t n)
{
	return facts_in_list(l, LIST_NAME_PARTICLES, s, n) && !facts_in_list(l, LIST_STOPWORDS, s, n);
}

/* The name that begins at `at` within the block, titles before it left out; false if none does. */
static bool
read_name(const struct check_ctx *c, const struct block *b, uint32_t at, struct name *out)
{
	const struct language *l = c->analysis->language;
	const char *s = c->article->text.s, *end = s + b->at.z;
	unsigned words = 0;

	memset(out, 0, sizeof *out);
	for (unsigned i = 0; i < 2 * SPAN && at < b->at.z; i++) {
		uint32_t n = word_length(s + at, end), bare = without_possessive(s + at, n);
		bool stop = at + n < b->at.z && s[at + n] == '.';

		if (n == 0)
			break;
		if (facts_in_list(l, LIST_PERSON_TITLES, s + at, n)) {
			words = 0;
			memset(out, 0, sizeof *out);
			at += n + stop;
		} else if (is_initial(s + at, n, end)) {
			if (words++ == 0)
				out->given = (struct range){at, at + n};
			at += n + 1;
		} else if (is_name_word(s + at, bare)) {
			if (words++ == 0)
				out->given = (struct range){at, at + bare};
			out->middle = out->surname;
			out->surname = (struct range){at, at + bare};
			at += n;
			if (bare != n)
				break;
		} else if (words > 0 && is_particle(l, s + at, n)) {
			at += n;
		} else {
			break;
		}
		if (at >= b->at.z || s[at] != ' ')
			break;
		at++;
	}
	if (range_len(out->surname) == 0)
		return false;
	if (out->given.a == out->surname.a)
		out->given.z = out->given.a;
	return true;
}

/* Where the words with capitals begin that end at `at`; `at` itself if the word before has none. */
static uint32_t
name_start(const struct check_ctx *c, const struct block *b, uint32_t at)
{
	const struct language *l = c->analysis->language;
	const char *s = c->article->text.s;
	uint32_t from = at, end = at;

	for (unsigned i = 0; i < SPAN; i++) {
		uint32_t a = end;

		if (a > b->at.a && s[a - 1] == '.' && i > 0)
			a--;		/* J. Kessel, Sen. Kessel; but a stop behind a long word ends the sentence */
		while (a > b->at.a && end - a < LONG_WORD && s[a - 1] != ' ' && !strchr(",.;:!?()[]\"", s[a - 1]))
			a--;
		while (a < end && word_length(s + a, s + end) == 0)
			a++;		/* marks of quotation */
		if (a >= end || (s[end - 1] == '.' && end - a > 5) || (i > 0 && without_possessive(s + a, end - a) != end - a))
			break;
		if (is_name_word(s + a, word_length(s + a, s + end)) || is_initial(s + a, word_length(s + a, s + end), s + end))
			from = a;
		else if (!is_particle(l, s + a, end - a))
			break;
		if (a <= b->at.a || s[a - 1] != ' ')
			break;
		end = a - 1;
	}
	return from;
}

/* ---- spellings ---- */

struct spellings {
	struct spelling *v[NAMES];
	size_t n;
};

static size_t
fold(const char *s, size_t n, unsigned *out)
{
	const char *end = s + n;
	size_t k = 0;

	while (s < end && k < LONGEST) {
		unsigned cp;

		s += utf8_next(s, &cp);
		out[k++] = cp == 0x2019 ? '\'' : utf8_base(cp);
	}
	return k;
}

/* The same letters, whatever the apostrophes. */
static bool
same_letters(const char *a, size_t n, const char *b, size_t m)
{
	const char *ea = a + n, *eb = b + m;

	while (a < ea && b < eb) {
		unsigned x, y;

		a += utf8_next(a, &x);
		b += utf8_next(b, &y);
		if (x != y && !((x == '\'' && y == 0x2019) || (x == 0x2019 && y == '\'')))
			return false;
	}
	return a == ea && b == eb;
}

static struct spelling *
spelling_of(const struct spellings *all, const char *s, size_t n)
{
	for (size_t i = 0; i < all->n; i++)
		if (same_letters(all->v[i]->s, all->v[i]->n, s, n))
			return all->v[i];
	return NULL;
}

static void
gather(struct check_ctx *c, struct spellings *all, const struct name *name)
{
	const struct language *l = c->analysis->language;
	const char *s = text_at(&c->article->text, name->surname);
	size_t n = range_len(name->surname);
	struct spelling *new;
	unsigned folded[LONGEST];
	size_t k = fold(s, n, folded);

	if (k < LEAST || k == LONGEST || all->n == NAMES || facts_in_list(l, LIST_WEEKDAYS, s, n) || facts_in_list(l, LIST_MONTHS, s, n) ||
	    spelling_of(all, s, n) != NULL)
		return;
	new = all->v[all->n++] = ARENA_NEW(c->arena, struct spelling);
	new->s = s;
	new->n = n;
	new->nfolded = k;
	memcpy(new->folded, folded, sizeof folded);
}

static void
gather_at(struct check_ctx *c, struct spellings *all, const struct finder *f, bool both_sides)
{
	const char *s = c->article->text.s;
	size_t n;
	const struct hit *hits = f != NULL ? check_hits(c, f, &n) : (n = 0, NULL);

	for (size_t i = 0; i < n; i++) {
		const struct block *b;
		struct range at = hits[i].at;
		struct name name;

		if (hits[i].block == UINT32_MAX)
			continue;
		b = &c->article->blocks[hits[i].block];
		if (at.z < b->at.z && s[at.z] == '.' && !both_sides)
			at.z++;
		if (at.z + 1 < b->at.z && s[at.z] == ' ' && read_name(c, b, at.z + 1, &name))
			gather(c, all, &name);
		if (both_sides && at.a > b->at.a + 1 && s[at.a - 1] == ' ') {
			uint32_t start = name_start(c, b, at.a - 1);

			if (start < at.a - 1 && read_name(c, b, start, &name) && name.surname.z == at.a - 1)
				gather(c, all, &name);
		}
	}
}

/* ---- alike ---- */

/* One letter put in, left out, changed, or two that changed places; or none, where only accents or capitals differ. */
static bool
one_slip(const unsigned *a, size_t n, const unsigned *b, size_t m)
{
	size_t i = 0, j = 0;

	if (n > m)
		return one_slip(b, m, a, n);
	if (m - n > 1)
		return false;
	while (i < n && a[i] == b[i])
		i++;
	while (j < n - i && a[n - 1 - j] == b[m - 1 - j])
		j++;
	if (n != m)
		return i + j == n;
	return i + j + 1 >= n || (i + j + 2 == n && a[i] == b[i + 1] && a[i + 1] == b[i]);
}

/* Is the longer one the shorter with an ending? */
static bool
has_ending(const struct names *d, const struct spelling *a, const struct spelling *b)
{
	if (a->nfolded > b->nfolded)
		return has_ending(d, b, a);
	for (const char *const *e = d->endings; *e != NULL; e++) {
		size_t n = strlen(*e), k;

		if (a->nfolded + n != b->nfolded || memcmp(a->folded, b->folded, a->nfolded * sizeof a->folded[0]) != 0)
			continue;
		for (k = 0; k < n && b->folded[a->nfolded + k] == (unsigned char)(*e)[k]; k++)
			;
		if (k == n)
			return true;
	}
	return false;
}

static bool
is_alike(const struct names *d, const struct spelling *a, const struct spelling *b)
{
	return a->folded[0] == b->folded[0] && one_slip(a->folded, a->nfolded, b->folded, b->nfolded) && !has_ending(d, a, b);
}

/* May it be one person's first name: the same, with a slip, or the beginning of the other? */
static bool
same_given(const struct text *t, struct range a, struct range b)
{
	unsigned x[LONGEST], y[LONGEST];
	size_t n = fold(text_at(t, a), range_len(a), x), m = fold(text_at(t, b), range_len(b), y), less = n < m ? n : m;

	return memcmp(x, y, less * sizeof x[0]) == 0 || (less > 3 && one_slip(x, n, y, m));
}

/* One without a first name that stands before a capital may be one itself. */
static bool
is_surname(const struct spelling *p)
{
	return !p->common && (p->ngiven > 0 ? p->first * 2 <= p->count : p->first == 0);
}

/* Is it one person?  Somebody who is introduced, and somebody who is not or has the same first name. */
static bool
is_one(const struct text *t, const struct spelling *a, const struct spelling *b)
{
	if (!is_surname(a) || !is_surname(b) || a->ngiven + b->ngiven == 0)
		return false;
	if (a->ngiven == 0 || b->ngiven == 0)
		return true;
	for (unsigned i = 0; i < a->ngiven; i++)
		for (unsigned k = 0; k < b->ngiven; k++)
			if (same_given(t, a->given[i], b->given[k]))
				return true;
	return false;
}

/* ---- the whole text ---- */

static void
add_given(const struct text *t, struct spelling *p, struct range given)
{
	for (unsigned i = 0; i < p->ngiven; i++)
		if (same_given(t, p->given[i], given))
			return;
	if (range_len(given) > 0 && p->ngiven < GIVEN)
		p->given[p->ngiven++] = given;
}

static void
count_place(const struct check_ctx *c, struct spelling *p, struct range word, const struct name *name)
{
	const struct text *t = &c->article->text;

	if (p->count == 0)
		p->at = word;
	else if (p->count <= NOTES)
		p->more[p->count - 1] = word;
	p->count++;
	if (name == NULL || range_len(name->given) == 0)
		return;
	if (word.a < name->surname.a) {
		p->first += word.a == name->given.a;
		return;
	}
	add_given(t, p, name->given);
	add_given(t, p, name->middle);
}

/* A word in small letters is no surname in capitals either. */
static void
mark_common(const struct spellings *all, const char *s, size_t n)
{
	unsigned folded[LONGEST];
	size_t k = fold(s, n, folded);

	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->nfolded == k && memcmp(folded, all->v[i]->folded, k * sizeof folded[0]) == 0)
			all->v[i]->common = true;
}

/* Each place of each spelling that is alike to another, and the first names there. */
static void
count_places(struct check_ctx *c, const struct spellings *all)
{
	const char *s = c->article->text.s;
	bool begins[256] = {false};		/* by the lowest byte of the first letter: most words begin in another way */

	for (size_t i = 0; i < all->n; i++)
		begins[all->v[i]->folded[0] & 0xff] = true;
	for (size_t i = 0; i < c->article->nblocks; i++) {
		const struct block *b = &c->article->blocks[i];
		uint32_t at = b->at.a, n;
		unsigned cp;

		if (!(KIND(b->kind) & c->rule->scope))
			continue;
		for (; at < b->at.z; at += n) {
			struct range word;
			struct name name;
			struct spelling *p;

			if ((n = word_length(s + at, s + b->at.z)) == 0) {
				n = (uint32_t)utf8_next(s + at, &cp);
				continue;
			}
			utf8_next(s + at, &cp);
			if (!begins[utf8_base(cp) & 0xff])
				continue;
			word = (struct range){at, at + without_possessive(s + at, n)};
			if ((p = spelling_of(all, s + at, range_len(word))) != NULL)
				count_place(c, p, word, read_name(c, b, name_start(c, b, word.z), &name) ? &name : NULL);
			else if (utf8_is_lower(cp))
				mark_common(all, s + at, range_len(word));
		}
	}
}

static void
report_pair(struct check_ctx *c, const struct spelling *p, const struct spelling *other)
{
	struct report_note notes[1 + NOTES] = {{.at = other->at, .message = "the other spelling is here"}};
	struct report r = {.at = p->at, .certainty = SURE, .notes = notes, .nnotes = 1};

	for (uint32_t i = 1; i < p->count && i <= NOTES; i++)
		notes[r.nnotes++].at = p->more[i - 1];
	report_arg(&r, "other", other->s, other->n);
	report_number(&r, c, "count", p->count);
	report_number(&r, c, "other-count", other->count);
	check_report(c, &r);
}

static void
names_run(struct check_ctx *c, const void *data)
{
	const struct names *d = data;
	struct spellings all = {.n = 0}, alike = {.n = 0};

	gather_at(c, &all, d->before, false);
	gather_at(c, &all, d->beside, true);
	for (size_t i = 0; i < all.n; i++)
		for (size_t k = i + 1; k < all.n; k++)
			if (is_alike(d, all.v[i], all.v[k]))
				all.v[i]->alike = all.v[k]->alike = true;
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i]->alike)
			alike.v[alike.n++] = all.v[i];
	if (alike.n == 0)
		return;
	count_places(c, &alike);
	for (size_t i = 0; i < alike.n; i++)
		for (size_t k = i + 1; k < alike.n; k++) {
			const struct spelling *a = alike.v[i], *b = alike.v[k];

			if (a->count == 0 || b->count == 0 || !is_alike(d, a, b) || !is_one(&c->article->text, a, b))
				continue;
			/* the rarer is the slip; of equals the later */
			if (a->count < b->count || (a->count == b->count && a->at.a > b->at.a))
				report_pair(c, a, b);
			else
				report_pair(c, b, a);
		}
}

static const struct param_doc params[] = {
	{"endings", "words", "what makes another word of a word, such as the s of Kessels: two names that differ in it are not compared"},
	{"<beside>", "finder", "words on either side of which a name stands: verbs of speech"},
	{"<before>", "finder", "words behind which a name stands: titles"},
	{NULL, NULL, NULL}
};
static const char *const placeholders[] = {"other", "count", "other-count", NULL};

const struct check check_names = {
	.name = "names",
	.doc = "A person's surname in two spellings that differ in a letter, in accents or in capitals.  Both must stand beside a word that tells"
	    " a name; one of them has a first name, and the other none or the same.  The rarer one is reported.",
	.params = params,
	.placeholders = placeholders,
	.note = "here too",
	.compile = names_compile,
	.run = names_run,
};
