/* A story as it is kept where its file may not be at hand (an archive, a line of `wirelint digest`): what its digest does not hold of it, so that the article
 * can be had again, with all its places in the file that it was read from.
 *
 * Kept are the file's bytes in which the article's characters stand; of all others only where lines and characters end, which tells every line and column.
 * They are compressed (zlib): some 2 KB for a story of 600 words.
 *
 * In bytes (numbers as util/packed.h has them):
 *
 *	"WS" 01				a stored story, of this version; another version is refused
 *	length				of the rest, before it was compressed; then all the rest, compressed:
 *	path, format			strings
 *	item				1 and a string, or 0
 *	ordinal				which of the file's articles, from 0
 *	language, its certainty
 *	encoding, bytes			of the file: so many, ASCII characters outside of the article's text blank but for line ends
 *	segments			how many; of each: kind, gap from the end of the one before in the decoded file (signed), length there, and for all
 *					that are not verbatim the characters
 *	blocks				how many; of each: kind, bits (certainty, a blank line before, from markup, level), gap, length, paragraph (signed, from
 *					the one before), parts: how many, of each name, place in the block, length, value
 *	fields				how many; of each: name, place in the text (signed, from the end of the one before), length, key
 *	check				8 bytes: of hash_bytes() of all these */
#ifndef WL_STORED_H
#define WL_STORED_H

#include "article.h"
#include "source/source.h"
#include "util/arena.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STORED_VERSION = 1 };

/* Appends.  `ordinal`: which of its file's articles it is, from 0. */
void stored_encode(const struct article *a, uint32_t ordinal, struct buf *out);

struct stored {
	struct source source;
	struct article article;		/* as it was when it was stored: classified; its `src` is `source` */
	uint32_t ordinal;
	struct buf bytes;		/* what was compressed */
	struct arena arena;		/* the path */
};
void stored_init(struct stored *s);
void stored_release(struct stored *s);
/* false: damaged or of another version; *why says so, for a message: "is damaged".  Whatever `s` held is forgotten. */
bool stored_decode(struct stored *s, const void *bytes, size_t n, const char **why);

#endif
