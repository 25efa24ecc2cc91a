/* Names the blocks that a reader could only call paragraphs, and cuts datelines and credits out of them. */
#include "classify.h"

#include "classify_int.h"

#include <string.h>

static bool
is_separator(const char *s, size_t n)
{
	size_t marks = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == ' ')
			continue;
		if (strchr("_-*=~", s[i]) == NULL)
			return false;
		marks++;
	}
	return marks >= 2;
}

void
classify(struct article *a, const char *declared)
{
	bool lead = false;

	if (declared != NULL)
		a->lang = arena_strdup(&a->arena, declared);
	for (size_t i = 0; i < a->nblocks; i++) {
		struct block *b = &a->blocks[i];
		const char *s = a->text.s + b->at.a;
		size_t n = range_len(b->at);

		if (b->from_markup)
			continue;
		if (is_separator(s, n)) {
			b->kind = BLOCK_SEPARATOR;
			b->confidence = SURE;
		} else if (n > 8 && n < 120 && i + 6 > a->nblocks && strncmp(s, "Source: ", 8) == 0) {
			b->kind = BLOCK_SOURCE;
			b->confidence = SURE;
		} else if (!lead) {
			b->kind = BLOCK_LEAD;
			b->confidence = LIKELY;
			lead = true;
		}
	}
}
