/* Words in an XML document: what it cannot hold, and what nobody would see, is written as emit_plain() does. */
#ifndef WL_XML_TEXT_H
#define WL_XML_TEXT_H

#include "emitter.h"

#include <stddef.h>

void xml_text(struct buf *out, const char *s, size_t n);
/* ` name="value"`, the value as xml_text() writes it. */
void xml_attribute(struct buf *out, const char *name, const char *value);
/* ` name="path"`, as emit_path_bare() writes it. */
void xml_path(struct buf *out, const char *name, const char *path);

#endif
