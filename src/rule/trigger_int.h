/* Private to trigger.c, trigger_parse.c and trigger_set.c: a pattern's text as a small tree. */
#ifndef WL_TRIGGER_INT_H
#define WL_TRIGGER_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum node_kind { NODE_LITERAL, NODE_SET, NODE_GROUP, NODE_ALTERNATIVE, NODE_ZERO, NODE_BOUNDARY, NODE_START, NODE_END };

/* The characters that a literal or class stands for: their first bytes, and what they can be. */
struct set {
	uint8_t bytes[32];
	uint64_t marks;			/* which of U+2000 to U+203F are among them */
	bool all_word;			/* every one is a \w, and none is _ */
	bool none_in_run;		/* no one is in a run */
};

struct tree_node {
	enum node_kind kind;
	unsigned cp;			/* LITERAL */
	bool exact;			/* LITERAL: it is that character, in this case */
	struct set set;			/* LITERAL, SET */
	bool optional, repeats;
	struct tree_node *child;	/* GROUP: first alternative; ALTERNATIVE: first item */
	struct tree_node *next;
};


/* What is parsed lies in the nodes; child is an alternative, NULL where the pattern is not understood. */
struct tree { struct tree_node *nodes, *child; };
bool tree_parse(struct tree *t, const char *pattern, size_t n, bool caseless, bool extended);
void tree_release(struct tree *t);

bool set_has(const struct set *s, unsigned byte);
void set_all(struct set *s);
void set_empty(struct set *s);
void set_join(struct set *to, const struct set *from);
void set_add_range(struct set *s, unsigned from, unsigned to, bool caseless);
void set_add_class(struct set *s, char which);			/* d, w, s, h, v: of \d and so on */
void set_add_property(struct set *s, const char *name, size_t n, bool caseless);	/* "Lu" of \p{Lu} */

#endif
