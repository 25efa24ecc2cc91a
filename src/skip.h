/* What was met and left out, with the reason: files, and items of a file that are no articles. */
#ifndef WL_SKIP_H
#define WL_SKIP_H

#include <stddef.h>

struct skip { char *path, *item, *why; };	/* item NULL: the whole file */
struct skips { struct skip *v; size_t n, cap; };

void skips_add(struct skips *l, const char *path, const char *item, const char *why);	/* copied */
void skips_move(struct skips *to, struct skips *from);		/* from is empty then */
void skips_free_one(struct skip *s);
void skips_clear(struct skips *l);
void skips_release(struct skips *l);

#endif
