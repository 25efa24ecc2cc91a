/* rights: what the profiles in force, and what the desk holds, say of the copy:
 *
 *	<rights on="not-checkable"/>	a duty of a profile that this format cannot show
 *	<rights on="unknown-origin"/>	a field that says where the copy is from, and the configuration knows no such place
 *	<rights on="not-held"/>		an agency that the text is credited to and whose copy the desk does not hold
 *	<rights on="licence-not-held"/>	a licence in force that the desk does not hold
 *	<rights on="relabelled">	a byline of the house over copy that other lines say is a news agency's
 *	  <unless><terms>...</terms></unless>	... but for what says openly that the house added to it
 *	</rights> */
#include "check.h"
#include "facts/facts.h"
#include "rule/profile.h"
#include "util/arena.h"
#include "util/str.h"
#include "util/xml.h"

#include <string.h>

enum question { NOT_CHECKABLE, UNKNOWN_ORIGIN, NOT_HELD, LICENCE_NOT_HELD, RELABELLED };
struct rights {
	enum question on;
	struct finder *unless;		/* RELABELLED; NULL: nothing */
};

static void *
rights_compile(struct rule_build *b, const struct node *el)
{
	struct rights *d = ARENA_NEW(rule_arena(b), struct rights);
	const struct node *unless = node_child(el, "unless");
	int on;

	rule_known_attrs(b, el, "on");
	on = rule_attr_choice(b, el, "on", "not-checkable unknown-origin not-held licence-not-held relabelled", -2);
	rule_known_children(b, el, on == RELABELLED ? "unless" : "");
	if (on == -2)
		rule_error(b, el, NULL, "'rights' without 'on', expected not-checkable, unknown-origin, not-held, licence-not-held or "
		    "relabelled");
	d->on = (enum question)on;
	if (on == RELABELLED && unless != NULL && (d->unless = rule_finder(b, unless, "unless")) == NULL)
		return NULL;
	return on < 0 ? NULL : d;
}

static void
arg(struct report *r, const char *name, const char *value)
{
	report_arg(r, name, value, strlen(value));
}

static void
not_checkable(struct check_ctx *c)
{
	const struct standing *st = c->standing;

	for (size_t i = 0; i < st->nprofiles; i++) {
		const struct profile *p = st->profiles[i];
		struct report r = { .certainty = SURE, .anchor = p->id };
		const char *duties = NULL;
		size_t n = 0;

		for (const struct duty *d = p->duties; d < p->duties + p->nduties; d++)
			/* what no copy shows is no fault of this one: it is told once, at the end of the run */
			if (d->shows != SHOWS_NOTHING && d->role == NULL && !shows_in(d->shows, c->article) &&
			    (d->use == NULL || standing_uses(st, d->use, true))) {
				duties = duties == NULL ? d->id : arena_printf(c->arena, "%s, %s", duties, d->id);
				n++;
			}
		if (duties == NULL || !check_place(c, "start", &r.at))
			continue;
		arg(&r, "profile", p->id);
		arg(&r, "duties", duties);
		report_number(&r, c, "count", n);
		arg(&r, "format", c->article->format);
		check_report(c, &r);
	}
}

/* A field that the configuration maps is missing, or says what it does not know: then the copy would be under no terms, and nobody
 * would be told. */
static void
unknown_origin(struct check_ctx *c)
{
	const struct standing *st = c->standing;
	const struct article *a = c->article;
	uint32_t mapped = 0, met = 0;

	for (size_t i = 0; i < st->norigins; i++)
		mapped |= (uint32_t)1 << st->origins[i].field;
	if (mapped == 0)
		return;
	for (size_t i = 0; i < a->nfields; i++) {
		const struct field *f = &a->fields[i];
		struct report r = { .at = text_trim(&a->text, f->at), .certainty = SURE };

		if (!(mapped >> f->name & 1) || range_len(r.at) == 0)
			continue;
		met |= (uint32_t)1 << f->name;
		if (origin_find(st->origins, st->norigins, f->name, text_at(&a->text, r.at), range_len(r.at)) != NULL)
			continue;
		arg(&r, "field", field_name_str(f->name));
		arg(&r, "problem", arena_printf(c->arena, "'%.*s' is", (int)(range_len(r.at) < 60 ? range_len(r.at) : 60), text_at(&a->text, r.at)));
		check_report(c, &r);
	}
	/* under a profile all the same: by its folder, by its marks */
	for (int f = 0; st->nprofiles == 0 && f < FIELD_COUNT; f++) {
		struct report r = { .certainty = SURE, .anchor = field_name_str((enum field_name)f) };

		if (!(mapped >> f & 1) || met >> f & 1 || !check_place(c, "start", &r.at))
			continue;
		arg(&r, "field", field_name_str((enum field_name)f));
		arg(&r, "problem", "is missing, and so");
		check_report(c, &r);
	}
}

/* Is it the house of a licence that is held and in force? */
static bool
licence_of(const struct standing *st, const char *name)
{
	for (size_t i = 0; i < st->nprofiles; i++) {
		const struct profile *p = st->profiles[i];
		bool held = false;

		for (const char *const *l = st->licences; l != NULL && *l != NULL; l++)
			held = held || strcmp(*l, p->id) == 0;
		if (held && p->kind == PROFILE_LICENCE && names_agency(p->names, name))
			return true;
	}
	return false;
}

static void
not_held(struct check_ctx *c)
{
	enum { MOST = 32 };
	const char *said[MOST], *name;
	struct provenance p = { .block = 0 };
	size_t n = 0, i;

	if (c->standing->held == NULL)
		return;
	while ((name = provenance_next(c->article, &p)) != NULL) {
		struct report r = { .at = p.at, .certainty = SURE };

		if (names_agency(c->standing->held, name) || names_agency(c->standing->own, name) || licence_of(c->standing, name))
			continue;
		for (i = 0; i < n && said[i] != name; i++)
			;
		if (i < n || n == MOST)
			continue;		/* once an agency */
		said[n++] = name;
		arg(&r, "agency", name);
		check_report(c, &r);
	}
}

static void
licence_not_held(struct check_ctx *c)
{
	const struct standing *st = c->standing;
	struct report r = { .certainty = SURE, .anchor = "start" };

	for (size_t i = 0; st->licences != NULL && i < st->nprofiles; i++) {
		const char *const *held = st->licences;

		if (st->profiles[i]->kind != PROFILE_LICENCE)
			continue;
		while (*held != NULL && strcmp(*held, st->profiles[i]->id) != 0)
			held++;
		if (*held != NULL || !check_place(c, "start", &r.at))
			continue;
		arg(&r, "profile", st->profiles[i]->id);
		check_report(c, &r);
	}
}

/* The house's own name in a byline that names no other agency; false if there is none. */
static bool
own_byline(const struct check_ctx *c, struct range *at)
{
	const struct article *a = c->article;

	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];
		bool others = false;

		if (b->kind != BLOCK_BYLINE)
			continue;
		for (uint32_t k = 0; k < b->nparts; k++) {
			size_t n;
			const char *name = part_value(a, &b->parts[k], &n);
			const struct agency *agency = b->parts[k].name == PART_AGENCY ? facts_agency(name, n) : NULL;

			others = others || (agency != NULL && !names_agency(c->standing->own, agency->name));
		}
		for (const char *const *own = c->standing->own; !others && *own != NULL; own++)
			if (phrase_find(text_at(&a->text, b->at), range_len(b->at), *own, at)) {
				at->a += b->at.a;
				at->z += b->at.a;
				return true;
			}
	}
	return false;
}

/* A news agency that a line says wrote the copy; NULL if none does, or the house is named beside it. */
static const char *
written_by(const struct check_ctx *c, struct range *at)
{
	struct provenance p = { .block = 0 };
	const char *name, *found = NULL;

	while ((name = provenance_next(c->article, &p)) != NULL) {
		const struct agency *agency = facts_agency(name, strlen(name));
		const struct block *b = article_block_at(c->article, p.at);

		if (b != NULL && b->kind == BLOCK_BYLINE)
			continue;
		if (names_agency(c->standing->own, name))
			return NULL;
		if (found == NULL && agency != NULL && agency->kind == AGENCY_WIRE) {
			found = name;
			*at = p.at;
		}
	}
	return found;
}

static void
relabelled(struct check_ctx *c, const struct rights *d)
{
	struct report r = { .certainty = SURE };
	struct report_note note = { .message = NULL };
	const char *name;
	size_t n = 0;

	if (c->standing->own == NULL || !own_byline(c, &r.at) || (name = written_by(c, &note.at)) == NULL)
		return;
	if (d->unless != NULL)
		check_hits(c, d->unless, &n);
	if (n != 0)
		return;
	arg(&r, "agency", name);
	r.notes = &note;
	r.nnotes = 1;
	check_report(c, &r);
}

static void
rights_run(struct check_ctx *c, const void *data)
{
	const struct rights *d = data;

	if (d->on == NOT_CHECKABLE)
		not_checkable(c);
	else if (d->on == UNKNOWN_ORIGIN)
		unknown_origin(c);
	else if (d->on == NOT_HELD)
		not_held(c);
	else if (d->on == RELABELLED)
		relabelled(c, d);
	else
		licence_not_held(c);
}

static const char *
rights_lacks(const void *data, const struct standing *st)
{
	switch (((const struct rights *)data)->on) {
	case NOT_CHECKABLE:
		return st->nprofiles == 0 ? "no profile is in force" : NULL;
	case UNKNOWN_ORIGIN:
		return st->norigins == 0 ? "the configuration maps no origin" : NULL;
	case NOT_HELD:
		return st->held == NULL ? "the configuration names no agencies that are held" : NULL;
	case RELABELLED:
		return st->own == NULL ? "the configuration names no house of its own" : NULL;
	default:
		return st->licences == NULL ? "the configuration names no licences that are held" : NULL;
	}
}

static const struct param_doc params[] = {
	{ "on", "not-checkable|unknown-origin|not-held|licence-not-held|relabelled", "duties that the format cannot show; a field whose value the"
	    " configuration's origin map does not have; an agency, a licence in force, that is not among those held; a byline of the"
	    " house itself where other lines name a news agency" },
	{ "unless", "element", "with relabelled: what tells that the house added to the agency's copy, as terms and patterns" },
	{ NULL, NULL, NULL }
};
static const char *const placeholders[] = { "profile", "duties", "count", "format", "field", "problem", "agency", NULL };

const struct check check_rights = {
	.name = "rights",
	.doc = "What the profiles in force and the configuration say of where the copy is from.",
	.params = params,
	.placeholders = placeholders,
	.note = "the agency is named here",
	.compile = rights_compile,
	.run = rights_run,
	.lacks = rights_lacks,
};
