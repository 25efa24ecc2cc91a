#!/bin/sh
# registers.sh: what is listed in one place is there in the others: lists of entries and their files, Makefile.am, the
# manual, the schema, the ChangeLog.  It names what somebody who adds an entry forgot.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
cd "$srcdir" || exit 99

# The words inside the first quotation marks, or the first argument, of each ENTRY(...) line of a .def file.
quoted() { sed -n "s/^$1([^\"]*\"\\([^\"]*\\)\".*/\\1/p" "$2"; }
entries() { sed -n "s/^$1(\\([a-z0-9_]*\\).*/\\1/p" "$2"; }

# all WHAT REASON FOUND: passes if the list of faults is empty.
all() {
	if [ -z "$2" ]; then
		pass "$1"
	else
		fail "$1"
		note "$2"
	fi
}

# ---- families: list.def, files, Makefile.am ----
sed -e :a -e '/\\$/N; s/\\\n/ /; ta' Makefile.am | tr -s ' \t=' '\n' >"$tmp/makefile"
in_makefile() { grep -qxF "$1" "$tmp/makefile"; }

family() {		# family FOLDER ENTRY
	faults=
	for name in $(entries "$2" "src/$1/list.def"); do
		if ! grep -q "^const struct [a-z]* $2_$name\\b" "src/$1/$name.c" 2>/dev/null &&
			! grep -q "^const struct [a-z]* [a-z]*_$name\\b" "src/$1/$name.c" 2>/dev/null; then
			faults="$faults$name stands in src/$1/list.def, but src/$1/$name.c does not define it
"
		fi
	done
	for file in "src/$1"/*.c; do
		stem=${file##*/}
		stem=${stem%.c}
		# A file with a header helps several entries, NAME_more.c belongs to NAME; any other is an entry.
		if ! [ -f "src/$1/$stem.h" ] && ! [ -f "src/$1/${stem%%_*}.c" -a "$stem" != "${stem%%_*}" ] && ! entries "$2" "src/$1/list.def" | grep -qx "$stem"; then
			faults="$faults$file has neither a line in src/$1/list.def nor a header
"
		fi
	done
	all "src/$1: list.def and files" "$faults"
}
family check CHECK
family emit EMITTER
family read READER

faults=
for file in src/*.[ch] src/*.def src/*/*.[ch] src/*/*.def; do
	case $file in src/*_data.c) continue ;; esac
	in_makefile "$file" || faults="$faults$file is not in Makefile.am
"
done
for file in tests/unit/*.[ch] tests/unit/*.def tests/fuzz/*.[ch]; do
	[ -f "$file" ] || continue
	in_makefile "$file" || faults="$faults$file is not in Makefile.am
"
done
all 'source files are in Makefile.am' "$faults"

faults=
for file in rules/*.xml rules/*/*.xml; do
	in_makefile "$file" || faults="$faults$file is not in Makefile.am
"
done
all 'rule files are in Makefile.am' "$faults"

faults=
for name in $(entries SUITE tests/unit/suites.def); do
	grep -q "^unit_$name(void)" tests/unit/*.c || faults="${faults}SUITE($name) has no unit_$name()
"
done
for name in $(sed -n 's/^unit_\([a-z0-9_]*\)(void)$/\1/p' tests/unit/*.c); do
	entries SUITE tests/unit/suites.def | grep -qx "$name" || faults="${faults}unit_$name() is not in suites.def
"
done
all 'unit suites are in suites.def' "$faults"

faults=
for file in tests/*.sh tests/*.tsv; do
	in_makefile "$file" || faults="$faults$file is not in Makefile.am
"
done
all 'test scripts and lists of verdicts are in Makefile.am' "$faults"

# ---- the manual ----
faults=
for name in $(quoted MESSAGE src/message.def); do
	grep -q "^\\.It Sy $name\\( \\|\$\\)" doc/wirelint.1 || faults="$faults$name is not under DIAGNOSTICS
"
done
for name in $(sed -n 's/^\.It Sy \([a-z]*\/[a-z0-9-]*\).*/\1/p' doc/wirelint.1); do
	quoted MESSAGE src/message.def | grep -qx "$name" || faults="$faults$name is no message of the tool
"
done
all 'wirelint(1) has each message of src/message.def' "$faults"

faults=
for name in $(quoted OPTION src/options.def); do
	case $name in debug-*) continue ;; esac
	grep -q "^\\.It .*Fl -$name\\( \\|\$\\)" doc/wirelint.1 || faults="$faults--$name is not described
"
done
for name in $(sed -n 's/^\.It .*Fl -\([a-z0-9-]*\).*/\1/p' doc/wirelint.1); do
	quoted OPTION src/options.def | grep -qx -- "$name" || faults="$faults--$name is no option
"
done
all 'wirelint(1) has each option of src/options.def' "$faults"

faults=
for name in $(quoted KEY src/desk/settings.def); do
	grep -q "^\\.It Cm .*\\b$name\\b" doc/wirelint.yaml.5 || faults="$faults$name is not in wirelint.yaml(5)
"
	grep -q "^    \"$name\": {" doc/wirelint.schema.json || faults="$faults$name is not in doc/wirelint.schema.json
"
done
all 'wirelint.yaml(5) and the schema have each key of src/desk/settings.def' "$faults"

faults=
for name in $(entries CHECK src/check/list.def); do
	grep -q "^\\.Ss $name\$" doc/wirelint-rules.5 || faults="${faults}check $name has no section
"
done
for name in $(quoted BLOCK src/block.def) $(quoted FIELD src/field.def) $(quoted REMARK src/remark.def) \
	$(quoted LIST src/lists.def); do
	grep -q "^\\.It Cm .*\\b$name\\b" doc/wirelint-rules.5 || faults="$faults$name is not described
"
done
all 'wirelint-rules(5) has each check, block, field, remark and list of facts' "$faults"

faults=
for name in $("$WIRELINT" formats | grep '^[a-z]'); do
	grep -q "^\\.Ss $name\$" doc/wirelint-formats.5 || faults="${faults}format $name has no section
"
	[ -d "tests/cases/read-$name" ] || [ "$name" = text ] || [ -n "$(ls -d "tests/cases/read-$name"-* 2>/dev/null)" ] ||
		faults="${faults}format $name has no case read-$name
"
	[ -n "$(ls tests/plant/"$name".* 2>/dev/null)" ] || faults="${faults}format $name has no story in tests/plant
"
done
all 'wirelint-formats(5), cases and planted stories: each format' "$faults"

# What the binary says of its checks: each parameter and placeholder is in that check's section.
if "$WIRELINT" checks >"$tmp/checks" 2>&1; then
	awk '
	FILENAME ~ /[.]5$/ {
		if ($1 == ".Ss" || $1 == ".Sh") section = $2
		if ($1 == ".It" || $1 == ".Cm" || $1 == ".Va" || $1 == ".Pa") for (i = 2; i <= NF; i++) has[section, $i] = 1
		next
	}
	/^[a-z]/ { check = $1; doc = 1; next }
	doc { doc = 0; next }
	$1 == "placeholders:" {
		for (i = 2; i <= NF; i++)
			if ($i != "{match}" && $i != "{use}" && !((check, $i) in has)) print check ": " $i " is not described"
		next
	}
	/^    [a-z<]/ { p = $1; gsub(/[<>]/, "", p); if (!((check, p) in has)) print check ": " p " is not described" }
	' doc/wirelint-rules.5 "$tmp/checks" >"$tmp/faults"
	all 'wirelint-rules(5) has each parameter of wirelint checks' "$(cat "$tmp/faults")"
else
	fail 'wirelint checks'
	note_file "$tmp/checks"
fi

# ---- rules ----
faults=
for name in $(quoted REMARK src/remark.def); do
	grep -q "<remark[^>]*names=\"\\([^\"]* \\)*$name\\( [^\"]*\\)*\"" rules/*.xml || faults="${faults}no rule asks for the remark $name
"
done
all 'each remark has a rule' "$faults"

# ---- the release ----
version=$(sed -n 's/^AC_INIT(\[wirelint\], \[\([^]]*\)\].*/\1/p' configure.ac)
ok "ChangeLog has an entry for $version" grep -q "^[0-9]\{4\}-[0-9][0-9]-[0-9][0-9]  wirelint $version\$" ChangeLog
is 'the binary has the version of configure.ac' "$("$WIRELINT" --version 2>&1)" "wirelint $version"

faults=$(wc -l src/*.[ch] src/*/*.[ch] | awk '$2 != "total" && $2 !~ /_data[.]c$/ && $1 > 650 { print $2 ": " $1 " lines; two subjects?" }')
all 'no source file is longer than 650 lines' "$faults"
tap_done
