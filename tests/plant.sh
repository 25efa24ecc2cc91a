#!/bin/sh
# plant.sh: a word is planted in each kind of block and field of each format, and must be found at exactly its bytes.
#
# The stories are in tests/plant, one a format.  "Xfault" must be reported wherever it stands, however it is written: as it is, with
# an entity or an escape in it, in an escaped second layer, with inline markup in the middle.  "Xnever" stands where nobody reads
# it as part of the story, and must not be reported.  A line @FILL@ is nothing, or 70,000 lines, so that what follows lies beyond
# line 65,535.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
command -v perl >/dev/null 2>&1 || skip_all 'perl is not there'
case $srcdir in /*) ;; *) srcdir=$PWD/$srcdir ;; esac
cd "$tmp" || exit 99

# planted WHAT FILE [OPTION...]: holds the findings in FILE against where the words stand in it.
planted() {
	what=$1 file=$2
	shift 2
	"$WIRELINT" --isolated --select plant --rules "$srcdir/tests/plant/rules.xml" --format jsonl "$@" "$file" >found 2>err
	status=$?
	perl -e '
	my ($file, $found) = @ARGV;
	local $/;
	open my $f, "<:raw", $file or die; my $s = <$f>;
	open $f, "<:raw", $found or die; my $out = <$f>;
	my (%want, %have, $bad);
	my $fault = qr/X(?:f|&#102;|&amp;#102;|\\u0066|=66)a(?:<b>|&lt;b&gt;|<b>|\*\*|=\r?\n)?ul(?:<\/b>|&lt;\/b&gt;|<\\\/b>|\*\*)?t/;
	$want{pos($s) - length($&) . "-" . pos($s)} = $& while $s =~ /$fault/g;
	while ($out =~ /"span":\{"start":\{"byte":(\d+).*?"end":\{"byte":(\d+)/g) {
		$have{"$1-$2"} = substr($s, $1, $2 - $1) unless $have{"$1-$2"};
	}
	for (sort { $a <=> $b } keys %want) { $bad .= "not found: $_ $want{$_}: " . substr($s, ($_ =~ /^(\d+)/)[0] - 30, 60) . "\n" unless $have{$_} }
	for (sort { $a <=> $b } keys %have) { $bad .= "found: $_ \"$have{$_}\"\n" unless $want{$_} }
	$bad .= "nothing was planted\n" unless %want;
	print $bad // "";
	' "$file" found >faults 2>&1
	if [ $status -eq 1 ] && [ ! -s faults ]; then
		pass "$what"
	else
		fail "$what: exit status $status"
		note_file faults
		note_file err
	fi
}

for story in "$srcdir"/tests/plant/*; do
	name=${story##*/}
	case $name in rules.xml) continue ;; esac
	format=${name%%.*}
	sed '/^@FILL@/d' "$story" >"$name"
	planted "$name" "$name"
	planted "$name, as its format" "$name" --as "$format"
	grep -q '^@FILL@' "$story" || continue
	awk '/^@FILL@/ { for (i = 0; i < 70000; i++) print ""; next } { print }' "$story" >"$name"
	planted "$name, beyond line 65,535" "$name"
	# what can say its encoding, in ISO-8859-1, with 70 KB of other characters than ASCII before it
	case $name in *.xml | *.html) ;; *) continue ;; esac
	perl -e '
	local $/;
	open my $f, "<:utf8", $ARGV[0] or die; my $s = <$f>;
	s/encoding="UTF-8"/encoding="iso-8859-1"/, s/charset="utf-8"/charset="iso-8859-1"/,
	    s/^\@FILL\@/"<!-- " . "\x{E9}" x 70000 . " -->"/me for $s;
	binmode STDOUT;
	$s =~ s/[^\x00-\xFF]/-/g;
	print $s;
	' "$story" >"$name"
	planted "$name, beyond 64 KB of ISO-8859-1" "$name"
done
tap_done
