/* By the highest byte first: numbers go into a bucket for each value of it, where they stand, and each bucket is sorted by the next byte. */
#include "util/sort64.h"

enum { FEW = 24 };

static void
insert_each(uint64_t *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		uint64_t x = v[i];
		size_t k = i;

		for (; k > 0 && v[k - 1] > x; k--)
			v[k] = v[k - 1];
		v[k] = x;
	}
}

static void
sort_from(uint64_t *v, size_t n, unsigned shift)
{
	size_t at[256], end[256] = { 0 }, from = 0;

	if (n <= FEW) {
		insert_each(v, n);
		return;
	}
	for (size_t i = 0; i < n; i++)
		end[v[i] >> shift & 255]++;
	for (unsigned b = 0; b < 256; b++) {
		at[b] = from;
		from = end[b] += from;
	}
	/* each number is carried to its bucket, and what stood there is carried on, until the chain comes back */
	for (unsigned b = 0; b < 256; b++)
		while (at[b] < end[b]) {
			uint64_t x = v[at[b]];

			for (unsigned own; (own = x >> shift & 255) != b;) {
				uint64_t other = v[at[own]];

				v[at[own]++] = x;
				x = other;
			}
			v[at[b]++] = x;
		}
	for (unsigned b = 0; shift != 0 && b < 256; b++) {
		from = b == 0 ? 0 : end[b - 1];
		if (end[b] - from > 1)
			sort_from(v + from, end[b] - from, shift - 8);
	}
}

void
sort64(uint64_t *v, size_t n)
{
	sort_from(v, n, 56);
}
