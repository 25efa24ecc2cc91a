#!/bin/sh
# share.sh WIRELINT FOLDER: how many of the folder's files end with exit status 1 by the built-in defaults, each checked alone, and which
# rules that is due to; how many wrong findings there are an article, by the precision of the lists (rules/measured/precision.xml or what
# $PRECISION names).  A table in Markdown.
set -eu
if [ $# -ne 2 ]; then
	sed -n '2,4s/^# //p' "$0" >&2
	exit 2
fi
precision=${PRECISION:-${srcdir:-.}/rules/measured/precision.xml}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" --isolated --quiet --format jsonl "$2" >"$work/findings" || [ $? -le 2 ]
"$1" --isolated --quiet --format json "$2" | tail -n 1 | sed 's/.*"counts":{//' >"$work/counts" || [ $? -le 2 ]
awk -v counts="$work/counts" -v precision="$precision" '
function value(name,  s) {		# of a member of a finding, or an attribute
	if (!match($0, "\"" name "\":(\"[^\"]*\"|[0-9]+)")) return ""
	s = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
	gsub(/"/, "", s)
	return s
}
function attribute(line, name,  s) {
	if (!match(line, " " name "=\"[^\"]*\"")) return ""
	s = substr(line, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
	return s
}
BEGIN {
	while ((getline line < precision) > 0)
		if ((id = attribute(line, "id")) != "") { read[id] = attribute(line, "read"); right[id] = attribute(line, "right") }
	getline < counts
	files = value("files")
	articles = value("articles")
}
{
	path = value("path"); rule = value("rule"); severity = value("severity")
	if (rule ~ /^run\//) next
	all[rule]++
	total++
	wrong = read[rule] > 0 ? 1 - right[rule] / read[rule] : 0
	if (!(read[rule] > 0)) unread++
	wrong_all += wrong
	if (severity == "note") next
	hard[rule]++
	wrong_hard += wrong
	if (!((path, rule) in seen)) {
		seen[path, rule] = 1
		in_files[rule]++
		if (!(path in rules)) failing++
		rules[path]++
		one[path] = rule
	}
}
END {
	for (path in rules) if (rules[path] == 1) alone[one[path]]++
	printf "Each of %d files (%d articles) checked alone, with the built-in defaults: %d end with exit status 1, %.1f %%. ", files, articles,
	    failing, files ? 100 * failing / files : 0
	printf "By the precision read, %.3f wrong errors and warnings an article, and %.3f wrong findings with the notes", wrong_hard / articles,
	    wrong_all / articles
	printf "; %d of %d findings are of rules without a reading.\n\n", unread, total
	print "| rule | errors and warnings | files | files where it is the only one | share of all files |"
	print "|---|---:|---:|---:|---:|"
	fflush()
	sort = "LC_ALL=C sort -t\"|\" -k4,4nr -k2,2"
	for (rule in hard)
		printf "| %s | %d | %d | %d | %.1f %% |\n", rule, hard[rule], in_files[rule], alone[rule], 100 * in_files[rule] / files | sort
	close(sort)
}' "$work/findings"
