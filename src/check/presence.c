/* The check `presence`: so many of something, no fewer and no more.
 *
 * What counts are the hits of all its <any> children together, so that any of them satisfies a minimum of one:
 *
 *	<presence min="1" at="body-end"><any block="source"/><any field="provider"/></presence>
 *
 * It counts over the article, or anew in each paragraph (per="paragraph") or block (per="block") of the rule's scope. */
#include "check.h"

#include "util/arena.h"
#include "util/xml.h"

#include <stdlib.h>
#include <string.h>

enum per { PER_ARTICLE, PER_PARAGRAPH, PER_BLOCK };

struct presence {
	struct finder **any;
	size_t n;
	size_t min, max;
	enum per per;
	const char *at;
};

static void *
compile(struct rule_build *b, const struct node *el)
{
	struct presence *p = ARENA_NEW(rule_arena(b), struct presence);
	const struct node *child;
	size_t n = 0;
	int per;

	rule_known_attrs(b, el, "min max at per scope block part agency field kind quoted");
	p->min = (size_t)rule_attr_int(b, el, "min", 0, 1000000, 0);
	p->max = (size_t)rule_attr_int(b, el, "max", 0, 1000000, 1000000000);
	p->at = "body-end";
	per = rule_attr_choice(b, el, "per", "article paragraph block", PER_ARTICLE);
	if (per < 0)
		return NULL;
	p->per = (enum per)per;
	if (node_attr(el, "min") == NULL && node_attr(el, "max") == NULL) {
		rule_error(b, el, NULL, "'presence' says neither how many at least nor at most; expected min or max");
		return NULL;
	}
	if (!rule_attr_place(b, el, "paragraph-end", &p->at))
		return NULL;
	for (child = el->first; child != NULL; child = child->next)
		n += strcmp(child->name, "any") == 0;
	p->any = ARENA_ARRAY(rule_arena(b), struct finder *, n + 1);
	for (child = el->first; child != NULL; child = child->next)
		if (strcmp(child->name, "any") == 0 && (p->any[p->n] = rule_finder(b, child, NULL)) != NULL)
			p->n++;
	if (n == 0 && (p->any[p->n] = rule_finder(b, el, NULL)) != NULL)
		p->n++;
	return p->n != 0 ? p : NULL;
}

static int
by_place(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	return x->at.a != y->at.a ? (x->at.a < y->at.a ? -1 : 1) : 0;
}

/* All hits of all finders, in the order of what is reported: a group named `mark` may lie anywhere in its match. */
static struct hit *
gather(struct check_ctx *c, const struct presence *p, size_t *n)
{
	const struct hit *from;
	struct hit *all;
	size_t i, k;

	*n = 0;
	for (i = 0; i < p->n; i++) {
		check_hits(c, p->any[i], &k);
		*n += k;
	}
	if (*n == 0)
		return NULL;
	all = ARENA_ARRAY(c->arena, struct hit, *n);
	*n = 0;
	for (i = 0; i < p->n; i++) {
		from = check_hits(c, p->any[i], &k);
		if (k != 0)
			memcpy(all + *n, from, k * sizeof *all);
		*n += k;
	}
	if (*n > 1)
		qsort(all, *n, sizeof *all, by_place);
	return all;
}

static void
counted(struct check_ctx *c, struct report *r, const struct presence *p, size_t n)
{
	report_number(r, c, "count", n);
	report_number(r, c, "min", p->min);
}

static void
too_few(struct check_ctx *c, const struct presence *p, struct range at, const char *anchor, enum certainty certainty, size_t n)
{
	struct report r = { .at = at, .anchor = anchor, .certainty = certainty };

	counted(c, &r, p, n);
	check_report(c, &r);
}

static void
too_many(struct check_ctx *c, const struct presence *p, const struct hit *hits, size_t n)
{
	size_t i;

	for (i = p->max; i < n; i++) {
		struct report r = { .certainty = SURE };
		struct report_note first = { .at = hits[0].at };

		report_hit(&r, c, &hits[i]);
		counted(c, &r, p, n);
		if (p->max != 0) {
			r.notes = &first;
			r.nnotes = 1;
		}
		check_report(c, &r);
	}
}

/* The blocks of the scope, a paragraph or a block at a time, beside the hits: both lie in order. */
static void
per_block(struct check_ctx *c, const struct presence *p, const struct hit *hits, size_t nhits)
{
	const struct article *a = c->article;
	size_t i, k, h = 0, last;

	for (i = 0; i < a->nblocks; i = last + 1) {
		bool wanted = false;
		enum certainty certainty = WEAK;
		size_t first;
		struct range at;

		last = i;
		while (p->per == PER_PARAGRAPH && last + 1 < a->nblocks && a->blocks[last + 1].paragraph == a->blocks[i].paragraph)
			last++;
		for (k = i; k <= last; k++)
			if (KIND(a->blocks[k].kind) & c->rule->scope) {
				wanted = true;
				if (a->blocks[k].confidence > certainty)
					certainty = a->blocks[k].confidence;
			}
		while (h < nhits && hits[h].at.z <= a->blocks[i].at.a && hits[h].at.a < a->blocks[i].at.a)
			h++;
		first = h;
		while (h < nhits && hits[h].at.a < a->blocks[last].at.z)
			h++;
		if (!wanted)
			continue;
		at.a = at.z = a->blocks[last].at.z;
		if (strcmp(p->at, "start") == 0)
			at.a = at.z = a->blocks[i].at.a;
		if (h - first < p->min)
			too_few(c, p, at, NULL, certainty, h - first);
		if (h - first > p->max)
			too_many(c, p, hits + first, h - first);
	}
}

static void
run(struct check_ctx *c, const void *data)
{
	const struct presence *p = data;
	size_t n;
	const struct hit *hits = gather(c, p, &n);
	struct range at;

	if (p->per != PER_ARTICLE) {
		per_block(c, p, hits, n);
		return;
	}
	if (n < p->min && check_place(c, p->at, &at))
		too_few(c, p, at, p->at, SURE, n);
	if (n > p->max)
		too_many(c, p, hits, n);
}

static const struct param_doc params[] = {
	{ "min", "number", "fewer than this is reported at the place `at`" },
	{ "max", "number", "each one beyond this is reported, with a note on the first" },
	{ "at", "place", "body-end (default), head-end, start, end; with per, paragraph-end or start" },
	{ "per", "article|paragraph|block", "count over the article (default) or in each paragraph or block of the rule's scope" },
	{ "<any>", "finder", "what counts: terms, patterns, or block=, part=, field=; several are added up; kind= restricts one to a kind of copy" },
	{ NULL, NULL, NULL }
};

static const char *const placeholders[] = { "count", "min", NULL };

const struct check check_presence = {
	.name = "presence",
	.doc = "Something has to be there, at least or at most so often: a line, a part, a field, a word.",
	.params = params,
	.placeholders = placeholders,
	.note = "the first one is here",
	.compile = compile,
	.run = run,
};
