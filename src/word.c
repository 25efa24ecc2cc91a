/* What words are known by. */
#include "word.h"

uint64_t
matcher_word_hash(const char *s, size_t n)
{
	const char *end = s + n;
	uint64_t h = WORD_HASH_INIT;

	while (s < end) {
		unsigned cp;

		s += utf8_decode(s, end, &cp);
		if (cp >= 0x80)
			h = word_hash_add_high(h, cp);
		else if (word_ascii((unsigned char)cp))
			h = word_hash_add(h, (unsigned char)cp);
	}
	return word_hash_end(h);
}
