/* The words of a stretch of text, many at a time: where they stand and what tables know them by.
 *
 * A word is a run of characters that utf8_word() takes: letters and digits of ASCII, and nearly all there is from U+0080 on.  Text is
 * looked at 64 bytes at a time: a bit a byte says whether it is of a word, so that the end of a word is no surprise to the processor,
 * which costs more than the work on its letters. */
#ifndef WL_UTIL_WORDS_H
#define WL_UTIL_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of a word's ASCII letters and digits, case folded; a dotted capital I, a dotless i are an i, the signs for kelvin and the long s are
 * letters.  So are Cyrillic's basic letters; all other characters from 0x80 count for nothing: words that are the same but for case
 * have the same hash, in any language, and few others. */
uint64_t words_hash(const char *s, size_t n);

struct words_run {
	uint32_t at, n;			/* bytes */
	bool high;			/* characters from 0x80 are in it, and no more is said of it */
	bool digit;			/* a digit is in it */
	uint64_t hash;			/* words_hash() */
};

enum { WORDS_AT_ONCE = 128 };

struct words_reader {
	const char *s;
	uint32_t at, z;			/* what is still to be read */
	uint32_t most;			/* words read at a time: few at first, since some want the first one alone */
	const struct words_run *next, *end;	/* what was read: of run[], or of somebody who keeps the words */
	struct words_run run[WORDS_AT_ONCE];
};

/* s[a..z) is valid UTF-8 and begins with a whole character. */
void words_start(struct words_reader *r, const char *s, uint32_t a, uint32_t z);
void words_more(struct words_reader *r);	/* the next ones into next..end; none behind the last */

/* The next word; NULL behind the last. */
static inline const struct words_run *
words_read(struct words_reader *r)
{
	if (r->next == r->end) {
		words_more(r);
		if (r->next == r->end)
			return NULL;
	}
	return r->next++;
}

#endif
