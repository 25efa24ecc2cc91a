/* Reading JSON, with the place of everything.  A file that is damaged is read as far as it makes sense and beyond: a missing
 * end closes what is open, a raw control byte in a string is part of it, a comma too many is passed over. */
#ifndef WL_JSON_TREE_H
#define WL_JSON_TREE_H

#include "util/arena.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct json {
	enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT } kind;
	const char *key;		/* decoded, NUL-terminated; "" outside of an object */
	uint32_t at, end;		/* the raw bytes; of a string those between its quotation marks */
	bool value;			/* of a JSON_BOOL */
	struct json *parent, *first, *last, *next;
};

/* What is damaged: the first place of each kind of damage, linked by `more`, in the arena. */
struct json_error { uint32_t at; const char *message; struct json_error *more; };	/* message: a literal; NULL: none */

/* Bytes that are UTF-8; the tree lies in the arena.  NULL if there is no value at all.  What stands behind the value is damage,
 * unless it is an object on a line of its own behind an object; values there are its `next`.  At most 256 deep: what is deeper is damage and left out.  Time is linear. */
struct json *json_tree(struct arena *arena, const char *s, size_t n, struct json_error *damage);

const struct json *json_get(const struct json *object, const char *key);	/* NULL if absent; object may be NULL or no object */
const struct json *json_at(const struct json *v, const char *path);		/* "rights/usage": key by key */
bool json_is(const char *s, const struct json *v, const char *what);		/* is it that string? (raw comparison) */

/* Appends what a string says, its escapes resolved; damage in it as it stands. */
void json_unescape(struct buf *out, const char *s, const struct json *v);

/* One step through the raw content of a string: the bytes of the escape at s with what it stands for in out, or 0 where no escape
 * stands.  A surrogate pair is one escape; half a pair gives U+FFFD and *lone = true. */
size_t json_escape(const char *s, size_t n, char out[4], size_t *outlen, bool *lone);

#endif
