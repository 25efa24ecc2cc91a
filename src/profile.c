/* What profiles say, and how copy that is under one is known. */
#include "profile.h"

#include "facts.h"
#include "util/str.h"

#include <string.h>

static const char *const kinds[] = { "agency", "licence", "locale", "stage" };

const char *
profile_kind_name(enum profile_kind k)
{
	return kinds[k];
}

/* ---- what formats can show ---- */

const char *const shows_names = "text link markup picture nothing";

const char *
shows_name(enum shows s)
{
	static const char *const names[] = { "text", "link", "markup", "picture", "nothing" };

	return names[s];
}

bool
shows_in(enum shows s, const char *format)
{
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
	case SHOWS_NOTHING:
		break;
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
	for (size_t i = 0; i < n; i++)
		if (v[i].field == field && str_folded_is(value, len, v[i].value))
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

const char *
provenance_next(const struct article *a, struct provenance *p)
{
	static const kind_set lines = KIND(BLOCK_DATELINE) | KIND(BLOCK_SOURCE) | KIND(BLOCK_BYLINE) | KIND(BLOCK_SIGNOFF);
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
		if ((f->name == FIELD_PROVIDER || f->name == FIELD_SOURCE || f->name == FIELD_CREDITLINE) && range_len(p->at) != 0 &&
		    (name = supplier(text_at(&a->text, p->at), range_len(p->at))) != NULL)
			return name;
	}
	return NULL;
}

static bool
field_mark(const struct copy_mark *m, const struct article *a, struct range *at)
{
	for (size_t i = 0; i < a->nfields; i++) {
		struct range r;

		if (!(m->fields >> a->fields[i].name & 1))
			continue;
		r = text_trim(&a->text, a->fields[i].at);
		if (range_len(r) != 0 && str_folded_is(text_at(&a->text, r), range_len(r), m->is)) {
			*at = r;
			return true;
		}
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
		if (range_len(b->at) == 0 || !phrase_find(text_at(&a->text, b->at), range_len(b->at), m->phrase, &in))
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
