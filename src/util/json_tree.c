/* Reading JSON, with the place of everything, whatever damage it has.
 *
 *	{"a": [1, "b\u0041",], 		object a(array(number, string)): damage at the comma before the bracket, then at the end
 */
#include "util/json_tree.h"

#include "util/utf8.h"

#include <string.h>

enum { DEPTH = 256 };

struct reading {
	struct arena *arena;
	const char *s;
	uint32_t n, pos;
	struct json *open;		/* the innermost object or array; NULL outside */
	struct json *root, *tail;	/* the first value, and the last that stands behind it */
	unsigned depth;
	uint32_t deeper;		/* objects and arrays open beyond that */
	bool cut;			/* the file ends inside of a string */
	struct json_error *damage;
};

/* The first of each kind. */
static void
complain(struct reading *r, uint32_t at, const char *what)
{
	struct json_error *e = r->damage;

	if (e->message != NULL) {
		while (e->message != what && e->more != NULL)
			e = e->more;
		if (e->message == what)
			return;
		e = e->more = ARENA_NEW(r->arena, struct json_error);
	}
	e->at = at;
	e->message = what;
	e->more = NULL;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int
hex4(const char *s, size_t n)
{
	int v = 0;

	if (n < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		char c = s[i];
		int d = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;

		if (d < 0)
			return -1;
		v = v * 16 + d;
	}
	return v;
}

size_t
json_escape(const char *s, size_t n, char out[4], size_t *outlen, bool *lone)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *k;
	int hi, lo;

	*lone = false;
	if (n < 2 || s[0] != '\\')
		return 0;
	if (s[1] != 'u') {
		k = s[1] != '\0' ? strchr(from, s[1]) : NULL;
		if (k == NULL)
			return 0;
		out[0] = to[k - from];
		*outlen = 1;
		return 2;
	}
	hi = hex4(s + 2, n - 2);
	if (hi < 0)
		return 0;
	if (hi >= 0xD800 && hi < 0xE000) {
		if (hi < 0xDC00 && n >= 12 && s[6] == '\\' && s[7] == 'u' && (lo = hex4(s + 8, n - 8)) >= 0xDC00 && lo < 0xE000) {
			*outlen = utf8_encode(0x10000u + (((unsigned)hi & 0x3FF) << 10) + ((unsigned)lo & 0x3FF), out);
			return 12;
		}
		*lone = true;
		hi = 0xFFFD;
	}
	*outlen = utf8_encode((unsigned)hi, out);
	return 6;
}

static struct json *
add(struct reading *r, enum json_kind kind, uint32_t at, const char *key)
{
	struct json *v = ARENA_NEW(r->arena, struct json);

	v->kind = kind;
	v->at = v->end = at;
	v->key = key;
	v->parent = r->open;
	if (r->open == NULL) {
		if (r->root == NULL)
			r->root = v;
		else
			r->tail->next = v;
		r->tail = v;
	} else if (r->open->last != NULL) {
		r->open->last = r->open->last->next = v;
	} else {
		r->open->first = r->open->last = v;
	}
	return v;
}

/* Of a string's bytes: a control character, a quotation mark, a backslash. */
static const bool stops[256] = { [0 ... 0x1F] = true, ['"'] = true, ['\\'] = true };

/* The string whose quotation mark is at r->pos: its content.  One that never ends, ends with the file. */
static void
string(struct reading *r, uint32_t *at, uint32_t *end)
{
	uint32_t i = r->pos + 1, control = 0;
	char c[4];
	size_t outlen;
	bool lone;

	*at = i;
	for (;;) {
		while (i < r->n && !stops[(unsigned char)r->s[i]])
			i++;
		if (i >= r->n || r->s[i] == '"')
			break;
		if (r->s[i] == '\\') {
			size_t k = json_escape(r->s + i, r->n - i, c, &outlen, &lone);

			if (k == 0)
				complain(r, i, "'\\' that begins no escape in a JSON string");
			i += k != 0 ? (uint32_t)k : i + 1 < r->n ? 2 : 1;
		} else {
			if (control == 0)
				control = i;
			i++;
		}
	}
	if (i > r->n)
		i = r->n;
	*end = i;
	r->cut = i >= r->n;
	if (r->cut)
		complain(r, r->pos, "JSON string does not end, expected '\"'");
	else if (control != 0)
		complain(r, control, "a control character in a JSON string, expected an escape");
	r->pos = i < r->n ? i + 1 : i;
}

static const char *
key_of(struct reading *r, uint32_t at, uint32_t end)
{
	char *out, *o;

	if (memchr(r->s + at, '\\', end - at) == NULL)
		return arena_strndup(r->arena, r->s + at, end - at);
	o = out = arena_alloc(r->arena, end - at + 1);
	while (at < end) {
		size_t outlen = 0;
		bool lone;
		char c[4];
		size_t k = json_escape(r->s + at, end - at, c, &outlen, &lone);

		if (k == 0) {
			*o++ = r->s[at++];
			continue;
		}
		memcpy(o, c, outlen);
		o += outlen;
		at += (uint32_t)k;
	}
	return out;
}

static void
enter(struct reading *r, enum json_kind kind, const char *key)
{
	if (r->depth == DEPTH || r->deeper != 0) {
		if (r->deeper++ == 0)
			complain(r, r->pos, "JSON nests deeper than 256");
		r->pos++;
		return;
	}
	r->open = add(r, kind, r->pos++, key);
	r->depth++;
}

static void
leave(struct reading *r, char c)
{
	enum json_kind kind = c == '}' ? JSON_OBJECT : JSON_ARRAY;
	struct json *v = r->open;

	r->pos++;
	if (r->deeper != 0) {
		r->deeper--;
		return;
	}
	while (v != NULL && v->kind != kind)
		v = v->parent;
	if (v == NULL) {
		complain(r, r->pos - 1, c == '}' ? "'}' that closes nothing" : "']' that closes nothing");
		return;
	}
	if (v != r->open)
		complain(r, r->pos - 1, c == '}' ? "'}' where an array is open, expected ']'" : "']' where an object is open, expected '}'");
	while (r->open != v) {
		r->open->end = r->pos - 1;
		r->open = r->open->parent;
		r->depth--;
	}
	v->end = r->pos;
	r->open = v->parent;
	r->depth--;
}

/* A number, true, false, null, or a word that is none of JSON's. */
static void
word(struct reading *r, const char *key)
{
	uint32_t at = r->pos;
	size_t n;
	struct json *v;

	while (r->pos < r->n && !is_blank(r->s[r->pos]) && strchr("{}[],:\"", r->s[r->pos]) == NULL)
		r->pos++;
	if (r->pos == at)		/* a NUL: strchr() finds it */
		r->pos++;
	if (r->deeper != 0)
		return;
	n = r->pos - at;
	if (n == 4 && memcmp(r->s + at, "true", 4) == 0) {
		v = add(r, JSON_BOOL, at, key);
		v->value = true;
	} else if (n == 5 && memcmp(r->s + at, "false", 5) == 0) {
		v = add(r, JSON_BOOL, at, key);
	} else if (n == 4 && memcmp(r->s + at, "null", 4) == 0) {
		v = add(r, JSON_NULL, at, key);
	} else if ((r->s[at] >= '0' && r->s[at] <= '9') || r->s[at] == '-') {
		v = add(r, JSON_NUMBER, at, key);
	} else {
		if (r->root == NULL || r->open != NULL)		/* behind the end all is told of already */
			complain(r, at, "text where JSON has a value");
		return;
	}
	v->end = r->pos;
}

/* Does a colon stand behind the string that was just read? */
static bool
colon(struct reading *r)
{
	uint32_t at = r->pos;

	while (at < r->n && is_blank(r->s[at]))
		at++;
	if (at >= r->n || r->s[at] != ':')
		return false;
	r->pos = at + 1;
	return true;
}

/* An object behind an object, on a line of its own: such files are made on purpose. */
static bool
is_next_line(const struct reading *r)
{
	uint32_t at = r->pos;

	if (r->s[at] != '{' || r->tail->kind != JSON_OBJECT)
		return false;
	while (at > r->tail->end && r->s[at - 1] != '\n')
		at--;
	return at > r->tail->end;
}

struct json *
json_tree(struct arena *arena, const char *s, size_t n, struct json_error *damage)
{
	struct reading r = { .arena = arena, .s = s, .n = (uint32_t)n, .damage = damage };
	const char *key = "";
	bool has_key = false, after_comma = false, after_value = false;

	*damage = (struct json_error){ 0, NULL, NULL };
	while (r.pos < r.n) {
		char c = s[r.pos];
		uint32_t at, end, here = r.pos;

		if (is_blank(c)) {
			r.pos++;
			continue;
		}
		if (r.root != NULL && r.open == NULL && r.deeper == 0 && is_next_line(&r)) {
			after_value = false;
		} else if (r.root != NULL && r.open == NULL && r.deeper == 0 && c != '}' && c != ']') {
			complain(&r, r.pos, "something behind the end of the JSON value");
			after_value = false;
		}
		if (after_value && c != ',' && c != ':' && c != ']' && c != '}' && c != '\0')
			complain(&r, here, "no comma between two JSON values");
		switch (c) {
		case ',':
			if (!after_value)
				complain(&r, here, "a comma too many in JSON");
			after_comma = true;
			after_value = has_key = false;
			key = "";
			r.pos++;
			continue;
		case ':':
			complain(&r, here, "a colon where JSON has a value");
			r.pos++;
			continue;
		case '}':
		case ']':
			if (after_comma)
				complain(&r, here, "a comma before the closing bracket in JSON");
			leave(&r, c);
			break;
		case '{':
		case '[':
			enter(&r, c == '{' ? JSON_OBJECT : JSON_ARRAY, key);
			break;
		case '"':
			string(&r, &at, &end);
			if (r.open != NULL && r.open->kind == JSON_OBJECT && !has_key && r.deeper == 0) {
				key = key_of(&r, at, end);
				has_key = colon(&r);
				if (has_key) {
					after_comma = after_value = false;
					continue;
				}
				complain(&r, here, "a JSON object's key without a value");
				key = "";
				break;
			}
			if (r.deeper != 0) {
				colon(&r);
				break;
			}
			add(&r, JSON_STRING, at, key)->end = end;
			break;
		default:
			word(&r, key);
		}
		after_comma = has_key = false;
		after_value = c != '{' && c != '[';
		key = "";
	}
	if (r.open != NULL && !r.cut)
		complain(&r, r.n, "JSON does not end, expected a closing bracket");
	for (; r.open != NULL; r.open = r.open->parent)
		r.open->end = r.n;
	return r.root;
}

static const struct json *
get(const struct json *object, const char *key, size_t n)
{
	if (object == NULL || object->kind != JSON_OBJECT)
		return NULL;
	for (const struct json *v = object->first; v != NULL; v = v->next)
		if (v->key[0] == key[0] && strncmp(v->key, key, n) == 0 && v->key[n] == '\0')
			return v;
	return NULL;
}

const struct json *
json_get(const struct json *object, const char *key)
{
	return get(object, key, strlen(key));
}

const struct json *
json_at(const struct json *v, const char *path)
{
	while (v != NULL && *path != '\0') {
		size_t n = 0;

		while (path[n] != '\0' && path[n] != '/')
			n++;
		v = get(v, path, n);
		path += n + (path[n] == '/');
	}
	return v;
}

bool
json_is(const char *s, const struct json *v, const char *what)
{
	return v != NULL && v->kind == JSON_STRING && v->end - v->at == strlen(what) && memcmp(s + v->at, what, v->end - v->at) == 0;
}

void
json_unescape(struct buf *out, const char *s, const struct json *v)
{
	uint32_t at = v->at, from = at;

	while (at < v->end) {
		size_t k = 0, outlen;
		bool lone;
		char c[4];

		if (s[at] != '\\' || (k = json_escape(s + at, v->end - at, c, &outlen, &lone)) == 0) {
			at++;
			continue;
		}
		buf_add(out, s + from, at - from);
		buf_add(out, c, outlen);
		at += (uint32_t)k;
		from = at;
	}
	buf_add(out, s + from, at - from);
}
