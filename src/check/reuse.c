/* reuse: what stories have in common.
 *
 *	<reuse on="overlap"/>		words of another story, and nobody is named who wrote them
 *	<reuse on="duplicate"/>		the same story twice
 *	<reuse on="caption"/>		the same caption in two stories
 *	<reuse on="credit"/>		the same caption with another credit
 *
 * It looks at the other files of a run, and `overlap` at the copy that --upstream names, too.  In a run over one file, without --upstream, it says
 * nothing. */
#include "check/reuse.h"

#include "analysis/comparison.h"
#include "facts/facts.h"
#include "rule/profile.h"
#include "util/arena.h"
#include "util/str.h"
#include "util/xml.h"

#include <string.h>
#include <strings.h>

enum question { ON_OVERLAP, ON_DUPLICATE, ON_CAPTION, ON_CREDIT };
struct reuse { enum question on; };

static void *
reuse_compile(struct rule_build *b, const struct node *el)
{
	struct reuse *d = ARENA_NEW(rule_arena(b), struct reuse);
	int on;

	rule_known_attrs(b, el, "on");
	rule_known_children(b, el, "");
	on = rule_attr_choice(b, el, "on", "overlap duplicate caption credit", -2);
	if (on == -2)
		rule_error(b, el, NULL, "'reuse' without 'on', expected overlap, duplicate, caption or credit");
	if (on < 0)
		return NULL;
	d->on = (enum question)on;
	return d;
}

static enum beside
reuse_beside(const void *data)
{
	const struct reuse *d = data;

	return d->on == ON_CAPTION || d->on == ON_CREDIT ? BESIDE_CAPTIONS : BESIDE_WORDS;
}

/* ---- shared ---- */

const struct digest *
reuse_about(struct check_ctx *c, const struct article *a)
{
	struct digest *d = ARENA_NEW(c->arena, struct digest);

	digest_about(d, a, c->arena);
	return d;
}

bool
reuse_same_house(const struct digest *a, const struct digest *b)
{
	size_t n, m;
	const char *x = digest_host(a->url, &n), *y = digest_host(b->url, &m);

	if (*a->agency != '\0' && *b->agency != '\0')
		return facts_agency_kin(a->agency, b->agency);
	if (n != 0 && m != 0)
		return n == m && memcmp(x, y, n) == 0;
	return *a->outlet != '\0' && str_case_is(a->outlet, strlen(a->outlet), b->outlet);
}

static struct range
head_of(const struct article *a)
{
	const struct block *head = article_find_block(a, KIND(BLOCK_HEADLINE) | KIND(BLOCK_LEAD));

	return head != NULL ? head->at : a->nblocks != 0 ? a->blocks[0].at : (struct range){ 0, 0 };
}

/* ---- the same story twice ---- */

/* Told of the later one in the order of paths, with the first as a note. */
static void
duplicate(struct check_ctx *c)
{
	for (size_t i = 0; i < c->companions->n; i++) {
		const struct companion *other = &c->companions->v[i];
		struct report r = { .certainty = SURE, .anchor = "duplicate", .at = head_of(c->article) };
		struct report_note note = { .in = other->article, .at = head_of(other->article) };
		uint32_t a = other->passage->words.n, b = c->companions->ours->words.n, shared = 0;

		for (size_t k = 0; k < other->overlap->n; k++)
			shared += other->overlap->v[k].n;
		if (!other->earlier || shared * 20 < a * 19 || shared * 20 < b * 19)
			continue;
		report_number(&r, c, "count", other->sum.words);
		r.notes = &note;
		r.nnotes = 1;
		check_report(c, &r);
		return;
	}
}

/* ---- captions ---- */

/* The credit of a caption: a block of its own in the same paragraph, or right behind it. */
static const struct block *
credit_of(const struct article *a, uint32_t block)
{
	const struct block *b = &a->blocks[block];

	for (uint32_t i = block + 1; i < a->nblocks && i < block + 3; i++)
		if (a->blocks[i].kind == BLOCK_CREDIT)
			return a->blocks[i].paragraph == b->paragraph || i == block + 1 ? &a->blocks[i] : NULL;
		else if (a->blocks[i].paragraph != b->paragraph)
			return NULL;
	return NULL;
}

static bool
same_part(const struct article *a, const struct block *x, const struct article *b, const struct block *y, enum part_name name)
{
	const struct part *p = block_part(x, name), *q = block_part(y, name);
	const char *s, *t;
	size_t n, m;

	if (p == NULL || q == NULL)
		return true;		/* one says less: no conflict */
	s = part_value(a, p, &n);
	t = part_value(b, q, &m);
	if (name == PART_AGENCY) {
		const struct agency *k = facts_agency(s, n), *l = facts_agency(t, m);

		if (k != NULL && l != NULL)
			return facts_agency_kin(k->name, l->name);
	}
	return n == m && strncasecmp(s, t, n) == 0;
}

static void
one_caption(struct check_ctx *c, const struct companion *other, const struct paragraph *ours, const struct paragraph *theirs, bool credit)
{
	const struct block *x = credit_of(c->article, ours->block), *y = credit_of(other->article, theirs->block);
	struct report r = { .certainty = SURE, .at = ours->at };
	struct report_note note = { .in = other->article, .at = theirs->at };

	if (credit) {
		if (x == NULL || y == NULL || (same_part(c->article, x, other->article, y, PART_AGENCY) &&
		    same_part(c->article, x, other->article, y, PART_PERSON)))
			return;
		r.at = x->at;
		note.at = y->at;
		report_arg(&r, "original", text_at(&other->article->text, y->at), range_len(y->at));
	}
	r.notes = &note;
	r.nnotes = 1;
	check_report(c, &r);
}

/* Each caption of ours once, with the first story that has it too. */
static void
captions(struct check_ctx *c, bool credit)
{
	enum { LEAST = 8 };		/* units of a caption that nobody writes twice */
	const struct passage *ours = c->companions->ours;

	for (size_t k = 0; k < ours->nparagraphs; k++) {
		const struct paragraph *g = &ours->paragraphs[k];
		bool found = false;

		if (g->kind != PARAGRAPH_CAPTION || g->units < LEAST)
			continue;
		for (size_t i = 0; i < c->companions->n && !found; i++) {
			const struct companion *other = &c->companions->v[i];

			if (!other->earlier || companion_is_version(other, ours))
				continue;
			for (size_t m = 0; m < other->passage->nparagraphs && !found; m++) {
				const struct paragraph *h = &other->passage->paragraphs[m];

				found = h->kind == PARAGRAPH_CAPTION && h->hash == g->hash && h->units == g->units &&
				    copy_words_equal(&c->article->text, g->at, &other->article->text, h->at);
				if (found)
					one_caption(c, other, g, h, credit);
			}
		}
	}
}

/* ---- run ---- */

/* The copy that --upstream names is a companion like any other. */
static void
with_upstream(struct check_ctx *c)
{
	struct original *o = c->comparison->original;
	struct companion other = { .article = &o->article, .earlier = true };
	struct companions beside = { .v = &other, .n = 1 };
	struct passage ours, theirs;
	struct overlap overlap;

	passage_init(&ours);
	passage_init(&theirs);
	overlap_init(&overlap);
	passage_take(&ours, c->analysis);
	passage_take(&theirs, &o->analysis);
	overlap_find(&overlap, &theirs, &o->article.text, &ours, &c->article->text);
	overlap_set_aside(&overlap, &theirs, &ours, &c->article->text, facts_language(c->lang), NULL, NULL);
	other.sum = overlap_sum(&overlap, &theirs, &ours);
	other.passage = &theirs;
	other.overlap = &overlap;
	beside.ours = &ours;
	reuse_overlap(c, &beside, true);
	overlap_release(&overlap);
	passage_release(&theirs);
	passage_release(&ours);
}

static void
reuse_run(struct check_ctx *c, const void *data)
{
	const struct reuse *d = data;

	if (d->on == ON_OVERLAP && c->comparison != NULL && c->comparison->original != NULL) {
		with_upstream(c);
		return;
	}
	if (c->companions == NULL || c->companions->n == 0)
		return;
	switch (d->on) {
	case ON_OVERLAP:
		reuse_overlap(c, c->companions, false);
		break;
	case ON_DUPLICATE:
		duplicate(c);
		break;
	case ON_CAPTION:
	case ON_CREDIT:
		captions(c, d->on == ON_CREDIT);
		break;
	}
}

static const struct param_doc params[] = {
	{ "on", "overlap|duplicate|caption|credit", "what is looked for: words of another story without credit; the same story twice; the same"
	    " caption in two stories; the same caption with another credit" },
	{ NULL, NULL, NULL }
};
static const char *const placeholders[] = { "count", "total", "original", NULL };

const struct check check_reuse = {
	.name = "reuse",
	.doc = "What stories of one run have in common: whole stories, long runs of words without credit, captions.",
	.params = params,
	.placeholders = placeholders,
	.note = "the other story has it here",
	.compile = reuse_compile,
	.run = reuse_run,
	.beside = reuse_beside,
};
