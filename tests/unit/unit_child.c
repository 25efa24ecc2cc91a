/* Programs that are run, and what --diff-base takes for old. */
#include "unit.h"

#include "random.h"
#include "run/diff_base.h"
#include "util/child.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int
sh(struct child *c, const char *script)
{
	const char *const argv[] = { "sh", "-c", script, NULL };

	c->argv = argv;
	return child_run(c);
}

START_TEST(test_child_output)
{
	struct child c;

	child_init(&c);
	ck_assert_int_eq(sh(&c, "printf 'a\\000b'; echo one >&2; echo two >&2; exit 3"), 3);
	ck_assert_uint_eq(c.out.n, 3);
	ck_assert_int_eq(memcmp(c.out.s, "a\0b", 4), 0);
	ck_assert_str_eq(child_complaint(&c), "one");
	ck_assert_int_eq(sh(&c, ":"), 0);
	ck_assert_uint_eq(c.out.n, 0);
	ck_assert_str_eq(c.out.s, "");
	ck_assert_str_eq(child_complaint(&c), "");
	ck_assert_int_eq(sh(&c, "cat"), 0);		/* there is nothing on standard input */
	ck_assert_str_eq(c.out.s, "");
	child_release(&c);
}
END_TEST

START_TEST(test_child_much)
{
	/* more than a pipe holds of both, in turn: whoever reads one to its end first waits for ever */
	static const char script[] = "i=0; while [ $i -lt 3000 ]; do i=$((i+1)); "
	    "echo 0123456789012345678901234567890123456789; echo 0123456789012345678901234567890123456789 >&2; done";
	struct child c;

	child_init(&c);
	ck_assert_int_eq(sh(&c, script), 0);
	ck_assert_uint_eq(c.out.n, 3000 * 41);
	ck_assert_uint_eq(c.err.n, CHILD_ERR);
	ck_assert_uint_eq(strlen(c.err.s), CHILD_ERR);
	c.most = 1000;
	ck_assert_int_eq(sh(&c, "while :; do echo 0123456789; done"), CHILD_TOO_MUCH);
	c.most = 11;
	ck_assert_int_eq(sh(&c, "echo 0123456789"), 0);
	child_release(&c);
}
END_TEST

START_TEST(test_child_ends)
{
	static const char *const none[] = { "/nonexistent/program", NULL };
	struct child c;

	child_init(&c);
	c.argv = none;
	errno = 0;
	ck_assert_int_eq(child_run(&c), CHILD_NOT_RUN);
	ck_assert_int_eq(errno, ENOENT);
	ck_assert_int_eq(sh(&c, "kill -TERM $$"), CHILD_KILLED);
	/* what is ignored here is not ignored there */
	signal(SIGPIPE, SIG_IGN);
	ck_assert_int_eq(sh(&c, "kill -PIPE $$; exit 0"), CHILD_KILLED);
	child_release(&c);
}
END_TEST

START_TEST(test_child_input_and_env)
{
	static const char *const unset[] = { "WL_GONE", NULL }, *const set[] = { "WL_SET=new", "WL_MORE=a=b", NULL };
	char name[] = "/tmp/wirelint-unit.XXXXXX";
	int fd = mkstemp(name);
	struct child c;
	char **env;

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, "given\n", 6), 6);
	close(fd);
	setenv("WL_GONE", "x", 1);
	setenv("WL_GONE_NOT", "kept", 1);
	setenv("WL_SET", "old", 1);
	env = child_env(unset, set);
	child_init(&c);
	c.input = name;
	c.env = env;
	ck_assert_int_eq(sh(&c, "cat; echo \"${WL_GONE-none} $WL_GONE_NOT $WL_SET $WL_MORE\"; env | grep -c ^WL_SET="), 0);
	ck_assert_str_eq(c.out.s, "given\nnone kept new a=b\n1\n");
	child_release(&c);
	free(env);
	unlink(name);
}
END_TEST

static void *
many(void *arg)
{
	struct child c;

	child_init(&c);
	for (int i = 0; i < 25; i++)
		if (sh(&c, "echo out; echo err >&2; exit 7") != 7 || strcmp(c.out.s, "out\n") != 0 || strcmp(c.err.s, "err\n") != 0)
			*(int *)arg += 1;
	child_release(&c);
	return NULL;
}

START_TEST(test_child_threads)
{
	pthread_t threads[8];
	int wrong[8] = { 0 };

	for (int i = 0; i < 8; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, many, &wrong[i]), 0);
	for (int i = 0; i < 8; i++) {
		pthread_join(threads[i], NULL);
		ck_assert_int_eq(wrong[i], 0);
	}
}
END_TEST

/* ---- what is old ---- */

static void
add(struct finding_list *l, const char *rule, uint64_t fingerprint, bool fatal)
{
	struct finding *f = finding_add(l);

	f->rule = rule;
	f->fingerprint = fingerprint;
	f->fatal = fatal;
	f->at.a = (uint32_t)l->n;
}

START_TEST(test_drop_old)
{
	struct finding_list now, then;

	finding_list_init(&now);
	finding_list_init(&then);
	ck_assert_uint_eq(diff_base_drop_old(&now, &then), 0);
	add(&then, "a/one", 5, false);
	add(&then, "a/two", 5, false);
	add(&then, "a/one", 7, false);
	add(&then, "run/pattern", 9, true);
	add(&now, "a/one", 5, false);
	add(&now, "a/one", 5, false);		/* one more than there was */
	add(&now, "a/three", 5, false);		/* another rule */
	add(&now, "run/pattern", 9, true);	/* fatal */
	add(&now, "a/two", 5, false);
	add(&now, "run/pattern", 9, false);	/* what was fatal then was no finding */
	ck_assert_uint_eq(diff_base_drop_old(&now, &then), 2);
	ck_assert_uint_eq(now.n, 4);
	ck_assert_uint_eq(now.v[0].at.a, 2);
	ck_assert_uint_eq(now.v[1].at.a, 3);
	ck_assert_uint_eq(now.v[2].at.a, 4);
	ck_assert_uint_eq(now.v[3].at.a, 6);
	ck_assert_uint_eq(diff_base_drop_all(&now), 3);
	ck_assert_uint_eq(now.n, 1);
	ck_assert(now.v[0].fatal);
	finding_list_release(&now);
	finding_list_release(&then);
}
END_TEST

/* Against the plain way: each of now takes the first of then that is like it and not yet taken. */
START_TEST(test_drop_old_any)
{
	static const char *const rules[] = { "a/one", "a/two" };
	struct random r = { TEST_SEED };

	for (int round = 0; round < 500; round++) {
		struct finding_list now, then;
		bool taken[64] = { false };
		size_t n = random_below(&r, 40), m = random_below(&r, 40), left = 0;
		uint32_t kept[64];

		finding_list_init(&now);
		finding_list_init(&then);
		for (size_t i = 0; i < n; i++)
			add(&now, rules[random_below(&r, 2)], random_below(&r, 6), random_below(&r, 8) == 0);
		for (size_t i = 0; i < m; i++)
			add(&then, rules[random_below(&r, 2)], random_below(&r, 6), random_below(&r, 8) == 0);
		for (size_t i = 0; i < n; i++) {
			size_t k = 0;

			while (k < m && (taken[k] || then.v[k].fatal || now.v[i].fatal || then.v[k].rule != now.v[i].rule
			    || then.v[k].fingerprint != now.v[i].fingerprint))
				k++;
			if (k < m)
				taken[k] = true;
			else
				kept[left++] = now.v[i].at.a;
		}
		ck_assert_uint_eq(diff_base_drop_old(&now, &then), n - left);
		ck_assert_uint_eq(now.n, left);
		for (size_t i = 0; i < left; i++)
			ck_assert_uint_eq(now.v[i].at.a, kept[i]);
		finding_list_release(&now);
		finding_list_release(&then);
	}
}
END_TEST

Suite *
unit_child(void)
{
	Suite *s = suite_create("child");
	TCase *c = tcase_create("child"), *old = tcase_create("old");

	tcase_set_timeout(c, 120);
	tcase_add_test(c, test_child_output);
	tcase_add_test(c, test_child_much);
	tcase_add_test(c, test_child_ends);
	tcase_add_test(c, test_child_input_and_env);
	tcase_add_test(c, test_child_threads);
	suite_add_tcase(s, c);
	tcase_add_test(old, test_drop_old);
	tcase_add_test(old, test_drop_old_any);
	suite_add_tcase(s, old);
	return s;
}
