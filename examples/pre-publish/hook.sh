#!/bin/sh
# hook.sh STORY [NAME]: may this story be published?  STORY is a file as the CMS exports it; NAME is what it will be called, and so which
# configuration holds (see wirelint(1), PRE-PUBLISH CHECKS).
#
# Exit status 0: yes.  1: it is held, the findings are on standard output.  2: nobody knows, so no; the reason is on standard error.
# Whatever goes wrong ends with 2: wirelint is not there, takes too long, is killed, or says less than that the story is sound.
#
# WIRELINT: the program.  SECONDS_AT_MOST: how long it may take.
set -u
story=${1:?expected a file}
name=${2:-$story}

hold() {
	printf 'hook.sh: %s: held: %s\n' "$name" "$1" >&2
	exit 2
}

[ -f "$story" ] || hold 'there is no such file'
report=$(mktemp) || hold 'there is no place for the report'
trap 'rm -f "$report"' EXIT
trap 'exit 2' HUP INT TERM

timeout -k 1 "${SECONDS_AT_MOST:-20}" "${WIRELINT:-wirelint}" check --fail-on error --quiet \
	--format gcc --output "json:$report" --stdin-filename "$name" - <"$story"
status=$?

# The report is a whole only if it ends in a verdict; the verdict and the exit status have to agree.
verdict=$(sed -n '$s/.*"verdict":"\([a-z]*\)"}$/\1/p' "$report")
articles=$(sed -n '$s/.*"articles":\([0-9]*\),.*/\1/p' "$report")
case $status,$verdict in
0,pass) [ "${articles:-0}" -ge 1 ] || hold 'nothing in it was checked' ;;
1,fail) exit 1 ;;
2,incomplete) hold 'something in it could not be checked' ;;
124,* | 137,*) hold 'it took too long, or was killed' ;;
126,* | 127,*) hold 'wirelint could not be run' ;;
*) hold "exit status $status, verdict '${verdict:-none}'" ;;
esac
