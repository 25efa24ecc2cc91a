/* Paragraphs of plain copy, wherever it stands: a text file, the body of a mail or of a wire's message, a JSON string.  One
 * paragraph a line, or wrapped lines with blank lines or indentation between paragraphs: the copy's own lines tell which. */
#ifndef WL_PLAIN_H
#define WL_PLAIN_H

#include "read/layer.h"

/* Makes blocks of [a, z) of the layer: paragraphs that classify is to name.  The number of blocks made. */
size_t plain_blocks(struct flow *f, const struct layer *l, uint32_t a, uint32_t z);

#endif
