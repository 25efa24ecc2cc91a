/* Faults of the tag itself, the words beside a quotation that name its speaker: one too many, or the wrong stop before it. */
#include "check/attribution.h"
#include "util/arena.h"
#include "util/utf8.h"

#include <string.h>

enum { FEW = 3, OBJECT = 5, NOUN = 4 };	/* words of a quotation that is a sentence, between a verb and the mark, of "the envoy" */

static struct range
block_of(const struct check_ctx *c, const struct quotation *q)
{
	return c->article->blocks[q->block].at;
}

static struct range
word_from(const struct text *t, uint32_t i, uint32_t z)
{
	struct range w;

	while (i < z && t->s[i] == ' ')
		i++;
	for (w = (struct range){i, i}; w.z < z && utf8_word(t->s + w.z, t->s + z) != 0; )
		w.z += (uint32_t)utf8_word(t->s + w.z, t->s + z);
	return w;
}

/* Does a tag end there: at a stop, or before the words that say when?  “on Monday” */
static bool
tag_ends(const struct check_ctx *c, const struct tag *tag, uint32_t z)
{
	const struct text *t = &c->article->text;
	const struct language *l = c->analysis->language;
	unsigned cp = attribution_next_char(t, tag->at.z, z);
	struct range w = word_from(t, tag->at.z, z);

	if (cp == 0 || cp == '.' || cp == ',' || cp == ';')
		return true;
	if (facts_in_list(l, LIST_TIME_JOINERS, t->s + w.a, range_len(w)))
		w = word_from(t, w.z, z);
	return facts_number(l, LIST_WEEKDAYS, t->s + w.a, range_len(w)) != 0 || facts_in_list(l, LIST_TIME_WORDS, t->s + w.a, range_len(w));
}

/* ---- double: The envoy said: “We found this,” she said. ---- */

static bool
is_narrator(const struct check_ctx *c, struct range r)
{
	return facts_in_list(c->analysis->language, LIST_NARRATORS, c->article->text.s + r.a, range_len(r));
}

static bool
same_words(const struct check_ctx *c, struct range a, struct range b)
{
	const char *s = c->article->text.s;

	if (range_len(a) != range_len(b))
		return false;
	for (size_t i = 0; i < range_len(a); i++)
		if (utf8_fold((unsigned char)s[a.a + i], false) != utf8_fold((unsigned char)s[b.a + i], false))
			return false;
	return true;
}

/* Behind the verb, whom it is said to, if that is one of a few words: The envoy told him: */
static bool
told_somebody(const struct check_ctx *c, const struct tag *tag, uint32_t z)
{
	const struct text *t = &c->article->text;
	const struct language *l = c->analysis->language;
	struct range w = word_from(t, tag->verb.z, z);

	return facts_in_list(l, LIST_STOPWORDS, t->s + w.a, range_len(w)) && !facts_in_list(l, LIST_TIME_JOINERS, t->s + w.a, range_len(w));
}

/* “The envoy said:”, and not “At noon a pilot came up to her and said:”, where she may be who tells it. */
static bool
is_plain_noun(const struct check_ctx *c, const struct tag *before, uint32_t z)
{
	const struct text *t = &c->article->text;

	return before->begins && !before->aside && attribution_count_words(t, before->speaker, NOUN + 1) <= NOUN &&
	    attribution_count_words(t, (struct range){before->verb.z, z}, 1) == 0 &&
	    facts_in_list(c->analysis->language, LIST_SAYING_VERBS, t->s + before->verb.a, range_len(before->verb));
}

void
attribution_double(struct check_ctx *c)
{
	struct analysis *an = c->analysis;
	const struct text *t = &c->article->text;

	for (size_t i = 0; i < an->nquotations; i++) {
		const struct quotation *q = &an->quotations[i];
		struct report_note note = {.message = "it is attributed here already"};
		struct report r = {.certainty = SURE, .notes = &note, .nnotes = 1};
		struct tag before, behind;
		struct range last;
		unsigned cp, after;

		if (!attribution_asked(c, q) || !q->closed || attribution_count_words(t, q->inside, FEW) < FEW)
			continue;
		behind = analysis_tag_behind(an, q);
		if ((behind.kind != SPEAKER_PRONOUN && behind.kind != SPEAKER_NAME) || !tag_ends(c, &behind, block_of(c, q).z))
			continue;
		attribution_last_char(t, q->inside, &last);
		after = attribution_next_char(t, behind.at.z, block_of(c, q).z);
		utf8_next(t->s + behind.at.a, &cp);
		if (utf8_is_upper(cp) && (t->s[last.a] == '.' || ((t->s[last.a] == '?' || t->s[last.a] == '!') && after != 0 && after != '.')))
			continue;
		before = analysis_tag_before(an, q);
		if (before.kind == SPEAKER_NONE || !before.led || attribution_count_words(t, (struct range){before.verb.z, q->at.a}, OBJECT + 1) > OBJECT ||
		    told_somebody(c, &before, q->at.a) || is_narrator(c, behind.speaker))
			continue;
		if (before.kind == SPEAKER_PRONOUN && (behind.kind != SPEAKER_PRONOUN || !same_words(c, before.speaker, behind.speaker)))
			continue;
		if (behind.kind == SPEAKER_NAME && (before.kind != SPEAKER_NAME || !attribution_same_person(c, &before, &behind)))
			continue;
		if (before.kind == SPEAKER_NOUN && !is_plain_noun(c, &before, q->at.a))
			continue;
		r.at = behind.at;
		note.at = before.at;
		check_report(c, &r);
	}
}

/* ---- punctuation: “We will stay.” he said. ---- */

/* Is the quotation a sentence of its own, or the beginning of one, and no name in the middle of one? */
static bool
begins_sentence(const struct check_ctx *c, const struct quotation *q)
{
	const struct text *t = &c->article->text;
	struct range block = block_of(c, q), last;
	unsigned cp = attribution_last_char(t, (struct range){block.a, q->at.a}, &last);

	return cp == 0 || cp == '.' || cp == '!' || cp == '?' || cp == ':' || cp == ',' || cp == 0x2014 || cp == 0x2013 || cp == 0x2026;
}

static bool
is_abbreviation(const struct check_ctx *c, struct range inside, uint32_t stop)
{
	const char *s = c->article->text.s;
	uint32_t i = stop;

	while (i > inside.a && (s[i - 1] == '.' || ((unsigned char)s[i - 1] & 0x80) != 0 || utf8_word(s + i - 1, s + stop) != 0))
		i--;
	return stop - i == 1 || facts_in_list(c->analysis->language, LIST_ABBREVIATIONS, s + i, stop + 1 - i);
}

void
attribution_punctuation(struct check_ctx *c)
{
	struct analysis *an = c->analysis;
	const struct text *t = &c->article->text;

	for (size_t i = 0; i < an->nquotations; i++) {
		const struct quotation *q = &an->quotations[i];
		struct report r = {.certainty = SURE};
		struct report_edit edits[2];
		struct tag tag;
		struct range last;
		unsigned cp, first, after;
		bool stop, lower, saying;

		if (!attribution_asked(c, q) || !q->closed || !attribution_begins_capital(t, q->inside) ||
		    attribution_count_words(t, q->inside, FEW) < FEW || !begins_sentence(c, q))
			continue;
		if (attribution_next_char(t, q->at.z, block_of(c, q).z) == ',')
			continue;
		cp = attribution_last_char(t, q->inside, &last);
		if (cp == 0 || (cp != '.' && strchr("?!,;:-", cp < 0x80 ? (int)cp : 'x') != NULL) || cp == 0x2026 || cp == 0x2014 || cp == 0x2013)
			continue;
		tag = analysis_tag_behind(an, q);
		if (tag.kind == SPEAKER_NONE || tag.aside)
			continue;
		if (cp == '.' && last.a > q->inside.a && t->s[last.a - 1] == '.')
			continue;
		stop = cp == '.' && !is_abbreviation(c, q->inside, last.a);
		utf8_next(t->s + tag.at.a, &first);
		lower = utf8_is_lower(first);
		after = attribution_next_char(t, tag.at.z, block_of(c, q).z);
		saying = facts_in_list(an->language, LIST_SAYING_VERBS, t->s + tag.verb.a, range_len(tag.verb));
		if (tag.kind == SPEAKER_NOUN && !(lower && stop && saying && tag_ends(c, &tag, block_of(c, q).z)))
			continue;
		if (stop && !lower && !(saying && !tag.inverted && (after == 0 || after == '.' || after == ';')))
			continue;
		if (!stop && !(saying && ((lower && tag.kind == SPEAKER_PRONOUN) || tag_ends(c, &tag, block_of(c, q).z))))
			continue;
		r.at = stop ? last : (struct range){last.z, last.z};
		edits[0] = (struct report_edit){r.at, ","};
		r.edits = edits;
		r.nedits = 1;
		if (tag.kind == SPEAKER_PRONOUN && !lower) {
			char small[5];
			size_t n = utf8_encode(utf8_fold(first, false), small);

			small[n] = '\0';
			edits[1] = (struct report_edit){{tag.at.a, tag.at.a + (uint32_t)utf8_next(t->s + tag.at.a, &cp)}, arena_strdup(c->arena, small)};
			r.nedits += range_len(tag.speaker) > 1;
		}
		report_said(&r, "stop", stop ? "a full stop" : "nothing");
		report_arg(&r, "tag", t->s + tag.at.a, range_len(tag.at));
		check_report(c, &r);
	}
}
