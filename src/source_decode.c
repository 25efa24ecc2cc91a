/* Decoding. */
#include "source_decode.h"

#include <stdlib.h>
#include <string.h>

void
source_decode(struct source *src, const struct source_options *opt)
{
	(void)opt;
	src->encoding = ENC_UTF8;
	src->bom = src->raw_len >= 3 && memcmp(src->raw, "\xEF\xBB\xBF", 3) == 0;
	src->s = src->raw + (src->bom ? 3 : 0);
	src->len = src->raw_len - (src->bom ? 3 : 0);
}

void
source_map_free(struct source_map *m)
{
	free(m);
}

bool
source_is_binary(const struct source *src, const char **what)
{
	*what = "binary data";
	return src->len != 0 && memchr(src->s, 0, src->len) != NULL;
}

struct span
source_span(const struct source *src, struct extent e)
{
	uint32_t off = src->bom ? 3 : 0;

	return (struct span){ e.a + off, e.z + off };
}

struct extent
source_extent(const struct source *src, struct span p)
{
	uint32_t off = src->bom ? 3 : 0;

	return (struct extent){ p.a < off ? 0 : p.a - off, p.z < off ? 0 : p.z - off };
}

const char *
source_slice(const struct source *src, struct span on_disk, size_t *n)
{
	struct extent e = source_extent(src, on_disk);

	*n = e.z - e.a;
	return src->s + e.a;
}
