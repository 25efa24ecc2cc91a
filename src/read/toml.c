/* TOML, line by line: a table's head, or a key and its value.
 *
 *	title = "Storm"			root: title
 *	[params]
 *	image.caption = 'The quay'	root: params: image: caption
 */
#include "read/toml.h"

#include <string.h>

struct toml {
	struct arena *arena;
	struct yaml_tree *out;
	const char *s;
	uint32_t at, to;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
at_eol(const struct toml *t)
{
	return t->at >= t->to || t->s[t->at] == '\n' || t->s[t->at] == '\r';
}

static void
skip_blanks(struct toml *t)
{
	while (t->at < t->to && is_blank(t->s[t->at]))
		t->at++;
}

static void
skip_line(struct toml *t)
{
	const char *nl = t->at < t->to ? memchr(t->s + t->at, '\n', t->to - t->at) : NULL;

	t->at = nl != NULL ? (uint32_t)(nl - t->s) + 1 : t->to;
}

/* Blanks, line ends and comments: between the items of an array. */
static void
skip_space(struct toml *t)
{
	while (t->at < t->to) {
		char c = t->s[t->at];

		if (c == '#')
			skip_line(t);
		else if (is_blank(c) || c == '\n' || c == '\r')
			t->at++;
		else
			return;
	}
}

static void
damaged(struct toml *t, const char *what)
{
	uint32_t at = t->at < t->to ? t->at : t->to;

	yaml_damaged(t->arena, t->out, at, at, what);
}

/* Behind the mark that closes a string of one line; `to` of the line if there is none. */
static uint32_t
string_end(const struct toml *t, char mark, bool *closed)
{
	uint32_t i = t->at;

	for (; i < t->to && t->s[i] != '\n'; i++) {
		if (t->s[i] == mark) {
			*closed = true;
			return i;
		}
		if (mark == '"' && t->s[i] == '\\' && i + 1 < t->to && t->s[i + 1] != '\n')
			i++;
	}
	*closed = false;
	while (i > t->at && t->s[i - 1] == '\r')
		i--;
	return i;
}

/* The string that begins at `at`: of one line, or of several between three marks. */
static void
read_string(struct toml *t, struct yaml *v)
{
	char mark = t->s[t->at];
	enum yaml_style style = mark == '"' ? YAML_DOUBLE : YAML_RAW;
	uint32_t from, end;
	bool closed;

	if (t->to - t->at < 3 || t->s[t->at + 1] != mark || t->s[t->at + 2] != mark) {
		from = ++t->at;
		end = string_end(t, mark, &closed);
		if (!closed)
			damaged(t, "a string that does not end in its line");
		yaml_scalar(t->arena, t->s, v, style, from, end);
		t->at = end + closed;
		return;
	}
	from = t->at + 3;
	if (from < t->to && t->s[from] == '\r')
		from++;
	if (from < t->to && t->s[from] == '\n')
		from++;
	for (end = from; end + 3 <= t->to; end++) {
		if (memcmp(t->s + end, mark == '"' ? "\"\"\"" : "'''", 3) == 0)
			break;
		if (mark == '"' && t->s[end] == '\\')
			end++;
	}
	if (end + 3 > t->to) {
		damaged(t, "a string that does not end");
		yaml_scalar(t->arena, t->s, v, style, from, t->to);
		t->at = t->to;
		return;
	}
	/* the string may end with marks of its own */
	for (int i = 0; i < 2 && end + 3 < t->to && t->s[end + 3] == mark; i++)
		end++;
	yaml_scalar(t->arena, t->s, v, style, from, end);
	t->at = end + 3;
}

static struct yaml *
add(struct toml *t, struct yaml *parent, const struct yaml *key)
{
	struct yaml *v = yaml_add(t->arena, parent, YAML_NULL);

	if (key != NULL) {
		v->key = key->value;
		v->key_at = key->at;
		v->key_end = key->end;
	}
	return v;
}

/* One part of a key: bare or quoted. */
static bool
read_key(struct toml *t, struct yaml *key)
{
	memset(key, 0, sizeof *key);
	key->value = "";
	skip_blanks(t);
	if (at_eol(t))
		return false;
	if (t->s[t->at] == '"' || t->s[t->at] == '\'') {
		char mark = t->s[t->at++];
		bool closed;
		uint32_t from = t->at, end = string_end(t, mark, &closed);

		yaml_scalar(t->arena, t->s, key, mark == '"' ? YAML_DOUBLE : YAML_RAW, from, end);
		t->at = end + closed;
		return closed;
	}
	key->at = t->at;
	while (!at_eol(t) && strchr(" \t=.[]{},#\"'", t->s[t->at]) == NULL)
		t->at++;
	if (t->at == key->at)
		return false;
	yaml_scalar(t->arena, t->s, key, YAML_PLAIN, key->at, t->at);
	return true;
}

/* A key of several parts, "image.caption": makes mappings for all but the last.  NULL if there is none. */
static struct yaml *
read_path(struct toml *t, struct yaml *in)
{
	struct yaml key;

	for (unsigned depth = 0; read_key(t, &key); depth++) {
		struct yaml *v;

		if (depth > 64) {
			damaged(t, "a key of more than 64 parts");
			return NULL;
		}
		v = add(t, in, &key);
		skip_blanks(t);
		if (at_eol(t) || t->s[t->at] != '.')
			return v;
		t->at++;
		v->kind = YAML_MAPPING;
		in = v;
	}
	return NULL;
}

static void read_value(struct toml *t, struct yaml *v, unsigned depth);

static void
read_inline(struct toml *t, struct yaml *v, char close, unsigned depth)
{
	v->kind = close == ']' ? YAML_SEQUENCE : YAML_MAPPING;
	v->at = t->at++;
	for (;;) {
		uint32_t before = t->at;

		skip_space(t);
		if (t->at >= t->to) {
			damaged(t, close == ']' ? "an array that does not end" : "a table in braces that does not end");
			break;
		}
		if (t->s[t->at] == close) {
			t->at++;
			break;
		}
		if (t->s[t->at] == ',') {
			t->at++;
			continue;
		}
		if (close == ']') {
			read_value(t, add(t, v, NULL), depth + 1);
		} else {
			struct yaml *item = read_path(t, v);

			skip_blanks(t);
			if (item != NULL && t->at < t->to && t->s[t->at] == '=') {
				t->at++;
				skip_blanks(t);
				read_value(t, item, depth + 1);
			}
		}
		if (t->at <= before) {
			damaged(t, "not of TOML's grammar");
			t->at++;
		}
	}
	v->end = t->at;
}

static void
read_value(struct toml *t, struct yaml *v, unsigned depth)
{
	uint32_t from = t->at, end;
	char c = t->at < t->to ? t->s[t->at] : '\n';

	if (c == '"' || c == '\'') {
		read_string(t, v);
	} else if ((c == '[' || c == '{') && depth < YAML_DEPTH) {
		read_inline(t, v, c == '[' ? ']' : '}', depth);
	} else {
		if (c == '[' || c == '{') {
			damaged(t, "more than 256 deep");
			t->at++;
		}
		while (!at_eol(t) && strchr(depth != 0 ? ",]}#" : "#", t->s[t->at]) == NULL)
			t->at++;
		for (end = t->at; end > from && is_blank(t->s[end - 1]); end--)
			;
		if (end > from)
			yaml_scalar(t->arena, t->s, v, YAML_PLAIN, from, end);
		else
			damaged(t, "a key without a value");
	}
}

static void
read_table(struct toml *t, struct yaml **table)
{
	bool many = t->to - t->at >= 2 && t->s[t->at + 1] == '[';
	struct yaml *v;

	t->at += many ? 2 : 1;
	v = read_path(t, t->out->root);
	if (v == NULL || at_eol(t) || t->s[t->at] != ']')
		damaged(t, "a table's name that does not end");
	if (v != NULL) {
		v->kind = YAML_MAPPING;
		*table = v;
	}
	skip_line(t);
}

void
toml_parse(struct arena *arena, const char *s, uint32_t from, uint32_t to, struct yaml_tree *out)
{
	struct toml t = { .arena = arena, .out = out, .s = s, .at = from, .to = to };
	struct yaml *table, *v;

	memset(out, 0, sizeof *out);
	table = out->root = yaml_add(arena, NULL, YAML_MAPPING);
	table->at = from;
	table->end = to;
	for (;;) {
		uint32_t line;

		skip_space(&t);
		if (t.at >= t.to)
			break;
		if (s[t.at] == '[') {
			read_table(&t, &table);
			continue;
		}
		line = t.at;
		v = read_path(&t, table);
		if (v == NULL || t.at >= t.to || s[t.at] != '=') {
			t.at = line;
			damaged(&t, "not of TOML's grammar, which wants a key and '='");
			skip_line(&t);
			continue;
		}
		t.at++;
		skip_blanks(&t);
		read_value(&t, v, 0);
		skip_blanks(&t);
		if (!at_eol(&t) && s[t.at] != '#')
			damaged(&t, "something behind a value");
		skip_line(&t);
	}
	yaml_twice(arena, out, out->root, true);
}
