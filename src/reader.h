/* A reader turns a source into articles, one item at a time.  It judges nothing: what is odd becomes a remark.
 * One format, one file in read/, one line in read/list.def. */
#ifndef WL_READER_H
#define WL_READER_H

#include "article.h"
#include "source/source.h"

#include <stdbool.h>

/* Where a reader hands over its articles, one after the other in the order of the file: intake_begin(), fill the article,
 * intake_end(). */
struct intake {
	struct article *article;
	void (*item)(struct intake *in);
	void (*skip)(struct intake *in, const char *item, const char *why);	/* an item that is no article; may be NULL */
	/* What a key of front matter stands for; false if that is unknown.  `path`: folded by key_fold(), keys parted by dots.  May be NULL. */
	bool (*meaning)(const struct intake *in, const char *path, struct key_meaning *out);
	const char *refusal;		/* set by read() when it returns false: what the file is instead */
	void *arg;
	uint32_t done;			/* the file has been handed over up to here */
	uint32_t skipped;		/* and an item that is no article ends here; 0: none */
	unsigned met;			/* items begun by intake_item() */
	size_t made;			/* of them, articles handed over by intake_done() */
	const char *name;		/* of the item begun last: its id or its number */
};
/* The article, emptied.  `item` is the item's own id or its number from 1, NULL in a file that can hold but one; it is copied. */
struct article *intake_begin(struct intake *in, struct source *src, const char *format, const char *item);
/* The article has been filled.  It was read from what lies behind the one before up to `end` in the decoded source; UINT32_MAX
 * where it is the last. */
void intake_end(struct intake *in, uint32_t end);
/* An item that is no article: `why` is a literal, "a package of links, no story".  It ends at `end`; UINT32_MAX where it is the last. */
void intake_skip(struct intake *in, const char *item, uint32_t end, const char *why);

/* The same for the items of a file, one by one.  The item is named by its id, or by its number from 1 where that is NULL; the article has
 * no name in a file that can hold but one (`many` false). */
struct article *intake_item(struct intake *in, struct source *src, const char *format, const char *id, bool many);
/* It is handed over if it holds a block of a kind that is not in `frame` (what alone makes no article: a slug, a byline); else it is
 * skipped with `why`. */
void intake_done(struct intake *in, uint32_t end, kind_set frame, const char *why);

struct look;				/* sniff.h */

struct reader {
	const char *name;		/* "text": what --as takes */
	const char *title;		/* "plain text, one paragraph a line or blank lines between paragraphs" */
	const char *suffixes;		/* blank-separated, without dots; what a folder walk picks up */
	const char *signs;		/* how content is told, for `wirelint formats` */
	const char *fields;		/* which fields it fills, for `wirelint formats` */
	/* Of what a fix would write: characters that do not stand for themselves in this format; NULL: there are none. */
	const char *reserved;
	bool coded;			/* its bytes need not be those of the words: a mail's transfer encoding */
	int (*sniff)(const struct look *k);		/* 0 no, 1 could be (text), up to 100 unmistakable */
	bool (*read)(struct source *src, struct intake *in);	/* false: not one article in it, in->refusal says why */
};

/* Each file defines `const struct reader reader_NAME`. */
#define READER(name) extern const struct reader reader_##name;
#include "read/list.def"
#undef READER

/* For what is marked up and of no format in the list: refuses it.  Chosen by content alone. */
extern const struct reader reader_foreign;

const struct reader *const *reader_list(void);			/* NULL at the end */
const struct reader *reader_by_name(const char *name);		/* NULL if there is none */
/* By content first, then by the name's suffix; never NULL: text reads anything that is not foreign. */
const struct reader *reader_choose(const struct source *src);
/* Has the path a suffix that some reader claims? */
bool reader_claims(const char *path);

#endif
