#!/bin/sh
# locale.sh: locale, time zone, terminal and home change nothing.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
cd "$srcdir" || exit 99

run() { limit 60 "$@" "$WIRELINT" --select all --now 2026-11-23T12:00+00:00 examples; }

run env -i >"$tmp/wanted" 2>"$tmp/wanted.err"
wanted=$?
ok "an empty environment: exit status $wanted" test $wanted -le 1 -a -s "$tmp/wanted"

same() {
	"$@" >"$tmp/got" 2>"$tmp/got.err"
	is "exit status: $*" $? $wanted
	ok "output: $*" cmp "$tmp/wanted" "$tmp/got"
	ok "standard error: $*" cmp "$tmp/wanted.err" "$tmp/got.err"
}
same run env LC_ALL=C TZ=Asia/Tokyo
same run env LC_ALL=C.UTF-8 TZ=America/New_York
same run env LC_ALL=tr_TR.UTF-8 LANG=tr_TR TZ=Europe/Istanbul
same run env LC_ALL=de_DE.ISO-8859-1 TZ=:nonsense
same run env LC_ALL=none.such TERM=dumb COLUMNS=20
same run env -u HOME -u PATH -u TERM -u USER
same run env HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent TMPDIR=/nonexistent
tap_done
