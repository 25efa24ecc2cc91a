/* Events of HTML and of damaged XML, by the looser rules that browsers read by: a '<' that begins no tag is text, values need no
 * quotation marks, what a <script> holds is no markup.  A quotation mark or a comment that never ends must not swallow the rest of
 * the file: then the tag or comment ends at the next '>'.
 *
 *	a < b <p class=lead>One<br>two		text "a < b ", start p, text "One", start br, text "two" */
#include "util/markup.h"

#include "util/entity.h"
#include "util/hash.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct markup {
	struct arena *arena;
	const char *s;
	uint32_t n, pos;
	enum markup_kind kind;
	xml_event_fn *each;
	void *arg;
	struct markup_names names;
	struct xml_attr *attrs;
	size_t nattrs, capattrs;
	struct { const char *what; uint32_t from; } missing[16];	/* what is not to be found behind an offset: looked for once */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* May a tag's name begin so? */
static bool
begins_name(const struct markup *m, char c)
{
	return is_letter(c) || (m->kind == MARKUP_XML && (c == '_' || (unsigned char)c >= 0x80));
}

const char *
markup_name(struct markup_names *t, const char *s, size_t n, enum markup_kind kind)
{
	char lower[64];
	size_t i, tries;

	if (kind == MARKUP_HTML && n <= sizeof lower) {
		for (i = 0; i < n; i++)
			lower[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] | 0x20) : s[i];
		s = lower;
	}
	i = hash_short(s, n) % 512;
	for (tries = 0; tries < 16 && t->v[i] != NULL; tries++, i = (i + 1) % 512)
		if (strncmp(t->v[i], s, n) == 0 && t->v[i][n] == '\0')
			return t->v[i];
	return tries < 16 ? (t->v[i] = arena_strndup(t->arena, s, n)) : arena_strndup(t->arena, s, n);
}

const char *
markup_value(struct arena *arena, const char *s, uint32_t at, uint32_t end, size_t *n)
{
	const char *p = s + at, *z = s + end;
	char *out, *o;

	*n = end - at;
	if (memchr(p, '&', *n) == NULL && memchr(p, '\n', *n) == NULL && memchr(p, '\r', *n) == NULL && memchr(p, '\t', *n) == NULL)
		return p;
	o = out = arena_alloc(arena, *n + ENTITY_MOST);
	while (p < z) {
		size_t outlen, len = *p == '&' ? entity_at(p, (size_t)(z - p), o, &outlen) : 0;

		if (len != 0) {
			o += outlen;
			p += len;
		} else {
			*o++ = is_blank(*p) ? ' ' : *p;
			p++;
		}
	}
	*n = (size_t)(o - out);
	return out;
}

/* Is it known that `what` (a literal or a kept name: compared by address) stands nowhere behind `from`? */
static bool
is_missing(const struct markup *m, uint32_t from, const char *what)
{
	for (size_t i = 0; i < sizeof m->missing / sizeof *m->missing && m->missing[i].what != NULL; i++)
		if (from >= m->missing[i].from && strcmp(m->missing[i].what, what) == 0)
			return true;
	return false;
}

static void
note_missing(struct markup *m, uint32_t from, const char *what)
{
	for (size_t i = 0; i < sizeof m->missing / sizeof *m->missing; i++)
		if (m->missing[i].what == NULL || strcmp(m->missing[i].what, what) == 0) {
			m->missing[i].what = what;
			m->missing[i].from = from;
			return;
		}
}

/* The next `what` at or behind `from`; m->n if there is none. */
static uint32_t
find(struct markup *m, uint32_t from, const char *what)
{
	const char *at;

	if (is_missing(m, from, what))
		return m->n;
	at = from < m->n ? memmem(m->s + from, m->n - from, what, strlen(what)) : NULL;
	if (at != NULL)
		return (uint32_t)(at - m->s);
	note_missing(m, from, what);
	return m->n;
}

static const char DOUBLE[] = "\"", SINGLE[] = "'", COMMENT_END[] = "-->", CDATA_END[] = "]]>", PI_END[] = "?>", GREATER[] = ">";

static bool
begins(const struct markup *m, uint32_t at, const char *what)
{
	return str_case_begins(m->s + at, m->n - at, what);
}

static void
emit(struct markup *m, int kind, uint32_t at, uint32_t end, uint32_t in, uint32_t out)
{
	struct xml_event e = { .kind = kind, .s = m->s + in, .n = out - in, .at = at, .end = end };

	if (kind != XML_TEXT || end > at)
		m->each(m->arg, &e);
}

static void
set_name(struct markup *m, struct xml_event *e, uint32_t a, uint32_t z)
{
	const char *colon = m->kind == MARKUP_XML ? memchr(m->s + a, ':', z - a) : NULL;

	if (colon != NULL) {
		e->prefix = markup_name(&m->names, m->s + a, (size_t)(colon - (m->s + a)), m->kind);
		a = (uint32_t)(colon + 1 - m->s);
	}
	e->name = markup_name(&m->names, m->s + a, z - a, m->kind);
}

static uint32_t
skip_blanks(const struct markup *m, uint32_t at)
{
	while (at < m->n && is_blank(m->s[at]))
		at++;
	return at;
}

/* The value at `at`, with its quotation marks if it has any; *end behind it. */
static void
attr_value(struct markup *m, uint32_t at, struct xml_attr *a, uint32_t *end)
{
	char c = at < m->n ? m->s[at] : '>';

	if (c == '"' || c == '\'') {
		uint32_t close = find(m, at + 1, c == '"' ? DOUBLE : SINGLE);

		if (close < m->n) {
			a->at = at + 1;
			a->end = close;
			*end = close + 1;
			return;
		}
		at++;		/* it never ends */
	}
	for (*end = at; *end < m->n && !is_blank(m->s[*end]) && m->s[*end] != '>'; (*end)++)
		;
	a->at = at;
	a->end = *end;
}

/* The attributes from `at` on; the place of the '>' or '/>' (or of what stands for it: the next '<', the end). */
static uint32_t
tag_attrs(struct markup *m, uint32_t at)
{
	m->nattrs = 0;
	for (;;) {
		struct xml_attr a = { 0 };
		uint32_t name;
		const char *colon;

		at = skip_blanks(m, at);
		if (at >= m->n || m->s[at] == '>' || (m->s[at] == '/' && at + 1 < m->n && m->s[at + 1] == '>'))
			return at;
		if (m->s[at] == '<' && m->kind == MARKUP_XML)
			return at;
		if (m->s[at] == '/') {
			at++;
			continue;
		}
		name = at++;
		while (at < m->n && !is_blank(m->s[at]) && m->s[at] != '=' && m->s[at] != '>' && m->s[at] != '/')
			at++;
		colon = memchr(m->s + name, ':', at - name);
		a.name = colon == NULL || m->kind == MARKUP_HTML ? markup_name(&m->names, m->s + name, at - name, m->kind) :
		    markup_name(&m->names, colon + 1, (size_t)(m->s + at - colon - 1), m->kind);
		a.at = a.end = at;
		if (skip_blanks(m, at) < m->n && m->s[skip_blanks(m, at)] == '=')
			attr_value(m, skip_blanks(m, skip_blanks(m, at) + 1), &a, &at);
		a.value = markup_value(m->arena, m->s, a.at, a.end, &a.n);
		XPUSH(m->attrs, m->nattrs, m->capattrs) = a;
	}
}

/* Where the content of a <script> or its like ends. */
static uint32_t
raw_end(struct markup *m, uint32_t from, const char *name)
{
	size_t n = strlen(name);
	const char *p = m->s + from, *end = m->s + m->n;

	if (is_missing(m, from, name))
		return m->n;
	while ((p = memchr(p, '<', (size_t)(end - p))) != NULL) {
		if ((size_t)(end - p) > n + 2 && p[1] == '/' && strncasecmp(p + 2, name, n) == 0 && !is_letter(p[n + 2]))
			return (uint32_t)(p - m->s);
		p++;
	}
	note_missing(m, from, name);
	return m->n;
}

static bool
is_raw(const char *name)
{
	static const char *const raw[] = { "script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp" };

	for (size_t i = 0; i < sizeof raw / sizeof *raw; i++)
		if (strcmp(name, raw[i]) == 0)
			return true;
	return false;
}

static void
start_tag(struct markup *m, uint32_t at)
{
	struct xml_event e = { .kind = XML_START, .at = at };
	uint32_t name = at + 1, z = name;
	bool closed;

	while (z < m->n && !is_blank(m->s[z]) && m->s[z] != '>' && m->s[z] != '/' && m->s[z] != '<')
		z++;
	set_name(m, &e, name, z);
	z = tag_attrs(m, z);
	closed = z < m->n && m->s[z] == '/';
	m->pos = z + (z >= m->n || m->s[z] == '<' ? 0 : closed ? 2 : 1);
	e.attrs = m->attrs;
	e.nattrs = m->nattrs;
	e.end = m->pos;
	m->each(m->arg, &e);
	if (closed && m->kind == MARKUP_XML) {
		struct xml_event end = { .kind = XML_END, .name = e.name, .prefix = e.prefix, .at = m->pos, .end = m->pos };

		m->each(m->arg, &end);
	} else if (m->kind == MARKUP_HTML && is_raw(e.name)) {
		uint32_t close = raw_end(m, m->pos, e.name);

		/* one that never ends must not hide the rest */
		if (close < m->n || strcmp(e.name, "script") == 0 || strcmp(e.name, "style") == 0) {
			bool refs = strcmp(e.name, "title") == 0 || strcmp(e.name, "textarea") == 0;

			if (close > m->pos)
				emit(m, refs ? XML_TEXT : XML_CDATA, m->pos, close, m->pos, close);
			m->pos = close;
		}
	}
}

static void
end_tag(struct markup *m, uint32_t at)
{
	struct xml_event e = { .kind = XML_END, .at = at };
	uint32_t name = at + 2, z = name, close;

	while (z < m->n && !is_blank(m->s[z]) && m->s[z] != '>' && m->s[z] != '/' && m->s[z] != '<')
		z++;
	set_name(m, &e, name, z);
	for (close = z; close < m->n && m->s[close] != '>' && m->s[close] != '<'; close++)
		;
	e.end = m->pos = close < m->n && m->s[close] == '>' ? close + 1 : close;
	m->each(m->arg, &e);
}

/* What begins with "<!" or "<?". */
static void
declaration(struct markup *m, uint32_t at)
{
	uint32_t close;

	if (begins(m, at, "<!--")) {
		close = find(m, at + 4, COMMENT_END);
		if (close < m->n) {
			emit(m, XML_COMMENT, at, close + 3, at + 4, close);
			m->pos = close + 3;
			return;
		}
	} else if (m->kind == MARKUP_XML && begins(m, at, "<![CDATA[")) {
		close = find(m, at + 9, CDATA_END);
		m->pos = close < m->n ? close + 3 : m->n;
		emit(m, XML_CDATA, at, m->pos, at + 9, close);
		return;
	} else if (m->kind == MARKUP_XML && m->s[at + 1] == '?' && (close = find(m, at, PI_END)) < m->n) {
		m->pos = close + 2;
		return;
	}
	close = find(m, at, GREATER);
	m->pos = close < m->n ? close + 1 : m->n;
}

void
markup_scan(struct arena *arena, const char *s, size_t n, uint32_t from, enum markup_kind kind, xml_event_fn *each, void *arg)
{
	struct markup *m = xcalloc(1, sizeof *m);
	uint32_t text = from;

	m->arena = m->names.arena = arena;
	m->s = s;
	m->n = (uint32_t)n;
	m->pos = from;
	m->kind = kind;
	m->each = each;
	m->arg = arg;
	while (m->pos < m->n) {
		const char *lt = memchr(s + m->pos, '<', m->n - m->pos);
		uint32_t at = lt != NULL ? (uint32_t)(lt - s) : m->n;
		char c = at + 1 < m->n ? s[at + 1] : '\0';

		if (at >= m->n)
			break;
		if (c != '!' && c != '?' && !begins_name(m, c) && !(c == '/' && at + 2 < m->n && begins_name(m, s[at + 2]))) {
			m->pos = at + 1;	/* a '<' that is text */
			continue;
		}
		emit(m, XML_TEXT, text, at, text, at);
		if (c == '!' || c == '?')
			declaration(m, at);
		else if (c == '/')
			end_tag(m, at);
		else
			start_tag(m, at);
		text = m->pos;
	}
	emit(m, XML_TEXT, text, m->n, text, m->n);
	free(m->attrs);
	free(m);
}
