/* Runs the examples inside rules, TAP out.
 *
 * An example goes the way of any article: decoded, read by its format's reader, classified, checked, with its rule as the only one
 * that is on.  In a bad one exactly the marked places must be reported, in a good one nothing; and where the rule mends
 * what it reports, the mended text must be clean.  `<bad block="credit">` is one block of that kind and nothing else. */
#include "lint/rule_test.h"

#include "classify/classify.h"
#include "lint/pipeline.h"
#include "lint/policy.h"
#include "lint/rule_test_beside.h"
#include "lint/upstream.h"
#include "match/matcher.h"
#include "rule/rule_build.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EXAMPLE_WORDS = 16 };
struct example_words { char *copy; const char *list[EXAMPLE_WORDS]; };

struct test {
	const struct rule_test_options *options;
	struct buf *out;
	struct policy policy;
	int64_t now;			/* the clock's time, for examples that set none */
	struct matcher *matcher;
	struct lint *lint;		/* NULL until an example is run */
	bool beside;			/* other rules than the tested one are on, for the example before */
	struct pipeline pipeline;
	struct finding_list findings;
	struct rule_test_beside other;	/* the story that the example stands beside */
	struct upstream_reader *upstream;	/* what the example is compared with; NULL: nothing */
	struct buf blocks;		/* how the last example was read */
	struct example_words held, own;	/* by the example at hand */
	const char *uses[2];
	size_t number, failed, bytes;
	bool *seen;			/* patterns, then one for all terms, then one for selections, finder by finder */
};

/* ---- the text of an example ---- */

bool
marked_parse(struct marked *m, const char *s, size_t n)
{
	const char *end = s + n;
	struct buf text = BUF_INIT;
	struct span *open = NULL;

	memset(m, 0, sizeof *m);
	while (s < end) {
		size_t run = 0;

		if (open == NULL && end - s >= 2 && s[0] == '[' && s[1] == '[') {
			/* of [[[name]]] the outer two on either side are the mark */
			open = &XPUSH(m->spans, m->nspans, m->capspans);
			open->a = open->z = (uint32_t)text.n;
			s += 2;
			continue;
		}
		while (open != NULL && s + run < end && s[run] == ']')
			run++;
		if (run >= 2) {
			buf_add(&text, s, run - 2);
			open->z = (uint32_t)text.n;
			open = NULL;
			s += run;
			continue;
		}
		buf_putc(&text, *s++);
	}
	m->n = text.n;
	m->s = xstrndup(text.s, text.n);
	buf_release(&text);
	return open == NULL;
}

void
marked_release(struct marked *m)
{
	free(m->s);
	free(m->spans);
	memset(m, 0, sizeof *m);
}

/* ---- one example ---- */

static void
remember_blocks(struct pipeline *p, void *arg)
{
	struct test *t = arg;
	const struct article *a = &p->article;
	struct upstream_match m;
	size_t i, n;

	if (t->lint != NULL)
		lint_beside(t->lint, rule_test_beside_of(&t->other, &p->article));

	if (t->upstream != NULL && upstream_find(t->upstream, a, &m))
		lint_compare(t->lint, m.original, m.newest, m.derived);
	else if (t->lint != NULL)
		lint_compare(t->lint, NULL, NULL, false);

	buf_printf(&t->blocks, "# read as %s, language %s\n", a->format, a->lang);
	for (i = 0; i < a->nblocks; i++) {
		const char *s = block_text(a, &a->blocks[i], &n), *cut;

		for (cut = s + (n < 60 ? n : 60); cut > s && cut < s + n && ((unsigned char)*cut & 0xC0) == 0x80; cut--)
			;
		buf_printf(&t->blocks, "#   %s (%s): %.*s%s\n", block_kind_name(a->blocks[i].kind),
		    certainty_name(a->blocks[i].confidence), (int)(cut - s), s, cut < s + n ? "..." : "");
	}
}

/* The text as one block. */
static void
as_block(struct test *t, const struct example *e, const char *s, size_t n)
{
	struct pipeline *p = &t->pipeline;
	struct article *a = &p->article;

	source_load_mem(&p->source, "example", s, n, &p->encoding);
	article_reset(a, &p->source, "text");
	text_verbatim(&a->text, p->source.s, p->source.len, 0);
	a->lang = e->lang != NULL ? e->lang : "en";
	a->lang_certainty = SURE;
	classify_parts(a, article_block(a, e->block, SURE, 0));
	remember_blocks(p, t);
	lint_article(t->lint, a, &t->findings);
	finding_list_sort(&t->findings);
}

/* Words parted by semicolons, at most 15, as a list that is kept until the next example. */
static const char *const *
example_list(struct example_words *w, const char *s)
{
	char *save = NULL, *word;
	size_t n = 0;

	free(w->copy);
	w->copy = xstrdup(s != NULL ? s : "");
	for (word = strtok_r(w->copy, ";", &save); word != NULL && n < EXAMPLE_WORDS - 1; word = strtok_r(NULL, ";", &save))
		w->list[n++] = word + strspn(word, " ");
	w->list[n] = NULL;
	return s != NULL ? w->list : NULL;
}

static void
what_is_held(struct test *t, const struct example *e)
{
	t->policy.held = t->policy.licences = example_list(&t->held, e->held);
	t->policy.own = example_list(&t->own, e->own);
	t->policy.country = e->country;
	t->uses[0] = e->use;
	t->policy.uses = e->use != NULL ? t->uses : NULL;
}

/* The profiles and the stage of the example.  A pack may name profiles that are built in, which are not loaded with it: then they count for
 * its <when> alone. */
static void
under_profiles(struct test *t, const struct example *e)
{
	struct policy *p = &t->policy;
	char *words = xstrdup(e->profile != NULL ? e->profile : ""), *save = NULL, *word;
	bool known = true;

	policy_profile(p, "none", NULL);
	for (word = strtok_r(words, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save))
		known = policy_profile(p, word, NULL) && known;
	free(words);
	p->stage = e->stage != NULL ? e->stage : "publish";
	policy_origins_clear(p);
	if (e->origin != NULL) {
		const char *value = strchr(e->origin, '=');
		enum field_name field;

		if (value != NULL && field_name_parse(e->origin, (size_t)(value - e->origin), &field))
			policy_origin(p, field, value + 1, NULL, 0);
	}
	what_is_held(t, e);
	policy_settle(p, NULL);
	if (!known)
		p->profiles = e->profile;
}

static void
check_text(struct test *t, const struct example *e, const char *s, size_t n)
{
	struct pipeline *p = &t->pipeline;

	finding_list_reset(&t->findings);
	buf_clear(&t->blocks);
	p->lang = e->lang != NULL ? e->lang : "en";	/* too short, most of them, to tell their language */
	p->encoding.lang = e->lang;
	p->as = e->format != NULL ? reader_by_name(e->format) : NULL;
	t->policy.kind = e->kind;
	t->policy.lang = e->lang;
	under_profiles(t, e);
	t->policy.now = t->now;
	t->policy.now_offset = 0;
	if (e->now != NULL)
		policy_parse_now(e->now, &t->policy.now, &t->policy.now_offset);
	if (e->block != BLOCK_COUNT)
		as_block(t, e, s, n);
	else
		pipeline_mem(p, "example", s, n, &t->findings);
	t->bytes += n;
}

/* With other rules on, what they say is not asked. */
static void
keep_own(struct test *t, const struct rule *r)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->findings.n; i++)
		if (t->findings.v[i].fatal || strcmp(t->findings.v[i].rule, r->id) == 0)
			t->findings.v[kept++] = t->findings.v[i];
	t->findings.n = kept;
}

static bool
same_places(const struct test *t, const struct marked *m)
{
	size_t i;

	if (t->findings.n != m->nspans)
		return false;
	for (i = 0; i < m->nspans; i++)
		if (t->findings.v[i].at.a != m->spans[i].a || t->findings.v[i].at.z != m->spans[i].z)
			return false;
	return true;
}

static void
result(struct test *t, bool ok, const struct rule *r, const struct example *e, size_t number, const char *what)
{
	t->failed += !ok;
	buf_printf(t->out, "%s %zu - %s %s %zu%s (%s:%u)\n", ok ? "ok" : "not ok", ++t->number, r->id, e->bad ? "bad" : "good",
	    number, what, r->path, e->line);
}

static void
show_places(struct test *t, const struct marked *m)
{
	size_t i;

	for (i = 0; i < m->nspans; i++)
		buf_printf(t->out, "# expected %u..%u '%.*s'\n", m->spans[i].a, m->spans[i].z,
		    (int)(m->spans[i].z - m->spans[i].a), m->s + m->spans[i].a);
	for (i = 0; i < t->findings.n; i++) {
		const struct finding *f = &t->findings.v[i];

		buf_printf(t->out, "# reported %u..%u '%.*s' %s: %s\n", f->at.a, f->at.z,
		    f->at.z <= m->n ? (int)(f->at.z - f->at.a) : 0, m->s + (f->at.z <= m->n ? f->at.a : 0), f->rule, f->message);
	}
	buf_add(t->out, t->blocks.s, t->blocks.n);
}

static int
by_place(const void *a, const void *b)
{
	const struct edit *const *x = a, *const *y = b;

	return (*x)->at.a != (*y)->at.a ? ((*x)->at.a < (*y)->at.a ? -1 : 1) : (*x)->at.z < (*y)->at.z ? -1 : (*x)->at.z > (*y)->at.z;
}

/* Takes the first fix of each finding, all of its edits or none; one that overlaps another is left. */
static bool
mended(const struct test *t, const struct marked *m, struct buf *out)
{
	const struct edit **edits = NULL;
	size_t n = 0, cap = 0, i, k, j, taken;
	uint32_t at = 0;

	for (i = 0; i < t->findings.n; i++) {
		const struct finding *f = &t->findings.v[i];
		bool fits = f->nfixes != 0 && f->fixes[0].class != FIX_DISPLAY;

		taken = n;
		for (k = 0; fits && k < f->fixes[0].nedits; k++) {
			const struct edit *e = &f->fixes[0].edits[k];

			for (j = 0; j < taken; j++)
				fits = fits && (e->at.z <= edits[j]->at.a || e->at.a >= edits[j]->at.z);
			fits = fits && e->at.z <= m->n;
			XPUSH(edits, n, cap) = e;
		}
		if (!fits)
			n = taken;
	}
	if (n != 0)
		qsort(edits, n, sizeof *edits, by_place);
	for (i = 0; i < n; i++) {
		buf_add(out, m->s + at, edits[i]->at.a - at);
		buf_puts(out, edits[i]->text);
		at = edits[i]->at.z;
	}
	buf_add(out, m->s + at, m->n - at);
	free(edits);
	return n != 0;
}

static void
end_rules(struct test *t)
{
	lint_free(t->lint);
	matcher_free(t->matcher);
	t->lint = t->pipeline.lint = NULL;
	t->matcher = NULL;
}

static void
note_hits(struct test *t, const struct rule *r)
{
	size_t i, k, n, base = 0;

	for (i = 0; i < r->nfinders; i++) {
		const struct finder *f = r->finders[i];
		const struct hit *hits = lint_hits(t->lint, f, &n);

		for (k = 0; k < n; k++)
			if (hit_pattern(&hits[k]) != NULL)
				t->seen[base + (size_t)(hit_pattern(&hits[k]) - f->patterns)] = true;
			else
				t->seen[base + f->npatterns + (hit_term(&hits[k]) == NULL)] = true;
		base += f->npatterns + 2;
	}
}

/* The rule, and those that the example names beside it. */
static void
start_rules(struct test *t, const struct rule *r, const struct example *e)
{
	const char *s, *word;
	size_t n;

	if (t->lint != NULL && e->with == NULL && !t->beside)
		return;
	end_rules(t);
	t->beside = e->with != NULL;
	policy_clear(&t->policy);
	for (s = e->with != NULL ? e->with : ""; (n = rule_word(&s, &word)) != 0;) {
		char *name = xstrndup(word, n);

		policy_switch(&t->policy, name, true, NULL);
		free(name);
	}
	t->policy.enabled[r->index] = true;
	t->matcher = lint_matcher(&t->policy, t->options->match_mode);
	t->lint = t->pipeline.lint = lint_new(&t->policy, t->matcher);
}

/* The copy that the example is compared with, as --upstream would read it. */
static struct upstream *
start_upstream(struct test *t, const struct rule *r, const struct example *e, struct buf *text)
{
	const struct example *copy = e->upstream != 0 ? &r->upstreams[e->upstream - 1].text : NULL;
	struct finding_list errors;
	struct upstream *u;

	if (copy == NULL)
		return NULL;
	finding_list_init(&errors);
	example_text(text, copy);
	u = upstream_new(t->pipeline.rules);
	upstream_add_text(u, "upstream", copy->format != NULL ? reader_by_name(copy->format) : NULL, text->s, text->n, &errors);
	upstream_finish(u);
	finding_list_release(&errors);
	t->upstream = upstream_reader_new(u);
	return u;
}

static void
one_example(struct test *t, const struct rule *r, const struct example *e, size_t number)
{
	struct buf text = BUF_INIT, fixed = BUF_INIT, sent = BUF_INIT;
	struct upstream *upstream = start_upstream(t, r, e, &sent);
	const struct example *other;
	struct marked m;
	bool ok;

	other = e->beside != 0 ? &r->upstreams[e->beside - 1].text : NULL;
	rule_test_beside_start(&t->other, &t->pipeline, other);
	example_text(&text, e);
	if (!e->bad) {
		memset(&m, 0, sizeof m);
		m.s = xstrndup(text.s, text.n);
		m.n = text.n;
	} else
		marked_parse(&m, text.s, text.n);
	start_rules(t, r, e);
	check_text(t, e, m.s, m.n);
	keep_own(t, r);
	note_hits(t, r);
	ok = same_places(t, &m);
	result(t, ok, r, e, number, "");
	if (!ok)
		show_places(t, &m);
	if (ok && e->bad && mended(t, &m, &fixed)) {
		struct marked after = { fixed.s, fixed.n, NULL, 0, 0 };

		check_text(t, e, fixed.s, fixed.n);
		keep_own(t, r);
		ok = t->findings.n == 0;
		result(t, ok, r, e, number, ", mended");
		if (!ok)
			show_places(t, &after);
	}
	rule_test_beside_end(&t->other);
	upstream_reader_free(t->upstream);
	t->upstream = NULL;
	upstream_free(upstream);
	marked_release(&m);
	buf_release(&sent);
	buf_release(&text);
	buf_release(&fixed);
}

/* ---- a rule ---- */

/* Of pattern `number` of a finder, or of its terms (0): what it is about, and where that stands. */
static void
part(struct test *t, bool ok, const struct rule *r, const struct finder *f, const char *what, size_t number, uint32_t line)
{
	t->failed += !ok;
	buf_printf(t->out, "%s %zu - %s %s", ok ? "ok" : "not ok", ++t->number, r->id, what);
	if (number != 0)
		buf_printf(t->out, " %zu", number);
	buf_printf(t->out, "%s%s (%s:%u)\n", f->name != NULL ? " of " : "", f->name != NULL ? f->name : "", r->path, line);
}

static void
coverage(struct test *t, const struct rule *r)
{
	size_t i, k, base = 0;

	for (i = 0; i < r->nfinders; i++) {
		const struct finder *f = r->finders[i];

		for (k = 0; k < f->npatterns; k++)
			part(t, t->seen[base + k], r, f, "coverage: pattern", k + 1, f->patterns[k].line);
		if (f->nterms != 0)
			part(t, t->seen[base + f->npatterns], r, f, "coverage: terms", 0, f->terms[0].line);
		base += f->npatterns + 2;
	}
}

/* Where a trigger is given that a match need not begin with: it would not be found. */
static void
triggers(struct test *t, const struct rule *r)
{
	for (size_t i = 0; i < r->nfinders; i++) {
		const struct finder *f = r->finders[i];

		for (size_t k = 0; k < f->npatterns; k++)
			if (f->patterns[k].believed) {
				part(t, false, r, f, "trigger: pattern", k + 1, f->patterns[k].line);
				buf_puts(t->out, "# it may begin elsewhere; expected no trigger, or a pattern that says what it begins with: "
				    "\\b and a word, ^, [0-9]\n");
			}
	}
}

static void
one_rule(struct test *t, const struct rule_set *set, const struct rule *r)
{
	size_t i, good = 0, bad = 0, parts = 0;

	for (i = 0; i < r->nfinders; i++)
		parts += r->finders[i]->npatterns + 2;
	t->seen = xcalloc(parts + 1, sizeof *t->seen);
	policy_init(&t->policy, set);
	t->policy.min_severity = SEV_OFF;
	for (i = 0; i < r->nexamples; i++) {
		size_t number = r->examples[i].bad ? ++bad : ++good;

		if (!r->examples[i].shown)
			one_example(t, r, &r->examples[i], number);
	}
	if (t->options->coverage)
		coverage(t, r);
	triggers(t, r);
	end_rules(t);
	policy_release(&t->policy);
	free(t->seen);
}

/* Each file as it is, its language told from it, kind undeclared. */
static void
cost_over_files(struct test *t)
{
	struct pipeline *p = &t->pipeline;
	size_t i;

	p->lang = p->encoding.lang = NULL;
	p->as = NULL;
	t->policy.kind = COPY_UNDECLARED;
	t->policy.lang = NULL;
	for (i = 0; i < t->options->nover; i++) {
		finding_list_reset(&t->findings);
		buf_clear(&t->blocks);
		pipeline_path(p, t->options->over[i], t->options->over[i], &t->findings);
		t->bytes += p->source.len;
	}
}

static void
cost_over_examples(struct test *t, const struct rule_set *set)
{
	size_t i, k;

	for (i = 0; i < set->n; i++)
		for (k = 0; k < set->rules[i]->nexamples; k++) {
			struct buf text = BUF_INIT;

			example_text(&text, &set->rules[i]->examples[k]);
			check_text(t, &set->rules[i]->examples[k], text.s, text.n);
			buf_release(&text);
		}
}

struct cost { const struct rule *rule; uint64_t tries; bool slow; };

static int
dearest_first(const void *a, const void *b)
{
	const struct cost *x = a, *y = b;

	return x->tries != y->tries ? (x->tries < y->tries ? 1 : -1) : strcmp(x->rule->id, y->rule->id);
}

/* Tries per kilobyte of each rule, the dearest first, over the examples of all rules - what a rule costs on text that it was not written
 * for - or over files. */
static void
cost(struct test *t, const struct rule_set *set)
{
	struct cost *costs = xcalloc(set->n + 1, sizeof *costs);
	const uint64_t *tries;
	size_t i, k, p, n;

	policy_init(&t->policy, set);
	policy_switch(&t->policy, "all", true, &(const char *){ NULL });
	t->matcher = lint_matcher(&t->policy, t->options->match_mode);
	t->lint = t->pipeline.lint = lint_new(&t->policy, t->matcher);
	t->bytes = 0;
	if (t->options->nover != 0)
		cost_over_files(t);
	else
		cost_over_examples(t, set);
	tries = lint_tries(t->lint, &n);
	for (i = 0; i < set->n; i++) {
		const struct rule *r = costs[i].rule = set->rules[i];

		for (k = 0; k < r->nfinders; k++) {
			costs[i].tries += r->finders[k]->index < n ? tries[r->finders[k]->index] : 0;
			for (p = 0; p < r->finders[k]->npatterns; p++)
				costs[i].slow = costs[i].slow || r->finders[k]->patterns[p].trigger == TRIGGER_NONE;
		}
	}
	qsort(costs, set->n, sizeof *costs, dearest_first);
	for (i = 0; i < set->n; i++)
		buf_printf(t->out, "# cost %8.2f tries per kilobyte  %-8s %s%s\n", (double)costs[i].tries * 1024 / (double)(t->bytes + 1),
		    tier_name(costs[i].rule->tier), costs[i].rule->id, costs[i].slow ? "  slow: a pattern without trigger" : "");
	free(costs);
	end_rules(t);
	policy_release(&t->policy);
}

bool
rule_test(const struct rule_set *set, const struct rule_test_options *opt, struct buf *out)
{
	struct test t;
	size_t i;

	memset(&t, 0, sizeof t);
	t.options = opt;
	t.out = out;
	t.now = (int64_t)time(NULL);
	buf_init(&t.blocks);
	finding_list_init(&t.findings);
	pipeline_init(&t.pipeline);
	t.pipeline.rules = set;
	t.pipeline.each = remember_blocks;
	t.pipeline.arg = &t;
	for (i = 0; i < set->n; i++)
		one_rule(&t, set, set->rules[i]);
	buf_printf(out, "1..%zu\n", t.number);
	if (opt->cost)
		cost(&t, set);
	pipeline_release(&t.pipeline);
	finding_list_release(&t.findings);
	buf_release(&t.blocks);
	free(t.held.copy);
	free(t.own.copy);
	return t.failed == 0;
}
