/* Reads a pattern's text into a tree, as far as it is needed to know where a match begins.  What is not understood
 * (recursion, POSIX classes, verbs, references by name) ends the attempt. */
#include "rule/trigger_int.h"

#include "rule/word.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { NODES = 1024, DEPTH = 40 };

struct parser {
	const char *p, *end;
	bool caseless, extended, failed;
	unsigned depth, used;
	struct tree_node *nodes;
};

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
	if (!word_char(c)) {
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
				if (word_char(b) || b == '_')
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
		if (from == ' ' && to == ' ' && r->p[-1] == ' ')	/* as it is written, not \x20 */
			set_add_class(s, 'h');
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
	unsigned used = r->used;

	parse_alternatives(r);
	r->used = used;
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

/* A character for itself.  A blank is any blank, as rx_compile() says. */
static struct tree_node *
literal(struct parser *r, unsigned cp)
{
	struct tree_node *n = new_node(r, cp == ' ' ? NODE_SET : NODE_LITERAL);

	if (cp == ' ') {
		set_empty(&n->set);
		set_add_class(&n->set, 'h');
		return n;
	}
	n->cp = cp;
	set_empty(&n->set);
	n->exact = !r->caseless || (cp < 0x80 && !utf8_is_letter(cp));
	set_add_range(&n->set, cp, cp, r->caseless);
	return n;
}

/* After the backslash: 1, g{1} or g{-1}; what it stands for may be anything, or nothing. */
static bool
back_reference(struct parser *r)
{
	const char *p = r->p;
	bool braces = accept(r, "g{");

	if (braces)
		accept(r, "-");
	if (r->p < r->end && *r->p >= '1' && *r->p <= '9') {
		while (r->p < r->end && *r->p >= '0' && *r->p <= '9')
			r->p++;
		if (!braces || accept(r, "}"))
			return true;
	}
	r->p = p;
	return false;
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
		else if (back_reference(r)) {
			set_all(&n->set);
			n->optional = n->repeats = true;
		}
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

bool
tree_parse(struct tree *t, const char *pattern, size_t n, bool caseless, bool extended)
{
	struct parser r = { .p = pattern, .end = pattern + n, .caseless = caseless, .extended = extended };

	t->nodes = NULL;
	if (memchr(pattern, '\0', n) != NULL || utf8_valid(pattern, n) != n)
		return false;
	t->nodes = r.nodes = xmalloc(NODES * sizeof *r.nodes);	/* each is cleared when it is taken */
	t->child = parse_alternatives(&r);
	return !r.failed && r.p == r.end;
}

void
tree_release(struct tree *t)
{
	free(t->nodes);
}
