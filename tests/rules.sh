#!/bin/sh
# rules.sh: the examples inside the built-in rules, a TAP line each, that they reach every part of every rule, and that no rule of tier
# core has a pattern which is tried at every letter.
: "${WIRELINT:=./wirelint}"
"$WIRELINT" test --coverage --cost | awk '
/^1\.\.[0-9]+$/ { split($0, part, "[.]+"); planned = part[2]; next }
/^# cost / { costs++; if ($6 == "core" && / slow: /) slow = slow "# " $7 ": give its pattern a word or character that it cannot do without\n"; next }
{ print }
END {
	good = slow == "" && costs != 0
	printf "%sok %d - no rule of tier core is slow\n%s", (good ? "" : "not "), planned + 1, slow
	print "1.." planned + 1
	exit !good
}'
