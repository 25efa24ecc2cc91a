/* A sink is an output of a run: a form and where it goes.  A file is written beside its place and moved there at the end, so
 * that nothing stands half written. */
#ifndef WL_SINK_H
#define WL_SINK_H

#include "emitter.h"
#include "files/replace.h"

#include <stdbool.h>
#include <stddef.h>

struct sink {
	const struct emitter *emitter;
	struct emit_options options;
	char *path;			/* as named; NULL: standard output */
	struct replacement file;	/* where there is a path */
	bool any;			/* something was written: `between` comes first */
	struct buf pieces;		/* of an emitter with whole() */
	size_t trimmed;			/* how many bytes of them were left when it last dropped some */
	struct buf pending;		/* not yet handed to the system */
};
struct sinks {
	struct sink *v;
	size_t n, cap;
	const char *color;
	enum column_unit unit;
	bool has_baseline;		/* these three before sinks_begin() */
	const struct rule_set **sets;	/* freed by sinks_release() */
	size_t nsets;
};

void sinks_init(struct sinks *s, const char *color, const char *unit);
void sinks_release(struct sinks *s);		/* takes temporary files away */
bool sinks_add(struct sinks *s, const char *form_and_file);	/* "json:out.json"; false: said on standard error */
bool sinks_add_standard(struct sinks *s, const char *form);	/* NULL: tty on a terminal, else gcc */
bool sinks_begin(struct sinks *s);
bool sinks_show_passed(const struct sinks *s);	/* does a form ask for findings that were let pass? */
bool sinks_show_absent(const struct sinks *s);	/* ... for those that are in the baseline alone?  Then for the others, too */
bool sinks_want_articles(const struct sinks *s);
bool sinks_on_terminal(const struct sinks *s);		/* are findings shown there as they come? */
bool sink_write(struct sink *s, const char *bytes, size_t n);	/* one file's findings */
/* `ok` false: the run is given up, files are not put in place. */
bool sinks_end(struct sinks *s, bool ok, const struct totals *t);

#endif
