/* What the news formats in XML share. */
#include "read/news.h"

#include "read/body.h"
#include "read/xml_file.h"
#include "util/str.h"
#include "util/xml.h"

#include <string.h>

/* ---- fields by tables ---- */

/* What is behind the first name of a path, if the element is so called; else NULL. */
static const char *
follow(const char *path, const struct dom *el)
{
	const char *name;

	if (el->kind != DOM_ELEMENT)
		return NULL;
	name = el->name;
	for (; *name != '\0' && *name == *path; name++)
		path++;
	return *name == '\0' && (*path == '/' || *path == '\0') ? path : NULL;
}

void
news_each(const struct dom *top, const char *path, void (*each)(const struct dom *el, void *arg), void *arg)
{
	const char *rest;

	for (const struct dom *d = top != NULL ? top->first : NULL; d != NULL; d = d->next)
		if ((rest = follow(path, d)) == NULL)
			continue;
		else if (*rest == '\0')
			each(d, arg);
		else
			news_each(d, rest + 1, each, arg);
}

static bool
put_text(struct flow *f, const struct layer *l, const struct dom *el, enum field_name field, const char *key)
{
	if (el == NULL)
		return false;
	flow_drop(f);
	news_put(f, l, el);
	return flow_field(f, field, key) != NULL;
}

void
news_party(struct flow *f, const struct layer *l, const struct dom *el, enum field_name field, const char *key)
{
	if (el != NULL && !put_text(f, l, dom_child(el, "name"), field, key) && xml_attr_field(f, l, el, "literal", field, key) == NULL &&
	    xml_attr_field(f, l, el, "qcode", field, key) == NULL)
		xml_attr_field(f, l, el, "uri", field, key);
}

struct row_arg {
	struct flow *f;
	const struct layer *l;
	const struct news_row *row;
};

static void
put_row(const struct dom *el, void *arg)
{
	struct row_arg *a = arg;
	const struct news_row *row = a->row;

	if (row->attr == NULL)
		put_text(a->f, a->l, el, row->field, row->key);
	else if (row->attr[0] == '\0')
		news_party(a->f, a->l, el, row->field, row->key);
	else
		xml_attr_field(a->f, a->l, el, row->attr, row->field, row->key);
}

void
news_rows(struct flow *f, const struct layer *l, const struct dom *top, const struct news_row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct row_arg a = { f, l, &rows[i] };

		news_each(top, rows[i].path, put_row, &a);
	}
}

void
news_empty_field(struct flow *f, uint32_t a, uint32_t z, enum field_name field, const char *key)
{
	struct text *t = &f->a->text;

	/* an empty range lies behind the character before it: one that stands for the place */
	flow_drop(f);
	text_segment(t, SEG_BREAK, "\n", 1, (struct extent){ a, z });
	article_field(f->a, field, (uint32_t)t->n)->key = key;
}

bool
news_has_field(struct news_seen *seen, const struct article *a, enum field_name name)
{
	for (; seen->n < a->nfields; seen->n++)
		seen->names |= (uint32_t)1 << a->fields[seen->n].name;
	return seen->names >> name & 1;
}

/* ---- text ---- */

bool
news_has_text(const struct layer *l, const struct dom *el)
{
	if (el == NULL)
		return false;
	for (const struct dom *d = dom_next(el, el); d != NULL; d = dom_next(el, d))
		if (d->kind == DOM_TEXT || d->kind == DOM_CDATA)
			for (uint32_t i = d->at; i < d->end; i++)
				if (!str_is_space(l->s[i]))
					return true;
	return false;
}

/* A time as it is written for machines ("20261123T0810Z") is none of the line's words. */
static bool
is_machine_date(const struct layer *l, const struct dom *el)
{
	const struct dom *d = el->first;
	unsigned digits = 0;

	if (!dom_is(el, "story.date"))
		return false;
	if (d == NULL || d->next != NULL || d->kind != DOM_TEXT)
		return d == NULL;
	for (uint32_t i = d->at; i < d->end; i++)
		if (l->s[i] >= '0' && l->s[i] <= '9')
			digits++;
		else if (strchr("TZ+-:. \t\r\n", l->s[i]) == NULL)
			return false;
	return digits >= 8;
}

static bool
ends_word(const struct layer *l, uint32_t at)
{
	return at > 0 && ((l->s[at - 1] >= 'a' && l->s[at - 1] <= 'z') || (l->s[at - 1] >= 'A' && l->s[at - 1] <= 'Z'));
}

/* Does the text behind an element begin with a mark that sticks to it? */
static bool
goes_on(const struct layer *l, const struct dom *d)
{
	return d != NULL && d->kind == DOM_TEXT && d->at < d->end && strchr(",.;:)/-", l->s[d->at]) != NULL;
}

void
news_put(struct flow *f, const struct layer *l, const struct dom *el)
{
	static const char apart[] = "byttl city state country region sublocation location story.date br p div li hl1 hl2 h1 h2 h3 "
	    "h4 h5 h6 section header ul ol tr td rights.owner rights.startdate rights.enddate rights.agent rights.geography rights.type "
	    "rights.limitations";

	for (const struct dom *d = el->first; d != NULL; d = d->next) {
		bool is_apart;

		switch (d->kind) {
		case DOM_TEXT:
			flow_put(f, l, d->at, d->end, FLOW_MARKUP);
			break;
		case DOM_CDATA:
			flow_put(f, l, d->at, d->end, FLOW_LITERAL);
			break;
		case DOM_COMMENT:
			break;
		case DOM_ELEMENT:
			if (is_machine_date(l, d) || dom_is(d, "script") || dom_is(d, "style"))
				break;
			/* "By<person>Jane Doe</person>" is two words and more */
			is_apart = dom_is_one_of(d, apart) || (dom_is(d, "person") && ends_word(l, d->at));
			if (is_apart)
				flow_blank(f, l, d->at, d->in);
			news_put(f, l, d);
			if (is_apart && !dom_is(d, "person") && d->out < d->end && !goes_on(l, d->next))
				flow_blank(f, l, d->out, d->end);
		}
	}
}

/* ---- the head ---- */

static const struct { enum block_kind kind; enum field_name field; } slots[HEAD_SLOTS] = {
	[HEAD_SLUG] = { BLOCK_SLUG, FIELD_COUNT },
	[HEAD_KICKER] = { BLOCK_KICKER, FIELD_COUNT },
	[HEAD_HEADLINE] = { BLOCK_HEADLINE, FIELD_HEADLINE },
	[HEAD_SUBHEAD] = { BLOCK_SUBHEAD, FIELD_COUNT },
	[HEAD_STANDFIRST] = { BLOCK_STANDFIRST, FIELD_COUNT },
	[HEAD_BYLINE] = { BLOCK_BYLINE, FIELD_BYLINE },
	[HEAD_DATELINE] = { BLOCK_DATELINE, FIELD_DATELINE },
	[HEAD_NOTE] = { BLOCK_EDITOR_NOTE, FIELD_COUNT },
};

void
head_init(struct head *h, struct arena *arena, const struct layer *l)
{
	memset(h, 0, sizeof *h);
	h->arena = arena;
	h->layer = l;
}

/* The characters of a line but for its white space, one after the other; 0 at the end.  References are compared as written. */
struct letters {
	const struct layer *l;
	const struct dom *top, *d;	/* d: the piece of text; NULL: an attribute */
	uint32_t at, end;
};

static struct letters
letters_of(const struct layer *l, const struct dom *el, const struct xml_attr *attr)
{
	if (attr != NULL)
		return (struct letters){ l, NULL, NULL, attr->at, attr->end };
	return (struct letters){ l, el, el, 0, 0 };
}

static int
next_letter(struct letters *s)
{
	for (;;) {
		while (s->at < s->end) {
			char c = s->l->s[s->at++];

			if (!str_is_space(c))
				return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
		}
		if (s->d == NULL || (s->d = dom_next(s->top, s->d)) == NULL)
			return 0;
		if (s->d->kind == DOM_TEXT || s->d->kind == DOM_CDATA) {
			s->at = s->d->at;
			s->end = s->d->end;
		}
	}
}

static bool
says_the_same(struct letters a, struct letters b)
{
	int c;

	do {
		c = next_letter(&a);
		if (c != next_letter(&b))
			return false;
	} while (c != 0);
	return true;
}

/* Of the first few lines only, so that a thousand of them take no longer than a thousand times one. */
static bool
slot_says(const struct head *h, enum head_slot slot, struct letters what)
{
	unsigned tries = 0;

	for (const struct head_line *line = h->first[slot]; line != NULL && tries < 8; line = line->next, tries++)
		if (says_the_same(letters_of(h->layer, line->el, line->attr), what))
			return true;
	return false;
}

bool
head_says(const struct head *h, const struct dom *el)
{
	struct letters what = letters_of(h->layer, el, NULL);

	return slot_says(h, HEAD_HEADLINE, what) || slot_says(h, HEAD_SUBHEAD, what);
}

void
head_add(struct head *h, enum head_slot slot, const struct dom *el, const struct xml_attr *attr, const char *key)
{
	struct letters what;
	struct head_line *line;

	if (attr == NULL && !news_has_text(h->layer, el))
		return;
	what = letters_of(h->layer, el, attr);
	if (slot_says(h, slot, what) || (slot == HEAD_SUBHEAD && slot_says(h, HEAD_HEADLINE, what)))
		return;
	line = ARENA_NEW(h->arena, struct head_line);
	line->el = el;
	line->attr = attr;
	line->key = key;
	if (h->last[slot] != NULL)
		h->last[slot]->next = line;
	else
		h->first[slot] = line;
	h->last[slot] = line;
}

static void
put_line(struct head *h, struct flow *f, enum head_slot slot, const struct head_line *line)
{
	size_t from = f->a->nblocks;
	struct block *b;

	if (line->attr == NULL && (slot == HEAD_STANDFIRST || slot == HEAD_NOTE)) {
		body_markup(f, h->layer, line->el);
		flow_name(f, from, slots[slot].kind);
		return;
	}
	flow_drop(f);
	if (line->attr != NULL)
		flow_put(f, h->layer, line->attr->at, line->attr->end, FLOW_MARKUP);
	else
		news_put(f, h->layer, line->el);
	b = flow_block(f, slots[slot].kind, SURE, true);
	if (b != NULL && slot == HEAD_HEADLINE)
		b->level = 1;
	if (slots[slot].field != FIELD_COUNT)
		flow_field_of(f, b, slots[slot].field, line->key);
}

void
head_put(struct head *h, struct flow *f)
{
	for (unsigned slot = 0; slot < HEAD_SLOTS; slot++)
		for (const struct head_line *line = h->first[slot]; line != NULL; line = line->next)
			put_line(h, f, slot, line);
}

bool
news_is_story(const struct article *a)
{
	for (size_t i = 0; i < a->nblocks; i++)
		if (!(KIND(a->blocks[i].kind) & (KIND(BLOCK_SLUG) | KIND(BLOCK_CREDIT) | KIND(BLOCK_LICENCE) | KIND(BLOCK_BYLINE))))
			return true;
	return false;
}
