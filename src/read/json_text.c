/* Strings of JSON as text with the way back to the file. */
#include "read/json_text.h"

#include <string.h>

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
		if (lone && src != NULL)
			source_remark(src, REMARK_LONE_SURROGATE, layer_extent(l, at, at + (uint32_t)len), NULL);
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
