#!/bin/sh
# installed.sh: for `make installcheck`: what was installed stands alone, away from source and build tree.
set -u
: "${WIRELINT:?}" "${EXAMPLES:?}" "${MAN:?}" "${DATA:?}" "${DOC:?}" "${VERSION:?}"
failed=0
ok() {
	what=$1
	shift
	if "$@"; then
		echo "ok: $what"
	else
		echo "not ok: $what"
		failed=1
	fi
}
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 99

ok 'it has the version of the build' test "$(env -i "$WIRELINT" --version)" = "wirelint $VERSION"
env -i "$WIRELINT" --isolated --format gcc --quiet "$EXAMPLES" >out 2>err
ok 'the examples have findings' test $? -eq 1
ok 'the example with faults is named' grep -q 'storm\.txt:[0-9]*:[0-9]*: ' out
env -i "$WIRELINT" --isolated --format gcc --quiet "$EXAMPLES/clean.txt" >out 2>err
ok 'the clean example has none' test $? -eq 0 -a ! -s out
WIRELINT=$WIRELINT sh "$EXAMPLES/pre-publish/hook.sh" "$EXAMPLES/clean.txt" >out 2>err
ok 'the hook lets the clean example pass' test $? -eq 0
env -i "$WIRELINT" test >out 2>err
ok 'the examples inside the rules pass' test $? -eq 0
grep '^not ok' out
ok 'the rules on a page' test -s "$DOC/wirelint-catalogue.html"
for page in man1/wirelint.1 man1/wirelint-lsp.1 man7/wirelint-catalogue.7 man5/wirelint-rules.5 man5/wirelint-profiles.5 man5/wirelint-waivers.5; do
	ok "manual page $page" test -s "$MAN/$page" -o -s "$MAN/$page.gz"
done
ok 'rules to read' test -s "$DATA/rules/caption.xml" -a -s "$DATA/rules/wirelint.rng"
for schema in baseline finding report rules show; do
	ok "schema of $schema" test -s "$DATA/schema/$schema.schema.json"
done
exit $failed
