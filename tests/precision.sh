#!/bin/sh
# precision.sh: how often the rules are right, of the lists of verdicts: doc/precision.md and rules/measured/precision.xml.
#
#	sh tests/precision.sh                   writes both
#	sh tests/precision.sh --count CORPORA   counts first what fires on the corpora (tests/fired.tsv, tests/share.md)
#	sh tests/precision.sh --to FOLDER       writes both there
#	sh tests/precision.sh --faults          says which rules are not right enough for what they are, or not measured
#
# The lists are tests/judged.tsv and tests/judged-NAME.tsv, a finding a line: rule, path in the corpora, line, column, verdict (right;
# anything else is wrong), reader.  A path below planted/ is a fault that was put into a real article; its verdict says whether it was
# found where it is.  tests/judged-second.tsv, of the same form, holds what a second reader said of the same findings without having seen
# the first verdict.  tests/fired.tsv has rule, corpus, findings.  Only --count needs the corpora.
set -eu
srcdir=${srcdir:-.}
: "${WIRELINT:=./wirelint}"
tests=$srcdir/tests
to=$srcdir
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mode=write
corpora=

# Rules that no list can hold up, or that stay below the measure until they are mended, and why: a rule or family, a blank, the reason.
held() {
	cat <<'HELD'
rights/unknown-origin says what a configuration lacks, and has no findings without one; held by cases
rights/restriction-violated holds copy against a country and a use that a configuration names, and has no findings without one; held by cases
rights/licence-not-held says what a configuration lacks, and has no findings without one; held by cases
suppress/* speaks of comments to wirelint, which no published article has; held by cases
caption/duplicate-lead is wrong in items that are a picture and nothing else, whose text is the caption; found 20 of 20 where it was planted
source/missing was wrong where a file is a page of a site and no story (3), and where a sentence names who publishes it (3)
copy/duplicate-paragraph was right in 48 of 50 in plain copy; in web pages it also meets boxes that the page hides, and embedded code
HELD
}

case ${1-} in
--count)
	corpora=${2:?name the folder of the corpora}
	: >"$work/fired"
	for corpus in news html formats markdown; do
		"$WIRELINT" --isolated --quiet --statistics --format gcc "$corpora/$corpus" >/dev/null 2>"$work/statistics" || [ $? -le 2 ]
		awk -v corpus="$corpus" 'match($0, /^ *[0-9]+ in /) { n = split($0, f, " "); if (f[n] !~ /^run\//) print f[n] "\t" corpus "\t" f[1] }' \
			"$work/statistics" >>"$work/fired"
	done
	{
		printf '#\tcounted on\t%s\n' "$(date +%Y-%m-%d)"
		LC_ALL=C sort "$work/fired"
	} >"$tests/fired.tsv" ;;
--to) to=${2:?name a folder} ;;
--faults) mode=faults ;;
'') ;;
*)
	sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
	exit 2 ;;
esac

"$WIRELINT" rules --isolated >"$work/rules"
held >"$work/held"
for list in "$tests"/judged.tsv "$tests"/judged-*.tsv; do
	case $list in *-second.tsv | *'*'*) ;; *) cat "$list" ;; esac
done >"$work/judged"
second=$tests/judged-second.tsv
[ -f "$second" ] || second=/dev/null

# A rule a line: id, tier, severity, title, findings in news, in the other corpora, read, right, planted, found, read by the second, agreed,
# reason.  "?" in the tier: of a rule that is no more.
awk -v rules="$work/rules" -v held="$work/held" -v fired="$tests/fired.tsv" -v second="$second" '
BEGIN {
	OFS = FS = "\t"
	while ((getline line < rules) > 0) {
		split(line, f, " ")
		order[++n] = f[1]; severity[f[1]] = f[2]; tier[f[1]] = f[3]
	}
	while ((getline line < held) > 0) {
		k = index(line, " ")
		why[substr(line, 1, k - 1)] = substr(line, k + 1)
	}
	while ((getline line < fired) > 0) {
		split(line, f, "\t")
		if (f[1] == "#") continue
		if (f[2] == "news") news[f[1]] += f[3]; else others[f[1]] += f[3]
	}
}
function unknown(rule) { if (!(rule in tier)) { tier[rule] = severity[rule] = "?"; order[++n] = rule } }
{ key = $1 FS $2 FS $3 FS $4; verdict = $5 == "right" }
!/^[a-z0-9-]+\/[a-z0-9-]+\t/ { next }
$2 ~ /^planted\// { unknown($1); planted[$1]++; found[$1] += verdict; next }
key in said { next }
{ unknown($1); said[key] = verdict; read[$1]++; right[$1] += verdict }
END {
	while ((getline line < second) > 0) {
		split(line, f, "\t")
		key = f[1] FS f[2] FS f[3] FS f[4]
		if (!(key in said) || key in again) continue
		again[key] = 1
		seconds[f[1]]++
		agreed[f[1]] += (f[5] == "right") == said[key]
	}
	for (i = 1; i <= n; i++) {
		r = order[i]
		family = r
		sub(/\/.*/, "/*", family)
		print r, tier[r], severity[r], news[r] + 0, others[r] + 0, read[r] + 0, right[r] + 0, planted[r] + 0, found[r] + 0,
		    seconds[r] + 0, agreed[r] + 0, r in why ? why[r] : family in why ? why[family] : ""
	}
}' "$work/judged" >"$work/table"

if [ $mode = faults ]; then
	awk '
	BEGIN { FS = "\t" }
	$2 == "?" { print $1 ": is judged but is no rule"; next }
	$2 != "core" || $3 == "note" { next }
	$12 == "" && $6 + $8 < 20 { print $1 ": " $6 " read and " $8 " planted, expected 20 of a " $3 " of tier core"; next }
	$12 == "" && $6 && $7 < 0.95 * $6 && ($6 >= 20 || $7 + $9 < 0.95 * ($6 + $8)) { print $1 ": " $7 " of " $6 " right, expected 95 % of a " $3 " of tier core" }
	$8 && $9 < 0.95 * $8 { print $1 ": " $9 " of " $8 " planted faults found, expected 95 %" }' "$work/table" >"$work/faults"
	cat "$work/faults"
	[ ! -s "$work/faults" ]
	exit
fi

on=$(sed -n 's/^#.*	//p' "$tests/fired.tsv")
mkdir -p "$to/doc" "$to/rules/measured"
awk -v on="$on" '
function some(name, n) { return n ? " " name "=\"" n "\"" : "" }
BEGIN {
	FS = "\t"
	print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
	print "<!-- Made by tests/precision.sh of the lists of verdicts: how often the rules were right on real articles. -->"
	print "<measured xmlns=\"urn:wirelint:measured:1\"" some("on", on) ">"
}
$6 + $8 && $2 != "?" {
	print "  <rule id=\"" $1 "\"" ($6 ? " read=\"" $6 "\" right=\"" $7 "\"" : "") ($8 ? " planted=\"" $8 "\" found=\"" $9 "\"" : "") \
	    ($10 ? " second=\"" $10 "\" agreed=\"" $11 "\"" : "") "/>"
}
END { print "</measured>" }' "$work/table" >"$work/precision.xml"
if [ -n "$corpora" ]; then
	PRECISION=$work/precision.xml sh "$tests/share.sh" "$WIRELINT" "$corpora/news" >"$work/share"
	cp "$work/share" "$tests/share.md"
fi
{
	cat <<'HEAD'
# How often the rules are right

Made by tests/precision.sh; HACKING.md says how to make it again.

Findings on real articles, which are no part of this project, were read one by one. *right* means: the message is true, at that place,
and an editor would want to be told. Doubtful ones count as wrong. Of each rule up to a hundred were read, in the order of a hash, so
that the sample stays when a rule changes, and at most three of a file. Rules were mended between readings and the sample filled up
again, so the figures are kind to them.

A rule that hardly fires on edited copy is measured by *planting*: its fault is put into twenty or more real articles that do not have
it, in several forms, and must be found at exactly its bytes.

*Second reader*: how many of the findings read were read again by somebody who had not seen the first verdict, and on how many both
agree.

A rule is an error or a warning of tier core only with twenty findings read or planted, and 95 % of them right; tests/precision-table.sh
holds that.

*news*: findings in 2,000 plain-text articles of 60 outlets; *others*: in 150 pages of many publishers, 300 Markdown files with front
matter, and some 900 files in formats of agencies. Kind undeclared, no configuration.
HEAD
	printf 'Counted on %s.\n\n' "$on"
	awk '
	BEGIN {
		FS = "\t"
		print "| rule | tier | severity | news | others | read | right | % | planted | found | second reader |"
		print "|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|"
	}
	function percent(a, b) { return b ? sprintf("%d", 100 * a / b) : "" }
	function some(n, of) { return of ? n : "" }
	{
		print "| " $1 " | " $2 " | " $3 " | " $4 " | " $5 " | " $6 " | " $7 " | " percent($7, $6) " | " some($8, $8) " | " some($9, $8) " | " \
		    ($10 ? $11 " of " $10 " agree" : "") " |"
		n++; news += $4; others += $5; read += $6; right += $7; planted += $8; found += $9; second += $10; agree += $11
		if ($2 == "core" && $3 != "note") { hard_read += $6; hard_right += $7 }
		if ($12 != "") reasons[++k] = "- `" $1 "` " $12
	}
	END {
		print "| " n " rules | | | " news " | " others " | " read " | " right " | " percent(right, read) " | " planted " | " found " | " \
		    (second ? agree " of " second " agree" : "") " |"
		if (hard_read)
			printf "\nOf %d findings of errors and warnings of tier core %d were right: %d %%.\n", hard_read, hard_right,
			    100 * hard_right / hard_read
		print "\n## Held otherwise, or below the measure\n"
		for (i = 1; i <= k; i++) print reasons[i]
	}' "$work/table"
	if [ -f "$tests/share.md" ]; then
		printf '\n## What decides the exit status\n\n'
		cat "$tests/share.md"
	fi
} >"$work/precision.md"
# What is the same is left alone, so that nothing is built anew for it.
cmp -s "$work/precision.md" "$to/doc/precision.md" || cp "$work/precision.md" "$to/doc/precision.md"
cmp -s "$work/precision.xml" "$to/rules/measured/precision.xml" || cp "$work/precision.xml" "$to/rules/measured/precision.xml"
