/* From the steps of a reading to quotations, roles of marks, and problems. */
#ifndef WL_QUOTATIONS_EMIT_H
#define WL_QUOTATIONS_EMIT_H

#include "analysis/quotations_int.h"

enum step_act {
	STEP_OPEN,			/* inside the quotation that `partner` opened */
	STEP_CLOSE, STEP_APOSTROPHE, STEP_PRIME, STEP_STRAY,
	STEP_UNCLOSED,			/* `mark` opened and nothing closed it; or it was `partner`, and the one close was this one's */
	STEP_CONTINUE,			/* `mark` at the start of a paragraph goes on with the quotation of `partner` */
	STEP_RUN,			/* the quotation that `mark` opened runs on in the next paragraph */
	STEP_GAP,			/* paragraph `block` goes on with it without a mark */
};
struct step {
	uint32_t mark, partner;		/* indices into an->marks; UINT32_MAX: none */
	uint32_t block;
	uint8_t act, fault, depth;	/* fault FAULT_COUNT: none */
	bool doubt;			/* it could be read otherwise: likely and not sure */
};
struct emit {
	struct analysis *an;
	const struct conventions *conv;
	uint32_t problem_block, problems_here;
};

/* A mark as it was met; its role comes with a step. */
void emit_mark(struct emit *e, const struct token *t, uint32_t block);
void emit_step(struct emit *e, const struct step *s);

#endif
