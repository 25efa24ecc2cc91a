/* Files of profiles to profiles, with messages like a compiler's:
 *
 *	<profile id="propublica" kind="licence" licence="CC BY-NC-ND 3.0" link="https://..." read="2026-11-23" known="read">
 *	  <title>ProPublica</title> <terms>...</terms> <name>ProPublica</name>
 *	  <kind is="republished"/> <on rule="..."/> <set rule="..." severity="error"/>
 *	  <mark field="provider source" is="ProPublica"/>
 *	  <form of="dateline" agency="AP">{PLACE} (AP) —</form> <style name="dash" is="spaced-em"/>
 *	  <duty id="origin-line" shows="text" severity="error" place="head">... <phrase>...</phrase></duty>
 *	</profile>
 *
 * A mistake costs its profile and no other.  Names of rules are looked up when all rules are there. */
#include "rule/rule_build.h"

#include "facts/facts.h"
#include "rule/profile.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdio.h>
#include <string.h>

#define LETTERS "abcdefghijklmnopqrstuvwxyz0123456789-"

static bool
is_id(const char *s)
{
	return *s != '\0' && *s != '-' && s[strspn(s, LETTERS)] == '\0';
}

/* An attribute that must be there and say something; "" after an error. */
static const char *
needed(struct rule_build *b, const struct node *el, const char *name)
{
	const struct xml_attr *a = node_attr(el, name);

	if (a == NULL)
		rule_error(b, el, NULL, "'%s' without '%s', expected an attribute %s=\"...\"", el->name, name, name);
	else if (a->n == 0)
		rule_error(b, el, name, "'%s' is empty, expected a value", name);
	return a != NULL ? a->value : "";
}

static const char *
text_of(struct rule_build *b, const struct node *el)
{
	rule_known_attrs(b, el, "");
	rule_known_children(b, el, "");
	if (rule_blank(el))
		rule_error(b, el, NULL, "'%s' is empty, expected text", el->name);
	return rule_folded(b, el->text, el->text_len);
}

/* The one child so called; needed unless `may` be missing. */
static const char *
only_text(struct rule_build *b, const struct node *profile, const char *name)
{
	const struct node *first = node_child(profile, name), *c;

	if (first == NULL) {
		rule_error(b, profile, NULL, "profile without '%s', expected an element <%s>", name, name);
		return "";
	}
	for (c = first->next; c != NULL; c = c->next)
		if (strcmp(c->name, name) == 0)
			rule_error(b, c, NULL, "second '%s' in one profile, expected one", name);
	return text_of(b, first);
}

static size_t
count(const struct node *el, const char *names)
{
	size_t n = 0;

	for (const struct node *c = el->first; c != NULL; c = c->next)
		n += str_in_list(c->name, strlen(c->name), names);
	return n;
}

static const char *const *
texts(struct rule_build *b, const struct node *el, const char *name)
{
	const char **v = ARENA_ARRAY(b->arena, const char *, count(el, name) + 1);
	size_t n = 0;

	for (const struct node *c = el->first; c != NULL; c = c->next)
		if (strcmp(c->name, name) == 0)
			v[n++] = text_of(b, c);
	return v;
}

/* ---- settings ---- */

#define SETTINGS "on off set lang kind"

/* Where the value of an attribute stands. */
static struct span
value_span(struct rule_build *b, const struct xml_attr *a)
{
	struct extent e = { a->at, a->end };

	return b->source != NULL ? source_span(b->source, e) : (struct span){ e.a, e.z };
}

static void
make_setting(struct rule_build *b, const struct node *el, struct profile_setting *s)
{
	bool of_rule = strcmp(el->name, "lang") != 0 && strcmp(el->name, "kind") != 0;
	const char *name = of_rule ? "rule" : "is";
	const struct xml_attr *a = node_attr(el, name);
	const char *level;
	int kind;

	rule_known_children(b, el, "");
	s->word = needed(b, el, name);
	if (a != NULL)
		s->at = value_span(b, a);
	if (strcmp(el->name, "set") == 0) {
		rule_known_attrs(b, el, "rule severity");
		s->what = SETTING_SEVERITY;
		level = needed(b, el, "severity");
		if (rule_attr_choice(b, el, "severity", "off note warning error", 0) > 0)
			severity_parse(level, strlen(level), &s->severity);
		else
			s->what = SETTING_OFF;		/* off is off, however it is written */
		return;
	}
	rule_known_attrs(b, el, name);
	if (of_rule)
		s->what = strcmp(el->name, "on") == 0 ? SETTING_ON : SETTING_OFF;
	else if (strcmp(el->name, "lang") == 0) {
		s->what = SETTING_LANG;
	} else {
		s->what = SETTING_KIND;
		kind = rule_attr_choice(b, el, "is", "own wire syndicated republished", 0);
		s->kind = kind < 0 ? COPY_OWN : COPY_OWN + (enum copy_kind)kind;
	}
}

/* ---- marks ---- */

static void
make_mark(struct rule_build *b, const struct node *el, struct copy_mark *m)
{
	const struct xml_attr *agency = node_attr(el, "agency"), *phrase = node_attr(el, "phrase");
	const struct agency *known;

	rule_known_attrs(b, el, "field is agency phrase");
	rule_known_children(b, el, "");
	if ((node_attr(el, "field") != NULL) + (agency != NULL) + (phrase != NULL) != 1) {
		rule_error(b, el, NULL, "'mark' says none or several of field, agency and phrase, expected one");
		return;
	}
	if (agency != NULL) {
		known = facts_agency(agency->value, agency->n);
		if (known == NULL)
			rule_error(b, el, "agency", "'%s' is no agency that is known, expected a name of the registry", agency->value);
		else
			m->agency = known->name;
	} else if (phrase != NULL) {
		m->phrase = needed(b, el, "phrase");
	} else {
		const char *const *names = rule_attr_names(b, el, "field", "field", field_names, FIELD_COUNT);
		enum field_name f;

		for (; names != NULL && *names != NULL; names++)
			if (field_name_parse(*names, strlen(*names), &f))
				m->fields |= (uint32_t)1 << f;
		m->is = needed(b, el, "is");
	}
}

/* ---- duties ---- */

/* Which changes a licence allows; an empty list: none. */
static const char *
changes(struct rule_build *b, const struct node *el)
{
	const char *list = node_attr(el, "allows")->value, *s = list, *word;
	size_t n;

	while ((n = rule_word(&s, &word)) != 0)
		if (!str_in_list(word, n, change_names))
			rule_error(b, el, "allows", "unknown change '%.*s', expected some of: %s", (int)n, word, change_names);
	return list;
}

static void
make_duty(struct rule_build *b, const struct node *el, const struct profile *p, struct duty *d)
{
	const char *severity = needed(b, el, "severity");
	int shows = rule_attr_choice(b, el, "shows", shows_names, -2);

	rule_known_attrs(b, el, "id shows severity place host to keep days most allows use role rule");
	rule_known_children(b, el, "phrase");
	d->id = needed(b, el, "id");
	if (*d->id != '\0' && !is_id(d->id))
		rule_error(b, el, "id", "'%s' is no id, expected small letters, digits and hyphens", d->id);
	for (const struct duty *other = p->duties; other < d; other++)
		if (strcmp(other->id, d->id) == 0)
			rule_error(b, el, "id", "second duty '%s' in one profile, expected another id", d->id);
	if (shows == -2)
		rule_error(b, el, NULL, "'duty' without 'shows', expected one of text, link, markup, picture, date, nothing");
	d->shows = shows < 0 ? SHOWS_TEXT : (enum shows)shows;
	if (rule_attr_choice(b, el, "severity", "note warning error", 0) >= 0)
		severity_parse(severity, strlen(severity), &d->severity);
	if (p->from_memory && d->severity == SEV_ERROR)
		rule_error(b, el, "severity", "severity 'error' in a profile known from memory, expected warning or note");
	if (rule_attr_choice(b, el, "place", "head foot", 0) >= 0)
		d->place = rule_attr(b, el, "place", NULL);
	d->host = rule_attr(b, el, "host", NULL);
	d->keep = rule_attr_bool(b, el, "keep", false);
	d->story = rule_attr_choice(b, el, "to", "site story", 0) == 1;
	d->most = (unsigned)rule_attr_int(b, el, "most", 1, 100000, 0);
	d->role = rule_attr(b, el, "role", NULL);
	if (rule_attr_choice(b, el, "use", copy_use_names, 0) >= 0)
		d->use = rule_attr(b, el, "use", NULL);
	d->days = (unsigned)rule_attr_int(b, el, "days", 1, 36500, 0);
	if (node_attr(el, "allows") != NULL)
		d->allows = changes(b, el);
	if (node_attr(el, "rule") != NULL) {
		d->rule = needed(b, el, "rule");
		d->rule_at = value_span(b, node_attr(el, "rule"));
	}
	if (rule_blank(el))
		rule_error(b, el, NULL, "'duty' is empty, expected what has to be done");
	d->text = rule_folded(b, el->text, el->text_len);
	d->phrases = texts(b, el, "phrase");
}

/* ---- forms and style ---- */

static void
take_form(struct rule_build *b, const struct node *el, struct house_form form, const char *text, struct profile *p,
    struct house_form *room)
{
	const char *bad;
	size_t n;

	if (house_form_parse(b->arena, text, &form, &bad, &n))
		room[p->nforms++] = form;
	else
		rule_error(b, el, RULE_TEXT, "'{%.*s}' in the form '%s' is no part, expected one of %s", (int)n, bad, text, form_piece_names);
}

/* With a text, that form; without, those that the registry has for the agency's pictures. */
static void
make_forms(struct rule_build *b, const struct node *el, struct profile *p, struct house_form *room)
{
	struct house_form form = { .of = rule_attr_scope(b, el, "of", 0) };
	const struct xml_attr *name = node_attr(el, "agency");
	const struct agency *agency = name != NULL ? facts_agency(name->value, name->n) : NULL;
	int known = rule_attr_choice(b, el, "known", "read memory", p->from_memory);

	rule_known_attrs(b, el, "of agency known");
	rule_known_children(b, el, "");
	form.from_memory = known != 0;
	if (node_attr(el, "of") == NULL)
		rule_error(b, el, NULL, "'form' without 'of', expected kinds of blocks such as credit");
	if (name != NULL && agency == NULL)
		rule_error(b, el, "agency", "'%s' is no agency that is known, expected a name of the registry", name->value);
	if (agency != NULL)
		form.agency = agency->name;
	if (!rule_blank(el))
		take_form(b, el, form, rule_folded(b, el->text, el->text_len), p, room);
	else if (agency == NULL || agency->forms[0] == NULL)
		rule_error(b, el, NULL, "'form' is empty, expected a form, or an agency for which the registry has some");
	else
		for (const char *const *f = agency->forms; *f != NULL; f++)
			take_form(b, el, form, *f, p, room);
}

/* How many forms the profile's elements may give. */
static size_t
count_forms(const struct node *el)
{
	size_t n = 0;

	for (const struct node *c = el->first; c != NULL; c = c->next) {
		const struct xml_attr *name = strcmp(c->name, "form") == 0 ? node_attr(c, "agency") : NULL;
		const struct agency *a = name != NULL ? facts_agency(name->value, name->n) : NULL;

		n += strcmp(c->name, "form") == 0;
		for (const char *const *f = a != NULL ? a->forms : NULL; f != NULL && *f != NULL; f++)
			n++;
	}
	return n;
}

static void
make_style(struct rule_build *b, const struct node *el, struct house_style *s)
{
	rule_known_attrs(b, el, "name is");
	rule_known_children(b, el, "");
	s->name = needed(b, el, "name");
	s->is = needed(b, el, "is");
	if (*s->name != '\0' && !is_id(s->name))
		rule_error(b, el, "name", "'%s' is no name of a style, expected small letters, digits and hyphens", s->name);
	if (*s->is != '\0' && !is_id(s->is))
		rule_error(b, el, "is", "'%s' is no value of a style, expected small letters, digits and hyphens", s->is);
}

/* ---- a profile ---- */

static void
make_head(struct rule_build *b, const struct node *el, struct profile *p)
{
	const struct profile *other;
	int kind, known;

	rule_known_attrs(b, el, "id kind licence link read known");
	p->id = needed(b, el, "id");
	if (*p->id != '\0' && (!is_id(p->id) || strcmp(p->id, "none") == 0 || strcmp(p->id, "auto") == 0))
		rule_error(b, el, "id", "'%s' is no id of a profile, expected small letters, digits and hyphens, not 'none' or 'auto'", p->id);
	else if ((other = profile_find(b->set, p->id, strlen(p->id))) != NULL)
		rule_error(b, el, "id", "profile '%s' exists already, at %s:%u; expected a new id", p->id, other->path,
		    (unsigned)other->line);
	needed(b, el, "kind");
	kind = rule_attr_choice(b, el, "kind", "agency licence locale stage", PROFILE_AGENCY);
	p->kind = kind < 0 ? PROFILE_AGENCY : (enum profile_kind)kind;
	known = rule_attr_choice(b, el, "known", "read memory", 1);
	p->from_memory = known != 0;
	p->licence = rule_attr(b, el, "licence", NULL);
	p->link = rule_attr(b, el, "link", NULL);
	p->read = rule_attr(b, el, "read", NULL);
	if (!p->from_memory && p->read == NULL)
		rule_error(b, el, NULL, "profile with known=\"read\" without 'read', expected the day when its terms were read");
	p->title = only_text(b, el, "title");
	p->terms = only_text(b, el, "terms");
	p->names = texts(b, el, "name");
}

static void
make_profile(struct rule_build *b, const struct node *el)
{
	struct profile *p = ARENA_NEW(b->arena, struct profile);
	struct profile_setting *settings = ARENA_ARRAY(b->arena, struct profile_setting, count(el, SETTINGS) + 1);
	struct copy_mark *marks = ARENA_ARRAY(b->arena, struct copy_mark, count(el, "mark") + 1);
	struct duty *duties = ARENA_ARRAY(b->arena, struct duty, count(el, "duty") + 1);
	struct house_form *forms = ARENA_ARRAY(b->arena, struct house_form, count_forms(el) + 1);
	struct house_style *styles = ARENA_ARRAY(b->arena, struct house_style, count(el, "style") + 1);
	size_t before = b->nerrors;

	if (b->builtin && node_attr(el, "id") != NULL && profile_find(b->set, node_attr(el, "id")->value, node_attr(el, "id")->n) != NULL)
		return;		/* a test has loaded this file as a pack */
	p->path = b->path;
	p->builtin = b->builtin;
	rule_place(b, el->at, &p->line, NULL);
	p->settings = settings;
	p->marks = marks;
	p->duties = duties;
	p->forms = forms;
	p->styles = styles;
	make_head(b, el, p);
	rule_known_children(b, el, "title terms name mark duty form style " SETTINGS);
	if (!rule_blank(el))
		rule_error(b, el, RULE_TEXT, "text between the elements of a profile, expected none");
	for (const struct node *c = el->first; c != NULL; c = c->next)
		if (str_in_list(c->name, strlen(c->name), SETTINGS))
			make_setting(b, c, &settings[p->nsettings++]);
		else if (strcmp(c->name, "mark") == 0)
			make_mark(b, c, &marks[p->nmarks++]);
		else if (strcmp(c->name, "duty") == 0)
			make_duty(b, c, p, &duties[p->nduties++]);
		else if (strcmp(c->name, "form") == 0)
			make_forms(b, c, p, forms);
		else if (strcmp(c->name, "style") == 0)
			make_style(b, c, &styles[p->nstyles++]);
	if (b->nerrors != before)
		return;
	p->index = (unsigned)b->set->nprofiles;
	XPUSH(b->set->profiles, b->set->nprofiles, b->set->capprofiles) = p;
}

void
profile_load(struct rule_build *b, const struct node *root)
{
	if (root->ns == NULL || strcmp(root->ns, PROFILES_NAMESPACE) != 0) {
		rule_error_at(b, root->at, root->tag_end, "namespace '%s', expected xmlns=\"" PROFILES_NAMESPACE "\"",
		    root->ns != NULL ? root->ns : "");
		return;
	}
	rule_known_attrs(b, root, "");
	for (const struct node *c = root->first; c != NULL; c = c->next)
		if (strcmp(c->name, "profile") == 0)
			make_profile(b, c);
	rule_known_children(b, root, "profile");
	if (!rule_blank(root))
		rule_error(b, root, RULE_TEXT, "text between profiles, expected none");
}

/* ---- when all rules are there ---- */

static bool
names_a_rule(const struct rule_set *set, const char *word)
{
	size_t n = strlen(word);

	if (rule_find(set, word) != NULL)
		return true;
	for (size_t i = 0; i < set->n; i++)
		if (strncmp(set->rules[i]->id, word, n) == 0 && set->rules[i]->id[n] == '/')
			return true;
	return false;
}

/* `word` names nothing: said where the file says it, with the nearest id. */
static void
unknown_rule(const struct rule_set *set, struct finding_list *errors, const struct profile *p, const char *word, struct span at,
    const char *expected)
{
	struct nearest near;
	struct finding *f;
	char text[256];

	nearest_init(&near, word, strlen(word));
	for (size_t j = 0; j < set->n; j++)
		nearest_try(&near, set->rules[j]->id);
	if (near.best != NULL)
		snprintf(text, sizeof text, "unknown rule '%.80s'; did you mean '%.80s'?", word, near.best);
	else
		snprintf(text, sizeof text, "unknown rule '%.80s', expected %s", word, expected);
	f = finding_message(errors, MSG_CONFIG_RULES, p->path, text);
	f->placed = true;
	f->at = at;
}

/* A duty that names no rule has the first that looks after duties so called. */
static void
find_rule(const struct rule_set *set, struct duty *d)
{
	for (size_t i = 0; i < set->n && d->rule == NULL; i++) {
		const struct rule *r = set->rules[i];

		if (r->check->looks_after != NULL && r->check->looks_after(r->data, d->id))
			d->rule = r->id;
	}
}

void
profile_load_finish(struct rule_set *set, struct finding_list *errors)
{
	bool all = set->n != 0 && set->rules[0]->builtin;	/* else a pack is tested by itself, and built-in rules are not there */

	for (size_t i = 0; i < set->nprofiles; i++) {
		const struct profile *p = set->profiles[i];

		for (struct duty *d = p->duties; d < p->duties + p->nduties; d++)
			find_rule(set, d);
		if (p->builtin && !all)
			continue;
		for (const struct profile_setting *s = p->settings; s < p->settings + p->nsettings; s++)
			if (s->what != SETTING_LANG && s->what != SETTING_KIND && !names_a_rule(set, s->word))
				unknown_rule(set, errors, p, s->word, s->at, "the id of a rule that is loaded, or a family");
		for (const struct duty *d = p->duties; d < p->duties + p->nduties; d++)
			if (d->rule != NULL && rule_find(set, d->rule) == NULL)
				unknown_rule(set, errors, p, d->rule, d->rule_at, "the id of a rule that is loaded");
	}
}
