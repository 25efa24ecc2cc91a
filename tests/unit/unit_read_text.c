/* The text reader: both layouts, line ends, positions. */
#include "unit.h"

#include "reader.h"
#include "util/buf.h"

#include <string.h>

static struct source src;
static struct article article;
static unsigned items;

static void
count_item(struct intake *in)
{
	(void)in;
	items++;
}

static bool
read_bytes(const char *s, size_t n)
{
	struct intake in = { .article = &article, .item = count_item };

	items = 0;
	ck_assert_int_eq(source_load_mem(&src, "story.txt", s, n, NULL), SOURCE_OK);
	return reader_text.read(&src, &in);
}

/* The blocks' texts, each followed by a bar. */
static const char *
blocks_of(const char *s)
{
	static struct buf out;

	buf_release(&out);
	ck_assert(read_bytes(s, strlen(s)));
	ck_assert_uint_eq(items, 1);
	for (size_t i = 0; i < article.nblocks; i++) {
		size_t n;
		const char *t = block_text(&article, &article.blocks[i], &n);

		buf_add(&out, t, n);
		buf_putc(&out, '|');
	}
	return out.s;
}

static void
setup(void)
{
	source_init(&src);
	article_init(&article);
}

static void
teardown(void)
{
	article_release(&article);
	source_release(&src);
}

START_TEST(one_paragraph_a_line)
{
	ck_assert_str_eq(blocks_of("The ferry stopped.\nNobody was hurt.\nIt sails again on Monday.\n"),
	    "The ferry stopped.|Nobody was hurt.|It sails again on Monday.|");
	/* blank lines between them change nothing */
	ck_assert_str_eq(blocks_of("The ferry stopped.\n\nNobody was hurt.\n\n\nIt sails again.\n"),
	    "The ferry stopped.|Nobody was hurt.|It sails again.|");
	ck_assert(!article.blocks[0].blank_before);
	ck_assert(article.blocks[1].blank_before);
	ck_assert_uint_eq(article.blocks[0].paragraph, 1);
	ck_assert_uint_eq(article.blocks[2].paragraph, 3);
}
END_TEST

START_TEST(line_ends)
{
	ck_assert_str_eq(blocks_of("One line.\r\nTwo lines.\r\n"), "One line.|Two lines.|");
	ck_assert_str_eq(blocks_of("One line.\rTwo lines.\r"), "One line.|Two lines.|");
	ck_assert_str_eq(blocks_of("One line.\rTwo lines.\nThree.\r\nFour."), "One line.|Two lines.|Three.|Four.|");
	ck_assert_str_eq(blocks_of("No line end"), "No line end|");
	ck_assert_str_eq(blocks_of("\n\r\n\rLate start.\n"), "Late start.|");
	ck_assert(article.blocks[0].blank_before);
}
END_TEST

START_TEST(blanks_at_the_ends)
{
	ck_assert_str_eq(blocks_of("  Indented.  \n\tTabbed.\t\n"), "Indented.|Tabbed.|");
	ck_assert_uint_eq(article.blocks[0].at.a, 2);
	ck_assert_uint_eq(article.blocks[0].at.z, 11);
	/* a no-break space is seen, so it is kept */
	ck_assert_str_eq(blocks_of("\xC2\xA0" "Kept.\n"), "\xC2\xA0" "Kept.|");
}
END_TEST

START_TEST(nothing_to_read)
{
	ck_assert(!read_bytes(" \n\t\n\r\n", 6));
	ck_assert_uint_eq(items, 0);
	ck_assert(!read_bytes("", 0));
}
END_TEST

START_TEST(nul_bytes)
{
	ck_assert(read_bytes("A\0B.\nC.", 7));
	ck_assert_uint_eq(article.nblocks, 2);
	ck_assert_uint_eq(range_len(article.blocks[0].at), 4);
}
END_TEST

static const char wrapped[] =
	"Island ferry stops for repairs\n"
	"By Ayla Demir\n"
	"\n"
	"The ferry between the two islands stopped on Monday after water\n"
	"came into its engine room, and the crew brought all passengers\n"
	"to the shore in small boats.\n"
	"\n"
	"Nobody was hurt. The company said that the repairs would take a\n"
	"week.\n"
	"\n"
	"___\n"
	"Source: Island Post\n";

START_TEST(wrapped_lines)
{
	ck_assert_str_eq(blocks_of(wrapped),
	    "Island ferry stops for repairs|By Ayla Demir|"
	    "The ferry between the two islands stopped on Monday after water came into its engine room, and the crew brought all "
	    "passengers to the shore in small boats.|"
	    "Nobody was hurt. The company said that the repairs would take a week.|___|Source: Island Post|");
	ck_assert(!article.blocks[1].blank_before);
	ck_assert(article.blocks[2].blank_before);
}
END_TEST

START_TEST(wrapped_positions)
{
	struct range word;
	struct extent e;
	const char *at;
	size_t seg;

	ck_assert(read_bytes(wrapped, sizeof wrapped - 1));
	/* the joint is one blank that stands for the line end */
	at = memmem(article.text.s, article.text.n, "water came", 10);
	ck_assert_ptr_nonnull(at);
	seg = text_seg_at(&article.text, (uint32_t)(at - article.text.s) + 5);
	ck_assert_int_eq(article.text.segs[seg].kind, SEG_BREAK);
	ck_assert_int_eq(wrapped[article.text.segs[seg].src], '\n');
	ck_assert_uint_eq(article.text.segs[seg].src_len, 1);
	/* a word behind it lies where it lies in the file */
	word = (struct range){ (uint32_t)(at - article.text.s) + 6, (uint32_t)(at - article.text.s) + 10 };
	e = text_extent(&article.text, word);
	ck_assert_uint_eq(e.z - e.a, 4);
	ck_assert_mem_eq(src.s + e.a, "came", 4);
}
END_TEST

START_TEST(wrapped_with_indentation)
{
	ck_assert_str_eq(blocks_of(
	    "   The ferry between the two islands stopped on Monday after\r\n"
	    "water came into its engine room, and the crew brought all of\r\n"
	    "the passengers to the shore.\r\n"
	    "   Nobody was hurt. The company said that the repairs would\r\n"
	    "take a week or more.\r\n"
	    "   Ferries of other companies\r\n"
	    "sail as usual.\r\n"),
	    "The ferry between the two islands stopped on Monday after water came into its engine room, and the crew brought all of "
	    "the passengers to the shore.|"
	    "Nobody was hurt. The company said that the repairs would take a week or more.|"
	    "Ferries of other companies sail as usual.|");
	/* paragraphs of one line each, too */
	ck_assert_str_eq(blocks_of(
	    "   The ferry between the two islands stopped on Monday after\n"
	    "water came into its engine room.\n"
	    "   Nobody was hurt.\n"
	    "   \"We are safe,\" said the mayor, and he said that he would\n"
	    "ask the company for an answer.\n"
	    "   The mayor was on board.\n"),
	    "The ferry between the two islands stopped on Monday after water came into its engine room.|Nobody was hurt.|"
	    "\"We are safe,\" said the mayor, and he said that he would ask the company for an answer.|The mayor was on board.|");
}
END_TEST

START_TEST(wrapped_list)
{
	ck_assert_str_eq(blocks_of(
	    "The company named three things that it would now look at, and\n"
	    "said that each of them\n"
	    "would take time:\n"
	    "- the engine room, where the\n"
	    "water came in\n"
	    "- the pumps\n"
	    "2. the small boats, some of which had no oars at all when they\n"
	    "were needed\n"),
	    "The company named three things that it would now look at, and said that each of them would take time:|"
	    "- the engine room, where the water came in|- the pumps|"
	    "2. the small boats, some of which had no oars at all when they were needed|");
}
END_TEST

START_TEST(short_lines_are_not_wrapped)
{
	/* a dialogue: every line ends a sentence, or begins with a capital */
	ck_assert_str_eq(blocks_of("Did you see the ferry on the way here?\nNo, I did not see it at all, I was inside.\n"
	    "It was there, with all its lights on.\nThen I must have been asleep again.\n"),
	    "Did you see the ferry on the way here?|No, I did not see it at all, I was inside.|"
	    "It was there, with all its lights on.|Then I must have been asleep again.|");
}
END_TEST

/* One line of some megabytes, and very many lines: no more than one block a line, and done at once. */
START_TEST(long_input)
{
	struct buf b;

	buf_init(&b);
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, "the ferry went on and on and ");
	ck_assert(read_bytes(b.s, b.n));
	ck_assert_uint_eq(article.nblocks, 1);
	ck_assert_uint_eq(article.text.nsegs, 1);
	buf_clear(&b);
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, "The ferry sailed.\n");
	ck_assert(read_bytes(b.s, b.n));
	ck_assert_uint_eq(article.nblocks, 100000);
	ck_assert_uint_eq(article.text.nsegs, 1);
	buf_release(&b);
}
END_TEST

Suite *
unit_read_text(void)
{
	Suite *s = suite_create("read_text");
	TCase *c = tcase_create("reader");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, one_paragraph_a_line);
	tcase_add_test(c, line_ends);
	tcase_add_test(c, blanks_at_the_ends);
	tcase_add_test(c, nothing_to_read);
	tcase_add_test(c, nul_bytes);
	tcase_add_test(c, wrapped_lines);
	tcase_add_test(c, wrapped_positions);
	tcase_add_test(c, wrapped_with_indentation);
	tcase_add_test(c, wrapped_list);
	tcase_add_test(c, short_lines_are_not_wrapped);
	tcase_add_test(c, long_input);
	suite_add_tcase(s, c);
	return s;
}
