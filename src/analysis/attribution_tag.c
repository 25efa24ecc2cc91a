/* Tags: the few words right beside a quotation that name who speaks it, read as a clause.
 *
 *	“...,” Ada Brandt said.			speaker and verb
 *	“...,” said the pilot, who saw it.	the other way round
 *	Ada Brandt, who saw it, told reporters on Monday: “...”
 *
 * A quotation's `cue` looks further, and is content to know that somebody speaks; a tag is for rules that ask who does, and where
 * the words stand. */
#include "analysis/attribution_int.h"

#include "util/utf8.h"

#include <string.h>

enum { SUBJECT_WORDS = 12, OBJECT_WORDS = 10, ASIDE = 120, PARTS = 32 };	/* words, words, bytes, words looked at */

struct tagger {
	struct analysis *an;
	const struct cue_words *words;
	const struct language *l;
	const struct text *t;
	const char *s;
};

static bool
is_apostrophe(const char *s, const char *end)
{
	return *s == '\'' || (end - s >= 3 && memcmp(s, "\xE2\x80\x99", 3) == 0);
}

/* The word that begins at i, past blanks: O'Brien, Jean-Luc, Brandt's, J., Sen. are one.  Empty, at the character that is none. */
static struct range
next_word(const struct tagger *g, uint32_t i, uint32_t z)
{
	const char *s = g->s, *end = s + z;
	struct range w;
	unsigned cp;
	size_t n;

	while (i < z && (utf8_next(s + i, &cp), utf8_is_space(cp)))
		i += (uint32_t)utf8_next(s + i, &cp);
	w = (struct range){i, i};
	while (w.z < z && (n = cue_word_length(s + w.z, end)) != 0) {
		w.z += (uint32_t)n;
		n = w.z >= z ? 0 : s[w.z] == '-' ? 1 : is_apostrophe(s + w.z, end) ? s[w.z] == '\'' ? 1 : 3 : 0;
		if (n == 0 || w.z + n >= z || cue_word_length(s + w.z + n, end) == 0)
			break;
		w.z += (uint32_t)n;
	}
	if (range_len(w) != 0 && w.z < z && s[w.z] == '.' &&
	    (utf8_count(s + w.a, range_len(w)) == 1 || facts_in_list(g->l, LIST_ABBREVIATIONS, s + w.a, range_len(w) + 1)) &&
	    w.z + 1 < z && s[w.z + 1] != '\n')
		w.z++;
	return w;
}

static bool
is_capital(const struct tagger *g, struct range w)
{
	unsigned cp;

	utf8_next(g->s + w.a, &cp);
	return utf8_is_upper(cp);
}

static unsigned
class_of(const struct tagger *g, struct range w, uint32_t z)
{
	size_t len;

	return cue_word_at(g->words, g->s + w.a, g->s + z, range_len(w), &len);
}

static bool
is_in(const struct tagger *g, enum list_name list, struct range w)
{
	return facts_in_list(g->l, list, g->s + w.a, range_len(w));
}

static bool
is_possessive(const struct tagger *g, struct range w)
{
	size_t n = range_len(w);

	return (n > 2 && memcmp(g->s + w.z - 2, "'s", 2) == 0) || (n > 4 && memcmp(g->s + w.z - 4, "\xE2\x80\x99s", 4) == 0);
}

/* The run of words in capitals that begins with w, small words within a name among them: Ada van der Brandt. */
static struct range
name_from(const struct tagger *g, struct range w, uint32_t z)
{
	struct range last = w, after;

	for (struct range n = next_word(g, w.z, z); range_len(n) != 0; n = next_word(g, n.z, z)) {
		if (is_capital(g, n))
			last = n;
		else if (!is_in(g, LIST_NAME_PARTICLES, n) || range_len(after = next_word(g, n.z, z)) == 0 || !is_capital(g, after))
			break;
	}
	return (struct range){w.a, last.z};
}

/* What these words name.  A name is the last run of words in capitals that no frequent word stands before: "New Portalder pilot
 * Ada Brandt of the harbour trust" names Ada Brandt, and "the pilot of Kelda Bay" nobody. */
static void
read_speaker(const struct tagger *g, struct range in, struct tag *tag)
{
	struct range w = next_word(g, in.a, in.z), name = {0, 0}, last;

	tag->speaker = in;
	tag->kind = range_len(w) != 0 ? SPEAKER_NOUN : SPEAKER_NONE;
	for (struct range p = w; range_len(p) != 0; p = next_word(g, p.z, in.z)) {
		if (class_of(g, p, in.z) & CUE_PRONOUN) {		/* but she */
			tag->speaker = p;
			tag->kind = SPEAKER_PRONOUN;
			return;
		}
		if (!is_in(g, LIST_STOPWORDS, p))
			break;
	}
	for (; range_len(w) != 0 && !is_in(g, LIST_STOPWORDS, w); w = next_word(g, w.z, in.z)) {
		if (!is_capital(g, w))
			continue;
		w = name_from(g, w, in.z);
		name = w;
	}
	if (range_len(name) == 0)
		return;
	for (last = w = next_word(g, name.a, name.z); range_len(w) != 0; w = next_word(g, w.z, name.z))
		last = w;
	if (is_possessive(g, last) || facts_number(g->l, LIST_WEEKDAYS, g->s + last.a, range_len(last)) != 0)
		return;
	tag->speaker = name;
	tag->kind = SPEAKER_NAME;
}

/* Behind an aside that opens at i, a bracket or a comma; 0 if it does not close, or is none: somebody speaks in it. */
static uint32_t
behind_aside(const struct tagger *g, uint32_t i, uint32_t z)
{
	char close = g->s[i] == '(' ? ')' : ',';
	const char *p;

	if (z - i > ASIDE)
		z = i + ASIDE;
	if ((p = memchr(g->s + i + 1, close, z - i - 1)) == NULL)
		return 0;
	z = (uint32_t)(p - g->s);
	for (uint32_t k = i + 1; k < z;) {
		struct range w = next_word(g, k, z);

		if (range_len(w) != 0 && (class_of(g, w, z) & (CUE_SPEECH | CUE_VERB)))
			return 0;
		k = w.z + (range_len(w) == 0);
	}
	return z + 1;
}

/* Speaker and verb from i on. */
static bool
read_forward(const struct tagger *g, uint32_t i, uint32_t z, struct tag *tag)
{
	struct range subject = {0, 0}, w = next_word(g, i, z);
	bool aside = false;
	uint32_t past;

	if (range_len(w) == 0)
		return false;
	tag->inverted = (class_of(g, w, z) & (CUE_SPEECH | CUE_VERB)) != 0;
	if (tag->inverted) {
		tag->verb = w;
		for (struct range n = next_word(g, w.z, z); range_len(n) != 0; n = next_word(g, n.z, z)) {
			if (facts_number(g->l, LIST_WEEKDAYS, g->s + n.a, range_len(n)) != 0 || is_in(g, LIST_TIME_WORDS, n))
				break;
			subject = (struct range){range_len(subject) == 0 ? n.a : subject.a, n.z};
		}
		if (range_len(subject) == 0)
			return false;
		read_speaker(g, subject, tag);
		tag->at = (struct range){w.a, tag->speaker.z};
		return true;
	}
	subject = w;
	for (unsigned n = 1; n < SUBJECT_WORDS; n++) {
		w = next_word(g, w.z, z);
		if (range_len(w) == 0) {
			if (w.a >= z || (g->s[w.a] != '(' && (g->s[w.a] != ',' || aside)) || (past = behind_aside(g, w.a, z)) == 0)
				return false;
			aside = aside || g->s[w.a] == ',';
			w = next_word(g, past, z);
			if (range_len(w) == 0)
				return false;
		}
		if (class_of(g, w, z) & (CUE_SPEECH | CUE_VERB)) {
			tag->verb = w;
			tag->aside = aside;
			tag->at = (struct range){subject.a, w.z};
			read_speaker(g, subject, tag);
			return tag->kind != SPEAKER_NONE;
		}
		if (!aside)
			subject.z = w.z;
	}
	return false;
}

/* The sentence that goes on at i, up to z. */
static uint32_t
sentence_end(const struct tagger *g, uint32_t i, uint32_t z)
{
	struct range sentence = analysis_sentence_at(g->an, i);

	return sentence.z > i && sentence.z < z ? sentence.z : z;
}

static bool
start(struct tagger *g, struct analysis *an)
{
	*g = (struct tagger){.an = an, .l = an->language, .t = &an->article->text, .s = an->article->text.s};
	analysis_quotations(an);
	g->words = cue_words_of(an->language);
	return g->words != NULL;
}

/* The ends of the text beside it that is no quotation's. */
static struct range
free_around(const struct analysis *an, const struct quotation *q)
{
	struct range r = an->article->blocks[q->block].at;
	size_t i = (size_t)(q - an->quotations);

	for (size_t k = i; k > 0 && an->quotations[k - 1].block == q->block; k--)
		if (an->quotations[k - 1].level == 0) {
			r.a = an->quotations[k - 1].at.z;
			break;
		}
	for (size_t k = i + 1; k < an->nquotations && an->quotations[k].block == q->block; k++)
		if (an->quotations[k].level == 0) {
			r.z = an->quotations[k].at.a;
			break;
		}
	return r;
}

static struct tag
read_behind(struct analysis *an, const struct quotation *q)
{
	struct tag tag = {.kind = SPEAKER_NONE};
	struct tagger g;
	uint32_t i = q->at.z, z;

	if (!q->closed || !start(&g, an))
		return tag;
	z = free_around(an, q).z;
	while (i < z && (g.s[i] == ' ' || g.s[i] == ','))
		i++;
	if (i < z && read_forward(&g, i, sentence_end(&g, i, z), &tag))
		return tag;
	return (struct tag){.kind = SPEAKER_NONE};
}

static struct tag
read_before(struct analysis *an, const struct quotation *q)
{
	struct tag tag = {.kind = SPEAKER_NONE};
	struct tagger g;
	struct range in, parts[PARTS], subject = {0, 0}, w, sentence;
	size_t n = 0, verb = 0;
	bool led;

	if (!start(&g, an))
		return tag;
	in = (struct range){free_around(an, q).a, q->at.a};
	while (in.z > in.a && g.s[in.z - 1] == ' ')
		in.z--;
	led = in.z > in.a && (g.s[in.z - 1] == ',' || g.s[in.z - 1] == ':');
	in.z -= led;
	if (in.z <= in.a)
		return tag;
	sentence = analysis_sentence_at(an, in.z - 1);
	tag.begins = sentence.a >= in.a;
	if (tag.begins)
		in.a = sentence.a;
	/* The words of the last clause, those of an aside left out: Ada Brandt, who saw it, said */
	for (uint32_t i = in.a; i < in.z; i = w.z) {
		w = next_word(&g, i, in.z);
		if (range_len(w) == 0) {
			uint32_t past = w.a < in.z && n > 0 && verb == 0 && (g.s[w.a] == ',' || g.s[w.a] == '(') ? behind_aside(&g, w.a, in.z) : 0;
			struct range next = past != 0 ? next_word(&g, past, in.z) : w;

			if (range_len(next) != 0 && (class_of(&g, next, in.z) & (CUE_SPEECH | CUE_VERB))) {
				w = next;
				tag.aside = true;
			} else {
				unsigned cp;

				n = verb = 0;
				tag.aside = false;
				tag.begins = false;
				if (w.a >= in.z)
					break;
				w.z = w.a + (uint32_t)utf8_next(g.s + w.a, &cp);
				continue;
			}
		}
		if (n == PARTS)
			return tag;
		if (class_of(&g, w, in.z) & (CUE_SPEECH | CUE_VERB))
			verb = n;
		parts[n++] = w;
	}
	if (verb == 0 || n - verb > OBJECT_WORDS || (!led && n - verb != 1))
		return (struct tag){.kind = SPEAKER_NONE};
	subject = (struct range){parts[0].a, parts[verb - 1].z};
	read_speaker(&g, subject, &tag);
	tag.verb = parts[verb];
	tag.led = led;
	tag.at = (struct range){tag.speaker.a, tag.verb.z};
	tag.begins = tag.begins && tag.speaker.a == in.a;
	return tag;
}

/* ---- once a quotation ---- */

enum side { BEFORE, BEHIND, SIDES };
struct tag_memo { struct tag tag[SIDES]; bool known[SIDES]; };

/* A hundred bytes each: of an article that is nothing but quotations, those of its first ones. */
enum { MEMOS = 1024 };

static struct tag
tag_of(struct analysis *an, const struct quotation *q, enum side side)
{
	struct tag (*read)(struct analysis *an, const struct quotation *q) = side == BEFORE ? read_before : read_behind;
	size_t n = (size_t)(q - an->quotations);

	if (n >= MEMOS)
		return read(an, q);
	if (an->tags == NULL)
		an->tags = ARENA_ARRAY(an->arena, struct tag_memo, an->nquotations < MEMOS ? an->nquotations : MEMOS);
	if (!an->tags[n].known[side])
		an->tags[n].tag[side] = read(an, q);
	an->tags[n].known[side] = true;
	return an->tags[n].tag[side];
}

struct tag
analysis_tag_behind(struct analysis *an, const struct quotation *q)
{
	return tag_of(an, q, BEHIND);
}

struct tag
analysis_tag_before(struct analysis *an, const struct quotation *q)
{
	return tag_of(an, q, BEFORE);
}
