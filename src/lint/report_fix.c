/* The fix of what a check says: which bytes of the file are replaced, and whether that may be offered at all. */
#include "lint/lint_int.h"

#include "rule/word.h"
#include "util/buf.h"
#include "util/hash.h"
#include "util/utf8.h"

#include <string.h>

static uint64_t
letters(const char *s, size_t n)
{
	const char *end = s + n;
	uint64_t h = HASH_INIT;

	while (s < end) {
		unsigned cp;

		s += utf8_decode(s, end, &cp);
		if (word_char(cp))
			for (unsigned i = 0; i < 4; i++)
				h = hash_byte(h, (unsigned char)(cp >> 8 * i));
	}
	return h;
}

static bool
is_blank(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\r' || ch == '\n';
}

/* Is there markup among the words, which a replacement would take away?  It lies between two segments, or under a break. */
static bool
over_markup(const struct article *a, struct range at)
{
	const struct text *t = &a->text;

	for (size_t i = at.a < at.z ? text_seg_at(t, at.a) : t->nsegs; i < t->nsegs && t->segs[i].text < at.z; i++) {
		const struct seg *g = &t->segs[i];
		bool last = i + 1 == t->nsegs || g[1].text >= at.z;
		uint32_t k = g->kind == SEG_BREAK ? g->src : g->src + g->src_len, z = last ? g->src + g->src_len : g[1].src;

		for (; k < z; k++)
			if (!is_blank(a->src->s[k]))
				return true;
	}
	return false;
}

/* ---- what is taken away with the line or the element that it fills ---- */

static bool
is_one_of(const char *name, size_t n, const char *names)
{
	for (const char *p = names; *p != '\0'; p += *p == ' ') {
		size_t k = strcspn(p, " ");

		if (k == n && memcmp(p, name, n) == 0)
			return true;
		p += k;
	}
	return false;
}

/* The element whose only content is `e`; false: there is none, or it is not of these. */
static bool
around(const struct source *src, struct extent *e, const char *names)
{
	const char *s = src->s;
	uint32_t a = e->a, z = e->z, open, n = 0;

	while (a > 0 && is_blank(s[a - 1]))
		a--;
	while (z < src->len && is_blank(s[z]))
		z++;
	if (a == 0 || s[a - 1] != '>' || src->len - z < 4 || memcmp(s + z, "</", 2) != 0)
		return false;
	for (open = a - 1; open > 0 && s[open - 1] != '<' && s[open - 1] != '>';)
		open--;
	if (open == 0 || s[open - 1] != '<' || s[a - 2] == '/')
		return false;
	while (open + n < a && ((s[open + n] >= 'a' && s[open + n] <= 'z') || (s[open + n] >= '1' && s[open + n] <= '6')))
		n++;
	if (!is_one_of(s + open, n, names) || src->len - z < n + 3 || memcmp(s + z + 2, s + open, n) != 0 || s[z + 2 + n] != '>')
		return false;
	e->a = open - 1;
	e->z = z + n + 3;
	return true;
}

/* The paragraph, if that is all it says. */
static struct extent
with_element(const struct source *src, struct extent e)
{
	struct extent whole = e, grown = e;

	for (;;)
		if (around(src, &grown, "p div li h1 h2 h3 h4 h5 h6 blockquote"))
			whole = grown;
		else if (!around(src, &grown, "a b i u em strong small span"))
			return whole;
}

/* Where the line that ends before `at` begins; false: something stands in it. */
static bool
blank_before(const struct source *src, uint32_t *at)
{
	uint32_t p = *at;

	if (p == 0 || src->s[p - 1] != '\n')
		return false;
	for (p--; p > 0 && src->s[p - 1] != '\n'; p--)
		if (!is_blank(src->s[p - 1]))
			return false;
	*at = p;
	return true;
}

/* The line, if that is all it says, and the empty lines that stood around it, so that no hole is left. */
static struct extent
with_line(const struct source *src, struct extent e)
{
	const char *s = src->s;
	uint32_t a = e.a, z = e.z, before, after;

	while (a > 0 && s[a - 1] != '\n' && is_blank(s[a - 1]))
		a--;
	while (z < src->len && s[z] != '\n' && is_blank(s[z]))
		z++;
	if ((a > 0 && s[a - 1] != '\n') || (z < src->len && s[z] != '\n'))
		return e;
	z += z < src->len;
	before = after = z;
	while (after < src->len && is_blank(s[after]))
		before = s[after++] == '\n' ? after : before;
	if (after == src->len) {
		while (blank_before(src, &a))
			continue;
		return (struct extent){ a, z };
	}
	after = a;
	return (struct extent){ a, a == 0 || blank_before(src, &after) ? before : z };
}

/* ---- the fix ---- */

static bool
is_block(const struct article *a, struct range at)
{
	const struct block *b = article_block_at(a, at);

	return b != NULL && b->at.a == at.a && b->at.z == at.z;
}

/* What is replaced in the file, and by what; false: it may not be. */
static bool
locate(struct check_ctx *c, struct range at, const char *with, struct mend *m)
{
	const struct article *a = c->article;
	struct extent *e = &m->at;
	const char *what = range_len(at) != 0 ? text_at(&a->text, at) : "";
	size_t n = strlen(with);

	/* somebody's words are never rewritten; marks and blanks among them may be */
	if (letters(what, range_len(at)) != letters(with, n) && analysis_quoted(c->analysis, at))
		return false;
	if (over_markup(a, at) || (range_len(at) == n && (n == 0 || memcmp(what, with, n) == 0)))
		return false;
	*e = text_extent(&a->text, at);
	if ((m->text = report_escape(a, at, *e, with, c->arena)) == NULL)
		return false;
	if (n == 0 && is_block(a, at))
		*e = with_line(a->src, with_element(a->src, *e));
	return true;
}

static const char *
described(struct check_ctx *c, const char *what, size_t from, const char *with)
{
	struct buf b = BUF_INIT;
	size_t n = strlen(with);
	const char *s;

	buf_puts(&b, n == 0 ? "delete '" : from == 0 ? "insert '" : "replace by '");
	report_short(&b, n == 0 ? what : with, n == 0 ? from : n);
	buf_putc(&b, '\'');
	s = arena_strndup(c->arena, b.s, b.n);
	buf_release(&b);
	return s;
}

void
report_take_fix(struct check_ctx *c, const struct report *r, struct pending *p)
{
	const char *description = report_fill(c->arena, c->rule->fix_description, r, false);
	struct report_edit one = { r->fix_elsewhere ? r->fix_at : r->at, r->fix_text };
	const struct report_edit *edits = r->edits != NULL ? r->edits : &one;
	size_t n = r->edits != NULL ? r->nedits : 1;
	struct mend *mends;

	if (c->rule->fix == NULL || r->no_fix)
		return;
	if (r->in_source) {
		if (r->remark == NULL || (n = source_mend(c->article->src, r->remark, c->arena, &mends)) == 0)
			return;
		if (description == NULL)
			description = source_mend_words(r->remark);
	} else {
		if (one.text == NULL)
			one.text = report_fill(c->arena, c->rule->fix, r, true);
		if (n == 0 || edits[0].text == NULL)
			return;
		mends = ARENA_ARRAY(c->arena, struct mend, n);
		for (size_t i = 0; i < n; i++)
			if (!locate(c, edits[i].at, edits[i].text, &mends[i]))
				return;
		if (description == NULL)
			description = described(c, text_at(&c->article->text, edits[0].at), range_len(edits[0].at), edits[0].text);
	}
	p->mends = mends;
	p->nmends = n;
	p->fix_class = c->rule->fix_class == FIX_SAFE && p->certainty != SURE ? FIX_UNSAFE : c->rule->fix_class;
	p->fix_description = description;
}
