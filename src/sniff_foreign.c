/* Files of markup or data that are of no format known here.  As plain text they would be a heap of tags: they are refused, with
 * what they are.  `--as text` reads them all the same. */
#include "reader.h"
#include "sniff.h"

#include <string.h>
#include <strings.h>

static bool
is_named_xml(const struct source *src)
{
	size_t n = strlen(src->path);

	return n > 4 && strcasecmp(src->path + n - 4, ".xml") == 0;
}

/* Marked up throughout, not prose that begins with a tag: declared, with a namespace, or with the root's end tag near the end. */
static bool
is_xml(const struct source *src, const struct sniffed *root)
{
	const char *s = src->s, *end = s + src->len, *tail = src->len > 1024 ? end - 1024 : s;

	if (sniff_is_html(root) && !is_named_xml(src))
		return false;
	if (root->ns != NULL || root->html || memmem(s, src->len < 300 ? src->len : 300, "<?xml", 5) != NULL)
		return true;
	while ((tail = memmem(tail, (size_t)(end - tail), "</", 2)) != NULL) {
		tail += 2;
		if ((size_t)(end - tail) > root->n && memcmp(tail, root->name, root->n) == 0)
			return true;
	}
	return false;
}

static int
sniff(const struct look *k)
{
	return k->json || (k->rooted && is_xml(k->src, &k->root)) ? SNIFF_FOREIGN : 0;
}

static bool
read_foreign(struct source *src, struct intake *in)
{
	struct look k;

	look_begin(&k, src);
	if (k.rooted)
		in->refusal = arena_printf(&src->arena, "XML with the outermost element '%.*s', no format that is read",
		    (int)(k.root.n < 60 ? k.root.n : 60), k.root.name);
	else if (look_key(&k, "$schema"))
		in->refusal = "a JSON schema, no story";
	else
		in->refusal = "JSON of no format that is read";
	look_end(&k);
	return false;
}

const struct reader reader_foreign = {
	.name = "foreign",
	.title = "markup of no known format",
	.suffixes = "",
	.sniff = sniff,
	.read = read_foreign,
};
