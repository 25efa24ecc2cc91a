#!/bin/sh
# grow.sh: no test.  How the time and memory of `wirelint reuse` grow with the number of stories.
#
#	sh tests/grow.sh WIRELINT FOLDER [STORIES]...		default: 1000 10000 100000
#
# Stories are made of the articles in FOLDER, again and again: in each round every second long word is another, so that rounds hardly share a run of eight.
# One in twenty takes a paragraph of the one before it, one in fifty is its whole copy.  A line a number of stories: seconds of the
# processor that `reuse` takes, those of `check`, pairs, peak memory a story.
set -u
wirelint=$1
folder=$2
shift 2
[ $# -ne 0 ] || set -- 1000 10000 100000
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

make_stories() {	# make_stories COUNT OUT
	perl -e '
	use strict;
	my ($folder, $count, $out) = @ARGV;
	opendir(my $d, $folder) or die "$folder: $!\n";
	my @names = sort grep { -f "$folder/$_" } readdir $d;
	my ($n, $round, @last) = (0, 0);
	while ($n < $count) {
		for my $name (@names) {
			last if $n == $count;
			local $/;
			open(my $f, "<", "$folder/$name") or die;
			my $text = <$f>;
			my $i = 0;
			$text =~ s{([a-z]{4,})}{$i++ % 2 ? $1 : "$1" . chr(97 + $round % 26) . chr(97 + int($round / 26))}ge if $round;
			my @par = split /(?<=\n)/, $text;
			splice @par, int(@par / 2), 0, $last[@last / 2] if @last && $n % 20 == 7;
			@par = @last if @last && $n % 50 == 11;
			@last = @par;
			my $sub = sprintf "%s/%03d", $out, $n / 1000;
			mkdir $sub;
			open(my $o, ">", sprintf "%s/%06d.txt", $sub, $n) or die;
			print $o @par;
			$n++;
		}
		$round++;
	}' "$folder" "$1" "$2"
}

seconds() {		# seconds COMMAND...: of the processor, and the peak in kilobytes
	/usr/bin/time -f '%U %S %M' -o "$dir/time" "$@" >"$dir/out" 2>/dev/null
	tail -n 1 "$dir/time" | awk '{ print $1 + $2, $3 }'
}

for count in "$@"; do
	mkdir "$dir/stories"
	make_stories "$count" "$dir/stories" || exit 1
	set -- $(seconds "$wirelint" reuse --isolated --quiet --format tsv "$dir/stories")
	pairs=$(wc -l <"$dir/out")
	check=$(seconds "$wirelint" --isolated --quiet "$dir/stories" | cut -d ' ' -f 1)
	echo "$count stories: reuse $1 s, check $check s, $pairs pairs, $(($2 * 1024 / count)) bytes a story at the peak"
	rm -rf "$dir/stories"
done
