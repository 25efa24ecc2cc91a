#!/bin/sh
# check.sh: the step of action.yml that checks.  Inputs come in the environment, so that nothing of them is read as a command.
#
#	LINT_PATHS		files and folders, one a line
#	LINT_ARGS		more options, parted by blanks or lines
#	LINT_FORMAT		form of the log
#	LINT_FAIL_ON, LINT_DIFF_BASE, LINT_SARIF	empty: not given
#
# Outputs: status, verdict, errors, warnings, notes; report and sarif, the files that were written.
set -u
report=${RUNNER_TEMP:-/tmp}/wirelint.json
output=${GITHUB_OUTPUT:-/dev/null}
newline='
'
set -f
IFS=" 	$newline"
# shellcheck disable=SC2086 # a list of words
set -- ${LINT_ARGS-}
[ -z "${LINT_FAIL_ON-}" ] || set -- --fail-on "$LINT_FAIL_ON" "$@"
[ -z "${LINT_DIFF_BASE-}" ] || set -- --diff-base "$LINT_DIFF_BASE" "$@"
[ -z "${LINT_SARIF-}" ] || set -- -o "sarif:$LINT_SARIF" "$@"
set -- --format "${LINT_FORMAT:-github}" -o "json:$report" "$@" --
IFS=$newline
for path in ${LINT_PATHS:-.}; do
	set -- "$@" "$path"
done
unset IFS

[ "${LINT_FORMAT:-github}" != gcc ] || echo "::add-matcher::$(cd "$(dirname "$0")" && pwd)/problem-matcher.json"
rm -f "$report"
wirelint check "$@"
status=$?
if [ "${LINT_FORMAT:-github}" = gcc ]; then
	echo '::remove-matcher owner=wirelint::'
	echo '::remove-matcher owner=wirelint-note::'
fi

count() { sed -n "s/.*\"counts\":{.*\"$1\":\([0-9]*\).*/\1/p" "$report" 2>/dev/null; }
verdict=$(sed -n 's/.*"verdict":"\([a-z]*\)"}$/\1/p' "$report" 2>/dev/null)
{
	echo "status=$status"
	echo "verdict=${verdict:-incomplete}"
	echo "errors=$(count error)"
	echo "warnings=$(count warning)"
	echo "notes=$(count note)"
	[ ! -f "$report" ] || echo "report=$report"
	[ -z "${LINT_SARIF-}" ] || [ ! -f "$LINT_SARIF" ] || echo "sarif=$LINT_SARIF"
} >>"$output"
exit $status
