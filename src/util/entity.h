/* Character references of HTML and XML. */
#ifndef WL_ENTITY_H
#define WL_ENTITY_H

#include <stddef.h>

/* The reference at s, which begins with '&': its bytes, with what it stands for in out (UTF-8); 0 if it is none.  Names are HTML's,
 * of which XML's five are a part; some old ones need no semicolon ("&copy 2026").  Numbers as HTML reads them: &#146; is U+2019,
 * what is no character is U+FFFD. */
enum { ENTITY_MOST = 8 };
size_t entity_at(const char *s, size_t n, char out[ENTITY_MOST], size_t *outlen);

#endif
