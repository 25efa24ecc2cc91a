/* SHA-256, as FIPS 180-4 describes it. */
#ifndef WL_SHA256_H
#define WL_SHA256_H

#include <stddef.h>

void sha256(const void *s, size_t n, unsigned char out[32]);

#endif
