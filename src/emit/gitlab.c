/* GitLab's report on code quality: an array of what was found, each with a fingerprint by which GitLab tells what is new.
 *
 * GitLab knows five severities; what could not be checked is graver than any finding.  A place it needs for each: what has none is at
 * line 1. */
#include "emit/finding_json.h"
#include "util/json.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *
severity_for(const struct finding *f)
{
	if (f->fatal)
		return "critical";
	return f->severity == SEV_ERROR ? "major" : f->severity == SEV_WARNING ? "minor" : "info";
}

static void
gitlab_begin(struct buf *out, const struct emit_options *opt)
{
	(void)opt;
	buf_puts(out, "[\n");
}

static void
put_finding(struct buf *out, struct emit_places *places, const struct finding *f, uint64_t fingerprint)
{
	struct buf message = BUF_INIT;
	uint32_t first = 1, last = 1;

	if (emit_finding_placed(f, places->src)) {
		first = emit_place(places, f->at.a).line;
		last = emit_last_line(places, f->at);
	}
	emit_message(&message, f);
	buf_puts(out, "{\"description\":");
	json_string(out, message.s, message.n);
	buf_puts(out, ",\"check_name\":");
	json_cstring(out, f->rule);
	buf_printf(out, ",\"fingerprint\":\"%016" PRIx64 "\",\"severity\":\"%s\",\"location\":{\"path\":", fingerprint, severity_for(f));
	json_path_bare(out, f->path);
	buf_printf(out, ",\"lines\":{\"begin\":%u,\"end\":%u}}}", (unsigned)first, (unsigned)last);
	buf_release(&message);
}

static void
gitlab_file(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l)
{
	struct emit_places places;
	uint64_t *fingerprints = emit_fingerprints(l);

	emit_places_init(&places, src, opt->unit);
	for (size_t i = 0; i < l->n; i++) {
		if (i != 0)
			buf_puts(out, ",\n");
		put_finding(out, &places, &l->v[i], fingerprints[i]);
	}
	emit_places_release(&places);
	free(fingerprints);
}

static void
gitlab_end(struct buf *out, const struct emit_options *opt, const struct totals *t)
{
	(void)opt;
	(void)t;
	buf_puts(out, "\n]\n");
}

const struct emitter emitter_gitlab = {
	.name = "gitlab",
	.title = "GitLab's report on code quality, a JSON array",
	.between = ",\n",
	.begin = gitlab_begin,
	.file = gitlab_file,
	.end = gitlab_end,
};
