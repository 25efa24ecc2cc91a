/* XML with exact positions.
 *
 * libxml2 says whether the file is well-formed and what the names and namespaces are; where everything stands is found by our
 * own eyes.  In its callbacks for start and end tags the offset of the parser is exact on a UTF-8 buffer; its other callbacks
 * are not to be trusted with places.  But between two tags the raw bytes can only be text, entities, CDATA, comments and
 * processing instructions, and those are easily told apart: xml_gap() does it.
 *
 *	<p>AT&amp;T <b>
 *	   ^^        text 3..5
 *	     ^^^^^   entity 5..10
 *	          ^^ text 10..12, then the start tag, whose event sets all this off */
#include "util/xml_int.h"

#include "util/buf.h"
#include "util/next_of.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
start_library(void)
{
	xmlMemSetup(free, xmalloc, xrealloc, xstrdup);	/* out of memory ends the program, as everywhere */
	xmlInitParser();
}

void
xml_start(void)
{
	pthread_once(&once, start_library);
}

bool
xml_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The entity or character reference at s, which begins with '&': its bytes, with what it stands for in out; 0 if it is none
 * that XML itself defines. */
size_t
xml_reference(const char *s, size_t n, char out[4], size_t *outlen)
{
	static const struct { const char *name; char c; } five[] = {
		{ "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&quot;", '"' }, { "&apos;", '\'' },
	};
	size_t i;

	for (i = 0; i < sizeof five / sizeof five[0]; i++) {
		size_t len = strlen(five[i].name);

		if (len <= n && memcmp(s, five[i].name, len) == 0) {
			out[0] = five[i].c;
			*outlen = 1;
			return len;
		}
	}
	if (n > 3 && s[1] == '#') {
		bool hex = s[2] == 'x';
		unsigned long cp = 0;

		for (i = hex ? 3 : 2; i < n && s[i] != ';'; i++) {
			const char *digits = "0123456789abcdefABCDEF", *d = strchr(digits, s[i]);
			unsigned v;

			if (s[i] == '\0' || d == NULL || (!hex && d - digits > 9))
				return 0;
			v = (unsigned)(d - digits);
			cp = cp * (hex ? 16 : 10) + (v > 15 ? v - 6 : v);
			if (cp > 0x10FFFF)
				return 0;
		}
		if (i < n && i > (hex ? 3u : 2u)) {
			*outlen = utf8_encode((unsigned)cp, out);
			return i + 1;
		}
	}
	return 0;
}

static void
emit(struct xml_scan *p, int kind, uint32_t at, uint32_t end, const char *s, size_t n)
{
	struct xml_event e = { .kind = kind, .s = s, .n = n, .at = at, .end = end };

	p->each(p->arg, &e);
}

static uint32_t
find(const struct xml_scan *p, uint32_t from, const char *what)
{
	const char *at = from < p->n ? memmem(p->s + from, p->n - from, what, strlen(what)) : NULL;

	return at != NULL ? (uint32_t)(at - p->s) : (uint32_t)p->n;
}

static bool
begins(const struct xml_scan *p, uint32_t at, const char *what)
{
	size_t n = strlen(what);

	return n <= p->n - at && memcmp(p->s + at, what, n) == 0;
}

/* The end of a document type declaration; strings, comments and the internal subset may hold a '>'. */
static uint32_t
skip_doctype(const struct xml_scan *p, uint32_t at)
{
	int inner = 0;

	while (at < p->n) {
		char c = p->s[at];

		if (c == '"' || c == '\'') {
			const char *close = memchr(p->s + at + 1, c, p->n - at - 1);

			if (close == NULL)
				return (uint32_t)p->n;
			at = (uint32_t)(close - p->s);
		} else if (c == '<' && begins(p, at, "<!--")) {
			at = find(p, at + 4, "-->") + 2;
		} else if (c == '<' && begins(p, at, "<?")) {
			at = find(p, at + 2, "?>") + 1;
		} else if (c == '<') {
			inner++;
		} else if (c == '>' && --inner == 0) {
			return at + 1;
		}
		at++;
	}
	return (uint32_t)p->n;
}

static uint32_t
least(size_t a, size_t b)
{
	return (uint32_t)(a < b ? a : b);
}

/* Hands out what stands between the last tag and the next, or `limit`; p->pos is at the tag's '<' then. */
void
xml_gap(struct xml_scan *p, uint32_t limit)
{
	while (p->pos < limit) {
		uint32_t at = p->pos, end;

		if (p->s[at] != '<' && p->s[at] != '&') {
			static const struct byte_set marks = {{'<', '&', '&', '&', '&', '&'}, 0, 0};

			end = (uint32_t)next_of(p->s, at, limit, &marks);
			if (p->depth > 0)
				emit(p, XML_TEXT, at, end, p->s + at, end - at);
		} else if (p->s[at] == '&') {
			char c[4];
			size_t outlen = 0, len = xml_reference(p->s + at, p->n - at, c, &outlen);

			if (len != 0) {
				end = at + (uint32_t)len;
				emit(p, XML_ENTITY, at, end, c, outlen);
			} else {	/* one that only the file's own DTD would know: handed out as it stands */
				end = find(p, at, ";");
				end = end < limit ? end + 1 : limit;
				emit(p, XML_ENTITY, at, end, p->s + at, end - at);
			}
		} else if (begins(p, at, "<!--")) {
			uint32_t close = find(p, at + 4, "-->");

			end = least((size_t)close + 3, p->n);
			emit(p, XML_COMMENT, at, end, p->s + at + 4, close - (at + 4));
		} else if (begins(p, at, "<![CDATA[")) {
			uint32_t close = find(p, at + 9, "]]>");

			end = least((size_t)close + 3, p->n);
			emit(p, XML_CDATA, at, end, p->s + at + 9, close - (at + 9));
		} else if (begins(p, at, "<!")) {
			end = skip_doctype(p, at);
		} else if (begins(p, at, "<?")) {
			uint32_t close = find(p, at + 2, "?>");

			end = least((size_t)close + 2, p->n);
			if (!begins(p, at, "<?xml") || (at + 5 < p->n && !xml_is_blank(p->s[at + 5])))
				emit(p, XML_PI, at, end, p->s + at + 2, close - (at + 2));
		} else {
			return;
		}
		p->pos = end;
	}
}

static bool
needs_decoding(const struct xml_scan *p, const struct xml_attr *a)
{
	uint32_t at;

	for (at = a->at; at < a->end; at++)
		if (p->s[at] == '&' || p->s[at] == '\n' || p->s[at] == '\t' || p->s[at] == '\r')
			return true;
	return false;
}

/* libxml2 leaves an ampersand in a value as "&#38;" unless it is told to replace all entities, which is never told. */
void
xml_decode_values(struct xml_scan *p, size_t n)
{
	size_t i, room = 0;

	for (i = 0; i < n; i++)
		if (needs_decoding(p, &p->attrs[i]))
			room += p->attrs[i].end - p->attrs[i].at;
	if (room == 0)
		return;
	buf_clear(&p->values);
	buf_room(&p->values, room);	/* at once: the values point into it */
	for (i = 0; i < n; i++) {
		struct xml_attr *a = &p->attrs[i];
		uint32_t at = a->at;
		size_t start = p->values.n;

		if (!needs_decoding(p, a))
			continue;
		while (at < a->end) {
			char c[4];
			size_t outlen, len = p->s[at] == '&' ? xml_reference(p->s + at, a->end - at, c, &outlen) : 0;

			if (len != 0) {
				buf_add(&p->values, c, outlen);
				at += (uint32_t)len;
			} else if (p->s[at] == '\r' && at + 1 < a->end && p->s[at + 1] == '\n') {
				at++;
			} else {
				buf_putc(&p->values, xml_is_blank(p->s[at]) ? ' ' : p->s[at]);
				at++;
			}
		}
		a->value = p->values.s + start;
		a->n = p->values.n - start;
	}
}

/* The sole place that looks into the parser's input. */
static uint32_t
offset(const struct xml_scan *p)
{
	const xmlParserInput *in = p->ctxt->inputNr > 0 ? p->ctxt->inputTab[0] : p->ctxt->input;

	return in == NULL ? (uint32_t)p->n : least(in->consumed + (size_t)(in->cur - in->base), p->n);
}

/* The raw values of a start tag's attributes, in order, namespace declarations left out. */
static void
place_attrs(struct xml_scan *p, uint32_t tag, uint32_t end, size_t n)
{
	const char *s = p->s + tag + 1, *z = p->s + end;
	size_t i = 0;

	while (s < z && !xml_is_blank(*s) && *s != '/' && *s != '>')
		s++;
	while (i < n) {
		const char *name, *value;
		bool ns;
		char quote;

		while (s < z && xml_is_blank(*s))
			s++;
		for (name = s; s < z && *s != '=' && !xml_is_blank(*s); s++)
			;
		ns = s - name >= 5 && memcmp(name, "xmlns", 5) == 0 && (s - name == 5 || name[5] == ':');
		while (s < z && *s != '"' && *s != '\'')
			s++;
		if (s >= z)
			break;		/* cannot be in a well-formed tag */
		quote = *s++;
		value = s;
		s = memchr(value, quote, (size_t)(z - value));
		if (s == NULL)
			break;
		if (!ns) {
			p->attrs[i].at = (uint32_t)(value - p->s);
			p->attrs[i++].end = (uint32_t)(s - p->s);
		}
		s++;
	}
	for (; i < n; i++)
		p->attrs[i].at = p->attrs[i].end = end;
}

static void
on_start(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns, int nns, const xmlChar **nss, int nattrs,
    int ndefaulted, const xmlChar **attrs)
{
	struct xml_scan *p = arg;
	uint32_t off = offset(p), tag;
	size_t n = (size_t)(nattrs - ndefaulted), i;
	struct xml_event e = { .kind = XML_START, .name = (const char *)name, .ns = (const char *)ns, .prefix = (const char *)prefix };

	(void)nns, (void)nss;
	if (p->failed || p->depth > XML_DEPTH)
		return;
	xml_gap(p, off);
	tag = p->pos;
	p->empty = off < p->n && p->s[off] == '/';
	p->pos = least((size_t)off + (p->empty ? 2 : 1), p->n);
	while (p->capattrs < n)
		p->attrs = xgrow(p->attrs, p->capattrs, &p->capattrs, sizeof *p->attrs);
	for (i = 0; i < n; i++) {
		p->attrs[i].name = (const char *)attrs[i * 5];
		p->attrs[i].value = (const char *)attrs[i * 5 + 3];
		p->attrs[i].n = (size_t)(attrs[i * 5 + 4] - attrs[i * 5 + 3]);
	}
	if (n != 0) {
		place_attrs(p, tag, off, n);
		xml_decode_values(p, n);
	}
	p->open[p->depth].at = tag;
	p->open[p->depth].name = (const char *)name;
	p->open[p->depth].ns = (const char *)ns;
	p->depth++;
	e.attrs = p->attrs;
	e.nattrs = n;
	e.at = tag;
	e.end = p->pos;
	p->each(p->arg, &e);
}

static void
on_end(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
	struct xml_scan *p = arg;
	uint32_t off = offset(p);
	struct xml_event e = { .kind = XML_END, .name = (const char *)name, .ns = (const char *)ns, .prefix = (const char *)prefix };

	if (p->failed || p->depth == 0)
		return;
	if (!p->empty)
		xml_gap(p, off);
	p->empty = false;
	p->depth--;
	e.at = p->pos;
	e.end = p->pos = off;
	p->each(p->arg, &e);
}

static unsigned
line_of(const struct xml_scan *p, uint32_t at)
{
	unsigned line = 1;
	uint32_t i;

	for (i = 0; i < at; i++)
		if (p->s[i] == '\n' || (p->s[i] == '\r' && (i + 1 >= p->n || p->s[i + 1] != '\n')))
			line++;
	return line;
}

static void fail(struct xml_scan *p, uint32_t at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void
fail(struct xml_scan *p, uint32_t at, const char *fmt, ...)
{
	va_list ap;

	if (p->failed)
		return;
	p->failed = true;
	p->err->at = at;
	va_start(ap, fmt);
	vsnprintf(p->err->message, sizeof p->err->message, fmt, ap);
	va_end(ap);
	/* a name may have been cut in the middle of a character */
	p->err->message[utf8_valid(p->err->message, strlen(p->err->message))] = '\0';
}

/* </b> where </a> should be: the place is the end tag, and not behind it. */
static void
fail_mismatch(struct xml_scan *p, uint32_t off)
{
	uint32_t at = off, len;

	while (at > p->pos && !(p->s[at - 1] == '<' && at < p->n && p->s[at] == '/'))
		at--;
	at = at > 0 ? at - 1 : 0;
	for (len = 0; at + 2 + len < off && !xml_is_blank(p->s[at + 2 + len]) && p->s[at + 2 + len] != '>' && len < 40; len++)
		;
	fail(p, at, "end tag '%.*s', expected '/%.40s' for the start tag on line %u", (int)len + 1, p->s + at + 1,
	    p->open[p->depth - 1].name, line_of(p, p->open[p->depth - 1].at));
}

static const char *
words_for(int code)
{
	switch (code) {
	case XML_ERR_DOCUMENT_EMPTY:
	case XML_ERR_LT_REQUIRED:
		return "text, expected an XML start tag";
	case XML_ERR_DOCUMENT_END:
		return "something after the end of the document, expected one outermost element";
	case XML_ERR_ATTRIBUTE_NOT_STARTED:
		return "attribute value without quotation marks";
	case XML_ERR_ATTRIBUTE_NOT_FINISHED:
		return "attribute value does not end, expected a quotation mark";
	case XML_ERR_LT_IN_ATTRIBUTE:
		return "'<' in an attribute value, expected '&lt;'";
	case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
		return "attribute without a value";
	case XML_ERR_ATTRIBUTE_REDEFINED:
		return "attribute stands twice in one tag";
	case XML_ERR_SPACE_REQUIRED:
		return "no blank between two attributes";
	case XML_ERR_GT_REQUIRED:
		return "tag does not end, expected '>'";
	case XML_ERR_COMMENT_NOT_FINISHED:
		return "comment does not end, expected '-->'";
	case XML_ERR_CDATA_NOT_FINISHED:
		return "CDATA section does not end, expected ']]>'";
	case XML_ERR_PI_NOT_FINISHED:
		return "processing instruction does not end, expected '?>'";
	case XML_ERR_ENTITYREF_SEMICOL_MISSING:
	case XML_ERR_NAME_REQUIRED:
		return "'&' or '<' that begins nothing, expected '&amp;' or '&lt;'";
	case XML_ERR_INVALID_CHAR:
	case XML_ERR_INVALID_CHARREF:
		return "a character that XML does not allow";
	case XML_ERR_INVALID_ENCODING:
		return "bytes that are not UTF-8";
	default:
		return NULL;
	}
}

/* Behind `&`, `<` or `&T`, where the parser gave up, back to the mark itself; `off` where there is none. */
static uint32_t
bare_mark(const struct xml_scan *p, uint32_t off)
{
	uint32_t at = off < p->n ? off : (uint32_t)p->n;

	while (at > p->pos && at > 0 && !xml_is_blank(p->s[at - 1]) && p->s[at - 1] != '>') {
		at--;
		if (p->s[at] == '&' || p->s[at] == '<')
			return at;
	}
	return off;
}

static void
on_error(void *arg, xmlErrorPtr e)
{
	struct xml_scan *p = arg;
	uint32_t off;
	const char *words;

	if (p->failed || e->level < XML_ERR_FATAL)
		return;		/* warnings and namespaces without declaration: the file is still well-formed */
	off = offset(p);
	if (p->depth > 0 && e->code == XML_ERR_TAG_NAME_MISMATCH) {
		fail_mismatch(p, off);
	} else if (p->depth >= XML_DEPTH && e->code == XML_ERR_INTERNAL_ERROR) {
		fail(p, off, "elements nest deeper than %d", XML_DEPTH);
	} else if (p->depth > 0 && off >= p->n) {
		fail(p, off, "file ends inside '%.40s', which begins on line %u", p->open[p->depth - 1].name,
		    line_of(p, p->open[p->depth - 1].at));
	} else if (e->code == XML_ERR_UNDECLARED_ENTITY) {
		const char *semicolon = p->s + (off > 0 ? off - 1 : 0), *amp = semicolon;

		while (amp > p->s && *amp != '&')
			amp--;
		fail(p, (uint32_t)(amp - p->s), "entity '%.*s' is none of XML's own (amp, lt, gt, quot, apos)",
		    (int)(semicolon - amp + 1 > 40 ? 40 : semicolon - amp + 1), amp);
	} else if ((words = words_for(e->code)) != NULL) {
		if (e->code == XML_ERR_NAME_REQUIRED || e->code == XML_ERR_ENTITYREF_SEMICOL_MISSING)
			off = bare_mark(p, off);
		fail(p, off, "%s", words);
	} else {
		const char *m = e->message != NULL ? e->message : "not well-formed";

		fail(p, off, "not well-formed: %.*s", (int)strcspn(m, "\n"), m);
	}
}

bool
xml_parse(const char *s, size_t n, xml_event_fn *each, void *arg, struct xml_error *err)
{
	struct xml_error ignored;
	struct xml_scan p;

	p.s = s;
	p.n = n;
	p.each = each;
	p.arg = arg;
	p.err = err != NULL ? err : &ignored;
	p.failed = p.empty = false;
	p.pos = 0;
	p.depth = 0;
	p.attrs = NULL;
	p.capattrs = 0;
	buf_init(&p.values);
	xml_start();
	if (n == 0 || memchr(s, '\0', n < 4 ? n : 4) != NULL) {	/* NULs there would make it guess UTF-16 or UCS-4 */
		fail(&p, 0, n == 0 ? "file is empty, expected an XML document" : "a character that XML does not allow");
		return false;
	}
	p.ctxt = xmlCreateMemoryParserCtxt(s, (int)n);
	if (p.ctxt == NULL) {
		fail(&p, 0, "could not be read");
		return false;
	}
	memset(p.ctxt->sax, 0, sizeof *p.ctxt->sax);
	p.ctxt->sax->initialized = XML_SAX2_MAGIC;
	p.ctxt->sax->startElementNs = on_start;
	p.ctxt->sax->endElementNs = on_end;
	p.ctxt->sax->serror = on_error;
	p.ctxt->userData = &p;
	xmlCtxtUseOptions(p.ctxt, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	p.ctxt->sax->serror = on_error;
	xmlParseDocument(p.ctxt);
	if (!p.failed && !p.ctxt->wellFormed)
		fail(&p, offset(&p), "not well-formed");
	if (!p.failed)
		xml_gap(&p, (uint32_t)n);
	else if (p.depth > 0 && p.err->at > p.pos)
		xml_gap(&p, p.err->at);
	if (p.ctxt->myDoc != NULL)
		xmlFreeDoc(p.ctxt->myDoc);
	xmlFreeParserCtxt(p.ctxt);
	free(p.attrs);
	buf_release(&p.values);
	return !p.failed;
}
