/* The foot of an article, from the bottom up: what reads like a paragraph and is a line on the author, or a notice; what reads
 * like a picture's credit and is the tag of the agency that wrote the text. */
#include "classify/classify_int.h"
#include "classify/classify_scan.h"

#include "util/utf8.h"

#include <string.h>

enum { LONGEST_TAG = 40,	/* "(Abendpost/AFP/dpa)" */
	FOOT_MOST = 24, PROSE_MOST = 2, LONGEST_BIO = 600, SEARCH_MOST = 400000 };

/* The words with capitals that the line begins with: "Jane Q. Doe" of "Jane Q. Doe is a reporter".  *last is the last of them.
 * 0 if there are fewer than two. */
static size_t
leading_name(const struct look *l, const char **last, size_t *last_len)
{
	const char *s = l->s, *end = s + (l->n < 80 ? l->n : 80), *word;
	size_t name = 0;
	unsigned words = 0, cp;

	while (s < end) {
		size_t k = utf8_next(s, &cp);

		if (utf8_is_letter(cp))
			break;
		if (cp == '"' || cp == 0x201C || cp == 0x2018 || cp == '\'')
			return 0;
		s += k;
	}
	while (s < end) {
		utf8_next(s, &cp);
		if (!utf8_is_upper(cp))
			break;
		word = s;
		s = scan_word_end(s, end);
		if (memchr(word, ',', (size_t)(s - word)) != NULL || memchr(word, ':', (size_t)(s - word)) != NULL)
			return 0;
		words++;
		*last = word;
		*last_len = (size_t)(s - word);
		name = (size_t)(s - l->s);
		s += scan_blanks(s, end);
	}
	return words >= 2 && words <= 5 ? name : 0;
}

bool
is_line_on_author(const struct classifier *c, const struct look *l, struct range elsewhere)
{
	const char *last = NULL;
	size_t last_len = 0, name, k;
	unsigned furniture;

	if (l->n > LONGEST_BIO || (name = leading_name(l, &last, &last_len)) == 0 || facts_agency(l->s, name) != NULL)
		return false;
	/* "Jane Doe's tweets" */
	if (l->colon || (last_len > 2 && last[last_len - 1] == 's' && (last[last_len - 2] == '\'' ||
	    (last_len > 4 && memcmp(last + last_len - 4, "\xE2\x80\x99", 3) == 0))))
		return false;
	/* "The Washington Post reports": an article before a name makes it no person's */
	if (l->n > 4 && memcmp(l->s, "The ", 4) == 0)
		return false;
	k = name + scan_blanks(l->s + name, l->s + l->n);
	/* the cue right behind the name */
	if ((cues_find(c->cues, c->a, l->s + k, l->n - k, 1, &furniture) & CUE_BIT(BIO_CUES)) == 0)
		return false;
	/* a person of the story is named in it */
	return memmem(text_at(&c->a->text, elsewhere), range_len(elsewhere), last, last_len) == NULL;
}

/* The text above a block, as far as it is worth searching. */
static struct range
above(const struct article *a, const struct block *b)
{
	uint32_t from = a->blocks[0].at.a;

	return (struct range){ b->at.a - from > SEARCH_MOST ? b->at.a - SEARCH_MOST : from, b->at.a };
}

/* A short line with an e-mail address: how to reach the author. */
static bool
has_address(const struct look *l)
{
	const char *at = memchr(l->s, '@', l->n);
	const char *dot;

	if (at == NULL || l->n > 200 || at == l->s || at[-1] == ' ' || at[-1] == '(' || l->begins_quote)
		return false;
	dot = memchr(at, '.', (size_t)(l->s + l->n - at));
	return dot != NULL && dot - at < 40 && memchr(at, ' ', (size_t)(dot - at)) == NULL;
}

/* "dpa", "(AFP)", "asa/AFP/dpa", "(Abendpost/dpa)": a news agency or several, with the initials of who edited them; in brackets
 * with the paper, in a word. */
static bool
is_agency_tag(const struct look *l)
{
	enum { INITIALS = 3 };
	const char *s = l->s, *end = s + l->n;
	bool bracketed = false;
	unsigned wires = 0, cp;

	if (l->n < 2 || l->n > LONGEST_TAG)
		return false;
	if ((*s == '(' && end[-1] == ')') || (*s == '[' && end[-1] == ']'))
		s++, end--, bracketed = true;
	while (s < end) {
		const char *slash = memchr(s, '/', (size_t)(end - s)), *z = slash != NULL ? slash : end;
		const char *name = s + scan_blanks(s, z), *name_end = scan_trim_end(name, z);
		const struct agency *a = facts_agency(name, (size_t)(name_end - name));

		if (a != NULL)
			wires += a->kind == AGENCY_WIRE;
		else if (name == name_end || (bracketed ? memchr(name, ' ', (size_t)(name_end - name)) != NULL :
		    name_end - name > INITIALS || (utf8_next(name, &cp), !utf8_is_lower(cp))))
			return false;
		s = slash != NULL ? slash + 1 : end;
	}
	return wires != 0;
}

/* The credit was cut off the end of a passage of two sentences or more, and names agencies alone: "... will last two years. (dpa)".
 * A caption is shorter; of a text it is whose text it is. */
static bool
is_tag_of_text(const struct article *a, const struct block *b, const struct cut *cut)
{
	enum { SHORTEST_TEXT = 60 };
	const char *s = text_at(&a->text, b->at), *end = s + (cut->at.a - b->at.a);
	unsigned stops = 0;
	struct look tag = { .s = text_at(&a->text, cut->at), .n = range_len(cut->at) };

	if (cut->kind != BLOCK_CREDIT || cut->at.z != b->at.z || end - s < SHORTEST_TEXT || !is_agency_tag(&tag))
		return false;
	for (const char *p = s; p + 2 < end; p++)
		stops += (*p == '.' || *p == '!' || *p == '?') && p[1] == ' ';
	return stops >= 1;		/* the stop before the tag has no more than a blank behind it */
}

static struct cut *
cut_of(const struct classifier *c, size_t block)
{
	for (size_t k = c->ncuts; k > 0 && c->cuts[k - 1].block >= block; k--)
		if (c->cuts[k - 1].block == block)
			return &c->cuts[k - 1];
	return NULL;
}

/* "... for two years. AFP", "... for two years. — Reuters": behind the last stop a news agency and no more.  Where it begins; 0 if
 * it does not. */
static uint32_t
bare_tag(const struct article *a, const struct block *b)
{
	const char *s = text_at(&a->text, b->at), *end = s + range_len(b->at), *tag = end;
	struct look l = { 0 };

	while (tag > s && end - tag < LONGEST_TAG && !(tag[-1] == ' ' && tag - s > 2 && strchr(".!?\"\x9D", tag[-2]) != NULL))
		tag--;
	if (tag == s || end - tag >= LONGEST_TAG || tag - s < LONGEST_TAG || end[-1] == '.')
		return 0;
	l.s = tag;
	l.n = (size_t)(end - tag);
	for (const char *const *dash = (const char *const[]){ "— ", "– ", "- ", "—", "–", NULL }; *dash != NULL; dash++)
		if (l.n > strlen(*dash) && memcmp(l.s, *dash, strlen(*dash)) == 0) {
			l.s += strlen(*dash);
			l.n -= strlen(*dash);
			break;
		}
	return *l.s != '(' && *l.s != '[' && is_agency_tag(&l) ? b->at.a + (uint32_t)(tag - s) : 0;
}

/* The same as classify_cut(), of a block before others that have been cut. */
static void
cut_before(struct classifier *c, size_t i, enum block_kind kind, uint32_t from)
{
	struct parsed p = { .at = { from, c->a->blocks[i].at.z } };
	struct cut cut;
	size_t k;

	classify_cut(c, i, kind, LIKELY, &p);
	cut = c->cuts[c->ncuts - 1];
	for (k = c->ncuts - 1; k > 0 && c->cuts[k - 1].block > cut.block; k--)
		c->cuts[k] = c->cuts[k - 1];
	c->cuts[k] = cut;
}

/* The tag of an agency below the story, or behind its last words: names it and what it was cut off. */
static void
find_tag(struct classifier *c, size_t i, bool last)
{
	struct article *a = c->a;
	struct block *b = &a->blocks[i];
	struct cut *cut;
	struct look l;
	uint32_t tag;

	if (b->kind == BLOCK_CAPTION) {
		if (last && (cut = cut_of(c, i)) != NULL && is_tag_of_text(a, b, cut)) {
			cut->kind = BLOCK_SOURCE;
			name_block(b, BLOCK_PARAGRAPH, LIKELY);
		}
	} else if (range_len(b->at) <= LONGEST_TAG && (b->kind == BLOCK_PARAGRAPH || b->kind == BLOCK_CREDIT)) {
		if (b->kind == BLOCK_CREDIT && (i == 0 || b[-1].kind != BLOCK_PARAGRAPH))
			return;		/* of a picture */
		look_at(a, b, &l);
		if (is_agency_tag(&l))
			name_block(b, BLOCK_SOURCE, LIKELY);
	} else if (last && b->kind == BLOCK_PARAGRAPH && cut_of(c, i) == NULL && (tag = bare_tag(a, b)) != 0) {
		cut_before(c, i, BLOCK_SOURCE, tag);
	}
}

void
classify_foot(struct classifier *c, size_t after_lead)
{
	struct article *a = c->a;
	unsigned prose = 0;

	for (size_t i = a->nblocks, seen = 0; i > after_lead && seen < FOOT_MOST && prose < PROSE_MOST; seen++) {
		struct block *b = &a->blocks[--i];
		struct look l;

		if (!b->from_markup)
			find_tag(c, i, prose == 0);
		if (b->from_markup || (b->kind != BLOCK_PARAGRAPH && b->kind != BLOCK_LIST_ITEM))
			continue;
		look_at(a, b, &l);
		if (is_line_on_author(c, &l, above(a, b)) || has_address(&l))
			name_block(b, BLOCK_SIGNOFF, LIKELY);
		else
			prose++;
	}
}
