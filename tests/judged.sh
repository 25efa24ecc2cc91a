#!/bin/sh
# judged.sh RULES FIRED [JUDGED]: the table in HACKING.md of what fires on real articles, and how often that is right.
#
# RULES is what `wirelint rules` printed; FIRED the standard error of `wirelint --quiet --statistics FOLDER`, which counts findings by
# rule; JUDGED the verdicts, a finding a line: rule, path in the corpora, line, column, verdict, reader (tests/judged.tsv).
# A path below planted/ is a fault that was put into a real article; its verdict says whether it was found where it is.
set -eu
if [ $# -lt 2 ]; then
	sed -n '2,6s/^# //p' "$0" >&2
	exit 2
fi
awk -v rules="$1" -v fired="$2" '
BEGIN { FS = "\t" }
# rule severity tier ...
FILENAME == rules { if (split($0, f, " ") >= 3 && f[1] ~ /\//) { severity[f[1]] = f[2]; tier[f[1]] = f[3]; order[++n] = f[1] }; next }
FILENAME == fired { if (match($0, /^ *[0-9]+ in /)) { k = split($0, f, " "); count[f[k]] = f[1] }; next }
$1 ~ /\// {
	if ($2 ~ /^planted\//) { planted[$1]++; found[$1] += $5 == "right" }
	else { read[$1]++; right[$1] += $5 == "right" }
}
END {
	print "| rule | tier | severity | fired | read | right | % | planted | found |"
	print "|---|---|---|---|---|---|---|---|---|"
	for (i = 1; i <= n; i++) {
		r = order[i]
		printf "| %s | %s | %s | %d | %d | %d | %s | %s | %s |\n", r, tier[r], severity[r], count[r], read[r], right[r],
		    read[r] ? int(100 * right[r] / read[r]) : "", planted[r] ? planted[r] : "", planted[r] ? found[r] + 0 : ""
	}
}' "$1" "$2" "${3-${srcdir:-.}/tests/judged.tsv}"
