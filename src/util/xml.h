/* XML with exact positions: the sole user of libxml2's SAX parser.  The bytes must be UTF-8 (source->s).  No entity beyond
 * the five and character references is expanded, no DTD or other file is loaded, depth is bounded.
 *
 * xml_parse() hands out events; xml_tree() builds a small tree from them, for rule files and facts. */
#ifndef WL_XML_H
#define WL_XML_H

#include "util/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct xml_attr {
	const char *name;		/* local name */
	const char *value;		/* decoded */
	size_t n;
	uint32_t at, end;		/* bytes of the raw value, without its quotes */
};
struct xml_event {
	enum { XML_START, XML_END, XML_TEXT, XML_ENTITY, XML_CDATA, XML_COMMENT, XML_PI } kind;
	const char *name, *ns;		/* local name and namespace address; NULL for text */
	const char *prefix;		/* as it was written; NULL if none */
	const struct xml_attr *attrs;
	size_t nattrs;
	const char *s;			/* TEXT, CDATA: raw bytes; ENTITY: what it stands for, UTF-8, or its raw bytes if that is
					 * unknown; COMMENT, PI: content */
	size_t n;
	uint32_t at, end;		/* bytes of the whole construct in the input */
};
typedef void xml_event_fn(void *arg, const struct xml_event *e);

struct xml_error { uint32_t at; char message[160]; };

/* Starts libxml2, once for all threads; xml_parse() does it by itself.  For view.c: whoever is first sets how it allocates. */
void xml_start(void);

/* false: not well-formed, *err (may be NULL) says where and why; events up to there have been handed out. */
bool xml_parse(const char *s, size_t n, xml_event_fn *each, void *arg, struct xml_error *err);

/* A tree for small files.  Everything lies in the arena; offsets are bytes of the input. */
struct node {
	const char *name, *ns;
	const struct xml_attr *attrs;
	size_t nattrs;
	struct node *parent, *first, *last, *next;	/* child elements only */
	const char *text;		/* all character data directly inside it, decoded */
	size_t text_len;
	uint32_t at, tag_end, end;	/* '<' of the start tag, after its '>', after the end tag */
	uint32_t text_at;		/* where its character data begins */
};
struct node *xml_tree(struct arena *arena, const char *s, size_t n, struct xml_error *err);	/* NULL on error */
/* The same for a file known to be well-formed, as the built-in ones are: faster.  NULL if it cannot be. */
struct node *xml_tree_known(struct arena *arena, const char *s, size_t n);

const struct xml_attr *node_attr(const struct node *el, const char *name);	/* NULL if absent */
const struct node *node_child(const struct node *el, const char *name);		/* the first so called, or NULL */

/* Where byte `off` of the decoded text (of a value) stands in the input `s`: for messages that point into a pattern. */
uint32_t node_text_place(const char *s, const struct node *el, size_t off);
uint32_t xml_attr_place(const char *s, const struct xml_attr *a, size_t off);

#endif
