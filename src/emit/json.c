/* One JSON document for the whole run.  Findings come first in it, since they are written as files are done; what
 * is known only at the end (counts, verdict) comes last. */
#include "emit/finding_json.h"
#include "util/json.h"

static void
json_begin(struct buf *out, const struct emit_options *opt)
{
	buf_puts(out, "{\"version\":");
	json_cstring(out, opt->version);
	buf_puts(out, ",\"findings\":[\n");
}

static void
json_file(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l)
{
	struct emit_places places;

	emit_places_init(&places, src, opt->unit);
	for (size_t i = 0; i < l->n; i++) {
		if (i != 0)
			buf_puts(out, ",\n");
		json_finding(out, &places, &l->v[i]);
	}
	emit_places_release(&places);
}

static void
put_count(struct buf *out, const char *name, size_t n)
{
	buf_putc(out, ',');
	json_cstring(out, name);
	buf_putc(out, ':');
	buf_putu(out, n);
}

static void
json_end(struct buf *out, const struct emit_options *opt, const struct totals *t)
{
	(void)opt;
	buf_puts(out, "\n],\"skipped\":[");
	for (size_t i = 0; i < t->nskipped; i++) {
		buf_puts(out, i == 0 ? "\n{\"path\":" : ",\n{\"path\":");
		json_path(out, t->skipped[i].path);
		if (t->skipped[i].item != NULL) {
			buf_puts(out, ",\"item\":");
			json_cstring(out, t->skipped[i].item);
		}
		buf_puts(out, ",\"reason\":");
		json_cstring(out, t->skipped[i].why);
		buf_putc(out, '}');
	}
	buf_puts(out, "],\"counts\":{\"error\":");
	buf_putu(out, t->findings[SEV_ERROR]);
	put_count(out, "warning", t->findings[SEV_WARNING]);
	put_count(out, "note", t->findings[SEV_NOTE]);
	put_count(out, "files", t->files);
	put_count(out, "files_with_findings", t->files_with_findings);
	put_count(out, "articles", t->articles);
	put_count(out, "skipped", t->nskipped);
	put_count(out, "suppressed", t->suppressed);
	put_count(out, "waived", t->waived);
	put_count(out, "baselined", t->baselined);
	buf_puts(out, "},\"verdict\":");
	json_cstring(out, t->fatal != 0 ? "incomplete" : t->failed ? "fail" : "pass");
	buf_puts(out, "}\n");
}

const struct emitter emitter_json = {
	.name = "json",
	.title = "one JSON document: findings, files skipped, counts and verdict",
	.between = ",\n",
	.begin = json_begin,
	.file = json_file,
	.end = json_end,
};
