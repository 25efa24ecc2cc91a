/* Where a pattern can begin, read off its text.
 *
 *	\b(?:utilise|leverage)s?\b	begins with one of the words utilise, utilises, leverage, leverages
 *	\b[A-Z]\w+ Times		begins with a byte of A to Z, where a word begins
 *	["“][^"”]*["”]			begins with byte 22 or E2
 *	^Source:			begins at the start
 *
 * The pattern is parsed into a small tree (what is not understood ends the attempt: PCRE2 is asked then, which costs a
 * compilation), from which all first words are spelt out; if they are not whole words, or too many, the first bytes are
 * taken.  Whatever is said holds for every match; a trigger that stands at more places than the pattern is merely slower.
 *
 * Three notions of a word meet here.  PCRE2's \w is a letter, a number or _.  The matcher's runs are ASCII letters and
 * digits, other letters, and decimal digits.  So: what is no \w ends a run; what is in a run is a \w. */
#include "trigger.h"

#include "util/utf8.h"
#include "word.h"

#include <stdlib.h>
#include <string.h>

enum { NODES = 1024, DEPTH = 40, WORD = 64 };

enum node_kind { NODE_LITERAL, NODE_SET, NODE_GROUP, NODE_ALTERNATIVE, NODE_ZERO, NODE_BOUNDARY, NODE_START, NODE_END };

/* The characters that a literal or class stands for: their first bytes, and what they can be. */
struct set {
	uint8_t bytes[32];
	bool all_word;			/* every one is a \w, and none is _ */
	bool none_in_run;		/* no one is in a run */
};

struct tree_node {
	enum node_kind kind;
	unsigned cp;			/* LITERAL */
	struct set set;			/* LITERAL, SET */
	bool optional, repeats;
	struct tree_node *child;	/* GROUP: first alternative; ALTERNATIVE: first item */
	struct tree_node *next;
};

struct parser {
	const char *p, *end;
	bool caseless, extended, failed;
	unsigned depth, used;
	struct tree_node *nodes;
};

static bool
in_run(unsigned cp)
{
	return utf8_is_letter(cp) || utf8_is_digit(cp);
}

/* ---- sets ---- */

static void
add_byte(struct set *s, unsigned b)
{
	s->bytes[b >> 3] |= (uint8_t)(1u << (b & 7));
}

static bool
has_byte(const struct set *s, unsigned b)
{
	return s->bytes[b >> 3] >> (b & 7) & 1;
}

static void
add_bytes(struct set *s, unsigned from, unsigned to)
{
	while (from <= to)
		add_byte(s, from++);
}

static unsigned
lead_byte(unsigned cp)
{
	char t[4];

	utf8_encode(cp, t);
	return (unsigned char)t[0];
}

static void
set_all(struct set *s)
{
	memset(s->bytes, 0xff, sizeof s->bytes);
	s->all_word = s->none_in_run = false;
}

static void
set_empty(struct set *s)
{
	memset(s->bytes, 0, sizeof s->bytes);
	s->all_word = s->none_in_run = true;
}

static void
set_join(struct set *to, const struct set *from)
{
	for (unsigned i = 0; i < 32; i++)
		to->bytes[i] |= from->bytes[i];
	to->all_word &= from->all_word;
	to->none_in_run &= from->none_in_run;
}

/* Without case, k is also the Kelvin sign and s the long s: a high byte may stand for an ASCII letter, and back. */
static void
set_add_range(struct set *s, unsigned from, unsigned to, bool caseless)
{
	for (unsigned c = from; c <= to && c < 0x80; c++) {
		add_byte(s, c);
		if (in_run(c))
			s->none_in_run = false;
		else
			s->all_word = false;
		if (caseless && utf8_is_letter(c)) {
			add_byte(s, c ^ 0x20);
			if ((c | 0x20) == 'k')
				add_byte(s, 0xE2);
			if ((c | 0x20) == 's')
				add_byte(s, 0xC5);
		}
	}
	if (to < 0x80)
		return;
	if (from < 0x80)
		from = 0x80;
	if (caseless) {
		add_bytes(s, 0xC2, 0xF4);
		add_byte(s, 'k');
		add_byte(s, 'K');
		add_byte(s, 's');
		add_byte(s, 'S');
	} else
		add_bytes(s, lead_byte(from), lead_byte(to));
	if (from == to && in_run(from))
		s->none_in_run = false;
	else if (from == to && !caseless)
		s->all_word = false;
	else
		s->all_word = s->none_in_run = false;
}

static void
set_add_class(struct set *s, char which)
{
	switch (which) {
	case 'd':
		add_bytes(s, '0', '9');
		add_bytes(s, 0xC2, 0xF4);
		s->none_in_run = false;
		break;
	case 'w':
		add_bytes(s, '0', '9');
		add_bytes(s, 'A', 'Z');
		add_bytes(s, 'a', 'z');
		add_byte(s, '_');
		add_bytes(s, 0xC2, 0xF4);
		s->all_word = s->none_in_run = false;
		break;
	case 's': case 'h': case 'v': case 'R':
		add_bytes(s, '\t', '\r');
		add_byte(s, ' ');
		add_byte(s, 0xC2);
		add_bytes(s, 0xE1, 0xE3);
		s->all_word = false;
		break;
	default:
		set_all(s);
	}
}

/* \p{Lu} and the like; `name` without its braces. */
static void
set_add_property(struct set *s, const char *name, size_t n, bool caseless)
{
	struct set t;

	set_empty(&t);
	if (n == 0 || n > 2 || (n == 2 && name[1] == '*'))
		set_all(&t);
	else if (name[0] == 'L') {
		if (caseless || n == 1 || name[1] != 'u')
			add_bytes(&t, 'a', 'z');
		if (caseless || n == 1 || name[1] != 'l')
			add_bytes(&t, 'A', 'Z');
		add_bytes(&t, 0xC2, 0xF4);
		t.none_in_run = false;
	} else if (name[0] == 'N') {
		add_bytes(&t, '0', '9');
		add_bytes(&t, 0xC2, 0xF4);
		t.none_in_run = false;
	} else if (name[0] == 'P' || name[0] == 'S' || name[0] == 'Z') {
		for (unsigned c = 0; c < 0x80; c++)
			if (!in_run(c))
				add_byte(&t, c);
		add_bytes(&t, 0xC2, 0xF4);
		t.all_word = false;
	} else
		set_all(&t);
	set_join(s, &t);
}

/* ---- parsing ---- */

static struct tree_node *
new_node(struct parser *r, enum node_kind kind)
{
	struct tree_node *n;

	if (r->used == NODES) {
		r->failed = true;
		r->used--;
	}
	n = &r->nodes[r->used++];
	memset(n, 0, sizeof *n);
	n->kind = kind;
	return n;
}

static unsigned
take(struct parser *r)
{
	unsigned cp;

	r->p += utf8_decode(r->p, r->end, &cp);
	return cp;
}

static bool
looking_at(const struct parser *r, const char *s)
{
	size_t n = strlen(s);

	return (size_t)(r->end - r->p) >= n && memcmp(r->p, s, n) == 0;
}

static bool
accept(struct parser *r, const char *s)
{
	if (!looking_at(r, s))
		return false;
	r->p += strlen(s);
	return true;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* After \x: {1F600} or up to two digits. */
static unsigned
parse_hex(struct parser *r)
{
	bool braces = accept(r, "{");
	unsigned v = 0, n = 0;

	while (r->p < r->end && hex_digit(*r->p) >= 0 && n < (braces ? 6u : 2u)) {
		v = v * 16 + (unsigned)hex_digit(*r->p++);
		n++;
	}
	if (n == 0 || v > 0x10FFFF || (braces && !accept(r, "}")))
		r->failed = true;
	return v;
}

/* After the backslash.  true: a single character, in *cp; false: a class, added to *s (or a failure). */
static bool
parse_escape(struct parser *r, struct set *s, unsigned *cp)
{
	const char *name;
	size_t n;
	unsigned c;

	if (r->p == r->end) {
		r->failed = true;
		return false;
	}
	c = take(r);
	if (!in_run(c)) {
		*cp = c;
		return true;
	}
	switch (c) {
	case 'n': *cp = '\n'; return true;
	case 't': *cp = '\t'; return true;
	case 'r': *cp = '\r'; return true;
	case 'f': *cp = '\f'; return true;
	case 'e': *cp = 27; return true;
	case 'a': *cp = 7; return true;
	case 'x':
		*cp = parse_hex(r);
		return true;
	case 'd': case 'w': case 's': case 'h': case 'v':
		set_add_class(s, (char)c);
		return false;
	case 'D': case 'W': case 'S': case 'H': case 'V':
		set_all(s);
		if (c == 'W') {
			for (unsigned b = 0; b < 0x80; b++)
				if (in_run(b) || b == '_')
					s->bytes[b >> 3] &= (uint8_t)~(1u << (b & 7));
			s->none_in_run = true;
		}
		return false;
	case 'P':
		set_all(s);
		if (!accept(r, "{"))
			take(r);
		else
			while (r->p < r->end && *r->p++ != '}')
				;
		return false;
	case 'p':
		name = r->p;
		if (!accept(r, "{")) {
			n = r->p < r->end;
			r->p += n;
		} else {
			name = r->p;
			while (r->p < r->end && *r->p != '}')
				r->p++;
			n = (size_t)(r->p - name);
			r->p += r->p < r->end;
		}
		if (n > 0 && *name == '^')
			set_all(s);
		else
			set_add_property(s, name, n, r->caseless);
		return false;
	default:
		r->failed = true;
		return false;
	}
}

/* After the opening bracket. */
static void
parse_class(struct parser *r, struct set *s)
{
	bool negated = accept(r, "^"), first = true;
	bool out[0x80] = { false };

	set_empty(s);
	for (; !r->failed; first = false) {
		struct set one;
		unsigned from, to;

		if (r->p == r->end) {
			r->failed = true;
			return;
		}
		if (*r->p == ']' && !first)
			break;
		if (looking_at(r, "[:") || looking_at(r, "[.") || looking_at(r, "[=")) {
			r->failed = true;
			return;
		}
		set_empty(&one);
		from = take(r);
		if (from == '\\') {
			if (accept(r, "b"))
				from = 8;
			else if (!parse_escape(r, &one, &from)) {
				set_join(s, &one);
				continue;
			}
		}
		to = from;
		if (r->end - r->p >= 2 && r->p[0] == '-' && r->p[1] != ']') {
			r->p++;
			to = take(r);
			if (to == '\\' && !parse_escape(r, &one, &to)) {
				r->failed = true;
				return;
			}
		}
		set_add_range(s, from, to, r->caseless);
		for (unsigned c = from; c <= to && c < 0x80; c++)
			out[c] = !r->caseless || !utf8_is_letter(c);
	}
	r->p++;
	if (negated) {
		set_all(s);
		for (unsigned c = 0; c < 0x80; c++)
			if (out[c])
				s->bytes[c >> 3] &= (uint8_t)~(1u << (c & 7));
	}
}

/* The letters of (?i-x) or (?i: .  true: a colon followed, so the flags are of this group alone. */
static bool
parse_flags(struct parser *r)
{
	bool on = true;

	while (r->p < r->end) {
		char c = *r->p++;

		switch (c) {
		case 'i': r->caseless = on; break;
		case 'x': r->extended = on; break;
		case 's': case 'n': break;
		case '-': on = false; break;
		case ':': return true;
		case ')': return false;
		default: r->failed = true; return false;
		}
	}
	r->failed = true;
	return false;
}

static struct tree_node *parse_alternatives(struct parser *r);

/* Skip what only looks around: it narrows where the pattern matches and never widens it. */
static struct tree_node *
parse_around(struct parser *r)
{
	parse_alternatives(r);
	if (!accept(r, ")"))
		r->failed = true;
	return new_node(r, NODE_ZERO);
}

/* After the opening parenthesis. */
static struct tree_node *
parse_group(struct parser *r)
{
	bool caseless = r->caseless, extended = r->extended;
	struct tree_node *n;

	if (looking_at(r, "*") || r->depth >= DEPTH) {
		r->failed = true;
		return new_node(r, NODE_ZERO);
	}
	if (accept(r, "?!\\w)") || accept(r, "?<!\\w)"))
		return new_node(r, NODE_BOUNDARY);
	if (accept(r, "?#")) {
		while (r->p < r->end && *r->p++ != ')')
			;
		return new_node(r, NODE_ZERO);
	}
	if (accept(r, "?=") || accept(r, "?!") || accept(r, "?<=") || accept(r, "?<!")) {
		r->depth++;
		n = parse_around(r);
		r->depth--;
		r->caseless = caseless;
		r->extended = extended;
		return n;
	}
	if (accept(r, "?P<") || accept(r, "?<") || accept(r, "?'")) {
		while (r->p < r->end && *r->p != '>' && *r->p != '\'')
			r->p++;
		r->p += r->p < r->end;
	} else if (accept(r, "?|") || accept(r, "?>"))
		;
	else if (accept(r, "?") && !parse_flags(r))
		return new_node(r, NODE_ZERO);	/* the flags hold to the end of the group around */
	n = new_node(r, NODE_GROUP);
	r->depth++;
	n->child = parse_alternatives(r);
	r->depth--;
	r->caseless = caseless;
	r->extended = extended;
	if (!accept(r, ")"))
		r->failed = true;
	return n;
}

static struct tree_node *
literal(struct parser *r, unsigned cp)
{
	struct tree_node *n = new_node(r, NODE_LITERAL);

	n->cp = cp;
	set_empty(&n->set);
	set_add_range(&n->set, cp, cp, r->caseless);
	return n;
}

static struct tree_node *
parse_item(struct parser *r)
{
	struct tree_node *n;
	unsigned c = take(r), cp = 0;

	switch (c) {
	case '(':
		return parse_group(r);
	case '[':
		n = new_node(r, NODE_SET);
		parse_class(r, &n->set);
		return n;
	case '.':
		n = new_node(r, NODE_SET);
		set_all(&n->set);
		return n;
	case '^':
		return new_node(r, NODE_START);
	case '$':
		return new_node(r, NODE_END);
	case '*': case '+': case '?':
		r->failed = true;
		return new_node(r, NODE_ZERO);
	case '\\':
		if (accept(r, "b"))
			return new_node(r, NODE_BOUNDARY);
		if (accept(r, "B"))
			return new_node(r, NODE_ZERO);
		if (accept(r, "A"))
			return new_node(r, NODE_START);
		if (accept(r, "z") || accept(r, "Z"))
			return new_node(r, NODE_END);
		n = new_node(r, NODE_SET);
		set_empty(&n->set);
		if (accept(r, "R") || accept(r, "X"))
			set_all(&n->set);
		else if (parse_escape(r, &n->set, &cp)) {
			r->used--;
			return literal(r, cp);
		}
		return n;
	default:
		return literal(r, c);
	}
}

static void
skip_extended(struct parser *r)
{
	while (r->extended && r->p < r->end) {
		if (strchr(" \t\n\v\f\r", *r->p) != NULL && *r->p != '\0')
			r->p++;
		else if (*r->p == '#')
			while (r->p < r->end && *r->p++ != '\n')
				;
		else
			break;
	}
}

/* {n}, {n,} or {n,m}; anything else in braces is literal. */
static bool
parse_braces(struct parser *r, struct tree_node *n)
{
	const char *p = r->p + 1;
	unsigned min = 0, max = 0;
	bool open = false;

	if (p == r->end || *p < '0' || *p > '9') {
		r->failed |= p < r->end && (*p == ',' || *p == ' ');
		return false;
	}
	while (p < r->end && *p >= '0' && *p <= '9' && min < 100000)
		min = min * 10 + (unsigned)(*p++ - '0');
	max = min;
	if (p < r->end && *p == ',') {
		p++;
		max = 0;
		open = p < r->end && *p == '}';
		while (p < r->end && *p >= '0' && *p <= '9' && max < 100000)
			max = max * 10 + (unsigned)(*p++ - '0');
	}
	if (p == r->end || *p != '}') {
		r->failed = true;
		return false;
	}
	r->p = p + 1;
	if (min == 0)
		n->optional = true;
	if (open || max > 1)
		n->repeats = true;
	/* {0}: nothing at all; saying that it may be there is safe */
	return true;
}

static void
parse_quantifier(struct parser *r, struct tree_node *n)
{
	skip_extended(r);
	if (r->p == r->end)
		return;
	if (*r->p == '{') {
		if (!parse_braces(r, n))
			return;
	} else if (*r->p == '*' || *r->p == '+' || *r->p == '?') {
		n->optional |= *r->p != '+';
		n->repeats |= *r->p != '?';
		r->p++;
	} else
		return;
	if (r->p < r->end && (*r->p == '?' || *r->p == '+'))
		r->p++;
	/* a repeated assertion proves nothing */
	if (n->optional && (n->kind == NODE_BOUNDARY || n->kind == NODE_START || n->kind == NODE_END))
		n->kind = NODE_ZERO;
}

static struct tree_node *
parse_alternatives(struct parser *r)
{
	struct tree_node *first = new_node(r, NODE_ALTERNATIVE), *alternative = first, **tail = &first->child;

	while (!r->failed) {
		struct tree_node *n;

		skip_extended(r);
		if (r->p == r->end || *r->p == ')')
			break;
		if (accept(r, "|")) {
			alternative->next = new_node(r, NODE_ALTERNATIVE);
			alternative = alternative->next;
			tail = &alternative->child;
			continue;
		}
		n = parse_item(r);
		parse_quantifier(r, n);
		*tail = n;
		tail = &n->next;
	}
	return first;
}

/* ---- first words ---- */

struct spelling { char s[WORD]; uint8_t n; bool begun, done; };	/* begun: a boundary stands before it */
struct spellings { struct spelling v[TRIGGER_WORDS_MAX]; size_t n; };

static bool
spell(struct spellings *to, const struct spelling *w)
{
	for (size_t i = 0; i < to->n; i++)
		if (to->v[i].n == w->n && to->v[i].done == w->done && to->v[i].begun == w->begun
		    && memcmp(to->v[i].s, w->s, w->n) == 0)
			return true;
	if (to->n == TRIGGER_WORDS_MAX)
		return false;
	to->v[to->n++] = *w;
	return true;
}

static bool
spell_letter(struct spellings *to, const struct spelling *w, unsigned cp)
{
	struct spelling longer = *w;

	if ((!w->begun && w->n == 0) || w->n + 4 > WORD)
		return false;
	longer.n += (uint8_t)utf8_encode(cp, longer.s + w->n);
	return spell(to, &longer);
}

static bool
spell_end(struct spellings *to, const struct spelling *w)
{
	struct spelling whole = *w;

	if (w->n == 0)
		return false;
	whole.done = true;
	return spell(to, &whole);
}

static bool spell_alternatives(const struct tree_node *group, const struct spelling *w, struct spellings *to);

/* All that *w can become by the item, once. */
static bool
spell_item(const struct tree_node *n, const struct spelling *w, struct spellings *to)
{
	struct spelling at_boundary = *w;
	unsigned count = 0;

	switch (n->kind) {
	case NODE_ZERO:
		return spell(to, w);
	case NODE_BOUNDARY:
		if (w->n != 0)
			return spell_end(to, w);
		at_boundary.begun = true;
		return spell(to, &at_boundary);
	case NODE_END:
		return spell_end(to, w);
	case NODE_GROUP:
		return spell_alternatives(n, w, to);
	case NODE_LITERAL:
		if (in_run(n->cp))
			return !n->repeats && spell_letter(to, w, n->cp);
		return n->set.none_in_run && spell_end(to, w);
	case NODE_SET:
		if (n->set.none_in_run)
			return spell_end(to, w);
		if (n->repeats || !n->set.all_word)
			return false;
		for (unsigned b = 0x80; b < 0x100; b++)
			if (has_byte(&n->set, b))
				return false;
		for (unsigned b = 0; b < 0x80; b++)
			if (has_byte(&n->set, b) && (++count > 12 || !spell_letter(to, w, b)))
				return false;
		return true;
	default:
		return false;
	}
}

static bool
all_done(const struct spellings *s, size_t from)
{
	for (size_t i = from; i < s->n; i++)
		if (!s->v[i].done)
			return false;
	return true;
}

/* All that the spellings become by a run of items, in place. */
static bool
spell_sequence(const struct tree_node *n, struct spellings *s)
{
	struct spellings *next = malloc(sizeof *next);
	bool ok = next != NULL;

	for (; ok && n != NULL && !all_done(s, 0); n = n->next) {
		next->n = 0;
		for (size_t i = 0; ok && i < s->n; i++) {
			size_t before;

			if (s->v[i].done || n->optional)
				ok = spell(next, &s->v[i]);
			if (!ok || s->v[i].done)
				continue;
			before = next->n;
			ok = spell_item(n, &s->v[i], next);
			/* a second round would spell on */
			if (ok && n->repeats && n->kind == NODE_GROUP)
				ok = all_done(next, before);
		}
		if (ok)
			memcpy(s, next, sizeof *s);
	}
	free(next);
	return ok;
}

static bool
spell_alternatives(const struct tree_node *group, const struct spelling *w, struct spellings *to)
{
	struct spellings *s = malloc(sizeof *s);
	bool ok = s != NULL;

	for (const struct tree_node *a = group->child; ok && a != NULL; a = a->next) {
		s->n = 1;
		s->v[0] = *w;
		ok = spell_sequence(a->child, s);
		for (size_t i = 0; ok && i < s->n; i++)
			ok = spell(to, &s->v[i]);
	}
	free(s);
	return ok;
}

static bool
first_words(const struct tree_node *root, struct trigger *t)
{
	struct spellings *s = malloc(sizeof *s);
	struct spelling nothing = { .n = 0 };
	bool ok;

	if (s == NULL)
		return false;
	s->n = 0;
	ok = spell_alternatives(root, &nothing, s) && s->n != 0 && all_done(s, 0);
	t->nwords = 0;
	for (size_t i = 0; ok && i < s->n; i++) {
		uint64_t h = matcher_word_hash(s->v[i].s, s->v[i].n);
		size_t k = 0;

		while (k < t->nwords && t->words[k] != h)
			k++;
		t->words[k] = h;
		t->nwords += k == t->nwords;
	}
	free(s);
	return ok;
}

/* ---- first bytes ---- */

struct first {
	struct set set;
	bool at_word, at_start;		/* on every way */
	bool empty;			/* there is a way on which nothing is consumed */
};

static void first_of_alternatives(const struct tree_node *group, struct first *f);

static void
first_of_sequence(const struct tree_node *n, struct first *f)
{
	bool boundary = false, start = false;

	set_empty(&f->set);
	f->at_word = f->at_start = true;
	f->empty = true;
	for (; n != NULL; n = n->next) {
		struct first sub = { .at_word = false };

		if (n->kind == NODE_BOUNDARY)
			boundary = true;
		if (n->kind == NODE_START)
			start = true;
		if (n->kind == NODE_GROUP)
			first_of_alternatives(n, &sub);
		else if (n->kind == NODE_LITERAL || n->kind == NODE_SET)
			sub.set = n->set;
		else
			continue;
		set_join(&f->set, &sub.set);
		f->at_word &= boundary || sub.at_word;
		f->at_start &= start || sub.at_start;
		if (!n->optional && !sub.empty) {
			f->empty = false;
			break;
		}
	}
	if (f->empty)
		f->at_start &= start;
}

static void
first_of_alternatives(const struct tree_node *group, struct first *f)
{
	set_empty(&f->set);
	f->at_word = f->at_start = true;
	f->empty = false;
	for (const struct tree_node *a = group->child; a != NULL; a = a->next) {
		struct first one;

		first_of_sequence(a->child, &one);
		set_join(&f->set, &one.set);
		f->at_word &= one.at_word;
		f->at_start &= one.at_start;
		f->empty |= one.empty;
	}
}

bool
trigger_derive(const char *pattern, size_t n, bool caseless, bool extended, struct trigger *t)
{
	struct parser r = { .p = pattern, .end = pattern + n, .caseless = caseless, .extended = extended };
	struct tree_node root = { .kind = NODE_GROUP };
	struct first f;

	if (memchr(pattern, '\0', n) != NULL || utf8_valid(pattern, n) != n)
		return false;
	r.nodes = malloc(NODES * sizeof *r.nodes);	/* each is zeroed when it is taken: most patterns take a few */
	if (r.nodes == NULL)
		return false;
	root.child = parse_alternatives(&r);
	if (r.failed || r.p != r.end) {
		free(r.nodes);
		return false;
	}
	first_of_alternatives(&root, &f);
	if (f.at_start)
		t->kind = BEGINS_AT_START;
	else if (first_words(&root, t))
		t->kind = BEGINS_WITH_WORD;
	else {
		t->kind = BEGINS_WITH_BYTE;
		memcpy(t->bytes, f.set.bytes, sizeof t->bytes);
		t->at_word = f.at_word && f.set.all_word;
	}
	free(r.nodes);
	return true;
}
