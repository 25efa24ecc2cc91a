/* markup: HTML, and XML that is not well-formed, as a row of events with exact places.  It never fails: what is no tag is
 * text.  Time is linear. */
#ifndef WL_MARKUP_H
#define WL_MARKUP_H

#include "util/arena.h"
#include "util/xml.h"

#include <stddef.h>
#include <stdint.h>

enum markup_kind { MARKUP_HTML, MARKUP_XML };
/* Hands out START, END, TEXT (with references in it), CDATA and COMMENT events of s from `from` on.  A start tag that closes itself
 * (<br/>) is followed by its END, which is empty, in XML; in HTML it is not.  Names and values lie in the arena or in s; HTML's
 * names are in lower case.  Values are decoded. */
void markup_scan(struct arena *arena, const char *s, size_t n, uint32_t from, enum markup_kind kind, xml_event_fn *each, void *arg);

/* An attribute's value, decoded: in s itself where it holds no reference. */
const char *markup_value(struct arena *arena, const char *s, uint32_t at, uint32_t end, size_t *n);

/* Names, each kept once. */
struct markup_names { struct arena *arena; const char *v[512]; };
const char *markup_name(struct markup_names *t, const char *s, size_t n, enum markup_kind kind);

#endif
