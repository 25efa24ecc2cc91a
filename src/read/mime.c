/* Mail as it is put together (RFC 5322, 2045 to 2047).
 *
 * The file has been decoded as a whole; what is encoded once more for the transfer is decoded here, byte by byte, in the part's own
 * charset.  A character is one escape segment over all that it is written with:
 *
 *	don=E2=80=99t		"don" verbatim, U+2019 over the nine bytes, "t" verbatim
 *	long li=\nne		"long li" verbatim, "ne" verbatim: a soft line break is nothing
 *
 * In base64 a character's bytes do not end where the four letters of a group do: its segment covers the groups that hold it, and two
 * neighbours may share one. */
#include "read/mime.h"

#include "util/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- header fields ---- */

static uint32_t
line_end(const char *s, uint32_t at, uint32_t end, uint32_t *next)
{
	const char *lf = at < end ? memchr(s + at, '\n', end - at) : NULL;
	uint32_t z = lf != NULL ? (uint32_t)(lf - s) : end;

	*next = lf != NULL ? z + 1 : end;
	if (z > at && s[z - 1] == '\r')
		z--;
	return z;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool
mime_field(const char *s, uint32_t at, uint32_t end, struct mime_field *out)
{
	uint32_t z = line_end(s, at, end, &out->next), name = at;

	out->name = at;
	while (name < z && s[name] > ' ' && s[name] < 127 && s[name] != ':')
		name++;
	if (name == at || name >= z || s[name] != ':') {
		if (z != at)
			out->next = at;		/* no header: it is content */
		return false;
	}
	out->name_end = name;
	out->a = name + 1;
	while (out->next < end && (s[out->next] == ' ' || s[out->next] == '\t'))
		z = line_end(s, out->next, end, &out->next);
	out->z = z;
	while (out->a < out->z && is_blank(s[out->a]))
		out->a++;
	while (out->z > out->a && is_blank(s[out->z - 1]))
		out->z--;
	return true;
}

bool
mime_field_is(const char *s, const struct mime_field *f, const char *name)
{
	return f->name_end - f->name == strlen(name) && strncasecmp(s + f->name, name, strlen(name)) == 0;
}

/* The value of a parameter ("; charset=utf-8"), without its quotation marks. */
static bool
parameter(const char *s, const struct mime_field *f, const char *name, uint32_t *a, uint32_t *z)
{
	size_t n = strlen(name);

	for (uint32_t i = f->a; i + n < f->z; i++) {
		if (strncasecmp(s + i, name, n) != 0 || s[i + n] != '=' || (i > f->a && s[i - 1] != ';' && !is_blank(s[i - 1])))
			continue;
		*a = i + (uint32_t)n + 1;
		if (*a < f->z && s[*a] == '"') {
			const char *close = memchr(s + *a + 1, '"', f->z - *a - 1);

			(*a)++;
			*z = close != NULL ? (uint32_t)(close - s) : f->z;
		} else {
			for (*z = *a; *z < f->z && s[*z] != ';' && !is_blank(s[*z]); (*z)++)
				;
		}
		return *a < *z;
	}
	return false;
}

static bool
charset_of(const char *s, uint32_t a, uint32_t z, enum encoding *e)
{
	char name[40];

	if (z - a >= sizeof name)
		return false;
	memcpy(name, s + a, z - a);
	name[z - a] = '\0';
	return encoding_parse(name, e);
}

static void
content_type(const char *s, const struct mime_field *f, struct mime_part *out)
{
	size_t n = 0;

	for (uint32_t i = f->a; i < f->z && s[i] != ';' && !is_blank(s[i]) && n + 1 < sizeof out->type; i++)
		out->type[n++] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] | 0x20) : s[i];
	out->type[n] = '\0';
	if (parameter(s, f, "charset", &out->charset_at, &out->charset_end))
		out->charset_known = charset_of(s, out->charset_at, out->charset_end, &out->charset);
	else
		out->charset_at = out->charset_end = f->a;
	if (!parameter(s, f, "boundary", &out->boundary, &out->boundary_end))
		out->boundary = out->boundary_end = 0;
}

void
mime_part(const char *s, uint32_t at, uint32_t end, struct mime_part *out)
{
	struct mime_field f;

	memset(out, 0, sizeof *out);
	strcpy(out->type, "text/plain");
	out->charset = ENC_UTF8;
	out->charset_known = true;
	for (; mime_field(s, at, end, &f); at = f.next) {
		if (mime_field_is(s, &f, "content-type"))
			content_type(s, &f, out);
		else if (mime_field_is(s, &f, "content-transfer-encoding"))
			out->transfer = f.z - f.a == 16 && strncasecmp(s + f.a, "quoted-printable", 16) == 0 ? MIME_QUOTED :
			    f.z - f.a == 6 && strncasecmp(s + f.a, "base64", 6) == 0 ? MIME_BASE64 : MIME_PLAIN;
		else if (mime_field_is(s, &f, "content-disposition"))
			out->attached = f.z - f.a >= 10 && strncasecmp(s + f.a, "attachment", 10) == 0;
	}
	out->a = f.next < end ? f.next : end;
	out->z = end;
}

bool
mime_next(const char *s, const struct mime_part *whole, uint32_t *at, uint32_t *a, uint32_t *z, bool *ended)
{
	size_t n = whole->boundary_end - whole->boundary;
	bool open = false;
	uint32_t next;

	*ended = false;
	while (*at < whole->z) {
		uint32_t line = *at, end = line_end(s, line, whole->z, &next);

		if (end - line >= n + 2 && s[line] == '-' && s[line + 1] == '-' && memcmp(s + line + 2, s + whole->boundary, n) == 0) {
			if (open) {
				*z = line;	/* the line end before it is the boundary's */
				if (*z > *a && s[*z - 1] == '\n')
					(*z)--;
				if (*z > *a && s[*z - 1] == '\r')
					(*z)--;
				return true;
			}
			if (end - line >= n + 4 && s[line + n + 2] == '-' && s[line + n + 3] == '-') {
				*ended = true;
				*at = whole->z;
				return false;
			}
			open = true;
			*a = next;
		}
		*at = next;
	}
	*z = whole->z;
	return open && *a < *z;
}

/* ---- characters out of bytes ---- */

struct bytes {
	struct text *to;
	const struct layer *l;
	struct source *src;
	enum encoding charset;
	uint16_t high[128];
	/* a character of UTF-8 that is not whole yet */
	char part[4];
	unsigned have, want;
	uint32_t from, until;
};

static void
put_char(struct bytes *b, unsigned cp, uint32_t a, uint32_t z)
{
	char c[4];

	text_segment(b->to, SEG_ESCAPE, c, utf8_encode(cp, c), layer_extent(b->l, a, z));
}

/* What has come of a character is none. */
static void
break_off(struct bytes *b)
{
	if (b->have == 0)
		return;
	put_char(b, 0xFFFD, b->from, b->until);
	if (b->src != NULL)
		source_remark(b->src, REMARK_INVALID_UTF8, layer_extent(b->l, b->from, b->until), "an encoded byte");
	b->have = 0;
}

/* One decoded byte that [a, z) stands for. */
static void
put_byte(struct bytes *b, unsigned char c, uint32_t a, uint32_t z)
{
	unsigned cp;

	if (b->charset != ENC_UTF8) {
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

static void
start(struct bytes *b, struct text *to, const struct layer *l, enum encoding charset, struct source *src)
{
	memset(b, 0, sizeof *b);
	b->to = to;
	b->l = l;
	b->src = src;
	b->charset = charset;
	if (charset != ENC_UTF8)
		encoding_high(charset, b->high);
}

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
quoted(struct bytes *b, uint32_t a, uint32_t z, bool word)
{
	const char *s = b->l->s;
	uint32_t run = a, next;

	while (a < z) {
		if (s[a] != '=' && !(word && s[a] == '_')) {
			if (b->have != 0)
				break_off(b);
			a++;
			continue;
		}
		if (run < a)
			layer_copy(b->to, b->l, run, a);
		if (s[a] == '_') {
			break_off(b);
			text_segment(b->to, SEG_BREAK, " ", 1, layer_extent(b->l, a, a + 1));
			next = a + 1;
		} else if (a + 2 < z && hex(s[a + 1]) >= 0 && hex(s[a + 2]) >= 0) {
			next = a + 3;
			put_byte(b, (unsigned char)(hex(s[a + 1]) << 4 | hex(s[a + 2])), a, next);
		} else {
			/* a soft line break, blanks before it and all */
			for (next = a + 1; next < z && (s[next] == ' ' || s[next] == '\t'); next++)
				;
			if (next < z && s[next] == '\r')
				next++;
			if (next < z && s[next] == '\n')
				next++;
			else if (next < z && s[next - 1] != '\r') {
				run = a++;	/* a sign of its own */
				continue;
			}
		}
		run = a = next;
	}
	break_off(b);
	if (run < z)
		layer_copy(b->to, b->l, run, z);
}

static int
letter64(char c)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *p = c != '\0' ? strchr(letters, c) : NULL;

	return p != NULL ? (int)(p - letters) : -1;
}

static void
base64(struct bytes *b, uint32_t a, uint32_t z)
{
	const char *s = b->l->s;
	uint32_t group = a;
	unsigned bits = 0, n = 0, keep = 0;

	for (; a < z; a++) {
		int v = letter64(s[a]);

		if (s[a] == '=')
			break;
		if (v < 0)
			continue;
		if (n == 0)
			group = a;
		bits = bits << 6 | (unsigned)v;
		keep += 6;
		n = (n + 1) % 4;
		if (keep >= 8) {
			keep -= 8;
			put_byte(b, (unsigned char)(bits >> keep), group, a + 1);
		}
	}
	break_off(b);
}

void
mime_decode(struct text *to, const struct layer *l, const struct mime_part *part, struct source *src)
{
	struct bytes b;

	start(&b, to, l, part->charset_known ? part->charset : ENC_WINDOWS_1252, src);
	switch (part->transfer) {
	case MIME_PLAIN:
		layer_copy(to, l, part->a, part->z);
		break;
	case MIME_QUOTED:
		quoted(&b, part->a, part->z, false);
		break;
	case MIME_BASE64:
		base64(&b, part->a, part->z);
		break;
	}
}

/* The encoded word at `at`: "=?utf-8?Q?caf=C3=A9?="; its length, 0 if it is none. */
static uint32_t
encoded_word(struct text *to, const struct layer *l, uint32_t at, uint32_t z)
{
	const char *s = l->s;
	uint32_t charset = at + 2, charset_end, words, words_end;
	enum encoding e = ENC_WINDOWS_1252;
	struct bytes b;
	char how;

	if (z - at < 8 || s[at] != '=' || s[at + 1] != '?')
		return 0;
	for (charset_end = charset; charset_end < z && s[charset_end] != '?' && s[charset_end] != ' '; charset_end++)
		;
	if (charset_end + 3 >= z || s[charset_end] != '?' || s[charset_end + 2] != '?')
		return 0;
	how = s[charset_end + 1] & ~0x20;
	words = charset_end + 3;
	for (words_end = words; words_end + 1 < z && !(s[words_end] == '?' && s[words_end + 1] == '='); words_end++)
		if (s[words_end] == '\n')
			return 0;
	if (words_end + 1 >= z || (how != 'Q' && how != 'B'))
		return 0;
	charset_of(s, charset, charset_end, &e);
	start(&b, to, l, e, NULL);
	if (how == 'Q')
		quoted(&b, words, words_end, true);
	else
		base64(&b, words, words_end);
	return words_end + 2 - at;
}

void
mime_value(struct text *to, const struct layer *l, uint32_t a, uint32_t z)
{
	uint32_t run = a, n;
	bool behind_word = false;

	while (a < z) {
		const char *eq = memchr(l->s + a, '=', z - a);
		uint32_t blank = run;

		if (eq == NULL)
			break;
		a = (uint32_t)(eq - l->s);
		while (blank < a && is_blank(l->s[blank]))
			blank++;
		/* white space between two encoded words is nothing */
		if (run < a && !(behind_word && blank == a))
			layer_copy(to, l, run, a);
		n = encoded_word(to, l, a, z);
		behind_word = n != 0;
		run = a;
		a += n != 0 ? n : 1;
		if (n != 0)
			run = a;
	}
	if (run < z)
		layer_copy(to, l, run, z);
}
