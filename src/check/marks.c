/* marks: quotation marks that are not those of the article's language.
 *
 * A quotation is judged by its pair: „ “ in English is neither of the outer pairs nor of the inner ones.  Straight marks belong to any
 * language.  One whose words are of another language keeps its marks; so may one whose words nobody can tell. */
#include "analysis/analysis.h"
#include "check.h"
#include "facts/facts.h"
#include "util/arena.h"
#include "util/utf8.h"

#include <string.h>

enum { NOTES = 10, PAIRS = 8 };

static void *
marks_compile(struct rule_build *b, const struct node *el)
{
	rule_known_attrs(b, el, "");
	rule_known_children(b, el, "");
	return ARENA_NEW(rule_arena(b), char);		/* there is nothing to say */
}

struct pair { struct range open, close; };

static bool
is_mark(const struct text *t, struct range at, const char *mark)
{
	return strlen(mark) == range_len(at) && memcmp(text_at(t, at), mark, range_len(at)) == 0;
}

/* Is the mark one of these pairs', at either end? */
static bool
occurs(const struct mark_pair *pairs, const struct text *t, struct range at)
{
	for (; pairs->open != NULL; pairs++)
		if (is_mark(t, at, pairs->open) || is_mark(t, at, pairs->close))
			return true;
	return false;
}

/* A mark of the language, or of what it is in another country: Switzerland's guillemets are no foreign marks in German.  A pair of the
 * language's own marks that do not belong together is for the check balance. */
static bool
is_native(const char *lang, const struct text *t, struct range at)
{
	const char *const *codes = facts_language_codes();
	size_t n = strcspn(lang, "-_");

	for (; *codes != NULL; codes++)
		if (strncmp(*codes, lang, n) == 0 && ((*codes)[n] == '\0' || (*codes)[n] == '-')) {
			const struct language *l = facts_language(*codes);

			if (occurs(l->outer, t, at) || occurs(l->inner, t, at))
				return true;
		}
	return false;
}

/* Marks that every keyboard has, and what is made of them, stand in every language. */
static bool
is_plain(const struct text *t, struct range at)
{
	return (unsigned char)t->s[at.a] < 0x80;
}

/* Do the words tell a language, and this one?  Votes of frequent words, as for the article. */
static bool
is_spoken(const struct article *a, struct range inside, const char *lang)
{
	const char *s = text_at(&a->text, inside), *end = s + range_len(inside);
	unsigned own = 0, votes[64] = { 0 }, most = 0;
	size_t n = strcspn(lang, "-_");

	while (s < end) {
		const char *from = s;
		uint64_t bits;
		unsigned cp;

		while (s < end && utf8_word(s, end) != 0)
			s += utf8_word(s, end);
		if (s == from) {
			s += utf8_next(s, &cp);
			continue;
		}
		bits = facts_voters(from, (size_t)(s - from));
		for (unsigned b = 0; b < 64; b++) {
			const char *voter = bits >> b & 1 ? facts_voter(b) : NULL;

			if (voter == NULL)
				continue;
			if (strncmp(voter, lang, n) == 0 && voter[n] == '\0')
				own++;
			else if (++votes[b] > most)
				most = votes[b];
		}
	}
	return own >= 2 && own > most;
}

/* The marks at the quotation's ends. */
static struct pair
pair_of(const struct quotation *q)
{
	return (struct pair){ { q->at.a, q->inside.a }, { q->inside.z, q->at.z } };
}

static const char *
expected_pair(struct check_ctx *c, const struct language *l, unsigned level)
{
	const struct mark_pair *p = level > 0 && l->inner[0].open != NULL ? l->inner : l->outer;

	return arena_printf(c->arena, "%s%s%s", p->open, l->space_inside ? " … " : "…", p->close);
}

/* Of the quotations that one rule looks at, those whose pair is foreign; the first of each pair is reported, the others are its notes. */
static void
marks_run(struct check_ctx *c, const void *data)
{
	struct analysis *an = c->analysis;
	const struct article *a = c->article;
	const struct text *t = &a->text;
	const struct language *l;
	struct found { struct report r; struct report_note notes[NOTES]; struct pair pair; } *found = NULL;
	size_t n = 0, k;

	(void)data;
	if (!facts_language_known(c->lang) || a->lang_certainty == WEAK)
		return;
	analysis_quotations(an);
	l = an->language;
	for (size_t i = 0; i < an->nquotations; i++) {
		const struct quotation *q = &an->quotations[i];
		struct pair p = pair_of(q);

		if (!q->closed || q->continues || q->continued || !(KIND(a->blocks[q->block].kind) & c->rule->scope) ||
		    range_len(p.open) == 0 || range_len(p.close) == 0 || is_plain(t, p.open) || is_plain(t, p.close) ||
		    is_native(c->lang, t, p.open) || !is_spoken(a, q->inside, c->lang))
			continue;
		for (k = 0; k < n; k++)
			if (range_len(found[k].pair.open) == range_len(p.open) && memcmp(text_at(t, found[k].pair.open), text_at(t, p.open),
			    range_len(p.open)) == 0)
				break;
		if (k == PAIRS)
			break;
		if (k == n) {
			const char *expected = expected_pair(c, l, q->level);

			if (found == NULL)
				found = ARENA_ARRAY(c->arena, struct found, PAIRS);
			found[n].pair = p;
			found[n].r = (struct report){ .at = p.open, .certainty = a->lang_certainty, .notes = found[n].notes };
			report_arg(&found[n].r, "expected", expected, strlen(expected));
			n++;
		} else if (found[k].r.nnotes < NOTES)
			found[k].notes[found[k].r.nnotes++].at = p.open;
	}
	for (k = 0; k < n; k++)
		check_report(c, &found[k].r);
}

static const struct param_doc params[] = { { NULL, NULL, NULL } };
static const char *const placeholders[] = { "expected", NULL };

const struct check check_marks = {
	.name = "marks",
	.doc = "Quotations whose marks are not those of the article's language, neither the outer nor the inner ones.  One whose words tell another"
	    " language, or none, keeps its marks.  Of each kind of mark the first is reported, the others are notes.",
	.params = params,
	.placeholders = placeholders,
	.note = "so here",
	.compile = marks_compile,
	.run = marks_run,
};
