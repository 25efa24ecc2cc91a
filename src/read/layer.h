/* What readers share: layers and flows.
 *
 * A layer is a run of characters that a reader looks at: the source, or a text that was decoded from it (a JSON string whose
 * content is HTML; escaped HTML in a feed).  Whatever is taken from a layer keeps its way back to the file, through as many
 * layers as there are.
 *
 * A flow makes fields and blocks of what is taken: it appends characters to the article's text, resolves references, makes one
 * blank of a run of white space, and leaves out blanks at both ends.
 *
 *	<p>AT&amp;T <b>rose</b>	flow_put() of "AT&amp;T ", then of "rose", then flow_block(): a block "AT&T rose"
 */
#ifndef WL_LAYER_H
#define WL_LAYER_H

#include "article.h"
#include "source/source.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct layer {
	const char *s;			/* UTF-8 */
	uint32_t n;
	const struct text *outer;	/* the text whose characters s are; NULL: s is the decoded source */
};
struct layer layer_of_source(const struct source *src);
struct layer layer_of_text(const struct text *t);
/* Where a range of the layer stands in the source. */
struct extent layer_extent(const struct layer *l, uint32_t a, uint32_t z);
/* Appends a range of the layer, as it stands, with its map. */
void layer_copy(struct text *to, const struct layer *l, uint32_t a, uint32_t z);
/* The same with references resolved and white space kept: the text of a second layer (escaped HTML in XML). */
void layer_decode(struct text *to, const struct layer *l, uint32_t a, uint32_t z);

enum flow_mode {
	FLOW_LITERAL,			/* characters as they stand (CDATA, plain text) */
	FLOW_MARKUP,			/* references of HTML and XML are resolved */
};

struct flow {
	struct article *a;
	uint32_t start;			/* of the open piece in the text */
	bool any;			/* it holds something */
	bool blank;			/* white space is waiting to be put in as one blank: */
	struct extent blank_at;
	char blank_char;		/* what is put in: ' ', or the white space that a reference stands for */
	enum seg_kind blank_kind;
	uint32_t paragraph;		/* number of the last paragraph made */
};
/* After article_reset(). */
void flow_init(struct flow *f, struct article *a);
/* Takes the characters [a, z) of the layer. */
void flow_put(struct flow *f, const struct layer *l, uint32_t a, uint32_t z, enum flow_mode mode);
/* One character (or a few) that something in [a, z) stands for: an escape of Markdown, a dash of ANPA. */
void flow_char(struct flow *f, const struct layer *l, enum seg_kind kind, const char *s, size_t n, uint32_t a, uint32_t z);
/* White space, or markup that stands for it (<br>): one blank, if something stands before and behind it. */
void flow_blank(struct flow *f, const struct layer *l, uint32_t a, uint32_t z);
/* Ends the open piece.  As a block of its own paragraph; NULL if there was nothing in it.  `from_markup` says that the
 * format named the kind; a block that is just a paragraph is left to classify (kind BLOCK_PARAGRAPH, WEAK, false). */
struct block *flow_block(struct flow *f, enum block_kind kind, enum certainty c, bool from_markup);
/* A further piece of the same paragraph as the last block (the credit behind a caption). */
struct block *flow_block_beside(struct flow *f, enum block_kind kind, enum certainty c, bool from_markup);
struct block *flow_paragraph(struct flow *f);		/* flow_block(f, BLOCK_PARAGRAPH, WEAK, false) */
/* Ends the open piece as a field.  `key` is what the format calls it, a string that outlives the article; may be NULL.  NULL
 * if there was nothing in it. */
struct field *flow_field(struct flow *f, enum field_name name, const char *key);
/* The block's characters are a field too. */
struct field *flow_field_of(struct flow *f, const struct block *b, enum field_name name, const char *key);
/* The paragraphs among the blocks made since there were `from` are of that kind: they stand in a summary or a caption. */
void flow_name(struct flow *f, size_t from, enum block_kind kind);
void flow_drop(struct flow *f);				/* forgets the open piece */

/* A field or block whose whole content is [a, z) of the layer. */
struct field *flow_whole_field(struct flow *f, const struct layer *l, uint32_t a, uint32_t z, enum flow_mode mode,
    enum field_name name, const char *key);
struct block *flow_whole_block(struct flow *f, const struct layer *l, uint32_t a, uint32_t z, enum flow_mode mode,
    enum block_kind kind);		/* sure, from markup */

#endif
