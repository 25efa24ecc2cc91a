/* Lines and columns. */
#include "source.h"

#include "source_decode.h"
#include "util/utf8.h"

#include <stdlib.h>

void
source_lines_free(struct source_lines *l)
{
	free(l);
}

struct place
source_place(struct source *src, uint32_t at)
{
	struct place p = { at, 1, 1 };
	uint32_t i, from = src->bom ? 3 : 0;

	for (i = from; i < at && i < src->raw_len; i++)
		if (src->raw[i] == '\n' || (src->raw[i] == '\r' && !(i + 1 < src->raw_len && src->raw[i + 1] == '\n'))) {
			p.line++;
			from = i + 1;
		}
	p.column = 1 + (at > from ? (uint32_t)utf8_count(src->raw + from, at - from) : 0);
	return p;
}

uint32_t
source_line_count(struct source *src)
{
	return source_place(src, (uint32_t)src->raw_len).line;
}

struct span
source_line_span(struct source *src, uint32_t line)
{
	struct span s = { 0, (uint32_t)src->raw_len };
	uint32_t i, at = 1;

	for (i = 0; i < src->raw_len; i++)
		if (src->raw[i] == '\n') {
			if (at == line) {
				s.z = i > s.a && src->raw[i - 1] == '\r' ? i - 1 : i;
				break;
			}
			at++;
			s.a = i + 1;
		}
	return s;
}
