#!/bin/sh
# schema.sh: the files of rules, facts and profiles are valid by rules/wirelint.rng, and the schema knows every word that the program knows.
set -u
. "${srcdir:-.}/tests/tap.sh"
cd "$srcdir" || exit 99

for f in rules/*.xml rules/facts/*.xml rules/profiles/*.xml rules/measured/*.xml; do
	if [ "${XMLLINT:-:}" = : ]; then
		skip "$f" "no xmllint"
	elif out=$("$XMLLINT" --nonet --noout --relaxng rules/wirelint.rng "$f" 2>&1); then
		pass "$f"
	else
		fail "$f"
		note "$out"
	fi
done

# words FILE MACRO FIELD: the names that a .def file gives in that argument
words() {
	sed -n "s/^$2(//p" "$1" | awk -F, -v field="$3" '{ gsub(/[ \t")]/, "", $field); print $field }'
}
missing=
for word in $(words src/block.def BLOCK 2) $(words src/field.def FIELD 2) $(words src/remark.def REMARK 2); do
	grep -q "<value>$word</value>" rules/wirelint.rng || missing="$missing $word"
done
for word in $(words src/check/list.def CHECK 1); do
	grep -q "<element name=\"$word\"" rules/wirelint.rng || missing="$missing $word"
done
is 'the schema has every word of the .def files' "${missing:-none missing}" 'none missing'
tap_done
