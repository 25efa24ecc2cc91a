/* A growing byte string.  `s` is always terminated by a NUL that `n` does not count, and is never NULL after
 * buf_init().  The bytes may hold NULs: use `n`, not strlen(). */
#ifndef WL_BUF_H
#define WL_BUF_H

#include <stddef.h>

struct buf {
	char *s;
	size_t n, cap;
};

#define BUF_INIT { (char *)"", 0, 0 }

void buf_init(struct buf *b);
void buf_release(struct buf *b);		/* frees; the buffer is empty and usable after it */
void buf_clear(struct buf *b);			/* empty, memory kept */
void buf_room(struct buf *b, size_t extra);	/* make room for `extra` more bytes */
void buf_add(struct buf *b, const void *s, size_t n);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_putcp(struct buf *b, unsigned cp);	/* a code point as UTF-8 */
void buf_putu(struct buf *b, unsigned long long v);	/* a number in decimal */
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
