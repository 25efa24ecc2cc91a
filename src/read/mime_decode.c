/* Characters out of what is encoded for the transfer of mail (RFC 2045, 2047, 3676).
 *
 * The file has been decoded as a whole; what is encoded once more for the transfer is decoded here, byte by byte, in the part's own
 * charset.  A character is one escape segment over all that it is written with:
 *
 *	don=E2=80=99t		"don" verbatim, U+2019 over the nine bytes, "t" verbatim
 *	long li=\nne		"long li" verbatim, "ne" verbatim: a soft line break is nothing
 *
 * In base64 four letters are three bytes, which is not where characters end.  What lies within a group is one escape segment over the
 * group; a character that does not has one of its own, over all groups that hold it:
 *
 *	SXQg4oCc		"It " over the first four letters, U+201C over the others
 *	SSDigJw=		"I " over the first four letters, U+201C over all eight
 *
 * A part is run through twice, first for its bytes alone: which charset they are in is told by them where the header names none,
 * or one that it cannot be. */
#include "read/mime.h"

#include "util/utf8.h"

#include <string.h>

enum { WORD_MOST = 1000 };		/* an encoded word; the standard allows 75 */

struct bytes {
	struct text *to;		/* NULL: they are counted only */
	const struct layer *l;
	struct source *src;		/* for remarks; may be NULL */
	enum encoding charset;
	uint16_t high[128];
	/* a character of UTF-8 that is not whole yet */
	char part[4];
	unsigned have, want;
	uint32_t from, until;
	/* of a group of base64, not put yet */
	char group[8];
	unsigned ngroup;
	struct extent group_at;
	/* counted */
	uint32_t nhigh, nc1, nbad;	/* bytes from 80 on, those below A0; what is no UTF-8 */
	struct extent first;		/* of those from 80 on */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void
put_group(struct bytes *b)
{
	if (b->ngroup != 0)
		text_segment(b->to, SEG_ESCAPE, b->group, b->ngroup, b->group_at);
	b->ngroup = 0;
}

static void
copy(struct bytes *b, uint32_t a, uint32_t z)
{
	if (b->to == NULL || a >= z)
		return;
	put_group(b);
	layer_copy(b->to, b->l, a, z);
}

static void
put_char(struct bytes *b, unsigned cp, uint32_t a, uint32_t z)
{
	struct extent at = layer_extent(b->l, a, z);
	char c[4];
	unsigned n = (unsigned)utf8_encode(cp, c);

	if (b->to == NULL)
		return;
	if (at.a != b->group_at.a || at.z != b->group_at.z || b->ngroup + n > sizeof b->group)
		put_group(b);
	memcpy(b->group + b->ngroup, c, n);
	b->ngroup += n;
	b->group_at = at;
}

static void
remark(struct bytes *b, enum remark_kind kind, uint32_t a, uint32_t z, const char *detail)
{
	if (b->to != NULL && b->src != NULL)
		source_remark(b->src, kind, layer_extent(b->l, a, z), detail);
}

/* What has come of a character is none. */
static void
break_off(struct bytes *b)
{
	if (b->have == 0)
		return;
	b->have = 0;
	b->nbad++;
	put_char(b, 0xFFFD, b->from, b->until);
	remark(b, REMARK_INVALID_UTF8, b->from, b->until, "an encoded byte");
}

static void
finish(struct bytes *b)
{
	break_off(b);
	put_group(b);
}

/* One decoded byte that [a, z) stands for. */
static void
put_byte(struct bytes *b, unsigned char c, uint32_t a, uint32_t z)
{
	unsigned cp;

	if (c >= 0x80) {
		if (b->nhigh++ == 0)
			b->first = (struct extent){ a, z };
		b->nc1 += c < 0xA0;
	}
	if (b->charset != ENC_UTF8) {
		if (c >= 0x80 && b->high[c - 0x80] == 0xFFFD)
			remark(b, REMARK_UNDEFINED_BYTE, a, z, "an encoded byte");
		put_char(b, c < 0x80 ? c : b->high[c - 0x80], a, z);
		return;
	}
	if (b->have != 0 && (c & 0xC0) == 0x80) {
		b->part[b->have++] = (char)c;
		b->until = z;
		if (b->have < b->want)
			return;
		utf8_decode(b->part, b->part + b->have, &cp);
		if (cp == UTF8_BAD) {
			break_off(b);
			return;
		}
		b->have = 0;
		put_char(b, cp, b->from, z);
		return;
	}
	break_off(b);
	if (c < 0x80) {
		put_char(b, c, a, z);
		return;
	}
	b->part[0] = (char)c;
	b->have = 1;
	b->want = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
	b->from = a;
	b->until = z;
	if (c < 0xC2 || c > 0xF4)
		break_off(b);
}

static struct bytes
bytes_of(struct text *to, const struct layer *l, struct source *src, enum encoding charset)
{
	struct bytes b = { .to = to, .l = l, .src = src, .charset = charset };

	if (charset != ENC_UTF8)
		encoding_high(charset, b.high);
	return b;
}

/* ---- quoted-printable ---- */

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that "=XX" at `at` stands for; -1: there is none. */
static int
encoded(const char *s, uint32_t at, uint32_t z)
{
	int high, low;

	if (z - at < 3 || s[at] != '=')
		return -1;
	high = hex(s[at + 1]);
	low = hex(s[at + 2]);
	return high >= 0 && low >= 0 ? high << 4 | low : -1;
}

/* The end of the blanks at `at`, encoded or not. */
static uint32_t
blanks_end(const char *s, uint32_t at, uint32_t z)
{
	for (;;) {
		int c = at < z ? encoded(s, at, z) : -1;

		if (at < z && (s[at] == ' ' || s[at] == '\t'))
			at++;
		else if (c == ' ' || c == '\t')
			at += 3;
		else
			return at;
	}
}

/* Behind a soft line break at `at`, blanks before its line end and all; `at` if it is none. */
static uint32_t
soft_break(const char *s, uint32_t at, uint32_t z)
{
	uint32_t next = at + 1;

	while (next < z && (s[next] == ' ' || s[next] == '\t'))
		next++;
	if (next == z)
		return z;
	if (s[next] != '\r' && s[next] != '\n')
		return at;
	if (s[next] == '\r' && ++next == z)
		return z;
	return s[next] == '\n' ? next + 1 : next;
}

/* An encoded blank at `at`, which ends the run before it.  Blanks at the end of a line are nothing unless lines flow; of a run within a
 * line one is as good as all, so that white space has a place without signs of the encoding.  Where to go on. */
static uint32_t
put_blanks(struct bytes *b, uint32_t run, uint32_t at, uint32_t z, bool flowed)
{
	const char *s = b->l->s;
	uint32_t end = flowed ? at + 3 : blanks_end(s, at, z), keep = at;
	bool at_end = !flowed && (end == z || s[end] == '\r' || s[end] == '\n');

	while (at_end && keep > run && (s[keep - 1] == ' ' || s[keep - 1] == '\t'))
		keep--;
	put_group(b);
	copy(b, run, keep);
	if (b->to != NULL && !at_end && (flowed || b->to->n == 0 || (b->to->s[b->to->n - 1] != ' ' && b->to->s[b->to->n - 1] != '\t')))
		put_char(b, (unsigned)encoded(s, at, z), at, at + 3);
	return end;
}

static void
quoted(struct bytes *b, uint32_t a, uint32_t z, bool flowed)
{
	const char *s = b->l->s;
	uint32_t run = a;

	while (a < z) {
		const char *eq = memchr(s + a, '=', z - a);
		uint32_t next;
		int c;

		if (eq == NULL)
			break;
		if ((uint32_t)(eq - s) > a)
			break_off(b);
		a = (uint32_t)(eq - s);
		c = encoded(s, a, z);
		if (c == ' ' || c == '\t') {
			break_off(b);
			run = a = put_blanks(b, run, a, z, flowed);
		} else if (c >= 0) {
			copy(b, run, a);
			put_byte(b, (unsigned char)c, a, a + 3);
			run = a += 3;
		} else if ((next = soft_break(s, a, z)) != a) {
			copy(b, run, a);
			run = a = next;
		} else {
			break_off(b);
			remark(b, REMARK_DAMAGED, a, a + 1, "an equals sign that encodes nothing, left as it is");
			a++;
		}
	}
	if (run < z)
		break_off(b);
	copy(b, run, z);
}

/* The same of an encoded word: "_" is a blank, and there are no lines. */
static void
quoted_word(struct bytes *b, uint32_t a, uint32_t z)
{
	const char *s = b->l->s;

	while (a < z) {
		int c = encoded(s, a, z);

		if (c >= 0) {
			put_byte(b, (unsigned char)c, a, a + 3);
			a += 3;
			continue;
		}
		break_off(b);
		put_group(b);
		if (s[a] == '_' && b->to != NULL)
			text_segment(b->to, SEG_BREAK, " ", 1, layer_extent(b->l, a, a + 1));
		else if (s[a] != '_')
			copy(b, a, a + 1);
		a++;
	}
}

/* ---- base64 ---- */

static int
letter64(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : c >= '0' && c <= '9' ? c - '0' + 52 :
	    c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Is there nothing but base64 from `a` on? */
static bool
all_base64(const char *s, uint32_t a, uint32_t z)
{
	while (a < z && (letter64(s[a]) >= 0 || s[a] == '=' || is_blank(s[a])))
		a++;
	return a == z;
}

/* The bytes of a group of n letters, 18 bits of three. */
static void
put_letters(struct bytes *b, unsigned bits, unsigned n, uint32_t a, uint32_t z)
{
	bits <<= 6 * (4 - n);
	for (unsigned i = 0; i + 1 < n; i++)
		put_byte(b, (unsigned char)(bits >> (16 - 8 * i)), a, z);
}

static void
base64(struct bytes *b, uint32_t a, uint32_t z)
{
	const char *s = b->l->s;
	uint32_t group = a, last = a;
	unsigned bits = 0, n = 0;
	bool checked = false, remarked = false;

	for (; a < z; a++) {
		int v = letter64(s[a]);

		if (v >= 0) {
			if (n == 0) {
				group = a;
				bits = 0;
			}
			bits = bits << 6 | (unsigned)v;
			last = a + 1;
			if (++n == 4) {
				put_letters(b, bits, n, group, last);
				n = 0;
			}
			continue;
		}
		if (s[a] != '=') {
			if (!is_blank(s[a]) && !remarked) {
				remark(b, REMARK_DAMAGED, a, a + 1, "a character that is none of base64, passed over");
				remarked = true;
			}
			continue;
		}
		while (a + 1 < z && s[a + 1] == '=')
			a++;
		if (n != 0)
			put_letters(b, bits, n, group, a + 1);
		n = 0;
		while (a + 1 < z && is_blank(s[a + 1]))
			a++;
		/* behind the end there may be more of it, or what somebody hung on to it: plain text */
		if (a + 1 < z && !checked && !all_base64(s, a + 1, z)) {
			break_off(b);
			remark(b, REMARK_DAMAGED, a + 1, z, "text behind the end of what is base64, read as it stands");
			if (b->to != NULL) {
				put_group(b);
				text_segment(b->to, SEG_BREAK, "\n", 1, layer_extent(b->l, a + 1, a + 1));
			}
			copy(b, a + 1, z);
			return;
		}
		checked = true;
	}
	if (n != 0)
		put_letters(b, bits, n, group, last);
	put_group(b);
}

/* ---- parts ---- */

static void
decode(struct bytes *b, const struct mime_part *part)
{
	if (part->transfer == MIME_QUOTED)
		quoted(b, part->a, part->z, part->flowed);
	else
		base64(b, part->a, part->z);
	finish(b);
}

static bool
has_high(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x80)
			return true;
	return false;
}

/* Which charset the bytes are in that were counted; says so where it is not the one that is named.  Who says Latin-1 and has bytes
 * there that Latin-1 keeps for controls means the Windows encoding. */
static enum encoding
settle(const struct bytes *b, const struct layer *l, const struct mime_charset *named, struct source *src)
{
	enum encoding e = named->encoding;
	struct extent at = layer_extent(l, named->a, named->z);

	if (b->nhigh == 0)
		return ENC_UTF8;
	if (e == ENC_ISO_8859_1 && b->nc1 != 0)
		e = ENC_WINDOWS_1252;
	else if (e == ENC_ISO_8859_9 && b->nc1 != 0)
		e = ENC_WINDOWS_1254;
	else if (!named->known || named->ascii)
		e = b->nbad == 0 ? ENC_UTF8 : ENC_WINDOWS_1252;
	if (src == NULL || (named->known && e == named->encoding && !(named->ascii && named->a < named->z)))
		return e;
	if (named->a == named->z)
		source_remark(src, REMARK_UNDECLARED_8BIT, layer_extent(l, b->first.a, b->first.z), encoding_name(e));
	else
		source_remark(src, REMARK_WRONG_ENCODING, at, arena_printf(&src->arena, "declared %.*s, read as %s",
		    (int)(named->z - named->a), l->s + named->a, encoding_name(e)));
	return e;
}

/* The whole file was decoded, by its bytes; the part says what they are, and mostly that is it. */
static void
settle_plain(const struct layer *l, const struct mime_part *part, struct source *src)
{
	const struct mime_charset *named = &part->charset;
	enum encoding e = named->encoding;
	bool same;

	if (named->a == named->z || named->ascii || src == NULL || !has_high(l->s + part->a, part->z - part->a))
		return;
	same = named->known && (e == src->encoding || (e == ENC_ISO_8859_1 && src->encoding == ENC_WINDOWS_1252) ||
	    (e == ENC_ISO_8859_9 && src->encoding == ENC_WINDOWS_1254));
	source_unremark(src, REMARK_UNDECLARED_8BIT, (struct extent){ 0, UINT32_MAX });
	if (!same)
		source_remark(src, REMARK_WRONG_ENCODING, layer_extent(l, named->a, named->z), arena_printf(&src->arena,
		    "declared %.*s, read as %s", (int)(named->z - named->a), l->s + named->a, encoding_name(src->encoding)));
}

/* The depth of a reply: signs at the beginning of a line. */
static uint32_t
reply_depth(const char *s, uint32_t at, uint32_t z)
{
	uint32_t n = 0;

	while (at + n < z && s[at + n] == '>')
		n++;
	return n;
}

/* Format flowed: a line that ends with a blank goes on in the next one; the blank at the beginning of a line is no part of it.
 * What joins two lines is the line end between them. */
static void
join_flowed(struct text *to, const struct text *from, bool delsp)
{
	const char *s = from->s;
	uint32_t at = 0, n = (uint32_t)from->n, next, depth = 0;
	bool joined = false;

	for (; at < n; at = next) {
		const char *lf = memchr(s + at, '\n', n - at);
		uint32_t z = lf != NULL ? (uint32_t)(lf - s) : n, a = at, ahead, quote = reply_depth(s, at, n), skip;

		next = lf != NULL ? z + 1 : n;
		if (z > a && s[z - 1] == '\r')
			z--;
		if (joined)
			a += quote;		/* its signs stand within a paragraph */
		else
			depth = quote;
		if (a < z && s[a] == ' ' && (joined || quote == 0))
			a++;
		ahead = reply_depth(s, next, n);
		skip = next + ahead;
		if (skip < n && s[skip] == ' ')
			skip++;
		joined = z > a && s[z - 1] == ' ' && !(z - a == 3 && memcmp(s + a, "-- ", 3) == 0) && ahead == depth &&
		    skip < n && s[skip] != '\r' && s[skip] != '\n';
		if (!joined) {
			text_append(to, from, (struct range){ a, next });
			continue;
		}
		text_append(to, from, (struct range){ a, z - 1 });
		if (!delsp)
			text_segment(to, SEG_BREAK, " ", 1, text_extent(from, (struct range){ z, next }));
	}
}

void
mime_decode(struct text *to, const struct layer *l, const struct mime_part *part, struct source *src)
{
	struct text lines;
	bool flowed = part->flowed && strcmp(part->type, "text/plain") == 0;
	struct text *into = flowed ? &lines : to;

	text_init(&lines);
	if (part->transfer == MIME_PLAIN) {
		layer_copy(into, l, part->a, part->z);
		settle_plain(l, part, src);
	} else {
		struct bytes b = bytes_of(NULL, l, NULL, ENC_UTF8);

		decode(&b, part);
		b = bytes_of(into, l, src, settle(&b, l, &part->charset, src));
		decode(&b, part);
	}
	if (flowed)
		join_flowed(to, &lines, part->delsp);
	text_release(&lines);
}

/* ---- encoded words ---- */

struct word {
	struct mime_charset charset;
	char how;			/* 'Q' or 'B' */
	uint32_t a, z;			/* its letters */
	uint32_t end;
};

/* The encoded word at `at`: "=?utf-8?Q?caf=C3=A9?=". */
static bool
word_at(const char *s, uint32_t at, uint32_t z, struct word *w)
{
	uint32_t charset_end = at + 2;

	if (z - at < 8 || s[at + 1] != '?')
		return false;
	if (z - at > WORD_MOST)
		z = at + WORD_MOST;
	while (charset_end < z && s[charset_end] != '?' && !is_blank(s[charset_end]))
		charset_end++;
	if (z - charset_end < 5 || s[charset_end] != '?' || s[charset_end + 2] != '?')
		return false;
	w->how = s[charset_end + 1] & ~0x20;
	w->a = charset_end + 3;
	for (w->z = w->a; w->z + 1 < z && !(s[w->z] == '?' && s[w->z + 1] == '='); w->z++)
		if (s[w->z] == '\n')
			return false;
	w->end = w->z + 2;
	mime_charset(s, at + 2, charset_end, &w->charset);
	return w->z + 1 < z && (w->how == 'Q' || w->how == 'B');
}

static void
put_word(struct bytes *b, const struct word *w)
{
	if (w->how == 'Q')
		quoted_word(b, w->a, w->z);
	else
		base64(b, w->a, w->z);
}

void
mime_value(struct text *to, const struct layer *l, uint32_t a, uint32_t z, struct source *src)
{
	struct bytes b = { .to = to, .l = l };
	uint32_t run = a;
	bool behind_word = false;

	while (a < z) {
		const char *eq = memchr(l->s + a, '=', z - a);
		uint32_t blank = run;
		struct bytes tried;
		struct word w = { .end = 0 };
		enum encoding e;

		if (eq == NULL)
			break;
		a = (uint32_t)(eq - l->s);
		if (!word_at(l->s, a, z, &w)) {
			a++;
			continue;
		}
		while (blank < a && is_blank(l->s[blank]))
			blank++;
		/* white space between two encoded words is nothing; a character may even stand in both of them */
		if (!behind_word || blank < a) {
			break_off(&b);
			copy(&b, run, a);
		}
		tried = bytes_of(NULL, l, NULL, ENC_UTF8);
		put_word(&tried, &w);
		break_off(&tried);
		e = settle(&tried, l, &w.charset, src);
		if (b.have == 0 || e != b.charset) {
			finish(&b);
			b = bytes_of(to, l, src, e);
		}
		put_word(&b, &w);
		behind_word = true;
		run = a = w.end;
	}
	finish(&b);
	copy(&b, run, z);
}
