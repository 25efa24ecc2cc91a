/* A finding is a value: rule, severity, certainty, place, message, notes, fixes, fingerprint.  Nothing prints it but an
 * emitter.  All strings of a list live in its arena. */
#ifndef WL_FINDING_H
#define WL_FINDING_H

#include "article.h"
#include "source/source.h"
#include "util/arena.h"

#include <stddef.h>
#include <stdint.h>

/* What it means for the desk.  error: a contract, licence or embargo is breached, provenance is stated falsely, or the
 * text cannot be published.  warning: a policy breach that an editor would fix.  note: a house preference, or weak
 * evidence. */
enum severity { SEV_OFF, SEV_NOTE, SEV_WARNING, SEV_ERROR };
const char *severity_name(enum severity s);			/* "off", "note", "warning", "error" */
bool severity_parse(const char *s, size_t n, enum severity *out);

enum fix_class { FIX_SAFE, FIX_UNSAFE, FIX_DISPLAY };
const char *fix_class_name(enum fix_class c);

struct edit { struct span at; const char *text; };	/* text: in UTF-8, with the references and escapes that the place asks for */
struct fix {
	enum fix_class class;
	const char *description;
	struct edit *edits;
	size_t nedits;
};
struct note {
	const char *message;
	const char *path;		/* the file the span lies in; NULL: the finding's own */
	struct source *src;		/* that other file, which lives until the findings are printed; NULL: it is not at hand, or there is none */
	struct span at;
};

/* Why a finding is none of those that count, though its rule fired. */
enum let_pass { PASS_NOT, PASS_COMMENT, PASS_WAIVER, PASS_BASELINE };

struct finding {
	const char *rule;		/* "caption/duplicate-lead", "input/empty" */
	const char *link;		/* the policy's address; NULL if none */
	const char *path;
	const char *item;		/* NULL in a file of one article */
	const char *block;		/* name of the kind it lies in; NULL if none */
	enum severity severity;
	enum certainty certainty;
	bool fatal;			/* something could not be checked: exit status 2, not suppressible */
	bool placed;			/* it has a place in the file; false: the file as a whole could not be read */
	struct span at;
	const char *message;
	struct note *notes;
	size_t nnotes;
	struct fix *fixes;
	size_t nfixes;
	uint64_t fingerprint;		/* hash(rule, marked text, three words either side, ordinal) */
	enum let_pass pass;		/* of those in finding_list.passed */
	const char *pass_reason;	/* what the comment or the waiver says; NULL: not known */
};

struct finding_list {
	struct finding *v;
	size_t n, cap;
	struct finding *passed;		/* those that were let pass, in no order; only where keeps_passed is set */
	size_t npassed, cappassed;
	struct finding *absent;		/* of the baseline, and found no more; in no order; only where keeps_absent is set */
	size_t nabsent, capabsent;
	bool keeps_passed, keeps_absent;	/* stay over finding_list_reset() */
	struct arena arena;
};

void finding_list_init(struct finding_list *l);
void finding_list_reset(struct finding_list *l);
void finding_list_release(struct finding_list *l);
/* A new finding, zeroed, at the end. */
struct finding *finding_add(struct finding_list *l);
/* Order: place (unplaced first), then longer span, then rule id, then message.  Doubles (same rule, place, message and item)
 * go. */
void finding_list_sort(struct finding_list *l);
/* Items of a file may share an id: of equal fingerprints the second becomes another.  The list is sorted. */
void finding_list_number(struct finding_list *l);
/* This one is let pass: it is kept with those, if the list keeps them.  The caller takes it out of the list.  `reason` is copied. */
void finding_pass(struct finding_list *l, const struct finding *f, enum let_pass how, const char *reason, size_t nreason);
/* Drops what is below a severity, but nothing that is fatal. */
void finding_list_at_least(struct finding_list *l, enum severity least);

/* The tool's own findings, of message.def: what could not be checked.  `fmt` arguments follow the message's text. */
enum message_id {
#define MESSAGE(id, name, severity, text) MSG_##id,
#include "message.def"
#undef MESSAGE
	MSG_COUNT
};
struct message { const char *name; enum severity severity; const char *text; };
extern const struct message messages[MSG_COUNT];
/* Adds the message for `path`, without a place (set f->placed and f->at after it where there is one). */
struct finding *finding_message(struct finding_list *l, enum message_id id, const char *path, ...);

#endif
