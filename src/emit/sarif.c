/* SARIF 2.1.0, one run: what static analysis tools tell of what they found.
 *
 * Paths are relative to the folder that wirelint ran in, SRCROOT, whose own address is not told, so that the document is the same
 * everywhere.  Columns are code points; UTF-16 units where --column-unit says so; SARIF knows no others.  Rules are described as far as
 * results name them.  Findings that were let pass are results, too: with a suppression, or as unchanged since the baseline; and
 * what is in the baseline alone, as absent. */
#include "emit/sarif.h"

#include "util/json.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_RESULTS = 25000 };		/* what GitHub takes of one run */

static const char schema[] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
static const char *const rank_names[SARIF_RANKS] = { "errors", "warnings", "notes", "suppressed findings", "baselined findings",
	"findings that are in the baseline alone" };

/* How many of each rank there is room for; true: for all. */
static bool
find_room(const size_t n[SARIF_RANKS], size_t room[SARIF_RANKS])
{
	size_t left = MOST_RESULTS;
	bool all = true;

	for (int i = 0; i < SARIF_RANKS; i++) {
		room[i] = n[i] < left ? n[i] : left;
		left -= room[i];
		all = all && room[i] == n[i];
	}
	return all;
}

static void
put_notification(struct buf *out, bool first, const char *level, const struct buf *text)
{
	buf_printf(out, "%s{\"level\":\"%s\",\"message\":{\"text\":", first ? "" : ",", level);
	json_string(out, text->s, text->n);
	buf_puts(out, "}}");
}

static void
put_invocation(struct buf *out, const struct totals *t, const size_t n[SARIF_RANKS], const size_t room[SARIF_RANKS], bool all)
{
	struct buf text = BUF_INIT;
	bool first = true;

	buf_printf(out, "\"invocations\":[{\"executionSuccessful\":%s,\"exitCode\":%d,\"toolExecutionNotifications\":[",
	    t->fatal != 0 ? "false" : "true", t->fatal != 0 ? 2 : t->failed ? 1 : 0);
	if (t->fatal != 0) {
		buf_printf(&text, "%zu of the results tell%s of what could not be checked", t->fatal, t->fatal == 1 ? "s" : "");
		put_notification(out, first, "error", &text);
		first = false;
	}
	if (!all) {
		buf_clear(&text);
		buf_printf(&text, "more than %d results: left out are", MOST_RESULTS);
		for (int i = SARIF_RANKS - 1, any = 0; i >= 0; i--)
			if (room[i] < n[i])
				buf_printf(&text, "%s %zu of %zu %s", any++ ? "," : "", n[i] - room[i], n[i], rank_names[i]);
		put_notification(out, first, "warning", &text);
		first = false;
	}
	if (t->nskipped != 0) {
		buf_clear(&text);
		buf_printf(&text, "%zu %s skipped", t->nskipped, t->nskipped == 1 ? "file or item was" : "files or items were");
		put_notification(out, first, "note", &text);
	}
	buf_puts(out, "]}]");
	buf_release(&text);
}

static void
put_tool(struct buf *out, const struct emit_options *opt, const struct sarif_rules *rules)
{
	buf_puts(out, "\"tool\":{\"driver\":{\"name\":\"wirelint\",\"version\":");
	json_cstring(out, opt->version);
	buf_puts(out, ",\"rules\":[");
	sarif_rules_put(out, rules, opt);
	buf_puts(out, "]}}");
}

/* Those that there is room for, in their order. */
static void
put_results(struct buf *out, const struct buf *pieces, const size_t room[SARIF_RANKS], const struct sarif_rules *rules)
{
	size_t used[SARIF_RANKS] = { 0 }, at = 0;
	bool first = true;
	struct piece p;

	while (piece_next(pieces, &at, &p)) {
		size_t id = strlen(p.s) + 1;

		if (used[p.rank]++ >= room[p.rank])
			continue;
		buf_puts(out, first ? "\n{\"ruleId\":" : ",\n{\"ruleId\":");
		json_cstring(out, p.s);
		buf_printf(out, ",\"ruleIndex\":%zu,", sarif_rules_index(rules, p.s));
		buf_add(out, p.s + id, p.n - id);
		buf_putc(out, '}');
		first = false;
	}
}

static void
sarif_whole(struct buf *out, const struct emit_options *opt, const struct totals *t, const struct buf *pieces)
{
	size_t n[SARIF_RANKS] = { 0 }, room[SARIF_RANKS], used[SARIF_RANKS] = { 0 }, at = 0;
	struct sarif_rules rules = { NULL, 0, 0 };
	struct piece p;
	bool all;

	while (piece_next(pieces, &at, &p))
		n[p.rank]++;
	all = find_room(n, room);
	for (at = 0; piece_next(pieces, &at, &p);)
		if (used[p.rank]++ < room[p.rank])
			sarif_rules_add(&rules, p.s);
	buf_printf(out, "{\"$schema\":\"%s\",\"version\":\"2.1.0\",\"runs\":[{\n", schema);
	put_tool(out, opt, &rules);
	buf_printf(out, ",\n\"columnKind\":\"%s\",\n", opt->unit == COLUMN_UTF16 ? "utf16CodeUnits" : "unicodeCodePoints");
	buf_puts(out, "\"originalUriBaseIds\":{\"SRCROOT\":{\"description\":{\"text\":\"The folder that wirelint ran in.\"}}},\n");
	put_invocation(out, t, n, room, all);
	buf_puts(out, ",\n\"results\":[");
	put_results(out, pieces, room, &rules);
	buf_puts(out, "\n]}]}\n");
	free(rules.ids);
}

const struct emitter emitter_sarif = {
	.name = "sarif",
	.title = "SARIF 2.1.0, a JSON document for code scanning: results with their rules, fixes and suppressions",
	.shows_passed = true,
	.shows_absent = true,
	.file = sarif_results,
	.whole = sarif_whole,
};
