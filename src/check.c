/* The kinds of check by name, and what several of them need to report. */
#include "check.h"

#include "facts/facts.h"
#include "source/source.h"
#include "util/arena.h"
#include "util/rx.h"
#include "util/str.h"
#include "util/utf8.h"

#include <stdio.h>
#include <string.h>

#define CHECK(name) extern const struct check check_##name;
#include "check/list.def"
#undef CHECK

const struct check *const *
check_list(void)
{
	static const struct check *const list[] = {
#define CHECK(name) &check_##name,
#include "check/list.def"
#undef CHECK
		NULL
	};

	return list;
}

const struct check *
check_by_name(const char *name, size_t n)
{
	const struct check *const *c;

	for (c = check_list(); *c != NULL; c++)
		if (str_is(name, n, (*c)->name))
			return *c;
	return NULL;
}

void
report_arg(struct report *r, const char *name, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < r->nargs; i++)
		if (strcmp(r->args[i].name, name) == 0)
			break;
	if (i == REPORT_ARGS)
		return;		/* nine numbers and a score of names fit */
	r->args[i] = (struct arg){ name, s, n, false };
	if (i == r->nargs)
		r->nargs++;
}

void
report_said(struct report *r, const char *name, const char *s)
{
	report_arg(r, name, s, strlen(s));
	for (size_t i = 0; i < r->nargs; i++)
		r->args[i].ours = r->args[i].ours || r->args[i].s == s;
}

void
report_number(struct report *r, const struct check_ctx *c, const char *name, size_t n)
{
	const char *s = arena_printf(c->arena, "%zu", n);

	report_arg(r, name, s, strlen(s));
}

/* The replacement in the case of what it replaces: Color gives Colour, COLOR gives COLOUR.  Only where the term was written
 * small: a term with a capital says what it wants. */
static const char *
use_like(struct arena *arena, const struct term *t, const char *s, size_t n, size_t *len)
{
	const char *p, *end = s + n, *u = t->use;
	unsigned cp, upper = 0, lower = 0, first = 0;
	char *out;

	*len = strlen(t->use);
	utf8_next(t->s, &cp);
	if (t->fold == CASE_EXACT || !utf8_is_lower(cp) || n == 0 || *len == 0)
		return t->use;
	for (p = s; p < end; p += utf8_next(p, &cp)) {
		unsigned here;

		utf8_next(p, &here);
		first = p == s ? here : first;
		upper += utf8_is_upper(here);
		lower += utf8_is_lower(here);
	}
	if (!utf8_is_upper(first))
		return t->use;
	out = arena_alloc(arena, *len * 2 + 4);
	*len = 0;
	for (p = u; *p != '\0'; ) {
		size_t step = utf8_next(p, &cp);
		bool raise = utf8_is_lower(cp) && (p == u || (lower == 0 && upper > 1));

		*len += utf8_encode(raise ? utf8_upper(cp) : cp, out + *len);
		p += step;
	}
	return out;
}

/* U+00AD U+200B ...: for what cannot be seen in a message. */
static const char *
code_points(struct arena *arena, const char *s, const char *end)
{
	enum { MOST = 4 };
	char out[MOST * 9 + 8];
	size_t n = 0, i;
	unsigned cp;

	for (i = 0; s < end && i < MOST; i++) {
		s += utf8_next(s, &cp);
		n += (size_t)snprintf(out + n, sizeof out - n, "%sU+%04X", i == 0 ? "" : " ", cp);
	}
	snprintf(out + n, sizeof out - n, "%s", s < end ? " ..." : "");
	return arena_strdup(arena, out);
}

/* What the characters are if their bytes in windows-1252 are read as UTF-8, as they once were not; NULL where these are no UTF-8, or where
 * what comes out of it looks damaged still, since it was done twice. */
static const char *
read_anew(const struct check_ctx *c, struct range at)
{
	const struct text *t = &c->article->text;
	const char *s = text_at(t, at), *end = s + range_len(at), *text_end = t->s + c->article->text.n;
	char *out = arena_alloc(c->arena, range_len(at) + 1);
	uint16_t high[128];
	size_t n = 0, i;
	unsigned cp, last = 0, next = 0;

	encoding_high(ENC_WINDOWS_1252, high);
	while (s < end) {
		s += utf8_next(s, &cp);
		for (i = 0; cp >= 0x80 && i < 128 && high[i] != cp; i++)
			continue;
		if (cp >= 0x80 && i == 128) {
			/* the five bytes that stand for nothing are taken as they are */
			if (cp > 0x9F)
				return NULL;
			i = cp - 0x80;
		}
		out[n++] = (char)(cp < 0x80 ? cp : 0x80 + i);
	}
	out[n] = '\0';
	for (i = 0; i < n && last != UTF8_BAD;)
		i += utf8_decode(out + i, out + n, &last);
	if (last == UTF8_BAD)
		return NULL;
	if (end < text_end)
		utf8_next(end, &next);
	return last >= 0xC2 && last <= 0xF4 && next >= 0x80 ? NULL : out;
}

/* The marks of the article's language, with the blank that French sets inside of them. */
static void
language_marks(struct report *r, const struct check_ctx *c)
{
	const struct language *l = facts_language(c->lang);
	const char *blank = l->space_inside ? "\u00a0" : "", *open, *close;

	if (l->outer == NULL || l->outer[0].open == NULL)
		return;
	open = arena_printf(c->arena, "%s%s", l->outer[0].open, blank);
	close = arena_printf(c->arena, "%s%s", blank, l->outer[0].close);
	report_arg(r, "open", open, strlen(open));
	report_arg(r, "close", close, strlen(close));
}

void
report_hit(struct report *r, const struct check_ctx *c, const struct hit *h)
{
	static const char *const numbers[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
	const struct text *t = &c->article->text;
	const struct term *term = hit_term(h);
	const struct pattern *p = hit_pattern(h);
	const struct range *groups = hit_groups(h);
	uint32_t i;

	r->at = h->at;
	report_arg(r, "match", text_at(t, h->at), range_len(h->at));
	if (range_len(h->at) != 0) {
		const char *code = code_points(c->arena, text_at(t, h->at), text_at(t, h->at) + range_len(h->at));

		report_arg(r, "code", code, strlen(code));
	}
	if (term != NULL && term->use != NULL) {
		size_t n;
		const char *use = use_like(c->arena, term, text_at(t, h->at), range_len(h->at), &n);

		report_arg(r, "use", use, n);
	}
	for (i = 1; groups != NULL && i <= rx_groups(p->rx); i++) {
		const char *name = rx_group_name(p->rx, i);
		struct range g = groups[i];
		bool took_part = g.a != UINT32_MAX;

		if (!took_part)
			continue;
		if (i < sizeof numbers / sizeof numbers[0])
			report_arg(r, numbers[i], text_at(t, g), range_len(g));
		if (name != NULL)
			report_arg(r, name, text_at(t, g), range_len(g));
		if (name != NULL && strcmp(name, "fix") == 0) {
			r->fix_elsewhere = true;
			r->fix_at = g;
		}
	}
	if (c->rule->fix != NULL && strstr(c->rule->fix, "{decoded}") != NULL) {
		const char *decoded = read_anew(c, h->at);

		if (decoded != NULL)
			report_arg(r, "decoded", decoded, strlen(decoded));
	}
	r->no_fix = (term != NULL && term->no_fix) || (p != NULL && p->no_fix);
	if (p != NULL && p->use != NULL) {
		const char *use;

		if (strstr(p->use, "{open}") != NULL)
			language_marks(r, c);
		use = report_filled(c, p->use, r);
		if (use != NULL)
			report_arg(r, "use", use, strlen(use));
	}
}

const char *const check_places[] = { "body-end", "head-end", "end", "start", NULL };

bool
check_place(struct check_ctx *c, const char *name, struct range *at)
{
	const struct article *a = c->article;
	kind_set want = strcmp(name, "body-end") == 0 ? kind_set_group(GROUP_BODY) :
	    strcmp(name, "head-end") == 0 ? kind_set_group(GROUP_HEAD) : 0;
	size_t i;

	if (a->nblocks == 0) {
		check_unplaced(c, "the article has no text");
		return false;
	}
	at->a = at->z = strcmp(name, "start") == 0 || strcmp(name, "head-end") == 0 ? a->blocks[0].at.a :
	    a->blocks[a->nblocks - 1].at.z;
	for (i = a->nblocks; want != 0 && i > 0; i--) {
		if (KIND(a->blocks[i - 1].kind) & want) {
			at->a = at->z = a->blocks[i - 1].at.z;
			break;
		}
	}
	return true;
}
