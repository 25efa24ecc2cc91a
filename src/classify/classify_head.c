/* The head of an article, from the top to the lead: slug, embargo, advisory, headline, byline, caption and credit, dateline. */
#include "classify/classify_int.h"

#include <ctype.h>
#include <string.h>

enum {
	HEAD_MOST = 60, SEARCH_MOST = 20000, LONGEST_HEADLINE = 130, LONGEST_SUBHEAD = 260, HIGHLIGHTS_MOST = 8, SUBHEADS_MOST = 2
};

struct head {
	bool headline, highlights;
	unsigned subheads;
};

/* Is there running text soon below block i?  A headline without a story is none. */
static bool
prose_follows(const struct article *a, size_t i)
{
	for (size_t k = i + 1; k < a->nblocks && k < i + 8; k++) {
		struct look l;

		look_at(a, &a->blocks[k], &l);
		if (look_is_prose(&l))
			return true;
	}
	return false;
}

/* Does the next block say the same and then more?  A caption stands twice where a page shows it with and without credit. */
static bool
next_repeats(const struct article *a, size_t i, const struct look *l)
{
	size_t n;
	const char *s;

	if (i + 1 >= a->nblocks || l->n < 40)
		return false;
	s = block_text(a, &a->blocks[i + 1], &n);
	return n > l->n && n < l->n + 120 && memcmp(s, l->s, l->n) == 0;
}

/* The same the other way round: the block above, taken for a deck, says this and then whose picture it is. */
static bool
repeats_above(const struct article *a, size_t i, const struct look *l)
{
	size_t n;
	const char *s;

	if (i == 0 || l->n < 40 || a->blocks[i - 1].kind != BLOCK_SUBHEAD || a->blocks[i - 1].from_markup)
		return false;
	s = block_text(a, &a->blocks[i - 1], &n);
	return n > l->n && n < l->n + 80 && memcmp(s, l->s, l->n) == 0;
}

/* An agency or outlet and nothing else: "USA TODAY". */
static bool
is_outlet(const struct look *l)
{
	const struct agency *ag;

	if (l->n > 40 || l->final)
		return false;
	ag = facts_agency(l->s, l->n);
	return ag != NULL && (ag->kind == AGENCY_WIRE || ag->kind == AGENCY_OUTLET);
}

/* "By Jane Doe", "By Jane Doe and John Roe, Associated Press": a label, names with capitals, no sentence. */
static bool
is_byline(const struct look *l, uint32_t cues)
{
	return (cues & CUE_BIT(BYLINE_LABELS)) != 0 && l->words >= 2 && l->words <= 16 && l->small <= 3 && l->n <= 160 &&
	    (!l->final || l->words <= 5);
}

/* Does it name a day or hold a figure?  News does, an opinion in one sentence does not. */
static bool
tells_when(const struct classifier *c, const struct look *l)
{
	const char *s = l->s, *end = s + l->n;

	while (s < end) {
		const char *word = s, *z;

		for (; s < end && *s != ' '; s++)
			if (isdigit((unsigned char)*s))
				return true;
		for (z = s; z > word && ispunct((unsigned char)z[-1]); z--)
			;
		if (z > word && (facts_number(c->lang, LIST_WEEKDAYS, word, (size_t)(z - word)) != 0 ||
		    facts_number(c->lang, LIST_MONTHS, word, (size_t)(z - word)) != 0))
			return !islower((unsigned char)*word);
		if (s < end)
			s++;
	}
	return false;
}

/* Capitals throughout, as titles have them. */
static bool
in_title_case(const struct look *l)
{
	return l->words >= 4 && l->small <= l->words / 8 && l->capitals * 4 >= l->words * 3;
}

/* One sentence and no more: no stop with a blank and a capital behind it.  "U.S. Court" and "Dr. Roe" have short words before. */
static bool
is_one_sentence(const struct look *l)
{
	for (size_t i = 5; i + 2 < l->n; i++)
		if ((l->s[i] == '.' || l->s[i] == '!' || l->s[i] == '?') && l->s[i + 1] == ' ' && isupper((unsigned char)l->s[i + 2]) &&
		    memchr(l->s + i - 4, '.', 4) == NULL && memchr(l->s + i - 4, ' ', 4) == NULL)
			return false;
	return true;
}

/* A first line with a stop, as archives put one behind each headline: capitals throughout; or short, above a blank line. */
static bool
is_headline_with_stop(const struct classifier *c, size_t i, const struct look *l)
{
	const struct article *a = c->a;

	if (i != 0 || l->colon || l->words < 3 || l->n > 2 * LONGEST_HEADLINE || i + 1 >= a->nblocks)
		return false;
	if (!a->blocks[i + 1].blank_before)
		return l->n <= LONGEST_HEADLINE && in_title_case(l) && !tells_when(c, l);
	if (in_title_case(l))
		return true;
	/* a title may quote, with single marks */
	return l->n <= LONGEST_HEADLINE && l->words <= 18 && (l->n <= 90 || (is_one_sentence(l) && !tells_when(c, l))) &&
	    (!l->begins_quote || l->s[0] == '\'' || (l->n > 3 && memcmp(l->s, "\xE2\x80\x98", 3) == 0));
}

/* The same of a line that begins like a page's link to another story. */
static bool
is_headline_above_blank(const struct classifier *c, const struct look *l)
{
	return l->words >= 5 && c->a->nblocks > 1 && c->a->blocks[1].blank_before && is_headline_with_stop(c, 0, l) &&
	    prose_follows(c->a, 0);
}

/* A first line without a stop.  One long line in sentence case right above the story is its deck, the headline is lost. */
static bool
is_headline(const struct article *a, size_t i, const struct look *l)
{
	struct look next;

	if (l->question && l->words >= 5 && l->n <= LONGEST_HEADLINE && in_title_case(l))
		return true;
	if (l->final || l->colon || l->words < 2 || l->n > LONGEST_HEADLINE)
		return false;
	if (l->n <= 70 || l->small <= l->words / 5 || i + 1 >= a->nblocks)
		return true;
	look_at(a, &a->blocks[i + 1], &next);
	return !look_is_prose(&next) && next.words >= 2 && !isdigit((unsigned char)l->s[0]);
}

/* What somebody is at a paper and nothing else: "Opinion columnist", "Editors". */
static bool
is_role(const struct classifier *c, const struct look *l)
{
	const char *last = l->s + l->n;

	if (l->final || l->colon || l->n > 60 || l->words > 5)
		return false;
	while (last > l->s && last[-1] != ' ')
		last--;
	return facts_in_list(c->lang, LIST_BYLINE_ROLES, last, (size_t)(l->s + l->n - last));
}

/* Names and then the outlet or what they are there: "Jane Doe and John Roe", next line "DAILY NEWS". */
static bool
is_names_above_outlet(const struct classifier *c, size_t i, const struct look *l)
{
	const struct article *a = c->a;
	struct look next;

	if (i + 1 >= a->nblocks || l->final || l->colon || l->n > 80 || l->words > 9 || l->small != 0 || l->words < 2)
		return false;
	look_at(a, &a->blocks[i + 1], &next);
	return is_outlet(&next) || is_role(c, &next);
}

/* "A man waves. | AP Photo A headline": a caption, its credit and the headline in one line, the credit behind a bar. */
static bool
cut_at_bar(struct classifier *c, size_t i, const struct look *l)
{
	struct block *b = &c->a->blocks[i];
	const char *bar = memmem(l->s, l->n, " | ", 3), *p, *end = l->s + l->n;
	struct parsed credit = { .at = { 0, 0 } }, headline = { .at = { 0, 0 } };
	size_t len;

	if (bar == NULL || bar - l->s < 20 || l->final)
		return false;
	p = bar + 3;
	if (facts_agency_prefix(p, (size_t)(end - p), &len) == NULL)
		return false;
	p += len;
	for (const char *const *w = (const char *const[]){ " Photos", " Photo", " Images", NULL }; *w != NULL; w++)
		if ((size_t)(end - p) >= strlen(*w) && memcmp(p, *w, strlen(*w)) == 0)
			p += strlen(*w);
	credit.at = (struct range){ b->at.a + (uint32_t)(bar - l->s) + 1, b->at.a + (uint32_t)(p - l->s) };
	classify_cut(c, i, BLOCK_CREDIT, LIKELY, &credit);
	while (p < end && *p == ' ')
		p++;
	if (p < end) {
		headline.at = (struct range){ b->at.a + (uint32_t)(p - l->s), b->at.z };
		classify_cut(c, i, BLOCK_HEADLINE, WEAK, &headline);
	}
	name_block(b, BLOCK_CAPTION, LIKELY);
	return true;
}

/* A deck below the picture: one short sentence with few names and no day, above a paragraph that is much longer; or a very
 * short one right behind a credit in brackets. */
static bool
is_deck(const struct classifier *c, size_t i, const struct look *l)
{
	const struct article *a = c->a;
	const struct block *before = i != 0 ? &a->blocks[i - 1] : NULL;
	struct look next;
	char last;

	if (before == NULL || (before->kind != BLOCK_CAPTION && before->kind != BLOCK_CREDIT) || i + 1 >= a->nblocks)
		return false;
	if (l->n > 120 || l->words < 5 || l->capitals > 3 || l->begins_quote || tells_when(c, l))
		return false;
	look_at(a, &a->blocks[i + 1], &next);
	if (next.n >= 150 && next.n >= 2 * l->n && !l->question)
		return true;
	last = a->text.s[before->at.z - 1];
	return l->n <= 95 && next.n >= 60 && (last == ')' || last == ']') && c->ncuts != 0;
}

/* Does the story open with a dateline on the next line?  Then what stands above it is none of the story. */
static bool
dateline_follows(const struct classifier *c, size_t i)
{
	const struct article *a = c->a;
	struct parsed p;

	return i + 1 < a->nblocks && parse_dateline(a, c->lang, a->blocks[i + 1].at, &p) && p.certainty >= LIKELY &&
	    p.at.z < a->blocks[i + 1].at.z;
}

/* What stands above the dateline: a headline, or the deck below one; a caption if it says who stands where. */
static void
name_above_dateline(struct classifier *c, struct head *h, size_t i, const struct look *l, uint32_t cues)
{
	struct block *b = &c->a->blocks[i];

	if ((cues & CUE_BIT(BOILERPLATE_HINTS)) != 0)
		name_block(b, BLOCK_BOILERPLATE, WEAK);
	else if ((cues & CUE_BIT(PICTURE_WORDS)) != 0)
		name_block(b, BLOCK_CAPTION, WEAK);
	else if (!h->headline && h->subheads == 0 && l->n <= LONGEST_HEADLINE && is_one_sentence(l) && !tells_when(c, l)) {
		name_block(b, BLOCK_HEADLINE, WEAK);
		h->headline = true;
	} else
		name_block(b, BLOCK_SUBHEAD, WEAK);
}

/* "A ferry sails. (Photo: Jane Doe, AP) Story Highlights Crew is safe": what stands behind the credit, if it is the label of a
 * story's main points. */
static bool
highlights_behind(struct classifier *c, const struct block *b, const struct verdict *v, struct parsed *out)
{
	unsigned furniture;
	struct range at;

	if (!v->has_credit || v->credit.at.a <= b->at.a || v->credit.at.z >= b->at.z)
		return false;
	at = text_trim(&c->a->text, (struct range){ v->credit.at.z, b->at.z });
	if (at.a >= at.z || (cues_find(c->cues, c->a, text_at(&c->a->text, at), range_len(at), 1, &furniture) &
	    CUE_BIT(HIGHLIGHT_LABELS)) == 0)
		return false;
	memset(out, 0, sizeof *out);
	out->at = at;
	return true;
}

/* A short sentence above a picture that the main points stand behind: the deck. */
static bool
is_deck_above_picture(struct classifier *c, size_t i, const struct look *l)
{
	const struct block *next = &c->a->blocks[i + 1];
	struct parsed points;
	struct verdict v;
	struct look look;

	if (i > 2 || l->n > LONGEST_HEADLINE || i + 1 >= c->a->nblocks)
		return false;
	look_at(c->a, next, &look);
	judge_line(c, next, &look, &v);
	return v.kind == BLOCK_CAPTION && highlights_behind(c, next, &v, &points);
}

/* "JANE DOE, HOST:" on a line of its own, as in a broadcast's transcript. */
static bool
is_speaker(const struct look *l)
{
	return l->colon && l->shouted && l->words >= 2 && l->words <= 6 && l->n <= 60;
}

static bool
speaker_follows(const struct article *a, size_t i)
{
	struct look next;

	if (i + 1 >= a->nblocks)
		return false;
	look_at(a, &a->blocks[i + 1], &next);
	return is_speaker(&next) && prose_follows(a, i + 1);
}

/* A day and no more. */
static bool
is_day(const struct classifier *c, const struct look *l)
{
	struct date date;

	return l->n <= 40 && parse_date(c->lang, l->s, l->n, &date) == l->n;
}

/* "Denver" above a headline: the place or the section that the story is filed under; or the day. */
static bool
is_kicker(const struct classifier *c, size_t i, const struct look *l)
{
	const struct article *a = c->a;
	struct look next;

	if (i != 0 || (l->words != 1 && !is_day(c, l)) || l->final || l->colon || l->n > 40 || i + 1 >= a->nblocks)
		return false;
	look_at(a, &a->blocks[i + 1], &next);
	return next.words >= 4 && is_headline(a, i + 1, &next) && prose_follows(a, i + 1);
}

/* The text below a block, as far as it is worth searching. */
static struct range
below(const struct article *a, const struct block *b)
{
	uint32_t end = a->blocks[a->nblocks - 1].at.z;

	return (struct range){ b->at.z, end - b->at.z > SEARCH_MOST ? b->at.z + SEARCH_MOST : end };
}

/* Names block i; true if it is the lead. */
static bool
name_head_block(struct classifier *c, struct head *h, size_t i)
{
	struct article *a = c->a;
	struct block *b = &a->blocks[i];
	struct parsed dateline, points;
	struct verdict v;
	struct look l;
	bool embargo;

	look_at(a, b, &l);
	judge_line(c, b, &l, &v);
	embargo = is_embargo(a, &l);
	if (!(v.cues & CUE_BIT(CAPTION_LABELS)) && v.kind != BLOCK_END_MARK && v.kind != BLOCK_CREDIT &&
	    !look_is_routing(&l) && !embargo && parse_dateline(a, c->lang, b->at, &dateline)) {
		if (dateline.at.z >= b->at.z) {
			name_block(b, BLOCK_DATELINE, dateline.certainty);
			return false;
		}
		classify_cut(c, i, BLOCK_DATELINE, dateline.certainty, &dateline);
		name_block(b, BLOCK_LEAD, SURE);
		return true;
	}
	if (embargo)
		name_block(b, BLOCK_EMBARGO, SURE);
	else if ((v.cues & CUE_BIT(ADVISORY_LABELS)) != 0 && look_is_desk_line(&l) && !look_is_tagged(&l))
		name_block(b, BLOCK_ADVISORY, LIKELY);
	else if (is_byline(&l, v.cues))
		name_block(b, BLOCK_BYLINE, SURE);
	else if (i == 0 && v.kind == BLOCK_BOILERPLATE && v.confidence != SURE && is_headline_above_blank(c, &l)) {
		name_block(b, BLOCK_HEADLINE, WEAK);	/* "Poll: Islands want a bridge." */
		h->headline = true;
	} else if (i == 0 && v.kind == BLOCK_BOILERPLATE && is_outlet(&l) && prose_follows(a, i)) {
		name_block(b, BLOCK_BYLINE, LIKELY);	/* "AP" above all, and no picture to it */
	} else if (v.kind != BLOCK_PARAGRAPH) {
		if (v.has_credit)
			classify_cut(c, i, BLOCK_CREDIT, v.credit.certainty, &v.credit);
		if (highlights_behind(c, b, &v, &points))
			classify_cut(c, i, BLOCK_SUBHEAD, LIKELY, &points);
		name_block(b, v.kind, v.confidence);
		h->highlights = h->highlights || (v.has_credit && v.credit.at.a > b->at.a && v.credit.at.z < b->at.z);
	} else if (look_is_slug(&l) && i < 4)
		name_block(b, BLOCK_SLUG, LIKELY);
	else if ((v.cues & CUE_BIT(HIGHLIGHT_LABELS)) != 0) {
		name_block(b, BLOCK_SUBHEAD, LIKELY);
		h->highlights = true;
	} else if (h->highlights && !l.final && l.n <= 200 && h->subheads++ < HIGHLIGHTS_MOST)
		name_block(b, BLOCK_SUBHEAD, LIKELY);
	else if (next_repeats(a, i, &l)) {
		bool title = !h->headline && !l.final && in_title_case(&l);

		name_block(b, title ? BLOCK_HEADLINE : BLOCK_CAPTION, LIKELY);
		h->headline = h->headline || title;
	}
	else if (repeats_above(a, i, &l)) {
		name_block(b - 1, BLOCK_CAPTION, LIKELY);
		name_block(b, BLOCK_CAPTION, LIKELY);
		h->subheads--;
	} else if (i < 2 && l.final && !h->headline && is_line_on_author(c, &l, below(a, b)))
		name_block(b, BLOCK_SIGNOFF, WEAK);
	else if (i < 2 && l.s[0] == '[' && l.s[l.n - 1] == ']' && prose_follows(a, i))
		name_block(b, BLOCK_EDITOR_NOTE, WEAK);
	else if (i < 2 && l.colon && l.words <= 3 && prose_follows(a, i))
		name_block(b, BLOCK_KICKER, WEAK);
	else if (h->headline && l.final && l.shouted && l.words <= 3 && prose_follows(a, i))
		name_block(b, BLOCK_KICKER, WEAK);	/* "ABSTRACT." */
	else if (is_kicker(c, i, &l))
		name_block(b, BLOCK_KICKER, WEAK);
	else if (i < 3 && cut_at_bar(c, i, &l))
		h->headline = true;
	else if ((is_outlet(&l) || is_role(c, &l)) && !look_is_tagged(&l) && prose_follows(a, i))
		name_block(b, BLOCK_BYLINE, LIKELY);
	else if (is_names_above_outlet(c, i, &l))
		name_block(b, BLOCK_BYLINE, LIKELY);
	else if (i != 0 && b[-1].kind == BLOCK_BYLINE && !l.final && l.n <= 60 && l.words <= 6 && prose_follows(a, i))
		name_block(b, BLOCK_BYLINE, WEAK);
	else if (look_is_name(&l) && l.words <= 3 && i != 0 && prose_follows(a, i))
		name_block(b, BLOCK_BYLINE, WEAK);
	else if (!h->headline && h->subheads == 0 && is_headline(a, i, &l) && prose_follows(a, i)) {
		name_block(b, BLOCK_HEADLINE, i == 0 ? LIKELY : WEAK);
		h->headline = true;
	} else if (!l.final && !l.colon && l.n <= LONGEST_SUBHEAD && h->subheads < SUBHEADS_MOST && prose_follows(a, i)) {
		name_block(b, BLOCK_SUBHEAD, WEAK);
		h->subheads++;
	} else if (!h->headline && h->subheads == 0 && is_deck(c, i, &l)) {
		name_block(b, BLOCK_SUBHEAD, WEAK);
		h->subheads++;
	} else if (!h->headline && h->subheads == 0 && is_headline_with_stop(c, i, &l) && prose_follows(a, i)) {
		name_block(b, BLOCK_HEADLINE, in_title_case(&l) ? LIKELY : WEAK);
		h->headline = true;
	} else if (i == 1 && b[-1].kind == BLOCK_HEADLINE && !b->blank_before && i + 1 < a->nblocks && b[1].blank_before &&
	    l.n <= LONGEST_HEADLINE && prose_follows(a, i))
		name_block(b, BLOCK_SUBHEAD, WEAK);	/* between blank lines: what sticks to the headline is its deck */
	else if (i < 4 && h->headline && speaker_follows(a, i))
		name_block(b, BLOCK_SUBHEAD, WEAK);
	else if (i < 5 && h->headline && is_speaker(&l) && prose_follows(a, i))
		name_block(b, BLOCK_CROSSHEAD, WEAK);
	else if (is_deck_above_picture(c, i, &l))
		name_block(b, BLOCK_SUBHEAD, WEAK);
	else if (i < 3 && dateline_follows(c, i))
		name_above_dateline(c, h, i, &l, v.cues);
	else {
		name_block(b, BLOCK_LEAD, look_is_prose(&l) ? LIKELY : WEAK);
		return true;
	}
	return false;
}

/* One sentence right above the byline is no lead yet: the deck. */
static bool
becomes_deck(struct classifier *c, size_t i)
{
	struct article *a = c->a;
	struct block *b = &a->blocks[i];
	struct look l, next;
	unsigned furniture;

	if (i > 4 || i + 1 >= a->nblocks || b[1].from_markup || !prose_follows(a, i + 1) || (c->ncuts != 0 && c->cuts[c->ncuts - 1].block == i))
		return false;
	look_at(a, b, &l);
	look_at(a, b + 1, &next);
	if (l.n > LONGEST_SUBHEAD || !is_one_sentence(&l) || !is_byline(&next, cues_find(c->cues, a, next.s, next.n, next.n, &furniture)))
		return false;
	name_block(b, BLOCK_SUBHEAD, WEAK);
	return true;
}

size_t
classify_head(struct classifier *c)
{
	struct head h = { 0 };
	struct article *a = c->a;

	for (size_t i = 0; i < a->nblocks && i < HEAD_MOST; i++) {
		struct block *b = &a->blocks[i];

		if (b->from_markup) {
			h.headline = h.headline || b->kind == BLOCK_HEADLINE;
			if (b->kind == BLOCK_CAPTION)
				classify_caption(c, i);
			continue;
		}
		if (name_head_block(c, &h, i) && !becomes_deck(c, i))
			return i + 1;
	}
	return a->nblocks < HEAD_MOST ? a->nblocks : HEAD_MOST;
}
