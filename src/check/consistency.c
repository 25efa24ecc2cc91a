/* The check `consistency`: of several forms of a thing an article uses one.
 *
 * Each <form> is a finder.  The form with the most hits is what the article does (of equals, the one that comes first); the first
 * hit of each other form is reported, its further hits are notes. */
#include "check.h"

#include "util/arena.h"
#include "util/xml.h"

#include <string.h>

enum { NOTES = 10 };

struct consistency {
	struct finder **forms;
	size_t n;
	size_t min_total;
};

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
	for (child = el->first; child != NULL; child = child->next) {
		const char *name;

		if (strcmp(child->name, "form") != 0)
			continue;
		name = rule_attr(b, child, "name", NULL);
		if (name == NULL)
			rule_error(b, child, NULL, "<form> without a name");
		else if ((d->forms[d->n] = rule_finder(b, child, name)) != NULL)
			d->n++;
	}
	return d->n == n ? d : NULL;
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
