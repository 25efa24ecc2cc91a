/* Names the blocks that a reader could only call paragraphs, and cuts datelines and credits out of them.
 *
 * Three passes over the blocks, each linear.  The head, from the top to the lead (classify_head.c).  The lines behind it,
 * each by what it is itself and by its neighbours: a crosshead is short and stands between paragraphs.  The foot, from the
 * bottom up (classify_foot.c): a line on the author looks like prose and is told by where it stands.  Last, the pieces cut
 * out become blocks of their own. */
#include "classify/classify.h"

#include "analysis/language.h"
#include "classify/classify_int.h"
#include "util/next_of.h"
#include "util/str.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { SIGNOFF_WINDOW = 400, LONGEST_NOTICE = 700, LONGEST_FURNITURE = 250, LONGEST_CALL = 160, LONGEST_CAPTION = 1500, LEADING_CREDIT = 200 };

void
classify_cut(struct classifier *c, size_t i, enum block_kind kind, enum certainty confidence, const struct parsed *p)
{
	struct cut cut = { .block = (uint32_t)i, .kind = kind, .confidence = confidence, .at = p->at };

	if (p->nparts != 0) {
		cut.parts = ARENA_ARRAY(&c->a->arena, struct part, p->nparts);
		memcpy(cut.parts, p->parts, p->nparts * sizeof *p->parts);
		cut.nparts = (uint32_t)p->nparts;
	}
	XPUSH(c->cuts, c->ncuts, c->capcuts) = cut;
}

static void
say(struct verdict *v, enum block_kind kind, enum certainty confidence)
{
	v->kind = kind;
	v->confidence = confidence;
}

/* "-30-", "###", "ENDS", "(END)": marked off or in capitals, not a word of the story. */
static bool
is_end_mark(const struct look *l, uint32_t cues)
{
	/* "MORE:" stands above something */
	if (l->n > 24 || l->n == 0 || l->s[l->n - 1] == ':')
		return false;
	if (l->n >= 2 && l->n <= 6 && strspn(l->s, "#") >= l->n)
		return true;
	return (cues & CUE_BIT(END_MARKS)) != 0 && (l->shouted || strchr("-([-/*<", l->s[0]) != NULL);
}

/* "Source: TRT" and not "Sources said": a colon behind the label, and a short rest. */
static bool
is_source_line(const struct look *l, uint32_t cues)
{
	const char *colon = memchr(l->s, ':', l->n < 24 ? l->n : 24);

	return (cues & CUE_BIT(SOURCE_LABELS)) != 0 && l->n <= 160 && l->words <= 20 &&
	    (colon != NULL || memmem(l->s, l->n < 24 ? l->n : 24, "\xEF\xBC\x9A", 3) != NULL);
}

/* Among the first or last lines of the article, where signoffs stand? */
static bool
at_an_end(const struct article *a, const struct block *b)
{
	size_t i = (size_t)(b - a->blocks);

	return i < 3 || a->nblocks - i <= 12;
}

/* Worth a parser's time?  A paragraph of running text ends with a stop, and no slash, bar or label stands shortly before that.
 * This spares the parsers nearly all lines. */
static bool
may_end_with_credit(const struct look *l)
{
	static const struct byte_set signs = {{'/', '|', ':', ':', ':', ':'}, 0, 0};
	const char *end = l->s + l->n, *from = l->n > 120 ? end - 120 : l->s;

	if (l->n < 12)
		return false;
	if (!l->final || end[-1] == ')' || end[-1] == ']')
		return true;
	for (const char *p = from; (p = l->s + next_of(l->s, (size_t)(p - l->s), l->n, &signs)) < end; p++) {
		const char *word = p;

		if (*p != ':')
			return true;
		/* "Photo:", not "said:" */
		while (word > from && word[-1] != ' ')
			word--;
		if (word < p && !(*word >= 'a' && *word <= 'z'))
			return true;
	}
	return false;
}

static bool
may_be_credit(const struct look *l, uint32_t cues)
{
	if (l->n < 4 || l->n > 200)
		return false;
	if ((cues & CUE_BIT(CREDIT_LABELS)) != 0 || l->s[0] == '(' || l->s[0] == '[')
		return true;
	return !l->final && (l->words <= 4 || memchr(l->s, '/', l->n) != NULL);
}

/* "(The Herald)" behind a long paragraph says where it was said. */
static bool
is_outlet_alone(const struct block *b, const struct parsed *credit)
{
	const struct agency *a;

	if (credit->nparts != 1 || credit->parts[0].name != PART_AGENCY || credit->at.a == b->at.a)
		return false;
	a = facts_agency(credit->parts[0].value, strlen(credit->parts[0].value));
	return a != NULL && a->kind == AGENCY_OUTLET;
}

/* The credit that a line ends with.  A word of the page may have stuck to it: "(Photo: Jane Doe/AP) More". */
static bool
find_credit(struct classifier *c, const struct block *b, const struct look *l, struct verdict *v)
{
	const char *close;

	if (!may_end_with_credit(l))
		return false;
	v->has_credit = parse_trailing_credit(c->a, c->lang, b->at, &v->credit);
	if (v->has_credit && l->n > LONGEST_FURNITURE && is_outlet_alone(b, &v->credit))
		return v->has_credit = false;
	if (v->has_credit || l->final || (close = memrchr(l->s, ')', l->n)) == NULL)
		return v->has_credit;
	if (l->s + l->n - close > 160 || close - l->s < 20)
		return false;
	/* "the environment agency (EPA) said" */
	if (l->s + l->n - close > 2 && (close[1] == ',' || (close[1] == ' ' && close[2] >= 'a' && close[2] <= 'z')))
		return false;
	v->has_credit = parse_trailing_credit(c->a, c->lang,
	    (struct range){ b->at.a, b->at.a + (uint32_t)(close - l->s) + 1 }, &v->credit);
	return v->has_credit;
}

/* "Image copyright Reuters Image caption Ships at dawn": the credit stands before the caption, which has its own label. */
static bool
find_leading_credit(struct classifier *c, const struct block *b, const struct look *l, struct verdict *v)
{
	const char *end = l->s + (l->n < LEADING_CREDIT ? l->n : LEADING_CREDIT);
	const char *const *cues = facts_list(c->lang, LIST_CAPTION_CUES);

	for (const char *s = l->s; (s = memchr(s, ' ', (size_t)(end - s))) != NULL;) {
		const char *before = s++;

		for (size_t i = 0; cues[i] != NULL; i++)
			/* a caption's label has two words; "Credit..." begins a credit */
			if (strchr(cues[i], ' ') != NULL && strlen(cues[i]) < (size_t)(end - s) && str_folded_is(s, strlen(cues[i]), cues[i])) {
				struct range at = { b->at.a, b->at.a + (uint32_t)(before - l->s) };

				/* whatever stands between the labels is the credit, a known name or not */
				if (!parse_credit_line(c->a, c->lang, at, &v->credit)) {
					memset(&v->credit, 0, sizeof v->credit);
					v->credit.at = at;
					v->credit.certainty = LIKELY;
				}
				return v->has_credit = true;
			}
	}
	return false;
}

/* "CLOSE Ships wait in the bay": a button's word in capitals before a sentence that is none. */
static bool
is_shouted_start(const struct classifier *c, const struct look *l)
{
	size_t n = 0;

	while (n < l->n && l->s[n] >= 'A' && l->s[n] <= 'Z')
		n++;
	return n >= 2 && n < l->n && l->s[n] == ' ' && !l->shouted && facts_in_list(c->lang, LIST_BOILERPLATE_CAPITALS, l->s, n);
}

/* Is an agency or a person in it?  "Video" alone is no credit. */
static bool
names_somebody(const struct parsed *p)
{
	for (size_t i = 0; i < p->nparts; i++)
		if (p->parts[i].name == PART_AGENCY || p->parts[i].name == PART_PERSON || p->parts[i].name == PART_PLATFORM)
			return true;
	return false;
}

/* Does it speak to the reader or for the page: you, our, "opinions expressed"?  Calls to sign up do; prose that merely holds
 * their words does not. */
static bool
speaks_to_reader(const struct classifier *c, const struct look *l)
{
	const char *s = l->s, *end = s + l->n;

	while (s < end) {
		const char *word = s;
		unsigned cp;
		size_t n;

		while (s < end && (n = utf8_word(s, end)) != 0)
			s += n;
		if (s > word && s - word < 16 && facts_in_list(c->lang, LIST_READER_WORDS, word, (size_t)(s - word)))
			return true;
		if (s < end)
			s += utf8_next(s, &cp);
	}
	return false;
}

/* What a page puts between and below the paragraphs: calls to sign up, links, labels. */
static bool
is_furniture(const struct classifier *c, const struct look *l, uint32_t f, unsigned words)
{
	if ((f & CUE_BIT(BOILERPLATE_STARTS)) != 0)
		return true;
	if ((f & CUE_BIT(BOILERPLATE_ENDS)) != 0 && !l->final)
		return true;
	if (l->begins_quote)
		return false;
	if ((f & CUE_BIT(BOILERPLATE_CUES)) != 0)
		return l->n <= LONGEST_CALL || speaks_to_reader(c, l);
	if ((f & CUE_BIT(BOILERPLATE_HINTS)) != 0 && l->n <= 300 && ((!l->final && !l->colon) || words >= 2))
		return true;
	return words >= 2 && words * 8 >= l->words && !l->final && !l->colon;
}

/* "... at the summit. (Reporting by Jane Doe; Editing by John Roe)": the signoff that stuck to a paragraph. */
static bool
find_signoff(struct classifier *c, const struct block *b, const struct look *l, struct parsed *out)
{
	const char *end = l->s + l->n, *from = l->n > SIGNOFF_WINDOW ? end - SIGNOFF_WINDOW : l->s, *open;
	unsigned furniture;

	if (end[-1] != ')' && end[-1] != ']')
		return false;
	open = memrchr(from, end[-1] == ')' ? '(' : '[', (size_t)(end - from));
	if (open == NULL || open - l->s < 20 || (cues_find(c->cues, c->a, open, (size_t)(end - open), 2, &furniture) &
	    CUE_BIT(SIGNOFF_LABELS)) == 0)
		return false;
	memset(out, 0, sizeof *out);
	out->at = (struct range){ b->at.a + (uint32_t)(open - l->s), b->at.z };
	return true;
}

void
judge_line(struct classifier *c, const struct block *b, const struct look *l, struct verdict *v)
{
	unsigned furniture;
	size_t most;
	uint32_t f;

	memset(v, 0, sizeof *v);
	v->kind = BLOCK_PARAGRAPH;
	v->confidence = LIKELY;
	if (l->n <= 12 && is_end_mark(l, 0)) {
		say(v, BLOCK_END_MARK, SURE);
		return;
	}
	if (look_is_separator(l)) {
		say(v, BLOCK_SEPARATOR, l->n >= 2 ? SURE : WEAK);
		return;
	}
	/* amid the story a long line that ends with a stop is looked at no further than its first words */
	most = l->n > LONGEST_NOTICE || (l->n > LONGEST_FURNITURE && l->final && !at_an_end(c->a, b)) ? 1 : l->n;
	f = v->cues = cues_find(c->cues, c->a, l->s, l->n, most, &furniture);
	if (is_end_mark(l, f))
		say(v, BLOCK_END_MARK, SURE);
	else if (f & (CUE_BIT(BOILERPLATE_LINES) | CUE_BIT(LINK_HEADS)))
		say(v, BLOCK_BOILERPLATE, SURE);
	else if ((f & CUE_BIT(SLUG_LINES)) != 0 && l->n <= 60)
		say(v, BLOCK_SLUG, LIKELY);
	else if (f & CUE_BIT(ADVISORY_STARTS))
		say(v, BLOCK_ADVISORY, SURE);
	else if (f & CUE_BIT(NOTE_LABELS))
		say(v, BLOCK_EDITOR_NOTE, SURE);
	else if ((f & CUE_BIT(CORRECTION_LABELS)) != 0 && !look_is_tagged(l))
		say(v, BLOCK_CORRECTION, SURE);
	else if ((f & CUE_BIT(ADVISORY_LABELS)) != 0 && look_is_desk_note(l))
		say(v, BLOCK_ADVISORY, LIKELY);
	else if (is_source_line(l, f))
		say(v, BLOCK_SOURCE, SURE);
	else if ((f & CUE_BIT(LICENCE_STARTS)) != 0 && l->n <= LONGEST_NOTICE)
		say(v, BLOCK_LICENCE, SURE);
	else if ((f & CUE_BIT(BOILERPLATE_STARTS)) != 0 && (f & CUE_BIT(CAPTION_CUES)) != 0)
		say(v, BLOCK_BOILERPLATE, SURE);	/* a video that is not here */
	else if ((f & CUE_BIT(CREDIT_LABELS)) != 0 && (f & CUE_BIT(CAPTION_CUES)) != 0 && find_leading_credit(c, b, l, v))
		say(v, BLOCK_CAPTION, SURE);
	else if (is_shouted_start(c, l))
		say(v, BLOCK_BOILERPLATE, LIKELY);
	else if (f & (CUE_BIT(CAPTION_LABELS) | CUE_BIT(CAPTION_CUES)))
		say(v, BLOCK_CAPTION, SURE);
	else if (may_be_credit(l, f) && parse_credit_line(c->a, c->lang, b->at, &v->credit) && names_somebody(&v->credit))
		say(v, BLOCK_CREDIT, v->credit.certainty);
	else if (look_is_post(l))
		say(v, BLOCK_BLOCKQUOTE, LIKELY);
	else if ((f & CUE_BIT(SIGNOFF_LABELS)) != 0 && l->n <= LONGEST_NOTICE && (l->n <= 120 || at_an_end(c->a, b)))
		say(v, BLOCK_SIGNOFF, SURE);
	else if ((f & CUE_BIT(BOILERPLATE_STARTS)) != 0 && (f & CUE_BIT(BOILERPLATE_CUES)) != 0)
		say(v, BLOCK_BOILERPLATE, SURE);
	else if (l->n <= LONGEST_CAPTION && find_credit(c, b, l, v))
		say(v, BLOCK_CAPTION, v->credit.certainty);
	else if ((f & CUE_BIT(SIGNOFF_CUES)) != 0 && (f & CUE_BIT(BOILERPLATE_STARTS)) == 0 && l->n <= 500 && at_an_end(c->a, b))
		say(v, BLOCK_SIGNOFF, LIKELY);
	else if ((f & CUE_BIT(SIGNOFF_ENDS)) != 0 && l->words <= 16 && l->small <= 2 && at_an_end(c->a, b))
		say(v, BLOCK_SIGNOFF, LIKELY);
	else if (is_furniture(c, l, f, furniture))
		say(v, BLOCK_BOILERPLATE, (f & CUE_BIT(BOILERPLATE_STARTS)) != 0 && !l->final ? SURE : LIKELY);
	else if ((f & CUE_BIT(LICENCE_CUES)) != 0 && l->n <= 500)
		say(v, BLOCK_LICENCE, LIKELY);
	else if (look_is_item(l))
		say(v, BLOCK_LIST_ITEM, LIKELY);
	else if (look_is_stage(l))
		say(v, BLOCK_EDITOR_NOTE, WEAK);
	else if ((!c->transcript && look_is_label(l)) || look_is_bracketed(l))
		say(v, BLOCK_BOILERPLATE, WEAK);
	if (v->kind == BLOCK_CAPTION && !v->has_credit && l->n <= LONGEST_CAPTION)
		find_credit(c, b, l, v);
}

/* "Update at 10:15 a.m.: The vote begins" amid a running report heads what follows; it corrects nothing. */
static bool
is_dated_heading(const struct article *a, const struct block *b, const struct look *l, const struct look *after)
{
	return !l->final && l->words >= 5 && l->n <= 120 && look_is_prose(after) && !at_an_end(a, b);
}

/* "Jane Doe, Daily News" below a passage says whose it is. */
static bool
is_credit_to_author(const struct look *l)
{
	const char *comma = memchr(l->s, ',', l->n);
	struct look name;

	if (comma == NULL || l->small > 0 || l->words > 7)
		return false;
	name = *l;
	name.n = (size_t)(comma - l->s);
	name.words = 2;
	return look_is_name(&name) && (size_t)(comma - l->s) + 3 < l->n && comma[1] == ' ' && comma[2] >= 'A' && comma[2] <= 'Z' &&
	    memchr(comma + 1, ',', l->n - (size_t)(comma - l->s) - 1) == NULL;
}

/* A heading between paragraphs: short, no stop at its end, prose before and behind it. */
static bool
is_crosshead(bool behind_prose, const struct look *l, const struct look *after, const struct look *next)
{
	if (l->final && !(l->question && l->words <= 7))
		return false;
	if (l->s[0] == '(' || l->s[0] == '[' || (l->begins_quote && l->final))
		return false;
	if (l->n > 90 || l->words == 0 || l->words > 11 || l->begins_lower || l->colon || after->n == 0)
		return false;
	if (l->s[l->n - 1] == ',' || l->s[l->n - 1] == ';' || is_credit_to_author(l))
		return false;
	/* a short line may stand between: a note, a list's first entry, a quotation */
	return behind_prose && (look_is_prose(after) || (l->shouted && l->words <= 5) || (after->final && look_is_prose(next)));
}

/* The first line of verse or of a statement that is quoted: it opens a quotation and does not close it. */
static bool
leaves_quotation_open(const struct look *l)
{
	static const char *const marks[] = {"\"", "“", "”", "„", "«", "»"};

	if (!l->begins_quote)
		return false;
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		size_t len = strlen(marks[i]);

		if (memmem(l->s + 1, l->n - 1, marks[i], len) != NULL)
			return false;
	}
	return true;
}

/* A line below one that ends with a colon, or below another such line: an item of a list without bullets. */
static bool
is_plain_item(bool in_list, const struct look *before, const struct look *l, const struct look *after)
{
	if (l->final || l->colon || l->n > 200 || l->begins_lower || leaves_quotation_open(l))
		return false;
	return in_list || (before->colon && after->n != 0 && !after->final && !after->colon && after->n <= 200);
}

/* The title of another story between two paragraphs: too long for a crosshead, capitals throughout, no stop. */
static bool
is_link_title(const struct look *l)
{
	return !l->final && !l->colon && !l->begins_lower && l->n <= 160 && l->words >= 6 && l->small <= l->words / 8 &&
	    l->capitals * 3 >= l->words * 2;
}

void
classify_caption(struct classifier *c, size_t i)
{
	struct block *b = &c->a->blocks[i];
	struct verdict v;
	struct look look;

	look_at(c->a, b, &look);
	judge_line(c, b, &look, &v);
	if (v.has_credit)
		classify_cut(c, i, BLOCK_CREDIT, v.credit.certainty, &v.credit);
	else if (v.kind == BLOCK_CREDIT)
		name_block(b, BLOCK_CREDIT, v.confidence);
}

static void
classify_middle(struct classifier *c, size_t from)
{
	struct article *a = c->a;
	struct look before = { 0 }, look, after = { 0 }, next;
	bool in_list = false, in_links = false, behind_prose = true;

	if (from >= a->nblocks)
		return;
	if (from != 0)
		look_at(a, &a->blocks[from - 1], &before);
	look_at(a, &a->blocks[from], &look);
	if (from + 1 < a->nblocks)
		look_at(a, &a->blocks[from + 1], &after);
	for (size_t i = from; i < a->nblocks; i++, before = look, look = after, after = next) {
		struct block *b = &a->blocks[i];
		struct parsed signoff;
		struct verdict v;

		if (i + 2 < a->nblocks)
			look_at(a, b + 2, &next);
		else
			memset(&next, 0, sizeof next);
		if (b->from_markup) {
			if (b->kind == BLOCK_CAPTION)
				classify_caption(c, i);
			continue;
		}
		judge_line(c, b, &look, &v);
		if (v.has_credit)
			classify_cut(c, i, BLOCK_CREDIT, v.credit.certainty, &v.credit);
		else if (v.kind == BLOCK_PARAGRAPH && find_signoff(c, b, &look, &signoff))
			classify_cut(c, i, BLOCK_SIGNOFF, SURE, &signoff);
		if (v.kind == BLOCK_CORRECTION && is_dated_heading(a, b, &look, &after))
			say(&v, BLOCK_CROSSHEAD, WEAK);
		if (v.kind == BLOCK_PARAGRAPH) {
			if (in_links && (!look.final || look.question) && look.n <= 160)
				say(&v, BLOCK_BOILERPLATE, LIKELY);
			else if (is_plain_item(in_list, &before, &look, &after))
				say(&v, BLOCK_LIST_ITEM, LIKELY);
			else if (is_crosshead(behind_prose, &look, &after, &next))
				say(&v, BLOCK_CROSSHEAD, LIKELY);
			else if (is_link_title(&look))
				say(&v, BLOCK_BOILERPLATE, WEAK);
		}
		behind_prose = v.kind != BLOCK_CROSSHEAD && (v.kind != BLOCK_PARAGRAPH || look.final || look.n > 120);
		in_list = v.kind == BLOCK_LIST_ITEM && !look.final;
		in_links = (v.cues & CUE_BIT(LINK_HEADS)) != 0 || (in_links && v.kind == BLOCK_BOILERPLATE);
		name_block(b, v.kind, v.confidence);
	}
}

/* Do many lines begin with a speaker's name in capitals? */
static bool
is_transcript(const struct article *a)
{
	size_t speakers = 0, seen = a->nblocks < 400 ? a->nblocks : 400;

	for (size_t i = 0; i < seen; i++) {
		size_t n, upper = 0, k;
		const char *s = block_text(a, &a->blocks[i], &n);

		for (k = 0; k < n && k < 40 && s[k] != ':'; k++) {
			if (s[k] >= 'a' && s[k] <= 'z')
				break;
			upper += s[k] >= 'A' && s[k] <= 'Z';
		}
		speakers += k < n && s[k] == ':' && upper >= 3;
	}
	return speakers >= 4 && speakers * 8 >= seen;
}

/* A piece of a block as a block of its own, without blanks at its ends; none if nothing is left. */
static void
put_piece(const struct article *a, struct block **end, const struct block *whole, struct range at)
{
	const char *t = a->text.s;

	while (at.a < at.z && (unsigned char)t[at.a] <= ' ')
		at.a++;
	while (at.z > at.a && (unsigned char)t[at.z - 1] <= ' ')
		at.z--;
	if (at.a < at.z) {
		**end = *whole;
		(*end)->at = at;
		(*end)--;
	}
}

/* A no-break space between two pieces is no blank of the file: it goes with the piece cut out. */
static struct range
with_wide_blanks(const struct article *a, struct range cut, struct range whole)
{
	const char *t = a->text.s;
	uint32_t at, k;
	unsigned cp;

	for (at = cut.z; at < whole.z; at += k) {
		k = (uint32_t)utf8_next(t + at, &cp);
		if (!utf8_is_space(cp))
			break;
		if (cp >= 0x80)
			cut.z = at + k;
	}
	for (at = cut.a; at > whole.a; at -= k) {
		k = (uint32_t)utf8_prev(t + whole.a, t + at, &cp);
		if (!utf8_is_space(cp))
			break;
		if (cp >= 0x80)
			cut.a = at - k;
	}
	return cut;
}

/* Makes blocks of the cuts.  From the end backwards, so that everything moves once. */
static void
apply_cuts(struct classifier *c)
{
	struct article *a = c->a;
	size_t n = a->nblocks, most = n + 2 * c->ncuts, k = c->ncuts;
	struct block *end, *first;

	if (c->ncuts == 0)
		return;
	if (a->capblocks < most) {
		a->blocks = xrealloc(a->blocks, most * sizeof *a->blocks);
		a->capblocks = most;
	}
	end = a->blocks + most - 1;
	for (size_t i = n; i-- > 0;) {
		struct block b = a->blocks[i];
		bool cut_off = false;

		for (; k > 0 && c->cuts[k - 1].block == i; k--) {
			const struct cut *cut = &c->cuts[k - 1];

			struct range at = with_wide_blanks(a, cut->at, b.at);

			put_piece(a, &end, &b, (struct range){ at.z, b.at.z });
			*end = b;
			end->kind = cut->kind;
			end->confidence = cut->confidence;
			end->at = at;
			end->parts = cut->parts;
			end->nparts = cut->nparts;
			end--;
			b.at.z = at.a;
			cut_off = true;
		}
		if (cut_off)
			put_piece(a, &end, &b, b.at);
		else
			*end-- = b;
	}
	first = end + 1;
	a->nblocks = (size_t)(a->blocks + most - first);
	memmove(a->blocks, first, a->nblocks * sizeof *first);
}

void
classify(struct article *a, const char *declared)
{
	struct classifier c = { .a = a };
	size_t middle;

	article_read_words(a);
	language_tell(a, declared);
	c.lang = facts_language(a->lang);
	c.cues = cues_of(c.lang);
	c.transcript = is_transcript(a);
	middle = classify_head(&c);
	classify_middle(&c, middle);
	classify_foot(&c, middle);
	apply_cuts(&c);
	free(c.cuts);
	for (size_t i = 0; i < a->nblocks; i++)
		if (a->blocks[i].nparts == 0)
			classify_parts(a, &a->blocks[i]);
}
