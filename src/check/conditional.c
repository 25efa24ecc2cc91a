/* The check `conditional`: where this is, that must be too (or, with negate, must not).
 *
 *	<conditional within="article" at="body-end">
 *	  <if><terms><term>suicide</term></terms></if>
 *	  <then scope="boilerplate"><pattern>call 988</pattern></then>
 *	</conditional>
 *
 * Reported is the hit of <if>, or the place `at`.  Any hit of any <then> near enough satisfies it. */
#include "check.h"

#include "analysis/analysis.h"
#include "util/arena.h"
#include "util/xml.h"

#include <string.h>

enum within { WITHIN_SENTENCE, WITHIN_NEXT, WITHIN_PARAGRAPH, WITHIN_ARTICLE };

struct conditional {
	struct finder **ifs, **thens;
	size_t nifs, nthens;
	enum within within;
	bool negate, once;
	const char *at;
};

static size_t
finders(struct rule_build *b, const struct node *el, const char *name, struct finder ***out)
{
	const struct node *child;
	size_t n = 0, count = 0;

	for (child = el->first; child != NULL; child = child->next)
		count += strcmp(child->name, name) == 0;
	if (count == 0) {
		rule_error(b, el, NULL, "'conditional' without <%s>", name);
		return 0;
	}
	*out = ARENA_ARRAY(rule_arena(b), struct finder *, count);
	for (child = el->first; child != NULL; child = child->next)
		if (strcmp(child->name, name) == 0 && ((*out)[n] = rule_finder(b, child, name)) != NULL)
			n++;
	return n;
}

static void *
compile(struct rule_build *b, const struct node *el)
{
	struct conditional *d = ARENA_NEW(rule_arena(b), struct conditional);
	int within;

	rule_known_attrs(b, el, "within at negate once");
	rule_known_children(b, el, "if then");
	within = rule_attr_choice(b, el, "within", "sentence next paragraph article", WITHIN_ARTICLE);
	d->negate = rule_attr_bool(b, el, "negate", false);
	d->once = rule_attr_bool(b, el, "once", false);
	if (!rule_attr_place(b, el, NULL, &d->at))
		return NULL;
	d->nifs = finders(b, el, "if", &d->ifs);
	d->nthens = finders(b, el, "then", &d->thens);
	for (size_t i = 0; i < d->nthens; i++)
		d->thens[i]->late = true;
	if (within < 0 || d->nifs == 0 || d->nthens == 0)
		return NULL;
	d->within = (enum within)within;
	return d;
}

/* Does some hit begin within [a, z) of the article's text?  Hits lie in the order of their whole matches. */
static bool
any_in(const struct hit *hits, size_t n, uint32_t a, uint32_t z)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (hit_whole(&hits[mid]).a < a)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && hit_whole(&hits[low]).a < z;
}

/* Where a hit's <then> has to be. */
static struct range
reach(struct check_ctx *c, const struct conditional *d, const struct hit *h)
{
	const struct article *a = c->article;
	struct range r = { 0, UINT32_MAX };
	uint32_t first = h->block, last = h->block, paragraph;

	if (d->within == WITHIN_ARTICLE || h->block == UINT32_MAX)
		return r;
	if (d->within == WITHIN_SENTENCE) {
		r = analysis_sentence_at(c->analysis, h->at.a);
		if (r.a != r.z)
			return r;
		return a->blocks[h->block].at;
	}
	paragraph = a->blocks[h->block].paragraph;
	while (first > 0 && a->blocks[first - 1].paragraph == paragraph)
		first--;
	if (d->within == WITHIN_NEXT && last + 1 < a->nblocks) {
		while (last + 1 < a->nblocks && a->blocks[last + 1].paragraph == paragraph)
			last++;
		paragraph = last + 1 < a->nblocks ? a->blocks[last + 1].paragraph : paragraph;
	}
	while (last + 1 < a->nblocks && a->blocks[last + 1].paragraph == paragraph)
		last++;
	r.a = a->blocks[first].at.a;
	r.z = a->blocks[last].at.z;
	return r;
}

static bool
satisfied(struct check_ctx *c, const struct conditional *d, const struct hit *h)
{
	struct range r = reach(c, d, h);
	const struct hit *hits;
	size_t i, n;

	for (i = 0; i < d->nthens; i++) {
		hits = check_hits(c, d->thens[i], &n);
		if (n != 0 && any_in(hits, n, r.a, r.z))
			return !d->negate;
	}
	return d->negate;
}

static void
run(struct check_ctx *c, const void *data)
{
	const struct conditional *d = data;
	size_t i, k, n;

	for (i = 0; i < d->nifs; i++) {
		const struct hit *hits = check_hits(c, d->ifs[i], &n);

		for (k = 0; k < n; k++) {
			struct report r = { .certainty = SURE };

			if (satisfied(c, d, &hits[k]))
				continue;
			report_hit(&r, c, &hits[k]);
			if (d->at != NULL && !check_place(c, d->at, &r.at))
				continue;
			r.anchor = d->at;
			check_report(c, &r);
			if (d->once || d->at != NULL)
				return;
		}
	}
}

static const struct param_doc params[] = {
	{ "within", "sentence|next|paragraph|article", "how near <then> has to be; next: this paragraph or the one after; article is the default" },
	{ "negate", "yes|no", "yes: <then> must not be there" },
	{ "once", "yes|no", "yes: one report an article" },
	{ "at", "place", "report there and not at <if>: body-end, head-end, start, end" },
	{ "<if>", "finder", "terms, patterns, or block=, part=, field=; scope= of its own" },
	{ "<then>", "finder", "the same; several: any of them will do" },
	{ NULL, NULL, NULL }
};

const struct check check_conditional = {
	.name = "conditional",
	.doc = "Where one thing is, another must be too, within the sentence, paragraph or article.",
	.params = params,
	.compile = compile,
	.run = run,
};
