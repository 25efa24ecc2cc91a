/* stops: full stops and commas on the side of the closing mark where the house wants them.
 *
 *	<stops where="inside"/>		called it “historic”.		American: inside, always
 *	<stops where="by-sense"/>	called it “historic.”		British: inside only what belongs to the words quoted
 *	<stops style="stops"/>		one or the other, as the profiles in force choose
 *
 * By sense the stop of a whole sentence stands inside, where the sentence stands by itself or is introduced, and what ends a piece of the
 * sentence around it stands outside.  Of many quotations nobody can tell: he said “it was foul.”  These are left alone.
 *
 * So is what stands behind the words of <said>, since it may be a sentence or a piece.
 *
 * What is to be typed is no prose, and a stop inside its marks would be typed, too: names of files, addresses, versions, code, and
 * whatever stands behind the words of <typed>.  Marks that are foreign to the language are for the check marks. */
#include "analysis/analysis.h"
#include "check.h"
#include "facts/facts.h"
#include "rule/profile.h"
#include "util/arena.h"
#include "util/utf8.h"
#include "util/xml.h"

#include <string.h>

enum where { INSIDE, BY_SENSE, NOWHERE };
static const char *const where_names[] = { "inside", "by-sense", NULL };
enum {
	TOKEN = 80,			/* bytes of the last word that is looked at */
	TYPED = 60,			/* bytes of what is typed */
	PIECE = 80,			/* characters of a piece of a sentence: of a longer one nobody can tell */
	LOOK = 400,			/* bytes of a quotation that are looked through for words */
	NEAR = 90			/* bytes between a quotation and the verb of speech that belongs to it */
};

struct stops {
	enum where where;
	const char *style;		/* its value is the name of `where`; NULL: `where` holds */
	struct finder *typed, *said;
};

static void *
stops_compile(struct rule_build *b, const struct node *el)
{
	struct stops *d = ARENA_NEW(rule_arena(b), struct stops);
	int where = rule_attr_choice(b, el, "where", "inside by-sense", NOWHERE);

	rule_known_attrs(b, el, "where style");
	rule_known_children(b, el, "typed said");
	d->style = rule_attr(b, el, "style", NULL);
	if (where < 0)
		return NULL;
	d->where = (enum where)where;
	if ((d->where == NOWHERE) == (d->style == NULL)) {
		rule_error(b, el, NULL, "'stops' has either 'where' or 'style', expected one of them");
		return NULL;
	}
	for (const struct node *child = el->first; child != NULL; child = child->next) {
		struct finder **f = strcmp(child->name, "typed") == 0 ? &d->typed : &d->said;

		if (*f != NULL) {
			rule_error(b, child, NULL, "'stops' has one of these at most");
			return NULL;
		}
		if ((*f = rule_finder(b, child, child->name)) == NULL)
			return NULL;
	}
	return d;
}

/* ---- characters ---- */

/* What a check of one quotation needs. */
struct reader {
	const struct check_ctx *c;
	const struct text *t;
	const char *s;
	/* of each quotation, UINT32_MAX for none: */
	uint32_t *last_child;		/* the last one directly in it */
	uint32_t *before;		/* the one before it in the same quotation, or in the same block */
};

static unsigned
char_at(const struct reader *r, uint32_t at, uint32_t z)
{
	unsigned cp = 0;

	if (at < z)
		utf8_next(r->s + at, &cp);
	return cp;
}

static unsigned
char_before(const struct reader *r, uint32_t a, uint32_t at)
{
	unsigned cp = 0;

	if (at > a)
		utf8_prev(r->s + a, r->s + at, &cp);
	return cp;
}

/* The end of what stands before, blanks aside. */
static uint32_t
before_blanks(const struct reader *r, uint32_t a, uint32_t at)
{
	unsigned cp;

	while (at > a) {
		size_t n = utf8_prev(r->s + a, r->s + at, &cp);

		if (!utf8_is_space(cp))
			break;
		at -= (uint32_t)n;
	}
	return at;
}

static bool
is_alnum(unsigned cp)
{
	return utf8_is_letter(cp) || utf8_is_digit(cp);
}

/* May words end with it, so that a stop could follow? */
static bool
ends_words(unsigned cp)
{
	return is_alnum(cp) || cp == '%' || cp == ')';
}

static bool
is_terminal(unsigned cp)
{
	return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026;
}

static bool
is_single(unsigned cp)
{
	return cp == '\'' || cp == 0x2018 || cp == 0x2019;
}

static bool
is_double(unsigned cp)
{
	return cp == '"' || cp == 0x201C || cp == 0x201D;
}

/* ---- what is no prose ---- */

/* Is the last word the name of a file, an address or a version: storm.csv, a/b, v3?  `words`: what is quoted, without a stop. */
static bool
ends_with_name(const struct reader *r, struct range words)
{
	uint32_t i = words.z;
	unsigned cp = 0, behind = 0;
	bool digit = false;

	while (i > words.a && words.z - i < TOKEN) {
		uint32_t n = (uint32_t)utf8_prev(r->s + words.a, r->s + i, &cp);

		if (utf8_is_space(cp) || is_double(cp))
			break;
		i -= n;
		digit = digit || utf8_is_digit(cp);
		if (cp < 0x80 && cp != 0 && strchr("./@_\\=:", (int)cp) != NULL && (is_alnum(behind) || behind == '_')) {
			unsigned before = char_before(r, words.a, i);

			if (is_alnum(before) || before == ')' || before == '_')
				return true;
		}
		behind = cp;
	}
	return digit && i == words.a;	/* a single word */
}

static bool
is_mark(const struct reader *r, struct range at, const char *mark)
{
	return strlen(mark) == range_len(at) && memcmp(text_at(r->t, at), mark, range_len(at)) == 0;
}

/* Are the marks those of every keyboard, or the language's?  Whether they are a pair is not asked here. */
static bool
is_native(const struct reader *r, const struct quotation *q)
{
	const struct language *l = r->c->analysis->language;
	const struct mark_pair *const both[] = { l->outer, l->inner };
	struct range open = { q->at.a, q->inside.a }, close = { q->inside.z, q->at.z };
	bool opens = (r->s[open.a] & 0x80) == 0, closes = (r->s[close.a] & 0x80) == 0;

	for (size_t k = 0; k < 2; k++)
		for (const struct mark_pair *p = both[k]; p->open != NULL; p++) {
			opens = opens || is_mark(r, open, p->open);
			closes = closes || is_mark(r, close, p->close);
		}
	return opens && closes;
}

/* A single word between the single marks of a keyboard is as often a key word as a quotation: the header 'Accept', */
static bool
is_key_word(const struct reader *r, const struct quotation *q)
{
	return r->s[q->at.a] == '\'' && q->level == 0 && memchr(r->s + q->inside.a, ' ', range_len(q->inside)) == NULL;
}

/* Is it nothing but signs or capitals: class “B”, “NNW”? */
static bool
is_without_words(const struct reader *r, struct range words)
{
	unsigned cp;
	uint32_t end = range_len(words) > LOOK ? words.a + LOOK : words.z;

	for (uint32_t i = words.a; i < end;) {
		uint32_t n = (uint32_t)utf8_next(r->s + i, &cp);

		if (utf8_is_lower(cp) && range_len(words) > n)
			return false;
		i += n;
	}
	return true;
}

/* Is it the value of a key, "wind": "north", what a function is given, f("north"), or do braces or brackets begin with a mark: {"north",
 * "south"}?  *code: where such braces end, kept from one quotation of a block to the next. */
static bool
is_code(const struct reader *r, const struct block *b, const struct quotation *q, uint32_t *code)
{
	uint32_t i = q->at.a;
	unsigned cp = char_before(r, b->at.a, i);

	if (i < *code || cp == '=')
		return true;
	if (cp == '{' || cp == '[') {
		for (i = b->at.z; i > q->at.z && r->s[i - 1] != '}' && r->s[i - 1] != ']'; i--)
			;
		*code = i > q->at.z ? i : *code;
		return i > q->at.z;
	}
	if (cp == '(')
		return is_alnum(char_before(r, b->at.a, i - 1));
	i = before_blanks(r, b->at.a, i);
	return i > b->at.a + 1 && r->s[i - 1] == ':' && is_double(char_before(r, b->at.a, i - 1));
}

/* ---- by sense ---- */

/* Does a sentence begin behind the stop, or nothing at all? */
static bool
ends_sentence(const struct reader *r, const struct block *b, uint32_t at)
{
	uint32_t i = at;
	unsigned cp = 0;

	for (i = at; i < b->at.z; i += (uint32_t)utf8_next(r->s + i, &cp))
		if (!utf8_is_space(char_at(r, i, b->at.z)))
			break;
	if (i == b->at.z)
		return true;
	cp = char_at(r, i, b->at.z);
	if (i > at && (cp == '(' || cp == 0x2018 || is_double(cp)))
		cp = char_at(r, i + (uint32_t)utf8_next(r->s + i, &cp), b->at.z);
	return i > at && utf8_is_upper(cp);
}

/* “We go now that it is late”: a capital, and two words in small letters side by side, which titles hardly have. */
static bool
is_sentence(const struct reader *r, struct range words)
{
	uint32_t end = range_len(words) > LOOK ? words.a + LOOK : words.z;
	unsigned cp = 0, small = 0;
	bool upper = utf8_is_upper(char_at(r, words.a, words.z)), in_word = true;

	for (uint32_t i = words.a; upper && i < end;) {
		uint32_t n = (uint32_t)utf8_next(r->s + i, &cp);

		if (!in_word && is_alnum(cp))
			small = utf8_is_lower(cp) ? small + 1 : 0;
		if (small == 2)
			return true;
		in_word = is_alnum(cp) || (in_word && (cp == '\'' || cp == '-' || cp == 0x2019));
		i += n;
	}
	return false;
}

static bool
is_in_list(const struct reader *r, enum list_name list, struct range at)
{
	return facts_in_list(r->c->analysis->language, list, text_at(r->t, at), range_len(at));
}

/* Does the sentence stand by itself, or do words lead to it: he said, “We go.”? */
static bool
stands_alone(const struct reader *r, const struct block *b, const struct quotation *q)
{
	uint32_t i = before_blanks(r, b->at.a, q->at.a);
	unsigned cp = char_before(r, b->at.a, i);

	if (i == b->at.a)
		return true;
	if (i == q->at.a)
		return false;
	if (is_double(cp) || is_single(cp))
		cp = char_before(r, b->at.a, i - (uint32_t)utf8_prev(r->s + b->at.a, r->s + i, &cp));
	if (cp != ',' && cp != ':')
		return is_terminal(cp);
	return range_len(q->before) != 0 && i - q->before.z <= NEAR && (is_in_list(r, LIST_SPEECH_VERBS, q->before) ||
	    (cp == ':' && is_in_list(r, LIST_CUE_PHRASES, q->before)));
}

/* Is there a sign in it at which a sentence ends, or a clause where `clause`? */
static bool
is_parted(const struct reader *r, struct range at, bool clause)
{
	unsigned cp = 0;

	for (uint32_t i = at.a; i < at.z; i += (uint32_t)utf8_next(r->s + i, &cp)) {
		cp = char_at(r, i, at.z);
		if (is_terminal(cp) || (clause && (cp == ',' || cp == ';' || is_double(cp))))
			return true;
	}
	return false;
}

/* “No,” they said of it “and never again.”: does it go on with what was quoted before the verb? */
static bool
goes_on(const struct reader *r, size_t i)
{
	const struct quotation *q = &r->c->analysis->quotations[i], *before;
	struct range between;
	unsigned end;

	if (r->before[i] == UINT32_MAX || range_len(q->before) == 0)
		return false;
	before = &r->c->analysis->quotations[r->before[i]];
	between = (struct range){ before->at.z, q->at.a };
	end = char_before(r, before->inside.a, before->inside.z);
	if (between.a > between.z || between.z - between.a > NEAR)
		return false;
	if (char_at(r, between.a, between.z) == ',')
		end = (unsigned char)r->s[between.a++];
	return (end == ',' || end == '?' || end == '!') && !is_parted(r, between, true);
}

/* “too high,” the office said: is the comma that of a verb which follows? */
static bool
is_attributed(const struct reader *r, const struct block *b, uint32_t at)
{
	uint32_t end = b->at.z - at > NEAR ? at + NEAR : b->at.z, word = at;
	unsigned cp = 0;

	for (uint32_t i = at; i < end; i += (uint32_t)utf8_next(r->s + i, &cp)) {
		if (utf8_is_letter(cp = char_at(r, i, b->at.z)))
			continue;
		if (i > word && is_in_list(r, LIST_SPEECH_VERBS, (struct range){ word, i }))
			return true;
		if (is_terminal(cp) || is_double(cp) || cp == ',' || cp == ';')
			return false;
		word = i + 1;
	}
	return false;
}

/* A few words in small letters, no more than a piece of the sentence that stands around them. */
static bool
is_piece(const struct reader *r, const struct block *b, size_t i, struct range words, unsigned stop)
{
	const struct quotation *q = &r->c->analysis->quotations[i];
	uint32_t at = before_blanks(r, b->at.a, q->at.a);

	if (range_len(words) > 4 * PIECE || utf8_count(text_at(r->t, words), range_len(words)) > PIECE ||
	    !utf8_is_lower(char_at(r, words.a, words.z)) || at == q->at.a || !utf8_is_letter(char_before(r, b->at.a, at)) || is_parted(r, words, false) || goes_on(r, i))
		return false;
	if (stop == '.')
		return ends_sentence(r, b, q->at.z);
	return char_at(r, q->at.z, b->at.z) == ' ' && utf8_is_letter(char_at(r, q->at.z + 1, b->at.z)) && !is_attributed(r, b, q->at.z);
}

/* ---- run ---- */

static void
report(struct check_ctx *c, struct range at, const char *first, size_t nfirst, const char *second, size_t nsecond, bool mends)
{
	struct report r = { .at = at, .certainty = SURE, .no_fix = !mends };
	const char *use = arena_printf(c->arena, "%.*s%.*s", (int)nfirst, first, (int)nsecond, second);

	report_arg(&r, "use", use, strlen(use));
	check_report(c, &r);
}

/* The stop behind the mark belongs before it, and before those of the quotations that end there with it. */
static void
stop_outside(struct check_ctx *c, const struct reader *r, size_t i, enum where where)
{
	const struct analysis *an = c->analysis;
	const struct quotation *q = &an->quotations[i];
	const struct block *b = &c->article->blocks[q->block];
	unsigned stop = char_at(r, q->at.z, b->at.z), cp = char_at(r, q->at.z + 1, b->at.z);
	struct range words = q->inside;

	if ((stop != '.' && stop != ',') || cp == '.' || cp == ',' || cp == 0x2026 || is_alnum(cp))
		return;
	for (uint32_t k = r->last_child[i]; k != UINT32_MAX && an->quotations[k].closed && an->quotations[k].at.z == words.z; k = r->last_child[k])
		words.z = an->quotations[k].inside.z;
	if (!ends_words(char_before(r, words.a, words.z)) || is_without_words(r, words) || ends_with_name(r, words))
		return;
	if (where == BY_SENSE && (stop != '.' || !is_sentence(r, words) || !stands_alone(r, b, q) || !ends_sentence(r, b, q->at.z + 1)))
		return;
	report(c, (struct range){ words.z, q->at.z + 1 }, r->s + q->at.z, 1, r->s + words.z, q->at.z - words.z, where == INSIDE);
}

/* The stop before the mark belongs to the sentence around it. */
static void
stop_inside(struct check_ctx *c, const struct reader *r, size_t i)
{
	const struct quotation *q = &c->analysis->quotations[i];
	const struct block *b = &c->article->blocks[q->block];
	struct range words = q->inside;
	unsigned stop = range_len(words) > 1 ? (unsigned char)r->s[words.z - 1] : 0;

	words.z--;
	if ((stop != '.' && stop != ',') || !ends_words(char_before(r, words.a, words.z)) || is_without_words(r, words) ||
	    !is_piece(r, b, i, words, stop))
		return;
	report(c, (struct range){ words.z, q->at.z }, r->s + q->inside.z, q->at.z - q->inside.z, r->s + words.z, 1, false);
}

static void
neighbours(struct check_ctx *c, struct reader *r)
{
	const struct analysis *an = c->analysis;
	uint32_t last = UINT32_MAX;

	r->last_child = ARENA_ARRAY(c->arena, uint32_t, an->nquotations);
	r->before = ARENA_ARRAY(c->arena, uint32_t, an->nquotations);
	memset(r->last_child, 0xFF, an->nquotations * sizeof *r->last_child);
	for (uint32_t i = 0; i < an->nquotations; i++) {
		const struct quotation *q = &an->quotations[i];
		uint32_t *sibling = q->outer != i ? &r->last_child[q->outer] : &last;

		r->before[i] = *sibling != UINT32_MAX && an->quotations[*sibling].block == q->block ? *sibling : UINT32_MAX;
		*sibling = i;
	}
}

/* Hits in order, and how far the quotations have come. */
struct words { const struct hit *hits; size_t n, next; };

/* Does one of the words stand right before the mark? */
static bool
is_behind(const struct reader *r, const struct quotation *q, struct words *w)
{
	uint32_t at = before_blanks(r, r->c->article->blocks[q->block].at.a, q->at.a);

	while (w->next < w->n && w->hits[w->next].at.z < at)
		w->next++;
	return w->next < w->n && w->hits[w->next].at.z == at;
}

static void
stops_run(struct check_ctx *c, const void *data)
{
	const struct stops *d = data;
	struct analysis *an = c->analysis;
	struct reader r = { .c = c, .t = &c->article->text, .s = c->article->text.s };
	enum where where = d->where;
	struct words typed = { NULL, 0, 0 }, said = { NULL, 0, 0 };
	uint32_t block = UINT32_MAX, code = 0;

	for (int w = INSIDE; where == NOWHERE && w < NOWHERE; w++)
		if (standing_has_style(c->standing, d->style, where_names[w]))
			where = (enum where)w;
	if (where == NOWHERE)
		return;
	if (where == BY_SENSE)
		analysis_attributions(an);
	else
		analysis_quotations(an);
	if (an->nquotations == 0)
		return;
	if (d->typed != NULL)
		typed.hits = check_hits(c, d->typed, &typed.n);
	if (d->said != NULL && where == BY_SENSE)
		said.hits = check_hits(c, d->said, &said.n);
	neighbours(c, &r);
	for (size_t i = 0; i < an->nquotations; i++) {
		const struct quotation *q = &an->quotations[i];

		if (q->block != block) {
			block = q->block;
			code = 0;
		}
		if (!q->closed || q->continues || q->kind == QUOTATION_BLOCK || range_len(q->inside) == 0 ||
		    !(KIND(c->article->blocks[block].kind) & c->rule->scope))
			continue;
		if (is_code(&r, &c->article->blocks[block], q, &code) || !is_native(&r, q) || is_key_word(&r, q) ||
		    (is_behind(&r, q, &typed) && range_len(q->inside) <= TYPED))
			continue;
		stop_outside(c, &r, i, where);
		if (where == BY_SENSE && !is_behind(&r, q, &said))
			stop_inside(c, &r, i);
	}
}

static const struct param_doc params[] = {
	{"where", "word", "inside: stops and commas stand before the closing mark, always.  by-sense: the stop of a whole sentence that stands by itself or"
	    " is introduced stands before the mark, what ends a piece of the sentence around it behind it"},
	{"style", "name", "instead of where: the style of a profile that is inside or by-sense; where none chooses, nothing is said"},
	{"typed", "element", "words before a quotation that is typed or clicked, and in which a stop would be typed too"},
	{"said", "element", "words before a quotation that may be a sentence as well as a piece of one; by sense nothing is said of a stop in it"},
	{NULL, NULL, NULL}
};
static const char *const placeholders[] = { "use", NULL };

const struct check check_stops = {
	.name = "stops",
	.doc = "Full stops and commas on the other side of a closing quotation mark.  Names of files, addresses, versions, code, single"
	    " letters and words in capitals are left alone, and so is what nobody can tell.",
	.params = params,
	.placeholders = placeholders,
	.compile = stops_compile,
	.run = stops_run,
};
