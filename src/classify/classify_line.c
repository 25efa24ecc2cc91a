/* How a line looks, whatever its words: length, capitals, its end, bullets, separators.  Good for any language. */
#include "classify/classify_int.h"
#include "classify/classify_scan.h"

#include "util/utf8.h"

#include <ctype.h>
#include <string.h>

/* Longer lines are running text; nobody asks how many words they have. */
enum { LOOK_BYTES = 400, LONG_SENTENCE = 260 };

static bool
is_opening(unsigned cp)
{
	return cp == '"' || cp == '\'' || cp == 0x201C || cp == 0x2018 || cp == 0x201E || cp == 0xAB || cp == 0x2039 || cp == 0x201A;
}

static bool
is_closing(unsigned cp)
{
	return cp == '"' || cp == '\'' || cp == 0x201D || cp == 0x2019 || cp == 0x201C || cp == 0xBB || cp == 0x203A;
}

static void
look_at_end(struct look *l)
{
	const char *p = l->s + l->n;
	unsigned cp = 0;

	for (int i = 0; p > l->s && i < 5; i++) {
		p -= utf8_prev(l->s, p, &cp);
		if (i == 0)
			l->ends_quote = is_closing(cp);
		if (!is_closing(cp) && cp != ')' && cp != ']' && cp != ' ' && cp != 0xA0)
			break;
	}
	l->question = cp == '?' || cp == 0x61F;
	l->final = l->question || cp == '.' || cp == '!' || cp == 0x2026 || cp == 0x3002 || cp == 0x6D4 || cp == 0xFF01 || cp == 0xFF1F;
	l->colon = cp == ':' || cp == 0xFF1A;
}

/* What a byte counts for in its word, a field of ten bits each; a blank and what needs a look into the tables count for nothing. */
enum { LETTER = 1, UPPER = LETTER | 1 << 10, LOWER = LETTER | 1 << 20, OTHER = 1 << 30, FIELD = (1 << 10) - 1 };
static const uint32_t counts[128] = {
	[0x21 ... 'A' - 1] = OTHER, ['A' ... 'Z'] = UPPER, ['Z' + 1 ... 'a' - 1] = OTHER, ['a' ... 'z'] = LOWER, ['z' + 1 ... 0x7F] = OTHER
};

static void
look_at_words(struct look *l)
{
	const char *s = l->s, *end = s + (l->n < LOOK_BYTES ? l->n : LOOK_BYTES);
	unsigned upper = 0, lower = 0;

	while (end < l->s + l->n && ((unsigned char)*end & 0xC0) == 0x80)
		end++;
	while (s < end && l->words < LOOK_WORDS) {
		uint32_t sum = 0, first = 0, one;

		/* one word: up to a blank */
		while (s < end) {
			unsigned cp = (unsigned char)*s;

			if (cp < 0x80) {
				s++;
				one = counts[cp];
			} else {
				s += utf8_next(s, &cp);
				one = cp == 0xA0 ? 0 : utf8_is_upper(cp) ? UPPER : utf8_is_lower(cp) ? LOWER : utf8_is_letter(cp) ? LETTER : OTHER;
			}
			if (one == 0)
				break;
			if ((sum & FIELD) == 0)
				first = one;
			sum += one;
		}
		if ((sum & FIELD) == 0)
			continue;
		upper += sum >> 10 & FIELD;
		lower += sum >> 20 & FIELD;
		l->words++;
		l->capitals += first == UPPER;
		l->small += (sum >> 10 & FIELD) == 0 && (sum & FIELD) >= 4;
	}
	l->shouted = upper >= 2 && lower == 0;
}

void
look_at(const struct article *a, const struct block *b, struct look *l)
{
	unsigned cp;

	memset(l, 0, sizeof *l);
	l->s = block_text(a, b, &l->n);
	if (l->n == 0)
		return;
	utf8_next(l->s, &cp);
	l->begins_lower = utf8_is_lower(cp);
	l->begins_quote = is_opening(cp);
	look_at_end(l);
	if (l->final && l->n > LONG_SENTENCE)
		l->words = LOOK_WORDS;
	else
		look_at_words(l);
}

/* Marks that lines between the parts of a story are made of. */
static bool
is_rule_mark(unsigned cp)
{
	return cp == '_' || cp == '-' || cp == '*' || cp == '=' || cp == '~' || cp == '#' || cp == '.' || cp == '+' || cp == '|' ||
	    (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2022 || cp == 0xB7 || cp == 0x2042 || cp == 0x204E || cp == 0x2217 ||
	    cp == 0x22C6 || cp == 0x2043 || cp == 0x2981 || cp == 0x2E3A || cp == 0x2E3B || cp == 0x2E31 ||
	    (cp >= 0x2500 && cp < 0x2580) || (cp >= 0x25A0 && cp < 0x2600) || (cp >= 0x2600 && cp <= 0x2606) || cp == 0x2756;
}

bool
look_is_separator(const struct look *l)
{
	const char *s = l->s, *end = s + l->n;

	if (l->words != 0)
		return false;
	while (s < end) {
		unsigned cp;

		s += utf8_next(s, &cp);
		if (cp > ' ' && cp != 0xA0 && !is_rule_mark(cp))
			return false;
	}
	return l->n != 0;
}

bool
look_is_item(const struct look *l)
{
	const char *s = l->s, *end = s + l->n;
	unsigned cp;
	size_t k, digits = 0;

	if (l->n < 3)
		return false;
	k = utf8_next(s, &cp);
	if (cp == 0x2022 || cp == 0xB7 || cp == 0x2043 || cp == 0x2981 || cp == 0x29BF || cp == 0x25E6 ||
	    (cp >= 0x25A0 && cp <= 0x25CF) || cp == 0x27A2 || cp == 0x2713 || cp == 0x2714)
		return true;
	if ((cp == '*' || cp == '-' || cp == 0x2013 || cp == 0x2014) && k + 1 < l->n && s[k] == ' ')
		return true;
	while (digits < 3 && s + digits < end && s[digits] >= '0' && s[digits] <= '9')
		digits++;
	if (digits != 0 && digits < 3 && s + digits + 2 < end && (s[digits] == '.' || s[digits] == ')') && s[digits + 1] == ' ')
		return true;
	return s[0] == '(' && s[1] >= 'a' && s[1] <= 'h' && s[2] == ')' && l->n > 5 && s[3] == ' ';
}

bool
look_is_name(const struct look *l)
{
	const char *s = l->s, *end = s + l->n;
	unsigned names = 0, particles = 0;

	if (l->n > 60 || l->words < 2 || l->words > 5)
		return false;
	while (s < end) {
		unsigned cp, first = 0, letters = 0;

		while (s < end) {
			s += utf8_next(s, &cp);
			if (cp == ' ' || cp == 0xA0)
				break;
			if (first == 0)
				first = cp;
			if (utf8_is_letter(cp))
				letters++;
			else if (cp != '.' && cp != '-' && cp != '\'' && cp != 0x2019)
				return false;
		}
		if (utf8_is_upper(first))
			names++;
		else if (letters > 3 || !utf8_is_lower(first))
			return false;
		else
			particles++;
	}
	return names >= 2 && names <= 4 && particles <= 2 && !(l->shouted && l->words > 3);
}

/* Is what lies at s "@name" with at least two characters? */
static bool
is_handle(const char *s, const char *end)
{
	return end - s > 2 && *s == '@' && ((s[1] | 32) >= 'a' || s[1] == '_' || (s[1] >= '0' && s[1] <= '9'));
}

/* Does every word begin with a capital, as in a name? */
static bool
only_capitals(const char *s, const char *end)
{
	bool start = true;

	for (; s < end; s++) {
		if (start && *s >= 'a' && *s <= 'z')
			return false;
		start = *s == ' ';
	}
	return true;
}

bool
look_is_post(const struct look *l)
{
	const char *end = l->s + l->n, *p;
	size_t near = l->n < 60 ? l->n : 60;

	/* "Name (@name) text": the name stands first */
	for (p = l->s; (p = memchr(p, '(', near - (size_t)(p - l->s))) != NULL; p++)
		if (is_handle(p + 1, end) && p - l->s > 3 && !l->begins_quote && only_capitals(l->s, p)) {
			const char *close = memchr(p, ')', (size_t)(end - p));

			/* running text goes on in lower case: "Ann Lee (@lee) said" */
			return close != NULL && close + 2 < end && close[1] == ' ' && !(close[2] >= 'a' && close[2] <= 'z') &&
			    memchr(l->s, ',', (size_t)(p - l->s)) == NULL;
		}
	/* "text — Name (@name) June 1, 2020": dash, name and date stand last */
	near = l->n < 90 ? l->n : 90;
	for (p = end - near; (p = memchr(p, '(', (size_t)(end - p))) != NULL; p++) {
		const char *close, *dash;

		if (!is_handle(p + 1, end) || (close = memchr(p, ')', (size_t)(end - p))) == NULL)
			continue;
		if (end - close > 26)
			continue;
		for (dash = p; dash > l->s + 3 && p - dash < 60; dash--)
			if (memcmp(dash - 3, "\xE2\x80\x94", 3) == 0 || (dash[-1] == '-' && dash[-2] == '-'))
				return close + 1 == end || (end[-1] >= '0' && end[-1] <= '9') || end - close < 3;
	}
	return false;
}

bool
look_is_label(const struct look *l)
{
	const char *colon;
	unsigned letters = 0;

	if (l->final || l->colon || l->n > 160 || (colon = memchr(l->s, ':', l->n < 40 ? l->n : 40)) == NULL)
		return false;
	/* a link that lost the blank behind its label */
	if (colon - l->s >= 4 && colon + 2 < l->s + l->n && colon[1] >= 'A' && colon[1] <= 'Z' && colon[2] >= 'a' && colon[2] <= 'z' &&
	    l->words >= 4)
		return true;
	for (const char *p = l->s; p < colon; p++) {
		if (*p >= 'a' && *p <= 'z')
			return false;
		letters += (*p >= 'A' && *p <= 'Z') || (unsigned char)*p >= 0x80;
	}
	return letters >= 3 && scan_blanks(colon + 1, l->s + l->n) != 0;
}

bool
look_is_stage(const struct look *l)
{
	char last = l->n != 0 ? l->s[l->n - 1] : 0;

	return l->shouted && l->n <= 80 && ((l->s[0] == '(' && last == ')') || (l->s[0] == '[' && last == ']'));
}

bool
look_is_bracketed(const struct look *l)
{
	char last = l->n != 0 ? l->s[l->n - 1] : 0;

	return l->n <= 160 && l->words >= 4 && !l->final &&
	    ((l->s[0] == '(' && last == ')') || (l->s[0] == '[' && last == ']')) && memchr(l->s + 1, l->s[0], l->n - 1) == NULL;
}

bool
look_is_desk_note(const struct look *l)
{
	char last = l->n != 0 ? l->s[l->n - 1] : 0;

	return l->n <= 300 && !l->final && ((l->s[0] == '(' && last == ')') || (l->s[0] == '[' && last == ']')) &&
	    memchr(l->s + 1, l->s[0], l->n - 1) == NULL;
}

bool
look_is_tagged(const struct look *l)
{
	size_t k = 0;

	while (k < l->n && (isupper((unsigned char)l->s[k]) || l->s[k] == ' ' || isdigit((unsigned char)l->s[k])))
		k++;
	return k >= 3 && k < 20 && k + 1 < l->n && l->s[k] == '-' && isalpha((unsigned char)l->s[k + 1]) && !l->final && l->words >= 2;
}

bool
look_is_routing(const struct look *l)
{
	size_t n = 0;

	if (l->n <= 5 || l->n > 60)
		return false;
	/* US--Harbour Port-Reopening */
	while (n < 3 && l->s[n] >= 'A' && l->s[n] <= 'Z')
		n++;
	return memcmp(l->s, "BC-", 3) == 0 || memcmp(l->s, "^BC-", 4) == 0 || (n == 2 && memcmp(l->s + 2, "--", 2) == 0 && l->s[4] != '-'
	    && l->s[4] != ' ');
}

bool
look_is_slug(const struct look *l)
{
	unsigned marks = 0, letters = 0;
	size_t n = l->n;
	const char *note;

	if (n > 60 || l->final || l->colon)
		return false;
	if (look_is_routing(l))
		return true;
	/* "PORT-REOPENS/ (UPDATE 1)" */
	if (l->s[n - 1] == ')' && (note = memchr(l->s, '/', n)) != NULL && l->s + n - note > 3 && note[1] == ' ' && note[2] == '(')
		n = (size_t)(note + 1 - l->s);
	for (size_t i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)l->s[i];

		if (ch == ' ' || ch == '@' || (ch == '/' && i + 1 < n && l->s[i + 1] == '/'))
			return false;
		marks += ch == '-' || ch == '/' || ch == '_';
		letters += (ch | 32) >= 'a' && (ch | 32) <= 'z';
	}
	return marks != 0 && letters >= 4 && (l->s[0] == '^' || marks >= 2 || memchr(l->s, '/', n) != NULL);
}

bool
look_is_desk_line(const struct look *l)
{
	size_t k = 0, upper = 0;

	if (l->n > 300)
		return false;
	if (l->s[0] == '(' || l->s[0] == '[')
		return true;
	for (; k < l->n && k < 40 && (isalpha((unsigned char)l->s[k]) || l->s[k] == '.'); k++)
		upper += isupper((unsigned char)l->s[k]) != 0;
	if (k < l->n && l->s[k] == ':')
		return true;
	return upper >= 3 && upper == k && (!l->shouted || l->words <= 2);
}
