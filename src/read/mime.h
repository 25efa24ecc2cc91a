/* Mail as it is put together: header fields, encoded words, parts, transfer encodings. */
#ifndef WL_MIME_H
#define WL_MIME_H

#include "read/layer.h"
#include "source/source.h"

/* A header field: "Subject: ..." with the lines that it is folded over.  The value is without blanks at its ends. */
struct mime_field { uint32_t name, name_end, a, z, next; };
/* The field at `at`; false where the header ends (an empty line, or what is no field); out->next is behind the empty line then. */
bool mime_field(const char *s, uint32_t at, uint32_t end, struct mime_field *out);
bool mime_field_is(const char *s, const struct mime_field *f, const char *name);	/* in any case */

struct mime_charset {
	enum encoding encoding;
	bool known;			/* it is one that can be decoded; none is known, and UTF-8 */
	bool ascii;			/* none, or ASCII */
	uint32_t a, z;			/* where it is named; equal if it is not */
};
void mime_charset(const char *s, uint32_t a, uint32_t z, struct mime_charset *out);

enum mime_transfer { MIME_PLAIN, MIME_QUOTED, MIME_BASE64 };
struct mime_part {
	uint32_t a, z;			/* its content */
	enum mime_transfer transfer;
	struct mime_charset charset;
	char type[64];			/* "text/plain", in lower case */
	uint32_t boundary, boundary_end;	/* of a multipart type */
	bool attached;
	bool flowed, delsp;		/* RFC 3676: lines that end with a blank go on */
	bool unended;			/* no empty line ends the header */
};
/* Reads the header of the part at `at`, whose content ends at `end`. */
void mime_part(const char *s, uint32_t at, uint32_t end, struct mime_part *out);
/* A boundary for a multipart one that names none: its first line that looks like one. */
bool mime_guess_boundary(const char *s, struct mime_part *part);
/* The next part of a multipart one, from *at on; its [a, z) is header and all.  false: there is none.  *ended: the last boundary says
 * that no part follows. */
bool mime_next(const char *s, const struct mime_part *whole, uint32_t *at, uint32_t *a, uint32_t *z, bool *ended);

/* Appends a part's content, decoded, with its map.  What was odd is remarked in src, which may be NULL. */
void mime_decode(struct text *to, const struct layer *l, const struct mime_part *part, struct source *src);
/* Appends a header field's value: its encoded words (RFC 2047) decoded. */
void mime_value(struct text *to, const struct layer *l, uint32_t a, uint32_t z, struct source *src);

#endif
