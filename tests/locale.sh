#!/bin/sh
# locale.sh: locale, time zone, terminal and home change nothing; WIRELINT_FORMAT names the form, and no variable is asked for that wirelint(1)
# does not tell of.
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
same run env WIRELINT_FORMAT= WIRELINT_CONFIG=none WIRELINT_OPTIONS=--quiet WIRELINT_COLOR=always NO_COLOR=1
same run env CLICOLOR_FORCE=1 FORCE_COLOR=1 LANGUAGE=tr GIT_DIR=/nonexistent XML_CATALOG_FILES=/nonexistent XML_DEBUG_CATALOG=1 LIBFYAML_DEBUG=1
same run env HOME=/nonexistent XDG_CONFIG_HOME=/nonexistent TMPDIR=/nonexistent

# ---- the one that names a form ----
form() { named=$1; shift; limit 60 env WIRELINT_FORMAT="$named" "$WIRELINT" "$@"; }
for name in sarif github jsonl; do
	form '' check --isolated --quiet --format "$name" examples >"$tmp/wanted"
	form "$name" check --isolated --quiet examples >"$tmp/got"
	ok "WIRELINT_FORMAT=$name is --format $name" cmp "$tmp/wanted" "$tmp/got"
done
form '' check --isolated --quiet --format gcc examples >"$tmp/gcc"
form github check --isolated --quiet --format gcc examples >"$tmp/got"
ok 'the command line beats it' cmp "$tmp/gcc" "$tmp/got"
form nonsense check --isolated --quiet --format gcc examples >"$tmp/got" 2>"$tmp/err"
ok '... and a wrong one is not looked at' test $? -eq 1 -a ! -s "$tmp/err"
form github check --isolated --quiet -o "gcc:$tmp/got" examples >"$tmp/out"
ok 'so does --output: standard output is left alone' sh -c "cmp '$tmp/gcc' '$tmp/got' && ! [ -s '$tmp/out' ]"
mkdir "$tmp/desk" && cp examples/storm.txt "$tmp/desk" && printf 'root: true\nformat: json\noutput: [jsonl:out.jsonl]\n' >"$tmp/desk/.wirelint.yaml"
(cd "$tmp/desk" && form github check --quiet . >"$tmp/got"
	form '' check --quiet --format github . >"$tmp/wanted")
ok 'it beats a configuration, as an option does' sh -c "cmp '$tmp/wanted' '$tmp/got' && ! [ -e '$tmp/desk/out.jsonl' ]"
is 'config names it as the origin' "$(cd "$tmp/desk" && form github config . | grep '^format')" 'format: github                          # WIRELINT_FORMAT'
form sarf check --isolated examples >"$tmp/out" 2>"$tmp/err"
is 'an unknown form: exit status' $? 2
is 'an unknown form is complained of by the name of the variable' "$(cat "$tmp/out" "$tmp/err")" \
	"wirelint: error: variable 'WIRELINT_FORMAT' has unknown value 'sarf'; did you mean 'sarif'?"
form sarf show examples/clean.txt >"$tmp/out" 2>"$tmp/err"
ok 'other commands do not ask for it' test $? -eq 0 -a ! -s "$tmp/err"

# ---- what is asked for is told ----
{ grep -oh 'getenv("[A-Z_]*")' src/*.c src/*/*.c; grep -oh '"WIRELINT_[A-Z]*"' src/*.c src/*/*.c; } | grep -o '[A-Z_]*[A-Z]' | sort -u >"$tmp/asked"
sed -n '/^.Sh ENVIRONMENT/,/^.Sh FILES/s/^.It Ev //p' doc/wirelint.1 | grep -v '^PATH$' | sort -u >"$tmp/told"
ok 'the variables of the sources are those of wirelint(1)' cmp "$tmp/asked" "$tmp/told"
diff "$tmp/asked" "$tmp/told" | sed 's/^/# /'
tap_done
