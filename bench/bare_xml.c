/* libxml2's SAX parser: elements, text, comments and instructions counted.  Nothing is loaded, no tree is made. */
#include "bare.h"

#include <libxml/parserInternals.h>
#include <string.h>

static size_t events;

static void
start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int nns, const xmlChar **ns, int n, int defaulted,
    const xmlChar **attributes)
{
	(void)ctx, (void)name, (void)prefix, (void)uri, (void)nns, (void)ns, (void)n, (void)defaulted, (void)attributes;
	events++;
}

static void
end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	(void)ctx, (void)name, (void)prefix, (void)uri;
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

static void
instruction(void *ctx, const xmlChar *name, const xmlChar *s)
{
	(void)ctx, (void)name, (void)s;
	events++;
}

static void
silent(void *ctx, const xmlError *error)
{
	(void)ctx, (void)error;
}

size_t
bare_events(const char *s, size_t n)
{
	xmlSAXHandler sax;
	xmlParserCtxtPtr ctxt = xmlCreateMemoryParserCtxt(s, (int)n);

	events = 0;
	if (ctxt == NULL)
		return 0;
	memset(&sax, 0, sizeof sax);
	sax.initialized = XML_SAX2_MAGIC;
	sax.startElementNs = start;
	sax.endElementNs = end;
	sax.characters = sax.ignorableWhitespace = sax.cdataBlock = text;
	sax.comment = comment;
	sax.processingInstruction = instruction;
	sax.serror = (xmlStructuredErrorFunc)silent;
	*ctxt->sax = sax;
	xmlCtxtUseOptions(ctxt, XML_PARSE_NONET);
	xmlParseDocument(ctxt);
	xmlFreeDoc(ctxt->myDoc);
	ctxt->myDoc = NULL;
	xmlFreeParserCtxt(ctxt);
	return events;
}
