/* One pass over the decoded bytes: are they UTF-8, and what is there to remark of line ends, blanks, tabs and controls.
 *
 * Every file goes through here, so the pass looks at sixteen bytes at a time for anything but printable ASCII and handles only
 * what it finds: line ends, tabs, controls, and stretches of multi-byte characters. */
#include "source/source_decode.h"

#include "util/next_of.h"
#include "util/utf8.h"

#include <string.h>

enum eol { EOL_LF, EOL_CRLF, EOL_CR, EOL_KINDS };

struct scan {
	struct source *src;
	const char *s, *end;
	const char *line;			/* where the line begins */
	size_t eols[EOL_KINDS];
	const char *first_eol[EOL_KINDS];
	size_t trailing, tabs, blank_runs;	/* how many there are, and where the first is */
	const char *first_tab;
	struct extent first_trailing, first_blank_run;
	size_t blank_lines;			/* in a row up to here */
	unsigned control;			/* the control remarked last, and where it ended */
	const char *control_end;
};

/* All but printable ASCII. */
static const struct byte_set odd = {{0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F}, 0x80, 0x1F};

static struct extent
extent_of(const struct scan *c, const char *a, const char *z)
{
	return (struct extent){ (uint32_t)(a - c->s), (uint32_t)(z - c->s) };
}

/* A control character: one remark for a run of the same. */
static void
control(struct scan *c, const char *at, size_t n, unsigned cp)
{
	struct source *src = c->src;

	if (cp == c->control && at == c->control_end) {
		struct remark *r = &src->remarks[src->remarked[REMARK_CONTROL].last];

		r->at.z = (uint32_t)(at + n - c->s);
		r->count++;
	} else {
		const char *detail = source_remark_full(src, REMARK_CONTROL) ? NULL : arena_printf(&src->arena, "U+%04X", cp);

		/* over the limit the last one only counts, and must not be stretched */
		if (detail != NULL)
			c->control = cp;
		else
			c->control = UTF8_BAD;
		source_remark(src, REMARK_CONTROL, extent_of(c, at, at + n), detail);
	}
	c->control_end = at + n;
}

/* Blanks before `at`, where a line ends.  Returns where they begin. */
static inline const char *
blanks_before(struct scan *c, const char *at)
{
	const char *from = at;

	if (at == c->line || (at[-1] != ' ' && at[-1] != '\t'))
		return at;
	while (from > c->line && (from[-1] == ' ' || from[-1] == '\t'))
		from--;
	if (c->trailing++ == 0)
		c->first_trailing = extent_of(c, from, at);
	return from;
}

static inline const char *
line_end(struct scan *c, const char *at, enum eol kind)
{
	const char *next = at + (kind == EOL_CRLF ? 2 : 1);

	if (c->eols[kind]++ == 0)
		c->first_eol[kind] = at;
	if (blanks_before(c, at) != c->line) {
		c->blank_lines = 0;
	} else if (++c->blank_lines > 2) {
		if (c->blank_lines == 3 && c->blank_runs++ == 0)
			c->first_blank_run.a = (uint32_t)(c->line - c->s);
		if (c->blank_runs == 1)
			c->first_blank_run.z = (uint32_t)(next - c->s);
	}
	c->line = next;
	return next;
}

/* A stretch of bytes above 7F.  NULL at one that is not UTF-8. */
static inline const char *
multi_byte(struct scan *c, const char *p)
{
	const char *end = c->end;
	unsigned cp;
	size_t n;

	while (p < end && (unsigned char)*p >= 0x80) {
		unsigned char lead = (unsigned char)*p;

		/* most are of these two sorts; the rest, and whatever is wrong, goes the long way */
		if (lead - 0xC3u < 0xE0 - 0xC3 && end - p >= 2 && ((unsigned char)p[1] & 0xC0) == 0x80) {
			p += 2;
			continue;
		}
		if (lead - 0xE1u < 0xED - 0xE1 && end - p >= 3 && ((unsigned char)p[1] & 0xC0) == 0x80 &&
		    ((unsigned char)p[2] & 0xC0) == 0x80) {
			p += 3;
			continue;
		}
		n = utf8_decode(p, end, &cp);
		if (cp == UTF8_BAD)
			return NULL;
		if (cp < 0xA0)
			control(c, p, n, cp);
		p += n;
	}
	return p;
}

static void
remark_first(struct source *src, enum remark_kind kind, struct extent at, size_t count, const char *detail)
{
	source_remark(src, kind, at, detail);
	src->remarks[src->nremarks - 1].count = (uint32_t)count;
}

/* Which line ends there are decides the words, the rarest the place; of equally rare ones that which comes in later. */
static void
remark_mixed(struct scan *c)
{
	static const char *const details[8] = {
		[1 << EOL_LF | 1 << EOL_CRLF] = "LF and CRLF", [1 << EOL_LF | 1 << EOL_CR] = "LF and CR",
		[1 << EOL_CRLF | 1 << EOL_CR] = "CRLF and CR", [1 << EOL_LF | 1 << EOL_CRLF | 1 << EOL_CR] = "LF, CRLF and CR"
	};
	unsigned set = 0;
	int rare = -1;
	const char *at;

	for (int k = 0; k < EOL_KINDS; k++) {
		if (c->eols[k] == 0)
			continue;
		set |= 1u << k;
		if (rare < 0 || c->eols[k] < c->eols[rare] ||
		    (c->eols[k] == c->eols[rare] && c->first_eol[k] > c->first_eol[rare]))
			rare = k;
	}
	if (details[set] == NULL)
		return;
	at = c->first_eol[rare];
	remark_first(c->src, REMARK_MIXED_EOL, extent_of(c, at, at + (rare == EOL_CRLF ? 2 : 1)), c->eols[rare], details[set]);
}

static void
finish(struct scan *c)
{
	struct source *src = c->src;

	src->has_cr = c->eols[EOL_CR] + c->eols[EOL_CRLF] != 0;
	if (c->line < c->end) {
		blanks_before(c, c->end);
		source_remark(src, REMARK_FINAL_NEWLINE, extent_of(c, c->end, c->end), NULL);
	}
	remark_mixed(c);
	if (c->trailing != 0)
		remark_first(src, REMARK_TRAILING_BLANK, c->first_trailing, c->trailing, NULL);
	if (c->blank_runs != 0)
		remark_first(src, REMARK_BLANK_LINES, c->first_blank_run, c->blank_runs, NULL);
	if (c->tabs != 0)
		remark_first(src, REMARK_TAB, extent_of(c, c->first_tab, c->first_tab + 1), c->tabs, NULL);
}

bool
source_scan(struct source *src, bool *ascii)
{
	struct scan c = { .src = src, .s = src->s, .end = src->s + src->len, .line = src->s, .control = UTF8_BAD };
	const char *p = c.s;
	size_t before = src->nremarks;

	*ascii = true;
	while ((p += next_of(p, 0, (size_t)(c.end - p), &odd)) < c.end) {
		unsigned char b = (unsigned char)*p;

		if (b == '\n') {
			p = line_end(&c, p, EOL_LF);
		} else if (b >= 0x80) {
			*ascii = false;
			if ((p = multi_byte(&c, p)) == NULL) {
				src->nremarks = before;
				memset(&src->remarked[REMARK_CONTROL], 0, sizeof src->remarked[REMARK_CONTROL]);
				return false;
			}
		} else if (b == '\r') {
			p = line_end(&c, p, p + 1 < c.end && p[1] == '\n' ? EOL_CRLF : EOL_CR);
		} else if (b == '\t') {
			if (c.tabs++ == 0)
				c.first_tab = p;
			p++;
		} else {
			control(&c, p, 1, b);
			p++;
		}
	}
	finish(&c);
	return true;
}
