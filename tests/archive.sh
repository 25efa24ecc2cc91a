#!/bin/sh
# archive.sh: stories kept in an archive, and lines of `wirelint digest`: what is added, replaced and removed; damaged, foreign and full ones; two that
# write at once; runs that are killed; copy found in an archive; digests in any order and in pieces.
#
# WIRELINT_KILLS: how many runs are killed while they add (default 4).
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
cd "$tmp" || exit 99

. "$srcdir/tests/stories.sh"
more='The captain of the first of them had not slept for two nights, and the mayor of the town went on board with bread and lamps.'
count() {		# count ARCHIVE WHAT
	"$WIRELINT" archive stat "$1" 2>&1 | awk -v what="$2" '$1 == what { print $2 }'
}
archive() { "$WIRELINT" archive "$@"; }
add() { "$WIRELINT" archive add --isolated "$@"; }

# ---- made, filled, emptied ----
archive create a.wla >out 2>err
is 'create' "$? $(cat out err) $(count a.wla stories)" '0  0'
archive create a.wla >out 2>err
is 'one that is there is left alone' "$? $(cat err)" "2 wirelint: error: 'a.wla' is there already"
mkdir wire
{ printf 'HARBOURVILLE, Nov 24 (Reuters) - '; story 70 3; printf '%s\n\n%s\n\n' "$lifted" "$more"; story 71 3; } >wire/a.txt
story 1 5 >wire/b.txt
printf '<rss version="2.0"><channel><title>Harbour Post</title><item><guid>one</guid><title>One</title><description>&lt;p&gt;%s&lt;/p&gt;</description></item><item><guid>two</guid><title>Two</title><description>&lt;p&gt;%s&lt;/p&gt;</description></item></channel></rss>' \
	"$(story 50 2 | tr '\n' ' ')" "$(story 51 2 | tr '\n' ' ')" >wire/c.rss
add a.wla wire >out 2>err
is 'add: a line a story' "$? $(tr '\t\n' ' ,' <out)" '0 added wire/a.txt,added wire/b.txt,added wire/c.rss#one,added wire/c.rss#two,'
is 'and a count' "$(cat err)" 'wirelint: 4 stories added'
add a.wla wire >out 2>err
is 'the same again' "$? $(cut -f1 out | sort -u) $(cat err) $(count a.wla stories)" '0 same wirelint: 0 stories added, 4 as before 4'
story 2 5 >wire/b.txt
add a.wla wire/b.txt >out 2>err
is 'a story that has changed replaces what it was' "$? $(tr '\t' ' ' <out), $(count a.wla stories)" '0 replaced wire/b.txt, 4'
"$WIRELINT" reuse --isolated --quiet --archive a.wla wire/b.txt >out 2>err
is 'a file at hand is not held against itself in the archive' "$? $(cat out err)" '0 '
sed 's/<item><guid>two.*<\/item>//' wire/c.rss >c.new && mv c.new wire/c.rss
add a.wla wire/c.rss >out 2>err
is 'an item that its file holds no more is removed' "$? $(cat err) $(count a.wla stories)" '0 wirelint: 0 stories added, 1 replaced, 1 removed that their files do not hold any more 3'
archive remove a.wla wire/b.txt >out 2>err
is 'remove' "$? $(cat out err) $(count a.wla stories)" '0 wirelint: 1 story removed 2'
archive remove a.wla wire/b.txt >out 2>err
is 'what is not there cannot be removed' "$? $(sed 1q err)" "2 wirelint: error: 'a.wla' holds no story of 'wire/b.txt'"
archive remove a.wla wire/ >out 2>err
is 'a folder' "$? $(cat out err) $(count a.wla stories)" '0 wirelint: 2 stories removed 0'

# ---- copy found in it ----
archive create b.wla
add b.wla wire >/dev/null 2>&1
mkdir ours
{ story 72 6; printf '%s\n\n%s\n\n' "$lifted" "$more"; story 73 6; } >ours/b.txt
mv wire gone				# an archive stands alone
check() { "$WIRELINT" check --isolated --quiet --select copy/uncredited-overlap --format gcc --archive "$@"; }
check b.wla ours/b.txt >out 2>err
is 'lifted: exit 1, the first lifted paragraph, the source as a note' "$? $(sed 's/: [a-z]*:.*//' out | tr '\n' ' ')" '1 ours/b.txt:13:1 wire/a.txt:7:1 '
cp ours/b.txt ours/c.txt
printf 'Source: Reuters\n' >>ours/b.txt
check b.wla ours/b.txt >out 2>err
is 'with the credit line: clean' "$? $(cat out err)" '0 '
"$WIRELINT" reuse --isolated --archive b.wla ours/b.txt >out 2>err
is 'reuse, too' "$? $(cat out)" '1 ours/b.txt:13:1: shares 72 words (2 whole paragraphs) with wire/a.txt:7:1, 28 % of the shorter'
"$WIRELINT" check --isolated --quiet --format tty --color=never --select copy/uncredited-overlap --archive b.wla ours/c.txt >out 2>err
is 'the line of the source is shown' "$(grep -c '7 | Pilots guided' out)" 1
mv gone wire
for f in nitf html ninjs newsml-g2; do
	case $f in
	nitf) printf '<?xml version="1.0"?>\n<nitf>\n<head><title>Port</title></head><body><body.head><hedline><hl1>Port</hl1></hedline><distributor>Reuters</distributor></body.head>\n<body.content><p>%s</p>\n<p>%s</p>\n<p>%s</p></body.content></body></nitf>\n' "$(story 80 1 | sed 1q)" "$lifted" "$more" >wire/f.xml ;;
	html) printf '<!DOCTYPE html><html><head><title>Port</title>\n<script>var x = "y";\n</script></head><body><nav><a href="/">Home</a></nav>\n<article><h1>Port</h1>\n<p>HARBOURVILLE (Reuters) &ndash; %s</p>\n<p>%s</p><p>%s</p>\n</article></body></html>\n' "$(story 80 1 | sed 1q)" "$lifted" "$more" >wire/f.html ;;
	ninjs) printf '{"uri": "x", "type": "text", "provider": "Reuters", "headline": "Port",\n"body_html": "<p>%s</p>\\n<p>%s</p><p>%s</p>"}\n' "$(story 80 1 | sed 1q)" "$lifted" "$more" >wire/f.json ;;
	newsml-g2) continue ;;
	esac
	rm -f c.wla
	archive create c.wla
	add c.wla wire/f.* >/dev/null 2>&1
	check c.wla --format json ours/c.txt >one 2>err
	"$WIRELINT" check --isolated --quiet --select copy/uncredited-overlap --format json wire/f.* ours/c.txt >two 2>err
	sed -n 's/.*"notes":\(.*\),"fixes.*/\1/p' one >a; sed -n 's/.*"notes":\(.*\),"fixes.*/\1/p' two >b
	if [ -s a ] && cmp -s a b; then pass "$f: the place in the archived file is as in the file itself"; else fail "$f: the place in the archived file"; note_file one; note_file two; fi
	rm wire/f.*
done

mkdir site
furniture='We publish on every morning of the week with pictures, maps and the tides of the north quay, as this house has done for ninety years, and whoever finds a mistake in our pages may bring it to the desk in person.'
for i in 1 2 3 4 5 6; do { story $((20 + i)) 10; printf '%s\n' "$furniture"; } >site/$i.txt; done
rm -f c.wla
archive create c.wla
add c.wla site >/dev/null 2>&1
{ story 30 8; printf '%s\n' "$furniture"; } >seven.txt
"$WIRELINT" reuse --isolated --quiet --archive c.wla seven.txt >out 2>err
is 'what many of its stories repeat is set aside' "$? $(cat out)" '0 '
mkdir twins
cp site/1.txt one.txt
archive create one.wla
add one.wla one.txt >/dev/null 2>&1
keys=$(count c.wla keys)
i=0
while [ $i -lt 1000 ]; do echo twins/$i.txt; i=$((i + 1)); done | xargs -n 500 sh -c 'for f; do cp site/1.txt "$f"; done' -
limit 60 "$WIRELINT" archive add --isolated --quiet c.wla twins >/dev/null 2>err
{ story 21 10 | head -n 8; story 31 3; } >eight.txt
is 'no key is lost when runs are made one' "$(($(count c.wla keys) - 1000 * $(count one.wla keys)))" "$keys"
limit 20 "$WIRELINT" reuse --isolated --quiet --format tsv --archive c.wla eight.txt >out 2>err
is 'a thousand equal stories are one source' "$? $(cut -f1 out | sort -u | tr '\n' ' ')$(cut -f2 out | grep -c twins)" "1 site/1.txt 0"
mkdir pictures
for i in 1 2; do
	printf '<html><body><article><h1>Port %s</h1><p>%s</p><figure><img src="a.jpg"><figcaption>A tanker enters the port of Harbourville at dawn after three days of storm, on Tuesday.</figcaption></figure><p>%s</p></article></body></html>\n' $i "$(story 9$i 1 | sed 1q)" "$(story 8$i 1 | sed 1q)" >pictures/$i.html
done
add c.wla pictures/1.html >/dev/null 2>&1
"$WIRELINT" check --isolated --quiet --select caption/duplicate --fail-on note --format gcc --archive c.wla pictures/2.html >out 2>err
is 'a caption of one of its stories' "$? $(sed 's/: [a-z]*:.*//' out | tr '\n' ' ')" '1 pictures/2.html:1:290 pictures/1.html:1:296 '

# ---- what is no archive ----
check nowhere.wla ours/c.txt >out 2>err
is 'one that is not there' "$? $(cat out)" "2 nowhere.wla: error: is not there, expected an archive; 'wirelint archive create' makes one [run/archive]"
add nowhere.wla wire >out 2>err
is 'nor is it made by add' "$? $(cat err)" "2 wirelint: error: 'nowhere.wla' is not there, expected an archive; 'wirelint archive create' makes one"
check wire/a.txt ours/c.txt >out 2>err
is 'a story' "$? $(cat out)" '2 wire/a.txt: error: is no archive of wirelint [run/archive]'
: >empty
add empty wire >out 2>err
is 'an empty file' "$? $(cat err)" "2 wirelint: error: 'empty' is no archive of wirelint"
add wire wire >out 2>err
is 'a folder is none' "$? $(cat err)" "2 wirelint: error: 'wire' is no archive of wirelint"
# the version is the four bytes from 60 on, the application's id those from 68 on
cp b.wla new.wla
printf '\000\000\000\007' | dd of=new.wla bs=1 seek=60 conv=notrunc 2>/dev/null
add new.wla wire >out 2>err
is 'one of another version' "$? $(cat err)" "2 wirelint: error: 'new.wla' is an archive of version 7, expected 1"
cp b.wla other.wla
printf 'abcd' | dd of=other.wla bs=1 seek=68 conv=notrunc 2>/dev/null
add other.wla wire >out 2>err
is 'a database of another program' "$? $(cat err)" "2 wirelint: error: 'other.wla' is no archive of wirelint"
size=$(wc -c <b.wla)
bad=0 strange=
for at in $(awk -v n="$size" 'BEGIN { for (i = 1; i < 40; i++) print int(n * i / 40) }'); do
	cp b.wla torn.wla
	# a page of nonsense
	awk 'BEGIN { for (i = 0; i < 2000; i++) printf "%c", 33 + i % 90 }' | dd of=torn.wla bs=1 seek="$at" conv=notrunc 2>/dev/null
	limit 20 "$WIRELINT" check --isolated --quiet --select copy/uncredited-overlap --archive torn.wla ours/c.txt >out 2>err
	status=$?
	case $status in 0) bad=$((bad + 1)) ;; 1) ;; 2) grep -q 'torn.wla: error: is ' out || strange="$strange at $at: $(cat out)" ;; *) strange="$strange $at: status $status" ;; esac
done
is 'a damaged one is said to be damaged, wherever it is' "$strange" ''
is 'and copy does not go unseen' "$bad" 0
head -c $((size / 2)) b.wla >torn.wla
check torn.wla ours/c.txt >out 2>err
status=$?
case "$status $(cat out)" in '2 torn.wla: error: is '*) pass 'one of which half is missing' ;; *) fail "one of which half is missing: $status"; note_file out ;; esac

# ---- no room, no right ----
mkdir many
perl -e 'for my $i (1 .. 400) { my $x = $i * 7919 + 17; open my $o, ">", "many/$i.txt"; for (1 .. 8) { print $o "The"; for (1 .. 40) { $x = ($x * 1103515 + 12345) % 2147483647; print $o " word" . int($x / 97) % 5000 } print $o ".\n\n" } }'
archive create full.wla
(ulimit -f 900 && add -j1 full.wla many >out 2>err; echo $? >status)		# blocks of 512 bytes
if [ "$(cat status)" = 2 ] && grep -q "'full.wla' cannot be written: " err; then pass 'a file that may grow no further'; else fail "a file that may grow no further: $(cat status)"; note_file err; fi
said=$(wc -l <out); held=$(count full.wla stories)
is 'holds what was said to be added, and no more' "$held" "$((said))"
add full.wla many >out 2>err
is 'and takes the rest when there is room' "$? $(count full.wla stories)" '0 400'
if [ "$(id -u)" = 0 ] && mkdir disk && mount -t tmpfs -o size=600k none disk 2>/dev/null; then
	archive create disk/f.wla
	add disk/f.wla many >out 2>err
	status=$?
	case "$status $(sed 1q err)" in "2 wirelint: error: 'disk/f.wla' cannot be written: no space is left"|"2 wirelint: error: 'disk/f.wla' cannot be written: No space left on device") pass 'a full disk' ;; *) fail "a full disk: $status"; note_file err ;; esac
	is 'a full disk: nothing is lost' "$(count disk/f.wla stories)" "$(($(wc -l <out)))"
	cp b.wla disk/r.wla 2>/dev/null || { rm -f disk/f.wla*; cp b.wla disk/r.wla; }
	rm -f disk/*-wal disk/*-shm
	mount -o remount,ro disk
	check disk/r.wla ours/c.txt >out 2>err
	is 'a read-only disk: read' "$?" 1
	add disk/r.wla wire >out 2>err
	status=$?
	case "$status $(sed 1q err)" in "2 wirelint: error: 'disk/r.wla' cannot be written: "*) pass 'a read-only disk: not written' ;; *) fail "a read-only disk: not written: $status"; note_file err ;; esac
	archive create disk/n.wla >out 2>err
	is 'a read-only disk: not made' $? 2
	umount disk
else
	for t in 'a full disk' 'a read-only disk'; do skip "$t" 'no right to mount one'; done
fi

# ---- two that write, and one that reads ----
archive create two.wla
mkdir left right
i=1
while [ $i -le 200 ]; do mv many/$i.txt left; i=$((i + 1)); done
mv many/*.txt right
add -j1 two.wla left >one 2>err1 & first=$!
add -j1 two.wla right >two 2>err2 & second=$!
n=0 wrong=
while kill -0 $first 2>/dev/null && [ $n -lt 40 ]; do
	"$WIRELINT" check --isolated --quiet --select copy/uncredited-overlap --archive two.wla ours/c.txt >out 2>&1 || wrong=$(cat out)
	n=$((n + 1))
done
wait $first; s1=$?
wait $second; s2=$?
is 'two that add at once' "$s1 $s2 $(cat one two | wc -l | tr -d ' ') $(count two.wla stories)" '0 0 400 400'
is 'and one that reads meanwhile' "$wrong" ''

# ---- killed ----
# Every story that was acknowledged is there, whole, and found by its copy; what was not acknowledged may be there, but then whole.
mkdir lot
perl -e 'for my $i (1 .. 3000) { my $x = $i * 104729 + 17; open my $o, ">", "lot/$i.txt"; for (1 .. 5) { print $o "The"; for (1 .. 40) { $x = ($x * 1103515 + 12345) % 2147483647; print $o " word" . int($x / 97) % 5000 } print $o ".\n\n" } }'
archive create k.wla
begun=$(date +%s%N)
add --quiet k.wla lot >said 2>err
whole=$((($(date +%s%N) - begun) / 1000000))
kills=${WIRELINT_KILLS:-4} k=0 lost= torn= killed=0 between=0
while [ $killed -lt "$kills" ] && [ $k -lt $((kills * 4)) ]; do
	k=$((k + 1))
	rm -f k.wla k.wla-wal k.wla-shm
	archive create k.wla
	add --quiet k.wla lot >said 2>err &
	pid=$!
	sleep "$(awk -v k="$k" -v seed="$$" -v ms="$whole" 'BEGIN { srand(seed * 1000 + k); printf "%.3f", (0.02 + rand() * 0.9) * ms / 1000 }')"
	if kill -9 $pid 2>/dev/null; then killed=$((killed + 1)); fi
	wait $pid 2>/dev/null
	[ -s said ] && [ "$(wc -l <said)" -lt 3000 ] && between=$((between + 1))
	sed -n 's/^added	//p' said | sort >acknowledged
	# all that the archive holds, by adding again: "same" is there and whole, "replaced" would be a half one
	add --quiet k.wla lot >again 2>err || torn="$torn $k: $(cat err)"
	sed -n 's/^same	//p' again | sort >held
	grep -q '^replaced' again && torn="$torn $k: $(grep -c '^replaced' again) half"
	[ "$(comm -23 acknowledged held | wc -l)" -eq 0 ] || lost="$lost $k: $(comm -23 acknowledged held | wc -l)"
	[ "$(count k.wla stories)" = 3000 ] || torn="$torn $k: $(count k.wla stories) stories"
	# the keys are there, too: copies of the last that was acknowledged and of the last of all are found
	mkdir -p copies
	rm -f copies/*
	for f in $(tail -n 1 acknowledged) lot/3000.txt; do cp "$f" "copies/$(basename "$f")"; done
	"$WIRELINT" reuse --isolated --quiet --format tsv --archive k.wla copies >out 2>err
	[ "$(wc -l <out)" -ge "$(ls copies | wc -l)" ] || lost="$lost $k: copies not found"
done
is "killed $killed times: nothing that was acknowledged is lost" "$lost" ''
note "$between times of $k between two acknowledgements"
is 'the archive opens, and no story is half there' "$torn" ''

# ---- lines of digests ----
mkdir set
cp lot/1*.txt set
perl -e 'for my $i (1 .. 30) { my ($a, $b) = ("set/1$i.txt", "set/c$i.txt"); open my $f, "<", $a or next; my @l = <$f>; open my $o, ">", $b; print $o @l[0 .. 3], "The baker number $i closed his shop.\n" }'
cp ours/c.txt wire/a.txt wire/c.rss set
"$WIRELINT" reuse --isolated --quiet --format json set >whole 2>err
sed -n 's/^{"a":{"path":"\([^"]*\)".*/\1/p' whole | wc -l >n
[ "$(cat n)" -gt 20 ] && pass 'pairs to compare by' || fail "pairs to compare by: $(cat n)"
"$WIRELINT" digest --isolated --quiet set >lines 2>err
is 'digest: a line a story' "$? $(wc -l <lines | tr -d ' ') $(cut -f1 lines | sed -n '$p')" "0 $(($(ls set | wc -l))) set/c9.txt"
sort -r -t' ' -k2 lines | "$WIRELINT" reuse --quiet --format json --digests - >out 2>err
if cmp -s whole out; then pass 'reuse of lines in another order: the same bytes'; else fail 'reuse of lines in another order'; note_file err; fi
head -n 100 lines >one
tail -n +80 lines >two
mv set away
"$WIRELINT" reuse --quiet --format json --digests one --digests two >out 2>err
if cmp -s whole out; then pass 'in two files, some lines in both, and without the stories'; else fail 'in two files, some lines in both'; note_file err; fi
mv away set
"$WIRELINT" reuse --isolated --quiet --format tsv set >whole 2>err
for n in 1 3 8 200; do
	: >out
	i=1
	while [ $i -le $n ]; do "$WIRELINT" reuse --quiet --format tsv --digests lines --part $i/$n >>out; i=$((i + 1)); done
	cmp -s whole out || break
done
is 'in parts, one behind the other: the same bytes' "$n $(cmp whole out)" '200 '
printf 'set/x.txt\tnonsense!\n' | "$WIRELINT" reuse --digests - >out 2>err
is 'a line that is damaged' "$? $(cat err)" '2 wirelint: error: <stdin>:1: the line is damaged, or not all of it is there'
head -c 3000 lines | "$WIRELINT" reuse --digests - >out 2>err
status=$?
case "$status $(cat err)" in '2 wirelint: error: <stdin>:'*': the line is '*) pass 'a line that was cut' ;; *) fail "a line that was cut: $status"; note_file err ;; esac
echo nothing | "$WIRELINT" reuse --digests - >out 2>err
is 'a line of something else' "$? $(cat err)" "2 wirelint: error: <stdin>:1: the line is none of 'wirelint digest', expected a key, a tab and a value"
cp set/10.txt old.txt
printf 'More.\n' >>set/10.txt
"$WIRELINT" digest --isolated --quiet set/10.txt >changed
"$WIRELINT" reuse --digests lines --digests changed >out 2>err
is 'two lines of one story that differ' "$? $(cat err)" "2 wirelint: error: two lines of 'set/10.txt' are not the same: the file has changed in between"
for p in 0/3 4/3 1/0 x 1/2/3; do
	"$WIRELINT" reuse --digests lines --part $p >out 2>err
	[ $? -eq 2 ] && grep -q "option '--part' has value '$p'" err || break
done
is 'parts that are none' $p 1/2/3
"$WIRELINT" reuse --digests lines set >out 2>err
is 'files and digests' "$? $(cat err)" '2 wirelint: error: --digests is in place of files, folders and archives'
"$WIRELINT" reuse --digests nowhere >out 2>err
is 'no such file' "$? $(cat err)" "2 wirelint: error: cannot open 'nowhere': No such file or directory"

# ---- wrong use ----
archive >out 2>err
is 'no part named' "$? $(cat err)" '2 wirelint: error: what is to be done with the archive? expected create, add, remove or stat'
archive crate x >out 2>err
is 'an unknown part' "$? $(cat err)" "2 wirelint: error: unknown part of 'archive' 'crate'; did you mean 'create'?"
add b.wla >out 2>err
is 'nothing to add' $? 2
archive stat b.wla wire >out 2>err
is 'stat of one' $? 2
tap_done
