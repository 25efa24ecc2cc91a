#!/bin/sh
# frozen.sh: wirelint with the image of its rules (src/frozen/frozen.h) and tests/loader, the same program that reads them at each start, say the
# same: of articles under whatever rules, and of the rules themselves.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
loader=${LOADER:-${WIRELINT%/*}/tests/loader}
cd "$srcdir" || exit 99
[ "${FROZEN-yes}" = yes ] || skip_all 'built without the image'

twins() {		# twins WHAT ARGUMENT... : the same bytes, errors and status
	what=$1
	shift
	"$loader" "$@" >"$tmp/wanted" 2>"$tmp/wanted-err"
	wanted=$?
	"$WIRELINT" "$@" >"$tmp/got" 2>"$tmp/got-err"
	status=$?
	if [ $status -eq $wanted ] && [ -s "$tmp/wanted" ] && cmp -s "$tmp/wanted" "$tmp/got" && cmp -s "$tmp/wanted-err" "$tmp/got-err"; then
		pass "$what"
	else
		fail "$what"
		note "exit status $status, expected $wanted; $(wc -c <"$tmp/wanted") bytes expected"
		diff "$tmp/wanted" "$tmp/got" >"$tmp/why"
		note_file "$tmp/why" 20
		note_file "$tmp/got-err" 5
	fi
}

# ---- the rules themselves ----
twins 'rules' rules --isolated --format json
twins 'rules, for man' rules --isolated --format man
twins 'profiles' profiles --isolated
twins 'examples' test
"$loader" rules --isolated | sed -n 's,^\([a-z-]*/[a-z0-9-]*\).*,\1,p' >"$tmp/ids"
explain() {
	while read -r rule; do
		"$1" explain --isolated "$rule"
	done <"$tmp/ids" 2>&1
}
explain "$loader" >"$tmp/wanted"
explain "$WIRELINT" >"$tmp/got"
[ "$(wc -l <"$tmp/wanted")" -gt 500 ] && cmp -s "$tmp/wanted" "$tmp/got"
is 'explain, of each rule' $? 0

# ---- articles ----
set -- examples/* tests/cases/*/input*
twins 'articles' --isolated --format jsonl -j2 "$@"
twins 'articles, all rules' --isolated --select all --format jsonl -j1 "$@"
twins 'articles, some rules' --isolated --select quote,copy --format jsonl "$@"
twins 'articles, under a profile' --isolated --profile ap --kind wire --format json "$@"
twins 'articles, with marks of profiles' --isolated --profile auto --format json "$@"
twins 'articles, plain scan' --isolated --debug-scan=plain --format jsonl "$@"
for file in examples/* tests/cases/read-*/input*; do
	"$loader" --isolated "$file" 2>&1
done >"$tmp/wanted"
for file in examples/* tests/cases/read-*/input*; do
	"$WIRELINT" --isolated "$file" 2>&1
done >"$tmp/got"
cmp -s "$tmp/wanted" "$tmp/got"
is 'articles, each for itself' $? 0

# ---- what a desk says of rules ----
cat >"$tmp/desk.xml" <<'EOF'
<rules xmlns="urn:wirelint:rules:1" family="desk">
  <rule id="storm" severity="warning">
    <title>a storm</title>
    <pattern case="fold">storms?\b</pattern>
    <message>'{match}'; expected a gale</message>
    <why>The desk agreed on it.</why>
    <silences>quote/unbalanced</silences>
    <bad>The [[storm]] came.</bad>
    <good>The gale came.</good>
  </rule>
  <rule id="many" severity="note">
    <title>an expression of its own</title>
    <assert context="block[@kind='paragraph']" test="false()"/>
    <message>a paragraph; expected none</message>
    <why>The desk agreed on it.</why>
    <bad>One.</bad>
  </rule>
</rules>
EOF
twins 'articles, with a pack' --isolated --rules "$tmp/desk.xml" --format jsonl "$@"
twins 'rules, with a pack' rules --isolated --rules "$tmp/desk.xml" --format json
sed 's/<pattern /<pattern case="old" /' "$tmp/desk.xml" >"$tmp/broken.xml"
twins 'a broken pack' --isolated --rules "$tmp/broken.xml" --format jsonl examples/storm.txt
mkdir "$tmp/one" "$tmp/two"
cp "$tmp/desk.xml" "$tmp/one/desk.xml"
printf 'rules: desk.xml\n' >"$tmp/one/wirelint.yaml"
printf 'stage: draft\n' >"$tmp/two/wirelint.yaml"
cp examples/*.txt "$tmp/one"
cp examples/*.txt "$tmp/two"
twins 'two desks, one with a pack' -j2 --format jsonl "$tmp/one" "$tmp/two"

# ---- it is the image that is used ----
if command -v /usr/bin/time >/dev/null 2>&1; then
	/usr/bin/time -f %R "$loader" --isolated --quiet examples/clean.txt 2>"$tmp/wanted"
	/usr/bin/time -f %R "$WIRELINT" --isolated --quiet examples/clean.txt 2>"$tmp/got"
	wanted=$(tail -n1 "$tmp/wanted")
	got=$(tail -n1 "$tmp/got")
	ok "one article touches $got pages, with the loader $wanted" [ "$got" -lt $((wanted * 2 / 3)) ]
else
	skip 'pages touched' 'no /usr/bin/time here'
fi
tap_done
