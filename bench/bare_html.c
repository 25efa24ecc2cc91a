/* libxml2's HTML parser by SAX: elements, text and comments counted, no tree made.  wirelint reads HTML by itself, as HACKING.md
 * says why: this is what the library would take. */
#include "bare.h"

#include <libxml/HTMLparser.h>
#include <string.h>

static size_t events;

static void
start(void *ctx, const xmlChar *name, const xmlChar **attributes)
{
	(void)ctx, (void)name, (void)attributes;
	events++;
}

static void
end(void *ctx, const xmlChar *name)
{
	(void)ctx, (void)name;
	events++;
}

static void
text(void *ctx, const xmlChar *s, int n)
{
	(void)ctx, (void)s, (void)n;
	events++;
}

static void
comment(void *ctx, const xmlChar *s)
{
	(void)ctx, (void)s;
	events++;
}

size_t
bare_events(const char *s, size_t n)
{
	htmlSAXHandler sax;
	htmlParserCtxtPtr ctxt = htmlCreateMemoryParserCtxt(s, (int)n);

	events = 0;
	if (ctxt == NULL)
		return 0;
	memset(&sax, 0, sizeof sax);
	sax.startElement = start;
	sax.endElement = end;
	sax.characters = sax.ignorableWhitespace = sax.cdataBlock = text;
	sax.comment = comment;
	*ctxt->sax = sax;
	htmlCtxtUseOptions(ctxt, HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
	htmlParseDocument(ctxt);
	xmlFreeDoc(ctxt->myDoc);
	ctxt->myDoc = NULL;
	htmlFreeParserCtxt(ctxt);
	return events;
}
