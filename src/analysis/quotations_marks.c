/* The marks of a block and what stands beside them: which may open, which may close, which are apostrophes or inches.
 *
 * A mark's shape says less than its surroundings: a straight one opens before a word and closes after one, and a curly one
 * that stands the wrong way round is a fault only if its place says so.  So each mark gets a cost for every role it might
 * play, and quotations_pair.c looks for the cheapest reading of all marks together. */
#include "analysis/quotations_int.h"

#include "util/next_of.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <string.h>

/* ---- neighbours ---- */

static bool
is_thin_space(unsigned cp)
{
	return cp == 0x2009 || cp == 0x200a || cp == 0x202f || cp == 0xa0;
}

/* Directional marks, joiners and the like, which no reader sees. */
static bool
is_invisible(unsigned cp)
{
	return (cp >= 0x200b && cp <= 0x200f) || (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x2069) || cp == 0xfeff ||
	    cp == 0xad;
}

static bool
is_quote_mark(unsigned cp)
{
	switch (cp) {
	case '"': case '\'': case 0xab: case 0xbb: case 0x2039: case 0x203a:
	case 0x300c: case 0x300d: case 0x300e: case 0x300f: case 0x2033:
		return true;
	default:
		return cp >= 0x2018 && cp <= 0x201f;
	}
}

static enum beside
beside_of(unsigned cp)
{
	if (cp < 0x80) {
		if ((cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z'))
			return BESIDE_WORD;
		if (cp >= '0' && cp <= '9')
			return BESIDE_DIGIT;
		if (cp <= ' ')
			return BESIDE_SPACE;
		if (strchr("([{<", (int)cp) != NULL)
			return BESIDE_BRACKET;
		if (strchr(".,;:!?)]}>", (int)cp) != NULL)
			return BESIDE_STOP;
		return cp == '-' || cp == '/' ? BESIDE_DASH : BESIDE_SYMBOL;
	}
	if (is_quote_mark(cp))
		return BESIDE_MARK;
	if (cp == 0x2026)
		return BESIDE_ELLIPSIS;
	if ((cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212)
		return BESIDE_DASH;
	if (cp == 0x3001 || cp == 0x3002 || (cp >= 0xff01 && cp <= 0xff1f && !(cp >= 0xff10 && cp <= 0xff19)))
		return BESIDE_STOP;
	if (cp >= 0x2e80 && cp <= 0x9fff)
		return BESIDE_WIDE;
	if ((cp >= 0xac00 && cp <= 0xd7a3) || (cp >= 0xf900 && cp <= 0xfaff) || (cp >= 0x0e00 && cp <= 0x0eff) || cp >= 0x20000)
		return BESIDE_WIDE;
	if (utf8_is_space(cp))
		return BESIDE_SPACE;
	if (utf8_is_letter(cp))
		return BESIDE_WORD;
	if (utf8_is_digit(cp) || (cp >= 0xbc && cp <= 0xbe) || (cp >= 0x2150 && cp <= 0x215e))
		return BESIDE_DIGIT;
	/* combining marks belong to the letter before them */
	return cp >= 0x300 && cp <= 0x36f ? BESIDE_WORD : BESIDE_SYMBOL;
}

enum { LOOK = 8 };	/* how many neighbouring marks are looked through: bounded, so that long rows of marks cost linear time */

/* What stands before `at`; with `through`, neighbouring marks and the thin spaces between them are looked through. */
static enum beside
before(const char *s, uint32_t a, uint32_t at, bool through, unsigned *cp)
{
	bool seen = false;
	unsigned c = 0;
	int steps;

	for (steps = 0; at > a && steps < LOOK; steps++) {
		size_t len = utf8_prev(s + a, s + at, &c);
		enum beside b = is_quote_mark(c) ? BESIDE_MARK : beside_of(c);

		if (is_invisible(c) || (through && (b == BESIDE_MARK || (is_thin_space(c) && seen)))) {
			seen |= b == BESIDE_MARK;
			at -= (uint32_t)len;
			continue;
		}
		if (b == BESIDE_STOP && c == '.' && at - a >= 3 && memcmp(s + at - 3, "...", 3) == 0)
			b = BESIDE_ELLIPSIS;
		*cp = c;
		return b;
	}
	*cp = 0;
	return at <= a ? BESIDE_EDGE : BESIDE_MARK;
}

static enum beside
after(const char *s, uint32_t at, uint32_t z, bool through, unsigned *cp)
{
	unsigned c = 0;
	int steps;

	for (steps = 0; at < z && steps < LOOK; steps++) {
		size_t len = utf8_next(s + at, &c);
		enum beside b = is_quote_mark(c) ? BESIDE_MARK : beside_of(c);

		if (is_invisible(c) || (through && b == BESIDE_MARK)) {
			at += (uint32_t)len;
			continue;
		}
		if (b == BESIDE_STOP && c == '.' && z - at >= 3 && memcmp(s + at, "...", 3) == 0)
			b = BESIDE_ELLIPSIS;
		*cp = c;
		return b;
	}
	*cp = 0;
	return at >= z ? BESIDE_EDGE : BESIDE_MARK;
}

/* ---- costs ---- */

static unsigned
open_cost(enum beside b, enum beside a)
{
	static const uint8_t left[] = {[BESIDE_EDGE] = 0, [BESIDE_SPACE] = 0, [BESIDE_BRACKET] = 0, [BESIDE_DASH] = 0, [BESIDE_STOP] = 6,
	    [BESIDE_ELLIPSIS] = 2, [BESIDE_WORD] = 10, [BESIDE_DIGIT] = 10, [BESIDE_WIDE] = 0, [BESIDE_SYMBOL] = 2, [BESIDE_MARK] = 2};
	static const uint8_t right[] = {[BESIDE_EDGE] = 14, [BESIDE_SPACE] = 8, [BESIDE_BRACKET] = 0, [BESIDE_DASH] = 3, [BESIDE_STOP] = 8,
	    [BESIDE_ELLIPSIS] = 0, [BESIDE_WORD] = 0, [BESIDE_DIGIT] = 0, [BESIDE_WIDE] = 0, [BESIDE_SYMBOL] = 0, [BESIDE_MARK] = 2};

	if (b == BESIDE_EDGE && a == BESIDE_SPACE)
		return 4;
	/* nobody opens so: a word, the mark, a blank */
	if ((b == BESIDE_WORD || b == BESIDE_DIGIT) && (a == BESIDE_SPACE || a == BESIDE_EDGE || a == BESIDE_STOP))
		return 30;
	return left[b] + right[a];
}

static unsigned
close_cost(enum beside b, enum beside a)
{
	static const uint8_t left[] = {[BESIDE_EDGE] = 16, [BESIDE_SPACE] = 6, [BESIDE_BRACKET] = 10, [BESIDE_DASH] = 0, [BESIDE_STOP] = 0,
	    [BESIDE_ELLIPSIS] = 0, [BESIDE_WORD] = 0, [BESIDE_DIGIT] = 0, [BESIDE_WIDE] = 0, [BESIDE_SYMBOL] = 0, [BESIDE_MARK] = 2};
	static const uint8_t right[] = {[BESIDE_EDGE] = 0, [BESIDE_SPACE] = 0, [BESIDE_BRACKET] = 2, [BESIDE_DASH] = 0, [BESIDE_STOP] = 0,
	    [BESIDE_ELLIPSIS] = 0, [BESIDE_WORD] = 5, [BESIDE_DIGIT] = 6, [BESIDE_WIDE] = 0, [BESIDE_SYMBOL] = 2, [BESIDE_MARK] = 2};

	return left[b] + right[a];
}

/* Is the word at the apostrophe one of the language's elisions: 'tis, ol'?  The list writes them with a straight one. */
static bool
elision(const struct analysis *an, struct range block, uint32_t at, uint32_t end, bool initial)
{
	const char *s = an->article->text.s;
	char word[32];
	size_t n = 0;
	uint32_t i, k;

	if (initial) {
		word[n++] = '\'';
		for (i = end; i < block.z && n < sizeof word - 5; i += k) {
			k = (uint32_t)utf8_word(s + i, s + block.z);
			if (k == 0)
				break;
			memcpy(word + n, s + i, k);
			n += k;
		}
		/* ‘re-elect: a piece of a word is none */
		if (i + 1 < block.z && s[i] == '-' && utf8_word(s + i + 1, s + block.z) != 0)
			return false;
		if (facts_in_list(an->language, LIST_ELISIONS, word, n))
			return true;
		/* 'n' carries one at either end */
		word[n++] = '\'';
		return facts_in_list(an->language, LIST_ELISIONS, word, n);
	}
	for (i = at; i > block.a && at - i < 20; i--) {
		unsigned char c = (unsigned char)s[i - 1];

		if (c < 0x80 && utf8_word(s + i - 1, s + block.z) == 0)
			break;
		if (c >= 0x80 && at - i >= 16)
			break;
	}
	n = at - i;
	memcpy(word, s + i, n);
	word[n++] = '\'';
	if (facts_in_list(an->language, LIST_ELISIONS, word, n))
		return true;
	/* goin', foolin': any word that ends so; the list says it as -in' */
	if (n > 4) {
		char tail[4] = {'-', word[n - 3], word[n - 2], '\''};

		return facts_in_list(an->language, LIST_ELISIONS, tail, sizeof tail);
	}
	return false;
}

static uint32_t
digits_before(const char *s, uint32_t a, uint32_t at)
{
	uint32_t n = 0;

	while (at - n > a && n < 8 && ((s[at - n - 1] >= '0' && s[at - n - 1] <= '9') || s[at - n - 1] == '.'))
		n++;
	return n;
}

/* 6'2": is there a foot mark before the digits that stand before `at`? */
static bool
after_feet(const char *s, uint32_t a, uint32_t at)
{
	uint32_t i = at - digits_before(s, a, at);

	while (i > a && s[i - 1] == ' ')
		i--;
	if (i == at || i <= a)
		return false;
	if (s[i - 1] == '\'')
		i -= 1;
	else if (i - a >= 3 && (memcmp(s + i - 3, "’", 3) == 0 || memcmp(s + i - 3, "‘", 3) == 0))
		i -= 3;
	else
		return false;
	return digits_before(s, a, i) > 0;
}

/* '90s, '68: two digits and no more, perhaps an s. */
static bool
short_year(const char *s, uint32_t at, uint32_t z)
{
	uint32_t i = at;

	while (i < z && s[i] >= '0' && s[i] <= '9')
		i++;
	if (i - at != 2)
		return false;
	if (i < z && s[i] == '\'')
		i++;
	if (i < z && s[i] == 's')
		i++;
	return i == z || utf8_word(s + i, s + z) == 0;
}

static void
weigh_single(struct token *t, const struct analysis *an, struct range block, enum beside b0, enum beside a0, unsigned cb, unsigned ca)
{
	const char *s = an->article->text.s;
	uint32_t end = t->at + t->len;
	bool word_before = b0 == BESIDE_WORD || b0 == BESIDE_DIGIT, word_after = a0 == BESIDE_WORD || a0 == BESIDE_DIGIT;

	t->apostrophe = t->glyph == GLYPH_SINGLE_OPEN ? 14 : t->glyph == GLYPH_SINGLE_LOW ? COST_NEVER : 8;
	/* “We will stay,’ she said: no letter is left out behind a comma */
	if (b0 == BESIDE_STOP && t->glyph != GLYPH_SINGLE_OPEN && cb < 0x80 && strchr(",.?!", (int)cb) != NULL &&
	    (a0 == BESIDE_SPACE || a0 == BESIDE_EDGE))
		t->apostrophe = 14;
	if (t->glyph == GLYPH_SINGLE_LOW)
		return;
	if (b0 == BESIDE_DIGIT && a0 == BESIDE_DIGIT) {
		t->prime = 0;
		t->settled = true;
	} else if (word_before && word_after) {
		t->apostrophe = 0;
		t->settled = true;
	} else if (!word_before && a0 == BESIDE_DIGIT && short_year(s, end, block.z)) {
		t->apostrophe = 0;
		t->settled = true;
	} else if (!word_before && a0 == BESIDE_WORD) {
		if (elision(an, block, t->at, end, true)) {
			t->apostrophe = 0;
			t->open += 3;
		} else if (t->glyph != GLYPH_SINGLE_OPEN) {
			t->apostrophe = 7;
		}
	} else if (word_before) {
		if (b0 == BESIDE_DIGIT) {
			t->prime = 1;
			t->apostrophe = 6;
		} else if (elision(an, block, t->at, end, false)) {
			t->apostrophe = 1;
		} else if (cb == 's' || cb == 'S') {
			t->apostrophe = a0 == BESIDE_SPACE ? 1 : 2;
		} else if (cb == 'z' || cb == 'x' || (cb == 'e' && t->at - block.a >= 2 && s[t->at - 2] == 'c')) {
			t->apostrophe = 2;
		} else {
			t->apostrophe = 6;
		}
	}
	(void)ca;
}

static bool
is_hebrew(unsigned cp)
{
	return cp >= 0x5d0 && cp <= 0x5ea;
}

static void
weigh(struct token *t, const struct analysis *an, const struct conventions *c, struct range block)
{
	const char *s = an->article->text.s;
	uint32_t end = t->at + t->len;
	unsigned cb, ca, ignore;
	enum beside b0 = before(s, block.a, t->at, false, &cb), a0 = after(s, end, block.z, false, &ca);
	enum mark_class class = glyphs[t->glyph].class;

	t->before = (uint8_t)(b0 == BESIDE_MARK ? before(s, block.a, t->at, true, &ignore) : b0);
	t->after = (uint8_t)(a0 == BESIDE_MARK ? after(s, end, block.z, true, &ignore) : a0);
	/* qu’« il ne peut: the elided word is a word before it, as if a blank stood between */
	if (b0 == BESIDE_MARK && t->before == BESIDE_WORD && c->opens[t->glyph] && !c->closes[t->glyph] && (cb == 0x2019 || cb == '\'') &&
	    elision(an, block, t->at - (cb == '\'' ? 1 : 3), t->at, false))
		t->before = BESIDE_SPACE;
	t->open = (uint8_t)open_cost(t->before, t->after);
	t->close = (uint8_t)close_cost(t->before, t->after);
	/* he said.“No: a blank was lost, and the mark shows which way it goes */
	if (c->opens[t->glyph] && !c->closes[t->glyph] && t->before == BESIDE_STOP && t->after == BESIDE_WORD)
		t->open = 2;
	if ((t->glyph == GLYPH_DOUBLE || t->glyph == GLYPH_TWO_SINGLES) && t->before == BESIDE_STOP && t->after == BESIDE_SPACE)
		t->open = 26;
	t->apostrophe = t->prime = COST_NEVER;
	t->settled = false;
	t->lower_after = a0 == BESIDE_WORD && utf8_is_lower(ca);
	if (class == CLASS_SINGLE) {
		weigh_single(t, an, block, b0, a0, cb, ca);
	} else if (t->glyph == GLYPH_DOUBLE && is_hebrew(cb) && is_hebrew(ca)) {
		t->apostrophe = 0;	/* the mark of an abbreviation */
		t->settled = true;
	}
	if (t->glyph == GLYPH_DOUBLE_PRIME) {
		t->open = COST_NEVER;
		t->prime = b0 == BESIDE_DIGIT ? 0 : 5;
		t->close = (uint8_t)(t->close + (b0 == BESIDE_DIGIT ? 2 : 0));
	}
	if ((t->glyph == GLYPH_DOUBLE || t->glyph == GLYPH_CURLY_CLOSE || t->glyph == GLYPH_TWO_SINGLES ||
	        t->glyph == GLYPH_TWO_CURLY_CLOSE) && b0 == BESIDE_DIGIT) {
		uint32_t digits = digits_before(s, block.a, t->at);

		if (after_feet(s, block.a, t->at)) {
			t->prime = 0;
			t->close = (uint8_t)(t->close + 5);
		} else if (digits <= 3) {
			t->prime = t->glyph == GLYPH_DOUBLE ? 2 : 6;
		}
	}
}

/* Next page »: an arrow behind the words of a link at the end of a block, where nothing opens before it and the language sets no blank inside
 * its marks. */
static bool
is_arrow(const char *s, struct range block, uint32_t at, size_t len, enum glyph g, const struct conventions *c)
{
	uint32_t i;

	if (g != GLYPH_GUILLEMET_RIGHT || c->space_inside || at == block.a || s[at - 1] != ' ')
		return false;
	for (i = at + (uint32_t)len; i < block.z; i++)
		if (s[i] != ' ')
			return false;
	for (i = block.a; i + 1 < at; i++)
		if (s[i] == '\xc2' && (s[i + 1] == '\xab' || s[i + 1] == '\xbb'))		/* « » */
			return false;
	return true;
}

/* In double quotes ("): the mark itself is what is spoken of. */
static bool
is_spoken_of(const char *s, struct range block, uint32_t at, size_t len)
{
	return at > block.a && s[at - 1] == '(' && at + len < block.z && s[at + len] == ')';
}

void
marks_scan(struct tokens *out, const struct analysis *an, const struct conventions *c, struct range block)
{
	static const struct byte_set may_begin = {{'"', '\'', '`', 0xc2, 0xe2, 0xe3}, 0, 0};
	const char *s = an->article->text.s;
	uint32_t i = block.a;

	for (;;) {
		struct token t;
		enum glyph g;
		size_t len;

		i = (uint32_t)next_of(s, i, block.z, &may_begin);
		if (i >= block.z)
			break;
		len = mark_glyph(s + i, s + block.z, &g);
		if (len == 0) {
			i++;
			continue;
		}
		if (is_arrow(s, block, i, len, g, c) || is_spoken_of(s, block, i, len)) {
			i += (uint32_t)len;
			continue;
		}
		if (g == GLYPH_TWO_SINGLES || g == GLYPH_TWO_CURLY_CLOSE) {
			/* 'no''' : three in a row after a word are the inner one's, then the outer one's */
			size_t one = len / 2;
			unsigned cp;

			if (block.z - i >= 3 * one && memcmp(s + i, s + i + len, one) == 0 &&
			    !(block.z - i >= 4 * one && memcmp(s + i, s + i + len + one, one) == 0) &&
			    close_cost(before(s, block.a, i, true, &cp), BESIDE_SPACE) == 0) {
				g = g == GLYPH_TWO_SINGLES ? GLYPH_SINGLE : GLYPH_SINGLE_CLOSE;
				len = one;
			}
		}
		memset(&t, 0, sizeof t);
		t.at = i;
		t.len = (uint8_t)len;
		t.glyph = (uint8_t)g;
		weigh(&t, an, c, block);
		XPUSH(out->v, out->n, out->cap) = t;
		i += (uint32_t)len;
	}
}

bool
marks_first(const struct analysis *an, const struct conventions *c, struct range block, struct token *first)
{
	const char *s = an->article->text.s;
	uint32_t i = block.a;
	enum glyph g;
	size_t len;

	while (i < block.z) {
		unsigned cp;

		len = utf8_next(s + i, &cp);
		if (!utf8_is_space(cp) && !is_invisible(cp))
			break;
		i += (uint32_t)len;
	}
	len = mark_glyph(s + i, s + block.z, &g);
	if (len == 0)
		return false;
	memset(first, 0, sizeof *first);
	first->at = i;
	first->len = (uint8_t)len;
	first->glyph = (uint8_t)g;
	weigh(first, an, c, block);
	return !first->settled;
}
