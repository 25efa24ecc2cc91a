#!/bin/sh
# precision-table.sh: doc/precision.md and what `wirelint explain` says are those of the lists of verdicts; each rule is in the table; no
# rule of tier core is an error or a warning that was not found right often enough.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp

if sh "$srcdir/tests/precision.sh" --to "$tmp" >"$tmp/out" 2>&1; then
	pass 'the table can be made'
else
	fail 'the table can be made'
	note_file "$tmp/out"
	tap_done
fi
for file in doc/precision.md rules/measured/precision.xml; do
	if diff -u "$srcdir/$file" "$tmp/$file" >"$tmp/why" 2>&1; then
		pass "$file is that of the lists"
	else
		fail "$file is that of the lists: run sh tests/precision.sh"
		note_file "$tmp/why" 30
	fi
done
sh "$srcdir/tests/precision.sh" --faults >"$tmp/faults" 2>&1
is 'each error and warning of tier core is right, or said why it cannot be measured' "$(cat "$tmp/faults")" ''

"$WIRELINT" rules --isolated >"$tmp/list"
awk '$1 ~ /\// { print $1 }' "$tmp/list" | LC_ALL=C sort >"$tmp/ids"
sed -n 's/^| \([a-z0-9-]*\/[a-z0-9-]*\) | [a-z]* | [a-z]* | [0-9]* | .*/\1/p' "$srcdir/doc/precision.md" | LC_ALL=C sort >"$tmp/shown"
is 'the table has each rule once' "$(diff "$tmp/ids" "$tmp/shown")" ''

# The sums of the table, counted from the lists in another way.
for list in "$srcdir"/tests/judged.tsv "$srcdir"/tests/judged-*.tsv; do
	case $list in *-second.tsv | *'*'*) ;; *) cat "$list" ;; esac
done >"$tmp/judged"
planted=$(cut -f2 "$tmp/judged" | grep -c '^planted/')
read=$(grep '^[a-z0-9-]*/' "$tmp/judged" | cut -f1-4 | grep -v '	planted/' | LC_ALL=C sort -u | wc -l | tr -d ' ')
is 'its sums are those of the lists' "$(sed -n 's/^| [0-9]* rules |[^|]*|[^|]*|[^|]*|[^|]*| \([0-9]*\) |[^|]*|[^|]*| \([0-9]*\) |.*/\1 \2/p' \
	"$srcdir/doc/precision.md")" "$read $planted"

# What the binary says is what the table says.
"$WIRELINT" rules --isolated --format json | sed -n 's/^{"id":"\([^"]*\)".*"precision":{"read":\([0-9]*\),"right":\([0-9]*\),"planted":\([0-9]*\),"found":\([0-9]*\),.*/\1 \2 \3 \4 \5/p' \
	>"$tmp/said"
awk -F' *[|] *' '$2 ~ /\// && $7 + $10 { print $2, $7, $8, $10 + 0, $11 + 0 }' "$srcdir/doc/precision.md" >"$tmp/table"
is 'wirelint rules and explain say the same' "$(diff "$tmp/said" "$tmp/table")" ''

for file in tests/fired.tsv tests/judged-second.tsv; do
	[ -f "$srcdir/$file" ] || continue
	is "$file speaks of rules that are there" "$(grep -v '^#' "$srcdir/$file" | cut -f1 | LC_ALL=C sort -u | LC_ALL=C comm -23 - "$tmp/ids" | grep /)" ''
done
awk -F'\t' 'NF != 6 || $1 !~ /^[a-z0-9-]+\/[a-z0-9-]+$/ || $2 ~ /^\// || $2 ~ /\.\./ || $3 !~ /^[0-9]+$/ || $4 !~ /^[0-9]+$/ || $5 !~ /^(right|wrong|unsure)$/ {
	print FILENAME ":" FNR ": " $0 }' "$srcdir"/tests/judged*.tsv >"$tmp/faults"
is 'each verdict is a rule, path, line, column, verdict and reader' "$(cat "$tmp/faults")" ''
tap_done
