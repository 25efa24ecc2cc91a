/* The parts of a source among themselves: guessing the encoding, decoding, the map between decoded and raw offsets, file
 * hygiene, lines. */
#ifndef WL_SOURCE_DECODE_H
#define WL_SOURCE_DECODE_H

#include "source/source.h"

/* From src->raw to src->s, with encoding, bom, map and remarks.  `opt` may be NULL. */
void source_decode(struct source *src, const struct source_options *opt);

void source_map_free(struct source_map *m);		/* NULL is fine */
void source_lines_free(struct source_lines *l);		/* NULL is fine */

/* Are as many remarks of this kind kept as ever will be?  Then a detail for a further one need not be made. */
bool source_remark_full(const struct source *src, enum remark_kind kind);

/* ---- source_scan.c ---- */

/* One pass over src->s: is it UTF-8, and what is there to remark of its lines, blanks and controls.  False, with nothing
 * remarked, when it is not.  *ascii: no byte above 7F. */
bool source_scan(struct source *src, bool *ascii);

/* ---- source_sniff.c ---- */

/* The length of a byte order mark, and whose it is; 0 if there is none. */
size_t sniff_bom(const char *s, size_t n, enum encoding *e);
/* UTF-16 without a byte order mark, told by where its NUL bytes stand. */
bool sniff_utf16(const char *s, size_t n, enum encoding *e);

/* The encoding that an XML declaration or an HTML meta element names. */
struct declared {
	bool found, known;	/* known: `encoding` is one that can be read */
	enum encoding encoding;
	size_t at, n;		/* the name */
};
struct declared sniff_declared(const char *s, size_t n);

/* Words for what binary thing the bytes are, "a JPEG image"; NULL where they may be text in one of the 8-bit encodings. */
const char *sniff_binary(const char *s, size_t n);

/* For bytes that are not UTF-8 and say nothing: ENC_UTF8 (damaged), ENC_WINDOWS_1252 or ENC_WINDOWS_1254. */
enum encoding sniff_8bit(const char *s, size_t n, const char *lang);

#endif
