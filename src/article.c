/* The article model: names of its kinds, fields and parts, and its making by readers and classify. */
#include "article.h"

#include "util/str.h"
#include "util/xmalloc.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Arrays longer than this are not kept from one article to the next. */
enum { KEEP = 64 * 1024 };

static const struct { const char *name; unsigned groups; } kinds[BLOCK_COUNT] = {
#define BLOCK(id, name, groups) { name, groups },
#include "block.def"
#undef BLOCK
};
static const struct { const char *name; unsigned bit; } groups[] = {
	{ "prose", GROUP_PROSE }, { "body", GROUP_BODY }, { "head", GROUP_HEAD }, { "foot", GROUP_FOOT },
	{ "provenance", GROUP_PROVENANCE }, { "notes", GROUP_NOTES }
};
static const char *const set_names[] = {
#define BLOCK(id, name, groups) name,
#include "block.def"
#undef BLOCK
	"prose", "body", "head", "foot", "provenance", "notes", "all", NULL
};
const char *const field_names[FIELD_COUNT + 1] = {
#define FIELD(id, name) name,
#include "field.def"
#undef FIELD
	NULL
};
static const char *const part_names[PART_COUNT] = { "agency", "person", "place", "date", "role", "label", "platform" };
static const char *const certainty_names[] = { "weak", "likely", "sure" };

_Static_assert(BLOCK_COUNT <= 32, "a kind_set holds 32 kinds");
_Static_assert(sizeof(struct block) <= 24, "a million paragraphs are to fit");

const char *
block_kind_name(enum block_kind k)
{
	return kinds[k].name;
}

bool
block_kind_parse(const char *s, size_t n, enum block_kind *k)
{
	for (int i = 0; i < BLOCK_COUNT; i++)
		if (str_is(s, n, kinds[i].name)) {
			*k = (enum block_kind)i;
			return true;
		}
	return false;
}

kind_set
kind_set_group(unsigned group)
{
	kind_set set = 0;

	for (int i = 0; i < BLOCK_COUNT; i++)
		if (kinds[i].groups & group)
			set |= KIND(i);
	return set;
}

kind_set
kind_set_parse(const char *s, size_t n)
{
	enum block_kind k;

	if (block_kind_parse(s, n, &k))
		return KIND(k);
	if (str_is(s, n, "all"))
		return (kind_set)(((uint64_t)1 << BLOCK_COUNT) - 1);
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		if (str_is(s, n, groups[i].name))
			return kind_set_group(groups[i].bit);
	return 0;
}

const char *const *
kind_set_names(void)
{
	return set_names;
}

const char *
field_name_str(enum field_name f)
{
	return field_names[f];
}

bool
field_name_parse(const char *s, size_t n, enum field_name *f)
{
	for (int i = 0; i < FIELD_COUNT; i++)
		if (str_is(s, n, field_names[i])) {
			*f = (enum field_name)i;
			return true;
		}
	return false;
}

/* A field and a block of one name, read and seen; `source` is metadata, what a reader sees of it stands in the story's foot. */
static const struct { const char *name; enum field_name field; enum block_kind kind; } both[] = {
	{ "headline", FIELD_HEADLINE, BLOCK_HEADLINE }, { "byline", FIELD_BYLINE, BLOCK_BYLINE },
	{ "dateline", FIELD_DATELINE, BLOCK_DATELINE },
};
const char *const key_meaning_names[] = {
	"nothing", "group", "byline-role",
#define FIELD(id, name) name,
#include "field.def"
#undef FIELD
#define BLOCK(id, name, groups) name,
#include "block.def"
#undef BLOCK
	NULL
};

bool
key_meaning_parse(const char *word, size_t n, struct key_meaning *out)
{
	memset(out, 0, sizeof *out);
	for (size_t i = 0; i < sizeof both / sizeof *both; i++)
		if (str_is(word, n, both[i].name)) {
			out->use = MEANS_BOTH;
			out->field = both[i].field;
			out->kind = both[i].kind;
			return true;
		}
	if (str_is(word, n, "nothing"))
		return true;
	out->use = MEANS_GROUP;
	if (str_is(word, n, "group"))
		return true;
	out->use = MEANS_ROLE;
	if (str_is(word, n, "byline-role"))
		return true;
	out->use = MEANS_FIELD;
	if (field_name_parse(word, n, &out->field))
		return true;
	out->use = MEANS_BLOCK;
	return block_kind_parse(word, n, &out->kind);
}

void
key_fold(char *key)
{
	for (; *key != '\0'; key++)
		if (*key >= 'A' && *key <= 'Z')
			*key = (char)(*key + 32);
		else if (*key == '_' || *key == ' ')
			*key = '-';
}

const char *
key_next(struct arena *arena, const char **keys)
{
	size_t n;
	char *key;

	*keys += strspn(*keys, " \t\n");
	n = strcspn(*keys, " \t\n");
	if (n == 0)
		return NULL;
	key = arena_strndup(arena, *keys, n);
	key_fold(key);
	*keys += n;
	return key;
}

const char *
certainty_name(enum certainty c)
{
	return certainty_names[c];
}

const char *
part_name_str(enum part_name p)
{
	return part_names[p];
}

bool
part_name_parse(const char *s, size_t n, enum part_name *p)
{
	for (int i = 0; i < PART_COUNT; i++)
		if (str_is(s, n, part_names[i])) {
			*p = (enum part_name)i;
			return true;
		}
	return false;
}

void
article_init(struct article *a)
{
	memset(a, 0, sizeof *a);
	a->lang = "und";
	text_init(&a->text);
	arena_init(&a->arena);
}

void
article_reset(struct article *a, struct source *src, const char *format)
{
	a->src = src;
	a->format = format;
	a->item = NULL;
	a->whole = a->own = (struct extent){ 0, UINT32_MAX };
	a->lang = "und";
	a->lang_certainty = WEAK;
	text_clear(&a->text);
	if (a->capblocks > KEEP) {
		free(a->blocks);
		a->blocks = NULL;
		a->capblocks = 0;
	}
	if (a->capfields > KEEP) {
		free(a->fields);
		a->fields = NULL;
		a->capfields = 0;
	}
	a->nblocks = a->nfields = a->nwords = 0;
	arena_reset(&a->arena);
}

void
article_release(struct article *a)
{
	text_release(&a->text);
	free(a->blocks);
	free(a->fields);
	article_forget_words(a);
	arena_release(&a->arena);
	article_init(a);
}

/* The words of longer articles would take more memory than the text; and their numbers fit into 16 bits. */
enum { LONG = 64 * 1024, STEP = 32 };

void
article_read_words(struct article *a)
{
	struct words_reader r;
	size_t step = 0;

	a->nwords = 0;
	if (a->text.n > LONG)
		return;
	for (words_start(&r, a->text.s, 0, (uint32_t)a->text.n); words_more(&r), r.next != r.end; a->nwords += (size_t)(r.end - r.next)) {
		while (a->capwords < a->nwords + WORDS_AT_ONCE)
			a->words = xgrow(a->words, a->capwords, &a->capwords, sizeof *a->words);
		memcpy(a->words + a->nwords, r.next, (size_t)(r.end - r.next) * sizeof *r.next);
	}
	if (a->nwords == 0)
		return;
	if (a->word_from == NULL)
		a->word_from = xmalloc((LONG / STEP + 1) * sizeof *a->word_from);
	for (size_t i = 0; i < a->nwords; i++)
		for (; step * STEP <= a->words[i].at; step++)
			a->word_from[step] = (uint16_t)i;
	for (; step <= LONG / STEP && step * STEP <= a->text.n; step++)
		a->word_from[step] = (uint16_t)a->nwords;
}

void
article_forget_words(struct article *a)
{
	free(a->words);
	free(a->word_from);
	a->words = NULL;
	a->word_from = NULL;
	a->nwords = a->capwords = 0;
}

/* The first word that begins at or behind `at`. */
static size_t
word_from(const struct article *a, uint32_t at)
{
	size_t i = a->word_from[at / STEP];

	while (i < a->nwords && a->words[i].at < at)
		i++;
	return i;
}

void
article_words(const struct article *a, struct range in, struct words_reader *r)
{
	size_t first, end;

	words_start(r, a->text.s, in.a, in.z);
	if (a->nwords == 0)
		return;
	first = word_from(a, in.a);
	end = word_from(a, in.z);
	/* a word that lies half in the range is read anew */
	if ((first > 0 && a->words[first - 1].at + a->words[first - 1].n > in.a) || (end > first && a->words[end - 1].at + a->words[end - 1].n > in.z))
		return;
	r->next = a->words + first;
	r->end = a->words + end;
	r->at = in.z;
}

struct block *
article_block(struct article *a, enum block_kind kind, enum certainty c, uint32_t start)
{
	XPUSH(a->blocks, a->nblocks, a->capblocks) =
	    (struct block){ .kind = kind, .confidence = c, .at = { start, (uint32_t)a->text.n } };
	return &a->blocks[a->nblocks - 1];
}

struct field *
article_field(struct article *a, enum field_name name, uint32_t start)
{
	XPUSH(a->fields, a->nfields, a->capfields) =
	    (struct field){ .name = name, .at = { start, (uint32_t)a->text.n } };
	return &a->fields[a->nfields - 1];
}

void
block_set_parts(struct article *a, struct block *b, const struct part *parts, size_t n)
{
	b->parts = NULL;
	assert(n <= UINT16_MAX);
	b->nparts = (uint16_t)n;
	if (n != 0) {
		b->parts = ARENA_ARRAY(&a->arena, struct part, n);
		memcpy(b->parts, parts, n * sizeof *parts);
	}
}

const struct part *
block_part(const struct block *b, enum part_name name)
{
	for (uint32_t i = 0; i < b->nparts; i++)
		if (b->parts[i].name == name)
			return &b->parts[i];
	return NULL;
}

const char *
part_value(const struct article *a, const struct part *p, size_t *n)
{
	if (p->value != NULL) {
		*n = strlen(p->value);
		return p->value;
	}
	*n = range_len(p->at);
	return text_at(&a->text, p->at);
}

const struct field *
article_find_field(const struct article *a, enum field_name name)
{
	for (size_t i = 0; i < a->nfields; i++)
		if (a->fields[i].name == name)
			return &a->fields[i];
	return NULL;
}

const struct block *
article_find_block(const struct article *a, kind_set set)
{
	for (size_t i = 0; i < a->nblocks; i++)
		if (KIND(a->blocks[i].kind) & set)
			return &a->blocks[i];
	return NULL;
}

const struct block *
article_block_at(const struct article *a, struct range r)
{
	size_t low = 0, high = a->nblocks;

	/* the number of blocks that begin at or before the range */
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (a->blocks[mid].at.a <= r.a)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == 0)
		return NULL;
	if (r.a == r.z) {
		/* something missing lies behind the character before it, so at a seam it is of the block that ends */
		if (low > 1 && a->blocks[low - 1].at.a == r.a && a->blocks[low - 2].at.z == r.a)
			return &a->blocks[low - 2];
		return r.a <= a->blocks[low - 1].at.z ? &a->blocks[low - 1] : NULL;
	}
	return r.a < a->blocks[low - 1].at.z ? &a->blocks[low - 1] : NULL;
}

bool
article_is_withdrawn(const struct article *a, const struct field *f)
{
	/* of ninjs and NITF, of NewsML-G2, of agencies' signals */
	static const char *const words[] = { "withheld", "canceled", "cancelled", "stat:withheld", "stat:canceled", "kill", "killed" };
	struct range at = text_trim(&a->text, f->at);

	if (f->name != FIELD_PUB_STATUS && f->name != FIELD_SIGNAL)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_case_is(text_at(&a->text, at), range_len(at), words[i]))
			return true;
	return false;
}
