/* Decoding to UTF-8, and the map between decoded offsets and offsets on disk.
 *
 * Plain UTF-8 is used as it lies, without a copy or a map.  Everything else is decoded into memory of its own, and every
 * STEP bytes on disk a checkpoint says which decoded offset that is; a lookup decodes from the nearest checkpoint on.
 * Example, windows-1252 with STEP 4: "caf\xE9 \x80 5" has checkpoints 0 -> 0, 4 -> 5 (e acute is two bytes now), 8 -> 11. */
#include "source/source_decode.h"

#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { STEP = 1024, REPLACEMENT = 0xFFFD, DETAIL_BYTES = 8 };

struct checkpoint { uint32_t raw, dec; };
struct source_map {
	struct checkpoint *v;
	size_t n, cap;
	enum encoding encoding;
	uint16_t high[128];		/* what the bytes from 80 on stand for in a single-byte encoding; U+FFFD: nothing */
};

/* ---- single-byte encodings ---- */

static const uint16_t windows_1252[32] = {
	0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
	0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};
static const struct { uint8_t byte; uint16_t cp; } latin_9[] = {
	{ 0xA4, 0x20AC }, { 0xA6, 0x0160 }, { 0xA8, 0x0161 }, { 0xB4, 0x017D }, { 0xB8, 0x017E }, { 0xBC, 0x0152 },
	{ 0xBD, 0x0153 }, { 0xBE, 0x0178 }
}, turkish[] = {
	{ 0xD0, 0x011E }, { 0xDD, 0x0130 }, { 0xDE, 0x015E }, { 0xF0, 0x011F }, { 0xFD, 0x0131 }, { 0xFE, 0x015F }
};

/* Encodings of their own, without much in common with Latin-1. */
static const uint16_t windows_1250[128] = {
	0x20AC, 0xFFFD, 0x201A, 0xFFFD, 0x201E, 0x2026, 0x2020, 0x2021, 0xFFFD, 0x2030, 0x0160, 0x2039, 0x015A, 0x0164, 0x017D, 0x0179,
	0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFD, 0x2122, 0x0161, 0x203A, 0x015B, 0x0165, 0x017E, 0x017A,
	0x00A0, 0x02C7, 0x02D8, 0x0141, 0x00A4, 0x0104, 0x00A6, 0x00A7, 0x00A8, 0x00A9, 0x015E, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x017B,
	0x00B0, 0x00B1, 0x02DB, 0x0142, 0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x0105, 0x015F, 0x00BB, 0x013D, 0x02DD, 0x013E, 0x017C,
	0x0154, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x0139, 0x0106, 0x00C7, 0x010C, 0x00C9, 0x0118, 0x00CB, 0x011A, 0x00CD, 0x00CE, 0x010E,
	0x0110, 0x0143, 0x0147, 0x00D3, 0x00D4, 0x0150, 0x00D6, 0x00D7, 0x0158, 0x016E, 0x00DA, 0x0170, 0x00DC, 0x00DD, 0x0162, 0x00DF,
	0x0155, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x013A, 0x0107, 0x00E7, 0x010D, 0x00E9, 0x0119, 0x00EB, 0x011B, 0x00ED, 0x00EE, 0x010F,
	0x0111, 0x0144, 0x0148, 0x00F3, 0x00F4, 0x0151, 0x00F6, 0x00F7, 0x0159, 0x016F, 0x00FA, 0x0171, 0x00FC, 0x00FD, 0x0163, 0x02D9,
};
static const uint16_t windows_1251[128] = {
	0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C, 0x040B, 0x040F,
	0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFD, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F,
	0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407,
	0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
	0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417, 0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D, 0x041E, 0x041F,
	0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427, 0x0428, 0x0429, 0x042A, 0x042B, 0x042C, 0x042D, 0x042E, 0x042F,
	0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436, 0x0437, 0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E, 0x043F,
	0x0440, 0x0441, 0x0442, 0x0443, 0x0444, 0x0445, 0x0446, 0x0447, 0x0448, 0x0449, 0x044A, 0x044B, 0x044C, 0x044D, 0x044E, 0x044F,
};
/* From A0 on; its letters from C0 on are those of windows-1250. */
static const uint16_t latin_2[32] = {
	0x00A0, 0x0104, 0x02D8, 0x0141, 0x00A4, 0x013D, 0x015A, 0x00A7, 0x00A8, 0x0160, 0x015E, 0x0164, 0x0179, 0x00AD, 0x017D, 0x017B,
	0x00B0, 0x0105, 0x02DB, 0x0142, 0x00B4, 0x013E, 0x015B, 0x02C7, 0x00B8, 0x0161, 0x015F, 0x0165, 0x017A, 0x02DD, 0x017E, 0x017C,
};
static const uint16_t koi8_r[128] = {
	0x2500, 0x2502, 0x250C, 0x2510, 0x2514, 0x2518, 0x251C, 0x2524, 0x252C, 0x2534, 0x253C, 0x2580, 0x2584, 0x2588, 0x258C, 0x2590,
	0x2591, 0x2592, 0x2593, 0x2320, 0x25A0, 0x2219, 0x221A, 0x2248, 0x2264, 0x2265, 0x00A0, 0x2321, 0x00B0, 0x00B2, 0x00B7, 0x00F7,
	0x2550, 0x2551, 0x2552, 0x0451, 0x2553, 0x2554, 0x2555, 0x2556, 0x2557, 0x2558, 0x2559, 0x255A, 0x255B, 0x255C, 0x255D, 0x255E,
	0x255F, 0x2560, 0x2561, 0x0401, 0x2562, 0x2563, 0x2564, 0x2565, 0x2566, 0x2567, 0x2568, 0x2569, 0x256A, 0x256B, 0x256C, 0x00A9,
	0x044E, 0x0430, 0x0431, 0x0446, 0x0434, 0x0435, 0x0444, 0x0433, 0x0445, 0x0438, 0x0439, 0x043A, 0x043B, 0x043C, 0x043D, 0x043E,
	0x043F, 0x044F, 0x0440, 0x0441, 0x0442, 0x0443, 0x0436, 0x0432, 0x044C, 0x044B, 0x0437, 0x0448, 0x044D, 0x0449, 0x0447, 0x044A,
	0x042E, 0x0410, 0x0411, 0x0426, 0x0414, 0x0415, 0x0424, 0x0413, 0x0425, 0x0418, 0x0419, 0x041A, 0x041B, 0x041C, 0x041D, 0x041E,
	0x041F, 0x042F, 0x0420, 0x0421, 0x0422, 0x0423, 0x0416, 0x0412, 0x042C, 0x042B, 0x0417, 0x0428, 0x042D, 0x0429, 0x0427, 0x042A,
};

void
encoding_high(enum encoding e, uint16_t high[128])
{
	static const uint16_t *const own[ENC_COUNT] = {
		[ENC_WINDOWS_1250] = windows_1250, [ENC_WINDOWS_1251] = windows_1251, [ENC_KOI8_R] = koi8_r,
	};
	size_t i;

	if (own[e] != NULL) {
		memcpy(high, own[e], sizeof windows_1250);
		return;
	}
	for (i = 0; i < 128; i++)
		high[i] = (uint16_t)(0x80 + i);
	if (e == ENC_WINDOWS_1252 || e == ENC_WINDOWS_1254)
		memcpy(high, windows_1252, sizeof windows_1252);
	if (e == ENC_WINDOWS_1254)
		high[0x0E] = high[0x1E] = REPLACEMENT;
	if (e == ENC_WINDOWS_1254 || e == ENC_ISO_8859_9)
		for (i = 0; i < sizeof turkish / sizeof *turkish; i++)
			high[turkish[i].byte - 0x80] = turkish[i].cp;
	if (e == ENC_ISO_8859_15)
		for (i = 0; i < sizeof latin_9 / sizeof *latin_9; i++)
			high[latin_9[i].byte - 0x80] = latin_9[i].cp;
	if (e == ENC_ISO_8859_2) {
		memcpy(high + 0x20, latin_2, sizeof latin_2);
		memcpy(high + 0x40, windows_1250 + 0x40, sizeof windows_1250 - 0x40 * sizeof *windows_1250);
	}
}

/* ---- one character ---- */

static size_t
step_utf16(const unsigned char *p, size_t room, bool big, unsigned *cp)
{
	unsigned a, b;

	*cp = UTF8_BAD;
	if (room < 2)
		return 1;
	a = big ? (unsigned)p[0] << 8 | p[1] : (unsigned)p[1] << 8 | p[0];
	if (a < 0xD800 || a > 0xDFFF) {
		*cp = a;
		return 2;
	}
	if (a > 0xDBFF || room < 4)
		return 2;
	b = big ? (unsigned)p[2] << 8 | p[3] : (unsigned)p[3] << 8 | p[2];
	if (b < 0xDC00 || b > 0xDFFF)
		return 2;
	*cp = 0x10000 + ((a - 0xD800) << 10) + (b - 0xDC00);
	return 4;
}

/* The character at p < end: its bytes on disk.  *cp is UTF8_BAD for damage, which is decoded to U+FFFD. */
static inline size_t
step(const struct source_map *m, const char *p, const char *end, unsigned *cp)
{
	unsigned char c = (unsigned char)*p;

	switch (m->encoding) {
	case ENC_UTF8:
		return utf8_decode(p, end, cp);
	case ENC_UTF16LE:
	case ENC_UTF16BE:
		return step_utf16((const unsigned char *)p, (size_t)(end - p), m->encoding == ENC_UTF16BE, cp);
	default:
		*cp = c < 0x80 ? c : m->high[c - 0x80];
		if (*cp == REPLACEMENT)
			*cp = UTF8_BAD;
		return 1;
	}
}

static inline size_t
decoded_bytes(unsigned cp)
{
	return cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 || cp == UTF8_BAD ? 3 : 4;
}

/* ---- the whole ---- */

struct damage { size_t raw, raw_end, dec, dec_end; enum remark_kind kind; };	/* a run; none if raw == raw_end */

static void
flush_damage(struct source *src, struct damage *d)
{
	char hex[DETAIL_BYTES * 3 + 4];
	size_t n = 0, i;
	const char *detail = NULL;

	if (d->raw == d->raw_end)
		return;
	if (!source_remark_full(src, d->kind)) {
		static const char digits[] = "0123456789ABCDEF";

		for (i = d->raw; i < d->raw_end && i < d->raw + DETAIL_BYTES; i++) {
			hex[n++] = digits[(unsigned char)src->raw[i] >> 4];
			hex[n++] = digits[(unsigned char)src->raw[i] & 15];
			hex[n++] = ' ';
		}
		if (i < d->raw_end) {
			memcpy(hex + n, "...", 3);
			n += 4;
		}
		detail = arena_strndup(&src->arena, hex, n - 1);
	}
	source_remark(src, d->kind, (struct extent){ (uint32_t)d->dec, (uint32_t)d->dec_end }, detail);
	d->raw = d->raw_end = 0;
}

static void
note_damage(struct source *src, struct damage *d, enum remark_kind kind, size_t raw, size_t n, size_t dec)
{
	if (d->raw == d->raw_end || d->raw_end != raw || d->kind != kind) {
		flush_damage(src, d);
		*d = (struct damage){ .raw = raw, .dec = dec, .kind = kind };
	}
	d->raw_end = raw + n;
	d->dec_end = dec + 3;
}

static enum remark_kind
damage_kind(enum encoding e, size_t n)
{
	if (e == ENC_UTF8)
		return REMARK_INVALID_UTF8;
	return (e == ENC_UTF16LE || e == ENC_UTF16BE) && n == 2 ? REMARK_LONE_SURROGATE : REMARK_UNDEFINED_BYTE;
}

/* ASCII goes over as it is, eight bytes at a time.  Returns how many bytes it were. */
static inline size_t
copy_ascii(char *to, const char *p, size_t room)
{
	size_t n = 0;
	uint64_t w;

	for (; room - n >= 8; n += 8) {
		memcpy(&w, p + n, 8);
		if ((w & 0x8080808080808080ull) != 0)
			break;
		memcpy(to + n, &w, 8);
	}
	for (; n < room && (unsigned char)p[n] < 0x80; n++)
		to[n] = p[n];
	return n;
}

static void
decode_all(struct source *src, size_t begin)
{
	struct source_map *m = xcalloc(1, sizeof *m);
	const char *p = src->raw + begin, *end = src->raw + src->raw_len;
	bool bytewise = src->encoding != ENC_UTF16LE && src->encoding != ENC_UTF16BE;
	struct damage damage = { 0 };
	size_t cap = 0, dec = 0;
	char *s = NULL;
	unsigned cp;

	m->encoding = src->encoding;
	encoding_high(src->encoding, m->high);
	src->map = m;
	while (p < end) {
		const char *stop = end - p > STEP ? p + STEP : end;

		XPUSH(m->v, m->n, m->cap) = (struct checkpoint){ (uint32_t)(p - src->raw), (uint32_t)dec };
		/* a byte on disk becomes three at most; the last character may reach over the step's end */
		if (cap - dec < 3 * (STEP + 4)) {
			cap = cap == 0 ? src->raw_len + 4 * STEP : cap + cap / 4 + 4 * STEP;
			s = xrealloc(s, cap);
		}
		while (p < stop) {
			size_t n;

			if (bytewise && (unsigned char)*p < 0x80) {
				n = copy_ascii(s + dec, p, (size_t)(stop - p));
				dec += n;
				p += n;
				continue;
			}
			n = step(m, p, end, &cp);
			if (cp == UTF8_BAD) {
				note_damage(src, &damage, damage_kind(m->encoding, n), (size_t)(p - src->raw), n, dec);
				cp = REPLACEMENT;
			}
			dec += utf8_encode(cp, s + dec);
			p += n;
		}
	}
	flush_damage(src, &damage);
	if (s != NULL) {
		src->own_s = xrealloc(s, dec + 1);
		src->s = src->own_s;
	}
	src->len = dec;
}

static void
set_plain(struct source *src, size_t begin)
{
	src->encoding = ENC_UTF8;
	src->s = src->raw + begin;
	src->len = src->raw_len - begin;
}

/* After decoding a file that is not UTF-8: where the first character above 7F is, for a remark. */
static struct extent
first_high(const struct source *src)
{
	uint32_t i = 0, z;

	while (i < src->len && (unsigned char)src->s[i] < 0x80)
		i++;
	for (z = i; z < src->len && (z == i || ((unsigned char)src->s[z] & 0xC0) == 0x80); z++)
		;
	return (struct extent){ i, z };
}

static bool
has_c1(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] - 0x80u < 0x20)
			return true;
	return false;
}

static void
remark_declared(struct source *src, const struct declared *d)
{
	struct extent at = { (uint32_t)d->at, (uint32_t)(d->at + d->n) };

	source_remark(src, REMARK_WRONG_ENCODING, at,
	    arena_printf(&src->arena, "declared %.*s, read as %s", (int)d->n, src->raw + d->at, encoding_name(src->encoding)));
}

/* Not UTF-8 and no byte order mark: by what the file declares, else by what its bytes look like. */
static void
decode_8bit(struct source *src, const struct declared *d, const char *lang)
{
	bool single = d->found && d->known && d->encoding > ENC_UTF16BE;

	src->encoding = single ? d->encoding : sniff_8bit(src->raw, src->raw_len, lang);
	/* who says Latin-1 and has bytes there that Latin-1 keeps for controls means the Windows encoding */
	if (single && has_c1(src->raw, src->raw_len)) {
		if (src->encoding == ENC_ISO_8859_1)
			src->encoding = ENC_WINDOWS_1252;
		else if (src->encoding == ENC_ISO_8859_9)
			src->encoding = ENC_WINDOWS_1254;
		else if (src->encoding == ENC_ISO_8859_2)
			src->encoding = ENC_WINDOWS_1250;
	}
	decode_all(src, 0);
	if (d->found && (!d->known || d->encoding != src->encoding))
		remark_declared(src, d);
	else if (!d->found && src->encoding != ENC_UTF8)
		source_remark(src, REMARK_UNDECLARED_8BIT, first_high(src), encoding_name(src->encoding));
}

void
source_decode(struct source *src, const struct source_options *opt)
{
	const char *lang = opt != NULL ? opt->lang : NULL;
	bool forced = opt != NULL && opt->forced, ascii;
	enum encoding e = ENC_UTF8, marked = ENC_UTF8;
	size_t bom = sniff_bom(src->raw, src->raw_len, &marked);
	struct declared d = { .found = false };

	if (forced) {
		e = opt->encoding;
		/* a mark of another family is not one; of the two kinds of UTF-16, the mark knows best */
		if ((marked == ENC_UTF8) != (e == ENC_UTF8) || e > ENC_UTF16BE)
			bom = 0;
		else if (bom != 0)
			e = marked;
	} else if (bom != 0) {
		e = marked;
	} else if (!sniff_utf16(src->raw, src->raw_len, &e)) {
		d = sniff_declared(src->raw, src->raw_len);
	}
	src->bom = bom != 0;
	src->encoding = e;
	if (src->bom)
		source_remark(src, REMARK_BOM, (struct extent){ 0, 0 }, encoding_name(e));
	if (e == ENC_UTF8) {
		set_plain(src, bom);
		if (source_scan(src, &ascii)) {
			if (!ascii && d.found && (!d.known || d.encoding != ENC_UTF8))
				remark_declared(src, &d);
			return;
		}
	}
	if (e == ENC_UTF8 && !forced && bom == 0) {
		src->binary = sniff_binary(src->raw, src->raw_len);
		if (src->binary != NULL) {
			src->s = "";
			src->len = 0;
			return;
		}
		decode_8bit(src, &d, lang);
	} else {
		decode_all(src, bom);
	}
	source_scan(src, &ascii);
}

/* ---- the map ---- */

void
source_map_free(struct source_map *m)
{
	if (m != NULL)
		free(m->v);
	free(m);
}

/* The last checkpoint at or before a decoded (or raw) offset; the first if there is none. */
static struct checkpoint
checkpoint_before(const struct source_map *m, uint32_t at, bool decoded)
{
	size_t low = 0, high = m->n;

	if (m->n == 0)
		return (struct checkpoint){ 0, 0 };
	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if ((decoded ? m->v[mid].dec : m->v[mid].raw) <= at)
			low = mid;
		else
			high = mid;
	}
	return m->v[low];
}

/* A decoded offset in the middle of a character: to its end or its beginning. */
static uint32_t
out_of_character(const struct source *src, uint32_t at, bool up)
{
	while (at < src->len && at > 0 && ((unsigned char)src->s[at] & 0xC0) == 0x80)
		at += up ? 1 : (uint32_t)-1;
	return at;
}

/* The offset on disk for a decoded one.  `up`: inside of a character, its end and not its beginning. */
static uint32_t
raw_offset(const struct source *src, uint32_t at, bool up)
{
	const char *end = src->raw + src->raw_len, *p;
	struct checkpoint c;
	unsigned cp;

	if (src->map == NULL)
		return out_of_character(src, at, up) + (src->bom ? 3 : 0);
	if (at >= src->len)
		return (uint32_t)src->raw_len;
	c = checkpoint_before(src->map, at, true);
	for (p = src->raw + c.raw; p < end && c.dec < at;) {
		size_t n = step(src->map, p, end, &cp);

		c.dec += (uint32_t)decoded_bytes(cp);
		if (c.dec > at && !up)
			break;
		p += n;
	}
	return (uint32_t)(p - src->raw);
}

static uint32_t
decoded_offset(const struct source *src, uint32_t at, bool up)
{
	const char *end = src->raw + src->raw_len, *p, *target = src->raw + at;
	struct checkpoint c;
	unsigned cp;

	if (at >= src->raw_len)
		return (uint32_t)src->len;
	if (src->map == NULL) {
		uint32_t bom = src->bom ? 3 : 0;

		at = at > bom ? at - bom : 0;
		if (at > src->len)		/* what is binary was not decoded */
			return (uint32_t)src->len;
		return out_of_character(src, at, up);
	}
	c = checkpoint_before(src->map, at, false);
	for (p = src->raw + c.raw; p < end && p < target;) {
		p += step(src->map, p, end, &cp);
		if (p > target && !up)
			break;
		c.dec += (uint32_t)decoded_bytes(cp);
	}
	return c.dec;
}

struct span
source_span(const struct source *src, struct extent e)
{
	uint32_t a = raw_offset(src, e.a, false);

	return (struct span){ a, e.z == e.a ? a : raw_offset(src, e.z, true) };
}

struct extent
source_extent(const struct source *src, struct span on_disk)
{
	uint32_t a = decoded_offset(src, on_disk.a, false);

	return (struct extent){ a, on_disk.z == on_disk.a ? a : decoded_offset(src, on_disk.z, true) };
}

const char *
source_slice(const struct source *src, struct span on_disk, size_t *n)
{
	struct extent e = source_extent(src, on_disk);

	*n = e.z - e.a;
	return src->s + e.a;
}
