/* The command line, by the table options.def. */
#include "options.h"

#include "util/str.h"
#include "util/xmalloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option_row rows[] = {
#define OPTION(id, brief, name, arg, commands, help) { brief, name, arg, commands, help },
#include "options.def"
#undef OPTION
};

static const struct command_row commands[] = {
	{ "check",	CMD_CHECK,	"[check] [OPTIONS] [FILE|FOLDER|-]...", "check articles against policy; the default command" },
	{ "fix",	CMD_FIX,	"fix [--diff] [--unsafe] [OPTIONS] [FILE|FOLDER|-]...", "mend what is found, where it is safe, in the files" },
	{ "show",	CMD_SHOW,	"show [OPTIONS] FILE...", "the article as it was read" },
	{ "explain",	CMD_EXPLAIN,	"explain RULE|PROFILE...", "what a rule or profile asks for, why, and how to mend or turn off" },
	{ "rules",	CMD_RULES,	"rules [OPTIONS]", "list the rules" },
	{ "profiles",	CMD_PROFILES,	"profiles [OPTIONS]", "list the profiles" },
	{ "checks",	CMD_CHECKS,	"checks", "list the kinds of check that rules are made of" },
	{ "formats",	CMD_FORMATS,	"formats", "list the formats that are read" },
	{ "config",	CMD_CONFIG,	"config [OPTIONS] [FILE]...", "what holds for a file, and where each value is from; --check judges configurations" },
	{ "init",	CMD_INIT,	"init [--rules=FILE] [FOLDER]", "write a commented configuration, or a rule pack, to start from" },
	{ "baseline",	CMD_BASELINE,	"baseline create|update|prune|show [OPTIONS] [FILE|FOLDER|-]...",
		"let pass what is found now, so that only new findings show" },
	{ "reuse",	CMD_REUSE,	"reuse [OPTIONS] [FILE|FOLDER|-]...", "pairs of stories that share copy" },
	{ "completion",	CMD_COMPLETION,	"completion bash|zsh|fish", "a script that completes commands, options and their values in a shell" },
	{ "lsp",	CMD_LSP,	"lsp [--enable] [OPTIONS]", "a language server for editors, on standard input and output" },
	{ "test",	CMD_TEST,	"test [OPTIONS] [FILE]...", "run the examples inside rules (default: the built-in ones)" },
};
enum { NCOMMANDS = sizeof commands / sizeof *commands };

const struct option_row *
options_row(size_t i)
{
	return &rows[i];
}

const struct command_row *
options_command(size_t i)
{
	return i < NCOMMANDS ? &commands[i] : NULL;
}

static void (*hearing)(void *arg, const char *text);
static void *hearing_arg;

void
options_hear(void (*hear)(void *arg, const char *text), void *arg)
{
	hearing = hear;
	hearing_arg = arg;
}

void
options_complain(const char *fmt, ...)
{
	va_list ap;

	if (hearing != NULL) {
		char text[1024];

		va_start(ap, fmt);
		vsnprintf(text, sizeof text, fmt, ap);
		va_end(ap);
		hearing(hearing_arg, text);
		return;
	}
	fputs("wirelint: error: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

bool
options_unknown(const char *what, const char *word, size_t n, const char *near, const char *hint)
{
	if (near != NULL)
		options_complain("unknown %s '%.*s'; did you mean '%s'?", what, (int)n, word, near);
	else
		options_complain("unknown %s '%.*s'%s", what, (int)n, word, hint);
	return false;
}

static const struct command_row *
command_row(unsigned bit)
{
	size_t i;

	for (i = 0; i < NCOMMANDS; i++)
		if (commands[i].bit == bit)
			return &commands[i];
	return NULL;
}

static void
add(struct options *o, size_t id, const char *value)
{
	struct given *g = &XPUSH(o->given, o->ngiven, o->capgiven);

	g->id = (enum option_id)id;
	g->value = value;
}

/* An unknown long option: with the nearest one that the command takes. */
static void
unknown(const char *word, size_t n, unsigned command)
{
	struct nearest near;
	size_t i;

	nearest_init(&near, word, n);
	for (i = 0; i < OPT_COUNT; i++)
		if (rows[i].commands & command)
			nearest_try(&near, rows[i].name);
	if (near.best != NULL)
		options_complain("unknown option '--%.*s'; did you mean '--%s'?", (int)n, word, near.best);
	else
		options_complain("unknown option '--%.*s'; see 'wirelint --help'", (int)n, word);
}

/* Takes argv[*i], and argv[*i + 1] where the option has its argument there. */
static bool
long_option(struct options *o, int argc, char **argv, int *i)
{
	const char *word = argv[*i] + 2, *eq = strchr(word, '=');
	size_t n = eq != NULL ? (size_t)(eq - word) : strlen(word), k;

	for (k = 0; k < OPT_COUNT; k++)
		if (str_is(word, n, rows[k].name))
			break;
	if (k == OPT_COUNT) {
		unknown(word, n, o->command);
		return false;
	}
	if (rows[k].arg == NULL) {
		if (eq != NULL) {
			options_complain("option '--%s' takes no value", rows[k].name);
			return false;
		}
		add(o, k, "");
		return true;
	}
	if (eq != NULL) {
		add(o, k, eq + 1);
		return true;
	}
	if (*i + 1 == argc) {
		options_complain("option '--%s' wants a value: --%s=%s", rows[k].name, rows[k].name, rows[k].arg);
		return false;
	}
	add(o, k, argv[++*i]);
	return true;
}

static bool
short_options(struct options *o, int argc, char **argv, int *i)
{
	const char *s;
	size_t k;

	for (s = argv[*i] + 1; *s != '\0'; s++) {
		for (k = 0; k < OPT_COUNT; k++)
			if (rows[k].brief == *s)
				break;
		if (k == OPT_COUNT) {
			options_complain("unknown option '-%c'; see 'wirelint --help'", *s);
			return false;
		}
		if (rows[k].arg == NULL) {
			add(o, k, "");
			continue;
		}
		if (s[1] != '\0')
			add(o, k, s + 1);
		else if (*i + 1 < argc)
			add(o, k, argv[++*i]);
		else {
			options_complain("option '-%c' wants a value: -%c %s", *s, *s, rows[k].arg);
			return false;
		}
		return true;
	}
	return true;
}

/* A first word that is neither command nor file: say what was near. */
static bool
known_word(const char *word)
{
	struct nearest near;
	size_t i;

	if (access(word, F_OK) == 0 || strchr(word, '/') != NULL || strchr(word, '.') != NULL)
		return true;
	nearest_init(&near, word, strlen(word));
	for (i = 0; i < NCOMMANDS; i++)
		nearest_try(&near, commands[i].name);
	if (near.best == NULL)
		return true;		/* the run will say that it cannot be opened */
	options_complain("'%s' is neither a command nor a file; did you mean '%s'?", word, near.best);
	return false;
}

bool
options_parse(struct options *o, int argc, char **argv)
{
	int i, first = 1;
	size_t k;

	memset(o, 0, sizeof *o);
	o->command = CMD_CHECK;
	for (k = 0; argc > 1 && k < NCOMMANDS; k++)
		if (strcmp(argv[1], commands[k].name) == 0) {
			o->command = commands[k].bit;
			first = 2;
		}
	for (i = first; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0) {
			while (++i < argc)
				XPUSH(o->words, o->nwords, o->capwords) = argv[i];
			break;
		}
		if (strncmp(argv[i], "--", 2) == 0) {
			if (!long_option(o, argc, argv, &i))
				return false;
		} else if (argv[i][0] == '-' && argv[i][1] != '\0') {
			if (!short_options(o, argc, argv, &i))
				return false;
		} else {
			if (i == 1 && !known_word(argv[i]))
				return false;
			XPUSH(o->words, o->nwords, o->capwords) = argv[i];
		}
	}
	for (k = 0; k < o->ngiven; k++)
		if (!(rows[o->given[k].id].commands & o->command)) {
			options_complain("option '--%s' does not go with '%s'", rows[o->given[k].id].name,
			    command_row(o->command)->name);
			return false;
		}
	return true;
}

void
options_release(struct options *o)
{
	free(o->given);
	free(o->words);
	memset(o, 0, sizeof *o);
}

const char *
options_name(enum option_id id)
{
	return rows[id].name;
}

const char *
options_value(const struct options *o, enum option_id id)
{
	size_t i;

	for (i = o->ngiven; i-- > 0;)
		if (o->given[i].id == id)
			return o->given[i].value;
	return NULL;
}

void
options_help(unsigned command)
{
	const struct command_row *c;
	size_t i;

	printf("usage: wirelint %s\n", command_row(command)->usage);
	if (command == CMD_CHECK) {
		for (c = commands + 1; c < commands + NCOMMANDS; c++)
			printf("       wirelint %s\n", c->usage);
		puts("\ncommands:");
		for (c = commands; c < commands + NCOMMANDS; c++)
			printf("  %-10s %s\n", c->name, c->help);
	} else
		printf("%s\n", command_row(command)->help);
	puts("\noptions:");
	for (i = 0; i < OPT_COUNT; i++) {
		char left[64];
		int n;

		if (!(rows[i].commands & command) || strncmp(rows[i].name, "debug-", 6) == 0)
			continue;
		n = rows[i].brief != 0 ? snprintf(left, sizeof left, "-%c, ", rows[i].brief) : 0;
		snprintf(left + n, sizeof left - (size_t)n, "--%s%s%s", rows[i].name, rows[i].arg != NULL ? "=" : "",
		    rows[i].arg != NULL ? rows[i].arg : "");
		printf("  %-26s %s\n", left, rows[i].help);
	}
	puts("\nexit status: 0 nothing found at or above --fail-on, 1 findings, 2 something could not be checked or wrong use");
}
