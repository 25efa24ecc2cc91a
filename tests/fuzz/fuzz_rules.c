/* Fuzz entry: any bytes as a rule file.  What loads is also run, on a short article. */
#include "lint/lint.h"
#include "lint/pipeline.h"
#include "lint/policy.h"
#include "reader.h"
#include "rule/rule_load.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char article[] =
	"Storm closes the port of Harbourville\n\n"
	"HARBOURVILLE, Nov 23 (Example) - A storm closed the port on Monday. “It's over,” said Ada Quill, the harbour master.\n\n"
	"(Photo/Example)\n\nSource: Example\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct finding_list findings;
	struct matcher *matcher;
	struct policy policy;
	struct rule_set set;
	struct pipeline p;

	finding_list_init(&findings);
	rule_set_init(&set);
	rule_load_mem(&set, "fuzz.xml", (const char *)data, n, false, &findings);
	rule_load_finish(&set, &findings);
	if (set.n > 0) {
		policy_init(&policy, &set);
		matcher = lint_matcher(&policy, MATCH_TRIGGERED);
		pipeline_init(&p);
		p.lint = lint_new(&policy, matcher);
		p.as = reader_by_name("text");
		pipeline_mem(&p, "article", article, sizeof article - 1, &findings);
		lint_free(p.lint);
		pipeline_release(&p);
		matcher_free(matcher);
		policy_release(&policy);
	}
	rule_set_release(&set);
	finding_list_release(&findings);
	return 0;
}
