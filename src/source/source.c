/* A source: a file's bytes read and decoded, what was noticed on the way, and the names of encodings and remarks. */
#include "source/source.h"

#include "source/source_decode.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST_READ = 64 * 1024, LEAST_READ = 4096, KEEP = 16 * 1024 * 1024 };

const char *const remark_names[REMARK_COUNT] = {
#define REMARK(id, name, doc) name,
#include "remark.def"
#undef REMARK
};
const char *const remark_docs[REMARK_COUNT] = {
#define REMARK(id, name, doc) doc,
#include "remark.def"
#undef REMARK
};

static const char *const encoding_names[ENC_COUNT] = {
	"utf-8", "utf-16le", "utf-16be", "iso-8859-1", "iso-8859-9", "iso-8859-15", "windows-1252", "windows-1254",
	"iso-8859-2", "windows-1250", "windows-1251", "koi8-r"
};

/* Common aliases, without their hyphens, underscores and blanks, in lower case. */
static const struct { const char *name; enum encoding encoding; } aliases[] = {
	{ "utf8", ENC_UTF8 }, { "ascii", ENC_UTF8 }, { "usascii", ENC_UTF8 },
	{ "utf16", ENC_UTF16LE }, { "utf16le", ENC_UTF16LE }, { "ucs2", ENC_UTF16LE }, { "unicode", ENC_UTF16LE },
	{ "utf16be", ENC_UTF16BE },
	{ "iso88591", ENC_ISO_8859_1 }, { "latin1", ENC_ISO_8859_1 }, { "l1", ENC_ISO_8859_1 },
	{ "iso88599", ENC_ISO_8859_9 }, { "latin5", ENC_ISO_8859_9 }, { "l5", ENC_ISO_8859_9 },
	{ "iso885915", ENC_ISO_8859_15 }, { "latin9", ENC_ISO_8859_15 }, { "l9", ENC_ISO_8859_15 },
	{ "windows1252", ENC_WINDOWS_1252 }, { "cp1252", ENC_WINDOWS_1252 }, { "1252", ENC_WINDOWS_1252 },
	{ "windows1254", ENC_WINDOWS_1254 }, { "cp1254", ENC_WINDOWS_1254 }, { "1254", ENC_WINDOWS_1254 },
	{ "iso88592", ENC_ISO_8859_2 }, { "latin2", ENC_ISO_8859_2 }, { "l2", ENC_ISO_8859_2 },
	{ "windows1250", ENC_WINDOWS_1250 }, { "cp1250", ENC_WINDOWS_1250 }, { "1250", ENC_WINDOWS_1250 },
	{ "windows1251", ENC_WINDOWS_1251 }, { "cp1251", ENC_WINDOWS_1251 }, { "1251", ENC_WINDOWS_1251 },
	{ "koi8r", ENC_KOI8_R }, { "koi8", ENC_KOI8_R },
};

const char *
encoding_name(enum encoding e)
{
	return encoding_names[e];
}

bool
encoding_parse(const char *name, enum encoding *e)
{
	char plain[24];
	size_t n = 0;

	for (; *name != '\0'; name++) {
		unsigned c = (unsigned char)*name;

		if (c == '-' || c == '_' || c == ' ')
			continue;
		if (n + 1 == sizeof plain)
			return false;
		plain[n++] = (char)(c - 'A' < 26 ? c | 0x20 : c);
	}
	plain[n] = '\0';
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
		if (strcmp(plain, aliases[i].name) == 0) {
			*e = aliases[i].encoding;
			return true;
		}
	return false;
}

void
source_init(struct source *src)
{
	memset(src, 0, sizeof *src);
	src->raw = src->s = "";
	arena_init(&src->arena);
}

/* Forgets what was loaded; the buffer for reading is kept unless it is a monster. */
static void
forget(struct source *src, const char *path)
{
	struct source empty = {
		.path = path, .raw = "", .s = "", .own_raw = src->own_raw, .own_raw_cap = src->own_raw_cap,
		.remarks = src->remarks, .capremarks = src->capremarks, .arena = src->arena,
		.comments = src->comments, .capcomments = src->capcomments,
	};

	free(src->own_s);
	source_map_free(src->map);
	source_lines_free(src->lines);
	if (empty.capremarks > KEEP / sizeof *empty.remarks) {
		free(empty.remarks);
		empty.remarks = NULL;
		empty.capremarks = 0;
	}
	if (empty.capcomments > KEEP / sizeof *empty.comments) {
		free(empty.comments);
		empty.comments = NULL;
		empty.capcomments = 0;
	}
	arena_reset(&empty.arena);
	*src = empty;
}

void
source_release(struct source *src)
{
	forget(src, NULL);
	free(src->own_raw);
	free(src->remarks);
	free(src->comments);
	arena_release(&src->arena);
	source_init(src);
}

/* Room for the first read: what a file says it has and a byte, so that its end is seen at once. */
static size_t
first_room(int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size < 0 || (uintmax_t)st.st_size > SOURCE_MAX)
		return FIRST_READ;
	return st.st_size < LEAST_READ ? LEAST_READ : (size_t)st.st_size + 1;
}

enum source_status
source_load_fd(struct source *src, const char *path, int fd, const struct source_options *opt)
{
	size_t n = 0;

	forget(src, path);
	if (src->own_raw_cap > KEEP) {
		free(src->own_raw);
		src->own_raw = NULL;
		src->own_raw_cap = 0;
	}
	for (;;) {
		ssize_t got;

		if (n == src->own_raw_cap) {
			src->own_raw_cap = n == 0 ? first_room(fd) : n * 2;
			if (src->own_raw_cap > (size_t)SOURCE_MAX + 1)
				src->own_raw_cap = (size_t)SOURCE_MAX + 1;
			src->own_raw = xrealloc(src->own_raw, src->own_raw_cap);
		}
		got = read(fd, src->own_raw + n, src->own_raw_cap - n);
		if (got < 0) {
			if (errno == EINTR)
				continue;
			return SOURCE_UNREADABLE;
		}
		if (got == 0)
			break;
		n += (size_t)got;
		if (n > SOURCE_MAX)
			return SOURCE_TOO_LARGE;
	}
	if (n != 0)
		src->raw = src->own_raw;
	src->raw_len = n;
	source_decode(src, opt);
	return SOURCE_OK;
}

enum source_status
source_load_mem(struct source *src, const char *path, const char *s, size_t n, const struct source_options *opt)
{
	forget(src, path);
	if (n > SOURCE_MAX)
		return SOURCE_TOO_LARGE;
	if (n != 0)
		src->raw = s;
	src->raw_len = n;
	source_decode(src, opt);
	return SOURCE_OK;
}

void
source_remark(struct source *src, enum remark_kind kind, struct extent at, const char *detail)
{
	if (source_remark_full(src, kind)) {
		src->remarks[src->remarked[kind].last].count++;
		return;
	}
	src->remarked[kind].n++;
	src->remarked[kind].last = src->nremarks;
	XPUSH(src->remarks, src->nremarks, src->capremarks) =
	    (struct remark){ .kind = kind, .at = at, .detail = detail, .count = 1 };
}

void
source_unremark(struct source *src, enum remark_kind kind, struct extent at)
{
	size_t n = 0;

	if (src->remarked[kind].n == 0)
		return;
	src->remarked[kind].n = 0;
	for (size_t i = 0; i < src->nremarks; i++) {
		struct remark m = src->remarks[i];

		if (m.kind == kind && m.at.a >= at.a && m.at.a < at.z)
			continue;
		if (m.kind == kind)
			src->remarked[kind].n++;
		src->remarked[m.kind].last = n;
		src->remarks[n++] = m;
	}
	src->nremarks = n;
}

bool
source_remark_full(const struct source *src, enum remark_kind kind)
{
	return src->remarked[kind].n >= REMARKS_EACH;
}

static void
add_comment(struct source *src, struct extent at, const char *s, size_t n, bool key, bool inner)
{
	bool own = n == at.z - at.a && memcmp(s, src->s + at.a, n) == 0;

	XPUSH(src->comments, src->ncomments, src->capcomments) = (struct comment){
	    .at = at, .s = own ? src->s + at.a : arena_strndup(&src->arena, s, n), .n = (uint32_t)n, .key = key,
	    .inner = inner };
}

bool
source_addressed(const char *s, size_t n)
{
	const char *end = s + n;

	/* hyphens are rare */
	for (const char *p = s; n > 8 && (p = memchr(p, '-', (size_t)(end - p))) != NULL; p++)
		if (p - s >= 7 && (memcmp(p - 7, "irelint", 7) == 0 || memcmp(p - 7, "IRELINT", 7) == 0))
			return true;
	return false;
}

void
source_comment(struct source *src, struct extent at, const char *s, size_t n, bool inner)
{
	if (source_addressed(s, n))
		add_comment(src, at, s, n, false, inner);
}

void
source_comment_key(struct source *src, struct extent at, const char *s, size_t n)
{
	add_comment(src, at, s, n, true, false);
}
