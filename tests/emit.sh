#!/bin/sh
# emit.sh: the output forms of others are well-formed and of the shape that tests/schemas/ describes, whatever they are given; the same by -o,
# to a file or to -, as by --format; SARIF leaves out what is too much.  WIRELINT_SCHEMAS=DIR: by published schemas too (tests/schemas/README).
# WIRELINT_NEWS=DIR: with what is found in real articles, too.
set -u
. "${srcdir:-.}/tests/tap.sh"
validate=${VALIDATE:-$PWD/tests/validate}
[ -x "$validate" ] || skip_all 'tests/validate is not built'
tap_tmp
schemas=$srcdir/tests/schemas
xmllint=${XMLLINT:-:}
published=${WIRELINT_SCHEMAS-}
if [ -n "$published" ] && ! python3 -c 'import jsonschema' 2>/dev/null; then
	note 'python3 has no jsonschema: JSON is not held against published schemas'
fi
forms='sarif github gitlab checkstyle junit rdjsonl'

by_python() {	# by_python SCHEMA FILE [lines]
	python3 - "$@" <<'PYTHON'
import json, sys, warnings
warnings.simplefilter('ignore')
import jsonschema
check = jsonschema.Draft4Validator(json.load(open(sys.argv[1])), format_checker=jsonschema.FormatChecker())
text = open(sys.argv[2], encoding='utf-8').read()
wrong = 0
for one in text.splitlines() if len(sys.argv) > 3 else [text]:
    for e in check.iter_errors(json.loads(one)):
        print('/'.join(map(str, e.absolute_path)), e.message[:200])
        wrong = 1
sys.exit(wrong)
PYTHON
}

# A workflow command, or a line of the log that is none.
is_github() {
	LC_ALL=C awk '
	/^::(error|warning|notice) ([a-zA-Z]+=[^:,]*)(,[a-zA-Z]+=[^:,]*)*::./ { next }
	/^[ \t]*::/ || /##\[/ || /\r/ || !/^[^:]+:/ { print NR ": " $0; bad = 1 }
	END { exit bad }' "$1"
}

is_published() {	# is_published FORM FILE
	[ -n "$published" ] || return 0
	case $1 in
	sarif) [ ! -f "$published/sarif.json" ] || by_python "$published/sarif.json" "$2" ;;
	rdjsonl) [ ! -f "$published/rdjsonl.json" ] || by_python "$published/rdjsonl.json" "$2" lines ;;
	junit | checkstyle) [ ! -f "$published/$1.xsd" ] || [ "$xmllint" = : ] || "$xmllint" --nonet --noout --huge --schema "$published/$1.xsd" "$2" ;;
	esac
}

is_form() {	# is_form FORM FILE
	case $1 in
	sarif | gitlab) "$validate" "$schemas" "$1.schema.json" <"$2" ;;
	rdjsonl) "$validate" -l "$schemas" "$1.schema.json" <"$2" ;;
	checkstyle | junit) [ "$xmllint" = : ] || "$xmllint" --nonet --noout --huge --relaxng "$schemas/$1.rng" "$2" ;;
	github) is_github "$2" ;;
	esac && is_published "$1" "$2"
}

# holds WHAT OPTIONS...: in each form.
holds() {
	what=$1
	shift
	for form in $forms; do
		limit "${at_most:-60}" "$WIRELINT" check --format "$form" "$@" >out."$form" 2>err <"${stdin:-/dev/null}"
		status=$?
		if [ "$status" -gt 2 ]; then
			fail "$form: $what: ended with $status"
			note_file err
		elif is_form "$form" out."$form" >why 2>&1; then
			if [ "$xmllint" = : ]; then
				case $form in checkstyle | junit) skip "$form: $what" 'no xmllint'; continue ;; esac
			fi
			pass "$form: $what"
		else
			fail "$form: $what"
			note_file why 5
		fi
	done
}

mkdir "$tmp/in" && cp "$srcdir"/examples/*.txt "$tmp/in" && cd "$tmp/in" || exit 99
holds 'examples' --isolated .
for unit in byte utf16 display; do
	holds "columns in $unit" --isolated --column-unit $unit .
done
: >empty.txt
printf 'Rates\377 ri\200se \033[31m\001\n\nThe TK bank\342\200\256 said %%0A so\357\277\277\357\277\276 ]]> <b a="1">&lt;.\n' >bytes.txt
printf 'Fran\347ois said: \223Oui\224.\n\nThe caf\351 TK closed.\n' >latin.txt
printf '\377\376R\000a\000t\000e\000s\000\r\000\n\000T\000K\000"\000' >wide.txt
printf '\357\273\277He said: "We are TK\nnot going.\n' >mark.txt
printf '\211PNG\r\n\032\n\000\000' >picture.txt
printf 'The price rose by TK percent ##[error]x, the office said.\n' >'per%25cent
::error file=a,b::c.txt'
mkdir ':' && cp latin.txt ":/:error::x.txt"
cp latin.txt '##[set-output name=a;]b"<&>.txt'
cp latin.txt "$(printf ' \001\177caf\351.txt')" 2>/dev/null || cp latin.txt "$(printf ' \001\177.txt')"
printf '<rules xmlns="urn:wirelint:rules:1" family="x"><rule id="a"><nothing/></rule>' >broken.xml
holds 'strange names, bytes and encodings' --isolated --select all *.txt ./:*/*
holds 'a path with ./ before it' --isolated ./latin.txt ././storm.txt
holds 'an absolute path' --isolated "$PWD/latin.txt"
holds 'a file that is not there' --isolated missing.txt latin.txt
holds 'skipped files' --isolated --skip-unknown picture.txt empty.txt latin.txt
holds 'a broken rule file' --isolated --rules broken.xml latin.txt
holds 'nothing to find' --isolated --select quote/unbalanced latin.txt
holds 'nothing to check' --isolated --exclude '*.txt' .
printf 'The price rose by TK percent.\n' >stdin
stdin=stdin
holds 'standard input' --isolated -
stdin=

# --output, one file each and one to -, is the same as --format
set --
for form in $forms; do
	"$WIRELINT" --isolated --format "$form" storm.txt liman.txt missing.txt >want."$form" 2>/dev/null
	set -- "$@" -o "$form:$tmp/got.$form"
done
"$WIRELINT" --isolated "$@" -o gcc:- storm.txt liman.txt missing.txt >got.gcc 2>/dev/null
is 'all forms in one run: exit status' "$?" 2
for form in $forms; do
	ok "$form: -o to a file is as --format" cmp -s want."$form" "$tmp/got.$form"
	"$WIRELINT" --isolated -o "$form:-" -o "jsonl:$tmp/got.jsonl" storm.txt liman.txt missing.txt >got 2>/dev/null
	ok "$form: -o to - is as --format" cmp -s want."$form" got
	"$WIRELINT" --isolated -j7 --format "$form" missing.txt liman.txt storm.txt >got 2>/dev/null
	ok "$form: the same with other threads and another order" cmp -s want."$form" got
	if [ -c /dev/full ]; then
		"$WIRELINT" --isolated --format "$form" storm.txt >/dev/full 2>/dev/null
		is "$form: a full disk" "$?" 2
	fi
done

# the same fault in two files, and twice in one, has fingerprints of its own
mkdir "$tmp/same" && cd "$tmp/same" || exit 99
printf 'Prices rose by TK percent, TK of them, the office said.\n\nPrices rose by TK percent, TK of them, the office said.\n' >a.txt
cp a.txt b.txt
holds 'the same fault again and again' --isolated .
is 'gitlab: fingerprints are unique' "$(grep -o '"fingerprint":"[^"]*"' out.gitlab | sort | uniq -d)" ''
ok 'gitlab: there are some' grep -q '"fingerprint"' out.gitlab

# ---- what is in the baseline, and what is there no more ----
mkdir "$tmp/base" && cd "$tmp/base" || exit 99
printf 'By Ada Brandt\n\nPrices rose by TK percent, the office said.\n\nThey fell by XX percent in 2025, TK said.\n' >a.txt
cp a.txt b.txt && cp a.txt c.txt && cp a.txt d.txt
"$WIRELINT" baseline create --isolated --quiet --select copy/placeholder --baseline base.json a.txt b.txt c.txt d.txt 2>err || note_file err
states() { "$WIRELINT" check --isolated --quiet --format sarif --baseline base.json "$@" >out.sarif 2>err; grep -o '"uri":"[a-d].txt".*"baselineState":"[a-z]*"' out.sarif | sed 's/"uri":"//; s/".*State":"/ /; s/"$//' | sort | uniq -c | sed 's/^ *//' | tr '\n' ';'; }
found=$(grep -c '"path"' base.json)
is 'sarif: all is unchanged' "$(states --select copy/placeholder a.txt b.txt c.txt d.txt)" "$((found / 4)) a.txt unchanged;$((found / 4)) b.txt unchanged;$((found / 4)) c.txt unchanged;$((found / 4)) d.txt unchanged;"
printf 'By Ada Brandt\n\nPrices rose by TK percent, the office said.\n\nThey fell by 3 percent in 2025, the office said, TK.\n' >a.txt
printf 'By Ada Brandt\n\nPrices rose by 4 percent, the office said.\n' >b.txt
rm c.txt
: >d.txt
states --select copy/placeholder a.txt b.txt d.txt >got
is 'sarif: what is mended is absent; of a file that is empty now nothing is known' "$(cat got)" "$((found / 4 - 1)) a.txt absent;1 a.txt new;1 a.txt unchanged;$((found / 4)) b.txt absent;1 d.txt new;"
ok 'sarif: with absent results it is as it should be' is_form sarif out.sarif
is 'sarif: absent results fail nothing' "$("$WIRELINT" check --isolated --quiet --format sarif --baseline base.json b.txt --select copy/placeholder >/dev/null 2>&1; echo $?)" 0
is 'sarif: a rule that did not run has none' "$(states --select caption b.txt)" ''
is 'sarif: the other forms do not tell of them' "$("$WIRELINT" check --isolated --quiet --format jsonl --baseline base.json --select copy/placeholder b.txt)" ''

# ---- too much ----
mkdir "$tmp/many" && cd "$tmp/many" || exit 99
cat >pack.xml <<'XML'
<rules xmlns="urn:wirelint:rules:1" family="many">
  <rule id="err" severity="error" scope="all"><title>no err</title><pattern trigger="err">err</pattern><message>err</message>
    <bad>An [[err]] here.</bad><good>None.</good></rule>
  <rule id="warn" severity="warning" scope="all"><title>no warn</title><pattern trigger="warn">warn</pattern><message>warn</message>
    <bad>A [[warn]] here.</bad><good>None.</good></rule>
  <rule id="note" severity="note" scope="all"><title>no note</title><pattern trigger="note">note</pattern><message>note</message>
    <bad>A [[note]] here.</bad><good>None.</good></rule>
</rules>
XML
awk 'BEGIN { for (i = 0; i < 9000; i++) print "Line " i " err warn.\n" }' >old.txt
awk 'BEGIN { for (i = 0; i < 9000; i++) print "Row " i " err warn note.\n" }' >new.txt
run_many() { limit 120 "$WIRELINT" check --isolated --quiet --rules pack.xml --select many --format sarif "$@" >out.sarif 2>err; }
notice() { sed -n 's/.*"\(more than [^"]*\)".*/\1/p' "$1"; }
run_many old.txt
is 'sarif: 18,000 results are not too many' "$(grep -c '^{"ruleId"' out.sarif), $(notice out.sarif)" '18000, '
run_many new.txt
is 'sarif: notes go first' "$(grep -c '^{"ruleId"' out.sarif), $(notice out.sarif)" '25000, more than 25000 results: left out are 2000 of 9000 notes'
limit 120 "$WIRELINT" baseline create --isolated --quiet --rules pack.xml --select many --baseline base.json old.txt 2>err || note_file err
run_many --baseline base.json old.txt new.txt
is 'sarif: baselined results go before' "$(grep -c '"baselineState":"new"' out.sarif), $(grep -c '"baselineState":"unchanged"' out.sarif), $(notice out.sarif)" \
	'25000, 0, more than 25000 results: left out are 18000 of 18000 baselined findings, 2000 of 9000 notes'
is 'sarif: what is left is a whole' "$(tail -n 1 out.sarif)" ']}]}'
run_many --baseline base.json old.txt
is 'sarif: those of the baseline are told' "$(grep -c '"baselineState":"unchanged"' out.sarif)" 18000
limit 120 "$WIRELINT" baseline create --isolated --quiet --rules pack.xml --select many --baseline absent.json old.txt 2>err || note_file err
cp old.txt kept.txt
sed '3,$s/ err warn//' kept.txt >old.txt
run_many --baseline absent.json old.txt new.txt
is 'sarif: absent ones go before all others' "$(grep -c '"baselineState":"new"' out.sarif), $(grep -c '"baselineState":"unchanged"' out.sarif), $(notice out.sarif)" \
	'25000, 0, more than 25000 results: left out are 17998 of 17998 findings that are in the baseline alone, 2 of 2 baselined findings, 2000 of 9000 notes'
mv kept.txt old.txt
run_many old.txt new.txt
is 'sarif: warnings go where there is no end of errors' "$(notice out.sarif)" \
	'more than 25000 results: left out are 9000 of 9000 notes, 11000 of 18000 warnings'
"$WIRELINT" check --isolated --quiet --rules pack.xml --select many --format github new.txt >out.github 2>/dev/null
is 'github: ten of each severity, and a notice that counts the rest' \
	"$(grep -c '^::error' out.github) $(grep -c '^::warning' out.github) $(grep -c '^::notice' out.github) $(tail -n 1 out.github)" \
	'10 10 10 ::notice title=wirelint::26971 of 27000 findings are not shown here (8990 errors, 8990 warnings, 8991 notes): of each severity GitHub shows 10 a step; all are in the log'
is 'github: nothing is lost' "$(wc -l <out.github | tr -d ' ')" 27001

# ---- a run over real articles, which are no part of this project: WIRELINT_NEWS=DIR ----
if [ -n "${WIRELINT_NEWS-}" ]; then
	at_most=600
	holds "everything below $WIRELINT_NEWS" --isolated --quiet "$WIRELINT_NEWS"
fi
tap_done
