/* A YAML file of ours (configuration, waivers): read with the places of everything, its mistakes made findings.  Nothing in such a
 * file is passed over in silence: what is not understood is an error with a place and, for names, the nearest one. */
#ifndef WL_YAML_FILE_H
#define WL_YAML_FILE_H

#include "finding.h"
#include "source/source.h"
#include "util/arena.h"
#include "util/yaml.h"

#include <stdbool.h>

struct yaml_file {
	const char *path;		/* as messages name it; in the arena */
	struct source source;
	struct arena arena;		/* tree, values */
	const struct yaml *root;	/* NULL: nothing in it */
	enum message_id message;	/* MSG_CONFIG_FILE ...: what a mistake is called */
	struct finding_list *errors;
	size_t nerrors;			/* mistakes of this file */
};

/* false: it cannot be read, is no YAML, holds a key twice, or is not a mapping; the errors say so.  Release it in any case.
 * An empty file is one without keys. */
bool yaml_file_load(struct yaml_file *f, const char *path, enum message_id message, struct finding_list *errors);
/* The same from memory that outlives it. */
bool yaml_file_mem(struct yaml_file *f, const char *path, const char *s, size_t n, enum message_id message,
    struct finding_list *errors);
void yaml_file_release(struct yaml_file *f);

/* An error at a value; at its key where `at_key`.  v NULL: at the start of the file. */
void yaml_file_error(struct yaml_file *f, const struct yaml *v, bool at_key, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* "unknown WHAT 'word'WHERE; did you mean 'near'?", or, where nothing is near (NULL), the hint behind it.  where: "" or " in 'origin'". */
void yaml_file_unknown(struct yaml_file *f, const struct yaml *v, bool at_key, const char *what, const char *word,
    const char *where, const char *near, const char *hint);

uint32_t yaml_file_line(struct yaml_file *f, const struct yaml *v);	/* of its key, or of the value where it has none */
struct span yaml_file_span(const struct yaml_file *f, const struct yaml *v);	/* of the value */

/* The value as text, NUL-terminated, in the arena; NULL after an error (a mapping, a sequence, nothing at all). */
const char *yaml_file_text(struct yaml_file *f, const struct yaml *v);
/* true, false (YAML 1.2: no yes and no).  `otherwise` after an error. */
bool yaml_file_bool(struct yaml_file *f, const struct yaml *v, bool otherwise);
/* Walks over one value or a sequence of them: *v is a scalar each time.  `for (const struct yaml *i = NULL; yaml_file_each(f, v, &i);)` */
bool yaml_file_each(struct yaml_file *f, const struct yaml *v, const struct yaml **item);

#endif
