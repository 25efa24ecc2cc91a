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
#include "rule/trigger.h"

#include "rule/trigger_int.h"
#include "rule/word.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { WORD = 64 };

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
		if (word_char(n->cp))
			return !n->repeats && spell_letter(to, w, n->cp);
		return n->set.none_in_run && spell_end(to, w);
	case NODE_SET:
		if (n->set.none_in_run)
			return spell_end(to, w);
		if (n->repeats || !n->set.all_word)
			return false;
		for (unsigned b = 0x80; b < 0x100; b++)
			if (set_has(&n->set, b))
				return false;
		for (unsigned b = 0; b < 0x80; b++)
			if (set_has(&n->set, b) && (++count > 12 || !spell_letter(to, w, b)))
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
	struct spellings *next = xmalloc(sizeof *next);
	bool ok = true;

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
		if (ok) {
			memcpy(s->v, next->v, next->n * sizeof *next->v);
			s->n = next->n;
		}
	}
	free(next);
	return ok;
}

static bool
spell_alternatives(const struct tree_node *group, const struct spelling *w, struct spellings *to)
{
	struct spellings *s = xmalloc(sizeof *s);
	bool ok = true;

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
	struct spellings *s = xmalloc(sizeof *s);
	struct spelling nothing = { .n = 0 };
	bool ok;

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

/* ---- the byte behind the first character ---- */

static void second_of_alternatives(const struct tree_node *group, const struct first *tail, struct first *out);

/* `tail`: what may follow the sequence; empty: what follows is not known. */
static void
second_of_sequence(const struct tree_node *n, const struct first *tail, struct first *out)
{
	for (; n != NULL; n = n->next) {
		struct first rest, own = { .empty = false };

		if (n->kind == NODE_GROUP)
			first_of_alternatives(n, &own);
		else if (n->kind == NODE_LITERAL || n->kind == NODE_SET)
			own.set = n->set;
		else
			continue;
		first_of_sequence(n->next, &rest);
		if (rest.empty) {
			set_join(&rest.set, &tail->set);
			rest.empty = tail->empty;
		}
		if (n->repeats)
			set_join(&rest.set, &own.set);
		if (n->kind == NODE_GROUP) {
			second_of_alternatives(n, &rest, out);
		} else {
			set_join(&out->set, &rest.set);
			out->empty |= rest.empty;
		}
		if (!n->optional && !own.empty)
			break;
	}
}

static void
second_of_alternatives(const struct tree_node *group, const struct first *tail, struct first *out)
{
	for (const struct tree_node *a = group->child; a != NULL; a = a->next)
		second_of_sequence(a->child, tail, out);
}

static void
look_ahead(const struct tree_node *root, const struct first *first, struct beginning *o)
{
	struct first none = { .empty = true }, second = { .empty = false };

	o->looks = !first->empty;
	if (!o->looks)
		return;
	set_empty(&none.set);
	set_empty(&second.set);
	second_of_alternatives(root, &none, &second);
	o->marks = first->set.marks;
	o->one = second.empty;
	memcpy(o->next, second.set.bytes, sizeof o->next);
}

/* ---- first characters ---- */

static void
first_literal(const struct tree *tree, struct beginning *t)
{
	t->nliteral = 0;
	if (tree->child->next != NULL)
		return;
	for (const struct tree_node *n = tree->child->child; n != NULL; n = n->next) {
		char c[4];
		size_t k;

		if (n->kind == NODE_ZERO || n->kind == NODE_BOUNDARY || n->kind == NODE_START)
			continue;
		if (n->kind != NODE_LITERAL || !n->exact || n->optional || n->repeats)
			return;
		k = utf8_encode(n->cp, c);
		if (t->nliteral + k > sizeof t->literal)
			return;
		memcpy(t->literal + t->nliteral, c, k);
		t->nliteral += (uint8_t)k;
	}
}

bool
trigger_derive(const char *pattern, size_t n, bool caseless, bool extended, struct trigger *t)
{
	struct tree tree;
	struct tree_node root = { .kind = NODE_GROUP };
	struct first f;

	if (!tree_parse(&tree, pattern, n, caseless, extended)) {
		tree_release(&tree);
		return false;
	}
	root.child = tree.child;
	first_of_alternatives(&root, &f);
	memset(&t->beginning, 0, sizeof t->beginning);		/* the gaps too: it is copied into what is frozen */
	first_literal(&tree, &t->beginning);
	look_ahead(&root, &f, &t->beginning);
	t->empty = f.empty;
	t->at_word = false;
	if (f.at_start) {
		t->kind = BEGINS_AT_START;
		if (f.empty)
			set_all(&f.set);
	} else if (first_words(&root, t)) {
		t->kind = BEGINS_WITH_WORD;
	} else {
		t->kind = BEGINS_WITH_BYTE;
		t->at_word = f.at_word && f.set.all_word;
	}
	memcpy(t->bytes, f.set.bytes, sizeof t->bytes);
	tree_release(&tree);
	return true;
}
