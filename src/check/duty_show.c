/* What copy shows of a duty: words, an author, links, counters. */
#include "check/duty.h"
#include "check/wording.h"

#include "alike.h"
#include "facts/facts.h"
#include "rule/word.h"
#include "util/arena.h"
#include "util/str.h"

#include <string.h>
#include <strings.h>

/* ---- words ---- */

enum { LINE = 200 };			/* bytes of a line with a name; more is a paragraph */

static const char *const *
wordings(const struct question *q)
{
	return q->d->phrases[0] != NULL ? q->d->phrases : q->p->names;
}

static bool
any_wording(const struct question *q, struct range in, struct range *at)
{
	for (const char *const *w = wordings(q); *w != NULL; w++)
		if (wording_find(&q->c->article->text, in, *w, q->p->names, at))
			return true;
	return false;
}

/* Fields that stand for lines which readers see; a page's own are in its text as well. */
static bool
is_shown(const struct article *a, enum field_name f)
{
	static const uint32_t shown = 1u << FIELD_BYLINE | 1u << FIELD_SOURCE | 1u << FIELD_CREDITLINE | 1u << FIELD_COPYRIGHT_NOTICE;

	return shown >> f & 1 && strcmp(a->format, "html") != 0;
}

bool
duty_words(const struct question *q, unsigned zones, struct range *at)
{
	const struct article *a = q->c->article;
	const kind_set pictures = KIND(BLOCK_CAPTION) | KIND(BLOCK_CREDIT);

	for (size_t i = 0; i < a->nblocks; i++)
		if (q->zones[i] & zones && !(KIND(a->blocks[i].kind) & pictures) && any_wording(q, a->blocks[i].at, at))
			return true;
	for (size_t i = 0; i < a->nfields; i++)
		if (is_shown(a, a->fields[i].name) && any_wording(q, a->fields[i].at, at))
			return true;
	return false;
}

bool
duty_credited(const struct question *q)
{
	struct provenance from = { .block = 0 };
	const char *name;

	while ((name = provenance_next(q->c->article, &from)) != NULL)
		if (names_agency(q->p->names, name))
			return true;
	return false;
}

/* ---- the author ---- */

/* Does a paragraph name the house, as a line on where the story is from does? */
static bool
names_house(const struct question *q, struct range in)
{
	struct range at;

	for (const char *const *n = q->p->names; *n != NULL; n++)
		if (wording_find(&q->c->article->text, in, *n, q->p->names, &at))
			return true;
	return false;
}

/* A capital, and no abbreviation: "by Ada", but not "CC BY NC". */
static bool
is_name_like(const char *s, struct range at)
{
	unsigned cp;
	size_t n = utf8_next(s + at.a, &cp);

	if (!utf8_is_upper(cp) || range_len(at) <= n)
		return false;
	utf8_next(s + at.a + n, &cp);
	return range_len(at) > 3 || utf8_is_lower(cp);
}

/* "by Ada Brandt" in a line: two words with capitals behind it that are not the house. */
static bool
names_author(const struct question *q, struct range in)
{
	const struct text *t = &q->c->article->text;
	struct words w = words_of(t, in);
	struct word by, first, second;

	while (words_next(&w, &by)) {
		struct words next = w;
		struct range house, rest;

		if (!str_case_is(t->s + by.at.a, range_len(by.at), "by") || !words_next(&next, &first) || !words_next(&next, &second))
			continue;
		if (!is_name_like(t->s, first.at) || !is_name_like(t->s, second.at))
			continue;
		rest = (struct range){ first.at.a, second.at.z };
		for (const char *const *n = q->p->names; *n != NULL; n++)
			if (wording_find(t, (struct range){ first.at.a, in.z }, *n, q->p->names, &house) && house.a < rest.z)
				rest.z = rest.a;
		if (range_len(rest) != 0)
			return true;
	}
	return false;
}

/* "Ada Brandt, Professor of History, University of Portalder": a short line at an end that begins with a name and is no sentence. */
static bool
begins_with_name(const struct question *q, struct range in)
{
	const struct text *t = &q->c->article->text;
	struct words w = words_of(t, in);
	struct word word;
	unsigned n = 0;
	uint32_t last = in.a;

	if (range_len(in) > LINE || range_len(in) == 0 || strchr(".?!\"", t->s[in.z - 1]) != NULL)
		return false;
	for (; words_next(&w, &word) && word_capital(t->s, word.at); last = word.at.z)
		if (n++ != 0 && t->s[last] == ',')
			return n > 2;
	return false;
}

/* A byline that was not taken for one. */
static bool
begins_with_by(const struct text *t, struct range at)
{
	struct range in = text_trim(t, at);

	return range_len(in) > 3 && range_len(in) <= LINE && str_case_begins(text_at(t, in), range_len(in), "by") && str_is_space(t->s[in.a + 2]);
}

/* Has a byline words besides the names of houses? */
static bool
is_of_person(const struct question *q, struct range at)
{
	const struct text *t = &q->c->article->text;
	struct range in = text_trim(t, at), house;
	const char *s = text_at(t, in);

	if (range_len(in) > 3 && str_case_begins(s, range_len(in), "by") && str_is_space(s[2]))
		in = text_trim(t, (struct range){ in.a + 3, in.z });
	if (range_len(in) < 3 || facts_agency(text_at(t, in), range_len(in)) != NULL)
		return false;
	for (const char *const *n = q->p->names; *n != NULL; n++)
		if (wording_find(t, in, *n, q->p->names, &house) && house.a == in.a && in.z - house.z < 3)
			return false;
	return true;
}

bool
duty_author(const struct question *q, struct range *at)
{
	const struct article *a = q->c->article;
	/* who reported for an agency is named at the end; in others' copy such a line names who helped */
	const kind_set lines = KIND(BLOCK_BYLINE) | (q->p->kind == PROFILE_AGENCY ? KIND(BLOCK_SIGNOFF) : 0), pictures = KIND(BLOCK_CAPTION) | KIND(BLOCK_CREDIT);
	const kind_set prose = kind_set_group(GROUP_PROSE);

	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];

		*at = b->at;
		if (KIND(b->kind) & lines && (block_part(b, PART_PERSON) != NULL || (b->kind == BLOCK_BYLINE && is_of_person(q, b->at))))
			return true;
	}
	for (size_t i = 0; i < a->nfields; i++) {
		*at = a->fields[i].at;
		if (a->fields[i].name == FIELD_BYLINE && is_of_person(q, a->fields[i].at))
			return true;
	}
	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];

		*at = b->at;
		if (!(q->zones[i] & (ZONE_HEAD | ZONE_FOOT)) || KIND(b->kind) & pictures)
			continue;
		if ((names_house(q, b->at) || begins_with_by(&a->text, b->at)) && names_author(q, b->at))
			return true;
		if (KIND(b->kind) & prose && q->zones[i] & ZONE_FOOT && begins_with_name(q, text_trim(&a->text, b->at)))
			return true;
	}
	return false;
}

/* ---- addresses ---- */

/* Is the address one of the host, or of a part of it?  What is behind the host: *path. */
static bool
is_at_host(const char *s, size_t n, const char *host, size_t len, const char **path)
{
	size_t k;

	if (n > 8 && str_case_begins(s, n, "https://")) {
		s += 8;
		n -= 8;
	} else if (n > 7 && str_case_begins(s, n, "http://")) {
		s += 7;
		n -= 7;
	} else if (n > 2 && s[0] == '/' && s[1] == '/') {
		s += 2;
		n -= 2;
	}
	for (k = 0; k < n && strchr("/?#: ", s[k]) == NULL; k++)
		;
	*path = s + k;
	return k >= len && strncasecmp(s + k - len, host, len) == 0 && (k == len || s[k - len - 1] == '.');
}

/* The same of blank-separated hosts. */
static bool
is_at(const char *s, size_t n, const char *hosts, const char **path)
{
	for (size_t len; (len = strcspn(hosts, " ")) != 0; hosts += len + (hosts[len] == ' '))
		if (is_at_host(s, n, hosts, len, path))
			return true;
	return false;
}

/* Where the path leads: "/", or nothing, is the front page; a PDF is no page that a story stands on. */
static enum pointing
leads(const char *path, size_t n)
{
	size_t k = 0, query;

	while (k < n && path[k] != '?' && path[k] != '#')
		k++;
	query = k;
	while (k > 0 && strchr("/.,;)", path[k - 1]) != NULL)
		k--;
	if (k >= 4 && str_case_is(path + k - 4, 4, ".pdf"))
		return POINTS_NOWHERE;
	if (k == 0 && n > query + 3 && path[query] == '?' && !str_case_begins(path + query, n - query, "?utm"))
		return POINTS;		/* "?p=1234" */
	return k != 0 ? POINTS : POINTS_TO_FRONT;
}

static enum pointing
best(enum pointing a, enum pointing b)
{
	return a > b ? a : b;
}

/* Addresses of the host that are written out in the text. */
static enum pointing
written(const struct question *q, const char *host)
{
	const struct text *t = &q->c->article->text;
	enum pointing found = POINTS_NOWHERE;
	size_t len = strlen(host);

	for (size_t i = 0; i < q->c->article->nblocks; i++) {
		struct range in = q->c->article->blocks[i].at;
		const char *s = text_at(t, in), *end = s + range_len(in), *p = s, *z;

		for (; (p = str_case_find(p, (size_t)(end - p), host)) != NULL; p += len) {
			if ((p > s && p[-1] != '/' && p[-1] != '.' && p[-1] != '(' && !str_is_space(p[-1])) ||
			    (p + len < end && utf8_ascii_word((unsigned char)p[len])))
				continue;
			for (z = p + len; z < end && !str_is_space(*z); z++)
				;
			found = best(found, leads(p + len, (size_t)(z - p) - len));
		}
	}
	return found;
}

/* Is there a link, or an address, in the line? */
enum { NEAR = 100 };			/* bytes of a tag behind the address */

static bool
links_in(const struct question *q, struct range in)
{
	const struct article *a = q->c->article;
	struct extent line = text_extent(&a->text, in);

	if (str_case_find(text_at(&a->text, in), range_len(in), "http") != NULL ||
	    str_case_find(text_at(&a->text, in), range_len(in), "www.") != NULL)
		return true;
	for (size_t i = 0; i < a->nfields; i++)
		if (a->fields[i].name == FIELD_LINK) {
			struct extent e = text_extent(&a->text, a->fields[i].at);

			/* its address stands before its words, which may be the first of the line */
			if (e.a < line.z && e.z + NEAR >= line.a)
				return true;
		}
	return false;
}

enum pointing
duty_link(const struct question *q, struct range in)
{
	const struct article *a = q->c->article;
	enum pointing found = POINTS_NOWHERE;
	const char *path;
	size_t len;

	if (q->d->host == NULL)
		return links_in(q, in) ? POINTS : POINTS_NOWHERE;
	for (size_t i = 0; i < a->nfields; i++) {
		struct range at = text_trim(&a->text, a->fields[i].at);
		const char *s = text_at(&a->text, at);

		if (a->fields[i].name == FIELD_LINK && is_at(s, range_len(at), q->d->host, &path))
			found = best(found, leads(path, (size_t)(s + range_len(at) - path)));
	}
	for (const char *h = q->d->host; (len = strcspn(h, " ")) != 0; h += len + (h[len] == ' '))
		found = best(found, written(q, arena_strndup(q->c->arena, h, len)));
	return found;
}

bool
duty_loaded(const struct question *q)
{
	const struct article *a = q->c->article;
	const char *path;

	for (size_t i = 0; i < a->nfields; i++) {
		struct range at = text_trim(&a->text, a->fields[i].at);

		if (a->fields[i].name != FIELD_LOADED && (a->fields[i].name != FIELD_IMAGE || q->d->host == NULL))
			continue;
		if (q->d->host == NULL || is_at(text_at(&a->text, at), range_len(at), q->d->host, &path))
			return true;
	}
	return false;
}
