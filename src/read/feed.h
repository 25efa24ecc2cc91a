/* What the readers of RSS and Atom share. */
#ifndef WL_FEED_H
#define WL_FEED_H

#include "read/xml_file.h"

/* Is el called `name` in the vocabulary `module` ("dc", "media", "content" ...; NULL: the feed's own)?  Feeds mix vocabularies that
 * have names in common (title, media:title), and some forget to declare them: then the prefix tells. */
bool feed_is(const struct dom *el, const char *module, const char *name);
const struct dom *feed_child(const struct dom *el, const char *module, const char *name);	/* the first; NULL */
const struct dom *feed_next(const struct dom *el, const char *module, const char *name);	/* the next sibling; NULL */

enum feed_type { FEED_PLAIN, FEED_HTML, FEED_XHTML, FEED_OTHER };
/* What an Atom element says its content is (type, Atom 0.3's mode). */
enum feed_type feed_type_of(const struct dom *el);
/* The text of an element whose content is of that type as the open piece of the flow: both layers of references are resolved. */
void feed_put(struct flow *f, const struct layer *l, const struct dom *el, enum feed_type type);
struct field *feed_field(struct flow *f, const struct layer *l, const struct dom *el, enum feed_type type, enum field_name name,
    const char *key);
/* The same as blocks: a story or a part of it.  All of them of that kind, unless it is BLOCK_PARAGRAPH; how many there are. */
size_t feed_body(struct flow *f, const struct layer *l, const struct dom *el, enum feed_type type, enum block_kind kind);

/* Pictures of an item (Media RSS): captions, credits, addresses, copyright. */
void feed_media(struct flow *f, const struct layer *l, const struct dom *item);
/* What the feed says of itself, for each of its items: its children that are none, the first of them. */
struct feed_head { const struct dom *v[64]; size_t n; };
void feed_head(struct feed_head *out, const struct dom *feed, const char *item);
const struct dom *feed_head_child(const struct feed_head *head, const char *name);	/* of the feed's own vocabulary; NULL */
/* Copyright and licences of an item and of the feed. */
void feed_rights(struct flow *f, const struct layer *l, const struct dom *item, const struct feed_head *head);
/* The language that the item, the feed or what they stand in declares. */
void feed_language(struct flow *f, const struct layer *l, const struct dom *item, const struct feed_head *head);
/* The words of an element, in the arena; NULL if there are none or it is NULL.  For an item's id. */
const char *feed_words(struct arena *arena, const struct layer *l, const struct dom *el);

#endif
