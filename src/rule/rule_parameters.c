/* Parameters that a configuration gives to rules: attributes of a rule's check, set before the check is compiled.
 *
 *	parameters: { caption/duplicate-lead: { similarity: 0.9 } }	<echo similarity="0.8" ...> is read as similarity="0.9"
 *
 * What a check then says of such a value is said of the configuration and not of the rule file. */
#include "rule/rule_build.h"

#include "util/buf.h"
#include "util/str.h"
#include "util/xmalloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
complain(struct rule_set *set, struct rule_parameter *p, const char *text)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "parameter '%s' of rule '%s': %s", p->name, p->rule, text);
	set->parameter_error(set->parameter_arg, p, b.s);
	buf_release(&b);
}

/* Only attributes: what stands in an element of its own ("of", "<term use=>") is the rule's subject, not its measure. */
static bool
is_parameter(const struct param_doc *doc)
{
	return doc->name[strspn(doc->name, "abcdefghijklmnopqrstuvwxyz-")] == '\0' && strcmp(doc->type, "element") != 0;
}

static bool
knows(struct rule_build *b, const struct check *check, struct rule_parameter *p)
{
	struct nearest near;
	char text[200];

	nearest_init(&near, p->name, strlen(p->name));
	for (const struct param_doc *d = check->params; d != NULL && d->name != NULL; d++)
		if (is_parameter(d)) {
			if (strcmp(d->name, p->name) == 0)
				return true;
			nearest_try(&near, d->name);
		}
	snprintf(text, sizeof text, near.best != NULL ? "the check '%.40s' has none so called; did you mean '%.40s'?" :
	    "the check '%.40s' has none so called; 'wirelint checks' lists what it has", check->name, near.best);
	complain(b->set, p, text);
	return false;
}

static void
set_attr(struct rule_build *b, struct node *el, const struct rule_parameter *p)
{
	struct xml_attr *attrs = ARENA_ARRAY(b->arena, struct xml_attr, el->nattrs + 1), *a = NULL;

	if (el->nattrs != 0)
		memcpy(attrs, el->attrs, el->nattrs * sizeof *attrs);
	for (size_t i = 0; i < el->nattrs; i++)
		if (strcmp(attrs[i].name, p->name) == 0)
			a = &attrs[i];
	if (a == NULL) {
		a = &attrs[el->nattrs++];
		*a = (struct xml_attr){ .name = p->name, .at = el->at, .end = el->tag_end };
	}
	a->value = p->value;
	a->n = strlen(p->value);
	el->attrs = attrs;
}

bool
rule_take_parameters(struct rule_build *b, const struct check *check, const struct node *el)
{
	bool any = false;

	for (size_t i = 0; i < b->set->nparameters; i++) {
		struct rule_parameter *p = &b->set->parameters[i];

		if (strcmp(p->rule, b->rule->id) != 0)
			continue;
		p->used = true;
		if (!knows(b, check, p))
			continue;
		set_attr(b, (struct node *)el, p);	/* the tree is the loader's own, in its arena */
		any = true;
	}
	return any;
}

/* The parameter that a message speaks of: it quotes the value. */
static struct rule_parameter *
meant(struct rule_build *b, const char *message)
{
	struct rule_parameter *first = NULL;

	for (size_t i = b->set->nparameters; i-- != 0;) {
		struct rule_parameter *p = &b->set->parameters[i];
		const char *at = strstr(message, p->value);

		if (strcmp(p->rule, b->rule->id) != 0)
			continue;
		if (at != NULL && at > message && at[-1] == '\'')
			return p;
		first = p;
	}
	return first;
}

void
rule_blame_parameters(struct rule_build *b, size_t from)
{
	struct finding_list *l = b->errors;
	const char **texts = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = from; i < l->n; i++)
		XPUSH(texts, n, cap) = l->v[i].message;
	l->n = from;
	for (size_t i = 0; i < n; i++)
		complain(b->set, meant(b, texts[i]), texts[i]);
	free(texts);
}

void
rule_unused_parameters(struct rule_set *set)
{
	for (size_t i = 0; i < set->nparameters; i++) {
		struct rule_parameter *p = &set->parameters[i];
		struct nearest near;
		char text[200];

		if (p->used || rule_find(set, p->rule) != NULL)
			continue;
		nearest_init(&near, p->rule, strlen(p->rule));
		for (size_t k = 0; k < set->n; k++)
			nearest_try(&near, set->rules[k]->id);
		snprintf(text, sizeof text, near.best != NULL ? "unknown rule '%.80s'; did you mean '%.80s'?" :
		    "unknown rule '%.80s'; see 'wirelint rules'", p->rule, near.best);
		set->parameter_error(set->parameter_arg, p, text);
	}
}
