#!/bin/sh
# mutate.sh [--missed FILE]: a fault in the quotation marks of sound paragraphs is found, and the sound ones are silent.
#
# The paragraphs are in tests/mutate, a file a language; each kind of fault is put into each of them, one a copy.  With
# WIRELINT_NEWS=DIR, a folder of articles in English with a line a paragraph, also into those in which nothing is found: one of each
# kind an article.  Of each kind 95 in a hundred must be found, in the paragraph itself; a running quotation's missing mark may be
# told at the marks of that run before it.  What is missed goes to FILE, all of it.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
command -v perl >/dev/null 2>&1 || skip_all 'perl is not there'
missed=/dev/null
if [ "${1-}" = --missed ]; then
	case $2 in /*) missed=$2 ;; *) missed=$PWD/$2 ;; esac
fi
news=${WIRELINT_NEWS-}
case $news in '' | /*) ;; *) news=$PWD/$news ;; esac
cd "$tmp" || exit 99
rules=quote/unbalanced,quote/mismatched-pair,quote/reversed,quote/continuation-missing-open,quote/space-inside

check() {		# check LANG <FILES: what is found in them, to standard output
	"$WIRELINT" --isolated --quiet --select "$rules" --as text --lang "$1" --format jsonl --files-from - 2>err
	status=$?
	if [ "$status" -gt 1 ]; then
		fail "checked in language $1: exit status $status"
		note_file err 10
	fi
}

: >found
mkdir own news
for lang in en fr de es; do
	perl "$srcdir/tests/mutate.pl" own "$lang" "$srcdir/tests/mutate/$lang.txt" own >"own-$lang.manifest" || fail "$lang: mutants made"
	cut -f1 "own-$lang.manifest" | check "$lang" >>found
done
if [ -n "$news" ]; then
	find "$news" -type f | sort >articles
	check en <articles | sed -n 's/.*"path":"\([^"]*\)".*/\1/p' | sort -u >faulty
	comm -23 articles faulty | perl "$srcdir/tests/mutate.pl" news news >news.manifest || fail 'news: mutants made'
	cut -f1 news.manifest | check en >>found
fi
perl "$srcdir/tests/mutate.pl" score found ./*.manifest >score || fail 'counted'
sed -n 's/^# //p' score >"$missed"
sed '/^#/d' score >counts
while IFS='	' read -r source kind found all; do
	case $kind in
	sound) what="$source: sound stories are silent: $found of $all" least=$((all * 100)) ;;
	*) what="$source: $kind: $found of $all found" least=$((all * 95)) ;;
	esac
	if [ $((found * 100)) -ge "$least" ]; then
		pass "$what"
	else
		fail "$what"
		grep "^# $source $kind:" score | sed 20q
	fi
done <counts
[ -n "$news" ] || skip 'news' 'WIRELINT_NEWS names no folder of articles'
tap_done
