/* The reader of mail: each text at exactly its bytes, however it is encoded; which parts are read; torn mail. */
#include "unit.h"

#include "reading.h"

#include <stdlib.h>
#include <string.h>

static bool
read_file(void)
{
	ck_assert(reading_load("story.eml", file.s, file.n, note_blocks) == &reader_mail);
	return reader_mail.read(&src, &in);
}

/* The blocks of a mail whose header ends with `fields`. */
static const char *
mail(const char *fields, const char *body)
{
	buf_clear(&file);
	buf_puts(&file, "Message-ID: <1@example.org>\nFrom: Ada Brandt <ada@example.org>\nTo: desk@example.org\n");
	buf_puts(&file, fields);
	buf_puts(&file, "\n");
	buf_puts(&file, body);
	return read_file() ? out.s : in.refusal;
}

static const char *
field(enum field_name name)
{
	static struct buf value;
	const struct field *f = article_find_field(&article, name);

	buf_release(&value);
	if (f != NULL)
		buf_add(&value, text_at(&article.text, f->at), range_len(f->at));
	return value.s;
}

/* What was remarked of a kind: where, and the detail. */
static const char *
remarked(enum remark_kind kind)
{
	static struct buf said;

	buf_release(&said);
	for (size_t i = 0; i < src.nremarks; i++) {
		const struct remark *m = &src.remarks[i];

		if (m->kind != kind)
			continue;
		buf_add(&said, src.s + m->at.a, m->at.z - m->at.a);
		buf_printf(&said, "@%u %s|", (unsigned)m->at.a, m->detail != NULL ? m->detail : "");
	}
	return said.s;
}

#define QP "Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset="
#define RSQ "\342\200\231"
#define LDQ "\342\200\234"
#define RDQ "\342\200\235"

START_TEST(quoted_printable)
{
	ck_assert_str_eq(mail(QP "utf-8\n", "It didn=E2=80=99t sail, the port of Har=\nbourville said =E2=\r\n=80=9Cno=E2=80=9D.\n"),
	    "paragraph: It didn" RSQ "t sail, the port of Harbourville said " LDQ "no" RDQ ".|");
	ck_assert_str_eq(bytes_of(RSQ), "=E2=80=99");
	ck_assert_str_eq(bytes_of("t sail"), "t sail");
	ck_assert_str_eq(bytes_of("Harbourville"), "Har=\nbourville");
	ck_assert_str_eq(bytes_of("bourville"), "bourville");
	ck_assert_str_eq(bytes_of(LDQ), "=E2=\r\n=80=9C");
	ck_assert_str_eq(bytes_of("no" RDQ "."), "no=E2=80=9D.");
	/* signs that encode nothing stay; what is no character is one that says so */
	ck_assert_str_eq(mail(QP "utf-8\n", "One = two=XY, =E2=80 and =FF.\n"), "paragraph: One = two=XY, \357\277\275 and \357\277\275.|");
	ck_assert_str_eq(bytes_of(" and \357\277\275"), " and =FF");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 2);
	ck_assert_uint_eq(src.remarked[REMARK_INVALID_UTF8].n, 2);
	ck_assert_str_eq(mail(QP "utf-8\n", "It ends =\n"), "paragraph: It ends|");
	ck_assert_str_eq(mail(QP "utf-8\n", "It ends ="), "paragraph: It ends|");
	ck_assert_str_eq(mail(QP "utf-8\n", "It ends =E2=80"), "paragraph: It ends \357\277\275|");
}
END_TEST

/* White space between words is white space of the file, or one sign of the encoding that stands for it. */
START_TEST(encoded_blanks)
{
	ck_assert_str_eq(mail(QP "utf-8\n", "It rose.=20 Then=20=20 it =20fell =20\n=20\n=20\nand\n"), "paragraph: It rose. Then it fell|paragraph: and|");
	ck_assert_str_eq(bytes_of("rose. Then"), "rose.=20 Then");
	ck_assert_str_eq(bytes_of(". "), ".=20");
	ck_assert_str_eq(bytes_of("it fell"), "it =20fell");
	ck_assert_str_eq(bytes_of("it "), "it ");
	ck_assert_str_eq(mail("Content-Transfer-Encoding: quoted-printable\nContent-Type: text/html\n", "<p>It rose =20\n =20\nand fell.</p>"),
	    "paragraph: It rose and fell.|");
	ck_assert_str_eq(bytes_of("rose and"), "rose =20\n =20\nand");
}
END_TEST

START_TEST(charsets)
{
	ck_assert_str_eq(mail(QP "iso-8859-1\n", "Caf=E9 =A0fell.\n"), "paragraph: Caf\303\251 \302\240fell.|");
	ck_assert_str_eq(bytes_of("\303\251"), "=E9");
	ck_assert_uint_eq(src.nremarks, 0);
	ck_assert_str_eq(mail(QP "\"ISO-8859-15\"; format=fixed\n", "Ten =A4.\n"), "paragraph: Ten \342\202\254.|");
	ck_assert_str_eq(mail(QP "windows-1254\n", "Say=FDn =93=DE=94.\n"), "paragraph: Say\304\261n " LDQ "\305\236" RDQ ".|");
	ck_assert_uint_eq(src.nremarks, 0);
	/* Latin-1 has no quotation marks: Windows's are meant */
	ck_assert_str_eq(mail(QP "iso-8859-1\n", "It didn=92t.\n"), "paragraph: It didn" RSQ "t.|");
	ck_assert_ptr_nonnull(strstr(remarked(REMARK_WRONG_ENCODING), "declared iso-8859-1, read as windows-1252"));
	/* one that nobody knows matters only where there is something to decode */
	ck_assert_str_eq(mail(QP "x-harbour\n", "It rose.\n"), "paragraph: It rose.|");
	ck_assert_uint_eq(src.nremarks, 0);
	ck_assert_str_eq(mail(QP "x-harbour\n", "It didn=92t.\n"), "paragraph: It didn" RSQ "t.|");
	ck_assert_str_eq(remarked(REMARK_WRONG_ENCODING), "x-harbour@162 declared x-harbour, read as windows-1252|");
	ck_assert_str_eq(mail(QP "x-harbour\n", "It didn=E2=80=99t.\n"), "paragraph: It didn" RSQ "t.|");
	/* none at all: by the bytes */
	ck_assert_str_eq(mail("Content-Transfer-Encoding: quoted-printable\n", "It didn=E2=80=99t.\n"), "paragraph: It didn" RSQ "t.|");
	ck_assert_uint_eq(src.nremarks, 0);
	ck_assert_str_eq(mail("Content-Transfer-Encoding: quoted-printable\n", "It didn=92t.\n"), "paragraph: It didn" RSQ "t.|");
	ck_assert_ptr_nonnull(strstr(remarked(REMARK_UNDECLARED_8BIT), "=92@"));
	/* eight bits as they are: the mail declares them */
	ck_assert_str_eq(mail("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n", "Caf\351 X.\n"), "paragraph: Caf\303\251 X.|");
	ck_assert_str_eq(bytes_of("\303\251"), "\351");
	ck_assert_uint_eq(src.nremarks, 0);
	ck_assert_str_eq(mail("Content-Type: text/plain; charset=iso-8859-1\n", "Caf\303\251 X.\n"), "paragraph: Caf\303\251 X.|");
	ck_assert_ptr_nonnull(strstr(remarked(REMARK_WRONG_ENCODING), "declared iso-8859-1, read as utf-8"));
}
END_TEST

#define B64 "Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset="

START_TEST(base_64)
{
	/* "It didn't \342\200\234sail\342\200\235.\n" */
	ck_assert_str_eq(mail(B64 "utf-8\n", "SXQgZGlkbid0IOKAnHNh\r\naWzigJ0uCg==\r\n"), "paragraph: It didn't " LDQ "sail" RDQ ".|");
	ck_assert_str_eq(bytes_of(LDQ), "IOKAnHNh");		/* its first two bytes are in "IOKA", the last in "nHNh" */
	ck_assert_str_eq(bytes_of("sail"), "nHNh\r\naWzi");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 0);
	for (size_t i = 1; i < article.text.nsegs; i++)
		ck_assert_uint_ge(article.text.segs[i].src, article.text.segs[i - 1].src);
	/* another one behind its end; then plain text */
	ck_assert_str_eq(mail(B64 "utf-8\n", "SXQgcm9zZQ==\nIGFnYWluLg==\n"), "paragraph: It rose again.|");
	ck_assert_str_eq(mail(B64 "utf-8\n", "SXQgcm9zZQ==\n\n___\nThe list's own line.\n"),
	    "paragraph: It rose|paragraph: ___|paragraph: The list's own line.|");
	ck_assert_str_eq(bytes_of("The list's"), "The list's");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
	ck_assert_str_eq(mail(B64 "utf-8\n", "SXQg*cm9zZQ"), "paragraph: It rose|");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
	/* HTML in it, and an entity in that */
	ck_assert_str_eq(mail("Content-Transfer-Encoding: base64\nContent-Type: text/html; charset=iso-8859-1\n", "PHA+Q2Fm6SAmYW1wOyBjby48L3A+"),
	    "paragraph: Caf\303\251 & co.|");
	ck_assert_str_eq(bytes_of("&"), "6SAmYW1wOyBj");
}
END_TEST

START_TEST(encoded_words)
{
	mail("Subject: =?utf-8?Q?Port_takes_=E2=80=9Cfirst=E2=80=9D?=\n =?ISO-8859-1?q?_ship_at_Caf=E9?= pier =?x?= a = b\n", "It rose.\n");
	ck_assert_str_eq(out.s, "headline: Port takes " LDQ "first" RDQ " ship at Caf\303\251 pier =?x?= a = b|paragraph: It rose.|");
	ck_assert_str_eq(bytes_of("takes " LDQ), "takes_=E2=80=9C");
	ck_assert_str_eq(bytes_of("\303\251 pier"), "=E9?= pier");
	ck_assert_str_eq(field(FIELD_HEADLINE), "Port takes " LDQ "first" RDQ " ship at Caf\303\251 pier =?x?= a = b");
	mail("Subject: =?utf-8?B?4oCcZmlyc3TigJ0=?= =?utf-8*en?b?ISE=?=\n", "It rose.\n");
	ck_assert_str_eq(out.s, "headline: " LDQ "first" RDQ "!!|paragraph: It rose.|");
	ck_assert_str_eq(bytes_of(LDQ), "4oCc");
	ck_assert_str_eq(bytes_of("first"), "Zmlyc3Ti");
	/* a character over two words; a word that never ends; a charset that nobody knows */
	mail("Subject: =?utf-8?Q?Ca=C3?= =?utf-8?Q?=A9?=\n", "It rose.\n");
	ck_assert_str_eq(out.s, "headline: Ca\303\251|paragraph: It rose.|");
	mail("Subject: =?utf-8?Q?Ca\n", "It rose.\n");
	ck_assert_str_eq(out.s, "headline: =?utf-8?Q?Ca|paragraph: It rose.|");
	mail("Subject: =?x-harbour?Q?Port=92s?=\n", "It rose.\n");
	ck_assert_str_eq(out.s, "headline: Port" RSQ "s|paragraph: It rose.|");
	ck_assert_ptr_nonnull(strstr(remarked(REMARK_WRONG_ENCODING), "declared x-harbour, read as windows-1252"));
}
END_TEST

START_TEST(heads)
{
	static const char *const senders[][2] = {
		{ "Ada Brandt <ada@example.org>", "Ada Brandt" }, { "\"Brandt, Ada\" <ada@example.org>", "Brandt, Ada" },
		{ "ada@example.org", "ada@example.org" }, { "<ada@example.org>", "ada@example.org" }, { "ada@example.org (Ada Brandt)", "Ada Brandt" },
		{ "=?utf-8?Q?=C3=84da?= <ada@example.org>", "\303\204da" }, { "<ada@example.org", "ada@example.org" }, { "\"", "\"" }, { "<", "" },
	};

	for (size_t i = 0; i < sizeof senders / sizeof *senders; i++) {
		buf_clear(&file);
		buf_printf(&file, "Message-ID: <1>\nMIME-Version: 1.0\nFrom: %s\nDate: Tue, 24 Nov 2026\n\t09:30 +0000\nContent-Language: en\n\nIt rose.\n",
		    senders[i][0]);
		ck_assert(read_file());
		ck_assert_str_eq(field(FIELD_PROVIDER), senders[i][1]);
		ck_assert_str_eq(field(FIELD_PUBLISHED), "Tue, 24 Nov 2026 09:30 +0000");
		ck_assert_str_eq(field(FIELD_LANGUAGE), "en");
	}
	/* how it came is not what it says */
	mail("Subject: Fwd: FW:  Port reopens\n", "It rose.\n");
	ck_assert_str_eq(out.s, "headline: Port reopens|paragraph: It rose.|");
	mail("Subject: I: the emperor\n", "It rose.\n");
	ck_assert_str_eq(out.s, "headline: the emperor|paragraph: It rose.|");
	mail("Subject: Fwd:\n", "It rose.\n");
	ck_assert_str_eq(out.s, "headline: Fwd:|paragraph: It rose.|");
}
END_TEST

START_TEST(html_in_quoted_printable)
{
	mail("Content-Type: text/html; charset=\"windows-1252\"\nContent-Transfer-Encoding: quoted-printable\n",
	    "<html><head><title>No</title><style>p { x: y }</style></head><body><p class=3D\"x\">The mill=92s AT&amp;T X&#102;a=\n<b>ul</b>t.</p><p>It f=\nell.</p></body></html>");
	ck_assert_str_eq(out.s, "paragraph: The mill" RSQ "s AT&T Xfault.|paragraph: It fell.|");
	ck_assert_str_eq(bytes_of("Xfault"), "X&#102;a=\n<b>ul</b>t");
	ck_assert_str_eq(bytes_of(RSQ), "=92");
	ck_assert_str_eq(bytes_of("T&"), "T&amp;");
	ck_assert_str_eq(bytes_of("fell"), "f=\nell");
}
END_TEST

START_TEST(flowed_lines)
{
	ck_assert_str_eq(mail("Content-Type: text/plain; format=flowed\n", "It rose \r\nand \r\n fell.\r\nIt stopped.\r\n-- \r\nAda\r\n"),
	    "paragraph: It rose and fell.|paragraph: It stopped.|boilerplate: --|boilerplate: Ada|");
	ck_assert_str_eq(bytes_of("rose and fell"), "rose \r\nand \r\n fell");
	ck_assert_str_eq(mail("Content-Type: text/plain; format=flowed; delsp=yes\n", "It ro \nse  \nand fell. \n\nIt stopped.\n"),
	    "paragraph: It rose and fell.|paragraph: It stopped.|");
	ck_assert_str_eq(bytes_of("rose"), "ro \nse");
	ck_assert_str_eq(mail("Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; format=flowed\n", "It rose=20\nand fell.\n"),
	    "paragraph: It rose and fell.|");
	ck_assert_str_eq(bytes_of("rose and"), "rose=20\nand");
	ck_assert_str_eq(mail("Content-Type: text/plain; format=flowed\n", "> It rose \n> and fell.\n>> Why? \n> Because.\n"),
	    "paragraph: > It rose and fell.|paragraph: >> Why?|paragraph: > Because.|");
}
END_TEST

#define MIXED "Content-Type: multipart/mixed; boundary=ab\n"
#define ALTERNATIVE "Content-Type: multipart/alternative; boundary=\"ab\"\n"

START_TEST(parts)
{
	ck_assert_str_eq(mail(MIXED, "no\n--ab\n\nOne.\n--abc\n--ab\nContent-Type: image/jpeg\n\nno\n--ab\nContent-Type: text/html\n\n<p>Two.</p>\n--ab\n"
	    "Content-Type: text/plain; name=\"x; charset=y\"; charset=utf-8\nContent-Disposition: attachment\n\nno\n--ab \n\nThree.\n--ab--\nno\n"),
	    "paragraph: One.|paragraph: --abc|paragraph: Two.|paragraph: Three.|");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 0);
	/* the last boundary is missing, all are, the name of it is */
	ck_assert_str_eq(mail(MIXED, "--ab\n\nOne.\n--ab\n\nTwo.\n"), "paragraph: One.|paragraph: Two.|");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
	ck_assert_str_eq(mail(MIXED, "One.\n"), "paragraph: One.|");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
	ck_assert_str_eq(mail("Content-Type: multipart/mixed\n", "--x\nContent-Type: text/html\n\n<p>One.</p>\n--x--\n"), "paragraph: One.|");
	ck_assert_uint_eq(src.remarked[REMARK_DAMAGED].n, 1);
	ck_assert_str_eq(mail("Content-Type: multipart/mixed; boundary=\"\"\n", "One.\n"), "paragraph: One.|");
}
END_TEST

START_TEST(alternatives)
{
#define HTML_PART "--ab\nContent-Type: text/html\n\n<p>One.</p><p>Two &amp; three.</p>\n"
#define PLAIN_PART "--ab\nContent-Type: text/plain\n\nOne.\n"
	ck_assert_str_eq(mail(ALTERNATIVE, PLAIN_PART HTML_PART "--ab--\n"), "paragraph: One.|");
	ck_assert_str_eq(mail(ALTERNATIVE, HTML_PART PLAIN_PART "--ab--\n"), "paragraph: One.|");
	ck_assert_str_eq(mail(ALTERNATIVE, "--ab\nContent-Type: text/plain\n\n\n" HTML_PART "--ab--\n"), "paragraph: One.|paragraph: Two & three.|");
	ck_assert_str_eq(mail(ALTERNATIVE, HTML_PART "--ab--\n"), "paragraph: One.|paragraph: Two & three.|");
	ck_assert_str_eq(mail(ALTERNATIVE, PLAIN_PART "--ab\nContent-Type: multipart/related; boundary=cd\n\n--cd\nContent-Type: text/html\n\n<p>"
	    "No.</p>\n--cd\nContent-Type: image/png\n\nno\n--cd--\n--ab--\n"), "paragraph: One.|");
	/* the plain text only says that there is more */
	buf_clear(&file);
	buf_puts(&file, "Message-ID: <1>\nFrom: ada\nSubject: Port\n" ALTERNATIVE "\n--ab\n\nThis mail is in HTML.\n--ab\nContent-Type: text/html\n\n<p>");
	for (unsigned i = 0; i < 40; i++)
		buf_puts(&file, "The port took in its ship. ");
	buf_puts(&file, "</p>\n--ab--\n");
	ck_assert(read_file());
	ck_assert_uint_eq(article.nblocks, 2);
	ck_assert_uint_eq(article.nfields, 2);
	ck_assert_ptr_null(strstr(out.s, "HTML"));
	ck_assert_ptr_null(memmem(article.text.s, article.text.n, "HTML", 4));
	ck_assert_uint_eq(src.nremarks, 0);
}
END_TEST

START_TEST(signatures)
{
	ck_assert_str_eq(mail("", "It rose.\n-- \nAda Brandt\nCoast News\n"), "paragraph: It rose.|boilerplate: --|boilerplate: Ada Brandt|boilerplate: Coast News|");
	ck_assert(article.blocks[1].from_markup);
	ck_assert_str_eq(mail("Content-Type: text/html\n", "<div>It rose.<div class='x gmail_signature'>Ada<div>News</div></div>It fell.</div><p id=Signature>Jan</p>"),
	    "paragraph: It rose.|paragraph: It fell.|boilerplate: Ada|boilerplate: News|boilerplate: Jan|");
	ck_assert_str_eq(mail("Content-Type: text/html\n", "It rose &amp; fell.\n"), "paragraph: It rose & fell.|");
	/* what stands below is no signature */
	ck_assert_str_eq(mail("", "See below.\n-- \nAda\n\n----- Original message -----\nIt rose.\n"),
	    "paragraph: See below.|paragraph: --|paragraph: Ada|paragraph: ----- Original message -----|paragraph: It rose.|");
	ck_assert_str_eq(mail("", "--\nIt rose.\n"), "paragraph: --|paragraph: It rose.|");
}
END_TEST

#define INNER "From: jan@example.org\nSubject: Mill reopens\n\nIt fell.\n"

START_TEST(mail_in_mail)
{
	/* with text of its own: one story */
	ck_assert_str_eq(mail("Subject: Port\n" MIXED, "--ab\n\nIt rose.\n--ab\nContent-Type: message/rfc822\n\n" INNER "--ab--\n"),
	    "headline: Port|paragraph: It rose.|crosshead: Mill reopens|paragraph: It fell.|");
	/* nothing but what it passes on: that is the story, or the stories */
	ck_assert_str_eq(mail("Subject: Fwd\n" MIXED, "--ab\n\n\n--ab\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\n" INNER "--ab--\n"),
	    "headline: Mill reopens|paragraph: It fell.|");
	ck_assert_str_eq(field(FIELD_PROVIDER), "jan@example.org");
	ck_assert_ptr_null(article.item);
	ck_assert_str_eq(mail("Subject: Fwd\nContent-Type: message/rfc822\n", INNER), "headline: Mill reopens|paragraph: It fell.|");
	ck_assert_str_eq(mail("Subject: Day\nContent-Type: multipart/digest; boundary=ab\n", "--ab\n\n" INNER "--ab\n\nFrom: x\nSubject: No\n\n\n--ab\n\n" INNER "--ab--\n"),
	    "[1] headline: Mill reopens|paragraph: It fell.|(2: a mail without text)[3] headline: Mill reopens|paragraph: It fell.|");
	ck_assert_uint_eq(article.whole.z, UINT32_MAX);
	/* a mailbox */
	buf_clear(&file);
	buf_puts(&file, "From ada Tue Nov 24\nMessage-ID: <1>\nFrom: ada\nTo: x\n\nIt rose.\n\nFrom here on it fell.\n\nFrom jan Tue Nov 24\nSubject: Two\n\nIt fell.\n");
	ck_assert(read_file());
	ck_assert_str_eq(out.s, "[1] paragraph: It rose.|paragraph: From here on it fell.|[2] headline: Two|paragraph: It fell.|");
}
END_TEST

START_TEST(forms)
{
	ck_assert_str_eq(mail("Subject: A form\n", "{\"Category\":[\"X\"],\"Body\":[\"It \\u201crose\\u201d.\\nIt fell.\"],\"Headline\":[\"Port \\\"opens\\\"\",\"\"],"
	    "\"Slugline\":\"port\"}\n"), "slug: port|headline: Port \"opens\"|paragraph: It " LDQ "rose" RDQ ".|paragraph: It fell.|");
	ck_assert_str_eq(field(FIELD_HEADLINE), "Port \"opens\"");
	ck_assert_str_eq(bytes_of("rose" RDQ), "rose\\u201d");
	ck_assert_str_eq(mail(QP "utf-8\n", "{\"Headline\":[\"Caf=C3=A9\"],\"Body\":[\"It r=\nose \\=\nu201cup\\u201d.\"]}"),
	    "headline: Caf\303\251|paragraph: It rose " LDQ "up" RDQ ".|");
	ck_assert_str_eq(bytes_of(LDQ), "\\=\nu201c");
	ck_assert_str_eq(mail("Subject: A note\n", "{no form} at all\n"), "headline: A note|paragraph: {no form} at all|");
}
END_TEST

START_TEST(refused)
{
	ck_assert_str_eq(mail("Subject: Port\n", "\n"), "a mail without text");
	ck_assert_str_eq(mail("Subject: Port\n", ""), "a mail without text");
	ck_assert_str_eq(mail("Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n", "/9j/\n"), "a mail without text, only attachments");
	ck_assert_str_eq(mail(MIXED, "--ab\n\n\n--ab\nContent-Type: application/pdf\n\nx\n--ab--\n"), "a mail without text, only attachments");
	ck_assert_str_eq(mail("Content-Type: multipart/encrypted; boundary=ab\n", "--ab\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--ab--\n"),
	    "an encrypted mail");
	ck_assert_str_eq(mail("", "-----BEGIN PGP MESSAGE-----\n\nhQIMA\n-----END PGP MESSAGE-----\n"), "an encrypted mail");
	ck_assert_str_eq(mail("Content-Type: multipart/report; boundary=ab\n", "--ab\n\nIt bounced.\n--ab--\n"), "a report on how mail was delivered, no story");
}
END_TEST

static bool
is_mail(const char *s)
{
	ck_assert_int_eq(source_load_mem(&src, "story.txt", s, strlen(s), NULL), SOURCE_OK);
	return reader_choose(&src) == &reader_mail;
}

START_TEST(told_by_content)
{
	ck_assert(is_mail("From: ada\nTo: desk\nSubject: Port\n\nIt rose.\n"));
	ck_assert(is_mail("\n  \nReceived: x\nMIME-Version: 1.0\nFrom: ada\n\nIt rose.\n"));
	ck_assert(is_mail("Received: x\nMIME-Version: 1.0\nFrom: ada\nIt rose.\n"));
	ck_assert(!is_mail("Source: Reuters\n\nIt rose.\n"));
	ck_assert(!is_mail("Headline: Port\nFrom: Harbourville\nDate: Tuesday\n\nIt rose.\n"));
	ck_assert(!is_mail("From: Harbourville\nSubject: ships\nDate: today\nIt rose.\n"));
	ck_assert(!is_mail("Note: to editors\nSource: Reuters\nContact: Ada\n\nIt rose.\n"));
	ck_assert(!is_mail("It rose.\n\nFrom: ada\nTo: desk\nSubject: Port\n\n"));
	ck_assert(!is_mail(""));
	ck_assert(!is_mail("From \n"));
}
END_TEST

/* A mail cut anywhere, and one with a byte changed anywhere, is read or refused, and every place in it is one of the file. */
START_TEST(torn)
{
	static const char whole[] = "Received: x\nFrom: =?utf-8?Q?=C3=84?= <a>\nSubject: =?utf-8?B?4oCc?= =?x?Q?_=92?=\nContent-Type: multipart/mixed; boundary=ab\n\n"
	    "--ab\nContent-Type: multipart/alternative; boundary=\"cd\"\n\n--cd\nContent-Type: text/plain; charset=utf-8; format=flowed\n"
	    "Content-Transfer-Encoding: quoted-printable\n\nIt didn=E2=80=99t=20\nro=\nse.\n-- =20\nAda\n--cd\nContent-Type: text/html\n\n<p>It &amp; x</p>\n--cd--\n"
	    "--ab\nContent-Transfer-Encoding: base64\n\n4oCcaXTigJ0=\n--ab\nContent-Type: message/rfc822\n\nSubject: x\n\n{\"Headline\":\"\\u201c\",\"Body\":[\"a\"]}\n--ab--\n";
	char *copy = malloc(sizeof whole);

	ck_assert_ptr_nonnull(copy);
	for (size_t n = 0; n < 2 * sizeof whole; n++) {
		size_t len = n < sizeof whole ? n : sizeof whole - 1;
		char *s = malloc(len + 1);	/* its own, so that a step too far shows */

		ck_assert_ptr_nonnull(s);
		memcpy(s, whole, len);
		if (n >= sizeof whole && n - sizeof whole < len)
			s[n - sizeof whole] = "=-\n\"?\xE2>"[n % 7];
		reading_load("story.eml", s, len, note_blocks);
		if (!reader_mail.read(&src, &in))
			ck_assert_ptr_nonnull(in.refusal);
		for (size_t i = 0; i < article.text.nsegs; i++)
			ck_assert_uint_le(article.text.segs[i].src + article.text.segs[i].src_len, src.len);
		for (size_t i = 0; i < src.nremarks; i++)
			ck_assert_uint_le(src.remarks[i].at.z, src.len);
		free(s);
	}
	free(copy);
}
END_TEST

/* Nothing takes longer than its length: parts within parts, words that never end, blanks without end. */
START_TEST(large)
{
	static const struct { const char *fields, *unit; } cases[] = {
		{ "Subject: x", "=?a?q?x" }, { "Subject: x", "=?a?b?" }, { "Subject: x", "\n " }, { "Subject: x", "<\"(" }, { "Subject: x", "fwd: " },
		{ "X: y\n" QP "utf-8\n\n", "=20" }, { "X: y\n" QP "utf-8; format=flowed\n\n", "=20" }, { "X: y\n" QP "utf-8\n\n", "=E2= \n" },
		{ B64 "utf-8\n\n", "AA==" }, { B64 "utf-8\n\n", "A=*" }, { MIXED "\n", "--ab\n" }, { MIXED "\n", "--ab\nContent-Type: multipart/mixed; boundary=ab\n\n" },
		{ "Content-Type: message/rfc822\n\n", "Content-Type: message/rfc822\n\n" }, { "Content-Type: text/plain; x=\"", "\" charset=\"" },
		{ "Content-Type: text/plain; format=flowed\n\n", "> \n" }, { "Content-Type: text/plain; format=flowed\n\n", ">" },
		{ "\n", "-- \nx\n" }, { "\n", "x\n\nFrom y\nz:\n" }, { "Content-Type: multipart/mixed\n\n", "--x\n" }, { "\n{\"Headline\":1,\"Body\":", "[" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&file);
		buf_printf(&file, "From x\nMessage-ID: <1>\nFrom: ada\n%s", cases[i].fields);
		while (file.n < 400000)
			buf_puts(&file, cases[i].unit);
		reading_load("story.eml", file.s, file.n, note_blocks);
		(void)reader_mail.read(&src, &in);
	}
}
END_TEST

Suite *
unit_read_mail(void)
{
	Suite *s = suite_create("read_mail");
	TCase *c = tcase_create("read_mail");

	tcase_add_checked_fixture(c, reading_setup, reading_teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, quoted_printable);
	tcase_add_test(c, encoded_blanks);
	tcase_add_test(c, charsets);
	tcase_add_test(c, base_64);
	tcase_add_test(c, encoded_words);
	tcase_add_test(c, heads);
	tcase_add_test(c, html_in_quoted_printable);
	tcase_add_test(c, flowed_lines);
	tcase_add_test(c, parts);
	tcase_add_test(c, alternatives);
	tcase_add_test(c, signatures);
	tcase_add_test(c, mail_in_mail);
	tcase_add_test(c, forms);
	tcase_add_test(c, refused);
	tcase_add_test(c, told_by_content);
	tcase_add_test(c, torn);
	tcase_add_test(c, large);
	suite_add_tcase(s, c);
	return s;
}
