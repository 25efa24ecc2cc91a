/* `wirelint completion bash|zsh|fish`: a script for the shell, made of the tables of commands and options, so that it knows what the
 * program knows.  Values are told by what an option's argument is called: LEVEL, KIND, RULES ... */
#include "command/commands.h"
#include "emitter.h"

#include "util/buf.h"

#include <stdio.h>
#include <string.h>

/* What completes an argument: words, or a command whose lines begin with them; neither: nothing.  NULL where files do. */
struct values { const char *arg, *words, *command; };
static const struct values values[] = {
	{"LEVEL", "error warning note never off", ""},
	{"KIND", "own wire syndicated republished", ""},
	{"STAGE", "ingest draft publish syndicate", ""},
	{"UNIT", "char byte utf16 display", ""},
	{"WHEN", "auto always never", ""},
	{"RULES", "all", "rules"},
	{"ID", "", "rules"},
	{"RULE=LEVEL", "", "rules"},
	{"PROFILES", "auto none", "profiles"},
	{"FORMAT", "", "formats"},
	{"TAG", "en en-US en-GB fr de es it pt nl tr", ""},
	{"NAME", "utf-8 utf-16le utf-16be iso-8859-1 iso-8859-9 iso-8859-15 windows-1252 windows-1254 iso-8859-2 windows-1250 windows-1251 koi8-r", ""},
	{"TIME", "", ""}, {"N", "", ""}, {"GLOB", "", ""}, {"N/M", "", ""}, {"REV", "", ""},
};
/* Output forms: those of check, and those of show and rules. */
static const char *
forms(void)
{
	static char words[256] = "text xml man html";

	if (strlen(words) == strlen("text xml man html"))
		for (const struct emitter *const *e = emitter_list(); *e != NULL; e++)
			snprintf(words + strlen(words), sizeof words - strlen(words), " %s", (*e)->name);
	return words;
}

static const struct values *
values_of(const struct option_row *o)
{
	static struct values of_form = {"FORM", NULL, ""};

	of_form.words = forms();
	if (strncmp(o->arg, "FORM", 4) == 0 && strcmp(o->arg, "FORMAT") != 0)
		return &of_form;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (strcmp(o->arg, values[i].arg) == 0 && strcmp(o->name, "stdin-filename") != 0)
			return &values[i];
	return NULL;
}

static bool
hidden(const struct option_row *o)
{
	return strncmp(o->name, "debug-", 6) == 0;
}

/* A help text within quotation marks of a shell: ' and, for zsh, the signs of its own are taken out. */
static void
put_help(struct buf *out, const char *s, const char *without)
{
	for (; *s != '\0'; s++)
		if (strchr(without, *s) == NULL)
			buf_putc(out, *s);
}

static void
put_commands(struct buf *out, unsigned but)
{
	const struct command_row *c;
	const char *blank = "";

	for (size_t i = 0; (c = options_command(i)) != NULL; i++)
		if (c->bit != but) {
			buf_printf(out, "%s%s", blank, c->name);
			blank = " ";
		}
}

/* ---- bash ---- */

static void
bash(struct buf *out)
{
	const struct command_row *c;

	buf_puts(out, "# wirelint's completion for bash: source <(wirelint completion bash)\n"
	    "_wirelint() {\n"
	    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=check options= words= i\n"
	    "\tif [ \"$cur\" = '=' ]; then cur=\n"
	    "\telif [ \"$prev\" = '=' ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
	    "\tCOMPREPLY=()\n"
	    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n\t\tcase ${COMP_WORDS[i]} in\n\t\t");
	for (size_t i = 0; (c = options_command(i)) != NULL; i++)
		buf_printf(out, "%s%s", i == 0 ? "" : "|", c->name);
	buf_puts(out, ") command=${COMP_WORDS[i]}; break ;;\n\t\tesac\n\tdone\n\tcase $prev in\n");
	for (size_t i = 0; i < OPT_COUNT; i++) {
		const struct option_row *o = options_row(i);
		const struct values *v;

		if (o->arg == NULL || hidden(o))
			continue;
		v = values_of(o);
		buf_printf(out, "\t--%s", o->name);
		if (o->brief != 0)
			buf_printf(out, "|-%c", o->brief);
		buf_puts(out, ")");
		if (v == NULL)
			buf_puts(out, " COMPREPLY=($(compgen -f -- \"$cur\"))");
		else if (*v->command != '\0')
			buf_printf(out, " COMPREPLY=($(compgen -W \"%s $(wirelint %s 2>/dev/null | sed 's/ .*//')\" -- \"$cur\"))", v->words, v->command);
		else
			buf_printf(out, " COMPREPLY=($(compgen -W '%s' -- \"$cur\"))", v->words);
		buf_puts(out, "; return ;;\n");
	}
	buf_puts(out, "\tesac\n\tcase $command in\n");
	for (size_t k = 0; (c = options_command(k)) != NULL; k++) {
		buf_printf(out, "\t%s) options='", c->name);
		for (size_t i = 0; i < OPT_COUNT; i++)
			if ((options_row(i)->commands & c->bit) != 0 && !hidden(options_row(i)))
				buf_printf(out, "--%s ", options_row(i)->name);
		buf_printf(out, "'%s ;;\n", c->bit == CMD_COMPLETION ? " words='bash zsh fish'" :
		    c->bit == CMD_BASELINE ? " words='create update prune show'" :
		    c->bit == CMD_EXPLAIN ? " words=$(wirelint rules 2>/dev/null | sed 's/ .*//')" : "");
	}
	buf_puts(out, "\tesac\n"
	    "\tcase $cur in\n"
	    "\t-*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")); return ;;\n"
	    "\tesac\n"
	    "\t[ \"$COMP_CWORD\" -eq 1 ] && words='");
	put_commands(out, 0);
	buf_puts(out, "'\n"
	    "\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
	    "\t[ -n \"$words\" ] && [ \"$COMP_CWORD\" -gt 1 ] || COMPREPLY+=($(compgen -f -- \"$cur\"))\n"
	    "}\n"
	    "complete -o filenames -F _wirelint wirelint\n");
}

/* ---- zsh ---- */

static void
zsh(struct buf *out)
{
	const struct command_row *c;

	buf_puts(out, "#compdef wirelint\n# wirelint's completion for zsh: wirelint completion zsh > \"${fpath[1]}/_wirelint\"\n_wirelint() {\n"
	    "\tlocal command=check word\n\tlocal -a commands options\n\tcommands=(\n");
	for (size_t i = 0; (c = options_command(i)) != NULL; i++) {
		buf_printf(out, "\t\t'%s:", c->name);
		put_help(out, c->help, "'");
		buf_puts(out, "'\n");
	}
	buf_puts(out, "\t)\n\tfor word in ${words[2,CURRENT-1]}; do\n\t\t[[ -n ${commands[(r)$word:*]} ]] && { command=$word; break }\n\tdone\n"
	    "\tcase $command in\n");
	for (size_t k = 0; (c = options_command(k)) != NULL; k++) {
		buf_printf(out, "\t%s) options=(\n", c->name);
		for (size_t i = 0; i < OPT_COUNT; i++) {
			const struct option_row *o = options_row(i);
			const struct values *v = o->arg != NULL ? values_of(o) : NULL;

			if ((o->commands & c->bit) == 0 || hidden(o))
				continue;
			buf_printf(out, "\t\t'*--%s%s[", o->name, o->arg != NULL ? "=" : "");
			put_help(out, o->help, "'[]:");
			buf_putc(out, ']');
			if (o->arg != NULL) {
				buf_putc(out, ':');
				put_help(out, o->arg, "'[]:");
				if (v == NULL)
					buf_puts(out, ":_files");
				else if (*v->command != '\0')
					buf_printf(out, ":(%s ${(f)\"$(wirelint %s 2>/dev/null | sed \"s/ .*//\")\"})", v->words, v->command);
				else
					buf_printf(out, ":(%s)", v->words);
			}
			buf_puts(out, "'\n");
		}
		buf_puts(out, "\t\t) ;;\n");
	}
	buf_puts(out, "\tesac\n\tif ((CURRENT == 2)) && [[ $PREFIX != -* ]]; then\n\t\t_describe command commands\n\t\t_files\n\t\treturn\n\tfi\n"
	    "\tcase $command in\n"
	    "\tcompletion) _arguments $options '*:shell:(completion bash zsh fish)' ;;\n"
	    "\tbaseline) _arguments $options '*:action:(baseline create update prune show)' ;;\n"
	    "\texplain) _arguments $options '*:rule:(explain ${(f)\"$(wirelint rules 2>/dev/null | sed \"s/ .*//\")\"})' ;;\n"
	    "\t*) _arguments $options '*:file:_files' ;;\n\tesac\n}\n"
	    "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _wirelint \"$@\"; else compdef _wirelint wirelint; fi\n");
}

/* ---- fish ---- */

static void
fish(struct buf *out)
{
	const struct command_row *c;

	buf_puts(out, "# wirelint's completion for fish: wirelint completion fish > ~/.config/fish/completions/wirelint.fish\n");
	for (size_t k = 0; (c = options_command(k)) != NULL; k++) {
		buf_printf(out, "complete -c wirelint -n __fish_use_subcommand -a %s -d '", c->name);
		put_help(out, c->help, "'");
		buf_puts(out, "'\n");
		for (size_t i = 0; i < OPT_COUNT; i++) {
			const struct option_row *o = options_row(i);
			const struct values *v = o->arg != NULL ? values_of(o) : NULL;

			if ((o->commands & c->bit) == 0 || hidden(o))
				continue;
			buf_puts(out, "complete -c wirelint -n '");
			if (c->bit == CMD_CHECK) {
				buf_puts(out, "not __fish_seen_subcommand_from ");
				put_commands(out, CMD_CHECK);
			} else {
				buf_printf(out, "__fish_seen_subcommand_from %s", c->name);
			}
			buf_printf(out, "' -l %s", o->name);
			if (o->brief != 0)
				buf_printf(out, " -s %c", o->brief);
			if (o->arg != NULL && v == NULL)
				buf_puts(out, " -r");
			else if (v != NULL && *v->command != '\0')
				buf_printf(out, " -x -a \"%s (wirelint %s 2>/dev/null | string replace -r ' .*' '')\"", v->words, v->command);
			else if (v != NULL)
				buf_printf(out, " -x -a '%s'", v->words);
			buf_puts(out, " -d '");
			put_help(out, o->help, "'");
			buf_puts(out, "'\n");
		}
	}
	buf_puts(out, "complete -c wirelint -f -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'\n"
	    "complete -c wirelint -f -n '__fish_seen_subcommand_from baseline' -a 'create update prune show'\n"
	    "complete -c wirelint -f -n '__fish_seen_subcommand_from explain' -a \"(wirelint rules 2>/dev/null | string replace -r ' .*' '')\"\n");
}

int
command_completion(const struct options *o)
{
	static const struct { const char *name; void (*make)(struct buf *); } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
	struct buf out;

	if (o->nwords != 1) {
		options_complain("completion takes one shell, expected bash, zsh or fish");
		return 2;
	}
	for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
		if (strcmp(o->words[0], shells[i].name) != 0)
			continue;
		buf_init(&out);
		shells[i].make(&out);
		fwrite(out.s, 1, out.n, stdout);
		buf_release(&out);
		return 0;
	}
	options_unknown("shell", o->words[0], strlen(o->words[0]), NULL, ", expected bash, zsh or fish");
	return 2;
}
