/* The policy in force for one article: the one of the run, or a variant of it with the profiles that the article asks for by a
 * field that the configuration maps, or by its marks.  Variants are kept, so that a folder of one agency's copy makes one. */
#include "lint/lint_int.h"

#include "util/buf.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

struct variant {
	const struct policy *base;
	const struct profile **added;
	size_t n;
	struct policy *policy;		/* NULL: they disagree */
	char *conflict;
};

void
lint_profiles_release(struct lint *l)
{
	for (size_t i = 0; i < l->nvariants; i++) {
		policy_variant_free(l->variants[i].policy);
		free(l->variants[i].added);
		free(l->variants[i].conflict);
	}
	free(l->variants);
	free(l->added);
	free(l->reasons);
	choices_release(&l->choices);
}

static const struct variant *
variant(struct lint *l)
{
	size_t bytes = l->nadded * sizeof *l->added;
	struct buf conflict = BUF_INIT;
	struct variant *v;

	for (size_t i = 0; i < l->nvariants; i++)
		if (l->variants[i].base == l->policy && l->variants[i].n == l->nadded && memcmp(l->variants[i].added, l->added, bytes) == 0)
			return &l->variants[i];
	v = &XPUSH(l->variants, l->nvariants, l->capvariants);
	v->base = l->policy;
	v->added = xmalloc(bytes);
	memcpy(v->added, l->added, bytes);
	v->n = l->nadded;
	v->policy = policy_variant(l->policy, v->added, v->n, &conflict);
	v->conflict = xstrndup(conflict.s, conflict.n);
	buf_release(&conflict);
	return v;
}

/* Adds the profile, if it is not in force already. */
static void
add(struct lint *l, const struct profile *p, struct range at, const char *why)
{
	size_t n = l->nadded;

	for (size_t i = 0; i < l->policy->nchosen; i++)
		if (l->policy->chosen[i] == p)
			return;
	for (size_t i = 0; i < l->nadded; i++)
		if (l->added[i] == p)
			return;
	XPUSH(l->added, l->nadded, l->capadded) = p;
	XPUSH(l->reasons, n, l->capreasons) = (struct reason){ at, why };
}

static void
by_field(struct lint *l, const struct article *a)
{
	const struct policy *p = l->policy;

	for (size_t i = 0; p->norigins != 0 && i < a->nfields; i++) {
		struct range at = text_trim(&a->text, a->fields[i].at);
		const struct origin *o = range_len(at) == 0 ? NULL :
		    origin_find(p->origins, p->norigins, a->fields[i].name, text_at(&a->text, at), range_len(at));
		const char *why;

		if (o == NULL || o->profiles[0] == NULL)
			continue;
		why = arena_printf(&l->article->arena, "by origin: field '%s' '%s'", field_name_str(o->field), o->value);
		for (size_t k = 0; o->profiles[k] != NULL; k++)
			add(l, o->profiles[k], at, why);
	}
}

static const char *
reason(struct lint *l, const struct copy_mark *m, struct range at)
{
	struct arena *arena = &l->article->arena;
	const struct article *a = l->article;
	const struct block *b = article_block_at(a, at);
	const char *where = b != NULL ? block_kind_name(b->kind) : "";

	if (m->phrase != NULL)
		return arena_printf(arena, "by the words '%s'", m->phrase);
	for (size_t i = 0; b == NULL && i < a->nfields; i++)
		if (a->fields[i].at.a <= at.a && at.z <= a->fields[i].at.z)
			where = arena_printf(arena, "field '%s'", field_name_str(a->fields[i].name));
	if (m->agency != NULL)
		return arena_printf(arena, "by agency '%s' in %s", m->agency, where);
	if (b != NULL)
		return arena_printf(arena, "by '%s' in %s", m->is, where);
	return arena_printf(arena, "by %s '%s'", where, m->is);
}

static void
by_marks(struct lint *l, const struct article *a)
{
	const struct rule_set *set = l->policy->set;

	for (size_t i = 0; i < set->nprofiles; i++) {
		const struct profile *p = set->profiles[i];

		for (size_t k = 0; k < p->nmarks; k++) {
			struct range at;

			if (!copy_mark_holds(&p->marks[k], a, &at))
				continue;
			add(l, p, at, reason(l, &p->marks[k], at));
			break;
		}
	}
}

/* They disagree: said where the last of them was chosen, with a note on each. */
static void
report_conflict(struct lint *l, const struct article *a, const char *conflict)
{
	struct arena *arena = &l->out->arena;
	struct finding *f = finding_message(l->out, MSG_CONFIG_PROFILES, a->src->path, conflict);
	struct range last = l->reasons[0].at;

	f->item = a->item != NULL ? arena_strdup(arena, a->item) : NULL;
	f->notes = ARENA_ARRAY(arena, struct note, l->nadded);
	f->nnotes = l->nadded;
	for (size_t i = 0; i < l->nadded; i++) {
		f->notes[i].at = source_span(a->src, text_extent(&a->text, l->reasons[i].at));
		f->notes[i].message = arena_printf(arena, "profile '%s' %s", l->added[i]->id, l->reasons[i].why);
		if (l->reasons[i].at.a > last.a)
			last = l->reasons[i].at;
	}
	f->placed = true;
	f->at = source_span(a->src, text_extent(&a->text, last));
}

const struct policy *
lint_in_force(struct lint *l, const struct article *a)
{
	const struct policy *p = l->policy;
	const struct variant *v;

	l->nadded = 0;
	if (p->norigins != 0)
		by_field(l, a);
	if (p->by_marks)
		by_marks(l, a);
	if (l->nadded == 0)
		return p;
	v = variant(l);
	if (v->policy == NULL) {
		report_conflict(l, a, v->conflict);
		return p;
	}
	for (size_t i = 0; i < l->nadded; i++)
		choices_add(&l->choices, l->added[i]->id, a->src->path != NULL ? a->src->path : "", l->reasons[i].why);
	return v->policy;
}
