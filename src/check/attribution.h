/* What the files of the check `attribution` share. */
#ifndef WL_CHECK_ATTRIBUTION_H
#define WL_CHECK_ATTRIBUTION_H

#include "analysis/analysis.h"
#include "check.h"

enum attribution_fault { ATTRIBUTION_UNATTRIBUTED, ATTRIBUTION_DOUBLE, ATTRIBUTION_LATE, ATTRIBUTION_SPEAKER_CHANGE, ATTRIBUTION_PUNCTUATION,
	ATTRIBUTION_FAULTS };

/* Each reports one fault of the whole article, whose attributions have been read. */
void attribution_unattributed(struct check_ctx *c);
void attribution_double(struct check_ctx *c);
void attribution_late(struct check_ctx *c);
void attribution_speaker_change(struct check_ctx *c);
void attribution_punctuation(struct check_ctx *c);

/* ---- attribution.c ---- */
/* An outermost quotation of the blocks that the rule looks at. */
bool attribution_asked(const struct check_ctx *c, const struct quotation *q);
size_t attribution_count_words(const struct text *t, struct range r, size_t most);	/* counts no further than `most` */
/* The last character of a quotation, inner closing marks and blanks passed over: *at, where it stands.  0 if there is none. */
unsigned attribution_last_char(const struct text *t, struct range inside, struct range *at);
bool attribution_begins_capital(const struct text *t, struct range inside);	/* its first letter */
/* The character at i, blanks passed over; 0 at z. */
unsigned attribution_next_char(const struct text *t, uint32_t i, uint32_t z);

/* ---- attribution_speakers.c ---- */
/* Do two tags that name somebody name one person?  In doubt, yes: by surname, by first name, by a title. */
bool attribution_same_person(const struct check_ctx *c, const struct tag *a, const struct tag *b);

#endif
