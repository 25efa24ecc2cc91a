/* agree with mode="sides": what the text names, all of it together, against what its metadata name:
 *
 *	<agree mode="sides">
 *	  <party part="person" scope="byline"/>			By Ada Brandt and Mia Lund
 *	  <party part="person" field="byline"/>			{"byline": "Jan Roth"}
 *	  <party part="place" scope="dateline"/>
 *	  <party part="place" field="dateline"/>
 *	</agree>
 *
 * The parties of one part are its two sides.  Sides contradict each other where each names something and nothing is in common:
 * fewer names, a shorter form, another order are no contradiction, and a side that is silent says nothing.  Lines of the text
 * have parts; a field is free text, so names are looked for in it. */
#include "check/agree.h"

#include "alike.h"
#include "analysis/analysis.h"
#include "analysis/language.h"
#include "facts/facts.h"
#include "util/arena.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum {
	MOST = 80,			/* bytes of a name in a message */
	NAMES = 256			/* of a side: one that names more is no list of names */
};

/* What a side names: agencies by their canonical names, all else by the words of it. */
struct name { const char *agency; enum agency_kind kind; uint64_t word; };
struct side {
	struct name *v;
	size_t n, cap;
	struct range first;		/* where the first of them stands */
	bool vague;			/* it names more than can be told */
	unsigned scripts;		/* of words: bit 0 Latin, bit 1 another of letters, bit 2 one that does not part words */
};

static void
push_name(struct side *s, struct name name, struct range at)
{
	if (s->n == 0)
		s->first = at;
	s->vague = s->vague || s->n == NAMES;
	if (!s->vague)
		XPUSH(s->v, s->n, s->cap) = name;
}

/* Does an agency supply texts? */
static bool
writes(const struct agency *a)
{
	return a->kind == AGENCY_WIRE || a->kind == AGENCY_OUTLET;
}

static void
agencies_in(const struct article *a, struct range at, struct side *s)
{
	struct words w = words_of(&a->text, at);
	struct word word;
	uint32_t behind = at.a;

	while (words_next(&w, &word)) {
		const struct agency *agency;
		size_t len;

		if (word.at.a < behind)
			continue;
		agency = facts_agency_prefix(text_at(&a->text, word.at), at.z - word.at.a, &len);
		if (agency == NULL)
			continue;
		behind = word.at.a + (uint32_t)len;
		if (writes(agency))
			push_name(s, (struct name){ .agency = agency->name, .kind = agency->kind }, (struct range){ word.at.a, behind });
	}
}

/* The script of a word that begins with a letter: a name written in two scripts has no letter in common; 0 for a number. */
static unsigned
script_at(const struct article *a, uint32_t at)
{
	unsigned cp;

	utf8_next(a->text.s + at, &cp);
	return !utf8_is_letter(cp) ? 0 : cp < 0x250 || (cp >= 0x1E00 && cp < 0x1F00) ? 1 : cp < 0x2E80 && (cp < 0xE00 || cp >= 0x10A0) ? 2 : 4;
}

/* The words of names: of two letters or more, so that initials are none, and no months and numbers. */
static void
words_in(const struct check_ctx *c, struct range at, struct side *s)
{
	const struct article *a = c->article;
	const struct language *l = c->analysis->language;
	struct words w = words_of(&a->text, at);
	struct word word;

	while (words_next(&w, &word)) {
		const char *text = text_at(&a->text, word.at);
		unsigned script = script_at(a, word.at.a);

		if (script == 0 || utf8_count(text, range_len(word.at)) < 2 ||
		    facts_number(l, LIST_MONTHS, text, range_len(word.at)) != 0 ||
		    facts_number(l, LIST_WEEKDAYS, text, range_len(word.at)) != 0)
			continue;
		push_name(s, (struct name){ .word = word.hash }, at);
		s->scripts |= script;
	}
}

/* A field with a person's name: some words with capitals, none of them a desk's or team's, and no house among them.  A login or an
 * address is none. */
static bool
is_person(const struct check_ctx *c, struct range at)
{
	const struct article *a = c->article;
	struct words w = words_of(&a->text, at);
	struct side houses = { 0 };
	struct word word;
	unsigned capitals = 0, words = 0;

	if (memchr(text_at(&a->text, at), '@', range_len(at)) != NULL || memchr(text_at(&a->text, at), '/', range_len(at)) != NULL)
		return false;
	while (words_next(&w, &word)) {
		unsigned cp;

		utf8_next(a->text.s + word.at.a, &cp);
		words++;
		capitals += utf8_is_letter(cp) && utf8_fold(cp, false) != cp;
		if (facts_in_list(c->analysis->language, LIST_BYLINE_ROLES, text_at(&a->text, word.at), range_len(word.at)))
			return false;
	}
	if (words < 2 || capitals < 2)
		return false;
	agencies_in(a, at, &houses);
	free(houses.v);
	return houses.n == 0;
}

static void
from_field(const struct check_ctx *c, int part, struct range at, struct side *s)
{
	if (range_len(at) == 0)
		return;
	if (part == PART_AGENCY)
		agencies_in(c->article, at, s);
	else if (part == PART_PERSON && !is_person(c, at))
		s->vague = true;
	else
		words_in(c, at, s);
}

static void
from_block(const struct check_ctx *c, int part, const struct block *b, struct side *s)
{
	for (uint32_t k = 0; k < b->nparts; k++) {
		const struct part *p = &b->parts[k];
		const struct agency *agency;
		const char *value;
		size_t n;

		if ((int)p->name != part)
			continue;
		if (part != PART_AGENCY) {
			words_in(c, p->at, s);
			continue;
		}
		value = part_value(c->article, p, &n);
		agency = facts_agency(value, n);
		if (agency == NULL)
			s->vague = true;	/* a house that nobody knows may be any */
		else if (writes(agency))
			push_name(s, (struct name){ .agency = agency->name, .kind = agency->kind }, p->at);
	}
}

/* A block that was made of such a field is no word of the text's own. */
static bool
is_field(const struct article *a, const struct block *b, uint32_t fields)
{
	for (size_t i = 0; i < a->nfields; i++)
		if (fields >> a->fields[i].name & 1 && a->fields[i].at.a < b->at.z && b->at.a < a->fields[i].at.z)
			return true;
	return false;
}

static void
collect(const struct check_ctx *c, const struct party *p, const struct party *against, struct side *s)
{
	const struct article *a = c->article;

	for (size_t i = 0; i < a->nblocks && p->scope != 0 && !s->vague; i++)
		if (KIND(a->blocks[i].kind) & p->scope && a->blocks[i].nparts != 0 && !is_field(a, &a->blocks[i], against->fields))
			from_block(c, p->part, &a->blocks[i], s);
	for (size_t i = 0; i < a->nfields && p->fields != 0 && !s->vague; i++)
		if (p->fields >> a->fields[i].name & 1)
			from_field(c, p->part, text_trim(&a->text, a->fields[i].at), s);
}

static bool
in_common(const struct side *x, const struct side *y)
{
	for (size_t i = 0; i < x->n; i++)
		for (size_t k = 0; k < y->n; k++)
			if (x->v[i].agency != NULL ? facts_agency_kin(x->v[i].agency, y->v[k].agency) : x->v[i].word == y->v[k].word)
				return true;
	return false;
}

/* `other`: the place of what contradicts; empty where it is the words of the text. */
static void
report_sides(struct check_ctx *c, const char *part, struct range at, struct range other, const char *said, const char *problem,
    enum certainty certainty)
{
	const struct text *t = &c->article->text;
	struct report r = { .at = at, .certainty = certainty };
	struct report_note note = { .at = other };

	report_arg(&r, "part", part, strlen(part));
	report_arg(&r, "value", text_at(t, at), range_len(at));
	report_arg(&r, "other", said, strlen(said));
	report_arg(&r, "problem", problem, strlen(problem));
	r.notes = range_len(other) != 0 ? &note : NULL;
	r.nnotes = range_len(other) != 0;
	check_report(c, &r);
}

/* A name for a message, not cut within a character. */
static const char *
clipped(const struct check_ctx *c, struct range at)
{
	const char *s = text_at(&c->article->text, at);
	size_t n = range_len(at);

	if (n > MOST)
		for (n = MOST; n != 0 && ((unsigned char)s[n] & 0xC0) == 0x80; n--)
			;
	return arena_strndup(c->arena, s, n);
}

/* The language that fields declare against that of the words.  A text that declares several is left alone. */
static void
compare_language(struct check_ctx *c, const struct party *p)
{
	const struct article *a = c->article;
	const struct field *said = NULL;
	const char *spoken = NULL;

	for (size_t i = 0; i < a->nfields; i++) {
		const struct field *f = &a->fields[i];
		struct range at = text_trim(&a->text, f->at);

		if (!(p->fields >> f->name & 1) || range_len(at) == 0)
			continue;
		if (!language_denied(a, text_at(&a->text, at), range_len(at), &spoken))
			return;
		said = said != NULL ? said : f;
	}
	if (said != NULL) {
		struct range at = text_trim(&a->text, said->at);

		report_sides(c, "language", at, (struct range){ 0, 0 }, spoken, arena_printf(c->arena, "the metadata declare '%s', "
		    "the words are of '%s'", clipped(c, at), spoken), LIKELY);
	}
}

static void
compare(struct check_ctx *c, const struct party *one, const struct party *other)
{
	const char *part = part_name_str((enum part_name)one->part), *said;
	struct side x = { 0 }, y = { 0 };
	/* an outlet's own name stands in its metadata whoever wrote the story */
	enum certainty certainty = one->part == PART_AGENCY ? WEAK : LIKELY;

	collect(c, one, other, &x);
	if (x.n != 0 && !x.vague)
		collect(c, other, one, &y);
	if (x.n != 0 && y.n != 0 && !x.vague && !y.vague && x.scripts == y.scripts && x.scripts < 4 && !in_common(&x, &y)) {
		if (one->part == PART_AGENCY && x.v[0].kind == AGENCY_WIRE && y.v[0].kind == AGENCY_WIRE)
			certainty = SURE;
		said = clipped(c, y.first);
		report_sides(c, part, x.first, y.first, said, arena_printf(c->arena, "the text names '%s' as %s, the metadata '%s'",
		    clipped(c, x.first), part, said), certainty);
	}
	free(x.v);
	free(y.v);
}

void
agree_sides(struct check_ctx *c, const struct agree *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct party *p = &d->parties[i];

		if (p->part == PART_LANGUAGE)
			compare_language(c, p);
		else if (i + 1 < d->n && d->parties[i + 1].part == p->part)
			compare(c, p, &d->parties[++i]);
	}
}
