/* Long runs of another story's words, and nobody is named who wrote them.
 *
 * Counted are words outside quotation marks: what somebody said may stand in any story.  A credit is the name of the other's agency,
 * outlet or author where the copy says where it is from, or in the text outside of what was taken over; a picture credit or an embed is
 * none, and "told Reuters" is a weak one: somebody spoke to them, and the words may be theirs or not. */
#include "check/reuse.h"

#include "facts/facts.h"
#include "rule/profile.h"
#include "util/arena.h"
#include "util/str.h"

#include <string.h>

enum { TOTAL = 50, OWNERS = 32 };

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

/* How a stretch of text names one of them. */
enum naming { NAMED_NOT, NAMED_TOLD, NAMED };

/* "told Reuters", "tells the Gazette" */
static bool
is_told(const char *s, size_t at)
{
	static const char *const verbs[] = { "told", "tells", "telling", "tell" };

	for (int articles = 0; articles < 2; articles++) {
		size_t z, a;

		for (z = at; z > 0 && str_is_space(s[z - 1]); z--)
			;
		for (a = z; a > 0 && !str_is_space(s[a - 1]); a--)
			;
		for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
			if (str_case_is(s + a, z - a, verbs[i]))
				return true;
		if (!str_case_is(s + a, z - a, "the"))
			return false;
		at = a;
	}
	return false;
}

static enum naming
find_name(const char *s, size_t n, const char *name)
{
	enum naming best = NAMED_NOT;
	size_t from = 0;
	struct range at;

	while (from < n && phrase_find(s + from, n - from, name, &at)) {
		if (!is_told(s, from + at.a))
			return NAMED;
		best = NAMED_TOLD;
		from += at.z;
	}
	return best;
}

/* By any of an agency's names. */
static enum naming
names(struct check_ctx *c, struct range in, const struct owners *o)
{
	const char *s = text_at(&c->article->text, in);
	size_t n = range_len(in);
	enum naming best = NAMED_NOT, this;

	for (size_t i = 0; i < o->n; i++) {
		const struct agency *a = facts_agency(o->v[i].s, o->v[i].n);

		this = find_name(s, n, arena_strndup(c->arena, o->v[i].s, o->v[i].n));
		best = this > best ? this : best;
		if (a == NULL)
			continue;
		this = find_name(s, n, a->name);
		best = this > best ? this : best;
		for (const char *const *alias = a->aliases; *alias != NULL; alias++) {
			this = find_name(s, n, *alias);
			best = this > best ? this : best;
		}
	}
	return best;
}

static enum naming
is_credited(struct check_ctx *c, const struct owners *o, const struct companion *other, const struct passage *ours)
{
	const struct article *a = c->article;
	const struct shared_words *runs = other->overlap->v;
	size_t n = other->overlap->n, k = 0;
	enum naming best = NAMED_NOT, this;

	for (size_t i = 0; i < a->nfields; i++)
		if ((1u << a->fields[i].name) & (1u << FIELD_PROVIDER | 1u << FIELD_SOURCE | 1u << FIELD_CREDITLINE | 1u << FIELD_BYLINE |
		    1u << FIELD_COPYRIGHT_HOLDER | 1u << FIELD_COPYRIGHT_NOTICE | 1u << FIELD_DATELINE) && names(c, a->fields[i].at, o) != NAMED_NOT)
			return NAMED;
	for (size_t i = 0; i < a->nblocks && best != NAMED; i++) {
		const struct block *b = &a->blocks[i];
		uint32_t from = b->at.a;

		if (KIND(b->kind) & (KIND(BLOCK_CAPTION) | KIND(BLOCK_CREDIT) | KIND(BLOCK_EMBED)))
			continue;
		/* what lies between the runs that were taken over */
		while (k < n && ours->words.at[runs[k].b + runs[k].n - 1].z <= b->at.a)
			k++;
		for (size_t q = k; q < n && ours->words.at[runs[q].b].a < b->at.z; q++) {
			uint32_t start = ours->words.at[runs[q].b].a;

			if (start > from) {
				this = names(c, (struct range){ from, start }, o);
				best = this > best ? this : best;
			}
			from = ours->words.at[runs[q].b + runs[q].n - 1].z;
		}
		if (from < b->at.z) {
			this = names(c, (struct range){ from, b->at.z }, o);
			best = this > best ? this : best;
		}
	}
	return best;
}

/* Is theirs the story that ours has its words from?  WEAK, LIKELY or, by order of the desk, SURE; -1: not so, or nobody knows. */
static int
is_origin(struct check_ctx *c, const struct companion *other, const struct passage *ours)
{
	const struct digest *us = reuse_about(c, c->article), *them = reuse_about(c, other->article);
	const struct agency *mine = *us->agency != '\0' ? facts_agency(us->agency, strlen(us->agency)) : NULL;
	const struct agency *theirs = *them->agency != '\0' ? facts_agency(them->agency, strlen(them->agency)) : NULL;
	bool versions = companion_is_version(other, ours), homeless = *us->agency == '\0' && *us->outlet == '\0' && *us->url == '\0';

	/* a repository may hold a story in several forms, of which one does not say all */
	if (reuse_same_house(us, them) || companion_is_form(other, us->path) ||
	    (versions && strcmp(c->article->format, other->article->format) != 0))
		return -1;
	if (us->published != 0 && them->published != 0 && us->published != them->published)
		return us->published > them->published ? LIKELY : -1;
	if (theirs != NULL && theirs->kind == AGENCY_WIRE && (mine == NULL || mine->kind != AGENCY_WIRE))
		return homeless && versions ? WEAK : LIKELY;
	/* ours says of itself nothing at all: another version of the same story, or a copy of it */
	if (versions && *them->agency == '\0' && *them->outlet == '\0' && *them->url == '\0')
		return -1;
	return homeless ? versions ? WEAK : LIKELY : -1;
}

static const struct shared_words *
longest(const struct overlap *o)
{
	const struct shared_words *best = NULL;

	for (size_t i = 0; i < o->n; i++)
		if (!o->v[i].common && (best == NULL || o->v[i].unquoted > best->unquoted))
			best = &o->v[i];
	return best;
}

static struct range
run_at(const struct passage *p, uint32_t first, uint32_t n)
{
	return (struct range){ p->words.at[first].a, p->words.at[first + n - 1].z };
}

struct lift {
	const struct companion *other;
	struct owners owners;
	int certainty;
};

/* One finding a story: of the lift with the surest origin, and of those the longest. */
void
reuse_overlap(struct check_ctx *c, const struct companions *beside, bool sent)
{
	struct lift best = { .other = NULL };
	struct report r = { .certainty = SURE };
	struct report_note note = { .message = NULL };
	const struct shared_words *run;

	for (size_t i = 0; i < beside->n; i++) {
		struct lift this = { .other = &beside->v[i] };
		enum naming named;

		if (!this.other->sum.tells || this.other->sum.unquoted < TOTAL)
			continue;
		owners_of(this.other->article, &this.owners);
		if (this.owners.n == 0)
			continue;	/* nobody knows whose it is */
		this.certainty = sent ? SURE : is_origin(c, this.other, beside->ours);
		if (this.certainty < 0 || (named = is_credited(c, &this.owners, this.other, beside->ours)) == NAMED)
			continue;
		if (named == NAMED_TOLD)
			this.certainty = WEAK;
		if (best.other == NULL || this.certainty > best.certainty || (this.certainty == best.certainty &&
		    this.other->sum.unquoted > best.other->sum.unquoted))
			best = this;
	}
	if (best.other == NULL || (run = longest(best.other->overlap)) == NULL)
		return;
	r.certainty = (enum certainty)best.certainty;
	r.at = run_at(beside->ours, run->b, run->n);
	note.at = run_at(best.other->passage, run->a, run->n);
	note.in = best.other->article;
	r.notes = &note;
	r.nnotes = 1;
	report_number(&r, c, "count", best.other->sum.unquoted);
	report_number(&r, c, "total", passage_words(beside->ours, 0, beside->ours->words.n, false));
	report_arg(&r, "original", best.owners.v[0].s, best.owners.v[0].n);
	check_report(c, &r);
}
