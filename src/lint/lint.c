/* Runs the rules over one article.
 *
 * Reports are gathered first and become findings at the end, since a rule may silence another that ran before it. */
#include "lint/lint_int.h"

#include "util/hash.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { LONG = 1024 * 1024 };	/* bytes of an article's text from which on memory is given back early */

struct matcher *
lint_matcher(const struct policy *p, int mode)
{
	bool *wanted = xcalloc(p->set->n + 1, sizeof *wanted);
	struct matcher *m;

	policy_wanted(p, wanted);
	m = matcher_new(p->set, wanted, mode);
	free(wanted);
	return m;
}

struct lint *
lint_new(const struct policy *p, struct matcher *m)
{
	struct lint *l = xcalloc(1, sizeof *l);

	l->policy = p;
	lint_rules_init(l);
	scan_init(&l->scan, m);
	analysis_init(&l->analysis);
	l->view = view_new();
	comparison_init(&l->comparison);
	return l;
}

void
lint_set_policy(struct lint *l, const struct policy *p)
{
	l->policy = p;
}

void
lint_free(struct lint *l)
{
	if (l == NULL)
		return;
	scan_release(&l->scan);
	analysis_release(&l->analysis);
	view_free(l->view);
	comparison_release(&l->comparison);
	lint_rules_release(l);
	free(l->pending);
	free(l->ranges);
	free(l->equals);
	lint_profiles_release(l);
	free(l);
}

void
lint_compare(struct lint *l, struct original *original, struct original *newest, bool derived)
{
	l->derived = derived;
	l->original = original;
	l->newest = newest;
}

void
lint_beside(struct lint *l, const struct companions *companions)
{
	l->companions = companions;
}

struct choices *
lint_choices(struct lint *l)
{
	return &l->choices;
}

const struct policy *
lint_governing(const struct lint *l)
{
	return l->governing;
}

const struct policy *
lint_policy(const struct lint *l)
{
	return l->policy;
}

const uint64_t *
lint_tries(const struct lint *l, size_t *n)
{
	*n = l->scan.matcher->nfinders;
	return l->scan.tries;
}

const struct hit *
lint_hits(struct lint *l, const struct finder *f, size_t *n)
{
	return scan_hits(&l->scan, f, n);
}

/* ---- silencing ---- */

static int
by_start(const void *a, const void *b)
{
	const struct extent *x = a, *y = b;

	return x->a != y->a ? (x->a < y->a ? -1 : 1) : x->z < y->z ? -1 : x->z > y->z;
}

/* Gathers where `loud` has reported; true if it spoke of the article as a whole.  Sorted, and each end made the furthest
 * of all up to it. */
static bool
loud_ranges(struct lint *l, const struct rule *loud, size_t *n)
{
	uint32_t furthest = 0;

	*n = 0;
	for (size_t i = 0; i < l->npending; i++)
		if (l->pending[i].rule == loud) {
			if (l->pending[i].whole)
				return true;
			XPUSH(l->ranges, *n, l->caprange) = l->pending[i].at;
		}
	if (*n > 1)
		qsort(l->ranges, *n, sizeof *l->ranges, by_start);
	for (size_t i = 0; i < *n; i++) {
		if (l->ranges[i].z < furthest)
			l->ranges[i].z = furthest;
		furthest = l->ranges[i].z;
	}
	return false;
}

static bool
overlaps(const struct lint *l, size_t n, struct extent e)
{
	size_t lo = 0, hi = n;

	/* those that begin before the end of e; something missing lies at a place, and that counts with its ends */
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (l->ranges[mid].a < e.z || (e.a == e.z && l->ranges[mid].a == e.a))
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0)
		return false;
	return l->ranges[lo - 1].z > e.a || (e.a == e.z && l->ranges[lo - 1].z == e.a);
}

static bool
is_silenced_by(const struct rule *quiet, const struct rule *loud)
{
	for (size_t i = 0; i < loud->nsilences; i++)
		if (strcmp(loud->silences[i], quiet->id) == 0)
			return true;
	return false;
}

/* Marks what is silenced; all reports are looked at, silenced or not, so the order of rules makes no difference. */
static void
silence(struct lint *l, bool *silent)
{
	for (size_t i = 0; i < l->nchosen && l->npending != 0; i++) {
		const struct rule *loud = l->chosen[i];
		bool whole;
		size_t n;

		if (loud->nsilences == 0)
			continue;
		whole = loud_ranges(l, loud, &n);
		if (!whole && n == 0)
			continue;
		for (size_t k = 0; k < l->npending; k++)
			if (l->pending[k].rule != loud && is_silenced_by(l->pending[k].rule, loud)
			    && (whole || overlaps(l, n, l->pending[k].at)))
				silent[k] = true;
	}
}

/* ---- findings ---- */

static int
by_place(const void *a, const void *b)
{
	const struct pending *x = a, *y = b;

	if (x->at.a != y->at.a)
		return x->at.a < y->at.a ? -1 : 1;
	if (x->at.z != y->at.z)
		return x->at.z > y->at.z ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* The ordinal goes into the fingerprint: the second of two equal ones is another. */
static uint64_t
with_ordinal(struct lint *l, uint64_t h, const char *item)
{
	size_t i;

	if (item != NULL)
		h = hash_bytes(item, strlen(item), h);
	h |= h == 0;
	for (i = h & (l->capequals - 1); l->equals[i].fingerprint != 0; i = (i + 1) & (l->capequals - 1))
		if (l->equals[i].fingerprint == h)
			break;
	l->equals[i].fingerprint = h;
	return hash_mix(h + l->equals[i].n++ * 0x9e3779b97f4a7c15ull);
}

static struct span
place(const struct lint *l, struct extent e)
{
	return source_span(l->article->src, e);
}

static void
emit(struct lint *l, const struct pending *p)
{
	struct finding *f = finding_add(l->out);
	struct arena *arena = &l->out->arena;

	f->rule = p->rule->id;
	f->link = p->rule->link != NULL ? p->rule->link : p->link;
	if (l->path == NULL && l->article->src->path != NULL)
		l->path = arena_strdup(arena, l->article->src->path);
	f->path = l->path;
	f->item = l->article->item != NULL ? arena_strdup(arena, l->article->item) : NULL;
	f->block = p->block != NULL ? block_kind_name(p->block->kind) : NULL;
	f->severity = p->severity;
	f->certainty = p->certainty;
	f->placed = true;
	f->at = place(l, p->at);
	f->message = arena_strdup(arena, p->message);
	f->fingerprint = with_ordinal(l, p->fingerprint, l->article->item);
	f->nnotes = p->nnotes;
	if (p->nnotes != 0)
		f->notes = ARENA_ARRAY(arena, struct note, p->nnotes);
	for (size_t i = 0; i < p->nnotes; i++) {
		f->notes[i].src = p->notes[i].src;
		f->notes[i].at = source_span(p->notes[i].src != NULL ? p->notes[i].src : l->article->src, p->notes[i].at);
		if (p->notes[i].src != NULL)
			f->notes[i].path = arena_strdup(arena, p->notes[i].src->path);
		f->notes[i].message = arena_strdup(arena, p->notes[i].message);
	}
	if (p->nmends != 0) {
		struct edit *e = ARENA_ARRAY(arena, struct edit, p->nmends);

		for (size_t i = 0; i < p->nmends; i++) {
			e[i].at = place(l, p->mends[i].at);
			e[i].text = arena_strdup(arena, p->mends[i].text);
		}
		f->nfixes = 1;
		f->fixes = ARENA_NEW(arena, struct fix);
		f->fixes->class = p->fix_class;
		f->fixes->description = arena_strdup(arena, p->fix_description);
		f->fixes->edits = e;
		f->fixes->nedits = p->nmends;
	}
}

static void
settle(struct lint *l)
{
	bool *silent = xcalloc(l->npending + 1, sizeof *silent);
	size_t n = 0, want = 64;

	silence(l, silent);
	for (size_t i = 0; i < l->npending; i++)
		if (!silent[i])
			l->pending[n++] = l->pending[i];
	free(silent);
	l->npending = n;
	if (n == 0)
		return;
	qsort(l->pending, n, sizeof *l->pending, by_place);
	while (want < n * 2)
		want *= 2;
	if (want > l->capequals || l->capequals > 1u << 12) {
		l->equals = xrealloc(l->equals, want * sizeof *l->equals);
		l->capequals = want;
	}
	memset(l->equals, 0, l->capequals * sizeof *l->equals);
	for (size_t i = 0; i < n; i++)
		emit(l, &l->pending[i]);
	l->npending = 0;
	if (l->cappending > 1u << 12) {
		free(l->pending);
		l->pending = NULL;
		l->cappending = 0;
	}
}

/* What gave up or could not run is said, whatever the policy. */
static void
report_stops(struct lint *l)
{
	const struct article *a = l->article;

	for (size_t i = 0; i < l->scan.nstops; i++) {
		const struct stop *t = &l->scan.stops[i];
		struct finding *f;

		if (t->broken) {
			char *why = NULL;

			rx_free(rx_compile(t->pattern->source, strlen(t->pattern->source), t->pattern->flags, &why, NULL));
			f = finding_message(l->out, MSG_RUN_PATTERN, a->src->path, t->finder->rule->id,
			    why != NULL ? why : "its pattern is broken");
			free(why);
		} else
			f = finding_message(l->out, MSG_RUN_MATCH_LIMIT, a->src->path, t->finder->rule->id);
		f->item = a->item != NULL ? arena_strdup(&l->out->arena, a->item) : NULL;
		f->block = t->block != UINT32_MAX ? block_kind_name(a->blocks[t->block].kind) : NULL;
		f->placed = true;
		f->at = place(l, text_extent(&a->text, t->at));
	}
}

static void
run(struct lint *l, struct article *a, struct finding_list *out, bool only_remarks)
{
	const struct policy *p;
	struct check_ctx c = {
		.article = a, .analysis = &l->analysis, .comparison = &l->comparison, .view = l->view, .arena = &a->arena, .lint = l,
	};

	l->article = a;
	l->out = out;
	l->path = NULL;
	l->npending = 0;
	p = l->governing = only_remarks ? l->policy : lint_in_force(l, a);
	c.kind = policy_kind(p);
	c.lang = policy_lang(p) != NULL ? policy_lang(p) : a->lang;
	c.now = p->now;
	c.now_offset = p->now_offset;
	c.standing = &p->asked.standing;
	c.companions = l->companions;
	analysis_start(&l->analysis, a);
	view_start(l->view, a);
	comparison_start(&l->comparison, a, &l->analysis, l->original, l->newest, l->derived);
	lint_rules(l, p, a, only_remarks);
	scan_article(&l->scan, a, &l->analysis, l->runs, c.kind, c.standing);
	for (size_t i = 0; i < l->nchosen; i++) {
		if (!scan_has(&l->scan, l->only[i]))
			continue;
		c.rule = l->chosen[i];
		c.rule->check->run(&c, c.rule->data);
		if (a->text.n > LONG)
			scan_forget(&l->scan, c.rule);
	}
	/* what was worked out of a long article takes more than the article; findings are to have that room */
	if (a->text.n > LONG)
		analysis_start(&l->analysis, a);
	settle(l);
	report_stops(l);
}

void
lint_article(struct lint *l, struct article *a, struct finding_list *out)
{
	run(l, a, out, false);
}

void
lint_remarks(struct lint *l, struct article *a, struct finding_list *out)
{
	run(l, a, out, true);
}
