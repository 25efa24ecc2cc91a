# bench.pl: `make bench`: how fast wirelint is, beside what stands on the machine, and how time and memory grow.
#
# Whatever is compared runs in turn, so that what else the machine does meets all alike; a ratio is that of one turn, and the median of
# the turns is told; of growth the best turn.  Time is that of the processor, user and system, of the whole process, unless it says
# otherwise.  doc/performance.md explains the tables; each goes to table-SECTION.md in the working folder too, and into the file that
# WIRELINT_BENCH_DOC names, between "<!-- bench SECTION -->" and "<!-- end -->".
#
# Variables of the environment, all optional:
#
#	WIRELINT_CORPUS		folders of articles, with ":" between; their formats are those that wirelint sees (else: generate.pl)
#	WIRELINT_PATTERNS	expressions for ripgrep, a line each (else: generate.pl)
#	WIRELINT_PEERS		a folder with a node_modules that has textlint, write-good, alex
#	WIRELINT_BENCH_DIR	the working folder, some 3 GB (bench/work); it is made anew by each run
#	WIRELINT_BENCH_AGAIN	1: the articles that the last run left in WIRELINT_BENCH_DIR
#	WIRELINT_BENCH_RUNS	turns (7; of growth 7 at least, of slow peers 3)
#	WIRELINT_BENCH_FILES	articles (10000)
#	WIRELINT_BENCH_BIG	size of the big files in MB (300)
#	WIRELINT_BENCH_LONG	size in MB of the first of four files that double (1)
#	WIRELINT_BENCH_ONLY	sections, with "," between, in this order: text, peers, formats, cold, threads, memory, growth, findings
use strict;
use warnings;
use Cwd qw(abs_path getcwd);
use File::Copy qw(copy);
use File::Find qw(find);
use File::Path qw(make_path remove_tree);

my $built = getcwd;
my $srcdir = abs_path($ENV{srcdir} // '.');
my $wirelint = abs_path($ENV{WIRELINT} // "$built/wirelint");
my $work = $ENV{WIRELINT_BENCH_DIR} // "$built/bench/work";
my $runs = $ENV{WIRELINT_BENCH_RUNS} // 7;
my $growths = $runs < 7 ? 7 : $runs;	# of growth
my $files = $ENV{WIRELINT_BENCH_FILES} // 10_000;
my $big = ($ENV{WIRELINT_BENCH_BIG} // 300) * 1_000_000;
my $doc = defined $ENV{WIRELINT_BENCH_DOC} ? abs_path($ENV{WIRELINT_BENCH_DOC}) : undef;
my $patterns = defined $ENV{WIRELINT_PATTERNS} ? abs_path($ENV{WIRELINT_PATTERNS}) : undef;
my $peers = defined $ENV{WIRELINT_PEERS} ? abs_path($ENV{WIRELINT_PEERS}) : undef;
my @corpus = map { abs_path($_) // die "$_: no such folder\n" } split /:/, $ENV{WIRELINT_CORPUS} // '';
my $long = $ENV{WIRELINT_BENCH_LONG} // 1;
my @only = split /,/, $ENV{WIRELINT_BENCH_ONLY} // 'text,peers,formats,cold,threads,memory,growth,findings';
my @checks = ($wirelint, '--isolated', '-q');		# what every run of wirelint begins with
my @core = (@checks, '--select=tier:core');		# one article's rules: none that looks at the other stories of a run

# ---- running ----

# The command's { cpu, wall: seconds; memory: bytes; status }.  Only what ended by itself is a measurement.
sub measure {
	my ($command) = @_;
	my ($in, $out) = ($command->{in} // '/dev/null', $command->{out} // 'out');

	open my $pipe, '-|', "$built/bench/measure", $in, $out, @{$command->{run}} or die "measure: $!\n";
	my ($cpu, $wall, $memory, $status) = split ' ', <$pipe> // '';
	close $pipe;
	die "bench: $command->{run}[0] ended with status " . ($status // 'unknown') . ", see $work/$out.err\n"
	    if !defined $status || $status > ($command->{most} // 1);
	return { cpu => $cpu / 1e6, wall => $wall / 1e6, memory => $memory * 1024, status => $status };
}

# Each command so many times, in turn; once before that, so that files are warm.  A list of results a command.
sub in_turn {
	my ($times, @commands) = @_;
	my @results = map { [] } @commands;

	measure $_ for @commands;
	for (1 .. $times) {
		push @{$results[$_]}, measure $commands[$_] for 0 .. $#commands;
	}
	return @results;
}

sub median {
	my @sorted = sort { $a <=> $b } @_;
	return $sorted[$#sorted / 2];
}
sub middle { my ($results, $what) = @_; return median map { $_->{$what} } @$results }
sub lowest { my ($results, $what) = @_; return (sort { $a <=> $b } map { $_->{$what} } @$results)[0] }
sub ratio {			# of a to b, turn by turn
	my ($a, $b, $what) = @_;
	return median map { $a->[$_]{$what} / ($b->[$_]{$what} || 1e-6) } 0 .. $#$a;
}

sub in_path {			# the program's path, or undef
	my ($name) = @_;
	return (grep { -x $_ } map { "$_/$name" } (defined $peers ? ("$peers/node_modules/.bin") : ()), split /:/, $ENV{PATH})[0];
}

# ---- files ----
sub spill {
	my ($name, @lines) = @_;
	open my $out, '>', $name or die "$name: $!\n";
	print $out @lines;
	close $out or die "$name: $!\n";
}
sub slurp {
	my ($name) = @_;
	open my $in, '<', $name or die "$name: $!\n";
	local $/;
	return <$in>;
}
sub generate {			# generate OUT IN ARGUMENT...
	my ($out, $in, @args) = @_;
	my $errors = system 'sh', '-c', 'in=$1; out=$2; shift 2; exec "$@" <"$in" >"$out"', 'sh', $in, $out, 'perl', "$srcdir/bench/generate.pl", @args;
	die "bench: generate.pl failed\n" if $errors;
}
sub one_line {			# the file FROM as one line
	my ($from, $to) = @_;
	open my $in, '<', $from or die "$from: $!\n";
	open my $out, '>', $to or die "$to: $!\n";
	while (<$in>) {
		next if $_ eq "\n";
		s/\n/ /;
		print $out $_;
	}
	close $out or die "$to: $!\n";
}
sub total { my $n = 0; $n += -s $_ for @_; return $n }

my %of;				# the files of each format, below the working folder

sub take {			# copies of these files as a folder of the format, repeated until there are $number, or $bytes in all
	my ($format, $number, $bytes, @from) = @_;
	my $n = 0;

	@from = sort @from;
	mkdir $format;
	while ($number > 0 || $bytes > 0) {
		my $from = $from[$n % @from];
		my ($ending) = $from =~ /(\.\w+)$/;
		my $to = sprintf '%s/%05d%s', $format, $n++, $ending // '';

		copy($from, $to) or die "$from: $!\n";
		push @{$of{$format}}, $to;
		$number--;
		$bytes -= -s $to;
	}
}

sub take_corpus {
	my (%found, @all);

	find({ no_chdir => 1, wanted => sub { push @all, $_ if -f && -s _ && !m{/\.|[\\"%\n]|\.tsv$} } }, @corpus);
	spill('list', map { "$_\n" } sort @all);
	open my $pipe, '-|', 'sh', '-c', 'tr "\n" "\0" <list | xargs -0 -n 1 "$1" show --isolated --format=json 2>/dev/null', 'sh', $wirelint
	    or die "xargs: $!\n";
	while (<$pipe>) {
		my ($path, $format) = /^\[?,?\{"path":"([^"]*)",.*?"format":"([^"]*)"/ or next;
		push @{$found{$format}}, $path unless @{$found{$format} // []} && $found{$format}[-1] eq $path;
	}
	close $pipe;
	die "bench: no articles below @corpus\n" unless $found{text};
	take('text', $files, 0, @{$found{text}});
	take($_, 0, 5e6, @{$found{$_}}) for grep { $_ ne 'text' && @{$found{$_}} >= 5 } sort keys %found;
}

sub prepare {
	my $again = $ENV{WIRELINT_BENCH_AGAIN};

	remove_tree($work) unless $again;
	make_path($work);
	chdir $work or die "$work: $!\n";
	if (@corpus && !$again) {
		take_corpus;
	} else {
		generate('/dev/null', '/dev/null', 'articles', $work, $files) unless $again;
		find({ no_chdir => 1, wanted => sub { push @{$of{$1}}, $_ if m{^([\w-]+)/\d} } }, grep { -d } glob '*');
		@{$of{$_}} = sort @{$of{$_}} for keys %of;
	}
	spill("list-$_", map { "$_\n" } @{$of{$_}}) for keys %of;
	if (defined $patterns) { copy($patterns, 'patterns') or die "$patterns: $!\n" } else { generate('patterns', '/dev/null', 'patterns') }
	# One article of about 4 KB, and one of a sentence, which costs what starting costs.
	my $article = (sort { abs((-s $a) - 4096) <=> abs((-s $b) - 4096) || $a cmp $b } @{$of{text}})[0];
	copy($article, 'article.txt');
	spill('nothing.txt', "The harbour is open.\n");
}

# ---- telling ----
my @fragment;

sub row {
	my (@cells) = @_;
	my $line = '| ' . join(' | ', @cells) . ' |';

	push @fragment, "$line\n";
	print "$line\n";
}
sub head { row(@_); row(map { '---' } @_) }
sub done {			# done SECTION: its table is complete
	my ($section) = @_;
	my $text = join '', @fragment;

	@fragment = ();
	print "\n";
	spill("table-$section.md", $text);
	if (defined $doc) {
		my $all = slurp($doc);
		$all =~ s/(<!-- bench $section -->\n).*?(<!-- end -->)/$1\n$text\n$2/s or die "$doc: no place for $section\n";
		spill($doc, $all);
	}
}
sub seconds { my ($s) = @_; return $s < 0.1 ? sprintf('%.1f ms', $s * 1000) : sprintf('%.2f s', $s) }
sub mb { return sprintf($_[0] < 9.95e6 ? '%.1f MB' : '%.0f MB', $_[0] / 1e6) }
sub speed { return sprintf '%s, %s/s', seconds($_[1]), mb($_[0] / $_[1]) }
sub holds { return $_[0] ? 'yes' : '**no**' }
sub least { my ($value, $aim) = @_; return ("at least $aim", holds($value >= $aim)) }
sub most { my ($value, $aim, $unit) = @_; return ("at most $aim" . ($unit // ""), holds($value <= $aim)) }
sub commas { my $n = reverse $_[0]; $n =~ s/(\d{3})(?=\d)/$1,/g; return scalar reverse $n }

# ---- the sections ----
sub bench_text {
	my $bytes = total(@{$of{text}});
	my $rg = in_path('rg');

	print commas(scalar @{$of{text}}), ' articles of plain text, ', mb($bytes), ", one thread, findings to a file\n";
	head('articles of plain text', 'wirelint', 'beside it', 'throughput, wirelint to it', 'aim', 'holds');
	return row('ripgrep, 100 patterns', '', 'not on this machine', '', '', '') unless $rg;
	my ($own, $it) = in_turn($runs, { run => [@core, '-j1', 'text'] },
	    { run => [$rg, '-j1', '-i', '-o', '--no-unicode', '-f', 'patterns', 'text'] });
	my $share = ratio($it, $own, 'cpu');
	row(commas(scalar @{$of{text}}) . ', ' . mb($bytes) . '; ripgrep, 100 patterns', speed($bytes, middle($own, 'cpu')), speed($bytes, middle($it, 'cpu')),
	    sprintf('%.2f', $share), least($share, 0.75));
}

sub bench_peers {
	# They are slow: 200 articles for them, 2,000 for wirelint, each file a different one, so that starting counts little on both sides.
	my ($less, $more) = map { $files < $_ ? $files : $_ } 200, 2000;
	my @slice = @{$of{text}}[0 .. $less - 1];
	my @longer = @{$of{text}}[0 .. $more - 1];
	my ($bytes, $longer) = (total(@slice), total(@longer));
	my $modules = defined $peers ? "$peers/node_modules" : 'node_modules';
	my @all = (
		['GNU diction', 'diction', []], ['codespell', 'codespell', [], undef, 65],
		['textlint, three rules', 'textlint', ['--no-textlintrc', '--rules-base-directory', $modules, '--rule', 'max-comma', '--rule', 'no-todo', '--rule', 'terminology'], 200],
		['write-good', 'write-good', [], undef, 255], ['alex', 'alex', ['--text']],
	);

	spill('list-longer', map { "$_\n" } @longer);
	head('beside what', "wirelint, $more articles", "it, $less articles", 'throughput, wirelint to it', 'aim', 'holds');
	for my $peer (@all) {
		my ($name, $program, $args, $aim, $most) = @$peer;
		my $path = in_path($program);

		if (!$path) {
			row($name, '', 'not on this machine', '', '', '');
			next;
		}
		my ($own, $it) = in_turn(3, { run => [@core, '-j1', '--files-from=list-longer'] }, { run => [$path, @$args, @slice], most => $most // 2 });
		my $times = ratio($it, $own, 'cpu') * $longer / $bytes;
		row($name, speed($longer, middle($own, 'cpu')), speed($bytes, middle($it, 'cpu')), sprintf('%.0f', $times),
		    defined $aim ? least($times, $aim) : ('', ''));
	}
}

sub bench_formats {
	my %bare = ((map { $_ => ['bare_xml', 'libxml2, SAX', 0.25, []] } qw(nitf newsml newsml-g2 rss atom)), html => ['bare_html', 'libxml2, HTML by SAX', 0.25, ['--html']],
	    (map { $_ => ['bare_json', 'own reader of JSON', 0.33] } qw(ninjs ap-json json-feed dpa-json)), markdown => ['bare_markdown', 'md4c', 0.5]);
	my $xmllint = in_path('xmllint');

	head('format', 'files', 'wirelint', 'bare parse', 'throughput, wirelint to it', 'aim', 'holds', 'xmllint', 'to it');
	for my $format (grep { $bare{$_} } sort keys %of) {
		my ($program, $library, $aim, $lint) = @{$bare{$format}};
		my $bytes = total(@{$of{$format}});
		my @commands = ({ run => [@core, '-j1', "--files-from=list-$format"], most => 2 }, { run => ["$built/bench/$program"], in => "list-$format" });

		push @commands, { run => [$xmllint, '--noout', '--nonet', @$lint, @{$of{$format}}], most => 10 } if $xmllint && $lint;
		my ($own, $it, $other) = in_turn($runs, @commands);
		my $share = ratio($it, $own, 'cpu');
		row($format, commas(scalar @{$of{$format}}) . ', ' . mb($bytes), speed($bytes, middle($own, 'cpu')), seconds(middle($it, 'cpu')) . ", $library",
		    sprintf('%.2f', $share), least($share, $aim), $other ? (seconds(middle($other, 'cpu')), sprintf('%.2f', ratio($other, $own, 'cpu')))
		    : $lint ? ('not on this machine', '') : ('', ''));
	}
}

sub bench_cold {
	my ($own, $none, $it) = in_turn($runs * 9, { run => [@checks, 'article.txt'] }, { run => [@checks, 'nothing.txt'] }, { run => ["$built/bench/empty"] });

	head('', 'wirelint', 'empty program', 'wirelint to it', 'aim', 'holds');
	row('one article of ' . (-s 'article.txt') . ' bytes', seconds(middle($own, 'cpu')), seconds(middle($it, 'cpu')), sprintf('%.1f', ratio($own, $it, 'cpu')),
	    most(ratio($own, $it, 'cpu'), 3));
	row('one sentence', seconds(middle($none, 'cpu')), seconds(middle($it, 'cpu')), sprintf('%.1f', ratio($none, $it, 'cpu')), '', '');
	row('one article, by the clock', seconds(middle($own, 'wall')), seconds(middle($it, 'wall')), sprintf('%.1f', ratio($own, $it, 'wall')), '', '');
}

sub bench_threads {
	my ($one, $two) = in_turn($runs, { run => [@core, '-j1', 'text'] }, { run => [@core, '-j2', 'text'] });
	my $times = ratio($one, $two, 'wall');
	my @best = map { my $r = $_; (sort { $a <=> $b } map { $_->{wall} } @$r)[0] } $one, $two;

	head('', 'one thread', 'two threads', 'one to two', 'aim', 'holds');
	row('by the clock', seconds(middle($one, 'wall')), seconds(middle($two, 'wall')), sprintf('%.2f', $times), least($times, 1.8));
	row('by the clock, the best turn of each', seconds($best[0]), seconds($best[1]), sprintf('%.2f', $best[0] / $best[1]), '', '');
	row('of the processor', seconds(middle($one, 'cpu')), seconds(middle($two, 'cpu')), sprintf('%.2f', ratio($one, $two, 'cpu')), '', '');
}

sub bench_memory {
	head('', 'bytes', 'peak', 'aim', 'holds', 'time of the processor');
	for my $threads (1, 2) {
		my $r = measure({ run => [@core, "-j$threads", 'text'] });
		row(commas(scalar @{$of{text}}) . " articles, -j$threads", mb(total(@{$of{text}})), mb($r->{memory}), most($r->{memory} / 1e6, 24, " MB"),
		    seconds($r->{cpu}));
	}
	generate('prose', '/dev/null', 'prose', $big);
	for my $kind ('text', 'text in one line', 'markdown', 'html', 'nitf', 'ninjs') {
		my ($format) = $kind =~ /^(\w+)/;
		my $name = "big.$format";

		if ($kind eq 'text') { link 'prose', $name } elsif ($kind =~ /line/) { one_line('prose', $name) } else { generate($name, 'prose', 'wrap', $format) }
		my $r = measure({ run => [@checks, '-j1', "--as=$format", $name], most => 255 });
		my $times = $r->{memory} / -s $name;
		my ($findings) = `wc -l <out` =~ /(\d+)/;
		row("$kind, one file, " . commas($findings) . ' findings' . ($r->{status} > 1 ? ", status $r->{status}" : ''), mb(-s $name), mb($r->{memory}) . sprintf(', %.2f times', $times),
		    most($times, 3, " times"), seconds($r->{cpu}));
		unlink $name;
	}
	unlink 'prose';
}

# A row of how time doubles: the commands are of 1, 2, 4 ... times as much; what start costs is taken off.  Each one's best turn counts:
# what else the machine does can only add to it, and to one step more than to the next.
sub doubling {
	my ($what, $start, @commands) = @_;
	my ($base, @times) = map { lowest($_, 'cpu') } in_turn($growths, $start, @commands);
	my @growth;

	$_ -= $base for @times;
	push @growth, $times[$_] / ($times[$_ - 1] || 1e-6) for 1 .. $#times;
	row($what, seconds($base), join(', ', map { seconds $_ } @times), join(', ', map { sprintf '%.2f', $_ } @growth), holds(!grep { $_ > 2.2 } @growth));
}

sub bench_growth {
	my $nothing = { run => [@checks, '-j1', 'nothing.txt'] };
	my @slice = @{$of{text}}[0 .. ($files < 500 ? $files : 500) - 1];
	my @commands;

	head('what doubles', 'taken off', 'time, of the processor', 'from step to step (at most 2.2)', 'holds');
	for my $part (8, 4, 2, 1) {
		spill("list-$part", map { "$_\n" } @{$of{text}}[0 .. int(@{$of{text}} / $part) - 1]);
		push @commands, { run => [@core, '-j1', "--files-from=list-$part"] };		# the articles are copies of each other from some number on
	}
	doubling('files: ' . join(', ', map { commas(int @{$of{text}} / $_) } 8, 4, 2, 1), $nothing, @commands);

	# Prose of four lengths, each the beginning of the longest.
	my @lengths = map { $_ * $long } 1, 2, 4, 8;
	generate('prose', '/dev/null', 'prose', $lengths[-1] * 1_000_000);
	my $prose = slurp('prose');
	for my $n (@lengths) {
		my $end = $n == $lengths[-1] ? length $prose : index($prose, "\n\n", $n * 1_000_000) + 2;
		spill("prose-$n", substr $prose, 0, $end);
		one_line("prose-$n", "line-$n");
	}
	for my $kind ('text', 'text in one line', 'markdown', 'html', 'nitf', 'newsml-g2', 'rss', 'ninjs') {
		my ($format) = $kind =~ /^([\w-]+)/;
		@commands = ();
		for my $n (@lengths) {
			my $name = $kind eq 'text' ? "prose-$n" : $kind =~ /line/ ? "line-$n" : "$format-$n";
			generate($name, "prose-$n", 'wrap', $format) if $format ne 'text';
			push @commands, { run => [@checks, '-j1', "--as=$format", $name] };
		}
		doubling("length of one file, $lengths[0] to $lengths[-1] MB: $kind", $nothing, @commands);
		unlink map { "$format-$_" } @lengths;
	}

	# Rules: of a pack, which has to be read too; then the built-in ones, every eighth of them, and so on.
	spill('list-slice', map { "$_\n" } @slice);
	generate("rules-$_.xml", '/dev/null', 'rules', $_) for 1, 250, 500, 1000, 2000;
	doubling('rules of a pack, 250 to 2,000, over 500 articles', { run => [@checks, '-j1', '--rules=rules-1.xml', '--select=bench', '--files-from=list-slice'] },
	    map { { run => [@checks, '-j1', "--rules=rules-$_.xml", '--select=bench', '--files-from=list-slice'] } } 250, 500, 1000, 2000);
	my @ids = grep { m{/} } map { /^([^ ]+)/ } split /\n/, `$wirelint rules --isolated`;
	doubling('rules built in, an eighth of ' . @ids . ' to all, over 500 articles', { run => [@checks, '-j1', '--select=bench', '--rules=rules-1.xml', '--files-from=list-slice'] },
	    map { my $part = $_; { most => 2, run => [@checks, '-j1', '--select=' . join(',', @ids[grep { $_ % $part == 0 } 0 .. $#ids]), '--files-from=list-slice'] } } 8, 4, 2, 1);
}

# The same prose with more and more faults in it, told in several forms; without faults is what is taken off.
sub bench_findings {
	generate('prose', '/dev/null', 'prose', 2_000_000 * $long);
	head('what doubles', 'taken off', 'time, of the processor', 'from step to step (at most 2.2)', 'holds');
	generate("faults-$_", 'prose', 'faults', $_) for 0, 8000, 16000, 32000, 64000;
	for my $form ('gcc', 'jsonl', 'sarif', 'gitlab', 'junit') {
		doubling("findings, 8,000 to 64,000 in " . 2 * $long . " MB of text: $form", map { { run => [@checks, '-j1', "--format=$form", '--as=text', "faults-$_"] } } 0, 8000, 16000, 32000, 64000);
	}
}

# ---- all of it ----
$| = 1;
$ENV{LC_ALL} = 'C';
prepare;
my %sections = (text => \&bench_text, peers => \&bench_peers, formats => \&bench_formats, cold => \&bench_cold, threads => \&bench_threads,
    memory => \&bench_memory, growth => \&bench_growth, findings => \&bench_findings);
for my $section (@only) {
	my $code = $sections{$section} // die "bench: no section $section\n";
	$code->();
	done($section);
}
chdir $built;
remove_tree($work) unless defined $ENV{WIRELINT_BENCH_DIR};
