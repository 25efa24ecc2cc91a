/* text: decoded characters plus the map back to the source they came from.  One mechanism for entities, tags,
 * wrapped lines, escapes and encodings.  Example, from HTML:
 *
 *	source	A<b>T</b>&amp;T		text	AT&T
 *	segments	text 0..1 source 0..1 verbatim, 1..2 4..5 verbatim, 2..3 9..14 entity, 3..4 14..15 verbatim
 *
 * Segments lie without gap over the text and go forward in the source.  A break stands for white space, line ends or
 * markup between words: its text is one blank (or nothing), its source whatever stood there. */
#ifndef WL_TEXT_H
#define WL_TEXT_H

#include "source/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct range { uint32_t a, z; };	/* bytes of a text; z is exclusive */

enum seg_kind { SEG_VERBATIM, SEG_ENTITY, SEG_ESCAPE, SEG_BREAK };
const char *seg_kind_name(enum seg_kind k);	/* "verbatim", "entity", "escape", "break" */

enum { SEG_MAX = 1 << 29 };		/* bytes of source that a segment stands for: more are several, or a break that hides the rest */
struct seg {				/* a marked-up text has several a line: it is kept small */
	uint32_t text;			/* where it begins in the text; ends where the next begins */
	uint32_t src;			/* in the decoded source */
	uint32_t src_len : 30;
	enum seg_kind kind : 2;
};

struct text {
	char *s;			/* UTF-8, valid; may hold NUL; not terminated */
	size_t n, cap;			/* cap 0: `s` is somebody else's, see text_borrow() */
	struct seg *segs;
	size_t nsegs, capsegs;
};

void text_init(struct text *t);
void text_clear(struct text *t);	/* empty, memory kept (but not a monster's) */
void text_release(struct text *t);

/* Append.  text_verbatim() joins on to a verbatim segment that it continues.  All return nothing: text cannot fail. */
void text_verbatim(struct text *t, const char *s, size_t n, uint32_t src);
void text_segment(struct text *t, enum seg_kind kind, const char *s, size_t n, struct extent src);

/* The same as text_verbatim() for the first characters of an empty text, which outlive it (the source's): they are not
 * copied before something is appended that does not continue them. */
void text_borrow(struct text *t, const char *s, size_t n, uint32_t src);

/* Appends the characters `r` of `from` with their map: both have the same source. */
void text_append(struct text *to, const struct text *from, struct range r);

/* The same where `inner` was read from outer's text, so that inner's source offsets are offsets in outer->s: what `inner` says
 * of a stretch of outer's text becomes what `outer` says of the file.  `r` is a range of inner.  (HTML inside a JSON string:
 * outer is the decoded string, inner the text of its HTML.)  A verbatim piece of inner over an escape of outer is an escape. */
void text_compose(struct text *to, const struct text *outer, const struct text *inner, struct range r);

/* The source of a range.  An empty range lies right behind the character before it, or, at the start of a segment map,
 * right before the first. */
struct extent text_extent(const struct text *t, struct range r);

/* The segment that holds byte `at` (at < n). */
size_t text_seg_at(const struct text *t, uint32_t at);

static inline const char *text_at(const struct text *t, struct range r) { return t->s + r.a; }
static inline size_t range_len(struct range r) { return r.z - r.a; }

/* The range without the white space at its ends. */
struct range text_trim(const struct text *t, struct range r);

#endif
