/* A JSON string that holds a story, or a part of one: HTML, XHTML, NITF or plain copy. */
#ifndef WL_JSON_BODY_H
#define WL_JSON_BODY_H

#include "read/json_file.h"
#include "util/buf.h"

/* What is said of such a string: by its content type ("text/plain", "application/xhtml+xml"), its key ("body_xhtml") or its role. */
enum json_form {
	JSON_FORM_UNSAID,
	JSON_FORM_PLAIN,		/* references are none: "&amp;" stands for itself */
	JSON_FORM_HTML,
	JSON_FORM_XML,			/* XHTML or NITF */
};
enum json_form json_form_of(const char *s, size_t n);

/* Makes blocks of it.  What it holds has the last word: copy with tags is markup whatever is said of it.  The number of blocks made; the
 * paragraphs among them are of that kind unless it is BLOCK_PARAGRAPH. */
size_t json_body_form(struct flow *f, const struct json_file *x, const struct json *v, enum block_kind kind, enum json_form form);
/* The same of a string of which nothing is said. */
size_t json_body(struct flow *f, const struct json_file *x, const struct json *v, enum block_kind kind);

/* Does a tag of HTML or NITF stand in it?  "a < b" is none. */
bool json_has_tags(const struct text *t);

/* Appends the letters and digits of the string, in small letters as far as they are of ASCII, and leaves out markup, marks and white
 * space: two forms of one text have the same. */
void json_letters(struct buf *to, const struct json_file *x, const struct json *v);
/* Does the string begin with what `start` says? */
bool json_begins_with(const struct json_file *x, const struct json *v, const struct json *start);

#endif
