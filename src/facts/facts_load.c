/* Reads the fact files of rules/facts/ into plain structures. */
#include "facts/facts_load.h"

#include "util/str.h"
#include "util/utf8.h"
#include "util/xmalloc.h"
#include "util/xml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAMESPACE "urn:wirelint:facts:1"

struct reader {
	struct facts_data *data;
	struct arena *arena;
	const char *path, *s;
	struct finding_list *errors;
	bool sound;
};

static const struct { const char *name; enum agency_kind kind; } agency_kinds[] = {
	{ "wire", AGENCY_WIRE }, { "outlet", AGENCY_OUTLET }, { "photo", AGENCY_PHOTO }, { "platform", AGENCY_PLATFORM },
	{ "generator", AGENCY_GENERATOR },
};
const char *
agency_kind_name(enum agency_kind k)
{
	for (size_t i = 0; i < sizeof agency_kinds / sizeof *agency_kinds; i++)
		if (agency_kinds[i].kind == k)
			return agency_kinds[i].name;
	return NULL;
}

static const struct { const char *name; enum multi_paragraph multi; } multis[] = {
	{ "open-each", MULTI_OPEN_EACH }, { "close-each", MULTI_CLOSE_EACH }, { "separate", MULTI_SEPARATE },
	{ "either", MULTI_EITHER },
};
const char *const facts_list_names[LIST_COUNT] = {
#define LIST(id, name, doc) name,
#include "lists.def"
#undef LIST
};
enum { AGENCY_FIELDS = 16 };		/* of a line: its name, aliases, forms ... */
#define COUNT(array) (sizeof (array) / sizeof *(array))

__attribute__((format(printf, 3, 4)))
static void
report(struct reader *r, uint32_t at, const char *fmt, ...)
{
	char what[200];
	unsigned line = 1;
	struct finding *f;
	va_list ap;
	uint32_t i;

	r->sound = false;
	if (r->errors == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	for (i = 0; i < at; i++)
		line += r->s[i] == '\n';
	f = finding_message(r->errors, MSG_CONFIG_FACTS, r->path,
	    arena_printf(&r->errors->arena, "line %u: %s", line, what));
	f->placed = true;
	f->at = (struct span){ at, at };
}

/* The items of a text as a NULL-terminated array; the text is copied once and cut in place. */
static const char *const *
items(struct arena *arena, const char *s, size_t n)
{
	char *copy = arena_strndup(arena, s, n), *p = copy, *end = copy + n, *z;
	const char **list;
	size_t count = 1, k = 0, i;

	for (i = 0; i < n; i++)
		count += s[i] == '|' || s[i] == '\n';
	list = ARENA_ARRAY(arena, const char *, count + 1);
	for (; p <= end; p = z + 1) {
		char *last;

		for (z = p; z < end && *z != '|' && *z != '\n'; z++)
			;
		while (p < z && (*p == ' ' || *p == '\t' || *p == '\r'))
			p++;
		for (last = z; last > p && (last[-1] == ' ' || last[-1] == '\t' || last[-1] == '\r'); last--)
			;
		*last = '\0';
		if (last > p)
			list[k++] = p;
	}
	return list;
}

static const struct xml_attr *
need(struct reader *r, const struct node *el, const char *name)
{
	const struct xml_attr *a = node_attr(el, name);

	if (a != NULL && a->n != 0)
		return a;
	report(r, el->at, "element '%s' lacks its attribute '%s'", el->name, name);
	return NULL;
}

static void
check_attrs(struct reader *r, const struct node *el, const char *allowed)
{
	size_t i;

	for (i = 0; i < el->nattrs; i++)
		if (!str_in_list(el->attrs[i].name, strlen(el->attrs[i].name), allowed))
			report(r, el->attrs[i].at, "unknown attribute '%s' of '%s', expected one of: %s", el->attrs[i].name,
			    el->name, allowed);
}

static bool
yes(struct reader *r, const struct xml_attr *a)
{
	if (!str_is(a->value, a->n, "yes") && !str_is(a->value, a->n, "no"))
		report(r, a->at, "'%s' in '%s', expected yes or no", a->value, a->name);
	return str_is(a->value, a->n, "yes");
}

/* Blanks at both ends of *s..z taken off; ends the string there. */
static char *
cut(char *s, char *z)
{
	while (s < z && (*s == ' ' || *s == '\t' || *s == '\r'))
		s++;
	while (z > s && (z[-1] == ' ' || z[-1] == '\t' || z[-1] == '\r'))
		z--;
	*z = '\0';
	return s;
}

/* One line of <agencies>: "Name; alias|alias; parent=House; form=...; near=no".  Pointers go to *room on. */
static void
read_agency(struct reader *r, const struct node *el, enum agency_kind kind, char *s, char *end, const char ***room)
{
	struct agency a = { .kind = kind };
	const char **aliases = *room, **forms;
	char *field[AGENCY_FIELDS] = { end }, *z;
	size_t n = 0, nforms = 0, i;

	for (z = s; z <= end && n < AGENCY_FIELDS; s = ++z) {
		while (z < end && *z != ';')
			z++;
		field[n++] = cut(s, z);
	}
	if (*(a.name = field[0]) == '\0')
		return;
	a.aliases = aliases;
	for (i = 1; i < n; i++) {
		if (strncmp(field[i], "parent=", 7) == 0) {
			a.parent = field[i] + 7;
		} else if (strcmp(field[i], "near=no") == 0) {
			a.no_near = true;
		} else if (strncmp(field[i], "form=", 5) == 0) {
			field[nforms++] = field[i] + 5;
		} else if (i == 1 && strchr(field[i], '=') == NULL) {
			char *next = field[i];

			while ((s = next) != NULL) {
				if ((next = strchr(s, '|')) != NULL)
					*next++ = '\0';
				if (*s != '\0')
					*aliases++ = s;
			}
		} else {
			report(r, el->at, "'%s' of agency '%s', expected parent=, form= or near=no", field[i], a.name);
		}
	}
	*aliases++ = NULL;
	a.forms = forms = aliases;
	for (i = 0; i < nforms; i++)
		*forms++ = field[i];
	*forms++ = NULL;
	*room = forms;
	XPUSH(r->data->agencies, r->data->nagencies, r->data->capagencies) = a;
}

static void
read_agencies(struct reader *r, const struct node *el)
{
	const struct xml_attr *kind = need(r, el, "kind");
	const char **room;
	size_t i, pointers = 2;
	char *s, *z, *end;

	check_attrs(r, el, "kind");
	if (kind == NULL)
		return;
	for (i = 0; i < COUNT(agency_kinds) && !str_is(kind->value, kind->n, agency_kinds[i].name); i++)
		;
	if (i == COUNT(agency_kinds)) {
		report(r, kind->at, "unknown kind '%s' of agencies, expected wire, outlet, photo, platform or generator",
		    kind->value);
		return;
	}
	s = arena_strndup(r->arena, el->text, el->text_len);
	end = s + el->text_len;
	for (z = s; z < end; z++)
		pointers += *z == '|' || *z == ';' ? 1 : *z == '\n' ? 3 : 0;
	room = ARENA_ARRAY(r->arena, const char *, pointers + 2);
	for (; s < end; s = z + 1) {
		if ((z = memchr(s, '\n', (size_t)(end - s))) == NULL)
			z = end;
		read_agency(r, el, agency_kinds[i].kind, s, z, &room);
	}
}

/* “” «» as pairs, {NULL, NULL} at the end. */
static const struct mark_pair *
mark_pairs(struct reader *r, const struct xml_attr *a)
{
	const char *s = a->value, *end = a->value + a->n;
	struct mark_pair *pairs = ARENA_ARRAY(r->arena, struct mark_pair, a->n / 2 + 2);
	size_t n = 0;

	while (s < end) {
		unsigned cp;
		size_t open, close;

		if (*s == ' ') {
			s++;
			continue;
		}
		open = utf8_decode(s, end, &cp);
		close = s + open < end && s[open] != ' ' ? utf8_decode(s + open, end, &cp) : 0;
		if (close == 0 || (s + open + close < end && s[open + close] != ' ')) {
			report(r, a->at, "'%s' in '%s', expected pairs of two marks with blanks between the pairs", a->value, a->name);
			break;
		}
		pairs[n].open = arena_strndup(r->arena, s, open);
		pairs[n++].close = arena_strndup(r->arena, s + open, close);
		s += open + close;
	}
	return pairs;
}

static void
read_list(struct reader *r, struct language *l, const struct node *el)
{
	const struct xml_attr *name = need(r, el, "name");
	struct nearest near;
	size_t i;

	check_attrs(r, el, "name");
	if (name == NULL)
		return;
	for (i = 0; i < LIST_COUNT; i++) {
		if (str_is(name->value, name->n, facts_list_names[i])) {
			if (l->lists[i] != NULL)
				report(r, el->at, "list '%s' stands here a second time", facts_list_names[i]);
			l->lists[i] = items(r->arena, el->text, el->text_len);
			return;
		}
	}
	nearest_init(&near, name->value, name->n);
	for (i = 0; i < LIST_COUNT; i++)
		nearest_try(&near, facts_list_names[i]);
	if (near.best != NULL)
		report(r, name->at, "unknown list '%s', expected a name of lists.def; did you mean '%s'?", name->value, near.best);
	else
		report(r, name->at, "unknown list '%s', expected a name of lists.def", name->value);
}

static void
read_language(struct reader *r, const struct node *el)
{
	const struct xml_attr *code = need(r, el, "code"), *a;
	struct language_facts f = { .said = 0 };
	const struct node *c;
	size_t i;

	check_attrs(r, el, "code outer inner multi turkic-case space-inside same-mark single-primary");
	if (code == NULL)
		return;
	f.l.code = code->value;
	if ((a = node_attr(el, "outer")) != NULL) {
		f.l.outer = mark_pairs(r, a);
		f.said |= SAID_OUTER;
	}
	if ((a = node_attr(el, "inner")) != NULL) {
		f.l.inner = mark_pairs(r, a);
		f.said |= SAID_INNER;
	}
	if ((a = node_attr(el, "multi")) != NULL) {
		for (i = 0; i < COUNT(multis) && !str_is(a->value, a->n, multis[i].name); i++)
			;
		if (i == COUNT(multis)) {
			report(r, a->at, "unknown 'multi' '%s', expected open-each, close-each, separate or either", a->value);
		} else {
			f.l.multi = multis[i].multi;
			f.said |= SAID_MULTI;
		}
	}
	if ((a = node_attr(el, "turkic-case")) != NULL) {
		f.l.turkic_case = yes(r, a);
		f.said |= SAID_TURKIC;
	}
	if ((a = node_attr(el, "space-inside")) != NULL) {
		f.l.space_inside = yes(r, a);
		f.said |= SAID_SPACE;
	}
	if ((a = node_attr(el, "same-mark")) != NULL) {
		f.l.same_mark = yes(r, a);
		f.said |= SAID_SAME;
	}
	if ((a = node_attr(el, "single-primary")) != NULL) {
		f.l.single_primary = yes(r, a);
		f.said |= SAID_SINGLE;
	}
	for (c = el->first; c != NULL; c = c->next) {
		if (strcmp(c->name, "list") == 0)
			read_list(r, &f.l, c);
		else
			report(r, c->at, "'%s' inside 'language', expected 'list'", c->name);
	}
	XPUSH(r->data->languages, r->data->nlanguages, r->data->caplanguages) = f;
}

static void
read_words(struct reader *r, const struct node *el)
{
	const struct xml_attr *name = need(r, el, "name");
	struct word_facts w;

	check_attrs(r, el, "name");
	if (name == NULL)
		return;
	w.name = name->value;
	w.words = items(r->arena, el->text, el->text_len);
	XPUSH(r->data->words, r->data->nwords, r->data->capwords) = w;
}

static void
read_front(struct reader *r, const struct node *el)
{
	const struct xml_attr *keys = need(r, el, "key"), *is = need(r, el, "is");
	struct front_fact f;

	memset(&f, 0, sizeof f);	/* the gaps too: it is frozen */
	check_attrs(r, el, "key is");
	if (keys == NULL || is == NULL)
		return;
	if (!key_meaning_parse(is->value, is->n, &f.means)) {
		report(r, is->at, "'%s' in 'is', expected a field, a block, byline-role, group or nothing", is->value);
		return;
	}
	for (const char *s = keys->value; (f.path = key_next(r->arena, &s)) != NULL;)
		XPUSH(r->data->front, r->data->nfront, r->data->capfront) = f;
}

bool
facts_read(struct facts_data *data, struct arena *arena, const char *path, const char *s, size_t n,
    struct finding_list *errors)
{
	struct reader r = { data, arena, path, s, errors, true };
	struct xml_error err;
	/* only facts_check() asks for errors: else the file is one that was checked when wirelint was built */
	const struct node *root = errors == NULL ? xml_tree_known(arena, s, n) : NULL, *el;

	if (root == NULL)
		root = xml_tree(arena, s, n, &err);
	if (root == NULL) {
		report(&r, err.at, "%s", err.message);
		return false;
	}
	if (strcmp(root->name, "facts") != 0 || root->ns == NULL || strcmp(root->ns, NAMESPACE) != 0) {
		report(&r, root->at, "root element is '%s', expected 'facts' of namespace " NAMESPACE, root->name);
		return false;
	}
	for (el = root->first; el != NULL; el = el->next) {
		if (strcmp(el->name, "agencies") == 0)
			read_agencies(&r, el);
		else if (strcmp(el->name, "language") == 0)
			read_language(&r, el);
		else if (strcmp(el->name, "words") == 0)
			read_words(&r, el);
		else if (strcmp(el->name, "front-matter") == 0)
			read_front(&r, el);
		else
			report(&r, el->at, "unknown element '%s', expected agencies, language, words or front-matter", el->name);
	}
	return r.sound;
}

void
facts_data_release(struct facts_data *data)
{
	free(data->agencies);
	free(data->languages);
	free(data->words);
	free(data->front);
	memset(data, 0, sizeof *data);
}
