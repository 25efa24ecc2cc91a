/* Who speaks a quotation: not which person, but whether anything says it, and where.
 *
 *	“We will stay,” Ada Brandt said.		beside it
 *	The harbour trust made that clear: “We stay.”	introduced
 *	“We stay.” Brandt, who runs it, said no more.	elsewhere in its paragraph
 *
 * A paragraph that is nothing but a quotation is excused by the one before it, if that ends by introducing it, or holds a
 * quotation that has a speaker, or is itself such a paragraph so excused.  One that only reports what somebody said makes
 * it doubtful.  To name a source that is not there costs a miss, and to overlook one a false alarm: any verb of speech in
 * the paragraph counts. */
#include "analysis/attribution_int.h"
#include "analysis/quotations_int.h"

#include "util/utf8.h"

#include <string.h>

static const kind_set STORY = KIND(BLOCK_LEAD) | KIND(BLOCK_PARAGRAPH) | KIND(BLOCK_BLOCKQUOTE) | KIND(BLOCK_LIST_ITEM);

/* The paragraph at hand or the one before. */
struct para {
	uint32_t block;
	bool known;
	size_t first, last;		/* its quotations: those of level 0 among them count */
	bool sourced;			/* it holds a quotation that has a speaker, or runs on */
	bool unsourced;			/* nothing but quotations without one */
};

struct reader {
	struct analysis *an;
	const struct cue_words *words;
	const struct text *t;
	const char *s;			/* of the text */
	enum { UNKNOWN, REPORTER, NARRATOR } told_by;	/* narrator: "I" and "my" all through */
	struct range spoken;		/* by spoken_in() of the text from `searched` to `searched_to` */
	uint32_t searched, searched_to;
};

/* The quotations of a block: the first, and in *next the one behind the last. */
static size_t
quotations_of(const struct analysis *an, uint32_t block, size_t *next)
{
	size_t first;

	while (*next < an->nquotations && an->quotations[*next].block < block)
		(*next)++;
	first = *next;
	while (*next < an->nquotations && an->quotations[*next].block == block)
		(*next)++;
	return first;
}

/* ---- cues in a stretch of text ---- */

/* The first cue that begins at or behind `at`. */
static size_t
cue_from(const struct analysis *an, uint32_t at)
{
	size_t lo = 0, hi = an->ncues;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (an->cues[mid].at.a < at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* The first or last cue of these classes; empty if there is none. */
static struct range
find_cue(const struct reader *r, struct range in, unsigned classes, bool last, bool *phrase)
{
	struct range found = {in.a, in.a};

	for (size_t i = cue_from(r->an, in.a); i < r->an->ncues && r->an->cues[i].at.a < in.z; i++) {
		const struct cue *cue = &r->an->cues[i];

		/* a word of a phrase that was found is none of its own */
		if ((cue->class & classes) == 0 || cue->at.z > in.z || (range_len(found) != 0 && cue->at.a < found.z))
			continue;
		if (phrase != NULL)
			*phrase = (cue->class & CUE_PHRASE) != 0;
		found = cue->at;
		if (!last)
			break;
	}
	return found;
}

/* ---- beside a quotation ---- */

/* The text between it and the quotations around it, or the paragraph's ends. */
static void
beside(const struct analysis *an, const struct para *p, size_t q, struct range *before, struct range *behind)
{
	const struct block *b = &an->article->blocks[p->block];

	*before = (struct range){b->at.a, an->quotations[q].at.a};
	*behind = (struct range){an->quotations[q].at.z, b->at.z};
	for (size_t i = q; i > p->first; i--)
		if (an->quotations[i - 1].level == 0) {
			before->a = an->quotations[i - 1].at.z;
			break;
		}
	for (size_t i = q + 1; i < p->last; i++)
		if (an->quotations[i].level == 0) {
			behind->z = an->quotations[i].at.a;
			break;
		}
	if (before->a > before->z)
		before->a = before->z;
	if (behind->z < behind->a)
		behind->z = behind->a;
}

/* As much of the text behind as belongs to the sentence at its beginning. */
static struct range
following_text(const struct reader *r, struct range in)
{
	uint32_t i = in.a;
	struct range sentence;

	while (i < in.z && (r->s[i] == ' ' || r->s[i] == ',' || r->s[i] == '.'))
		i++;
	sentence = analysis_sentence_at(r->an, i);
	if (sentence.z > i && sentence.z < in.z)
		in.z = sentence.z;
	return in;
}

/* As much of the text before as leads to what follows; empty where a sentence ends. */
static struct range
leading_text(const struct reader *r, struct range in)
{
	uint32_t z = in.z;
	struct range sentence;
	unsigned cp = sign_char_before(r->t, in.a, in.z);

	while (z > in.a && r->s[z - 1] == ' ')
		z--;
	if (z == in.a)
		return (struct range){in.z, in.z};
	sentence = analysis_sentence_at(r->an, z - 1);
	if (cp == '.' || cp == '!' || cp == '?')
		return (struct range){in.z, in.z};
	if (sentence.a > in.a && sentence.a < z)
		in.a = sentence.a;
	return in;
}

static enum sourced
by_own_paragraph(const struct reader *r, const struct para *p, size_t i)
{
	struct quotation *q = &r->an->quotations[i];
	struct range before, behind, leading, following;
	bool phrase_after = false, phrase_before = false;
	unsigned cp;

	beside(r->an, p, i, &before, &behind);
	following = following_text(r, behind);
	leading = leading_text(r, before);
	q->after = find_cue(r, following, CUE_ANY_VERB | CUE_PHRASE, false, &phrase_after);
	q->before = find_cue(r, leading, CUE_ANY_VERB | CUE_PHRASE, true, &phrase_before);
	if (range_len(q->after) != 0 || range_len(q->before) != 0) {
		/* Brandt said “some” of it had been true, adding more: only a comma inside looks to what follows */
		unsigned end = sign_char_before(r->t, q->inside.a, q->inside.z);
		bool behind_it = range_len(q->before) == 0 || (range_len(q->after) != 0 && (end == ',' || end == '?' || end == '!'));

		q->cue = behind_it ? q->after : q->before;
		q->speaker = attribution_speaker(r->an, q->cue, behind_it ? phrase_after : phrase_before, behind_it ? following : leading);
		return SOURCED_BESIDE;
	}
	/* Brandt's message: While “we are glad of it, we will stay.” */
	if (memchr(r->s + leading.a, ':', range_len(leading)) != NULL && range_len(q->cue = find_cue(r, leading, CUE_NOUN, true, NULL)) != 0)
		return SOURCED_BESIDE;
	/* “It was late,” Ada Brandt remembered: the comma says that somebody speaks, whatever the verb */
	if (sign_char_before(r->t, q->inside.a, q->inside.z) == ',' && !sign_is_blank(r->t, behind))
		return SOURCED_BESIDE;
	cp = sign_char_before(r->t, before.a, before.z);
	/* What about the ferries? “They will sail.” */
	if (cp == '?')
		return SOURCED_LABEL;
	if (cp == ':' || (sign_is_dash(cp) && !sign_is_blank(r->t, before))) {
		q->cue = find_cue(r, before, CUE_ANY_VERB | CUE_PHRASE | CUE_NOUN, true, NULL);
		return range_len(q->cue) != 0 ? SOURCED_BESIDE : SOURCED_LABEL;
	}
	if (sign_is_signed(r->t, behind) || sign_is_name_line(r->t, text_trim(r->t, behind), true) || sign_is_labelled(r->t, q->inside))
		return SOURCED_LABEL;
	return SOURCED_NOWHERE;
}

/* The first cue of the paragraph outside quotations; empty if there is none. */
static struct range
cue_outside(const struct reader *r, const struct para *p, unsigned classes)
{
	const struct block *b = &r->an->article->blocks[p->block];
	struct range between = {b->at.a, b->at.a}, cue;

	for (size_t k = p->first; k <= p->last; k++) {
		if (k < p->last && r->an->quotations[k].level != 0)
			continue;
		between.z = k < p->last ? r->an->quotations[k].at.a : b->at.z;
		if (between.a < between.z && range_len(cue = find_cue(r, between, classes, false, NULL)) != 0)
			return cue;
		if (k < p->last)
			between.a = r->an->quotations[k].at.z;
	}
	return (struct range){b->at.a, b->at.a};
}

/* He called it “a plan that will help thousands of families.”, the book “How To Keep A Harbour Open.”: a piece of the sentence
 * around it, which is no sentence without it. */
static bool
is_piece(const struct reader *r, const struct quotation *q)
{
	const struct block *b = &r->an->article->blocks[q->block];
	unsigned before = sign_char_before(r->t, b->at.a, q->at.a);

	return before != 0 && strchr(".!?", before < 0x80 ? (int)before : 'x') == NULL && before != 0x2026 && before != 0x201D && before != '"';
}

/* Has somebody to be named for it?  Whole sentences that stand for themselves. */
static bool
asks(const struct reader *r, const struct quotation *q)
{
	return q->level == 0 && q->kind == QUOTATION_DIRECT && r->an->article->blocks[q->block].kind != BLOCK_BLOCKQUOTE && (q->closed || q->continues) && !is_piece(r, q);
}

/* ---- the paragraph before ---- */

/* “Brandt went on with her scathing remarks.”: one short sentence of somebody who speaks, and not what they say. */
static bool
announces(const struct reader *r, struct range at)
{
	at = text_trim(r->t, at);
	return range_len(at) <= SIGN_SHORT && analysis_sentence_at(r->an, at.a).z >= at.z && range_len(find_cue(r, at, CUE_NOUN, false, NULL)) != 0;
}

/* “... and asked himself one question.” */
static bool
leads_in(const struct reader *r, struct range at)
{
	enum { TAIL = 40 };		/* bytes */
	uint32_t i = range_len(at) > TAIL ? at.z - TAIL : at.a;

	while (i < at.z) {
		size_t n = cue_word_length(r->s + i, r->s + at.z);
		unsigned cp;

		for (const char *const *p = facts_list(r->an->language, LIST_LEAD_INS); n != 0 && *p != NULL; p++)
			if (facts_begins(r->an->language, *p, r->s + i, r->s + at.z) != 0)
				return true;
		i += n != 0 ? (uint32_t)n : (uint32_t)utf8_next(r->s + i, &cp);
	}
	return false;
}

/* What the surroundings of a paragraph say of the quotations in it that have no speaker there: of its first words, and of the
 * others.  Once a paragraph, however many quotations it holds. */
struct around {
	enum sourced first, others;
	struct range cue, looked;
};

static void
by_paragraph_before(const struct reader *r, const struct para *prev, bool bare, struct around *out)
{
	struct range at;
	unsigned cp;

	if (!prev->known)
		return;
	out->looked = r->an->article->blocks[prev->block].at;
	at = text_trim(r->t, out->looked);
	cp = sign_char_before(r->t, at.a, at.z);
	if (cp == ':' || sign_is_dash(cp) || (cp == '?' && analysis_sentence_at(r->an, at.a).z >= at.z) || leads_in(r, at)) {
		out->first = out->others = SOURCED_BEFORE;
	} else if (sign_is_name_line(r->t, at, false)) {
		out->first = out->others = SOURCED_LABEL;
	} else if (prev->sourced) {
		out->first = SOURCED_RUN;
		out->others = bare ? SOURCED_RUN : SOURCED_NOWHERE;
	} else if (bare && sign_is_heading(r->t, at)) {
		out->first = out->others = SOURCED_DOUBTFULLY;
	} else if (bare && range_len(out->cue = find_cue(r, at, CUE_STRONG, true, NULL)) != 0 && announces(r, at)) {
		out->first = out->others = SOURCED_DOUBTFULLY;
	}
}

/* Nothing but quotations, marks aside? */
static bool
is_bare(const struct reader *r, const struct para *p)
{
	const struct block *b = &r->an->article->blocks[p->block];
	struct range between = {b->at.a, b->at.a};

	for (size_t k = p->first; k < p->last; k++) {
		if (r->an->quotations[k].level != 0)
			continue;
		between.z = r->an->quotations[k].at.a;
		if (between.a < between.z && !sign_is_blank(r->t, between))
			return false;
		between.a = r->an->quotations[k].at.z;
	}
	between.z = b->at.z;
	return between.a >= between.z || sign_is_blank(r->t, between);
}

/* Is it signed in a line below it, or below the paragraphs that go on with it?  “— Ada Brandt, engineer” */
static bool
signed_below(const struct reader *r, uint32_t block)
{
	enum { SHORT = 300, LOOK = 6 };
	const struct article *a = r->an->article;

	for (uint32_t i = block + 1; i < a->nblocks && i <= block + LOOK; i++) {
		struct range at = text_trim(&a->text, a->blocks[i].at);
		enum glyph ignore;

		if (range_len(at) == 0)
			continue;
		if (range_len(at) <= SHORT && (sign_is_signed(r->t, at) || sign_is_name_line(r->t, at, false)))
			return true;
		/* “So said Ada Brandt in her last speech.” */
		for (const char *const *p = facts_list(r->an->language, LIST_LOOK_BACKS); i == block + 1 && *p != NULL; p++)
			if (facts_begins(r->an->language, *p, r->s + at.a, r->s + at.z) != 0)
				return true;
		if (mark_glyph(r->s + at.a, r->s + at.z, &ignore) == 0)
			return false;
	}
	return false;
}

/* The pilot looked at the sky. “It will hold till noon.”: the sentence before is about somebody, who may well be who speaks. */
static bool
is_about_somebody(const struct reader *r, const struct quotation *q)
{
	enum { FIRST_WORDS = 5, FIRST_BYTES = 200, MARKS = 16 };	/* of the sentence; bytes of signs between it and the quotation */
	const struct block *b = &r->an->article->blocks[q->block];
	uint32_t i = q->at.a;
	struct range sentence;
	unsigned words = 0;

	while (i > b->at.a && q->at.a - i < MARKS && utf8_word(r->s + i - 1, r->s + q->at.a) == 0 && ((unsigned char)r->s[i - 1] & 0x80) == 0)
		i--;
	if (i == b->at.a)
		return false;
	sentence = analysis_sentence_at(r->an, i - 1);
	if (range_len(sentence) > FIRST_BYTES) {
		uint32_t z = sentence.a + FIRST_BYTES;

		while (z < sentence.z && ((unsigned char)r->s[z] & 0xC0) == 0x80)
			z++;
		sentence.z = z;
	}
	for (i = sentence.a; i < sentence.z && words < FIRST_WORDS; words++) {
		size_t n, len;
		unsigned cp;

		while (i < sentence.z && (n = cue_word_length(r->s + i, r->s + sentence.z)) == 0)
			i += (uint32_t)utf8_next(r->s + i, &cp);
		if (i >= sentence.z)
			break;
		if ((cue_word_at(r->words, r->s + i, r->s + sentence.z, n, &len) & CUE_PRONOUN) != 0)
			return true;
		utf8_next(r->s + i, &cp);
		if (utf8_is_upper(cp) && !facts_in_list(r->an->language, LIST_STOPWORDS, r->s + i, n))
			return true;
		i += (uint32_t)n;
	}
	return false;
}

/* I looked at the sky. “It will hold till noon.”: whoever tells it may well be who speaks, or whom they talk to. */
static bool
tells_itself(struct reader *r, const struct para *p)
{
	const struct article *a = r->an->article;
	size_t paragraphs = 0, told = 0, next = 0;

	if (range_len(cue_outside(r, p, CUE_NARRATOR)) != 0)
		return true;
	if (r->told_by == UNKNOWN) {
		for (uint32_t i = 0; i < a->nblocks; i++) {
			struct para at = {.block = i, .first = quotations_of(r->an, i, &next)};

			at.last = next;
			if (!(KIND(a->blocks[i].kind) & STORY))
				continue;
			paragraphs += !is_bare(r, &at);
			told += range_len(cue_outside(r, &at, CUE_NARRATOR)) != 0;
		}
		r->told_by = 4 * told >= paragraphs ? NARRATOR : REPORTER;
	}
	return r->told_by == NARRATOR;
}

/* The first « souligne-t-elle » of a stretch: French puts the speaker between the marks, the verb before the pronoun.  Empty if none. */
static struct range
spoken_in(const struct reader *r, struct range in)
{
	const char *s = r->s, *end = s + in.z, *p = s + in.a, *after;

	while (p < end) {
		size_t n = cue_word_length(p, end), len;
		unsigned cp;

		if (n == 0) {
			p += utf8_next(p, &cp);
			continue;
		}
		after = p + n;
		if (after < end && *after == '-' && (cue_word_at(r->words, p, end, n, &len) & (CUE_SPEECH | CUE_VERB)) != 0) {
			after += end - after > 3 && memcmp(after, "-t-", 3) == 0 ? 3 : 1;
			if ((n = cue_word_length(after, end)) != 0 && (cue_word_at(r->words, after, end, n, &len) & CUE_PRONOUN) != 0)
				return (struct range){(uint32_t)(p - s), (uint32_t)(after - s + n)};
		}
		p = after;
	}
	return (struct range){in.z, in.z};
}

/* « C'est fini, souligne-t-elle. Nous restons. »  Quotations that never close all reach to the paragraph's end: what was found for one
 * is kept for the next. */
static bool
is_spoken_inside(struct reader *r, const struct quotation *q)
{
	if (q->inside.a < r->searched || q->inside.a > r->spoken.a || r->searched_to < q->inside.z) {
		r->searched = q->inside.a;
		r->searched_to = r->an->article->blocks[q->block].at.z;
		r->spoken = spoken_in(r, (struct range){r->searched, r->searched_to});
	}
	return range_len(r->spoken) != 0 && r->spoken.z <= q->inside.z;
}

static void
look_around(struct reader *r, const struct para *p, const struct para *prev, bool bare, size_t asked, struct around *out)
{
	memset(out, 0, sizeof *out);
	out->first = out->others = SOURCED_NOWHERE;
	if (sign_is_post(r->t, r->an->article->blocks[p->block].at) || signed_below(r, p->block)) {
		out->first = out->others = SOURCED_LABEL;
		return;
	}
	by_paragraph_before(r, prev, bare, out);
	/* “Will it sail?” “It will.”: two speak in it */
	if (out->others == SOURCED_NOWHERE && ((bare && asked > 1) || tells_itself(r, p)))
		out->others = SOURCED_DOUBTFULLY;
	if (out->first == SOURCED_NOWHERE)
		out->first = out->others;
}

static void
settle(struct reader *r, const struct around *around, bool first, struct quotation *q)
{
	if (is_spoken_inside(r, q)) {
		q->sourced = SOURCED_BESIDE;
	} else if (q->continued) {
		q->sourced = SOURCED_RUN;
	} else {
		q->sourced = first ? around->first : around->others;
		q->looked = around->looked;
		if (q->sourced <= SOURCED_DOUBTFULLY)
			q->cue = around->cue;
		if (q->sourced == SOURCED_NOWHERE && is_about_somebody(r, q))
			q->sourced = SOURCED_DOUBTFULLY;
	}
}

static void
read_paragraph(struct reader *r, struct para *p, const struct para *prev)
{
	const struct block *b = &r->an->article->blocks[p->block];
	bool bare = is_bare(r, p), sourced = false, without = false, first = true;
	struct range elsewhere = {0, 0};
	struct around around;
	size_t asked = 0;

	for (size_t i = p->first; i < p->last; i++) {
		struct quotation *q = &r->an->quotations[i];

		q->before = q->after = q->cue = q->speaker = (struct range){q->at.a, q->at.a};
		if (q->level != 0 || q->kind == QUOTATION_BLOCK)
			continue;
		q->sourced = by_own_paragraph(r, p, i);
		sourced = sourced || q->sourced != SOURCED_NOWHERE;
		without = without || q->sourced == SOURCED_NOWHERE;
		asked += asks(r, q);
	}
	if (without)
		elsewhere = cue_outside(r, p, CUE_STRONG);
	sourced = sourced || range_len(elsewhere) != 0;
	if (without && !sourced)
		look_around(r, p, prev, bare, asked, &around);
	for (size_t i = p->first; i < p->last; i++) {
		struct quotation *q = &r->an->quotations[i];

		if (q->level != 0 || q->kind == QUOTATION_BLOCK)
			continue;
		if (q->sourced == SOURCED_NOWHERE && sourced) {
			q->cue = elsewhere;
			q->sourced = SOURCED_PARAGRAPH;
		} else if (q->sourced == SOURCED_NOWHERE) {
			settle(r, &around, first && sign_is_blank(r->t, (struct range){b->at.a, q->at.a}), q);
		}
		first = false;
		p->sourced = p->sourced || q->continues || q->sourced > SOURCED_DOUBTFULLY;
		if (q->sourced <= SOURCED_DOUBTFULLY) {
			if (!asks(r, q))
				q->sourced = SOURCED_UNASKED;
			else
				q->follows = bare && prev->unsourced;
		}
	}
	p->unsourced = bare && asked != 0 && !p->sourced;
}

void
analysis_attributions(struct analysis *an)
{
	const struct article *a = an->article;
	struct reader r = {.an = an, .t = &a->text, .s = a->text.s};
	struct para prev = {.known = false};
	size_t next = 0;

	if (an->have_attributions)
		return;
	an->have_attributions = true;
	analysis_quotations(an);
	if (an->nquotations == 0 || (r.words = cue_words_of(an->language)) == NULL)
		return;
	cue_words_collect(an, r.words, STORY);
	for (uint32_t i = 0; i < a->nblocks; i++) {
		struct para p = {.block = i, .known = true, .first = quotations_of(an, i, &next)};

		p.last = next;
		if (!(KIND(a->blocks[i].kind) & STORY))
			continue;
		if (p.first < p.last)
			read_paragraph(&r, &p, &prev);
		prev = p;
	}
	attribution_excuse(an);
	analysis_forget_cues(an);
}
