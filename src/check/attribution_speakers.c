/* speaker-change: two people quoted in one paragraph.
 *
 *	“Yes, we will stay,” Brandt said. “No, we will not,” Roth said.
 *
 * Only names count, and two names are two people only if nothing speaks for one: the surname, a first name that stands before the
 * other name somewhere in the article. */
#include "check/attribution.h"
#include "util/utf8.h"

#include <string.h>

enum { FEW = 4, MOST = 1500, TITLE = 3 };	/* words of a quotation; bytes of a paragraph that is one, of "Sen." or "J." */

static size_t
word_at(const struct text *t, uint32_t i, uint32_t z)
{
	size_t n = 0, k;

	while (i + n < z && (k = utf8_word(t->s + i + n, t->s + z)) != 0)
		n += k;
	return n;
}

/* The next word of `in` from *i on that begins with a capital; empty if there is none. */
static struct range
next_capital(const struct text *t, uint32_t *i, uint32_t z)
{
	while (*i < z) {
		size_t n = word_at(t, *i, z);
		uint32_t a = *i;
		unsigned cp;

		utf8_next(t->s + a, &cp);
		*i += n != 0 ? (uint32_t)n : (uint32_t)utf8_next(t->s + a, &cp);
		if (n != 0 && utf8_is_upper(cp))
			return (struct range){a, *i};
	}
	return (struct range){z, z};
}

static struct range
last_capital(const struct text *t, struct range in)
{
	struct range last = {in.z, in.z}, w;

	for (uint32_t i = in.a; range_len(w = next_capital(t, &i, in.z)) != 0; )
		if (range_len(w) > 1 || range_len(last) == 0)
			last = w;
	return last;
}

static bool
same(const struct text *t, struct range a, struct range b)
{
	return range_len(a) == range_len(b) && memcmp(t->s + a.a, t->s + b.a, range_len(a)) == 0;
}

static bool
holds(const struct text *t, struct range in, struct range word)
{
	struct range w;

	for (uint32_t i = in.a; range_len(w = next_capital(t, &i, in.z)) != 0; )
		if (same(t, w, word))
			return true;
	return false;
}

/* Where names are introduced: every pair of names is looked for, and a file may hold a million. */
static const char *
introductions_end(const struct text *t)
{
	enum { LOOK = 1 << 16 };	/* bytes */

	return t->s + (t->n < LOOK ? t->n : LOOK);
}

/* Does the article have one word right before the other, or with another between: Ada Brandt, Ada M. Brandt? */
static bool
stand_together(const struct text *t, struct range first, struct range second)
{
	const char *p = t->s, *end = introductions_end(t);

	while ((p = memmem(p, (size_t)(end - p), t->s + first.a, range_len(first))) != NULL) {
		uint32_t i = (uint32_t)(p - t->s) + (uint32_t)range_len(first), z;

		z = t->n - i > 40 ? i + 40 : (uint32_t)t->n;
		for (unsigned n = 0; n < 2; n++) {
			struct range w;
			unsigned cp = 0;

			while (i < z && (t->s[i] == ' ' || (n == 1 && t->s[i] == '.')))
				i++;
			w = (struct range){i, i + (uint32_t)word_at(t, i, z)};
			if (range_len(w) != 0 && same(t, w, second))
				return true;
			if (range_len(w) != 0)
				utf8_next(t->s + i, &cp);
			if (!utf8_is_upper(cp))
				break;
			i = w.z;
		}
		p++;
	}
	return false;
}

bool
attribution_same_person(const struct check_ctx *c, const struct tag *a, const struct tag *b)
{
	const struct text *t = &c->article->text;
	struct range x = last_capital(t, a->speaker), y = last_capital(t, b->speaker);

	if (range_len(x) == 0 || range_len(y) == 0 || holds(t, a->speaker, y) || holds(t, b->speaker, x))
		return true;
	return stand_together(t, x, y) || stand_together(t, y, x);
}

/* Does the word stand behind another in capitals somewhere, as surnames do? */
static bool
is_surname(const struct text *t, struct range word)
{
	const char *p = t->s, *end = introductions_end(t);

	for (; (p = memmem(p, (size_t)(end - p), t->s + word.a, range_len(word))) != NULL; p++) {
		uint32_t at = (uint32_t)(p - t->s), i = at;
		struct range w;
		bool stop;

		while (i > 0 && t->s[i - 1] == ' ')
			i--;
		if (i == at)
			continue;
		stop = i > 0 && t->s[i - 1] == '.';
		i -= stop;
		while (i > 0 && (((unsigned char)t->s[i - 1] & 0x80) != 0 || utf8_word(t->s + i - 1, t->s + at) != 0))
			i--;
		w = next_capital(t, &i, at);
		if (range_len(w) != 0 && w.z + 2 >= at && (!stop || range_len(w) <= TITLE))
			return true;
	}
	return false;
}

/* A name of somebody: not all in capitals (an agency, a ministry); and in capitals not because a sentence begins (Officials said). */
static bool
is_person(const struct text *t, const struct tag *tag)
{
	struct range last = last_capital(t, tag->speaker);
	bool small = false;

	if (tag->kind != SPEAKER_NAME || (tag->begins && last.a == tag->speaker.a && !is_surname(t, last)))
		return false;

	for (uint32_t i = last.a; i < last.z;) {
		unsigned cp;

		i += (uint32_t)utf8_next(t->s + i, &cp);
		small = small || utf8_is_lower(cp);
	}
	return small;
}

/* The tag that names who speaks the quotation, right beside it. */
static struct tag
name_of(struct check_ctx *c, const struct quotation *q)
{
	const struct text *t = &c->article->text;
	uint32_t z = c->article->blocks[q->block].at.z;
	struct range last;
	unsigned cp = attribution_last_char(t, q->inside, &last);
	struct tag tag = analysis_tag_behind(c->analysis, q);

	if (is_person(t, &tag)) {
		unsigned after = attribution_next_char(t, tag.at.z, z);

		if (cp == ',' || attribution_next_char(t, q->at.z, z) == ',')
			return tag;
		if ((cp == '?' || cp == '!') && (after == 0 || after == '.' || after == ','))
			return tag;
	}
	tag = analysis_tag_before(c->analysis, q);
	return tag.led && is_person(t, &tag) ? tag : (struct tag){.kind = SPEAKER_NONE};
}

void
attribution_speaker_change(struct check_ctx *c)
{
	const struct analysis *an = c->analysis;
	const struct article *a = c->article;
	struct tag first = {.kind = SPEAKER_NONE};
	uint32_t block = UINT32_MAX;
	bool done = false;

	for (size_t i = 0; i < an->nquotations; i++) {
		const struct quotation *q = &an->quotations[i];
		struct report_note note = {.message = "the other one is named here"};
		struct report r = {.certainty = SURE, .notes = &note, .nnotes = 1};
		struct tag tag;

		if (q->block != block) {
			block = q->block;
			first.kind = SPEAKER_NONE;
			done = range_len(a->blocks[block].at) > MOST;
		}
		if (done || !attribution_asked(c, q) || !q->closed || attribution_count_words(&a->text, q->inside, FEW) < FEW)
			continue;
		tag = name_of(c, q);
		if (tag.kind == SPEAKER_NONE)
			continue;
		if (first.kind != SPEAKER_NONE && !attribution_same_person(c, &first, &tag)) {
			r.at = tag.speaker;
			note.at = first.speaker;
			report_arg(&r, "speaker", a->text.s + tag.speaker.a, range_len(tag.speaker));
			report_arg(&r, "other", a->text.s + first.speaker.a, range_len(first.speaker));
			check_report(c, &r);
			done = true;
		}
		first = tag;
	}
}
