/* util/words: random text read word by word, held against a walk by single characters; and the twin that uses no instructions of its
 * machine against the one that does. */
#include "unit.h"

#include "random.h"
#include "util/utf8.h"
#include "util/words.h"

#include <stdlib.h>
#include <string.h>

/* The portable twin under names of its own. */
uint64_t portable_hash(const char *s, size_t n);
void portable_start(struct words_reader *r, const char *s, uint32_t a, uint32_t z);
void portable_more(struct words_reader *r);
#define WORDS_PORTABLE
#define words_hash portable_hash
#define words_start portable_start
#define words_more portable_more
#include "util/words.c"
#undef words_hash
#undef words_start
#undef words_more

static const char *const pieces[] = { "a", "B", "I", "9", "z", " ", ".", "'", "\xe2\x80\x99", "\xc3\xa9", "\xc2\xa0", "\xe4\xb8\xad",
	"\xf0\x9f\x98\x80", "\xc4\xb1", "\xe3\x80\x81", "\xe2\x84\xaa", "word", "Government", "@", " the ", "[", "`", "{", "/", ":" };
enum { PIECES = sizeof pieces / sizeof *pieces, MOST = 160, ROUNDS = 20000 };

/* Letters alone, letters with a blank now and then, or anything. */
static size_t
make_text(struct random *r, char *out)
{
	uint32_t style = random_below(r, 4), n = random_below(r, MOST);
	size_t len = 0;

	for (uint32_t i = 0; i < n; i++) {
		const char *p = pieces[style == 0 ? random_below(r, 5) : style == 1 ? (random_below(r, 8) != 0 ? 0 : 6) : random_below(r, PIECES)];

		memcpy(out + len, p, strlen(p));
		len += strlen(p);
	}
	return len;
}

static void
read_like_characters(void (*start)(struct words_reader *, const char *, uint32_t, uint32_t), void (*more)(struct words_reader *))
{
	struct random r = {TEST_SEED};
	struct words_reader words;
	char text[MOST * 12];

	for (int round = 0; round < ROUNDS; round++) {
		size_t n = make_text(&r, text), i = 0;
		char *s = malloc(n + 1);	/* of the very size, so that a sanitizer sees what reads behind it */

		memcpy(s, text, n);
		start(&words, s, 0, (uint32_t)n);
		for (;;) {
			const struct words_run *run;
			bool high = false, digit = false;
			size_t from, k;

			if (words.next == words.end)
				more(&words);
			while (i < n && utf8_word(s + i, s + n) == 0)
				i += utf8_next(s + i, &(unsigned){0});
			if (words.next == words.end)
				break;
			run = words.next++;
			for (from = i; (k = utf8_word(s + i, s + n)) != 0; i += k) {
				high = high || k > 1;
				digit = digit || (s[i] >= '0' && s[i] <= '9');
			}
			ck_assert_uint_eq(run->at, from);
			ck_assert_uint_eq(run->n, i - from);
			ck_assert_int_eq(run->high, high);
			if (!high) {
				ck_assert_int_eq(run->digit, digit);
				ck_assert_uint_eq(run->hash, words_hash(s + from, i - from));
			}
		}
		ck_assert_uint_eq(i, n);
		free(s);
	}
}

START_TEST(reads_words)
{
	read_like_characters(words_start, words_more);
}
END_TEST

START_TEST(twin_reads_the_same)
{
	read_like_characters(portable_start, portable_more);
}
END_TEST

START_TEST(hash_folds)
{
	ck_assert_uint_eq(words_hash("Harbour", 7), words_hash("hARBOUR", 7));
	ck_assert_uint_ne(words_hash("harbour", 7), words_hash("harbours", 8));
	ck_assert_uint_eq(words_hash("caf\xc3\xa9", 5), words_hash("CAF\xc3\x89", 5));
	ck_assert_uint_eq(words_hash("\xe2\x84\xaa", 3), words_hash("k", 1));
	/* Cyrillic, and an old form of its V */
	ck_assert_uint_eq(words_hash("\xd0\xa1\xd0\x9a\xd0\x90\xd0\x97\xd0\x90\xd0\x9b", 12), words_hash("\xd1\x81\xd0\xba\xd0\xb0\xd0\xb7\xd0\xb0\xd0\xbb", 12));
	ck_assert_uint_ne(words_hash("\xd1\x81\xd0\xba\xd0\xb0\xd0\xb7\xd0\xb0\xd0\xbb", 12), words_hash("\xd1\x81\xd0\xba\xd0\xb0\xd0\xb7", 8));
	ck_assert_uint_eq(words_hash("\xe1\xb2\x80\xd0\x81", 5), words_hash("\xd0\x92\xd1\x91", 4));
}
END_TEST

Suite *
unit_words_read(void)
{
	Suite *s = suite_create("words_read");
	TCase *t = tcase_create("words_read");

	tcase_add_test(t, reads_words);
	tcase_add_test(t, twin_reads_the_same);
	tcase_add_test(t, hash_folds);
	suite_add_tcase(s, t);
	return s;
}
