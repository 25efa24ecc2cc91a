/* What checks and the loader call while rules are made: mistakes with their places, and attributes by type. */
#include "rule/rule_build.h"

#include "util/buf.h"
#include "util/str.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
add_error(struct rule_build *b, uint32_t a, uint32_t z, const char *fmt, va_list ap)
{
	struct finding *f;
	struct extent e = { a, z };
	va_list again;
	char *text;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	text = xmalloc((size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, fmt, ap);
	f = finding_message(b->errors, MSG_CONFIG_RULES, b->path, text);
	free(text);
	f->placed = true;
	f->at = b->source != NULL ? source_span(b->source, e) : (struct span){ a, z };
	b->nerrors++;
}

void
rule_error_at(struct rule_build *b, uint32_t a, uint32_t z, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	add_error(b, a, z, fmt, ap);
	va_end(ap);
}

/* Where the text of an element begins and ends, without the white space around it. */
static struct extent
text_place(const struct rule_build *b, const struct node *el)
{
	size_t lead = strspn(el->text, " \t\r\n"), end = el->text_len;

	while (end > lead && strchr(" \t\r\n", el->text[end - 1]) != NULL)
		end--;
	if (el->text_len == 0 || lead == el->text_len)
		return (struct extent){ el->at, el->tag_end };
	return (struct extent){ node_text_place(b->s, el, lead), node_text_place(b->s, el, end) };
}

void
rule_error(struct rule_build *b, const struct node *el, const char *attr, const char *fmt, ...)
{
	const struct xml_attr *a = attr != NULL ? node_attr(el, attr) : NULL;
	struct extent at = { el->at, el->tag_end };
	va_list ap;

	if (a != NULL)
		at = (struct extent){ a->at, a->end };
	else if (attr != NULL && strcmp(attr, RULE_TEXT) == 0)
		at = text_place(b, el);
	va_start(ap, fmt);
	add_error(b, at.a, at.z, fmt, ap);
	va_end(ap);
}

static void
join(struct buf *list, const char *const *names)
{
	for (size_t i = 0; names[i] != NULL; i++) {
		buf_puts(list, i == 0 ? "" : ", ");
		buf_puts(list, names[i]);
	}
}

void
rule_error_unknown(struct rule_build *b, uint32_t a, uint32_t z, const char *what, const char *word, size_t n,
    const char *where, const char *const *names)
{
	struct nearest near;
	struct buf list = BUF_INIT;
	size_t i;

	nearest_init(&near, word, n);
	for (i = 0; names[i] != NULL && n > 1; i++)	/* of one letter, any other would be near */
		nearest_try(&near, names[i]);
	if (near.best != NULL) {
		rule_error_at(b, a, z, "unknown %s '%.*s'%s; did you mean '%s'?", what, (int)n, word, where, near.best);
	} else {
		join(&list, names);
		rule_error_at(b, a, z, "unknown %s '%.*s'%s, expected %s%s", what, (int)n, word, where, names[0] == NULL ? "none" :
		    names[1] == NULL ? "" : "one of ", list.s);
		buf_release(&list);
	}
}

void
rule_error_word(struct rule_build *b, const struct node *el, const struct xml_attr *attr, const char *what, const char *word,
    size_t n, const char *const *names)
{
	size_t off = (size_t)(word - (attr != NULL ? attr->value : el->text));
	uint32_t from = attr != NULL ? xml_attr_place(b->s, attr, off) : node_text_place(b->s, el, off);
	uint32_t to = attr != NULL ? xml_attr_place(b->s, attr, off + n) : node_text_place(b->s, el, off + n);

	rule_error_unknown(b, from, to, what, word, n, "", names);
}

struct arena *
rule_arena(struct rule_build *b)
{
	return b->arena;
}

const struct rule *
rule_being_built(const struct rule_build *b)
{
	return b->rule;
}

size_t
rule_word(const char **s, const char **word)
{
	*s += strspn(*s, " \t\r\n");
	*word = *s;
	*s += strcspn(*s, " \t\r\n");
	return (size_t)(*s - *word);
}

bool
rule_blank(const struct node *el)
{
	return el->text_len == 0 || strspn(el->text, " \t\n") == el->text_len;
}

const char *
rule_folded(struct rule_build *b, const char *s, size_t n)
{
	char *out = arena_alloc(b->arena, n + 1), *p = out;
	const char *word;
	size_t len;

	while ((len = rule_word(&s, &word)) != 0) {
		if (p != out)
			*p++ = ' ';
		memcpy(p, word, len);
		p += len;
	}
	return out;
}

void
rule_place(struct rule_build *b, uint32_t at, uint32_t *line, uint32_t *column)
{
	const char *nl;

	/* places are asked for nearly in order: only the lines between one and the next are counted, either way */
	while (at < b->line_start) {
		nl = b->line_start > 1 ? memrchr(b->s, '\n', b->line_start - 1) : NULL;
		b->line_start = nl != NULL ? (uint32_t)(nl - b->s) + 1 : 0;
		b->line--;
	}
	if (at < b->line_at)
		b->line_at = b->line_start;
	while (b->line_at < at && (nl = memchr(b->s + b->line_at, '\n', at - b->line_at)) != NULL) {
		b->line++;
		b->line_at = b->line_start = (uint32_t)(nl - b->s) + 1;
	}
	b->line_at = at;
	*line = b->line;
	if (column != NULL)
		*column = (uint32_t)utf8_count(b->s + b->line_start, at - b->line_start) + 1;
}

/* ---- attributes ---- */

/* The words of a blank-separated list as an array for the nearest-name messages; to be freed. */
static const char **
split(struct rule_build *b, const char *list)
{
	const char **names = NULL, *word;
	size_t n = 0, cap = 0, len;

	while ((len = rule_word(&list, &word)) != 0)
		XPUSH(names, n, cap) = arena_strndup(b->arena, word, len);
	XPUSH(names, n, cap) = NULL;
	return names;
}

void
rule_known_attrs(struct rule_build *b, const struct node *el, const char *known)
{
	char where[80];
	const char **names;
	size_t i;

	for (i = 0; i < el->nattrs; i++) {
		const struct xml_attr *a = &el->attrs[i];

		if (str_in_list(a->name, strlen(a->name), known))
			continue;
		snprintf(where, sizeof where, " of '%.40s'", el->name);
		names = split(b, known);
		rule_error_unknown(b, a->at, a->end, "attribute", a->name, strlen(a->name), where, names);
		free(names);
	}
}

void
rule_known_children(struct rule_build *b, const struct node *el, const char *known)
{
	const struct node *c;
	char where[80];
	const char **names;

	for (c = el->first; c != NULL; c = c->next) {
		if (str_in_list(c->name, strlen(c->name), known))
			continue;
		snprintf(where, sizeof where, " in '%.40s'", el->name);
		names = split(b, known);
		rule_error_unknown(b, c->at, c->tag_end, "element", c->name, strlen(c->name), where, names);
		free(names);
	}
}

const char *
rule_attr(struct rule_build *b, const struct node *el, const char *name, const char *otherwise)
{
	const struct xml_attr *a = node_attr(el, name);

	(void)b;
	return a != NULL ? a->value : otherwise;
}

long
rule_attr_int(struct rule_build *b, const struct node *el, const char *name, long min, long max, long otherwise)
{
	const char *v = rule_attr(b, el, name, NULL);
	char *end;
	long x;

	if (v == NULL)
		return otherwise;
	errno = 0;
	x = strtol(v, &end, 10);
	if (end == v || *end != '\0' || errno != 0 || x < min || x > max) {
		if (max == LONG_MAX)
			rule_error(b, el, name, "'%s' is not a whole number from %ld on", v, min);
		else
			rule_error(b, el, name, "'%s' is not a whole number from %ld to %ld", v, min, max);
		return otherwise;
	}
	return x;
}

/* By hand: strtod() reads the decimal point of the locale. */
static bool
read_real(const char *s, double *x)
{
	double scale = 1;
	bool digits = false;

	for (*x = 0; *s >= '0' && *s <= '9'; s++, digits = true)
		*x = *x * 10 + (*s - '0');
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9'; s++, digits = true)
			*x += (*s - '0') * (scale /= 10);
	return digits && *s == '\0';
}

double
rule_attr_real(struct rule_build *b, const struct node *el, const char *name, double min, double max, double otherwise)
{
	const char *v = rule_attr(b, el, name, NULL);
	double x;

	if (v == NULL)
		return otherwise;
	if (!read_real(v, &x) || x < min || x > max) {
		rule_error(b, el, name, "'%s' is not a number from %g to %g", v, min, max);
		return otherwise;
	}
	return x;
}

int
rule_attr_choice(struct rule_build *b, const struct node *el, const char *name, const char *choices, int otherwise)
{
	const struct xml_attr *a = node_attr(el, name);
	const char *list = choices, *word, **names;
	size_t len;
	int i;

	if (a == NULL)
		return otherwise;
	for (i = 0; (len = rule_word(&list, &word)) != 0; i++)
		if (len == a->n && memcmp(word, a->value, len) == 0)
			return i;
	names = split(b, choices);
	rule_error_unknown(b, a->at, a->end, name, a->value, a->n, "", names);
	free(names);
	return -1;
}

bool
rule_attr_bool(struct rule_build *b, const struct node *el, const char *name, bool otherwise)
{
	int i = rule_attr_choice(b, el, name, "no yes", otherwise);

	return i < 0 ? otherwise : i == 1;
}

kind_set
rule_attr_scope(struct rule_build *b, const struct node *el, const char *name, kind_set otherwise)
{
	const struct xml_attr *a = node_attr(el, name);
	const char *s, *word;
	kind_set set = 0, one;
	size_t len;

	if (a == NULL)
		return otherwise;
	for (s = a->value; (len = rule_word(&s, &word)) != 0; set |= one)
		if ((one = kind_set_parse(word, len)) == 0)
			rule_error_word(b, el, a, "block kind", word, len, kind_set_names());
	if (set == 0 && strspn(a->value, " ") == a->n)
		rule_error(b, el, name, "'%s' is empty, expected kinds or groups of blocks", name);
	return set;
}

uint32_t
rule_attr_fields(struct rule_build *b, const struct node *el, const char *name)
{
	const char *const *names = node_attr(el, name) != NULL ? rule_attr_names(b, el, name, "field", field_names, FIELD_COUNT) : NULL;
	enum field_name f;
	uint32_t set = 0;

	for (; names != NULL && *names != NULL; names++)
		if (field_name_parse(*names, strlen(*names), &f))
			set |= (uint32_t)1 << f;
	return set;
}

const char *const *
rule_attr_names(struct rule_build *b, const struct node *el, const char *name, const char *what, const char *const *names,
    size_t n)
{
	const struct xml_attr *a = node_attr(el, name);
	const char **known = ARENA_ARRAY(b->arena, const char *, n + 1), **out, *s, *word;
	size_t i, len, found = 0, before = b->nerrors;

	memcpy(known, names, n * sizeof *known);
	if (a == NULL) {
		struct buf list = BUF_INIT;

		join(&list, known);
		rule_error(b, el, NULL, "'%s' without '%s', expected one or more of %s", el->name, name, list.s);
		buf_release(&list);
		return NULL;
	}
	out = ARENA_ARRAY(b->arena, const char *, a->n / 2 + 2);
	for (s = a->value; (len = rule_word(&s, &word)) != 0; ) {
		for (i = 0; i < n && !str_is(word, len, names[i]); i++)
			;
		if (i < n)
			out[found++] = names[i];
		else
			rule_error_word(b, el, a, what, word, len, known);
	}
	if (found == 0 && b->nerrors == before)
		rule_error(b, el, name, "'%s' is empty, expected one or more names", name);
	return b->nerrors == before ? out : NULL;
}

bool
rule_attr_place(struct rule_build *b, const struct node *el, const char *besides, const char **place)
{
	const struct xml_attr *a = node_attr(el, "at");
	const char *names[16];
	size_t n = 0, i;

	for (i = 0; check_places[i] != NULL && n < 14; i++)
		names[n++] = check_places[i];
	if (besides != NULL)
		names[n++] = besides;
	names[n] = NULL;
	for (i = 0; a != NULL && names[i] != NULL && strcmp(names[i], a->value) != 0; i++)
		;
	if (a == NULL)
		return true;
	if (names[i] == NULL)
		rule_error_unknown(b, a->at, a->end, "place", a->value, a->n, "", names);
	else
		*place = names[i];
	return names[i] != NULL;
}

/* ---- placeholders ---- */

void
rule_placeholder(struct rule_build *b, const char *name)
{
	size_t i;

	for (i = 0; i < b->nplaceholders; i++)
		if (strcmp(b->placeholders[i], name) == 0)
			return;
	if (b->nplaceholders < PLACEHOLDERS - 8)	/* room for those of the check */
		b->placeholders[b->nplaceholders++] = arena_strdup(b->arena, name);
}

#define WORD "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"

void
rule_check_placeholders(struct rule_build *b, const struct node *el, const struct check *check)
{
	static const char *const numbers[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9" };
	const char *names[PLACEHOLDERS + 16], *s, *close;
	size_t n = 0, i, len;
	uint32_t at;

	if (b->builtin)
		return;		/* a test loads these files as packs, too */
	names[n++] = "match";
	names[n++] = "block";
	if (b->rule->nfinders != 0) {
		names[n++] = "code";
		names[n++] = "decoded";
	}
	if (b->has_use)
		names[n++] = "use";
	for (i = 0; i < b->nplaceholders; i++)
		names[n++] = b->placeholders[i];
	for (i = 0; check->placeholders != NULL && check->placeholders[i] != NULL && n < PLACEHOLDERS; i++)
		names[n++] = check->placeholders[i];
	for (i = 0; i < b->groups && i < 9; i++)
		names[n++] = numbers[i];
	names[n] = NULL;
	for (s = el->text; (s = strchr(s, '{')) != NULL; s = close + 1) {
		close = s[1] == '{' ? s + 1 : strchr(s, '}');	/* {{ is a brace */
		if (close == NULL)
			break;
		if (s[1] == '{')
			continue;
		len = (size_t)(close - s - 1);
		for (i = 0; i < n && !str_is(s + 1, len, names[i]); i++)
			;
		if (i < n)
			continue;
		at = node_text_place(b->s, el, (size_t)(s - el->text));
		if (len == 0 || strspn(s + 1, WORD) < len)
			rule_error_at(b, at, at + 1, "'{' that begins no placeholder, expected a name and '}'; '{{' stands for a brace");
		else
			rule_error_word(b, el, NULL, "placeholder", s + 1, len, names);
	}
}
