/* Where a pattern can begin, read off its text without compiling it. */
#ifndef WL_TRIGGER_H
#define WL_TRIGGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TRIGGER_WORDS_MAX = 128, TRIGGER_LITERAL = 8 };

/* What else must stand where a match begins. */
struct beginning {
	char literal[TRIGGER_LITERAL];	/* the bytes that it begins with, as far as there is but one way */
	uint8_t nliteral;
	bool looks;			/* the following say anything */
	bool one;			/* one character may be all of it: nothing is known of the next */
	uint64_t marks;			/* which of U+2000 to U+203F it may begin with: nearly all curly marks and dashes */
	uint8_t next[32];		/* a bit for each byte that may follow its first character */
};

struct trigger {
	enum { BEGINS_AT_START, BEGINS_WITH_WORD, BEGINS_WITH_BYTE } kind;
	uint8_t bytes[32];		/* a bit a byte; BEGINS_AT_START: all where it may match nothing */
	bool at_word;			/* BEGINS_WITH_BYTE: only where a word begins */
	uint64_t words[TRIGGER_WORDS_MAX];	/* BEGINS_WITH_WORD: matcher_word_hash() of each whole first word */
	size_t nwords;
	bool empty;			/* it may match nothing */
	struct beginning beginning;
};

/* Every match of the pattern begins as *t says.  false: that could not be told from the text. */
bool trigger_derive(const char *pattern, size_t n, bool caseless, bool extended, struct trigger *t);

#endif
