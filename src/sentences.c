/* Sentences: for now a block is one. */
#include "analysis.h"

#include "util/xmalloc.h"

void
analysis_sentences(struct analysis *an)
{
	if (an->have_sentences)
		return;
	an->have_sentences = true;
	for (size_t i = 0; i < an->article->nblocks; i++)
		XPUSH(an->sentences, an->nsentences, an->capsentences) =
		    (struct sentence){an->article->blocks[i].at, (uint32_t)i};
}
