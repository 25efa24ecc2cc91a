/* wirelint: from the command line to a command. */
#include "command/commands.h"
#include "options.h"
#include "run/run.h"

#include <malloc.h>
#include <stdio.h>

int
main(int argc, char **argv)
{
	struct options o;
	int status = 2;

	/* What a long file has needed goes back to the system at once: by itself malloc() would soon take tens of megabytes from one
	 * heap, which keeps what lies below its last piece. */
	mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
	if (options_parse(&o, argc, argv)) {
		if (options_has(&o, OPT_HELP)) {
			options_help(o.command);
			status = 0;
		} else if (options_has(&o, OPT_VERSION)) {
			printf("wirelint %s\n", PACKAGE_VERSION);
			status = 0;
		} else if (o.command == CMD_CHECK)
			status = run_check(&o);
		else if (o.command == CMD_BASELINE)
			status = command_baseline(&o);
		else
			status = command_run(&o);
	}
	options_release(&o);
	if ((fflush(stdout) != 0 || ferror(stdout)) && status != 2) {
		options_complain("cannot write standard output");
		status = 2;
	}
	return status;
}
