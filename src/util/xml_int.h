/* What xml.c and xml_tree.c share: the scan between two tags. */
#ifndef WL_XML_INT_H
#define WL_XML_INT_H

#include "util/buf.h"
#include "util/xml.h"

enum { XML_DEPTH = 256 };

struct xml_scan {
	const char *s;
	size_t n;
	xml_event_fn *each;
	void *arg;
	struct _xmlParserCtxt *ctxt;	/* NULL without libxml2 */
	struct xml_error *err;
	bool failed;
	bool empty;			/* the tag just started is <a/>: its end follows at once */
	uint32_t pos;			/* all before it has been handed out */
	unsigned depth;
	struct { uint32_t at; const char *name, *ns; } open[XML_DEPTH + 2];
	struct xml_attr *attrs;
	size_t capattrs;
	struct buf values;		/* of attributes with references, decoded */
};

bool xml_is_blank(char c);
/* The entity or character reference at s, which begins with '&': its bytes, with what it stands for in out; 0 if it is none
 * that XML itself defines. */
size_t xml_reference(const char *s, size_t n, char out[4], size_t *outlen);
/* Hands out what stands between the last tag and the next, or `limit`; p->pos is at the tag's '<' then. */
void xml_gap(struct xml_scan *p, uint32_t limit);
/* Resolves references in the first n attributes, whose places are known. */
void xml_decode_values(struct xml_scan *p, size_t n);

#endif
