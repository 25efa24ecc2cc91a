/* The reader of ninjs 1.x, 2.x and 3.x (IPTC's news in JSON), with the extensions that Superdesk and others make.
 *
 * A story may be given in several forms: body_text and body_html, or bodies[] with a role and a content type each.  They go to
 * different readers (print, the web), so each must be right: each is an article of its own, named by its key.  Stories among the
 * associations are articles too; pictures among them give captions and credits. */
#include "read/json_file.h"
#include "read/sniff.h"
#include "reader.h"

#include <stdio.h>
#include <string.h>

static const struct json_key keys[] = {
	{ "authors", FIELD_BYLINE }, { "located", FIELD_LOCATED }, { "location", FIELD_LOCATED }, { "provider", FIELD_PROVIDER },
	{ "source-feed", FIELD_PROVIDER }, { "source", FIELD_SOURCE }, { "infosource", FIELD_SOURCE }, { "infosources", FIELD_SOURCE },
	{ "infoSources", FIELD_SOURCE }, { "creditline", FIELD_CREDITLINE }, { "description_creditline", FIELD_CREDITLINE },
	{ "copyrightholder", FIELD_COPYRIGHT_HOLDER }, { "copyrightHolder", FIELD_COPYRIGHT_HOLDER },
	{ "copyrightnotice", FIELD_COPYRIGHT_NOTICE }, { "copyrightNotice", FIELD_COPYRIGHT_NOTICE },
	{ "usageterms", FIELD_USAGE_TERMS }, { "usageTerms", FIELD_USAGE_TERMS }, { "usage", FIELD_USAGE_TERMS },
	{ "rightsinfo/linkedrights", FIELD_USAGE_TERMS }, { "rightsinfo/encodedrights", FIELD_USAGE_TERMS },
	{ "rightsInfo/linkedRights", FIELD_USAGE_TERMS }, { "rightsInfo/encodedRights", FIELD_USAGE_TERMS },
	{ "pubstatus", FIELD_PUB_STATUS }, { "pubStatus", FIELD_PUB_STATUS }, { "status", FIELD_PUB_STATUS },
	{ "embargoed", FIELD_EMBARGOED }, { "embargoedUntil", FIELD_EMBARGOED }, { "version", FIELD_VERSION },
	{ "signal", FIELD_SIGNAL }, { "signals", FIELD_SIGNAL }, { "ednote", FIELD_ED_NOTE }, { "edNote", FIELD_ED_NOTE },
	{ "language", FIELD_LANGUAGE }, { "versioncreated", FIELD_PUBLISHED }, { "versionCreated", FIELD_PUBLISHED },
	{ "canonicalurl", FIELD_CANONICAL }, { "url", FIELD_CANONICAL },
};

enum { FORMS = 32, DEPTH = 4 };

/* The strings that are forms of the same text: "body_html", "body_text" ... or the values of "bodies". */
struct forms { const struct json *v[FORMS]; size_t n; };

static void
find_forms(struct forms *out, const struct json *item, const char *prefix, const char *plural)
{
	const struct json *all = json_get(item, plural);
	size_t n = strlen(prefix);

	out->n = 0;
	for (const struct json *v = item->first; v != NULL && out->n < FORMS; v = v->next)
		if (strncmp(v->key, prefix, n) == 0 && v->key[n] == '_' && json_is_text(v) && strcmp(v->key, "description_creditline") != 0)
			out->v[out->n++] = v;
	if (all != NULL && all->kind == JSON_ARRAY)
		for (const struct json *v = all->first; v != NULL && out->n < FORMS; v = v->next)
			if (json_is_text(v->kind == JSON_OBJECT ? json_get(v, "value") : v))
				out->v[out->n++] = v->kind == JSON_OBJECT ? json_get(v, "value") : v;
}

/* The name of a form: its key, or the role of the object it is the value of. */
static const char *
form_name(struct arena *arena, const struct json_file *x, const struct json *v)
{
	const char *role;

	if (strcmp(v->key, "value") != 0)
		return v->key;
	role = json_name(arena, x, json_get(v->parent, "role"));
	return role != NULL ? role : "body";
}

static bool
is_picture(const struct json_file *x, const struct json *item)
{
	const struct json *type = json_get(item, "type");
	const char *s = x->layer.s;

	return json_is(s, type, "picture") || json_is(s, type, "graphic") || json_is(s, type, "photo") || json_is(s, type, "video") ||
	    json_is(s, type, "audio") || json_is(s, type, "animation");
}

static void
put_images(struct flow *f, const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "renditions");

	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next)
		json_field(f, &x->layer, json_get(v, "href"), FLOW_LITERAL, FIELD_IMAGE, "renditions", x->src);
}

static void
put_credit(struct flow *f, const struct json_file *x, const struct json *item)
{
	static const char *const credits[] = { "creditline", "byline", "by", "copyrightholder", "copyrightHolder" };

	for (size_t i = 0; i < sizeof credits / sizeof *credits; i++)
		if (json_is_text(json_get(item, credits[i]))) {
			flow_drop(f);
			json_put(f, &x->layer, json_get(item, credits[i]), FLOW_MARKUP, x->src);
			flow_block_beside(f, BLOCK_CREDIT, SURE, true);
			return;
		}
}

/* A picture among the associations: its caption and credit. */
static void
put_picture(struct flow *f, const struct json_file *x, const struct json *item)
{
	struct forms captions;

	find_forms(&captions, item, "body", "bodies");		/* some put the caption there */
	if (captions.n == 0)
		find_forms(&captions, item, "description", "descriptions");
	if (captions.n != 0 && json_body(f, x, captions.v[0], BLOCK_CAPTION) != 0)
		put_credit(f, x, item);
	put_images(f, x, item);
}

/* An associated story, and not a picture that puts its caption where a story has its text. */
static bool
is_story(const struct json_file *x, const struct json *v)
{
	struct forms bodies;

	if (v->kind != JSON_OBJECT)
		return false;
	find_forms(&bodies, v, "body", "bodies");
	return bodies.n != 0 && !is_picture(x, v);
}

static void
put_pictures(struct flow *f, const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "associations");
	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next)
		if (v->kind == JSON_OBJECT && !is_story(x, v))
			put_picture(f, x, v);
}

static void
put_headlines(struct flow *f, const struct json_file *x, const struct json *item)
{
	struct forms more;
	const struct json *main = json_get(item, "headline");

	find_forms(&more, item, "headline", "headlines");
	if (!json_is_text(main))
		main = more.n != 0 ? more.v[0] : json_get(item, "title");
	json_block_field(f, x, main, BLOCK_HEADLINE, FIELD_HEADLINE);
	for (size_t i = 0; i < more.n; i++)
		if (more.v[i] != main)
			json_field(f, &x->layer, more.v[i], FLOW_MARKUP, FIELD_HEADLINE, more.v[i]->key, x->src);
	json_block(f, x, json_get(item, "subhead"), BLOCK_SUBHEAD);
}

/* One form of one item as an article. */
static void
put_article(struct flow *f, const struct json_file *x, const struct json *item, const struct json *body, const struct json *description)
{
	json_fields(f, x, item, keys, sizeof keys / sizeof *keys);
	json_block(f, x, json_get(item, "slugline"), BLOCK_SLUG);
	json_block(f, x, json_get(item, "slug"), BLOCK_SLUG);
	put_headlines(f, x, item);
	if (description != NULL && is_picture(x, item)) {
		json_body(f, x, description, BLOCK_CAPTION);
		put_credit(f, x, item);
		put_images(f, x, item);
	} else if (description != NULL) {
		json_body(f, x, description, body != NULL ? BLOCK_STANDFIRST : BLOCK_PARAGRAPH);
	}
	if (!is_picture(x, item)) {
		json_block_field(f, x, json_get(item, "byline"), BLOCK_BYLINE, FIELD_BYLINE);
		json_block_field(f, x, json_get(item, "by"), BLOCK_BYLINE, FIELD_BYLINE);
	} else {
		json_field(f, &x->layer, json_get(item, "byline"), FLOW_LITERAL, FIELD_BYLINE, "byline", x->src);
		json_field(f, &x->layer, json_get(item, "by"), FLOW_LITERAL, FIELD_BYLINE, "by", x->src);
	}
	json_block_field(f, x, json_get(item, "dateline"), BLOCK_DATELINE, FIELD_DATELINE);
	json_block_field(f, x, json_at(item, "dateline/text"), BLOCK_DATELINE, FIELD_DATELINE);
	if (body != NULL)
		json_body(f, x, body, BLOCK_PARAGRAPH);
	put_pictures(f, x, item);
}

struct reading {
	struct json_file x;
	struct intake *in;
	const char *why;		/* the last item that was no article */
	unsigned number;		/* of items met */
	size_t made;
	bool many;			/* the file holds more than one item */
};

/* What an item without text is. */
static const char *
what_it_is(const struct json_file *x, const struct json *item)
{
	const struct json *type = json_get(item, "type");

	if (json_is(x->layer.s, type, "composite"))
		return "a package of other items, no story";
	if (json_is(x->layer.s, type, "event"))
		return "an event, no story";
	if (json_is(x->layer.s, type, "planning"))
		return "a planning item, no story";
	return "ninjs without any text";
}

/* `end`: where in the file what is told of with this item ends. */
static void
read_item(struct reading *r, const struct json *item, uint32_t end, unsigned depth)
{
	struct forms bodies, descriptions;
	const struct json *all, *id = json_get(item, "uri");
	size_t n, before = r->made;
	const char *s = r->x.layer.s;
	char number[16];

	if (item->kind != JSON_OBJECT)
		return;
	find_forms(&bodies, item, "body", "bodies");
	find_forms(&descriptions, item, "description", "descriptions");
	n = bodies.n > descriptions.n ? bodies.n : descriptions.n;
	if (!json_is_text(id))
		id = json_get(item, "guid");
	all = depth < DEPTH ? json_get(item, "associations") : NULL;
	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next)
		r->many = r->many || is_story(&r->x, v);
	snprintf(number, sizeof number, "%u", ++r->number);
	if (json_is(s, json_get(item, "type"), "event") || json_is(s, json_get(item, "type"), "planning"))
		n = 0;
	else if (n == 0)
		n = 1;		/* a headline, perhaps */
	for (size_t i = 0; i < n; i++) {
		const struct json *body = i < bodies.n ? bodies.v[i] : NULL;
		const char *name = json_name(&r->x.arena, &r->x, id);
		struct article *a;
		struct flow f;

		if (name == NULL)
			name = number;
		if (n > 1)
			name = arena_printf(&r->x.arena, "%s %s", name,
			    form_name(&r->x.arena, &r->x, body != NULL ? body : descriptions.v[i]));
		a = intake_begin(r->in, r->x.src, "ninjs", r->many || n > 1 ? name : NULL);
		flow_init(&f, a);
		put_article(&f, &r->x, item, body, i < descriptions.n ? descriptions.v[i] : NULL);
		if (article_find_block(a, ~(KIND(BLOCK_SLUG) | KIND(BLOCK_BYLINE) | KIND(BLOCK_DATELINE) | KIND(BLOCK_CREDIT))) == NULL)
			continue;
		r->made++;
		intake_end(r->in, i + 1 < n && body != NULL ? body->end : end);
	}
	if (r->made == before) {
		r->why = what_it_is(&r->x, item);
		intake_skip(r->in, json_is_text(id) ? json_name(&r->x.arena, &r->x, id) : number, r->why);
	}
	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next)
		if (is_story(&r->x, v))
			read_item(r, v, end, depth + 1);
}

static int
sniff(const struct source *src)
{
	static const char *const signs[] = {
		"headline", "headline_*", "headlines", "body_*", "bodies", "description_*", "descriptions", "versioncreated",
		"versionCreated", "type", "title", "associations", "pubstatus", "pubStatus", "renditions", "$standard", "standard", "usageterms",
		"usageTerms", "ednote", "copyrightnotice", "copyrightholder", "byline", "trustindicators", "rightsinfo", "rightsInfo"
	};

	if (!sniff_json(src) || (!sniff_json_key(src, "uri") && !sniff_json_key(src, "guid")))
		return 0;
	if (sniff_json_key(src, "$schema") && sniff_json_key(src, "properties"))
		return 0;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (sniff_json_key(src, signs[i]))
			return 70;
	return sniff_json_key(src, "uri") ? 30 : 0;
}

static bool
read_ninjs(struct source *src, struct intake *in)
{
	struct reading r = { .in = in };

	json_file_open(&r.x, src);
	if (r.x.root == NULL) {
		in->refusal = "no JSON value";
	} else if (r.x.root->kind == JSON_ARRAY) {
		r.many = true;
		for (const struct json *v = r.x.root->first; v != NULL; v = v->next)
			read_item(&r, v, v->next != NULL ? v->end : UINT32_MAX, 0);
	} else {
		read_item(&r, r.x.root, UINT32_MAX, 0);
	}
	if (r.made == 0)
		in->refusal = r.why != NULL ? r.why : "no object of ninjs in it";
	json_file_release(&r.x);
	return r.made != 0;
}

const struct reader reader_ninjs = {
	.name = "ninjs",
	.title = "ninjs 1.x, 2.x and 3.x, news in JSON",
	.suffixes = "ninjs json",
	.signs = "a JSON object, or an array of them, with the key 'uri' or 'guid' and one of ninjs' own",
	.fields = "headline byline (by, authors) dateline located provider source (infosource) creditline copyright-holder copyright-notice "
	    "usage-terms (rightsinfo) pub-status embargoed (embargoedUntil) version signal ed-note language published (versioncreated) "
	    "canonical image (renditions)",
	.sniff = sniff,
	.read = read_ninjs,
};
