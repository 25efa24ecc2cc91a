/* Where a paragraph ends: does what is open run on in the next one, or was it never closed?
 *
 *     “We waited for three days.          no mark at the end, one at the beginning: it runs on
 *     “Then the wind fell,” he said. */
#include "analysis/quotations_pair.h"

static bool
run_may_continue(const struct pairing *p, const struct state *s, const struct block *next, uint8_t *expect, uint32_t *cost)
{
	const struct frame *f = &s->frames[0];
	struct token first, second;
	struct range quoted;

	*expect = 0;
	*cost = 0;
	if (next == NULL || p->conv->multi == MULTI_SEPARATE)
		return false;
	if (!marks_first(p->an, p->conv, next->at, &first) || class_of(first.glyph) != class_of(f->glyph) ||
	    substitute(first.glyph) != substitute(f->glyph))
		return false;
	if (!p->conv->opens[first.glyph] || first.open > 4) {
		/* the closing mark repeated at the start of each paragraph */
		if (p->conv->multi == MULTI_OPEN_EACH || !p->conv->pair[f->glyph][first.glyph] || first.after == BESIDE_EDGE)
			return false;
	}
	*expect = 1;
	if (s->depth > 1) {
		struct range rest = {first.at + first.len, next->at.z};

		if (rest.a < rest.z && marks_first(p->an, p->conv, rest, &second) &&
		    class_of(second.glyph) == class_of(s->frames[1].glyph))
			*expect = 2;
	}
	quoted = (struct range){p->an->marks[f->mark].at.z, p->an->article->blocks[p->block].at.z};
	if (f->partial || quotes_name(p->an, p->an->article->blocks[p->an->marks[f->mark].block].at, p->an->marks[f->mark].at))
		*cost += holds_sentences(p->an, quoted) ? 8 : 22;
	if (holds_attribution(p->an, quoted, false) || holds_attribution(p->an, last_sentence(p->an, quoted), true))
		*cost += 22;
	if (f->held_same)
		*cost += 6;
	/* a mark missing in the midst of a run; two lone ones with a paragraph between are no run */
	if (f->gaps > 0 && !f->ran)
		*cost += COST_GAP_REOPENED;
	if (other_speaker(p->an, p->conv, &p->an->article->blocks[p->block], p->an->marks[f->mark].at.a,
	        first.at + first.len, next))
		*cost += 26;
	return true;
}

void
pairing_end_block(struct pairing *p, const struct block *b, const struct block *next)
{
	enum block_end end = block_end(p->an, &p->tokens, b);

	for (size_t i = 0; i < p->nbeam; i++) {
		const struct state *from = &p->beam[i];
		struct state s = *from;
		struct token ignore;
		uint8_t expect = 0;
		uint32_t cost = 0;
		bool runs;

		if (s.expect > 0)
			continue;	/* the paragraph had not the marks it was to have */
		runs = from->depth > 0 && run_may_continue(p, from, next, &expect, &cost);
		p->doubt = runs;
		pairing_drop(p, &s, 0);
		p->doubt = false;
		pairing_keep(p, &s);
		if (from->depth == 0)
			continue;
		if (runs) {
			s = *from;
			pairing_drop(p, &s, expect);
			s.cost += cost + (end == ENDS_SENTENCE ? 0 : end == ENDS_OPEN ? 6 : 16);
			s.expect = expect;
			s.frames[0].gaps = 0;
			pairing_step(p, &s, STEP_RUN, s.frames[0].mark, UINT32_MAX, FAULT_COUNT);
			pairing_keep(p, &s);
		} else if (next != NULL && p->conv->multi != MULTI_SEPARATE && from->frames[0].gaps < LOOK_AHEAD &&
		    !(marks_first(p->an, p->conv, next->at, &ignore) && class_of(ignore.glyph) == class_of(from->frames[0].glyph))) {
			bool verses = verse_lines(p->an, b, next) || (end == ENDS_OPEN && torn_line(p->an, next)), free = verses || p->conv->multi == MULTI_EITHER;

			s = *from;
			pairing_drop(p, &s, 1);
			s.cost += free ? 3 : s.frames[0].gaps == 0 ? COST_GAP : COST_GAP_MORE;
			s.cost += end == ENDS_SENTENCE || verses ? 0 : end == ENDS_OPEN ? 6 : 16;
			if (s.frames[0].partial && !verses)
				s.cost += 12;
			s.frames[0].gaps++;
			pairing_step(p, &s, STEP_RUN, s.frames[0].mark, UINT32_MAX, FAULT_COUNT);
			p->block = (uint32_t)(next - p->an->article->blocks);
			pairing_step(p, &s, STEP_GAP, s.frames[0].mark, UINT32_MAX, free ? FAULT_COUNT : FAULT_CONTINUATION_OPEN);
			p->block = (uint32_t)(b - p->an->article->blocks);
			pairing_keep(p, &s);
		}
	}
	pairing_turn(p);
}
