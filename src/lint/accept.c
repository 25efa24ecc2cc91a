/* The matcher of waivers and baselines. */
#include "lint/accept_int.h"

#include "analysis/dates.h"
#include "lint/baseline.h"
#include "lint/lint.h"
#include "util/hash.h"
#include "util/path.h"
#include "util/xmalloc.h"

#include <stdlib.h>
#include <string.h>

/* ---- several values of a key ---- */

void
multi_add(struct multi *m, uint64_t key, void *value)
{
	struct multi_node *node;

	if (m->n == 0)
		XPUSH(m->v, m->n, m->cap) = (struct multi_node){ 0 };
	if (m->n >= m->nheads) {
		m->nheads = m->nheads != 0 ? m->nheads * 2 : 64;
		free(m->heads);
		m->heads = xcalloc(m->nheads, sizeof *m->heads);
		for (size_t i = 1; i < m->n; i++) {
			uint32_t *head = &m->heads[m->v[i].key & (m->nheads - 1)];

			m->v[i].next = *head;
			*head = (uint32_t)i;
		}
	}
	node = &XPUSH(m->v, m->n, m->cap);
	*node = (struct multi_node){ key, value, m->heads[key & (m->nheads - 1)] };
	m->heads[key & (m->nheads - 1)] = (uint32_t)(m->n - 1);
}

uint32_t
multi_next(const struct multi *m, uint32_t node)
{
	uint64_t key = m->v[node].key;

	do
		node = m->v[node].next;
	while (node != 0 && m->v[node].key != key);
	return node;
}

uint32_t
multi_first(const struct multi *m, uint64_t key)
{
	uint32_t node = m->nheads != 0 ? m->heads[key & (m->nheads - 1)] : 0;

	while (node != 0 && m->v[node].key != key)
		node = m->v[node].next;
	return node;
}

void
multi_release(struct multi *m)
{
	free(m->v);
	free(m->heads);
	memset(m, 0, sizeof *m);
}

uint64_t
accept_hash(const char *s, size_t n)
{
	return hash_bytes(s, n, HASH_INIT);
}

uint64_t
accept_key(uint64_t hash_of_path, uint64_t fingerprint)
{
	return hash_mix(hash_of_path ^ fingerprint * 0x9e3779b97f4a7c15ull);
}

/* ---- loading ---- */

struct accept *
accept_new(void)
{
	struct accept *a = xcalloc(1, sizeof *a);

	arena_init(&a->arena);
	return a;
}

void
accept_free(struct accept *a)
{
	if (a == NULL)
		return;
	multi_release(&a->paths);
	multi_release(&a->names);
	multi_release(&a->marks);
	multi_release(&a->entries);
	multi_release(&a->of_file);
	for (size_t i = 0; i < a->ncovered; i++)
		free(a->covered[i]);
	free(a->covered);
	free(a->sets);
	free(a->waivers);
	free(a->globs);
	arena_release(&a->arena);
	free(a);
}

void
accept_add_rules(struct accept *a, const struct rule_set *set)
{
	XPUSH(a->sets, a->nsets, a->capsets) = set;
}

bool
accept_add_baseline(struct accept *a, const char *path, struct finding_list *errors)
{
	const char *last = NULL, *kept = NULL, *rule = NULL;
	struct accept_entry *entries;
	struct baseline b;
	bool ok;

	baseline_init(&b, path);
	ok = baseline_read(&b, path, errors);
	entries = ARENA_ARRAY(&a->arena, struct accept_entry, b.n + 1);
	for (size_t i = 0; i < b.n; i++) {
		const struct baseline_entry *e = &b.v[i];

		if (last == NULL || strcmp(last, e->path) != 0)
			kept = arena_strdup(&a->arena, e->path);
		if (rule == NULL || strcmp(rule, e->rule) != 0)
			rule = arena_strdup(&a->arena, e->rule);
		last = e->path;
		entries[i] = (struct accept_entry){ kept, rule, e->fingerprint, e->count, e->severity,
			e->item != NULL ? arena_strdup(&a->arena, e->item) : NULL, e->message != NULL ? arena_strdup(&a->arena, e->message) : NULL };
		multi_add(&a->of_file, accept_hash(kept, strlen(kept)), &entries[i]);
		multi_add(&a->entries, accept_key(accept_hash(kept, strlen(kept)), e->fingerprint), &entries[i]);
	}
	baseline_release(&b);
	return ok;
}

/* ---- one file ---- */

static bool
is_enabled(const struct policy *p, const struct rule *r)
{
	return policy_enabled(p, r) && !p->off[r->index];
}

static bool
word_means(const struct waiver_word *w, const char *rule)
{
	size_t n = strlen(w->name);

	return strncmp(w->name, rule, n) == 0 && rule[n] == (w->family ? '/' : '\0');
}

/* Could all that the waiver speaks of have been found?  Of a family, whatever is on by default. */
static bool
all_ran(const struct waiver *w, const struct policy *p)
{
	for (size_t i = 0; i < w->nwords; i++) {
		const struct waiver_word *word = &w->words[i];

		if (!word->family) {
			const struct rule *r = rule_find(p->set, word->name);

			if (r == NULL || !is_enabled(p, r))
				return false;
			continue;
		}
		for (size_t k = 0; k < p->set->n; k++) {
			const struct rule *r = p->set->rules[k];

			if (word_means(word, r->id) && r->tier == TIER_CORE && !is_enabled(p, r))
				return false;
		}
	}
	return true;
}

static bool
path_means(const struct waiver_path *t, const char *absolute)
{
	const char *rest = path_within(t->waiver->file->folder, absolute);

	return rest != NULL && *rest != '\0' && path_matches(t->glob, rest);
}

/* On the day of the run, in its zone. */
static bool
has_expired(const struct waiver *w, const struct policy *p)
{
	int64_t local = p->now + p->now_offset, day = local / 86400 - (local % 86400 < 0);

	return w->expires != NULL && day > w->last_day;
}

static bool
holds(const struct waiver *w, const struct policy *p)
{
	return w->lacks == NULL && !has_expired(w, p);
}

/* The file that findings are of, and what of the waivers speaks of it. */
struct passing {
	const struct policy *policy;
	const char *absolute;
	uint64_t hash;			/* of it */
	struct waiver_path **paths;
	size_t npaths, cappaths;
	struct allowed { const struct accept_entry *entry; uint32_t used; } *allowed;	/* an open table */
	size_t nallowed;
};

static void
gather(struct passing *f, const struct multi *m, uint64_t key)
{
	for (uint32_t i = multi_first(m, key); i != 0; i = multi_next(m, i))
		if (path_means(m->v[i].value, f->absolute))
			XPUSH(f->paths, f->npaths, f->cappaths) = m->v[i].value;
}

/* What means this path: itself or a folder of it by its whole path, a part of it by its name, or a glob. */
static void
gather_paths(const struct accept *a, struct passing *f)
{
	const char *s = f->absolute, *part = s + 1, *p;

	for (p = s + 1; s[0] != '\0' && s[1] != '\0'; p++)
		if (*p == '/' || *p == '\0') {
			gather(f, &a->paths, accept_hash(s, (size_t)(p - s)));
			gather(f, &a->names, accept_hash(part, (size_t)(p - part)));
			if (*p == '\0')
				break;
			part = p + 1;
		}
	for (size_t i = 0; i < a->nglobs; i++)
		if (path_means(a->globs[i], f->absolute))
			XPUSH(f->paths, f->npaths, f->cappaths) = a->globs[i];
}

static void
mark_seen(const struct passing *f, bool complete)
{
	for (size_t i = 0; i < f->npaths; i++) {
		struct waiver_path *t = f->paths[i];

		atomic_store(&t->seen, true);
		if (t->exact != NULL && strcmp(path_within(t->waiver->file->folder, f->absolute), t->exact) == 0)
			atomic_store(&t->itself, true);
		if (!complete || !all_ran(t->waiver, f->policy))
			atomic_store(&t->partly, true);
	}
}

/* Does the waiver speak of this rule, and does it hold?  All that it is used by is marked. */
static bool
lets_pass(struct waiver *w, struct waiver_path *t, struct waiver_mark *m, const struct finding *f, const struct policy *p)
{
	bool passes = false, speaks = false;

	for (size_t i = 0; i < w->nwords; i++)
		if (word_means(&w->words[i], f->rule)) {
			speaks = true;
			passes = holds(w, p);
			if (passes)
				atomic_store(&w->words[i].used, true);
		}
	if (speaks)
		atomic_store(&w->met, true);
	if (passes && t != NULL)
		atomic_store(&t->used, true);
	if (passes && m != NULL)
		atomic_store(&m->used, true);
	return passes;
}

/* The waiver that lets it pass; NULL: none does. */
static const struct waiver *
find_waiver(const struct accept *a, const struct passing *file, const struct finding *f)
{
	const struct waiver *by = NULL;

	for (size_t i = 0; i < file->npaths; i++)
		if (file->paths[i]->waiver->nmarks == 0)
			by = lets_pass(file->paths[i]->waiver, file->paths[i], NULL, f, file->policy) ? file->paths[i]->waiver : by;
	for (uint32_t i = multi_first(&a->marks, f->fingerprint); i != 0; i = multi_next(&a->marks, i)) {
		struct waiver_mark *m = a->marks.v[i].value;
		struct waiver *w = m->waiver;

		if (w->npaths == 0 && path_within(w->file->folder, file->absolute) != NULL)
			by = lets_pass(w, NULL, m, f, file->policy) ? w : by;
		for (size_t k = 0; k < w->npaths; k++)
			if (path_means(&w->paths[k], file->absolute))
				by = lets_pass(w, &w->paths[k], m, f, file->policy) ? w : by;
	}
	return by;
}

/* As often as the entry says, and not once more. */
static bool
is_allowed(struct passing *file, const struct accept_entry *e, size_t nfindings)
{
	size_t i;

	if (file->allowed == NULL) {
		for (file->nallowed = 16; file->nallowed < 2 * nfindings;)
			file->nallowed *= 2;
		file->allowed = xcalloc(file->nallowed, sizeof *file->allowed);
	}
	for (i = hash_mix(e->fingerprint) & (file->nallowed - 1); file->allowed[i].entry != NULL; i = (i + 1) & (file->nallowed - 1))
		if (file->allowed[i].entry == e)
			break;
	file->allowed[i].entry = e;
	if (file->allowed[i].used == e->count)
		return false;
	file->allowed[i].used++;
	return true;
}

static bool
is_baselined(const struct accept *a, struct passing *file, const struct finding *f, size_t nfindings)
{
	uint64_t key = accept_key(file->hash, f->fingerprint);

	if (accept_is_beyond(f))
		return false;
	for (uint32_t i = multi_first(&a->entries, key); i != 0; i = multi_next(&a->entries, i)) {
		const struct accept_entry *e = a->entries.v[i].value;

		if (e->fingerprint == f->fingerprint && strcmp(e->rule, f->rule) == 0 && strcmp(e->path, file->absolute) == 0
		    && is_allowed(file, e, nfindings))
			return true;
	}
	return false;
}

static int
by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* A key of rule and fingerprint for each finding that was let pass, sorted. */
static uint64_t *
keys_of_passed(const struct finding_list *l)
{
	uint64_t *keys = xcalloc(l->npassed + 1, sizeof *keys);

	for (size_t i = 0; i < l->npassed; i++)
		keys[i] = accept_key(accept_hash(l->passed[i].rule, strlen(l->passed[i].rule)), l->passed[i].fingerprint);
	if (l->npassed > 1)
		qsort(keys, l->npassed, sizeof *keys, by_number);
	return keys;
}

/* Are there at least `count` of the key? */
static bool
has_as_many(const uint64_t *keys, size_t n, uint64_t key, uint32_t count)
{
	size_t a = 0, z = n;

	while (a < z) {
		size_t mid = a + (z - a) / 2;

		if (keys[mid] < key)
			a = mid + 1;
		else
			z = mid;
	}
	return count == 0 || (count <= n - a && keys[a + count - 1] == key);
}

/* What the baseline has of a file that was checked in full, and what is not found in it any more though its rule ran.  What a comment or
 * a waiver lets pass is found. */
static void
add_absent(const struct accept *a, const struct passing *file, const char *path, struct finding_list *l)
{
	uint64_t *keys = keys_of_passed(l);

	for (uint32_t i = multi_first(&a->of_file, file->hash); i != 0; i = multi_next(&a->of_file, i)) {
		const struct accept_entry *e = a->of_file.v[i].value;
		const struct rule *r = rule_find(file->policy->set, e->rule);

		if (strcmp(e->path, file->absolute) == 0 && r != NULL && is_enabled(file->policy, r) &&
		    !has_as_many(keys, l->npassed, accept_key(accept_hash(e->rule, strlen(e->rule)), e->fingerprint), e->count))
			XPUSH(l->absent, l->nabsent, l->capabsent) = (struct finding){
				.rule = r->id, .path = path, .item = e->item, .fingerprint = e->fingerprint,
				.severity = e->severity != SEV_OFF ? e->severity : SEV_WARNING, .message = e->message != NULL ? e->message : r->title,
			};
	}
	free(keys);
}

bool
accept_is_beyond(const struct finding *f)
{
	return f->fatal || strncmp(f->rule, "suppress/", 9) == 0;
}

void
accept_file(struct accept *a, const struct policy *p, const char *path, struct finding_list *l, struct accept_count *count)
{
	struct passing file = { .policy = p };
	size_t n = 0, fatal = 0;
	char *absolute;

	if (a->nwaivers == 0 && (a->entries.n == 0 || (l->n == 0 && !l->keeps_absent)))
		return;
	file.absolute = absolute = path_absolute(path);
	file.hash = accept_hash(absolute, strlen(absolute));
	for (size_t i = 0; i < l->n; i++)
		fatal += l->v[i].fatal;
	if (fatal != 0)
		atomic_store(&a->incomplete, true);
	gather_paths(a, &file);
	mark_seen(&file, fatal == 0);
	for (size_t i = 0; i < l->n; i++) {
		const struct finding *f = &l->v[i];
		const struct waiver *w = f->fatal ? NULL : find_waiver(a, &file, f);

		if (w != NULL) {
			finding_pass(l, f, PASS_WAIVER, w->reason, w->reason != NULL ? strlen(w->reason) : 0);
			count->waived++;
		} else if (is_baselined(a, &file, f, l->n)) {
			finding_pass(l, f, PASS_BASELINE, NULL, 0);
			count->baselined++;
		} else {
			l->v[n++] = *f;
		}
	}
	l->n = n;
	if (l->keeps_absent && fatal == 0)
		add_absent(a, &file, path, l);
	free(file.paths);
	free(file.allowed);
	free(absolute);
}

/* ---- the end ---- */

void
accept_covered(struct accept *a, const char *folder)
{
	XPUSH(a->covered, a->ncovered, a->capcovered) = path_of_folder(folder);
}

void
accept_excluded(struct accept *a, const char *path)
{
	char *absolute = path_absolute(path);

	for (size_t i = 0; i < a->nwaivers; i++)
		for (size_t k = 0; k < a->waivers[i]->npaths; k++) {
			struct waiver_path *t = &a->waivers[i]->paths[k];
			char *exact = t->exact != NULL ? path_join(t->waiver->file->folder, t->exact) : NULL;

			/* a glob may mean something in there; nobody has looked */
			if (exact != NULL ? path_within(absolute, exact) != NULL : path_within(t->waiver->file->folder, absolute) != NULL) {
				atomic_store(&t->seen, true);
				atomic_store(&t->partly, true);
			}
			free(exact);
		}
	free(absolute);
}

static bool
is_covered(const struct accept *a, const struct waiver_file *file)
{
	for (size_t i = 0; i < a->ncovered; i++)
		if (path_within(a->covered[i], file->folder) != NULL)
			return true;
	return false;
}

/* A finding about a waiver, by one of the rules suppress/..., if it is on. */
static void
accept_say(const struct policy *p, const char *rule, const struct waiver *w, struct span at, struct finding_list *out,
    const char *message)
{
	const struct rule *r = rule_find(p->set, rule);
	struct finding *f = r != NULL ? lint_say(p, r, out, w->file->path, message) : NULL;

	if (f == NULL)
		return;
	f->placed = true;
	f->at = at;
	f->fingerprint = accept_key(accept_hash(rule, strlen(rule)), accept_hash(message, strlen(message)));
}

/* "caption/missing" or "caption/missing and 2 more" */
static const char *
names_of(const struct waiver *w, struct arena *arena)
{
	if (w->nwords == 1)
		return arena_printf(arena, "'%s'", w->words[0].name);
	return arena_printf(arena, "'%s' and %zu more", w->words[0].name, w->nwords - 1);
}

/* Is it known that the path was of no use? */
static bool
is_judged(const struct waiver_path *t, bool covered)
{
	return atomic_load(&t->seen) && !atomic_load(&t->partly) && (covered || atomic_load(&t->itself));
}

static void
say_unused_parts(const struct waiver *w, bool all_judged, bool covered, const struct policy *p, struct finding_list *out)
{
	struct arena *arena = &out->arena;
	const char *names = names_of(w, arena);
	size_t i;

	for (i = 0; i < w->npaths; i++)
		if (is_judged(&w->paths[i], covered) && !atomic_load(&w->paths[i].used))
			accept_say(p, "suppress/unused", w, w->paths[i].at, out,
			    arena_printf(arena, "waiver of %s lets nothing pass in '%s' any more", names, w->paths[i].glob));
	for (i = 0; all_judged && i < w->nwords; i++)
		if (!atomic_load(&w->words[i].used))
			accept_say(p, "suppress/unused", w, w->words[i].at, out,
			    arena_printf(arena, "waiver lets nothing of '%s' pass any more", w->words[i].name));
	for (i = 0; all_judged && i < w->nmarks; i++)
		if (!atomic_load(&w->marks[i].used))
			accept_say(p, "suppress/unused", w, w->marks[i].at, out,
			    arena_printf(arena, "waiver of %s: no finding has the fingerprint '%016llx' any more", names,
			    (unsigned long long)w->marks[i].fingerprint));
}

static void
judge(const struct accept *a, const struct waiver *w, bool covered, const struct policy *p, struct finding_list *out)
{
	bool all_judged = true, any_judged = false, used = false;
	size_t i;

	for (i = 0; i < w->nwords; i++)
		used = used || atomic_load(&w->words[i].used);
	for (i = 0; i < w->npaths; i++) {
		const struct waiver_path *t = &w->paths[i];

		if (covered && !atomic_load(&t->seen)) {
			const char *text = arena_printf(&out->arena, "'%s' means no file that was checked", t->glob);
			struct finding *f = finding_message(out, MSG_CONFIG_GLOB, w->file->path, text);

			f->placed = true;
			f->at = t->at;
		} else if (is_judged(t, covered))
			any_judged = true;
		else
			all_judged = false;
	}
	if (w->npaths == 0)
		any_judged = all_judged = covered && !atomic_load(&a->incomplete) && all_ran(w, p);
	if (!used && all_judged && any_judged)
		accept_say(p, "suppress/unused", w, w->at, out, arena_printf(&out->arena,
		    "waiver of %s lets nothing pass any more", names_of(w, &out->arena)));
	else
		say_unused_parts(w, used && all_judged, covered, p, out);
}

void
accept_end(struct accept *a, accept_policy_fn *policy_of, void *arg, struct finding_list *out)
{
	for (size_t i = 0; i < a->nwaivers; i++) {
		const struct waiver *w = a->waivers[i];
		const struct policy *p = policy_of(arg, w->file->folder);
		bool covered = is_covered(a, w->file), concerned = covered || atomic_load(&w->met);

		for (size_t k = 0; k < w->npaths; k++)
			concerned = concerned || atomic_load(&w->paths[k].seen);
		if (!concerned)
			continue;
		if (w->lacks != NULL)
			accept_say(p, "suppress/no-reason", w, w->at, out, arena_printf(&out->arena,
			    "waiver of %s has no %s, and so no effect", names_of(w, &out->arena), w->lacks));
		else if (has_expired(w, p))
			accept_say(p, "suppress/expired", w, w->expires_at, out, arena_printf(&out->arena,
			    "waiver of %s by %s held until %s, and holds no longer", names_of(w, &out->arena), w->owner, w->expires));
		else
			judge(a, w, covered, p, out);
	}
	finding_list_sort(out);
}
