/* The reader of plain text.
 *
 * A file with one paragraph a line is its own text, byte for byte, and its blocks are ranges of it.  Blanks at the ends of a
 * paragraph, indentation and line ends are in the text but in no block. */
#include "read/plain.h"
#include "reader.h"
#include "sniff.h"

static struct block *
add_block(struct article *a, uint32_t from, uint32_t to, bool blank_before)
{
	struct block *b = article_block(a, BLOCK_PARAGRAPH, WEAK, from);

	b->at.z = to;
	b->paragraph = (uint32_t)a->nblocks;
	b->blank_before = blank_before;
	return b;
}

/* One paragraph a line: the text is the source. */
static void
read_lines(struct source *src, struct article *a, const struct plain_copy *copy)
{
	bool blank = false;

	text_borrow(&a->text, src->s, src->len, 0);
	for (uint32_t at = 0; at < src->len;) {
		struct plain_line l = plain_line_at(copy, at);

		at = l.next;
		if (!plain_is_empty(&l))
			add_block(a, l.a, l.z, blank);
		blank = plain_is_empty(&l);
	}
}

static void
read_wrapped(struct source *src, struct article *a, const struct plain_copy *copy, struct plain_layout layout)
{
	struct plain_line first = { 0 }, last = { 0 };
	struct block *open = NULL;
	bool blank = false;
	uint32_t done = 0;		/* the source is in the text up to here */

	for (uint32_t at = 0; at < src->len;) {
		struct plain_line l = plain_line_at(copy, at);

		at = l.next;
		if (plain_is_empty(&l)) {
			open = NULL;
			blank = true;
			continue;
		}
		if (open != NULL && !plain_begins_paragraph(copy, &first, &last, &l, layout)) {
			text_segment(&a->text, SEG_BREAK, " ", 1, (struct extent){ last.z, l.a });
			text_verbatim(&a->text, src->s + l.a, l.z - l.a, l.a);
			open->at.z = (uint32_t)a->text.n;
		} else {
			uint32_t from;

			text_verbatim(&a->text, src->s + done, l.a - done, done);
			from = (uint32_t)a->text.n;
			text_verbatim(&a->text, src->s + l.a, l.z - l.a, l.a);
			open = add_block(a, from, (uint32_t)a->text.n, blank);
			first = l;
		}
		done = l.z;
		last = l;
		blank = false;
	}
}

static int
sniff(const struct look *k)
{
	(void)k;
	return 1;
}

static bool
read_text(struct source *src, struct intake *in)
{
	struct plain_copy copy = { src->s, (uint32_t)src->len, src->has_cr };
	struct plain_layout layout = plain_layout(&copy);

	intake_begin(in, src, "text", NULL);
	if (layout.wide == 0)
		read_lines(src, in->article, &copy);
	else
		read_wrapped(src, in->article, &copy, layout);
	if (in->article->nblocks == 0) {
		in->refusal = "nothing but blanks";
		return false;
	}
	intake_end(in, UINT32_MAX);
	return true;
}

const struct reader reader_text = {
	.name = "text",
	.title = "plain text, one paragraph a line or blank lines between paragraphs",
	.suffixes = "txt text",
	.signs = "anything that is no other format",
	.fields = "",
	.sniff = sniff,
	.read = read_text,
};
