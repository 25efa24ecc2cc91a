/* The items of a file of NewsML or NewsML-G2: which of them are stories, what each is called, why the others are none. */
#ifndef WL_NEWS_ITEMS_H
#define WL_NEWS_ITEMS_H

#include "read/news.h"
#include "read/xml_file.h"
#include "reader.h"

/* A file that is being read, and the item whose article is being made. */
struct news {
	struct xml_file x;
	const struct dom *item;
	struct flow flow;
	struct head head;
	struct news_seen seen;
};

struct news_format {
	const char *name;		/* the reader's */
	const char *no_item;		/* what a file is that holds none */
	const struct dom *(*next)(const struct dom *root, const struct dom *d);	/* the item behind d, the first if d is NULL; NULL */
	bool (*may_be_story)(const struct layer *l, const struct dom *item);
	const char *(*why_no_story)(const struct dom *item);
	const char *(*id)(struct news *n, const struct dom *item);	/* in the source's arena; NULL: its number is its name */
	void (*put)(struct news *n);	/* all blocks and fields of n->item */
};
bool news_read(struct source *src, struct intake *in, const struct news_format *format);

#endif
