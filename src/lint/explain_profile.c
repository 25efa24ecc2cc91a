/* Profiles in words. */
#include "lint/explain.h"

#include "rule/profile.h"
#include "util/json.h"

#include <string.h>

static void
settings(struct buf *out, const struct profile *p)
{
	buf_puts(out, "\nSettings:\n");
	for (const struct profile_setting *s = p->settings; s < p->settings + p->nsettings; s++)
		switch (s->what) {
		case SETTING_ON:
			buf_printf(out, "    %s on\n", s->word);
			break;
		case SETTING_OFF:
			buf_printf(out, "    %s off\n", s->word);
			break;
		case SETTING_SEVERITY:
			buf_printf(out, "    %s is a%s %s\n", s->word, s->severity == SEV_ERROR ? "n" : "", severity_name(s->severity));
			break;
		case SETTING_LANG:
			buf_printf(out, "    language %s\n", s->word);
			break;
		case SETTING_KIND:
			buf_printf(out, "    kind of copy %s\n", copy_kind_name(s->kind));
			break;
		}
}

static void
marks(struct buf *out, const struct profile *p)
{
	buf_puts(out, "\nKnown by (--profile auto):\n");
	for (const struct copy_mark *m = p->marks; m < p->marks + p->nmarks; m++) {
		bool first = true;

		if (m->agency != NULL)
			buf_printf(out, "    the text is credited to %s\n", m->agency);
		else if (m->phrase != NULL)
			buf_printf(out, "    the words '%s' at the head or the foot\n", m->phrase);
		else {
			buf_puts(out, "    field ");
			for (int f = 0; f < FIELD_COUNT; f++)
				if (m->fields >> f & 1) {
					buf_printf(out, "%s%s", first ? "" : ", ", field_name_str((enum field_name)f));
					first = false;
				}
			buf_printf(out, " is '%s'\n", m->is);
		}
	}
}

static void
forms(struct buf *out, const struct profile *p)
{
	buf_puts(out, "\nForms:\n");
	for (const struct house_form *f = p->forms; f < p->forms + p->nforms; f++) {
		buf_puts(out, "   ");
		for (int k = 0; k < BLOCK_COUNT; k++)
			if (f->of & KIND(k))
				buf_printf(out, " %s", block_kind_name((enum block_kind)k));
		buf_printf(out, ": %s%s\n", f->text, f->from_memory && !p->from_memory ? " (from memory)" : "");
	}
}

static void
styles(struct buf *out, const struct profile *p)
{
	buf_puts(out, "\nStyle:\n");
	for (const struct house_style *s = p->styles; s < p->styles + p->nstyles; s++)
		buf_printf(out, "    %s: %s\n", s->name, s->is);
}

static void
duties(struct buf *out, const struct profile *p)
{
	buf_puts(out, "\nDuties:\n");
	for (const struct duty *d = p->duties; d < p->duties + p->nduties; d++) {
		buf_printf(out, "  %s (%s", d->id, severity_name(d->severity));
		if (d->shows != SHOWS_TEXT)
			buf_printf(out, "; %s", d->shows == SHOWS_NOTHING ? "no copy shows it" : shows_name(d->shows));
		if (d->place != NULL)
			buf_printf(out, "; at the %s", d->place);
		if (d->keep)
			buf_puts(out, "; where the original has it");
		if (d->role != NULL)
			buf_printf(out, "; of a picture that is a %s", d->role);
		if (d->use != NULL)
			buf_printf(out, "; in use '%s'", d->use);
		if (d->days != 0)
			buf_printf(out, "; %u days", d->days);
		if (d->most != 0)
			buf_printf(out, "; %u paragraphs", d->most);
		if (d->host != NULL) {
			buf_printf(out, "; %s", d->story ? "the story at " : "");
			for (const char *h = d->host; *h != '\0'; h++)
				if (*h == ' ')
					buf_puts(out, " or ");
				else
					buf_putc(out, *h);
		}
		if (d->allows != NULL)
			buf_printf(out, "; may be changed: %s", *d->allows != '\0' ? d->allows : "nothing");
		if (d->rule != NULL)
			buf_printf(out, "; %s looks after it", d->rule);
		else
			buf_puts(out, "; no rule looks after it");
		buf_puts(out, ")\n");
		explain_paragraph(out, d->text);
		for (const char *const *w = d->phrases; *w != NULL; w++)
			buf_printf(out, "    %s '%s'\n", w != d->phrases ? "or:" : strncmp(d->id, "no-", 3) == 0 ? "not:" : "wording:", *w);
	}
}

void
explain_profile(struct buf *out, const struct profile *p)
{
	buf_printf(out, "%s: %s\n\nKind: %s\n", p->id, p->title, profile_kind_name(p->kind));
	if (p->licence != NULL)
		buf_printf(out, "Licence: %s\n", p->licence);
	if (p->kind == PROFILE_AGENCY || p->kind == PROFILE_LICENCE) {
		if (p->from_memory)
			buf_puts(out, "Terms: from memory, not read; its duties are warnings at most\n");
		else
			buf_printf(out, "Terms: read on %s\n", p->read);
	}
	buf_puts(out, "\n");
	explain_paragraph(out, p->terms);
	if (p->link != NULL)
		buf_printf(out, "    %s\n", p->link);
	if (p->nsettings != 0)
		settings(out, p);
	if (p->nforms != 0)
		forms(out, p);
	if (p->nstyles != 0)
		styles(out, p);
	if (p->nmarks != 0)
		marks(out, p);
	if (p->nduties != 0)
		duties(out, p);
	if (p->kind == PROFILE_STAGE)
		buf_printf(out, "\nTo be at this stage: --stage %s%s\n", p->id, strcmp(p->id, "publish") == 0 ? " (the default)" : "");
	else
		buf_printf(out, "\nTo put it in force: --profile %s\n", p->id);
}

static void
duty_json(struct buf *out, const struct duty *d)
{
	buf_puts(out, "{\"id\":");
	json_cstring(out, d->id);
	buf_printf(out, ",\"severity\":\"%s\",\"shows\":\"%s\",\"text\":", severity_name(d->severity), shows_name(d->shows));
	json_cstring(out, d->text);
	buf_puts(out, ",\"rule\":");
	json_cstring(out, d->rule);
	buf_putc(out, '}');
}

static void
profile_json(struct buf *out, const struct profile *p)
{
	buf_puts(out, "{\"id\":");
	json_cstring(out, p->id);
	buf_printf(out, ",\"kind\":\"%s\",\"title\":", profile_kind_name(p->kind));
	json_cstring(out, p->title);
	buf_puts(out, ",\"terms\":");
	json_cstring(out, p->terms);
	buf_puts(out, ",\"licence\":");
	json_cstring(out, p->licence);
	buf_puts(out, ",\"link\":");
	json_cstring(out, p->link);
	buf_puts(out, ",\"read\":");
	json_cstring(out, p->read);
	buf_puts(out, ",\"known\":");
	json_cstring(out, p->kind == PROFILE_LOCALE || p->kind == PROFILE_STAGE ? NULL : p->from_memory ? "memory" : "read");
	buf_puts(out, ",\"duties\":[");
	for (size_t i = 0; i < p->nduties; i++) {
		buf_puts(out, i == 0 ? "" : ",");
		duty_json(out, &p->duties[i]);
	}
	buf_puts(out, "]}");
}

/* What it is, and then its terms, where they stand and when they were read. */
static void
profile_lines(struct buf *out, const struct profile *p)
{
	buf_printf(out, "%-24s %-8s %s\n", p->id, profile_kind_name(p->kind), p->title);
	if (p->terms != NULL)
		explain_paragraph(out, p->terms);
	if (p->link != NULL)
		buf_printf(out, "    %s (%s%s)\n", p->link, p->from_memory ? "from memory" : "read on ",
		    p->from_memory || p->read == NULL ? "" : p->read);
}

void
explain_profiles(struct buf *out, const struct rule_set *set, bool json)
{
	for (size_t i = 0; i < set->nprofiles; i++) {
		const struct profile *p = set->profiles[i];

		if (json) {
			buf_puts(out, i == 0 ? "[\n" : ",\n");
			profile_json(out, p);
		} else
			profile_lines(out, p);
	}
	if (json)
		buf_puts(out, set->nprofiles == 0 ? "[]\n" : "\n]\n");
}
