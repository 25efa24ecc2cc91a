/* One JSON object a finding, one finding a line. */
#include "emit/finding_json.h"

static void
jsonl_file(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l)
{
	struct emit_places places;

	emit_places_init(&places, src, opt->unit);
	for (size_t i = 0; i < l->n; i++) {
		json_finding(out, &places, &l->v[i]);
		buf_putc(out, '\n');
	}
	emit_places_release(&places);
}

const struct emitter emitter_jsonl = {
	.name = "jsonl",
	.title = "a JSON object a line, one for each finding",
	.file = jsonl_file,
};
