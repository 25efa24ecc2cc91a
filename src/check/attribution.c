/* attribution: quotations and who is said to have spoken them, as the analysis of the whole article understands it:
 *
 *	<attribution fault="unattributed"/>	The talks failed. “This policy will help thousands.”
 *	<attribution fault="double"/>		The envoy said: “We found this,” she said.  */
#include "check/attribution.h"
#include "util/arena.h"
#include "util/utf8.h"

#include <string.h>

static const char *const fault_names[ATTRIBUTION_FAULTS] = {
	[ATTRIBUTION_UNATTRIBUTED] = "unattributed", [ATTRIBUTION_DOUBLE] = "double", [ATTRIBUTION_LATE] = "late",
	[ATTRIBUTION_SPEAKER_CHANGE] = "speaker-change", [ATTRIBUTION_PUNCTUATION] = "punctuation",
};
static void (*const run[ATTRIBUTION_FAULTS])(struct check_ctx *) = {
	[ATTRIBUTION_UNATTRIBUTED] = attribution_unattributed, [ATTRIBUTION_DOUBLE] = attribution_double, [ATTRIBUTION_LATE] = attribution_late,
	[ATTRIBUTION_SPEAKER_CHANGE] = attribution_speaker_change, [ATTRIBUTION_PUNCTUATION] = attribution_punctuation,
};

struct attribution { bool wanted[ATTRIBUTION_FAULTS]; };

static void *
attribution_compile(struct rule_build *b, const struct node *el)
{
	struct attribution *d = ARENA_NEW(rule_arena(b), struct attribution);
	const char *const *names;

	rule_known_attrs(b, el, "fault");
	rule_known_children(b, el, "");
	if ((names = rule_attr_names(b, el, "fault", "fault", fault_names, ATTRIBUTION_FAULTS)) == NULL)
		return NULL;
	for (; *names != NULL; names++)
		for (int f = 0; f < ATTRIBUTION_FAULTS; f++)
			d->wanted[f] = d->wanted[f] || *names == fault_names[f];
	return d;
}

bool
attribution_asked(const struct check_ctx *c, const struct quotation *q)
{
	enum block_kind kind = c->article->blocks[q->block].kind;

	return q->level == 0 && q->kind != QUOTATION_BLOCK && kind != BLOCK_BLOCKQUOTE && (c->rule->scope == 0 || (KIND(kind) & c->rule->scope));
}

size_t
attribution_count_words(const struct text *t, struct range r, size_t most)
{
	size_t words = 0;
	bool in = false;

	for (uint32_t i = r.a; i < r.z && words < most;) {
		size_t n = utf8_word(t->s + i, t->s + r.z);
		unsigned cp;

		words += n != 0 && !in;
		in = n != 0 || (in && (t->s[i] == '\'' || t->s[i] == '-'));
		i += n != 0 ? (uint32_t)n : (uint32_t)utf8_next(t->s + i, &cp);
	}
	return words;
}

unsigned
attribution_last_char(const struct text *t, struct range inside, struct range *at)
{
	uint32_t i = inside.z;
	unsigned cp;

	while (i > inside.a) {
		uint32_t k = i - (uint32_t)utf8_prev(t->s + inside.a, t->s + i, &cp);

		if (!utf8_is_space(cp) && strchr("'\"", cp < 0x80 ? (int)cp : 'x') == NULL && cp != 0x2019 && cp != 0x201D) {
			*at = (struct range){k, i};
			return cp;
		}
		i = k;
	}
	*at = (struct range){i, i};
	return 0;
}

bool
attribution_begins_capital(const struct text *t, struct range inside)
{
	for (uint32_t i = inside.a; i < inside.z;) {
		unsigned cp;

		i += (uint32_t)utf8_next(t->s + i, &cp);
		if (utf8_is_letter(cp) || utf8_is_digit(cp))
			return utf8_is_upper(cp);
	}
	return false;
}

unsigned
attribution_next_char(const struct text *t, uint32_t i, uint32_t z)
{
	while (i < z) {
		unsigned cp;

		i += (uint32_t)utf8_next(t->s + i, &cp);
		if (!utf8_is_space(cp))
			return cp;
	}
	return 0;
}

void
attribution_unattributed(struct check_ctx *c)
{
	for (size_t i = 0; i < c->analysis->nquotations; i++) {
		const struct quotation *q = &c->analysis->quotations[i];
		struct report r = {.at = q->at, .certainty = q->sourced == SOURCED_DOUBTFULLY ? WEAK : SURE};
		struct report_note note = {.at = q->looked, .message = "nobody speaks here with whose words the quotation could go on"};

		if (q->follows || (q->sourced != SOURCED_NOWHERE && q->sourced != SOURCED_DOUBTFULLY))
			continue;
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
}

static void
attribution_run(struct check_ctx *c, const void *data)
{
	const struct attribution *d = data;

	analysis_attributions(c->analysis);
	for (int f = 0; f < ATTRIBUTION_FAULTS; f++)
		if (d->wanted[f])
			run[f](c);
}

static const struct param_doc params[] = {
	{"fault", "names", "unattributed: nothing says who speaks; of weak certainty where the paragraph before reports somebody; double: a tag"
	    " before and one behind; late: more than two sentences before the speaker, or more than four paragraphs after; speaker-change:"
	    " two people in one paragraph; punctuation: no comma before the tag"},
	{NULL, NULL, NULL},
};
static const char *const placeholders[] = {"speaker", "other", "stop", "tag", "problem", "expected", NULL};

const struct check check_attribution = {
	.name = "attribution",
	.doc = "quotations and the words that say who speaks",
	.params = params,
	.placeholders = placeholders,
	.compile = attribution_compile,
	.run = attribution_run,
};
