/* The list of readers, and the choice of one for a source. */
#include "reader.h"

#include "sniff.h"

#include <string.h>
#include <strings.h>

static const struct reader *const readers[] = {
#define READER(name) &reader_##name,
#include "read/list.def"
#undef READER
	NULL
};

const struct reader *const *
reader_list(void)
{
	return readers;
}

const struct reader *
reader_by_name(const char *name)
{
	for (size_t i = 0; readers[i] != NULL; i++)
		if (strcmp(readers[i]->name, name) == 0)
			return readers[i];
	return NULL;
}

/* Behind the path's last dot; "" if there is none, or nothing before it. */
static const char *
suffix_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot != NULL && dot != path ? dot + 1 : "";
}

/* Is it one of the reader's suffixes, in any case? */
static bool
has_suffix(const struct reader *r, const char *suffix)
{
	size_t n = strlen(suffix);
	const char *at = r->suffixes;

	while (n != 0 && *at != '\0') {
		size_t k = strcspn(at, " ");

		if (k == n && strncasecmp(suffix, at, k) == 0)
			return true;
		at += k;
		at += strspn(at, " ");
	}
	return false;
}

const struct reader *
reader_choose(const struct source *src)
{
	const struct reader *best = &reader_text;
	const char *suffix = suffix_of(src->path);
	struct look k;
	int most = 0;

	look_begin(&k, src);
	/* content outweighs the name; between formats that the content fits equally, the name decides, then the list */
	for (size_t i = 0; readers[i] != NULL; i++) {
		int score = 2 * readers[i]->sniff(&k);

		if (score >= most)
			score += has_suffix(readers[i], suffix);
		if (score > most) {
			most = score;
			best = readers[i];
		}
	}
	if (most <= 2 * SNIFF_FOREIGN && reader_foreign.sniff(&k) != 0)
		best = &reader_foreign;
	look_end(&k);
	return best;
}

bool
reader_claims(const char *path)
{
	const char *suffix = suffix_of(path);

	for (size_t i = 0; readers[i] != NULL; i++)
		if (has_suffix(readers[i], suffix))
			return true;
	return false;
}

struct article *
intake_begin(struct intake *in, struct source *src, const char *format, const char *item)
{
	struct article *a = in->article;

	article_reset(a, src, format);
	if (item != NULL)
		a->item = arena_strdup(&a->arena, item);
	return a;
}

void
intake_end(struct intake *in, uint32_t end)
{
	in->article->whole = (struct extent){ in->done, end };
	in->article->own = (struct extent){ in->skipped > in->done ? in->skipped : in->done, end };
	in->done = end;
	in->item(in);
}

void
intake_skip(struct intake *in, const char *item, uint32_t end, const char *why)
{
	if (end > in->skipped)
		in->skipped = end;
	if (in->skip != NULL)
		in->skip(in, item, why);
}

struct article *
intake_item(struct intake *in, struct source *src, const char *format, const char *id, bool many)
{
	struct article *a = intake_begin(in, src, format, NULL);

	in->met++;
	in->name = id != NULL ? arena_strdup(&a->arena, id) : arena_printf(&a->arena, "%u", in->met);
	if (many)
		a->item = in->name;
	return a;
}

void
intake_done(struct intake *in, uint32_t end, kind_set frame, const char *why)
{
	if (article_find_block(in->article, ~frame) == NULL) {
		intake_skip(in, in->name, end, why);
		return;
	}
	in->made++;
	intake_end(in, end);
}
