/* The stories of many files, each by its digest, and which of them may share copy.  Then a worker's reader has the stories themselves, read again as they
 * are asked for. */
#ifndef WL_REUSE_SET_H
#define WL_REUSE_SET_H

#include "analysis/digest.h"
#include "analysis/overlap.h"
#include "analysis/passage.h"
#include "archive/archive.h"
#include "article.h"
#include "files/progress.h"
#include "files/walk.h"
#include "finding.h"
#include "reuse/reuse_index.h"
#include "skip.h"
#include "stored.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct pipeline;

struct reuse_story {
	uint32_t file, item;		/* item: which of the file's articles, from 0; file from `ninputs` on: one of the extras */
	uint32_t url, site;		/* hashes of its own address and of that one's host; 0: not said */
	uint64_t whole;
};

struct reuse_set {
	/* the caller's, before reuse_set_read() */
	const struct input *inputs;
	size_t ninputs;
	void (*govern)(void *arg, struct pipeline *p, size_t file);	/* how the file is to be read */
	void *arg;
	bool (*is_skip)(void *arg, size_t file, const struct finding_list *l);	/* no article, and that is no error; NULL: only regular files
							 * are read, and what cannot be read is for others to say */
	bool raw;			/* digests are made of stories that are not classified: quicker, without captions; pairs are likelier
					 * to be none */
	size_t held;			/* bytes, about, that a reader keeps of files read again; 0: as many as pairs of all stories ask for */
	struct progress *progress;	/* NULL: nothing is shown */
	struct archive *archive;	/* those of its stories that may share copy with one of the files are stories of the set; NULL: none are */

	struct reuse_story *stories;	/* by number; in the order of files and items */
	size_t nstories, capstories;
	struct reuse_index *index;
	struct skips skips;
	size_t files;			/* that held a story */
	size_t digests;			/* bytes of all digests */
	size_t first;			/* so many stories, the first of all, are the archive's */
	struct reuse_extra {
		char *path, *stored;	/* stored NULL: it lies in the spool */
		size_t n;
		off_t at;
	} *extras;			/* stories that are in none of the files (reuse_digests.c) */
	int spool;			/* a file without a name; -1: none */
	size_t nextras, capextras;
	struct archive_query query;	/* what the archive is asked for */
	struct archive_list looked;	/* and what it says, by number */
	bool archive_failed;		/* it says why, but for one that is damaged: */
	uint32_t damaged;		/* its number; 0: none */
	struct reuse_kept { char *s; size_t n; } *kept;	/* by file: the bytes of one that can be read only once; else NULL */
};

void reuse_set_init(struct reuse_set *s);
void reuse_set_release(struct reuse_set *s);
/* All files, by so many threads.  What cannot be read goes to `errors`. */
void reuse_set_read(struct reuse_set *s, long jobs, struct finding_list *errors);
/* Another way to fill it, for whoever has the digests: none yet; the next story; then reuse_index_finish(). */
void reuse_set_empty(struct reuse_set *s);
void reuse_set_story(struct reuse_set *s, uint32_t file, uint32_t item, const struct digest *d, size_t ndigest);
/* As messages name the file that the story is in. */
const char *reuse_set_path(const struct reuse_set *s, uint32_t story);
/* The story's number; false if it is none of them. */
bool reuse_set_find(const struct reuse_set *s, size_t file, uint32_t item, uint32_t *story);

/* ---- a worker's ---- */

struct read_story {
	struct article article;
	struct passage passage;
};
struct reuse_reader;
struct reuse_reader *reuse_reader_new(const struct reuse_set *s);
void reuse_reader_free(struct reuse_reader *r);		/* may be NULL */
/* Both of a pair; false: a file is not what it was when it was first read.  Until the next call of reuse_reader_forget(), whatever was asked for
 * stays; it drops what was used least where more than some megabytes are held. */
struct read_story *reuse_reader_story(struct reuse_reader *r, uint32_t story);
void reuse_reader_forget(struct reuse_reader *r);

#endif
