/* Private to html*.c.
 *
 * The way of an article into the page: html_story.c notes what is read while it is there (article()); when the findings are known
 * html_place.c finds where in the blocks they lie, html_article.c writes the article with its marks, html_card.c what is said of each
 * finding.  That is a piece; other pieces count.  html_sums.c adds pieces up and keeps those that are shown; html_page.c and html_overview.c
 * make the page of them. */
#ifndef WL_HTML_INT_H
#define WL_HTML_INT_H

#include "emitter.h"
#include "emit/pieces.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is shown.  doc/wirelint.1 says these numbers, and the page says what was left out. */
enum {
	MOST_ARTICLES = 300,		/* in full */
	MOST_CLEAN = 10,		/* articles of a run at most, where those that nothing is wrong with are shown too */
	MOST_BYTES = 12 * 1024 * 1024,	/* of articles */
	MOST_FILES = 1000,		/* rows of the table */
	MOST_FINDINGS = 400,		/* of an article, or a file without one */
	MOST_PASSED = 200,		/* the same of those that were let pass */
	MOST_NOTES = 20,		/* of a finding */
	MOST_EDITS = 6,			/* of a fix */
	MOST_UNITS = 50000,		/* blocks and fields of an article that are noted */
	LONG_STORY = 200 * 1024,	/* bytes of text from which on an article is shown in extracts */
};

/* ---- html_text.c: bytes as text of a page that is XML, too ---- */

/* Characters that nobody would see are named, in a span of class "odd". */
void html_text(struct buf *out, const char *s, size_t n);
void html_words(struct buf *out, const char *s);
/* For a value in double quotes. */
void html_value(struct buf *out, const char *s);
void html_path(struct buf *out, const char *path);	/* NULL: "wirelint"; without ./ before it */
/* No more than about `most` bytes, and a sign where it is cut. */
void html_cut(struct buf *out, const char *s, size_t n, size_t most);
/* 12345 as 12,345. */
void html_number(struct buf *out, size_t n);
/* "3 errors". */
void html_count(struct buf *out, size_t n, const char *one, const char *many);
const char *html_class(const struct finding *f);	/* "fatal", "error", "warning", "note" */
/* A mark in a piece for the number of the article in the page, which html_number_in() puts there. */
#define HTML_HERE "\001"
void html_number_in(struct buf *out, const char *s, size_t n, size_t number);

/* ---- html_story.c: what is noted of an article ---- */

struct html_seg { uint32_t n, src, src_len, other; };	/* bytes of text; where they stand; UINT32_MAX: the same bytes, else in story->other */
struct html_unit {			/* a block or a field */
	uint32_t seg, nsegs;
	uint32_t a, z;			/* the decoded source that it reaches over */
	uint32_t n;			/* bytes of its text */
	uint8_t field, kind, weak, blank;
};
struct html_story {
	uint32_t nunits, nsegs, nother, dropped;	/* dropped: units over MOST_UNITS */
	struct extent whole;
	uint32_t text_n;		/* bytes of all blocks */
	struct html_unit *units;	/* fields, then blocks */
	struct html_seg *segs;
	char *other;
	char *item, *lang, *format, *origin;	/* item: NULL in a file of one; origin: whom the copy is of, "" if not known */
};
void html_story_note(struct buf *out, const struct article *a);
/* What was noted, taken out of the buffer; *n of them, to be freed by html_stories_free(). */
struct html_story *html_stories_take(struct buf *out, size_t *n);
void html_stories_free(struct html_story *stories, size_t n);
/* The text of a unit: in the source, or put together in `room`. */
const char *html_unit_text(const struct html_story *s, const struct html_unit *u, const struct source *src, struct buf *room);

/* ---- html_place.c: findings in blocks ---- */

struct html_mark {
	size_t unit;
	uint32_t a, z;			/* bytes of its text; equal: something is missing there */
	uint32_t number;		/* of the finding, from 1 */
	uint32_t note;			/* from 1: what a note speaks of; 0: the finding itself */
	bool first, last;		/* of the finding's marks */
};
struct html_shown {			/* a finding that is shown */
	const struct finding *f;
	size_t unit;			/* where its card stands; SIZE_MAX: at the head */
};
/* The articles of a file with their findings. */
struct html_file {
	const struct emit_options *opt;
	struct source *src;
	struct emit_places places;
	struct html_story *stories;
	size_t nstories;
	struct html_at { uint32_t a, z, furthest, story, unit; } *index;	/* all units by place */
	size_t nindex;
};
void html_file_init(struct html_file *h, const struct emit_options *opt, struct source *src, struct buf *out);
void html_file_release(struct html_file *h);
/* The story that the finding is of; nstories: of none. */
size_t html_story_of(const struct html_file *h, const struct finding *f);
struct html_marks { struct html_mark *v; size_t n, cap; };
/* Marks of findings and of the places of their notes, by unit and place; sets each one's unit. */
void html_marks_make(const struct html_file *h, size_t story, struct html_shown *shown, size_t n, struct html_marks *out);

/* ---- html_card.c: what is said of a finding ---- */

void html_card(struct buf *out, struct html_file *h, const struct finding *f, uint32_t number, const struct html_marks *marks, bool head);
void html_passed(struct buf *out, struct html_file *h, const struct finding **v, size_t n);

/* ---- html_article.c ---- */

/* `story` h->nstories: what belongs to no article of the file. */
void html_article(struct buf *out, struct html_file *h, size_t story, const char *path, const struct finding **v, size_t n,
    const struct finding **passed, size_t npassed);

/* ---- html_sums.c: pieces ---- */

enum html_rank { HTML_RULE, HTML_SOURCE, HTML_FILE, HTML_ARTICLE, HTML_MORE_FILES, HTML_MORE_ARTICLES, HTML_RANKS };
enum { COUNT_FATAL, COUNT_ERROR, COUNT_WARNING, COUNT_NOTE, COUNT_PASSED, COUNTS };
struct html_tally { uint32_t counts[COUNTS], files, articles, clean; };	/* clean: of the articles, those without a finding */
struct html_piece {
	struct html_tally tally;
	const char *key;		/* rule, source or path */
	const char *body;		/* an article's page; the rules of a file, parted by blanks */
	size_t nbody;
};
void html_piece_begin(struct buf *out, enum html_rank rank, const struct html_tally *t, const char *key, size_t *begun);
struct html_pieces { struct html_piece *v[HTML_RANKS]; size_t n[HTML_RANKS], cap[HTML_RANKS]; };
/* Added up and chosen: rules and sources by number of findings, files and articles the worst first. */
void html_pieces_take(struct html_pieces *p, const struct buf *pieces);
void html_pieces_release(struct html_pieces *p);
void html_trim(struct buf *pieces);
void html_count_in(struct html_tally *t, const struct finding *f);
uint32_t html_findings(const struct html_tally *t);	/* all that count */

/* ---- html_overview.c, html_page.c ---- */

/* A bar of what counts, a part a severity; `most` is as wide as it gets. */
void html_bar(struct buf *out, const struct html_tally *t, uint32_t most);
void html_overview(struct buf *out, const struct html_pieces *p);
void html_whole(struct buf *out, const struct emit_options *opt, const struct totals *t, const struct buf *pieces);

#endif
