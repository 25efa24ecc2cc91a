/* What the readers of RSS and Atom share. */
#ifndef WL_FEED_H
#define WL_FEED_H

#include "read/xml_file.h"

/* Is el called `name` in the vocabulary `module` ("dc", "media", "content" ...; NULL: the feed's own)?  Feeds mix vocabularies that
 * have names in common (title, media:title), and some forget to declare them: then the prefix tells. */
static inline bool feed_is(const struct dom *el, const char *module, const char *name);
bool feed_is_of(const struct dom *el, const char *module);	/* the same whatever the element is called */
const struct dom *feed_child(const struct dom *el, const char *module, const char *name);	/* the first; NULL */
const struct dom *feed_next(const struct dom *el, const char *module, const char *name);	/* the next sibling; NULL */

/* The items of a feed, in order; at the end, NULL.  In a damaged file an item may stand in one that did not end: it is taken out. */
const struct dom *const *feed_items(struct xml_file *x, const char *name);
/* Where the part of the file that an item is read from ends; next: the item behind it, or NULL. */
static inline uint32_t feed_item_end(const struct dom *item, const struct dom *next)
{
	return next == NULL ? UINT32_MAX : next->at < item->end ? next->at : item->end;
}

enum feed_type { FEED_PLAIN, FEED_HTML, FEED_POST, FEED_XHTML, FEED_OTHER };		/* a post: HTML as WordPress keeps it */
/* What an Atom element says its content is (type, Atom 0.3's mode). */
enum feed_type feed_type_of(const struct dom *el);
/* About how much a reader would see of it: bytes that are neither tags nor blanks.  0 if el is NULL. */
size_t feed_weight(const struct layer *l, const struct dom *el);
/* The text of an element whose content is of that type as the open piece of the flow: both layers of references are resolved. */
void feed_put(struct flow *f, const struct layer *l, const struct dom *el, enum feed_type type);
struct field *feed_field(struct flow *f, const struct layer *l, const struct dom *el, enum feed_type type, enum field_name name,
    const char *key);
/* The same as blocks: a story or a part of it.  All of them of that kind, unless it is BLOCK_PARAGRAPH; how many there are. */
size_t feed_body(struct flow *f, const struct layer *l, const struct dom *el, enum feed_type type, enum block_kind kind);

/* What is in the open piece is a block of that kind already, one of the last few. */
bool feed_said(const struct flow *f, enum block_kind kind);
/* The address in an attribute as a picture, unless the element says that it is something else. */
void feed_image(struct flow *f, const struct layer *l, const struct dom *el, const char *attr, const char *key);
/* Pictures of an item (Media RSS): captions, each with its credits, addresses, copyright. */
void feed_media(struct flow *f, const struct layer *l, const struct dom *item);
/* What the feed says of itself that concerns each of its items: its own elements and those of Dublin Core, all together no more than
 * a few kilobytes. */
struct feed_head { const struct dom *v[24]; size_t n; };
void feed_head(struct feed_head *out, const struct dom *feed);
const struct dom *feed_head_child(const struct feed_head *head, const char *name);	/* of the feed's own vocabulary; NULL */
/* Copyright and licences of an item and of the feed. */
void feed_rights(struct flow *f, const struct layer *l, const struct dom *item, const struct feed_head *head);
/* The language that the item, the feed or what they stand in declares. */
void feed_language(struct flow *f, const struct layer *l, const struct dom *item, const struct feed_head *head);
/* The words of an element, in the arena; NULL if there are none or it is NULL.  For an item's id. */
const char *feed_words(struct arena *arena, const struct layer *l, const struct dom *el);

static inline bool
feed_is(const struct dom *el, const char *module, const char *name)
{
	return dom_is(el, name) && feed_is_of(el, module);
}

#endif
