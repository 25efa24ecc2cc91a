/* speaker: how those are named whom the article says to have spoken, at the verbs of speech that the rule finds:
 *
 *	<speaker fault="pronoun-first"><terms list="en/plain-verbs"/></speaker>	A ship came in. “We will stay,” she said.
 *	<speaker fault="unintroduced"><terms list="en/plain-verbs"/></speaker>	“We will stay,” Brandt said.
 *
 * Whoever is named by one bare word is looked for in the whole article, in one pass for all such names: with a first name, a
 * title or a role beside it, it is introduced.  An earlier introduction, or one in a headline or caption, is what is expected;
 * a later one proves that the word is somebody's name, and that it came too early; if there is none, it may be a company's. */
#include "analysis/analysis.h"
#include "check.h"
#include "facts/facts.h"
#include "util/arena.h"
#include "util/utf8.h"

#include <string.h>

enum fault { PRONOUN_FIRST, UNINTRODUCED };

struct speaker {
	enum fault fault;
	struct finder *verbs;
};

/* A name that is to be looked for. */
struct name {
	struct range at;		/* where it speaks first, without its verb */
	struct range later;		/* where it is introduced too late; empty */
	uint32_t seen;			/* how often the word stands within a sentence, so that its capital is its own */
	bool introduced;
	bool sentence;			/* it begins a sentence, as any word with a capital may */
	bool quoted;			/* it stands beside a quotation that ends with a comma, or behind its verb: somebody's, or something's */
	bool named;			/* the later introduction puts a first name or a title before it */
};

enum { NAMES = 64 };			/* an article with more speakers is a list */

struct reader {
	const struct article *article;
	const struct language *language;
	const char *s;
};

static void *
speaker_compile(struct rule_build *b, const struct node *el)
{
	struct speaker *d = ARENA_NEW(rule_arena(b), struct speaker);
	int fault;

	rule_known_attrs(b, el, "fault scope quoted");
	if (rule_attr(b, el, "fault", NULL) == NULL) {
		rule_error(b, el, NULL, "<speaker> without a fault; expected pronoun-first or unintroduced");
		return NULL;
	}
	fault = rule_attr_choice(b, el, "fault", "pronoun-first unintroduced", PRONOUN_FIRST);
	d->verbs = rule_finder(b, el, NULL);
	if (fault < 0 || d->verbs == NULL)
		return NULL;
	d->fault = (enum fault)fault;
	return d;
}

/* ---- words ---- */

static bool
is_joint(unsigned cp)
{
	return cp == '\'' || cp == 0x2019 || cp == '-';
}

/* The word from `at` on, joints within it too: O'Brien, Smith-Jones. */
static struct range
word_at(const struct reader *r, uint32_t at, uint32_t z)
{
	uint32_t i = at;

	for (;;) {
		size_t n;
		unsigned cp;

		while (i < z && (n = utf8_word(r->s + i, r->s + z)) != 0)
			i += (uint32_t)n;
		if (i == at || i >= z)
			break;
		n = utf8_next(r->s + i, &cp);
		if (!is_joint(cp) || i + n >= z || utf8_word(r->s + i + n, r->s + z) == 0)
			break;
		i += (uint32_t)n;
	}
	return (struct range){at, i};
}

/* The word behind blanks that begins at or behind `at`; empty where something else stands there. */
static struct range
word_behind(const struct reader *r, uint32_t at, uint32_t z)
{
	unsigned cp;
	size_t n;

	while (at < z && (n = utf8_next(r->s + at, &cp)) != 0 && utf8_is_space(cp))
		at += (uint32_t)n;
	return word_at(r, at, z);
}

/* The word that ends before `at`, blanks aside: with its stop if it is an abbreviation or an initial; empty if something else stands
 * between. */
static struct range
word_before(const struct reader *r, uint32_t a, uint32_t at)
{
	uint32_t z = at, i, k;
	struct range w;
	unsigned cp = 0;
	bool stop = false;

	while (z > a && utf8_is_space((k = z - (uint32_t)utf8_prev(r->s + a, r->s + z, &cp), cp)))
		z = k;
	i = z;
	if (cp == '.' && i > a) {
		stop = true;
		i--;
	}
	w = (struct range){i, z};
	while (i > a) {
		k = i - (uint32_t)utf8_prev(r->s + a, r->s + i, &cp);
		if (utf8_word(r->s + k, r->s + z) == 0 && !(is_joint(cp) && i < (stop ? z - 1 : z)))
			break;
		i = k;
	}
	while (i < z && utf8_word(r->s + i, r->s + z) == 0)
		i += (uint32_t)utf8_next(r->s + i, &cp);
	if (i >= z || (stop && i + 1 >= z))
		return (struct range){z, z};
	w.a = i;
	if (stop && !(utf8_count(r->s + i, w.z - 1 - i) == 1 || facts_in_list(r->language, LIST_ABBREVIATIONS, r->s + i, w.z - i)))
		return (struct range){z, z};
	return w;
}

static unsigned
first_char(const struct reader *r, struct range w)
{
	unsigned cp = 0;

	if (range_len(w) != 0)
		utf8_next(r->s + w.a, &cp);
	return cp;
}

static bool
is_capital(const struct reader *r, struct range w)
{
	return utf8_is_upper(first_char(r, w));
}

/* NATO, and a single letter. */
static bool
is_all_capitals(const struct reader *r, struct range w)
{
	unsigned cp;

	for (uint32_t i = w.a; i < w.z;) {
		i += (uint32_t)utf8_next(r->s + i, &cp);
		if (utf8_is_lower(cp))
			return false;
	}
	return true;
}

static bool
in_list(const struct reader *r, enum list_name list, struct range w)
{
	return facts_in_list(r->language, list, r->s + w.a, range_len(w));
}

/* The word without “'s”. */
static struct range
without_genitive(const struct reader *r, struct range w)
{
	const char *s = r->s + w.a;
	size_t n = range_len(w);

	if (n > 2 && (s[n - 1] == 's' || s[n - 1] == 'S')) {
		if (s[n - 2] == '\'')
			w.z -= 2;
		else if (n > 4 && memcmp(s + n - 4, "\xE2\x80\x99", 3) == 0)
			w.z -= 4;
	}
	return w;
}

/* The last character before, blanks aside; 0 at the beginning. */
static unsigned
char_before(const struct reader *r, uint32_t a, uint32_t at)
{
	unsigned cp = 0;

	while (at > a) {
		at -= (uint32_t)utf8_prev(r->s + a, r->s + at, &cp);
		if (!utf8_is_space(cp))
			return cp;
	}
	return 0;
}

static unsigned
char_behind(const struct reader *r, uint32_t at, uint32_t z)
{
	unsigned cp;

	while (at < z) {
		at += (uint32_t)utf8_next(r->s + at, &cp);
		if (!utf8_is_space(cp))
			return cp;
	}
	return 0;
}

static bool
is_closing_mark(unsigned cp)
{
	return cp == '"' || cp == 0x201D || cp == 0x2019 || cp == 0xBB || cp == '\'';
}

static bool
is_stop(unsigned cp)
{
	return cp == '.' || cp == '?' || cp == '!' || cp == 0x2026 || cp == 0x2014 || cp == ':' || cp == ';';
}

/* The last character within the mark that closes before `at`. */
static unsigned
last_quoted(const struct reader *r, uint32_t a, uint32_t at)
{
	unsigned cp = 0;

	while (at > a) {
		at -= (uint32_t)utf8_prev(r->s + a, r->s + at, &cp);
		if (!utf8_is_space(cp) && !is_closing_mark(cp))
			return cp;
	}
	return 0;
}

/* Of a word with a capital: may it be a person's name?  Not a day, a place that the facts know, an agency or a pronoun. */
static bool
may_be_person(const struct reader *r, struct range w)
{
	const char *s = r->s + w.a;
	size_t n = range_len(w), pronoun = 0;

	/* I'm, he'd */
	while (pronoun < n && utf8_word(s + pronoun, s + n) != 0)
		pronoun++;
	return !(pronoun != 0 && facts_in_list(r->language, LIST_CUE_PRONOUNS, s, pronoun)) && !in_list(r, LIST_STOPWORDS, w) && !in_list(r, LIST_CUE_PRONOUNS, w) && !in_list(r, LIST_NO_PERSONS, w) &&
	    facts_number(r->language, LIST_WEEKDAYS, s, n) == 0 && facts_number(r->language, LIST_MONTHS, s, n) == 0 &&
	    !in_list(r, LIST_PLACE_QUALIFIERS, w) && !in_list(r, LIST_TIME_WORDS, w) && !in_list(r, LIST_SPEECH_VERBS, w) &&
	    facts_agency(s, n) == NULL;
}

/* ---- whoever speaks is not introduced ---- */

/* The one bare word that is the subject of the verb: “Brandt said”, and behind a quotation “said Brandt”. */
static struct range
bare_name(const struct reader *r, const struct hit *h, bool *sentence, bool *quoted)
{
	struct range block = r->article->blocks[h->block].at, none = {h->at.a, h->at.a}, w = word_before(r, block.a, h->at.a), other;
	unsigned cp;

	*sentence = *quoted = false;
	if (range_len(w) != 0) {
		if (r->s[w.z - 1] == '.' || !is_capital(r, w) || is_all_capitals(r, w) || !may_be_person(r, w) || without_genitive(r, w).z != w.z)
			return none;
		other = word_before(r, block.a, w.a);
		/* "coach Brandt", "Ada Brandt", "the Atlantic"; not "but Brandt" */
		if (range_len(other) != 0)
			return in_list(r, LIST_CLAUSE_OPENERS, other) ? w : none;
		cp = char_before(r, block.a, w.a);
		if (is_closing_mark(cp) && (cp = last_quoted(r, block.a, w.a)) != ',' && !is_stop(cp))
			return none;
		*sentence = cp != ',';
		*quoted = !*sentence && is_closing_mark(char_before(r, block.a, w.a));
		return cp == 0 || cp == ',' || is_stop(cp) ? w : none;
	}
	if (!is_closing_mark(char_before(r, block.a, h->at.a)))
		return none;
	*quoted = true;
	w = word_behind(r, h->at.z, block.z);
	if (range_len(w) == 0 || !is_capital(r, w) || is_all_capitals(r, w) || !may_be_person(r, w) || without_genitive(r, w).z != w.z)
		return none;
	/* “...,” said Brandt. “...,” said Brandt on Monday; not "said Brandt, the mayor", "said University of Portalder" */
	other = word_behind(r, w.z, block.z);
	if (range_len(other) == 0)
		return is_stop(char_behind(r, w.z, block.z)) && !in_list(r, LIST_ABBREVIATIONS, (struct range){w.a, w.z + 1}) ? w : none;
	if (in_list(r, LIST_TIME_JOINERS, other))
		other = word_behind(r, other.z, block.z);
	if (facts_number(r->language, LIST_WEEKDAYS, r->s + other.a, range_len(other)) == 0)
		return none;
	return w;
}

/* A first name or a title before it, or a role: Ada Brandt, Mr. Brandt, coach Brandt, Ada “Tide” Brandt, al-Brandt; not "when Brandt". */
static bool
is_named(const struct reader *r, struct range block, struct range w)
{
	struct range before = word_before(r, block.a, w.a);
	unsigned cp = char_before(r, block.a, w.a);

	if (range_len(before) == 0)
		return (is_closing_mark(cp) && !is_stop(last_quoted(r, block.a, w.a)) && last_quoted(r, block.a, w.a) != ',') || cp == ')';
	return !in_list(r, LIST_STOPWORDS, before) && !in_list(r, LIST_CLAUSE_OPENERS, before) && !in_list(r, LIST_SPEECH_VERBS, before) &&
	    facts_number(r->language, LIST_WEEKDAYS, r->s + before.a, range_len(before)) == 0;
}

/* Does what stands beside the word say who it is?  Kim Jong-un, Xi Jinping; Brandt, the mayor; Brandt (45); the mayor: Brandt. */
static bool
is_explained(const struct reader *r, struct range block, struct range w)
{
	struct range behind = word_behind(r, w.z, block.z);
	unsigned cp = char_behind(r, w.z, block.z);

	if (range_len(behind) != 0 && is_capital(r, behind) && !in_list(r, LIST_STOPWORDS, behind) &&
	    facts_number(r->language, LIST_WEEKDAYS, r->s + behind.a, range_len(behind)) == 0)
		return true;
	if (cp == ',' || cp == '(')
		return true;
	cp = char_before(r, block.a, w.a);
	return cp == '(' || cp == 0x2013 || cp == 0x2014 || cp == '-' || cp == ':';
}

/* The next place at or behind i where the letters of a name stand, in a word or at its end; z if there is none. */
static uint32_t
next_name(const struct reader *r, const bool *begins, const struct name *names, size_t n, uint32_t i, uint32_t z)
{
	for (; i < z; i++) {
		if (!begins[(unsigned char)r->s[i]])
			continue;
		for (size_t k = 0; k < n; k++) {
			size_t len = range_len(names[k].at);

			if (z - i >= len && memcmp(r->s + names[k].at.a, r->s + i, len) == 0)
				return i;
		}
	}
	return z;
}

/* The beginning of the word that the letter at i is of. */
static uint32_t
word_start(const struct reader *r, uint32_t a, uint32_t i)
{
	while (i > a) {
		unsigned cp;
		uint32_t k = i - (uint32_t)utf8_prev(r->s + a, r->s + i, &cp);

		if (utf8_word(r->s + k, r->s + i) == 0) {
			if (!is_joint(cp) || k == a)
				break;
			k -= (uint32_t)utf8_prev(r->s + a, r->s + k, &cp);
			if (utf8_word(r->s + k, r->s + i) == 0)
				break;
		}
		i = k;
	}
	return i;
}

/* What the word w says of a name. */
static void
look_at_word(const struct reader *r, const struct block *b, struct range w, bool apart, struct name *name)
{
	struct range bare = without_genitive(r, w);
	size_t len = range_len(name->at);
	bool joined = range_len(bare) > len, named;

	if (range_len(bare) < len || memcmp(r->s + name->at.a, r->s + bare.z - len, len) != 0 || (joined && r->s[bare.z - len - 1] != '-'))
		return;
	if (range_len(word_before(r, b->at.a, w.a)) != 0 || char_before(r, b->at.a, w.a) == ',')
		name->seen++;
	named = joined || is_named(r, b->at, w);
	if (w.a == name->at.a || !(named || is_explained(r, b->at, w)))
		return;
	if (w.a < name->at.a || apart)
		name->introduced = true;
	if (!name->introduced && named && !name->named && !joined && is_capital(r, word_before(r, b->at.a, w.a))) {
		name->later = w;
		name->named = true;
	}
}

static void
look_through_block(const struct reader *r, const struct block *b, const bool *begins, struct name *names, size_t n)
{
	bool apart = b->kind == BLOCK_HEADLINE || b->kind == BLOCK_SUBHEAD || b->kind == BLOCK_STANDFIRST || b->kind == BLOCK_CAPTION || b->kind == BLOCK_KICKER;
	uint32_t i = b->at.a;

	while ((i = next_name(r, begins, names, n, i, b->at.z)) < b->at.z) {
		struct range w = word_at(r, word_start(r, b->at.a, i), b->at.z);

		for (size_t k = 0; k < n; k++)
			look_at_word(r, b, w, apart, &names[k]);
		i = w.z > i ? w.z : i + 1;
	}
}

static void
unintroduced(struct check_ctx *c, const struct reader *r, const struct hit *hits, size_t nhits)
{
	struct name names[NAMES];
	bool begins[256] = {false};	/* first bytes of the names */
	size_t n = 0, k;

	for (size_t i = 0; i < nhits && n < NAMES; i++) {
		struct name *name = &names[n];

		if (hits[i].block == UINT32_MAX)
			continue;
		*name = (struct name){.introduced = false};
		name->at = bare_name(r, &hits[i], &name->sentence, &name->quoted);
		if (range_len(name->at) == 0 || in_list(r, LIST_KNOWN_PERSONS, name->at))
			continue;
		for (k = 0; k < n; k++)
			if (range_len(names[k].at) == range_len(name->at) && memcmp(r->s + names[k].at.a, r->s + name->at.a, range_len(name->at)) == 0)
				break;
		begins[(unsigned char)r->s[name->at.a]] = true;
		n += k == n;
	}
	for (uint32_t i = 0; n != 0 && i < r->article->nblocks; i++)
		look_through_block(r, &r->article->blocks[i], begins, names, n);
	for (k = 0; k < n; k++) {
		struct report_note note = {.at = names[k].later, .message = "introduced only here"};
		struct report p = {.at = names[k].at, .certainty = names[k].named ? SURE : WEAK, .notes = &note, .nnotes = names[k].named};

		if (names[k].introduced || !(names[k].named || names[k].quoted) || (names[k].sentence && names[k].seen == 0))
			continue;
		check_report(c, &p);
	}
}

/* ---- the first to speak is a pronoun ---- */

/* Is somebody named in the block before `z`, or at least spoken of?  Two words with capitals in a row, or one that begins no sentence
 * and is neither a day nor a place; "a woman of 45". */
static bool
names_somebody(const struct reader *r, const struct block *b, uint32_t z)
{
	if (b->at.z < z)
		z = b->at.z;
	for (uint32_t i = b->at.a; i < z;) {
		struct range w = word_at(r, i, z);
		unsigned cp;

		if (range_len(w) == 0) {
			i += (uint32_t)utf8_next(r->s + i, &cp);
			continue;
		}
		i = w.z;
		if (in_list(r, LIST_PERSON_NOUNS, without_genitive(r, w)))
			return true;
		if (!is_capital(r, w) || !may_be_person(r, without_genitive(r, w)))
			continue;
		if (range_len(word_before(r, b->at.a, w.a)) != 0 || is_capital(r, word_behind(r, w.z, z)) || char_before(r, b->at.a, w.a) == ',')
			return true;
	}
	return false;
}

/* Behind a quotation, or at the beginning of a sentence: not "A pilot was glad when he said". */
static bool
begins_clause(const struct reader *r, uint32_t a, uint32_t at)
{
	unsigned cp = char_before(r, a, at);

	return range_len(word_before(r, a, at)) == 0 && (cp == 0 || is_stop(cp) || is_closing_mark(cp));
}

static void
pronoun_first(struct check_ctx *c, const struct reader *r, const struct hit *hits, size_t nhits)
{
	const kind_set aside = kind_set_group(GROUP_PROVENANCE | GROUP_FOOT | GROUP_NOTES) | KIND(BLOCK_CREDIT);

	for (size_t i = 0; i < nhits; i++) {
		struct range w;
		struct report p = {.certainty = SURE};

		if (hits[i].block == UINT32_MAX)
			continue;
		w = word_before(r, r->article->blocks[hits[i].block].at.a, hits[i].at.a);
		if (range_len(w) == 0)
			w = word_behind(r, hits[i].at.z, r->article->blocks[hits[i].block].at.z);
		if (range_len(w) == 0 || !in_list(r, LIST_PERSON_PRONOUNS, w) || !begins_clause(r, r->article->blocks[hits[i].block].at.a, w.a < hits[i].at.a ? w.a : hits[i].at.a))
			return;
		for (uint32_t k = 0; k < r->article->nblocks; k++) {
			const struct block *b = &r->article->blocks[k];

			if (b->kind == BLOCK_CAPTION ? names_somebody(r, b, b->at.z) : k <= hits[i].block && !(KIND(b->kind) & aside) && names_somebody(r, b, hits[i].at.a))
				return;
		}
		p.at = w;
		check_report(c, &p);
		return;
	}
}

static void
speaker_run(struct check_ctx *c, const void *data)
{
	const struct speaker *d = data;
	const struct reader r = {.article = c->article, .language = c->analysis->language, .s = c->article->text.s};
	size_t n;
	const struct hit *hits = check_hits(c, d->verbs, &n);

	if (n == 0)
		return;
	if (d->fault == PRONOUN_FIRST)
		pronoun_first(c, &r, hits, n);
	else
		unintroduced(c, &r, hits, n);
}

static const struct param_doc params[] = {
	{"fault", "name", "pronoun-first: the first who speaks is a pronoun, and nobody has been named; unintroduced: a bare name speaks, and "
	    "nothing before says whose it is"},
	{NULL, NULL, NULL},
};
static const char *const placeholders[] = {NULL};

const struct check check_speaker = {
	.name = "speaker",
	.doc = "how those are named who are said to speak, at the verbs that the rule finds",
	.params = params,
	.placeholders = placeholders,
	.compile = speaker_compile,
	.run = speaker_run,
};
