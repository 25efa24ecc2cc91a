#!/bin/sh
# json.sh: what the binary prints as JSON is what doc/*.schema.json describes, whatever it is given.
set -u
. "${srcdir:-.}/tests/tap.sh"
validate=${VALIDATE:-$PWD/tests/validate}
[ -x "$validate" ] || skip_all 'tests/validate is not built'
tap_tmp

cp "$srcdir"/examples/*.txt "$tmp" || exit 99
cd "$tmp" || exit 99
: >empty.txt
printf 'Rates rise\n\nMINEOLA, June 3 (Harbour News) - Rates rose, the bank said.\n\nSource: Harbour News' >plain.txt
printf 'Rates\377 ri\200se \033[31m\001\n\nThe bank\342\200\256 said so.\n' >bytes.txt
printf 'Fran\347ois said: \223Oui\224.\n\nThe caf\351 closed.\n' >latin.txt
printf '\377\376R\000a\000t\000e\000s\000\r\000\n\000"\000' >wide.txt
printf '\357\273\277He said: "We are\nnot going.\n' >mark.txt
printf 'He said: "No\n' >'per%cent
and newline.txt'
printf '\211PNG\r\n\032\n\000\000' >picture.txt
{ cat plain.txt && printf '\377'; } >"$(printf 'caf\351.txt')" 2>/dev/null

# holds WHAT SCHEMA [-l] COMMAND...: it ends with 0, 1 or 2, and its output is described by the schema.
holds() {
	what=$1 schema=$2
	shift 2
	lines=
	if [ "$1" = -l ]; then
		lines=-l
		shift
	fi
	limit 60 "$WIRELINT" "$@" >out.json 2>err
	status=$?
	if [ "$status" -gt 2 ]; then
		fail "$what: ended with $status"
		note_file err
	elif [ ! -s out.json ] && [ "$lines" != -l ]; then
		fail "$what: printed nothing"
		note_file err
	elif "$validate" $lines "$srcdir/doc" "$schema" <out.json >why 2>&1; then
		pass "$what"
	else
		fail "$what"
		note_file why 5
	fi
}

for unit in char byte utf16 display; do
	holds "report of a folder, columns in $unit" report.schema.json --isolated --format json --column-unit $unit .
	holds "findings of a folder, columns in $unit" finding.schema.json -l --isolated --format jsonl --column-unit $unit .
done
for file in *.txt; do
	name=$(printf '%s' "$file" | LC_ALL=C tr -c ' -~' '?')
	holds "findings of $name" finding.schema.json -l --isolated --format jsonl "$file"
	holds "report of $name" report.schema.json --isolated --format json "$file"
	case $file in empty.txt | picture.txt) continue ;; esac
	holds "show $name" show.schema.json show --isolated --format json "$file"
done
holds 'a file that is not there' report.schema.json --isolated --format json missing.txt
# JSON is YAML: what wirelint takes as a configuration, its schema takes, and the other way round.
configuration() {	# configuration taken|refused JSON
	mkdir -p conf && printf '%s\n' "$2" >conf/.wirelint.yaml && cp plain.txt conf/plain.txt
	"$WIRELINT" config --check conf >out 2>&1
	case $? in 0) tool=taken ;; *) tool=refused ;; esac
	if "$validate" "$srcdir/doc" wirelint.schema.json <conf/.wirelint.yaml >why 2>&1; then schema=taken; else schema=refused; fi
	is "configuration $2" "$tool by wirelint, $schema by its schema" "$1 by wirelint, $1 by its schema"
}
configuration taken '{"root": true, "kind": "wire", "lang": "en-GB", "stage": "draft", "own": ["The Post"], "agencies": "Reuters"}'
configuration taken '{"root": true, "select": ["copy", "quote"], "ignore": "copy/encoding", "severity": {"quote": "note"}, "fail-on": "never"}'
configuration taken '{"root": true, "origin": {"field": "source", "map": {"a": ["none"]}}, "country": "TR", "use": ["online"]}'
configuration taken '{"root": true, "overrides": [{"files": "*.txt", "kind": "own", "parameters": {"copy/duplicate-paragraph": {"min-words": 9}}}]}'
configuration taken '{"root": true, "exclude": [], "max-warnings": 3, "jobs": 2, "quiet": true, "format": "jsonl", "output": ["gcc:-"]}'
configuration refused '{"root": true, "kinds": "wire"}'
configuration refused '{"root": "maybe"}'
configuration refused '{"root": true, "kind": "wires"}'
configuration refused '{"root": true, "max-warnings": -1}'
configuration refused '{"root": true, "overrides": [{"kind": "own"}]}'
configuration refused '{"root": true, "overrides": [{"files": "*.txt", "jobs": 1}]}'
configuration refused '{"root": true, "origin": {"field": "source"}}'
configuration refused '{"root": true, "country": "Turkey"}'
configuration refused '[1]'
rm -r conf

holds 'the rules' rules.schema.json rules --isolated --format json
holds 'nothing to find' report.schema.json --isolated --format json --select quote/unbalanced plain.txt
holds 'several articles' show.schema.json show --isolated --format json plain.txt latin.txt
printf '<rules xmlns="urn:wirelint:rules:1" family="x"><rule id="a"><nothing/></rule>' >broken.xml
holds 'a broken rule file' report.schema.json --isolated --format json --rules broken.xml plain.txt

limit 60 "$WIRELINT" baseline create --quiet --baseline base.json *.txt --select caption,copy,quote,source --skip-unknown 2>err
if [ -s base.json ] && "$validate" "$srcdir/doc" baseline.schema.json <base.json >why 2>&1; then
	pass 'a baseline'
else
	fail 'a baseline'
	note_file why
	note_file err
fi
holds 'a baseline as it is shown' baseline.schema.json baseline show --format json --baseline base.json
holds 'a report with a baseline' report.schema.json --isolated --format json --baseline base.json plain.txt

ok 'the reader of schemas says no' test "$(printf '{"version":"1"}' | "$validate" "$srcdir/doc" report.schema.json 2>&1)" != ''
tap_done
