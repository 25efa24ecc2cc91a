/* --upstream: the copies that were sent. */
#include "lint/upstream.h"

#include "analysis/moment.h"
#include "lint/pipeline.h"
#include "util/hash.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	RUN = 4,			/* words */
	MANY = 8000000,			/* runs kept: beyond, a quarter of them, and so on */
	PASSAGE = 12,			/* runs that two texts do not share by chance: fifteen words in a row */
	OPEN_FILES = 8,			/* that a reader keeps */
};

struct copy_file {
	char *path;
	const char *s;			/* not NULL: its text, which cannot be read again */
	size_t n;
	char *own;			/* to be freed: `s` */
	const struct reader *as;	/* NULL: by content */
	dev_t device;
	ino_t number;
};

struct copy {
	uint32_t file, item;		/* item: which of the file's articles */
	uint32_t runs;			/* those kept of it */
	int64_t published;		/* 0: not said */
	long version;
	bool withdrawn;
};

struct run_at { uint64_t hash; uint32_t copy; };

struct upstream {
	const struct rule_set *rules;
	struct copy_file *files;
	size_t nfiles, capfiles;
	struct copy *copies;
	size_t ncopies, capcopies;
	struct run_at *runs;		/* sorted once finished */
	size_t nruns, capruns;
	uint64_t every;			/* of the runs, those are kept whose hash is a multiple of this */
	struct copy_words words;	/* scratch, while it is filled */
};

/* ---- filling ---- */

struct upstream *
upstream_new(const struct rule_set *rules)
{
	struct upstream *u = xcalloc(1, sizeof *u);

	u->rules = rules;
	u->every = 1;
	return u;
}

void
upstream_free(struct upstream *u)
{
	if (u == NULL)
		return;
	for (size_t i = 0; i < u->nfiles; i++) {
		free(u->files[i].path);
		free(u->files[i].own);
	}
	free(u->files);
	free(u->copies);
	free(u->runs);
	copy_words_release(&u->words);
	free(u);
}

size_t
upstream_count(const struct upstream *u)
{
	return u->ncopies;
}

static uint64_t
run_hash(const uint64_t *words)
{
	return hash_bytes(words, RUN * sizeof *words, HASH_INIT);
}

static void
thin_out(struct upstream *u)
{
	size_t n = 0;

	u->every *= 4;
	for (size_t i = 0; i < u->nruns; i++)
		if (u->runs[i].hash % u->every == 0)
			u->runs[n++] = u->runs[i];
	u->nruns = n;
}

static kind_set
story(void)
{
	return kind_set_group(GROUP_BODY) & ~KIND(BLOCK_EMBED);
}

/* What tells which of several versions is the latest. */
static void
version_of(const struct article *a, struct copy *c)
{
	struct moment m;

	for (size_t i = 0; i < a->nfields; i++) {
		struct range at = text_trim(&a->text, a->fields[i].at);
		const char *s = text_at(&a->text, at);
		char number[24];

		if (a->fields[i].name == FIELD_PUBLISHED || a->fields[i].name == FIELD_VERSION) {
			if (date_moment(s, range_len(at), &m)) {
				if (m.at > c->published)
					c->published = m.at;
			} else if (a->fields[i].name == FIELD_VERSION && range_len(at) < sizeof number) {
				memcpy(number, s, range_len(at));
				number[range_len(at)] = '\0';
				c->version = strtol(number, NULL, 10);
			}
		}
		c->withdrawn = c->withdrawn || article_is_withdrawn(a, &a->fields[i]);
	}
}

struct filling {
	struct upstream *u;
	uint32_t file, item;
};

static void
take_article(struct pipeline *p, void *arg)
{
	struct filling *f = arg;
	struct upstream *u = f->u;
	struct copy c = { .file = f->file, .item = f->item++ };

	copy_words_clear(&u->words);
	copy_words_take(&u->words, &p->article, story());
	version_of(&p->article, &c);
	for (uint32_t i = 0; i + RUN <= u->words.n; i++) {
		uint64_t h = run_hash(u->words.hash + i);

		if (h % u->every == 0)
			XPUSH(u->runs, u->nruns, u->capruns) = (struct run_at){ h, (uint32_t)u->ncopies };
		if (u->nruns >= MANY)
			thin_out(u);
	}
	XPUSH(u->copies, u->ncopies, u->capcopies) = c;
}

/* Of what was said of a file that was met and not named: an error only where it could not be read. */
static void
tell(const struct finding_list *l, bool named, struct finding_list *errors)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct finding *f = &l->v[i];
		struct finding *to;

		if (!named && (strcmp(f->rule, messages[MSG_INPUT_BINARY].name) == 0 ||
		    strcmp(f->rule, messages[MSG_INPUT_NO_ARTICLE].name) == 0 || strcmp(f->rule, messages[MSG_INPUT_EMPTY].name) == 0))
			continue;
		to = finding_add(errors);
		*to = *f;
		to->message = arena_strdup(&errors->arena, f->message);
		to->path = f->path != NULL ? arena_strdup(&errors->arena, f->path) : NULL;
		to->notes = NULL;
		to->nnotes = 0;
		to->placed = false;
	}
}

static void
start(struct pipeline *p, const struct upstream *u)
{
	pipeline_init(p);
	p->rules = u->rules;
}

static void
read_file(struct pipeline *p, const struct copy_file *file, struct finding_list *l)
{
	p->as = file->as;
	if (file->s != NULL)
		pipeline_mem(p, file->path, file->s, file->n, l);
	else
		pipeline_path(p, file->path, NULL, l);
}

static void
fill(struct upstream *u, struct copy_file *file, bool named, struct finding_list *errors)
{
	struct filling f = { .u = u, .file = (uint32_t)u->nfiles };
	struct finding_list l;
	struct pipeline p;

	start(&p, u);
	finding_list_init(&l);
	p.each = take_article;
	p.arg = &f;
	read_file(&p, file, &l);
	tell(&l, named, errors);
	/* a pipe gives its bytes once */
	if (file->s == NULL && file->number == 0 && p.source.raw_len != 0) {
		file->s = file->own = xstrndup(p.source.raw, p.source.raw_len);
		file->n = p.source.raw_len;
	}
	finding_list_release(&l);
	pipeline_release(&p);
	XPUSH(u->files, u->nfiles, u->capfiles) = *file;
}

void
upstream_add(struct upstream *u, const char *path, bool named, struct finding_list *errors)
{
	struct copy_file file = { .path = xstrdup(path) };
	struct stat st;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
		file.device = st.st_dev;
		file.number = st.st_ino;
	}
	fill(u, &file, named, errors);
}

void
upstream_add_text(struct upstream *u, const char *name, const struct reader *as, const char *s, size_t n, struct finding_list *errors)
{
	struct copy_file file = { .path = xstrdup(name), .as = as, .s = s, .n = n };

	fill(u, &file, true, errors);
}

static int
by_hash(const void *x, const void *y)
{
	const struct run_at *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	return a->copy < b->copy ? -1 : a->copy > b->copy;
}

void
upstream_finish(struct upstream *u)
{
	size_t n = 0;

	if (u->nruns > 1)
		qsort(u->runs, u->nruns, sizeof *u->runs, by_hash);
	/* a copy that repeats itself has each run once */
	for (size_t i = 0; i < u->nruns; i++)
		if (n == 0 || by_hash(&u->runs[i], &u->runs[n - 1]) != 0) {
			u->runs[n++] = u->runs[i];
			u->copies[u->runs[i].copy].runs++;
		}
	u->nruns = n;
	copy_words_release(&u->words);
}

/* ---- reading ---- */

/* A file of which an original was asked for, with all its articles. */
struct open_file {
	struct pipeline pipeline;	/* keeps the source */
	struct original **items;
	size_t n, cap;
	uint32_t file;
};

struct upstream_reader {
	const struct upstream *u;
	struct open_file **open;
	size_t nopen, capopen;
	struct copy_words words;
	uint64_t *hashes;
	size_t caphashes;
	uint32_t *votes;		/* by copy */
};

struct upstream_reader *
upstream_reader_new(const struct upstream *u)
{
	struct upstream_reader *r = xcalloc(1, sizeof *r);

	r->u = u;
	r->votes = xcalloc(u->ncopies + 1, sizeof *r->votes);
	return r;
}

static void
close_file(struct open_file *f)
{
	for (size_t i = 0; i < f->n; i++) {
		analysis_release(&f->items[i]->analysis);
		article_release(&f->items[i]->article);
		free(f->items[i]);
	}
	free(f->items);
	pipeline_release(&f->pipeline);
	free(f);
}

void
upstream_reader_free(struct upstream_reader *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->nopen; i++)
		close_file(r->open[i]);
	free(r->open);
	copy_words_release(&r->words);
	free(r->hashes);
	free(r->votes);
	free(r);
}

void
upstream_reader_reset(struct upstream_reader *r)
{
	if (r->nopen <= OPEN_FILES)
		return;
	for (size_t i = 0; i < r->nopen; i++)
		close_file(r->open[i]);
	r->nopen = 0;
}

/* The article moves out of the pipeline, which begins the next with an empty one. */
static void
keep_article(struct pipeline *p, void *arg)
{
	struct open_file *f = arg;
	struct original *o = xcalloc(1, sizeof *o);

	o->article = p->article;
	article_init(&p->article);
	analysis_init(&o->analysis);
	analysis_start(&o->analysis, &o->article);
	XPUSH(f->items, f->n, f->cap) = o;
}

static struct open_file *
open_file(struct upstream_reader *r, uint32_t number)
{
	struct finding_list nobody;
	struct open_file *f;

	for (size_t i = 0; i < r->nopen; i++)
		if (r->open[i]->file == number)
			return r->open[i];
	f = xcalloc(1, sizeof *f);
	f->file = number;
	start(&f->pipeline, r->u);
	f->pipeline.each = keep_article;
	f->pipeline.arg = f;
	finding_list_init(&nobody);
	read_file(&f->pipeline, &r->u->files[number], &nobody);
	finding_list_release(&nobody);
	XPUSH(r->open, r->nopen, r->capopen) = f;
	return f;
}

/* NULL: the file is not what it was when the run began. */
static struct original *
original_of(struct upstream_reader *r, const struct copy *c)
{
	struct open_file *f = open_file(r, c->file);

	return c->item < f->n ? f->items[c->item] : NULL;
}

/* ---- finding ---- */

static int
by_value(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

/* The article's runs, each once; how many. */
static size_t
runs_of(struct upstream_reader *r, const struct article *a)
{
	size_t n = 0, k = 0;

	copy_words_clear(&r->words);
	copy_words_take(&r->words, a, story());
	for (uint32_t i = 0; i + RUN <= r->words.n; i++) {
		uint64_t h = run_hash(r->words.hash + i);

		if (h % r->u->every == 0)
			XPUSH(r->hashes, n, r->caphashes) = h;
	}
	if (n > 1)
		qsort(r->hashes, n, sizeof *r->hashes, by_value);
	for (size_t i = 0; i < n; i++)
		if (k == 0 || r->hashes[k - 1] != r->hashes[i])
			r->hashes[k++] = r->hashes[i];
	return k;
}

static void
vote(struct upstream_reader *r, size_t n)
{
	const struct upstream *u = r->u;

	memset(r->votes, 0, (u->ncopies + 1) * sizeof *r->votes);
	for (size_t i = 0; i < n; i++) {
		size_t lo = 0, hi = u->nruns;

		while (lo < hi) {
			size_t mid = (lo + hi) / 2;

			if (u->runs[mid].hash < r->hashes[i])
				lo = mid + 1;
			else
				hi = mid;
		}
		for (; lo < u->nruns && u->runs[lo].hash == r->hashes[i]; lo++)
			r->votes[u->runs[lo].copy]++;
	}
}

/* Is it the file that the article was read from? */
static bool
is_itself(const struct upstream *u, const struct copy *c, const struct stat *st)
{
	return u->files[c->file].number != 0 && u->files[c->file].number == st->st_ino && u->files[c->file].device == st->st_dev;
}

static bool
is_later(const struct copy *a, const struct copy *b)
{
	if (a->withdrawn != b->withdrawn)
		return a->withdrawn;
	if (a->published != 0 && b->published != 0 && a->published != b->published)
		return a->published > b->published;
	return a->version > b->version;
}

/* A fifth of either is the other's. */
static bool
is_derived(uint32_t votes, size_t ours, uint32_t theirs)
{
	return votes >= 3 && ((size_t)votes * 5 >= ours || votes * 5 >= theirs);
}

bool
upstream_find(struct upstream_reader *r, const struct article *a, struct upstream_match *m)
{
	const struct upstream *u = r->u;
	size_t n = runs_of(r, a), best = u->ncopies, newest;
	struct stat st;

	memset(m, 0, sizeof *m);
	if (a->src->path == NULL || stat(a->src->path, &st) != 0)
		st.st_ino = 0;
	vote(r, n);
	for (size_t i = 0; i < u->ncopies; i++)
		if (r->votes[i] != 0 && !is_itself(u, &u->copies[i], &st) && (best == u->ncopies || r->votes[i] > r->votes[best]))
			best = i;
	if (best == u->ncopies ||
	    (r->votes[best] * u->every < PASSAGE && !is_derived(r->votes[best], n, u->copies[best].runs)))
		return false;
	newest = best;
	for (size_t i = 0; i < u->ncopies; i++)
		if (r->votes[i] * 2 >= r->votes[best] && !is_itself(u, &u->copies[i], &st) && is_later(&u->copies[i], &u->copies[newest]) &&
		    is_derived(r->votes[i], n, u->copies[i].runs))
			newest = i;
	m->derived = is_derived(r->votes[best], n, u->copies[best].runs);
	m->original = original_of(r, &u->copies[best]);
	m->newest = original_of(r, &u->copies[newest]);
	return m->original != NULL && m->newest != NULL;
}
