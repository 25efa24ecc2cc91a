/* balance: quotation marks that do not pair, as the analysis of the whole article understands them:
 *
 *	<balance fault="mismatched"/>		“We will stay," she said.
 *	<balance fault="unclosed unopened"/>	“We will stay, she said. */
#include "analysis.h"
#include "check.h"
#include "util/arena.h"

#include <string.h>

static const char *const fault_names[FAULT_COUNT] = {
	[FAULT_UNCLOSED] = "unclosed", [FAULT_UNOPENED] = "unopened", [FAULT_MISMATCHED] = "mismatched",
	[FAULT_REVERSED] = "reversed", [FAULT_SPACE_INSIDE] = "space-inside", [FAULT_CONTINUATION_OPEN] = "continuation-open",
	[FAULT_NESTED_SAME] = "nested-same",
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

static void
balance_run(struct check_ctx *c, const void *data)
{
	const struct balance *d = data;
	struct analysis *an = c->analysis;

	analysis_quotations(an);
	for (size_t i = 0; i < an->nproblems; i++) {
		const struct mark_problem *p = &an->problems[i];
		struct report_note note = {p->partner, NULL};
		struct report r = {.at = p->at, .certainty = p->certainty};
		struct range mark = p->at;
		const char *problem = problems[p->fault], *expected = p->expected != NULL ? p->expected : "";

		if (!d->wanted[p->fault] || (c->rule->scope != 0 && !(KIND(c->article->blocks[p->block].kind) & c->rule->scope)))
			continue;
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
				note.message = "opened here";
			r.notes = &note;
			r.nnotes = 1;
		}
		r.fix_text = mend(p);
		check_report(c, &r);
	}
}

static const struct param_doc params[] = {
	{"fault", "words", "which faults: unclosed (opens and never closes), unopened (closes what never opened), mismatched (closed"
	    " by another kind than opened it), reversed (a closing mark opens or the other way round), space-inside (a blank just"
	    " inside), continuation-open (a running quotation's next paragraph lacks its opening mark), nested-same (a quotation"
	    " inside another of the same marks)"},
	{NULL, NULL, NULL}
};
static const char *const placeholders[] = {"mark", "expected", "partner", "fault", "problem", NULL};

const struct check check_balance = {
	.name = "balance",
	.doc = "Quotation marks that do not pair, by the habits of the article's language: apostrophes, inches and quotations that run"
	    " over several paragraphs are understood.",
	.params = params,
	.placeholders = placeholders,
	.note = "the mark it belongs to is here",
	.compile = balance_compile,
	.run = balance_run,
};
