/* What the files of the language server share.
 *
 *	lsp.c		the loop: messages in, out, and what is due; who answers what
 *	lsp_wire.c	frames and JSON-RPC: bytes to messages, answers to bytes
 *	lsp_doc.c	documents: opened, changed, saved, closed
 *	lsp_text.c	their text: edits, places
 *	lsp_settings.c	what client and command line set
 *	lsp_desk.c	configurations, rules and policies of the open documents; checking one
 *	lsp_answer.c	findings, parts and rules as the protocol's diagnostics, symbols, hovers
 *	lsp_action.c	code actions: fixes, and comments that let pass
 *
 * One thread.  Whatever the client has sent is read before anything is begun that takes time, and again when it is done: so a request is
 * known to be cancelled, and a result to be stale, before it is sent. */
#ifndef WL_LSP_INT_H
#define WL_LSP_INT_H

#include "desk/desk.h"
#include "finding.h"
#include "lint/pipeline.h"
#include "lsp/lsp.h"
#include "run/run_upstream.h"
#include "util/arena.h"
#include "util/buf.h"
#include "util/json_tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

struct accept;

/* ---- text (lsp_text.c) ---- */

/* What a `character` counts. */
enum lsp_units { LSP_UTF8, LSP_UTF16, LSP_UTF32 };
extern const char *const lsp_unit_names[];	/* "utf-8" ...; NULL at the end */

/* Both count from 0. */
struct lsp_place { uint32_t line, character; };

/* UTF-8, valid but for files from the disk; lines end with LF, CRLF or a lone CR. */
struct lsp_text {
	struct buf s;
	uint32_t *lines;		/* where each begins */
	size_t nlines, caplines;
	bool cut;			/* `lines` is that of this text */
	struct { size_t line; uint32_t at, character; } last;	/* a place that was counted, for the next in its line */
};
void lsp_text_init(struct lsp_text *t);
void lsp_text_release(struct lsp_text *t);
void lsp_text_splice(struct lsp_text *t, uint32_t a, uint32_t z, const char *s, size_t n);
/* Behind a line's end, its end; behind the last line, the end; inside of a character, its beginning. */
uint32_t lsp_text_offset(struct lsp_text *t, struct lsp_place p, enum lsp_units units);
struct lsp_place lsp_text_place(struct lsp_text *t, uint32_t at, enum lsp_units units);
/* Where the line that holds `at` begins. */
uint32_t lsp_text_line(struct lsp_text *t, uint32_t at);

/* A change of a text: bytes of it, and what takes their place. */
struct lsp_edit { struct span at; const char *s; size_t n; };
/* What makes `new` of `old`, in order, as small as lines and what they have in common tell; to be freed. */
struct lsp_edit *lsp_text_diff(struct lsp_text *old, struct lsp_text *new, size_t *n);

/* A part of an article, for symbols and for what "the paragraph" is. */
struct lsp_part {
	const char *name;		/* "paragraph", "byline" */
	const char *words;		/* how it begins */
	struct span at;
	uint32_t article, paragraph;
	bool field;			/* of its metadata; no paragraph */
};
struct lsp_article { const char *format, *item; };

struct lsp_doc {
	char *uri, *path;		/* path NULL: it is no file */
	struct lsp_text text;
	long long version;
	bool versioned;
	uint64_t edits;			/* how often it has changed; 1 when it was opened */
	bool typing;			/* changed since it was opened or saved, last at `edited` */
	uint32_t edited;
	int64_t due;			/* when its diagnostics are to be sent, in ms; 0: nothing is due */
	bool shown;			/* the client has diagnostics of it that are not empty */
	/* What the check of its state number `checked` came to, under the desk of that number. */
	uint64_t checked, desk;
	bool on;			/* false: nothing is said of it */
	struct governed *governed;	/* the desk's */
	struct finding_list findings;
	struct lsp_part *parts;		/* in order of their articles; strings in `arena` */
	size_t nparts, capparts;
	struct lsp_article *articles;
	size_t narticles, caparticles;
	struct arena arena;
};

/* ---- messages (lsp_wire.c) ---- */

enum {
	LSP_PARSE_ERROR = -32700, LSP_INVALID_REQUEST = -32600, LSP_NO_METHOD = -32601, LSP_INVALID_PARAMS = -32602,
	LSP_NOT_INITIALIZED = -32002, LSP_CANCELLED = -32800
};

struct lsp_message {
	char *raw;
	size_t n;
	struct arena arena;
	const struct json *root, *id, *params;	/* id NULL: a notification */
	char *method;			/* in the arena; NULL: a response */
	int error;			/* what is wrong with it as a message; 0 */
	bool cancelled;
	struct lsp_message *next;
};

struct lsp_wire {
	struct buf in, out;
	size_t taken, sent;		/* of `in`, of `out` */
	struct lsp_message *first, *last;	/* read and not yet handled */
	struct lsp_message *now;	/* being handled */
	bool ended, broken;		/* no more comes; nobody listens, or what comes is no protocol */
};

void lsp_wire_release(struct lsp_wire *w);
/* Reads and writes what can be, waiting at most so long (ms; -1: for ever) until something can. */
void lsp_wire_turn(struct lsp_wire *w, int wait);
struct lsp_message *lsp_wire_take(struct lsp_wire *w);		/* the next; NULL */
void lsp_message_free(struct lsp_message *m);
void lsp_wire_flush(struct lsp_wire *w);

void lsp_send(struct lsp_wire *w, const struct buf *body);
void lsp_result(struct lsp_wire *w, const struct lsp_message *m, const struct buf *result);	/* result NULL: null */
void lsp_error(struct lsp_wire *w, const struct lsp_message *m, int code, const char *text);	/* m NULL: of nothing known */
void lsp_notify(struct lsp_wire *w, const char *method, const struct buf *params);

/* Values.  NULL or another kind of value: what `otherwise` says, or NULL. */
char *lsp_string(const char *raw, struct arena *arena, const struct json *v);
bool lsp_bool(const struct json *v, bool otherwise);
bool lsp_number(const char *raw, const struct json *v, long long *out);

/* ---- settings (lsp_settings.c) ---- */

enum lsp_enable { LSP_WHERE_CONFIGURED, LSP_ALWAYS, LSP_NEVER };
struct lsp_settings {
	enum lsp_enable enable;
	long long debounce;		/* ms */
	bool unsafe_fixes, hold_back, pull;
	const char **reasons;
	size_t nreasons, capreasons;
	struct given *given;		/* options that the client sets */
	size_t ngiven, capgiven;
	struct arena arena;
};
struct lsp;
void lsp_settings_reset(struct lsp_settings *s, const struct options *o);
void lsp_settings_release(struct lsp_settings *s);
/* What an object of the client says, onto what is there.  Mistakes are appended to `wrong`, a line each. */
void lsp_settings_apply(struct lsp_settings *s, const char *raw, const struct json *v, struct buf *wrong);
/* The command line and the settings as one; `bare`: without what the client sets.  Strings are theirs. */
void lsp_settings_options(const struct lsp_settings *s, const struct options *o, bool bare, struct options *out);

/* ---- all ---- */

struct lsp_can {			/* the client */
	bool related, versions_in_edits, literals, markdown, nested_symbols, configuration, watches, links, refreshes;
};

struct lsp {
	const struct options *options;
	struct lsp_wire wire;
	struct lsp_settings settings;
	struct lsp_can can;
	enum lsp_units units;
	bool initialized, shut, over;
	int status;
	pid_t client;			/* 0: not known */
	char *initial, *configured;	/* settings as the client sent them, in JSON; NULL: none */
	long long asked;		/* the number of the last request for its configuration; 0: none is open */
	long long requests;
	char *said;			/* of the settings or configurations, last */
	struct lsp_doc **docs;
	size_t ndocs, capdocs;

	/* the desk (lsp_desk.c) */
	struct options merged;
	struct desks desks;
	bool live;			/* desks is made */
	bool wanted;			/* it must be made anew */
	bool usable;			/* and rules are loaded */
	uint64_t desk;			/* its number */
	struct finding_list errors;
	struct accept *accept;
	struct lint **lints;
	int64_t clock;			/* what the policies' time is */
	struct lsp_watch { char *path; bool there; off_t size; struct timespec changed; ino_t ino; } *watches;
	size_t nwatches, capwatches;
	char **told;			/* URIs of configurations with diagnostics */
	size_t ntold, captold;
	struct lsp_upstream { char *path; struct upstream *all; struct run_upstream reader; } *upstreams;	/* one a file or folder named */
	size_t nupstreams, capupstreams;
	struct pipeline pipeline;
	struct lsp_doc *checking;	/* whose parts are collected; NULL */
	const struct lsp_doc *read;	/* whose text, as it is, the pipeline has read last; NULL: another text */
	struct run_upstream *comparing;	/* NULL: nothing is compared */
};

/* lsp_doc.c: what comes, and what stands in a message; false or NULL: it is not there, or of another kind */
int64_t lsp_now(void);				/* ms, of a clock that nobody sets */
struct lsp_doc *lsp_doc_find(struct lsp *s, const char *uri, size_t *at);	/* `at` may be NULL: its number */
void lsp_doc_free(struct lsp_doc *d);
const char *lsp_uri(struct lsp_message *m);
bool lsp_place(struct lsp_message *m, const struct json *v, struct lsp_place *p);
bool lsp_span(struct lsp *s, struct lsp_doc *d, struct lsp_message *m, const struct json *range, struct span *at);
void lsp_did_open(struct lsp *s, struct lsp_message *m);
void lsp_did_change(struct lsp *s, struct lsp_message *m);
void lsp_did_save(struct lsp *s, struct lsp_message *m);
void lsp_did_close(struct lsp *s, const char *uri);

/* lsp_desk.c */
void lsp_desk_release(struct lsp *s);
/* The document's findings and parts are those of its text and of the configurations on the disk. */
void lsp_check(struct lsp *s, struct lsp_doc *d);
/* The configurations on the disk are those that hold; where they have changed, the diagnostics of all documents are due. */
void lsp_desk_look(struct lsp *s);
/* Findings of another text in the place of the document's; d->findings and d->parts stay.  Articles and format: pipeline's. */
void lsp_check_text(struct lsp *s, struct lsp_doc *d, const char *text, size_t n, struct finding_list *out);
/* Is the document a configuration, waivers or a baseline by its name? */
bool lsp_is_ours(const char *path);

/* lsp_answer.c */
char *lsp_path(const char *uri);				/* of a file: URI; NULL; to be freed */
void lsp_put_uri(struct buf *out, const char *path);		/* as a JSON string */
void lsp_put_range(struct buf *out, struct lsp_text *t, struct span at, enum lsp_units units);
void lsp_put_diagnostic(struct lsp *s, struct buf *out, struct lsp_doc *d, const struct finding *f);
void lsp_put_diagnostics(struct lsp *s, struct buf *out, struct lsp_doc *d);	/* an array, without what is held back */
bool lsp_held_back(const struct lsp *s, const struct lsp_doc *d, const struct finding *f);
void lsp_publish(struct lsp *s, struct lsp_doc *d);		/* what the check came to */
void lsp_publish_errors(struct lsp *s);				/* of configurations */
void lsp_put_symbols(struct lsp *s, struct buf *out, struct lsp_doc *d);
bool lsp_put_hover(struct lsp *s, struct buf *out, struct lsp_doc *d, uint32_t at);	/* false: there is nothing */
void lsp_say(struct lsp *s, int type, const char *text);	/* window/showMessage; 1 error, 2 warning */
const struct rule *lsp_rule(const struct lsp_doc *d, const struct finding *f);	/* NULL: the tool's own message */

/* lsp_action.c: an array of actions for what meets the range; `only` NULL: of any kind */
void lsp_put_actions(struct lsp *s, struct buf *out, struct lsp_doc *d, struct span at, const char *const *only, size_t nonly);
extern const char lsp_action_kinds[];		/* a JSON array */

#endif
