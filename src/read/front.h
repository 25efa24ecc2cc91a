/* Front matter: the keys and values that stand at the head of a Markdown file, in YAML between lines of `---` or in TOML between
 * lines of `+++`. */
#ifndef WL_FRONT_H
#define WL_FRONT_H

#include "read/layer.h"
#include "reader.h"

struct front {
	bool toml;
	bool closed;			/* else it ends at the first blank line */
	uint32_t a, z;			/* what stands between the marks */
	uint32_t end;			/* behind the closing mark's line: where the body begins */
};
/* Does the source begin with it, keys and all? */
bool front_find(const struct source *src, struct front *out);

/* Makes fields of it, then the blocks of the story's head, each of which is one line of Markdown.  Damage becomes a remark. */
void front_put(struct flow *f, struct source *src, const struct intake *in, const struct front *front);

#endif
