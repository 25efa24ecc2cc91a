#include "fix/fix_diff.h"

#include "hunks.h"
#include "util/hash.h"
#include "util/path.h"
#include "util/xmalloc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3 };

struct lines {
	const char *s;
	uint32_t *starts;		/* n + 1 of them */
	uint64_t *hashes;
	uint32_t n;
};

static void
split(struct lines *l, const char *s, size_t n)
{
	size_t at = 0, k = 0, count = 0;

	for (const char *p = s; (p = memchr(p, '\n', (size_t)(s + n - p))) != NULL; p++)
		count++;
	count += n != 0 && s[n - 1] != '\n';
	l->s = s;
	l->n = (uint32_t)count;
	l->starts = xcalloc(count + 1, sizeof *l->starts);
	l->hashes = xcalloc(count + 1, sizeof *l->hashes);
	while (at < n) {
		const char *end = memchr(s + at, '\n', n - at);
		size_t z = end != NULL ? (size_t)(end - s) + 1 : n;

		l->starts[k] = (uint32_t)at;
		l->hashes[k++] = hash_bytes(s + at, z - at, HASH_INIT);
		at = z;
	}
	l->starts[k] = (uint32_t)n;
}

static void
put_lines(struct buf *out, const struct lines *l, uint32_t a, uint32_t z, char sign)
{
	for (; a < z; a++) {
		uint32_t from = l->starts[a], to = l->starts[a + 1];

		buf_putc(out, sign);
		buf_add(out, l->s + from, to - from);
		if (l->s[to - 1] != '\n')
			buf_puts(out, "\n\\ No newline at end of file\n");
	}
}

/* Lines a..z in the head of a hunk: an empty stretch stands behind a line, and has that line's number. */
static void
put_stretch(struct buf *out, char sign, uint32_t a, uint32_t z)
{
	buf_printf(out, "%c%u", sign, z == a ? a : a + 1);
	if (z - a != 1)
		buf_printf(out, ",%u", z - a);
}

/* Hunks i to k - 1 of the list, which lie so near that they share their surroundings. */
static void
put_hunk(struct buf *out, const struct lines *a, const struct lines *b, const struct hunk *h, size_t n)
{
	const struct hunk *last = &h[n - 1];
	uint32_t before = h->a0 < CONTEXT ? h->a0 : CONTEXT, after = a->n - last->a1 < CONTEXT ? a->n - last->a1 : CONTEXT, at = h->a0 - before;

	buf_puts(out, "@@ ");
	put_stretch(out, '-', at, last->a1 + after);
	buf_putc(out, ' ');
	put_stretch(out, '+', h->b0 - before, last->b1 + after);
	buf_puts(out, " @@\n");
	for (size_t i = 0; i < n; i++) {
		put_lines(out, a, at, h[i].a0, ' ');
		put_lines(out, a, h[i].a0, h[i].a1, '-');
		put_lines(out, b, h[i].b0, h[i].b1, '+');
		at = h[i].a1;
	}
	put_lines(out, a, at, last->a1 + after, ' ');
}

/* In quotation marks, as git writes it, where it holds what would end or hide it; with a tab behind it where it holds a blank. */
static void
put_name(struct buf *out, const char *sign, const char *side, const char *name)
{
	bool quoted = false, blank = strchr(name, ' ') != NULL;

	for (const char *p = name; *p != '\0'; p++)
		quoted = quoted || (unsigned char)*p < ' ' || *p == '"' || *p == '\\' || *p == 0x7F;
	buf_puts(out, sign);
	buf_puts(out, quoted ? "\"" : "");
	buf_puts(out, side);
	for (const char *p = name; *p != '\0'; p++)
		if (quoted && ((unsigned char)*p < ' ' || *p == 0x7F))
			buf_printf(out, "\\%03o", (unsigned)*p);
		else if (quoted && (*p == '"' || *p == '\\'))
			buf_printf(out, "\\%c", *p);
		else
			buf_putc(out, *p);
	buf_puts(out, quoted ? "\"\n" : blank ? "\t\n" : "\n");
}

char *
fix_diff_name(const char *path)
{
	char *here = path_of_folder("."), *absolute = path_absolute(path), *name;
	const char *rest = path_within(here, absolute);

	name = xstrdup(rest != NULL && *rest != '\0' ? rest : absolute + (*absolute == '/'));
	free(here);
	free(absolute);
	return name;
}

void
fix_diff(struct buf *out, const char *name, const char *a, size_t na, const char *b, size_t nb)
{
	struct lines old, new;
	struct hunks h = { NULL, 0, 0 };

	if (na == nb && (na == 0 || memcmp(a, b, na) == 0))
		return;
	split(&old, a, na);
	split(&new, b, nb);
	hunks_find(&h, old.hashes, old.n, new.hashes, new.n);
	put_name(out, "--- ", "a/", name);
	put_name(out, "+++ ", "b/", name);
	for (size_t i = 0, n; i < h.n; i += n) {
		for (n = 1; i + n < h.n && h.v[i + n].a0 - h.v[i + n - 1].a1 <= 2 * CONTEXT; n++)
			continue;
		put_hunk(out, &old, &new, h.v + i, n);
	}
	hunks_release(&h);
	free(old.starts);
	free(old.hashes);
	free(new.starts);
	free(new.hashes);
}
