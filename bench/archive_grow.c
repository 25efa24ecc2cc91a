/* archive_grow: no test.  How an archive grows: made stories, each with the prints of some 600 words and 2.9 KB stored, are added a thousand at a time;
 * then some are looked for, warm, and after the system was told to forget the file.
 *
 *	bench/archive-grow FILE STORIES... */
#include "archive/archive.h"
#include "util/arena.h"
#include "util/xmalloc.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PRINTS = 70, PARAGRAPHS = 20, STORED = 2900, AT_A_TIME = 1000, LOOKS = 200 };

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

/* Every twentieth has half of its prints from the one before. */
static void
make(struct digest *d, uint32_t number, char *path)
{
	uint64_t x = 0x9e3779b97f4a7c15u * (number + 1), y = 0x9e3779b97f4a7c15u * number;

	snprintf(path, 40, "wire/%04u/%06u.txt", number / 1000, number);
	d->path = path;
	d->words = 600;
	d->whole = next(&x);
	d->nprints = d->nparagraphs = 0;
	for (uint32_t i = 0; i < PARAGRAPHS; i++)
		XPUSH(d->paragraphs, d->nparagraphs, d->capparagraphs) = (struct digest_paragraph){ .kind = PARAGRAPH_PROSE,
			.at = { i * 200, i * 200 + 190 }, .units = 30, .hash = next(&x), .first = i * PRINTS / PARAGRAPHS,
			.nprints = (i + 1) * PRINTS / PARAGRAPHS - i * PRINTS / PARAGRAPHS };
	next(&y);
	for (uint32_t i = 0; i < PARAGRAPHS; i++)
		next(&y);
	for (uint32_t i = 0; i < PRINTS; i++) {
		uint64_t mine = next(&x), other = next(&y);

		/* the smallest of sixteen hashes has four bits less */
		XPUSH(d->prints, d->nprints, d->capprints) = (struct digest_print){
			(number % 20 == 19 && i % 2 ? other : mine) & (((uint64_t)1 << (PRINT_BITS - 4)) - 1), false };
	}
}

static void
look(const char *file, uint32_t stories, bool cold)
{
	struct digest d;
	double most = 0, sum = 0, t;
	size_t found = 0;
	char path[40], *why;

	digest_init(&d);
	for (uint32_t i = 0; i < LOOKS; i++) {
		struct archive_list l = { NULL, 0, 0 };
		struct archive_query q = { NULL, 0, 0, 0 };
		struct buf digest = BUF_INIT, stored = BUF_INIT;
		struct archive *a;
		bool there;

		if (cold) {
			int fd = open(file, O_RDONLY);

			posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
			close(fd);
		}
		make(&d, (uint32_t)((uint64_t)i * 7919 * 20 % stories / 20 * 20 + 19), path);
		t = seconds();
		a = archive_open(file, false, &why);
		if (a == NULL || !archive_freeze(a) || !(archive_query_add(&q, &d), archive_find(a, &q, &l)))
			exit(1);
		for (size_t k = 0; k < l.n; k++)
			archive_get(a, l.v[k], &digest, &stored, &there);
		found += l.n;
		archive_close(a);
		t = seconds() - t;
		sum += t;
		most = t > most ? t : most;
		buf_release(&digest);
		buf_release(&stored);
		free(l.v);
		free(q.v);
	}
	printf("  %s: %.2f ms a look-up with opening, the slowest %.2f ms, %.1f stories each\n", cold ? "cold" : "warm", sum / LOOKS * 1000,
	    most * 1000, (double)found / LOOKS);
	d.path = "";
	digest_release(&d);
}

int
main(int argc, char **argv)
{
	struct archive_count c;
	struct archive *a;
	struct digest d;
	struct buf bytes = BUF_INIT;
	char *why, path[40], stored[STORED];
	uint32_t n = 0;
	uint64_t x = 1;
	double t, slowest;

	if (argc < 3 || !archive_create(argv[1], &why))
		return 2;
	digest_init(&d);
	for (size_t i = 0; i < sizeof stored; i++)
		stored[i] = (char)next(&x);
	for (int k = 2; k < argc; k++) {
		uint32_t from = n, to = (uint32_t)strtoul(argv[k], NULL, 10);

		a = archive_open(argv[1], true, &why);
		slowest = 0;
		for (t = seconds(); a != NULL && n < to;) {
			double begin = seconds();

			archive_begin(a);
			for (int i = 0; i < AT_A_TIME; i++, n++) {
				make(&d, n, path);
				buf_clear(&bytes);
				digest_encode(&d, &bytes);
				if (archive_put(a, path, 0, &d, bytes.s, bytes.n, stored, sizeof stored) != ARCHIVE_NEW)
					return 1;
			}
			if (!archive_commit(a)) {
				puts(archive_why(a));
				return 1;
			}
			slowest = seconds() - begin > slowest ? seconds() - begin : slowest;
		}
		t = seconds() - t;
		if (a == NULL || !archive_stat(a, &c))
			return 1;
		archive_close(a);
		printf("%u stories: %.0f added a second, the slowest thousand %.1f s; %.0f bytes a story (digest %.0f, stored %.0f, index %.0f), %llu runs\n",
		    n, (n - from) / t, slowest, (double)c.bytes / n, (double)c.digests / n, (double)c.stored / n, (double)c.keys * 8 / n,
		    (unsigned long long)c.runs);
		fflush(stdout);
		look(argv[1], n, false);
		look(argv[1], n, true);
		fflush(stdout);
	}
	return 0;
}
