/* A YAML document as a tree, with the place of everything.  Nothing is refused: a document that breaks the grammar is read again
 * key by key, so that a title with a colon in it costs no other key, and what is wrong is told of.
 *
 *	title: "Storm &amp; flood\u2014live"	a mapping with the scalar key "title", style YAML_DOUBLE, at..end: the bytes between the marks
 *
 * Aliases are not expanded (one line of them can stand for gigabytes): they are null.  Keys may stand twice: both are in the tree, and
 * the second is damage. */
#ifndef WL_YAML_H
#define WL_YAML_H

#include "util/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum yaml_kind { YAML_NULL, YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };
enum yaml_style {
	YAML_PLAIN, YAML_SINGLE, YAML_DOUBLE, YAML_LITERAL, YAML_FOLDED,
	YAML_RAW,			/* no escapes, line ends stay: TOML's '...' */
};

struct yaml {
	enum yaml_kind kind;
	enum yaml_style style;		/* of a scalar */
	const char *key;		/* decoded, NUL-terminated; "" outside of a mapping */
	uint32_t key_at, key_end;
	uint32_t at, end;		/* a scalar's raw bytes: without its marks; of a block scalar its lines */
	uint32_t indent;		/* of the lines of a block scalar */
	const char *value;		/* a scalar decoded, NUL-terminated; more than one blank line may have become one */
	size_t n;
	struct yaml *parent, *first, *last, *next;
};

struct yaml_damage { uint32_t at, end; const char *message; struct yaml_damage *next; };
struct yaml_tree {
	struct yaml *root;		/* NULL if there is nothing in it */
	struct yaml_damage *damage, *last_damage;	/* in order of their finding */
	unsigned ndamages;		/* at most YAML_DAMAGES are kept */
};
enum { YAML_DEPTH = 256, YAML_DAMAGES = 100 };

/* The bytes [from, to) of s, UTF-8; offsets in the tree are of s.  Tree and messages lie in the arena.  Time is linear, but for
 * the sorting of keys. */
void yaml_parse(struct arena *arena, const char *s, uint32_t from, uint32_t to, struct yaml_tree *out);

const struct yaml *yaml_get(const struct yaml *mapping, const char *key);	/* the first; NULL; mapping may be NULL */

/* Steps through a scalar; zero *p to begin.  False at the end. */
struct yaml_piece {
	enum { YAML_CHARS, YAML_ESCAPE, YAML_BREAK } kind;	/* break: line ends and white space about them */
	uint32_t at, end;		/* in s */
	char out[4];			/* what an escape or a break stands for, n bytes; n may be 0 */
	size_t n;
	uint32_t next;
};
bool yaml_step(const char *s, const struct yaml *scalar, struct yaml_piece *p);

/* For those who make such a tree of something else. */
struct yaml *yaml_add(struct arena *arena, struct yaml *parent, enum yaml_kind kind);	/* parent NULL: a root */
void yaml_scalar(struct arena *arena, const char *s, struct yaml *v, enum yaml_style style, uint32_t at, uint32_t end);
void yaml_damaged(struct arena *arena, struct yaml_tree *t, uint32_t at, uint32_t end, const char *message);
/* Tells of keys that stand twice; `tables`: two mappings may have one key. */
void yaml_twice(struct arena *arena, struct yaml_tree *t, const struct yaml *mapping, bool tables);

#endif
