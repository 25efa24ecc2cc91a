/* The article as XML.  One walk over the article says what the XML is; it is printed, or made into libxml2's tree for
 * XPath, by two sinks, so that what an author sees is what a rule asks. */
#include "view.h"
#include "util/utf8.h"
#include "util/xmalloc.h"
#include "view_names.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- The walk ---- */

struct sink {
	bool shortened;			/* no characters, and runs of plain paragraphs cut */
	void (*start)(struct sink *k, const char *name, struct range at);
	void (*attr)(struct sink *k, const char *name, const char *s, size_t n, struct range at);
	void (*text)(struct sink *k, const char *s, size_t n);
	void (*end)(struct sink *k);
};

static void
attr_cstr(struct sink *k, const char *name, const char *s, struct range at)
{
	if (s != NULL)
		k->attr(k, name, s, strlen(s), at);
}

static void
walk_block(struct sink *k, const struct article *a, const struct block *b)
{
	uint32_t at = b->at.a;
	bool seen[PART_COUNT] = { false };

	k->start(k, "block", b->at);
	attr_cstr(k, "kind", block_kind_name(b->kind), b->at);
	attr_cstr(k, "confidence", certainty_name(b->confidence), b->at);
	for (uint32_t i = 0; i < b->nparts; i++) {
		const struct part *p = &b->parts[i];
		size_t n;
		const char *s = part_value(a, p, &n);

		if (!seen[p->name])
			k->attr(k, part_name_str(p->name), s, n, p->at);
		seen[p->name] = true;
	}
	for (uint32_t i = 0; i < b->nparts; i++) {
		const struct part *p = &b->parts[i];
		size_t n;
		const char *s = part_value(a, p, &n);

		if (p->at.a < at || p->at.z > b->at.z)	/* an attribute only: elements do not overlap */
			continue;
		k->text(k, a->text.s + at, p->at.a - at);
		k->start(k, "part", p->at);
		attr_cstr(k, "name", part_name_str(p->name), p->at);
		k->attr(k, "value", s, n, p->at);
		k->text(k, a->text.s + p->at.a, range_len(p->at));
		k->end(k);
		at = p->at.z;
	}
	k->text(k, a->text.s + at, b->at.z - at);
	k->end(k);
}

/* A huge file is a long run of paragraphs, and libxml2 takes 700 bytes for each.  A question that neither counts nor reads
 * characters cannot tell them apart: the first and last few of a run will do. */
enum { SHORTEN_FROM = 2000, RUN_ENDS = 4 };

static bool
plain_paragraph(const struct block *b, enum certainty confidence)
{
	return b->kind == BLOCK_PARAGRAPH && b->nparts == 0 && b->confidence == confidence;
}

/* The index behind the run of plain paragraphs that begins at i; i itself if none does. */
static size_t
run_end(const struct article *a, size_t i)
{
	enum certainty confidence = a->blocks[i].confidence;

	while (i < a->nblocks && plain_paragraph(&a->blocks[i], confidence))
		i++;
	return i;
}

static void
walk_blocks(struct sink *k, const struct article *a)
{
	for (size_t i = 0, end, skip; i < a->nblocks; i = end) {
		end = k->shortened ? run_end(a, i) : i;
		if (end == i)
			end++;
		skip = end - i > 2 * RUN_ENDS ? end - i - 2 * RUN_ENDS : 0;
		for (size_t j = i; j < end; j++) {
			if (j == i + RUN_ENDS)
				j += skip;
			walk_block(k, a, &a->blocks[j]);
		}
	}
}

static void
walk(struct sink *k, const struct article *a)
{
	struct range whole = { (uint32_t)a->text.n, (uint32_t)a->text.n };

	k->start(k, "article", whole);
	attr_cstr(k, "format", a->format, whole);
	attr_cstr(k, "lang", a->lang, whole);
	attr_cstr(k, "item", a->item, whole);
	for (size_t i = 0; i < a->nfields; i++) {
		const struct field *f = &a->fields[i];

		k->start(k, "field", f->at);
		attr_cstr(k, "name", field_name_str(f->name), f->at);
		k->text(k, text_at(&a->text, f->at), range_len(f->at));
		k->end(k);
	}
	walk_blocks(k, a);
	k->end(k);
}

/* May the character stand in XML 1.0? */
static bool
xml_char(unsigned cp)
{
	return cp >= 0x20 ? cp <= 0xFFFD || (cp >= 0x10000 && cp <= 0x10FFFF) : cp == '\t' || cp == '\n' || cp == '\r';
}

/* ---- Printed ---- */

struct printer {
	struct sink sink;
	struct buf *out;
	unsigned depth;
	bool open;			/* the start tag still lacks its '>' */
	const char *names[3];		/* article, block, part */
};

static void
print_escaped(struct buf *out, const char *s, size_t n, bool attr)
{
	const char *end = s + n;

	while (s < end) {
		unsigned cp;
		size_t len = utf8_decode(s, end, &cp);

		if (cp == UTF8_BAD || !xml_char(cp))
			buf_putcp(out, 0xFFFD);
		else if (cp == '&')
			buf_puts(out, "&amp;");
		else if (cp == '<')
			buf_puts(out, "&lt;");
		else if (cp == '>')
			buf_puts(out, "&gt;");
		else if ((cp == '"' && attr) || cp == '\r' || (attr && (cp == '\t' || cp == '\n')))
			buf_printf(out, "&#%u;", cp);
		else
			buf_add(out, s, len);
		s += len;
	}
}

static void
print_close_tag(struct printer *p)
{
	if (p->open)
		buf_putc(p->out, '>');
	p->open = false;
}

static void
print_start(struct sink *k, const char *name, struct range at)
{
	struct printer *p = (struct printer *)k;

	(void)at;
	print_close_tag(p);
	if (p->depth == 1)
		buf_puts(p->out, "\n  ");
	buf_putc(p->out, '<');
	buf_puts(p->out, name);
	p->names[p->depth++] = name;
	p->open = true;
}

static void
print_attr(struct sink *k, const char *name, const char *s, size_t n, struct range at)
{
	struct printer *p = (struct printer *)k;

	(void)at;
	buf_putc(p->out, ' ');
	buf_puts(p->out, name);
	buf_puts(p->out, "=\"");
	print_escaped(p->out, s, n, true);
	buf_putc(p->out, '"');
}

static void
print_text(struct sink *k, const char *s, size_t n)
{
	struct printer *p = (struct printer *)k;

	print_close_tag(p);
	print_escaped(p->out, s, n, false);
}

static void
print_end(struct sink *k)
{
	struct printer *p = (struct printer *)k;

	print_close_tag(p);
	if (--p->depth == 0)
		buf_putc(p->out, '\n');
	buf_puts(p->out, "</");
	buf_puts(p->out, p->names[p->depth]);
	buf_putc(p->out, '>');
}

void
view_print(const struct article *a, struct buf *out)
{
	struct printer p = { .sink = { false, print_start, print_attr, print_text, print_end }, .out = out };

	walk(&p.sink, a);
	buf_putc(out, '\n');
}

/* ---- Expressions: their text, for all views ---- */

struct expression { char *text; struct view_traits traits; };
static struct {
	pthread_mutex_t lock;
	struct expression *v;
	size_t n, cap;
} expressions = { .lock = PTHREAD_MUTEX_INITIALIZER };

static unsigned
expression_add(const char *expr, const struct view_traits *traits)
{
	size_t i;

	pthread_mutex_lock(&expressions.lock);
	for (i = 0; i < expressions.n && strcmp(expressions.v[i].text, expr) != 0; i++)
		;
	if (i == expressions.n)
		XPUSH(expressions.v, expressions.n, expressions.cap) = (struct expression){ xstrdup(expr), *traits };
	pthread_mutex_unlock(&expressions.lock);
	return (unsigned)i;
}

static struct expression
expression_get(unsigned id)
{
	struct expression e = { NULL, { 0 } };

	pthread_mutex_lock(&expressions.lock);
	if (id < expressions.n)
		e = expressions.v[id];
	pthread_mutex_unlock(&expressions.lock);
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

static pthread_once_t libxml_once = PTHREAD_ONCE_INIT;

static xmlXPathContextPtr
context_new(char why[VIEW_WHY])
{
	xmlXPathContextPtr c;

	pthread_once(&libxml_once, xmlInitParser);
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
	char words[VIEW_WHY];
	xmlXPathContextPtr c = context_new(words);
	xmlXPathCompExprPtr x = xmlXPathCtxtCompile(c, (const xmlChar *)expr);
	struct view_traits traits;
	bool good = x != NULL && view_names_known(expr, &traits, words);

	xmlXPathFreeCompExpr(x);
	xmlXPathFreeContext(c);
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
	bool shortened;			/* doc lacks characters, and most of any long run of plain paragraphs */
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

/* A terminated copy that XML may hold.  U+FFFD takes three bytes where a control character took one, hence the count. */
static xmlChar *
xml_copy(const char *s, size_t n)
{
	const char *end = s + n;
	size_t len = n;
	char *to, *copy;

	for (const char *p = s; p < end; p++)
		len += (unsigned char)*p < 0x20 ? 2 : 0;
	to = copy = must(xmlMalloc(len + 1));
	while (s < end) {
		unsigned cp;
		size_t step = utf8_decode(s, end, &cp);

		if (xml_char(cp)) {
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

	if (n == 0 || k->shortened)
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
grow(struct view *v, bool shortened)
{
	struct grower g = { .sink = { shortened, grow_start, grow_attr, grow_text, grow_end }, .v = v };

	v->shortened = shortened;
	v->doc = must(xmlNewDoc((const xmlChar *)"1.0"));
	walk(&g.sink, v->article);
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

/* Can neither question tell the shortened tree from the whole one? */
static bool
shorten(const struct view *v, const struct view_traits *context, const struct view_traits *test)
{
	if (v->article->nblocks < SHORTEN_FROM || context->text || context->counts || !context->has_kind ||
	    context->kind == BLOCK_PARAGRAPH)
		return false;
	return test == NULL || (!test->text && !test->counts);
}

bool
view_select(struct view *v, unsigned id, const unsigned *test, view_node_fn *each, void *arg)
{
	struct question *q;
	xmlXPathObjectPtr found;
	bool shortened;

	if ((test != NULL && ask(v, *test) == NULL) || (q = ask(v, id)) == NULL)
		return false;
	if (v->kinds == 0)
		v->kinds = kinds_of(v->article);
	if (q->traits.has_kind && (v->kinds & KIND(q->traits.kind)) == 0)
		return true;
	shortened = shorten(v, &q->traits, test != NULL ? &v->questions[*test].traits : NULL);
	if (v->doc != NULL && v->shortened && !shortened)
		forget_tree(v);
	if (v->doc == NULL)
		grow(v, shortened);
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
