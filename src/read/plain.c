/* Paragraphs of plain copy. */
#include "read/plain.h"

#include <string.h>

size_t
plain_blocks(struct flow *f, const struct layer *l, uint32_t a, uint32_t z)
{
	size_t made = 0;

	while (a < z) {
		uint32_t end = a;

		while (end < z && l->s[end] != '\n' && l->s[end] != '\r')
			end++;
		flow_put(f, l, a, end, FLOW_LITERAL);
		made += flow_paragraph(f) != NULL;
		a = end + 1;
	}
	return made;
}
