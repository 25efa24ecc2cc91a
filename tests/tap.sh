# Sourced by the test scripts: TAP in a few functions, and what all of them need.
#
#	. "${srcdir:-.}/tests/tap.sh"
#	ok 'two and two' test $((2 + 2)) -eq 4
#	tap_done
#
# Everything runs without a fork where it can: with hundreds of cases, starting processes is the whole cost.

srcdir=${srcdir:-.}
case $srcdir in /*) ;; *) srcdir=$PWD/$srcdir ;; esac
WIRELINT=${WIRELINT:-$PWD/wirelint}
LC_ALL=C
export LC_ALL WIRELINT srcdir
unset WIRELINT_FORMAT

# A finding of a sanitizer must not look like a finding of wirelint, which exits with 1.
ASAN_OPTIONS=${ASAN_OPTIONS:-exitcode=99:detect_leaks=1}
UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:exitcode=99}
TSAN_OPTIONS=${TSAN_OPTIONS:-exitcode=99}
export ASAN_OPTIONS UBSAN_OPTIONS TSAN_OPTIONS

tap_n=0
tap_failed=0

pass() {
	tap_n=$((tap_n + 1))
	printf 'ok %d - %s\n' "$tap_n" "$*"
}

fail() {
	tap_n=$((tap_n + 1))
	tap_failed=$((tap_failed + 1))
	printf 'not ok %d - %s\n' "$tap_n" "$*"
}

skip() {		# skip WHAT REASON
	tap_n=$((tap_n + 1))
	printf 'ok %d - %s # SKIP %s\n' "$tap_n" "$1" "$2"
}

skip_all() {		# skip_all REASON
	printf '1..0 # SKIP %s\n' "$*"
	exit 0
}

ok() {			# ok WHAT COMMAND...
	tap_what=$1
	shift
	if "$@"; then pass "$tap_what"; else fail "$tap_what"; fi
}

is() {			# is WHAT GOT EXPECTED
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1"
		note "got:      $2"
		note "expected: $3"
	fi
}

note() {
	printf '%s\n' "$*" | sed 's/^/# /'
}

note_file() {		# note_file FILE [LINES]: its beginning as comments
	sed "s/^/# /;${2:-40}q" "$1"
}

tap_done() {
	printf '1..%d\n' "$tap_n"
	[ "$tap_failed" -eq 0 ]
	exit
}

# A scratch folder of this script's own, $tmp, gone at the end.
tap_tmp() {
	tmp=$(mktemp -d "${TMPDIR:-/tmp}/wirelint-test.XXXXXX") || exit 99
	# shellcheck disable=SC2064
	trap "chmod -R u+rwx '$tmp' 2>/dev/null; rm -rf '$tmp'" EXIT
	trap 'exit 99' HUP INT TERM
}

# limit SECONDS COMMAND...: 124 if it takes longer.
if command -v timeout >/dev/null 2>&1; then
	limit() { timeout "$@"; }
else
	limit() { shift; "$@"; }
fi
