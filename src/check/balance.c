/* balance: quotation marks that do not pair, as the analysis of the whole article understands them:
 *
 *	<balance fault="mismatched"/>		“We will stay," she said.
 *	<balance fault="unclosed unopened"/>	“We will stay, she said. */
#include "analysis/analysis.h"
#include "check.h"
#include "util/arena.h"

#include <string.h>

static const char *const fault_names[FAULT_COUNT] = {
	[FAULT_UNCLOSED] = "unclosed", [FAULT_UNOPENED] = "unopened", [FAULT_MISMATCHED] = "mismatched",
	[FAULT_REVERSED] = "reversed", [FAULT_SPACE_INSIDE] = "space-inside", [FAULT_CONTINUATION_OPEN] = "continuation-open",
	[FAULT_NESTED_SAME] = "nested-same", [FAULT_CONTINUATION_CLOSE] = "continuation-close",
};

/* "quotation mark “ ..." */
static const char *const problems[FAULT_COUNT] = {
	[FAULT_UNCLOSED] = "opens a quotation that never closes",
	[FAULT_UNOPENED] = "closes a quotation that never opened",
	[FAULT_MISMATCHED] = "closes what another kind of mark opened",
	[FAULT_REVERSED] = "stands the wrong way round",
	[FAULT_SPACE_INSIDE] = "has a blank just inside",
	[FAULT_CONTINUATION_OPEN] = "is missing where a running quotation goes on",
	[FAULT_NESTED_SAME] = "opens a quotation inside another of the same marks",
	[FAULT_CONTINUATION_CLOSE] = "closes a quotation that goes on in the next paragraph",
};

/* Of two marks that open and one that closes nobody knows which lacks its end: the second is reported, or the first where
 * words around it tell more. */
static const char opens_inside[] = "opens inside a quotation that has not closed";
static const char two_open[] = "is one of two that open where only one closes";

struct balance {
	bool wanted[FAULT_COUNT];
};

static void *
balance_compile(struct rule_build *b, const struct node *el)
{
	struct balance *d = ARENA_NEW(rule_arena(b), struct balance);
	const char *const *names;
	int f;

	rule_known_attrs(b, el, "fault");
	rule_known_children(b, el, "");
	names = rule_attr_names(b, el, "fault", "fault", fault_names, FAULT_COUNT);
	if (names == NULL)
		return NULL;
	for (; *names != NULL; names++)
		for (f = 0; f < FAULT_COUNT; f++)
			d->wanted[f] = d->wanted[f] || *names == fault_names[f];
	return d;
}

/* What would mend it in place of `at`; NULL where that takes a human being. */
static const char *
mend(const struct mark_problem *p)
{
	if (p->certainty == WEAK)
		return NULL;
	switch (p->fault) {
	case FAULT_MISMATCHED:
	case FAULT_REVERSED:
	case FAULT_CONTINUATION_OPEN:
		return p->expected;
	case FAULT_SPACE_INSIDE:
		return "";
	default:	/* a mark to be put somewhere, or both of a pair to be changed */
		return NULL;
	}
}

/* The quotation that the mark opens; NULL if none. */
static const struct quotation *
opened_at(const struct analysis *an, uint32_t at)
{
	size_t lo = 0, hi = an->nquotations;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (an->quotations[mid].at.a < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < an->nquotations && an->quotations[lo].at.a == at ? &an->quotations[lo] : NULL;
}

/* Both marks of a quotation within one of the same marks are to be changed: its words come along.  Not where marks of the kind that would
 * be put there may stand in it, as those of a further quotation. */
static void
mend_nested(struct check_ctx *c, const struct mark_problem *p, struct report *r)
{
	const struct analysis *an = c->analysis;
	const struct text *t = &c->article->text;
	const struct quotation *q = opened_at(an, p->at.a);
	const struct mark_pair *pair = an->language->inner;

	while (pair->open != NULL && strcmp(pair->open, p->expected) != 0)
		pair++;
	if (q == NULL || !q->closed || pair->open == NULL || p->certainty == WEAK)
		return;
	if (q + 1 < an->quotations + an->nquotations && q[1].at.a < q->at.z)
		return;
	r->fix_elsewhere = true;
	r->fix_at = q->at;
	r->fix_text = arena_printf(c->arena, "%s%.*s%s", pair->open, (int)range_len(q->inside), text_at(t, q->inside), pair->close);
}

/* ---- pairs that mix marks ---- */

/* A story whose marks were converted badly mixes the same two kinds all through: one cause, and one report from the fourth pair
 * on.  The first pair is reported, the others are notes. */
enum { PAIRS = 3, NOTES = 10, MIXES = 32 };	/* pairs reported each for itself; notes; kinds of pairs told apart */
struct mix {
	struct range open, close;	/* the first pair */
	size_t n, first;		/* how many there are; the first's problem */
	size_t noted;
	struct range more[NOTES];
	bool mendable;			/* all of them have a mend */
};
struct mixes {
	struct mix v[MIXES];
	size_t n;
};

static bool
same_bytes(const struct text *t, struct range a, struct range b)
{
	return range_len(a) == range_len(b) && memcmp(text_at(t, a), text_at(t, b), range_len(a)) == 0;
}

/* The pairs that mix the marks of this one; NULL if there are more kinds than are told apart. */
static struct mix *
mix_of(struct mixes *m, const struct text *t, const struct mark_problem *p)
{
	for (size_t i = 0; i < m->n; i++)
		if (same_bytes(t, m->v[i].open, p->partner) && same_bytes(t, m->v[i].close, p->at))
			return &m->v[i];
	if (m->n == MIXES)
		return NULL;
	m->v[m->n] = (struct mix){.open = p->partner, .close = p->at};
	return &m->v[m->n++];
}

static bool
is_asked(const struct check_ctx *c, const struct balance *d, const struct mark_problem *p)
{
	/* a pair that is written the other way round: the mark itself is the one that would be expected, so nothing can be said of it alone */
	if (p->fault == FAULT_REVERSED && p->expected != NULL && strlen(p->expected) == range_len(p->at) &&
	    memcmp(text_at(&c->article->text, p->at), p->expected, range_len(p->at)) == 0)
		return false;
	return d->wanted[p->fault] && (c->rule->scope == 0 || (KIND(c->article->blocks[p->block].kind) & c->rule->scope));
}

static void
count_mixes(const struct check_ctx *c, const struct balance *d, struct mixes *m)
{
	const struct analysis *an = c->analysis;

	for (size_t i = 0; i < an->nproblems; i++) {
		const struct mark_problem *p = &an->problems[i];
		struct mix *mix;

		if (p->fault != FAULT_MISMATCHED || !is_asked(c, d, p) || (mix = mix_of(m, &c->article->text, p)) == NULL)
			continue;
		if (mix->n == 0 || mend(p) == NULL)
			mix->mendable = mend(p) != NULL;
		if (mix->n++ == 0)
			mix->first = i;
		else if (mix->noted < NOTES)
			mix->more[mix->noted++] = p->at;
	}
}

/* ---- run ---- */

/* One report for all pairs of a mix has one fix for all of them. */
static void
mend_mix(struct check_ctx *c, const struct balance *d, struct mixes *m, const struct mix *mix, struct report *r)
{
	const struct analysis *an = c->analysis;
	struct report_edit *edits = ARENA_ARRAY(c->arena, struct report_edit, mix->n);

	for (size_t i = mix->first; i < an->nproblems && r->nedits < mix->n; i++) {
		const struct mark_problem *p = &an->problems[i];

		if (p->fault == FAULT_MISMATCHED && is_asked(c, d, p) && mix_of(m, &c->article->text, p) == mix)
			edits[r->nedits++] = (struct report_edit){ p->at, mend(p) };
	}
	r->edits = edits;
}

static void
report_problem(struct check_ctx *c, const struct balance *d, const struct mark_problem *p, struct mixes *mixes, const struct mix *mix)
{
	struct report_note notes[1 + NOTES] = {{.at = p->partner}};
	struct report r = {.at = p->at, .certainty = p->certainty, .notes = notes};
	struct range mark = p->at;
	const char *problem = problems[p->fault], *expected = p->expected != NULL ? p->expected : "";

	if (p->fault == FAULT_SPACE_INSIDE) {
		/* the blank is reported, the mark is what it stands at */
		mark = p->partner;
		r.at = mark.a == p->at.a ? (struct range){mark.z, p->at.z} : (struct range){p->at.a, mark.a};
	}
	report_arg(&r, "mark", text_at(&c->article->text, mark), range_len(mark));
	report_arg(&r, "expected", expected, strlen(expected));
	report_arg(&r, "partner", text_at(&c->article->text, p->partner), range_len(p->partner));
	report_arg(&r, "fault", fault_names[p->fault], strlen(fault_names[p->fault]));
	if (p->fault == FAULT_UNCLOSED && range_len(p->partner) > 0)
		problem = p->partner.a < p->at.a ? opens_inside : two_open;
	report_arg(&r, "problem", problem, strlen(problem));
	if (range_len(p->partner) > 0 && p->fault != FAULT_SPACE_INSIDE) {
		if (problem == opens_inside)
			notes[0].message = "opened here";
		r.nnotes = 1;
	}
	for (size_t i = 0; mix != NULL && i < mix->noted; i++) {
		notes[r.nnotes].at = mix->more[i];
		notes[r.nnotes++].message = i + 1 == NOTES && mix->n > NOTES + 1 ?
		    arena_printf(c->arena, "so here, and in %zu more places", mix->n - NOTES - 1) : "so here";
	}
	r.fix_text = mend(p);
	r.no_fix = mix != NULL ? !mix->mendable : r.fix_text == NULL;
	if (mix != NULL && mix->mendable && c->rule->fix != NULL)
		mend_mix(c, d, mixes, mix, &r);
	if (p->fault == FAULT_NESTED_SAME)
		mend_nested(c, p, &r);
	check_report(c, &r);
}

static void
balance_run(struct check_ctx *c, const void *data)
{
	const struct balance *d = data;
	const struct analysis *an = c->analysis;
	struct mixes mixes;

	analysis_quotations(c->analysis);
	mixes.n = 0;
	if (d->wanted[FAULT_MISMATCHED] && an->nproblems > PAIRS)
		count_mixes(c, d, &mixes);
	for (size_t i = 0; i < an->nproblems; i++) {
		const struct mark_problem *p = &an->problems[i];
		const struct mix *mix = NULL;

		if (!is_asked(c, d, p))
			continue;
		if (p->fault == FAULT_MISMATCHED && mixes.n > 0)
			mix = mix_of(&mixes, &c->article->text, p);
		if (mix != NULL && mix->n <= PAIRS)
			mix = NULL;
		if (mix == NULL || mix->first == i)
			report_problem(c, d, p, &mixes, mix);
	}
}

static const struct param_doc params[] = {
	{"fault", "words", "which faults: unclosed (opens and never closes), unopened (closes what never opened), mismatched (closed"
	    " by another kind than opened it), reversed (a closing mark opens or the other way round), space-inside (a blank just"
	    " inside), continuation-open (a running quotation's next paragraph lacks its opening mark), nested-same (a quotation"
	    " inside another of the same marks), continuation-close (closed at the end of a paragraph, though the next has nothing but"
	    " the speaker's further words)"},
	{NULL, NULL, NULL}
};
static const char *const placeholders[] = {"mark", "expected", "partner", "fault", "problem", NULL};

const struct check check_balance = {
	.name = "balance",
	.doc = "Quotation marks that do not pair, by the habits of the article's language: apostrophes, inches and quotations that run"
	    " over several paragraphs are understood. Where more than three pairs of an article mix the same two marks, the first is"
	    " reported and the others are notes; a fix mends them all.",
	.params = params,
	.placeholders = placeholders,
	.note = "the mark it belongs to is here",
	.compile = balance_compile,
	.run = balance_run,
};
