/* dom: a tree of a marked-up file, HTML or XML, with the place of everything.  It is made of the events of xml.h; names of HTML
 * are in lower case, what HTML lets an author leave out (</p>, </li>) is put in.  Nothing is ever refused: what is not
 * well-formed is read on behind the damage. */
#ifndef WL_DOM_H
#define WL_DOM_H

#include "util/arena.h"
#include "util/xml.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum dom_kind { DOM_ELEMENT, DOM_TEXT, DOM_CDATA, DOM_COMMENT };

struct dom {
	enum dom_kind kind;
	uint32_t number;		/* of the node, from 0 at the root, in the order of the file */
	uint32_t at, end;		/* an element: from its '<' to behind its end tag.  Text: its raw bytes, references and
					 * all; CDATA, comment: what stands inside */
	struct dom *parent, *next;

	/* What follows only elements have: two nodes of three are text, and end here (DOM_SHORT). */
	struct dom *first, *last;	/* child */
	const char *name;		/* local name; "" for the root */
	const char *ns, *prefix;	/* namespace address in XML and the prefix as written; NULL if none.  Behind damage, and where
					 * nobody declared the prefix, ns is NULL too */
	const struct xml_attr *attrs;	/* value: decoded; at, end: the raw bytes */
	uint32_t nattrs;
	uint32_t in, out;		/* its content: behind the start tag, before the end tag */
};
enum { DOM_SHORT = offsetof(struct dom, first) };	/* bytes of a node that is no element */

/* Bytes that are UTF-8, of a buffer that outlives the tree.  The tree lies in the arena; its root is no element of the file. */
struct dom *dom_html(struct arena *arena, const char *s, size_t n);
/* damage->message is "" for a well-formed file; else it says what is wrong at damage->at, and the tree holds what stands behind it
 * too, read by looser rules.  Elements deeper than 256 are damage; their text is kept. */
struct dom *dom_xml(struct arena *arena, const char *s, size_t n, struct xml_error *damage);

static inline bool dom_is(const struct dom *d, const char *name)
{
	if (d->kind != DOM_ELEMENT)
		return false;
	for (const char *s = d->name; *s == *name; s++, name++)
		if (*s == '\0')
			return true;
	return false;
}
bool dom_is_one_of(const struct dom *d, const char *names);	/* blank-separated */
bool dom_is_in(const struct dom *d, const struct dom *outer);	/* is d `outer`, or in it? */
const struct dom *dom_first_element(const struct dom *el);	/* its first child that is one, or NULL */
const struct dom *dom_child(const struct dom *el, const char *name);	/* the first child element so called; NULL; el may be NULL */
const struct dom *dom_sibling(const struct dom *el, const char *name);	/* the next sibling element so called, or NULL */
const struct dom *dom_path(const struct dom *el, const char *path);	/* "head/title": child by child; NULL */
const struct dom *dom_find(const struct dom *el, const char *name);	/* the first descendant so called, in order; NULL */
const struct xml_attr *dom_attr(const struct dom *el, const char *name);	/* by local name; NULL */
bool dom_attr_is(const struct dom *el, const char *name, const char *value);	/* in any case */
/* Walks over all below `top` in order: the node behind `d`, its children first; NULL at the end.  dom_after() leaves them out. */
const struct dom *dom_next(const struct dom *top, const struct dom *d);
const struct dom *dom_after(const struct dom *top, const struct dom *d);

#endif
