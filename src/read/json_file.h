/* What the readers of JSON formats share: the file as a tree, its strings as text with the way back to the file, keys as fields,
 * strings as blocks. */
#ifndef WL_JSON_FILE_H
#define WL_JSON_FILE_H

#include "read/layer.h"
#include "reader.h"
#include "util/json_tree.h"

struct json_file {
	struct source *src;
	struct arena arena;
	struct layer layer;		/* of the source */
	const struct json *root;	/* NULL if there is no value in it */
};
/* Reads the tree; damage becomes a remark. */
void json_file_open(struct json_file *x, struct source *src);
void json_file_release(struct json_file *x);

/* Appends the characters of a string (or number) of the layer, its escapes resolved.  Half a surrogate pair is U+FFFD, with a
 * remark in src (which may be NULL). */
void json_text(struct text *to, const struct layer *l, const struct json *v, struct source *src);

/* A JSON string whose characters are a line of markup or plain: the open piece of the flow. */
void json_put(struct flow *f, const struct layer *l, const struct json *v, enum flow_mode mode, struct source *src);
/* The whole value as a field: a string or number; of an array each item a field of its own.  How many were made. */
size_t json_field(struct flow *f, const struct layer *l, const struct json *v, enum flow_mode mode, enum field_name name,
    const char *key, struct source *src);

/* Which key of an item is which field.  The path leads from object to object ("rights/usage"); of an array each item is a field, of
 * an object its "name", "literal", "text" or "description". */
struct json_key { const char *path; enum field_name field; };
void json_fields(struct flow *f, const struct json_file *x, const struct json *item, const struct json_key *keys, size_t n);

/* A string as a block, sure; NULL if there is nothing in it.  The second: a field too. */
struct block *json_block(struct flow *f, const struct json_file *x, const struct json *v, enum block_kind kind);
struct block *json_block_field(struct flow *f, const struct json_file *x, const struct json *v, enum block_kind kind,
    enum field_name name);
/* A string's or number's characters, for an item's name; NULL if it is none. */
const char *json_name(struct arena *arena, const struct json_file *x, const struct json *v);
bool json_is_text(const struct json *v);	/* a string with something in it */
/* The objects that a file holds, one after the other: the outermost, those of the outermost array, those that stand behind its end.
 * NULL gives the first; NULL at the end. */
const struct json *json_next_item(const struct json_file *x, const struct json *v);

#endif
