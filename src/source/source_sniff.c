/* Guesses about bytes: which encoding they are in, and whether they are text at all. */
#include "source/source_decode.h"

#include "util/str.h"
#include "util/utf8.h"

#include <string.h>
#include <strings.h>

/* How much of a file's beginning is looked at. */
enum { UTF16_SAMPLE = 2048, DECLARATION_SAMPLE = 1024, BINARY_SAMPLE = 64 * 1024 };

size_t
sniff_bom(const char *s, size_t n, enum encoding *e)
{
	if (n >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
		*e = ENC_UTF8;
		return 3;
	}
	if (n >= 2 && memcmp(s, "\xFF\xFE", 2) == 0) {
		*e = ENC_UTF16LE;
		return 2;
	}
	if (n >= 2 && memcmp(s, "\xFE\xFF", 2) == 0) {
		*e = ENC_UTF16BE;
		return 2;
	}
	return 0;
}

/* Characters below 100 have a NUL as their upper byte, so in UTF-16 the NULs stand on even places only (BE) or on odd
 * places only (LE).  Latin text: at least two of five units.  Other scripts: the blanks and stops, and the upper bytes
 * are of few sorts. */
bool
sniff_utf16(const char *s, size_t n, enum encoding *e)
{
	size_t nuls[2] = { 0, 0 }, units, i, sorts = 0;
	unsigned char seen[256] = { 0 };
	int upper;

	if (n > UTF16_SAMPLE)
		n = UTF16_SAMPLE;
	if (n < 4 || memchr(s, 0, n) == NULL)
		return false;
	units = n / 2;
	for (i = 0; i < units * 2; i++)
		nuls[i & 1] += s[i] == '\0';
	upper = nuls[1] > nuls[0];
	if (nuls[!upper] * 50 > nuls[upper])
		return false;
	for (i = (size_t)upper; i < units * 2; i += 2) {
		sorts += !seen[(unsigned char)s[i]];
		seen[(unsigned char)s[i]] = 1;
	}
	if (!(nuls[upper] >= 2 && nuls[upper] * 5 >= units * 2) &&
	    !(nuls[upper] >= 8 && nuls[upper] * 16 >= units && sorts <= 8))
		return false;
	*e = upper ? ENC_UTF16LE : ENC_UTF16BE;
	return true;
}

static const char *
find_word(const char *s, const char *end, const char *word)
{
	const char *at = str_case_find(s, (size_t)(end - s), word);

	return at != NULL ? at + strlen(word) : NULL;
}

struct declared
sniff_declared(const char *s, size_t n)
{
	struct declared d = { .found = false };
	const char *end = s + (n < DECLARATION_SAMPLE ? n : DECLARATION_SAMPLE), *p = s, *q;
	char name[32];

	while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r'))
		p++;
	if (p == end || *p != '<')
		return d;
	if (end - p > 5 && memcmp(p, "<?xml", 5) == 0) {
		q = memchr(p, '>', (size_t)(end - p));
		p = find_word(p, q != NULL ? q : end, "encoding=");
	} else {
		p = find_word(p, end, "charset=");
	}
	if (p == NULL)
		return d;
	if (p < end && (*p == '"' || *p == '\''))
		p++;
	for (q = p; q < end && strchr("\"' />;?", *q) == NULL; q++)
		;	/* a NUL ends it too: strchr() finds it */
	if (q == p || (size_t)(q - p) >= sizeof name)
		return d;
	memcpy(name, p, (size_t)(q - p));
	name[q - p] = '\0';
	d.found = true;
	d.known = encoding_parse(name, &d.encoding);
	d.at = (size_t)(p - s);
	d.n = (size_t)(q - p);
	return d;
}

/* In windows-1254 six places of windows-1252 hold the Turkish letters (FD: dotless i, where 1252 has y acute).  Turkish
 * text is full of these and has few other letters above 7F but its own; Icelandic, which has eth and thorn there, has
 * many others and far more eth. */
static bool
looks_turkish(const char *s, size_t n)
{
	size_t dotless = 0, cedilla = 0, breve = 0, other = 0;

	for (size_t i = 0; i < n; i++)
		switch ((unsigned char)s[i]) {
		case 0xDD: case 0xFD:
			dotless++;
			break;
		case 0xDE: case 0xFE:
			cedilla++;
			break;
		case 0xD0: case 0xF0:
			breve++;
			break;
		case 0xC7: case 0xE7: case 0xD6: case 0xF6: case 0xDC: case 0xFC:
		case 0xC2: case 0xE2: case 0xCE: case 0xEE: case 0xDB: case 0xFB:
			break;
		default:
			other += (unsigned char)s[i] >= 0xC0;
		}
	return dotless + cedilla + breve > other && dotless + cedilla >= breve;
}

enum encoding
sniff_8bit(const char *s, size_t n, const char *lang)
{
	const char *p = s, *end = s + n;
	size_t good = 0, bad = 0;
	unsigned cp;

	while (p < end) {
		size_t k = utf8_valid(p, (size_t)(end - p));

		/* every character of a valid stretch that is not ASCII is a good sequence */
		for (size_t i = 0; i < k; i++)
			good += (unsigned char)p[i] >= 0xC0;
		p += k;
		while (p < end) {
			k = utf8_decode(p, end, &cp);
			if (cp != UTF8_BAD)
				break;
			bad++;
			p += k;
		}
	}
	if (good >= bad)
		return ENC_UTF8;
	if (lang != NULL && strncasecmp(lang, "tr", 2) == 0 && (lang[2] == '\0' || lang[2] == '-' || lang[2] == '_'))
		return ENC_WINDOWS_1254;
	return looks_turkish(s, n) ? ENC_WINDOWS_1254 : ENC_WINDOWS_1252;
}

static const struct signature {
	uint8_t at, n;
	const char *bytes, *what;
} signatures[] = {
	{ 0, 3, "\xFF\xD8\xFF", "a JPEG image" },
	{ 0, 8, "\x89PNG\r\n\x1A\n", "a PNG image" },
	{ 0, 6, "GIF87a", "a GIF image" },
	{ 0, 6, "GIF89a", "a GIF image" },
	{ 0, 4, "II*\0", "a TIFF image" },
	{ 0, 4, "MM\0*", "a TIFF image" },
	{ 8, 4, "WEBP", "a WebP image" },
	{ 8, 4, "WAVE", "a WAVE recording" },
	{ 4, 4, "ftyp", "an MP4 video" },
	{ 0, 5, "ID3\3\0", "an MP3 recording" },
	{ 0, 5, "ID3\4\0", "an MP3 recording" },
	{ 0, 5, "OggS\0", "an Ogg recording" },
	{ 0, 5, "%PDF-", "a PDF document" },
	{ 0, 5, "{\\rtf", "an RTF document" },
	{ 0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an OLE document (old Word or Excel)" },
	{ 0, 4, "PK\3\4", "a ZIP archive (as DOCX and ODT are)" },
	{ 0, 4, "PK\5\6", "a ZIP archive" },
	{ 0, 3, "\x1F\x8B\x08", "gzip data" },
	{ 4, 6, "1AY&SY", "bzip2 data" },
	{ 0, 6, "\xFD" "7zXZ\0", "xz data" },
	{ 0, 4, "\x28\xB5\x2F\xFD", "zstd data" },
	{ 0, 6, "7z\xBC\xAF\x27\x1C", "a 7z archive" },
	{ 0, 5, "\x7F" "ELF\1", "an ELF program" },
	{ 0, 5, "\x7F" "ELF\2", "an ELF program" },
	{ 0, 4, "\0asm", "a WebAssembly program" },
	{ 0, 16, "SQLite format 3\0", "an SQLite database" },
};

static const char *
signature_of(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof signatures / sizeof *signatures; i++) {
		const struct signature *g = &signatures[i];

		if (n < (size_t)g->at + g->n || memcmp(s + g->at, g->bytes, g->n) != 0)
			continue;
		/* words at 4 and 8 are told from prose by a NUL or by what stands before them */
		if (g->at == 4 && s[0] != '\0' && memcmp(s, "BZh", 3) != 0)
			continue;
		if (g->at == 8 && memcmp(s, "RIFF", 4) != 0)
			continue;
		return g->what;
	}
	return NULL;
}

/* Copy of the wire is framed by control characters, and its tables are full of them. */
static bool
is_wire(const char *s, size_t n)
{
	const char *soh = memchr(s, 1, n < 1024 ? n : 1024), *stx = soh != NULL ? memchr(soh, 2, (size_t)(s + n - soh)) : NULL;

	return stx != NULL && stx - soh < 2048 && memchr(s, 0, n < 4096 ? n : 4096) == NULL;
}

const char *
sniff_binary(const char *s, size_t n)
{
	const char *what = signature_of(s, n);
	size_t nuls = 0, controls = 0, i;

	if (what != NULL)
		return what;
	if (is_wire(s, n))
		return NULL;
	if (n > BINARY_SAMPLE)
		n = BINARY_SAMPLE;
	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		nuls += c == 0;
		controls += c < 0x20 && c != '\n' && c != '\r' && c != '\t';
	}
	return (nuls >= 4 && nuls * 64 > n) || (controls >= 32 && controls * 20 > n) ? "binary data" : NULL;
}

bool
source_is_binary(const struct source *src, const char **what)
{
	*what = src->binary;
	/* the scan has remarked every control: without one there is nothing to count */
	if (*what == NULL && (src->encoding == ENC_UTF16LE || src->encoding == ENC_UTF16BE || src->remarked[REMARK_CONTROL].n == 0))
		*what = signature_of(src->raw, src->raw_len);
	else if (*what == NULL)
		*what = sniff_binary(src->raw, src->raw_len);
	return *what != NULL;
}
