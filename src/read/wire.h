/* What the readers of the wire's old formats share: messages framed by control characters. */
#ifndef WL_WIRE_H
#define WL_WIRE_H

#include "read/layer.h"
#include "reader.h"
#include "source/source.h"

enum { SOH = 1, STX = 2, ETX = 3, EOT = 4, BEL = 7, FF = 12, DC1 = 17, DC4 = 20, SYN = 22, DEL = 127 };

/* A message: its header is [head, text), its text [text, end), what stands behind that up to the next message [end, next). */
struct wire { uint32_t head, text, end, next; };
/* The message that begins at or behind `at`: SOH, and STX in the same message; one that is cut short ends where the file does.  false:
 * there is none. */
bool wire_next(const struct source *src, uint32_t at, struct wire *out);

/* A file of messages.  Control characters that frame them are no fault of the copy: what is remarked of them is dropped but for the
 * stretches that are marked as copy, in their order. */
struct wire_file {
	struct source *src;
	struct layer layer;
	uint32_t done;			/* what is remarked before it stays */
};
void wire_is_copy(struct wire_file *x, uint32_t a, uint32_t z);
/* Reads each message as an item: `put` fills the article. */
bool wire_read(struct source *src, struct intake *in, const char *format, void (*put)(struct flow *f, struct wire_file *x, const struct wire *w));

/* A line without its end and the blanks at its ends; what is behind it. */
struct wire_line { uint32_t a, z, next; };
struct wire_line wire_line_at(const char *s, uint32_t at, uint32_t end);

#endif
