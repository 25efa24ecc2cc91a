/* The check `terms`: words and phrases, with what to write instead; or, with near=, misspellings of them.
 *
 * near="2" turns it round: reported is what is no listed word but within a slip of one (Damerau distance 1, from seven letters
 * on as many as near says).  Words are compared that begin with the same letter or have the same second one, so a long
 * list costs little. */
#include "check.h"

#include "facts/facts.h"
#include "util/arena.h"
#include "util/str.h"
#include "util/utf8.h"
#include "util/xml.h"

#include <stdint.h>
#include <string.h>

enum { NEAR_MIN_LETTERS = 5, NEAR_LONG = 7, NEAR_WORDS = 4 };

struct near_word {
	const char *s;
	size_t n, letters;
	unsigned words;
	unsigned first, second;		/* its first two letters, folded */
	uint64_t set;			/* a bit for each of its characters, folded, by its last six bits */
};

struct terms {
	struct finder *finder;		/* NULL with near= */
	unsigned near;
	bool agencies;			/* with near=: the list is that of the agencies */
	struct near_word *list;
	size_t n;
	kind_set brackets;		/* with near=: blocks in which only what stands in round brackets is compared */
	const char *joints;		/* with near=: words between which names stand alone ("via by and"); NULL: any words compare */
};

static unsigned
count_words(const char *s, size_t n, unsigned *first, unsigned *second, size_t *letters, uint64_t *set)
{
	const char *end = s + n;
	unsigned words = 0, cp, k = 0;
	bool in = false;

	*letters = 0;
	*first = *second = 0;
	*set = 0;
	while (s < end) {
		bool word = utf8_word(s, end) != 0;

		words += word && !in;
		in = word;
		s += utf8_next(s, &cp);
		++*letters;
		cp = utf8_fold(cp, false);
		*set |= (uint64_t)1 << (cp & 63);
		if (k < 2)
			*(k++ == 0 ? first : second) = cp;
	}
	return words;
}

static void
add_near(struct terms *t, const char *s)
{
	struct near_word *w = &t->list[t->n];

	w->s = s;
	w->n = strlen(s);
	w->words = count_words(s, w->n, &w->first, &w->second, &w->letters, &w->set);
	if (w->letters >= NEAR_MIN_LETTERS && w->words >= 1 && w->words <= NEAR_WORDS)
		t->n++;
}

static bool
compile_near(struct rule_build *b, const struct node *el, struct terms *t)
{
	const char *list = rule_attr(b, el, "list", NULL);
	const char *const *words = NULL;
	const struct node *child;
	size_t n = 0, i;

	t->near = (unsigned)rule_attr_int(b, el, "near", 1, 2, 1);
	t->agencies = strcmp(rule_attr(b, el, "list", ""), "agencies") == 0;
	t->brackets = rule_attr_scope(b, el, "brackets", 0);
	t->joints = rule_attr(b, el, "joints", NULL);
	if (list != NULL && (words = facts_words(list)) == NULL) {
		rule_error(b, el, "list", "unknown word list '%s'", list);
		return false;
	}
	for (i = 0; words != NULL && words[i] != NULL; i++)
		n++;
	for (child = el->first; child != NULL; child = child->next)
		n++;
	t->list = ARENA_ARRAY(rule_arena(b), struct near_word, n + 1);
	for (i = 0; words != NULL && words[i] != NULL; i++)
		add_near(t, words[i]);
	for (child = el->first; child != NULL; child = child->next)
		if (strcmp(child->name, "term") == 0)
			add_near(t, arena_strndup(rule_arena(b), child->text, child->text_len));
	if (t->n == 0)
		rule_error(b, el, NULL, "<terms near=> without a word of %d letters or more", NEAR_MIN_LETTERS);
	return t->n != 0;
}

static void *
compile(struct rule_build *b, const struct node *el)
{
	struct terms *t = ARENA_NEW(rule_arena(b), struct terms);

	rule_placeholder(b, "use");
	if (node_attr(el, "near") != NULL) {
		rule_known_attrs(b, el, "near list brackets joints");
		return compile_near(b, el, t) ? t : NULL;
	}
	t->finder = rule_finder(b, el, NULL);
	return t->finder != NULL ? t : NULL;
}

/* ---- near misses ---- */

/* The listed word that [s, s + n) misspells; NULL if it is one of them or near none. */
static const struct near_word *
near_miss(const struct terms *t, const char *s, size_t n)
{
	const struct near_word *w, *best = NULL;
	unsigned first, second, words, best_d = t->near + 1;
	size_t letters;
	uint64_t set;

	words = count_words(s, n, &first, &second, &letters, &set);
	/* the registry knows more spellings than the list holds: with other hyphens and blanks */
	if (letters < NEAR_MIN_LETTERS || (t->agencies && facts_agency(s, n) != NULL))
		return NULL;
	for (w = t->list; w < t->list + t->n; w++) {
		unsigned limit = w->letters >= NEAR_LONG ? t->near : 1, d;

		if (w->words != words || w->letters > letters + limit || letters > w->letters + limit
		    || (w->first != first && w->second != second && (w->first != second || w->second != first)))
			continue;
		/* a letter for another is two of the set, whatever their case; one more or less is one; a swap none */
		if ((unsigned)__builtin_popcountll(set ^ w->set) > 2 * limit)
			continue;
		d = str_distance(s, n, w->s, w->n, limit);
		if (d == 0 || str_folded_is(s, n, w->s))
			return NULL;
		if (d <= limit && d < best_d) {
			best = w;
			best_d = d;
		}
	}
	return best;
}

/* The end of the `k`-th word from a word start; NULL if the block has fewer, or brackets between them. */
static const char *
after_words(const char *s, const char *end, unsigned k)
{
	size_t n;

	while (k-- != 0) {
		while (s < end && (n = utf8_word(s, end)) != 0)
			s += n;
		if (k == 0)
			return s;
		if (s == end || *s != ' ')
			return NULL;
		s++;
		if (s == end || utf8_word(s, end) == 0)
			return NULL;
	}
	return s;
}

static void
report_near(struct check_ctx *c, const char *s, const char *z, const struct near_word *w)
{
	struct report r = { .certainty = SURE };

	r.at.a = (uint32_t)(s - c->article->text.s);
	r.at.z = (uint32_t)(z - c->article->text.s);
	report_arg(&r, "use", w->s, w->n);
	check_report(c, &r);
}

/* Any run of words that misspells a listed one. */
static void
near_words(struct check_ctx *c, const struct terms *t, const char *begin, const char *end)
{
	const char *s, *z;
	bool in = false;
	unsigned k, cp;
	size_t n;

	for (s = begin; s < end;) {
		bool starts = (n = utf8_word(s, end)) != 0 && !in;

		in = n != 0;
		if (!starts) {
			s += utf8_next(s, &cp);
			continue;
		}
		for (k = NEAR_WORDS; k >= 1; k--) {
			const struct near_word *w;

			z = after_words(s, end, k);
			if (z == NULL || (w = near_miss(t, s, (size_t)(z - s))) == NULL)
				continue;
			report_near(c, s, z, w);
			break;
		}
		s = after_words(s, end, 1);
		in = false;
	}
}

/* Does a name end here: punctuation other than a hyphen or dot inside a name, or a joining word after a blank?  *skip gets the
 * bytes to go on behind. */
static bool
name_ends(const struct terms *t, const char *s, const char *end, size_t *skip)
{
	const char *z;
	unsigned cp;
	size_t n;

	*skip = utf8_next(s, &cp);
	if (strchr("/|,;:()[]\"", *s) != NULL || cp == 0x2013 || cp == 0x2014)
		return true;
	if (*s != ' ')
		return false;
	if (end - s >= 3 && s[1] == '-' && s[2] == ' ') {
		*skip = 3;
		return true;
	}
	for (z = s + 1; z < end && (n = utf8_word(z, end)) != 0; z += n)
		;
	if (z == s + 1 || !str_in_list(s + 1, (size_t)(z - s - 1), t->joints))
		return false;
	*skip = (size_t)(z - s);
	return true;
}

/* Names that stand alone, as in a credit: "Jane Doe/Reutres via Gety Images". */
static void
near_names(struct check_ctx *c, const struct terms *t, const char *begin, const char *end)
{
	const char *s, *z;
	const struct near_word *w;
	size_t skip = 0;

	for (s = begin; s < end; s = z + skip) {
		for (z = s, skip = 0; z < end && !name_ends(t, z, end, &skip); z += skip)
			;
		if (z == end)
			skip = 0;
		while (s < z && (*s == ' ' || *s == '.'))
			s++;
		while (z > s && (z[-1] == ' ' || z[-1] == '.')) {
			z--;
			skip++;
		}
		if (s < z && (w = near_miss(t, s, (size_t)(z - s))) != NULL)
			report_near(c, s, z, w);
		if (z == end && skip == 0)
			break;
	}
}

static void
near_in(struct check_ctx *c, const struct terms *t, const char *begin, const char *end)
{
	if (t->joints != NULL)
		near_names(c, t, begin, end);
	else
		near_words(c, t, begin, end);
}

static void
near_in_block(struct check_ctx *c, const struct terms *t, const struct block *b)
{
	const char *s = text_at(&c->article->text, b->at), *end = s + range_len(b->at), *close;

	if (!(t->brackets & KIND(b->kind))) {
		near_in(c, t, s, end);
		return;
	}
	while ((s = memchr(s, '(', (size_t)(end - s))) != NULL) {
		close = memchr(s, ')', (size_t)(end - s));
		if (close == NULL)
			close = end;
		near_in(c, t, s + 1, close);
		s = close;
	}
}

static void
run(struct check_ctx *c, const void *data)
{
	const struct terms *t = data;
	size_t i;

	if (t->finder == NULL) {
		for (i = 0; i < c->article->nblocks; i++)
			if (KIND(c->article->blocks[i].kind) & c->rule->scope)
				near_in_block(c, t, &c->article->blocks[i]);
		return;
	}
	check_pattern.run(c, t->finder);
}

static const struct finder *
only(const void *data)
{
	const struct terms *t = data;

	return t->finder;
}

static const struct param_doc params[] = {
	{ "<term use=>", "word or phrase", "what is reported; use= is what to write instead, {use} in the message" },
	{ "<except>", "word or pattern=", "what it covers is not reported" },
	{ "case", "smart|fold|exact", "smart (default): a lower-case letter matches either case, a capital only itself" },
	{ "list", "name", "words from the facts: en/american, months, agencies ..." },
	{ "file", "path", "words from a file beside the rule file, one a line, # begins a comment" },
	{ "whole", "yes|no", "yes: only where they are all that the block or field says, but for a label and a date" },
	{ "near", "1|2", "report misspellings of the words and not the words" },
	{ "joints", "words", "with near: compare only names that stand alone between punctuation or these words" },
	{ "brackets", "kinds", "with near: in these blocks only what stands in round brackets is compared" },
	{ NULL, NULL, NULL }
};

static const char *const placeholders[] = { "use", NULL };

const struct check check_terms = {
	.name = "terms",
	.doc = "Reports words and phrases, with what to write instead; thousands of them cost what one costs.",
	.params = params,
	.placeholders = placeholders,
	.compile = compile,
	.run = run,
	.only = only,
};
