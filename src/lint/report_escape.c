/* How a replacement is written where it lands: in an element, an attribute, a JSON string, in HTML that lies in XML.  What would have to be
 * escaped in a place whose layers cannot be told is not written at all. */
#include "lint/lint_int.h"

#include "reader.h"
#include "util/buf.h"
#include "util/utf8.h"

#include <string.h>

enum { FAR = 16 * 1024 };		/* bytes that are looked at for the tag that a place lies in */

/* What the format is made of, as far as a replacement must know. */
enum grammar { PLAIN, MARKUP, LAYERED, JSON };	/* LAYERED: markup that may hold markup, escaped or in CDATA */

static enum grammar
grammar_of(const struct reader *r)
{
	if (r == NULL || r->reserved == NULL || r->coded)
		return PLAIN;
	if (strchr(r->reserved, '\\') != NULL)
		return JSON;
	return strcmp(r->name, "html") == 0 || strcmp(r->name, "nitf") == 0 ? MARKUP : LAYERED;
}

/* ---- where it lands ---- */

/* Where the tag before the place begins, within the string of a JSON file; NULL: there is none near. */
static const char *
tag_before(const struct source *src, uint32_t at, bool json)
{
	const char *least = src->s + (at > FAR ? at - FAR : 0), *end = src->s + src->len, *z = src->s + at, *p, *mark;

	while ((p = memrchr(least, '<', (size_t)(z - least))) != NULL) {
		unsigned char next = (unsigned char)(p + 1 < end ? p[1] : ' ');

		if (((next | 0x20u) - 'a') < 26u || next == '/' || next == '!' || next == '?')
			break;
		z = p;
	}
	for (mark = src->s + at; json && p != NULL && (mark = memrchr(p, '"', (size_t)(mark - p))) != NULL;)
		if (mark[-1] != '\\')
			return NULL;		/* p is before it, so a byte is */
	return p;
}

/* Does the place lie within a tag: in an attribute's quotation marks, or among what has none? */
static enum in_tag { OUTSIDE, QUOTED, BARE }
in_tag(const struct source *src, uint32_t at, bool json)
{
	const char *p = tag_before(src, at, json), *end = src->s + at;
	char quote = '\0';

	/* CDATA opens with what looks like a tag */
	if (p == NULL || (src->s + src->len - p >= 9 && memcmp(p, "<![CDATA[", 9) == 0))
		return OUTSIDE;
	for (; p < end; p++)
		if (quote != '\0')
			quote = *p == quote ? '\0' : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '>')
			return OUTSIDE;
	return quote != '\0' ? QUOTED : BARE;
}

/* Does it lie in a tag that is itself escaped? */
static bool
in_escaped_tag(const struct source *src, uint32_t at)
{
	uint32_t least = at > FAR ? at - FAR : 0;

	for (; at > least; at--) {
		if (src->s[at - 1] == '<' || src->s[at - 1] == '>')
			return false;
		if (src->s[at - 1] == '&' && src->len - at >= 3 && (memcmp(src->s + at, "lt;", 3) == 0 || memcmp(src->s + at, "gt;", 3) == 0))
			return src->s[at] == 'l';
	}
	return false;
}

static bool
in_cdata(const struct source *src, uint32_t at)
{
	static const char open[] = "<![CDATA[";

	for (; at > 2; at--) {
		if (memcmp(src->s + at - 3, "]]>", 3) == 0)
			return false;
		if (at >= sizeof open - 1 && src->s[at - 1] == '[' && memcmp(src->s + at - (sizeof open - 1), open, sizeof open - 1) == 0)
			return true;
	}
	return false;
}

/* Does the place lie within front matter, where marks are part of the grammar? */
static bool
in_front(const struct source *src, uint32_t at)
{
	const char *s = src->s, *end = s + src->len, *p;

	if (src->len < 4 || (memcmp(s, "---", 3) != 0 && memcmp(s, "+++", 3) != 0))
		return false;
	for (p = s; (p = memchr(p, '\n', (size_t)(end - p))) != NULL && end - ++p >= 3;)
		if (memcmp(p, s, 3) == 0)
			return s + at < p;
	return false;
}

/* A field of a page that is neither an attribute nor its title: data in a script. */
static bool
in_script(const struct article *a, struct range at, uint32_t src_at)
{
	const char *p;

	if (article_block_at(a, at) != NULL)
		return false;
	p = tag_before(a->src, src_at, false);
	return p == NULL || a->src->s + a->src->len - p < 6 || (memcmp(p, "<title", 6) != 0 && memcmp(p, "<TITLE", 6) != 0);
}

/* The JSON string around the place: true if it is plain text for certain, and *html if it is markup for certain. */
static bool
plain_string(const struct source *src, uint32_t at, bool *html)
{
	uint32_t a = at, z = at;
	bool any = false;

	*html = false;
	while (a > 0 && !(src->s[a - 1] == '"' && (a < 2 || src->s[a - 2] != '\\')))
		a--;
	for (; z < src->len && src->s[z] != '"'; z++)
		z += src->s[z] == '\\';
	for (; a < z && a < src->len; a++) {
		any = any || src->s[a] == '<' || src->s[a] == '&';
		*html = *html || (src->s[a] == '<' && a + 1 < z && src->s[a + 1] == '/');
	}
	return !any;
}

/* ---- what is written ---- */

static void
put_unit(struct buf *out, unsigned u)
{
	buf_printf(out, "\\u%04x", u);
}

static bool
put_json(struct buf *out, const struct source *src, uint32_t at, unsigned cp)
{
	bool html = false, mark = cp == '"' || cp == '\'';

	if (mark && in_tag(src, at, true) != OUTSIDE)
		buf_puts(out, cp == '"' ? "&quot;" : "&#39;");
	else if (cp == '"' || cp == '\\')
		buf_printf(out, "\\%c", (char)cp);
	else if ((cp == '&' || cp == '<') && !plain_string(src, at, &html) && html)
		buf_puts(out, cp == '&' ? "&amp;" : "&lt;");
	else if ((cp == '&' || cp == '<') && !plain_string(src, at, &html))
		return false;
	else if (cp >= 0x20 && encoding_holds(src->encoding, cp))
		buf_putcp(out, cp);
	else if (cp < 0x10000)
		put_unit(out, cp);
	else {
		put_unit(out, 0xD800 + ((cp - 0x10000) >> 10));
		put_unit(out, 0xDC00 + ((cp - 0x10000) & 0x3FF));
	}
	return true;
}

/* Is the element of the tag before the place one of HTML, so that what lies in it is markup for certain, and no text that is to become
 * some? */
static bool
in_html_element(const struct source *src, uint32_t at)
{
	static const char names[] = " p h1 h2 h3 h4 h5 h6 li td th dd dt em i b strong a span blockquote q cite figcaption div br hl1 hl2 ";
	const char *p = tag_before(src, at, false), *end = src->s + at;
	char name[16] = " ";
	size_t n = 1;

	if (p == NULL)
		return false;
	for (p += 1 + (p + 1 < end && p[1] == '/'); p < end && n + 2 < sizeof name && strchr(" \t\r\n/>", *p) == NULL; p++)
		name[n++] = *p;
	name[n++] = ' ';
	name[n] = '\0';
	return strstr(names, name) != NULL;
}

static bool
has_one_of(const struct source *src, uint32_t a, uint32_t z, const char *const *words)
{
	for (; *words != NULL; words++)
		if (memmem(src->s + a, z - a, *words, strlen(*words)) != NULL)
			return true;
	return false;
}

/* How often `&` and `<` are to be escaped where markup may hold markup: within CDATA, and without; the run of characters there tells what
 * they are by what it has of escaped tags and references.  -1: not to be told. */
static int
layers_at(const struct source *src, uint32_t at)
{
	static const char *const tags[] = { "</", "<p>", "<br", "&amp;", "&nbsp;", NULL };
	static const char *const escaped[] = { "&lt;/", "&lt;p&gt;", "&lt;br", "&amp;amp;", "&amp;nbsp;", NULL };
	uint32_t a = at, z = at, least = at > FAR ? at - FAR : 0, most = src->len - at > FAR ? at + FAR : src->len;
	bool cdata = in_cdata(src, at);

	if (in_tag(src, at, false) != OUTSIDE)
		return 1;
	if (cdata) {
		while (a > least && (src->s[a - 1] != '[' || a < 9 || memcmp(src->s + a - 9, "<![CDATA[", 9) != 0))
			a--;
		while (z + 2 < most && memcmp(src->s + z, "]]>", 3) != 0)
			z++;
		return has_one_of(src, a, z, tags) ? 1 : -1;
	}
	if (in_html_element(src, at))
		return 1;
	while (a > least && src->s[a - 1] != '>')
		a--;
	while (z < most && src->s[z] != '<')
		z++;
	return has_one_of(src, a, z, escaped) ? 2 : -1;
}

/* A character of the grammar where markup may hold markup.  Before a blank or a figure it stands for itself in HTML, too, so that escaping
 * it once is right whether the text is HTML or not. */
static bool
put_layered(struct buf *out, const struct source *src, uint32_t at, unsigned cp, char next)
{
	int layers = layers_at(src, at);
	bool alone = strchr(" \t\r\n.,;:)", next) != NULL || (cp == '&' && next >= '0' && next <= '9');

	if (layers < 0 && !alone)
		return false;
	if (layers < 0)
		layers = !in_cdata(src, at);
	buf_puts(out, layers == 0 ? cp == '&' ? "&" : "<" : layers == 1 ? cp == '&' ? "&amp;" : "&lt;" : cp == '&' ? "&amp;amp;" : "&amp;lt;");
	return true;
}

/* `next`: the byte behind it. */
static bool
put_markup(struct buf *out, const struct article *a, enum grammar g, struct range at, uint32_t src_at, unsigned cp, char next)
{
	const struct source *src = a->src;
	bool layered = g == LAYERED, page = strcmp(a->format, "html") == 0, tag;

	if (cp != '&' && cp != '<' && cp != '"' && cp != '\'' && cp != '\\' && encoding_holds(src->encoding, cp)) {
		buf_putcp(out, cp);
		return true;
	}
	tag = in_tag(src, src_at, false) != OUTSIDE;
	if (page && !tag && in_script(a, at, src_at))
		return false;
	if (cp == '"' || cp == '\'' || cp == '\\') {
		if (layered && in_escaped_tag(src, src_at))
			return false;
		buf_puts(out, !tag || cp == '\\' ? cp == '"' ? "\"" : cp == '\\' ? "\\" : "'" : cp == '"' ? "&quot;" : "&#39;");
		return true;
	}
	if (cp == '&' || cp == '<') {
		if (layered)
			return put_layered(out, src, src_at, cp, next);
		if (!page && in_cdata(src, src_at))
			return false;
		buf_puts(out, cp == '&' ? "&amp;" : "&lt;");
	} else if (!page && in_cdata(src, src_at)) {
		buf_putcp(out, cp);
	} else {
		buf_printf(out, "&#%u;", cp);
	}
	return true;
}

/* Where the bytes are not the words, a piece of them cannot be replaced by words. */
static bool
is_coded(const struct article *a, struct range at, struct extent e, const char *with)
{
	if (e.z - e.a != range_len(at) || (range_len(at) != 0 && memcmp(a->src->s + e.a, text_at(&a->text, at), range_len(at)) != 0))
		return true;
	for (const char *p = with; *p != '\0'; p++)
		if ((unsigned char)*p >= 0x80)
			return true;
	return false;
}

const char *
report_escape(const struct article *a, struct range at, struct extent e, const char *with, struct arena *arena)
{
	const struct reader *reader = reader_by_name(a->format);
	enum grammar g = grammar_of(reader);
	const char *s = with, *end = with + strlen(with), *copy;
	struct buf out = BUF_INIT;
	bool ok = true;
	unsigned cp;

	if (g == PLAIN) {
		if (reader != NULL && reader->coded && (is_coded(a, at, e, with) || strpbrk(with, reader->reserved) != NULL))
			return NULL;
		return strpbrk(with, "\"'\\") != NULL && in_front(a->src, e.a) ? NULL : arena_strdup(arena, with);
	}
	/* where no marks hold a value together, any blank or mark may end it */
	if (strcspn(with, " \t\r\n\"'=<>`&") != strlen(with) && in_tag(a->src, e.a, g == JSON) == BARE)
		return NULL;
	while (ok && s < end) {
		char next;

		s += utf8_decode(s, end, &cp);
		next = s < end ? *s : e.z < a->src->len ? a->src->s[e.z] : ' ';
		ok = g == JSON ? put_json(&out, a->src, e.a, cp) : put_markup(&out, a, g, at, e.a, cp, next);
	}
	copy = ok ? arena_strndup(arena, out.s, out.n) : NULL;
	buf_release(&out);
	return copy;
}
