/* duty: what the profiles in force ask for, against the copy:
 *
 *	<duty ids="origin-line" shown="words" what="origin line"/>
 *
 * A rule of this check looks after the duties so called of all profiles, and those that name the rule themselves.  The profile says
 * what is asked for: wordings, the place, the host, how severe it is. */
#include "check/duty.h"

#include "facts/facts.h"
#include "rule/word.h"
#include "util/arena.h"
#include "util/str.h"
#include "util/xml.h"

#include <string.h>

enum shown { BY_WORDS, BY_AUTHOR, BY_AFFILIATION, BY_LINK, BY_COUNTER, BY_CREDITS, BY_LICENCE, BY_EXTENT };
struct duty_data {
	const char *rule;
	const char *ids;
	enum shown shown;
	const char *what, *expect;
};

static void *
duty_compile(struct rule_build *b, const struct node *el)
{
	struct duty_data *d = ARENA_NEW(rule_arena(b), struct duty_data);
	int shown;

	rule_known_attrs(b, el, "ids shown what expect");
	rule_known_children(b, el, "");
	d->rule = rule_being_built(b)->id;
	d->ids = rule_attr(b, el, "ids", "");
	d->what = rule_attr(b, el, "what", NULL);
	d->expect = rule_attr(b, el, "expect", NULL);
	shown = rule_attr_choice(b, el, "shown", "words author affiliation link counter credits licence extent", -2);
	if (*d->ids == '\0')
		rule_error(b, el, NULL, "'duty' without 'ids', expected the ids of duties");
	if (d->what == NULL)
		rule_error(b, el, NULL, "'duty' without 'what', expected what it is called in a message");
	if (shown == -2)
		rule_error(b, el, NULL, "'duty' without 'shown', expected words, author, affiliation, link, counter, credits, licence or extent");
	d->shown = (enum shown)shown;
	return shown < 0 || *d->ids == '\0' || d->what == NULL ? NULL : d;
}

static bool
duty_looks_after(const void *data, const char *duty)
{
	return str_in_list(duty, strlen(duty), ((const struct duty_data *)data)->ids);
}

/* ---- what is said ---- */

static void
arg(struct report *r, const char *name, const char *value)
{
	report_arg(r, name, value, strlen(value));
}

static const char *
expected(const struct question *q, const struct duty_data *data)
{
	const struct duty *d = q->d;
	if (data->shown == BY_LINK && d->host != NULL)
		return arena_printf(q->c->arena, "a link to %s'%.*s'", d->story ? "the story at " : "", (int)strcspn(d->host, " "), d->host);
	if (data->shown == BY_COUNTER && d->host != NULL)
		return arena_printf(q->c->arena, "what is loaded from '%.*s'", (int)strcspn(d->host, " "), d->host);
	if (data->shown == BY_LICENCE && q->p->licence != NULL)
		return arena_printf(q->c->arena, "'%s' and a link to it", q->p->licence);
	if (data->expect != NULL)
		return data->expect;
	if (d->phrases[0] != NULL)
		return arena_printf(q->c->arena, "'%s'", d->phrases[0]);
	return arena_printf(q->c->arena, "one that names '%s'", q->p->names[0] != NULL ? q->p->names[0] : q->p->id);
}

/* Where it is expected: " at the head". */
static const char *
expected_at(const struct question *q, const struct duty_data *data)
{
	return q->d->place != NULL && (data->shown == BY_WORDS || data->shown == BY_AUTHOR) ?
	    arena_printf(q->c->arena, " at the %s", q->d->place) : "";
}

/* What the terms ask for, in the profile's words, and the wording in full: in a message it may be cut short. */
static const char *
asked(const struct question *q, const struct duty_data *data)
{
	if (data->shown != BY_WORDS || q->d->phrases[0] == NULL)
		return arena_printf(q->c->arena, "profile '%s': %s", q->p->id, q->d->text);
	return arena_printf(q->c->arena, "profile '%s': %s Wording: '%s'", q->p->id, q->d->text, q->d->phrases[0]);
}

/* One finding a duty, with what the terms ask for beside it. */
static void
say(const struct question *q, const struct duty_data *data, struct range at, enum certainty sure, const char *problem)
{
	struct report_note terms = { .at = at, .message = asked(q, data) };
	struct report r = { .at = at, .certainty = sure, .at_most = q->d->severity, .link = q->p->link, .notes = &terms, .nnotes = 1 };

	if (at.a == at.z)
		r.anchor = arena_printf(q->c->arena, "%s %s", q->p->id, q->d->id);
	arg(&r, "profile", q->p->id);
	arg(&r, "duty", q->d->id);
	arg(&r, "what", data->what);
	arg(&r, "problem", problem);
	arg(&r, "expected", expected(q, data));
	arg(&r, "place", expected_at(q, data));
	check_report(q->c, &r);
}

static void
missing(const struct question *q, const struct duty_data *data)
{
	struct range at;

	if (check_place(q->c, q->d->place != NULL && strcmp(q->d->place, "head") == 0 ? "head-end" : "end", &at))
		say(q, data, at, q->d->keep ? WEAK : SURE, arena_printf(q->c->arena, "no %s", data->what));
}

static void
misplaced(const struct question *q, const struct duty_data *data, struct range at)
{
	say(q, data, at, q->d->keep ? WEAK : SURE, arena_printf(q->c->arena, "the %s does not stand at the %s", data->what, q->d->place));
}

/* ---- each way of showing it ---- */

static unsigned
zones_of(const char *place)
{
	return place == NULL ? ZONE_HEAD | ZONE_FOOT | ZONE_BODY : strcmp(place, "head") == 0 ? ZONE_HEAD : ZONE_FOOT;
}

static void
words(const struct question *q, const struct duty_data *data)
{
	unsigned zones = zones_of(q->d->place), all = zones_of(NULL);
	struct range at;

	if (duty_words(q, zones, &at))
		return;
	if (q->d->place != NULL && duty_words(q, all, &at))
		misplaced(q, data, at);
	else if (q->d->phrases[0] != NULL || !duty_credited(q))
		missing(q, data);
}

static void
affiliation(const struct question *q, const struct duty_data *data)
{
	struct range author, at;

	/* without an author it is of nobody, and the author is what is missed */
	if (!duty_author(q, &author) || duty_words(q, ZONE_HEAD | ZONE_FOOT, &at))
		return;
	at = (struct range){ author.z, author.z };
	if (article_block_at(q->c->article, author) != NULL)
		say(q, data, at, SURE, arena_printf(q->c->arena, "no %s", data->what));
	else
		missing(q, data);
}

static void
link_to(const struct question *q, const struct duty_data *data)
{
	struct range line = { 0, 0 }, at;
	const struct block *b = NULL;
	enum pointing p;

	if (q->d->host == NULL) {
		/* the line that it belongs to is missing: another duty */
		if (!duty_words(q, zones_of(NULL), &line) || (b = article_block_at(q->c->article, line)) == NULL)
			return;
		line = b->at;
	}
	p = duty_link(q, line);
	if (p == POINTS || (p == POINTS_TO_FRONT && !q->d->story))
		return;
	if (b != NULL) {
		at = (struct range){ line.z, line.z };
		say(q, data, at, SURE, arena_printf(q->c->arena, "no %s", data->what));
	} else if (p == POINTS_TO_FRONT && check_place(q->c, "end", &at)) {
		say(q, data, at, SURE, "the link leads to the home page alone");
	} else {
		missing(q, data);
	}
}

/* A credit names an agency that is neither the house nor held: one of those that the duty lists, where it lists some. */
static void
credits(const struct question *q, const struct duty_data *data)
{
	const struct article *a = q->c->article;
	const struct standing *st = q->c->standing;

	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];
		const struct part *first = NULL;
		bool free_to_use = false;

		for (size_t k = 0; b->kind == BLOCK_CREDIT && k < b->nparts; k++) {
			size_t n;
			const char *v = part_value(a, &b->parts[k], &n);
			const struct agency *named = b->parts[k].name == PART_AGENCY ? facts_agency(v, n) : NULL;

			if (named == NULL || named->kind == AGENCY_PLATFORM || named->kind == AGENCY_GENERATOR)
				continue;
			free_to_use = free_to_use || names_agency(q->p->names, named->name) || names_agency(st->held, named->name) ||
			    names_agency(st->own, named->name);
			if (first == NULL && (q->d->phrases[0] == NULL || names_agency(q->d->phrases, named->name)))
				first = &b->parts[k];
		}
		/* nobody has said what is held: the house may have the picture from the agency itself */
		if (first != NULL && !free_to_use)
			say(q, data, first->at, st->held != NULL ? SURE : LIKELY, arena_printf(q->c->arena, "%s credited to '%.*s'",
			    data->what, (int)range_len(first->at), text_at(&a->text, first->at)));
	}
}

/* The letters and figures of a licence's name, small: "CC BY-ND 4.0" and "(CC BY-ND)" begin alike. */
static const char *
licence_key(struct arena *arena, const char *s, size_t n, size_t *len)
{
	char *out = arena_alloc(arena, n + 1);

	*len = 0;
	for (size_t i = 0; i < n; i++)
		if (utf8_ascii_word((unsigned char)s[i]))
			out[(*len)++] = (char)(s[i] | 0x20);
	out[*len] = '\0';
	return out;
}

static void
licence(const struct question *q, const struct duty_data *data)
{
	const struct article *a = q->c->article;
	size_t n = q->p->licence != NULL ? strlen(q->p->licence) : 0, want;
	const char *key = licence_key(q->c->arena, q->p->licence, n, &want);
	bool named = false, linked = false;
	const char *type = q->p->licence != NULL && str_case_begins(q->p->licence, n, "cc ") ? q->p->licence + 3 : "";
	size_t ntype = strcspn(type, " ");
	const char *key_type = arena_strndup(q->c->arena, type, ntype);
	struct range at;

	named = duty_words(q, zones_of(NULL), &at);
	for (size_t i = 0; i < a->nblocks && !named; i++) {
		size_t len;
		const char *s = licence_key(q->c->arena, text_at(&a->text, a->blocks[i].at), range_len(a->blocks[i].at), &len);

		named = want != 0 && strstr(s, key) != NULL;
	}
	for (size_t i = 0; i < a->nfields + a->nblocks && !linked; i++) {
		struct range in = i < a->nfields ? a->fields[i].at : a->blocks[i - a->nfields].at;
		const char *s = text_at(&a->text, in), *end = s + range_len(in);
		const char *found = (i < a->nfields && a->fields[i].name != FIELD_LINK && a->fields[i].name != FIELD_USAGE_TERMS) ? NULL :
		    str_case_find(s, range_len(in), "creativecommons.org/licenses/");

		if (found == NULL)
			continue;
		found += strlen("creativecommons.org/licenses/");
		linked = true;
		if (ntype != 0 && !(str_case_is(found, (size_t)(end - found) < ntype ? (size_t)(end - found) : ntype, key_type) &&
		    (found + ntype == end || found[ntype] == '/'))) {
			say(q, data, text_trim(&a->text, in), SURE, "the link leads to another licence");
			return;
		}
	}
	if (!named)
		missing(q, data);
	else if (!linked && q->d->shows != SHOWS_TEXT && strcmp(a->format, "text") != 0 && check_place(q->c, "end", &at))
		say(q, data, at, SURE, "the licence is named without a link");
}

/* Paragraphs of the body beyond what may be used; a line that speaks of the house is no part of the story. */
static void
extent(const struct question *q, const struct duty_data *data)
{
	const struct article *a = q->c->article;
	const kind_set prose = kind_set_group(GROUP_BODY) & kind_set_group(GROUP_PROSE);
	unsigned count = 0;
	struct range at;

	for (size_t i = 0; i < a->nblocks; i++) {
		bool names_house = false;

		if (!(KIND(a->blocks[i].kind) & prose))
			continue;
		for (const char *const *n = q->p->names; range_len(a->blocks[i].at) < 300 && *n != NULL; n++)
			names_house = names_house || phrase_find(text_at(&a->text, a->blocks[i].at), range_len(a->blocks[i].at), *n, &at);
		if (names_house || ++count <= q->d->most)
			continue;
		say(q, data, text_trim(&a->text, a->blocks[i].at), SURE, arena_printf(q->c->arena, "%s %u", data->what, count));
		return;
	}
}

/* ---- the article ---- */

static const unsigned char *
zones(struct check_ctx *c)
{
	enum { ENDS = 3 };		/* paragraphs at either end of the body where a line that nobody marked up may stand */
	const struct article *a = c->article;
	const kind_set body = kind_set_group(GROUP_BODY);
	unsigned char *z = ARENA_ARRAY(c->arena, unsigned char, a->nblocks + 1);
	unsigned n = 0;

	for (size_t i = 0; i < a->nblocks; i++) {
		z[i] = n < ENDS ? ZONE_HEAD : ZONE_BODY;
		n += (KIND(a->blocks[i].kind) & body) != 0;
	}
	n = 0;
	for (size_t i = a->nblocks; i-- > 0;) {
		if (n < ENDS)
			z[i] = (unsigned char)((z[i] & ZONE_HEAD) | ZONE_FOOT);
		n += (KIND(a->blocks[i].kind) & body) != 0;
	}
	return z;
}

static void
ask(const struct question *q, const struct duty_data *data)
{
	struct range at;

	switch (data->shown) {
	case BY_WORDS:
		words(q, data);
		break;
	case BY_AUTHOR:
		if (!duty_author(q, &at))
			missing(q, data);
		break;
	case BY_AFFILIATION:
		affiliation(q, data);
		break;
	case BY_LINK:
		link_to(q, data);
		break;
	case BY_COUNTER:
		if (!duty_loaded(q))
			missing(q, data);
		break;
	case BY_CREDITS:
		credits(q, data);
		break;
	case BY_LICENCE:
		licence(q, data);
		break;
	case BY_EXTENT:
		extent(q, data);
		break;
	}
}

static void
duty_run(struct check_ctx *c, const void *data)
{
	const struct standing *st = c->standing;
	const unsigned char *z = NULL;

	for (size_t i = 0; i < st->nprofiles; i++) {
		const struct profile *p = st->profiles[i];

		for (const struct duty *d = p->duties; d < p->duties + p->nduties; d++) {
			if (d->rule == NULL || strcmp(d->rule, c->rule->id) != 0 || !shows_in(d->shows, c->article) ||
			    (d->use != NULL && !standing_uses(st, d->use, true)))
				continue;
			z = z == NULL ? zones(c) : z;
			ask(&(struct question){ c, p, d, z }, data);
		}
	}
}

static const char *
duty_lacks(const void *data, const struct standing *st)
{
	const struct duty_data *d = data;

	for (size_t i = 0; i < st->nprofiles; i++)
		for (size_t k = 0; k < st->profiles[i]->nduties; k++)
			if (st->profiles[i]->duties[k].rule != NULL && strcmp(st->profiles[i]->duties[k].rule, d->rule) == 0)
				return NULL;
	return "no profile in force has a duty that it looks after";
}

static const struct param_doc params[] = {
	{ "ids", "names", "the duties that it looks after, in all profiles; a duty may name the rule itself" },
	{ "shown", "words|author|affiliation|link|counter|credits|licence|extent", "what shows that the duty is met" },
	{ "what", "text", "what is asked for, as messages call it" },
	{ "expect", "text", "what a message says is expected, instead of the duty's first wording" },
	{ NULL, NULL, NULL }
};
static const char *const placeholders[] = { "profile", "duty", "what", "problem", "expected", "place", NULL };

const struct check check_duty = {
	.name = "duty",
	.doc = "What the profiles in force ask for must be in the copy: a line, an author, a link, a counter.",
	.params = params,
	.placeholders = placeholders,
	.note = "the terms ask for it",
	.compile = duty_compile,
	.run = duty_run,
	.lacks = duty_lacks,
	.looks_after = duty_looks_after,
};
