/* YAML by libfyaml's events, the only user of it.
 *
 * A document that libfyaml stops at is cut at the lines that begin a key of the outermost mapping, and each piece is read for itself.
 * A piece that still cannot be read is a key and the text behind its colon:
 *
 *	title: Flood: the bridge is out		libfyaml: invalid nested block mapping; here: the plain scalar "Flood: the bridge is out"
 */
#include "util/yaml.h"

#include "util/str.h"
#include "util/xmalloc.h"

#include <libfyaml.h>
#include <stddef.h>
#include <string.h>

enum { CHUNKS = 1000 };		/* pieces that libfyaml is asked about: a parser costs as much as a page of text */

struct frame {
	struct yaml *v;
	const char *key;		/* of the value that comes next */
	uint32_t key_at, key_end;
	bool has_key;
};
struct parse {
	struct arena *arena;
	const char *s;
	uint32_t base;			/* libfyaml counts from here */
	struct yaml_tree *out;
	struct yaml *root;
	unsigned depth;
	unsigned skipping;		/* collections open that are left out: too deep, or a key */
	bool anchors;			/* there was one */
	bool second;			/* a second document has begun */
	struct frame frames[YAML_DEPTH];	/* what lies beyond depth is not set */
};

static bool
token_range(const struct parse *p, struct fy_token *t, uint32_t *at, uint32_t *end)
{
	const struct fy_mark *a = t != NULL ? fy_token_start_mark(t) : NULL, *z = t != NULL ? fy_token_end_mark(t) : NULL;

	if (a == NULL || z == NULL || z->input_pos < a->input_pos)
		return false;
	*at = p->base + (uint32_t)a->input_pos;
	*end = p->base + (uint32_t)z->input_pos;
	return true;
}

/* A node where the next one goes; NULL where it is a key. */
static struct yaml *
place(struct parse *p, enum yaml_kind kind)
{
	struct frame *f = p->depth != 0 ? &p->frames[p->depth - 1] : NULL;
	struct yaml *v;

	if (f == NULL) {
		if (p->root != NULL) {
			p->second = true;
			return NULL;
		}
		return p->root = yaml_add(p->arena, NULL, kind);
	}
	if (f->v->kind == YAML_MAPPING && !f->has_key)
		return NULL;
	v = yaml_add(p->arena, f->v, kind);
	if (f->v->kind == YAML_MAPPING) {
		v->key = f->key;
		v->key_at = f->key_at;
		v->key_end = f->key_end;
		f->has_key = false;
	}
	return v;
}

/* What stood where a key belongs has been passed. */
static void
set_key(struct parse *p, const char *key, uint32_t at, uint32_t end)
{
	struct frame *f = p->depth != 0 ? &p->frames[p->depth - 1] : NULL;

	if (f == NULL || f->v->kind != YAML_MAPPING || f->has_key)
		return;
	f->key = key;
	f->key_at = at;
	f->key_end = end;
	f->has_key = true;
}

static void
scalar(struct parse *p, struct fy_token *t)
{
	static const enum yaml_style styles[] = { YAML_PLAIN, YAML_SINGLE, YAML_DOUBLE, YAML_LITERAL, YAML_FOLDED };
	struct yaml *v, key;
	uint32_t at = 0, end = 0;
	bool there = token_range(p, t, &at, &end);
	int style = there ? (int)fy_token_scalar_style(t) : FYSS_PLAIN;

	if (style < 0 || style > FYSS_FOLDED)
		style = FYSS_PLAIN;
	v = place(p, YAML_NULL);
	if (v == NULL) {
		memset(&key, 0, sizeof key);
		key.value = "";
		if (there)
			yaml_scalar(p->arena, p->s, &key, styles[style], at, end);
		set_key(p, key.value, at, end);
	} else if (there) {
		yaml_scalar(p->arena, p->s, v, styles[style], at, end);
	}
}

static void
open_node(struct parse *p, enum yaml_kind kind, struct fy_token *t)
{
	struct yaml *v;
	uint32_t at = 0, end = 0;

	if (p->skipping != 0) {
		p->skipping++;
		return;
	}
	if (!token_range(p, t, &at, &end))
		at = end = p->depth != 0 ? p->frames[p->depth - 1].key_end : p->base;
	if (p->depth == YAML_DEPTH) {
		yaml_damaged(p->arena, p->out, at, at, "more than 256 deep");
		p->skipping = 1;
		return;
	}
	v = place(p, kind);
	if (v == NULL) {
		p->skipping = 1;
		return;
	}
	v->at = at;
	v->end = end;
	p->frames[p->depth++] = (struct frame){ .v = v, .key_end = at };
}

static void
close_node(struct parse *p)
{
	struct frame *f;

	if (p->skipping != 0) {
		if (--p->skipping == 0)
			set_key(p, "", 0, 0);
		return;
	}
	if (p->depth == 0)
		return;
	f = &p->frames[--p->depth];
	if (f->v->kind == YAML_MAPPING)
		yaml_twice(p->arena, p->out, f->v, false);
}

/* In a document without anchors a star is one of Markdown's: `title: *Storm*`. */
static void
alias(struct parse *p, struct fy_token *t)
{
	uint32_t at, end;
	struct yaml *v;

	if (!token_range(p, t, &at, &end))
		at = end = p->base;
	if (at > p->base && p->s[at - 1] == '*')
		at--;
	yaml_damaged(p->arena, p->out, at, end, p->anchors ? "an alias, which is not expanded" : "a value that begins with '*' and no anchor");
	if ((v = place(p, YAML_NULL)) == NULL)
		set_key(p, "", at, end);
	else if (!p->anchors && at < end)
		yaml_scalar(p->arena, p->s, v, YAML_PLAIN, at, end);
}

static void
event(struct parse *p, const struct fy_event *e)
{
	switch (e->type) {
	case FYET_SCALAR:
		p->anchors = p->anchors || e->scalar.anchor != NULL;
		if (p->skipping == 0)
			scalar(p, e->scalar.value);
		break;
	case FYET_ALIAS:
		if (p->skipping == 0)
			alias(p, e->alias.anchor);
		break;
	case FYET_MAPPING_START:
		p->anchors = p->anchors || e->mapping_start.anchor != NULL;
		open_node(p, YAML_MAPPING, e->mapping_start.mapping_start);
		break;
	case FYET_SEQUENCE_START:
		p->anchors = p->anchors || e->sequence_start.anchor != NULL;
		open_node(p, YAML_SEQUENCE, e->sequence_start.sequence_start);
		break;
	case FYET_MAPPING_END:
	case FYET_SEQUENCE_END:
		close_node(p);
		break;
	default:
		break;
	}
}

/* Where line and column, from 1, of the piece are in s; columns are taken as bytes, which is near enough for a message. */
static uint32_t
offset_of(const char *s, uint32_t from, uint32_t to, int line, int column)
{
	for (; line > 1 && from < to; line--) {
		const char *nl = memchr(s + from, '\n', to - from);

		from = nl != NULL ? (uint32_t)(nl - s) + 1 : to;
	}
	for (; column > 1 && from < to && s[from] != '\n'; column--)
		from++;
	return from;
}

/* The line that ends the first document. */
static uint32_t
second_at(const char *s, uint32_t at, uint32_t to)
{
	for (uint32_t end; (end = str_line_end(s, at, to)) < to; at = end)
		if (to - end >= 3 && (memcmp(s + end, "---", 3) == 0 || memcmp(s + end, "...", 3) == 0))
			return end;
	return at;
}

/* Reads [from, to).  False if it breaks the grammar; *message and *where say how, and the root holds what came before. */
static bool
parse(struct arena *arena, const char *s, uint32_t from, uint32_t to, struct yaml_tree *out, struct yaml **root,
    const char **message, uint32_t *where)
{
	struct fy_diag_cfg quiet;
	struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET | FYPCF_DISABLE_MMAP_OPT | FYPCF_COLLECT_DIAG };
	struct parse p;
	struct fy_diag_error *error;
	struct fy_parser *parser;
	struct fy_event *e;
	void *prev = NULL;
	const char *text = s + from;
	bool ok;

	memset(&p, 0, offsetof(struct parse, frames));
	p.arena = arena;
	p.s = s;
	p.base = from;
	p.out = out;
	/* libfyaml takes a NUL for the end */
	if (memchr(text, '\0', to - from) != NULL) {
		char *copy = arena_strndup(arena, text, to - from);

		for (uint32_t i = 0; i < to - from; i++)
			copy[i] = copy[i] != '\0' ? copy[i] : '?';
		text = copy;
	}
	fy_diag_cfg_default(&quiet);
	quiet.fp = NULL;
	cfg.diag = fy_diag_create(&quiet);
	if (cfg.diag != NULL)
		fy_diag_set_collect_errors(cfg.diag, true);
	parser = fy_parser_create(&cfg);
	if (cfg.diag == NULL || parser == NULL)
		xmalloc_failed(to - from);
	ok = fy_parser_set_string(parser, text, to - from) == 0;
	while (ok && (e = fy_parser_parse(parser)) != NULL) {
		event(&p, e);
		fy_parser_event_free(parser, e);
	}
	ok = ok && !fy_parser_get_stream_error(parser);
	if (ok && p.second)
		yaml_damaged(arena, out, second_at(s, p.root->at, to), to, "second document in one file, expected one");
	*root = p.root;
	*message = "no YAML";
	*where = from;
	if (!ok && (error = fy_diag_errors_iterate(cfg.diag, &prev)) != NULL) {
		*message = arena_strndup(arena, error->msg, strnlen(error->msg, 100));
		*where = offset_of(s, from, to, error->line, error->column);
	}
	fy_parser_destroy(parser);
	fy_diag_destroy(cfg.diag);
	return ok;
}

/* Does a line begin a key of the outermost mapping?  *colon is where its colon stands. */
static bool
begins_key(const char *s, uint32_t at, uint32_t end, uint32_t *colon)
{
	if (at == end || strchr(" \t\r\n#-[]{}&*!|>%@`,?:", s[at]) != NULL)
		return false;
	for (uint32_t i = at; i < end && i - at < 200; i++)
		if (s[i] == ':' && (i + 1 == end || strchr(" \t\r\n", s[i + 1]) != NULL)) {
			*colon = i;
			return true;
		}
	return false;
}

static bool
is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Text as it stands, one pair of quotation marks taken off, also one that is not closed. */
static void
raw_scalar(struct arena *arena, const char *s, struct yaml *v, uint32_t at, uint32_t end)
{
	while (at < end && is_white(s[at]))
		at++;
	while (end > at && is_white(s[end - 1]))
		end--;
	if (end - at >= 2 && (s[at] == '|' || s[at] == '>') && (s[at + 1] == '\n' || s[at + 1] == '-' || s[at + 1] == '\r')) {
		at++;
		while (at < end && (s[at] == '-' || is_white(s[at])))
			at++;
	}
	if (at < end && (s[at] == '"' || s[at] == '\'')) {
		char mark = s[at++];

		if (end > at && s[end - 1] == mark)
			end--;
		else if (memchr(s + at, mark, end - at) != NULL)
			at--;
	}
	if (at < end)
		yaml_scalar(arena, s, v, YAML_PLAIN, at, end);
}

/* A piece that cannot be read: its lines that begin with a dash are a sequence, else all of it is text. */
static void
raw_chunk(struct arena *arena, const char *s, struct yaml *mapping, uint32_t at, uint32_t colon, uint32_t end)
{
	struct yaml *v = yaml_add(arena, mapping, YAML_NULL);
	uint32_t key_end = colon;
	bool quoted = colon - at >= 2 && (s[at] == '"' || s[at] == '\'') && s[colon - 1] == s[at];

	while (key_end > at && is_white(s[key_end - 1]))
		key_end--;
	v->key_at = at;
	v->key_end = key_end;
	v->key = arena_strndup(arena, s + at + quoted, key_end - at - 2u * quoted);
	at = colon + 1;
	while (at < end && is_white(s[at]))
		at++;
	if (end - at < 2 || s[at] != '-' || s[at + 1] != ' ') {
		raw_scalar(arena, s, v, colon + 1, end);
		return;
	}
	v->kind = YAML_SEQUENCE;
	v->at = at;
	v->end = end;
	while (at < end) {
		uint32_t next = str_line_end(s, at, end);

		while (at < next && is_white(s[at]))
			at++;
		if (next - at > 2 && s[at] == '-' && s[at + 1] == ' ')
			raw_scalar(arena, s, yaml_add(arena, v, YAML_NULL), at + 2, next);
		else if (at < next)
			raw_scalar(arena, s, yaml_add(arena, v, YAML_NULL), at, next);
		at = next;
	}
}

/* Moves what one piece holds into the whole. */
static void
adopt(struct yaml *mapping, const struct yaml *piece)
{
	for (struct yaml *v = piece->first, *next; v != NULL; v = next) {
		next = v->next;
		v->next = NULL;
		v->parent = mapping;
		if (mapping->last != NULL)
			mapping->last->next = v;
		else
			mapping->first = v;
		mapping->last = v;
	}
}

static void
read_chunks(struct arena *arena, const char *s, uint32_t from, uint32_t to, struct yaml_tree *out)
{
	uint32_t at = from, end, next, colon = 0, other;
	unsigned chunks = 0;

	while (at < to && !begins_key(s, at, str_line_end(s, at, to), &colon))
		at = str_line_end(s, at, to);
	for (; at < to; at = end, colon = other) {
		const char *message;
		uint32_t where;
		struct yaml *piece;

		other = colon;
		for (end = str_line_end(s, at, to); end < to; end = next) {
			next = str_line_end(s, end, to);
			if (begins_key(s, end, next, &other))
				break;
		}
		if (++chunks <= CHUNKS) {
			if (parse(arena, s, at, end, out, &piece, &message, &where)) {
				if (piece != NULL && piece->kind == YAML_MAPPING)
					adopt(out->root, piece);
				continue;
			}
			yaml_damaged(arena, out, where, where, message);
		}
		raw_chunk(arena, s, out->root, at, colon, end);
	}
}

void
yaml_parse(struct arena *arena, const char *s, uint32_t from, uint32_t to, struct yaml_tree *out)
{
	struct yaml_tree first = { 0 };
	const char *message;
	uint32_t where;

	memset(out, 0, sizeof *out);
	if (parse(arena, s, from, to, &first, &first.root, &message, &where)) {
		*out = first;
		return;
	}
	out->root = yaml_add(arena, NULL, YAML_MAPPING);
	out->root->at = from;
	out->root->end = to;
	read_chunks(arena, s, from, to, out);
	if (out->damage == NULL)
		yaml_damaged(arena, out, where, where, message);
	yaml_twice(arena, out, out->root, false);
}
