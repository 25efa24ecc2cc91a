/* Which findings the comments of a file let pass, and which comments are wrong or let nothing pass.
 *
 * Each name in a directive becomes places of the file in which findings of that name go: the blocks of the next paragraph, a range, or
 * the file.  Places of one name and form do not overlap: a second `disable` of a name takes over from the first.  Of several that would
 * let a finding pass the narrowest is counted, so that one that could go is told of.  Places are sorted by name; each finding is
 * looked up by its rule and its family.
 *
 * Comments that an item of the file holds are a world of their own: they begin and end what is within the item, and nothing else. */
#include "lint/suppress_int.h"

#include "check.h"
#include "lint/lint.h"
#include "util/hash.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

struct suppress_paragraph {		/* a block, rather: those of one paragraph stand in a row */
	struct extent at;
	uint32_t article, paragraph;
};

enum { OPEN_NONE, OPEN_VOID, OPEN_FROM };	/* void: by a directive without effect */
enum { BESIDE = 8 };			/* blocks of one paragraph that are looked at on either side */

/* From the narrowest.  The middle two are of comments within an item. */
enum place_form { PLACE_BLOCK, PLACE_ITEM_RANGE, PLACE_ITEM, PLACE_RANGE, PLACE_FORMS };

/* Findings of a name that begin in [a, z) on disk go. */
struct place_of_name { uint64_t key; uint32_t a, z; size_t use; };

/* What is open at a place of the file, by name; of comments within items, what is open in the item that was met last. */
struct scope {
	struct opening { size_t item, place; uint8_t state; } *names;	/* state: OPEN_..., if item is the scope's; place: of OPEN_FROM */
	size_t item, nopen;
};

struct start { uint32_t a; size_t block; };

struct applying {
	struct suppressing s;
	struct place_of_name *places;
	size_t nplaces, capplaces;
	size_t *file_use;		/* by name: the use in a `disable-file`, from 1; 0: none */
	size_t *item_use;		/* by name: from 1, the item in which a comment speaks for all of it */
	struct scope scopes[2];		/* of the file, of the item */
	size_t nnames;
	struct start *order;		/* the file's blocks by their places */
};

void
suppress_init(struct suppress *s)
{
	memset(s, 0, sizeof *s);
}

void
suppress_release(struct suppress *s)
{
	for (size_t i = 0; i < s->narticles; i++)
		free((char *)s->articles[i].item);
	free(s->paragraphs);
	free(s->articles);
	free(s->missed);
	suppress_init(s);
}

void
suppress_start(struct suppress *s, const struct policy *p)
{
	for (size_t i = 0; i < s->narticles; i++)
		free((char *)s->articles[i].item);
	s->narticles = s->nparagraphs = 0;
	if (s->nmissed != p->set->n || s->missed == NULL) {
		free(s->missed);
		s->missed = xcalloc(p->set->n + 1, sizeof *s->missed);
		s->nmissed = p->set->n;
	}
	memset(s->missed, 0, (s->nmissed + 1) * sizeof *s->missed);
}

void
suppress_article(struct suppress *s, const bool *missed, const struct article *a)
{
	for (size_t i = 0; i < s->nmissed; i++)
		s->missed[i] |= missed[i];
	if (a->src->ncomments == 0)
		return;
	for (size_t i = 0; i < a->nblocks; i++)
		XPUSH(s->paragraphs, s->nparagraphs, s->capparagraphs) = (struct suppress_paragraph){
		    text_extent(&a->text, a->blocks[i].at), (uint32_t)s->narticles, a->blocks[i].paragraph };
	XPUSH(s->articles, s->narticles, s->caparticles) =
	    (struct suppress_article){ a->whole, a->own, a->item != NULL ? xstrdup(a->item) : NULL };
}

/* ---- names ---- */

static void
name_families(struct suppressing *s)
{
	const struct rule_set *set = s->policy->set;

	s->family_of = xcalloc(set->n + 1, sizeof *s->family_of);
	for (size_t i = 0; i < set->n; i++) {
		const char *id = set->rules[i]->id;
		size_t n = strcspn(id, "/"), k;

		for (k = 0; k < s->nfamilies && !str_is(id, n, s->families[k]); k++)
			;
		if (k == s->nfamilies)
			XPUSH(s->families, s->nfamilies, s->capfamilies) = xstrndup(id, n);
		s->family_of[set->rules[i]->index] = (int)(set->n + k);
	}
}

int
suppress_name(const struct suppressing *s, const char *word, size_t n)
{
	char id[128];
	const struct rule *r;

	if (n >= sizeof id)
		return NAME_UNKNOWN;
	memcpy(id, word, n);
	id[n] = '\0';
	if (strlen(id) != n)
		return NAME_UNKNOWN;
	if ((r = rule_find(s->policy->set, id)) != NULL)
		return (int)r->index;
	for (size_t k = 0; k < s->nfamilies; k++)
		if (strcmp(s->families[k], id) == 0)
			return (int)(s->policy->set->n + k);
	return NAME_UNKNOWN;
}

static bool
was_judged(const struct suppressing *s, const struct rule *r)
{
	return !s->policy->off[r->index] && !s->file->missed[r->index];
}

/* Could a finding of that name have been made?  Of a family: all its rules that are on by themselves. */
bool
suppress_is_judged(const struct suppressing *s, int name)
{
	const struct rule_set *set = s->policy->set;
	bool core = false;

	if ((size_t)name < set->n)
		return was_judged(s, set->rules[name]);
	for (int all = 0; all < 2; all++) {
		for (size_t i = 0; i < set->n; i++) {
			const struct rule *r = set->rules[i];

			if (s->family_of[r->index] != name || (!all && r->tier != TIER_CORE))
				continue;
			core = true;
			if (!was_judged(s, r))
				return false;
		}
		if (core)
			break;
	}
	return true;
}

/* ---- from directives to places ---- */

static uint64_t
key_of(size_t name, enum place_form form)
{
	return (uint64_t)name * PLACE_FORMS + form;
}

static void
add_place(struct applying *a, size_t use, struct span at, enum place_form form)
{
	XPUSH(a->places, a->nplaces, a->capplaces) =
	    (struct place_of_name){ key_of((size_t)a->s.uses[use].name, form), at.a, at.z, use };
}

/* How far a comment speaks: one that an item holds, of that item alone.  Copy from elsewhere must not speak for its neighbours. */
static struct span
reach(const struct applying *a, const struct comment *c)
{
	const struct suppress_article *in = c->inner ? suppress_article_of(a->s.file, c) : NULL;
	uint32_t len = (uint32_t)a->s.src->len;

	if (!c->inner)
		return (struct span){ 0, UINT32_MAX };
	if (in == NULL)
		return (struct span){ 0, 0 };
	return source_span(a->s.src, (struct extent){ in->own.a < len ? in->own.a : len, in->own.z < len ? in->own.z : len });
}

/* What holds where the comment stands.  What was open in the item before is not in this one. */
static struct scope *
scope_of(struct applying *a, const struct comment *c)
{
	struct scope *s = &a->scopes[c->inner];
	size_t item = c->inner ? (size_t)(suppress_article_of(a->s.file, c) - a->s.file->articles) + 1 : 0;

	if (s->item != item) {
		s->item = item;
		s->nopen = 0;
	}
	return s;
}

static bool
is_open(const struct scope *s, size_t name)
{
	return s->names[name].item == s->item && s->names[name].state != OPEN_NONE;
}

static void
close_name(struct applying *a, struct scope *s, size_t name, uint32_t at)
{
	struct opening *o = &s->names[name];

	if (!is_open(s, name))
		return;
	if (o->state == OPEN_FROM && a->places[o->place].z > at)
		a->places[o->place].z = at;
	s->nopen--;
	o->state = OPEN_NONE;
}

static void
begin_range(struct applying *a, const struct directive *d, uint32_t at)
{
	struct scope *s = scope_of(a, d->comment);
	struct span all = reach(a, d->comment);

	for (size_t i = d->first; i < d->first + d->n; i++) {
		size_t name = (size_t)a->s.uses[i].name;

		if (!d->reason && is_open(s, name))
			continue;
		close_name(a, s, name, at);
		s->names[name] = (struct opening){ s->item, a->nplaces, d->reason ? OPEN_FROM : OPEN_VOID };
		s->nopen++;
		if (d->reason)
			add_place(a, i, (struct span){ at, all.z }, d->comment->inner ? PLACE_ITEM_RANGE : PLACE_RANGE);
	}
}

static void
end_range(struct applying *a, struct directive *d, uint32_t at)
{
	struct scope *s = scope_of(a, d->comment);

	for (size_t i = d->first; i < d->first + d->n; i++) {
		size_t name = (size_t)a->s.uses[i].name;

		a->s.uses[i].used = is_open(s, name);
		close_name(a, s, name, at);
	}
	if (d->named)
		return;
	d->closes = s->nopen != 0;
	for (size_t name = 0; s->nopen != 0 && name < a->nnames; name++)
		close_name(a, s, name, at);
	if (!d->closes) {
		suppress_quote_directive(&a->s, d);
		buf_puts(&a->s.words, " ends nothing: none is open");
		suppress_say(&a->s, SUPPRESSION_UNUSED, d, d->at);
	}
}

/* The first of several for the same counts. */
static void
take_all(struct applying *a, const struct directive *d)
{
	size_t item = d->comment->inner ? scope_of(a, d->comment)->item : 0;

	for (size_t i = d->first; d->reason && i < d->first + d->n; i++) {
		size_t name = (size_t)a->s.uses[i].name;

		if (!d->comment->inner) {
			if (a->file_use[name] == 0)
				a->file_use[name] = i + 1;
		} else if (a->item_use[name] != item) {
			a->item_use[name] = item;
			add_place(a, i, reach(a, d->comment), PLACE_ITEM);
		}
	}
}

/* The first block that begins behind the comment, of the article in which the comment stands. */
static bool
find_next(const struct applying *a, const struct comment *c, size_t *found)
{
	const struct suppress *f = a->s.file;
	const struct suppress_article *in = suppress_article_of(f, c);
	size_t lo = 0, hi = f->nparagraphs;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (a->order[mid].a < c->at.z)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (in == NULL || lo == f->nparagraphs)
		return false;
	*found = a->order[lo].block;
	return f->paragraphs[*found].article == (uint32_t)(in - f->articles);
}

static void
add_block(struct applying *a, const struct directive *d, size_t block)
{
	for (size_t i = d->first; i < d->first + d->n; i++)
		add_place(a, i, source_span(a->s.src, a->s.file->paragraphs[block].at), PLACE_BLOCK);
}

/* The paragraph: dateline and lead are two blocks of one, a caption and its credit. */
static void
add_next(struct applying *a, const struct directive *d)
{
	const struct suppress_paragraph *v = a->s.file->paragraphs;
	size_t at, from, to;

	if (!find_next(a, d->comment, &at)) {
		if (suppress_article_of(a->s.file, d->comment) != NULL) {
			suppress_quote_directive(&a->s, d);
			buf_puts(&a->s.words, " suppresses nothing: no paragraph of the story stands behind it");
			suppress_say(&a->s, SUPPRESSION_UNUSED, d, d->at);
		}
		for (size_t i = d->first; i < d->first + d->n; i++)
			a->s.uses[i].used = true;
		return;
	}
	from = at;
	to = at + 1;
	while (v[at].paragraph != 0 && from > 0 && at - from < BESIDE && v[from - 1].article == v[at].article &&
	    v[from - 1].paragraph == v[at].paragraph)
		from--;
	while (v[at].paragraph != 0 && to < a->s.file->nparagraphs && to - at < BESIDE && v[to].article == v[at].article &&
	    v[to].paragraph == v[at].paragraph)
		to++;
	for (size_t i = from; i < to; i++)
		if (v[i].at.a >= v[at].at.a)
			add_block(a, d, i);
}

static void
take_directive(struct applying *a, struct directive *d)
{
	struct extent at = d->comment->at;

	if (d->comment->inner && suppress_article_of(a->s.file, d->comment) == NULL) {
		/* in an item that is no article nothing is found, and nothing is known to be needless */
		for (size_t i = d->first; i < d->first + d->n; i++)
			a->s.uses[i].used = true;
		return;
	}
	switch (d->kind) {
	case DIRECTIVE_FROM:
		begin_range(a, d, source_span(a->s.src, (struct extent){ at.z, at.z }).a);
		break;
	case DIRECTIVE_END:
		end_range(a, d, source_span(a->s.src, (struct extent){ at.a, at.a }).a);
		break;
	case DIRECTIVE_NEXT:
		if (d->reason)
			add_next(a, d);
		break;
	case DIRECTIVE_FILE:
		take_all(a, d);
		break;
	case DIRECTIVE_NONE:
		break;
	}
}

/* ---- applying ---- */

static int
by_key(const void *a, const void *b)
{
	const struct place_of_name *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->use < y->use ? -1 : x->use > y->use;
}

/* The last place of the name that begins at or before the finding, if the finding is in it. */
static bool
find_place(const struct applying *a, int name, enum place_form form, const struct finding *f, size_t *use)
{
	uint64_t key = key_of((size_t)name, form);
	size_t lo = 0, hi = a->nplaces;
	const struct place_of_name *p;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		p = &a->places[mid];
		if (p->key < key || (p->key == key && p->a <= f->at.a))
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo == 0 || (p = &a->places[lo - 1])->key != key)
		return false;
	*use = p->use;
	/* what is missing at the end of a block is missing in it */
	return f->at.a < p->z || (form == PLACE_BLOCK && f->at.a == p->z && f->at.a == f->at.z);
}

/* `by` gets the use that does. */
static bool
lets_pass(struct applying *a, const struct finding *f, size_t *by)
{
	const struct rule *r = f->fatal ? NULL : rule_find(a->s.policy->set, f->rule);
	enum suppression_kind kind;
	int names[2];
	size_t use;

	if (r == NULL || suppression_kind_of(r, &kind))
		return false;
	names[0] = (int)r->index;
	names[1] = a->s.family_of[r->index];
	for (int i = 0; f->placed && i < 2 * PLACE_FORMS; i++)
		if (find_place(a, names[i & 1], (enum place_form)(i / 2), f, &use))
			return a->s.uses[*by = use].used = true;
	for (int i = 0; i < 2; i++)
		if ((use = a->file_use[names[i]]) != 0)
			return a->s.uses[*by = use - 1].used = true;
	return false;
}

static int
by_comment(const void *a, const void *b)
{
	const struct comment *x = a, *y = b;

	return x->at.a != y->at.a ? (x->at.a < y->at.a ? -1 : 1) : x->at.z < y->at.z ? -1 : x->at.z > y->at.z;
}

static int
by_start(const void *a, const void *b)
{
	const struct start *x = a, *y = b;

	return x->a != y->a ? (x->a < y->a ? -1 : 1) : x->block < y->block ? -1 : x->block > y->block;
}

static void
sort_blocks(struct applying *a)
{
	const struct suppress *f = a->s.file;

	a->order = xcalloc(f->nparagraphs + 1, sizeof *a->order);
	for (size_t i = 0; i < f->nparagraphs; i++)
		a->order[i] = (struct start){ f->paragraphs[i].at.a, i };
	if (f->nparagraphs > 1)
		qsort(a->order, f->nparagraphs, sizeof *a->order, by_start);
}

/* Comments in the order of the file; one that was met twice, in a piece of HTML that is read twice, is one. */
static void
read_comments(struct applying *a)
{
	struct source *src = a->s.src;

	if (src->ncomments > 1)
		qsort(src->comments, src->ncomments, sizeof *src->comments, by_comment);
	for (size_t i = 0; i < src->ncomments; i++) {
		const struct comment *c = &src->comments[i];
		struct directive d = { .comment = c, .hash = suppress_hash(c) };

		if (i != 0 && c->at.a == c[-1].at.a && c->at.z == c[-1].at.z)
			continue;
		if (!suppress_parse(&a->s, &d))
			continue;
		take_directive(a, &d);
		XPUSH(a->s.directives, a->s.ndirectives, a->s.capdirectives) = d;
	}
	if (a->nplaces > 1)
		qsort(a->places, a->nplaces, sizeof *a->places, by_key);
}

/* Behind the findings of the file stand those on its comments, which stay. */
static size_t
take_out(struct applying *a, struct finding_list *l)
{
	size_t kept = 0, gone, by;

	for (size_t i = 0; i < l->n; i++)
		if (lets_pass(a, &l->v[i], &by)) {
			const struct directive *d = &a->s.directives[a->s.uses[by].directive];

			finding_pass(l, &l->v[i], PASS_COMMENT, d->why, d->nwhy);
		} else {
			l->v[kept++] = l->v[i];
		}
	gone = l->n - kept;
	for (size_t i = 0; i < a->s.nsaid; i++)
		a->s.said[i].at -= gone;
	l->n = kept;
	return gone;
}

size_t
suppress_apply(struct suppress *file, const struct policy *p, struct source *src, struct finding_list *l)
{
	struct applying a = { .s = { .policy = p, .src = src, .file = file } };
	bool complete = true;
	size_t gone;

	a.s.out = l;
	a.s.path = arena_strdup(&l->arena, src->path);
	a.s.words = (struct buf)BUF_INIT;
	name_families(&a.s);
	a.nnames = p->set->n + a.s.nfamilies;
	a.file_use = xcalloc(a.nnames + 1, sizeof *a.file_use);
	a.item_use = xcalloc(a.nnames + 1, sizeof *a.item_use);
	for (int i = 0; i < 2; i++)
		a.scopes[i].names = xcalloc(a.nnames + 1, sizeof *a.scopes[i].names);
	sort_blocks(&a);
	for (size_t i = 0; i < l->n; i++)
		complete = complete && !l->v[i].fatal;
	read_comments(&a);
	gone = take_out(&a, l);
	/* where a rule gave up, nobody knows what its comments would have let pass */
	for (size_t i = 0; complete && i < a.s.ndirectives; i++)
		if (a.s.directives[i].reason || a.s.directives[i].kind == DIRECTIVE_END)
			suppress_say_unused(&a.s, &a.s.directives[i]);
	suppress_number_equal(&a.s);
	for (size_t i = 0; i < a.s.nfamilies; i++)
		free((char *)a.s.families[i]);
	free(a.s.families);
	free(a.s.family_of);
	free(a.s.directives);
	free(a.s.uses);
	free(a.s.said);
	buf_release(&a.s.words);
	free(a.places);
	free(a.file_use);
	free(a.item_use);
	for (int i = 0; i < 2; i++)
		free(a.scopes[i].names);
	free(a.order);
	return gone;
}
