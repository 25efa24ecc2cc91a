#!/bin/sh
# sample.sh [OPTION...] WIRELINT FOLDER RULE...: findings to be read, each in its place, and the rows for the list of verdicts.
#
# FOLDER is the one below which the paths of the lists begin.  Of each rule as many are printed as are missing to a hundred: those in
# the lists (tests/judged.tsv, tests/judged-NAME.tsv) are left out and count; at most three of a file; in the order of a hash of path,
# line and column, so that the sample stays when a rule changes.
#
#	--in A,B,...     look only in these folders of FOLDER (default: news,html,formats,markdown)
#	--leave REGEX    leave out paths that match (default: what a test suite made to fail, and pages derived from others there)
#	--number N       a hundred is N
#	--rows FILE      writes the rows for the list, verdict "?", reader b
#	--second         instead: a third of what is in the lists and still found, without verdicts, for a second reader
#	--options WORDS  options for wirelint beside --isolated: "--profile ap"
#
# Without wirelint's tests: needs perl, and real articles.
set -eu
srcdir=${srcdir:-.}
in=news,html,formats,markdown leave='/gold/|/should_fail/' number=100 rows=/dev/null second=0 options=
while [ $# -gt 0 ]; do
	case $1 in
	--in) in=$2; shift 2 ;;
	--leave) leave=$2; shift 2 ;;
	--number) number=$2; shift 2 ;;
	--rows) rows=$2; shift 2 ;;
	--options) options=$2; shift 2 ;;
	--second) second=1; shift ;;
	*) break ;;
	esac
done
if [ $# -lt 3 ]; then
	sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d' >&2
	exit 2
fi
wirelint=$1
folder=${2%/}
shift 2
lists=
for list in "$srcdir"/tests/judged.tsv "$srcdir"/tests/judged-*.tsv; do
	case $list in *-second.tsv | *'*'*) ;; *) lists="$lists $list" ;; esac
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ "$second" = 1 ]; then
	# The lists may name other folders of the corpora: look in all that they name.
	in=$(cat $lists | cut -f2 | sed 's,/.*,,' | grep -v '^planted$' | sort -u | tr '\n' ',')
fi
for part in $(printf %s "$in" | tr , ' '); do
	[ -e "$folder/$part" ] && printf '%s\n' "$folder/$part"
done >"$work/parts"
# All rules run, since some are silent where others speak; those asked for are picked out.
select=$(printf '%s,' "$@")
# shellcheck disable=SC2086,SC2046
"$wirelint" --isolated --quiet --format jsonl --extend-select "${select%,}" $options $(cat "$work/parts") >"$work/findings" || [ $? -le 2 ]
# shellcheck disable=SC2086
FOLDER=$folder LEAVE=$leave RULES=,$select NUMBER=$number ROWS=$rows SECOND=$second perl - "$work/findings" $lists <<'PERL'
use strict;
use warnings;
use Digest::MD5 qw(md5_hex);

my ($findings, @lists) = @ARGV;
my ($folder, $number, $second) = @ENV{qw(FOLDER NUMBER SECOND)};
my (%judged, %read, %found, %of_file);
for my $list (@lists) {
	open my $in, '<', $list or die "$list: $!\n";
	while (<$in>) {
		my @f = split /\t/;
		next if @f < 5 || $f[1] =~ m{^planted/} || $judged{join "\t", @f[0 .. 3]}++;
		$read{$f[0]}++;
		$of_file{$f[0], $f[1]}++;
	}
}
sub unescape {
	my ($s) = @_;
	$s =~ s/\\u([0-9a-fA-F]{4})/pack 'U0C*', unpack 'C*', do { my $c = chr hex $1; utf8::encode($c); $c }/ge;
	$s =~ s/\\(.)/$1/g;
	return $s;
}
open my $in, '<', $findings or die "$findings: $!\n";
while (<$in>) {
	my ($path) = /"path":"((?:[^"\\]|\\.)*)"/ or next;
	my ($rule) = /"rule":"([^"]*)"/;
	next if index($ENV{RULES}, ",$rule,") < 0 && index($ENV{RULES}, ',' . ($rule =~ s{/.*}{}r) . ',') < 0;
	my ($severity) = /"severity":"([^"]*)"/;
	my ($message) = /"message":"((?:[^"\\]|\\.)*)"/;
	my ($a, $line, $column, $z) = /"span":\{"start":\{"byte":(\d+),"line":(\d+),"column":(\d+)\},"end":\{"byte":(\d+)/ or next;
	$path =~ s/%([0-9A-F]{2})/chr hex $1/ge;
	$path =~ s{^\Q$folder\E/}{};
	next if !$second && $ENV{LEAVE} ne '' && $path =~ /$ENV{LEAVE}/;
	push @{$found{$rule}}, { key => join("\t", $rule, $path, $line, $column), path => $path, line => $line, column => $column, a => $a, z => $z,
	    message => unescape($message), severity => $severity, order => md5_hex("$path:$line:$column") };
}
open my $rows, '>', $ENV{ROWS} or die "$ENV{ROWS}: $!\n";
my ($of, $bytes) = ('', '');
my $n = 0;
for my $rule (sort keys %found) {
	my $have = $second ? 0 : $read{$rule} || 0;
	for my $f (sort { $a->{order} cmp $b->{order} } @{$found{$rule}}) {
		if ($second) {
			next if !$judged{$f->{key}} || hex(substr md5_hex("second:$f->{key}"), 0, 6) % 3 != 0;
		} else {
			last if $have >= $number;
			next if $judged{$f->{key}} || ($of_file{$rule, $f->{path}} || 0) >= 3;
			$judged{$f->{key}} = 1;
			$of_file{$rule, $f->{path}}++;
		}
		$have++;
		if ($of ne $f->{path}) {
			$of = $f->{path};
			local $/;
			open my $file, '<:raw', "$folder/$of" or die "$folder/$of: $!\n";
			$bytes = <$file>;
		}
		my $from = $f->{a} > 300 ? $f->{a} - 300 : 0;
		my $before = substr $bytes, $from, $f->{a} - $from;
		my $what = substr $bytes, $f->{a}, $f->{z} - $f->{a};
		my $after = substr $bytes, $f->{z}, 300;
		$what = substr($what, 0, 300) . ' ... ' . substr($what, -300) if length $what > 700;
		s/^[\x80-\xbf]+// for $before, $after;
		s/[\xc0-\xff][\x80-\xbf]*$// for $after;
		s/\r?\n\s*/\n      /g for $before, $what, $after;
		printf "#%d %s %s:%d:%d %s\n   %s\n      %s%s[[%s]]%s%s\n\n", ++$n, $rule, $of, $f->{line}, $f->{column}, $f->{severity}, $f->{message},
		    $from > 0 ? '...' : '', $before, $what, $after, $f->{z} + 300 < length $bytes ? '...' : '';
		print $rows "$f->{key}\t?\tb\n";
	}
}
PERL
