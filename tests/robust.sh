#!/bin/sh
# robust.sh: nothing that is read, and nothing that the system does, makes it crash, hang or keep silent.
#
# First what the system may do: strange files, full disks, closed pipes.  Then every example and every case input, damaged: cut,
# bytes changed, parts twice.  The outcome may be anything from 0 to 2, in time.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
cd "$tmp" || exit 99
article=$srcdir/examples/storm.txt

# ends WHAT SECONDS STATUSES EXPECTED-PATTERN ARGUMENT...: in time, with one of the exit statuses, and with a line that matches (of
# both outputs).
ends() {
	what=$1
	seconds=$2
	statuses=$3
	pattern=$4
	shift 4
	limit "$seconds" "$WIRELINT" --isolated --format gcc "$@" >out 2>&1 </dev/null
	status=$?
	case " $statuses " in
	*" $status "*)
		if grep -q -e "$pattern" out; then
			pass "$what"
			return
		fi
		fail "$what: expected '$pattern'" ;;
	*)
		fail "$what: exit status $status, expected one of $statuses" ;;
	esac
	note_file out 10
}

refuses() {		# refuses WHAT EXPECTED-PATTERN ARGUMENT...
	what=$1
	pattern=$2
	shift 2
	ends "$what" 20 '2' "$pattern" "$@"
}

checks() {		# checks WHAT EXPECTED-PATTERN ARGUMENT...
	what=$1
	pattern=$2
	shift 2
	ends "$what" 60 '0 1' "$pattern" "$@"
}

# ---- files that are none ----
refuses 'missing file' 'none\.txt: .*error: .*input/missing' none.txt
: >empty.txt
refuses 'empty file' 'empty\.txt.*input/empty' empty.txt
printf '\177ELF\001\001\000\000\000\000\000\003\000\276' >program
refuses 'binary file' 'program.*input/binary' program
printf '\211PNG\r\n\032\n\000\000\000\rIHDR' >picture.txt
refuses 'picture with the name of a text' 'picture\.txt.*input/binary' picture.txt
mkdir folder
refuses 'folder without anything' 'folder.*input/no-files' folder
cp program folder/
refuses 'folder without articles' 'folder.*input/no-files' folder
refuses 'device' '/dev/zero.*input/not-a-file' /dev/zero
if perl -MSocket -e 'socket(S, PF_UNIX, SOCK_STREAM, 0) && bind(S, pack_sockaddr_un("socket")) or die' 2>/dev/null; then
	refuses 'socket' 'socket.*input/not-a-file' socket
else
	skip 'socket' 'no perl to make one'
fi
ln -s loop loop
refuses 'link to itself' 'loop.*input/missing' loop
mkdir circle
cp "$article" circle/
ln -s ../circle circle/again
limit 20 "$WIRELINT" --isolated circle >out 2>&1
ok 'folder that leads back to itself: it ends' test $? -le 2
ok 'folder that leads back to itself: the article is checked once' test "$(grep -c 'circle/storm.txt:[0-9]*:[0-9]*: ' out)" \
	-eq "$("$WIRELINT" --isolated circle/storm.txt 2>/dev/null | grep -c 'circle/storm.txt:[0-9]*:[0-9]*: ')"
cp "$article" closed.txt
chmod 000 closed.txt
if [ -r closed.txt ]; then
	skip 'unreadable file' 'this user reads everything'
else
	refuses 'unreadable file' 'closed\.txt.*input/missing' closed.txt
fi
mkdir broken
ln -s nowhere broken/story.txt
refuses 'folder with nothing but a link that leads nowhere' 'broken/story\.txt.*input/missing' broken
is 'folder with nothing but a link that leads nowhere: said once' "$(grep -c 'error: ' out)" 1
if [ -e /proc/self/mem ]; then
	refuses 'file that cannot be read' '/proc/self/mem.*input/' /proc/self/mem
else
	skip 'file that cannot be read' 'no /proc/self/mem'
fi
refuses 'a bad file does not stop the others' '^[^ ]*storm.txt:[0-9]*:[0-9]*: ' none.txt "$article"

# ---- names and pipes ----
newline='a
b.txt'
cp "$article" "$newline"
checks 'newline in a name' '^a\\012b\.txt:' "$newline"
invalid=$(printf 'caf\351.txt')
if cp "$article" "$invalid" 2>/dev/null; then
	checks 'name that is not UTF-8' '^caf.*\.txt:' "$invalid"
else
	skip 'name that is not UTF-8' 'the file system refuses it'
fi
cp "$article" 50%.txt
checks 'percent sign in a name' '^50%\.txt:' 50%.txt
cp "$article" ./-j.txt
checks 'name that begins with a dash' '^-j\.txt:' -- -j.txt
mkfifo fifo
cat "$article" >fifo &
checks 'named FIFO' '^fifo:[0-9]*:[0-9]*: ' fifo
mkdir walk
mkfifo walk/fifo.txt
cp "$article" walk/
checks 'FIFO met in a folder is passed over' '^walk/storm.txt:' walk
printf '%s\0%s\0' "$newline" "$article" >list
checks 'list of names with NULs' '^a\\012b\.txt:' -0 --files-from list
limit 20 "$WIRELINT" --isolated --format gcc - <"$article" >out 2>&1
ok 'standard input' grep -q '^<stdin>:[0-9]*:[0-9]*: \|^-:[0-9]*:[0-9]*: ' out

# ---- output ----
limit 20 "$WIRELINT" --isolated "$article" >&- 2>err
is 'closed output: exit status' $? 2
ok 'closed output: said so' test -s err
if [ -w /dev/full ]; then
	for form in gcc tty jsonl json; do
		limit 20 "$WIRELINT" --isolated --format $form "$article" >/dev/full 2>err
		is "full disk, $form: exit status" $? 2
		ok "full disk, $form: said so" grep -qi 'space' err
	done
	limit 20 "$WIRELINT" show --format json "$article" >/dev/full 2>err
	is 'full disk, show: exit status' $? 2
	limit 20 "$WIRELINT" rules >/dev/full 2>err
	is 'full disk, rules: exit status' $? 2
else
	skip 'full disk' 'no /dev/full'
fi
i=0
while [ $i -lt 12 ]; do
	i=$((i + 1))
	cat "$article"
	echo
done >many.txt
(
	trap '' PIPE
	limit 20 "$WIRELINT" --isolated many.txt many.txt 2>err
	echo $? >status
) | :
ok 'pipe closed by its reader: an end without a crash' test "$(cat status)" -le 2
refuses 'output into a folder that is not there' 'nowhere/out' --output json:nowhere/out "$article"

# ---- wrong use ----
refuses 'unknown option' "'--selct'.*'--select'" --selct x "$article"
refuses 'unknown rule' "'caption/duplicate-led'.*'caption/duplicate-lead'" --select caption/duplicate-led "$article"
refuses 'unknown format of output' "'jsn'.*'json'" --format jsn "$article"
refuses 'unknown format of input' "'texd'.*'text'" --as texd "$article"
refuses 'unknown encoding' "'utf-9'" --encoding utf-9 "$article"
refuses 'unknown severity' "'eror'.*'error'" --fail-on eror "$article"
refuses 'time that is none' "'yesterday'" --now yesterday "$article"
refuses 'option without its argument' '--select' "$article" --select
limit 20 "$WIRELINT" shwo >out 2>&1
is 'word that is neither command nor file: exit status' $? 2
ok 'word that is neither command nor file: the nearest is named' grep -q "'shwo'.*'show'" out
refuses 'rule file that is not there' 'none\.xml' --rules none.xml "$article"

# ---- rule files cut short ----
bytes=$(wc -c <"$srcdir/rules/caption.xml")
for percent in 3 17 41 66 88 99; do
	head -c $((bytes * percent / 100)) "$srcdir/rules/caption.xml" | sed 's/family="caption"/family="cut"/' >cut.xml
	refuses "rule file cut at $percent %" 'cut\.xml:[0-9]*:[0-9]*: error: ' --rules cut.xml "$article"
done

# ---- size ----
awk 'BEGIN { for (i = 0; i < 40000; i++) printf "The harbour office said “the storm of %d” had passed, and it’s over. ", i; print "" }' >line.txt
checks 'three megabytes in one line' 'line\.txt' line.txt
awk 'BEGIN { for (i = 0; i < 50000; i++) printf "The storm number %d “has passed”, the harbour office said.\n\n", i }' >paragraphs.txt
checks 'fifty thousand paragraphs' 'paragraphs\.txt' paragraphs.txt
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "“(‘[" ; print "" }' >marks.txt
checks 'nothing but opening marks' 'marks\.txt' marks.txt
awk 'BEGIN { for (i = 0; i < 600000; i++) printf "The storm had passed.\r" }' >returns.txt
checks '600,000 lines that end with CR' 'returns\.txt' returns.txt

# ---- interrupted ----
mkdir stopped
mkfifo stopped/wire.txt
"$WIRELINT" -o json:stopped/report.json stopped/wire.txt >out 2>err &
pid=$!
tries=0
until [ -n "$(ls -A stopped | grep wirelint-)" ] || [ $tries -ge 100 ]; do
	sleep 0.1
	tries=$((tries + 1))
done
is 'interrupted: the report is being written' "$(ls -A stopped | grep -c wirelint-)" 1
kill -TERM $pid
wait $pid
is 'interrupted: ended by the signal' $? 143
is 'interrupted: nothing of it is left' "$(ls -A stopped)" wire.txt
: >stopped/old.json
ln -s old.json stopped/link.json
"$WIRELINT" -q -o json:stopped/link.json "$srcdir/examples/clean.txt" >out 2>err
ok 'a link stays a link' test -h stopped/link.json
ok 'what it leads to is written' test -s stopped/old.json

# ---- damage ----
mkdir damaged
for input in "$srcdir"/examples/* "$srcdir"/tests/cases/*/input*; do
	[ -f "$input" ] && [ -r "$input" ] && [ -s "$input" ] || continue
	bytes=$(wc -c <"$input")
	[ "$bytes" -lt 100000 ] || continue
	suffix=${input##*.}
	third=$((bytes / 3))
	rm -f damaged/*
	head -c $third "$input" >"damaged/cut.$suffix"
	tail -c +$((third + 2)) "$input" >"damaged/tail.$suffix"
	{ head -c $((2 * third)) "$input"; tail -c +$third "$input"; } >"damaged/twice.$suffix"
	tr 'ae\n' '\377\200\r' <"$input" >"damaged/bytes.$suffix"
	tr ' .' '\000"' <"$input" >"damaged/nul.$suffix"
	tr 'A-Za-z' '"(-<\047>&{}[]#*_' <"$input" >"damaged/marks.$suffix"
	limit 60 "$WIRELINT" --isolated --select all --format jsonl damaged/* >out 2>err </dev/null
	status=$?
	if [ $status -le 2 ]; then
		limit 60 "$WIRELINT" show --format json damaged/* >out 2>err </dev/null
		status=$?
	fi
	if [ $status -le 2 ]; then
		pass "damaged: ${input#"$srcdir"/}"
	else
		fail "damaged: ${input#"$srcdir"/}: exit status $status"
		note_file err
	fi
done
tap_done
