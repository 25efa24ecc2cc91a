#!/bin/sh
# run-cases.sh [NAME...]: runs the folders of tests/cases, a TAP line each.
# run-cases.sh --bless [NAME...]: rewrites what they expect from what they get now, and shows the difference.
#
# A case is a folder; it is found by itself.
#
#	input*		what is read: files or folders, by their names relative to the case
#	args		the command line, words as the shell reads them, over any number of lines; # begins a comment line;
#			@ stands for the inputs.  No file: only the inputs
#	setup		run by sh first, in a copy of the folder, for what git cannot hold: FIFOs, strange names, loops.  With
#			exit status 77 the case is skipped; its output says why
#	stdin		standard input; else it is empty
#	expected.out	standard output of the command line as it is
#	expected.gcc, .tty, .json, .jsonl	the same with --format gcc, ...; also .sarif, .github, .gitlab, .checkstyle, .junit, .rdjsonl
#	expected.text, .xml			the same with show --format text, ... (unless `args` begins with a command)
#	expected.err	standard error of the last command line of these
#	status		exit status, for all of them but the added `show`, which must exit with 0; no file: 0
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
cases=$srcdir/tests/cases

bless=
if [ "${1-}" = --bless ]; then
	bless=yes
	shift
fi

# run FORM: the case in this folder with that form, to $tmp/out and $tmp/err; sets $status and $wanted.
run() {
	set --
	words=
	if [ -f args ]; then
		while IFS= read -r line || [ -n "$line" ]; do
			case $line in '#'*) ;; *) words="$words $line " ;; esac
		done <args
	else
		words=' @ '
	fi
	for input in input*; do
		[ -e "$input" ] || [ -h "$input" ] || continue
		set -- "$@" "$input"
	done
	while :; do
		case $words in
		*' @ '*) words="${words%%' @ '*} \"\$@\" ${words#*' @ '}" ;;
		*) break ;;
		esac
	done
	eval "set -- $words"
	command=
	case ${1-} in check | fix | show | explain | rules | checks | formats | test | config | init | profiles | baseline) command=$1 ;; esac
	wanted=0
	if [ -f status ]; then
		read -r wanted <status
	fi
	case $form in
	out) ;;
	text | xml)
		if [ -z "$command" ]; then
			set -- show --format "$form" "$@"
			wanted=0
		else
			shift
			set -- "$command" --format "$form" "$@"
		fi ;;
	*)
		if [ -n "$command" ]; then
			shift
			set -- "$command" --format "$form" "$@"
		else
			set -- --format "$form" "$@"
		fi ;;
	esac
	if [ -f stdin ]; then exec 3<stdin; else exec 3</dev/null; fi
	limit 30 "$WIRELINT" "$@" <&3 >"$tmp/out" 2>"$tmp/err"
	status=$?
	exec 3<&-
}

# same WHAT GOT: compares or blesses the file $folder/WHAT; on a difference adds to $tmp/why.
same() {
	if [ -n "$bless" ]; then
		if [ -f "$folder/$1" ]; then old=$folder/$1; else old=/dev/null; fi
		cmp -s "$old" "$2" || { diff -u --label "$name/$1" --label new "$old" "$2"; cp "$2" "$folder/$1"; }
	elif ! cmp -s "$1" "$2"; then
		diff -a -u --label "$name/$1" --label got "$1" "$2" >>"$tmp/why"
	fi
}

one() {
	name=$1
	folder=$cases/$name
	: >"$tmp/why"
	cd "$folder" || { fail "case $name: no such folder"; return; }
	if [ -f setup ]; then
		rm -rf "$tmp/copy"
		cp -R "$folder" "$tmp/copy" && chmod -R u+w "$tmp/copy" && cd "$tmp/copy" || exit 99
		limit 30 sh ./setup >"$tmp/out" 2>&1 </dev/null
		case $? in
		0) ;;
		77) skip "case $name" "$(head -n 1 "$tmp/out")"; return ;;
		*) fail "case $name: setup failed"; note_file "$tmp/out"; return ;;
		esac
	fi
	ran=
	for form in out gcc tty json jsonl sarif github gitlab checkstyle junit rdjsonl text xml; do
		[ -f "$folder/expected.$form" ] || continue
		run
		ran=$form
		same "expected.$form" "$tmp/out"
		check_status
	done
	if [ -z "$ran" ]; then
		form=out
		if [ -n "$bless" ] && ! [ -f "$folder/expected.err" ]; then form=gcc; fi
		run
		if [ $form = gcc ]; then same expected.gcc "$tmp/out"; fi
		check_status
	fi
	if [ -f "$folder/expected.err" ]; then
		same expected.err "$tmp/err"
	fi
	if [ -n "$bless" ]; then
		return
	elif [ -s "$tmp/why" ]; then
		fail "case $name"
		note_file "$tmp/why" 60
	else
		pass "case $name"
	fi
}

check_status() {
	if [ "$status" -eq "$wanted" ]; then
		return
	elif [ -z "$bless" ] || [ "$status" -gt 2 ]; then
		echo "$form: exit status $status, expected $wanted" >>"$tmp/why"
		sed -n 1,20p "$tmp/err" >>"$tmp/why"
		if [ -n "$bless" ]; then cat "$tmp/why"; fi
	else
		echo "$name/status: $status, was $wanted"
		if [ "$status" -eq 0 ]; then rm -f "$folder/status"; else echo "$status" >"$folder/status"; fi
	fi
}

if [ $# -eq 0 ]; then
	for folder in "$cases"/*/; do
		[ -d "$folder" ] || continue
		folder=${folder%/}
		set -- "$@" "${folder##*/}"
	done
fi
for name; do
	one "$name"
done
[ -n "$bless" ] || tap_done
