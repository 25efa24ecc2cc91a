#!/bin/sh
# layers.sh: holds the #include lines of src/ against the table of layers in HACKING.md.  A file sees what stands in a
# line below its own or beside it, never in a circle; a line with `only` sees nothing but what it names; the
# libraries have one user each.
set -u
. "${srcdir:-.}/tests/tap.sh"
cd "$srcdir" || exit 99

find src -name '*.[ch]' ! -name builtin_data.c ! -name frozen_data.c | LC_ALL=C sort | xargs awk '
# The module of a file: its folder where the table has that ("check/"), or its stem, less what follows an underline until the table has it.
function module(f,    folder) {
	sub(/^src\//, "", f)
	folder = f
	if (sub(/\/.*/, "/", folder) && folder in layer)
		return folder
	sub(/.*\//, "", f)
	sub(/\.[a-z]+$/, "", f)
	while (!(f in layer) && f ~ /_/)
		sub(/_[^_]*$/, "", f)
	return f in same ? same[f] : f
}
function complain(line, text) { bad[line] = bad[line] "#   " text "\n" }
function named(set, m) { return index(" " set " ", " " m " ") || index(" " set " ", " " name[layer[m]] " ") }
# Walks the modules that m includes; a module that is met while it is still being walked closes a circle.
function walk(m, path,    n, i, to) {
	state[m] = 1
	n = split(edges[m], to, " ")
	for (i = 1; i <= n; i++) {
		if (state[to[i]] == 1)
			circles = circles "#   " path " " m " " to[i] "\n"
		else if (!state[to[i]])
			walk(to[i], path " " m)
	}
	state[m] = 2
}
BEGIN {
	while ((getline < "HACKING.md") > 0) {
		if ($0 ~ /^```layers/) { inside = 1; continue }
		if ($0 ~ /^```/) inside = 0
		if (!inside || NF == 0) continue
		name[++layers] = $1
		only[layers] = ""
		if ($1 ~ /\/$/) layer[$1] = layers
		for (i = 2; i <= NF && $i != "only:"; i++) {
			n = split($i, part, "+")
			for (j = 1; j <= n; j++) { layer[part[j]] = layers; same[part[j]] = part[1] }
		}
		for (i++; i <= NF; i++) only[layers] = only[layers] " " $i
	}
	users["pcre2"] = "src/util/rx.c"
	users["libxml"] = "src/util/xml.c src/view/view.c"
	users["utf8proc"] = "src/util/utf8.c"
	users["md4c"] = "src/read/markdown.c"
	users["libfyaml"] = "src/util/yaml.c"
	users["sqlite3"] = "src/archive/archive_int.h"
	users["zlib"] = "src/stored.c"
}
/^[ \t]*#[ \t]*include[ \t]*</ {
	for (u in users)
		if (index($0, "<" u) && !index(" " users[u] " ", " " FILENAME " "))
			foreign = foreign "#   " FILENAME ":" FNR ": " u " is for " users[u] " alone\n"
}
/^[ \t]*#[ \t]*include[ \t]*"/ {
	split($0, part, "\"")
	me = module(FILENAME)
	if (part[2] ~ /\.def$/ || part[2] == "config.h") next
	you = module(part[2])
	at = FILENAME ":" FNR ": includes \"" part[2] "\""
	if (!(me in layer)) { unknown[me] = 1; next }
	if (!(you in layer)) { unknown[you] = 1; next }
	if (me == you) next
	if (layer[you] < layer[me])
		complain(layer[me], at ": " name[layer[you]] " stands above " name[layer[me]])
	else if (only[layer[me]] != "" && layer[me] != layer[you] && !named(only[layer[me]], you))
		complain(layer[me], at ": " name[layer[me]] " may see only" only[layer[me]])
	if (!((me, you) in edge)) { edge[me, you] = 1; edges[me] = edges[me] " " you }
}
function say(good, what, why) { printf "%sok %d - %s\n%s", good ? "" : "not ", ++tap, what, why; failed += !good }
END {
	for (u in unknown) strangers = strangers "#   " u "\n"
	say(layers > 5 && strangers == "", "every file stands in the table of layers", strangers)
	for (i = 1; i <= layers; i++)
		say(bad[i] == "", "layer " name[i], bad[i])
	for (m in layer) if (!state[m]) walk(m, "")
	say(circles == "", "no circles", circles)
	say(foreign == "", "one user a library", foreign)
	print "1.." tap
	exit failed > 0
}'
