/* What the readers of XML formats share. */
#include "read/xml_file.h"

#include "read/comments.h"

void
xml_file_open(struct xml_file *x, struct source *src)
{
	struct xml_error damage;
	const struct dom *top;

	arena_init(&x->arena);
	x->src = src;
	x->layer = layer_of_source(src);
	top = dom_xml(&x->arena, src->s, src->len, &damage);
	x->root = dom_first_element(top);
	comments_take_items(src, &x->layer, top);
	if (damage.message[0] != '\0')
		source_remark(src, REMARK_DAMAGED, (struct extent){ damage.at, damage.at }, arena_strdup(&src->arena, damage.message));
}

void
xml_file_release(struct xml_file *x)
{
	arena_release(&x->arena);
}

struct field *
xml_field(struct flow *f, const struct layer *l, const struct dom *el, enum field_name name, const char *key)
{
	if (el == NULL)
		return NULL;
	flow_drop(f);
	body_put(f, l, el);
	return flow_field(f, name, key);
}

struct block *
xml_block(struct flow *f, const struct layer *l, const struct dom *el, enum block_kind kind)
{
	if (el == NULL)
		return NULL;
	flow_drop(f);
	body_put(f, l, el);
	return flow_block(f, kind, SURE, true);
}

struct block *
xml_block_field(struct flow *f, const struct layer *l, const struct dom *el, enum block_kind kind, enum field_name name,
    const char *key)
{
	struct block *b = xml_block(f, l, el, kind);

	flow_field_of(f, b, name, key);
	return b;
}

struct field *
xml_attr_field(struct flow *f, const struct layer *l, const struct dom *el, const char *attr, enum field_name name, const char *key)
{
	const struct xml_attr *a = dom_attr(el, attr);

	return a == NULL ? NULL : flow_whole_field(f, l, a->at, a->end, FLOW_MARKUP, name, key);
}
