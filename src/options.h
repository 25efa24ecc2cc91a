/* The command line: which command, which options, which files.  One table, options.def. */
#ifndef WL_OPTIONS_H
#define WL_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum {
	CMD_CHECK = 1, CMD_SHOW = 2, CMD_EXPLAIN = 4, CMD_RULES = 8, CMD_CHECKS = 16, CMD_FORMATS = 32, CMD_TEST = 64,
	CMD_CONFIG = 128, CMD_INIT = 256, CMD_BASELINE = 512, CMD_PROFILES = 1024, CMD_FIX = 2048, CMD_COMPLETION = 4096, CMD_REUSE = 8192,
	CMD_LSP = 16384,
	CMD_ALL = 32767
};

enum option_id {
#define OPTION(id, brief, name, arg, commands, help) OPT_##id,
#include "options.def"
#undef OPTION
	OPT_COUNT
};

/* An option as given; options that may be given again keep their order. */
struct given { enum option_id id; const char *value; };

struct options {
	unsigned command;		/* one of CMD_* */
	struct given *given;
	size_t ngiven, capgiven;
	const char **words;		/* everything that is no option: files, rule ids */
	size_t nwords, capwords;
};

/* false: wrong use, said on standard error. */
bool options_parse(struct options *o, int argc, char **argv);
void options_release(struct options *o);

const char *options_name(enum option_id id);	/* "fail-on" */
/* The last value given, or NULL; "" for a switch that was given. */
const char *options_value(const struct options *o, enum option_id id);
static inline bool options_has(const struct options *o, enum option_id id) { return options_value(o, id) != NULL; }

/* The tables, for what is made of them: an option by its number, below OPT_COUNT; a command by its place, NULL behind the last. */
struct option_row {
	char brief;			/* 0: it has none */
	const char *name, *arg;		/* arg NULL: a switch */
	unsigned commands;		/* CMD_* that take it */
	const char *help;
};
struct command_row { const char *name; unsigned bit; const char *usage, *help; };
const struct option_row *options_row(size_t i);
const struct command_row *options_command(size_t i);

/* A message about the command line: "wirelint: error: ..." on standard error. */
void options_complain(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* They go there from now on; NULL: to standard error.  For who has another way to tell them. */
void options_hear(void (*hear)(void *arg, const char *text), void *arg);
/* "unknown WHAT 'word'; did you mean 'near'?", or, where nothing is near (NULL), the hint behind the word.  Returns false. */
bool options_unknown(const char *what, const char *word, size_t n, const char *near, const char *hint);

void options_help(unsigned command);		/* on standard output */

#endif
