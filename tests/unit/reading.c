/* A file in memory, read by its reader. */
#include "reading.h"

#include <check.h>
#include <string.h>

struct source src;
struct article article;
struct buf file, out;
struct intake in;
unsigned items, skipped;

void
reading_setup(void)
{
	source_init(&src);
	article_init(&article);
	buf_init(&file);
	buf_init(&out);
}

void
reading_teardown(void)
{
	article_release(&article);
	source_release(&src);
	buf_release(&file);
	buf_release(&out);
}

const struct reader *
reading_load(const char *name, const char *s, size_t n, void (*item)(struct intake *))
{
	in = (struct intake){ .article = &article, .item = item, .skip = note_skip };
	items = skipped = 0;
	buf_clear(&out);
	buf_puts(&out, "");
	ck_assert_int_eq(source_load_mem(&src, name, s, n, NULL), SOURCE_OK);
	return reader_choose(&src);
}

void
note_text(const char *name, struct range r)
{
	buf_printf(&out, "%s: ", name);
	buf_add(&out, text_at(&article.text, r), range_len(r));
	buf_putc(&out, '|');
}

void
note_blocks(struct intake *i)
{
	(void)i;
	items++;
	if (article.item != NULL)
		buf_printf(&out, "[%s] ", article.item);
	for (size_t k = 0; k < article.nblocks; k++)
		note_text(block_kind_name(article.blocks[k].kind), article.blocks[k].at);
}

/* The file's bytes of a place in the text. */
static void
put_bytes(struct buf *to, struct range r, uint32_t *at)
{
	struct span s = source_span(&src, text_extent(&article.text, r));

	buf_add(to, src.raw + s.a, s.z - s.a);
	*at = (uint32_t)s.a;
}

static void
find_fault(const char *name, struct range r)
{
	const char *at = range_len(r) != 0 ? memmem(text_at(&article.text, r), range_len(r), "Xfault", 6) : NULL;
	uint32_t byte;

	if (at == NULL)
		return;
	r.a = (uint32_t)(at - article.text.s);
	r.z = r.a + 6;
	buf_printf(&out, "%s ", name);
	put_bytes(&out, r, &byte);
	buf_printf(&out, " @%u|", (unsigned)byte);
}

void
note_faults(struct intake *i)
{
	(void)i;
	items++;
	for (size_t k = 0; k < article.nblocks; k++)
		find_fault(block_kind_name(article.blocks[k].kind), article.blocks[k].at);
	for (size_t k = 0; k < article.nfields; k++)
		find_fault(field_name_str(article.fields[k].name), article.fields[k].at);
}

void
note_skip(struct intake *i, const char *item, const char *why)
{
	(void)i;
	skipped++;
	buf_printf(&out, "(%s: %s)", item, why);
}

const char *
fault_at(const char *kind, const char *what)
{
	static struct buf want;
	const char *at = memmem(src.raw, src.raw_len, what, strlen(what));

	ck_assert_ptr_nonnull(at);
	buf_release(&want);
	buf_printf(&want, "%s %s @%u|", kind, what, (unsigned)(at - src.raw));
	return want.s;
}

const char *
bytes_of(const char *words)
{
	static struct buf found;
	const char *at = memmem(article.text.s, article.text.n, words, strlen(words));
	struct range r;
	uint32_t byte;

	ck_assert_msg(at != NULL, "'%s' is not in the text", words);
	r.a = (uint32_t)(at - article.text.s);
	r.z = r.a + (uint32_t)strlen(words);
	buf_release(&found);
	put_bytes(&found, r, &byte);
	return found.s;
}
