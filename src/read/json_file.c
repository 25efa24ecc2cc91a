/* What the readers of JSON formats share. */
#include "read/json_file.h"

#include "read/body.h"
#include "read/json_body.h"
#include "util/dom.h"

#include <string.h>

void
json_file_open(struct json_file *x, struct source *src)
{
	struct json_error damage;

	arena_init(&x->arena);
	x->src = src;
	x->layer = layer_of_source(src);
	x->root = json_tree(&x->arena, src->s, src->len, &damage);
	for (const struct json_error *e = &damage; e != NULL && e->message != NULL; e = e->more)
		source_remark(src, REMARK_DAMAGED, (struct extent){ e->at, e->at }, e->message);
}

void
json_file_release(struct json_file *x)
{
	arena_release(&x->arena);
}

/* What an escape stood for that no text should hold. */
static void
say_character(struct source *src, struct extent at, unsigned char c, bool lone)
{
	static const char names[32][8] = {
		"U+0000", "U+0001", "U+0002", "U+0003", "U+0004", "U+0005", "U+0006", "U+0007", "U+0008", "U+0009", "U+000A", "U+000B", "U+000C",
		"U+000D", "U+000E", "U+000F", "U+0010", "U+0011", "U+0012", "U+0013", "U+0014", "U+0015", "U+0016", "U+0017", "U+0018", "U+0019",
		"U+001A", "U+001B", "U+001C", "U+001D", "U+001E", "U+001F"
	};

	if (lone)
		source_remark(src, REMARK_LONE_SURROGATE, at, NULL);
	else if (c < sizeof names / sizeof *names && c != '\t' && c != '\n' && c != '\r')
		source_remark(src, REMARK_CONTROL, at, names[c]);
}

void
json_text(struct text *to, const struct layer *l, const struct json *v, struct source *src)
{
	uint32_t at = v->at, run = at;

	if (v->kind != JSON_STRING && v->kind != JSON_NUMBER)
		return;
	while (at < v->end) {
		const char *slash = memchr(l->s + at, '\\', v->end - at);
		char c[4];
		size_t n = 0, len;
		bool lone;

		if (slash == NULL)
			break;
		at = (uint32_t)(slash - l->s);
		len = json_escape(slash, v->end - at, c, &n, &lone);
		if (len == 0) {
			at++;
			continue;
		}
		layer_copy(to, l, run, at);
		text_segment(to, SEG_ESCAPE, c, n, layer_extent(l, at, at + (uint32_t)len));
		if (src != NULL)
			say_character(src, layer_extent(l, at, at + (uint32_t)len), (unsigned char)c[0], lone);
		run = at += (uint32_t)len;
	}
	if (run < v->end)
		layer_copy(to, l, run, v->end);
}

void
json_put(struct flow *f, const struct layer *l, const struct json *v, enum flow_mode mode, struct source *src)
{
	struct text text;
	struct layer inner;

	text_init(&text);
	json_text(&text, l, v, src);
	inner = layer_of_text(&text);
	if (mode == FLOW_MARKUP && json_has_tags(&text))
		body_put_html(f, &inner);
	else
		flow_put(f, &inner, 0, inner.n, mode);
	text_release(&text);
}

size_t
json_field(struct flow *f, const struct layer *l, const struct json *v, enum flow_mode mode, enum field_name name, const char *key,
    struct source *src)
{
	size_t made = 0;

	if (v == NULL)
		return 0;
	if (v->kind == JSON_ARRAY) {
		for (const struct json *one = v->first; one != NULL; one = one->next)
			if (one->kind != JSON_ARRAY)
				made += json_field(f, l, one, mode, name, key, src);
		return made;
	}
	flow_drop(f);
	json_put(f, l, v, mode, src);
	return flow_field(f, name, key) != NULL;
}

static void
put_field(struct flow *f, const struct json_file *x, const struct json *v, const struct json_key *key, unsigned depth)
{
	static const char *const names[] = { "name", "literal", "text", "description", "value", "href" };

	if (v == NULL || depth > 3)
		return;
	if (v->kind == JSON_ARRAY) {
		for (const struct json *one = v->first; one != NULL; one = one->next)
			put_field(f, x, one, key, depth + 1);
	} else if (v->kind == JSON_OBJECT) {
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (json_is_text(json_get(v, names[i]))) {
				put_field(f, x, json_get(v, names[i]), key, depth + 1);
				return;
			}
	} else {
		json_field(f, &x->layer, v, FLOW_LITERAL, key->field, key->path, x->src);
	}
}

void
json_fields(struct flow *f, const struct json_file *x, const struct json *item, const struct json_key *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		put_field(f, x, json_at(item, keys[i].path), &keys[i], 0);
}

bool
json_is_text(const struct json *v)
{
	return v != NULL && v->kind == JSON_STRING && v->at < v->end;
}

struct block *
json_block(struct flow *f, const struct json_file *x, const struct json *v, enum block_kind kind)
{
	if (!json_is_text(v))
		return NULL;
	flow_drop(f);
	json_put(f, &x->layer, v, FLOW_MARKUP, x->src);
	return flow_block(f, kind, SURE, true);
}

struct block *
json_block_field(struct flow *f, const struct json_file *x, const struct json *v, enum block_kind kind, enum field_name name)
{
	struct block *b = json_block(f, x, v, kind);

	flow_field_of(f, b, name, v != NULL ? v->key : NULL);
	return b;
}

const char *
json_name(struct arena *arena, const struct json_file *x, const struct json *v)
{
	struct text text;
	const char *name;

	if (v == NULL || (v->kind != JSON_STRING && v->kind != JSON_NUMBER) || v->at == v->end)
		return NULL;
	text_init(&text);
	json_text(&text, &x->layer, v, NULL);
	name = memchr(text.s, '\0', text.n) == NULL ? arena_strndup(arena, text.s, text.n) : NULL;
	text_release(&text);
	return name;
}

const struct json *
json_next_item(const struct json_file *x, const struct json *v)
{
	v = v == NULL ? x->root : v->next != NULL ? v->next : v->parent != NULL ? v->parent->next : NULL;
	while (v != NULL && v->kind != JSON_OBJECT) {
		if (v->kind == JSON_ARRAY && v->parent == NULL && v->first != NULL)
			v = v->first;
		else
			v = v->next != NULL ? v->next : v->parent != NULL ? v->parent->next : NULL;
	}
	return v;
}
