/* The files of a command that only reads them, and how each is read. */
#ifndef WL_RUN_FILES_H
#define WL_RUN_FILES_H

#include "desk/desk.h"
#include "files/walk.h"
#include "finding.h"
#include "options.h"

#include <stdbool.h>
#include <stddef.h>

struct pipeline;

struct run_files {
	struct desks desks;
	struct walk walk;
	struct governed **governed;	/* by input */
	struct finding_list errors;
	bool skip_unknown;
	long jobs;
};

void run_files_init(struct run_files *f);
void run_files_release(struct run_files *f);
/* From the command line; what could not be read is in `errors`.  false: wrong use, said. */
bool run_files_take(struct run_files *f, const struct options *o);
/* How the pipeline reads an input, by number. */
void run_files_govern(const struct run_files *f, struct pipeline *p, size_t number);
/* Is the input no article, and that no error? */
bool run_files_is_skip(const struct run_files *f, size_t number, const struct finding_list *l);

#endif
