/* What is kept of a story to find copies of it by, without its text: a kilobyte or so.
 *
 * A digest in bytes, the same on every machine (numbers are LEB128, seven bits a byte, the lowest first, unless said otherwise):
 *
 *	"WD" 01				a digest, of this version; another version is refused
 *	words, quoted			units of the body; those of them in quotations
 *	whole				8 bytes, highest first: hash of all words
 *	published			seconds since 1970, zigzag (0, -1, 1, -2 ... are 0, 1, 2, 3 ...); 0: not said
 *	version				a number that the story calls its version; 0: not said
 *	flags				bit 0: bears a correction; 1: is withdrawn
 *	path, item, url, outlet, agency, byline		each: bytes, then so many, UTF-8; none is empty
 *	paragraphs			how many; of each:
 *	    kind			one byte: 0 prose, 1 embed, 2 caption, 3 credit
 *	    gap, length			its place on disk: bytes from the end of the one before (zigzag), and bytes
 *	    units, quoted
 *	    hash			8 bytes, highest first; of prose only where it has PARAGRAPH_LEAST units
 *	    prints			of prose: how many; 5 bytes each, highest first: bit 39 quoted, 38 to 0 the hash
 *	check				4 bytes, highest first: of hash_bytes() of all before
 *
 * What prints are, and what a unit: passage.h.  Two digests are compared by whole, paragraphs and prints; equal hashes make a candidate, which is
 * then to be held against the text. */
#ifndef WL_DIGEST_H
#define WL_DIGEST_H

#include "analysis/passage.h"
#include "source/source.h"
#include "util/arena.h"
#include "util/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DIGEST_VERSION = 1, PARAGRAPH_LEAST = 8 };

struct digest_print { uint64_t hash; bool quoted; };
struct digest_paragraph {
	enum paragraph_kind kind;
	struct span at;			/* on disk */
	uint32_t units, quoted;
	uint64_t hash;			/* 0: none */
	uint32_t first, nprints;	/* in prints */
};
/* Strings are terminated, "" where the story does not say it, and live in `arena`. */
struct digest {
	const char *path, *item;	/* where it lies; item "": the file's only one */
	const char *url;		/* its own address */
	const char *outlet;		/* who publishes it, as its metadata say */
	const char *agency;		/* whom the text is credited to: a canonical name (facts.h) */
	const char *byline;
	int64_t published;
	uint32_t version;
	bool corrected, withdrawn;
	uint32_t words, quoted;
	uint64_t whole;
	struct digest_paragraph *paragraphs;
	size_t nparagraphs, capparagraphs;
	struct digest_print *prints;
	size_t nprints, capprints;
	struct arena arena;
};

void digest_init(struct digest *d);
void digest_release(struct digest *d);
/* The digest of an article that has been classified, and of its words.  Whatever `d` held is forgotten. */
void digest_take(struct digest *d, const struct article *a, const struct passage *p);

/* Of it only what metadata and lines say: strings in `arena`; `d` need not be made or released. */
void digest_about(struct digest *d, const struct article *a, struct arena *arena);

void digest_encode(const struct digest *d, struct buf *out);	/* appends */
/* false: damaged, of another version, or not all there; *why says which, for a message: "is damaged".  n: all of it, nothing behind. */
bool digest_decode(struct digest *d, const void *bytes, size_t n, const char **why);

/* The host of an address: "https://www.paper.example/a" gives paper.example; *n 0 if there is none. */
const char *digest_host(const char *url, size_t *n);

#endif
