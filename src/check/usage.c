/* usage: what may not be done with copy, against where, when and for what the configuration says that it is published:
 *
 *	<usage ids="window no-sale" scope="caption credit" fields="usage-terms ed-note">
 *	  <form>no use in {}</form> <form case="upper">{} out</form>
 *	  <country code="JP">Japan</country>
 *	  <forbids use="archive">no archives</forbids>
 *	</usage>
 *
 * Restrictions are phrases that are known, in the blocks of the scope and in fields; duties of profiles are days and uses. */
#include "analysis/moment.h"
#include "check.h"
#include "rule/profile.h"
#include "util/arena.h"
#include "util/str.h"
#include "util/xml.h"

#include <ctype.h>
#include <string.h>

struct phrase {
	const char *words;
	const char *country;		/* one of these two: where, for what it must not be used */
	const char *use;
	bool upper;			/* in blocks only as it stands here, in capitals */
};

struct usage {
	const char *rule, *ids;
	uint32_t fields;		/* bit an enum field_name */
	struct phrase *phrases;
	size_t n;
};

/* ---- compiling ---- */

static const char *
name_in_form(struct rule_build *b, const char *form, const char *name, bool upper)
{
	const char *gap = strstr(form, "{}");
	char *s = gap == NULL ? NULL : (char *)arena_printf(rule_arena(b), "%.*s%s%s", (int)(gap - form), form, name, gap + 2);

	for (char *p = s; upper && s != NULL && *p != '\0'; p++)
		*p = (char)toupper((unsigned char)*p);
	return s;
}

static const char *
text_of(struct rule_build *b, const struct node *el)
{
	return arena_strndup(rule_arena(b), el->text, el->text_len);
}

/* Each name of a country in each form. */
static void
add_country(struct rule_build *b, struct usage *u, const struct node *el, const struct node *country)
{
	for (const struct node *f = el->first; f != NULL; f = f->next) {
		bool upper = strcmp(f->name, "form") == 0 && strcmp(rule_attr(b, f, "case", ""), "upper") == 0;
		const char *words = strcmp(f->name, "form") == 0 ? name_in_form(b, text_of(b, f), text_of(b, country), upper) : NULL;

		if (words != NULL)
			u->phrases[u->n++] = (struct phrase){ words, rule_attr(b, country, "code", ""), NULL, upper };
	}
}

static size_t
children(const struct node *el, const char *name)
{
	size_t n = 0;

	for (const struct node *c = el->first; c != NULL; c = c->next)
		n += strcmp(c->name, name) == 0;
	return n;
}

static void *
usage_compile(struct rule_build *b, const struct node *el)
{
	struct usage *u = ARENA_NEW(rule_arena(b), struct usage);
	const char *const *names = rule_attr_names(b, el, "fields", "field", field_names, FIELD_COUNT);
	enum field_name field;

	rule_known_attrs(b, el, "ids fields scope");
	rule_known_children(b, el, "form country forbids");
	u->rule = rule_being_built(b)->id;
	u->ids = rule_attr(b, el, "ids", "");
	for (; names != NULL && *names != NULL; names++)
		if (field_name_parse(*names, strlen(*names), &field))
			u->fields |= (uint32_t)1 << field;
	u->phrases = ARENA_ARRAY(rule_arena(b), struct phrase,
	    children(el, "form") * children(el, "country") + children(el, "forbids") + 1);
	for (const struct node *c = el->first; c != NULL; c = c->next) {
		rule_known_children(b, c, "");
		if (strcmp(c->name, "form") == 0) {
			rule_known_attrs(b, c, "case");
			if (name_in_form(b, text_of(b, c), "", false) == NULL)
				rule_error(b, c, "", "'form' without '{}', expected the place of a country's name");
			rule_attr_choice(b, c, "case", "fold upper", 0);
		} else if (strcmp(c->name, "country") == 0) {
			rule_known_attrs(b, c, "code");
			if (strlen(rule_attr(b, c, "code", "")) != 2)
				rule_error(b, c, NULL, "'country' without 'code', expected two capitals");
			add_country(b, u, el, c);
		} else if (strcmp(c->name, "forbids") == 0) {
			rule_known_attrs(b, c, "use case");
			if (node_attr(c, "use") == NULL)
				rule_error(b, c, NULL, "'forbids' without 'use', expected one of %s", copy_use_names);
			rule_attr_choice(b, c, "use", copy_use_names, 0);
			u->phrases[u->n++] = (struct phrase){ text_of(b, c), NULL, rule_attr(b, c, "use", ""),
			    rule_attr_choice(b, c, "case", "fold upper", 0) == 1 };
		}
	}
	return u;
}

static bool
usage_looks_after(const void *data, const char *duty)
{
	return str_in_list(duty, strlen(duty), ((const struct usage *)data)->ids);
}

/* ---- what is said ---- */

static void
say(struct check_ctx *c, struct range at, const struct profile *p, const struct duty *d, const char *problem, const char *expected)
{
	struct report_note terms = { .at = at, .message = p != NULL ? arena_printf(c->arena, "profile '%s': %s", p->id, d->text) : NULL };
	struct report r = { .at = at, .certainty = SURE };

	if (p != NULL) {
		r.at_most = d->severity;
		r.link = p->link;
		r.notes = &terms;
		r.nnotes = 1;
		if (at.a == at.z)
			r.anchor = arena_printf(c->arena, "%s %s", p->id, d->id);
	}
	report_arg(&r, "problem", problem, strlen(problem));
	report_arg(&r, "expected", expected, strlen(expected));
	report_arg(&r, "profile", p != NULL ? p->id : "", p != NULL ? strlen(p->id) : 0);
	check_report(c, &r);
}

/* ---- phrases ---- */

static bool
is_upper_as(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] >= 'a' && s[i] <= 'z')
			return false;
	return true;
}

/* The first restriction in the stretch that is not kept; one is enough. */
static bool
restricted(struct check_ctx *c, const struct usage *u, struct range in, bool field)
{
	const struct standing *st = c->standing;
	const char *s = text_at(&c->article->text, in);

	for (const struct phrase *p = u->phrases; p < u->phrases + u->n; p++) {
		struct range at;

		if (p->use != NULL ? !standing_uses(st, p->use, false) : st->country == NULL || strcmp(st->country, p->country) != 0)
			continue;
		if (!phrase_find(s, range_len(in), p->words, &at) || (p->upper && !field && !is_upper_as(s + at.a, range_len(at))))
			continue;
		at.a += in.a;
		at.z += in.a;
		say(c, at, NULL, NULL, arena_printf(c->arena, "'%.*s', and the copy is %s '%s'", (int)range_len(at),
		    text_at(&c->article->text, at), p->use != NULL ? "used for" : "published in", p->use != NULL ? p->use : p->country),
		    "no use of what is restricted so");
		return true;
	}
	return false;
}

/* ---- duties ---- */

/* A credit with this role; NULL. */
static const struct block *
of_role(const struct article *a, const char *role)
{
	for (size_t i = 0; i < a->nblocks; i++)
		for (size_t k = 0; a->blocks[i].kind == BLOCK_CREDIT && k < a->blocks[i].nparts; k++) {
			size_t n;
			const char *v = part_value(a, &a->blocks[i].parts[k], &n);

			if (a->blocks[i].parts[k].name == PART_ROLE && str_case_find(v, n, role) != NULL)
				return &a->blocks[i];
		}
	return NULL;
}

static void
too_old(struct check_ctx *c, const struct profile *p, const struct duty *d, const struct block *picture)
{
	const struct article *a = c->article;
	const struct field *f = article_find_field(a, FIELD_PUBLISHED);
	struct range at;
	struct moment m;
	int64_t days;

	if (f == NULL)
		return;
	at = text_trim(&a->text, f->at);
	if (!date_moment(text_at(&a->text, at), range_len(at), &m))
		return;
	days = (c->now - m.at) / 86400;
	if (days <= (int64_t)d->days)
		return;
	say(c, picture != NULL ? picture->at : at, p, d, arena_printf(c->arena, "%s, published %lld days ago, and profile '%s' allows %u",
	    picture != NULL ? "a picture that was handed out" : "the story is old", (long long)days, p->id, d->days),
	    picture != NULL ? "it to be taken out" : "the story to be taken down");
}

static void
hold_against(struct check_ctx *c, const struct profile *p, const struct duty *d)
{
	const struct block *picture = d->role != NULL ? of_role(c->article, d->role) : NULL;
	struct range at;

	if (d->role != NULL && picture == NULL)
		return;
	if (d->days != 0 && (d->use == NULL || standing_uses(c->standing, d->use, true))) {
		too_old(c, p, d, picture);
	} else if (d->days == 0 && d->use != NULL && standing_uses(c->standing, d->use, false)) {
		if (picture != NULL)
			at = picture->at;
		else if (!check_place(c, "start", &at))
			return;
		say(c, at, p, d, arena_printf(c->arena, "the copy is used for '%s', which profile '%s' forbids", d->use, p->id), "another use");
	}
}

static void
usage_run(struct check_ctx *c, const void *data)
{
	const struct usage *u = data;
	const struct standing *st = c->standing;
	const struct article *a = c->article;
	bool declared = st->uses != NULL || st->country != NULL;	/* else no phrase is about this house */

	for (size_t i = 0; i < a->nblocks && declared; i++)
		if (KIND(a->blocks[i].kind) & c->rule->scope)
			restricted(c, u, a->blocks[i].at, false);
	for (size_t i = 0; i < a->nfields && declared; i++)
		if (u->fields >> a->fields[i].name & 1)
			restricted(c, u, a->fields[i].at, true);
	for (size_t i = 0; i < st->nprofiles; i++)
		for (const struct duty *d = st->profiles[i]->duties; d < st->profiles[i]->duties + st->profiles[i]->nduties; d++)
			if (d->rule != NULL && strcmp(d->rule, u->rule) == 0)
				hold_against(c, st->profiles[i], d);
}

static const char *
usage_lacks(const void *data, const struct standing *st)
{
	const struct usage *u = data;

	if (st->country != NULL || st->uses != NULL)
		return NULL;
	for (size_t i = 0; i < st->nprofiles; i++)
		for (size_t k = 0; k < st->profiles[i]->nduties; k++)
			if (st->profiles[i]->duties[k].rule != NULL && strcmp(st->profiles[i]->duties[k].rule, u->rule) == 0)
				return NULL;
	return "the configuration says neither where nor for what copy is published, and no profile in force has such a duty";
}

static const struct param_doc params[] = {
	{ "ids", "names", "the duties of profiles that it looks after: days, and uses that are forbidden" },
	{ "fields", "names of fields", "where restrictions stand besides the blocks of the rule's scope" },
	{ "<form>", "text", "a restriction, {} for a country's name; case=\"upper\": in blocks only in capitals" },
	{ "<country>", "text", "a name of the country of `code`" },
	{ "<forbids>", "text", "a restriction on `use`; case as of a form" },
	{ NULL, NULL, NULL }
};
static const char *const placeholders[] = { "problem", "expected", "profile", NULL };

const struct check check_usage = {
	.name = "usage",
	.doc = "Restrictions on where, when and for what copy is used, against what the configuration says.",
	.params = params,
	.placeholders = placeholders,
	.note = "the terms ask for it",
	.compile = usage_compile,
	.run = usage_run,
	.lacks = usage_lacks,
	.looks_after = usage_looks_after,
};
