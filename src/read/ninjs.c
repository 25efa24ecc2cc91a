/* The reader of ninjs 1.x, 2.x and 3.x (IPTC's news in JSON), with the extensions that Superdesk and others make.
 *
 * A story may be given in several forms: body_text and body_html, or bodies[] with a role and a content type each.  They go to
 * different readers (print, the web), so each must be right: each is an article of its own, named by its key.  Stories among the
 * associations are articles too; pictures among them give captions and credits. */
#include "read/json_body.h"
#include "reader.h"
#include "sniff.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct json_key keys[] = {
	{ "located", FIELD_LOCATED }, { "location", FIELD_LOCATED }, { "provider", FIELD_PROVIDER },
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
static const struct json_key authors[] = { { "authors", FIELD_BYLINE } };	/* behind what the byline says */

enum { FORMS = 32, DEPTH = 4 };

/* The strings that are forms of the same text: "body_html", "body_text" ... or the values of "bodies". */
struct forms {
	const struct json *v[FORMS];
	size_t n;
	const struct json *left;	/* the first for which there was no room */
};

/* Is it a description by its name alone?  Some put the credit line and whoever wrote the caption there. */
static bool
is_credit(const struct json_file *x, const struct json *v)
{
	const struct json *role = strcmp(v->key, "value") == 0 ? json_get(v->parent, "role") : NULL;

	return strcmp(v->key, "description_creditline") == 0 || json_is(x->layer.s, role, "creditline") ||
	    json_is(x->layer.s, role, "credit");
}

static bool
is_writer(const struct json_file *x, const struct json *v)
{
	const struct json *role = strcmp(v->key, "value") == 0 ? json_get(v->parent, "role") : NULL;

	return strcmp(v->key, "description_writer") == 0 || json_is(x->layer.s, role, "writer");
}

static void
add_form(struct forms *out, const struct json_file *x, const struct json *v)
{
	if (v != NULL && v->kind == JSON_OBJECT)
		v = json_get(v, "value");
	if (!json_is_text(v) || is_credit(x, v) || is_writer(x, v))
		return;
	if (out->n < FORMS)
		out->v[out->n++] = v;
	else if (out->left == NULL)
		out->left = v;
}

static void
find_forms(struct forms *out, const struct json_file *x, const struct json *item, const char *prefix, const char *plural)
{
	const struct json *all = json_get(item, plural);
	size_t n = strlen(prefix);

	out->n = 0;
	out->left = NULL;
	for (const struct json *v = item->first; v != NULL; v = v->next)
		if (strncmp(v->key, prefix, n) == 0 && v->key[n] == '_' && v->kind == JSON_STRING)
			add_form(out, x, v);
	for (const struct json *v = all != NULL && all->kind == JSON_ARRAY ? all->first : NULL; v != NULL; v = v->next)
		add_form(out, x, v);
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

/* What is said of a form: by its content type, else by its name. */
static enum json_form
form_of(const struct json_file *x, const struct json *v)
{
	static const char *const says[] = { "contenttype", "contentType", "role" };
	enum json_form form = JSON_FORM_UNSAID;

	if (strcmp(v->key, "value") != 0)
		return json_form_of(v->key, strlen(v->key));
	for (size_t i = 0; i < sizeof says / sizeof *says && form == JSON_FORM_UNSAID; i++) {
		const struct json *s = json_get(v->parent, says[i]);

		if (json_is_text(s))
			form = json_form_of(x->layer.s + s->at, s->end - s->at);
	}
	return form;
}

static size_t
put_form(struct flow *f, const struct json_file *x, const struct json *v, enum block_kind kind)
{
	return json_body_form(f, x, v, kind, form_of(x, v));
}

static bool
is_picture(const struct json_file *x, const struct json *item)
{
	const struct json *type = json_get(item, "type");
	const char *s = x->layer.s;

	return json_is(s, type, "picture") || json_is(s, type, "graphic") || json_is(s, type, "photo") || json_is(s, type, "video") ||
	    json_is(s, type, "audio") || json_is(s, type, "animation");
}

/* A rendition of a picture, or one of which nothing is said. */
static bool
is_image(const struct json_file *x, const struct json *rendition)
{
	static const char *const types[] = { "contenttype", "contentType", "mimetype", "mimeType" };

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		const struct json *type = json_get(rendition, types[i]);

		if (json_is_text(type))
			return type->end - type->at > 5 && strncasecmp(x->layer.s + type->at, "image", 5) == 0;
	}
	return true;
}

static void
put_images(struct flow *f, const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "renditions");

	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next)
		if (is_image(x, v))
			json_field(f, &x->layer, json_get(v, "href"), FLOW_LITERAL, FIELD_IMAGE, "renditions", x->src);
}

/* The credit among the descriptions; NULL if there is none. */
static const struct json *
described_credit(const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "descriptions"), *v = json_get(item, "description_creditline");

	if (json_is_text(v))
		return v;
	for (v = all != NULL ? all->first : NULL; v != NULL; v = v->next)
		if (json_is_text(json_get(v, "value")) && is_credit(x, json_get(v, "value")))
			return json_get(v, "value");
	return NULL;
}

/* Behind a caption. */
static void
put_credit(struct flow *f, const struct json_file *x, const struct json *item)
{
	static const char *const credits[] = { "creditline", "byline", "by", "copyrightholder", "copyrightHolder" };
	const struct json *credit = json_get(item, "creditline");

	if (!json_is_text(credit))
		credit = described_credit(x, item);
	if (credit != NULL && f->a->text.n != 0 && f->a->text.s[f->a->text.n - 1] == ')')
		return;		/* the caption ends with it: "(AP Photo/Lea Holm)" */
	for (size_t i = 0; i < sizeof credits / sizeof *credits && !json_is_text(credit); i++)
		credit = json_get(item, credits[i]);
	if (!json_is_text(credit))
		return;
	flow_drop(f);
	json_put(f, &x->layer, credit, FLOW_MARKUP, x->src);
	flow_block_beside(f, BLOCK_CREDIT, SURE, true);
}

/* A picture among the associations: its caption and credit. */
static void
put_picture(struct flow *f, const struct json_file *x, const struct json *item)
{
	struct forms captions;

	find_forms(&captions, x, item, "body", "bodies");		/* some put the caption there */
	if (captions.n == 0)
		find_forms(&captions, x, item, "description", "descriptions");
	if (captions.n != 0 && put_form(f, x, captions.v[0], BLOCK_CAPTION) != 0)
		put_credit(f, x, item);
	put_images(f, x, item);
}

/* An associated story, and not a picture that puts its caption where a story has its text. */
static bool
is_story(const struct json_file *x, const struct json *v)
{
	const struct json *type = json_get(v, "type");
	struct forms texts;

	if (v->kind != JSON_OBJECT || is_picture(x, v))
		return false;
	find_forms(&texts, x, v, "body", "bodies");
	if (texts.n == 0 && (json_is(x->layer.s, type, "text") || json_is(x->layer.s, type, "composite")))
		find_forms(&texts, x, v, "description", "descriptions");
	return texts.n != 0;
}

/* The first association, or the one behind `v`: an object, or one in an array of them ("gallery": [{...}, {...}]). */
static const struct json *
next_associated(const struct json *all, const struct json *v)
{
	v = v == NULL ? (all != NULL ? all->first : NULL) : v->next != NULL ? v->next : v->parent != all ? v->parent->next : NULL;
	while (v != NULL && v->kind != JSON_OBJECT)
		if (v->kind == JSON_ARRAY && v->parent == all && v->first != NULL)
			v = v->first;
		else
			v = v->next != NULL ? v->next : v->parent != all ? v->parent->next : NULL;
	return v;
}

static void
put_pictures(struct flow *f, const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "associations"), *v = NULL;

	while ((v = next_associated(all, v)) != NULL)
		if (!is_story(x, v))
			put_picture(f, x, v);
}

static void
put_headlines(struct flow *f, const struct json_file *x, const struct json *item)
{
	struct forms more;
	const struct json *main = json_get(item, "headline");

	find_forms(&more, x, item, "headline", "headlines");
	if (!json_is_text(main))
		main = more.n != 0 ? more.v[0] : json_get(item, "title");
	json_block_field(f, x, main, BLOCK_HEADLINE, FIELD_HEADLINE);
	for (size_t i = 0; i < more.n; i++)
		if (more.v[i] != main)
			json_field(f, &x->layer, more.v[i], FLOW_MARKUP, FIELD_HEADLINE, more.v[i]->key, x->src);
	json_block(f, x, json_get(item, "subhead"), BLOCK_SUBHEAD);
}

/* What one article is made of: a form of the body, the description that goes with it, and descriptions that say something else. */
struct parts {
	const struct json *body;	/* may be NULL */
	const struct json *more[FORMS + 1];
	size_t n;
};

static void
put_descriptions(struct flow *f, const struct json_file *x, const struct json *item, const struct parts *p)
{
	bool picture = is_picture(x, item);

	for (size_t i = 0; i < p->n; i++)
		put_form(f, x, p->more[i], picture ? BLOCK_CAPTION : p->body != NULL ? BLOCK_STANDFIRST : BLOCK_PARAGRAPH);
	if (picture && p->n != 0)
		put_credit(f, x, item);
	if (picture)
		put_images(f, x, item);
}

static void
put_credit_fields(struct flow *f, const struct json_file *x, const struct json *item)
{
	const struct json *all = json_get(item, "descriptions");

	for (const struct json *v = all != NULL ? all->first : NULL; v != NULL; v = v->next)
		if (json_is_text(json_get(v, "value")) && is_credit(x, json_get(v, "value")))
			json_field(f, &x->layer, json_get(v, "value"), FLOW_LITERAL, FIELD_CREDITLINE, "descriptions", x->src);
}

/* One form of one item as an article. */
static void
put_article(struct flow *f, const struct json_file *x, const struct json *item, const struct parts *p)
{
	json_fields(f, x, item, keys, sizeof keys / sizeof *keys);
	put_credit_fields(f, x, item);
	json_block(f, x, json_get(item, "slugline"), BLOCK_SLUG);
	json_block(f, x, json_get(item, "slug"), BLOCK_SLUG);
	put_headlines(f, x, item);
	put_descriptions(f, x, item, p);
	if (!is_picture(x, item)) {
		json_block_field(f, x, json_get(item, "byline"), BLOCK_BYLINE, FIELD_BYLINE);
		json_block_field(f, x, json_get(item, "by"), BLOCK_BYLINE, FIELD_BYLINE);
	} else {
		json_field(f, &x->layer, json_get(item, "byline"), FLOW_LITERAL, FIELD_BYLINE, "byline", x->src);
		json_field(f, &x->layer, json_get(item, "by"), FLOW_LITERAL, FIELD_BYLINE, "by", x->src);
	}
	json_fields(f, x, item, authors, 1);
	json_block_field(f, x, json_get(item, "dateline"), BLOCK_DATELINE, FIELD_DATELINE);
	json_block_field(f, x, json_at(item, "dateline/text"), BLOCK_DATELINE, FIELD_DATELINE);
	if (p->body != NULL)
		put_form(f, x, p->body, BLOCK_PARAGRAPH);
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

static bool
is_marked_up(const struct json_file *x, const struct json *v)
{
	enum json_form form = form_of(x, v);

	return form == JSON_FORM_HTML || form == JSON_FORM_XML;
}

/* The description for a form of the body: of markup for one of markup, else the first. */
static size_t
description_for(const struct json_file *x, const struct forms *descriptions, const struct json *body)
{
	for (size_t i = 0; i < descriptions->n; i++)
		if (is_marked_up(x, descriptions->v[i]) == is_marked_up(x, body))
			return i;
	return 0;
}

/* Shares the descriptions out among the articles, as many as there are forms of the body: each gets the one that fits it.  What says
 * the same in another form needs no second look; what says something else stands in the first article.  Without a body, a
 * description in several forms is an article for each.  The number of articles. */
static size_t
share_out(const struct json_file *x, const struct forms *bodies, const struct forms *descriptions, struct parts out[FORMS])
{
	struct buf letters[FORMS];
	bool used[FORMS] = { false };
	size_t n = bodies->n;

	for (size_t i = 0; i < n; i++) {
		out[i] = (struct parts){ .body = bodies->v[i] };
		if (descriptions->n != 0) {
			size_t which = description_for(x, descriptions, bodies->v[i]);

			out[i].more[out[i].n++] = descriptions->v[which];
			used[which] = true;
		}
	}
	if (n == 0) {
		out[n++] = (struct parts){ .n = descriptions->n != 0, .more = { descriptions->n != 0 ? descriptions->v[0] : NULL } };
		used[0] = true;
	}
	for (size_t i = 0; i < descriptions->n; i++) {
		buf_init(&letters[i]);
		json_letters(&letters[i], x, descriptions->v[i]);
	}
	for (size_t i = 0; i < descriptions->n; i++) {
		bool said = used[i];

		for (size_t k = 0; k < descriptions->n && !said; k++)
			said = (used[k] || k < i) && letters[k].n == letters[i].n && memcmp(letters[k].s, letters[i].s, letters[i].n) == 0;
		if (!said)
			out[0].more[out[0].n++] = descriptions->v[i];
		else if (!used[i] && bodies->n == 0)
			out[n++] = (struct parts){ .n = 1, .more = { descriptions->v[i] } };
	}
	for (size_t i = 0; i < descriptions->n; i++)
		buf_release(&letters[i]);
	return n;
}

static void
say_what_is_left(const struct json_file *x, const struct forms *forms)
{
	if (forms->left != NULL)
		source_remark(x->src, REMARK_DAMAGED, layer_extent(&x->layer, forms->left->at, forms->left->end),
		    "more than 32 forms of one text, which are not read");
}

static const struct json *
next_story(const struct json_file *x, const struct json *all, const struct json *v)
{
	do
		v = next_associated(all, v);
	while (v != NULL && !is_story(x, v));
	return v;
}

/* `end`: where in the file what is told of with this item ends; stories among its associations begin where it ends. */
static void
read_item(struct reading *r, const struct json *item, uint32_t end, unsigned depth)
{
	struct forms bodies, descriptions;
	struct parts parts[FORMS];
	const struct json *all, *story, *id = json_get(item, "uri");
	size_t n, before = r->made;
	char number[16];

	find_forms(&bodies, &r->x, item, "body", "bodies");
	find_forms(&descriptions, &r->x, item, "description", "descriptions");
	say_what_is_left(&r->x, &bodies);
	say_what_is_left(&r->x, &descriptions);
	n = share_out(&r->x, &bodies, &descriptions, parts);
	if (!json_is_text(id))
		id = json_get(item, "guid");
	all = depth < DEPTH ? json_get(item, "associations") : NULL;
	story = next_story(&r->x, all, NULL);
	r->many = r->many || story != NULL;
	snprintf(number, sizeof number, "%u", ++r->number);
	for (size_t i = 0; i < n; i++) {
		const struct json *form = parts[i].body != NULL ? parts[i].body : parts[i].more[0];
		const char *name = json_name(&r->x.arena, &r->x, id);
		struct article *a;
		struct flow f;

		if (name == NULL)
			name = number;
		if (n > 1)
			name = arena_printf(&r->x.arena, "%s %s", name, form_name(&r->x.arena, &r->x, form));
		a = intake_begin(r->in, r->x.src, "ninjs", r->many || n > 1 ? name : NULL);
		flow_init(&f, a);
		put_article(&f, &r->x, item, &parts[i]);
		if (article_find_block(a, ~(KIND(BLOCK_SLUG) | KIND(BLOCK_BYLINE) | KIND(BLOCK_DATELINE) | KIND(BLOCK_CREDIT))) == NULL)
			continue;
		r->made++;
		intake_end(r->in, i + 1 < n && parts[i].body != NULL ? parts[i].body->end : story != NULL ? story->at : end);
	}
	if (r->made == before) {
		r->why = what_it_is(&r->x, item);
		intake_skip(r->in, json_is_text(id) ? json_name(&r->x.arena, &r->x, id) : number,
		    story != NULL ? story->at : end, r->why);
	}
	while (story != NULL) {
		const struct json *next = next_story(&r->x, all, story);

		read_item(r, story, next != NULL ? next->at : end, depth + 1);
		story = next;
	}
}

static int
sniff(const struct look *k)
{
	static const char *const signs[] = {
		"headline", "headline_*", "headlines", "body_*", "bodies", "description_*", "descriptions", "versioncreated",
		"versionCreated", "type", "title", "associations", "pubstatus", "pubStatus", "renditions", "$standard", "standard", "usageterms",
		"usageTerms", "ednote", "copyrightnotice", "copyrightholder", "byline", "trustindicators", "rightsinfo", "rightsInfo"
	};

	if (!k->json || (!look_key(k, "uri") && !look_key(k, "guid")))
		return 0;
	if (look_key(k, "$schema") && look_key(k, "properties"))
		return 0;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (look_key(k, signs[i]))
			return 70;
	return look_key(k, "uri") ? 30 : 0;
}

static bool
read_ninjs(struct source *src, struct intake *in)
{
	struct reading r = { .in = in };
	const struct json *item, *next;

	json_file_open(&r.x, src);
	item = json_next_item(&r.x, NULL);
	r.many = item != NULL && (r.x.root->kind == JSON_ARRAY || json_next_item(&r.x, item) != NULL);
	for (; item != NULL; item = next) {
		next = json_next_item(&r.x, item);
		read_item(&r, item, next != NULL ? item->end : UINT32_MAX, 0);
	}
	if (r.made == 0)
		in->refusal = r.why != NULL ? r.why : r.x.root == NULL ? "no JSON value" : "no object of ninjs in it";
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
	.reserved = "\"\\",
	.sniff = sniff,
	.read = read_ninjs,
};
