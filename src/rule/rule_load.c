/* Rule files to rules.
 *
 * A file is parsed into a small tree, each <rule> of it is made for itself: a mistake costs that rule and no other.  The
 * built-in files and a desk's packs go the same way; only the patterns of built-in rules are not compiled here. */
#include "rule/rule_load.h"

#include "frozen/builtin.h"
#include "rule/profile.h"
#include "rule/rule_build.h"
#include "source/source.h"
#include "util/str.h"
#include "util/xmalloc.h"
#include "view/view.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMESPACE "urn:wirelint:rules:1"

/* What a rule has besides its check. */
enum part_no { TITLE, WHEN, MESSAGE_PART, NOTE, WHY, FIX, SILENCES, UPSTREAM, BAD, GOOD, PARTS };
static const struct { const char *name; bool many; } parts[PARTS] = {
	{ "title", false }, { "when", true }, { "message", false }, { "note", false }, { "why", false }, { "fix", false },
	{ "silences", true }, { "upstream", true }, { "bad", true }, { "good", true },
};

static int
part_of(const struct node *el)
{
	int i;

	for (i = 0; i < PARTS; i++)
		if (strcmp(el->name, parts[i].name) == 0)
			return i;
	return -1;
}

/* An element that is neither a part of a rule nor a check; whichever is nearer is what was meant. */
static void
unknown_element(struct rule_build *b, const struct node *el)
{
	const struct check *const *c;
	const char *names[128];
	struct nearest near;
	size_t n = 0;
	int i;

	nearest_init(&near, el->name, strlen(el->name));
	for (c = check_list(); *c != NULL && n < 127; c++) {
		names[n++] = (*c)->name;
		nearest_try(&near, (*c)->name);
	}
	names[n] = NULL;
	for (i = 0; i < PARTS; i++)
		nearest_try(&near, parts[i].name);
	for (i = 0; i < PARTS && near.best != parts[i].name; i++)
		;
	if (i < PARTS)
		rule_error(b, el, NULL, "unknown element '%s'; did you mean '%s'?", el->name, near.best);
	else
		rule_error_unknown(b, el->at, el->tag_end, "check", el->name, strlen(el->name), "", names);
}

static bool
in_finder(const struct node *el)
{
	return strcmp(el->name, "pattern") == 0 || strcmp(el->name, "terms") == 0 || strcmp(el->name, "except") == 0;
}

/* The one check element of a rule; NULL after an error.  Patterns, terms and exceptions side by side are one. */
static const struct node *
find_check(struct rule_build *b, const struct node *rule)
{
	const struct node *c, *found = NULL, *except = NULL;
	size_t before = b->nerrors;

	for (c = rule->first; c != NULL; c = c->next) {
		if (part_of(c) >= 0)
			continue;
		if (strcmp(c->name, "except") == 0)
			except = c;
		else if (check_by_name(c->name, strlen(c->name)) == NULL)
			unknown_element(b, c);
		else if (found == NULL)
			found = c;
		else if (!in_finder(c) || !in_finder(found))
			rule_error(b, c, NULL, "second check '%s' in one rule, expected one; the first is '%s'", c->name, found->name);
	}
	if (found == NULL && b->nerrors == before)
		rule_error(b, rule, NULL, "rule without a check, expected one element such as <terms> or <pattern>");
	else if (found != NULL && except != NULL && !in_finder(found))
		rule_error(b, except, NULL, "'except' beside '%s', expected it inside", found->name);
	return found;
}

static const char *
text_part(struct rule_build *b, const struct node *rule, const struct node *el, const char *name, bool needed)
{
	if (el == NULL) {
		if (needed)
			rule_error(b, rule, NULL, "rule without '%s', expected an element <%s>", name, name);
		return NULL;
	}
	rule_known_attrs(b, el, strcmp(name, "why") == 0 ? "link" : "");
	rule_known_children(b, el, "");
	if (rule_blank(el))
		rule_error(b, el, NULL, "'%s' is empty, expected text", name);
	return rule_folded(b, el->text, el->text_len);
}

/* `off` is for likely and weak evidence only. */
static enum severity
severity_attr(struct rule_build *b, const struct node *el, const char *name, const char *choices, enum severity otherwise)
{
	const char *v = rule_attr(b, el, name, "");
	enum severity s;

	if (rule_attr_choice(b, el, name, choices, -1) < 0)
		return otherwise;
	return severity_parse(v, strlen(v), &s) ? s : otherwise;
}

static bool
is_name(const char *s)
{
	return *s != '\0' && *s != '-' && s[strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

static void
make_id(struct rule_build *b, const struct node *el)
{
	const struct xml_attr *id = node_attr(el, "id");
	const struct rule *other;
	uint32_t line;

	rule_place(b, el->at, &line, NULL);
	b->rule->line = line;
	b->rule->id = "";
	if (id == NULL) {
		rule_error(b, el, NULL, "rule without 'id', expected an attribute such as id=\"short-name\"");
		return;
	}
	if (!is_name(id->value)) {
		rule_error(b, el, "id", "'%s' is no id, expected small letters, digits and hyphens", id->value);
		return;
	}
	b->rule->id = arena_printf(b->arena, "%s/%s", b->family, id->value);
	if ((other = rule_find(b->set, b->rule->id)) != NULL)
		rule_error(b, el, "id", "rule '%s' exists already, at %s:%u; expected a new id", b->rule->id, other->path,
		    (unsigned)other->line);
}

static void
make_attrs(struct rule_build *b, const struct node *el)
{
	struct rule *r = b->rule;
	int tier, quoted;

	rule_known_attrs(b, el, "id severity likely weak tier scope text-of quoted");
	if (node_attr(el, "severity") == NULL)
		rule_error(b, el, NULL, "rule without 'severity', expected error, warning or note");
	r->severity[SURE] = severity_attr(b, el, "severity", "error warning note", SEV_WARNING);
	r->severity[LIKELY] = severity_attr(b, el, "likely", "error warning note off", r->severity[SURE]);
	r->severity[WEAK] = severity_attr(b, el, "weak", "error warning note off", r->severity[LIKELY]);
	tier = rule_attr_choice(b, el, "tier", "core profile strict compare", TIER_CORE);
	r->tier = tier < 0 ? TIER_CORE : (enum tier)tier;
	quoted = rule_attr_choice(b, el, "quoted", "any in out", QUOTED_ANY);
	r->quoted = quoted < 0 ? QUOTED_ANY : (enum quoted)quoted;
	r->text_of = rule_attr_fields(b, el, "text-of");
	r->scope = rule_attr_scope(b, el, "scope", r->text_of != 0 ? 0 : kind_set_parse("all", 3));
}

static void
make_parts(struct rule_build *b, const struct node *el, const struct node *found[PARTS])
{
	const struct node *c;
	int i;

	for (c = el->first; c != NULL; c = c->next) {
		if ((i = part_of(c)) < 0)
			continue;
		if (found[i] != NULL && !parts[i].many)
			rule_error(b, c, NULL, "second '%s' in one rule, expected one", c->name);
		if (found[i] == NULL)
			found[i] = c;
		if (i == WHEN)
			rule_part_when(b, c);
		else if (i == SILENCES)
			rule_part_silences(b, c);
		else if (i == UPSTREAM)
			rule_part_upstream(b, c);
		else if (i == BAD || i == GOOD)
			rule_part_example(b, c, i == BAD);
	}
	b->rule->title = text_part(b, el, found[TITLE], "title", true);
	b->rule->message = text_part(b, el, found[MESSAGE_PART], "message", true);
	b->rule->note = text_part(b, el, found[NOTE], "note", false);
	b->rule->why = text_part(b, el, found[WHY], "why", b->builtin);
	if (found[WHY] != NULL)
		b->rule->link = rule_attr(b, found[WHY], "link", NULL);
	if (found[FIX] != NULL)
		rule_part_fix(b, found[FIX]);
	if (found[BAD] == NULL)
		rule_error(b, el, NULL, "rule without a bad example, expected <bad> with [[ ]] around what is reported");
	if (found[GOOD] == NULL)
		rule_error(b, el, NULL, "rule without a good example, expected <good>");
	if (!rule_blank(el))
		rule_error(b, el, RULE_TEXT, "text between the elements of a rule, expected none");
}

static void
make_check(struct rule_build *b, const struct node *el, const struct node *const found[PARTS])
{
	const struct node *check = find_check(b, el);
	size_t before = b->nerrors, said;
	bool given;
	int i;

	if (check == NULL)
		return;
	b->rule->check = check_by_name(check->name, strlen(check->name));
	given = rule_take_parameters(b, b->rule->check, check);
	said = b->errors->n;
	b->rule->data = b->rule->check->compile(b, check);
	if (b->nerrors != before && given)
		rule_blame_parameters(b, said);
	for (size_t k = 0; k < b->rule->nexamples; k++)
		if (b->rule->examples[k].shown && b->rule->check != &check_suppression) {
			rule_error(b, el, NULL, "an example with run=\"no\" in a rule of '%s', expected none: its examples can be run",
			    b->rule->check->name);
			break;
		}
	if (b->nerrors != before)
		return;		/* groups and forms may be missing, so placeholders cannot be judged */
	for (i = 0; i < PARTS; i++)
		if (found[i] != NULL && (i == MESSAGE_PART || i == NOTE || i == FIX))
			rule_check_placeholders(b, found[i], b->rule->check);
}

static void
make_rule(struct rule_build *b, const struct node *el)
{
	size_t before = b->nerrors, finders = b->set->nfinders, pending = b->set->npending;
	const struct node *found[PARTS] = { NULL };

	b->rule = ARENA_NEW(b->arena, struct rule);
	b->rule->path = b->path;
	b->rule->builtin = b->builtin;
	b->nplaceholders = 0;
	b->groups = 0;
	b->has_use = false;
	make_id(b, el);
	make_attrs(b, el);
	make_parts(b, el, found);
	make_check(b, el, found);
	if (b->nerrors == before) {
		rule_set_add(b->set, b->rule);
	} else {
		b->set->nfinders = finders;
		b->set->npending = pending;
		rule_release(b->rule);
	}
	b->rule = NULL;
}

/* <front-matter key="hed kop" is="headline"/>: what keys of front matter stand for in this house. */
static void
make_front(struct rule_build *b, const struct node *el)
{
	const char *keys = rule_attr(b, el, "key", NULL), *is = rule_attr(b, el, "is", NULL);
	struct front_key front;

	rule_known_attrs(b, el, "key is");
	rule_known_children(b, el, "");
	if (!rule_blank(el))
		rule_error(b, el, RULE_TEXT, "text in 'front-matter', expected none");
	if (keys == NULL || is == NULL) {
		rule_error(b, el, NULL, "'front-matter' without '%s', expected one such as <front-matter key=\"hed\" is=\"headline\"/>",
		    keys == NULL ? "key" : "is");
		return;
	}
	if (!key_meaning_parse(is, strlen(is), &front.means)) {
		const struct xml_attr *a = node_attr(el, "is");

		rule_error_unknown(b, a->at, a->end, "meaning", is, strlen(is), "", key_meaning_names);
		return;
	}
	while ((front.path = key_next(b->arena, &keys)) != NULL)
		XPUSH(b->set->front, b->set->nfront, b->set->capfront) = front;
}

static void
make_rules(struct rule_build *b, const struct node *root)
{
	const struct node *c;
	const struct xml_attr *family = node_attr(root, "family");
	uint32_t at = root->at, end = root->tag_end;

	if (strcmp(root->name, "profiles") == 0) {
		if (!b->builtin && b->set->n != 0 && b->set->rules[0]->builtin)
			rule_load_profiles(b->set, b->errors);		/* a desk's own must have new ids */
		profile_load(b, root);
		return;
	}
	if (strcmp(root->name, "rules") != 0) {
		rule_error_at(b, at, end, "outermost element '%s', expected <rules xmlns=\"" NAMESPACE "\" family=\"...\"> or <profiles "
		    "xmlns=\"" PROFILES_NAMESPACE "\">", root->name);
		return;
	}
	if (root->ns == NULL || strcmp(root->ns, NAMESPACE) != 0) {
		rule_error_at(b, at, end, "namespace '%s', expected xmlns=\"" NAMESPACE "\"", root->ns != NULL ? root->ns : "");
		return;
	}
	rule_known_attrs(b, root, "family");
	if (family == NULL)
		rule_error_at(b, at, end, "'rules' without 'family', expected an attribute such as family=\"house\"");
	else if (!is_name(family->value))
		rule_error_at(b, family->at, family->end, "'%s' is no family, expected small letters, digits and hyphens",
		    family->value);
	b->family = family != NULL && is_name(family->value) ? family->value : "unknown";
	for (c = root->first; c != NULL; c = c->next) {
		if (strcmp(c->name, "rule") == 0)
			make_rule(b, c);
		else if (strcmp(c->name, "front-matter") == 0)
			make_front(b, c);
	}
	rule_known_children(b, root, "rule front-matter");
	if (!rule_blank(root))
		rule_error(b, root, RULE_TEXT, "text between rules, expected none");
}

/* `file`: what other files are relative to. */
static bool
load(struct rule_set *set, const char *path, const char *file, const struct source *source, const char *s, size_t n,
    bool builtin, struct finding_list *errors)
{
	struct rule_build b = { .set = set, .arena = &set->arena, .errors = errors, .source = source, .s = s, .n = n,
	    .builtin = builtin, .line = 1 };
	struct xml_error err;
	const struct node *root;

	b.path = arena_strdup(b.arena, path);
	b.file = file;
	root = builtin ? xml_tree_known(b.arena, s, n) : NULL;
	if (root == NULL)
		root = xml_tree(b.arena, s, n, &err);
	if (root != NULL)
		make_rules(&b, root);
	else
		rule_error_at(&b, err.at, err.at, "%s", err.message);
	return b.nerrors == 0;
}

static void
load_builtin(struct rule_set *set, const struct builtin *f, struct finding_list *errors)
{
	load(set, arena_printf(&set->arena, "built-in:%s", f->path), f->path, NULL, f->s, f->n, true, errors);
}

#define PROFILES "rules/profiles/"
#define STAGES PROFILES "stages.xml"

/* Rules as the image has them are those of a set in which nobody has said anything yet. */
static bool
is_untouched(const struct rule_set *set)
{
	return set->n == 0 && set->nparameters == 0 && set->nfront == 0 && set->nprofiles == 0;
}

static bool
thaw(struct rule_set *set)
{
	struct rule_set was = *set;

	if (!rule_set_thaw(set))
		return false;
	set->parameters = was.parameters;
	set->capparameters = was.capparameters;
	set->parameter_error = was.parameter_error;
	set->parameter_arg = was.parameter_arg;
	return true;
}

void
rule_load_builtin(struct rule_set *set, struct finding_list *errors)
{
	const struct builtin *f;

	if (is_untouched(set) && view_thaw() && thaw(set))
		return;
	for (f = builtins; f->path != NULL; f++) {
		size_t len = strlen(f->path);

		if (strncmp(f->path, "rules/", 6) == 0 && strchr(f->path + 6, '/') == NULL && len > 4 &&
		    strcmp(f->path + len - 4, ".xml") == 0)
			load_builtin(set, f, errors);
	}
	load_builtin(set, builtin_find(STAGES), errors);
}

void
rule_load_profiles(struct rule_set *set, struct finding_list *errors)
{
	const struct builtin *f;

	if (set->has_profiles)
		return;
	set->has_profiles = true;
	for (f = builtins; f->path != NULL; f++)
		if (strncmp(f->path, PROFILES, strlen(PROFILES)) == 0 &&
		    (strcmp(f->path, STAGES) != 0 || profile_find(set, "publish", 7) == NULL))
			load_builtin(set, f, errors);
}

static bool
load_source(struct rule_set *set, const char *path, const struct source *src, struct finding_list *errors)
{
	if (src->len != 0)
		return load(set, path, path, src, src->s, src->len, false, errors);
	finding_message(errors, MSG_CONFIG_RULES, path, "file is empty, expected rules")->placed = true;
	return false;
}

bool
rule_load_mem(struct rule_set *set, const char *path, const char *s, size_t n, bool builtin, struct finding_list *errors)
{
	struct source_options opt = { true, ENC_UTF8, NULL };
	struct source src;
	bool ok;

	if (builtin)
		return load(set, path, path, NULL, s, n, true, errors);
	source_init(&src);
	opt.forced = n < 2 || ((unsigned char)s[0] < 0xFE && (unsigned char)s[1] < 0xFE);	/* but UTF-16 by its mark */
	ok = source_load_mem(&src, path, s, n, &opt) == SOURCE_OK && load_source(set, path, &src, errors);
	source_release(&src);
	return ok;
}

static void
cannot_read(struct finding_list *errors, const char *path, const char *why)
{
	char text[256];

	snprintf(text, sizeof text, "cannot read: %s", why);
	finding_message(errors, MSG_CONFIG_RULES, path, text);
}

bool
rule_load_file(struct rule_set *set, const char *path, struct finding_list *errors)
{
	struct source_options opt = { false, ENC_UTF8, NULL };
	struct source src;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY), error;
	enum source_status status;
	bool ok = false;

	if (fd < 0) {
		cannot_read(errors, path, strerror(errno));
		return false;
	}
	source_init(&src);
	status = source_load_fd(&src, path, fd, &opt);
	error = errno;
	close(fd);
	if (status == SOURCE_OK)
		ok = load_source(set, path, &src, errors);
	else
		cannot_read(errors, path, status == SOURCE_TOO_LARGE ? "file is larger than 1 GiB" : strerror(error));
	source_release(&src);
	return ok;
}

static bool
is_family(const struct rule_set *set, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < set->n; i++)
		if (strncmp(set->rules[i]->id, name, n) == 0 && set->rules[i]->id[n] == '/')
			return true;
	return false;
}

void
rule_load_finish(struct rule_set *set, struct finding_list *errors)
{
	size_t i, j;

	for (i = 0; i < set->npending; i++) {
		const struct silence *p = &set->pending[i];
		struct nearest near;
		struct finding *f;
		char text[256];

		if (rule_find(set, p->name) != NULL || (p->family && is_family(set, p->name)))
			continue;
		nearest_init(&near, p->name, strlen(p->name));
		for (j = 0; j < set->n; j++)
			nearest_try(&near, set->rules[j]->id);
		snprintf(text, sizeof text, near.best != NULL ? "unknown rule '%.80s'; did you mean '%.80s'?" :
		    "unknown rule '%.80s', expected the id of a rule that is loaded", p->name, near.best);
		f = finding_message(errors, MSG_CONFIG_RULES, p->path, text);
		f->placed = true;
		f->at = p->at;
	}
	set->npending = 0;
	rule_unused_parameters(set);
	profile_load_finish(set, errors);
}
