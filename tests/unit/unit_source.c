/* source: every encoding there and back, places against a plain count, remarks, and any bytes at all. */
#include "unit.h"

#include "random.h"
#include "source/source.h"
#include "util/utf8.h"

#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- random files in every encoding, made character by character ---- */

enum { CHARS = 4000 };

struct file {
	char raw[CHARS * 4 + 8], s[CHARS * 4];
	uint32_t raw_at[CHARS + 1], dec_at[CHARS + 1];	/* where each character begins, and the end */
	unsigned cp[CHARS];
	size_t n;
};

/* The same of an encoding that has little in common with Latin-1, as the C library has it. */
static unsigned
by_library(enum encoding e, unsigned byte)
{
	char in = (char)byte, out[4], *from = &in, *to = out;
	size_t nin = 1, nout = sizeof out;
	iconv_t cd = iconv_open("UTF-32BE", encoding_name(e));
	bool ok;

	ck_assert_ptr_ne(cd, (iconv_t)-1);
	ok = iconv(cd, &from, &nin, &to, &nout) == 0;
	iconv_close(cd);
	return ok ? (unsigned)(unsigned char)out[1] << 16 | (unsigned)(unsigned char)out[2] << 8 | (unsigned char)out[3] : 0;
}

/* What the bytes of the single-byte encodings stand for where it is not the code point itself; 0 for nothing. */
static unsigned
stands_for(enum encoding e, unsigned byte)
{
	static const unsigned w[32] = {
		0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17D, 0,
		0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E, 0x178
	};
	bool windows = e == ENC_WINDOWS_1252 || e == ENC_WINDOWS_1254;

	if (e >= ENC_ISO_8859_2 && byte >= 0x80)
		return by_library(e, byte);
	if (e == ENC_WINDOWS_1254 && (byte == 0x8E || byte == 0x9E))
		return 0;
	if (windows && byte >= 0x80 && byte < 0xA0)
		return w[byte - 0x80];
	if (e == ENC_WINDOWS_1254 || e == ENC_ISO_8859_9)
		switch (byte) {
		case 0xD0: return 0x11E;
		case 0xDD: return 0x130;
		case 0xDE: return 0x15E;
		case 0xF0: return 0x11F;
		case 0xFD: return 0x131;
		case 0xFE: return 0x15F;
		}
	if (e == ENC_ISO_8859_15)
		switch (byte) {
		case 0xA4: return 0x20AC;
		case 0xA6: return 0x160;
		case 0xA8: return 0x161;
		case 0xB4: return 0x17D;
		case 0xB8: return 0x17E;
		case 0xBC: return 0x152;
		case 0xBD: return 0x153;
		case 0xBE: return 0x178;
		}
	return byte;
}

static size_t
put_unit(char *to, unsigned u, bool big)
{
	to[!big] = (char)(u >> 8);
	to[big] = (char)u;
	return 2;
}

static void
make(struct file *f, struct random *r, enum encoding e, size_t n, bool bom)
{
	static const unsigned wide[] = { 0xE9, 0x131, 0x416, 0x2019, 0x20AC, 0x3042, 0xFFFD, 0x1F600, 0x10FFFF, 0x2028, 0x85 };
	uint32_t raw = 0, dec = 0;
	bool big = e == ENC_UTF16BE;

	if (bom && e == ENC_UTF8) {
		memcpy(f->raw, "\xEF\xBB\xBF", 3);
		raw = 3;
	} else if (bom) {
		raw = (uint32_t)put_unit(f->raw, 0xFEFF, big);
	}
	f->n = n;
	for (size_t i = 0; i < n; i++) {
		unsigned sort = random_below(r, 20), cp;

		cp = sort < 12 ? 0x20 + random_below(r, 0x5F) : sort == 12 ? '\n' : sort == 13 ? '\r' : 0;
		f->raw_at[i] = raw;
		f->dec_at[i] = dec;
		if (e >= ENC_ISO_8859_1) {
			unsigned byte = cp != 0 ? cp : 0x80 + random_below(r, 0x80);

			f->raw[raw++] = (char)byte;
			cp = stands_for(e, byte) != 0 ? stands_for(e, byte) : 0xFFFD;
		} else {
			if (cp == 0)
				cp = wide[random_below(r, sizeof wide / sizeof *wide)];
			if (e == ENC_UTF8)
				raw += (uint32_t)utf8_encode(cp, f->raw + raw);
			else if (cp < 0x10000)
				raw += (uint32_t)put_unit(f->raw + raw, cp, big);
			else {
				raw += (uint32_t)put_unit(f->raw + raw, 0xD800 + ((cp - 0x10000) >> 10), big);
				raw += (uint32_t)put_unit(f->raw + raw, 0xDC00 + ((cp - 0x10000) & 0x3FF), big);
			}
		}
		f->cp[i] = cp;
		dec += (uint32_t)utf8_encode(cp, f->s + dec);
	}
	f->raw_at[n] = raw;
	f->dec_at[n] = dec;
}

static void
check_places(struct source *src, const struct file *f)
{
	uint32_t line = 1, column = 1, begin = f->raw_at[0];

	for (size_t i = 0; i <= f->n; i++) {
		struct place p = source_place(src, f->raw_at[i]);
		bool ends;

		ck_assert_msg(p.byte == f->raw_at[i] && p.line == line && p.column == column, "seed %d char %zu: %u:%u, not %u:%u",
		    TEST_SEED, i, p.line, p.column, line, column);
		if (i < f->n && i % 7 == 0 && f->raw_at[i + 1] > f->raw_at[i] + 1) {
			p = source_place(src, f->raw_at[i] + 1);
			ck_assert(p.line == line && p.column == column);
		}
		ends = i < f->n && (f->cp[i] == '\n' || (f->cp[i] == '\r' && !(i + 1 < f->n && f->cp[i + 1] == '\n')));
		column++;
		if (ends || i == f->n) {
			struct span s = source_line_span(src, line);
			size_t last = i;

			if (i < f->n && f->cp[i] == '\n' && i > 0 && f->cp[i - 1] == '\r' && f->raw_at[i] > begin)
				last = i - 1;
			ck_assert_msg(s.a == begin && s.z == f->raw_at[last], "seed %d line %u", TEST_SEED, line);
		}
		if (ends) {
			line++;
			column = 1;
			begin = f->raw_at[i + 1];
		}
	}
	ck_assert_uint_eq(source_line_count(src), begin == f->raw_at[f->n] ? line - 1 : line);
}

START_TEST(test_round_trip)
{
	struct random r = { TEST_SEED + (unsigned)_i };
	static struct file f;
	struct source_options opt = { .forced = true, .encoding = (enum encoding)_i };
	struct source src;

	source_init(&src);
	for (int round = 0; round < 12; round++) {
		bool bom = _i <= ENC_UTF16BE && round % 2 == 1;

		make(&f, &r, (enum encoding)_i, round < 3 ? (size_t)round : random_below(&r, CHARS), bom);
		ck_assert_int_eq(source_load_mem(&src, "x", f.raw, f.raw_at[f.n], &opt), SOURCE_OK);
		ck_assert_int_eq(src.encoding, _i);
		ck_assert_int_eq(src.bom, bom);
		ck_assert_uint_eq(src.len, f.dec_at[f.n]);
		ck_assert_mem_eq(src.s, f.s, src.len);
		if (_i == ENC_UTF8)
			ck_assert_ptr_eq(src.s, f.n == 0 && !bom ? src.raw : f.raw + (bom ? 3 : 0));
		for (int k = 0; k < 2000; k++) {
			size_t i = random_below(&r, (uint32_t)f.n + 1), j = i + random_below(&r, (uint32_t)(f.n - i) + 1), n;
			struct span s = source_span(&src, (struct extent){ f.dec_at[i], f.dec_at[j] });
			struct extent e = source_extent(&src, s);

			ck_assert_msg(s.a == f.raw_at[i] && s.z == f.raw_at[j], "seed %d round %d chars %zu..%zu: %u..%u", TEST_SEED + _i,
			    round, i, j, s.a, s.z);
			ck_assert(e.a == f.dec_at[i] && e.z == f.dec_at[j]);
			ck_assert_ptr_eq(source_slice(&src, s, &n), src.s + f.dec_at[i]);
			ck_assert_uint_eq(n, f.dec_at[j] - f.dec_at[i]);
			if (i < f.n && f.dec_at[i + 1] > f.dec_at[i] + 1) {	/* from inside a character: all of it */
				s = source_span(&src, (struct extent){ f.dec_at[i] + 1, f.dec_at[i] + 2 });
				ck_assert(s.a == f.raw_at[i] && s.z == f.raw_at[i + 1]);
			}
		}
		check_places(&src, &f);
	}
	source_release(&src);
}
END_TEST

/* What was decoded is encoded to the same bytes; what an encoding has not is told. */
START_TEST(test_encode)
{
	enum encoding e = (enum encoding)_i;
	struct source_options opt = { .forced = true, .encoding = e };
	struct buf out = BUF_INIT;
	struct source src;
	unsigned strange = 0;
	uint16_t high[128];
	char all[256];
	size_t n = 0;

	source_init(&src);
	encoding_high(e, high);
	for (int i = 0; i < 256; i++)
		if (e > ENC_UTF16BE ? i < 0x80 || high[i - 0x80] != 0xFFFD : i < 0x80 && (e == ENC_UTF8 || i % 2 == 0))
			all[n++] = (char)i;
	n -= n % 2;
	ck_assert_int_eq(source_load_mem(&src, "x", all, n, &opt), SOURCE_OK);
	ck_assert(encoding_put(&out, e, src.s, src.len, &strange));
	ck_assert_uint_eq(out.n, n);
	ck_assert_mem_eq(out.s, all, n);
	buf_clear(&out);
	ck_assert_int_eq(encoding_put(&out, e, "\xE3\x81\x82\xF0\x9F\x98\x80", 7, &strange), e <= ENC_UTF16BE);
	ck_assert_int_eq(encoding_holds(e, 0x3042), e <= ENC_UTF16BE);
	if (e > ENC_UTF16BE)
		ck_assert_uint_eq(strange, 0x3042);
	if (e == ENC_UTF16LE)
		ck_assert_mem_eq(out.s, "\x42\x30\x3D\xD8\x00\xDE", 6);
	if (e == ENC_UTF16BE)
		ck_assert_mem_eq(out.s, "\x30\x42\xD8\x3D\xDE\x00", 6);
	buf_release(&out);
	source_release(&src);
}
END_TEST

/* ---- what is recognized ---- */

static const struct remark *
remark_of(const struct source *src, enum remark_kind kind)
{
	for (size_t i = 0; i < src->nremarks; i++)
		if (src->remarks[i].kind == kind)
			return &src->remarks[i];
	return NULL;
}

static void
expect_remark(const struct source *src, enum remark_kind kind, uint32_t a, uint32_t z, const char *detail, uint32_t count)
{
	const struct remark *m = remark_of(src, kind);

	ck_assert_msg(m != NULL, "no remark %s", remark_names[kind]);
	ck_assert_msg(m->at.a == a && m->at.z == z && m->count == count, "%s at %u..%u, count %u", remark_names[kind], m->at.a,
	    m->at.z, m->count);
	if (detail == NULL)
		ck_assert_ptr_null(m->detail);
	else
		ck_assert_str_eq(m->detail, detail);
}

#define LOAD(src, bytes) \
	ck_assert_int_eq(source_load_mem((src), "x", (bytes), sizeof (bytes) - 1, NULL), SOURCE_OK)
#define TEXT_IS(src, want) \
	do { \
		ck_assert_uint_eq((src)->len, sizeof (want) - 1); \
		ck_assert_mem_eq((src)->s, (want), sizeof (want) - 1); \
	} while (0)

START_TEST(test_detection)
{
	struct source_options tr = { .lang = "tr" };
	struct source src;

	source_init(&src);
	LOAD(&src, "\xEF\xBB\xBFy\n");
	ck_assert(src.bom && src.encoding == ENC_UTF8 && src.len == 2);
	ck_assert_uint_eq(source_place(&src, 3).column, 1);
	ck_assert_uint_eq(source_place(&src, 0).column, 1);
	expect_remark(&src, REMARK_BOM, 0, 0, "utf-8", 1);
	LOAD(&src, "\xFE\xFF\0a\0\n");
	ck_assert(src.bom && src.encoding == ENC_UTF16BE);
	TEXT_IS(&src, "a\n");
	LOAD(&src, "a\0b\0c\0\n\0");
	ck_assert(!src.bom && src.encoding == ENC_UTF16LE);
	TEXT_IS(&src, "abc\n");
	LOAD(&src, "\0a\0b\0\n");
	ck_assert_int_eq(src.encoding, ENC_UTF16BE);
	/* a single stray NUL makes no UTF-16 */
	LOAD(&src, "a stray\0 one\n");
	ck_assert_int_eq(src.encoding, ENC_UTF8);
	expect_remark(&src, REMARK_CONTROL, 7, 8, "U+0000", 1);
	/* nothing declared: damage where most sequences are good, else a single-byte encoding */
	LOAD(&src, "\xC3\xA9t\xC3\xA9 \xFF\n");
	ck_assert_int_eq(src.encoding, ENC_UTF8);
	LOAD(&src, "caf\xE9 \x80 5\n");
	ck_assert_int_eq(src.encoding, ENC_WINDOWS_1252);
	TEXT_IS(&src, "caf\xC3\xA9 \xE2\x82\xAC 5\n");
	expect_remark(&src, REMARK_UNDECLARED_8BIT, 3, 5, "windows-1252", 1);
	LOAD(&src, "\xDEi\xFEli'de a\xE7\xFDk hava\n");
	ck_assert_int_eq(src.encoding, ENC_WINDOWS_1254);
	TEXT_IS(&src, "\xC5\x9Ei\xC5\x9Fli'de a\xC3\xA7\xC4\xB1k hava\n");
	LOAD(&src, "\xE9g\xF0 ver\xF0 a\xF0 segja \xFE\xE6r \xE1 \xEDslensku\n");
	ck_assert_int_eq(src.encoding, ENC_WINDOWS_1252);
	ck_assert_int_eq(source_load_mem(&src, "x", "a\xE7k\n", 4, &tr), SOURCE_OK);
	ck_assert_int_eq(src.encoding, ENC_WINDOWS_1254);
	/* declared */
	LOAD(&src, "<?xml version='1.0' encoding='ISO-8859-9'?><p>\xFD</p>\n");
	ck_assert_int_eq(src.encoding, ENC_ISO_8859_9);
	ck_assert_uint_eq(src.nremarks, 0);
	LOAD(&src, "<?xml version='1.0' encoding='ISO-8859-1'?><p>\xC3\xA9</p>\n");
	ck_assert_int_eq(src.encoding, ENC_UTF8);
	expect_remark(&src, REMARK_WRONG_ENCODING, 30, 40, "declared ISO-8859-1, read as utf-8", 1);
	LOAD(&src, "<html><meta charset=\"latin1\"><p>\x93so\x94</p>\n");
	ck_assert_int_eq(src.encoding, ENC_WINDOWS_1252);
	expect_remark(&src, REMARK_WRONG_ENCODING, 21, 27, "declared latin1, read as windows-1252", 1);
	LOAD(&src, "<?xml version='1.0' encoding='utf-8'?><p>\xE9</p>\n");
	ck_assert_int_eq(src.encoding, ENC_WINDOWS_1252);
	expect_remark(&src, REMARK_WRONG_ENCODING, 30, 35, "declared utf-8, read as windows-1252", 1);
	source_release(&src);
}
END_TEST

START_TEST(test_damage)
{
	struct source_options utf8 = { .forced = true, .encoding = ENC_UTF8 };
	struct source_options w = { .forced = true, .encoding = ENC_WINDOWS_1252 };
	struct source_options u16 = { .forced = true, .encoding = ENC_UTF16LE };
	struct source src;
	struct span s;

	source_init(&src);
	/* the example of the Unicode standard: truncated and stray bytes, one U+FFFD a maximal subpart */
	source_load_mem(&src, "x", "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF" "A\n", 10, &utf8);
	TEXT_IS(&src, "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" "A\n");
	expect_remark(&src, REMARK_INVALID_UTF8, 0, 12, "E1 80 E2 F0 91 92 F1 BF", 1);
	s = source_span(&src, (struct extent){ 6, 9 });
	ck_assert(s.a == 3 && s.z == 6);
	ck_assert_uint_eq(source_place(&src, 8).column, 5);
	source_load_mem(&src, "x", "a\xFF" "b\xFE\xFE\xFE\xFE\xFE\xFE\xFE\xFE\xFE\n", 13, &utf8);
	ck_assert_uint_eq(src.nremarks, 2);
	ck_assert_str_eq(src.remarks[0].detail, "FF");
	ck_assert_str_eq(src.remarks[1].detail, "FE FE FE FE FE FE FE FE ...");
	source_load_mem(&src, "x", "a\x81\x8Dz\n", 5, &w);
	TEXT_IS(&src, "a\xEF\xBF\xBD\xEF\xBF\xBDz\n");
	expect_remark(&src, REMARK_UNDEFINED_BYTE, 1, 7, "81 8D", 1);
	source_load_mem(&src, "x", "a\0\x3D\xD8" "b\0\n\0", 8, &u16);
	TEXT_IS(&src, "a\xEF\xBF\xBD" "b\n");
	expect_remark(&src, REMARK_LONE_SURROGATE, 1, 4, "3D D8", 1);
	source_load_mem(&src, "x", "a\0\n\0z", 5, &u16);
	TEXT_IS(&src, "a\n\xEF\xBF\xBD");
	expect_remark(&src, REMARK_UNDEFINED_BYTE, 2, 5, "7A", 1);
	source_release(&src);
}
END_TEST

START_TEST(test_hygiene)
{
	static char many[6000];
	struct source src;

	source_init(&src);
	LOAD(&src, "");
	ck_assert_uint_eq(src.nremarks, 0);
	LOAD(&src, "one\n\n\ntwo \xC2\x85 \xE2\x80\xA8\n");
	ck_assert_uint_eq(src.nremarks, 1);
	expect_remark(&src, REMARK_CONTROL, 10, 12, "U+0085", 1);
	LOAD(&src, "one");
	expect_remark(&src, REMARK_FINAL_NEWLINE, 3, 3, NULL, 1);
	ck_assert_uint_eq(src.nremarks, 1);
	LOAD(&src, "a\r\nb\nc\r\n");
	expect_remark(&src, REMARK_MIXED_EOL, 4, 5, "LF and CRLF", 1);
	LOAD(&src, "a\nb\r");
	expect_remark(&src, REMARK_MIXED_EOL, 3, 4, "LF and CR", 1);
	LOAD(&src, "a\rb\rc\nd\n\re\r\n");
	expect_remark(&src, REMARK_MIXED_EOL, 10, 12, "LF, CRLF and CR", 1);
	LOAD(&src, "a\rb\r");
	ck_assert_uint_eq(src.nremarks, 0);
	LOAD(&src, "a  \nb \t\n \nc ");
	expect_remark(&src, REMARK_TRAILING_BLANK, 1, 3, NULL, 4);
	expect_remark(&src, REMARK_TAB, 6, 7, NULL, 1);
	LOAD(&src, "a\n\n\n\n\nb\n\n\n\nc\n");
	expect_remark(&src, REMARK_BLANK_LINES, 4, 6, NULL, 2);
	LOAD(&src, "a\x01\x01\x02\x7F\n");
	ck_assert_uint_eq(src.nremarks, 3);
	expect_remark(&src, REMARK_CONTROL, 1, 3, "U+0001", 2);
	/* not more than a thousand of a kind are kept, the last counts the rest */
	for (size_t i = 0; i < sizeof many; i += 2)
		memcpy(many + i, "\x01" "a", 2);
	ck_assert_int_eq(source_load_mem(&src, "x", many, sizeof many, NULL), SOURCE_OK);
	ck_assert_uint_eq(src.nremarks, REMARKS_EACH + 1);
	ck_assert_uint_eq(src.remarks[REMARKS_EACH - 1].count, 3000 - REMARKS_EACH + 1);
	source_release(&src);
}
END_TEST

START_TEST(test_binary)
{
	struct source src;
	const char *what;

	source_init(&src);
	LOAD(&src, "\x89PNG\r\n\x1A\n\0\0\0\rIHDR");
	ck_assert(source_is_binary(&src, &what));
	ck_assert_str_eq(what, "a PNG image");
	ck_assert_uint_eq(src.len, 0);
	ck_assert_uint_eq(source_place(&src, 12).line, 1);
	ck_assert_uint_eq(source_line_span(&src, 1).a, 0);
	LOAD(&src, "%PDF-1.4\n");
	ck_assert(source_is_binary(&src, &what));
	LOAD(&src, "a\0b\0\0\0c\0\0dddddddd\0");
	ck_assert(source_is_binary(&src, &what));
	ck_assert_str_eq(what, "binary data");
	LOAD(&src, "A text with one\0 NUL.\n");
	ck_assert(!source_is_binary(&src, &what));
	LOAD(&src, "He ftyp and WAVE to all.\n");
	ck_assert(!source_is_binary(&src, &what));
	LOAD(&src, "a\0b\0c\0\n\0");
	ck_assert(!source_is_binary(&src, &what));
	LOAD(&src, "");
	ck_assert(!source_is_binary(&src, &what));
	source_release(&src);
}
END_TEST

START_TEST(test_names)
{
	enum encoding e;

	for (int i = 0; i < ENC_COUNT; i++) {
		ck_assert(encoding_parse(encoding_name((enum encoding)i), &e));
		ck_assert_int_eq(e, i);
	}
	ck_assert(encoding_parse("Latin_1", &e) && e == ENC_ISO_8859_1);
	ck_assert(encoding_parse("CP1254", &e) && e == ENC_WINDOWS_1254);
	ck_assert(!encoding_parse("shift_jis", &e) && !encoding_parse("", &e));
	ck_assert(!encoding_parse("a name far longer than that of any encoding", &e));
	for (int i = 0; i < REMARK_COUNT; i++)
		for (int k = 0; k < i; k++)
			ck_assert_str_ne(remark_names[i], remark_names[k]);
}
END_TEST

START_TEST(test_pipe)
{
	static char big[300000];
	struct source src;
	int fd[2];
	FILE *tmp;

	source_init(&src);
	ck_assert_int_eq(pipe(fd), 0);
	ck_assert_int_eq(write(fd[1], "one\ntwo\n", 8), 8);
	close(fd[1]);
	ck_assert_int_eq(source_load_fd(&src, "p", fd[0], NULL), SOURCE_OK);
	close(fd[0]);
	TEXT_IS(&src, "one\ntwo\n");
	ck_assert_int_eq(source_load_fd(&src, "p", -1, NULL), SOURCE_UNREADABLE);
	memset(big, 'x', sizeof big);
	tmp = tmpfile();
	ck_assert_ptr_nonnull(tmp);
	ck_assert_uint_eq(fwrite(big, 1, sizeof big, tmp), sizeof big);
	rewind(tmp);
	ck_assert_int_eq(source_load_fd(&src, "p", fileno(tmp), NULL), SOURCE_OK);
	fclose(tmp);
	ck_assert_uint_eq(src.len, sizeof big);
	ck_assert_mem_eq(src.s, big, sizeof big);
	ck_assert_uint_eq(source_place(&src, 299999).column, 300000);
	source_release(&src);
}
END_TEST

/* ---- any bytes at all ---- */

START_TEST(test_any_bytes)
{
	static const unsigned char likely[] = "\0\n\r\t \x80\xBF\xC2\xC3\xE2\xED\xA0\xF0\x9F\xF4\xFF\xFE\xEF\xBB\xD8\xDC<a";
	struct random r = { TEST_SEED };
	struct source src;

	source_init(&src);
	for (int round = 0; round < 4000; round++) {
		size_t n = random_below(&r, round % 16 == 0 ? 5000 : 40);
		char *raw = malloc(n + 1);		/* its own block, so that a sanitizer sees a byte too far */
		struct source_options opt = { .forced = round % 3 == 0, .encoding = (enum encoding)random_below(&r, ENC_COUNT) };
		const char *what;
		uint32_t before = 0;

		raw = realloc(raw, n != 0 ? n : 1);
		for (size_t i = 0; i < n; i++)
			raw[i] = (char)(round % 2 == 0 ? random_next(&r) : likely[random_below(&r, sizeof likely - 1)]);
		ck_assert_int_eq(source_load_mem(&src, "x", raw, n, &opt), SOURCE_OK);
		ck_assert_msg(utf8_valid(src.s, src.len) == src.len, "seed %d round %d", TEST_SEED, round);
		source_is_binary(&src, &what);
		for (size_t i = 0; i < src.nremarks; i++) {
			struct extent at = src.remarks[i].at;

			ck_assert_msg(at.a <= at.z && at.z <= src.len && src.remarks[i].count > 0, "seed %d round %d", TEST_SEED, round);
		}
		for (uint32_t i = 0; i <= src.len + 2; i += n > 100 ? 37 : 1) {
			struct span s = source_span(&src, (struct extent){ i, i + 1 });
			size_t k;

			if (i >= src.len)
				break;
			ck_assert_msg(s.a < s.z && s.z <= n && s.a >= before, "seed %d round %d at %u", TEST_SEED, round, i);
			source_slice(&src, s, &k);
			ck_assert_uint_ge(k, 1);
			before = s.a;
		}
		for (uint32_t i = 0; i <= n + 2; i += n > 100 ? 41 : 1) {
			struct place p = source_place(&src, i);
			struct span l = source_line_span(&src, p.line);

			ck_assert_msg(l.a <= l.z && l.z <= n && p.column >= 1, "seed %d round %d at %u", TEST_SEED, round, i);
			ck_assert(i > n || l.a <= i || i < (src.bom ? 3u : 0u));
		}
		source_line_span(&src, source_line_count(&src) + 5);
		source_load_mem(&src, "x", "", 0, NULL);
		free(raw);
	}
	source_release(&src);
}
END_TEST

Suite *
unit_source(void)
{
	Suite *s = suite_create("source");
	TCase *c = tcase_create("source");

	tcase_set_timeout(c, 120);
	tcase_add_loop_test(c, test_round_trip, 0, ENC_COUNT);
	tcase_add_loop_test(c, test_encode, 0, ENC_COUNT);
	tcase_add_test(c, test_detection);
	tcase_add_test(c, test_damage);
	tcase_add_test(c, test_hygiene);
	tcase_add_test(c, test_binary);
	tcase_add_test(c, test_names);
	tcase_add_test(c, test_pipe);
	tcase_add_test(c, test_any_bytes);
	suite_add_tcase(s, c);
	return s;
}
