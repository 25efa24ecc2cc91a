#!/bin/sh
# hostile.sh: files made to make a reader explode, hang or look into other files.  Each must be read in time, opening no file
# but itself, and with little memory where that can be bounded.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
cd "$tmp" || exit 99

# survives WHAT FILE [PATTERN]: both commands end in time with an exit status of theirs; PATTERN stands in what `show` says.
survives() {
	for command in 'check --select all --format jsonl' 'show --format json'; do
		# shellcheck disable=SC2086
		limit 30 "$WIRELINT" $command --isolated "$2" >out 2>err </dev/null
		status=$?
		if [ $status -gt 2 ]; then
			fail "$1: $command: exit status $status"
			note_file err 5
			return
		fi
	done
	if grep -q INTRUDER out; then
		fail "$1: another file was read"
	elif [ $# -gt 2 ] && ! grep -q -e "$3" out; then
		fail "$1: expected '$3' to be shown"
		note_file err 5
	else
		pass "$1"
	fi
}

repeat() {		# repeat N WORDS: without line ends
	awk -v n="$1" -v w="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", w }'
}

# xml NAME DOCTYPE TEXT: a story with that document type and that paragraph.
xml() {
	printf '<?xml version="1.0"?>\n%s\n<nitf><body><body.content><p>The port reopened on Tuesday, its office said.</p><p>%s</p></body.content></body></nitf>\n' \
		"$2" "$3" >"$1.xml"
}

# ---- entities ----
xml laughs '<!DOCTYPE nitf [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">
<!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;"><!ENTITY i "&h;&h;&h;&h;&h;&h;&h;&h;&h;&h;">]>' 'He said: &i; and left.'
survives 'entities in entities' laughs.xml 'and left'
xml self '<!DOCTYPE nitf [<!ENTITY a "&b;"><!ENTITY b "&a;">]>' 'He said: &a; and left.'
survives 'entities that hold each other' self.xml 'and left'
xml long "<!DOCTYPE nitf [<!ENTITY a \"$(repeat 50000 x)\">]>" "$(repeat 20000 '&a;') and left."
survives 'a long entity, many times' long.xml
{ printf '<rss version="2.0"><channel><title>Wire</title><item><title>Port reopens</title><description>'
	repeat 1000000 '&amp; '
	printf 'and left.</description></item></channel></rss>\n'; } >references.rss
survives 'a million references in a row' references.rss
printf 'INTRUDER\n' >secret.txt
printf '<!ENTITY b "INTRUDER">\n' >secret.dtd
mkfifo pipe
xml file '<!DOCTYPE nitf [<!ENTITY a SYSTEM "secret.txt">]>' 'He said: &a; and left.'
survives 'an entity that is a file' file.xml 'and left'
xml dtd '<!DOCTYPE nitf SYSTEM "secret.dtd">' 'He said: &b; and left.'
survives 'a document type that is a file' dtd.xml 'and left'
xml parameter '<!DOCTYPE nitf [<!ENTITY % p SYSTEM "secret.dtd"> %p;]>' 'He said: &b; and left.'
survives 'a parameter entity that is a file' parameter.xml 'and left'
# whoever opens this one waits for ever
xml pipe '<!DOCTYPE nitf SYSTEM "pipe" [<!ENTITY a SYSTEM "pipe"><!ENTITY % p SYSTEM "pipe"> %p;]>' 'He said: &a; and left.'
survives 'a document type, an entity and a parameter entity that are a pipe' pipe.xml 'and left'
xml net '<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/nitf.dtd" [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]>' 'He said: &a; and left.'
survives 'a document type on the network' net.xml 'and left'
xml include '' '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.txt" parse="text"/> and left.'
survives 'a file that is to be included' include.xml 'and left'
printf '<?xml version="1.0"?>\n<?xml-stylesheet href="secret.txt"?>\n<rss version="2.0"><channel><item><title>Port reopens, INT</title><link>secret.txt</link></item></channel></rss>\n' >style.xml
survives 'a style sheet' style.xml 'Port reopens'

# ---- depth ----
N=100000
{ printf '<nitf><body><body.content>'; repeat $N '<block>'; printf '<p>Deep down.</p>'; repeat $N '</block>'; printf '</body.content></body></nitf>'; } >deep.xml
survives 'XML, 100,000 elements deep' deep.xml 'Deep down'
{ printf '<!DOCTYPE html><body>'; repeat $N '<div>'; printf '<p>Deep down, in the port of Harbourville, on Tuesday.</p>'; } >deep.html
survives 'HTML, 100,000 elements deep' deep.html 'Deep down'
{ printf '<!DOCTYPE html><body><p>The port, '; repeat $N '<b>'; printf 'deep down, reopened on Tuesday.'; } >inline.html
survives 'HTML, 100,000 open inline elements' inline.html 'deep down'
{ printf '<!DOCTYPE html><body>'; repeat $N '<table><tr><td>'; printf '<p>Deep down, in the port of Harbourville, on Tuesday.</p>'; } >tables.html
survives 'HTML, 100,000 tables deep' tables.html
{ printf '{"uri":"x","headline":"Port reopens","body_text":"Harbourville.","x":'; repeat $N '['; repeat $N ']'; printf '}'; } >deep.json
survives 'JSON, 100,000 arrays deep' deep.json 'Port reopens'
repeat $N '{"uri":' >open.json
survives 'JSON, 100,000 objects that never end' open.json
{ printf '{"uri":"x","headline":"Port reopens"'; repeat 60 ',"associations":{"a":{"uri":"y","body_text":"Text."'; repeat 60 '}}'; printf '}'; } >nested.json
survives 'ninjs, 60 stories in each other' nested.json 'Port reopens'
{ printf -- '---\ntitle: Port reopens\n---\n\n'; repeat $N '> '; printf 'Deep down.\n'; } >quotes.md
survives 'Markdown, 100,000 quotations deep' quotes.md
{ printf -- '---\ntitle: Port reopens\n---\n\n'; repeat $N '['; printf 'port](x)\n\n'; repeat $N '*a_'; printf '\n'; } >brackets.md
survives 'Markdown, 100,000 brackets and marks' brackets.md
{ printf -- '---\ntitle: &a ["x"]\nb: '; repeat 5000 '['; printf '*a'; repeat 5000 ']'; printf '\n---\n\nThe port reopened.\n'; } >front.md
survives 'front matter, 5,000 lists deep' front.md
{ printf 'From: a@example.org\nTo: b@example.org\nSubject: Port\nMIME-Version: 1.0\n'
  awk 'BEGIN { for (i = 0; i < 2000; i++) printf "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i; print "\nDeep down." }'; } >deep.eml
survives 'mail, 2,000 parts in each other' deep.eml

# ---- what never ends, many times over ----
for piece in '<p' '<!--' '<a href="' "<a href='" '<textarea>' '<title>' '<script>' '<![CDATA[' '&' '&#' '<?' '</' '<p x=' '<p><b><i>' '<li>' '<option>'; do
	{ printf '<!DOCTYPE html><body><p>The port reopened on Tuesday, its office said.</p>'; repeat $N "$piece"; } >piece.html
	survives "HTML, 100,000 times $piece" piece.html
done
{ printf '<!DOCTYPE html><body><p>The port reopened on Tuesday, its office said.</p>'; repeat $N '<img src=a><p class="caption">A ship.'; } >captions.html
survives 'HTML, 100,000 captions below pictures' captions.html
{ printf '<!DOCTYPE html><body><p>The port reopened on Tuesday, its office said.</p>'; repeat 250 '<div class="photo">'; repeat 1000000 '<b></b>'; } >boxes.html
survives 'HTML, a million elements in boxes in boxes' boxes.html
for piece in '<p' '<!--' '<p x="' '<![CDATA[' '&' '<?' '</p>' '<p>&x;'; do
	{ printf '<nitf><body><body.content><p>The port reopened.</p>'; repeat $N "$piece"; } >piece.xml
	survives "NITF, 100,000 times $piece" piece.xml 'The port reopened'
done
{ printf '<!DOCTYPE html><body><p '; awk 'BEGIN { for (i = 0; i < 100000; i++) printf "a%d=\"x\" ", i }'; printf '>The port reopened on Tuesday.</p>'; } >attributes.html
survives 'HTML, 100,000 attributes' attributes.html 'The port'
awk 'BEGIN { printf "<rss><channel>"; for (i = 0; i < 20000; i++) printf "<item><title>Port %d</title><description>It reopened.</description></item>", i; print "</channel></rss>" }' >items.xml
survives 'RSS, 20,000 items' items.xml 'Port 19999'
{ printf '<rss><channel>'; repeat $N '<item><title>Port</title><description>It reopened.'; } >items.xml
survives 'RSS, 100,000 items that never end' items.xml 'It reopened'
{ printf '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><wp:post_type>post</wp:post_type><description>It reopened. '; repeat $N '[a ='
  repeat $N '[/b]'; printf '</description></item></channel></rss>'; } >codes.xml
survives 'a WordPress export, 100,000 shortcodes that never end' codes.xml 'It reopened'
awk 'BEGIN { printf "["; for (i = 0; i < 20000; i++) printf "{\"uri\":\"%d\",\"headline\":\"Port\",\"body_text\":\"It reopened.\"},", i; print "]" }' >items.json
survives 'ninjs, 20,000 items' items.json '"19999"'
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "\001a1 4 i 2 dpa 1\r\n\002Port reopens =\r\n\r\nIt reopened.\r\n\003240930 GMT Nov 26\r\n\004" }' >items.iptc
survives 'IPTC 7901, 20,000 messages' items.iptc '"20000"'
repeat $N "$(printf '\001')" >soh.iptc
survives 'IPTC 7901, 100,000 times SOH' soh.iptc
{ printf 'From: a@example.org\nTo: b@example.org\nSubject: '; repeat $N '=?utf-8?Q?'; printf '\n\nThe port reopened.\n'; } >words.eml
survives 'mail, 100,000 encoded words that never end' words.eml 'The port reopened'
{ printf 'From: a@example.org\nTo: b@example.org\nSubject: Port\nContent-Type: multipart/mixed; boundary=b\n\n'; awk 'BEGIN { for (i = 0; i < 50000; i++) print "--b" }'; } >parts.eml
survives 'mail, 50,000 empty parts' parts.eml

# ---- comments that suppress ----
comments() {		# comments N DIRECTIVE: a page with so many, and a quotation that never closes behind each
	awk -v n="$1" -v d="$2" 'BEGIN {
		print "<!DOCTYPE html><html lang=\"en\"><body><article><h1>Port</h1>"
		for (i = 0; i < n; i++) printf "<!-- wirelint-%s reason: %d --><p>The tide %d is \"full, said Jan Roth of the pilots.</p>\n", d, i, i
		print "</article></body></html>" }'
}
for directive in 'disable-next quote' 'disable quote/unbalanced' 'disable-file quote' 'disable-next qoute' 'enable quote' 'ignore quote'; do
	comments $N "$directive" >comments.html
	survives "HTML, 100,000 times wirelint-$directive" comments.html
done
comments 20000 'disable-next quote/unbalanced' >comments.html
is 'each of 20,000 comments is obeyed' "$(limit 30 "$WIRELINT" --select quote/unbalanced,suppress comments.html 2>&1 | sed 's/; no conf.*//')" \
	'wirelint: 0 errors, 0 warnings, 0 notes in 0 of 1 file; 20000 suppressed'
{ printf '<html lang="en"><body><p>The port is open.</p><!-- wirelint-disable-next '; awk 'BEGIN { for (i = 0; i < 100000; i++) printf "quote%d, ", i }'
  printf ' reason: x --><p>The tide is in.</p></body></html>'; } >names.html
survives 'a comment that names 100,000 rules' names.html
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[//]: # (wirelint-disable-next quote reason: %d)\n\nThe tide.\n\n", i }' >comments.md
survives 'Markdown, 100,000 comments' comments.md
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[//]: # (wirelint-disable-next quote reason: %d\n", i }' >comments.md
survives 'Markdown, 100,000 comments that never end' comments.md
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "tide <!-- wirelint-disable-next quote reason: %d\n\n", i }' >comments.md
survives 'Markdown, 100,000 comments of HTML that never end' comments.md
awk 'BEGIN { printf "<rss><channel>"; for (i = 0; i < 20000; i++) printf "<!-- wirelint-disable-next quote reason: x --><item><title>Port %d</title><description>It reopened.</description></item>", i; print "</channel></rss>" }' >comments.xml
survives 'RSS, 20,000 items with a comment each' comments.xml
tap_done
