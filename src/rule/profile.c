/* What profiles say, and how copy that is under one is known. */
#include "rule/profile.h"

#include "facts/facts.h"
#include "util/str.h"

#include <string.h>

static const char *const kinds[] = { "agency", "licence", "locale", "stage" };

const char *
profile_kind_name(enum profile_kind k)
{
	return kinds[k];
}

/* ---- what formats can show ---- */

const char *const change_names = "time place style headline cut added any";
const char *const shows_names = "text link markup picture date nothing";

const char *
shows_name(enum shows s)
{
	static const char *const names[] = { "text", "link", "markup", "picture", "date", "nothing" };

	return names[s];
}

bool
shows_in(enum shows s, const struct article *a)
{
	const char *format = a->format;
	size_t n = strlen(format);

	switch (s) {
	case SHOWS_TEXT:
	case SHOWS_LINK:
		return true;
	case SHOWS_MARKUP:
		/* whose body is HTML or may hold it */
		return str_in_list(format, n, "html markdown rss atom json-feed newsml-g2 ninjs dpa-json");
	case SHOWS_PICTURE:
		/* in plain text the captions and credits stand for them; on a wire, pictures come by themselves */
		return !str_in_list(format, n, "anpa iptc7901");
	case SHOWS_DATE:
		return article_find_field(a, FIELD_PUBLISHED) != NULL;
	case SHOWS_NOTHING:
		break;
	}
	return false;
}

bool
standing_uses(const struct standing *st, const char *use, bool undeclared)
{
	for (size_t i = 0; st->uses != NULL && st->uses[i] != NULL; i++)
		if (strcmp(st->uses[i], use) == 0)
			return true;
	return st->uses == NULL && undeclared;
}

bool
names_agency(const char *const *list, const char *name)
{
	for (; list != NULL && *list != NULL; list++) {
		const struct agency *a = facts_agency(*list, strlen(*list));

		if (strcmp(a != NULL ? a->name : *list, name) == 0 || (a != NULL && facts_agency_kin(a->name, name)))
			return true;
	}
	return false;
}

/* ---- names ---- */

const struct profile *
profile_find(const struct rule_set *set, const char *id, size_t n)
{
	for (size_t i = 0; i < set->nprofiles; i++)
		if (str_is(id, n, set->profiles[i]->id))
			return set->profiles[i];
	return NULL;
}

const char *
profile_nearest(const struct rule_set *set, const char *id, size_t n, int kind)
{
	struct nearest near;

	nearest_init(&near, id, n);
	for (size_t i = 0; i < set->nprofiles; i++)
		if (kind < 0 ? set->profiles[i]->kind != PROFILE_STAGE : (int)set->profiles[i]->kind == kind)
			nearest_try(&near, set->profiles[i]->id);
	return near.best;
}

const struct origin *
origin_find(const struct origin *v, size_t n, enum field_name field, const char *value, size_t len)
{
	const struct agency *a, *b;

	for (size_t i = 0; i < n; i++)
		if (v[i].field == field && str_folded_is(value, len, v[i].value))
			return &v[i];
	/* Thomson Reuters is Reuters */
	a = n != 0 ? facts_agency(value, len) : NULL;
	for (size_t i = 0; a != NULL && i < n; i++)
		if (v[i].field == field && (b = facts_agency(v[i].value, strlen(v[i].value))) != NULL && strcmp(a->name, b->name) == 0)
			return &v[i];
	return NULL;
}

/* ---- marks ---- */

/* Does the text begin with the phrase?  How many of its bytes are that; 0: it does not. */
static size_t
begins(const char *s, const char *end, const char *phrase)
{
	const char *p = s;

	while (*phrase != '\0') {
		if (str_is_space(*phrase)) {
			if (p == end || !str_is_space(*p))
				return 0;
			while (p < end && str_is_space(*p))
				p++;
			while (str_is_space(*phrase))
				phrase++;
		} else {
			if (p == end || !str_case_is(p, 1, (char[2]){ *phrase, '\0' }))
				return 0;
			p++;
			phrase++;
		}
	}
	return (size_t)(p - s);
}

static bool
in_word(const char *s, const char *end)
{
	return s < end && ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') || (*s & 0x80));
}

bool
phrase_find(const char *s, size_t n, const char *phrase, struct range *at)
{
	const char *end = s + n, *p;

	for (p = s; p < end; p++) {
		size_t len;

		if ((p > s && in_word(p - 1, end) && in_word(p, end)) || (len = begins(p, end, phrase)) == 0)
			continue;
		if (in_word(p + len - 1, end) && in_word(p + len, end))
			continue;
		at->a = (uint32_t)(p - s);
		at->z = (uint32_t)(p - s + (ptrdiff_t)len);
		return true;
	}
	return false;
}

/* The agency that supplies text and is called so; NULL. */
static const char *
supplier(const char *s, size_t n)
{
	const struct agency *a = n != 0 ? facts_agency(s, n) : NULL;

	return a != NULL && (a->kind == AGENCY_WIRE || a->kind == AGENCY_OUTLET) ? a->name : NULL;
}

/* Does the field tell whose copy it is?  The provider of a page is the name of the site, which runs others' copy too. */
static bool
field_of_origin(const struct article *a, enum field_name f)
{
	return f != FIELD_PROVIDER || strcmp(a->format, "html") != 0;
}

const char *
provenance_next(const struct article *a, struct provenance *p)
{
	/* a signoff names those who helped: "Contributing: The Associated Press" */
	static const kind_set lines = KIND(BLOCK_DATELINE) | KIND(BLOCK_SOURCE) | KIND(BLOCK_BYLINE);
	const char *name;
	size_t n;

	for (; p->block < a->nblocks; p->block++, p->part = 0) {
		const struct block *b = &a->blocks[p->block];

		while (KIND(b->kind) & lines && p->part < b->nparts) {
			const struct part *part = &b->parts[p->part++];
			const char *v = part->name == PART_AGENCY ? part_value(a, part, &n) : NULL;

			if (v == NULL || (name = supplier(v, n)) == NULL)
				continue;
			p->at = part->at;
			return name;
		}
	}
	while (p->field < a->nfields) {
		const struct field *f = &a->fields[p->field++];

		p->at = text_trim(&a->text, f->at);
		if ((f->name == FIELD_PROVIDER || f->name == FIELD_SOURCE || f->name == FIELD_CREDITLINE) &&
		    field_of_origin(a, f->name) && range_len(p->at) != 0 && (name = supplier(text_at(&a->text, p->at), range_len(p->at))) != NULL)
			return name;
	}
	return NULL;
}

/* Behind what stands between a name and its house at `p`: ", ", " / ", " | ", " for ", " of "; NULL if nothing of that does. */
static const char *
behind_name(const char *s, const char *p, const char *end)
{
	const char *start = p;

	if (*p == ',' || *p == '/' || *p == '|') {
		p++;
	} else if (p > s && str_is_space(p[-1]) && end - p > 3) {
		if (str_case_begins(p, (size_t)(end - p), "for"))
			p += 3;
		else if (str_case_begins(p, (size_t)(end - p), "of"))
			p += 2;
		if (p == start || !str_is_space(*p))
			return NULL;
	} else {
		return NULL;
	}
	while (p < end && str_is_space(*p))
		p++;
	return p;
}

/* "By Ada Brandt, WisContext": the house at the end of a byline.  Where it begins; n: the line does not end so. */
static size_t
house_at_end(const char *s, size_t n, const char *house)
{
	const char *end = s + n;

	while (end > s && (end[-1] == '.' || end[-1] == ')' || str_is_space(end[-1])))
		end--;
	for (const char *p = s; p < end; p++) {
		const char *name = behind_name(s, p, end);

		if (name != NULL && name < end && str_folded_is(name, (size_t)(end - name), house))
			return (size_t)(name - s);
	}
	return n;
}

/* Is the text the house of the mark, or a byline that ends with it? */
static bool
names_house(const struct copy_mark *m, const struct article *a, struct range in, bool byline, struct range *at)
{
	const char *s = text_at(&a->text, in);
	size_t n = range_len(in), from;

	*at = in;
	if (n == 0)
		return false;
	if (str_folded_is(s, n, m->is))
		return true;
	if (!byline || (from = house_at_end(s, n, m->is)) == n)
		return false;
	at->a += (uint32_t)from;
	return true;
}

static bool
field_mark(const struct copy_mark *m, const struct article *a, struct range *at)
{
	for (size_t i = 0; i < a->nfields; i++) {
		enum field_name f = a->fields[i].name;

		if (m->fields >> f & 1 && field_of_origin(a, f) &&
		    names_house(m, a, text_trim(&a->text, a->fields[i].at), f == FIELD_BYLINE, at))
			return true;
	}
	for (size_t i = 0; m->fields >> FIELD_BYLINE & 1 && i < a->nblocks; i++)
		if (a->blocks[i].kind == BLOCK_BYLINE && names_house(m, a, text_trim(&a->text, a->blocks[i].at), true, at))
			return true;
	return false;
}

/* "was not originally published by": the word before the phrase denies it. */
static bool
denied(const char *s, size_t at)
{
	static const struct { const char *end; bool word; } no[] = {
		{ "not", true }, { "never", true }, { "n't", false }, { "n\xe2\x80\x99t", false },
	};

	while (at > 0 && str_is_space(s[at - 1]))
		at--;
	for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
		size_t n = strlen(no[i].end);

		if (at >= n && str_case_is(s + at - n, n, no[i].end) && (!no[i].word || at == n || !in_word(s + at - n - 1, s + at)))
			return true;
	}
	return false;
}

/* The phrase, where nothing denies it. */
static bool
phrase_said(const char *s, size_t n, const char *phrase, struct range *at)
{
	size_t from = 0;

	while (phrase_find(s + from, n - from, phrase, at)) {
		at->a += (uint32_t)from;
		at->z += (uint32_t)from;
		if (!denied(s, at->a))
			return true;
		from = at->z;
	}
	return false;
}

/* At the head and the foot, and in the first and last paragraph, since a line that nobody marked up looks like one. */
static bool
phrase_mark(const struct copy_mark *m, const struct article *a, struct range *at)
{
	kind_set prose = kind_set_group(GROUP_BODY), ends = ~prose & ~(KIND(BLOCK_CAPTION) | KIND(BLOCK_CREDIT));
	size_t first = a->nblocks, last = a->nblocks;

	for (size_t i = 0; i < a->nblocks; i++)
		if (KIND(a->blocks[i].kind) & prose) {
			first = first == a->nblocks ? i : first;
			last = i;
		}
	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];
		struct range in;

		if (!(KIND(b->kind) & ends) && i != first && i != last)
			continue;
		if (range_len(b->at) == 0 || !phrase_said(text_at(&a->text, b->at), range_len(b->at), m->phrase, &in))
			continue;
		*at = (struct range){ b->at.a + in.a, b->at.a + in.z };
		return true;
	}
	return false;
}

bool
copy_mark_holds(const struct copy_mark *m, const struct article *a, struct range *at)
{
	struct provenance p = { .block = 0 };
	const char *name;

	if (m->fields != 0)
		return field_mark(m, a, at);
	if (m->phrase != NULL)
		return phrase_mark(m, a, at);
	while ((name = provenance_next(a, &p)) != NULL)
		if (strcmp(name, m->agency) == 0) {
			*at = p.at;
			return true;
		}
	return false;
}
