/* Findings as results of SARIF. */
#include "emit/sarif.h"

#include "util/json.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A path as a relative reference, or with file: where it is absolute.  Only what stands for itself in any part of an address does. */
static void
put_uri(struct buf *out, const char *path)
{
	bool absolute = path[0] == '/';

	path = emit_path_begin(path);
	buf_puts(out, absolute ? "\"file://" : "\"");
	for (; *path != '\0'; path++)
		if ((*path >= 'a' && *path <= 'z') || (*path >= 'A' && *path <= 'Z') || strchr("0123456789/-._~!$&()+,;=@", *path) != NULL)
			buf_putc(out, *path);
		else
			buf_printf(out, "%%%02X", (unsigned char)*path);
	buf_puts(out, absolute ? "\"" : "\",\"uriBaseId\":\"SRCROOT\"");
}

static void
put_artifact(struct buf *out, const char *path)
{
	buf_puts(out, "\"artifactLocation\":{\"uri\":");
	put_uri(out, path);
	buf_putc(out, '}');
}

static void
put_region(struct buf *out, const char *name, struct emit_places *places, struct span at)
{
	struct place from = emit_place(places, at.a), to = emit_place(places, at.z);

	buf_printf(out, "\"%s\":{\"startLine\":%u,\"startColumn\":%u,\"endLine\":%u,\"endColumn\":%u,\"byteOffset\":%u,\"byteLength\":%u}", name,
	    (unsigned)from.line, (unsigned)from.column, (unsigned)to.line, (unsigned)to.column, (unsigned)at.a, (unsigned)(at.z - at.a));
}

/* `places` NULL: the file as a whole. */
static void
put_physical(struct buf *out, const char *path, struct emit_places *places, struct span at)
{
	buf_puts(out, "\"physicalLocation\":{");
	put_artifact(out, path);
	if (places != NULL) {
		buf_putc(out, ',');
		put_region(out, "region", places, at);
	}
	buf_putc(out, '}');
}

static void
put_locations(struct buf *out, struct emit_places *places, const struct finding *f)
{
	if (f->path == NULL)
		return;
	buf_puts(out, ",\"locations\":[{");
	put_physical(out, f->path, emit_finding_placed(f, places->src) ? places : NULL, f->at);
	buf_puts(out, "}]");
}

static void
put_notes(struct buf *out, struct emit_places *places, const struct finding *f)
{
	for (size_t i = 0; i < f->nnotes; i++) {
		const struct note *n = &f->notes[i];
		const char *path = n->path != NULL ? n->path : f->path;
		struct emit_places other, *in = emit_note_places(places, n, &other);

		buf_printf(out, "%s{\"id\":%zu,", i == 0 ? ",\"relatedLocations\":[" : ",", i + 1);
		if (path != NULL) {
			put_physical(out, path, emit_note_placed(n, f, places->src) ? in : NULL, n->at);
			buf_putc(out, ',');
		}
		buf_puts(out, "\"message\":{\"text\":");
		json_cstring(out, n->message);
		buf_puts(out, "}}");
		emit_places_release(&other);
	}
	if (f->nnotes != 0)
		buf_putc(out, ']');
}

static void
put_fix(struct buf *out, struct emit_places *places, const struct finding *f, const struct fix *fix)
{
	buf_putc(out, '{');
	if (fix->description != NULL && fix->description[0] != '\0') {
		buf_puts(out, "\"description\":{\"text\":");
		json_cstring(out, fix->description);
		buf_puts(out, "},");
	}
	buf_puts(out, "\"artifactChanges\":[{");
	put_artifact(out, f->path);
	buf_puts(out, ",\"replacements\":[");
	for (size_t i = 0; i < fix->nedits; i++) {
		buf_puts(out, i == 0 ? "{" : ",{");
		put_region(out, "deletedRegion", places, fix->edits[i].at);
		if (fix->edits[i].text[0] != '\0') {
			buf_puts(out, ",\"insertedContent\":{\"text\":");
			json_cstring(out, fix->edits[i].text);
			buf_putc(out, '}');
		}
		buf_putc(out, '}');
	}
	buf_printf(out, "]}],\"properties\":{\"class\":\"%s\"}}", fix_class_name(fix->class));
}

static void
put_fixes(struct buf *out, struct emit_places *places, const struct finding *f)
{
	bool any = false;

	for (size_t i = 0; emit_finding_placed(f, places->src) && i < f->nfixes; i++)
		if (f->fixes[i].nedits != 0) {
			buf_puts(out, any ? "," : ",\"fixes\":[");
			any = true;
			put_fix(out, places, f, &f->fixes[i]);
		}
	if (any)
		buf_putc(out, ']');
}

/* An empty list says that nothing suppresses it. */
static void
put_suppressions(struct buf *out, const struct finding *f)
{
	buf_puts(out, ",\"suppressions\":[");
	if (f->pass == PASS_COMMENT || f->pass == PASS_WAIVER) {
		buf_printf(out, "{\"kind\":\"%s\"", f->pass == PASS_COMMENT ? "inSource" : "external");
		if (f->pass_reason != NULL) {
			buf_puts(out, ",\"justification\":");
			json_cstring(out, f->pass_reason);
		}
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void
put_properties(struct buf *out, const struct finding *f)
{
	buf_printf(out, ",\"properties\":{\"certainty\":\"%s\"", certainty_name(f->certainty));
	if (f->block != NULL) {
		buf_puts(out, ",\"block\":");
		json_cstring(out, f->block);
	}
	if (f->item != NULL) {
		buf_puts(out, ",\"item\":");
		json_cstring(out, f->item);
	}
	buf_putc(out, '}');
}

static enum sarif_rank
rank_of(const struct finding *f)
{
	if (f->pass != PASS_NOT)
		return f->pass == PASS_BASELINE ? SARIF_BASELINED : SARIF_SUPPRESSED;
	return f->severity == SEV_ERROR ? SARIF_ERROR : f->severity == SEV_WARNING ? SARIF_WARNING : SARIF_NOTE;
}

/* `own`: a fingerprint for what has none. */
static void
put_result(struct buf *out, const struct emit_options *opt, struct emit_places *places, const struct finding *f, uint64_t own, bool absent)
{
	struct buf message = BUF_INIT;
	size_t begun = piece_begin(out, (unsigned char)(absent ? SARIF_ABSENT : rank_of(f)));

	buf_add(out, f->rule, strlen(f->rule) + 1);
	emit_message(&message, f);
	buf_printf(out, "\"level\":\"%s\",\"message\":{\"text\":", severity_name(f->severity));
	json_string(out, message.s, message.n);
	buf_putc(out, '}');
	put_locations(out, places, f);
	put_notes(out, places, f);
	buf_printf(out, ",\"partialFingerprints\":{\"wirelint/v1\":\"%016" PRIx64 "\"}", f->fingerprint != 0 ? f->fingerprint : own);
	if (opt->has_baseline)
		buf_printf(out, ",\"baselineState\":\"%s\"", absent ? "absent" : f->pass == PASS_BASELINE ? "unchanged" : "new");
	put_suppressions(out, f);
	put_fixes(out, places, f);
	put_properties(out, f);
	piece_end(out, begun);
	buf_release(&message);
}

void
sarif_results(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l)
{
	struct emit_places places;
	uint64_t *own = emit_fingerprints(l);

	emit_places_init(&places, src, opt->unit == COLUMN_UTF16 ? COLUMN_UTF16 : COLUMN_CHAR);
	for (size_t i = 0; i < l->n; i++)
		put_result(out, opt, &places, &l->v[i], own[i], false);
	for (size_t i = 0; i < l->npassed; i++)
		put_result(out, opt, &places, &l->passed[i], 0, false);
	for (size_t i = 0; i < l->nabsent; i++)
		put_result(out, opt, &places, &l->absent[i], 0, true);
	emit_places_release(&places);
	free(own);
}
