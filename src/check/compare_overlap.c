/* Long runs of the original's words, and nobody is named who wrote them.
 *
 * Counted are words outside quotation marks: what somebody said may stand in any story.  A credit is the name of the original's agency,
 * outlet or author where the copy says where it is from, or in the text outside of what was taken over; a picture credit or an embed is
 * none. */
#include "check/compare.h"

#include "facts.h"
#include "util/arena.h"

#include <string.h>

enum { LONG_RUN = 40, TOTAL = 50, OWNERS = 32 };

struct owners { struct { const char *s; size_t n; } v[OWNERS]; size_t n; };

static void
owner(struct owners *o, const char *s, size_t n)
{
	if (n != 0 && o->n < OWNERS) {
		o->v[o->n].s = s;
		o->v[o->n++].n = n;
	}
}

/* By whom the original is: agencies, those that its metadata name, authors. */
static void
owners_of(const struct article *a, struct owners *o)
{
	static const uint32_t fields = 1u << FIELD_PROVIDER | 1u << FIELD_SOURCE | 1u << FIELD_CREDITLINE | 1u << FIELD_COPYRIGHT_HOLDER |
	    1u << FIELD_BYLINE;
	struct provenance p = { .block = 0 };
	const char *name;

	while ((name = provenance_next(a, &p)) != NULL)
		owner(o, name, strlen(name));
	for (size_t i = 0; i < a->nfields; i++) {
		struct range at = text_trim(&a->text, a->fields[i].at);

		if (fields >> a->fields[i].name & 1)
			owner(o, text_at(&a->text, at), range_len(at));
	}
	for (size_t i = 0; i < a->nblocks; i++)
		for (uint32_t k = 0; a->blocks[i].kind == BLOCK_BYLINE && k < a->blocks[i].nparts; k++)
			if (a->blocks[i].parts[k].name == PART_PERSON)
				owner(o, text_at(&a->text, a->blocks[i].parts[k].at), range_len(a->blocks[i].parts[k].at));
}

/* Does the stretch of text name one of them, by any of an agency's names? */
static bool
names(struct check_ctx *c, struct range in, const struct owners *o)
{
	const struct text *t = &c->article->text;

	for (size_t i = 0; i < o->n; i++) {
		const struct agency *a = facts_agency(o->v[i].s, o->v[i].n);
		struct range at;

		if (phrase_find(text_at(t, in), range_len(in), arena_strndup(c->arena, o->v[i].s, o->v[i].n), &at))
			return true;
		if (a == NULL)
			continue;
		if (phrase_find(text_at(t, in), range_len(in), a->name, &at))
			return true;
		for (const char *const *alias = a->aliases; *alias != NULL; alias++)
			if (phrase_find(text_at(t, in), range_len(in), *alias, &at))
				return true;
	}
	return false;
}

/* Words of ours that are the original's, i..z; `at` their place in it. */
struct shared_run { uint32_t i, z, at; };

static bool
is_credited(struct check_ctx *c, const struct owners *o, const struct shared_run *runs, size_t n)
{
	const struct comparison *cmp = c->comparison;
	const struct article *a = c->article;
	size_t k = 0;

	for (size_t i = 0; i < a->nfields; i++)
		if ((1u << a->fields[i].name) & (1u << FIELD_PROVIDER | 1u << FIELD_SOURCE | 1u << FIELD_CREDITLINE | 1u << FIELD_BYLINE |
		    1u << FIELD_COPYRIGHT_HOLDER | 1u << FIELD_COPYRIGHT_NOTICE | 1u << FIELD_DATELINE) && names(c, a->fields[i].at, o))
			return true;
	for (size_t i = 0; i < a->nblocks; i++) {
		const struct block *b = &a->blocks[i];
		uint32_t from = b->at.a;

		if (KIND(b->kind) & (KIND(BLOCK_CAPTION) | KIND(BLOCK_CREDIT) | KIND(BLOCK_EMBED)))
			continue;
		/* what lies between the runs that were taken over */
		while (k < n && cmp->words.at[runs[k].z - 1].z <= b->at.a)
			k++;
		for (size_t q = k; q < n && cmp->words.at[runs[q].i].a < b->at.z; q++) {
			uint32_t a0 = cmp->words.at[runs[q].i].a;

			if (a0 > from && names(c, (struct range){ from, a0 }, o))
				return true;
			from = cmp->words.at[runs[q].z - 1].z;
		}
		if (from < b->at.z && names(c, (struct range){ from, b->at.z }, o))
			return true;
	}
	return false;
}

/* Words that stand in no quotation of ours. */
static uint32_t
unquoted(struct check_ctx *c, uint32_t i, uint32_t z)
{
	uint32_t n = 0;

	for (; i < z; i++)
		n += !analysis_quoted(c->analysis, c->comparison->words.at[i]);
	return n;
}

void
compare_overlap(struct check_ctx *c)
{
	struct comparison *cmp = c->comparison;
	struct owners o = { .n = 0 };
	struct report r = { .certainty = SURE };
	struct report_note note;
	struct shared_run *runs;
	uint32_t at = 0, sum = 0, total = 0, most = 0, count;
	size_t n = 0, longest = 0;

	owners_of(&cmp->original->article, &o);
	if (o.n == 0)
		return;			/* nobody knows whose it is */
	comparison_hunks(cmp);
	runs = ARENA_ARRAY(c->arena, struct shared_run, cmp->hunks.n + 1);
	for (size_t i = 0; i <= cmp->hunks.n; i++) {
		bool last = i == cmp->hunks.n;
		uint32_t z = last ? cmp->words.n : cmp->hunks.v[i].b0, a1 = last ? cmp->original_words.n : cmp->hunks.v[i].a0;

		if (z > at) {
			count = unquoted(c, at, z);
			if (count >= 8)
				sum += count;
			if (count >= most) {
				most = count;
				longest = n;
			}
			runs[n++] = (struct shared_run){ at, z, a1 - (z - at) };
		}
		at = last ? z : cmp->hunks.v[i].b1;
	}
	total = unquoted(c, 0, cmp->words.n);
	if (n == 0 || sum < TOTAL || (most < LONG_RUN && sum * 10 < total * 3) || is_credited(c, &o, runs, n))
		return;
	r.at = copy_words_range(&cmp->words, runs[longest].i, runs[longest].z);
	note = compare_note(c, copy_words_range(&cmp->original_words, runs[longest].at, runs[longest].at + (runs[longest].z - runs[longest].i)));
	r.notes = &note;
	r.nnotes = 1;
	report_number(&r, c, "count", sum);
	report_number(&r, c, "total", total);
	report_arg(&r, "original", o.v[0].s, o.v[0].n);
	check_report(c, &r);
}
