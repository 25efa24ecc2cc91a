/* The list of emitters, and what they share: columns in every unit, paths, words that are safe to print. */
#include "emitter.h"
#include "util/hash.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

#define EMITTER(name) extern const struct emitter emitter_##name;
#include "emit/list.def"
#undef EMITTER

static const struct emitter *const emitters[] = {
#define EMITTER(name) &emitter_##name,
#include "emit/list.def"
#undef EMITTER
	NULL
};

const char *const column_units[] = { "char", "byte", "utf16", "display", NULL };

const struct emitter *const *
emitter_list(void)
{
	return emitters;
}

const struct emitter *
emitter_by_name(const char *name)
{
	for (size_t i = 0; emitters[i] != NULL; i++)
		if (strcmp(emitters[i]->name, name) == 0)
			return emitters[i];
	return NULL;
}

bool
column_unit_parse(const char *s, enum column_unit *out)
{
	for (size_t i = 0; column_units[i] != NULL; i++)
		if (strcmp(column_units[i], s) == 0) {
			*out = (enum column_unit)i;
			return true;
		}
	return false;
}

/* ---- Columns ---- */

/* How far a column is counted without the table, and how far apart the table's marks are. */
enum { COLUMN_STEP = 4096 };

/* The column after the character, both from 0. */
static uint32_t
column_after(uint32_t column, unsigned cp, enum column_unit unit)
{
	if (unit == COLUMN_UTF16)
		return column + (cp != UTF8_BAD && cp > 0xFFFF ? 2 : 1);
	if (cp == '\t')
		return (column / 8 + 1) * 8;
	return column + (cp == UTF8_BAD ? 1 : utf8_width(cp));
}

/* The column at s[to], counted on from `column` at s[from]. */
static uint32_t
column_count(const struct source *src, uint32_t from, uint32_t to, uint32_t column, enum column_unit unit)
{
	const char *s = src->s + from, *end = src->s + src->len;

	while (s < src->s + to) {
		unsigned cp;

		s += utf8_decode(s, end, &cp);
		column = column_after(column, cp, unit);
	}
	return column;
}

static void
places_scan(struct emit_places *p)
{
	const char *begin = p->src->s, *s = begin, *end = s + p->src->len;
	uint32_t column = 0;
	size_t next = 0;

	while (s < end) {
		unsigned cp;

		if ((size_t)(s - begin) >= next) {
			XPUSH(p->marks, p->nmarks, p->capmarks) = (struct emit_mark){ (uint32_t)(s - begin), column };
			next += COLUMN_STEP;
		}
		s += utf8_decode(s, end, &cp);
		column = cp == '\n' || cp == '\r' ? 0 : column_after(column, cp, p->unit);
	}
}

void
emit_places_init(struct emit_places *p, struct source *src, enum column_unit unit)
{
	*p = (struct emit_places){ .src = src, .unit = unit };
}

void
emit_places_release(struct emit_places *p)
{
	free(p->marks);
	*p = (struct emit_places){ 0 };
}

struct place
emit_place(struct emit_places *p, uint32_t raw_offset)
{
	struct place at = source_place(p->src, raw_offset);
	uint32_t from, to, line, column = 0;

	if (p->unit == COLUMN_CHAR)
		return at;
	line = source_line_span(p->src, at.line).a;
	if (p->unit == COLUMN_BYTE) {
		uint32_t first = source_span(p->src, (struct extent){ 0, 0 }).a;

		if (line < first)		/* a byte order mark is before the first column */
			line = first;
		at.column = raw_offset > line ? raw_offset - line + 1 : 1;
		return at;
	}
	from = source_extent(p->src, (struct span){ line, line }).a;
	to = source_extent(p->src, (struct span){ raw_offset, raw_offset }).a;
	if (to > from + COLUMN_STEP) {
		const struct emit_mark *m;

		if (p->nmarks == 0)
			places_scan(p);
		m = &p->marks[to / COLUMN_STEP < p->nmarks ? to / COLUMN_STEP : p->nmarks - 1];
		if (m->at > to)			/* `to` lies in the character that the mark was put behind */
			m--;
		if (m->at > from) {
			from = m->at;
			column = m->column;
		}
	}
	at.column = column_count(p->src, from, to, column, p->unit) + 1;
	return at;
}

uint32_t
emit_last_line(struct emit_places *p, struct span at)
{
	struct place from = source_place(p->src, at.a), to = source_place(p->src, at.z);

	return to.column == 1 && to.line > from.line ? to.line - 1 : to.line;
}

static bool
same_file(const char *path, const struct source *src)
{
	return src != NULL && (path == src->path || (path != NULL && src->path != NULL && strcmp(path, src->path) == 0));
}

bool
emit_finding_placed(const struct finding *f, const struct source *src)
{
	return f->placed && same_file(f->path, src);
}

bool
emit_note_placed(const struct note *n, const struct finding *f, const struct source *src)
{
	return n->src != NULL || (f->placed && same_file(n->path != NULL ? n->path : f->path, src));
}

struct emit_places *
emit_note_places(struct emit_places *p, const struct note *n, struct emit_places *other)
{
	emit_places_init(other, n->src, p->unit);
	return n->src != NULL ? other : p;
}

/* ---- Fingerprints ---- */

static uint64_t
mix_words(uint64_t hash, const char *s)
{
	return hash_mix(s != NULL ? hash_bytes(s, strlen(s), hash) : hash);
}

struct numbered { uint64_t hash; size_t at; };

static int
by_hash(const void *a, const void *b)
{
	const struct numbered *x = a, *y = b;

	return x->hash != y->hash ? (x->hash < y->hash ? -1 : 1) : x->at < y->at ? -1 : x->at > y->at;
}

uint64_t *
emit_fingerprints(const struct finding_list *l)
{
	uint64_t *out = xcalloc(l->n + 1, sizeof *out);
	struct numbered *order = xcalloc(l->n + 1, sizeof *order);
	size_t same = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct finding *f = &l->v[i];
		uint64_t hash = mix_words(mix_words(HASH_INIT, f->path), f->rule) ^ f->fingerprint;

		if (f->fingerprint == 0 || f->fatal)
			hash = mix_words(mix_words(hash + f->at.a, f->item), f->message);
		order[i] = (struct numbered){ hash_mix(hash), i };
	}
	if (l->n > 1)
		qsort(order, l->n, sizeof *order, by_hash);
	for (size_t i = 0; i < l->n; i++) {
		same = i != 0 && order[i].hash == order[i - 1].hash ? same + 1 : 0;
		out[order[i].at] = same != 0 ? hash_mix(order[i].hash + same * 0x9e3779b97f4a7c15ull) : order[i].hash;
	}
	free(order);
	return out;
}

/* ---- Paths and words ---- */

/* What a finding without a file is about. */
static const char nowhere[] = "wirelint";

static bool
is_control(unsigned cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F);
}

enum { PATH_PLAIN = 1, PATH_BARE = 2 };

static void
put_path(struct buf *out, const char *path, int form)
{
	bool machine = form != PATH_PLAIN;
	const char *end;

	if (path == NULL)
		path = nowhere;
	end = path + strlen(path);
	while (path < end) {
		unsigned cp;
		size_t n = utf8_decode(path, end, &cp);
		bool odd = cp == UTF8_BAD ? machine : is_control(cp) || (form == 0 && cp == '%');

		for (size_t i = 0; odd && i < n; i++)
			buf_printf(out, machine ? "%%%02X" : "\\%03o", (unsigned char)path[i]);
		if (!odd)
			buf_add(out, path, n);
		path += n;
	}
}

void
emit_path(struct buf *out, const char *path)
{
	put_path(out, path, 0);
}

const char *
emit_path_begin(const char *path)
{
	while (path[0] == '.' && path[1] == '/' && path[2] != '\0')
		for (path += 2; path[0] == '/' && path[1] != '\0';)
			path++;
	return path;
}

void
emit_path_bare(struct buf *out, const char *path)
{
	put_path(out, path != NULL ? emit_path_begin(path) : NULL, PATH_BARE);
}

void
emit_path_plain(struct buf *out, const char *path)
{
	put_path(out, path, PATH_PLAIN);
}

bool
emit_hidden(unsigned cp)
{
	if (cp < 0x80)
		return cp != '\t' && is_control(cp);
	return is_control(cp) || cp == 0xAD || cp == 0x61C || cp == 0x180E || cp == 0x200B || cp == 0x200E || cp == 0x200F ||
	    (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF || (cp >= 0xFFF9 && cp <= 0xFFFB);
}

void
emit_plain(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		unsigned cp;
		size_t len = 0;

		while (s + len < end && s[len] >= ' ' && s[len] <= '~')
			len++;
		buf_add(out, s, len);
		s += len;
		if (s == end)
			break;
		len = utf8_decode(s, end, &cp);
		if (cp == UTF8_BAD)
			for (size_t i = 0; i < len; i++)
				buf_printf(out, "<%02X>", (unsigned char)s[i]);
		else if (emit_hidden(cp))
			buf_printf(out, "<U+%04X>", cp);
		else
			buf_add(out, s, len);
		s += len;
	}
}

void
emit_message(struct buf *out, const struct finding *f)
{
	emit_plain(out, f->message, strlen(f->message));
	if (f->item != NULL) {
		buf_puts(out, " (item ");
		emit_plain(out, f->item, strlen(f->item));
		buf_putc(out, ')');
	}
}

bool
emit_is_address(const char *s)
{
	if (strncmp(s, "https://", 8) != 0 && strncmp(s, "http://", 7) != 0)
		return false;
	for (; *s != '\0'; s++)
		if ((unsigned char)*s <= 0x20 || (unsigned char)*s >= 0x7F || strchr("\"<>\\^`{|}", *s) != NULL)
			return false;
	return true;
}

void
emit_where(struct buf *out, const char *path, const struct place *at)
{
	emit_path_plain(out, path);
	buf_putc(out, ':');
	if (at != NULL) {
		buf_putu(out, at->line);
		buf_putc(out, ':');
		buf_putu(out, at->column);
		buf_putc(out, ':');
	}
	buf_putc(out, ' ');
}
