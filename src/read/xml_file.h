/* What the readers of XML formats share: the file as a tree, and its elements and attributes as fields and blocks. */
#ifndef WL_XML_FILE_H
#define WL_XML_FILE_H

#include "read/body.h"
#include "read/layer.h"
#include "reader.h"
#include "util/dom.h"

struct xml_file {
	struct source *src;
	struct arena arena;
	struct layer layer;		/* of the source */
	const struct dom *root;		/* the outermost element of the file; NULL if there is none */
};
/* Reads the tree; damage becomes a remark.  xml_file_release() frees it. */
void xml_file_open(struct xml_file *x, struct source *src);
void xml_file_release(struct xml_file *x);

/* All text of an element as a field or a block; NULL if el is NULL or holds nothing. */
struct field *xml_field(struct flow *f, const struct layer *l, const struct dom *el, enum field_name name, const char *key);
struct block *xml_block(struct flow *f, const struct layer *l, const struct dom *el, enum block_kind kind);	/* sure, from markup */
/* A block that is a field too: a headline, a byline. */
struct block *xml_block_field(struct flow *f, const struct layer *l, const struct dom *el, enum block_kind kind,
    enum field_name name, const char *key);
/* The value of el's attribute as a field; NULL if there is none or it is empty. */
struct field *xml_attr_field(struct flow *f, const struct layer *l, const struct dom *el, const char *attr, enum field_name name,
    const char *key);

#endif
