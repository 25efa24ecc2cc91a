#include "source/source_mend.h"

#include "util/arena.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum eol { EOL_LF, EOL_CRLF, EOL_CR, EOL_KINDS };
enum { BLANK_LINES = 2 };		/* so many in a row may stand */

static const char *const eols[EOL_KINDS] = { "\n", "\r\n", "\r" };

struct mending {
	struct mend *v;
	size_t n, cap;
	const char *s;
};

static void
add(struct mending *m, const char *a, const char *z, const char *text)
{
	XPUSH(m->v, m->n, m->cap) = (struct mend){ { (uint32_t)(a - m->s), (uint32_t)(z - m->s) }, text };
}

/* The line from `p`: where it ends, how it ends, where the next begins. */
static const char *
line_end(const char *p, const char *end, enum eol *kind, const char **next)
{
	while (p < end && *p != '\n' && *p != '\r')
		p++;
	*kind = p < end && *p == '\n' ? EOL_LF : p + 1 < end && p[1] == '\n' ? EOL_CRLF : EOL_CR;
	*next = p == end ? end : p + strlen(eols[*kind]);
	return p;
}

/* How most lines end; of equals, the one that comes first. */
static enum eol
usual_eol(const struct source *src)
{
	const char *p = src->s, *end = p + src->len, *next, *z;
	size_t count[EOL_KINDS] = { 0 }, first[EOL_KINDS] = { 0 };
	enum eol best = EOL_LF, kind;

	for (; p < end; p = next) {
		z = line_end(p, end, &kind, &next);
		if (z < end && count[kind]++ == 0)
			first[kind] = (size_t)(z - src->s);
	}
	for (kind = EOL_CRLF; kind < EOL_KINDS; kind++)
		if (count[kind] > count[best] || (count[kind] != 0 && count[kind] == count[best] && first[kind] < first[best]))
			best = kind;
	return best;
}

size_t
source_mend(const struct source *src, const struct remark *m, struct arena *arena, struct mend **mends)
{
	struct mending d = { .s = src->s };
	const char *p = src->s, *end = p + src->len, *next, *z, *from;
	enum eol usual, kind;
	size_t blank = 0;

	if (m->kind != REMARK_FINAL_NEWLINE && m->kind != REMARK_MIXED_EOL && m->kind != REMARK_TRAILING_BLANK &&
	    m->kind != REMARK_BLANK_LINES)
		return 0;
	usual = usual_eol(src);
	if (m->kind == REMARK_FINAL_NEWLINE)
		add(&d, end, end, eols[usual]);
	for (; p < end && m->kind != REMARK_FINAL_NEWLINE; p = next) {
		z = line_end(p, end, &kind, &next);
		for (from = z; from > p && (from[-1] == ' ' || from[-1] == '\t');)
			from--;
		blank = from == p && z < end ? blank + 1 : 0;
		if (m->kind == REMARK_MIXED_EOL && z < end && kind != usual)
			add(&d, z, next, eols[usual]);
		else if (m->kind == REMARK_TRAILING_BLANK && from < z)
			add(&d, from, z, "");
		else if (m->kind == REMARK_BLANK_LINES && blank > BLANK_LINES)
			add(&d, p, next, "");
	}
	*mends = ARENA_ARRAY(arena, struct mend, d.n + 1);
	if (d.n != 0)
		memcpy(*mends, d.v, d.n * sizeof *d.v);
	free(d.v);
	return d.n;
}

const char *
source_mend_words(const struct remark *m)
{
	switch (m->kind) {
	case REMARK_FINAL_NEWLINE:
		return "end the last line";
	case REMARK_MIXED_EOL:
		return "end all lines as most of them end";
	case REMARK_TRAILING_BLANK:
		return "take the blanks off the ends of lines";
	case REMARK_BLANK_LINES:
		return "leave two blank lines of more";
	default:
		return NULL;
	}
}
