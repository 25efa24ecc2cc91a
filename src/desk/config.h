/* A configuration as it is written: `.wirelint.yaml`, and what it extends.  It is read once and says what it sets, layer by layer;
 * what of that holds for a file is worked out by desk.h. */
#ifndef WL_CONFIG_H
#define WL_CONFIG_H

#include "desk/settings.h"
#include "yaml_file.h"

#include <stdbool.h>
#include <stddef.h>

/* Settings that hold together: for all files, or for those that one of the globs means. */
struct config_part {
	struct glob {
		const char *s;
		const struct yaml *at;
		bool met;		/* it has meant a file */
		bool excused;		/* it may mean one of those that are excluded */
	} *globs;			/* NULL: all files */
	size_t nglobs, capglobs;
	struct settings settings;
};

struct config {
	struct yaml_file file;
	const char *path;		/* absolute, or "built-in:strict" */
	const char *folder;		/* absolute: what its globs are relative to */
	bool root;
	bool judged;			/* its globs that mean nothing have been told */
	bool shared;			/* extended by another: its globs need not mean anything here */
	struct config **bases;		/* what it extends, the first is the weakest */
	size_t nbases, capbases;
	struct config_part *parts;	/* the first holds for all files; NULL settings where there are none */
	size_t nparts, capparts;
	struct part_globs { struct glob *v; size_t n, cap; } excludes;
};

#define CONFIG_FILE_NAME ".wirelint.yaml"

/* Reads the file; its globs are relative to `folder`, files it names to its own.  Mistakes go to `errors`; what is understood holds.
 * `shown`: its path for messages.  Never NULL. */
struct config *config_load(const char *path, const char *shown, const char *folder, struct finding_list *errors);
void config_free(struct config *c);

/* The configurations that ship with wirelint, for `extends`: "strict" ...; NULL at the end. */
const char *const *config_builtins(void);

#endif
