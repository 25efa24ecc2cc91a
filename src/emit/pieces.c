/* Pieces: the rank, the length, the bytes. */
#include "emit/pieces.h"

#include <string.h>

size_t
piece_begin(struct buf *out, unsigned char rank)
{
	static const size_t later = 0;

	buf_putc(out, (char)rank);
	buf_add(out, &later, sizeof later);
	return out->n;
}

void
piece_end(struct buf *out, size_t begun)
{
	size_t n = out->n - begun;

	memcpy(out->s + begun - sizeof n, &n, sizeof n);
}

bool
piece_next(const struct buf *pieces, size_t *at, struct piece *p)
{
	if (*at >= pieces->n)
		return false;
	p->rank = (unsigned char)pieces->s[*at];
	memcpy(&p->n, pieces->s + *at + 1, sizeof p->n);
	p->s = pieces->s + *at + 1 + sizeof p->n;
	*at += 1 + sizeof p->n + p->n;
	return true;
}
