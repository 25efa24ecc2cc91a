/* The check `consistency`: of several forms of a thing an article uses one.
 *
 * Each <form> is a finder.  The form with the most hits is what the article does (of equals, the one that comes first); the first
 * hit of each other form is reported, its further hits are notes.  A fix writes all of them as the article mostly does. */
#include "analysis/analysis.h"
#include "check.h"

#include "util/arena.h"
#include "util/utf8.h"
#include "util/xml.h"

#include <stdlib.h>
#include <string.h>

enum { NOTES = 10 };

struct consistency {
	struct finder **forms;
	struct writing { const char *open, *close, *apostrophe; } *writes;	/* of each form: how it writes; NULL: not said */
	size_t n;
	size_t min_total;
};

/* marks="“”": the first character opens, the second closes. */
static bool
parse_marks(struct rule_build *b, const struct node *el, struct writing *w)
{
	const char *marks = rule_attr(b, el, "marks", NULL);
	unsigned cp;
	size_t n;

	w->apostrophe = rule_attr(b, el, "apostrophe", NULL);
	if (marks == NULL)
		return true;
	n = *marks != '\0' ? utf8_next(marks, &cp) : 0;
	if (n == 0 || marks[n] == '\0' || marks[n + utf8_next(marks + n, &cp)] != '\0') {
		rule_error(b, el, "marks", "expected two characters, what opens a quotation and what closes it");
		return false;
	}
	w->open = arena_strndup(rule_arena(b), marks, n);
	w->close = arena_strdup(rule_arena(b), marks + n);
	return true;
}

static void *
compile(struct rule_build *b, const struct node *el)
{
	struct consistency *d = ARENA_NEW(rule_arena(b), struct consistency);
	const struct node *child;
	size_t n = 0;

	rule_known_attrs(b, el, "min-total");
	rule_known_children(b, el, "form");
	d->min_total = (size_t)rule_attr_int(b, el, "min-total", 2, 1000000, 2);
	for (child = el->first; child != NULL; child = child->next)
		n += strcmp(child->name, "form") == 0;
	if (n < 2) {
		rule_error(b, el, NULL, "'consistency' compares forms; expected two <form> elements or more");
		return NULL;
	}
	d->forms = ARENA_ARRAY(rule_arena(b), struct finder *, n);
	d->writes = ARENA_ARRAY(rule_arena(b), struct writing, n);
	for (child = el->first; child != NULL; child = child->next) {
		const char *name;

		if (strcmp(child->name, "form") != 0)
			continue;
		name = rule_attr(b, child, "name", NULL);
		if (name == NULL)
			rule_error(b, child, NULL, "<form> without a name");
		else if (parse_marks(b, child, &d->writes[d->n]) && (d->forms[d->n] = rule_finder(b, child, name)) != NULL)
			d->n++;
	}
	return d->n == n ? d : NULL;
}

static int
by_place(const void *a, const void *b)
{
	const struct report_edit *x = a, *y = b;

	return x->at.a < y->at.a ? -1 : x->at.a > y->at.a;
}

/* The quotation at `at`, marks and all; quotations lie in the order of their beginnings. */
static const struct quotation *
quotation_at(struct check_ctx *c, struct range at)
{
	const struct analysis *an = c->analysis;
	size_t lo = 0, hi;

	analysis_quotations(c->analysis);
	for (hi = an->nquotations; lo < hi;) {
		size_t mid = (lo + hi) / 2;

		if (an->quotations[mid].at.a < at.a)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < an->nquotations && an->quotations[lo].at.a == at.a; lo++)
		if (an->quotations[lo].at.z == at.z && an->quotations[lo].closed)
			return &an->quotations[lo];
	return NULL;
}

/* What writes all hits as the other form does: the marks of quotations, apostrophes.  Nothing where there is one that it cannot write so. */
static void
rewrite(struct check_ctx *c, const struct writing *w, const struct hit *hits, size_t n, struct report *r)
{
	const struct text *t = &c->article->text;
	struct report_edit *edits = ARENA_ARRAY(c->arena, struct report_edit, n * 2);
	size_t k = 0;

	r->no_fix = true;
	for (size_t i = 0; i < n; i++) {
		unsigned cp;
		const struct quotation *q;

		if (w->apostrophe != NULL && utf8_next(text_at(t, hits[i].at), &cp) == range_len(hits[i].at)) {
			edits[k++] = (struct report_edit){ hits[i].at, w->apostrophe };
			continue;
		}
		if (w->open == NULL || (q = quotation_at(c, hits[i].at)) == NULL)
			return;
		edits[k++] = (struct report_edit){ { q->at.a, q->inside.a }, w->open };
		edits[k++] = (struct report_edit){ { q->inside.z, q->at.z }, w->close };
	}
	qsort(edits, k, sizeof *edits, by_place);
	r->no_fix = false;
	r->edits = edits;
	r->nedits = k;
}

static void
minority(struct check_ctx *c, const struct consistency *d, size_t form, size_t most, enum certainty certainty)
{
	size_t n, others, i;
	const struct hit *hits = check_hits(c, d->forms[form], &n), *other = check_hits(c, d->forms[most], &others);
	struct report_note notes[NOTES] = { { .message = NULL } };
	struct report r = { .certainty = certainty, .notes = notes };

	for (i = 1; i < n && i <= NOTES; i++) {
		notes[i - 1].at = hits[i].at;
		notes[i - 1].message = i < NOTES || n == NOTES + 1 ? NULL :
		    arena_printf(c->arena, "here, and in %zu more places", n - i - 1);
	}
	r.nnotes = i - 1;
	report_hit(&r, c, &hits[0]);
	report_arg(&r, "form", d->forms[form]->name, strlen(d->forms[form]->name));
	report_arg(&r, "other", d->forms[most]->name, strlen(d->forms[most]->name));
	report_arg(&r, "first", text_at(&c->article->text, other[0].at), range_len(other[0].at));
	report_number(&r, c, "count", n);
	report_number(&r, c, "other-count", others);
	if (c->rule->fix != NULL)
		rewrite(c, &d->writes[most], hits, n, &r);
	check_report(c, &r);
}

static void
run(struct check_ctx *c, const void *data)
{
	const struct consistency *d = data;
	size_t i, n, total = 0, most = 0, most_n = 0, forms = 0;
	uint32_t most_at = UINT32_MAX;

	for (i = 0; i < d->n; i++) {
		const struct hit *hits = check_hits(c, d->forms[i], &n);

		if (n == 0)
			continue;
		forms++;
		total += n;
		if (n > most_n || (n == most_n && hits[0].at.a < most_at)) {
			most = i;
			most_n = n;
			most_at = hits[0].at.a;
		}
	}
	for (i = 0; forms > 1 && i < d->n; i++) {
		check_hits(c, d->forms[i], &n);
		if (i != most && n != 0)
			minority(c, d, i, most, total >= d->min_total ? SURE : WEAK);
	}
}

static const struct param_doc params[] = {
	{ "min-total", "number", "with fewer hits in all the evidence is weak" },
	{ "<form name=>", "finder", "one of the forms: terms and patterns, scope= and quoted= of its own" },
	{ "<form marks=>", "two characters", "what opens and closes a quotation in this form; for a fix, where the hits of other forms are quotations" },
	{ "<form apostrophe=>", "characters", "the apostrophe of this form; for a fix, where the hits of other forms are single characters" },
	{ NULL, NULL, NULL }
};

static const char *const placeholders[] = { "form", "other", "first", "count", "other-count", NULL };

const struct check check_consistency = {
	.name = "consistency",
	.doc = "An article uses one of several forms; the rarer ones are reported, once each.",
	.params = params,
	.placeholders = placeholders,
	.note = "and here",
	.compile = compile,
	.run = run,
};
