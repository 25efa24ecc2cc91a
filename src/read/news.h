/* What the news formats in XML (NITF, NewsML, NewsML-G2) share: tables of what becomes a field, and the head of a story. */
#ifndef WL_NEWS_H
#define WL_NEWS_H

#include "read/layer.h"
#include "util/dom.h"

#include <stdbool.h>
#include <stddef.h>

/* A row of a table of fields: each element at `path` below the one that is read, by local names. */
struct news_row {
	const char *path;
	const char *attr;		/* its attribute; NULL: its text; NEWS_PARTY: see news_party() */
	enum field_name field;
	const char *key;		/* what the format calls it */
};
#define NEWS_PARTY ""

void news_rows(struct flow *f, const struct layer *l, const struct dom *top, const struct news_row *rows, size_t n);
/* Somebody or some place: the text of <name>, else the attribute literal, qcode or uri. */
void news_party(struct flow *f, const struct layer *l, const struct dom *el, enum field_name field, const char *key);
/* A field that is there without a value, at that place. */
void news_empty_field(struct flow *f, uint32_t a, uint32_t z, enum field_name field, const char *key);
/* Calls each() for every element at `path` below `top`, in order. */
void news_each(const struct dom *top, const char *path, void (*each)(const struct dom *el, void *arg), void *arg);

/* Which fields an article has: looks at each field once.  All 0 at its beginning. */
struct news_seen { size_t n; uint32_t names; };
bool news_has_field(struct news_seen *seen, const struct article *a, enum field_name name);

/* Is there anything but white space in el? */
bool news_has_text(const struct layer *l, const struct dom *el);
/* The text of a line as the open piece: what stands apart in it (a byline's title, a place's country, <br>) gets a blank. */
void news_put(struct flow *f, const struct layer *l, const struct dom *el);
/* Has the article anything to be read: more than a slug, a credit, a name? */
bool news_is_story(const struct article *a);

/* The head of a story: its lines are gathered from wherever they stand, then put out in reading order.  A line that says the
 * same as one that is there already (NITF's headline inside of an item that has it too) is left out. */
enum head_slot {
	HEAD_SLUG, HEAD_KICKER, HEAD_HEADLINE, HEAD_SUBHEAD, HEAD_STANDFIRST, HEAD_BYLINE, HEAD_DATELINE, HEAD_NOTE, HEAD_SLOTS
};
struct head_line {
	const struct dom *el;
	const struct xml_attr *attr;	/* NULL: el's text */
	const char *key;
	struct head_line *next;
};
struct head {
	struct arena *arena;
	const struct layer *layer;	/* of all its elements */
	struct head_line *first[HEAD_SLOTS], *last[HEAD_SLOTS];
};
void head_init(struct head *h, struct arena *arena, const struct layer *l);
void head_add(struct head *h, enum head_slot slot, const struct dom *el, const struct xml_attr *attr, const char *key);
/* Makes blocks, and fields of headlines, bylines and datelines. */
void head_put(struct head *h, struct flow *f);
/* Does el say the same as a line of the head's headlines? */
bool head_says(const struct head *h, const struct dom *el);

#endif
