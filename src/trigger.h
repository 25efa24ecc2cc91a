/* Where a pattern can begin, read off its text without compiling it. */
#ifndef WL_TRIGGER_H
#define WL_TRIGGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TRIGGER_WORDS_MAX = 128 };

struct trigger {
	enum { BEGINS_AT_START, BEGINS_WITH_WORD, BEGINS_WITH_BYTE } kind;
	uint8_t bytes[32];		/* BEGINS_WITH_BYTE: a bit a byte */
	bool at_word;			/* BEGINS_WITH_BYTE: only where a word begins */
	uint64_t words[TRIGGER_WORDS_MAX];	/* BEGINS_WITH_WORD: matcher_word_hash() of each whole first word */
	size_t nwords;
};

/* Every match of the pattern begins as *t says.  false: that could not be told from the text. */
bool trigger_derive(const char *pattern, size_t n, bool caseless, bool extended, struct trigger *t);

#endif
