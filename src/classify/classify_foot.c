/* The foot of an article, from the bottom up: what reads like a paragraph and is a line on the author, or a notice. */
#include "classify/classify_int.h"
#include "classify/classify_scan.h"

#include "util/utf8.h"

#include <string.h>

enum { FOOT_MOST = 24, PROSE_MOST = 2, LONGEST_BIO = 600, SEARCH_MOST = 400000 };

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

void
classify_foot(struct classifier *c, size_t after_lead)
{
	struct article *a = c->a;
	unsigned prose = 0;

	for (size_t i = a->nblocks, seen = 0; i > after_lead && seen < FOOT_MOST && prose < PROSE_MOST; seen++) {
		struct block *b = &a->blocks[--i];
		struct look l;

		if (b->from_markup || (b->kind != BLOCK_PARAGRAPH && b->kind != BLOCK_LIST_ITEM))
			continue;
		look_at(a, b, &l);
		if (is_line_on_author(c, &l, above(a, b)) || has_address(&l))
			name_block(b, BLOCK_SIGNOFF, LIKELY);
		else
			prose++;
	}
}
