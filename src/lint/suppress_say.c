/* Findings about comments: where they stand, what they say, and by which fingerprint each is known. */
#include "lint/suppress_int.h"

#include "lint/lint.h"
#include "util/hash.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

static const struct suppress_article *
article_at(const struct suppress *s, uint32_t at)
{
	size_t lo = 0, hi = s->narticles;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (s->articles[mid].whole.a <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo != 0 && at < s->articles[lo - 1].whole.z ? &s->articles[lo - 1] : NULL;
}

/* The article in which a comment stands.  What stands in an item that is no article is of none, though the next one's part of the file
 * begins before it. */
const struct suppress_article *
suppress_article_of(const struct suppress *s, const struct comment *c)
{
	const struct suppress_article *a = article_at(s, c->at.a);

	return a != NULL && c->inner && c->at.a < a->own.a ? NULL : a;
}

/* The directive's words, whatever stands between them and wherever they stand. */
uint64_t
suppress_hash(const struct comment *c)
{
	uint64_t h = HASH_INIT;
	bool space = false, any = false;

	for (uint32_t i = 0; i < c->n; i++) {
		if (!str_is_space(c->s[i]))
			h = hash_byte(any && space ? hash_byte(h, ' ') : h, (unsigned char)c->s[i]);
		space = str_is_space(c->s[i]);
		any = any || !space;
	}
	return hash_mix(h);
}

void
suppress_say(struct suppressing *s, enum suppression_kind kind, const struct directive *d, struct extent at)
{
	/* what is meant for the whole file is of no item */
	const struct suppress_article *a = d->kind == DIRECTIVE_FILE && !d->comment->inner ? NULL : suppress_article_of(s->file, d->comment);
	const struct rule_set *set = s->policy->set;
	enum suppression_kind its;

	for (size_t i = 0; i < set->n; i++) {
		const struct rule *r = set->rules[i];
		struct finding *f;
		uint64_t h;

		if (!suppression_kind_of(r, &its) || its != kind ||
		    (f = lint_say(s->policy, r, s->out, s->path, s->words.s)) == NULL)
			continue;
		f->item = a != NULL && a->item != NULL ? arena_strdup(&s->out->arena, a->item) : NULL;
		f->placed = true;
		f->at = source_span(s->src, at);
		h = hash_bytes(r->id, strlen(r->id), HASH_INIT);
		if (f->item != NULL)
			h = hash_bytes(f->item, strlen(f->item), h);
		XPUSH(s->said, s->nsaid, s->capsaid) = (struct equal_hash){ hash_mix(h ^ d->hash), s->out->n - 1 };
	}
}

static int
by_hash(const void *a, const void *b)
{
	const struct equal_hash *x = a, *y = b;

	return x->hash != y->hash ? (x->hash < y->hash ? -1 : 1) : x->at < y->at ? -1 : x->at > y->at;
}

/* The second of two equal ones is another. */
void
suppress_number_equal(struct suppressing *s)
{
	uint64_t n = 0;

	if (s->nsaid > 1)
		qsort(s->said, s->nsaid, sizeof *s->said, by_hash);
	for (size_t i = 0; i < s->nsaid; i++) {
		n = i != 0 && s->said[i - 1].hash == s->said[i].hash ? n + 1 : 0;
		s->out->v[s->said[i].at].fingerprint = hash_mix(s->said[i].hash + n * 0x9e3779b97f4a7c15ull);
	}
}

/* "'wirelint-disable'": the directive's own word. */
void
suppress_quote_directive(struct suppressing *s, const struct directive *d)
{
	buf_clear(&s->words);
	buf_printf(&s->words, "'%s%s'", d->comment->key ? "" : "wirelint-", directive_words[d->kind]);
}

void
suppress_say_unused(struct suppressing *s, const struct directive *d)
{
	size_t unused = 0;

	for (size_t i = d->first; i < d->first + d->n; i++)
		if (!s->uses[i].used && (d->kind == DIRECTIVE_END || suppress_is_judged(s, s->uses[i].name))) {
			if (unused++ == 0) {
				suppress_quote_directive(s, d);
				buf_puts(&s->words, d->kind == DIRECTIVE_END ? " ends nothing: " : " suppresses nothing: no finding of ");
				if (d->kind == DIRECTIVE_END)
					buf_puts(&s->words, "none is open for ");
			} else
				buf_puts(&s->words, ", ");
			suppress_quote(s, s->uses[i].s, s->uses[i].n);
		}
	if (unused != 0) {
		if (d->kind == DIRECTIVE_NEXT)
			buf_puts(&s->words, " in the next paragraph");
		suppress_say(s, SUPPRESSION_UNUSED, d, d->at);
	}
}
