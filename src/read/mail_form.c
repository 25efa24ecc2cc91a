/* Copy that was filled into a form, which mails it as JSON.  Each of its fields is a string or an array of them:
 *
 *	{"Slugline":["Port"],"Headline":["Port reopens"],"Dateline":["HARBOURVILLE",""],"Body":["The port ...\nIts office ..."]}
 *
 * What a desk sorts by (category, priority, desk) is left out. */
#include "read/mail_form.h"

#include "read/json_file.h"
#include "read/plain.h"

#include <strings.h>

/* In the order of reading. */
static const struct piece {
	const char *key;
	enum block_kind kind;
	bool is_field;
	enum field_name field;
} pieces[] = {
	{ "Slugline", BLOCK_SLUG, false, FIELD_HEADLINE },
	{ "Headline", BLOCK_HEADLINE, true, FIELD_HEADLINE },
	{ "Abstract", BLOCK_STANDFIRST, false, FIELD_HEADLINE },
	{ "Byline", BLOCK_BYLINE, true, FIELD_BYLINE },
	{ "Dateline", BLOCK_DATELINE, true, FIELD_DATELINE },
	{ "Body", BLOCK_PARAGRAPH, false, FIELD_HEADLINE },
	{ "Sign off", BLOCK_SIGNOFF, false, FIELD_HEADLINE },
};

static const struct json *
value_of(const struct json *form, const char *key)
{
	for (const struct json *v = form->first; v != NULL; v = v->next)
		if (strcasecmp(v->key, key) == 0)
			return v;
	return NULL;
}

static size_t
put_string(struct flow *f, const struct layer *l, const struct json *v, const struct piece *p, struct source *src)
{
	size_t made = 0;

	if (p->kind == BLOCK_PARAGRAPH) {
		struct text text;
		struct layer inner;

		text_init(&text);
		json_text(&text, l, v, src);
		inner = layer_of_text(&text);
		made = plain_blocks(f, &inner, 0, inner.n);
		text_release(&text);
	} else {
		const struct block *b;

		flow_drop(f);
		json_put(f, l, v, FLOW_LITERAL, src);
		b = flow_block(f, p->kind, SURE, true);
		if (p->is_field)
			flow_field_of(f, b, p->field, p->key);
	}
	return made;
}

size_t
mail_form(struct flow *f, const struct layer *l, struct source *src)
{
	struct arena arena;
	struct json_error damage;
	const struct json *form;
	size_t made = 0;

	arena_init(&arena);
	form = json_tree(&arena, l->s, l->n, &damage);
	if (form != NULL && form->kind == JSON_OBJECT && value_of(form, "Body") != NULL && value_of(form, "Headline") != NULL) {
		for (const struct json_error *e = &damage; src != NULL && e != NULL && e->message != NULL; e = e->more)
			/* a line end within a string is the mail's, which has wrapped the form */
			if (e->at >= l->n || (l->s[e->at] != '\n' && l->s[e->at] != '\r'))
				source_remark(src, REMARK_DAMAGED, layer_extent(l, e->at, e->at), e->message);
		for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
			const struct json *v = value_of(form, pieces[i].key);

			if (v == NULL || v->kind != JSON_ARRAY) {
				made += v != NULL ? put_string(f, l, v, &pieces[i], src) : 0;
				continue;
			}
			for (v = v->first; v != NULL; v = v->next)
				made += put_string(f, l, v, &pieces[i], src);
		}
	}
	arena_release(&arena);
	return made;
}
