#!/bin/sh
# scan-modes.sh: the same bytes come out however the work is done: triggered or plain scan, with JIT or without, on one
# thread or several, the arguments in any order.  Run over the examples, the inputs of the cases, and 200 articles of a corpus
# where there is one ($WIRELINT_CORPUS).
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
cd "$srcdir" || exit 99
corpus=${WIRELINT_CORPUS-}

compare() {		# compare WHAT OPTION... : the files in "$tmp/files" against the plain way
	what=$1
	shift
	xargs -0 "$WIRELINT" --isolated --select all --format jsonl "$@" <"$tmp/files" >"$tmp/got" 2>"$tmp/err"
	status=$?
	if [ $status -eq "$wanted" ] && cmp -s "$tmp/wanted" "$tmp/got"; then
		pass "$set: $what"
	else
		fail "$set: $what"
		note "exit status $status, expected $wanted"
		diff "$tmp/wanted" "$tmp/got" >"$tmp/why"
		note_file "$tmp/why" 20
		note_file "$tmp/err" 5
	fi
}

modes() {		# modes SET FILE...
	set=$1
	shift
	printf '%s\0' "$@" >"$tmp/files"
	xargs -0 "$WIRELINT" --isolated --select all --format jsonl -j1 <"$tmp/files" >"$tmp/wanted" 2>"$tmp/err"
	wanted=$?
	if [ $wanted -gt 123 ] || ! [ -s "$tmp/wanted" ]; then
		fail "$set: $# files, exit status $wanted"
		note_file "$tmp/err"
		return
	fi
	pass "$set: $# files, $(wc -l <"$tmp/wanted") findings"
	compare 'plain scan' -j1 --debug-scan=plain
	compare 'without JIT' -j1 --debug-no-jit
	compare 'plain scan without JIT' -j1 --debug-scan=plain --debug-no-jit
	compare 'two threads' -j2
	compare 'seven threads' -j7
	reversed=
	for file; do reversed="'$file' $reversed"; done
	eval "set -- $reversed"
	printf '%s\0' "$@" >"$tmp/files"
	compare 'arguments reversed' -j2
	printf '%s\0' "$1" >>"$tmp/files"
	compare 'an argument twice' -j2
}

modes examples examples/*
modes cases tests/cases/*/input*
if [ -d "$corpus" ]; then
	# shellcheck disable=SC2046 # names without blanks
	modes corpus $(find "$corpus" -name '*.txt' | LC_ALL=C sort | awk 'NR % 10 == 1' | head -n 200)
else
	skip 'corpus' 'no corpus here; WIRELINT_CORPUS names one'
fi
tap_done
