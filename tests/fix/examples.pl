# examples.pl FOLDER RULES...: writes the bad examples of each rule with a safe fix, one a file, and beside each its options, a word a line.
use strict;
use warnings;

my ($folder, @files) = @ARGV;
my %suffix = (text => 'txt', markdown => 'md', html => 'html', nitf => 'xml', newsml => 'xml', 'newsml-g2' => 'xml', rss => 'xml',
	atom => 'xml', mail => 'eml');
my $n = 0;

sub plain {
	my ($s) = @_;

	$s =~ s/&#x([0-9a-fA-F]+);/my $c = chr hex $1; utf8::encode($c) if ord $c > 127; $c/ge;
	$s =~ s/&#(\d+);/my $c = chr $1; utf8::encode($c) if ord $c > 127; $c/ge;
	$s =~ s/&lt;/</g;
	$s =~ s/&gt;/>/g;
	$s =~ s/&quot;/"/g;
	$s =~ s/&apos;/'/g;
	$s =~ s/&amp;/&/g;
	return $s;
}

# As rule_test.c takes an example off its page: the indentation that all lines but the first share is none of it.
sub unindent {
	my ($s) = @_;
	my ($cut, @lines) = (undef, split /\n/, $s, -1);

	for (@lines[1 .. $#lines]) {
		next unless /^([ \t]*)[^ \t]/;
		$cut = length $1 if !defined $cut || length $1 < $cut;
	}
	for (@lines[1 .. $#lines]) {
		s/^[ \t]{0,$cut}// if defined $cut;
	}
	shift @lines if @lines > 1 && $lines[0] eq '';
	$lines[-1] = '' if @lines > 1 && $lines[-1] =~ /^[ \t]*$/;
	return join "\n", @lines;
}

for my $file (@files) {
	local $/;
	open my $in, '<', $file or die "$file: $!\n";
	my $xml = <$in>;

	$xml =~ s/<!--.*?-->//gs;
	my ($family) = $xml =~ /<rules[^>]*\bfamily="([^"]*)"/;
	while ($xml =~ /<rule\b([^>]*)>(.*?)<\/rule>/gs) {
		my ($head, $body) = ($1, $2);
		my ($id) = $head =~ /\bid="([^"]*)"/;

		next unless $body =~ /<fix\b[^>]*class="safe"/;
		while ($body =~ /<bad\b((?:[^>"]|"[^"]*")*)>(.*?)<\/bad>/gs) {
			my ($attributes, $text) = ($1, $2);
			my %a = $attributes =~ /([a-z]+)="([^"]*)"/g;
			my @unknown = grep { !/^(?:format|lang|kind|profile|stage|now|escaped)$/ } keys %a;

			next if @unknown;
			if ($text =~ /^<!\[CDATA\[(.*)\]\]>$/s) { $text = $1 } else { $text = plain($text) }
			$text = unindent($text);
			$text =~ s/\\(?:x([0-9a-fA-F]{2})|(.))/defined $1 ? chr hex $1 : $2 eq 'n' ? "\n" : $2 eq 'r' ? "\r" : $2 eq 't' ? "\t" : $2/ge
				if $a{escaped};
			$text =~ s/\[\[//g;
			$text =~ s/\]\]//g;
			my $format = $a{format} // 'text';
			my $name = sprintf '%s/%03d.%s', $folder, ++$n, $suffix{$format} // 'json';
			open my $out, '>', $name or die "$name: $!\n";
			print $out $text;
			close $out;
			open $out, '>', "$name.options" or die "$name.options: $!\n";
			print $out "$family/$id\n--as=$format\n--lang=", $a{lang} // 'en', "\n";
			print $out "--profile=", join(',', split ' ', $a{profile}), "\n" if $a{profile};
			print $out "--$_=$a{$_}\n" for grep { $a{$_} } qw(kind stage now);
			close $out;
		}
	}
}
print "$n\n";
