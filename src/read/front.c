/* From the keys of front matter to fields and blocks.
 *
 *	title: Storm "Ada"		headline, block and field
 *	image:				a mapping: its keys are image.path, image.caption ...
 *	  caption: The quay		a caption
 *
 * What a key stands for is data that the reader does not see itself: it asks in->meaning(). */
#include "read/front.h"

#include "read/markdown.h"
#include "read/toml.h"
#include "util/str.h"
#include "util/xmalloc.h"
#include "util/yaml.h"

#include <stdlib.h>
#include <string.h>

enum { PATH_MOST = 200 };

/* A value that is something. */
struct match {
	const struct yaml *v;
	struct key_meaning means;
	const char *path;		/* in the article's arena */
};
struct head {
	struct flow *f;
	struct layer layer;
	const struct intake *in;
	struct match *matches;
	size_t n, cap;
};

/* A line of nothing but the mark and blanks behind it. */
static bool
is_mark(const struct source *src, uint32_t at, uint32_t end, const char *mark)
{
	if (end - at < 3 || memcmp(src->s + at, mark, 3) != 0)
		return false;
	for (at += 3; at < end; at++)
		if (strchr(" \t\r\n", src->s[at]) == NULL)
			return false;
	return true;
}

static bool
is_blank_line(const struct source *src, uint32_t at, uint32_t end)
{
	for (; at < end; at++)
		if (strchr(" \t\r\n", src->s[at]) == NULL)
			return false;
	return true;
}

static bool
is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
	    (unsigned char)c >= 0x80;
}

static bool
begins_key(const struct source *src, uint32_t at, uint32_t end, bool toml)
{
	const char *s = src->s;
	uint32_t i = at;
	char quote;

	if (toml && i < end && s[i] == '[')
		return true;
	if (i < end && (s[i] == '"' || s[i] == '\'')) {
		for (quote = s[i++]; i < end && s[i] != quote; i++)
			;
		i += i < end;
	} else {
		while (i < end && i - at < 80 && (is_key_char(s[i]) || (s[i] == ' ' && i + 1 < end && is_key_char(s[i + 1]))))
			i++;
	}
	while (i < end && (s[i] == ' ' || s[i] == '\t'))
		i++;
	if (i == at || i >= end)
		return false;
	return toml ? s[i] == '=' : s[i] == ':' && (i + 1 == end || strchr(" \t\r\n", s[i + 1]) != NULL);
}

bool
front_find(const struct source *src, struct front *out)
{
	uint32_t at = 0, end, blank = 0;
	bool keys = false;

	memset(out, 0, sizeof *out);
	if (src->len < 4)
		return false;
	end = str_line_end(src->s, 0, (uint32_t)src->len);
	out->toml = is_mark(src, 0, end, "+++");
	if (!out->toml && !is_mark(src, 0, end, "---"))
		return false;
	out->a = end;
	for (at = end; at < src->len; at = end) {
		end = str_line_end(src->s, at, (uint32_t)src->len);
		if (is_mark(src, at, end, out->toml ? "+++" : "---") || (!out->toml && is_mark(src, at, end, "..."))) {
			out->closed = true;
			out->z = at;
			out->end = end;
			/* an empty head is one, too */
			return keys || out->z == out->a;
		}
		if (is_blank_line(src, at, end)) {
			if (blank == 0 && keys)
				blank = at;
		} else if (!keys && src->s[at] != '#') {
			if (!begins_key(src, at, end, out->toml))
				return false;
			keys = true;
		}
	}
	out->z = out->end = blank != 0 ? blank : (uint32_t)src->len;
	return keys;
}

static void walk(struct head *h, const struct yaml *v, char *path, size_t n);

/* null, and truths, which say that something is there and not what. */
static bool
is_nothing(const struct yaml *v)
{
	static const char *const words[] = { "null", "Null", "NULL", "~", "true", "True", "false", "False", "None", "[]", "{}" };

	if (v->style != YAML_PLAIN)
		return v->n == 0;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(v->value, words[i]) == 0)
			return true;
	return v->n == 0;
}

static void
take(struct head *h, const struct yaml *v, const struct key_meaning *means, char *path, size_t n)
{
	if (v->kind == YAML_SCALAR) {
		if (!is_nothing(v))
			XPUSH(h->matches, h->n, h->cap) =
			    (struct match){ v, *means, arena_strndup(&h->f->a->arena, path, n) };
	} else if (v->kind == YAML_SEQUENCE) {
		for (const struct yaml *item = v->first; item != NULL; item = item->next)
			if (item->kind == YAML_SCALAR)
				take(h, item, means, path, n);
			else
				walk(h, item, path, n);
	} else {
		walk(h, v, path, n);
	}
}

/* The keys of a mapping, or of the mappings in a sequence. */
static void
walk(struct head *h, const struct yaml *v, char *path, size_t n)
{
	for (const struct yaml *c = v->first; c != NULL; c = c->next) {
		size_t k = strlen(c->key);
		struct key_meaning means;

		if (v->kind != YAML_MAPPING || k == 0) {
			if (c->kind == YAML_MAPPING || c->kind == YAML_SEQUENCE)
				walk(h, c, path, n);
			continue;
		}
		if (n + k + 2 > PATH_MOST)
			continue;
		if (n != 0)
			path[n] = '.';
		memcpy(path + n + (n != 0), c->key, k + 1);
		key_fold(path);
		k += n + (n != 0);
		if (h->in->meaning == NULL || !h->in->meaning(h->in, path, &means)) {
			if (c->kind == YAML_MAPPING || c->kind == YAML_SEQUENCE)
				walk(h, c, path, k);
		} else if (means.use == MEANS_GROUP) {
			walk(h, c, path, n);
		} else if (means.use != MEANS_NOTHING) {
			take(h, c, &means, path, k);
		}
	}
}

/* A scalar's characters. */
static void
scalar_text(struct text *to, const struct layer *l, const struct yaml *v)
{
	struct yaml_piece p = { 0 };

	while (yaml_step(l->s, v, &p))
		if (p.kind == YAML_CHARS)
			layer_copy(to, l, p.at, p.end);
		else if (p.n != 0)
			text_segment(to, p.kind == YAML_ESCAPE ? SEG_ESCAPE : SEG_BREAK, p.out, p.n, layer_extent(l, p.at, p.end));
}

static void
take_directive(struct source *src, const struct yaml *v)
{
	/* `- disable-file quote reason: old copy` is a mapping to YAML: meant is what stands there */
	if (v->kind == YAML_MAPPING && v->first != NULL)
		source_comment_key(src, (struct extent){ v->first->key_at, v->first->end }, src->s + v->first->key_at,
		    v->first->end - v->first->key_at);
	else if (v->kind == YAML_SCALAR && v->at < v->end)
		source_comment_key(src, (struct extent){ v->at, v->end }, v->value, v->n);
	else
		source_comment_key(src, (struct extent){ v->key_at, v->key_end }, "", 0);
}

/* The key `wirelint`: a directive, or a list of them. */
static void
take_directives(struct source *src, const struct yaml *root)
{
	for (const struct yaml *v = root->kind == YAML_MAPPING ? root->first : NULL; v != NULL; v = v->next) {
		if (strcmp(v->key, "wirelint") != 0)
			continue;
		if (v->kind != YAML_SEQUENCE)
			take_directive(src, v);
		for (const struct yaml *item = v->kind == YAML_SEQUENCE ? v->first : NULL; item != NULL; item = item->next)
			take_directive(src, item);
	}
}

static bool
is_data(enum field_name field)
{
	return field == FIELD_CANONICAL || field == FIELD_LINK || field == FIELD_IMAGE || field == FIELD_PUBLISHED ||
	    field == FIELD_VERSION || field == FIELD_EMBARGOED || field == FIELD_LANGUAGE;
}

/* The value as the open piece of the flow. */
static void
put_value(struct head *h, const struct match *m, bool line)
{
	struct text text;
	struct layer inner;

	text_init(&text);
	scalar_text(&text, &h->layer, m->v);
	inner = layer_of_text(&text);
	flow_drop(h->f);
	if (line)
		markdown_line(h->f, &inner);
	else
		flow_put(h->f, &inner, 0, inner.n, is_data(m->means.field) ? FLOW_LITERAL : FLOW_MARKUP);
	text_release(&text);
}

/* Where in the story's head a block stands. */
static unsigned
rank(const struct match *m)
{
	static const enum block_kind order[] = {
		BLOCK_ADVISORY, BLOCK_EMBARGO, BLOCK_KICKER, BLOCK_SLUG, BLOCK_HEADLINE, BLOCK_SUBHEAD, BLOCK_STANDFIRST, BLOCK_BYLINE,
		BLOCK_DATELINE, BLOCK_CORRECTION, BLOCK_EDITOR_NOTE
	};
	enum block_kind kind = m->means.use == MEANS_ROLE ? BLOCK_BYLINE : m->means.kind;
	unsigned i = 0;

	while (i < sizeof order / sizeof *order && order[i] != kind)
		i++;
	return i;
}
enum { RANKS = 12 };

static void
put_role(struct head *h)
{
	struct block *b = flow_block_beside(h->f, BLOCK_BYLINE, SURE, true);

	if (b != NULL)
		block_set_parts(h->f->a, b, &(struct part){ PART_ROLE, b->at, NULL }, 1);
}

static void
put_block(struct head *h, const struct match *m, const struct match *before, bool *headline)
{
	bool picture = m->means.kind == BLOCK_CAPTION || m->means.kind == BLOCK_CREDIT;
	struct block *b;

	if (m->means.use == MEANS_BOTH && m->means.kind == BLOCK_HEADLINE && *headline) {
		put_value(h, m, false);
		flow_field(h->f, m->means.field, m->path);
		return;
	}
	put_value(h, m, true);
	if (m->means.use == MEANS_ROLE) {
		put_role(h);
		return;
	}
	/* caption and credit of one picture are one paragraph */
	if (picture && before != NULL && before->v->parent == m->v->parent && before->means.kind != m->means.kind)
		b = flow_block_beside(h->f, m->means.kind, SURE, true);
	else
		b = flow_block(h->f, m->means.kind, SURE, true);
	if (m->means.use == MEANS_BOTH)
		flow_field_of(h->f, b, m->means.field, m->path);
	*headline = *headline || (b != NULL && m->means.kind == BLOCK_HEADLINE);
}

void
front_put(struct flow *f, struct source *src, const struct intake *in, const struct front *front)
{
	struct head h = { .f = f, .layer = layer_of_source(src), .in = in };
	struct arena arena;
	struct yaml_tree tree;
	char path[PATH_MOST] = "";
	bool headline = false;

	arena_init(&arena);
	if (front->toml)
		toml_parse(&arena, src->s, front->a, front->z, &tree);
	else
		yaml_parse(&arena, src->s, front->a, front->z, &tree);
	if (!front->closed)
		source_remark(src, REMARK_DAMAGED, (struct extent){ front->z, front->z }, "front matter without an end");
	for (const struct yaml_damage *d = tree.damage; d != NULL; d = d->next)
		source_remark(src, REMARK_DAMAGED, (struct extent){ d->at, d->end },
		    arena_printf(&src->arena, "front matter: %s", d->message));
	if (tree.root != NULL) {
		take_directives(src, tree.root);
		walk(&h, tree.root, path, 0);
	}
	for (size_t i = 0; i < h.n; i++)
		if (h.matches[i].means.use == MEANS_FIELD) {
			put_value(&h, &h.matches[i], false);
			flow_field(f, h.matches[i].means.field, h.matches[i].path);
		}
	for (unsigned r = 0; r < RANKS; r++) {
		const struct match *before = NULL;

		for (size_t i = 0; i < h.n; i++)
			if (h.matches[i].means.use != MEANS_FIELD && rank(&h.matches[i]) == r) {
				put_block(&h, &h.matches[i], before, &headline);
				before = &h.matches[i];
			}
	}
	free(h.matches);
	arena_release(&arena);
}
