/* template: a line has one of the forms that the profiles in force give for its kind, and for the agency that it names:
 *
 *	<template parts="same"/>	(Photo by AP / Jane Doe)	expected (AP Photo/Jane Doe)
 *	<template parts="any"/>		Ankara (AP) -			expected ANKARA (AP) —
 *
 * A form is words and marks with parts between them; a line has it where its own parts stand at these places.  Where it has none,
 * its parts are put into the form that is nearest: that is what is expected.  A label before the form, and brackets around it,
 * pass. */
#include "check.h"
#include "facts/facts.h"
#include "rule/profile.h"
#include "util/arena.h"
#include "util/buf.h"
#include "util/str.h"
#include "util/utf8.h"

#include <string.h>

struct template { bool any, marks; };

/* What is wrong with a line that may have any parts, the gravest first. */
enum fault {
	NO_AGENCY, AN_AGENCY, NO_PLACE, NO_DATE, A_DATE, NO_YEAR, A_YEAR, ORDER, SMALL, CAPITALS, DASH, MARKS, FAULTS
};
static const char *const fault_words[FAULTS] = {
	"no agency", "an agency", "no place", "no date", "a date", "no year", "a year", "agency and date in the other order",
	"a place not in capitals", "a place in capitals", "another dash", "other marks or blanks",
};
#define BIT(fault) (1u << (fault))

static void *
template_compile(struct rule_build *b, const struct node *el)
{
	struct template *d = ARENA_NEW(rule_arena(b), struct template);
	int parts, mend;

	rule_known_attrs(b, el, "parts mend");
	rule_known_children(b, el, "");
	parts = rule_attr_choice(b, el, "parts", "same any", 0);
	mend = rule_attr_choice(b, el, "mend", "all marks", 0);
	d->any = parts == 1;
	d->marks = mend == 1;
	return parts < 0 || mend < 0 ? NULL : d;
}

/* ---- the line ---- */

struct line {
	const struct article *a;
	const struct block *b;
	const char *t;			/* the article's text */
	uint32_t at, end;		/* without a label, brackets and a full stop around it */
};

static const struct agency *
agency_of(const struct line *l, const struct part *p)
{
	size_t n;
	const char *s = part_value(l->a, p, &n);

	return facts_agency(s, n);
}

static bool
is_house(const struct line *l, const struct part *p, const char *agency)
{
	const struct agency *a;

	return p->name == PART_AGENCY && agency != NULL && (a = agency_of(l, p)) != NULL && facts_agency_kin(a->name, agency);
}

/* May it stand for {source}: an agency besides the house, a platform, or a name? */
static bool
is_source(const struct line *l, const struct part *p, const char *agency)
{
	return p->name == PART_PERSON || p->name == PART_PLATFORM || (p->name == PART_AGENCY && !is_house(l, p, agency));
}

static bool
is_letter(char c)
{
	return ((unsigned char)c | 32) >= 'a' && ((unsigned char)c | 32) <= 'z';
}

static bool
is_bracket(char c)
{
	return c == '(' || c == '[' || c == ')' || c == ']';
}

static uint32_t
blanks(const struct line *l, uint32_t at)
{
	unsigned cp;

	while (at < l->end) {
		size_t n = utf8_next(l->t + at, &cp);

		if (!utf8_is_space(cp))
			break;
		at += (uint32_t)n;
	}
	return at;
}

static void
take_brackets_off(struct line *l)
{
	l->at = blanks(l, l->at);
	while (l->end > l->at + 2 && (l->t[l->end - 1] == '.' || l->t[l->end - 1] == ' '))
		l->end--;
	if (l->end > l->at + 2 && is_bracket(l->t[l->at]) && is_bracket(l->t[l->end - 1])) {
		l->at++;
		l->end--;
	}
	for (;;)	/* what parts it from its caption, and the sign of a copyright */
		if (l->end > l->at + 2 && strchr(" /|", l->t[l->at]) != NULL)
			l->at++;
		else if (l->end > l->at + 2 && memcmp(l->t + l->at, "©", 2) == 0)
			l->at += 2;
		else
			break;
}

/* Photo: , Photo by */
static void
take_label_off(struct line *l)
{
	if (l->b->nparts > 1 && l->b->parts[0].name == PART_LABEL && l->b->parts[0].at.a == l->at) {
		uint32_t at = blanks(l, l->b->parts[0].at.z);

		if (at < l->end && strchr(":|/-", l->t[at]) != NULL)
			at = blanks(l, at + 1);
		if (l->end - at > 3 && str_folded_is(l->t + at, 2, "by") && l->t[at + 2] == ' ')
			at = blanks(l, at + 3);
		l->at = at;
	}
}

/* ---- matching ---- */

/* Is the place, up to its first comma, written so? */
static bool
has_letters(const char *s, size_t n, int letters)
{
	const char *end = memchr(s, ',', n);
	unsigned cp, upper = 0, lower = 0;

	for (end = end != NULL ? end : s + n; s < end;) {
		s += utf8_next(s, &cp);
		upper += utf8_is_upper(cp);
		lower += utf8_is_lower(cp);
	}
	return letters == LETTERS_CAPITALS ? upper > lower : letters != LETTERS_PLAIN || lower > 0 || upper < 2;
}

/* The words and marks of a form at `at`: where they end, 0 if they do not stand there.  A blank stands for one white space. */
static uint32_t
words_end(const struct line *l, const char *s, size_t n, uint32_t at)
{
	for (; n != 0; s++, n--) {
		unsigned cp;

		if (at >= l->end)
			return 0;
		if (*s != ' ') {
			if (l->t[at++] != *s)
				return 0;
			continue;
		}
		at += (uint32_t)utf8_next(l->t + at, &cp);
		if (!utf8_is_space(cp))
			return 0;
	}
	return at;
}

/* "Jane Doe and John Roe" are one {person}. */
static uint32_t
more_persons(const struct line *l, uint32_t at)
{
	static const char *const joints[] = { " and ", ", ", " & ", ", and " };

	for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
		uint32_t z = words_end(l, joints[i], strlen(joints[i]), at);

		for (uint32_t k = 0; z != 0 && k < l->b->nparts; k++)
			if (l->b->parts[k].at.a == z && l->b->parts[k].name == PART_PERSON)
				return more_persons(l, l->b->parts[k].at.z);
	}
	return at;
}

static bool
has_year(const struct part *p)
{
	return p->value != NULL && strlen(p->value) > 5;
}

/* The part of the form at `at`: where it ends, 0 if it does not stand there. */
static uint32_t
part_end(const struct line *l, const struct house_form *f, const struct form_piece *piece, uint32_t at)
{
	for (uint32_t k = 0; k < l->b->nparts; k++) {
		const struct part *p = &l->b->parts[k];

		if (p->at.a != at || (piece->what == PIECE_SOURCE ? !is_source(l, p, f->agency) : p->name != piece->part))
			continue;
		if (p->name == PART_PERSON)
			return more_persons(l, p->at.z);
		if (p->name == PART_DATE && has_year(p) != piece->year)
			continue;
		if (p->name == PART_PLACE && !has_letters(l->t + at, range_len(p->at), piece->letters))
			continue;
		return p->at.z;
	}
	return 0;
}

/* Brackets of the form do not count where they stand around all of it. */
static struct form_piece
inside(const struct house_form *f, size_t i)
{
	struct form_piece piece = f->pieces[i];

	if (!is_bracket(f->text[0]) || !is_bracket(f->text[strlen(f->text) - 1]))
		return piece;
	if (i == 0 && piece.n != 0) {
		piece.s++;
		piece.n--;
	}
	if (i + 1 == f->npieces && piece.n != 0)
		piece.n--;
	return piece;
}

static bool
has_form(const struct line *l, const struct house_form *f)
{
	uint32_t at = l->at;

	for (size_t i = 0; i < f->npieces; i++) {
		struct form_piece piece = inside(f, i);

		if (piece.what != PIECE_TEXT)
			at = part_end(l, f, &piece, at);
		else if (piece.n != 0)
			at = words_end(l, piece.s, piece.n, at);
		if (at == 0)
			return false;
	}
	return at == l->end;
}

/* ---- what is expected ---- */

static const struct form_piece *
piece_of(const struct house_form *f, enum part_name part)
{
	for (size_t i = 0; i < f->npieces; i++)
		if (f->pieces[i].what == PIECE_PART && f->pieces[i].part == part)
			return &f->pieces[i];
	return NULL;
}

static bool
has_source(const struct house_form *f)
{
	for (size_t i = 0; i < f->npieces; i++)
		if (f->pieces[i].what == PIECE_SOURCE)
			return true;
	return false;
}

/* Is the word in the text? */
static bool
has_word(const char *s, size_t n, const char *word)
{
	size_t len = strlen(word);

	for (const char *p = s; (p = memmem(p, (size_t)(s + n - p), word, len)) != NULL; p += len)
		if ((p == s || !is_letter(p[-1])) && (p + len == s + n || !is_letter(p[len])))
			return true;
	return false;
}

static bool
has_blank(const char *s, size_t n)
{
	unsigned cp;

	for (const char *end = s + n; s < end;) {
		s += utf8_next(s, &cp);
		if (utf8_is_space(cp))
			return true;
	}
	return false;
}

/* Does it take just the parts that the line has, whatever its label?  Where the line leaves open who of several is the photographer
 * and who the house, it is nobody's form. */
static bool
same_parts(const struct line *l, const struct house_form *f)
{
	unsigned count[PART_COUNT] = { 0 }, parties = 0;
	const char *s = l->t + l->b->at.a;
	size_t n = range_len(l->b->at);
	uint32_t house = 0, party = 0;

	for (uint32_t k = 0; k < l->b->nparts; k++) {
		const struct part *p = &l->b->parts[k];

		count[p->name]++;
		if (is_house(l, p, f->agency))
			house = p->at.a;
		else if (p->name == PART_PLATFORM || p->name == PART_AGENCY) {
			parties++;
			party = p->at.a;
		} else if (p->name == PART_PERSON && !has_blank(text_at(&l->a->text, p->at), range_len(p->at)))
			return false;		/* of one word: a collection, as likely */
	}
	/* two credits in one; or somebody who passes on what a house made */
	if (memchr(s, ';', n) != NULL || (has_word(s, n, "via") && !has_word(f->text, strlen(f->text), "via")))
		return false;
	if (parties > 1 || (parties == 1 && house != 0 && party > house))
		return false;
	if (parties + count[PART_PERSON] != (unsigned)(piece_of(f, PART_PERSON) != NULL) + has_source(f) ||
	    (parties != 0 && !has_source(f)))
		return false;
	return count[PART_ROLE] == (piece_of(f, PART_ROLE) != NULL) && count[PART_DATE] == (piece_of(f, PART_DATE) != NULL) &&
	    count[PART_PLACE] == (piece_of(f, PART_PLACE) != NULL);
}

/* A place in other letters, up to its first comma: ANKARA, Turkey. */
static void
put_place(struct buf *out, const char *s, size_t n, int letters)
{
	const char *end = s + n, *comma = memchr(s, ',', n);
	bool inner = false, change = !has_letters(s, n, letters);

	while (s < end) {
		unsigned cp;
		char bytes[4];

		s += utf8_next(s, &cp);
		if (change && (comma == NULL || s <= comma)) {
			bool letter = utf8_is_letter(cp);

			cp = letters == LETTERS_CAPITALS ? utf8_upper(cp) : inner ? utf8_fold(cp, false) : cp;
			inner = letter;
		}
		buf_add(out, bytes, utf8_encode(cp, bytes));
	}
}

/* The part of the line that the piece of a form takes; NULL if there is none. */
static const struct part *
part_for(const struct line *l, const struct house_form *f, const struct form_piece *piece)
{
	const struct part *found = NULL;

	for (uint32_t k = 0; k < l->b->nparts; k++) {
		const struct part *p = &l->b->parts[k];

		if (piece->what == PIECE_PART && p->name == piece->part)
			return p;
		/* of two names the second is the house, unless another party is there */
		if (piece->what == PIECE_SOURCE && is_source(l, p, f->agency) && (found == NULL || found->name == PART_PERSON))
			found = p;
	}
	return found;
}

/* A date with or without its year, whatever the line has: "Nov 24, YEAR", "Nov 24". */
static void
put_date(struct buf *out, const struct line *l, const struct part *p, bool year)
{
	const char *s = text_at(&l->a->text, p->at);
	size_t n = range_len(p->at);

	if (has_year(p) && !year) {
		while (n != 0 && s[n - 1] >= '0' && s[n - 1] <= '9')
			n--;
		while (n != 0 && (s[n - 1] == ' ' || s[n - 1] == ','))
			n--;
	}
	buf_add(out, s, n);
	if (year && !has_year(p))
		buf_puts(out, ", YEAR");
}

static const char *
expected(struct check_ctx *c, const struct line *l, const struct house_form *f)
{
	struct buf out = BUF_INIT;
	const char *s;

	for (size_t i = 0; i < f->npieces; i++) {
		const struct form_piece *piece = &f->pieces[i];
		const struct part *p = piece->what != PIECE_TEXT ? part_for(l, f, piece) : NULL;

		if (p == NULL && piece->what != PIECE_TEXT)
			buf_puts(&out, piece->part == PART_DATE ? "DATE" : "PLACE");
		else if (p == NULL)
			buf_add(&out, piece->s, piece->n);
		else if (p->name == PART_PLACE)
			put_place(&out, text_at(&l->a->text, p->at), range_len(p->at), piece->letters);
		else if (p->name == PART_DATE)
			put_date(&out, l, p, piece->year);
		else
			buf_add(&out, text_at(&l->a->text, p->at), range_len(p->at));
	}
	/* brackets that the house leaves to the page stay */
	s = l->b->at.a < l->at && is_bracket(l->t[l->b->at.a]) && !is_bracket(f->text[0]) ?
	    arena_printf(c->arena, "(%.*s)", (int)out.n, out.s) : arena_strndup(c->arena, out.s, out.n);
	buf_release(&out);
	return s;
}

/* ---- faults of a line whose parts may differ ---- */

static bool
is_dash(unsigned cp)
{
	return cp == '-' || cp == '_' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212;
}

/* The dash at the end: its bytes; *apart: a blank stands before it. */
static size_t
dash_at_end(const char *s, size_t n, bool *apart)
{
	const char *p = s + n;
	unsigned cp;

	while (p > s) {
		size_t k = utf8_prev(s, p, &cp);

		if (!is_dash(cp))
			break;
		p -= k;
	}
	*apart = p < s + n && p > s && utf8_prev(s, p, &cp) != 0 && utf8_is_space(cp);
	return (size_t)(s + n - p);
}

static bool
ends_in_dash(const struct line *l)
{
	bool apart;

	return dash_at_end(l->t + l->at, l->end - l->at, &apart) != 0;
}

/* Does the form hold words, which name the agency? */
static bool
form_names_agency(const struct house_form *f)
{
	for (size_t i = 0; i < f->npieces; i++)
		for (size_t k = 0; f->pieces[i].what == PIECE_TEXT && k < f->pieces[i].n; k++)
			if (is_letter(f->pieces[i].s[k]))
				return true;
	return false;
}

static unsigned
faults(const struct line *l, const struct house_form *f)
{
	const struct form_piece *date_piece = piece_of(f, PART_DATE), *place_piece = piece_of(f, PART_PLACE);
	const struct part *date = block_part(l->b, PART_DATE), *place = block_part(l->b, PART_PLACE), *tag = NULL;
	bool own_apart, apart;
	size_t n = strlen(f->text), own = dash_at_end(f->text, n, &own_apart);
	size_t theirs = dash_at_end(l->t + l->at, l->end - l->at, &apart);
	unsigned v = 0;

	for (uint32_t k = 0; k < l->b->nparts && tag == NULL; k++)
		if (l->b->parts[k].name == PART_AGENCY)
			tag = &l->b->parts[k];
	if (form_names_agency(f) != (tag != NULL))
		v |= tag == NULL ? BIT(NO_AGENCY) : BIT(AN_AGENCY);
	if (place_piece != NULL && place == NULL)
		v |= BIT(NO_PLACE);
	if ((date_piece != NULL) != (date != NULL))
		v |= date == NULL ? BIT(NO_DATE) : BIT(A_DATE);
	else if (date != NULL && has_year(date) != date_piece->year)
		v |= has_year(date) ? BIT(A_YEAR) : BIT(NO_YEAR);
	if (date_piece != NULL && date != NULL && tag != NULL && date->at.a > tag->at.a)
		v |= BIT(ORDER);	/* a house's tag is its last word */
	if (place_piece != NULL && place != NULL && !has_letters(l->t + place->at.a, range_len(place->at), place_piece->letters))
		v |= place_piece->letters == LETTERS_CAPITALS ? BIT(SMALL) : BIT(CAPITALS);
	if (own != theirs || own_apart != apart || memcmp(f->text + n - own, l->t + l->end - theirs, own) != 0)
		v |= BIT(DASH);
	return v != 0 ? v : BIT(MARKS);
}

static const char *
in_words(struct check_ctx *c, unsigned v)
{
	const char *s = NULL;

	for (int i = 0; i < FAULTS; i++)
		if (v & BIT(i)) {
			v &= ~BIT(i);
			s = s == NULL ? fault_words[i] : arena_printf(c->arena, "%s%s%s", s, v == 0 ? " and " : ", ", fault_words[i]);
		}
	return s;
}

/* ---- the check ---- */

/* Is the form for this line: does the line name the form's house and no other, or, where it may lack parts, nobody? */
static bool
concerns(const struct line *l, const struct house_form *f, bool any)
{
	bool house = false, others = false;

	if (!(f->of & KIND(l->b->kind)))
		return false;
	for (uint32_t k = 0; k < l->b->nparts; k++)
		if (l->b->parts[k].name == PART_AGENCY) {
			bool is = is_house(l, &l->b->parts[k], f->agency);

			house |= is;
			others |= !is;
		}
	if (any)
		return !others;
	return f->agency != NULL ? house : others;
}

static void
report_line(struct check_ctx *c, const struct template *d, const struct line *l, const struct house_form *f)
{
	struct report r = { .at = text_trim(&l->a->text, l->b->at), .certainty = f->from_memory ? LIKELY : SURE };
	const char *text = expected(c, l, f), *agency = f->agency != NULL ? f->agency : "the house";
	unsigned v = faults(l, f);

	report_arg(&r, "expected", text, strlen(text));
	report_arg(&r, "agency", agency, strlen(agency));
	report_arg(&r, "problem", in_words(c, v), strlen(in_words(c, v)));
	r.no_fix = d->marks && (v & ~(BIT(SMALL) | BIT(CAPITALS) | BIT(DASH))) != 0;
	r.fix_text = text;
	check_report(c, &r);
}

static void
check_line(struct check_ctx *c, const struct template *d, const struct block *b)
{
	const struct text *t = &c->article->text;
	struct range at = text_trim(t, b->at);		/* a blank that does not break may end a dateline */
	struct line whole = { c->article, b, t->s, at.a, at.z }, bare = whole, l;
	const struct house_form *best = NULL;
	int fewest = FAULTS + 1;

	if (d->any && block_part(b, PART_AGENCY) == NULL && !ends_in_dash(&whole))
		return;		/* the name of a place alone, as an element of its own has it */
	if (!d->any)
		take_brackets_off(&bare);
	l = bare;
	if (!d->any)
		take_label_off(&l);
	for (size_t i = 0; i < c->standing->nprofiles; i++) {
		const struct profile *p = c->standing->profiles[i];

		for (const struct house_form *f = p->forms; f < p->forms + p->nforms; f++) {
			int n;

			if (!concerns(&l, f, d->any))
				continue;
			if (has_form(&l, f) || has_form(&bare, f) || has_form(&whole, f) ||
			    (d->any && b->from_markup && !ends_in_dash(&l) && faults(&l, f) == BIT(DASH)))
				return;		/* an element of its own needs no dash */
			if (!d->any && !same_parts(&l, f))
				continue;
			n = d->any ? __builtin_popcount(faults(&l, f)) : 0;
			if (n < fewest) {
				fewest = n;
				best = f;
			}
		}
	}
	if (best != NULL)
		report_line(c, d, &l, best);
}

static void
template_run(struct check_ctx *c, const void *data)
{
	const struct template *d = data;

	for (size_t i = 0; i < c->article->nblocks; i++) {
		const struct block *b = &c->article->blocks[i];

		if (KIND(b->kind) & c->rule->scope && b->nparts != 0)
			check_line(c, d, b);
	}
}

static const struct param_doc params[] = {
	{ "parts", "same|any", "same (default): only a line that has the parts of a form, put in another way; any: a line that lacks some or has more, too" },
	{ "mend", "all|marks", "all (default): the fix is what is expected; marks: only where nothing but letter case and the dash are wrong" },
	{ NULL, NULL, NULL }
};
static const char *const placeholders[] = { "expected", "agency", "problem", NULL };

const struct check check_template = {
	.name = "template",
	.doc = "A line has one of the forms that the profiles in force give for its kind and its agency.",
	.params = params,
	.placeholders = placeholders,
	.compile = template_compile,
	.run = template_run,
};
