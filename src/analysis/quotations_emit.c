/* From the steps of a reading to quotations, roles of marks, and problems. */
#include "analysis/quotations_emit.h"

#include "util/utf8.h"
#include "util/xmalloc.h"

#include <string.h>

enum { PROBLEMS_MAX = 12, BYTES_A_PROBLEM = 4096 };	/* in one block: more is one cause, a damaged text, and not many faults */

static struct mark_problem *
add_problem(struct emit *e, enum mark_fault fault, struct range at, uint32_t block, enum certainty c)
{
	struct analysis *an = e->an;
	struct mark_problem *p;

	if (e->problem_block != block) {
		e->problem_block = block;
		e->problems_here = 0;
	}
	if (e->problems_here++ >= PROBLEMS_MAX + range_len(an->article->blocks[block].at) / BYTES_A_PROBLEM)
		return NULL;
	p = &XPUSH(an->problems, an->nproblems, an->capproblems);
	memset(p, 0, sizeof *p);
	p->fault = fault;
	p->at = at;
	p->partner = (struct range){at.a, at.a};
	p->block = block;
	p->certainty = e->conv->known ? c : c == SURE ? LIKELY : WEAK;
	return p;
}

void
emit_mark(struct emit *e, const struct token *t, uint32_t block)
{
	struct analysis *an = e->an;
	struct mark *m = &XPUSH(an->marks, an->nmarks, an->capmarks);

	m->at = (struct range){t->at, t->at + t->len};
	m->block = block;
	m->role = t->settled ? (t->apostrophe == 0 ? MARK_APOSTROPHE : MARK_PRIME) : MARK_STRAY;
	m->shape = glyphs[t->glyph].shape;
	m->quotation = UINT32_MAX;
}

static enum glyph
glyph_of(const struct emit *e, const struct mark *m)
{
	const char *s = e->an->article->text.s;
	enum glyph g = GLYPH_DOUBLE;

	/* exactly its bytes: one of three in a row is one */
	if (mark_glyph(s + m->at.a, s + m->at.z, &g) == 0)
		g = GLYPH_DOUBLE;
	return g;
}

/* How sure a fault of a mark without partner is. */
static enum certainty
lone_certainty(const struct emit *e, const struct mark *m)
{
	const char *s = e->an->article->text.s;
	enum mark_class class = glyphs[glyph_of(e, m)].class;

	if (class == CLASS_SINGLE)
		return e->conv->single_primary ? LIKELY : WEAK;
	if (m->shape == SHAPE_STRAIGHT_DOUBLE || m->shape == SHAPE_OTHER)
		return m->at.a > 0 && s[m->at.a - 1] >= '0' && s[m->at.a - 1] <= '9' ? LIKELY : SURE;
	return SURE;
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Does a straight mark lean on what stands outside?  In 'of candor," she said' it rather closes, however it was read, and the
 * blank behind it is where it belongs. */
static bool
leans_outside(const struct emit *e, const struct mark *m, bool opens)
{
	const struct block *b = &e->an->article->blocks[m->block];
	const char *s = e->an->article->text.s;
	unsigned cp = 0;

	if (m->shape != SHAPE_STRAIGHT_DOUBLE)
		return false;
	if (!opens) {
		if (m->at.z < b->at.z)
			utf8_next(s + m->at.z, &cp);
		return utf8_is_letter(cp) || utf8_is_digit(cp);
	}
	if (m->at.a > b->at.a)
		utf8_prev(s + b->at.a, s + m->at.a, &cp);
	return cp == '.' || cp == ',' || cp == '?' || cp == '!' || cp == '-' || utf8_is_letter(cp) || utf8_is_digit(cp);
}

/* A blank just inside a mark: “ We will stay, ”  `o` is the mark that opened the pair. */
static void
check_space(struct emit *e, const struct mark *m, const struct mark *o, bool opens)
{
	const struct analysis *an = e->an;
	const struct block *b = &an->article->blocks[m->block];
	const char *s = an->article->text.s;
	struct range r = m->at;
	enum certainty c = m->shape == SHAPE_STRAIGHT_DOUBLE || m->shape == SHAPE_STRAIGHT_SINGLE ? LIKELY : SURE;
	struct mark_problem *p;
	enum glyph g;

	if (e->conv->space_inside || glyphs[glyph_of(e, m)].class == CLASS_CORNER ||
	    (leans_outside(e, o, true) && (opens || leans_outside(e, m, false))))
		return;
	if (opens) {
		while (r.z < b->at.z && blank(s[r.z]))
			r.z++;
		/* at the end of the block it is no blank inside; before an ellipsis or another mark it is habit */
		if (r.z == m->at.z || r.z == b->at.z || s[r.z] == '.' || mark_glyph(s + r.z, s + b->at.z, &g) != 0 ||
		    (b->at.z - r.z >= 3 && memcmp(s + r.z, "…", 3) == 0))
			return;
	} else {
		unsigned cp = 0;

		while (r.a > b->at.a && blank(s[r.a - 1]))
			r.a--;
		if (r.a == m->at.a || r.a == b->at.a)
			return;
		utf8_prev(s + b->at.a, s + r.a, &cp);
		if (cp == 0x2026 || cp == 0x2014 || cp == 0x2013 || cp == '-' || cp == '"' || cp == '\'' || (cp >= 0x2018 && cp <= 0x201f) ||
		    (cp == '.' && r.a - b->at.a >= 3 && s[r.a - 2] == '.'))
			return;
	}
	p = add_problem(e, FAULT_SPACE_INSIDE, r, m->block, c);
	if (p != NULL)
		p->partner = m->at;
}

static bool
before_word(const struct emit *e, const struct mark *m)
{
	const struct analysis *an = e->an;
	const struct block *b = &an->article->blocks[m->block];
	unsigned cp = 0, behind = 0;

	if (m->at.z < b->at.z)
		utf8_next(an->article->text.s + m->at.z, &cp);
	if (m->at.a > b->at.a)
		utf8_prev(an->article->text.s + b->at.a, an->article->text.s + m->at.a, &behind);
	/* the harbour"s is no beginning; Chinese goes on without a blank */
	return utf8_is_letter(cp) && cp < 0x3000 && !utf8_is_letter(behind);
}

static struct quotation *
open_quotation(struct emit *e, struct range mark, uint32_t block, uint8_t depth)
{
	struct analysis *an = e->an;
	struct quotation *q = &XPUSH(an->quotations, an->nquotations, an->capquotations);
	uint32_t end = an->article->blocks[block].at.z;

	memset(q, 0, sizeof *q);
	q->at = (struct range){mark.a, end};
	q->inside = (struct range){mark.z, end};
	q->block = block;
	q->level = depth;
	q->run = (uint32_t)(an->nquotations - 1);
	q->outer = depth == 0 || q->run == 0 ? q->run : q->run - 1;
	return q;
}

static struct quotation *
quotation_of(const struct emit *e, uint32_t mark)
{
	uint32_t q = mark == UINT32_MAX ? UINT32_MAX : e->an->marks[mark].quotation;

	return q == UINT32_MAX ? NULL : &e->an->quotations[q];
}

static void
emit_open(struct emit *e, const struct step *s)
{
	struct mark *m = &e->an->marks[s->mark];
	enum glyph g = glyph_of(e, m);
	struct mark_problem *p;
	struct quotation *q;

	m->role = MARK_OPEN;
	m->quotation = (uint32_t)e->an->nquotations;
	q = open_quotation(e, m->at, m->block, s->depth);
	if (s->partner != UINT32_MAX && e->an->marks[s->partner].quotation != UINT32_MAX)
		q->outer = e->an->marks[s->partner].quotation;
	if (s->fault == FAULT_REVERSED) {
		p = add_problem(e, FAULT_REVERSED, m->at, m->block, SURE);
		if (p != NULL)
			p->expected = e->conv->open_of[g];
		return;
	}
	check_space(e, m, m, true);
}

static void
emit_close(struct emit *e, const struct step *s)
{
	struct mark *m = &e->an->marks[s->mark], *o = &e->an->marks[s->partner];
	struct quotation *q = quotation_of(e, s->partner);
	enum glyph go = glyph_of(e, o), gc = glyph_of(e, m);
	struct mark_problem *p;

	m->role = MARK_CLOSE;
	m->quotation = o->quotation;
	if (q != NULL) {
		q->closed = true;
		q->at.z = m->at.z;
		q->inside.z = m->at.a;
		if (q->inside.z < q->inside.a)
			q->inside.z = q->inside.a;
	}
	if (s->fault == FAULT_COUNT) {
		check_space(e, m, o, false);
		return;
	}
	/* an opening mark before a word opens the next quotation: it is the earlier one that was never closed */
	if (s->fault == FAULT_REVERSED && glyphs[gc].class != CLASS_SINGLE && before_word(e, m)) {
		p = add_problem(e, FAULT_UNCLOSED, o->at, o->block, LIKELY);
		if (p != NULL)
			p->expected = e->conv->close_of[go];
		return;
	}
	p = add_problem(e, s->fault, m->at, m->block,
	    s->fault == FAULT_MISMATCHED && (glyphs[gc].class != glyphs[go].class || glyphs[gc].class == CLASS_SINGLE) ? LIKELY : SURE);
	if (p != NULL) {
		p->partner = o->at;
		/* a closing mark that opened wants its own kind still */
		p->expected = e->conv->close_of[go] != NULL ? e->conv->close_of[go] : glyphs[gc].s;
	}
}

/* What opens a quotation within this mark's; NULL where the language knows none but the mark itself. */
static const char *
inner_open(const struct language *l, const char *mark, size_t n)
{
	for (const struct mark_pair *p = l->inner; p != NULL && p->open != NULL; p++)
		if (strlen(p->open) != n || memcmp(p->open, mark, n) != 0)
			return p->open;
	return NULL;
}

/* Does a paragraph that was joined to the one before begin at this mark, or at one shortly before it inside the quotation?  Such a mark
 * stands right behind a word or a stop: ahead.“This */
static bool
joined_within(const struct emit *e, uint32_t mark, const struct quotation *outer)
{
	const struct analysis *an = e->an;
	const char *s = an->article->text.s;

	for (unsigned n = 0; n < 32 && an->marks[mark].at.a > outer->at.a; n++, mark--) {
		unsigned behind = 0;

		if (an->marks[mark].role != MARK_OPEN)
			continue;
		utf8_prev(s + outer->at.a, s + an->marks[mark].at.a, &behind);
		if (utf8_is_letter(behind) || utf8_is_digit(behind) || behind == '.' || behind == ',' || behind == '?' || behind == '!')
			return true;
	}
	return false;
}

/* A quotation inside another of the same marks, both closed: only curly ones show it.  One that closes wrongly has its fault already. */
static void
check_nested(struct emit *e, const struct step *s)
{
	const struct quotation *q = quotation_of(e, s->partner);
	const struct analysis *an = e->an;
	const char *text = an->article->text.s, *expected;
	struct mark *m = &e->an->marks[s->partner];
	const struct quotation *o;
	struct mark_problem *p;

	if (q == NULL || q->level == 0 || m->shape != SHAPE_CURLY_DOUBLE || s->fault != FAULT_COUNT)
		return;
	o = &an->quotations[q->outer];
	if (o->block != q->block || range_len(m->at) != o->inside.a - o->at.a || memcmp(text + o->at.a, text + m->at.a, range_len(m->at)) != 0)
		return;
	expected = inner_open(an->language, text + m->at.a, range_len(m->at));
	if (expected == NULL || joined_within(e, s->partner, o))
		return;
	p = add_problem(e, FAULT_NESTED_SAME, m->at, m->block, SURE);
	if (p != NULL) {
		p->partner = (struct range){o->at.a, o->inside.a};
		p->expected = expected;
	}
}

void
emit_step(struct emit *e, const struct step *s)
{
	struct analysis *an = e->an;
	struct mark *m = s->mark == UINT32_MAX ? NULL : &an->marks[s->mark];
	struct quotation *q;
	struct mark_problem *p;
	enum mark_fault lone;
	uint32_t run;

	switch ((enum step_act)s->act) {
	case STEP_OPEN:
		emit_open(e, s);
		break;
	case STEP_CLOSE:
		emit_close(e, s);
		check_nested(e, s);
		break;
	case STEP_APOSTROPHE:
		m->role = MARK_APOSTROPHE;
		break;
	case STEP_PRIME:
		m->role = MARK_PRIME;
		break;
	case STEP_STRAY:
		m->role = MARK_STRAY;
		/* said."We will stay: the blank before it is missing, and it opens */
		lone = s->fault == FAULT_UNOPENED && glyphs[glyph_of(e, m)].class != CLASS_SINGLE && e->conv->opens[glyph_of(e, m)] &&
		    before_word(e, m) ? FAULT_UNCLOSED : (enum mark_fault)s->fault;
		p = add_problem(e, lone, m->at, m->block, lone_certainty(e, m));
		if (p != NULL)
			p->expected = lone == FAULT_UNCLOSED ? e->conv->close_of[glyph_of(e, m)] : e->conv->open_of[glyph_of(e, m)];
		if (p != NULL && s->partner != UINT32_MAX)
			p->partner = an->marks[s->partner].at;
		break;
	case STEP_UNCLOSED:
		p = add_problem(e, FAULT_UNCLOSED, m->at, m->block, lone_certainty(e, m));
		if (p != NULL && s->doubt && p->certainty == SURE)
			p->certainty = LIKELY;
		if (p != NULL)
			p->expected = e->conv->close_of[glyph_of(e, m)];
		if (p != NULL && s->partner != UINT32_MAX)
			p->partner = an->marks[s->partner].at;
		break;
	case STEP_CONTINUE:
		q = quotation_of(e, s->partner);
		run = q != NULL ? q->run : 0;
		m->role = MARK_OPEN;
		m->quotation = (uint32_t)an->nquotations;
		q = open_quotation(e, m->at, m->block, quotation_of(e, s->partner) != NULL ? quotation_of(e, s->partner)->level : 0);
		q->continued = true;
		q->run = run;
		break;
	case STEP_RUN:
		q = quotation_of(e, s->mark);
		if (q != NULL)
			q->continues = true;
		break;
	case STEP_GAP:
		q = quotation_of(e, s->mark);
		run = q != NULL ? q->run : 0;
		m->quotation = (uint32_t)an->nquotations;
		q = open_quotation(e, (struct range){an->article->blocks[s->block].at.a, an->article->blocks[s->block].at.a}, s->block, 0);
		q->continued = true;
		q->run = run;
		if (s->fault != FAULT_COUNT) {
			p = add_problem(e, FAULT_CONTINUATION_OPEN, q->at, s->block, LIKELY);
			if (p != NULL) {
				p->at.z = p->at.a;
				p->partner = m->at;
				p->expected = glyphs[glyph_of(e, m)].s;
			}
		}
		break;
	}
}
