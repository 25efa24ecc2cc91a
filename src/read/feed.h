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
/* Dublin Core and licences, of an item or of the feed. */
void feed_rights(struct flow *f, const struct layer *l, const struct dom *el);
/* The language that el or what it stands in declares. */
void feed_language(struct flow *f, const struct layer *l, const struct dom *el);
/* The words of an element, in the arena; NULL if there are none or it is NULL.  For an item's id. */
const char *feed_words(struct arena *arena, const struct layer *l, const struct dom *el);

#endif
