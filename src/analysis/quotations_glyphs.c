/* The glyphs that quotation marks and apostrophes are written with, and which of them a language pairs. */
#include "analysis/quotations_int.h"

#include "util/xmalloc.h"

#include <string.h>

const struct glyph_fact glyphs[GLYPH_COUNT] = {
	[GLYPH_DOUBLE] = {"\"", CLASS_DOUBLE, SHAPE_STRAIGHT_DOUBLE},
	[GLYPH_TWO_SINGLES] = {"''", CLASS_DOUBLE, SHAPE_OTHER},
	[GLYPH_TWO_GRAVES] = {"``", CLASS_DOUBLE, SHAPE_OTHER},
	[GLYPH_CURLY_OPEN] = {"“", CLASS_DOUBLE, SHAPE_CURLY_DOUBLE},
	[GLYPH_CURLY_CLOSE] = {"”", CLASS_DOUBLE, SHAPE_CURLY_DOUBLE},
	[GLYPH_LOW] = {"„", CLASS_DOUBLE, SHAPE_LOW},
	[GLYPH_REVERSED_NINE] = {"‟", CLASS_DOUBLE, SHAPE_OTHER},
	[GLYPH_TWO_CURLY_OPEN] = {"‘‘", CLASS_DOUBLE, SHAPE_OTHER},
	[GLYPH_TWO_CURLY_CLOSE] = {"’’", CLASS_DOUBLE, SHAPE_OTHER},
	[GLYPH_DOUBLE_PRIME] = {"″", CLASS_DOUBLE, SHAPE_OTHER},
	[GLYPH_SINGLE] = {"'", CLASS_SINGLE, SHAPE_STRAIGHT_SINGLE},
	[GLYPH_SINGLE_OPEN] = {"‘", CLASS_SINGLE, SHAPE_CURLY_SINGLE},
	[GLYPH_SINGLE_CLOSE] = {"’", CLASS_SINGLE, SHAPE_CURLY_SINGLE},
	[GLYPH_SINGLE_LOW] = {"‚", CLASS_SINGLE, SHAPE_LOW},
	[GLYPH_GUILLEMET_LEFT] = {"«", CLASS_GUILLEMET, SHAPE_GUILLEMET},
	[GLYPH_GUILLEMET_RIGHT] = {"»", CLASS_GUILLEMET, SHAPE_GUILLEMET},
	[GLYPH_ANGLE_LEFT] = {"‹", CLASS_ANGLE, SHAPE_GUILLEMET},
	[GLYPH_ANGLE_RIGHT] = {"›", CLASS_ANGLE, SHAPE_GUILLEMET},
	[GLYPH_CORNER_OPEN] = {"「", CLASS_CORNER, SHAPE_CJK},
	[GLYPH_CORNER_CLOSE] = {"」", CLASS_CORNER, SHAPE_CJK},
	[GLYPH_WHITE_OPEN] = {"『", CLASS_WHITE, SHAPE_CJK},
	[GLYPH_WHITE_CLOSE] = {"』", CLASS_WHITE, SHAPE_CJK},
};

/* ---- conventions ---- */

static void
add_pair(struct conventions *c, const char *open, const char *close)
{
	enum glyph o, z;

	if (mark_glyph(open, open + strlen(open), &o) == 0 || mark_glyph(close, close + strlen(close), &z) == 0)
		return;
	c->opens[o] = c->closes[z] = c->pair[o][z] = true;
	if (c->close_of[o] == NULL)
		c->close_of[o] = glyphs[z].s;
	if (c->open_of[z] == NULL)
		c->open_of[z] = glyphs[o].s;
}

static void
make(struct conventions *c, const struct language *l)
{
	/* what no language forbids; a language's own pairs come first, so that these win where a mark is to be named */
	static const struct mark_pair common[] = {{"\"", "\""}, {"''", "''"}, {"``", "''"}, {"“", "”"}, {"‘‘", "’’"}, {"'", "'"},
	    {"‘", "’"}, {"«", "»"}, {"‹", "›"}, {"「", "」"}, {"『", "』"}, {"‟", "”"}};
	/* what some language does: where the language is not known, none of it is wrong */
	static const struct mark_pair anywhere[] = {{"„", "“"}, {"„", "”"}, {"”", "”"}, {"”", "“"}, {"»", "«"}, {"»", "»"},
	    {"›", "‹"}, {"‚", "‘"}, {"‚", "’"}, {"’", "’"}};
	const struct mark_pair *p;

	memset(c, 0, sizeof *c);
	c->of = l;
	c->known = l->outer != NULL && l->outer[0].open != NULL;
	for (p = l->outer; p != NULL && p->open != NULL; p++)
		add_pair(c, p->open, p->close);
	for (p = l->inner; p != NULL && p->open != NULL; p++)
		add_pair(c, p->open, p->close);
	for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
		add_pair(c, common[i].open, common[i].close);
	for (size_t i = 0; !c->known && i < sizeof anywhere / sizeof anywhere[0]; i++)
		add_pair(c, anywhere[i].open, anywhere[i].close);
	c->multi = c->known ? l->multi : MULTI_EITHER;
	c->space_inside = l->space_inside || !c->known;
	c->single_primary = l->single_primary;
}

const struct conventions *
conventions_of(struct analysis *an)
{
	if (an->conventions == NULL)
		an->conventions = xcalloc(1, sizeof *an->conventions);
	if (an->conventions->of != an->language)		/* neighbours are mostly of one language */
		make(an->conventions, an->language);
	return an->conventions;
}

/* ---- telling them in text ---- */

static size_t
single_or_two(const char *s, const char *end, size_t len, enum glyph one, enum glyph two, enum glyph *g)
{
	if ((size_t)(end - s) >= 2 * len && memcmp(s, s + len, len) == 0) {
		/* three in a row: the one at the word is the inner quotation's; that is for the scan to see */
		*g = two;
		return 2 * len;
	}
	*g = one;
	return len;
}

size_t
mark_glyph(const char *s, const char *end, enum glyph *g)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t n = (size_t)(end - s);

	if (n == 0)
		return 0;
	switch (u[0]) {
	case '"':
		*g = GLYPH_DOUBLE;
		return 1;
	case '`':
		if (n < 2 || u[1] != '`' || (n > 2 && u[2] == '`'))
			return 0;
		*g = GLYPH_TWO_GRAVES;
		return 2;
	case '\'':
		return single_or_two(s, end, 1, GLYPH_SINGLE, GLYPH_TWO_SINGLES, g);
	case 0xc2:
		if (n < 2 || (u[1] != 0xab && u[1] != 0xbb))
			return 0;
		*g = u[1] == 0xab ? GLYPH_GUILLEMET_LEFT : GLYPH_GUILLEMET_RIGHT;
		return 2;
	case 0xe2:
		if (n < 3 || u[1] != 0x80)
			return 0;
		switch (u[2]) {
		case 0x98: return single_or_two(s, end, 3, GLYPH_SINGLE_OPEN, GLYPH_TWO_CURLY_OPEN, g);
		case 0x99: return single_or_two(s, end, 3, GLYPH_SINGLE_CLOSE, GLYPH_TWO_CURLY_CLOSE, g);
		case 0x9a: *g = GLYPH_SINGLE_LOW; return 3;
		case 0x9b: *g = GLYPH_SINGLE_OPEN; return 3;
		case 0x9c: *g = GLYPH_CURLY_OPEN; return 3;
		case 0x9d: *g = GLYPH_CURLY_CLOSE; return 3;
		case 0x9e: *g = GLYPH_LOW; return 3;
		case 0x9f: *g = GLYPH_REVERSED_NINE; return 3;
		case 0xb3: *g = GLYPH_DOUBLE_PRIME; return 3;
		case 0xb9: *g = GLYPH_ANGLE_LEFT; return 3;
		case 0xba: *g = GLYPH_ANGLE_RIGHT; return 3;
		default: return 0;
		}
	case 0xe3:
		if (n < 3 || u[1] != 0x80 || u[2] < 0x8c || u[2] > 0x8f)
			return 0;
		*g = GLYPH_CORNER_OPEN + (enum glyph)(u[2] - 0x8c);
		return 3;
	default:
		return 0;
	}
}
