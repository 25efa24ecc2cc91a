/* SHA-256, as FIPS 180-4 describes it. */
#ifndef WL_SHA256_H
#define WL_SHA256_H

#include <stddef.h>

void sha256(const void *s, size_t n, unsigned char out[32]);
/* The digest in base64, 44 characters and a NUL: as integrity attributes and Content-Security-Policy take it behind "sha256-". */
void sha256_base64(const void *s, size_t n, char out[45]);

#endif
