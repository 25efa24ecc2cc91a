/* Reads an XPath expression token by token and looks up its names.  libxml2 compiles `//blok[@kind='sorce']` without a
 * word, and it is never true: a rule that is wrong in silence.  The grammar is known to be right by then, so a scan with
 * the disambiguation of XPath 1.0 section 3.7 will do.  On the way it notes what the expression looks at. */
#include "article.h"
#include "util/str.h"
#include "view/view_names.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char *const elements[] = { "article", "field", "block", "part", NULL };
static const char *const attributes[] = { "format", "lang", "item", "name", "key", "value", "kind", "confidence",
	"zone", "previous", "next", NULL };
static const char *const functions[] = {
	"last", "position", "count", "id", "local-name", "namespace-uri", "name", "string", "concat", "starts-with", "contains",
	"substring-before", "substring-after", "substring", "string-length", "normalize-space", "translate", "boolean", "not",
	"true", "false", "lang", "number", "sum", "floor", "ceiling", "round", NULL
};
static const char node_types[] = "node text comment processing-instruction";

enum last { LAST_OTHER, LAST_BRACKET, LAST_VALUE, LAST_COMPARISON, LAST_SLASH, LAST_AXIS };

struct scan {
	const char *s;			/* what is left */
	struct view_traits *traits;
	enum last last;			/* the token before: '[', an attribute or literal, = or <, '/', 'self::' */
	bool call;			/* the next '(' is a function's */
	uint64_t calls;			/* a bit for each '(' that is open, the innermost lowest: is it a function's? */
	bool operand;			/* an operand stands before: a name is an operator, * multiplies */
	bool attribute;			/* the next name is an attribute's */
	const char *compared;		/* the attribute whose value the next literal is, or will be after = */
	bool equals;
	char *why;
};

struct word { const char *s; size_t n; };

static bool
listed(const char *const *list, struct word w, struct nearest *near)
{
	for (size_t i = 0; list[i] != NULL; i++)
		if (str_is(w.s, w.n, list[i]))
			return true;
	for (size_t i = 0; list[i] != NULL; i++)
		nearest_try(near, list[i]);
	return false;
}

static bool
unknown(struct scan *k, const char *what, struct word w, const struct nearest *near)
{
	int n = (int)(w.n < 60 ? w.n : 60);

	if (near->best != NULL)
		snprintf(k->why, VIEW_WHY, "unknown %s '%.*s'; did you mean '%s'?", what, n, w.s, near->best);
	else
		snprintf(k->why, VIEW_WHY, "unknown %s '%.*s'", what, n, w.s);
	return false;
}

static bool
known_element(struct scan *k, struct word w)
{
	struct nearest near;

	nearest_init(&near, w.s, w.n);
	return listed(elements, w, &near) || unknown(k, "element", w, &near);
}

static bool
name_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.' || (unsigned char)c >= 0x80;
}

/* "(part ...": parts are never left out. */
static bool
of_parts(const char *s)
{
	s += strspn(s, " \t\r\n(");
	return strncmp(s, "part", 4) == 0 && !name_byte(s[4]);
}

/* "(@value, 'handout')": attributes and literals only. */
static bool
of_attributes(const char *s)
{
	bool any = false;

	s += strspn(s, " \t\r\n");
	if (*s++ != '(')
		return false;
	for (;;) {
		s += strspn(s, " \t\r\n,");
		if (*s == ')')
			return any;
		if (*s == '"' || *s == '\'') {
			if ((s = strchr(s + 1, *s)) == NULL)
				return false;
			s++;
		} else if (*s == '@') {
			any = true;
			for (s++; name_byte(*s); s++)
				;
		} else {
			return false;
		}
	}
}

static bool
known_function(struct scan *k, struct word w)
{
	struct nearest near;

	k->call = !str_in_list(w.s, w.n, node_types);
	if (str_in_list(w.s, w.n, "position last") || (str_is(w.s, w.n, "count") && !of_parts(k->s)))
		k->traits->counts = true;
	else if (!str_in_list(w.s, w.n, "count not boolean true false node") && !of_attributes(k->s))
		k->traits->text = true;
	nearest_init(&near, w.s, w.n);
	return str_in_list(w.s, w.n, node_types) || listed(functions, w, &near) || unknown(k, "function", w, &near);
}

static bool
known_attribute(struct scan *k, struct word w)
{
	enum part_name part;
	struct nearest near;

	nearest_init(&near, w.s, w.n);
	for (int i = 0; i < PART_COUNT; i++)
		nearest_try(&near, part_name_str((enum part_name)i));
	if (!part_name_parse(w.s, w.n, &part) && !listed(attributes, w, &near))
		return unknown(k, "attribute", w, &near);
	k->compared = str_is(w.s, w.n, "name") ? "name" : str_is(w.s, w.n, "confidence") ? "confidence" :
	    str_is(w.s, w.n, "zone") ? "zone" : str_in_list(w.s, w.n, "kind previous next") ? "kind" : NULL;
	return true;
}

/* The literal that @kind, @name, @confidence, @zone, @previous or @next is compared with. */
static bool
known_value(struct scan *k, struct word w)
{
	static const char *const certainties[] = { "sure", "likely", "weak", NULL };
	static const char *const zones[] = { "head", "body", "foot", NULL };
	struct nearest near;
	enum block_kind kind;
	enum field_name field;
	enum part_name part;

	nearest_init(&near, w.s, w.n);
	if (strcmp(k->compared, "kind") == 0) {
		for (int i = 0; i < BLOCK_COUNT; i++)
			nearest_try(&near, block_kind_name((enum block_kind)i));
		return block_kind_parse(w.s, w.n, &kind) || unknown(k, "kind of block", w, &near);
	}
	if (strcmp(k->compared, "confidence") == 0)
		return listed(certainties, w, &near) || unknown(k, "confidence", w, &near);
	if (strcmp(k->compared, "zone") == 0)
		return listed(zones, w, &near) || unknown(k, "zone", w, &near);
	for (int i = 0; i < FIELD_COUNT; i++)
		nearest_try(&near, field_name_str((enum field_name)i));
	for (int i = 0; i < PART_COUNT; i++)
		nearest_try(&near, part_name_str((enum part_name)i));
	return field_name_parse(w.s, w.n, &field) || part_name_parse(w.s, w.n, &part) ||
	    unknown(k, "field or part", w, &near);
}

static bool
scan_name(struct scan *k)
{
	struct word w = { k->s, 0 };
	bool attribute = k->attribute, was_operand = k->operand;
	const char *next;

	while (name_byte(w.s[w.n]) || (w.s[w.n] == ':' && w.s[w.n + 1] != ':' && name_byte(w.s[w.n + 1])))
		w.n++;
	k->s += w.n;
	k->attribute = false;
	k->compared = NULL;
	for (next = k->s; isspace((unsigned char)*next); next++)
		;
	if (was_operand) {			/* and, or, div, mod: it compiled */
		k->operand = false;
		k->last = LAST_OTHER;
		if (str_in_list(w.s, w.n, "div mod"))
			k->traits->text = true;
		return true;
	}
	if (next[0] == ':' && next[1] == ':') {
		k->traits->local = false;
		k->s = next + 2;
		k->attribute = str_is(w.s, w.n, "attribute");
		k->last = k->last == LAST_COMPARISON ? LAST_COMPARISON : LAST_AXIS;
		return true;
	}
	if (k->last == LAST_COMPARISON && !attribute)		/* with an element: with its characters */
		k->traits->text = true;
	if (str_is(w.s, w.n, "article") && k->last != LAST_SLASH && k->last != LAST_AXIS && *next != '(') {
		snprintf(k->why, VIEW_WHY, "'article' does not stand inside 'article'; expected '/article'");
		return false;
	}
	k->last = attribute ? LAST_VALUE : LAST_OTHER;
	k->operand = *next != '(';
	if (*next == '(')
		return known_function(k, w);
	return attribute ? known_attribute(k, w) : known_element(k, w);
}

static bool
scan_literal(struct scan *k)
{
	const char *end = strchr(k->s + 1, *k->s);
	struct word w = { k->s + 1, end != NULL ? (size_t)(end - k->s - 1) : strlen(k->s + 1) };
	bool good = k->compared == NULL || !k->equals || known_value(k, w);

	k->s = w.s + w.n + (end != NULL);
	k->operand = true;
	k->compared = NULL;
	k->last = LAST_VALUE;
	return good;
}

/* A sign that is no name, number or literal. */
static void
scan_sign(struct scan *k)
{
	char c = *k->s++;
	enum last before = k->last;

	if (c == '!')			/* of != */
		return;
	k->last = c == '[' ? LAST_BRACKET : c == '/' ? LAST_SLASH : c == '=' || c == '<' || c == '>' ? LAST_COMPARISON : LAST_OTHER;
	if (k->last == LAST_COMPARISON) {
		if (before != LAST_VALUE && before != LAST_COMPARISON)		/* <= is two signs here */
			k->traits->text = true;
		k->equals = k->equals || c == '=';	/* @kind = 'lead', @kind != 'lead' */
		k->operand = false;
		return;
	}
	if ((before == LAST_COMPARISON && c != '@') || c == '+' || (c == '-' && k->operand) || (c == '*' && k->operand))
		k->traits->text = true;
	if (c == '(') {
		k->calls = k->calls << 1 | k->call;
		k->call = false;
	} else if (c == ')') {
		k->last = k->calls & 1 ? LAST_VALUE : LAST_OTHER;
		k->calls >>= 1;
	}
	if (c == '/' || (c == '.' && *k->s == '.'))
		k->traits->local = false;
	if (c == '.' && *k->s == '.')
		k->s++;
	else if (c == '.')
		k->traits->text = true;
	k->compared = NULL;
	k->equals = false;
	k->attribute = c == '@';
	k->operand = c == ')' || c == ']' || c == '.' || (c == '*' && !k->operand);
}

static bool
scan_token(struct scan *k)
{
	char c = *k->s;

	if (isspace((unsigned char)c)) {
		k->s++;
		return true;
	}
	if (c == '"' || c == '\'')
		return scan_literal(k);
	if (c == '$') {
		size_t n = 1;

		while (name_byte(k->s[n]))
			n++;
		snprintf(k->why, VIEW_WHY, "unknown variable '%.*s': there are none", (int)(n < 60 ? n : 60), k->s);
		return false;
	}
	if (isdigit((unsigned char)c) || (c == '.' && isdigit((unsigned char)k->s[1]))) {
		if (k->last != LAST_COMPARISON && (k->last != LAST_BRACKET || strncmp(k->s, "1]", 2) != 0))
			k->traits->counts = true;
		while (isdigit((unsigned char)*k->s) || *k->s == '.')
			k->s++;
		k->operand = true;
		k->last = LAST_VALUE;
		return true;
	}
	if (name_byte(c) && c != '-' && c != '.')
		return scan_name(k);
	scan_sign(k);
	return true;
}

/* "block[@kind='lead']" at the beginning, and no '|' anywhere. */
static bool
begins_with_kind(const char *s, enum block_kind *kind)
{
	static const char *const tokens[] = { "block", "[", "@", "kind", "=", NULL };
	char quote;
	size_t n;

	if (strchr(s, '|') != NULL)
		return false;
	s += strncmp(s, "/article/", 9) == 0 ? 9 : strncmp(s, "//", 2) == 0 ? 2 : 0;
	for (size_t i = 0; tokens[i] != NULL; i++) {
		s += strspn(s, " \t\r\n");
		if (strncmp(s, tokens[i], strlen(tokens[i])) != 0)
			return false;
		s += strlen(tokens[i]);
	}
	s += strspn(s, " \t\r\n");
	quote = *s;
	if ((quote != '"' && quote != '\'') || strchr(s + 1, quote) == NULL)
		return false;
	s++;
	n = (size_t)(strchr(s, quote) - s);
	return block_kind_parse(s, n, kind) && s[n + 1 + strspn(s + n + 1, " \t\r\n")] == ']';
}

bool
view_names_known(const char *expr, struct view_traits *traits, char why[VIEW_WHY])
{
	struct scan k = { .s = expr, .traits = traits, .why = why };

	*traits = (struct view_traits){ 0 };
	traits->has_kind = begins_with_kind(expr + strspn(expr, " \t\r\n"), &traits->kind);
	traits->local = true;
	while (*k.s != '\0')
		if (!scan_token(&k))
			return false;
	return true;
}
