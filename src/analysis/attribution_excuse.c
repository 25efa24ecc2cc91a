/* What excuses quotations without a speaker once all have been read: the run they stand in, the text that has the same words, an
 * article that is all dialogue. */
#include "analysis/attribution_int.h"

#include "util/utf8.h"

#include <string.h>

/* “We waited for a day. / “Then the wind fell,” she said.: who speaks a run at its end spoke its beginning. */
static void
share_in_runs(struct analysis *an)
{
	for (size_t i = 0; i < an->nquotations; i++) {
		const struct quotation *q = &an->quotations[i];
		struct quotation *first = &an->quotations[q->run];

		if (q->run != i && q->sourced > SOURCED_DOUBTFULLY && q->sourced != SOURCED_RUN && (first->sourced == SOURCED_NOWHERE || first->sourced == SOURCED_DOUBTFULLY))
			first->sourced = SOURCED_RUN;
	}
}

/* Set off from the text, which has the same words. */
static bool
is_pull_quote(const struct text *t, const struct quotation *q)
{
	enum { SAME = 40 };
	uint32_t a = q->inside.a;
	const char *found;

	while (a < q->inside.z && cue_word_length(t->s + a, t->s + q->inside.z) == 0) {
		unsigned cp;

		a += (uint32_t)utf8_next(t->s + a, &cp);
	}
	if (q->inside.z - a < SAME)
		return false;
	found = memmem(t->s, t->n, t->s + a, SAME);
	if (found == t->s + a)
		found = memmem(t->s + a + 1, t->n - a - 1, t->s + a, SAME);
	return found != NULL;
}

static void
excuse_pull_quotes(struct analysis *an)
{
	enum { LOOK = 8 };		/* the text is searched for each */
	unsigned looked = 0;

	for (size_t i = 0; i < an->nquotations && looked < LOOK; i++) {
		struct quotation *q = &an->quotations[i];

		if (q->sourced != SOURCED_NOWHERE && q->sourced != SOURCED_DOUBTFULLY)
			continue;
		looked++;
		if (is_pull_quote(&an->article->text, q))
			q->sourced = SOURCED_UNASKED;
	}
}

/* An interview, a dialogue, a check of facts: most of its quotations have no speaker beside them, and none of these is a slip. */
static void
excuse_dialogue(struct analysis *an)
{
	enum { FEW = 4 };
	size_t asked = 0, without = 0;

	for (size_t i = 0; i < an->nquotations; i++) {
		const struct quotation *q = &an->quotations[i];

		asked += q->level == 0 && q->kind == QUOTATION_DIRECT;
		without += q->sourced == SOURCED_NOWHERE || q->sourced == SOURCED_DOUBTFULLY;
	}
	for (size_t i = 0; i < an->nquotations && without >= FEW && 4 * without >= asked; i++)
		if (an->quotations[i].sourced == SOURCED_NOWHERE)
			an->quotations[i].sourced = SOURCED_DOUBTFULLY;
}

void
attribution_excuse(struct analysis *an)
{
	share_in_runs(an);
	excuse_pull_quotes(an);
	excuse_dialogue(an);
}
