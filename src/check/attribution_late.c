/* late: sentences of a quotation that readers go through before they learn who speaks.
 *
 *	“We waited for a day. Nobody came. Then the wind fell. We sailed,” Ada Brandt said.
 *
 * And a quotation that runs on through paragraph after paragraph, long after its speaker was named. */
#include "check/attribution.h"
#include "util/arena.h"
#include "util/utf8.h"

#include <string.h>

enum { SENTENCES = 2, PARAGRAPHS = 4 };			/* that may pass */
enum { WORDS = 20, FEW = 3, SPEECH = 8 };		/* words of what is long, of a sentence that counts, of a paragraph that runs on */

static const kind_set STORY = KIND(BLOCK_LEAD) | KIND(BLOCK_PARAGRAPH), HEADS = KIND(BLOCK_HEADLINE) | KIND(BLOCK_CAPTION);

static bool
is_blank(const struct text *t, uint32_t a, uint32_t z)
{
	return attribution_count_words(t, (struct range){a, z}, 1) == 0;
}

/* Sentences that begin in the quotation. */
static size_t
count_sentences(struct check_ctx *c, struct range inside)
{
	const struct text *t = &c->article->text;
	size_t n = 0;

	for (uint32_t i = inside.a; i < inside.z;) {
		struct range s = analysis_sentence_at(c->analysis, i);
		uint32_t z = s.z > i && s.z < inside.z ? s.z : inside.z;

		n += attribution_count_words(t, (struct range){i, z}, FEW) == FEW;
		i = z;
		while (i < inside.z && t->s[i] == ' ')
			i++;
	}
	return n;
}

/* The next word from *i on; empty if there is none. */
static struct range
next_word(const struct text *t, uint32_t *i, uint32_t z)
{
	struct range w;
	size_t n;
	unsigned cp;

	while (*i < z && utf8_word(t->s + *i, t->s + z) == 0)
		*i += (uint32_t)utf8_next(t->s + *i, &cp);
	w = (struct range){*i, *i};
	while (w.z < z && (n = utf8_word(t->s + w.z, t->s + z)) != 0)
		w.z += (uint32_t)n;
	*i = w.z;
	return w;
}

/* Does the paragraph hold a word of the name that begins with a capital? */
static bool
holds_name(const struct text *t, struct range in, struct range name)
{
	enum { INITIAL = 2 };
	struct range w;

	for (uint32_t i = name.a; range_len(w = next_word(t, &i, name.z)) != 0; ) {
		unsigned cp;

		utf8_next(t->s + w.a, &cp);
		if (utf8_is_upper(cp) && range_len(w) > INITIAL && memmem(t->s + in.a, range_len(in), t->s + w.a, range_len(w)) != NULL)
			return true;
	}
	return false;
}

/* Does the paragraph before introduce the quotation, or one of the last few tell of whoever speaks it?  Only a name that comes
 * up with the quotation comes late; a pronoun or “the mayor” stands for somebody known. */
static bool
known_before(const struct check_ctx *c, uint32_t block, const struct tag *tag)
{
	enum { LOOK = 3 };
	const struct block *blocks = c->article->blocks;
	const struct text *t = &c->article->text;
	struct range last;

	if (tag->kind != SPEAKER_NAME)
		return true;
	if (block > 0 && attribution_last_char(t, blocks[block - 1].at, &last) == ':')
		return true;
	for (uint32_t n = 1; n <= LOOK && n <= block && (KIND(blocks[block - n].kind) & ~HEADS); n++)
		if (holds_name(t, blocks[block - n].at, tag->speaker))
			return true;
	return false;
}

/* The quotations [first, next) of one paragraph. */
static void
read_paragraph(struct check_ctx *c, size_t first, size_t next)
{
	const struct analysis *an = c->analysis;
	const struct text *t = &c->article->text;
	const struct quotation *q = &an->quotations[first];
	struct report_note note = {.message = "the speaker is named here"};
	struct report r = {.at = q->at, .certainty = SURE, .notes = &note, .nnotes = 1};
	size_t sentences = 0, words = 0;

	if (q->continued || !is_blank(t, c->article->blocks[q->block].at.a, q->at.a))
		return;
	for (size_t i = first; i < next; i++) {
		struct tag tag;

		if (an->quotations[i].level != 0)
			continue;
		sentences += count_sentences(c, an->quotations[i].inside);
		words += attribution_count_words(t, an->quotations[i].inside, WORDS);
		tag = analysis_tag_behind(c->analysis, &an->quotations[i]);
		if (tag.kind == SPEAKER_NONE && (i + 1 >= next || !is_blank(t, an->quotations[i].at.z, an->quotations[i + 1].at.a)))
			return;
		if (tag.kind == SPEAKER_NONE)
			continue;
		if (sentences > SENTENCES && words >= WORDS && !known_before(c, q->block, &tag)) {
			note.at = tag.at;
			report_said(&r, "problem", arena_printf(c->arena, "%zu quoted sentences pass before the speaker is named", sentences));
			report_said(&r, "expected", "the speaker after the first");
			check_report(c, &r);
		}
		return;
	}
}

/* “WALLACE: Why now?”: each paragraph names its speaker. */
static bool
is_labelled(const struct text *t, struct range inside)
{
	enum { LABEL = 30 };
	size_t n = range_len(inside) < LABEL ? range_len(inside) : LABEL;
	const char *colon = memchr(t->s + inside.a, ':', n);

	return colon != NULL && attribution_count_words(t, (struct range){inside.a, (uint32_t)(colon - t->s)}, FEW) < FEW;
}

void
attribution_late(struct check_ctx *c)
{
	const struct analysis *an = c->analysis;
	size_t running = 0, begun = 0, next;
	uint32_t last = UINT32_MAX;

	for (size_t i = 0; i < an->nquotations; i = next) {
		const struct quotation *q = &an->quotations[i];
		bool runs = (q->sourced == SOURCED_RUN || q->continued) && !is_labelled(&c->article->text, q->inside) &&
		    attribution_count_words(&c->article->text, q->inside, SPEECH) == SPEECH;

		for (next = i; next < an->nquotations && an->quotations[next].block == q->block; next++)
			if (an->quotations[next].level == 0 && an->quotations[next].sourced != SOURCED_RUN && !an->quotations[next].continued)
				runs = false;
		running = !runs ? 0 : q->block == last + 1 ? running + 1 : 1;
		begun = running == 1 ? i : begun;
		last = q->block;
		if (!attribution_asked(c, q) || !(KIND(c->article->blocks[q->block].kind) & STORY))
			continue;
		if (running == PARAGRAPHS + 1) {
			struct report_note note = {.at = an->quotations[begun].at, .message = "it runs on from the paragraph before this one"};
			struct report r = {.at = q->at, .certainty = SURE, .notes = &note, .nnotes = 1};

			report_said(&r, "problem", "a quotation runs on for more than four paragraphs after its speaker was named");
			report_said(&r, "expected", "the speaker again");
			check_report(c, &r);
		} else if (running == 0)
			read_paragraph(c, i, next);
	}
}
