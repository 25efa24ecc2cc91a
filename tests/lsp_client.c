/* lsp_client WIRELINT ARGUMENT...: a client of `wirelint lsp` that does what a script on standard input says, a line each, and prints
 * what comes.  It counts places by itself, in the encoding that the server has chosen.
 *
 *	> {"id":1,"method":...}		send this message ("jsonrpc" is put in)
 *	raw TEXT			send this as it is; \r, \n
 *	open URI FILE			open a document with the text of the file
 *	change URI L:C-L:C TEXT		replace a range (from 0) by the text; \n, \r, \uNNNN, \UNNNNNNNN
 *	save URI
 *	hold, flush			gather what is sent; send it at once
 *	answer ID			wait for the answer, print it
 *	wait METHOD			wait for such a message, print it
 *	diagnostics URI			wait for diagnostics of its last version, print a line each
 *	expect FILE			print the findings of `--format jsonl`, a line each, as diagnostics does
 *	quiet MS			print what comes within that time, or "quiet"
 *	apply URI ID TITLE		of the answer: the edits of the action whose title holds this, to the text, and send them
 *	print URI, write URI FILE	the text as the client has it
 *	random URI N SEED		that many edits; then print memory before and behind, and how long answers took, on standard error
 *	echo TEXT			print it
 *	sleep MS, close, exit		exit: wait for the server's end, print its status
 */
#include "util/buf.h"
#include "util/json.h"
#include "util/json_tree.h"
#include "util/utf8.h"
#include "util/xmalloc.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE = 60000, DOCS = 8 };

struct doc { char uri[600]; struct buf text; long version; };

static int to, from;
static pid_t server;
static struct buf held, in;
static bool holding;
static struct doc docs[DOCS];
static int units = 2;			/* a character counts: 1 bytes, 2 of UTF-16, 4 code points */

/* A message that came; the last of each kind is kept while it is used. */
struct came { struct buf raw; struct arena arena; struct json *root; };
static struct came last;
static struct came *kept;		/* those that somebody else may wait for */
static size_t nkept, capkept;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static void
die(const char *what)
{
	printf("lsp_client: %s\n", what);
	fflush(stdout);
	kill(server, SIGKILL);
	exit(99);
}

/* ---- frames ---- */

static bool take(struct came *c);

static void
put(const char *s, size_t n)
{
	if (holding) {
		buf_add(&held, s, n);
		return;
	}
	while (n != 0) {
		ssize_t k = write(to, s, n);

		if (k < 0 && errno != EINTR)
			return;			/* the server is gone: whoever waits for it says so */
		if (k > 0) {
			s += k;
			n -= (size_t)k;
		}
	}
}

static void
send_body(const struct buf *body)
{
	char head[64];

	put(head, (size_t)snprintf(head, sizeof head, "Content-Length: %zu\r\n\r\n", body->n));
	put(body->s, body->n);
}

static void
release(struct came *c)
{
	if (c->root != NULL)
		arena_release(&c->arena);
	buf_release(&c->raw);
	c->root = NULL;
}

/* The next whole message in `in`; false: none. */
static bool
take(struct came *c)
{
	char *head = in.n != 0 ? strstr(in.s, "\r\n\r\n") : NULL;
	struct json_error damage;
	size_t length, skip;

	if (head == NULL)
		return false;
	if (strncmp(in.s, "Content-Length: ", 16) != 0)
		die("something else than a frame");
	length = strtoul(in.s + 16, NULL, 10);
	skip = (size_t)(head - in.s) + 4;
	if (in.n < skip + length)
		return false;
	buf_init(&c->raw);
	buf_add(&c->raw, in.s + skip, length);
	memmove(in.s, in.s + skip + length, in.n - skip - length + 1);
	in.n -= skip + length;
	arena_init(&c->arena);
	c->root = json_tree(&c->arena, c->raw.s, c->raw.n, &damage);
	if (c->root == NULL || damage.message != NULL || utf8_valid(c->raw.s, c->raw.n) != c->raw.n)
		die("a message that is no JSON");
	return true;
}

/* false: nothing came within the time, or the server has ended. */
static bool
receive(struct came *c, int wait)
{
	double end = now() + wait;

	while (!take(c)) {
		struct pollfd p = { .fd = from, .events = POLLIN };
		double left = end - now();
		ssize_t n;

		if (left < 0 || poll(&p, 1, (int)left + 1) <= 0)
			return false;
		buf_room(&in, 65537);
		n = read(from, in.s + in.n, 65536);
		if (n <= 0)
			return false;
		in.n += (size_t)n;
		in.s[in.n] = '\0';
	}
	return true;
}

static void
text_of(const struct came *c, const struct json *v, struct buf *out)
{
	buf_clear(out);
	if (v == NULL)
		return;
	if (v->kind == JSON_STRING)
		json_unescape(out, c->raw.s, v);
	else
		buf_add(out, c->raw.s + v->at, v->end - v->at);
}

static bool
is(const struct came *c, const struct json *v, const char *what)
{
	struct buf s = BUF_INIT;
	bool same;

	text_of(c, v, &s);
	same = v != NULL && strcmp(s.s, what) == 0;
	buf_release(&s);
	return same;
}

static bool
is_wanted(const struct came *c, const char *id, const char *method, const char *uri)
{
	const struct json *m = json_get(c->root, "method");

	if (id != NULL)
		return m == NULL && is(c, json_get(c->root, "id"), id);
	return m != NULL && is(c, m, method) && (uri == NULL || is(c, json_at(c->root, "params/uri"), uri));
}

/* Into `last`. */
static void
wait_for(const char *id, const char *method, const char *uri)
{
	release(&last);
	for (size_t i = 0; i < nkept; i++)
		if (is_wanted(&kept[i], id, method, uri)) {
			last = kept[i];
			memmove(kept + i, kept + i + 1, (--nkept - i) * sizeof *kept);
			return;
		}
	while (receive(&last, PATIENCE)) {
		if (is_wanted(&last, id, method, uri))
			return;
		XPUSH(kept, nkept, capkept) = last;
		last.root = NULL;
	}
	die(id != NULL ? "no answer came" : method);
}

static void
print_last(void)
{
	printf("%s\n", last.raw.s);
}

/* ---- text ---- */

static struct doc *
doc_of(const char *uri)
{
	for (int i = 0; i < DOCS; i++)
		if (strcmp(docs[i].uri, uri) == 0 || *docs[i].uri == '\0') {
			snprintf(docs[i].uri, sizeof docs[i].uri, "%s", uri);
			return &docs[i];
		}
	die("too many documents");
	return NULL;
}

static unsigned
width(const char *s, size_t *bytes)
{
	unsigned cp;

	*bytes = utf8_next(s, &cp);
	return units == 1 ? (unsigned)*bytes : units == 2 && cp > 0xFFFF ? 2 : 1;
}

static bool
ends_line(const struct buf *t, size_t at)
{
	return t->s[at] == '\n' || (t->s[at] == '\r' && (at + 1 == t->n || t->s[at + 1] != '\n'));
}

static size_t
offset(const struct buf *t, unsigned line, unsigned character)
{
	size_t at = 0, k;

	for (; line != 0 && at < t->n; at++)
		line -= ends_line(t, at);
	while (at < t->n && t->s[at] != '\n' && t->s[at] != '\r' && character >= width(t->s + at, &k)) {
		character -= width(t->s + at, &k);
		at += k;
	}
	return at;
}

static void
place(const struct buf *t, size_t to_byte, unsigned *line, unsigned *character)
{
	size_t at = 0, k;

	*line = *character = 0;
	while (at < to_byte) {
		if (ends_line(t, at)) {
			++*line;
			*character = 0;
			at++;
			continue;
		}
		*character += width(t->s + at, &k);
		at += k;
	}
}

static void
splice(struct buf *t, size_t a, size_t z, const char *s, size_t n)
{
	struct buf out = BUF_INIT;

	buf_add(&out, t->s, a);
	buf_add(&out, s, n);
	buf_add(&out, t->s + z, t->n - z);
	buf_release(t);
	*t = out;
}

static void
load(struct buf *out, const char *path)
{
	FILE *f = fopen(path, "r");
	char part[4096];
	size_t n;

	if (f == NULL)
		die(path);
	buf_clear(out);
	while ((n = fread(part, 1, sizeof part, f)) != 0)
		buf_add(out, part, n);
	fclose(f);
}

static void
begin(struct buf *b, const char *method, const struct doc *d)
{
	buf_printf(b, "{\"jsonrpc\":\"2.0\",\"method\":\"%s\",\"params\":{\"textDocument\":{\"uri\":\"%s\",\"version\":%ld", method, d->uri, d->version);
}

static void
put_change(struct buf *b, struct doc *d, size_t a, size_t z, const char *s, size_t n)
{
	unsigned l1, c1, l2, c2;

	place(&d->text, a, &l1, &c1);
	place(&d->text, z, &l2, &c2);
	buf_printf(b, "{\"range\":{\"start\":{\"line\":%u,\"character\":%u},\"end\":{\"line\":%u,\"character\":%u}},\"text\":", l1, c1, l2, c2);
	json_string(b, s, n);
	buf_putc(b, '}');
	splice(&d->text, a, z, s, n);
}

static void
send_change(struct doc *d, size_t a, size_t z, const char *s, size_t n)
{
	struct buf b = BUF_INIT;

	d->version++;
	begin(&b, "textDocument/didChange", d);
	buf_puts(&b, "},\"contentChanges\":[");
	put_change(&b, d, a, z, s, n);
	buf_puts(&b, "]}}");
	send_body(&b);
	buf_release(&b);
}

static void
open_doc(const char *uri, const char *path)
{
	struct doc *d = doc_of(uri);
	struct buf b = BUF_INIT;

	load(&d->text, path);
	d->version = 1;
	begin(&b, "textDocument/didOpen", d);
	buf_puts(&b, ",\"languageId\":\"text\",\"text\":");
	json_string(&b, d->text.s, d->text.n);
	buf_puts(&b, "}}}");
	send_body(&b);
	buf_release(&b);
}

static void
save(const char *uri)
{
	struct buf b = BUF_INIT;

	begin(&b, "textDocument/didSave", doc_of(uri));
	buf_puts(&b, "}}}");
	send_body(&b);
	buf_release(&b);
}

/* ---- diagnostics ---- */

static const char *const severities[] = { "", "error", "warning", "note", "hint" };

static long
number(const struct came *c, const struct json *v)
{
	return v != NULL && v->kind == JSON_NUMBER ? strtol(c->raw.s + v->at, NULL, 10) : -1;
}

static void
print_diagnostics(const struct came *c, const struct json *list)
{
	struct buf code = BUF_INIT, message = BUF_INIT;

	for (const struct json *d = list->first; d != NULL; d = d->next) {
		text_of(c, json_get(d, "code"), &code);
		text_of(c, json_get(d, "message"), &message);
		printf("%ld:%ld-%ld:%ld %s %s %s\n", number(c, json_at(d, "range/start/line")) + 1, number(c, json_at(d, "range/start/character")) + 1,
		    number(c, json_at(d, "range/end/line")) + 1, number(c, json_at(d, "range/end/character")) + 1,
		    severities[number(c, json_get(d, "severity"))], code.s, message.s);
	}
	buf_release(&code);
	buf_release(&message);
}

/* Those of an older version are passed over; of a server that sends none, and not twice of one state, the last that came. */
static void
diagnostics(const char *uri)
{
	long version = doc_of(uri)->version;

	do
		wait_for(NULL, "textDocument/publishDiagnostics", uri);
	while (number(&last, json_at(last.root, "params/version")) >= 0 && number(&last, json_at(last.root, "params/version")) < version);
	print_diagnostics(&last, json_at(last.root, "params/diagnostics"));
}

static void
expect(const char *path)
{
	struct came c = { .root = NULL };
	struct json_error damage;
	struct buf s = BUF_INIT;

	buf_init(&c.raw);
	load(&c.raw, path);
	arena_init(&c.arena);
	c.root = json_tree(&c.arena, c.raw.s, c.raw.n, &damage);
	for (const struct json *f = c.root; f != NULL; f = f->next) {
		if (json_get(f, "rule") == NULL)
			continue;		/* the totals */
		if (json_get(json_get(f, "span"), "start") == NULL)
			printf("1:1-1:1 ");
		else
			printf("%ld:%ld-%ld:%ld ", number(&c, json_at(f, "span/start/line")), number(&c, json_at(f, "span/start/column")),
			    number(&c, json_at(f, "span/end/line")), number(&c, json_at(f, "span/end/column")));
		text_of(&c, json_get(f, "severity"), &s);
		printf("%s ", s.s);
		text_of(&c, json_get(f, "rule"), &s);
		printf("%s ", s.s);
		text_of(&c, json_get(f, "message"), &s);
		printf("%s", s.s);
		text_of(&c, json_get(f, "item"), &s);
		if (json_get(f, "item")->kind != JSON_NULL)
			printf(" (item %s)", s.s);
		putchar('\n');
	}
	buf_release(&s);
	arena_release(&c.arena);
	buf_release(&c.raw);
}

/* ---- actions ---- */

static void
apply_edits(struct doc *d, const struct came *c, const struct json *edits)
{
	struct { size_t a, z; const struct json *text; } all[256];
	size_t n = 0;
	struct buf s = BUF_INIT;

	for (const struct json *e = edits->first; e != NULL && n < 256; e = e->next) {
		all[n].a = offset(&d->text, (unsigned)number(c, json_at(e, "range/start/line")), (unsigned)number(c, json_at(e, "range/start/character")));
		all[n].z = offset(&d->text, (unsigned)number(c, json_at(e, "range/end/line")), (unsigned)number(c, json_at(e, "range/end/character")));
		all[n++].text = json_get(e, "newText");
	}
	while (n != 0) {			/* from the last on: places are those before all edits */
		size_t k = 0;

		for (size_t i = 1; i < n; i++)
			if (all[i].a > all[k].a)
				k = i;
		text_of(c, all[k].text, &s);
		send_change(d, all[k].a, all[k].z, s.s, s.n);
		all[k] = all[--n];
	}
	buf_release(&s);
}

static void
apply(const char *uri, const char *id, const char *title)
{
	struct buf s = BUF_INIT;
	const struct json *result, *edits;

	wait_for(id, NULL, NULL);
	result = json_get(last.root, "result");
	for (const struct json *a = result != NULL ? result->first : NULL; a != NULL; a = a->next) {
		text_of(&last, json_get(a, "title"), &s);
		if (strstr(s.s, title) == NULL)
			continue;
		edits = json_at(a, "edit/documentChanges");
		edits = edits != NULL ? json_get(edits->first, "edits") : json_get(json_at(a, "edit/changes"), uri);
		printf("applied: %s\n", s.s);
		apply_edits(doc_of(uri), &last, edits);
		buf_release(&s);
		return;
	}
	printf("no such action: %s\n", title);
	buf_release(&s);
}

/* ---- random edits ---- */

static uint64_t seed;

static unsigned
below(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

/* The first MILD of them are words and marks in any format. */
enum { MILD = 42, LAST = 40 };
static const char *const pieces[] = {
	"a", "e", "s", "The", " ", " ", ".", ",", "TK", "'", "\u2018", "\u2019", "\u201C", "\u201D", "\u00AB", "\u00BB", "\u201E", "\u00E9", "e\u0301",
	"\U0001F6A2", "\U0001F469", "\u6E2F", "\u53E3\u3002", "\u05D0", "\u0130", "\u00A0", "\u2014", "(AP) -- ", "Nov. 23, 2026", "Monday, Nov. 24, 2026",
	"(Photo/Reuters)", " said Mia Lund, the pilot.", "\u201CWe stay,\u201D she said.", "HARBOURVILLE, Nov. 24 (Reuters) - ", "Source: Reuters", "...",
	"\u2026", "0", "1,000", "%", "\u20AC", "\xEF\xBF\xBD",
	"\n", "\n\n", "\r\n", "\r", "\t", "\"", "\"", "--", "<", ">", "&", "&amp;", "&#8220;", "<p>", "</p>", "<!--", "-->", "{", "}", "[", "]", "\\", "\\n",
	"\\\"", ":", "#", "*", "<em>port</em>", "By Ada Brandt\n", "Editing by Jan Roth\n", "``", "''", "\x01", "xn--",
	"\n\nThe harbour office of Portalder said that no ship had left since Saturday.\n\n", "<!-- wirelint-disable-next quote reason: a test -->",
};

static size_t
boundary(const struct buf *t, size_t at)
{
	while (at != 0 && at < t->n && (((unsigned char)t->s[at] & 0xC0) == 0x80 || (t->s[at] == '\n' && t->s[at - 1] == '\r')))
		at--;
	return at;
}

/* So far behind `at`, or the end. */
static size_t
ahead(const struct buf *t, size_t at, size_t by)
{
	size_t z = boundary(t, at + by < t->n ? at + by : t->n);

	return z > at ? z : at;
}

/* Near its end a session begins anew and is `mild`: what is left of markup or JSON after thousands of edits is no article. */
static void
random_change(struct buf *b, struct doc *d, const struct buf *original, bool anew, bool mild)
{
	size_t a = boundary(&d->text, below((unsigned)d->text.n + 1)), z = a, n;
	const char *s = pieces[below(mild ? MILD : sizeof pieces / sizeof *pieces)];

	n = strlen(s);
	if (mild && !anew) {
		put_change(b, d, a, z, s, n);
		return;
	}
	if (!anew && d->text.n > 2 * original->n + 500) {
		z = ahead(&d->text, a, d->text.n / 3);
	} else if (anew || d->text.n < original->n / 2 || below(400) == 0) {		/* without a range */
		buf_puts(b, "{\"text\":");
		json_string(b, original->s, original->n);
		buf_putc(b, '}');
		splice(&d->text, 0, d->text.n, original->s, original->n);
		return;
	} else if (below(3) == 0) {
		z = ahead(&d->text, a, below(12));
		n = below(2) ? n : 0;
	} else if (below(20) == 0) {		/* something of the story once more */
		size_t at = boundary(original, below((unsigned)original->n));

		s = original->s + at;
		n = ahead(original, at, below(200)) - at;
	}
	put_change(b, d, a, z, s, n);
}

static long
memory(void)
{
	char path[64];
	long pages = 0, resident = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%ld/statm", (long)server);
	f = fopen(path, "r");
	if (f == NULL || fscanf(f, "%ld %ld", &pages, &resident) != 2)
		resident = 0;
	if (f != NULL)
		fclose(f);
	return resident * sysconf(_SC_PAGESIZE) / 1024;
}

/* What the server has had of a processor, in ms: on a busy machine that tells more than the clock.  0: not known. */
static double
worked(void)
{
	char path[64];
	unsigned long long ns = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%ld/schedstat", (long)server);
	f = fopen(path, "r");
	if (f == NULL || fscanf(f, "%llu", &ns) != 1)
		ns = 0;
	if (f != NULL)
		fclose(f);
	return (double)ns / 1e6;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static void
session(const char *uri, unsigned n, unsigned number_of_seed)
{
	struct doc *d = doc_of(uri);
	struct buf original = BUF_INIT, b = BUF_INIT;
	enum { DIAGNOSTICS, DIAGNOSTICS_WORK, ACTIONS, ACTIONS_WORK, KINDS };
	static const char *const names[] = { "diagnostics and symbols", "the same, of the processor", "code actions", "the same, of the processor" };
	double *times[KINDS];
	size_t ntimes[KINDS] = { 0, 0, 0, 0 };
	long before = 0;
	char id[32];

	for (int k = 0; k < KINDS; k++)
		times[k] = xcalloc(n + 1, sizeof **times);
	seed = number_of_seed;
	buf_add(&original, d->text.s, d->text.n);
	for (unsigned i = 0; i < n; i++) {
		unsigned asks, kind, changes = below(8) == 0 ? 1 + below(4) : 1;
		double t, w;

		if (i == n / 5)
			before = memory();
		d->version++;
		buf_clear(&b);
		begin(&b, "textDocument/didChange", d);
		buf_puts(&b, "},\"contentChanges\":[");
		for (unsigned k = 0; k < changes; k++) {
			if (k != 0)
				buf_putc(&b, ',');
			random_change(&b, d, &original, i + LAST == n && k == 0, i + LAST >= n);
		}
		buf_puts(&b, "]}}");
		send_body(&b);
		if (below(3) != 0)
			continue;
		buf_clear(&b);
		snprintf(id, sizeof id, "%u", 100000 + i);
		asks = below(4);
		switch (asks) {
		case 0:
			buf_printf(&b, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"textDocument/codeAction\",\"params\":{\"textDocument\":{\"uri\":\"%s\"},"
			    "\"range\":{\"start\":{\"line\":%u,\"character\":0},\"end\":{\"line\":%u,\"character\":9}},\"context\":{\"diagnostics\":[]}}}", id, uri,
			    below(20), below(20) + 20);
			break;
		case 1:
			buf_printf(&b, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"textDocument/documentSymbol\",\"params\":{\"textDocument\":{\"uri\":\"%s\"}}}", id, uri);
			break;
		default:
			buf_printf(&b, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"textDocument/diagnostic\",\"params\":{\"textDocument\":{\"uri\":\"%s\"}}}", id, uri);
		}
		w = worked();
		t = now();
		send_body(&b);
		wait_for(id, NULL, NULL);
		if (json_get(last.root, "result") == NULL)
			die("an error was answered");
		kind = asks == 0 ? ACTIONS : DIAGNOSTICS;
		times[kind][ntimes[kind]++] = now() - t;
		times[kind + 1][ntimes[kind + 1]++] = worked() - w;
		for (size_t k = 0; k < nkept; k++)
			release(&kept[k]);
		nkept = 0;
	}
	for (int k = 0; k < KINDS; k++) {
		qsort(times[k], ntimes[k], sizeof **times, by_size);
		if (ntimes[k] != 0)
			fprintf(stderr, "%zu %s: median %.1f ms, 99 %% %.1f ms, longest %.1f ms\n", ntimes[k], names[k],
			    times[k][ntimes[k] / 2], times[k][ntimes[k] * 99 / 100], times[k][ntimes[k] - 1]);
		free(times[k]);
	}
	fprintf(stderr, "%u edits; memory %ld kB after a fifth, %ld kB at the end\n", n, before, memory());
	buf_release(&original);
	buf_release(&b);
}

/* ---- the script ---- */

static void
unescape(struct buf *out, const char *s)
{
	buf_clear(out);
	for (; *s != '\0'; s++) {
		char hex[9] = "";
		int n = s[0] != '\\' ? 0 : s[1] == 'u' ? 4 : s[1] == 'U' ? 8 : 0;

		if (n != 0) {
			strncpy(hex, s + 2, (size_t)n);
			buf_putcp(out, (unsigned)strtoul(hex, NULL, 16));
			s += n + 1;
		} else if (s[0] == '\\' && (s[1] == 'n' || s[1] == 'r')) {
			buf_putc(out, s[1] == 'n' ? '\n' : '\r');
			s++;
		} else
			buf_putc(out, *s);
	}
}

static void
do_change(char *rest)
{
	unsigned l1, c1, l2, c2;
	int n = 0;
	char uri[600];
	struct buf text = BUF_INIT;
	struct doc *d;

	if (sscanf(rest, "%599s %u:%u-%u:%u%n", uri, &l1, &c1, &l2, &c2, &n) < 5)
		die("change URI L:C-L:C TEXT");
	d = doc_of(uri);
	unescape(&text, rest + n + (rest[n] == ' '));
	send_change(d, offset(&d->text, l1, c1), offset(&d->text, l2, c2), text.s, text.n);
	buf_release(&text);
}

static void
say_exit(void)
{
	int status;

	for (int i = 0; i < 1000; i++) {
		if (waitpid(server, &status, WNOHANG) == server) {
			printf("exit %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
			return;
		}
		usleep(10000);
	}
	die("the server does not end");
}

static void
step(char *line)
{
	char *rest = strchr(line, ' '), a[600] = "", b[600] = "";
	struct buf text = BUF_INIT;
	unsigned n = 0, m = 0;
	int at = 0;

	if (rest != NULL)
		*rest++ = '\0';
	else
		rest = line + strlen(line);
	sscanf(rest, "%599s %599s", a, b);
	if (strcmp(line, ">") == 0) {
		buf_puts(&text, "{\"jsonrpc\":\"2.0\",");
		buf_puts(&text, rest + 1);
		send_body(&text);
	} else if (strcmp(line, "raw") == 0) {
		unescape(&text, rest);
		put(text.s, text.n);
	} else if (strcmp(line, "open") == 0)
		open_doc(a, b);
	else if (strcmp(line, "change") == 0)
		do_change(rest);
	else if (strcmp(line, "save") == 0)
		save(a);
	else if (strcmp(line, "hold") == 0)
		holding = true;
	else if (strcmp(line, "flush") == 0) {
		holding = false;
		put(held.s, held.n);
		buf_clear(&held);
	} else if (strcmp(line, "answer") == 0) {
		wait_for(a, NULL, NULL);
		print_last();
		if (json_at(last.root, "result/capabilities/positionEncoding") != NULL)
			units = is(&last, json_at(last.root, "result/capabilities/positionEncoding"), "utf-8") ? 1 :
			    is(&last, json_at(last.root, "result/capabilities/positionEncoding"), "utf-32") ? 4 : 2;
	} else if (strcmp(line, "wait") == 0) {
		wait_for(NULL, a, NULL);
		print_last();
	} else if (strcmp(line, "diagnostics") == 0)
		diagnostics(a);
	else if (strcmp(line, "expect") == 0)
		expect(a);
	else if (strcmp(line, "quiet") == 0) {
		release(&last);
		if (nkept != 0)
			printf("%s\n", kept[0].raw.s);
		else if (receive(&last, atoi(a)))
			print_last();
		else
			puts("quiet");
	} else if (strcmp(line, "apply") == 0 && sscanf(rest, "%599s %599s %n", a, b, &at) >= 2)
		apply(a, b, rest + at);
	else if (strcmp(line, "print") == 0)
		printf("%s\n", doc_of(a)->text.s);
	else if (strcmp(line, "write") == 0) {
		FILE *f = fopen(b, "w");

		if (f == NULL || fwrite(doc_of(a)->text.s, 1, doc_of(a)->text.n, f) != doc_of(a)->text.n || fclose(f) != 0)
			die(b);
	} else if (strcmp(line, "random") == 0 && sscanf(rest, "%599s %u %u", a, &n, &m) == 3)
		session(a, n, m);
	else if (strcmp(line, "echo") == 0)
		puts(rest);
	else if (strcmp(line, "sleep") == 0)
		usleep((useconds_t)atoi(a) * 1000);
	else if (strcmp(line, "close") == 0)
		close(to);
	else if (strcmp(line, "exit") == 0)
		say_exit();
	else
		die(line);
	buf_release(&text);
}

int
main(int argc, char **argv)
{
	int down[2], up[2];
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	if (argc < 2 || pipe(down) != 0 || pipe(up) != 0)
		return 99;
	signal(SIGPIPE, SIG_IGN);
	buf_init(&held);
	buf_init(&in);
	for (int i = 0; i < DOCS; i++)
		buf_init(&docs[i].text);
	buf_init(&last.raw);
	server = fork();
	if (server == 0) {
		dup2(down[0], 0);
		dup2(up[1], 1);
		close(down[0]);
		close(down[1]);
		close(up[0]);
		close(up[1]);
		execv(argv[1], argv + 1);
		_exit(127);
	}
	to = down[1];
	from = up[0];
	close(down[0]);
	close(up[1]);
	setvbuf(stdout, NULL, _IOLBF, 0);
	while ((n = getline(&line, &cap, stdin)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		if (*line != '\0' && *line != '#')
			step(line);
	}
	free(line);
	kill(server, SIGKILL);		/* where the script did not say exit */
	return 0;
}
