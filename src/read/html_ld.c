/* JSON-LD in a page.
 *
 * The article is the outermost object, one of an array, or one of an @graph.  Who wrote it is a string, an object with a name, an
 * array of either, or a reference by @id to an object elsewhere in the graph: all four occur.  Many pages escape the strings for
 * HTML as well, so references are resolved in them.  Damage here is not the story's. */
#include "read/html_ld.h"

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
enum { REFERENCES = 4000 };	/* objects looked at for an @id */

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
refer(const struct layer *l, const struct json *top, const struct json *id)
{
	const struct json *v = top;
	unsigned seen = 0;

	while (v != NULL && seen < REFERENCES) {
		if (v->kind == JSON_OBJECT) {
			const struct json *own = json_get(v, "@id");

			seen++;
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
put(struct flow *f, const struct layer *l, const struct json *top, const struct json *v, size_t i, unsigned depth)
{
	const struct json *inner, *id;

	if (v == NULL || depth > 3)
		return;
	switch (v->kind) {
	case JSON_ARRAY:
		for (const struct json *one = v->first; one != NULL; one = one->next)
			put(f, l, top, one, i, depth + 1);
		break;
	case JSON_OBJECT:
		inner = json_get(v, keys[i].inner);
		if (inner == NULL)
			inner = json_get(v, "name");
		if (inner == NULL)
			inner = json_get(v, "@value");
		if (inner == NULL && (id = json_get(v, "@id")) != NULL && (v = refer(l, top, id)) != NULL)
			inner = json_get(v, keys[i].inner);
		put(f, l, top, inner, i, depth + 1);
		break;
	case JSON_STRING:
		json_field(f, l, v, FLOW_MARKUP, keys[i].field, keys[i].key, NULL);
		break;
	default:
		break;
	}
}

void
html_ld(struct flow *f, const struct layer *l, uint32_t a, uint32_t z)
{
	struct arena arena;
	struct text text;
	struct layer json;
	struct json_error ignored;
	const struct json *top, *article;

	arena_init(&arena);
	text_init(&text);
	layer_copy(&text, l, a, z);
	json = layer_of_text(&text);
	top = json_tree(&arena, json.s, json.n, &ignored);
	article = find_article(&json, top, 0);
	for (size_t i = 0; article != NULL && i < sizeof keys / sizeof *keys; i++)
		put(f, &json, top, json_get(article, keys[i].key), i, 0);
	text_release(&text);
	arena_release(&arena);
}
