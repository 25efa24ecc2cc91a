/* What the files of the attribution analysis share: cue words and where they stand. */
#ifndef WL_ATTRIBUTION_INT_H
#define WL_ATTRIBUTION_INT_H

#include "analysis/analysis.h"

/* What a word may do; several at once. */
enum {
	CUE_SPEECH = 1,			/* said: the most certain */
	CUE_VERB = 2,			/* insisted, warned */
	CUE_NEAR = 4,			/* ruled, posted: only beside the quotation */
	CUE_PHRASE = 8,			/* according to, in a statement */
	CUE_NOUN = 16,			/* statement, reply: before a colon, or of somebody */
	CUE_PRONOUN = 32,
	CUE_LOADED = 64,
	CUE_BODY = 128,			/* smiled */
	CUE_MENTAL = 256,		/* believes */
	CUE_NARRATOR = 512,		/* I, my: of whoever tells the story */
	CUE_ANY_VERB = CUE_SPEECH | CUE_VERB | CUE_NEAR | CUE_BODY | CUE_MENTAL,
	CUE_STRONG = CUE_SPEECH | CUE_VERB | CUE_PHRASE
};
struct cue_words;

/* NULL: the facts know no verbs of that language, and nothing can be said.  Kept to the end; any thread. */
const struct cue_words *cue_words_of(const struct language *l);
/* What the word at s (of `word` bytes) is, or the longest phrase that it begins; *len is the bytes of either. */
unsigned cue_word_at(const struct cue_words *w, const char *s, const char *end, size_t word, size_t *len);
/* Fills an->cues with every word and phrase of these kinds of blocks that is a cue; once an article. */
void cue_words_collect(struct analysis *an, const struct cue_words *w, kind_set kinds);
/* Letters and digits from s on, in bytes. */
size_t cue_word_length(const char *s, const char *end);

/* Who speaks at the cue, looked for within `in`; `phrase`: "according to", whose speaker stands behind it.  Empty if nobody is
 * named there. */
struct range attribution_speaker(const struct analysis *an, struct range cue, bool phrase, struct range in);

/* The last look at an article's quotations. */
void attribution_excuse(struct analysis *an);

/* ---- attribution_signs.c ---- */
enum { SIGN_SHORT = 60 };		/* bytes of a short line */
bool sign_is_dash(unsigned cp);
bool sign_is_blank(const struct text *t, struct range in);			/* no word in it */
unsigned sign_char_before(const struct text *t, uint32_t a, uint32_t at);	/* the last one within [a, at) that is no blank; 0 */
bool sign_is_signed(const struct text *t, struct range behind);
bool sign_is_name_line(const struct text *t, struct range at, bool stop);
bool sign_is_labelled(const struct text *t, struct range inside);
bool sign_is_post(const struct text *t, struct range at);
bool sign_is_heading(const struct text *t, struct range at);

#endif
