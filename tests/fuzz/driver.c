/* Runs a fuzz entry without a fuzzer: over each file named and over damaged copies of it, TAP out.
 *
 *	tests/fuzz-article [-n COPIES] FILE...
 *
 * The damage comes from a counter, so that a failure happens again: the line that is missing names the file, and -v prints
 * the number of each copy before it is tried.  With a fuzzer, the entries are linked to it and not to this file. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
/* Tells the entry that copies of this file follow.  An entry that has no use for it leaves it out. */
void fuzz_original(const char *path, const uint8_t *data, size_t n) __attribute__((weak));

enum { MAX_INPUT = 200000 };

/* The generator splitmix64: any state will do, the same one gives the same numbers. */
static uint64_t
next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static size_t
below(uint64_t *state, size_t n)
{
	return n == 0 ? 0 : (size_t)(next(state) % n);
}

/* Damages `s` (room for twice MAX_INPUT) in one to four ways; returns its new length. */
static size_t
damage(uint8_t *s, size_t n, uint64_t *state)
{
	static const char *const pieces[] = {
		"\xEF\xBB\xBF", "\xFF\xFE", "\xE2\x80", "\xE2\x80\x9C", "\xE2\x80\x99", "\"", "'", "\r", "\r\n", "\n\n\n", "\t", "(", "[[", "]]",
		"<", "</", "<p>", "</p>", "<p", "\\", "\\u", "\\ud83d", "{", "}", "[", ",", ": ", "---\n", "=\r\n", "=E2=80", "\x02", "\x03", "<!DOCTYPE", "&#x110000;", "&amp", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xC2\xA0", "\xE2\x80\xA8", "\x01", "]]>", "<!--", "- ",
	};
	size_t ways = 1 + below(state, 4), at, len, i;
	const char *piece;

	while (ways-- > 0 && n > 0) {
		at = below(state, n);
		switch (below(state, 6)) {
		case 0:
			s[at] ^= (uint8_t)(1u << below(state, 8));
			break;
		case 1:
			s[at] = (uint8_t)next(state);
			break;
		case 2:
			n = at;
			break;
		case 3:
			len = below(state, n - at < 400 ? n - at : 400);
			memmove(s + at, s + at + len, n - at - len);
			n -= len;
			break;
		case 4:
			len = below(state, n - at < 400 ? n - at : 400);
			if (n + len < 2 * MAX_INPUT) {
				memmove(s + at + len, s + at, n - at);
				n += len;
			}
			break;
		default:
			piece = pieces[below(state, sizeof pieces / sizeof *pieces)];
			len = strlen(piece);
			for (i = 0; i < len && at + i < n; i++)
				s[at + i] = (uint8_t)piece[i];
		}
	}
	return n;
}

/* An own allocation of the exact size, so that a sanitizer sees a read past its end. */
static void
try(const uint8_t *s, size_t n)
{
	uint8_t *copy = malloc(n > 0 ? n : 1);

	if (copy == NULL)
		abort();
	if (n > 0)
		memcpy(copy, s, n);
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
}

int
main(int argc, char **argv)
{
	static uint8_t original[MAX_INPUT], copy[2 * MAX_INPUT];
	int copies = 100, opt, verbose = 0, i, k;

	while ((opt = getopt(argc, argv, "n:v")) != -1) {
		if (opt == 'n')
			copies = atoi(optarg);
		else if (opt == 'v')
			verbose = 1;
		else
			return 2;
	}
	printf("1..%d\n", argc - optind);
	for (i = optind; i < argc; i++) {
		FILE *f = fopen(argv[i], "rb");
		size_t n;

		if (f == NULL) {
			printf("not ok %d - %s: cannot be read\n", i - optind + 1, argv[i]);
			continue;
		}
		n = fread(original, 1, sizeof original, f);
		fclose(f);
		if (fuzz_original != NULL)
			fuzz_original(argv[i], original, n);
		try(original, n);
		for (k = 0; k < copies; k++) {
			uint64_t state = (uint64_t)k;

			if (verbose)
				fprintf(stderr, "%s: copy %d\n", argv[i], k);
			memcpy(copy, original, n);
			try(copy, damage(copy, n, &state));
		}
		printf("ok %d - %s: %d copies\n", i - optind + 1, argv[i], copies);
		fflush(stdout);
	}
	return 0;
}
