/* Words made alike for comparison. */
#include "alike.h"

#include "util/hash.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

/* The character to compare by; 0: none, it joins or decorates. */
static unsigned
folded(unsigned cp)
{
	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
	if (cp == 0xad || cp == 0xfeff || (cp >= 0x300 && cp <= 0x36f))
		return 0;
	cp = utf8_base(cp);
	return cp == 0x131 ? 'i' : cp;
}

static size_t
step(const char *s, const char *end, bool started)
{
	size_t n = utf8_word(s, end), q;

	if (n == 0 && started && (q = word_apostrophe(s, end)) != 0 && utf8_word(s + q, end) != 0)
		n = q;
	return n;
}

/* ASCII letters and digits, folded; 0 for the rest. */
const unsigned char words_plain[256] = {
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9',
	['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j',
	['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
	['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
	['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j',
	['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
	['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y', ['z'] = 'z',
};

void
words_finish(struct words *w, struct word *out)
{
	const unsigned char *s = (const unsigned char *)w->s, *at = s + w->at, *end = s + w->end;
	uint64_t h = out->hash;
	unsigned cp;
	size_t n;

	while (at < end && *at != ' ') {
		n = step((const char *)at, (const char *)end, at > s + out->at.a);
		if (n == 0)
			break;
		if (word_apostrophe((const char *)at, (const char *)end) == 0) {
			utf8_next((const char *)at, &cp);
			for (cp = folded(cp); cp != 0; cp >>= 8)
				h = hash_byte(h, (unsigned char)cp);
		}
		at += n;
		while (at < end && words_plain[*at] != 0)
			h = hash_byte(h, words_plain[*at++]);
	}
	w->at = out->at.z = (uint32_t)(at - s);
	out->hash = h;
}

/* ---- rows of characters without blanks ---- */

static bool
is_unspaced(unsigned cp)
{
	static const unsigned ranges[][2] = {
		{ 0xe00, 0xeff }, { 0x1000, 0x109f }, { 0x1780, 0x17ff }, { 0x2e80, 0x2fdf }, { 0x3005, 0x3007 }, { 0x3040, 0x30ff },
		{ 0x31f0, 0x31ff }, { 0x3400, 0x4dbf }, { 0x4e00, 0x9fff }, { 0xf900, 0xfaff }, { 0xff66, 0xff9f }, { 0x20000, 0x3ffff },
	};

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges && cp >= ranges[i][0]; i++)
		if (cp <= ranges[i][1])
			return true;
	return false;
}

bool
word_is_row(const char *s, struct range at)
{
	static const uint64_t high = 0x8080808080808080ull;
	unsigned cp;

	/* nearly all words are of ASCII: they end here */
	for (uint64_t w; range_len(at) >= 8; at.a += 8) {
		memcpy(&w, s + at.a, 8);
		if ((w & high) != 0)
			break;
	}
	if (range_len(at) < 8 && (hash_tail(s + at.a, range_len(at)) & high) == 0)
		return false;
	while (at.a < at.z) {
		if ((unsigned char)s[at.a] < 0xe0) {
			at.a++;
			continue;
		}
		at.a += (uint32_t)utf8_next(s + at.a, &cp);
		if (is_unspaced(cp))
			return true;
	}
	return false;
}

bool
word_is_character(const char *s, struct range at)
{
	unsigned cp;

	if (range_len(at) < 3 || (unsigned char)s[at.a] < 0xe0)
		return false;
	return utf8_next(s + at.a, &cp) == range_len(at) && is_unspaced(cp);
}

bool
words_next_in_row(struct words *w, struct word *out)
{
	uint64_t h = HASH_INIT;
	unsigned cp;
	bool any = false;

	out->at.a = w->at;
	while (w->at < w->end) {
		size_t n = utf8_next(w->s + w->at, &cp);
		bool alone = is_unspaced(cp);

		if (alone && any)
			break;
		if (word_apostrophe(w->s + w->at, w->s + w->end) == 0)
			for (cp = folded(cp); cp != 0; cp >>= 8)
				h = hash_byte(h, (unsigned char)cp);
		w->at += (uint32_t)n;
		any = true;
		if (alone)
			break;
	}
	out->at.z = w->at;
	out->hash = h;
	return any;
}

/* The next folded character; 0 at the end. */
static unsigned
next_folded(const char *s, struct range *at)
{
	unsigned cp = 0;

	while (cp == 0 && at->a < at->z) {
		size_t q = word_apostrophe(s + at->a, s + at->z);

		if (q != 0) {
			at->a += (uint32_t)q;
			continue;
		}
		at->a += (uint32_t)utf8_next(s + at->a, &cp);
		cp = folded(cp);
	}
	return cp;
}

bool
words_same(const char *s, struct range a, const char *t, struct range b)
{
	unsigned x, y;

	if (range_len(a) == range_len(b) && memcmp(s + a.a, t + b.a, range_len(a)) == 0)
		return true;
	do {
		x = next_folded(s, &a);
		y = next_folded(t, &b);
	} while (x == y && x != 0);
	return x == y;
}

uint64_t
word_start(const char *s, struct range at)
{
	unsigned first[3];
	size_t n = word_fold(s, at, first, 3);

	return hash_bytes(first, (n < 3 ? n : 3) * sizeof *first, HASH_INIT);
}

bool
word_capital(const char *s, struct range at)
{
	unsigned cp;

	utf8_next(s + at.a, &cp);
	return utf8_is_upper(cp);
}

size_t
word_fold(const char *s, struct range at, unsigned *out, size_t max)
{
	const char *end = s + at.z;
	size_t n = 0;

	while (at.a < at.z) {
		unsigned cp;
		size_t q = word_apostrophe(s + at.a, end);

		if (q != 0) {
			at.a += (uint32_t)q;
			continue;
		}
		at.a += (uint32_t)utf8_next(s + at.a, &cp);
		cp = folded(cp);
		if (cp == 0)
			continue;
		if (n < max)
			out[n] = cp;
		n++;
	}
	return n;
}

bool
words_kin(const char *s, struct range a, const char *t, struct range b)
{
	enum { MAX = 32 };
	unsigned x[MAX], y[MAX], row[MAX + 1];
	size_t nx = word_fold(s, a, x, MAX), ny = word_fold(t, b, y, MAX);
	unsigned most = nx >= 8 && ny >= 8 ? 2 : 1;

	if (nx > MAX || ny > MAX || nx < 3 || ny < 3)
		return false;
	for (size_t j = 0; j <= ny; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; i <= nx; i++) {
		unsigned corner = row[0];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= ny; j++) {
			unsigned best = corner + (x[i - 1] != y[j - 1]);

			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[ny] <= most;
}

static int
by_hash(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

static size_t
distinct(uint64_t *v, size_t n)
{
	size_t k = 0;

	qsort(v, n, sizeof *v, by_hash);
	for (size_t i = 0; i < n; i++)
		if (k == 0 || v[i] != v[k - 1])
			v[k++] = v[i];
	return k;
}

double
words_jaccard(uint64_t *a, size_t na, uint64_t *b, size_t nb)
{
	size_t i = 0, j = 0, both = 0;

	na = distinct(a, na);
	nb = distinct(b, nb);
	while (i < na && j < nb) {
		if (a[i] == b[j])
			both++, i++, j++;
		else if (a[i] < b[j])
			i++;
		else
			j++;
	}
	return na + nb == 0 ? 1 : (double)both / (double)(na + nb - both);
}

/* By Myers: the work is the length times the number of differences, and that is bounded by `least`. */
double
words_common(const uint64_t *a, size_t na, const uint64_t *b, size_t nb, double least)
{
	size_t longer = na > nb ? na : nb;
	long most = (long)((double)(na + nb) - 2 * least * (double)longer) + 1, n = (long)na, m = (long)nb;
	long *v, d, k, x = 0, y;
	double share = 0;

	if (longer == 0)
		return 1;
	if (most < 0)
		return 0;
	v = xcalloc((size_t)(2 * most + 3), sizeof *v);
	v += most + 1;
	for (d = 0; d <= most; d++) {
		for (k = -d; k <= d; k += 2) {
			x = k == -d || (k != d && v[k - 1] < v[k + 1]) ? v[k + 1] : v[k - 1] + 1;
			y = x - k;
			while (x < n && y >= 0 && y < m && a[x] == b[y])
				x++, y++;
			v[k] = x;
			if (k == n - m && x >= n) {
				share = (double)(n + m - d) / 2 / (double)longer;
				d = most;
				break;
			}
		}
	}
	free(v - most - 1);
	return share < least ? 0 : share;
}
