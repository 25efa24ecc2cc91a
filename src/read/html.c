/* The reader of HTML: whole pages, and fragments.
 *
 * The fields come from what the page says of itself (html_meta.c), the story from where it stands (html_region.c): headline, deck,
 * byline, the lead picture's caption, then the body.  What of these stands inside the body's element is put where it belongs all
 * the same. */
#include "read/addresses.h"
#include "read/body.h"
#include "read/comments.h"
#include "read/html_ld.h"
#include "read/html_meta.h"
#include "read/html_region.h"
#include "read/layer.h"
#include "reader.h"
#include "sniff.h"
#include "util/str.h"

#include <ctype.h>
#include <string.h>

struct html {
	struct source *src;
	struct arena arena;
	struct layer layer;
	const struct dom *root;
	struct flow flow;
	struct region region;
	const struct dom *ld;		/* the script that holds the story, where the page shows less than half of it; else NULL */
	const struct dom *headline, *deck, *byline, *within;	/* within: what of the page belongs to the story */
};

static size_t
text_length(const struct html *h, const struct dom *el)
{
	size_t n = 0;

	for (const struct dom *d = dom_next(el, el); d != NULL; d = dom_next(el, d))
		if (d->kind == DOM_TEXT)
			for (uint32_t i = d->at; i < d->end; i++)
				n += (unsigned char)h->layer.s[i] > ' ';
	return n;
}

/* The article that the body lies in: its nearest <article> or <main>; else the whole page. */
static const struct dom *
story_of(const struct html *h)
{
	const struct dom *el = h->region.nparts != 0 ? h->region.parts[0] : NULL;

	for (; el != NULL; el = el->parent)
		if (dom_is(el, "article") || dom_is(el, "main") || dom_attr_is(el, "role", "main"))
			return el;
	return h->root;
}

/* Is it of a menu, a teaser, a foot, a picture? */
static bool
is_aside(const struct dom *el, const struct dom *top)
{
	for (; el != NULL && el != top; el = el->parent)
		if (dom_is(el, "nav") || dom_is(el, "footer") || dom_is(el, "aside") || dom_is(el, "figure") ||
		    dom_attr(el, "hidden") != NULL || dom_is(el, "template") || dom_is(el, "noscript"))
			return true;
	return false;
}

static struct block *
put(struct html *h, const struct dom *el, enum block_kind kind)
{
	flow_drop(&h->flow);
	body_put(&h->flow, &h->layer, el);
	return flow_block(&h->flow, kind, SURE, true);
}

/* How many bytes of it are a no-break blank, a curly mark or their like. */
static size_t
mark_at(const char *s, const char *end)
{
	if (end - s >= 2 && s[0] == '\xC2')				/* U+0080 to U+00BF */
		return 2;
	return end - s >= 3 && s[0] == '\xE2' && s[1] == '\x80' ? 3 : 0;	/* U+2000 to U+203F */
}

/* The letters and figures of el's text, to compare what differs in blanks and marks, no-break and curly ones too; at most so many. */
enum { LETTERS = 200 };
static size_t
letters_of(const struct html *h, const struct dom *el, char out[LETTERS])
{
	struct text text;
	size_t n = 0;

	text_init(&text);
	body_text(&text, &h->layer, el);
	for (size_t i = 0, skip; i < text.n && n < LETTERS; i += skip != 0 ? skip : 1)
		if ((skip = mark_at(text.s + i, text.s + text.n)) == 0 &&
		    (isalnum((unsigned char)text.s[i]) || (unsigned char)text.s[i] >= 0x80))
			out[n++] = text.s[i];
	text_release(&text);
	return n;
}

/* What stands in the page's title, perhaps with the outlet's name behind it, is the headline. */
static bool
is_titled(const struct html *h, const struct dom *el, const char *title, size_t ntitle)
{
	char letters[LETTERS];
	size_t n = letters_of(h, el, letters);

	return n >= 10 && n <= ntitle && n * 5 >= ntitle * 2 && memmem(title, ntitle, letters, n) != NULL;
}

/* The headline: what the title says too; else the first <h1> of the story, else of the page, above the end of the body. */
static const struct dom *
find_headline(const struct html *h)
{
	const struct dom *tops[2] = { h->within, h->root }, *title = dom_find(h->root, "title");
	const struct dom *last = h->region.nparts != 0 ? h->region.parts[h->region.nparts - 1] : h->root;
	const struct dom *first = NULL, *second = NULL;		/* an <h1>; the highest of those that the title says too */
	char letters[LETTERS];
	size_t n = title != NULL ? letters_of(h, title, letters) : 0;

	for (size_t k = 0; k < 2; k++)
		for (const struct dom *d = dom_next(tops[k], tops[k]); d != NULL && d->at < last->end; d = dom_next(tops[k], d)) {
			if (d->kind != DOM_ELEMENT || d->name[0] != 'h' || d->name[1] < '1' || d->name[1] > '6' || d->name[2] != '\0')
				continue;
			if (d->name[1] > '3' && (n == 0 || (second != NULL && second->name[1] <= d->name[1])))
				continue;
			if (is_aside(d, tops[k]) || text_length(h, d) < 5)
				continue;
			if ((d->name[1] <= '3' && body_has_word(d, "itemprop", "headline")) || (d->name[1] == '1' && is_titled(h, d, letters, n)))
				return d;
			if (first == NULL && d->name[1] == '1')
				first = d;
			if ((second == NULL || d->name[1] < second->name[1]) && d->name[1] != '1' && is_titled(h, d, letters, n))
				second = d;
		}
	return second != NULL ? second : first;
}

/* The content of a meta element as the headline, where the page shows none. */
static struct block *
put_title(struct html *h)
{
	const struct dom *title = dom_find(h->root, "title");

	for (const struct dom *d = dom_find(h->root, "meta"); d != NULL; d = dom_next(h->root, d)) {
		const struct xml_attr *a;

		if (dom_is(d, "meta") && dom_attr_is(d, "property", "og:title") &&
		    (a = dom_attr(d, "content")) != NULL && a->n != 0)
			return flow_whole_block(&h->flow, &h->layer, a->at, a->end, FLOW_MARKUP, BLOCK_HEADLINE);
	}
	return title != NULL ? put(h, title, BLOCK_HEADLINE) : NULL;
}

/* "9:39AM BST 05 Oct 2011", "Published: 11/18/2026": no name in it. */
static bool
is_date(const struct html *h, const struct dom *el)
{
	char letters[LETTERS];
	size_t n = letters_of(h, el, letters), figures = 0, first = n;

	for (size_t i = n; i-- > 0;)
		if (isdigit((unsigned char)letters[i])) {
			figures++;
			first = i;
		}
	return figures >= 4 && (first == 0 || (figures * 3 > n && n <= 20));
}

/* The element that says so; a date is none. */
static const struct dom *
find_by(const struct html *h, const char *itemprop, const char *rel, const char *classes, size_t longest)
{
	const struct dom *last = h->region.nparts != 0 ? h->region.parts[h->region.nparts - 1] : h->root;

	for (const struct dom *d = dom_next(h->within, h->within); d != NULL && d->at < last->end; d = dom_next(h->within, d)) {
		size_t n;

		if (d->kind != DOM_ELEMENT || d->nattrs == 0 || dom_is(d, "meta") || dom_is(d, "link"))
			continue;
		if (!body_has_word(d, "class", classes) && !(itemprop != NULL && body_has_word(d, "itemprop", itemprop)) &&
		    !(rel != NULL && body_has_word(d, "rel", rel)))
			continue;
		n = text_length(h, d);
		if (n >= 3 && n <= longest && !is_aside(d, h->within) && !is_date(h, d) && (h->headline == NULL || !dom_is_in(h->headline, d)))
			return d;
	}
	return NULL;
}

/* Does it stand in the story, or beside the headline in the same box or the next one out?  Teasers have boxes of their own. */
static bool
is_near_headline(const struct html *h, const struct dom *d)
{
	const struct dom *up = h->headline->parent;

	if (dom_is_in(d, h->region.around) || d->parent == up || d->parent->parent == up)
		return true;
	return up != NULL && (d->parent == up->parent || d->parent->parent == up->parent) && !dom_is(d->parent, "body");
}

/* The headline once more, of which these are the letters, or a day and the time of day? */
static bool
is_no_deck(const struct html *h, const struct dom *el, const char *headline, size_t nheadline)
{
	char letters[LETTERS];
	size_t n = letters_of(h, el, letters), figures = 0;

	for (size_t i = 0; i < n; i++)
		figures += str_is_digit(letters[i]);
	return figures * 4 > n || (n == nheadline && memcmp(letters, headline, n) == 0);
}

/* A heading between the headline and the first running text is the deck, whatever its class: it heads nothing. */
static const struct dom *
find_deck_heading(const struct html *h)
{
	enum { SHORTEST_DECK = 30, LONGEST_DECK = 400, RUNNING = 60 };		/* characters */
	const struct dom *top = h->within, *d, *last;
	char headline[LETTERS];
	size_t nheadline;

	if (h->headline == NULL || h->region.nparts == 0 || !dom_is_in(h->headline, top))
		return NULL;
	nheadline = letters_of(h, h->headline, headline);
	last = h->region.parts[h->region.nparts - 1];
	for (d = dom_after(top, h->headline); d != NULL && d->at < last->end; d = dom_next(top, d)) {
		size_t n;

		if (d->kind == DOM_TEXT && d->end - d->at >= RUNNING && !dom_is(d->parent, "script") && !dom_is(d->parent, "style"))
			return NULL;
		if (d->kind != DOM_ELEMENT || d->name[0] != 'h' || d->name[1] <= h->headline->name[1] || d->name[1] > '6')
			continue;
		if (is_no_deck(h, d, headline, nheadline))
			continue;
		n = text_length(h, d);
		return n >= SHORTEST_DECK && n <= LONGEST_DECK && !is_aside(d, top) && !region_skips(d, (void *)&h->region) &&
		    dom_find(d, "a") == NULL && is_near_headline(h, d) ? d : NULL;
	}
	return NULL;
}

/* "By <a rel=author>Ada Brandt</a>, 24 November": the line that the name stands in, where it begins with a word before the name. */
static const struct dom *
with_label(const struct html *h, const struct dom *name)
{
	enum { LONGEST_LABEL = 6, LONGEST_BYLINE = 120 };	/* characters */
	const struct dom *up = name->parent;
	size_t before = 0;

	if (up == NULL || up == h->within || !dom_is_one_of(up, "p div span address") || text_length(h, up) > LONGEST_BYLINE)
		return name;
	for (const struct dom *d = up->first; d != NULL && d != name; d = d->next) {
		if (d->kind == DOM_ELEMENT && d->first != NULL)
			return name;
		for (uint32_t i = d->at; d->kind == DOM_TEXT && i < d->end; i++)
			before += (unsigned char)h->layer.s[i] > ' ';
	}
	for (size_t i = 0; i < h->region.nparts; i++)
		if (dom_is_in(h->region.parts[i], up))
			return name;
	return before >= 2 && before <= LONGEST_LABEL ? up : name;
}

static bool
skip(const struct dom *el, void *arg)
{
	struct html *h = arg;

	return el == h->headline || el == h->deck || el == h->byline || region_skips(el, &h->region);
}

/* Captions of pictures that stand between the headline and the body. */
static void
lead_pictures(struct html *h)
{
	const struct dom *d = dom_next(h->within, h->within);
	uint32_t from = h->headline != NULL && dom_is_in(h->headline, h->within) ? h->headline->end : h->within->at;

	while (d != NULL && h->region.nparts != 0 && d->at < h->region.parts[0]->at) {
		if (dom_is(d, "figure") && d->at >= from && !is_aside(d->parent, h->within) &&
		    !dom_is_in(h->region.parts[0], d)) {
			const struct dom *caption = dom_find(d, "figcaption");

			if (caption != NULL)
				body_markup(&h->flow, &h->layer, d);
			d = dom_after(h->within, d);
		} else {
			d = dom_next(h->within, d);
		}
	}
}

/* Some pages are filled by a script, and hold the story in JSON-LD alone. */
static const struct dom *
find_ld_story(const struct html *h)
{
	size_t most = h->region.text * 2;
	const struct dom *found = NULL;

	for (const struct dom *d = dom_find(h->root, "script"); d != NULL; d = dom_next(h->root, d))
		if (dom_is(d, "script") && dom_attr_is(d, "type", "application/ld+json")) {
			size_t n = html_ld_body(NULL, &h->layer, d->in, d->out);

			if (n > most && n > 200) {
				most = n;
				found = d;
			}
		}
	return found;
}

/* What the parts of the body load is told with them. */
static bool
is_part(const struct dom *el, void *arg)
{
	const struct html *h = arg;

	for (size_t i = 0; i < h->region.nparts; i++)
		if (el == h->region.parts[i])
			return true;
	return false;
}

static size_t
read_story(struct html *h)
{
	size_t made = 0;

	h->within = story_of(h);
	h->headline = find_headline(h);
	h->deck = find_by(h, "alternativeHeadline description", NULL,
	    "standfirst deck dek subtitle sub-title subheadline sub-headline article-subtitle article__subtitle", 600);
	if (h->deck == NULL)
		h->deck = find_deck_heading(h);
	h->byline = find_by(h, "author", "author", "byline author author-name byline-name article-author article__author c-byline", 200);
	if (h->byline != NULL)
		h->byline = with_label(h, h->byline);
	if (h->headline != NULL)
		flow_field_of(&h->flow, put(h, h->headline, BLOCK_HEADLINE), FIELD_HEADLINE,
		    arena_strdup(&h->flow.a->arena, h->headline->name));
	else
		put_title(h);
	if (h->deck != NULL)
		put(h, h->deck, BLOCK_STANDFIRST);
	if (h->byline != NULL)
		flow_field_of(&h->flow, put(h, h->byline, BLOCK_BYLINE), FIELD_BYLINE, "byline");
	if (h->deck != NULL)
		addresses_seen(&h->flow, &h->layer, h->deck, NULL, NULL);
	if (h->byline != NULL)
		addresses_seen(&h->flow, &h->layer, h->byline, NULL, NULL);
	lead_pictures(h);
	if (h->ld != NULL) {
		size_t before = h->flow.a->nblocks;

		html_ld_body(&h->flow, &h->layer, h->ld->in, h->ld->out);
		return h->flow.a->nblocks - before;
	}
	for (size_t i = 0; i < h->region.nparts; i++)
		made += body_markup_but(&h->flow, &h->layer, h->region.parts[i], skip, h);
	addresses_loaded(&h->flow, &h->layer, h->root, is_part, h);
	return made;
}

static int
sniff(const struct look *k)
{
	if (!k->rooted)
		return 0;
	if (k->root.html || look_root_is(k, "html"))
		return 80;
	/* a fragment: it may also be plain text that tags are left in, the name decides */
	return sniff_is_html(&k->root);
}

/* A script that never ends holds all that follows it, for browsers too. */
static void
say_open_script(const struct html *h)
{
	const struct dom *d = h->root;

	while (d->kind == DOM_ELEMENT && d->last != NULL)
		d = d->last;
	while (d != NULL && d->kind != DOM_ELEMENT)
		d = d->parent;
	if (d != NULL && (dom_is(d, "script") || dom_is(d, "style")) && d->out == d->end && d->in < d->out)
		source_remark(h->src, REMARK_DAMAGED, layer_extent(&h->layer, d->at, d->in),
		    arena_printf(&h->src->arena, "'%s' never ends and holds all that follows", d->name));
}

/* A page that wirelint itself has made lies among stories, perhaps, and quotes their faults. */
static bool
is_report(const struct dom *root)
{
	for (const struct dom *d = dom_find(root, "meta"); d != NULL; d = dom_next(root, d))
		if (dom_is(d, "meta") && dom_attr_is(d, "name", "generator") && dom_attr_is(d, "content", "wirelint"))
			return true;
	return false;
}

static bool
read_html(struct source *src, struct intake *in)
{
	struct html h;
	bool ok;

	memset(&h, 0, sizeof h);
	arena_init(&h.arena);
	h.src = src;
	h.layer = layer_of_source(src);
	h.root = dom_html(&h.arena, src->s, src->len);
	comments_take(src, &h.layer, h.root, false);
	flow_init(&h.flow, intake_begin(in, src, "html", NULL));
	say_open_script(&h);
	if (is_report(h.root)) {
		in->refusal = "a page that wirelint has made";
		arena_release(&h.arena);
		return false;
	}
	region_find(&h.region, &h.arena, src->s, h.root);
	html_meta(&h.flow, &h.layer, h.root);
	h.ld = find_ld_story(&h);
	ok = (h.region.nparts != 0 || h.ld != NULL) && read_story(&h) != 0;
	arena_release(&h.arena);	/* the tree of a long page takes more than the page: it goes before rules run */
	if (ok)
		intake_end(in, UINT32_MAX);
	else
		in->refusal = "a page without running text";
	return ok;
}

const struct reader reader_html = {
	.name = "html",
	.title = "HTML: the story on a page, or a fragment",
	.suffixes = "html htm xhtml",
	.signs = "a document type of HTML or the outermost element 'html'; a fragment by its name",
	.fields = "headline byline dateline located provider source creditline copyright-holder copyright-notice usage-terms pub-status version signal "
	    "language published canonical link image loaded robots",
	.reserved = "&<",
	.sniff = sniff,
	.read = read_html,
};
