/* Quotations of an article: a first, plain reading of double marks, block by block. */
#include "analysis.h"

#include "util/xmalloc.h"

#include <string.h>

static void
scan_block(struct analysis *an, uint32_t block)
{
	const struct block *b = &an->article->blocks[block];
	const char *s = an->article->text.s;
	struct quotation *q = NULL;
	uint32_t i, len;

	for (i = b->at.a; i < b->at.z; i += len) {
		len = 1;
		if (b->at.z - i >= 3 && (memcmp(s + i, "\xe2\x80\x9c", 3) == 0 || memcmp(s + i, "\xe2\x80\x9d", 3) == 0))
			len = 3;
		else if (s[i] != '"')
			continue;
		if (q == NULL && !(len == 3 && s[i + 2] == '\x9d')) {
			q = &XPUSH(an->quotations, an->nquotations, an->capquotations);
			memset(q, 0, sizeof *q);
			q->at.a = i;
			q->inside.a = i + len;
			q->block = block;
			q->run = (uint32_t)(an->nquotations - 1);
			q->at.z = q->inside.z = b->at.z;
		} else if (q != NULL && !(len == 3 && s[i + 2] == '\x9c')) {
			q->closed = true;
			q->inside.z = i;
			q->at.z = i + len;
			q = NULL;
		}
	}
}

void
analysis_quotations(struct analysis *an)
{
	if (an->have_quotations)
		return;
	an->have_quotations = true;
	for (size_t i = 0; i < an->article->nblocks; i++)
		scan_block(an, (uint32_t)i);
}
