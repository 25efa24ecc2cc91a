/* Checkstyle's XML, which many tools take in: a <file> for each that has findings, an <error> a finding, whatever its severity. */
#include "emit/xml_text.h"

static void
checkstyle_begin(struct buf *out, const struct emit_options *opt)
{
	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle");
	xml_attribute(out, "version", opt->version);
	buf_puts(out, ">\n");
}

static void
put_finding(struct buf *out, struct emit_places *places, const struct finding *f)
{
	struct buf message = BUF_INIT;

	buf_puts(out, "    <error");
	if (emit_finding_placed(f, places->src)) {
		struct place at = emit_place(places, f->at.a);

		buf_printf(out, " line=\"%u\" column=\"%u\"", (unsigned)at.line, (unsigned)at.column);
	}
	xml_attribute(out, "severity", f->severity == SEV_NOTE ? "info" : severity_name(f->severity));
	emit_message(&message, f);
	xml_attribute(out, "message", message.s);
	xml_attribute(out, "source", f->rule);
	buf_puts(out, "/>\n");
	buf_release(&message);
}

static void
checkstyle_file(struct buf *out, const struct emit_options *opt, struct source *src, const struct finding_list *l)
{
	struct emit_places places;

	if (l->n == 0)
		return;
	emit_places_init(&places, src, opt->unit);
	buf_puts(out, "  <file");
	xml_path(out, "name", l->v[0].path);
	buf_puts(out, ">\n");
	for (size_t i = 0; i < l->n; i++)
		put_finding(out, &places, &l->v[i]);
	buf_puts(out, "  </file>\n");
	emit_places_release(&places);
}

static void
checkstyle_end(struct buf *out, const struct emit_options *opt, const struct totals *t)
{
	(void)opt;
	(void)t;
	buf_puts(out, "</checkstyle>\n");
}

const struct emitter emitter_checkstyle = {
	.name = "checkstyle",
	.title = "an XML document as Checkstyle writes it: an error element for each finding",
	.begin = checkstyle_begin,
	.file = checkstyle_file,
	.end = checkstyle_end,
};
