/* Finders from rule files: <pattern>, <terms> and <except>, side by side in a <rule> or in an element of a check:
 *
 *	<terms><term use="Kyiv">Kiev</term></terms>
 *	<pattern trigger="call" case="fold">call (?:116 123|988)</pattern>
 *	<except>chicken Kiev</except>
 *	<except pattern="call 988 \d"/>
 *
 * White space around the text counts for nothing in any of them. */
#include "rule/rule_build.h"

#include "facts/facts.h"
#include "frozen/builtin.h"
#include "util/rx.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct making {
	struct rule_build *b;
	struct finder *f;
	size_t nerrors;		/* before it was begun */
	bool whole;		/* of the <terms> at hand */
};

static void
scan_group(struct rule_build *b, const char *s, unsigned *groups)
{
	const char *name = NULL;
	char close = '>';
	size_t n;

	if (s[1] != '?' && s[1] != '*') {
		(*groups)++;
		return;
	}
	if (s[1] != '?')
		return;
	if (s[2] == 'P' && s[3] == '<')
		name = s + 4;
	else if (s[2] == '<' && s[3] != '=' && s[3] != '!')
		name = s + 3;
	else if (s[2] == '\'')
		name = s + 3, close = '\'';
	if (name == NULL)
		return;
	(*groups)++;
	n = strcspn(name, "<>'()");
	if (name[n] == close)
		rule_placeholder(b, arena_strndup(b->arena, name, n));
}

/* Groups and their names, read off the pattern: built-in patterns are not compiled yet. */
static void
scan_groups(struct rule_build *b, const char *s, bool extended)
{
	unsigned groups = 0;
	bool class = false;

	for (; *s != '\0'; s++) {
		if (*s == '\\' && s[1] == 'Q') {
			const char *end = strstr(s, "\\E");

			if (end == NULL)
				break;
			s = end + 1;
		} else if (*s == '\\' && s[1] != '\0') {
			s++;
		} else if (class) {
			class = *s != ']';
		} else if (*s == '[') {
			class = true;
			if (s[1] == '^')
				s++;
			if (s[1] == ']')
				s++;
		} else if (extended && *s == '#') {
			s += strcspn(s, "\n");
			if (*s == '\0')
				break;
		} else if (*s == '(') {
			scan_group(b, s, &groups);
		}
	}
	if (groups > b->groups)
		b->groups = groups;
}

/* Where a pattern's text lies in the file: its element's text or an attribute. */
struct origin { const struct node *el; const struct xml_attr *attr; size_t lead; };

static uint32_t
origin_place(const struct rule_build *b, const struct origin *o, size_t off)
{
	return o->attr != NULL ? xml_attr_place(b->s, o->attr, o->lead + off) : node_text_place(b->s, o->el, o->lead + off);
}

static void
make_pattern(struct making *m, const struct origin *from, const char *s, size_t n, bool except, struct pattern *p)
{
	struct rule_build *b = m->b;
	const struct node *el = from->el;
	struct origin o = *from;
	const char *trigger = rule_attr(b, el, "trigger", NULL);
	uint32_t lead = (uint32_t)strspn(s, " \t\n"), place;
	char *why;
	size_t at;

	memset(p, 0, sizeof *p);
	while (n > lead && strchr(" \t\n", s[n - 1]) != NULL && !(n > lead + 1 && s[n - 2] == '\\'))
		n--;
	if (n == lead) {
		rule_error(b, el, o.attr != NULL ? "pattern" : NULL, "pattern is empty, expected a regular expression");
		return;
	}
	o.lead = lead;
	p->source = arena_strndup(b->arena, s + lead, n - lead);
	p->flags = (rule_attr_choice(b, el, "case", "exact fold", 0) == 1 ? RX_CASELESS : 0) |
	    (rule_attr_bool(b, el, "extended", false) ? RX_EXTENDED : 0) |
	    (except ? RX_UNANCHORED : 0);	/* it may stand anywhere about a hit: searched for, not tried at a place */
	p->use = rule_attr(b, el, "use", NULL);
	b->has_use |= p->use != NULL;
	p->no_fix = !rule_attr_bool(b, el, "fix", true);
	p->style = rule_attr(b, el, "style", NULL);
	p->style_is = rule_attr(b, el, "is", NULL);
	if ((p->style == NULL) != (p->style_is == NULL))
		rule_error(b, el, p->style != NULL ? "style" : "is", "'style' and 'is' go together, expected both");
	rule_place(b, el->at, &p->line, NULL);
	if (!b->builtin)
		scan_groups(b, p->source, (p->flags & RX_EXTENDED) != 0);
	if (!finder_prepare(b->arena, p, trigger, !b->builtin, &why, &at)) {
		if (at == SIZE_MAX) {
			rule_error(b, el, "trigger", "%s", why);
		} else {
			place = origin_place(b, &o, at);
			rule_error_at(b, place, place, "pattern is not understood: %s", why);
		}
		free(why);
	} else if (p->rx != NULL && rx_matches_empty(p->rx)) {
		rule_error(b, el, o.attr != NULL ? "pattern" : RULE_TEXT, "pattern matches the empty string, expected one that "
		    "takes a character at least");
	}
}

static void
add_pattern(struct making *m, const struct origin *o, const char *s, size_t n, bool except)
{
	struct pattern p;
	size_t before = m->b->nerrors;

	make_pattern(m, o, s, n, except, &p);
	if (m->b->nerrors != before)
		rx_free(p.rx);
	else if (except)
		XPUSH(m->f->except_patterns, m->f->nexcept_patterns, m->f->capexcept_patterns) = p;
	else
		XPUSH(m->f->patterns, m->f->npatterns, m->f->cappatterns) = p;
}

static void
add_term(struct making *m, const char *s, size_t n, const char *use, enum term_case fold, uint32_t line, bool except)
{
	struct term t = { .s = s, .n = n, .use = use, .fold = fold, .line = line, .whole = m->whole && !except };

	if (use != NULL)
		m->b->has_use = true;
	if (except)
		XPUSH(m->f->except_terms, m->f->nexcept_terms, m->f->capexcept_terms) = t;
	else
		XPUSH(m->f->terms, m->f->nterms, m->f->capterms) = t;
}

static void
term_element(struct making *m, const struct node *el, enum term_case fold, bool except)
{
	struct rule_build *b = m->b;
	const char *s = rule_folded(b, el->text, el->text_len);
	int own = rule_attr_choice(b, el, "case", "smart fold exact", (int)fold);
	uint32_t line;

	rule_place(b, el->at, &line, NULL);
	if (*s == '\0')
		rule_error(b, el, NULL, "'%s' is empty, expected a word or phrase", el->name);
	else
		add_term(m, s, strlen(s), rule_attr(b, el, "use", NULL), own < 0 ? fold : (enum term_case)own, line, except);
}

static void
except_element(struct making *m, const struct node *el, enum term_case fold)
{
	const struct xml_attr *a = node_attr(el, "pattern");
	struct origin o = { el, a, 0 };

	rule_known_children(m->b, el, "");
	if (a == NULL) {
		rule_known_attrs(m->b, el, "pattern case");
		term_element(m, el, fold, true);
		return;
	}
	rule_known_attrs(m->b, el, "pattern case trigger extended");
	if (!rule_blank(el))
		rule_error(m->b, el, RULE_TEXT, "'except' has both a pattern and words, expected one of them");
	else
		add_pattern(m, &o, a->value, a->n, true);
}

/* ---- words from elsewhere ---- */

/* "Kiev", "Kiev = Kyiv", "# remark": in a file and in a list of the facts. */
static void
file_line(struct making *m, const char *s, size_t n, enum term_case fold, uint32_t line)
{
	struct rule_build *b = m->b;
	const char *copy = arena_strndup(b->arena, s, n), *equals = strstr(copy, " = "), *use = NULL, *word;

	if (equals != NULL) {
		use = rule_folded(b, equals + 3, strlen(equals + 3));
		copy = arena_strndup(b->arena, copy, (size_t)(equals - copy));
	}
	word = rule_folded(b, copy, strlen(copy));
	if (*word != '\0' && *word != '#')
		add_term(m, word, strlen(word), use, fold, line, false);
}

static void
file_lines(struct making *m, const char *s, size_t n, enum term_case fold)
{
	const char *end = s + n, *nl;
	uint32_t line = 1;

	for (; s < end; s = nl + 1, line++) {
		nl = memchr(s, '\n', (size_t)(end - s));
		if (nl == NULL)
			nl = end;
		file_line(m, s, (size_t)(nl - s), fold, line);
	}
}

static void
words_from_file(struct making *m, const struct node *el, const char *name, enum term_case fold)
{
	struct rule_build *b = m->b;
	const char *slash = strrchr(b->file, '/');
	int folder = name[0] == '/' || slash == NULL ? 0 : (int)(slash + 1 - b->file), fd;
	const char *path = arena_printf(b->arena, "%.*s%s", folder, b->file, name);
	struct source_options opt = { false, ENC_UTF8, NULL };
	struct source src;

	if (b->builtin) {
		const struct builtin *file = builtin_find(path);

		if (file != NULL)
			file_lines(m, file->s, file->n, fold);
		else
			rule_error(b, el, "file", "no built-in file '%s'", path);
		return;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	source_init(&src);
	if (fd < 0 || source_load_fd(&src, path, fd, &opt) != SOURCE_OK)
		rule_error(b, el, "file", "cannot read '%s': %s", path, strerror(errno));
	else
		file_lines(m, src.s, src.len, fold);
	source_release(&src);
	if (fd >= 0)
		close(fd);
}

/* list="en/american" to="en/british": the one in the place of the other, item by item. */
static void
words_from_list(struct making *m, const struct node *el, const char *list, enum term_case fold)
{
	struct rule_build *b = m->b;
	const char *other = rule_attr(b, el, "to", NULL);
	const char *const *w = facts_words(list), *const *use = other != NULL ? facts_words(other) : NULL;
	uint32_t line;

	if (w == NULL)
		rule_error(b, el, "list", "unknown word list '%s'", list);
	if (other != NULL && use == NULL)
		rule_error(b, el, "to", "unknown word list '%s'", other);
	rule_place(b, el->at, &line, NULL);
	for (; w != NULL && *w != NULL; w++) {
		if (use != NULL && *use != NULL)
			add_term(m, *w, strlen(*w), *use++, fold, line, false);
		else
			file_line(m, *w, strlen(*w), fold, line);
	}
}

static void
terms_element(struct making *m, const struct node *el)
{
	struct rule_build *b = m->b;
	const char *file = rule_attr(b, el, "file", NULL), *list = rule_attr(b, el, "list", NULL);
	int fold = rule_attr_choice(b, el, "case", "smart fold exact", CASE_SMART);
	size_t before = m->f->nterms, errors = b->nerrors;
	const struct node *c;

	m->whole = rule_attr_bool(b, el, "whole", false);
	m->f->whole_terms = m->f->whole_terms || m->whole;
	fold = fold < 0 ? CASE_SMART : fold;
	for (c = el->first; c != NULL; c = c->next) {
		if (strcmp(c->name, "term") == 0) {
			rule_known_attrs(b, c, "use case");
			rule_known_children(b, c, "");
			term_element(m, c, (enum term_case)fold, false);
		} else if (strcmp(c->name, "except") == 0) {
			except_element(m, c, (enum term_case)fold);
		} else {
			rule_known_children(b, el, "term except");
			break;
		}
	}
	if (file != NULL)
		words_from_file(m, el, file, (enum term_case)fold);
	if (list != NULL)
		words_from_list(m, el, list, (enum term_case)fold);
	for (size_t i = before; i < m->f->nterms; i++) {
		m->f->terms[i].no_fix = !rule_attr_bool(b, el, "fix", true);
		m->f->terms[i].style = rule_attr(b, el, "style", NULL);
		m->f->terms[i].style_is = rule_attr(b, el, "is", NULL);
	}
	if ((node_attr(el, "style") == NULL) != (node_attr(el, "is") == NULL))
		rule_error(b, el, node_attr(el, "style") != NULL ? "style" : "is", "'style' and 'is' go together, expected both");
	if (m->f->nterms == before && b->nerrors == errors)
		rule_error(b, el, NULL, "no words in 'terms', expected <term> elements, a file or a list");
	if (!rule_blank(el))
		rule_error(b, el, RULE_TEXT, "text in 'terms', expected <term> elements");
}

/* ---- the finder ---- */

/* block="source licence" part="agency" field="provider" kind="wire": whole things as hits. */
static uint32_t
bits_attr(struct making *m, const struct node *el, const char *name, const char *what, int (*parse)(const char *s, size_t n),
    const char *const *names)
{
	const struct xml_attr *a = node_attr(el, name);
	const char *s, *word;
	uint32_t bits = 0;
	size_t len;
	int i;

	for (s = a != NULL ? a->value : ""; (len = rule_word(&s, &word)) != 0; ) {
		if ((i = parse(word, len)) >= 0)
			bits |= (uint32_t)1 << i;
		else
			rule_error_word(m->b, el, a, what, word, len, names);
	}
	if (a != NULL && bits == 0 && strspn(a->value, " ") == a->n)
		rule_error(m->b, el, name, "'%s' is empty, expected a %s", name, what);
	return bits;
}

static int
parse_part(const char *s, size_t n)
{
	enum part_name p;

	return part_name_parse(s, n, &p) ? (int)p : -1;
}

static int
parse_field(const char *s, size_t n)
{
	enum field_name f;

	return field_name_parse(s, n, &f) ? (int)f : -1;
}

static int
parse_copy_kind(const char *s, size_t n)
{
	enum copy_kind k;

	return copy_kind_parse(s, n, &k) ? (int)k : -1;
}

static int
parse_agency_kind(const char *s, size_t n)
{
	const char *name;

	for (int i = 0; (name = agency_kind_name((enum agency_kind)i)) != NULL; i++)
		if (strlen(name) == n && memcmp(name, s, n) == 0)
			return i;
	return -1;
}

static void
whole_things(struct making *m, const struct node *el)
{
	const char *parts[PART_COUNT + 1] = { NULL }, *kinds[COPY_REPUBLISHED + 2] = { NULL };
	const char *agencies[AGENCY_GENERATOR + 2] = { NULL };
	int i;

	for (i = 0; i <= AGENCY_GENERATOR; i++)
		agencies[i] = agency_kind_name((enum agency_kind)i);
	for (i = 0; i < PART_COUNT; i++)
		parts[i] = part_name_str((enum part_name)i);
	for (i = 0; i <= COPY_REPUBLISHED; i++)
		kinds[i] = copy_kind_name((enum copy_kind)i);
	m->f->blocks = rule_attr_scope(m->b, el, "block", 0);
	m->f->parts = bits_attr(m, el, "part", "part", parse_part, parts);
	m->f->fields = bits_attr(m, el, "field", "field", parse_field, field_names);
	m->f->agencies = bits_attr(m, el, "agency", "kind of agency", parse_agency_kind, agencies);
	m->f->kinds = bits_attr(m, el, "kind", "kind of copy", parse_copy_kind, kinds);
}

static void
children(struct making *m, const struct node *el)
{
	const struct node *c;
	struct origin o = { NULL, NULL, 0 };

	for (c = el->first; c != NULL; c = c->next) {
		if (strcmp(c->name, "pattern") == 0) {
			rule_known_attrs(m->b, c, "case trigger extended use fix style is");
			rule_known_children(m->b, c, "");
			o.el = c;
			add_pattern(m, &o, c->text, c->text_len, false);
		} else if (strcmp(c->name, "terms") == 0) {
			rule_known_attrs(m->b, c, "case file list to whole fix style is");
			terms_element(m, c);
		} else if (strcmp(c->name, "except") == 0) {
			except_element(m, c, CASE_SMART);
		}
	}
}

static void *
into_arena(struct arena *arena, void *p, size_t n, size_t size)
{
	void *copy = n != 0 ? arena_alloc(arena, n * size) : NULL;

	if (n != 0)
		memcpy(copy, p, n * size);
	free(p);
	return copy;
}

#define KEEP(arena, p, n, cap) ((p) = into_arena((arena), (p), (n), sizeof *(p)), (cap) = (n))

struct finder *
rule_finder(struct rule_build *b, const struct node *el, const char *name)
{
	struct finder *f = ARENA_NEW(b->arena, struct finder);
	struct making m = { b, f, b->nerrors, false };
	int quoted = rule_attr_choice(b, el, "quoted", "any in out", (int)b->rule->quoted);

	f->name = name;
	f->rule = b->rule;
	f->scope = rule_attr_scope(b, el, "scope", b->rule->scope);
	/* a scope of its own is all there is */
	f->text_of = node_attr(el, "scope") == NULL ? b->rule->text_of : 0;
	f->quoted = quoted < 0 ? QUOTED_ANY : (enum quoted)quoted;
	if (strcmp(el->name, "pattern") == 0 || strcmp(el->name, "terms") == 0) {
		children(&m, el->parent);
	} else {
		if (strcmp(el->name, "any") == 0 || strcmp(el->name, "if") == 0 || strcmp(el->name, "then") == 0)
			rule_known_attrs(b, el, "scope quoted block part agency field kind opening");
		if (strcmp(el->name, "form") == 0)
			rule_known_attrs(b, el, "name marks apostrophe scope quoted block part agency field kind opening");
		rule_known_children(b, el, "pattern terms except");
		whole_things(&m, el);
		f->opening = (uint32_t)rule_attr_int(b, el, "opening", 1, 1000000, 0);
		children(&m, el);
	}
	KEEP(b->arena, f->terms, f->nterms, f->capterms);
	KEEP(b->arena, f->patterns, f->npatterns, f->cappatterns);
	KEEP(b->arena, f->except_terms, f->nexcept_terms, f->capexcept_terms);
	KEEP(b->arena, f->except_patterns, f->nexcept_patterns, f->capexcept_patterns);
	if (b->nerrors == m.nerrors && f->nterms + f->npatterns == 0 && (f->blocks | f->parts | f->fields) == 0)
		rule_error(b, el, NULL, "'%s' looks for nothing, expected <pattern>, <terms>, or an attribute block, part or field",
		    el->name);
	f->index = (unsigned)b->set->nfinders;
	XPUSH(b->set->finders, b->set->nfinders, b->set->capfinders) = f;
	XPUSH(b->rule->finders, b->rule->nfinders, b->rule->capfinders) = f;
	return b->nerrors == m.nerrors ? f : NULL;
}
