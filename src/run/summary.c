/* What a run came to. */
#include "run/summary.h"

#include "facts/facts.h"
#include "rule/profile.h"
#include "util/xmalloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 200 };			/* more findings than anybody mends in one go */

void
tally_init(struct tally *t)
{
	memset(t, 0, sizeof *t);
}

void
tally_reset(struct tally *t)
{
	t->nrules = 0;
	memset(&t->t, 0, sizeof t->t);
}

void
tally_release(struct tally *t)
{
	tally_reset(t);
	free(t->rules);
	tally_init(t);
}

static void
count_rule(struct tally *t, const char *rule, size_t n, size_t files)
{
	size_t i;

	for (i = 0; i < t->nrules && strcmp(t->rules[i].rule, rule) != 0; i++)
		;
	if (i == t->nrules) {
		struct rule_count *c = &XPUSH(t->rules, t->nrules, t->caprules);

		c->rule = rule;
		c->n = c->files = 0;
	}
	t->rules[i].n += n;
	t->rules[i].files += files;
}

void
tally_file(struct tally *t, const struct finding_list *l, size_t articles)
{
	size_t i;

	for (i = 0; i < l->n; i++) {
		t->t.findings[l->v[i].severity]++;
		t->t.fatal += l->v[i].fatal;
		count_rule(t, l->v[i].rule, 1, 0);
	}
	for (i = 0; i < t->nrules; i++)
		t->rules[i].files = 1;
	t->t.files++;
	t->t.files_with_findings += l->n != 0;
	t->t.articles += articles;
}

void
tally_add(struct tally *to, const struct tally *from)
{
	size_t i;

	for (i = 0; i < 4; i++)
		to->t.findings[i] += from->t.findings[i];
	to->t.fatal += from->t.fatal;
	to->t.suppressed += from->t.suppressed;
	to->t.files += from->t.files;
	to->t.files_with_findings += from->t.files_with_findings;
	to->t.articles += from->t.articles;
	to->t.waived += from->t.waived;
	to->t.baselined += from->t.baselined;
	to->t.old += from->t.old;
	to->t.compared += from->t.compared;
	for (i = 0; i < from->nrules; i++)
		count_rule(to, from->rules[i].rule, from->rules[i].n, from->rules[i].files);
}

void
summary_skips(struct totals *t, const struct walk *w)
{
	size_t i;

	for (i = 0; i < w->skips.n; i++) {
		const struct skip *from = &w->skips.v[i];

		XPUSH(t->skipped, t->nskipped, t->capskipped) = (struct skipped){ from->path, from->item, from->why };
		t->skipped_items += from->item != NULL;
	}
}

static int
by_count(const void *a, const void *b)
{
	const struct rule_count *x = *(const struct rule_count *const *)a, *y = *(const struct rule_count *const *)b;

	return x->n != y->n ? (x->n < y->n ? 1 : -1) : strcmp(x->rule, y->rule);
}

void
summary_statistics(const struct tally *t)
{
	const struct rule_count **sorted = xcalloc(t->nrules + 1, sizeof *sorted);
	size_t i;

	for (i = 0; i < t->nrules; i++)
		sorted[i] = &t->rules[i];
	qsort(sorted, t->nrules, sizeof *sorted, by_count);
	for (i = 0; i < t->nrules; i++)
		fprintf(stderr, "%7zu in %6zu %s  %s\n", sorted[i]->n, sorted[i]->files,
		    sorted[i]->files == 1 ? "file " : "files", sorted[i]->rule);
	free(sorted);
}

static void
counted(struct buf *out, size_t n, const char *one, const char *many)
{
	buf_printf(out, "%zu %s", n, n == 1 ? one : many);
}

static int
by_profile(const void *a, const void *b)
{
	const struct rule_count *x = a, *y = b;

	return x->files != y->files ? (x->files < y->files ? 1 : -1) : strcmp(x->rule, y->rule);
}

/* Is this choice the first of its profile in its file?  Those of one file lie together. */
static bool
first_in_file(const struct choices *l, size_t i)
{
	for (size_t k = i; k-- != 0 && strcmp(l->v[k].path, l->v[i].path) == 0;)
		if (strcmp(l->v[k].profile, l->v[i].profile) == 0)
			return false;
	return true;
}

void
summary_choices(const struct choices *l, bool verbose)
{
	struct rule_count *counts = NULL;
	size_t n = 0, cap = 0, k;
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < l->n; i++) {
		const struct choice *c = &l->v[i];

		if (verbose) {
			buf_puts(&out, "wirelint: ");
			emit_path_plain(&out, c->path);
			buf_printf(&out, ": profile '%s' ", c->profile);
			emit_plain(&out, c->why, strlen(c->why));
			buf_putc(&out, '\n');
		}
		for (k = 0; k < n && strcmp(counts[k].rule, c->profile) != 0; k++)
			;
		if (k == n)
			XPUSH(counts, n, cap) = (struct rule_count){ c->profile, 0, 0 };
		counts[k].files += first_in_file(l, i);
	}
	if (n > 1)
		qsort(counts, n, sizeof *counts, by_profile);
	for (k = 0; k < n; k++) {
		buf_printf(&out, "%s%s in ", k == 0 ? "wirelint: profiles by article: " : ", ", counts[k].rule);
		counted(&out, counts[k].files, "file", "files");
	}
	if (n != 0)
		fprintf(stderr, "%s\n", out.s);
	free(counts);
	buf_release(&out);
}

static bool
in_force(const struct desks *d, const struct domain *domain, const struct profile *p, const struct choices *chosen)
{
	for (size_t i = 0; i < d->ngoverned; i++) {
		const struct governed *g = d->governed[i];

		for (size_t k = 0; g->domain == domain && g->checked != 0 && k < g->policy.asked.nprofiles; k++)
			if (g->policy.asked.profiles[k] == p)
				return true;
	}
	for (size_t i = 0; i < chosen->n; i++)
		if (chosen->v[i].profile == p->id)
			return true;
	return false;
}

/* Has another domain, with packs of its own, the same profile? */
static bool
told_before(const struct desks *d, size_t domain, const struct profile *p)
{
	for (size_t i = 0; i < domain; i++)
		if (profile_find(&d->domains[i]->set, p->id, strlen(p->id)) != NULL)
			return true;
	return false;
}

/* What profiles ask for and no rule looks after: said once a run, since it is true of every article. */
void
summary_duties(const struct desks *d, const struct choices *chosen)
{
	for (size_t i = 0; i < d->ndomains; i++) {
		const struct rule_set *set = &d->domains[i]->set;

		for (size_t k = 0; k < set->nprofiles; k++) {
			const struct profile *p = set->profiles[k];
			struct buf none = BUF_INIT, later = BUF_INIT;

			for (const struct duty *duty = p->duties; duty < p->duties + p->nduties; duty++) {
				const struct rule *r = duty->rule != NULL ? rule_find(set, duty->rule) : NULL;

				if (duty->rule == NULL)
					buf_printf(&none, "%s%s", none.n == 0 ? "" : ", ", duty->id);
				else if (r != NULL && r->tier == TIER_COMPARE && !d->compares)
					buf_printf(&later, "%s%s", later.n == 0 ? "" : ", ", duty->id);
			}
			if ((none.n != 0 || later.n != 0) && !told_before(d, i, p) && in_force(d, d->domains[i], p, chosen)) {
				if (none.n != 0)
					fprintf(stderr, "wirelint: profile '%s': no rule looks after %s; 'wirelint explain %s' says what is to be done\n",
					    p->id, none.s, p->id);
				if (later.n != 0)
					fprintf(stderr, "wirelint: profile '%s': to look after %s takes the original, which --upstream names\n",
					    p->id, later.s);
			}
			buf_release(&none);
			buf_release(&later);
		}
	}
}

/* Which configurations were used, or none: a gate that found none says so. */
static void
configurations(struct buf *out, const struct desks *d)
{
	const struct config *first = d->only;
	size_t i;

	for (i = 0; first == NULL && i < d->capfolders; i++)
		if (d->folders[i] != NULL)
			first = d->folders[i]->config;
	if (first == NULL)
		buf_puts(out, "; no configuration");
	else if (d->nconfigs == 1) {
		buf_puts(out, "; configuration ");
		emit_path_plain(out, first->file.path);
	} else
		buf_printf(out, "; %zu configurations", d->nconfigs);
}

/* A language that was declared and that nothing is known of: most rules have no words for it. */
static void
languages(struct buf *out, const struct desks *d)
{
	const char *said = NULL;

	for (size_t i = 0; i < d->ngoverned; i++) {
		const char *lang = policy_lang(&d->governed[i]->policy);

		if (lang == NULL || d->governed[i]->checked == 0 || facts_language_known(lang) || (said != NULL && strcmp(said, lang) == 0))
			continue;
		buf_printf(out, "; nothing is known of the language '%s', so rules that need its words were not applied", lang);
		said = lang;
	}
}

static bool
any_undeclared(const struct desks *d)
{
	size_t i;

	for (i = 0; i < d->ngoverned; i++)
		if (d->governed[i]->checked != 0 && policy_kind(&d->governed[i]->policy) == COPY_UNDECLARED)
			return true;
	return false;
}

/* What was found and is not shown, and by whose word. */
static void
let_pass(struct buf *out, const struct totals *t)
{
	const struct { size_t n; const char *what; } v[] = {
		{ t->suppressed, "suppressed" }, { t->waived, "waived" }, { t->baselined, "in the baseline" },
	};
	const char *before = "; ";

	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		if (v[i].n != 0) {
			buf_printf(out, "%s%zu %s", before, v[i].n, v[i].what);
			before = ", ";
		}
}

void
summary_line(const struct totals *t, const struct desks *d, const char *base, bool verbose)
{
	struct buf out = BUF_INIT;
	size_t i;

	if (verbose)
		for (i = 0; i < t->nskipped; i++) {
			buf_puts(&out, "wirelint: skipped ");
			emit_path_plain(&out, t->skipped[i].path);
			if (t->skipped[i].item != NULL) {
				buf_puts(&out, " item ");
				emit_plain(&out, t->skipped[i].item, strlen(t->skipped[i].item));
			}
			buf_printf(&out, ": %s\n", t->skipped[i].why);
		}
	buf_puts(&out, "wirelint: ");
	if (t->files == 0 && t->fatal == 0)
		buf_puts(&out, "nothing checked");
	else {
		counted(&out, t->findings[SEV_ERROR], "error, ", "errors, ");
		counted(&out, t->findings[SEV_WARNING], "warning, ", "warnings, ");
		counted(&out, t->findings[SEV_NOTE], "note", "notes");
		buf_printf(&out, " in %zu of ", t->files_with_findings);
		counted(&out, t->files, "file", "files");
		if (t->fatal != 0)
			buf_printf(&out, "; %zu not checked in full", t->fatal);
	}
	if (t->nskipped != 0) {
		buf_puts(&out, "; ");
		if (t->nskipped != t->skipped_items)
			buf_printf(&out, "%zu skipped", t->nskipped - t->skipped_items);
		if (t->skipped_items != 0) {
			buf_puts(&out, t->nskipped != t->skipped_items ? ", " : "");
			counted(&out, t->skipped_items, "item skipped", "items skipped");
		}
		buf_puts(&out, verbose ? "" : " (--verbose names them)");
	}
	let_pass(&out, t);
	if (t->old != 0) {
		buf_puts(&out, "; ");
		counted(&out, t->old, "old one not shown (in ", "old ones not shown (in ");
		emit_plain(&out, base, strlen(base));
		buf_putc(&out, ')');
	}
	if (t->has_upstream && t->compared != t->articles)
		buf_printf(&out, "; %zu of %zu stories compared with an original", t->compared, t->articles);
	configurations(&out, d);
	languages(&out, d);
	if (any_undeclared(d))
		buf_puts(&out, "; kind undeclared, so rules that need --kind were not applied");
	if (t->findings[SEV_ERROR] + t->findings[SEV_WARNING] + t->findings[SEV_NOTE] > MANY && !t->has_baseline)
		buf_puts(&out, "; 'wirelint baseline create' accepts what there is now, so that only new findings show");
	fprintf(stderr, "%s\n", out.s);
	buf_release(&out);
}
