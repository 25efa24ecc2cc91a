#!/bin/sh
# reuse.sh: `wirelint reuse`, and the rules that look at the other stories of a run: what is found, in which form, the same bytes whatever the threads and
# the order of arguments, bad input, and no more time than there are stories.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
validate=${VALIDATE:-$PWD/tests/validate}
schemas=$(cd "$srcdir/doc" && pwd)
cd "$tmp" || exit 99

. "$srcdir/tests/stories.sh"

mkdir docs
story 1 12 >docs/a.txt
story 2 12 >docs/b.txt
{ story 3 6; printf '%s\n\n' "$lifted"; story 4 6; } >docs/c.txt
{ story 5 9; printf '%s\n\n' "$lifted"; story 6 3; } >docs/d.txt
cp docs/a.txt docs/e.txt
{ story 7 3; story 1 12 | head -n 12; } >docs/f.txt
story 8 1 >docs/g.txt

# ---- what is found ----
"$WIRELINT" reuse --isolated --format tsv docs >out 2>err
is 'pairs that share copy' "$? $(cut -f1,2,4,5 out | tr '\t\n' '  ')" '1 docs/a.txt docs/e.txt 12 same-words docs/a.txt docs/f.txt 6 apart docs/c.txt docs/d.txt 1 apart docs/e.txt docs/f.txt 6 apart '
is 'the closing line' "$(cat err)" 'wirelint: 4 pairs among 7 stories in 7 files'
is 'the same words: containment 1' "$(head -n 1 out | cut -f3)" 1.0000
"$WIRELINT" reuse --isolated --quiet docs/c.txt docs/d.txt >out 2>err
is 'text: both places' "$(cat out)" 'docs/d.txt:19:1: shares 46 words (1 whole paragraph) with docs/c.txt:13:1, 11 % of the shorter'
is 'quiet is quiet' "$(cat err)" ''
"$WIRELINT" reuse --isolated --quiet docs/a.txt docs/b.txt >out 2>err
is 'no pair: 0' "$? $(cat out err)" '0 '
"$WIRELINT" reuse --isolated --format json docs >out.json 2>err
if ! [ -x "$validate" ]; then skip 'json is as its schema says' 'tests/validate is not built'
elif "$validate" "$schemas" reuse.schema.json <out.json >why 2>&1; then pass 'json is as its schema says'; else fail 'json is as its schema says'; note_file why; fi
# the ranges of both sides hold the same words
perl -e '
	local $/; my $j = <STDIN>; my $bad = 0; my $n = 0;
	while ($j =~ /\{"a":\{"path":"([^"]*)".*?"b":\{"path":"([^"]*)".*?"shared":\[(.*?)\]\}/gs) {
		my ($p, $q, $runs) = ($1, $2, $3);
		while ($runs =~ /"a":\{"start":\{"byte":(\d+).*?"end":\{"byte":(\d+).*?"b":\{"start":\{"byte":(\d+).*?"end":\{"byte":(\d+)/g) {
			my ($a0, $a1, $b0, $b1) = ($1, $2, $3, $4);
			my @t = map { open(my $f, "<", $_) or die; local $/; <$f> } $p, $q;
			$n++;
			$bad++ if substr($t[0], $a0, $a1 - $a0) ne substr($t[1], $b0, $b1 - $b0);
		}
	}
	print "$bad of $n\n"' <out.json >out
case $(cat out) in '0 of 0') fail 'json: ranges'; note_file out ;; '0 of '*) pass 'the shared ranges hold the same words' ;; *) fail 'the shared ranges hold the same words'; note_file out ;; esac

# ---- the same bytes ----
"$WIRELINT" reuse --isolated --format tsv -j1 docs >one 2>/dev/null
same=yes
for jobs in 2 5; do
	"$WIRELINT" reuse --isolated --format tsv -j$jobs docs/g.txt docs/f.txt docs/e.txt docs/d.txt docs/c.txt docs/b.txt docs/a.txt >two 2>/dev/null
	cmp -s one two || same=no
done
is 'the same bytes at any -j and in any order' $same yes

# ---- furniture ----
mkdir site
furniture='We publish on every morning of the week with pictures, maps and the tides of the north quay, as this house has done for ninety years, and whoever finds a mistake in our pages may bring it to the desk in person.'
for i in 1 2 3 4 5 6; do { story $((20 + i)) 10; printf '%s\n' "$furniture"; } >site/$i.txt; done
"$WIRELINT" reuse --isolated --format tsv site >out 2>/dev/null
is 'text that many stories repeat is set aside' "$? $(cat out)" '0 '
{ story 30 8; story 21 10 | sed -n 3,6p; printf '%s\n' "$furniture"; } >site/7.txt
"$WIRELINT" reuse --isolated --format tsv site >out 2>/dev/null
is 'and what stands besides it is found' "$? $(cut -f1,2,4 out | tr '\t' ' ')" '1 site/1.txt site/7.txt 2'

# ---- scripts without blanks, quotations ----
mkdir cjk
zh='港务局周二表示，在一场持续三天的风暴之后，港口重新开放，第一艘油轮在黎明时分由领航员引导驶入港口，另有四十艘船只在海湾等待进港，如果风力不再增强，这可能要持续到本周末，当地居民带着灯笼和毛毯来到码头观看。'
printf '市长周一在市政厅发表讲话，谈到学校与磨坊的情况。\n\n%s\n\n学校将于下周重新开学。\n' "$zh" >cjk/a.txt
printf '渔民们本周没有出海，他们的网挂在北码头上晾晒。\n\n%s\n\n面包师说他会在周五关门。\n' "$zh" >cjk/b.txt
printf '图书馆将在春天搬到新的大楼，馆长说所有书籍都会保留下来，读者可以在新馆里找到它们。\n' >cjk/c.txt
"$WIRELINT" reuse --isolated --format tsv cjk >out 2>/dev/null
is 'Chinese' "$? $(cut -f1,2,4 out | tr '\t' ' ')" '1 cjk/a.txt cjk/b.txt 1'
mkdir quoted
said='"We have waited for this day for a very long time, and all of us who work on the quay are glad that it has come at last, because there was nothing left in the sheds but rope, and nobody knew how long the wind would keep the ships away from us in the bay, where they lay in the dark, one behind the other, for three days and three nights."'
{ story 40 5; printf '%s\n\n' "$said"; story 41 5; } >quoted/a.txt
{ story 42 5; printf '%s\n\n' "$said"; story 43 5; } >quoted/b.txt
"$WIRELINT" reuse --isolated --format tsv quoted >out 2>/dev/null
is 'what somebody said may stand in any story' "$? $(cat out)" '0 '

# ---- several stories in a file, standard input ----
mkdir feed
printf '<rss version="2.0"><channel><title>Harbour Post</title><item><guid>one</guid><title>One</title><description>&lt;p&gt;%s&lt;/p&gt;</description></item><item><guid>two</guid><title>Two</title><description>&lt;p&gt;%s&lt;/p&gt;</description></item></channel></rss>' \
	"$lifted" "$(story 50 2 | tr '\n' ' ')" >feed/a.rss
"$WIRELINT" reuse --isolated --format tsv feed docs/c.txt >out 2>err
is 'an item of a feed' "$? $(cut -f1,2 out | tr '\t' ' ')" '1 docs/c.txt feed/a.rss#one'
"$WIRELINT" reuse --isolated --format tsv - docs/c.txt <docs/d.txt >out 2>err
is 'standard input' "$? $(cut -f1,2 out | tr '\t' ' ')" '1 <stdin> docs/c.txt'

# ---- bad input ----
mkdir odd
cp docs/a.txt docs/e.txt odd
: >odd/empty.txt
printf 'Rain.\n' >odd/one.txt
printf 'Rain.\n' >odd/two.txt
printf '\211PNG\r\n\032\n\0\0\0' >odd/picture.txt
"$WIRELINT" reuse --isolated --format tsv odd >out 2>err
is 'an empty file in a folder is an error, what was read is compared' "$? $(cut -f1,2 out | tr '\t' ' ')" '2 odd/a.txt odd/e.txt'
case $(cat err) in *odd/empty.txt*'file is empty'*'1 not read in full; 1 skipped'*) pass 'and is named' ;; *) fail 'and is named'; note_file err ;; esac
"$WIRELINT" reuse --isolated nowhere >out 2>err
is 'a file that is not there' "$? $(cat out)" '2 '
"$WIRELINT" reuse --isolated >out 2>err
is 'nothing named' "$? $(cat err)" '2 wirelint: error: nothing to check: name a file, a folder or - for standard input'
"$WIRELINT" reuse --isolated --format xml docs >out 2>err
is 'an unknown form' "$? $(cat err)" "2 wirelint: error: unknown output form 'xml', expected text, tsv or json"
if [ -w /dev/full ]; then
	"$WIRELINT" reuse --isolated docs >/dev/full 2>err
	is 'a full disk' $? 2
else
	skip 'a full disk' 'no /dev/full'
fi

# ---- many of a kind: no quadratic time, nothing lost ----
mkdir many
story 60 4 >many/0.txt
i=1
while [ $i -lt 3000 ]; do echo many/$i.txt; i=$((i + 1)); done | xargs -n 500 sh -c 'for f; do cp many/0.txt "$f"; done' -
limit 60 "$WIRELINT" reuse --isolated --format tsv many >out 2>err
is '3,000 stories of the same words: each with the first' "$? $(wc -l <out | tr -d ' ') $(cut -f1 out | sort -u)" '1 2999 many/0.txt'
rm -r many
mkdir many
perl -e 'open my $f, "<", "docs/a.txt"; local $/; my $t = <$f>; for my $i (1 .. 2000) { open my $o, ">", "many/$i.txt"; print $o "$t", "The story has the number $i and ends here.\n" }'
limit 60 "$WIRELINT" reuse --isolated --format tsv many >out 2>err
is '2,000 that differ in the last line: none is lost' "$? $(cut -f1,2 out | tr '\t' '\n' | sort -u | wc -l | tr -d ' ')" '1 2000'
[ "$(wc -l <out)" -lt 60000 ] && pass 'in a number of pairs that grows with them' || fail 'in a number of pairs that grows with them'

# ---- rules ----
"$WIRELINT" --isolated --quiet --select copy/duplicate-story --format gcc docs >out 2>err
is 'a rule tells of the later one, with the other as a note' "$? $(sed 's/: [a-z]*:.*//' out | tr '\n' ' ')" '1 docs/e.txt:1:1 docs/a.txt:1:1 '
"$WIRELINT" --isolated --quiet --select copy/duplicate-story docs/e.txt >out 2>err
is 'one file stands beside nothing' "$? $(cat out)" '0 '
mkdir wire
wire='The captain of the first of them had not slept for two nights, and the mayor of the town went on board with bread and lamps.'
{ printf 'HARBOURVILLE, Nov 24 (Reuters) - '; story 70 3; printf '%s\n\n%s\n\n' "$lifted" "$wire"; story 71 3; } >wire/a.txt
{ story 72 6; printf '%s\n\n%s\n\n' "$lifted" "$wire"; story 73 6; } >wire/b.txt
"$WIRELINT" --isolated --quiet --select copy/uncredited-overlap --format gcc wire >out 2>err
is 'copy without credit: exit 1, place and note' "$? $(sed 's/: [a-z]*:.*//' out | tr '\n' ' ')" '1 wire/b.txt:13:1 wire/a.txt:7:1 '
cp out one
"$WIRELINT" --isolated --quiet --select copy/uncredited-overlap --format gcc -j4 wire/b.txt wire/a.txt >two 2>err
is 'the same bytes at any -j and in any order' "$(cat two)" "$(cat one)"
printf 'Source: Reuters\n' >>wire/b.txt
"$WIRELINT" --isolated --quiet --select copy/uncredited-overlap wire >out 2>err
is 'with the credit line: clean' "$? $(cat out)" '0 '
tap_done
