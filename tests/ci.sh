#!/bin/sh
# ci.sh: what stands in ci/ and action.yml is run here as a machine of CI would: the steps of the action and of the job of GitLab in scratch
# repositories, the problem matcher over real output, the Makefile with stories that change.  wirelint itself is not built anew, but
# with WIRELINT_CI_BUILD=yes (minutes).
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
mkdir "$tmp/bin"
ln -s "$WIRELINT" "$tmp/bin/wirelint"
PATH=$tmp/bin:$PATH HOME=$tmp GIT_CONFIG_NOSYSTEM=1
export PATH HOME GIT_CONFIG_NOSYSTEM
unset GITHUB_ACTIONS GITHUB_OUTPUT GITHUB_PATH GITHUB_ACTION_PATH RUNNER_TEMP CI_PROJECT_DIR MAKEFLAGS MFLAGS MAKELEVEL

story() { printf 'By Ada Brandt\n\nThe port of Harbourville reopened on Tuesday after a storm that had kept ships outside%s.\n' "$1"; }

# ---- scripts ----
for script in ci/install.sh ci/github/check.sh; do
	if command -v shellcheck >/dev/null; then
		shellcheck -s sh "$srcdir/$script" >"$tmp/check" 2>&1
		is "shellcheck $script" "$(cat "$tmp/check")" ''
	else
		skip "shellcheck $script" 'shellcheck is not there'
	fi
	ok "$script is read by sh" sh -n "$srcdir/$script"
done

# ---- make ----
make_tests() {
	mkdir -p "$tmp/make/stories/a" && cd "$tmp/make" || exit 99
	cat >counted <<-SH
		#!/bin/sh
		for last; do :; done
		echo "\$last" >>"$tmp/make/ran"
		exec wirelint "\$@"
	SH
	chmod +x counted
	cp "$srcdir/ci/make/wirelint.mk" .
	printf 'STORIES = $(shell find stories -type f -name "*.txt" | sort)\nWIRELINT = ./counted\ninclude wirelint.mk\npublish: lint\n\t@echo published\n' >Makefile
	printf 'root: true\nkind: own\nignore: [copy/file-hygiene]\n' >.wirelint.yaml
	story '' >stories/one.txt
	story ' for days' >stories/two.txt
	story ' for a week' >stories/a/three.txt
	made() { : >ran; "$make" "$@" >out 2>&1; status=$?; sort ran | tr '\n' ' '; return $status; }
	is 'make: all stories are checked' "$(made publish)" 'stories/a/three.txt stories/one.txt stories/two.txt '
	ok 'make: what comes behind is made' grep -q '^published' out
	is 'make: and none of them again' "$(made publish)" ''
	sleep 1
	story ' for two days' >stories/two.txt
	is 'make: but one that changed' "$(made lint)" 'stories/two.txt '
	sleep 1
	story ', TK days' >stories/one.txt
	story ' for long' >stories/two.txt
	made -k publish >ran.bad
	is 'make: a bad story stops it' "$?" 2
	is 'make: with -k the others are checked' "$(cat ran.bad)" 'stories/one.txt stories/two.txt '
	ok 'make: the finding is told' grep -q '^stories/one.txt:3:[0-9]*: error:.*\[copy/placeholder\]' out
	if grep -q '^published' out; then fail 'make: nothing is published'; else pass 'make: nothing is published'; fi
	is 'make: the bad one is told again' "$(made lint)" 'stories/one.txt '
	story '' >stories/one.txt
	is 'make: mended, it is checked' "$(made lint)" 'stories/one.txt '
	sleep 1
	printf 'root: true\nkind: own\n' >.wirelint.yaml
	is 'make: another configuration, and all are checked' "$(made LINT_FLAGS=--fail-on=error lint)" 'stories/a/three.txt stories/one.txt stories/two.txt '
	is 'make: other options, and all are checked' "$(made LINT_FLAGS=--fail-on=warning lint)" 'stories/a/three.txt stories/one.txt stories/two.txt '
	is 'make: the same options, and none is' "$(made LINT_FLAGS=--fail-on=warning lint)" ''
	is 'make: forgotten, all are' "$(made LINT_FLAGS=--fail-on=warning lint-clean lint)" 'stories/a/three.txt stories/one.txt stories/two.txt '
	rm -f "$tmp/bin/wirelint"
	sleep 1
	touch stories/two.txt
	made lint >/dev/null
	is 'make: without wirelint it fails' "$?" 2
	ln -s "$WIRELINT" "$tmp/bin/wirelint"
}
make=
for m in make gmake; do
	if [ -z "$make" ] && $m --version 2>/dev/null | grep -q GNU; then make=$m; fi
done
if [ -n "$make" ]; then make_tests; else skip 'make: stories' 'GNU make is not there'; fi

# ---- the problem matcher ----
matcher_js() {
	cat <<-'JS'
		const fs = require('fs');
		const [matcher, log, want] = process.argv.slice(2).map((f) => fs.readFileSync(f, 'utf8'));
		const all = JSON.parse(matcher).problemMatcher.map((m) => ({ ...m.pattern[0], default: m.severity, re: new RegExp(m.pattern[0].regexp) }));
		const got = [];
		for (const line of log.split('\n'))
			for (const p of all) {
				const m = p.re.exec(line);
				if (m) got.push([m[p.file], +m[p.line] || 0, +m[p.column] || 0, p.severity ? m[p.severity] : p.default, m[p.message], m[p.code]]);
			}
		const wanted = want.trim().split('\n').map((l) => JSON.parse(l)).map((f) => [f.path, f.span ? f.span.start.line : 0, f.span ? f.span.start.column : 0,
			f.severity === 'note' ? 'notice' : f.severity, f.message, f.rule]);
		if (JSON.stringify(got) !== JSON.stringify(wanted)) { console.log(JSON.stringify(got, null, 1), JSON.stringify(wanted, null, 1)); process.exit(1); }
		console.log(got.length + ' ' + new Set(got.map((g) => g[3])).size);
	JS
}
matcher_py() {
	cat <<-'PY'
		import json, re, sys
		matcher, log, want = (open(f, encoding='utf-8').read() for f in sys.argv[1:])
		got = []
		for line in log.split('\n'):
		    for m in json.loads(matcher)['problemMatcher']:
		        p = m['pattern'][0]
		        at = re.match(p['regexp'], line, re.A)
		        if at:
		            got.append([at[p['file']], int(at[p['line']] or 0), int(at[p['column']] or 0), at[p['severity']] if 'severity' in p else m['severity'],
		                        at[p['message']], at[p['code']]])
		wanted = []
		for f in map(json.loads, want.strip().split('\n')):
		    at = f['span']['start'] if f['span'] else {'line': 0, 'column': 0}
		    wanted.append([f['path'], at['line'], at['column'], 'notice' if f['severity'] == 'note' else f['severity'], f['message'], f['rule']])
		if got != wanted:
		    print(got, wanted)
		    sys.exit(1)
		print(len(got), len({g[3] for g in got}))
	PY
}
cd "$srcdir" || exit 99
wirelint check --isolated --format gcc examples missing.txt >"$tmp/log" 2>/dev/null
wirelint check --isolated --format jsonl examples missing.txt >"$tmp/want" 2>/dev/null
cd "$tmp" || exit 99
matcher_js >matcher.js
matcher_py >matcher.py
for program in node python3; do
	case $program in node) script=matcher.js ;; *) script=matcher.py ;; esac
	if ! command -v $program >/dev/null; then
		skip "the problem matcher finds each finding ($program)" "$program is not there"
	elif $program $script "$srcdir/ci/github/problem-matcher.json" log want >got 2>&1; then
		is "the problem matcher finds each finding, of three severities ($program)" "$(cat got)" "$(grep -c . want) 3"
	else
		fail "the problem matcher finds each finding ($program)"
		note_file got
	fi
done

# ---- the steps, as a machine runs them ----
if ! python3 -c 'import yaml' 2>/dev/null; then
	skip 'steps of the action and the job' 'python3 with yaml is not there'
	tap_done
fi
if ! command -v git >/dev/null; then
	skip 'steps of the action and the job' 'git is not there'
	tap_done
fi
git config --global user.name Desk
git config --global user.email desk@example.org
git config --global init.defaultBranch main

# What is kept from the run before: the program, under the key of the sources.
if [ -n "${WIRELINT_CI_BUILD-}" ]; then
	kept() { :; }
else
	kept() { mkdir -p "$2/bin" && cp "$WIRELINT" "$2/bin/wirelint" && sh "$1/ci/install.sh" --key >"$2/key"; }
fi

# action.py FILE INPUT=VALUE...: runs the steps of a composite action that are scripts; those of other actions are named.
cat >action.py <<'PY'
import os, re, subprocess, sys, yaml
action = yaml.safe_load(open(sys.argv[1], encoding='utf-8'))
inputs = {k: str(v.get('default', '')) for k, v in action['inputs'].items()}
for given in sys.argv[2:]:
    name, value = given.split('=', 1)
    assert name in inputs, name
    inputs[name] = value
steps, status, path = {}, 0, os.environ['PATH']
def value(m):
    e = m[1].strip()
    e = re.sub(r'inputs\.([\w-]+)', lambda n: repr(inputs[n[1]]), e)
    e = re.sub(r'steps\.(\w+)\.outputs\.([\w-]+)', lambda n: repr(steps.get(n[1], {}).get(n[2], '')), e)
    e = e.replace('always()', 'True').replace('||', ' or ').replace('&&', ' and ')
    return str(eval(e, {'__builtins__': {}}))
def filled(s):
    return re.sub(r'\$\{\{(.*?)\}\}', value, s)
for step in action['runs']['steps']:
    if status and 'always()' not in step.get('if', ''):
        continue
    if 'if' in step and filled(step['if']) != 'True':
        continue
    if 'uses' in step:
        print('uses', step['uses'], *(f'{k}={filled(str(v))}' for k, v in step['with'].items()))
        continue
    assert step['shell'] == 'sh' and '${{' not in step['run'], step
    out, paths = 'github.output', 'github.path'
    open(out, 'w').close(), open(paths, 'w').close()
    env = dict(os.environ, PATH=path, GITHUB_ACTION_PATH=os.path.dirname(os.path.abspath(sys.argv[1])), GITHUB_OUTPUT=os.path.abspath(out),
               GITHUB_PATH=os.path.abspath(paths), **{k: filled(v) for k, v in step.get('env', {}).items()})
    sys.stdout.flush()
    status = subprocess.run(['sh', '-e', '-c', step['run']], env=env, cwd=os.environ['WORKSPACE']).returncode or status
    steps[step.get('id', '')] = dict(line.rstrip('\n').split('=', 1) for line in open(out))
    path = ':'.join(line.rstrip('\n') for line in open(paths)) + ':' + path
for name, output in action['outputs'].items():
    print(f'output {name}={filled(output["value"])}')
sys.exit(status)
PY
mkdir desk runner && cd desk && git init -q && mkdir -p stories 'more stories' && story '' >stories/good.txt && story ', TK days' >'more stories/bad one.txt' &&
	printf 'root: true\n' >.wirelint.yaml && git add -A && git commit -qm stories || exit 99
cd "$tmp" || exit 99
WORKSPACE=$tmp/desk RUNNER_TEMP=$tmp/runner
export WORKSPACE RUNNER_TEMP
kept "$srcdir" "$tmp/runner/wirelint"
# where the action runs, there is only what it builds
act() { PATH=/usr/bin:/bin:/usr/local/bin limit 900 python3 action.py "$srcdir/action.yml" "$@" >act.out 2>act.err; }

act paths=stories
is 'action: a sound story' "$?, $(sed -n 's/^output //p' act.out | tr '\n' ' ')" \
	"0, status=0 verdict=pass errors=0 warnings=0 notes=0 report=$tmp/runner/wirelint.json sarif= "
ok 'action: what was built is kept under a key of the sources and the system' \
	grep -q "^uses actions/cache@v4 path=$tmp/runner/wirelint key=wirelint-[a-z]*-[0-9a-z.]*-[0-9a-z_]*-[0-9a-f]\{16\}\$" act.out
act paths='stories
more stories'
is 'action: a bad one, in a folder with a blank' "$?, $(sed -n 's/^output //p' act.out | head -n 3 | tr '\n' ' ')" '1, status=1 verdict=fail errors=1 '
ok 'action: its annotation' grep -q '^::error file=more stories/bad one.txt,line=3,.*title=copy/placeholder' act.out
act paths='more stories' format=gcc fail-on=never
is 'action: fail-on' "$?, $(sed -n 's/^output //p' act.out | head -n 3 | tr '\n' ' ')" '0, status=0 verdict=pass errors=1 '
is 'action: with gcc, the matcher is there while it runs' "$(grep '^::' act.out | sed 's|::add-matcher::/.*/ci/|::add-matcher::ci/|')" "::add-matcher::ci/github/problem-matcher.json
::remove-matcher owner=wirelint::
::remove-matcher owner=wirelint-note::"
act paths='more stories' upload-sarif=true
is 'action: SARIF is handed on, though the check failed' "$?, $(grep codeql act.out)" '1, uses github/codeql-action/upload-sarif@v3 sarif_file=wirelint.sarif category=wirelint'
ok 'action: and is there' grep -q '"ruleId":"copy/placeholder"' desk/wirelint.sarif
rm -f desk/wirelint.sarif
act paths=none
is 'action: what is not there' "$?, $(sed -n 's/^output //p' act.out | head -n 2 | tr '\n' ' ')" '2, status=2 verdict=incomplete '
act args='--select nonsense'
is 'action: wrong use, which writes no report' "$?, $(sed -n 's/^output //p' act.out | head -n 2 | tr '\n' ' ')" '2, status=2 verdict=incomplete '
act args='--select copy --severity copy/placeholder=note' paths='more stories'
is 'action: options' "$?, $(grep -c '^::notice.*title=copy/placeholder' act.out)" '0, 1'
act paths='$(touch owned); `touch owned`
; touch owned' args='$(touch owned) ; touch owned' format='github; touch owned' fail-on='$(touch owned)'
ok 'action: inputs are no commands' test ! -e desk/owned
act paths='more stories' diff-base=HEAD
is 'action: diff-base' "$?" 0

# job.py FILE: the lines of the job, for sh, and its variables
cat >job.py <<'PY'
import shlex, sys, yaml
job = yaml.safe_load(open(sys.argv[1], encoding='utf-8'))
for k, v in job['variables'].items():
    print(f': "${{{k}={v}}}"; export {k}')
print('set -e')
for line in job['wirelint']['before_script'] + job['wirelint']['script']:
    print(line)
PY
artifacts() { python3 -c '
import sys, yaml
r = yaml.safe_load(open(sys.argv[1]))["wirelint"]["artifacts"]["reports"]
print(r["codequality"], r["junit"])' "$srcdir/ci/gitlab/wirelint.yml"; }
python3 job.py "$srcdir/ci/gitlab/wirelint.yml" >job.sh
if [ -n "${WIRELINT_CI_BUILD-}" ]; then
	git clone -q "$srcdir" source
else
	mkdir source && cd source && cp "$srcdir/bootstrap" "$srcdir/configure.ac" "$srcdir/Makefile.am" . && cp -R "$srcdir/ci" "$srcdir/rules" "$srcdir/scripts" . &&
		mkdir src doc && cp "$srcdir/src/main.c" src && cp "$srcdir/doc/wirelint.1" doc && git init -q && git add -A && git commit -qm source || exit 99
fi
cd "$tmp/source" && git tag v1 && cd "$tmp/desk" || exit 99
kept "$tmp/source" .cache/wirelint
job() {
	rm -rf "$tmp/scratch" && mkdir "$tmp/scratch"
	PATH=/usr/bin:/bin limit 900 env CI_PROJECT_DIR="$PWD" TMPDIR="$tmp/scratch" LINT_SOURCE="file://$tmp/source" LINT_REF=v1 "$@" sh "$tmp/job.sh" >"$tmp/job.out" 2>&1
}
job LINT_PATHS=stories
is 'gitlab: a sound story' "$?" 0
ok 'gitlab: its reports are there' test -s "$(artifacts | cut -d ' ' -f 1)" -a -s "$(artifacts | cut -d ' ' -f 2)"
job LINT_ARGS='--kind=own'
is 'gitlab: a bad one' "$?, $(grep -c '"check_name":"copy/placeholder"' gl-code-quality-report.json), $(grep -c '<failure' wirelint-junit.xml)" '1, 1, 1'
ok 'gitlab: the log tells of it' grep -q '^./more stories/bad one.txt:3:[0-9]*: error' "$tmp/job.out"
job LINT_ARGS=--fail-on=never
is 'gitlab: options' "$?" 0
job LINT_PATHS=none
is 'gitlab: what is not there' "$?" 2
job LINT_SOURCE=
is 'gitlab: without the address of the sources' "$?, $(cat "$tmp/job.out")" '2, LINT_SOURCE is to be the address of the repository of wirelint'

ok 'pre-commit: both hooks are the same but for where they run' python3 -c '
import sys, yaml
a, b = yaml.safe_load(open(sys.argv[1]))
for k in "id", "name", "description", "language":
    assert a.pop(k) != b.pop(k), k
assert a == b and a["require_serial"] and "--force-exclude --skip-unknown" in a["entry"], (a, b)' "$srcdir/.pre-commit-hooks.yaml"
tap_done
