/* attribution: quotations and who is said to have spoken them, as the analysis of the whole article understands it:
 *
 *	<attribution fault="unattributed"/>	The talks failed. “This policy will help thousands.”  */
#include "analysis.h"
#include "check.h"
#include "util/arena.h"

#include <string.h>

enum fault { FAULT_UNATTRIBUTED, FAULTS };
static const char *const fault_names[FAULTS] = {[FAULT_UNATTRIBUTED] = "unattributed"};

struct attribution { bool wanted[FAULTS]; };

static void *
attribution_compile(struct rule_build *b, const struct node *el)
{
	struct attribution *d = ARENA_NEW(rule_arena(b), struct attribution);
	const char *const *names;

	rule_known_attrs(b, el, "fault");
	rule_known_children(b, el, "");
	if ((names = rule_attr_names(b, el, "fault", "fault", fault_names, FAULTS)) == NULL)
		return NULL;
	for (; *names != NULL; names++)
		for (int f = 0; f < FAULTS; f++)
			d->wanted[f] = d->wanted[f] || *names == fault_names[f];
	return d;
}

static void
unattributed(struct check_ctx *c, const struct quotation *q)
{
	struct report r = {.at = q->at, .certainty = q->sourced == SOURCED_DOUBTFULLY ? WEAK : SURE};
	struct report_note note = {.at = q->looked, .message = "nobody speaks here with whose words the quotation could go on"};

	if (q->follows || (q->sourced != SOURCED_NOWHERE && q->sourced != SOURCED_DOUBTFULLY))
		return;
	if (range_len(q->cue) != 0) {
		note.at = q->cue;
		note.message = "somebody is reported here, and may be who speaks";
	}
	if (range_len(note.at) != 0) {
		r.notes = &note;
		r.nnotes = 1;
	}
	check_report(c, &r);
}

static void
attribution_run(struct check_ctx *c, const void *data)
{
	const struct attribution *d = data;
	struct analysis *an = c->analysis;

	analysis_attributions(an);
	for (size_t i = 0; i < an->nquotations; i++)
		if (d->wanted[FAULT_UNATTRIBUTED])
			unattributed(c, &an->quotations[i]);
}

static const struct param_doc params[] = {
	{"fault", "names", "unattributed: nothing says who speaks; of weak certainty where the paragraph before reports somebody"},
	{NULL, NULL, NULL},
};
static const char *const placeholders[] = {NULL};

const struct check check_attribution = {
	.name = "attribution",
	.doc = "quotations and the words that say who speaks",
	.params = params,
	.placeholders = placeholders,
	.compile = attribution_compile,
	.run = attribution_run,
};
