/* Where on a page the story stands.
 *
 * Running text tells: a paragraph is worth more the longer it is and the more commas it holds, and gives its worth to the element
 * around it, half of it to the next outside, less further out.  Text within links counts against an element, for menus and
 * teasers are made of it.  The element that is worth most holds the story; what stands beside it and is of the same kind
 * belongs to it.  Then what is not the story is taken out of it: lists of links, forms, boxes with a class that says so.
 *
 * What publishers say themselves (itemprop="articleBody") outweighs all that, if it holds the text. */
#include "read/html_region.h"

#include "read/body.h"
#include "util/str.h"

#include <pthread.h>
#include <string.h>

enum { LIST_APART, LIST_BESIDE, LIST_STORY, LIST_GOOD, LIST_POOR, LISTS };

static const struct { unsigned char list; const char *word; } words[] = {
#define WORD(list, word) { LIST_##list, word },
#include "read/html_words.def"
#undef WORD
};

struct stat {
	const struct dom *d;
	uint32_t text, link, heading, item;	/* characters in it; of them within links, headings, list items */
	uint32_t commas;
	uint16_t paragraphs, images, items, inputs;
	float score;
	unsigned char says;			/* by class and id: a bit a list */
	uint32_t running;			/* characters of paragraphs in it that are no links, nor in what is apart */
	bool hidden;				/* it or what it stands in is not shown, or not the story */
	bool figure, data;			/* stands in a figure; in a table of data */
	bool block;				/* has a block inside */
};

struct page {
	struct region *r;
	struct arena *arena;			/* for what the region keeps */
	struct arena *own;			/* for what is worked out on the way */
	const char *s;
	struct stat *v;				/* by number */
	uint32_t n;
	bool lenient;				/* classes do not hide anything */
};

/* ---- what an element says of itself ---- */

/* The words by their first two characters: where a list goes on is next[]. */
enum { NO_WORD = 255 };
static struct { unsigned char first[1024], next[sizeof words / sizeof *words]; } by_begin;
static pthread_once_t by_begin_once = PTHREAD_ONCE_INIT;

static unsigned
begins(const char *s)
{
	return (unsigned)(s[0] & 31) << 5 | (unsigned)(s[1] & 31);
}

static void
make_by_begin(void)
{
	_Static_assert(sizeof words / sizeof *words < NO_WORD, "the words are numbered in a byte");
	memset(&by_begin, NO_WORD, sizeof by_begin);
	for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
		by_begin.next[w] = by_begin.first[begins(words[w].word)];
		by_begin.first[begins(words[w].word)] = (unsigned char)w;
	}
}

static unsigned
says(const struct dom *el)
{
	unsigned set = 0;

	for (uint32_t i = 0; i < el->nattrs; i++) {
		const struct xml_attr *a = &el->attrs[i];

		if (a->n == 0 || a->n > 500 || (strcmp(a->name, "class") != 0 && strcmp(a->name, "id") != 0))
			continue;
		for (size_t k = 0; k + 1 < a->n; k++)
			for (unsigned w = by_begin.first[begins(a->value + k)]; w != NO_WORD; w = by_begin.next[w])
				if (!(set >> words[w].list & 1) && str_case_begins(a->value + k, a->n - k, words[w].word))
					set |= 1u << words[w].list;
	}
	return set;
}

static int
weight(const struct stat *st)
{
	return (st->says >> LIST_GOOD & 1 ? 25 : 0) - (st->says >> LIST_POOR & 1 ? 25 : 0);
}

static bool
is_not_shown(const struct dom *el)
{
	return dom_is_one_of(el, "script style noscript template svg iframe object embed head select button input textarea canvas audio video "
	    "link meta dialog option map") || body_is_hidden(el);
}

static bool
holds_much(const struct page *p, const struct stat *st)
{
	return st->running > 300 && st->running * 10 > p->v[0].running;
}

static bool
is_apart(const struct page *p, const struct stat *st)
{
	const struct dom *el = st->d;
	const struct xml_attr *role = dom_attr(el, "role");

	if (dom_is_one_of(el, "nav"))
		return true;
	if (p->lenient || dom_is_one_of(el, "html body article main a table td tr tbody p"))
		return false;
	if ((st->says >> LIST_APART & 1) && !(st->says >> LIST_STORY & 1))
		return true;
	if ((st->says >> LIST_BESIDE & 1) && !(st->says >> LIST_STORY & 1) && !holds_much(p, st))
		return true;
	return role != NULL && (dom_attr_is(el, "role", "menu") || dom_attr_is(el, "role", "menubar") ||
	    dom_attr_is(el, "role", "complementary") || dom_attr_is(el, "role", "navigation") || dom_attr_is(el, "role", "alert") ||
	    dom_attr_is(el, "role", "dialog") || dom_attr_is(el, "role", "alertdialog"));
}

/* ---- counting ---- */

/* Characters of text, a run of white space as one; commas of many scripts. */
static void
count_text(struct page *p, struct stat *st)
{
	const char *s = p->s + st->d->at, *end = p->s + st->d->end;
	bool blank = true;

	for (; s < end; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			st->text += !blank;
			blank = true;
			continue;
		}
		st->text += (c & 0xC0) != 0x80;
		blank = false;
		if (c == ',' || (c == 0xD8 && s + 1 < end && (unsigned char)s[1] == 0x8C) ||
		    (c == 0xEF && end - s > 2 && (unsigned char)s[1] == 0xBC && (unsigned char)s[2] == 0x8C) ||
		    (c == 0xE3 && end - s > 2 && (unsigned char)s[1] == 0x80 && (unsigned char)s[2] == 0x81))
			st->commas++;
	}
	if (blank && st->text > 0)
		st->text--;
}

static bool
is_block(const struct dom *el)
{
	return dom_is_one_of(el, "article aside blockquote dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav "
	    "ol p pre section table td th tr ul");
}

/* From the leaves up: a node's number is above its parent's. */
static void
count(struct page *p)
{
	for (uint32_t i = 0; i < p->n; i++) {
		struct stat *st = &p->v[i];
		const struct stat *up = st->d->parent != NULL ? &p->v[st->d->parent->number] : NULL;

		if (st->d->kind == DOM_ELEMENT) {
			st->hidden = (up != NULL && up->hidden) || is_not_shown(st->d) || is_apart(p, st);
			st->figure = (up != NULL && up->figure) || dom_is(st->d, "figure");
			st->data = (up != NULL && up->data) || (dom_is(st->d, "table") && (dom_find(st->d, "th") != NULL ||
			    dom_child(st->d, "caption") != NULL));
		} else {
			st->hidden = up->hidden || st->d->kind == DOM_COMMENT;
		}
	}
	for (uint32_t i = p->n; i-- > 1;) {
		struct stat *st = &p->v[i], *up = &p->v[st->d->parent->number];

		if (st->hidden) {
			/* a form's fields speak against it */
			if (dom_is(st->d, "input"))
				up->inputs++;
			continue;
		}
		if (st->d->kind == DOM_TEXT) {
			count_text(p, st);
		} else if (st->d->kind == DOM_ELEMENT) {
			if (dom_is(st->d, "a")) {
				const struct xml_attr *href = dom_attr(st->d, "href");

				/* a link within the page is a note, not a menu */
				st->link = href != NULL && href->n > 1 && href->value[0] == '#' ? st->text * 3 / 10 : st->text;
			}
			if (dom_is(st->d, "img"))
				st->images++;
			if (dom_is(st->d, "p"))
				st->paragraphs++;
			if (dom_is(st->d, "li")) {
				st->items++;
				st->item = st->text;
			}
			if (st->d->name[0] == 'h' && st->d->name[1] >= '1' && st->d->name[1] <= '6')
				st->heading = st->text;
			if (is_block(st->d))
				up->block = true;
		}
		up->block = up->block || (st->block && st->d->kind == DOM_ELEMENT);
		up->text += st->text;
		up->link += st->link;
		up->heading += st->heading;
		up->item += st->item;
		up->commas += st->commas;
		up->images = (uint16_t)(up->images + st->images);
		up->paragraphs = (uint16_t)(up->paragraphs + st->paragraphs);
		up->items = (uint16_t)(up->items + st->items);
		up->inputs = (uint16_t)(up->inputs + st->inputs);
	}
}

static void
count_running(struct page *p)
{
	for (uint32_t i = 1; i < p->n; i++) {
		const struct dom *d = p->v[i].d;

		if (d->kind == DOM_TEXT && (dom_is(d->parent, "p") || (dom_is(d->parent->parent != NULL ? d->parent->parent : d->parent, "p") &&
		    !dom_is(d->parent, "a"))))
			p->v[i].running = d->end - d->at;
	}
	for (uint32_t i = p->n; i-- > 1;) {
		const struct stat *st = &p->v[i];
		bool apart = (st->says >> LIST_APART & 1) && !(st->says >> LIST_STORY & 1);

		if (st->d->kind == DOM_TEXT || (st->d->kind == DOM_ELEMENT && !apart && !is_not_shown(st->d)))
			p->v[st->d->parent->number].running += st->running;
	}
}

static float
link_density(const struct stat *st)
{
	return st->text == 0 ? 0 : (float)st->link / (float)st->text;
}

/* ---- the story's element ---- */

static float
first_score(const struct stat *st)
{
	float score = (float)weight(st);

	if (dom_is_one_of(st->d, "div main article section"))
		score += 5;
	else if (dom_is_one_of(st->d, "pre td blockquote"))
		score += 3;
	else if (dom_is_one_of(st->d, "address ol ul dl dd dt li form"))
		score -= 3;
	else if (dom_is_one_of(st->d, "h1 h2 h3 h4 h5 h6 th"))
		score -= 5;
	return score;
}

enum { LEVELS = 5, SHORTEST = 25 };

static void
score(struct page *p)
{
	bool *scored = arena_alloc(p->own, p->n);

	for (uint32_t i = 1; i < p->n; i++) {
		const struct stat *st = &p->v[i];
		const struct dom *up = st->d->parent;
		float worth;

		if (st->d->kind != DOM_ELEMENT || st->hidden || st->text < SHORTEST)
			continue;
		if (!dom_is_one_of(st->d, "p pre td h2 h3 h4 h5 h6 blockquote section") && !(dom_is(st->d, "div") && !st->block))
			continue;
		if (dom_is_one_of(st->d, "section blockquote td") && st->block)
			continue;
		worth = 1 + (float)(st->commas + 1) + (st->text >= 300 ? 3 : (float)(st->text / 100));
		for (unsigned level = 0; level < LEVELS && up != NULL && up->number != 0 && !dom_is(up, "html"); level++, up = up->parent) {
			struct stat *u = &p->v[up->number];

			if (!scored[up->number]) {
				scored[up->number] = true;
				u->score = first_score(u);
			}
			u->score += worth / (level == 0 ? 1 : level == 1 ? 2 : (float)(level * 3));
		}
	}
	for (uint32_t i = 1; i < p->n; i++)
		if (scored[i])
			p->v[i].score *= 1 - link_density(&p->v[i]);
}

/* The element worth most; further out where several good ones share it. */
static const struct dom *
best(const struct page *p)
{
	enum { KEEP = 5 };
	const struct stat *top[KEEP] = { NULL };
	const struct dom *el;
	float last;

	for (uint32_t i = 1; i < p->n; i++) {
		const struct stat *st = &p->v[i];
		size_t k = KEEP;

		if (st->d->kind != DOM_ELEMENT || st->hidden || st->score <= 0)
			continue;
		while (k > 0 && (top[k - 1] == NULL || st->score > top[k - 1]->score))
			k--;
		if (k < KEEP) {
			memmove(&top[k + 1], &top[k], (KEEP - 1 - k) * sizeof *top);
			top[k] = st;
		}
	}
	if (top[0] == NULL)
		return NULL;
	el = top[0]->d;
	for (const struct dom *up = el->parent; up != NULL && up->number != 0 && !dom_is(up, "body"); up = up->parent) {
		unsigned share = 0;

		for (size_t k = 1; k < KEEP && top[k] != NULL; k++)
			share += top[k]->score >= top[0]->score * 0.75f && dom_is_in(top[k]->d, up) && !dom_is_in(top[k]->d, el) &&
			    !dom_is_in(el, top[k]->d);
		if (share >= 2) {
			el = up;
			break;
		}
	}
	/* outside may be more of the same: worth grows on the way out */
	last = p->v[el->number].score;
	for (const struct dom *up = el->parent; up != NULL && up->number != 0 && !dom_is(up, "body"); up = up->parent) {
		float s = p->v[up->number].score;

		if (s == 0)
			continue;
		if (s < p->v[el->number].score / 3)
			break;
		if (s > last) {
			el = up;
			break;
		}
		last = s;
	}
	/* an only child is no smaller than what holds it */
	while (el->parent != NULL && el->parent->number != 0 && !dom_is(el->parent, "body")) {
		const struct dom *up = el->parent;

		if (p->v[up->number].text != p->v[el->number].text)
			break;
		el = up;
	}
	return el;
}

static void
add_part(struct page *p, const struct dom *el)
{
	p->r->parts[p->r->nparts++] = el;
	p->r->text += p->v[el->number].text;
}

/* What stands beside the story's element and is of its kind. */
static void
gather(struct page *p, const struct dom *el)
{
	const struct stat *top = &p->v[el->number];
	float enough = top->score * 0.2f > 10 ? top->score * 0.2f : 10;
	const struct xml_attr *class = dom_attr(el, "class");
	size_t n = 0;

	for (const struct dom *d = el->parent->first; d != NULL; d = d->next)
		n++;
	p->r->parts = ARENA_ARRAY(p->arena, const struct dom *, n);
	p->r->around = el->parent;
	for (const struct dom *d = el->parent->first; d != NULL; d = d->next) {
		const struct stat *st = &p->v[d->number];
		const struct xml_attr *c;
		float bonus = 0;

		if (d->kind != DOM_ELEMENT || st->hidden)
			continue;
		c = dom_attr(d, "class");
		if (class != NULL && c != NULL && c->n == class->n && c->n != 0 && memcmp(c->value, class->value, c->n) == 0)
			bonus = top->score * 0.2f;
		if (d == el || (st->score > 0 && st->score + bonus >= enough))
			add_part(p, d);
		else if (dom_is(d, "p") && ((st->text > 80 && link_density(st) < 0.25f) ||
		    (st->text != 0 && st->text <= 80 && st->link == 0 && st->commas == 0 && p->s[d->out - 1] == '.')))
			add_part(p, d);
	}
	if (p->r->nparts == 1)
		p->r->around = el;
}

/* What a publisher marks as the story's body, if it holds text. */
static bool
marked(struct page *p)
{
	size_t n = 0, most = 0;
	const struct dom *around = NULL;

	for (uint32_t i = 1; i < p->n; i++)
		most += p->v[i].d->kind == DOM_ELEMENT && body_has_word(p->v[i].d, "itemprop", "articleBody");
	if (most == 0)
		return false;
	p->r->parts = ARENA_ARRAY(p->arena, const struct dom *, most);
	for (uint32_t i = 1; i < p->n; i++) {
		const struct stat *st = &p->v[i];

		if (st->d->kind != DOM_ELEMENT || st->hidden || st->text < 20 || !body_has_word(st->d, "itemprop", "articleBody"))
			continue;
		if (n != 0 && dom_is_in(st->d, p->r->parts[n - 1]))
			continue;
		p->r->parts[n++] = st->d;
		p->r->text += st->text;
		if (around == NULL)
			around = st->d;
		while (!dom_is_in(st->d, around))
			around = around->parent;
	}
	p->r->nparts = n;
	p->r->around = around;
	return n != 0;
}

/* ---- what is in it and not of it ---- */

static bool
is_list(const struct stat *st)
{
	return dom_is_one_of(st->d, "ul ol") || st->item * 10 > st->text * 9;
}

static bool
is_clutter(const struct page *p, const struct stat *st)
{
	const struct dom *el = st->d;
	float links = link_density(st);
	int w = weight(st);

	if (st->hidden)
		return true;
	if (dom_is_one_of(el, "nav") || (dom_is(el, "footer") && !(el->parent != NULL && dom_is(el->parent, "blockquote"))))
		return true;
	if (dom_is(el, "aside"))
		return !body_has_word(el, "class", "pullquote pull-quote pull_quote") && !st->figure;
	if ((st->says >> LIST_POOR & 1) && st->text < 500 && (body_has_word(el, "class", "share sharedaddy sharing social") ||
	    body_has_word(el, "id", "share")))
		return true;
	if (!dom_is_one_of(el, "form fieldset table ul ol div section") || st->data || st->figure)
		return false;
	if (dom_is_one_of(el, "form fieldset") && st->inputs != 0 && st->commas < 10)
		return true;
	if (dom_is_one_of(el, "form fieldset"))
		return false;
	if (w < 0 && !p->lenient && !((st->says >> LIST_BESIDE & 1) && holds_much(p, st)))
		return true;
	if (st->commas >= 10)
		return false;
	if (st->inputs > st->paragraphs / 3)
		return true;
	if (is_list(st))
		return w < 25 ? links > 0.6f : links > 0.8f;
	if (st->items > st->paragraphs && !dom_is(el, "section") && links > 0.2f)
		return true;
	return w < 25 ? links > 0.2f : links > 0.5f;
}

static void
take_out(struct page *p)
{
	p->r->out = arena_alloc(p->arena, p->n);
	for (size_t k = 0; k < p->r->nparts; k++) {
		const struct dom *part = p->r->parts[k];

		for (const struct dom *d = dom_next(part, part); d != NULL;) {
			if (d->kind == DOM_ELEMENT && is_clutter(p, &p->v[d->number])) {
				p->r->out[d->number] = 1;
				d = dom_after(part, d);
			} else {
				d = dom_next(part, d);
			}
		}
	}
}

bool
region_skips(const struct dom *el, void *arg)
{
	return ((const struct region *)arg)->out[el->number];
}

static void
find(struct page *p)
{
	const struct dom *el;

	memset(p->r, 0, sizeof *p->r);
	for (uint32_t i = 0; i < p->n; i++)
		p->v[i] = (struct stat){ .d = p->v[i].d, .says = p->v[i].says, .running = p->v[i].running };
	count(p);
	score(p);
	el = best(p);
	if (marked(p) && (el == NULL || p->r->text * 2 >= p->v[el->number].text))
		return;
	p->r->nparts = p->r->text = 0;
	if (el != NULL)
		gather(p, el);
}

void
region_find(struct region *r, struct arena *arena, const char *s, const struct dom *root)
{
	struct arena own;
	struct page p = { .r = r, .arena = arena, .own = &own, .s = s };
	const struct dom *d;

	pthread_once(&by_begin_once, make_by_begin);
	arena_init(&own);
	for (d = root; d != NULL; d = dom_next(root, d))
		p.n = d->number + 1;
	p.v = arena_alloc(&own, p.n * sizeof *p.v);
	for (d = root; d != NULL; d = dom_next(root, d)) {
		p.v[d->number].d = d;
		if (d->kind == DOM_ELEMENT)
			p.v[d->number].says = (unsigned char)says(d);
	}
	count_running(&p);
	find(&p);
	if (r->text < 500) {
		struct region strict = *r;

		p.lenient = true;
		find(&p);
		if (r->text <= strict.text * 2 && strict.nparts != 0) {
			p.lenient = false;
			find(&p);
		}
	}
	/* a page of a few words: all of it */
	if (r->nparts == 0 && p.v[0].text != 0) {
		r->parts = ARENA_ARRAY(arena, const struct dom *, 1);
		r->around = dom_find(root, "body") != NULL ? dom_find(root, "body") : root;
		r->parts[r->nparts++] = r->around;
		r->text = p.v[0].text;
	}
	take_out(&p);
	arena_release(&own);
}
