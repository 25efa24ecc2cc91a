/* The tree's own part, and the steps through a scalar. */
#include "util/yaml.h"

#include "util/buf.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

struct yaml *
yaml_add(struct arena *arena, struct yaml *parent, enum yaml_kind kind)
{
	struct yaml *v = ARENA_NEW(arena, struct yaml);

	v->kind = kind;
	v->key = v->value = "";
	v->parent = parent;
	if (parent == NULL)
		return v;
	if (parent->last != NULL)
		parent->last->next = v;
	else
		parent->first = v;
	parent->last = v;
	return v;
}

void
yaml_damaged(struct arena *arena, struct yaml_tree *t, uint32_t at, uint32_t end, const char *message)
{
	struct yaml_damage *d;

	if (t->ndamages == YAML_DAMAGES)
		return;
	d = ARENA_NEW(arena, struct yaml_damage);
	d->at = at;
	d->end = end;
	d->message = message;
	if (t->last_damage != NULL)
		t->last_damage->next = d;
	else
		t->damage = d;
	t->last_damage = d;
	t->ndamages++;
}

static int
by_key(const void *a, const void *b)
{
	const struct yaml *x = *(const struct yaml *const *)a, *y = *(const struct yaml *const *)b;
	int d = strcmp(x->key, y->key);

	return d != 0 ? d : x->key_at < y->key_at ? -1 : x->key_at > y->key_at;
}

void
yaml_twice(struct arena *arena, struct yaml_tree *t, const struct yaml *mapping, bool tables)
{
	const struct yaml **all;
	size_t n = 0;

	for (const struct yaml *v = mapping->first; v != NULL; v = v->next)
		n++;
	if (n < 2)
		return;
	all = xcalloc(n, sizeof *all);
	n = 0;
	for (const struct yaml *v = mapping->first; v != NULL; v = v->next)
		all[n++] = v;
	qsort(all, n, sizeof *all, by_key);
	for (size_t i = 1; i < n; i++)
		if (all[i]->key[0] != '\0' && strcmp(all[i]->key, all[i - 1]->key) == 0 &&
		    !(tables && all[i]->kind == YAML_MAPPING && all[i - 1]->kind == YAML_MAPPING))
			yaml_damaged(arena, t, all[i]->key_at, all[i]->key_end,
			    arena_printf(arena, "key '%.60s' stands a second time", all[i]->key));
	free(all);
}

const struct yaml *
yaml_get(const struct yaml *mapping, const char *key)
{
	if (mapping != NULL && mapping->kind == YAML_MAPPING)
		for (const struct yaml *v = mapping->first; v != NULL; v = v->next)
			if (strcmp(v->key, key) == 0)
				return v;
	return NULL;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
is_eol(char c)
{
	return c == '\n' || c == '\r';
}

static bool
is_block(const struct yaml *v)
{
	return v->style == YAML_LITERAL || v->style == YAML_FOLDED;
}

/* Behind the blanks and line ends at `at`; how many lines end there. */
static uint32_t
skip_break(const char *s, const struct yaml *v, uint32_t at, unsigned *lines)
{
	uint32_t line = at;

	*lines = 0;
	while (at < v->end && (is_blank(s[at]) || is_eol(s[at]))) {
		/* blanks beyond the indentation of a block scalar are its own */
		if (is_block(v) && *lines != 0 && is_blank(s[at]) && at - line >= v->indent)
			break;
		if (is_eol(s[at])) {
			at += s[at] == '\r' && at + 1 < v->end && s[at + 1] == '\n';
			line = at + 1;
			++*lines;
		}
		at++;
	}
	return at;
}

static unsigned
hex(const char *s, const char *end, size_t n, bool *ok)
{
	unsigned v = 0;

	*ok = (size_t)(end - s) >= n;
	for (size_t i = 0; *ok && i < n; i++) {
		char c = s[i];

		if (c >= '0' && c <= '9')
			v = v * 16 + (unsigned)(c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			v = v * 16 + (unsigned)((c | 32) - 'a' + 10);
		else
			*ok = false;
	}
	return v;
}

/* The escape at s, which begins with a backslash: its bytes, 0 if it is none. */
static size_t
escape(const char *s, const char *end, struct yaml_piece *p)
{
	static const char from[] = "0abtnvfre \"/\\N_LP";
	static const unsigned to[] = { 0xFFFD, 7, 8, 9, 10, 11, 12, 13, 27, ' ', '"', '/', '\\', 0x85, 0xA0, 0x2028, 0x2029 };
	const char *found;
	unsigned cp;
	size_t digits;
	bool ok;

	if (end - s < 2)
		return 0;
	if ((found = memchr(from, s[1], sizeof from - 1)) != NULL) {
		p->n = utf8_encode(to[found - from], p->out);
		return 2;
	}
	digits = s[1] == 'x' ? 2 : s[1] == 'u' ? 4 : s[1] == 'U' ? 8 : 0;
	if (digits == 0)
		return 0;
	cp = hex(s + 2, end, digits, &ok);
	if (!ok)
		return 0;
	/* JSON's pairs of surrogates are met here too */
	if (cp >= 0xD800 && cp < 0xDC00 && digits == 4 && end - s >= 12 && s[6] == '\\' && s[7] == 'u') {
		unsigned low = hex(s + 8, end, 4, &ok);

		if (ok && low >= 0xDC00 && low < 0xE000) {
			p->n = utf8_encode(0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00), p->out);
			return 12;
		}
	}
	p->n = utf8_encode(cp != 0 ? cp : 0xFFFD, p->out);
	return 2 + digits;
}

static void
take(struct yaml_piece *p, int kind, uint32_t end, uint32_t next)
{
	p->kind = (unsigned)kind;
	p->end = end;
	p->next = next;
}

bool
yaml_step(const char *s, const struct yaml *v, struct yaml_piece *p)
{
	uint32_t at = p->next > v->at ? p->next : v->at, i = at, run;
	unsigned lines;

	if (p->next == 0 && is_block(v))
		for (unsigned n = 0; n < v->indent && at < v->end && is_blank(s[at]); n++)
			i = ++at;
	p->n = 0;
	p->at = at;
	if (at >= v->end)
		return false;
	for (; i < v->end; i++) {
		if (is_blank(s[i]) || is_eol(s[i])) {
			for (run = i; run < v->end && is_blank(s[run]); run++)
				;
			if (run == v->end && v->style != YAML_PLAIN && !is_block(v))
				i = run;
			if (run < v->end && !is_eol(s[run])) {
				i = run - 1;
				continue;
			}
			break;
		}
		if (v->style == YAML_SINGLE && s[i] == '\'' && i + 1 < v->end && s[i + 1] == '\'') {
			take(p, YAML_CHARS, i + 1, i + 2);
			return true;
		}
		if (v->style == YAML_DOUBLE && s[i] == '\\')
			break;
	}
	if (i > at) {
		take(p, YAML_CHARS, i, i);
		return true;
	}
	if (s[i] == '\\') {
		size_t n;

		for (run = i + 1; run < v->end && is_blank(s[run]); run++)
			;
		if (run < v->end && is_eol(s[run])) {
			run = skip_break(s, v, run, &lines);
			take(p, YAML_BREAK, run, run);
			return true;
		}
		n = escape(s + i, s + v->end, p);
		if (n == 0)
			take(p, YAML_CHARS, i + 1, i + 1);
		else
			take(p, YAML_ESCAPE, i + (uint32_t)n, i + (uint32_t)n);
		return true;
	}
	run = skip_break(s, v, i, &lines);
	take(p, YAML_BREAK, run, run);
	if (run >= v->end && (v->style == YAML_PLAIN || is_block(v)))
		return false;
	p->n = 1;
	p->out[0] = v->style == YAML_LITERAL || v->style == YAML_RAW || lines > 1 || (is_block(v) && is_blank(s[run])) ? '\n' : ' ';
	return true;
}

void
yaml_scalar(struct arena *arena, const char *s, struct yaml *v, enum yaml_style style, uint32_t at, uint32_t end)
{
	struct yaml_piece p = { 0 };
	struct buf b;

	v->kind = YAML_SCALAR;
	v->style = style;
	v->at = at;
	v->end = end;
	if (is_block(v)) {
		uint32_t line = at, i = at;

		for (; i < end && (is_blank(s[i]) || is_eol(s[i])); i++)
			if (is_eol(s[i]))
				line = i + 1;
		v->at = line;
		v->indent = i - line;
	}
	buf_init(&b);
	while (yaml_step(s, v, &p))
		if (p.kind == YAML_CHARS)
			buf_add(&b, s + p.at, p.end - p.at);
		else
			buf_add(&b, p.out, p.n);
	v->value = arena_strndup(arena, b.s, b.n);
	v->n = b.n;
	buf_release(&b);
}
