/* assert: an XPath expression must hold for every node that another gives.  For structural house policy without C:
 *
 *	<assert context="/article" test="block[@kind='source'][@agency='AFP']" at="body-end"/>
 *	<assert context="//block[@kind='credit']" test="@agency or @person"/> */
#include "check.h"
#include "util/arena.h"
#include "view/view.h"

#include <stdlib.h>
#include <string.h>

struct assert_data {
	unsigned context, test;
	const char *at;			/* a place of check_place(); NULL: at the node itself */
};

static bool
compile_expression(struct rule_build *b, const struct node *el, const char *attr, unsigned *id)
{
	const char *expr = rule_attr(b, el, attr, NULL);
	char *why;

	if (expr == NULL) {
		rule_error(b, el, NULL, "'assert' lacks the attribute '%s', expected an XPath expression", attr);
		return false;
	}
	if (view_compile(expr, id, &why))
		return true;
	rule_error(b, el, attr, "'%s' is not understood: %s", expr, why);
	free(why);
	return false;
}

static void *
assert_compile(struct rule_build *b, const struct node *el)
{
	struct assert_data *d = ARENA_NEW(rule_arena(b), struct assert_data);
	const char *at = "node";
	bool good;

	rule_known_attrs(b, el, "context test at");
	rule_known_children(b, el, "");
	good = compile_expression(b, el, "context", &d->context);
	good = compile_expression(b, el, "test", &d->test) && good;
	if (!rule_attr_place(b, el, at, &at) || !good)
		return NULL;
	d->at = strcmp(at, "node") != 0 ? at : NULL;
	return d;
}

struct asserting {
	struct check_ctx *c;
	const struct assert_data *d;
	bool failed;			/* an expression could not be evaluated: the rest need not be tried */
};

static void
report_node(struct asserting *a, struct range at, bool whole)
{
	const struct article *article = a->c->article;
	const struct block *block = whole ? NULL : article_block_at(article, at);
	const char *name = whole ? "article" : block != NULL ? block_kind_name(block->kind) : "field";
	struct report r = { .certainty = SURE };

	if (!whole)		/* a block may end in a blank that does not break */
		at = text_trim(&article->text, at);
	r.at = at;
	report_arg(&r, "node", name, strlen(name));
	report_arg(&r, "text", text_at(&article->text, at), range_len(at));
	/* elsewhere than at the node: the node's words are what is spoken of, and never those of the whole article */
	if (a->d->at != NULL) {
		if (!check_place(a->c, a->d->at, &r.at))
			return;
		r.anchor = arena_strndup(a->c->arena, text_at(&article->text, at), range_len(at));
	}
	if (whole)
		r.anchor = "article";
	check_report(a->c, &r);
}

static void
each_node(void *arg, const void *node, struct range at, bool whole)
{
	struct asserting *a = arg;
	bool holds = true;

	if (a->failed)
		return;
	a->failed = !view_holds(a->c->view, a->d->test, node, &holds);
	if (!a->failed && !holds)
		report_node(a, at, whole);
}

static void
assert_run(struct check_ctx *c, const void *data)
{
	struct asserting a = { .c = c, .d = data };

	if (!view_select(c->view, a.d->context, &a.d->test, each_node, &a) || a.failed)
		check_failed(c, view_error(c->view));
}

static const struct param_doc params[] = {
	{ "context", "XPath", "the nodes to ask about: /article, //block[@kind='credit'] ..." },
	{ "test", "XPath", "must hold with such a node as its context; else the node is reported" },
	{ "at", "node, or a place", "where it is reported: at the node (default), or at the start, head-end, body-end or end" },
	{ NULL, NULL, NULL }
};
static const char *const placeholders[] = { "node", "text", NULL };

const struct check check_assert = {
	.name = "assert",
	.doc = "An XPath 1.0 expression must hold for every node that another gives, in the article as 'wirelint show --format"
	    " xml' prints it.",
	.params = params,
	.placeholders = placeholders,
	.compile = assert_compile,
	.run = assert_run,
};
