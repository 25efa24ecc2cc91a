#!/bin/sh
# gate.sh: a repository of 300 stories under three desks' configurations, with a baseline and waivers: the gate lets pass what was
# accepted, and nothing else.  The stories are made here; a tenth of them has a fault.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
repo=$tmp/repo
mkdir "$repo" "$repo/own" "$repo/wire" "$repo/partners" || exit 99
cd "$repo" || exit 99

# ---- 300 stories ----
awk '
function word(n) { return w[1 + n % count] }
function sentence(n) {
	return "The " word(n * 7) " on the " word(n * 5 + 1) " quay was " verb[1 + n % verbs] " on Tuesday, the " word(n * 3 + 2) " office said in note " n "."
}
function text(i, fault, file) {
	print "By Ada Brandt\n" > file
	print "HARBOURVILLE, Nov 24 (Reuters) - " sentence(i) "\n" > file
	print sentence(i + 400) (fault ? " TK" : "") "\n" > file
	print sentence(i + 900) "\n" > file
	print "Source: Reuters" > file
	close(file)
}
function nitf(i, fault, file) {
	print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<nitf><head><docdata><doc.copyright holder=\"Reuters\"/></docdata></head>" > file
	print "<body><body.head><hedline><hl1>Quay " i "</hl1></hedline></body.head><body.content>" > file
	print "<p>" sentence(i) "</p>\n<p>" sentence(i + 300) (fault ? " “We wait, said the pilot." : "") "</p>" > file
	print "<p>" sentence(i + 700) "</p>\n<p>Source: Reuters</p></body.content></body></nitf>" > file
	close(file)
}
function page(i, fault, file) {
	print "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Quay " i "</title></head><body><article><h1>Quay " i "</h1>" > file
	print "<p>" sentence(i) "</p>\n<p>" sentence(i + 200) (fault ? " He said \047\047no\047\047 twice." : "") "</p>" > file
	print "<p>" sentence(i + 600) "</p>\n<p>" sentence(i + 800) "</p>\n<p>Source: Reuters</p></article></body></html>" > file
	close(file)
}
BEGIN {
	count = split("crane ferry pilot barge winch ladder signal beacon cargo harbour salt timber copper coal grain wool tide lamp rope anchor", w, " ")
	verbs = split("repaired inspected closed opened painted moved measured lifted", verb, " ")
	for (i = 1; i <= 100; i++) {
		text(i, i % 10 == 0, sprintf("own/%03d.txt", i))
		nitf(i, i % 10 == 5, sprintf("wire/%03d.xml", i))
		page(i, i % 10 == 7, sprintf("partners/%03d.html", i))
	}
}' || exit 99

cat >.wirelint.yaml <<'EOF'
root: true
ignore: [copy/duplicate-paragraph]
fail-on: warning
EOF
printf 'kind: own\nlang: en-GB\n' >own/.wirelint.yaml
cat >wire/.wirelint.yaml <<'EOF'
kind: wire
rules: [house.xml]
agencies: [Reuters]
EOF
cat >wire/house.xml <<'EOF'
<rules xmlns="urn:wirelint:rules:1" family="house">
  <rule id="quay" severity="warning" scope="prose">
    <title>the old name of the quay</title>
    <terms><term use="North Quay">Gallows Quay</term></terms>
    <message>'{match}': it is '{use}' now</message>
    <bad>At [[Gallows Quay]].</bad>
    <good>At North Quay.</good>
  </rule>
</rules>
EOF
cat >partners/.wirelint.yaml <<'EOF'
kind: republished
max-warnings: 0
overrides:
  - files: "09?.html"
    severity: {typography/fake-quotes: error}
EOF

check() { "$WIRELINT" "$@" >out 2>err; }
shown() { sed 's/^\([^:]*\):.*\[\(.*\)\]$/\1 [\2]/' out; }

check --quiet .
is 'without a baseline the gate is red' "$?" 1
is 'each desk has its ten faults' "$(grep -c '\[copy/placeholder\]$' out) $(grep -c '\[quote/unbalanced\]$' out) $(grep -c '\[typography/fake-quotes\]$' out)" '10 10 10'
grep '^\./partners/09' out | grep -q ' error: ' && pass 'an override makes one graver' || fail 'an override makes one graver'

# ---- waivers for what may not be touched, a baseline for the rest ----
cat >wire/.wirelint-waivers.yaml <<'EOF'
waivers:
  - rule: quote/unbalanced
    path: "0?5.xml"
    reason: the agency's copy, to be sent again corrected
    owner: night desk
    expires: 2999-12-31
EOF
check --quiet .
is 'waivers take theirs away' "$? $(grep -c '\[quote/unbalanced\]$' out)" '1 0'
check baseline create .
is 'baseline create' "$?" 0
is 'the baseline has an entry a line' "$(grep -c '"fingerprint"' .wirelint-baseline.json)" 20
check .
is 'green' "$?" 0
is 'nothing is shown' "$(cat out)" ''
is 'and what was let pass is counted' "$(grep -c '10 waived.*20 in the baseline' err)" 1
check --format json .
is 'verdict pass' "$(grep -c '"verdict":"pass"' out)" 1
check --no-suppressions --quiet .
is '--no-suppressions shows all of it' "$(grep -c '' out)" 30
check --no-baseline --quiet .
is '--no-baseline shows what it holds' "$? $(grep -c '' out)" '1 20'

# ---- a new fault ----
cp own/010.txt "$tmp/kept"
sed 's/^By Ada/TK By Ada/; s/ TK$/ TK/' own/011.txt >"$tmp/new" && cp "$tmp/new" own/011.txt
{ sed 3q own/010.txt; echo; echo 'A line that was put in between.'; sed 1,3d own/010.txt; } >"$tmp/moved" && cp "$tmp/moved" own/010.txt
check --quiet .
is 'a new fault: red' "$?" 1
is 'and nothing else, whatever lines have moved' "$(shown)" './own/011.txt [copy/placeholder]'
cp own/011.txt "$tmp/faulty"
"$WIRELINT" --quiet -j1 . >"$tmp/one"; "$WIRELINT" --quiet -j2 . >"$tmp/two"
ok 'the same at -j1 and -j2' cmp -s "$tmp/one" "$tmp/two"

# ---- one mended, one new: they do not cancel out ----
sed '/^$/!s/ TK$//' own/020.txt >"$tmp/mended" && cp "$tmp/mended" own/020.txt
check --quiet own/020.txt own/011.txt
is 'one mended and one new are red' "$? $(shown)" '1 own/011.txt [copy/placeholder]'
sed 's/^TK By/By/' own/011.txt >"$tmp/new" && cp "$tmp/new" own/011.txt
before=$(wc -c <.wirelint-baseline.json)
check baseline prune .
is 'baseline prune' "$?" 0
is 'the baseline is smaller by one' "$(grep -c '"fingerprint"' .wirelint-baseline.json)" 19
ok 'in bytes, too' [ "$(wc -c <.wirelint-baseline.json)" -lt "$before" ]
check .
is 'and the gate green' "$?" 0

# ---- a comment that is no longer needed ----
awk '/He said/ { print "<!-- wirelint-disable-next typography/fake-quotes reason: the mark of the house -->" } { print }' \
	partners/017.html >"$tmp/new" && cp "$tmp/new" partners/017.html
check --quiet --no-baseline partners/017.html
is 'a comment with a reason lets it pass' "$?" 0
sed "s/ He said ''no'' twice\\.//" partners/017.html >"$tmp/new" && cp "$tmp/new" partners/017.html
check --quiet partners/017.html
is 'the story mended, the comment is dead' "$? $(shown)" '1 partners/017.html [suppress/unused]'
sed '/wirelint-disable/d' partners/017.html >"$tmp/new" && cp "$tmp/new" partners/017.html

# ---- a waiver that is no longer needed ----
for file in wire/0?5.xml; do
	sed 's/ “We wait, said the pilot\.//' "$file" >"$tmp/new" && cp "$tmp/new" "$file"
done
check --quiet .
is 'copy mended, the waiver is dead' "$? $(shown)" '1 wire/.wirelint-waivers.yaml [suppress/unused]'
check --quiet wire/005.xml
is 'but not for a run over one of its files' "$?" 0
check --quiet --now 3000-01-01 .
is 'and expired in time' "$? $(shown)" '1 wire/.wirelint-waivers.yaml [suppress/expired]'
rm wire/.wirelint-waivers.yaml

# ---- a source line deleted ----
if ! command -v git >/dev/null 2>&1; then
	skip 'a deleted source line' 'git is not there'
else
	GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com
	export GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
	git init -q . && git add own wire partners .wirelint.yaml .wirelint-baseline.json && git commit -q -m stories || exit 99
	check --diff-base HEAD .
	is 'nothing changed: green' "$?" 0
	sed '/^<p>Source/s/<p>Source: Reuters<.p>//; s/ holder="Reuters"//; s/<p>Source: Reuters<.p>//' wire/042.xml >"$tmp/new" && cp "$tmp/new" wire/042.xml
	check --quiet --diff-base HEAD .
	is 'a deleted source line adds no line, and is red' "$? $(shown)" '1 ./wire/042.xml [source/missing]'
	check --quiet --no-baseline --diff-base HEAD .
	is 'the same without the baseline' "$? $(shown)" '1 ./wire/042.xml [source/missing]'
fi
tap_done
