/* The parts of a rule besides its check: <when>, <fix>, <silences>, <bad> and <good>. */
#include "rule/rule_build.h"

#include "analysis/moment.h"
#include "reader.h"
#include "rule/profile.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <string.h>

static const char *const stages[] = { "ingest", "draft", "publish", "syndicate", NULL };

/* Each word of an attribute must be one of the names; NULL names: any word of letters, digits, '-', '_' and '.'. */
static const char *
words_attr(struct rule_build *b, const struct node *el, const char *name, const char *what, const char *const *names)
{
	const struct xml_attr *a = node_attr(el, name);
	const char *s, *word;
	size_t len, i;

	for (s = a != NULL ? a->value : ""; (len = rule_word(&s, &word)) != 0; ) {
		for (i = 0; names != NULL && names[i] != NULL && !str_is(word, len, names[i]); i++)
			;
		if (names != NULL && names[i] == NULL)
			rule_error_word(b, el, a, what, word, len, names);
	}
	if (a != NULL && strspn(a->value, " ") == a->n)
		rule_error(b, el, name, "'%s' is empty, expected a %s", name, what);
	return a != NULL ? a->value : NULL;
}

static const char **
formats(struct rule_build *b)
{
	const struct reader *const *r = reader_list();
	const char **names;
	size_t n = 0, i;

	while (r[n] != NULL)
		n++;
	names = ARENA_ARRAY(b->arena, const char *, n + 1);
	for (i = 0; i < n; i++)
		names[i] = r[i]->name;
	return names;
}

static const char *const *
kind_names(struct rule_build *b)
{
	const char **names = ARENA_ARRAY(b->arena, const char *, COPY_REPUBLISHED + 2);
	int i;

	for (i = 0; i <= COPY_REPUBLISHED; i++)
		names[i] = copy_kind_name((enum copy_kind)i);
	return names;
}

static const char *const severities[] = { "off", "note", "warning", "error", NULL };

void
rule_part_when(struct rule_build *b, const struct node *el)
{
	struct when w = { .negate = rule_attr_bool(b, el, "not", false) };
	const char *kinds, *word, *field, *severity;
	enum copy_kind k;
	size_t len;

	rule_known_attrs(b, el, "kind profile lang format stage country use field is not severity");
	rule_known_children(b, el, "");
	kinds = node_attr(el, "kind") != NULL ? words_attr(b, el, "kind", "kind of copy", kind_names(b)) : NULL;
	while (kinds != NULL && (len = rule_word(&kinds, &word)) != 0)
		if (copy_kind_parse(word, len, &k))
			w.kinds |= 1u << k;
	w.profiles = words_attr(b, el, "profile", "profile", NULL);
	w.langs = words_attr(b, el, "lang", "language", NULL);
	w.formats = node_attr(el, "format") != NULL ? words_attr(b, el, "format", "format", formats(b)) : NULL;
	w.stages = words_attr(b, el, "stage", "stage", stages);
	w.countries = words_attr(b, el, "country", "country", NULL);
	w.uses = words_attr(b, el, "use", "use", copy_uses);
	if ((field = words_attr(b, el, "field", "field", field_names)) != NULL)
		w.has_field = field_name_parse(field, strlen(field), &w.field);
	w.is = rule_attr(b, el, "is", NULL);
	if (w.is != NULL && field == NULL)
		rule_error(b, el, "is", "'is' without 'field', expected the name of a field too");
	severity = words_attr(b, el, "severity", "severity", severities);
	if (severity != NULL && severity_parse(severity, strlen(severity), &w.severity) && w.severity == SEV_OFF)
		rule_error(b, el, "severity", "severity 'off' in 'when', expected note, warning or error; not=\"yes\" turns a rule off");
	if (w.kinds == 0 && w.profiles == NULL && w.langs == NULL && w.formats == NULL && w.stages == NULL && w.countries == NULL &&
	    w.uses == NULL && field == NULL)
		rule_error(b, el, NULL, "'when' says no condition, expected one of kind, profile, lang, format, stage, country, use, field");
	XPUSH(b->rule->whens, b->rule->nwhens, b->rule->capwhens) = w;
}

void
rule_part_fix(struct rule_build *b, const struct node *el)
{
	int class = rule_attr_choice(b, el, "class", "safe unsafe display", FIX_UNSAFE);

	rule_known_attrs(b, el, "class description");
	rule_known_children(b, el, "");
	b->rule->fix = arena_strndup(b->arena, el->text, el->text_len);
	b->rule->fix_class = class < 0 ? FIX_UNSAFE : (enum fix_class)class;
	b->rule->fix_description = rule_attr(b, el, "description", NULL);
}

/* Where a word of an attribute's value stands. */
static struct span
attr_span(const struct rule_build *b, const struct xml_attr *a, const char *word, size_t n)
{
	size_t off = (size_t)(word - a->value);
	struct extent e = { xml_attr_place(b->s, a, off), xml_attr_place(b->s, a, off + n) };

	return b->source != NULL ? source_span(b->source, e) : (struct span){ e.a, e.z };
}

void
rule_part_silences(struct rule_build *b, const struct node *el)
{
	const struct xml_attr *a = node_attr(el, "rule");
	const char *s = a != NULL ? a->value : "", *word;
	size_t len, before = b->rule->nsilences;

	rule_known_attrs(b, el, "rule");
	rule_known_children(b, el, "");
	while ((len = rule_word(&s, &word)) != 0) {
		const char *name = arena_strndup(b->arena, word, len);

		XPUSH(b->rule->silences, b->rule->nsilences, b->rule->capsilences) = name;
		XPUSH(b->set->pending, b->set->npending, b->set->cappending) =
		    (struct silence){ name, b->path, attr_span(b, a, word, len), false };
	}
	if (b->rule->nsilences == before)
		rule_error(b, el, NULL, "'silences' names no rule, expected an attribute such as rule=\"family/id\"");
}

/* ---- examples ---- */

/* The [[ ]] of an example: each that opens is closed, none stands in another.  Returns how many there are; of "]]]" the last
 * two are the mark, so that brackets can be marked. */
static size_t
count_marks(struct rule_build *b, const struct node *el)
{
	const char *s = el->text, *end = s + el->text_len, *open = NULL;
	const char *wrong = NULL;
	size_t n = 0;
	uint32_t at;

	for (; wrong == NULL && s + 1 < end; s++) {
		bool opens = s[0] == '[' && s[1] == '[', closes = s[0] == ']' && s[1] == ']' && !(open && s + 2 < end && s[2] == ']');

		if (!opens && !closes)
			continue;
		if (opens == (open != NULL))
			wrong = s;
		open = opens ? s : NULL;
		n += closes;
		s++;
	}
	if (wrong == NULL && open == NULL)
		return n;
	at = node_text_place(b->s, el, (size_t)((wrong != NULL ? wrong : open) - el->text));
	rule_error_at(b, at, at + 2, wrong == NULL ? "'[[' that is not closed, expected ']]' after it" : *wrong == '[' ?
	    "'[[' within '[[', expected ']]' first" : "']]' that closes nothing, expected '[[' before it");
	return n + 1;
}

/* <upstream name="sent">: a copy that examples are compared with, written as they are. */
void
rule_part_upstream(struct rule_build *b, const struct node *el)
{
	struct upstream_text u = { .name = rule_attr(b, el, "name", ""), .text = { .text = el->text, .n = el->text_len } };

	rule_known_attrs(b, el, "name format escaped");
	rule_known_children(b, el, "");
	if (*u.name == '\0')
		rule_error(b, el, NULL, "'upstream' without 'name', expected one for examples to name");
	u.text.format = node_attr(el, "format") != NULL ? words_attr(b, el, "format", "format", formats(b)) : NULL;
	u.text.escaped = rule_attr_bool(b, el, "escaped", false);
	if (rule_blank(el))
		rule_error(b, el, NULL, "'upstream' is empty, expected the copy that an example was made from");
	XPUSH(b->rule->upstreams, b->rule->nupstreams, b->rule->capupstreams) = u;
}

static unsigned
upstream_named(struct rule_build *b, const struct node *el, const char *attr)
{
	const char *name = rule_attr(b, el, attr, "");

	for (size_t i = 0; i < b->rule->nupstreams; i++)
		if (strcmp(b->rule->upstreams[i].name, name) == 0)
			return (unsigned)i + 1;
	rule_error(b, el, attr, "no copy is named '%s', expected <upstream name=\"%s\"> before this example", name, name);
	return 0;
}

void
rule_part_example(struct rule_build *b, const struct node *el, bool bad)
{
	struct example e = { .bad = bad, .block = BLOCK_COUNT };
	const struct xml_attr *block = node_attr(el, "block");
	const char *kind, *mark, *words, *word;
	struct moment now;
	size_t len;

	rule_known_attrs(b, el, "format lang kind profile stage country use now upstream beside held own origin block escaped with run");
	rule_known_children(b, el, "");
	e.format = node_attr(el, "format") != NULL ? words_attr(b, el, "format", "format", formats(b)) : NULL;
	e.lang = rule_attr(b, el, "lang", NULL);
	if (node_attr(el, "kind") != NULL && (kind = words_attr(b, el, "kind", "kind of copy", kind_names(b))) != NULL)
		copy_kind_parse(kind, strlen(kind), &e.kind);
	e.profile = rule_attr(b, el, "profile", NULL);
	e.stage = words_attr(b, el, "stage", "stage", stages);
	e.now = rule_attr(b, el, "now", NULL);
	if (e.now != NULL && !date_moment(e.now, strlen(e.now), &now))
		rule_error(b, el, "now", "'%s' is no time, expected one such as 2026-11-23T14:00+03:00", e.now);
	if (node_attr(el, "upstream") != NULL)
		e.upstream = upstream_named(b, el, "upstream");
	if (node_attr(el, "beside") != NULL)
		e.beside = upstream_named(b, el, "beside");
	e.country = rule_attr(b, el, "country", NULL);
	e.use = words_attr(b, el, "use", "use", copy_uses);
	e.held = rule_attr(b, el, "held", NULL);
	e.own = rule_attr(b, el, "own", NULL);
	e.origin = rule_attr(b, el, "origin", NULL);
	if (e.origin != NULL && ((mark = strchr(e.origin, '=')) == NULL || !field_name_parse(e.origin, (size_t)(mark - e.origin),
	    &(enum field_name){ FIELD_HEADLINE })))
		rule_error(b, el, "origin", "'%s' is no origin, expected a field and a value such as source=Reuters", e.origin);
	if (block != NULL && !block_kind_parse(block->value, block->n, &e.block))
		rule_error_unknown(b, block->at, block->end, "block kind", block->value, block->n, "", kind_set_names());
	e.escaped = rule_attr_bool(b, el, "escaped", false);
	e.with = words_attr(b, el, "with", "rule or family", NULL);
	for (words = e.with != NULL ? e.with : ""; (len = rule_word(&words, &word)) != 0;)
		XPUSH(b->set->pending, b->set->npending, b->set->cappending) =
		    (struct silence){ arena_strndup(b->arena, word, len), b->path, attr_span(b, node_attr(el, "with"), word, len), true };
	e.shown = !rule_attr_bool(b, el, "run", true);
	rule_place(b, el->at, &e.line, &e.column);
	if (rule_blank(el)) {
		rule_error(b, el, NULL, "'%s' is empty, expected an example", el->name);
		return;
	}
	if (b->builtin)
		;		/* a test loads the built-in files as packs, too, so that this need not be done at each start */
	else if (bad && count_marks(b, el) == 0)
		rule_error(b, el, NULL, "bad example without [[ ]], expected marks around what is reported");
	else if (!bad && (mark = strstr(el->text, "[[")) != NULL && strstr(mark, "]]") != NULL)
		rule_error(b, el, NULL, "good example with [[ ]], expected none: nothing in it is reported");
	e.text = el->text;
	e.n = el->text_len;
	XPUSH(b->rule->examples, b->rule->nexamples, b->rule->capexamples) = e;
}
