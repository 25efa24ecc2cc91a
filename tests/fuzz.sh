#!/bin/sh
# fuzz.sh ENTRY: runs a fuzz entry, built with its plain driver, over damaged copies of what it reads: examples and case
# inputs, or rule files.  FUZZ_COPIES says how many of each file; `make check` is short, `make fuzz-smoke` takes its time.
set -u
: "${srcdir:=.}" "${FUZZ_COPIES:=100}"
case $1 in /*) entry=$1 ;; *) entry=$PWD/$1 ;; esac
cd "$srcdir" || exit 99
ASAN_OPTIONS=${ASAN_OPTIONS:-exitcode=99:detect_leaks=1}
UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:exitcode=99}
export ASAN_OPTIONS UBSAN_OPTIONS
case $entry in
*fuzz-rules*) set -- rules/*.xml ;;
*)
	set --
	for file in examples/* tests/cases/*/input*; do
		if [ -f "$file" ] && [ -r "$file" ]; then set -- "$@" "$file"; fi
	done ;;
esac
exec "$entry" -n "$FUZZ_COPIES" "$@"
