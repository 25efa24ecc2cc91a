# mutate.pl: faults in quotation marks, one a file; tests/mutate.sh says which and why.
#
#	mutate.pl own LANG STORIES FOLDER	from a file of stories, a line a paragraph and a blank line between two
#	mutate.pl news FOLDER			from articles, a line a paragraph, named on standard input: one of each kind an article
#	mutate.pl score FINDINGS MANIFEST...	the counts: source, kind, found, all; and what was missed, as lines that begin with "#"
#
# The first two write files below FOLDER and print their manifest: file, source, kind, the lines on one of which it must be found
# ("-": nothing may be), the paragraph.  Where a fault is put is told by a hash of the paragraph, so that the next run has the same.
use strict;
use warnings;
use utf8;

binmode $_, ':utf8' for *STDOUT, *STDERR;
my @kinds = qw(closer-dropped opener-dropped opener-closes mixed-kinds single-for-double continuation-dropped);
my %pairs = (
	en => ['“”', '""'], fr => ['«»', '“”'], de => ['„“', '»«', '‚‘'], es => ['«»', '“”', '""'],
);
my %single = ('“' => '‘', '”' => '’', '"' => "'", '«' => '‹', '»' => '›', '„' => '‚', '‚' => '‚');
my ($folder, $lang, $source, $number) = ('', 'en', '', 0);

sub hash {
	my $s = substr $_[0], 0, 120;
	my $h = 2166136261;

	utf8::encode($s);
	$h = (($h ^ ord $1) * 16777619) & 0xffffffff while $s =~ /(.)/gs;
	return $h ^ $h >> 15;
}

# The quotations of each paragraph: { ok, run (the index of its first paragraph), pairs: [open, close, continues], mark (with which
# it goes on) }.
sub read_story {
	my @paragraphs = @_;
	my (%close, %is, @found, @stack);
	my ($first, $i) = (0, -1);

	for (@{$pairs{$lang}}) {
		my ($o, $c) = split //;
		$close{$o} = $c;
		$is{$_} = 1 for $o, $c;
	}
	for my $p (@paragraphs) {
		my $f = { ok => 1, run => ++$i, pairs => [] };
		my $at = 0;

		if (@stack) {
			my ($mark, undef) = @{$stack[0]};
			my $repeats = substr $p, 0, 1;

			@stack = ();
			if ($repeats eq $mark || ($lang eq 'es' && $repeats eq $close{$mark})) {
				@$f{qw(run mark)} = ($first, $repeats);
				@stack = ([$mark, 0, 1]);
				$at = 1;
			} else {
				$found[-1]{ok} = $f->{ok} = 0;
			}
		}
		for (; $at < length $p; $at++) {
			my $c = substr $p, $at, 1;

			next if !$is{$c} || ($c eq '"' && substr($p, 0, $at) =~ /\d['’]\d+$/);
			if (@stack && $close{$stack[-1][0]} eq $c) {
				my ($mark, $open, $continues) = @{pop @stack};
				push @{$f->{pairs}}, { open => $open, close => $at, continues => $continues };
			} elsif ($close{$c} && (!@stack || $stack[-1][0] ne $c || substr($p, $stack[-1][1], $at - $stack[-1][1]) =~ /‘[^’]*$/)) {
				push @stack, [$c, $at, 0];
			} else {
				$f->{ok} = 0;
			}
		}
		if (@stack > 1) {
			$f->{ok} = 0;
			@stack = ();
		}
		$first = $f->{run} if @stack;
		push @found, $f;
	}
	$found[-1]{ok} = 0 if @stack;
	return @found;
}

# The paragraph with a fault of this kind; undef where there is none to be made that a reader could see.
sub fault {
	my ($kind, $story, $found, $i) = @_;
	my ($p, $f) = ($story->[$i], $found->[$i]);
	my $next = $i < $#$story ? $story->[$i + 1] : '';
	my (@may, $place, $with);

	if ($kind eq 'continuation-dropped') {
		# in German the mark need not be repeated
		return undef if !defined $f->{mark} || $lang eq 'de';
		$p = substr $p, 1;
		$p =~ s/^\s+//;
		return $p;
	}
	for my $q (@{$f->{pairs}}) {
		# "... the end." and the next paragraph opens: it might run on
		next if $kind eq 'closer-dropped' && $q->{close} >= length($p) - 1 && $next =~ /^["“«»„]/;
		next if $kind eq 'opener-dropped' && $q->{continues};
		next if $kind eq 'opener-closes' && substr($p, $q->{open}, 1) eq substr($p, $q->{close}, 1);
		push @may, $q;
	}
	return undef if !@may;
	my $h = hash("$kind$p");
	my $q = $may[$h % @may];
	my $single = $kind eq 'single-for-double' && $h >> 8 & 1;

	$place = $kind eq 'opener-dropped' || $single ? $q->{open} : $q->{close};
	my $mark = substr $p, $place, 1;
	$with = $kind =~ /dropped/ ? '' :
	    $kind eq 'opener-closes' ? substr($p, $q->{open}, 1) :
	    $kind eq 'mixed-kinds' ? ($mark eq '"' ? '”' : '"') : $lang eq 'de' && $mark eq '“' ? '‘' : $single{$mark};
	return undef if !defined $with || $with eq $mark;
	substr($p, $place, 1) = $with;
	if ($with eq '' && $lang eq 'fr') {	# and the blank that belongs to it
		substr($p, $place, 1) = '' if $kind eq 'opener-dropped' && substr($p, $place, 1) eq "\xa0";
		substr($p, $place - 1, 1) = '' if $kind eq 'closer-dropped' && substr($p, $place - 1, 1) eq "\xa0";
	}
	return $p;
}

# A file of these paragraphs, with a blank line between two; `at` are those on one of which the fault must be found.
sub put {
	my ($kind, $story, $what, @at) = @_;
	my $name = sprintf '%s/%s-%05d.txt', $folder, $lang, $number++;

	open my $out, '>:utf8', $name or die "$name: $!\n";
	print $out join("\n\n", @$story), "\n";
	close $out or die "$name: $!\n";
	printf "%s\t%s\t%s\t%s\t%s\n", $name, $source, $kind, @at ? join(',', map { 2 * $_ + 1 } @at) : '-', $what;
}

sub put_fault {
	my ($kind, $story, $found, $i, $before, $behind) = @_;
	my $p = fault($kind, $story, $found, $i);
	my @with = @$story;
	my $first = $kind eq 'continuation-dropped' ? $found->[$i]{run} : $i;

	return 0 if !defined $p;
	$with[$i] = $p;
	put($kind, [@$before, @with, @$behind], $p, map { $_ + @$before } $first .. $i);
	return 1;
}

sub own {
	my ($path) = @_;
	my ($frame, @stories);

	open my $in, '<:utf8', $path or die "$path: $!\n";
	$frame = <$in>;
	$frame = <$in> while $frame =~ /^#/;
	chomp $frame;
	{
		local $/ = '';
		@stories = grep { /\S/ } <$in>;
	}
	for (@stories) {
		my @story = grep { $_ ne '' } split /\n/;
		my @found = read_story(@story);

		put('sound', [$frame, @story, $frame], $story[0]);
		for my $i (0 .. $#story) {
			die "$path: not understood: $story[$i]\n" if !$found[$i]{ok};
			put_fault($_, \@story, \@found, $i, [$frame], [$frame]) for @kinds;
		}
	}
}

sub news {
	while (my $path = <STDIN>) {
		chomp $path;
		open my $in, '<:raw', $path or die "$path: $!\n";
		my $text = do { local $/; <$in> };

		next if !utf8::decode($text);
		my @story = grep { /\S/ } split /\r?\n/, $text;
		next if @story < 3;
		my @found = read_story(@story);
		for my $kind (@kinds) {
			my @order = sort { $a->[0] <=> $b->[0] } map { [hash("$kind$story[$_]"), $_] } grep { $found[$_]{ok} } 1 .. $#story - 1;
			for (@order) {
				last if put_fault($kind, \@story, \@found, $_->[1], [], []);
			}
		}
	}
}

sub score {
	my ($findings, @manifests) = @_;
	my (%lines, %found, %all, @missed);

	open my $in, '<:utf8', $findings or die "$findings: $!\n";
	while (<$in>) {
		my ($path) = /"path":"([^"]*)"/ or next;
		my ($line) = /"span":\{"start":\{"byte":\d+,"line":(\d+)/ or next;
		$lines{$path}{$line} = 1;
	}
	for (@manifests) {
		open my $in, '<:utf8', $_ or die "$_: $!\n";
		while (<$in>) {
			chomp;
			my ($file, $source, $kind, $at, $what) = split /\t/, $_, 5;
			my $right = $at eq '-' ? !$lines{$file} : grep { $lines{$file}{$_} } split /,/, $at;

			$all{$source}{$kind}++;
			$found{$source}{$kind}++ if $right;
			push @missed, "# $source $kind: $what\n" if !$right;
		}
	}
	for my $source (sort keys %all) {
		print join("\t", $source, $_, $found{$source}{$_} || 0, $all{$source}{$_}), "\n" for grep { $all{$source}{$_} } 'sound', @kinds;
	}
	print @missed;
}

my $what = shift // '';
if ($what eq 'own') {
	($lang, my $path, $folder) = @ARGV;
	$source = 'own';
	own($path);
} elsif ($what eq 'news') {
	$source = 'news';
	$folder = $ARGV[0];
	news();
} elsif ($what eq 'score') {
	score(@ARGV);
} else {
	die "mutate.pl: own, news or score\n";
}
