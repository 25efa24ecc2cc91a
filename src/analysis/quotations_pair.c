/* Which mark closes which: the cheapest reading of all marks of a story.
 *
 * Every mark may play several roles (open, close, apostrophe, inches, a mark that belongs to nothing), each at a cost that
 * quotations_marks.c has weighed; leaving a mark open, closing with the wrong one, going on in the next paragraph cost too.
 * A handful of readings are kept side by side, mark by mark, and the cheapest is taken in the end:
 *
 *     “We will stay, he said. “You will see.”     the second mark opens inside the first, or the first never closed
 *
 * Most paragraphs read at no cost at all; these are paired straight away, without any of this.  A reading is settled as soon
 * as the others have died or have come to the same open marks, so that the work is linear and the memory bounded. */
#include "analysis/quotations_pair.h"

#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

struct pairing *
pairing_new(struct analysis *an, const struct conventions *c)
{
	struct pairing *p = xmalloc(sizeof *p);

	memset(p, 0, offsetof(struct pairing, beam));
	memset(&p->beam[0], 0, sizeof p->beam[0]);
	p->an = an;
	p->conv = c;
	p->emit.an = an;
	p->emit.conv = c;
	p->nbeam = 1;
	p->beam[0].last = NO_STEP;
	return p;
}

void
pairing_free(struct pairing *p)
{
	free(p->tokens.v);
	free(p->history);
	free(p->line);
	free(p);
}

/* ---- readings ---- */

void
pairing_step(struct pairing *p, struct state *s, enum step_act act, uint32_t mark, uint32_t partner, enum mark_fault fault)
{
	struct history *h = &XPUSH(p->history, p->nhistory, p->caphistory);

	h->step.act = act;
	h->step.mark = mark;
	h->step.partner = partner;
	h->step.fault = fault;
	h->step.block = p->block;
	h->step.depth = s->depth;
	h->step.doubt = p->doubt;
	h->before = s->last;
	s->last = (int32_t)(p->nhistory - 1);
}

static bool
same_stack(const struct state *a, const struct state *b)
{
	if (a->depth != b->depth || a->expect != b->expect)
		return false;
	for (unsigned i = 0; i < a->depth; i++)
		if (a->frames[i].glyph != b->frames[i].glyph || (a->frames[i].gaps == 0) != (b->frames[i].gaps == 0))
			return false;
	return true;
}

/* Keep the reading if it is among the best; of two with the same open marks the cheaper one (the earlier at a draw). */
void
pairing_keep(struct pairing *p, const struct state *s)
{
	size_t i, worst = 0;

	p->an->work++;
	for (i = 0; i < p->nnext; i++) {
		if (same_stack(&p->next[i], s)) {
			if (s->cost < p->next[i].cost)
				p->next[i] = *s;
			return;
		}
		if (p->next[i].cost > p->next[worst].cost)
			worst = i;
	}
	if (p->nnext < BEAM)
		p->next[p->nnext++] = *s;
	else if (s->cost < p->next[worst].cost)
		p->next[worst] = *s;
}

static uint32_t
cheapest(const struct state *v, size_t n)
{
	uint32_t best = UINT32_MAX;

	for (size_t i = 0; i < n; i++)
		if (v[i].cost < best)
			best = v[i].cost;
	return best;
}

/* The next generation takes over, without what costs far more than the best. */
void
pairing_turn(struct pairing *p)
{
	uint32_t best = cheapest(p->next, p->nnext);

	p->nbeam = 0;
	for (size_t i = 0; i < p->nnext; i++)
		if (p->next[i].cost <= best + SLACK)
			p->beam[p->nbeam++] = p->next[i];
	if (p->nbeam == 0) {	/* cannot be, and must not be fatal if it is */
		memset(&p->beam[0], 0, sizeof p->beam[0]);
		p->beam[0].last = NO_STEP;
		p->nbeam = 1;
	}
	p->nnext = 0;
}

/* What leaving the frame open costs. */
static uint32_t
unclosed_cost(const struct pairing *p, const struct frame *f)
{
	uint32_t cost = COST_UNCLOSED;

	if (class_of(f->glyph) == CLASS_SINGLE && !p->conv->single_primary)
		cost = f->glyph == GLYPH_SINGLE ? 9 : f->glyph == GLYPH_SINGLE_LOW ? 14 : 10;
	return cost + (f->inner ? 2 : 0);
}

/* The mark of the same class that the frame at `depth` stands in; UINT32_MAX if none. */
static uint32_t
opened_around(const struct state *s, unsigned depth, unsigned glyph)
{
	while (depth-- > 0)
		if (class_of(s->frames[depth].glyph) == class_of(glyph))
			return s->frames[depth].mark;
	return UINT32_MAX;
}

/* Take away the frames above `depth`, each unclosed. */
void
pairing_drop(struct pairing *p, struct state *s, unsigned depth)
{
	while (s->depth > depth) {
		const struct frame *f = &s->frames[s->depth - 1];
		uint32_t rival = f->held_closed ? f->held : opened_around(s, s->depth - 1u, f->glyph);

		s->cost += unclosed_cost(p, f);
		s->depth--;
		pairing_step(p, s, STEP_UNCLOSED, f->mark, rival, FAULT_UNCLOSED);
	}
}

static uint32_t
nest_cost(const struct state *s, unsigned glyph)
{
	const struct frame *top, *below;

	if (s->depth == 0)
		return 0;
	top = &s->frames[s->depth - 1];
	below = s->depth > 1 ? top - 1 : NULL;
	if (class_of(top->glyph) == class_of(glyph)) {
		if (glyph == top->glyph)
			return class_of(glyph) == CLASS_GUILLEMET ? 0 :
			    glyph == GLYPH_DOUBLE || glyph == GLYPH_SINGLE || glyph == GLYPH_TWO_SINGLES ? 10 : 6;
		return 4;
	}
	if (below != NULL && class_of(below->glyph) == class_of(glyph) && below->glyph != glyph)
		return 4;
	return s->depth >= 3 ? 4 : 0;
}

/* A closing mark that opens is read as the opening one that was meant. */
static uint8_t
opening_for(const struct pairing *p, unsigned glyph)
{
	const char *open = p->conv->open_of[glyph];
	enum glyph g = (enum glyph)glyph;

	if (open != NULL)
		mark_glyph(open, open + strlen(open), &g);
	return (uint8_t)g;
}

/* Between two marks that open: what the first one quoted had ended before somebody was said to have spoken. */
static bool
lone_attribution(const struct pairing *p, uint32_t from, uint32_t to)
{
	enum { FAR = 600 };	/* bytes: a bound, since every opening mark may ask */

	return holds_attribution(p->an, (struct range){to - from > FAR ? to - FAR : from, to}, true);
}

static void
try_open(struct pairing *p, const struct state *from, const struct token *t, uint32_t mark)
{
	struct state s = *from;
	struct frame *f;
	bool reversed = !p->conv->opens[t->glyph];
	const struct frame *top = s.depth > 0 ? &s.frames[s.depth - 1] : NULL;
	bool same = top != NULL && class_of(top->glyph) == class_of(t->glyph);

	if (s.depth == DEPTH || t->open == COST_NEVER)
		return;
	s.cost += t->open + nest_cost(&s, t->glyph) + (reversed ? COST_REVERSED : 0);
	for (unsigned i = 0; i < s.depth; i++)
		if (s.frames[i].gaps > 0 && class_of(s.frames[i].glyph) == class_of(t->glyph))
			s.cost += COST_GAP_REOPENED;
	if (s.cost > p->beam[0].cost + 4 * SLACK)
		return;
	pairing_step(p, &s, STEP_OPEN, mark, top != NULL ? top->mark : UINT32_MAX, reversed ? FAULT_REVERSED : FAULT_COUNT);
	if (same)
		s.frames[s.depth - 1].held_same = true;
	f = &s.frames[s.depth++];
	memset(f, 0, sizeof *f);
	f->mark = mark;
	f->glyph = reversed ? opening_for(p, t->glyph) : t->glyph;
	f->partial = t->lower_after && t->before == BESIDE_SPACE;
	f->nested_same = same;
	if (same)
		f->inner = (top->partial && f->partial) ||
		    speech_before(p->an, t->at, p->an->marks[top->mark].at.z) || lone_attribution(p, p->an->marks[top->mark].at.z, t->at);
	pairing_keep(p, &s);
}

/* Close frame number `i` with the mark. */
static void
close_frame(struct pairing *p, const struct state *from, const struct token *t, uint32_t mark, unsigned i, uint32_t cost,
    enum mark_fault fault)
{
	struct state s = *from;

	s.cost += cost + t->close;
	if (s.frames[i].nested_same && !s.frames[i].inner)
		s.cost += 1;
	pairing_drop(p, &s, i + 1);
	s.depth = (uint8_t)i;
	if (i > 0 && s.frames[i].nested_same) {
		s.frames[i - 1].held_closed = true;
		s.frames[i - 1].held = s.frames[i].mark;
	}
	pairing_step(p, &s, STEP_CLOSE, mark, s.frames[i].mark, fault);
	pairing_keep(p, &s);
}

/* the rest “is, and he said.“No: it stands as an opening mark stands, and closes nothing. */
static bool
sure_opener(const struct token *t)
{
	return (t->before == BESIDE_SPACE && (t->after == BESIDE_WORD || t->after == BESIDE_DIGIT)) ||
	    (t->before == BESIDE_STOP && t->after == BESIDE_WORD && !t->lower_after);
}

static void
try_close(struct pairing *p, const struct state *s, const struct token *t, uint32_t mark)
{
	unsigned exact = 0;
	bool near = false, other = false;
	enum mark_class class = class_of(t->glyph);

	/* the innermost that fits, or the one around it: an opening mark too many may stand between */
	for (unsigned i = s->depth; i-- > 0 && exact < 2;) {
		unsigned g = s->frames[i].glyph;

		if (p->conv->pair[g][t->glyph]) {
			exact++;
			close_frame(p, s, t, mark, i, 0, FAULT_COUNT);
		} else if (class_of(g) == class && !near && exact == 0) {
			/* “ for ”, or straight for curly */
			bool reversed = p->conv->opens[t->glyph] && !p->conv->closes[t->glyph];

			near = true;
			if (reversed && sure_opener(t))
				continue;
			if (reversed)
				close_frame(p, s, t, mark, i, COST_REVERSED + (g == t->glyph ? 0 : 4), FAULT_REVERSED);
			else
				close_frame(p, s, t, mark, i, class == CLASS_SINGLE ? 5 : COST_MISMATCH, FAULT_MISMATCHED);
		} else if (class_of(g) != class && !other && exact == 0 && p->conv->closes[t->glyph]) {
			/* a single one only where nothing else can be meant: behind a stop, before a blank */
			bool clear = class != CLASS_SINGLE ||
			    (t->before == BESIDE_STOP && t->after != BESIDE_WORD && i + 1 == s->depth);

			other = true;
			if (clear && t->close == 0)
				close_frame(p, s, t, mark, i, COST_OTHER_CLASS, FAULT_MISMATCHED);
		}
	}
}

static void
try_lone(struct pairing *p, const struct state *from, const struct token *t, uint32_t mark)
{
	struct state s;

	if (t->apostrophe != COST_NEVER) {
		s = *from;
		s.cost += t->apostrophe;
		pairing_step(p, &s, STEP_APOSTROPHE, mark, UINT32_MAX, FAULT_COUNT);
		pairing_keep(p, &s);
	}
	if (t->prime != COST_NEVER) {
		s = *from;
		s.cost += t->prime;
		pairing_step(p, &s, STEP_PRIME, mark, UINT32_MAX, FAULT_COUNT);
		pairing_keep(p, &s);
	}
	if (class_of(t->glyph) != CLASS_SINGLE || t->apostrophe == COST_NEVER) {
		bool opens = p->conv->opens[t->glyph] && (!p->conv->closes[t->glyph] || t->open < t->close);
		const struct frame *top = from->depth > 0 ? &from->frames[from->depth - 1] : NULL;

		s = *from;
		/* “Go,” he said.” : the first closes, the second is one too many */
		s.cost += COST_UNOPENED + (opens ? 10 + nest_cost(from, t->glyph) :
		    top != NULL && p->conv->pair[top->glyph][t->glyph] && !p->conv->opens[t->glyph]);
		pairing_step(p, &s, STEP_STRAY, mark, opens ? opened_around(from, from->depth, t->glyph) : UINT32_MAX,
		    opens ? FAULT_UNCLOSED : FAULT_UNOPENED);
		pairing_keep(p, &s);
	}
}

/* The first mark of a paragraph goes on with the running quotation. */
static void
continue_run(struct pairing *p, const struct state *from, const struct token *t, uint32_t mark)
{
	struct state s = *from;
	struct frame *f = &s.frames[s.depth - s.expect];
	uint32_t partner = f->mark;

	if (class_of(f->glyph) != class_of(t->glyph) || substitute(f->glyph) != substitute(t->glyph))
		return;
	s.cost += f->glyph == t->glyph || p->conv->closes[t->glyph] ? 0 : 4;
	f->mark = mark;
	if (p->conv->opens[t->glyph])
		f->glyph = t->glyph;
	f->partial = false;
	f->held_closed = false;
	f->ran = true;
	s.expect--;
	pairing_step(p, &s, STEP_CONTINUE, mark, partner, FAULT_COUNT);
	pairing_keep(p, &s);
}

/* ---- settling ---- */

static void
settle_from(struct pairing *p, int32_t last)
{
	p->nline = 0;
	for (int32_t i = last; i != NO_STEP; i = p->history[i].before)
		XPUSH(p->line, p->nline, p->capline) = p->history[i].step;
	while (p->nline > 0)
		emit_step(&p->emit, &p->line[--p->nline]);
	p->nhistory = 0;
}

/* Where only one reading is left, what it says holds. */
static void
settle(struct pairing *p, bool force)
{
	if (force || p->nhistory > PENDING) {
		size_t best = 0;

		for (size_t i = 1; i < p->nbeam; i++)
			if (p->beam[i].cost < p->beam[best].cost)
				best = i;
		p->beam[0] = p->beam[best];
		p->nbeam = 1;
	}
	if (p->nbeam == 1) {
		settle_from(p, p->beam[0].last);
		p->beam[0].last = NO_STEP;
		p->beam[0].cost = 0;
	}
}

/* ---- blocks ---- */

/* Most paragraphs: every mark has a role that costs nothing, and all that opens closes.  First asked whether it is so, then
 * told to emit what was found: nothing is kept of a long line's marks. */
static bool
pair_plainly(struct pairing *p, bool emit)
{
	uint8_t stack[DEPTH];
	uint32_t where[DEPTH];
	unsigned depth = 0;
	const struct conventions *c = p->conv;
	size_t i;

	for (i = 0; i < p->tokens.n; i++) {
		const struct token *t = &p->tokens.v[i];
		enum mark_class class = class_of(t->glyph);
		struct step step = {
			.mark = p->first_mark + (uint32_t)i, .partner = UINT32_MAX, .fault = FAULT_COUNT, .block = p->block,
		};

		if (t->apostrophe == 0 || t->prime == 0) {
			step.act = t->apostrophe == 0 ? STEP_APOSTROPHE : STEP_PRIME;
		} else if (depth > 0 && t->close == 0 && c->pair[stack[depth - 1]][t->glyph]) {
			if (class == CLASS_SINGLE && t->open == 0)
				return false;
			step.act = STEP_CLOSE;
			step.partner = where[--depth];
		} else if (t->open == 0 && c->opens[t->glyph] && depth < 2 && (depth == 0 || class_of(stack[0]) != class)) {
			step.act = STEP_OPEN;
			step.depth = (uint8_t)depth;
			step.partner = depth > 0 ? where[depth - 1] : UINT32_MAX;
			stack[depth] = t->glyph;
			where[depth++] = step.mark;
		} else {
			return false;
		}
		if (emit)
			emit_step(&p->emit, &step);
	}
	return depth == 0;
}

void
pairing_block(struct pairing *p, uint32_t block, const struct block *next)
{
	struct analysis *an = p->an;
	const struct block *b = &an->article->blocks[block];

	p->block = block;
	p->first_mark = (uint32_t)an->nmarks;
	p->tokens.n = 0;
	marks_scan(&p->tokens, an, p->conv, b->at);
	an->work += p->tokens.n;
	for (size_t i = 0; i < p->tokens.n; i++)
		emit_mark(&p->emit, &p->tokens.v[i], block);
	if (p->nbeam == 1 && p->beam[0].depth == 0 && p->nhistory == 0) {
		if (p->tokens.n == 0)
			return;
		if (pair_plainly(p, false)) {
			pair_plainly(p, true);
			return;
		}
	}
	for (size_t i = 0; i < p->tokens.n; i++) {
		const struct token *t = &p->tokens.v[i];
		uint32_t mark = p->first_mark + (uint32_t)i;

		for (size_t k = 0; k < p->nbeam; k++) {
			const struct state *s = &p->beam[k];

			if (s->expect > 0) {
				continue_run(p, s, t, mark);	/* or the reading was wrong, and ends here */
				continue;
			}
			if (t->settled) {
				struct state same = *s;

				pairing_step(p, &same, t->apostrophe == 0 ? STEP_APOSTROPHE : STEP_PRIME, mark, UINT32_MAX, FAULT_COUNT);
				pairing_keep(p, &same);
				continue;
			}
			try_open(p, s, t, mark);
			try_close(p, s, t, mark);
			try_lone(p, s, t, mark);
		}
		pairing_turn(p);
		settle(p, false);
	}
	pairing_end_block(p, b, next);
	settle(p, next == NULL);
	if (p->tokens.cap > 1u << 16) {
		free(p->tokens.v);
		memset(&p->tokens, 0, sizeof p->tokens);
	}
}
