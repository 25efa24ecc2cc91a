/* The files of a command that only reads them. */
#include "run/run_files.h"

#include "match/matcher.h"
#include "run/run.h"
#include "run/run_options.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
run_files_init(struct run_files *f)
{
	memset(f, 0, sizeof *f);
	finding_list_init(&f->errors);
	walk_init(&f->walk);
}

void
run_files_release(struct run_files *f)
{
	free(f->governed);
	walk_release(&f->walk);
	desks_release(&f->desks);
	finding_list_release(&f->errors);
}

bool
run_files_take(struct run_files *f, const struct options *o)
{
	const struct settings *all;
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (!desks_init(&f->desks, o, &f->errors))
		return false;
	all = &desks_run(&f->desks, o->words, o->nwords)->settings;
	f->skip_unknown = settings_bool(all, KEY_SKIP_UNKNOWN);
	f->jobs = settings_number(all, KEY_JOBS, processors < 1 ? 1 : processors);
	if (!run_inputs(&f->walk, &f->desks, all, &f->errors))
		return false;
	run_once(&f->walk);
	f->governed = xcalloc(f->walk.ninputs + 1, sizeof(struct governed *));
	for (size_t i = 0; i < f->walk.ninputs; i++)
		f->governed[i] = desks_file(&f->desks, f->walk.inputs[i].path);
	if (!desks_settle(&f->desks, MATCH_TRIGGERED)) {
		run_print_errors(&f->errors);
		return false;
	}
	return true;
}

void
run_files_govern(const struct run_files *f, struct pipeline *p, size_t number)
{
	run_govern(p, f->governed[number]);
}

bool
run_files_is_skip(const struct run_files *f, size_t number, const struct finding_list *l)
{
	return run_is_skip(&f->walk.inputs[number], f->skip_unknown, l);
}
