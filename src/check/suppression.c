/* suppression: comments and waivers that are wrong themselves, or let nothing pass:
 *
 *	<suppression kind="unused"/>
 *
 * Only when all of a file was checked is it known what they let pass: nothing is done while an article is checked, and
 * the findings are made by suppress.c and by whoever reads waivers. */
#include "check/suppression.h"

#include "util/arena.h"

struct suppression_data { enum suppression_kind kind; };

const char *const suppression_kinds[SUPPRESSION_COUNT] = {
	"unused", "no-reason", "unknown-rule", "unknown-directive", "expired"
};

static void *
suppression_compile(struct rule_build *b, const struct node *el)
{
	struct suppression_data *d = ARENA_NEW(rule_arena(b), struct suppression_data);
	int kind = rule_attr_choice(b, el, "kind", "unused no-reason unknown-rule unknown-directive expired", -2);

	rule_known_attrs(b, el, "kind");
	rule_known_children(b, el, "");
	if (kind == -2)
		rule_error(b, el, NULL, "'suppression' without 'kind', expected an attribute such as kind=\"unused\"");
	if (kind < 0)
		return NULL;
	d->kind = (enum suppression_kind)kind;
	return d;
}

static void
suppression_run(struct check_ctx *c, const void *data)
{
	(void)c;
	(void)data;
}

bool
suppression_kind_of(const struct rule *r, enum suppression_kind *kind)
{
	if (r->check != &check_suppression || r->data == NULL)
		return false;
	*kind = ((const struct suppression_data *)r->data)->kind;
	return true;
}

static const struct param_doc params[] = {
	{ "kind", "one of unused, no-reason, unknown-rule, unknown-directive, expired", "what is wrong with the comment or the waiver" },
	{ NULL, NULL, NULL }
};
static const char *const placeholders[] = { "detail", NULL };

const struct check check_suppression = {
	.name = "suppression",
	.doc = "What is wrong with comments and waivers that let findings pass: said when all of a file has been checked.",
	.params = params,
	.placeholders = placeholders,
	.compile = suppression_compile,
	.run = suppression_run,
};
