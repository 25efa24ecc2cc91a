/* Strings of JSON as text with the way back to the file. */
#ifndef WL_JSON_TEXT_H
#define WL_JSON_TEXT_H

#include "read/layer.h"
#include "util/json_tree.h"

/* Appends the characters of a string (or number) of the layer, its escapes resolved.  Half a surrogate pair is U+FFFD, with a
 * remark in src (which may be NULL). */
void json_text(struct text *to, const struct layer *l, const struct json *v, struct source *src);

/* A JSON string whose characters are markup or plain: the open piece of the flow. */
void json_put(struct flow *f, const struct layer *l, const struct json *v, enum flow_mode mode, struct source *src);
/* The whole value as a field: a string or number; of an array each item a field of its own.  How many were made. */
size_t json_field(struct flow *f, const struct layer *l, const struct json *v, enum flow_mode mode, enum field_name name,
    const char *key, struct source *src);

#endif
