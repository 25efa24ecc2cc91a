# generate.pl: what is measured on, where no corpus is named: news copy that nobody wrote but that reads as news does, in each format.
#
#	generate.pl articles FOLDER NUMBER	that many articles of 1 to 9 KB as plain text, and an eighth of them in each other format
#	generate.pl prose BYTES			paragraphs, a line each and an empty line between
#	generate.pl wrap FORMAT <PROSE		one article of that format
#	generate.pl patterns			100 expressions of word lists, for ripgrep
#	generate.pl rules NUMBER		a rule pack
#	generate.pl faults NUMBER <PROSE	the prose with that many faults, spread over it
#
# The same call gives the same bytes.
use strict;
use warnings;

my ($what, @args) = @ARGV;
my $random = 20261128;

# Knuth's generator: perl's own might differ from version to version.
sub pick {
	$random = ($random * 1103515245 + 12345) & 0x7fffffff;
	return ($random >> 8) % $_[0];
}
sub any { return $_[pick(scalar @_)] }

my @first = qw(Ada Mia Jan Lena Omar Ruth Paul Nora Ivan Clara Yusuf Greta Hugo Elif Sven Marta Liam Petra Tomas Aylin);
# Names of people and places are many, so that no two paragraphs are the same by chance.
my @begins = qw(Har Port Mill East Stone Lark North King Raven Oak Brand Lind Kel De Nov Whit Mar Sand Pet Fer Had Kow Ash Mor Tan Vance Wal Ber Hol Dun
	Gar Sel Tor Win Cal Bran Hem Lan Pol Ros);
my @middles = ('', qw(bo le ri sto ma ven ka de lo ne ra ti go sha du));
my @last = map { my $b = $_; map { my $m = $_; map { "$b$m$_" } qw(r t nd ll ck m son berg ley nt) } @middles } @begins;
my @places = map { my $b = $_; map { my $m = $_; map { "$b$m$_" } qw(ville mere bridge field gate holm haven hurst ford) } @middles } @begins;
my @bodies = ('the harbour office', 'the city council', 'the health ministry', 'the central bank', 'the port authority', 'the county court',
	'the weather service', 'the rail operator', 'the teachers\' union', 'the electoral commission', 'the coast guard', 'the energy regulator');
my @roles = ('finance minister', 'mayor', 'chief pilot', 'professor of economics', 'police chief', 'head of the union', 'spokeswoman for the council',
	'fire officer', 'hospital director', 'farmer', 'project manager', 'judge');
my @nouns = qw(budget bridge reform strike flood harvest tunnel inquiry election tax vaccine ferry school storm market pension contract
	hospital railway licence drought refinery treaty stadium);
my @kinds = qw(local national regional emergency annual public private former new planned disputed temporary);
my @deeds = ('approved', 'rejected', 'delayed', 'reviewed', 'cancelled', 'extended', 'published', 'criticised', 'defended', 'suspended');
my @months = qw(January February March April May June July August September October November December);
my @days = qw(Monday Tuesday Wednesday Thursday Friday Saturday Sunday);
my @cues = qw(said added explained warned argued insisted noted);
my @claims = ('the work would take at least {n} weeks', 'nobody had been hurt', 'costs had risen by {n} percent since {month}',
	'the {kind} {noun} was no longer needed', 'a decision would come before {day}', 'more than {n},000 people were affected',
	'the figures had been checked twice', 'residents should expect delays', 'the {noun} had been planned for years',
	'talks with {body} would go on', 'there was no reason for alarm', 'the {kind} {noun} had cost ${n} million');
my @says = ('We have waited for this {noun} for {n} years', 'Nobody told us what the {kind} {noun} would mean', 'It is a good day for {place}',
	'The numbers speak for themselves', 'We will not accept another {kind} {noun}', 'People here need answers, and they need them by {day}',
	'There is still a great deal of work to do', 'I have never seen anything like it in {n} years', 'What matters now is the {noun}',
	'The {kind} {noun} must be paid for by someone');
my @sentences = (
	'{Body} {deed} the {kind} {noun} on {day} after months of debate.', '{Body} said on {day} that {claim}.',
	'{Full}, {role} in {place}, said that {claim}.', '{Last} {cue} that {claim}.', 'According to {body}, {claim}.',
	'The {kind} {noun}, which opened in {month} {year}, serves about {n},000 people in {place} and the villages around it.',
	'In {month} {body} had {deed} a similar plan for {place}, but the {noun} went ahead.',
	'Shares in the company fell {n} percent in early trading, and the {noun} was put off until {month}.',
	'"{say}, and {claim}," said {Full}, {role} in {place}.', '"{say}," {Last} {cue}. "The {noun} in {place} is a {kind} one, and {claim}."', '"{say}," {cue} {Last}, who has lived in {place} since {year}.',
	'The road between {place} and {place} was closed for {n} hours, and traffic was sent past the {noun}.',
	'About {n} people gathered outside the {noun} in {place}, some of them with banners.',
	'A report that was published on {month} {n} found that {claim}.', 'The {noun} is one of {n} that the government wants to sell by {year}.',
	'Critics of the {kind} {noun} say it favours large companies over small ones.', 'It was not clear whether {body} would appeal.',
	'{Body} did not respond to a request for comment.', 'Voters in {place} go to the polls on {month} {n}.',
	'The {noun} follows a {kind} review by {body} in {year}, which named {n} failings.',
	'Last year the region earned ${n}.{n} million from the {noun}, a little less than in {year}.',
	'Rain fell for {n} days, rivers rose, and the {noun} at {place} had to be closed.',
);

sub filled;
my %slots = (
	n => sub { 2 + pick(27) }, year => sub { 1990 + pick(36) }, month => sub { any @months }, day => sub { any @days },
	place => sub { any @places }, noun => sub { any @nouns }, kind => sub { any @kinds }, deed => sub { any @deeds }, role => sub { any @roles },
	cue => sub { any @cues }, body => sub { any @bodies }, Body => sub { ucfirst any @bodies }, Last => sub { any @last },
	Full => sub { any(@first) . ' ' . any(@last) }, claim => sub { filled any @claims }, say => sub { filled any @says },
);
sub filled {
	my ($s) = @_;
	$s =~ s/\{(\w+)\}/$slots{$1}->()/ge;
	return $s;
}
sub paragraph { return join ' ', map { filled any @sentences } 1 .. 1 + pick(4) }

sub prose {		# of about so many bytes, as a list of paragraphs
	my ($bytes) = @_;
	my @list;

	while ($bytes > 0) {
		push @list, paragraph;
		$bytes -= 2 + length $list[-1];
	}
	return @list;
}

sub article {
	my ($bytes) = @_;
	my $place = any @places;
	my ($first, @rest) = prose $bytes;

	return {
		headline => filled(any('{place} council {deed} {kind} {noun}', '{Body} {deed} the {noun}', '{kind} {noun} in {place} by {year}')) =~ s/^(.)/\u$1/r,
		byline => filled('By {Full}'), dateline => uc $place, lead => $first, rest => \@rest,
		date => sprintf('2026-%02d-%02d', 1 + pick(12), 1 + pick(28)), number => pick(1 << 22),
	};
}

sub escaped {
	my ($s) = @_;
	$s =~ s/&/&amp;/g;
	$s =~ s/</&lt;/g;
	return $s;
}
sub quoted {
	my ($s) = @_;
	$s =~ s/([\\"])/\\$1/g;
	$s =~ s/\n/\\n/g;
	return "\"$s\"";
}
sub paragraphs {	# of an article in markup, the first with its dateline
	my ($a, $before, $after) = @_;
	return join '', map { $before . escaped($_) . "$after\n" } "$a->{dateline} (Reuters) - $a->{lead}", @{$a->{rest}};
}
my @menu = map { "<li class=\"menu-item\"><a href=\"/section/\L$_\E\" title=\"$_\">$_</a></li>\n" } qw(World Business Sport Culture Weather Opinion Travel
	Science Health Money Local Video Podcasts Newsletters Archive);
my %write = (
	text => sub { my ($a) = @_; join "\n\n", $a->{headline}, $a->{byline}, "$a->{dateline} (Reuters) - $a->{lead}", @{$a->{rest}}, '' },
	markdown => sub {
		my ($a) = @_;
		my @rest = @{$a->{rest}};

		$rest[$_] =~ s/\b(\w+)( \w+ )(\w+)/**$1**$2\[$3](https:\/\/news.example\/$a->{number})/ for grep { $_ % 5 == 2 } 0 .. $#rest;
		return join "\n\n", "---\ntitle: " . quoted($a->{headline}) . "\ndate: $a->{date}\nauthor: " . substr($a->{byline}, 3) . "\n---",
		    "**$a->{dateline}** - $a->{lead}", @rest, '';
	},
	html => sub {
		my ($a) = @_;
		my $title = escaped $a->{headline};

		return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>$title</title>\n"
		    . "<meta property=\"article:published_time\" content=\"$a->{date}T09:00:00Z\">\n<link rel=\"stylesheet\" href=\"/site.css\">\n"
		    . "<script>window.page = { id: $a->{number}, ads: [1, 2, 3] };</script>\n</head>\n<body>\n<header><nav><ul>\n@menu</ul></nav></header>\n<main><article>\n<h1>$title</h1>\n"
		    . "<p class=\"byline\">$a->{byline}</p>\n<div class=\"body\">\n" . paragraphs($a, '<p>', '</p>')
		    . "</div>\n</article></main>\n<aside><h2>More</h2><ul>\n@menu</ul></aside>\n<footer><ul>\n@menu</ul><p>The Example Times</p></footer>\n</body>\n</html>\n";
	},
	nitf => sub {
		my ($a) = @_;
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<nitf>\n<head><docdata management-status=\"usable\"><doc-id regsrc=\"Example Wire\" "
		    . "id-string=\"$a->{number}\"/><date.issue norm=\"$a->{date}\"/></docdata></head>\n<body>\n<body.head><hedline><hl1>" . escaped($a->{headline})
		    . "</hl1></hedline><byline>$a->{byline}</byline></body.head>\n<body.content>\n" . paragraphs($a, '<p>', '</p>')
		    . "</body.content>\n</body>\n</nitf>\n";
	},
	'newsml-g2' => sub {
		my ($a) = @_;
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" standard=\"NewsML-G2\" "
		    . "standardversion=\"2.29\" conformance=\"power\" guid=\"urn:example:$a->{number}\" version=\"1\" xml:lang=\"en\">\n"
		    . "<itemMeta><itemClass qcode=\"ninat:text\"/><provider><name>Example Wire</name></provider><versionCreated>$a->{date}T09:00:00Z</versionCreated>"
		    . "<pubStatus qcode=\"stat:usable\"/></itemMeta>\n<contentMeta><by>$a->{byline}</by><headline>" . escaped($a->{headline})
		    . "</headline></contentMeta>\n<contentSet><inlineXML contenttype=\"application/xhtml+xml\"><html xmlns=\"http://www.w3.org/1999/xhtml\"><body>\n"
		    . paragraphs($a, '<p>', '</p>') . "</body></html></inlineXML></contentSet>\n</newsItem>\n";
	},
	rss => sub {
		my ($a) = @_;
		return "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Example Wire</title><link>https://news.example/</link>\n<item><title>"
		    . escaped($a->{headline}) . "</title><guid>https://news.example/$a->{number}</guid><description>"
		    . escaped(paragraphs($a, '<p>', '</p>')) . "</description></item>\n</channel></rss>\n";
	},
	ninjs => sub {
		my ($a) = @_;
		return "{\n  \"uri\": \"https://news.example/$a->{number}\",\n  \"type\": \"text\",\n  \"pubstatus\": \"usable\",\n  \"language\": \"en\",\n  \"versioncreated\": "
		    . "\"$a->{date}T09:00:00Z\",\n  \"byline\": " . quoted($a->{byline}) . ",\n  \"headline\": " . quoted($a->{headline}) . ",\n  \"body_xhtml\": "
		    . quoted(paragraphs($a, '<p>', '</p>')) . "\n}\n";
	},
);

sub spill {
	my ($name, $s) = @_;
	open my $out, '>', $name or die "$name: $!\n";
	print $out $s;
	close $out or die "$name: $!\n";
}

# Faults that each give a finding where they stand, whatever stands around them.
my @faults = ('TK percent', "don\xc3\xa2\xe2\x82\xac\xe2\x84\xa2t", '&amp;', 'lorem ipsum dolor', "\xe2\x80\x9cno\" he said");

my %do = (
	articles => sub {
		my ($folder, $number) = @_;
		my %ending = (text => 'txt', markdown => 'md', html => 'html', ninjs => 'json');

		mkdir "$folder/$_" for keys %write;
		for my $i (0 .. $number - 1) {
			my $a = article(800 + pick(90) ** 2);
			for my $format (sort keys %write) {
				spill sprintf('%s/%s/%05d.%s', $folder, $format, $i, $ending{$format} // 'xml'), $write{$format}->($a)
				    if $format eq 'text' || $i % 8 == 0;
			}
		}
	},
	prose => sub {
		for (my $left = $_[0]; $left > 0; ) {
			my $s = paragraph;
			print "$s\n\n";
			$left -= 2 + length $s;
		}
	},
	wrap => sub {
		local $/ = '';
		my @list = <STDIN>;
		my $a = article 1;

		chomp @list;
		($a->{lead}, @{$a->{rest}}) = @list;
		print $write{$_[0]}->($a);
	},
	patterns => sub {
		my @words = (@cues, @months, @days, @deeds, @nouns, @kinds, qw(Reuters AP AFP dpa PA TASS Xinhua Kyodo Efe Ansa), 'in order to',
		    'due to the fact that', 'at this point in time', 'sources said', 'it is understood', 'reportedly', 'allegedly', 'utilise', 'leverage',
		    'very unique', 'close proximity', 'end result', 'past history', 'free gift', 'tragic accident', 'clashes erupted', 'sent shockwaves');

		for my $i (0 .. 99) {
			my @list = map { $words[($i * 7 + $_ * 31) % @words] } 0 .. $i % 3;
			print '\b(?:', join('|', @list), ')', $i % 4 == 3 ? '(?:s|ed|ing)?' : '', "\\b\n";
		}
	},
	rules => sub {
		my ($number) = @_;
		my @words = map { my $w = $_; map { "$w$_" } qw(ly ness ward ment less) } @nouns, @kinds;

		print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rules xmlns=\"urn:wirelint:rules:1\" family=\"bench\">\n";
		for my $i (0 .. $number - 1) {
			my ($noun, $kind) = ($nouns[$i % @nouns], $kinds[$i * 5 % @kinds]);
			my $word = $words[$i % @words] . ($i >= @words ? chr(97 + int($i / @words) % 26) . chr(97 + int($i / @words / 26)) : '');
			my ($look, $bad) = $i % 2 ? ("<pattern>\\b$kind ${word}s? (?:of|in)\\b</pattern>", "$kind ${word} of")
			    : ("<terms><term>$word</term><term>$noun $word</term></terms>", $word);

			print "<rule id=\"r$i\" severity=\"note\" scope=\"prose headline\"><title>number $i</title>$look<message>'{match}' is number $i; expected nothing</message>"
			    . "<why>It is one of many.</why><bad>They spoke of the [[$bad]] it.</bad><good>They spoke of it.</good></rule>\n";
		}
		print "</rules>\n";
	},
	faults => sub {
		my ($number) = @_;
		local $/ = '';
		my @list = <STDIN>;

		chomp @list;
		for my $i (0 .. $number - 1) {
			my $at = int($i * @list / $number);
			$list[$at] .= " It was $faults[$i % @faults] harbour number $i.";
		}
		print "$_\n\n" for @list;
	},
);
die "usage: see the head of $0\n" unless defined $what && $do{$what};
$do{$what}->(@args);
