/* What a comment says: a directive, the rules that it names, a reason. */
#include "lint/suppress_int.h"

#include "rule/word.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <string.h>

enum { GUESSES = 200, LONGEST = 60 };

static const char prefix[] = "wirelint-";
const char *const directive_words[DIRECTIVE_NONE] = { "disable-next", "disable", "enable", "disable-file" };

/* What others call it, where letters alone would lead to the wrong one. */
static const struct { const char *word; enum directive_kind kind; } others[] = {
	{ "disable-line", DIRECTIVE_NEXT }, { "disable-next-line", DIRECTIVE_NEXT }, { "ignore", DIRECTIVE_NEXT },
	{ "ignore-next", DIRECTIVE_NEXT }, { "ignore-next-line", DIRECTIVE_NEXT }, { "ignore-line", DIRECTIVE_NEXT },
	{ "ignore-file", DIRECTIVE_FILE }, { "ignore-start", DIRECTIVE_FROM }, { "ignore-end", DIRECTIVE_END },
	{ "disable-start", DIRECTIVE_FROM }, { "disable-end", DIRECTIVE_END }, { "off", DIRECTIVE_FROM }, { "on", DIRECTIVE_END },
};

void
suppress_quote(struct suppressing *s, const char *word, size_t n)
{
	const char *end = word + n;
	unsigned cp, points = 0;

	buf_putc(&s->words, '\'');
	for (size_t k; word < end && points++ < LONGEST; word += k) {
		k = utf8_decode(word, end, &cp);
		if (cp < 0x20 || cp == 0x7F)
			buf_putc(&s->words, ' ');
		else
			buf_add(&s->words, word, k);
	}
	buf_puts(&s->words, word < end ? "…'" : "'");
}

/* The next run of characters between blanks and commas; its length, 0 at the end. */
static size_t
next_word(const char **s, const char *end, const char **word, bool commas)
{
	while (*s < end && (str_is_space(**s) || (commas && **s == ',')))
		++*s;
	*word = *s;
	while (*s < end && !str_is_space(**s) && !(commas && **s == ','))
		++*s;
	return (size_t)(*s - *word);
}

static bool
has_word(const char *s, const char *end)
{
	while (s < end) {
		unsigned cp;

		s += utf8_decode(s, end, &cp);
		if (word_char(cp))
			return true;
	}
	return false;
}

/* Where in the file a word of the comment stands: the whole comment, where that is escaped there. */
static struct extent
place_of(const struct suppressing *s, const struct directive *d, const char *word, size_t n)
{
	uint32_t at;

	if (word < s->src->s || word + n > s->src->s + s->src->len)
		return d->at;
	at = (uint32_t)(word - s->src->s);
	return (struct extent){ at, at + (uint32_t)n };
}

static void
unknown_directive(struct suppressing *s, const struct directive *d, const char *word, size_t n)
{
	size_t skip = str_case_begins(word, n, prefix) ? sizeof prefix - 1 : 0;
	const char *best = NULL, *before = d->comment->key && skip == 0 ? "" : prefix;
	struct nearest near;

	buf_clear(&s->words);
	if (n == 0) {
		buf_puts(&s->words, "'wirelint' says nothing, expected a directive such as 'disable-file caption reason: ...'");
	} else {
		buf_puts(&s->words, "unknown directive ");
		suppress_quote(s, word, n);
		nearest_init(&near, word + skip, n - skip);
		for (size_t i = 0; i < DIRECTIVE_NONE; i++)
			nearest_try(&near, directive_words[i]);
		best = near.best;
		for (size_t i = 0; i < sizeof others / sizeof *others; i++)
			if (str_case_is(word + skip, n - skip, others[i].word))
				best = directive_words[others[i].kind];
		if (best != NULL)
			buf_printf(&s->words, "; did you mean '%s%s'?", before, best);
		else
			buf_printf(&s->words, ", expected %sdisable-next, -disable, -enable or -disable-file", prefix);
	}
	suppress_say(s, SUPPRESSION_UNKNOWN_DIRECTIVE, d, n != 0 ? place_of(s, d, word, n) : d->at);
}

/* A family or a rule that is called almost so. */
static const char *
nearest_name(struct suppressing *s, const char *word, size_t n)
{
	const struct rule_set *set = s->policy->set;
	struct nearest near;

	if (s->guesses++ >= GUESSES || n > LONGEST)		/* a file full of names nobody knows */
		return NULL;
	nearest_init(&near, word, n);
	for (size_t i = 0; i < s->nfamilies; i++)
		nearest_try(&near, s->families[i]);
	for (size_t i = 0; i < set->n; i++)
		nearest_try(&near, set->rules[i]->id);
	for (size_t i = 0; near.best == NULL && i < set->n; i++) {
		const char *name = strchr(set->rules[i]->id, '/');

		if (name != NULL && str_is(word, n, name + 1))		/* its family was forgotten */
			near.best = set->rules[i]->id;
	}
	return near.best;
}

static void
unknown_rule(struct suppressing *s, const struct directive *d, const char *word, size_t n)
{
	const char *near;

	buf_clear(&s->words);
	if (str_is(word, n, "all")) {
		buf_puts(&s->words, "'all' is no rule or family, expected the names of those that are meant");
	} else {
		near = nearest_name(s, word, n);
		buf_puts(&s->words, "unknown rule or family ");
		suppress_quote(s, word, n);
		if (near != NULL)
			buf_printf(&s->words, "; did you mean '%s'?", near);
		else
			buf_puts(&s->words, ", expected one that 'wirelint rules' lists");
	}
	suppress_say(s, SUPPRESSION_UNKNOWN_RULE, d, place_of(s, d, word, n));
}

static bool
is_of_suppress(const char *word, size_t n)
{
	return str_is(word, n, "suppress") || (n > 9 && memcmp(word, "suppress/", 9) == 0);
}

/* The names up to the reason. */
static void
parse_names(struct suppressing *s, struct directive *d, const char *at, const char *end)
{
	const char *word;
	size_t n, unknown = 0;
	bool ends = str_case_find(at, (size_t)(end - at), "reason:") != NULL;

	d->first = s->nuses;
	while (at < end && (n = next_word(&at, end, &word, true)) != 0 && !d->reason) {
		int name;

		if (str_case_begins(word, n, "reason:")) {
			d->why = word + strlen("reason:");
			d->reason = has_word(d->why, end);
			while (d->why < end && str_is_space(*d->why))
				d->why++;
			d->nwhy = (uint32_t)(end - d->why);
			break;
		}
		if (!ends && d->named && str_case_is(word, n, "reason"))
			break;			/* its colon is missing: one mistake, and told as that */
		d->named = true;
		name = suppress_name(s, word, n);
		if (is_of_suppress(word, n)) {
			buf_clear(&s->words);
			suppress_quote(s, word, n);
			buf_puts(&s->words, " is not for comments to turn off, expected '--ignore' where it is not wanted");
			suppress_say(s, SUPPRESSION_UNKNOWN_RULE, d, place_of(s, d, word, n));
		} else if (name != NAME_UNKNOWN) {
			XPUSH(s->uses, s->nuses, s->capuses) = (struct use){ .name = name, .directive = s->ndirectives, .s = word, .n = (uint32_t)n };
		} else if (unknown++ == 0 || ends) {
			/* where nothing ends the names, what follows the first that is unknown may be prose */
			unknown_rule(s, d, word, n);
		}
	}
	d->n = s->nuses - d->first;
}

bool
suppress_parse(struct suppressing *s, struct directive *d)
{
	const char *at = d->comment->s, *end = at + d->comment->n, *word;
	size_t n, skip;

	while (at < end && str_is_space(*at))
		at++;
	while (at < end && str_is_space(end[-1]))
		end--;
	d->at = d->comment->at;
	d->at = at < end ? place_of(s, d, at, (size_t)(end - at)) : d->at;
	n = next_word(&at, end, &word, false);
	skip = str_case_begins(word, n, prefix) ? sizeof prefix - 1 : 0;
	if (skip == 0 && !d->comment->key)
		return false;			/* somebody writes about wirelint */
	for (d->kind = 0; d->kind < DIRECTIVE_NONE; d->kind++)
		if (str_case_is(word + skip, n - skip, directive_words[d->kind]))
			break;
	if (d->kind == DIRECTIVE_NONE) {
		unknown_directive(s, d, word, n);
		return false;
	}
	parse_names(s, d, at, end);
	buf_clear(&s->words);
	suppress_quote(s, word, n);
	if (d->kind != DIRECTIVE_END && !d->named) {
		buf_puts(&s->words, " names no rule, expected rules or families such as 'quote' before 'reason:'");
		suppress_say(s, SUPPRESSION_UNKNOWN_RULE, d, d->at);
		return false;
	}
	if (d->kind != DIRECTIVE_END && !d->reason) {
		buf_puts(&s->words, " has no effect without a reason, expected 'reason: ...' behind its rules");
		suppress_say(s, SUPPRESSION_NO_REASON, d, d->at);
	}
	return d->n != 0 || (d->kind == DIRECTIVE_END && !d->named);
}
