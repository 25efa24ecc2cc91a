/* What was changed in the copy, and whether the terms under which it was taken allow that.
 *
 * Each hunk of the comparison is named as licences name changes.  "last week" in the place of "yesterday" is a change of time, "Portland"
 * in that of "Portland, Ore." one of place, "colour" in that of "color" one of style; a paragraph that is gone is a cut. */
#include "check/compare.h"
#include "check/wording.h"

#include "alike.h"
#include "facts/facts.h"
#include "util/arena.h"
#include "util/hash.h"
#include "util/str.h"

#include <string.h>

enum { RUN = 5, STYLE_WORDS = 8, ELSEWHERE = 6 };

static const char *const class_names[] = { "time", "place", "style", "headline", "cut", "added", "moved", "other" };

/* ---- runs of words of a whole article, to find what stands elsewhere in it ---- */

struct runs { uint64_t *table; size_t mask; };

static uint64_t
run_hash(const uint64_t *words)
{
	return hash_bytes(words, RUN * sizeof *words, HASH_INIT) | 1;
}

static bool
runs_hold(const struct runs *r, uint64_t h)
{
	size_t i = h & r->mask;

	while (r->table[i] != 0 && r->table[i] != h)
		i = (i + 1) & r->mask;
	return r->table[i] == h;
}

static struct runs
runs_of(struct check_ctx *c, const struct copy_words *w)
{
	struct runs r = { .mask = 15 };

	while (r.mask < (size_t)w->n * 2)
		r.mask = r.mask * 2 + 1;
	r.table = arena_alloc(c->arena, (r.mask + 1) * sizeof *r.table);
	for (uint32_t i = 0; i + RUN <= w->n; i++) {
		uint64_t h = run_hash(w->hash + i);
		size_t at = h & r.mask;

		while (r.table[at] != 0 && r.table[at] != h)
			at = (at + 1) & r.mask;
		r.table[at] = h;
	}
	return r;
}

/* Do nearly all runs of words i..z stand there? */
static bool
stands_in(const struct runs *r, const struct copy_words *w, uint32_t i, uint32_t z)
{
	uint32_t found = 0, all = 0;

	if (z - i < ELSEWHERE)
		return false;
	for (; i + RUN <= z; i++, all++)
		found += runs_hold(r, run_hash(w->hash + i));
	return found * 10 >= all * 9;
}

/* ---- classes ---- */

struct side {
	const struct article *a;
	const struct copy_words *w;
	uint32_t i, z;
};

static const char *
word_at(const struct side *s, uint32_t i, size_t *n)
{
	*n = range_len(s->w->at[i]);
	return text_at(&s->a->text, s->w->at[i]);
}

static bool
all_digits(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && s[i] >= '0' && s[i] <= '9')
		i++;
	return i == n;
}

/* Nothing but words of time, months, weekdays and numbers; *any: one that is more than a number. */
static bool
is_time(const struct language *l, const struct side *s, bool *any)
{
	for (uint32_t i = s->i; i < s->z; i++) {
		size_t n;
		const char *word = word_at(s, i, &n);
		bool time = facts_in_list(l, LIST_TIME_WORDS, word, n) || facts_number(l, LIST_MONTHS, word, n) != 0 ||
		    facts_number(l, LIST_WEEKDAYS, word, n) != 0;

		*any = *any || time;
		if (!time && !(n <= 4 && all_digits(word, n)) && !facts_in_list(l, LIST_TIME_JOINERS, word, n))
			return false;
	}
	return true;
}

/* The words as one phrase: "Ore", "New Mexico". */
static bool
is_place(const struct language *l, const struct side *s)
{
	uint32_t i = s->i;

	while (i < s->z) {
		struct range r = s->w->at[i];
		uint32_t k, next = i;

		for (k = i; k < s->z && k < i + 3; k++) {
			r.z = s->w->at[k].z;
			/* "D.C" with its full stop, or without one */
			if (facts_in_list(l, LIST_PLACE_QUALIFIERS, text_at(&s->a->text, r), range_len(r)))
				next = k + 1;
		}
		if (next == i)
			return false;
		i = next;
	}
	return true;
}

/* The characters of all words, folded, without what parts them: "e-mail" and "email" are the same. */
static uint64_t
joined(const struct side *s)
{
	enum { LONGEST = 64 };
	unsigned folded[LONGEST];
	uint64_t h = HASH_INIT;

	for (uint32_t i = s->i; i < s->z; i++) {
		size_t n = word_fold(s->a->text.s, s->w->at[i], folded, LONGEST);

		for (size_t k = 0; k < (n < LONGEST ? n : LONGEST); k++)
			h = hash_byte(hash_byte(h, (unsigned char)folded[k]), (unsigned char)(folded[k] >> 8));
	}
	return h;
}

/* "percent=per cent": both ways of a house's style. */
static bool
house_style(const struct language *l, const struct side *a, const struct side *b)
{
	const char *const *items = facts_list(l, LIST_HOUSE_STYLE);
	struct range x = { a->w->at[a->i].a, a->w->at[a->z - 1].z }, y = { b->w->at[b->i].a, b->w->at[b->z - 1].z };
	const char *s = text_at(&a->a->text, x), *t = text_at(&b->a->text, y);
	char left[64];

	for (; *items != NULL; items++) {
		const char *eq = strchr(*items, '=');

		if (eq == NULL || (size_t)(eq - *items) >= sizeof left)
			continue;
		memcpy(left, *items, (size_t)(eq - *items));
		left[eq - *items] = '\0';
		if ((str_folded_is(s, range_len(x), left) && str_folded_is(t, range_len(y), eq + 1)) ||
		    (str_folded_is(t, range_len(y), left) && str_folded_is(s, range_len(x), eq + 1)))
			return true;
	}
	return false;
}

static bool
spelt_two_ways(const struct spellings *v, uint64_t a, uint64_t b)
{
	for (size_t i = 0; i < v->n; i++)
		if ((v->v[i].american == a && v->v[i].british == b) || (v->v[i].american == b && v->v[i].british == a))
			return true;
	return false;
}

static bool
is_style(const struct language *l, const struct spellings *v, const struct side *a, const struct side *b)
{
	if (a->i == a->z || b->i == b->z || a->z - a->i > STYLE_WORDS || b->z - b->i > STYLE_WORDS)
		return false;
	if (joined(a) == joined(b) || house_style(l, a, b))
		return true;
	if (a->z - a->i != b->z - b->i)
		return false;
	for (uint32_t i = 0; i < a->z - a->i; i++)
		if (a->w->hash[a->i + i] != b->w->hash[b->i + i] && !spelt_two_ways(v, a->w->hash[a->i + i], b->w->hash[b->i + i]))
			return false;
	return true;
}

struct classing {
	struct check_ctx *c;
	const struct comparison *cmp;
	const struct spellings *spellings;
	struct runs ours, theirs;	/* all of the articles, story or not */
	struct runs our_story, their_story;
};

/* false: it is no change. */
static bool
class_of(const struct classing *k, const struct hunk *h, enum change_class *class)
{
	const struct comparison *cmp = k->cmp;
	struct side a = { &cmp->original->article, &cmp->original_words, h->a0, h->a1 }, b = { cmp->ours, &cmp->words, h->b0, h->b1 };
	const struct language *l = cmp->analysis->language;
	bool any = false;

	if (h->b0 == h->b1 && stands_in(&k->ours, a.w, a.i, a.z)) {
		*class = CHANGE_MOVED;
		return stands_in(&k->our_story, a.w, a.i, a.z);
	}
	if (h->a0 == h->a1 && stands_in(&k->theirs, b.w, b.i, b.z)) {
		*class = CHANGE_MOVED;
		return false;		/* it is told where it is missing */
	}
	if (is_time(l, &a, &any) && is_time(l, &b, &any) && any)
		*class = CHANGE_TIME;
	else if (is_place(l, &a) && is_place(l, &b))
		*class = CHANGE_PLACE;
	else if (is_style(l, k->spellings, &a, &b))
		*class = CHANGE_STYLE;
	else
		*class = h->b0 == h->b1 ? CHANGE_CUT : h->a0 == h->a1 ? CHANGE_ADDED : CHANGE_OTHER;
	return true;
}

/* A paragraph of ours that says where the copy is from is no part of it: it holds what a profile's duty asks for, or its house's name
 * with the word that goes with it. */
static bool
is_origin_line(const struct check_ctx *c, const struct comparison *cmp, const struct hunk *h)
{
	const struct standing *st = c->standing;
	const struct block *b;
	struct range at;
	const char *s;
	size_t n;

	if (h->a0 != h->a1)
		return false;
	b = &cmp->ours->blocks[cmp->words.block[h->b0]];
	s = block_text(cmp->ours, b, &n);
	for (size_t i = 0; i < st->nprofiles; i++) {
		const struct profile *p = st->profiles[i];

		for (size_t k = 0; k < p->nduties; k++)
			for (const char *const *w = p->duties[k].phrases; w != NULL && *w != NULL; w++)
				if (wording_find(&cmp->ours->text, b->at, *w, p->names, &at))
					return true;
		for (size_t k = 0; k < p->nmarks; k++)
			if (p->marks[k].phrase != NULL && phrase_find(s, n, p->marks[k].phrase, &at))
				return true;
	}
	for (const char *const *w = facts_list(cmp->analysis->language, LIST_SIGNOFF_CUES); *w != NULL; w++)
		if (phrase_find(s, n, *w, &at))
			return true;
	return false;
}

static void
headline(const struct comparison *cmp, struct change *v, size_t *n)
{
	const struct block *is = article_find_block(cmp->ours, KIND(BLOCK_HEADLINE));
	const struct block *was = article_find_block(&cmp->original->article, KIND(BLOCK_HEADLINE));
	struct words a, b;
	struct word x, y;
	bool more, other;

	if (is == NULL || was == NULL)
		return;
	a = words_of(&cmp->original->article.text, was->at);
	b = words_of(&cmp->ours->text, is->at);
	do {
		more = words_next(&a, &x);
		other = words_next(&b, &y);
	} while (more && other && x.hash == y.hash);
	if (more || other)
		v[(*n)++] = (struct change){ .class = CHANGE_HEADLINE, .ours = is->at, .theirs = was->at, .count = 1 };
}

struct change *
compare_changes(struct check_ctx *c, const struct spellings *spellings, size_t *n)
{
	struct comparison *cmp = c->comparison;
	struct copy_words all = { .n = 0 };
	struct classing k = { .c = c, .cmp = cmp, .spellings = spellings };
	struct change *v;

	comparison_hunks(cmp);
	v = ARENA_ARRAY(c->arena, struct change, cmp->hunks.n + 1);
	*n = 0;
	headline(cmp, v, n);
	copy_words_take(&all, cmp->ours, ~(kind_set)0);
	k.ours = runs_of(c, &all);
	copy_words_clear(&all);
	copy_words_take(&all, &cmp->original->article, ~(kind_set)0);
	k.theirs = runs_of(c, &all);
	copy_words_release(&all);
	k.our_story = runs_of(c, &cmp->words);
	for (size_t i = 0; i < cmp->hunks.n; i++) {
		const struct hunk *h = &cmp->hunks.v[i];
		struct change change = { .words = *h };

		if (!class_of(&k, h, &change.class) || is_origin_line(c, cmp, h))
			continue;
		change.count = h->a1 - h->a0 > h->b1 - h->b0 ? h->a1 - h->a0 : h->b1 - h->b0;
		change.ours = h->b0 < h->b1 ? copy_words_range(&cmp->words, h->b0, h->b1) : copy_words_gap(&cmp->words, cmp->ours, h->b0);
		change.theirs = h->a0 < h->a1 ? copy_words_range(&cmp->original_words, h->a0, h->a1) :
		    copy_words_gap(&cmp->original_words, &cmp->original->article, h->a0);
		v[(*n)++] = change;
	}
	return v;
}

/* ---- terms ---- */

static const struct duty *
duty_of(const struct profile *p, const char *id)
{
	for (const struct duty *d = p->duties; d < p->duties + p->nduties; d++)
		if (strcmp(d->id, id) == 0)
			return d;
	return NULL;
}

static bool
allows(const struct duty *d, enum change_class class)
{
	const char *name = class_names[class];

	/* what allows cuts allows to put elsewhere what it allows to leave out */
	if (class == CHANGE_MOVED)
		name = "cut";
	return str_in_list(name, strlen(name), d->allows) || str_in_list("any", 3, d->allows);
}

static const char *
allowed_words(struct check_ctx *c, const struct duty *d)
{
	const char *out = NULL;

	for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++)
		if (str_in_list(class_names[i], strlen(class_names[i]), d->allows)) {
			const char *name = i == CHANGE_CUT ? "cuts" : class_names[i];

			out = out == NULL ? arena_printf(c->arena, "changes of %s", name) : arena_printf(c->arena, "%s, %s", out, name);
		}
	return out != NULL ? out : "no change";
}

static const char *
problem(struct check_ctx *c, const struct change *change)
{
	const struct comparison *cmp = c->comparison;
	const char *ours = compare_excerpt(c, cmp->ours, change->ours), *theirs = compare_excerpt(c, &cmp->original->article, change->theirs);

	switch (change->class) {
	case CHANGE_HEADLINE:
		return arena_printf(c->arena, "headline changed, from '%s'", theirs);
	case CHANGE_MOVED:
		return arena_printf(c->arena, "'%s' stood here in the original, and stands elsewhere now", theirs);
	default:
		if (change->words.b0 == change->words.b1)
			return arena_printf(c->arena, "'%s' of the original is left out", theirs);
		if (change->words.a0 == change->words.a1)
			return arena_printf(c->arena, "'%s' is not in the original", ours);
		return arena_printf(c->arena, "'%s' stands where the original has '%s'", ours, theirs);
	}
}

static void
report_change(struct check_ctx *c, const struct change *change, const struct profile *p, const struct duty *d)
{
	struct report_note note = compare_note(c, change->theirs);
	/* a word or two may be another style that the facts do not know */
	struct report r = { .at = change->ours, .certainty = change->class == CHANGE_OTHER && change->count <= 2 ? LIKELY : SURE,
	    .at_most = d->severity, .notes = &note, .nnotes = 1 };
	const char *s = problem(c, change), *allowed = allowed_words(c, d);

	report_said(&r, "problem", s);
	report_arg(&r, "profile", p->id, strlen(p->id));
	report_said(&r, "allowed", allowed);
	report_arg(&r, "original", text_at(&note.in->text, change->theirs), range_len(change->theirs));
	report_number(&r, c, "count", change->count);
	check_report(c, &r);
}

void
compare_edits(struct check_ctx *c, const struct spellings *spellings)
{
	const struct standing *st = c->standing;
	struct change *v = NULL;
	size_t n = 0;

	for (size_t i = 0; i < st->nprofiles; i++) {
		const struct duty *d = duty_of(st->profiles[i], "edits");

		if (d == NULL || d->allows == NULL || duty_of(st->profiles[i], "edit-note") != NULL)
			continue;
		if (v == NULL)
			v = compare_changes(c, spellings, &n);
		for (size_t k = 0; k < n; k++)
			if (!allows(d, v[k].class))
				report_change(c, &v[k], st->profiles[i], d);
		return;			/* once, by the first that says what may be changed */
	}
}

/* Does the copy say that it was changed: in the words that the duty asks for, or in others that mean it? */
static bool
says_changed(struct check_ctx *c, const struct duty *d)
{
	const struct article *a = c->article;
	const struct language *l = c->analysis->language;

	for (size_t i = 0; i < a->nblocks; i++) {
		size_t n;
		const char *s = block_text(a, &a->blocks[i], &n);
		struct range at;

		for (const char *const *w = d->phrases; w != NULL && *w != NULL; w++)
			if (wording_find(&a->text, a->blocks[i].at, *w, NULL, &at))
				return true;
		for (const char *const *w = facts_list(l, LIST_CHANGE_NOTES); *w != NULL; w++)
			if (phrase_find(s, n, *w, &at))
				return true;
	}
	return false;
}

void
compare_disclosure(struct check_ctx *c, const struct spellings *spellings)
{
	const struct standing *st = c->standing;

	for (size_t i = 0; i < st->nprofiles; i++) {
		const struct duty *d = duty_of(st->profiles[i], "edit-note"), *edits = duty_of(st->profiles[i], "edits");
		struct report r = { .certainty = SURE, .anchor = "disclosure" };
		struct report_note note;
		const struct change *first = NULL, *v;
		size_t n, count = 0;
		const char *what;

		if (d == NULL || says_changed(c, d))
			continue;
		v = compare_changes(c, spellings, &n);
		for (size_t k = 0; k < n; k++)
			if (edits != NULL && edits->allows != NULL ? !allows(edits, v[k].class) : v[k].class > CHANGE_HEADLINE) {
				first = first == NULL ? &v[k] : first;
				count++;
			}
		if (first == NULL || !check_place(c, "body-end", &r.at))
			continue;
		note = compare_note(c, first->theirs);
		r.at_most = d->severity;
		r.notes = &note;
		r.nnotes = 1;
		what = problem(c, first);
		report_said(&r, "problem", what);
		report_arg(&r, "profile", st->profiles[i]->id, strlen(st->profiles[i]->id));
		report_arg(&r, "original", text_at(&note.in->text, first->theirs), range_len(first->theirs));
		report_number(&r, c, "count", count);
		check_report(c, &r);
	}
}
