#!/bin/sh
# fix.sh: `wirelint fix`: what it mends and what it leaves, in every format and encoding; patches that git and patch take; and that a file
# is old or new and never half of either, whoever kills the run.  The rules are those of tests/fix/desk.xml and the built-in ones.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
tmp=$(cd "$tmp" && pwd -P)
chmod 755 "$tmp"
cp "$srcdir/tests/fix/desk.xml" "$tmp/desk.xml"
here=$tmp/here

# New files in a new folder.
fresh() { rm -rf "$here"; mkdir "$here" && cd "$here" || exit 99; }

# run STATUS WHAT [ARGUMENT...]: with the desk's rules and no others.
run() {
	wanted=$1
	what=$2
	shift 2
	limit 60 "$WIRELINT" fix --isolated --rules "$tmp/desk.xml" --select desk "$@" >"$tmp/out" 2>"$tmp/err"
	got=$?
	is "$what: exit status" $got "$wanted"
	[ $got -eq "$wanted" ] || { note_file "$tmp/out" 10; note_file "$tmp/err" 10; }
}
says() { ok "$what: says '$1'" grep -qF -- "$1" "$tmp/err"; }
silent() { is "$what: nothing on standard output" "$(wc -c <"$tmp/out" | tr -d ' ')" 0; }
same() { ok "$what: $3" cmp -s "$1" "$2"; }
none_left() { is "$what: no temporary file is left" "$(find "${1:-.}" -name '.wirelint-*')" ''; }

# So long since a short one could be a headline, of which nobody is sure.
lead='The ferry left Portalder at noon. It sailed on Tuesday, the harbour office said. Nobody was hurt, and all trains to the north of the bay ran as they do each November.'
mended='The ferry left Port Alder at noon. It sailed on Tuesday, the harbour office said. Nobody was hurt, and all trains to the north of the bay ran as they do each November.'

# ---- what is mended ----
fresh
printf '%s\n' "$lead" >a.txt
printf '%s\n' "$mended" >good.txt
printf '%s\n\nIt sailed toward the bay in a storm wind.\n' "$lead" >b.txt
run 0 'a file' a.txt
same a.txt good.txt 'it is mended'
says 'wirelint: 1 fix in 1 file, 0 findings left, 0 fixes need --unsafe'
silent
run 0 'once more' a.txt
says 'wirelint: 0 fixes in 0 files, 0 findings left'
run 1 'safe fixes alone, and notes count' --fail-on note b.txt
says '1 fix in 1 file, 2 findings left, 1 fix needs --unsafe'
is 'the others are as they were' "$(tail -n 1 b.txt)" 'It sailed toward the bay in a storm wind.'
run 0 'fixes that need a look; notes are below the default of --fail-on' --unsafe b.txt
says '1 fix in 1 file, 1 finding left, 0 fixes need --unsafe'
is 'what is only shown stays' "$(tail -n 1 b.txt)" 'It sailed towards the bay in a storm wind.'
printf '%s\n' "$lead" >a.txt
run 1 'a file whose rule is off has nothing to mend' --ignore desk/word --extend-select source/missing --kind wire a.txt
says '0 fixes in 0 files, 1 finding left'
run 0 '--quiet' --quiet a.txt
is 'no line' "$(cat "$tmp/err")" ''
printf 'He said: "I left Portalder at noon." So he left Portalder.\n' >a.txt
run 0 'quotations' a.txt
is 'words within are nobody'"'"'s to change' "$(cat a.txt)" 'He said: "I left Portalder at noon." So he left Port Alder.'
run 2 'nothing named'
run 2 'a file that is not there' none.txt
says 'none.txt: error: cannot open'
printf '\001\002\000\000\000\377\377\000' >bin.txt
cp bin.txt bin.old
run 2 'no text' bin.txt
same bin.txt bin.old 'it is as it was'
run 0 'no text, that may be skipped' --skip-unknown bin.txt
mkdir desk && printf '%s\n' "$lead" >desk/a.txt && cp desk/a.txt desk/b.txt
run 0 'a folder, of which a file is left out' --exclude b.txt desk
same desk/a.txt good.txt 'what is in it is mended'
is 'and what is left out is not' "$(cat desk/b.txt)" "$lead"
printf 'desk/b.txt\n' >list
run 0 'a list' --files-from - <list
same desk/b.txt good.txt 'what it names is mended'

# ---- lines, blanks and marks of a file ----
fresh
printf '%s\r\n\r\nIt will be back in Portalder by six.\r\n' "$lead" >crlf.txt
printf '%s\r\n\r\nIt will be back in Port Alder by six.\r\n' "$mended" >crlf.new
printf '%s\n\nIt will be back in Portalder by six.' "$lead" >open.txt
printf '%s\n\nIt will be back in Port Alder by six.' "$mended" >open.new
printf '\357\273\277%s\n' "$lead" >bom.txt
printf '\357\273\277%s\n' "$mended" >bom.new
printf '%s\r\rIt will be back in Portalder by six.\r' "$lead" >cr.txt
printf '%s\r\rIt will be back in Port Alder by six.\r' "$mended" >cr.new
run 0 'line ends and a byte order mark' crlf.txt open.txt bom.txt cr.txt
for name in crlf open bom cr; do same $name.txt $name.new "$name"; done

# ---- encodings ----
encoded() {	# encoded NAME ENCODING OLD NEW OPTIONS: old and new in hexadecimal
	perl -e 'binmode STDOUT; print pack "H*", $ARGV[0]' "$3" >"$1"
	perl -e 'binmode STDOUT; print pack "H*", $ARGV[0]' "$4" >"$1.new"
	cp "$1" "$1.old"
	run 0 "$2" $5 "$1"
	same "$1" "$1.new" 'is written in its own encoding'
}
hex() { printf '%s' "$1" | perl -e 'use Encode; local $/; my $s = decode("UTF-8", <STDIN>); print unpack "H*", encode($ARGV[0], $s)' "$2"; }
fresh
old='The café in Sile left Portalder, the bishop of Köln said.
'
new='The café in Şile left Port Alder, the bishop of Köln said.
'
encoded le.txt 'UTF-16LE, marked' "fffe$(hex "$old" UTF-16LE)" "fffe$(hex "$new" UTF-16LE)" ''
encoded be.txt 'UTF-16BE, marked' "feff$(hex "$old" UTF-16BE)" "feff$(hex "$new" UTF-16BE)" ''
encoded le2.txt 'UTF-16LE without a mark' "$(hex "$old" UTF-16LE)" "$(hex "$new" UTF-16LE)" ''
encoded tr.txt 'windows-1254' "$(hex "$old" cp1254)" "$(hex "$new" cp1254)" '--encoding windows-1254'
encoded tr9.txt 'iso-8859-9' "$(hex "$old" iso-8859-9)" "$(hex "$new" iso-8859-9)" '--encoding iso-8859-9'
perl -e 'binmode STDOUT; print pack "H*", $ARGV[0]' "$(hex "$old" cp1252)" >w.txt
cp w.txt w.old
run 2 'an encoding that cannot hold it' --encoding windows-1252 w.txt
same w.txt w.old 'the file is left'
says "w.txt:1:13: error: cannot be mended: the file is in windows-1252, which has no 'Ş' (U+015E) for the fix of desk/word [run/fix]"
says '0 fixes in 0 files, 2 findings left'
printf '<!DOCTYPE html>\n<html lang="en"><head><meta charset="iso-8859-1"><title>Sile</title></head><body><article><h1>Sile caf\351</h1>\n<p>%s</p></article></body></html>\n' "$lead" >w.html
run 0 'a page in an encoding that cannot hold it' w.html
ok 'has a reference' grep -q '<h1>&#350;ile caf.</h1>' w.html

# ---- escapes ----
fresh
story='Roth and Lund sold a six inch pipe to Portalder, under over.'
printf '<!DOCTYPE html>\n<html lang="en"><head><title>Roth and Lund</title><meta name="description" content="A six inch pipe"></head><body><article><h1>Roth and Lund</h1>\n<p><b>Roth</b> was there. %s</p>\n<figure><img src="a.jpg" alt="A six inch pipe"><figcaption>Roth and Lund</figcaption></figure></article></body></html>\n' "$story" >a.html
run 0 'HTML' a.html
ok 'text' grep -qF 'there. Roth &amp; Lund sold a 6" pipe to Port Alder, under &lt; over.' a.html
ok 'headline' grep -qF '<h1>Roth &amp; Lund</h1>' a.html
ok 'attributes are no end of themselves' perl -0ne 'exit(/content="A (?:six inch|6&quot;) pipe"/ && /alt="A (?:six inch|6&quot;) pipe"/ ? 0 : 1)' a.html
printf '<?xml version="1.0" encoding="utf-8"?>\n<nitf><body><body.head><hedline><hl1>Roth and Lund</hl1></hedline></body.head>\n<body.content><p>%s It was glad.</p></body.content></body></nitf>\n' "$story" >a.xml
run 0 'NITF' a.xml
ok 'text' grep -qF '<p>Roth &amp; Lund sold a 6" pipe to Port Alder, under &lt; over. It was glad.</p>' a.xml
printf '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Desk</title><item><title>Portalder</title><description>&lt;p&gt;Roth and Lund left Portalder at noon. It will be back in an hour or two.&lt;/p&gt;</description></item></channel></rss>\n' >feed.xml
run 0 'RSS' feed.xml
ok 'words are mended through two layers' grep -qF 'Roth &amp;amp; Lund left Port Alder at noon.' feed.xml
# What is written is read as what was meant, however deep it lies.
layered() {	# layered WHAT WRITTEN: l.xml, whose words are mended
	run 0 "$1" l.xml
	ok "$1: as it is written" grep -qF "$2" l.xml
	is "$1: as it is read" "$("$WIRELINT" show --isolated l.xml 2>/dev/null | grep -c 'Roth & Lund .*a 6" pipe.*, under < over[.]')" 1
}
rss() { printf '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Desk</title><item><title>The pipe is sold at last</title>\n<description>%s</description></item></channel></rss>\n' "$1" >l.xml; }
rss "&lt;p&gt;$story It was glad of it.&lt;/p&gt;"
layered 'RSS, escaped HTML' 'Roth &amp;amp; Lund sold a 6" pipe to Port Alder, under &amp;lt; over.'
rss "<![CDATA[<p>$story It was glad of it.</p>]]>"
layered 'RSS, HTML in CDATA' 'Roth &amp; Lund sold a 6" pipe to Port Alder, under &lt; over.'
rss "<![CDATA[$story It was glad of it.]]>"
layered 'RSS, words in CDATA' 'Roth & Lund sold a 6" pipe to Port Alder, under < over.'
rss "$story It was glad of it."
layered 'RSS, words' 'Roth &amp; Lund sold a 6" pipe to Port Alder, under &lt; over.'
atom() { printf '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><id>urn:example:f</id><updated>2026-11-24T10:00:00Z</updated><entry><title>The pipe is sold at last</title><id>urn:example:1</id><updated>2026-11-24T10:00:00Z</updated>\n<content type="%s">%s</content></entry></feed>\n' "$1" "$2" >l.xml; }
atom html "&lt;p&gt;$story It was glad of it.&lt;/p&gt;"
layered 'Atom, html' 'Roth &amp;amp; Lund sold'
atom text "$story It was glad of it."
layered 'Atom, text' 'Roth &amp; Lund sold'
atom xhtml "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>$story It was glad of it.</p></div>"
layered 'Atom, xhtml' 'Roth &amp; Lund sold'
printf '<?xml version="1.0" encoding="utf-8"?>\n<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:example:1" version="1" standard="NewsML-G2" standardversion="2.28" conformance="power" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>The pipe is sold at last</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>Pipe</title></head><body><p>%s It was glad of it.</p></body></html></inlineXML></contentSet></newsItem>\n' "$story" >l.xml
layered 'NewsML-G2' 'Roth &amp; Lund sold'
cp "$srcdir/tests/fix/desk.xml" tight.xml
sed -i 's/use="Roth &amp; Lund"/use="R\&amp;L"/' tight.xml
rss "Roth and Lund sold it, the harbour office said, and was glad of it."
cp l.xml l.old
"$WIRELINT" fix --isolated --rules tight.xml --select desk l.xml >out 2>err
same l.xml l.old 'what HTML might take for a reference is left where nobody knows whether it is HTML'
rss "&lt;p&gt;Roth and Lund sold it, the harbour office said, and was glad of it.&lt;/p&gt;"
"$WIRELINT" fix --isolated --rules tight.xml --select desk l.xml >out 2>err
ok '... and written where it is' grep -qF '&lt;p&gt;R&amp;amp;L sold it' l.xml
printf '{"uri": "urn:example:1", "type": "text", "headline": "A six inch pipe", "body_text":\n "%s A slash word.", "language": "en"}\n' "$story" >a.json
run 0 'ninjs, plain' a.json
is 'escapes' "$(tail -n 1 a.json)" ' "Roth & Lund sold a 6\" pipe to Port Alder, under < over. A a\\b.", "language": "en"}'
printf '{"uri": "urn:example:1", "type": "text", "headline": "A pipe", "body_html":\n "<p>%s</p>", "language": "en"}\n' "$story" >b.json
run 0 'ninjs, with markup' b.json
is 'escapes of both' "$(tail -n 1 b.json)" ' "<p>Roth &amp; Lund sold a 6\" pipe to Port Alder, under &lt; over.</p>", "language": "en"}'
printf 'From: desk@example.org\nSubject: Ferry\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nThe ferry left Port=61lder at noon.\n\nIt will be back in Sile by six, the harbour office said on Tuesday.\n' >a.eml
cp a.eml a.old
run 1 'a mail, encoded' a.eml
same a.eml a.old 'what is encoded is left'
printf -- '---\ntitle: Portalder\nhead: A six inch pipe\n---\n\nA six *inch* pipe. The ferry left **Portalder** at noon.\n' >a.md
run 1 'Markdown' a.md
is 'its marks stay' "$(tail -n 1 a.md)" 'A six *inch* pipe. The ferry left **Port Alder** at noon.'

# ---- fixes that meet ----
fresh
printf 'And so the ferry company here paid. The ferry from Portalder and the Port Alder ferry met.\n' >a.txt
run 0 'fixes that meet' --extend-select desk/narrow,desk/wide a.txt
is 'wait for each other' "$(cat a.txt)" 'And so our ferry line here paid. The ferry from Port Alder and the Alder Bay ferry met.'
says '4 fixes in 1 file'
printf 'The Portalder ferry left at noon.\n' >a.txt
run 0 'a fix that makes room for another' a.txt
is 'is followed by it' "$(cat a.txt)" 'The Alder Bay ferry left at noon.'
says '2 fixes in 1 file, 0 findings left'
printf 'The harbour wall held, and Portalder was dry.\n' >a.txt
cp a.txt a.old
run 2 'fixes without an end' --extend-select desk/left,desk/right a.txt
same a.txt a.old 'the file is left'
says 'a.txt: error: cannot be mended: its fixes bring forth others without an end [run/fix]'
says '0 fixes in 0 files, 2 findings left'

# ---- what is let pass ----
fresh
printf '<!-- wirelint-disable-next desk/word reason: the old name of the port -->\n\nThe old Portalder burnt down.\n\nThe new Portalder did not.\n' >a.md
run 0 'a comment' a.md
is 'speaks for its paragraph' "$(sed -n 3p a.md)" 'The old Portalder burnt down.'
is 'and for no other' "$(sed -n 5p a.md)" 'The new Port Alder did not.'
let_pass() { limit 60 "$WIRELINT" "$@" --rules "$tmp/desk.xml" --select desk; }
printf 'waivers:\n  - rule: desk/word\n    path: w.txt\n    reason: as the agency sent it\n    owner: Ada Brandt\n' >.wirelint-waivers.yaml
printf '%s\n' "$lead" >w.txt && cp w.txt w.old && cp w.txt x.txt
let_pass fix w.txt x.txt >/dev/null 2>"$tmp/err"
what='a waiver'
same w.txt w.old 'its file is not touched'
is 'the other is' "$(cat x.txt)" "$mended"
rm .wirelint-waivers.yaml
printf 'A six inch pipe to Portalder broke on Tuesday.\n' >y.txt
let_pass baseline create --ignore 'desk/look' y.txt >/dev/null 2>&1
printf 'A six inch pipe to Portalder broke on Tuesday.\n\nThe ferry left Portalder at noon.\n' >y.txt
let_pass fix y.txt >/dev/null 2>"$tmp/err"
is 'a baseline: what it holds is not mended' "$(sed -n 1p y.txt)" 'A six inch pipe to Portalder broke on Tuesday.'
is 'a baseline: what it does not hold is' "$(sed -n 3p y.txt)" 'The ferry left Port Alder at noon.'
printf 'The slash word of Portalder is old.\n' >y.txt
let_pass baseline create --baseline b.json --ignore desk/look y.txt >/dev/null 2>&1
# Of the two the baseline is to hold one; the other is one of its surroundings, by which the baseline knows it.
perl -0pi -e 's/\{[^{}]*slash word[^{}]*\},?\s*//s' b.json
let_pass fix --baseline b.json y.txt >/dev/null 2>"$tmp/err"
is 'a baseline: what it holds is not mended when a fix beside it changed its surroundings' "$(cat y.txt)" 'The a\b of Portalder is old.'

# ---- standard input ----
fresh
printf '%s\n' "$lead" >a.txt
printf '%s\n' "$mended" >good.txt
run 0 'standard input' - <a.txt
same "$tmp/out" good.txt 'is printed, mended'
says '1 fix in 1 file'
run 0 'with nothing to mend' - <good.txt
same "$tmp/out" good.txt 'is printed as it is'
run 0 'with a name' --stdin-filename desk/a.txt - <a.txt
same "$tmp/out" good.txt 'is printed, mended'
run 1 'as a patch' --diff --stdin-filename desk/a.txt - <a.txt
ok 'under its name' grep -q '^--- a/desk/a.txt$' "$tmp/out"
run 2 'as a patch without a name' --diff - <a.txt
printf '\001\002\000\000\000\377\377\000' >bin
run 2 'no text' - <bin
same "$tmp/out" bin 'is printed as it is'
mkfifo pipe
cat a.txt >pipe &
run 2 'a FIFO' pipe
says 'pipe: error: cannot be mended: is no regular file'
if [ -e /dev/full ]; then
	limit 60 "$WIRELINT" fix --isolated --rules "$tmp/desk.xml" --select desk - <a.txt >/dev/full 2>"$tmp/err"
	is 'standard output is full: exit status' $? 2
fi

# ---- patches ----
# patch WHAT FILE...: the patch of these files makes of them what fix makes, by git and by patch, and fix --diff changes nothing.
patched() {
	what=$1
	shift
	rm -rf "$tmp/by-git" "$tmp/by-patch" "$tmp/before"
	cp -R "$here" "$tmp/by-git" && cp -R "$here" "$tmp/by-patch" && cp -R "$here" "$tmp/before"
	limit 60 "$WIRELINT" fix --diff --isolated --rules "$tmp/desk.xml" --select desk,copy/file-hygiene "$@" >"$tmp/patch" 2>"$tmp/err"
	is "$what: exit status" $? 1
	ok "$what: nothing was changed" diff -r "$here" "$tmp/before"
	limit 60 "$WIRELINT" fix --isolated --rules "$tmp/desk.xml" --select desk,copy/file-hygiene "$@" >/dev/null 2>&1
	if command -v git >/dev/null 2>&1; then
		(cd "$tmp/by-git" && git apply --check "$tmp/patch" && git apply --whitespace=nowarn "$tmp/patch") >"$tmp/said" 2>&1 || note_file "$tmp/said"
		ok "$what: git apply" diff -r "$here" "$tmp/by-git"
	else
		skip "$what: git apply" 'git is not there'
	fi
	if command -v patch >/dev/null 2>&1; then
		(cd "$tmp/by-patch" && patch -s -p1 <"$tmp/patch") >"$tmp/said" 2>&1 || note_file "$tmp/said"
		ok "$what: patch -p1" diff -r "$here" "$tmp/by-patch"
	else
		skip "$what: patch -p1" 'patch is not there'
	fi
}
fresh
mkdir sub
printf '%s\n' "$lead" >sub/a.txt
{ printf '%s\n' "$lead"; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do printf 'Line %s of the log.\n' $i; done; printf 'Portalder again.\nAnd Sile'; } >long.txt
printf '%s\r\n\r\nIt will be back in Portalder by six.\r\n' "$lead" >crlf.txt
printf '%s \n\n\n\n\n\nIt is back.\r\nPortalder' "$lead" >mixed.txt
printf '%s\r\rIt will be back in Portalder by six.\r' "$lead" >cr.txt
printf '%s\n' "$lead" >'two words.txt'
printf '%s' "$lead" >'a"b.txt'
printf '%s\n' "$lead" >"$(printf 'K\303\266ln.txt')"
patched 'a patch' sub long.txt crlf.txt mixed.txt cr.txt 'two words.txt' 'a"b.txt' K*.txt
printf '%s\n' "$lead" >sub/a.txt
patched 'a path with dots' ./sub/../sub/a.txt
printf '%s\n' "$lead" >sub/a.txt
patched 'an absolute path' "$here/sub/a.txt"
ok 'is relative in the patch' grep -q '^+++ b/sub/a.txt$' "$tmp/patch"
run 0 'a patch of nothing' --diff sub/a.txt
silent
perl -e 'use Encode; binmode STDOUT; print "\xff\xfe", encode("UTF-16LE", "The ferry left Portalder at noon.\n\nIt came \x{10a} back to Portalder.\n")' >u16.txt
limit 60 "$WIRELINT" fix --diff --isolated --rules "$tmp/desk.xml" --select desk u16.txt >"$tmp/patch" 2>/dev/null
cp u16.txt "$tmp/u16.old"
run 0 'UTF-16' u16.txt
if command -v git >/dev/null 2>&1; then
	cp u16.txt "$tmp/u16.new" && cp "$tmp/u16.old" u16.txt && git apply --whitespace=nowarn "$tmp/patch"
	same u16.txt "$tmp/u16.new" 'git applies its patch'
fi

# ---- how files are written ----
fresh
printf '%s\n' "$lead" >a.txt
chmod 640 a.txt
ln -s a.txt link.txt
mkdir deep && ln -s ../link.txt deep/far.txt
run 0 'a link' deep/far.txt
is 'what it leads to is mended' "$(cat a.txt)" "$mended"
ok 'the links stay' test -h deep/far.txt -a -h link.txt
is 'the mode stays' "$(ls -l a.txt | cut -c1-10)" -rw-r-----
printf '%s\n' "$lead" >a.txt
run 0 'a file and a link to it' a.txt link.txt deep/far.txt
says '1 fix in 1 file, 0 findings left'
is 'are one file' "$(cat a.txt)" "$mended"
none_left
printf '%s\n' "$lead" >a.txt
ln a.txt hard.txt
run 2 'a hard link' a.txt
says 'a.txt: error: cannot be mended: has 2 names (hard links), of which the others would keep the old text; it is as it was [run/fix]'
says '0 fixes in 0 files, 1 finding left'
is 'is as it was' "$(cat hard.txt)" "$lead"
printf '%s\n' "$lead" >b.txt
run 2 'and the file beside it' a.txt b.txt
is 'is mended all the same' "$(cat b.txt)" "$mended"
rm hard.txt
if [ "$(id -u)" -eq 0 ]; then
	chown 12345:12346 a.txt
	run 0 'a file of somebody else' a.txt
	is 'stays theirs' "$(ls -ln a.txt | awk '{ print $3 ":" $4 }')" 12345:12346
fi

# As one who may not do everything.
as() { "$@"; }
if [ "$(id -u)" -eq 0 ]; then
	as() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
fi
fresh
mkdir locked && printf '%s\n' "$lead" >locked/a.txt && printf '%s\n' "$lead" >ro.txt
chmod 444 ro.txt
[ "$(id -u)" -ne 0 ] || chown -R 65534:65534 "$here"
chmod 555 locked
if as test -x "$WIRELINT" 2>/dev/null && ! as test -w ro.txt 2>/dev/null && as "$WIRELINT" --version >/dev/null 2>&1; then
	run_as() { status=$1; what=$2; shift 2; as "$WIRELINT" fix --isolated --rules "$tmp/desk.xml" --select desk "$@" >"$tmp/out" 2>"$tmp/err"; is "$what: exit status" $? "$status"; }
	run_as 2 'a file that may not be written' ro.txt
	says 'ro.txt: error: cannot be mended: Permission denied; it is as it was [run/fix]'
	is 'is as it was' "$(cat ro.txt)" "$lead"
	run_as 2 'a folder that may not be written' locked/a.txt
	says 'locked/a.txt: error: cannot be mended: no temporary file can be made beside it: Permission denied; it is as it was'
	is 'is as it was' "$(cat locked/a.txt)" "$lead"
	run_as 1 'a patch needs no permission' --diff ro.txt
else
	skip 'files that may not be written' 'there is no other user to be'
fi
chmod 755 locked

fresh
perl -e 'print "The ferry left Portalder at noon.\n\n" x 4000' >big.txt
cp big.txt big.old
(ulimit -f 40; limit 60 "$WIRELINT" fix --isolated --rules "$tmp/desk.xml" --select desk big.txt >"$tmp/out" 2>"$tmp/err")
is 'a disk that takes no more: exit status' $? 2
what='a disk that takes no more'
says 'big.txt: error: cannot be mended: File too large; it is as it was [run/fix]'
same big.txt big.old 'it is as it was'
none_left

# ---- interrupted ----
# The old and the new text of a file differ in length, so that half of one would be neither.
fresh
perl -e 'for my $i (1 .. 300) { open my $f, ">", sprintf "%03d.txt", $i or die; print $f "The ferry left Portalder at noon.\n\n" x 20 }'
cp 001.txt "$tmp/all.old"
sed 's/Portalder/Port Alder/' "$tmp/all.old" >"$tmp/all.new"
check_halves() {
	halves=0 old=0 new=0
	for file in *.txt; do
		if cmp -s "$file" "$tmp/all.old"; then old=$((old + 1)); elif cmp -s "$file" "$tmp/all.new"; then new=$((new + 1)); else halves=$((halves + 1)); fi
	done
	is "$1: each file is old or new" "$halves" 0
}
for round in 1 2 3 4 5 6; do
	"$WIRELINT" fix --isolated --rules "$tmp/desk.xml" --select desk -j 2 . >/dev/null 2>&1 &
	pid=$!
	perl -e 'select undef, undef, undef, $ARGV[0]' "0.0$((round * 13))"
	kill -9 $pid 2>/dev/null
	wait $pid 2>/dev/null
	check_halves "killed, round $round"
done
note "killed with $new of 300 written"
find . -name '.wirelint-*' -exec rm {} +
for sig in TERM INT HUP; do
	for file in *.txt; do cp "$tmp/all.old" "$file"; done
	perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$WIRELINT" fix --isolated --rules "$tmp/desk.xml" --select desk -j 2 . >/dev/null 2>&1 &
	pid=$!
	perl -e 'select undef, undef, undef, 0.08'
	kill -$sig $pid 2>/dev/null
	wait $pid 2>/dev/null
	check_halves "SIG$sig"
	none_left
done
run 0 'and the next run' .
check_halves 'in the end'
is 'all are new' "$new" 300

# ---- any number of threads ----
for file in *.txt; do cp "$tmp/all.old" "$file"; done
run 1 'a patch by one thread' --diff -j 1 .
cp "$tmp/out" "$tmp/one"
run 1 'by four' --diff -j 4 .
same "$tmp/out" "$tmp/one" 'is the same'

# ---- the examples inside the rules ----
fresh
total=$(perl "$srcdir/tests/fix/examples.pl" . "$srcdir"/rules/*.xml)
offered() { limit 60 "$WIRELINT" --isolated --quiet --format jsonl "$@" | grep -c '"fixes":\[{"class":"\(safe\|unsafe\)"'; }
some=0
for options in *.options; do
	file=${options%.options}
	set --
	while read -r word; do set -- "$@" "$word"; done <"$options"
	rule=$1
	shift
	before=$(offered --select "$rule" "$@" "$file")
	limit 60 "$WIRELINT" fix --isolated --quiet --unsafe --select "$rule" "$@" "$file" >"$tmp/out" 2>&1
	cp "$file" "$tmp/once"
	limit 60 "$WIRELINT" fix --isolated --quiet --unsafe --select "$rule" "$@" "$file" >"$tmp/out" 2>&1
	if cmp -s "$file" "$tmp/once" && [ "$(offered --select "$rule" "$@" "$file")" -eq 0 ]; then
		some=$((some + (before != 0)))
	else
		fail "an example of $rule, $file"
		note_file "$tmp/out"
	fi
done
ok "of $total examples with safe fixes $some are mended, and once" test "$some" -ge 50
tap_done
