#!/bin/sh
# rules.sh: the examples inside the built-in rules, a TAP line each, that they reach every part of every rule, that no rule of tier
# core has a pattern which is tried at every letter, and that every rule has good and bad examples in two formats.
: "${WIRELINT:=./wirelint}"

# What sees one format alone, or no format: a family or a rule, and why.
single='
input			the bytes of a file, before a reader of any format sees them
suppress		comments of a file; tests/cases has them in every format that has comments
caption/leaked		plain text: elsewhere a caption stands beside its picture
copy/file-hygiene	plain text: in markup line ends and blanks mean nothing
copy/markup-residue	plain text: elsewhere tags are markup
link/index-policy	pages: nothing else speaks to search engines
'

# A rule looks at whatever a reader makes of a file, and one format alone does not tell whether it copes with another's entities, tags
# in the middle of words and line ends.  An example without a format is plain text.
formats() {
	awk -v RS='<' -v single="$single" '
	function attribute(name) {
		if (!match($0, "[ \t\n]" name "=\"[^\"]*\""))
			return ""
		return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
	}
	BEGIN {
		n = split(single, line, "\n")
		for (i = 1; i <= n; i++)
			if (split(line[i], word, "\t") > 1)
				may[word[1]] = 1
	}
	{ sub(/>.*/, "") }
	/^rules[ \t\n]/ { family = attribute("family") }
	/^rule[ \t\n]/ { rule = family "/" attribute("id"); both = ""; split("", seen) }
	/^(bad|good)($|[ \t\n])/ {
		kind = substr($0, 1, 3) == "bad" ? "bad" : "good"
		other = kind == "bad" ? "good" : "bad"
		format = attribute("format") == "" ? "text" : attribute("format")
		if (!((kind, format) in seen) && (other, format) in seen)
			both = both " " format
		seen[kind, format] = 1
	}
	/^\/rule$/ {
		rules++
		few = split(both, word, " ") < 2
		if (family in may || rule in may)
			used[family in may ? family : rule] = 1
		else if (few)
			print "# format " rule ": good and bad examples in" (both == "" ? " no format" : both) ", expected a second one"
		if (rule in may && !few)
			print "# format " rule ": has examples in" both ", expected it not to be among those of one format"
	}
	END {
		for (name in may)
			if (!(name in used))
				print "# format " name ": no such rule"
		print "# formats of " rules + 0
	}' "${srcdir:-.}"/rules/*.xml
}

{ formats; "$WIRELINT" test --coverage --cost; } | awk '
/^1\.\.[0-9]+$/ { split($0, part, "[.]+"); planned = part[2]; next }
/^# cost / { costs++; if ($6 == "core" && / slow: /) slow = slow "# " $7 ": give its pattern a word or character that it cannot do without\n"; next }
/^# format / { alone = alone "# " substr($0, 10) "\n"; next }
/^# formats of / { rules = $4; next }
{ print }
END {
	fast = slow == "" && costs != 0
	pairs = alone == "" && rules != 0
	printf "%sok %d - no rule of tier core is slow\n%s", (fast ? "" : "not "), planned + 1, slow
	printf "%sok %d - every rule has good and bad examples in two formats\n%s", (pairs ? "" : "not "), planned + 2, alone
	print "1.." planned + 2
	exit !(fast && pairs)
}'
