/* JSON-LD in a page.
 *
 * The article is the outermost object, one of an array, or one of an @graph.  Who wrote it is a string, an object with a name, an
 * array of either, or a reference by @id to an object elsewhere in the graph: all four occur.  Many pages escape the strings for
 * HTML as well, so references are resolved in them.  Damage here is not the story's. */
#include "read/html_ld.h"

#include "read/body.h"
#include "read/json_file.h"

#include <string.h>

static const struct { const char *key; enum field_name field; const char *inner; } keys[] = {
	{ "headline", FIELD_HEADLINE, "" }, { "author", FIELD_BYLINE, "name" }, { "publisher", FIELD_PROVIDER, "name" },
	{ "provider", FIELD_PROVIDER, "name" }, { "sourceOrganization", FIELD_SOURCE, "name" }, { "isBasedOn", FIELD_LINK, "url" },
	{ "isBasedOnUrl", FIELD_LINK, "url" }, { "creditText", FIELD_CREDITLINE, "" }, { "copyrightHolder", FIELD_COPYRIGHT_HOLDER, "name" },
	{ "copyrightNotice", FIELD_COPYRIGHT_NOTICE, "" }, { "license", FIELD_USAGE_TERMS, "url" },
	{ "usageInfo", FIELD_USAGE_TERMS, "url" }, { "acquireLicensePage", FIELD_USAGE_TERMS, "url" },
	{ "datePublished", FIELD_PUBLISHED, "" }, { "dateModified", FIELD_VERSION, "" }, { "dateline", FIELD_DATELINE, "" },
	{ "locationCreated", FIELD_LOCATED, "name" }, { "contentLocation", FIELD_LOCATED, "name" }, { "correction", FIELD_SIGNAL, "text" },
	{ "inLanguage", FIELD_LANGUAGE, "name" }, { "image", FIELD_IMAGE, "url" }, { "creativeWorkStatus", FIELD_PUB_STATUS, "name" },
};
enum {
	REFERENCES = 40000,		/* objects looked at for an @id, on a page */
	VALUES = 64,			/* of one key; a page that refers to one object a thousand times says it no better */
};

/* One article's keys on their way into fields. */
struct ld_fields {
	struct flow *f;
	const struct layer *l;
	const struct json *top;
	size_t key;			/* into `keys` */
	unsigned values, looked;
};

static bool
is_article_type(const struct layer *l, const struct json *type)
{
	if (type == NULL)
		return false;
	if (type->kind == JSON_ARRAY) {
		for (const struct json *v = type->first; v != NULL; v = v->next)
			if (v->kind == JSON_STRING && is_article_type(l, v))
				return true;
		return false;
	}
	return type->kind == JSON_STRING && (memmem(l->s + type->at, type->end - type->at, "Article", 7) != NULL ||
	    memmem(l->s + type->at, type->end - type->at, "BlogPosting", 11) != NULL);
}

/* The article: outermost, in an array, in a graph. */
static const struct json *
find_article(const struct layer *l, const struct json *v, unsigned depth)
{
	const struct json *found;

	if (v == NULL || depth > 3)
		return NULL;
	if (v->kind == JSON_ARRAY) {
		for (const struct json *one = v->first; one != NULL; one = one->next)
			if ((found = find_article(l, one, depth + 1)) != NULL)
				return found;
		return NULL;
	}
	if (is_article_type(l, json_get(v, "@type")))
		return v;
	if ((found = find_article(l, json_get(v, "@graph"), depth + 1)) != NULL)
		return found;
	return find_article(l, json_get(v, "mainEntity"), depth + 1);
}

/* The object of the graph that has this @id and says more than that. */
static const struct json *
refer(struct ld_fields *x, const struct json *id)
{
	const struct layer *l = x->l;
	const struct json *v = x->top;

	while (v != NULL && x->looked < REFERENCES) {
		if (v->kind == JSON_OBJECT) {
			const struct json *own = json_get(v, "@id");

			x->looked++;
			if (own != NULL && own != id && own->end - own->at == id->end - id->at && v->first->next != NULL &&
			    memcmp(l->s + own->at, l->s + id->at, own->end - own->at) == 0)
				return v;
		}
		if (v->first != NULL) {
			v = v->first;
			continue;
		}
		while (v != NULL && v->next == NULL)
			v = v->parent;
		v = v != NULL ? v->next : NULL;
	}
	return NULL;
}

static void
put(struct ld_fields *x, const struct json *v, unsigned depth)
{
	const char *key = keys[x->key].inner;
	const struct json *inner, *id;

	if (v == NULL || depth > 3 || x->values == VALUES)
		return;
	switch (v->kind) {
	case JSON_ARRAY:
		for (const struct json *one = v->first; one != NULL; one = one->next)
			put(x, one, depth + 1);
		break;
	case JSON_OBJECT:
		inner = json_get(v, key);
		if (inner == NULL)
			inner = json_get(v, "name");
		if (inner == NULL)
			inner = json_get(v, "@value");
		if (inner == NULL && (id = json_get(v, "@id")) != NULL && (v = refer(x, id)) != NULL)
			inner = json_get(v, key);
		put(x, inner, depth + 1);
		break;
	case JSON_STRING:
		x->values++;
		json_field(x->f, x->l, v, FLOW_MARKUP, keys[x->key].field, keys[x->key].key, NULL);
		break;
	default:
		break;
	}
}

/* The JSON in a stretch of the page. */
struct ld {
	struct arena arena;
	struct text text;
	struct layer layer;
	const struct json *top, *article;
};

static void
ld_open(struct ld *d, const struct layer *l, uint32_t a, uint32_t z)
{
	struct json_error ignored;

	arena_init(&d->arena);
	text_init(&d->text);
	layer_copy(&d->text, l, a, z);
	d->layer = layer_of_text(&d->text);
	d->top = json_tree(&d->arena, d->layer.s, d->layer.n, &ignored);
	d->article = find_article(&d->layer, d->top, 0);
}

static void
ld_release(struct ld *d)
{
	text_release(&d->text);
	arena_release(&d->arena);
}

void
html_ld(struct flow *f, const struct layer *l, uint32_t a, uint32_t z)
{
	struct ld_fields x = { .f = f };
	struct ld d;

	ld_open(&d, l, a, z);
	x.l = &d.layer;
	x.top = d.top;
	for (x.key = 0; d.article != NULL && x.key < sizeof keys / sizeof *keys; x.key++) {
		x.values = 0;
		put(&x, json_get(d.article, keys[x.key].key), 0);
	}
	ld_release(&d);
}

size_t
html_ld_body(struct flow *f, const struct layer *l, uint32_t a, uint32_t z)
{
	const struct json *body;
	struct text text;
	struct layer inner;
	struct ld d;
	size_t n = 0;

	ld_open(&d, l, a, z);
	body = json_get(d.article, "articleBody");
	if (body != NULL && body->kind == JSON_STRING)
		n = body->end - body->at;
	if (n != 0 && f != NULL) {
		text_init(&text);
		json_text(&text, &d.layer, body, NULL);
		inner = layer_of_text(&text);
		body_html(f, &inner);
		text_release(&text);
	}
	ld_release(&d);
	return n;
}
