/* An article beside the copy that it was made from. */
#include "analysis/comparison.h"

#include "alike.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

void
copy_words_clear(struct copy_words *w)
{
	w->n = 0;
}

void
copy_words_release(struct copy_words *w)
{
	free(w->at);
	free(w->hash);
	free(w->block);
	memset(w, 0, sizeof *w);
}

void
copy_words_push(struct copy_words *w, const struct word *word, uint32_t block)
{
	if (w->n == w->cap) {
		w->cap = w->cap == 0 ? 1024 : w->cap * 2;
		w->at = xrealloc(w->at, w->cap * sizeof *w->at);
		w->hash = xrealloc(w->hash, w->cap * sizeof *w->hash);
		w->block = xrealloc(w->block, w->cap * sizeof *w->block);
	}
	w->at[w->n] = word->at;
	w->hash[w->n] = word->hash;
	w->block[w->n++] = block;
}

void
copy_words_block(struct copy_words *w, const struct article *a, uint32_t block)
{
	struct words words = words_of(&a->text, a->blocks[block].at);
	struct word word;

	while (words_next(&words, &word)) {
		struct words row = { a->text.s, word.at.a, word.at.z };

		if (!word_is_row(a->text.s, word.at)) {
			copy_words_push(w, &word, block);
			continue;
		}
		while (words_next_in_row(&row, &word))
			copy_words_push(w, &word, block);
	}
}

void
copy_words_take(struct copy_words *w, const struct article *a, kind_set kinds)
{
	for (uint32_t i = 0; i < a->nblocks; i++)
		if (KIND(a->blocks[i].kind) & kinds)
			copy_words_block(w, a, i);
}

bool
copy_words_equal(const struct text *t, struct range a, const struct text *u, struct range b)
{
	struct words x = words_of(t, a), y = words_of(u, b);
	struct word v, w;

	for (;;) {
		bool one = words_next(&x, &v), other = words_next(&y, &w);

		if (!one || !other)
			return one == other;
		if (!words_same(t->s, v.at, u->s, w.at))
			return false;
	}
}

struct range
copy_words_range(const struct copy_words *w, uint32_t i, uint32_t z)
{
	struct range r = w->at[i];

	while (i + 1 < z && w->block[i + 1] == w->block[i])
		i++;
	r.z = w->at[i].z;
	return r;
}

struct range
copy_words_gap(const struct copy_words *w, const struct article *a, uint32_t i)
{
	uint32_t at = i > 0 ? w->at[i - 1].z : w->n > 0 ? w->at[0].a : 0;

	if (i > 0 && (i == w->n || w->block[i] != w->block[i - 1]))
		at = text_trim(&a->text, a->blocks[w->block[i - 1]].at).z;
	return (struct range){ at, at };
}

void
comparison_init(struct comparison *c)
{
	memset(c, 0, sizeof *c);
}

void
comparison_release(struct comparison *c)
{
	copy_words_release(&c->words);
	copy_words_release(&c->original_words);
	hunks_release(&c->hunks);
	comparison_init(c);
}

void
comparison_start(struct comparison *c, struct article *ours, struct analysis *analysis, struct original *original,
    struct original *newest, bool derived)
{
	c->derived = derived;
	c->ours = ours;
	c->analysis = analysis;
	c->original = original;
	c->newest = newest;
	c->have_words = c->have_hunks = false;
}

/* What a reader takes for the story.  Embeds and tables are put in anew by whoever publishes. */
static kind_set
story(void)
{
	return kind_set_group(GROUP_BODY) & ~(KIND(BLOCK_EMBED) | KIND(BLOCK_TABLE));
}

void
comparison_words(struct comparison *c)
{
	if (c->have_words)
		return;
	c->have_words = true;
	copy_words_clear(&c->words);
	copy_words_clear(&c->original_words);
	copy_words_take(&c->words, c->ours, story());
	copy_words_take(&c->original_words, &c->original->article, story());
}

static uint32_t
larger(const struct hunk *h)
{
	return h->a1 - h->a0 > h->b1 - h->b0 ? h->a1 - h->a0 : h->b1 - h->b0;
}

/* A word or two that two rewritten stretches have in common by chance ("the", "of") do not part them. */
static void
join(struct hunks *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n; i++) {
		struct hunk *last = n != 0 ? &h->v[n - 1] : NULL, *this = &h->v[i];
		uint32_t same = last != NULL ? this->a0 - last->a1 : 0;

		if (last != NULL && same <= 3 && same * 2 <= larger(last) && same * 2 <= larger(this)) {
			last->a1 = this->a1;
			last->b1 = this->b1;
		} else
			h->v[n++] = *this;
	}
	h->n = n;
}

void
comparison_hunks(struct comparison *c)
{
	if (c->have_hunks)
		return;
	c->have_hunks = true;
	comparison_words(c);
	c->hunks.n = 0;
	hunks_find(&c->hunks, c->original_words.hash, c->original_words.n, c->words.hash, c->words.n);
	join(&c->hunks);
}
