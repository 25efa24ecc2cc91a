/* XPath over the article: expressions, each worker's tree, and questions asked of it. */
#include "frozen/frozen.h"
#include "util/utf8.h"
#include "util/xmalloc.h"
#include "util/xml.h"
#include "view/view.h"
#include "view/view_names.h"
#include "view/view_walk.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Expressions: their text, for all views ---- */

struct expression { char *text; struct view_traits traits; };
static struct {
	struct expression *v;
	size_t n, cap;
} expressions;
static pthread_mutex_t expressions_lock = PTHREAD_MUTEX_INITIALIZER;
const struct frozen_part frozen_expressions = { "expressions", &expressions, sizeof expressions };

bool
view_thaw(void)
{
	static bool thawed;
	struct expression *v;
	bool ready;

	pthread_mutex_lock(&expressions_lock);
	if (expressions.n == 0 && frozen_take(&frozen_expressions)) {
		v = xcalloc(expressions.n, sizeof *v);
		memcpy(v, expressions.v, expressions.n * sizeof *v);
		expressions.v = v;
		expressions.cap = expressions.n;
		thawed = true;
	}
	ready = thawed;
	pthread_mutex_unlock(&expressions_lock);
	return ready;
}

static unsigned
expression_add(const char *expr, const struct view_traits *traits)
{
	size_t i;

	pthread_mutex_lock(&expressions_lock);
	for (i = 0; i < expressions.n && strcmp(expressions.v[i].text, expr) != 0; i++)
		;
	if (i == expressions.n)
		XPUSH(expressions.v, expressions.n, expressions.cap) = (struct expression){ xstrdup(expr), *traits };
	pthread_mutex_unlock(&expressions_lock);
	return (unsigned)i;
}

static struct expression
expression_get(unsigned id)
{
	struct expression e = { NULL, { 0 } };

	pthread_mutex_lock(&expressions_lock);
	if (id < expressions.n)
		e = expressions.v[id];
	pthread_mutex_unlock(&expressions_lock);
	return e;
}

static const char *
error_words(int code)
{
	switch (code) {
	case XML_XPATH_UNFINISHED_LITERAL_ERROR:
		return "the quotation mark is not closed";
	case XML_XPATH_VARIABLE_REF_ERROR:
	case XML_XPATH_UNDEF_VARIABLE_ERROR:
		return "there are no variables";
	case XML_XPATH_INVALID_PREDICATE_ERROR:
		return "expected ']'";
	case XML_XPATH_UNKNOWN_FUNC_ERROR:
		return "unknown function";
	case XML_XPATH_INVALID_OPERAND:
	case XML_XPATH_INVALID_TYPE:
		return "a value of the wrong type";
	case XML_XPATH_INVALID_ARITY:
		return "a function has too few or too many arguments";
	case XML_XPATH_UNDEF_PREFIX_ERROR:
		return "there are no namespaces";
	case XML_XPATH_MEMORY_ERROR:
		return "out of memory";
	default:
		return "expected an XPath 1.0 expression";
	}
}

/* libxml2 hands over no words, only a code and the offset where it stopped. */
static void
say_error(void *arg, xmlErrorPtr e)
{
	char *why = arg;
	const char *rest = "";

	if (why[0] != '\0' || e == NULL)		/* the first one is the cause */
		return;
	if (e->str1 != NULL && e->int1 > 0 && (size_t)e->int1 < strlen(e->str1))
		rest = e->str1 + e->int1;
	if (rest[0] != '\0')
		snprintf(why, VIEW_WHY, "%s at '%.60s'", error_words(e->code), rest);
	else
		snprintf(why, VIEW_WHY, "%s", error_words(e->code));
}

static xmlXPathContextPtr
context_new(char why[VIEW_WHY])
{
	xmlXPathContextPtr c;

	xml_start();
	c = xmlXPathNewContext(NULL);
	if (c == NULL)
		xmalloc(SIZE_MAX);		/* says so and ends the program */
	c->error = say_error;
	c->userData = why;
	why[0] = '\0';
	return c;
}

bool
view_compile(const char *expr, unsigned *id, char **why)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static xmlXPathContextPtr c;		/* kept: making one takes longer than compiling */
	char words[VIEW_WHY];
	struct view_traits traits;
	xmlXPathCompExprPtr x;
	bool good;

	pthread_mutex_lock(&lock);
	if (c == NULL)
		c = context_new(words);
	c->userData = words;
	words[0] = '\0';
	x = xmlXPathCtxtCompile(c, (const xmlChar *)expr);
	good = x != NULL && view_names_known(expr, &traits, words);
	xmlXPathFreeCompExpr(x);
	c->userData = NULL;
	xmlResetError(&c->lastError);
	pthread_mutex_unlock(&lock);
	if (!good) {
		*why = xstrdup(words[0] != '\0' ? words : "invalid expression");
		return false;
	}
	*id = expression_add(expr, &traits);
	return true;
}

/* ---- A worker's view ---- */

struct question {			/* an expression as this view knows it */
	xmlXPathCompExprPtr compiled;
	struct view_traits traits;
	unsigned long spent;		/* steps on this article */
};

struct view {
	xmlXPathContextPtr context;
	const struct article *article;
	kind_set kinds;			/* of the article's blocks; 0 until the first question */
	xmlDocPtr doc;			/* NULL until a question needs it */
	struct view_form form;		/* how much of the article doc holds */
	struct range *ranges;		/* node->_private - 1 is the index */
	size_t nranges, capranges;
	struct question *questions;	/* by id */
	size_t nquestions, capquestions;
	char why[VIEW_WHY];
};

/* Steps that an expression may take over one article: enough for anything linear, and for what is quadratic in an article
 * of a few thousand blocks. */
enum { STEPS = 20000000, STEPS_A_NODE = 100 };
static const char too_slow[] = "the article is too long for an expression this slow";

struct view *
view_new(void)
{
	struct view *v = xcalloc(1, sizeof(*v));

	v->context = context_new(v->why);
	xmlXPathContextSetCache(v->context, 1, -1, 0);		/* else each step of an expression takes and frees memory */
	return v;
}

static void
forget_tree(struct view *v)
{
	if (v->doc != NULL)
		xmlFreeDoc(v->doc);
	v->doc = NULL;
	v->context->doc = NULL;
	v->context->node = NULL;
	xmlResetError(&v->context->lastError);
	free(v->ranges);
	v->ranges = NULL;
	v->nranges = v->capranges = 0;
}

static void
forget(struct view *v)
{
	forget_tree(v);
	v->kinds = 0;
	for (size_t i = 0; i < v->nquestions; i++)
		v->questions[i].spent = 0;
}

void
view_free(struct view *v)
{
	if (v == NULL)
		return;
	forget(v);
	for (size_t i = 0; i < v->nquestions; i++)
		xmlXPathFreeCompExpr(v->questions[i].compiled);
	free(v->questions);
	xmlXPathFreeContext(v->context);
	free(v);
}

void
view_start(struct view *v, const struct article *a)
{
	forget(v);
	v->article = a;
}

const char *
view_error(const struct view *v)
{
	return v->why[0] != '\0' ? v->why : "expression cannot be evaluated";
}

/* ---- The tree ---- */

struct grower {
	struct sink sink;
	struct view *v;
	xmlNodePtr at;			/* the element that is open; NULL before the root */
};

static void *
must(void *p)
{
	return p != NULL ? p : xmalloc(SIZE_MAX);
}

/* Characters of ASCII that XML may hold. */
static bool
is_plain(const char *s, size_t n)
{
	bool plain = true;

	for (size_t i = 0; i < n; i++)
		plain = plain & ((unsigned char)s[i] < 0x80) & (((unsigned char)s[i] >= 0x20) | (s[i] == '\n') | (s[i] == '\t') | (s[i] == '\r'));
	return plain;
}

/* A terminated copy that XML may hold.  U+FFFD takes three bytes where a control character took one, hence the count. */
static xmlChar *
xml_copy(const char *s, size_t n)
{
	const char *end = s + n;
	size_t len = n;
	char *to, *copy;

	if (is_plain(s, n)) {
		copy = must(xmlMalloc(n + 1));
		memcpy(copy, s, n);
		copy[n] = '\0';
		return (xmlChar *)copy;
	}
	for (const char *p = s; p < end; p++)
		len += (unsigned char)*p < 0x20 ? 2 : 0;
	to = copy = must(xmlMalloc(len + 1));
	while (s < end) {
		unsigned cp;
		size_t step = utf8_decode(s, end, &cp);

		if (view_xml_char(cp)) {
			memcpy(to, s, step);
			to += step;
		} else {
			to += utf8_encode(0xFFFD, to);
		}
		s += step;
	}
	*to = '\0';
	return (xmlChar *)copy;
}

static void *
tag(struct view *v, struct range at)
{
	XPUSH(v->ranges, v->nranges, v->capranges) = at;
	return (void *)(uintptr_t)v->nranges;
}

static void
grow_start(struct sink *k, const char *name, struct range at)
{
	struct grower *g = (struct grower *)k;
	xmlNodePtr node = must(xmlNewDocNode(g->v->doc, NULL, (const xmlChar *)name, NULL));

	node->_private = tag(g->v, at);
	if (g->at == NULL)
		xmlDocSetRootElement(g->v->doc, node);
	else
		xmlAddChild(g->at, node);
	g->at = node;
}

static void
grow_attr(struct sink *k, const char *name, const char *s, size_t n, struct range at)
{
	struct grower *g = (struct grower *)k;
	xmlChar *value = xml_copy(s, n);
	xmlAttrPtr attr = must(xmlNewProp(g->at, (const xmlChar *)name, value));

	attr->_private = tag(g->v, at);
	xmlFree(value);
}

static void
grow_text(struct sink *k, const char *s, size_t n)
{
	struct grower *g = (struct grower *)k;
	xmlNodePtr node;

	if (n == 0 || !k->form.text)
		return;
	node = must(xmlNewDocText(g->v->doc, NULL));
	node->content = xml_copy(s, n);		/* not handed to libxml2 to copy again: the text may be large */
	xmlAddChild(g->at, node);
}

static void
grow_end(struct sink *k)
{
	struct grower *g = (struct grower *)k;

	g->at = g->at->parent;
}

static void
grow(struct view *v, struct view_form form)
{
	struct grower g = { .sink = { form, grow_start, grow_attr, grow_text, grow_end }, .v = v };

	v->form = form;
	v->doc = must(xmlNewDoc((const xmlChar *)"1.0"));
	view_walk(&g.sink, v->article);
	xmlXPathOrderDocElems(v->doc);		/* else sorting nodes is quadratic */
	v->context->doc = v->doc;
}

/* ---- Questions ---- */

static kind_set
kinds_of(const struct article *a)
{
	kind_set kinds = 0;

	for (size_t i = 0; i < a->nblocks; i++)
		kinds |= KIND(a->blocks[i].kind);
	return kinds;
}

/* The question, compiled.  NULL: it cannot be. */
static struct question *
ask(struct view *v, unsigned id)
{
	struct expression e = expression_get(id);
	struct question *q;

	v->why[0] = '\0';
	if (v->article == NULL || e.text == NULL)
		return NULL;
	while (v->nquestions <= id)
		XPUSH(v->questions, v->nquestions, v->capquestions) = (struct question){ 0 };
	q = &v->questions[id];
	v->context->opLimit = 0;		/* compiling is not counted */
	if (q->compiled == NULL)
		q->compiled = xmlXPathCtxtCompile(v->context, (const xmlChar *)e.text);
	q->traits = e.traits;
	return q->compiled != NULL ? q : NULL;
}

/* Sets what the question may still spend. */
static bool
afford(struct view *v, const struct question *q)
{
	unsigned long budget = STEPS + STEPS_A_NODE * (unsigned long)v->nranges;

	if (q->spent >= budget) {
		snprintf(v->why, sizeof(v->why), "%s", too_slow);
		return false;
	}
	v->context->opLimit = budget - q->spent;
	v->context->opCount = 0;
	return true;
}

static void
asked(struct view *v, struct question *q, bool answered)
{
	q->spent += v->context->opCount + 1;
	if (!answered && v->context->opCount >= v->context->opLimit)
		snprintf(v->why, sizeof(v->why), "%s", too_slow);
}

static struct range
node_range(const struct view *v, const xmlNode *node, bool *whole)
{
	struct range end = { (uint32_t)v->article->text.n, (uint32_t)v->article->text.n };

	while (node != NULL && node->_private == NULL && node->type != XML_DOCUMENT_NODE)
		node = node->parent;
	*whole = node == NULL || node->type == XML_DOCUMENT_NODE || node == xmlDocGetRootElement(v->doc);
	return *whole ? end : v->ranges[(uintptr_t)node->_private - 1];
}

/* A tree costs more than the questions that are asked of it, and in a huge file libxml2 takes 700 bytes for each paragraph.  A
 * question that looks only at blocks of one kind and at what lies in them needs no others; one that looks around, but neither counts
 * nor reads characters, cannot tell the paragraphs of a run apart: the first and last few will do. */
enum { SHORTEN_FROM = 4 };

_Static_assert(BLOCK_COUNT < 8 * sizeof(kind_set), "VIEW_ALL is not a set of all kinds");

/* The least tree in which both questions have the answer that they have in the whole one. */
static struct view_form
form_for(const struct view *v, const struct view_traits *context, const struct view_traits *test)
{
	struct view_form form = { true, VIEW_ALL, RUNS_WHOLE };
	bool text = context->text || (test != NULL && test->text);

	if (!context->has_kind || context->counts || (test != NULL && test->counts))
		return form;
	if (context->local && (test == NULL || test->local)) {
		form.text = text;
		form.kinds = KIND(context->kind);
	}
	if (context->kind != BLOCK_PARAGRAPH && (form.kinds != VIEW_ALL || (!text && v->article->nblocks >= SHORTEN_FROM))) {
		form.text = text;
		form.runs = RUNS_ENDS;
	}
	return form;
}

/* Grows the tree unless what is there will do; what was asked for before stays in it. */
static void
have_tree(struct view *v, struct view_form form)
{
	if (v->doc != NULL) {
		if (v->form.text >= form.text && v->form.runs <= form.runs && (form.kinds & ~v->form.kinds) == 0)
			return;
		form.text = form.text || v->form.text;
		form.kinds |= v->form.kinds;
		if (v->form.runs < form.runs)
			form.runs = v->form.runs;
		forget_tree(v);
	}
	grow(v, form);
}

bool
view_select(struct view *v, unsigned id, const unsigned *test, view_node_fn *each, void *arg)
{
	struct question *q;
	xmlXPathObjectPtr found;

	if ((test != NULL && ask(v, *test) == NULL) || (q = ask(v, id)) == NULL)
		return false;
	if (v->kinds == 0)
		v->kinds = kinds_of(v->article);
	if (q->traits.has_kind && (v->kinds & KIND(q->traits.kind)) == 0)
		return true;
	have_tree(v, form_for(v, &q->traits, test != NULL ? &v->questions[*test].traits : NULL));
	if (!afford(v, q))
		return false;
	v->context->node = xmlDocGetRootElement(v->doc);
	found = xmlXPathCompiledEval(q->compiled, v->context);
	asked(v, q, found != NULL);
	if (found == NULL)
		return false;
	if (found->type != XPATH_NODESET) {
		snprintf(v->why, sizeof(v->why), "gives a value, expected nodes");
		xmlXPathFreeObject(found);
		return false;
	}
	xmlXPathNodeSetSort(found->nodesetval);
	for (int i = 0; found->nodesetval != NULL && i < found->nodesetval->nodeNr; i++) {
		const xmlNode *node = found->nodesetval->nodeTab[i];
		bool whole;
		struct range at;

		if (node->type == XML_NAMESPACE_DECL)
			continue;
		at = node_range(v, node, &whole);
		each(arg, node, at, whole);
	}
	xmlXPathFreeObject(found);
	return true;
}

bool
view_holds(struct view *v, unsigned id, const void *node, bool *result)
{
	struct question *q = ask(v, id);
	int answer;

	if (q == NULL || v->doc == NULL || !afford(v, q))
		return false;
	v->context->node = (xmlNodePtr)(uintptr_t)node;
	answer = xmlXPathCompiledEvalToBoolean(q->compiled, v->context);
	asked(v, q, answer >= 0);
	*result = answer == 1;
	return answer >= 0;
}
