#!/bin/sh
# html.sh: the page of `--format html`: one whole page that is XML, too, whatever names and articles hold; the same at any -j; links lead
# somewhere; what is too much is left out and said.  With Chromium and node it is used, too (tests/browser.mjs); SHOTS=DIR keeps pictures of it.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
xmllint=${XMLLINT:-:}
out=$tmp/out.html

page() {	# page OPTIONS...: checks into $out
	limit 120 "$WIRELINT" check --quiet --format html "$@" >"$out" 2>"$tmp/err"
	status=$?
	[ "$status" -lt 2 ] || note_file "$tmp/err"
}

count() { grep -o -e "$1" "$out" | wc -l | tr -d ' '; }

# Each link within the page has its place, each id is one alone.
links() {
	awk '{ s = $0
		while (match(s, / (id|href)="[^"]*"/)) {
			word = substr(s, RSTART + 1, RLENGTH - 2); s = substr(s, RSTART + RLENGTH)
			if (sub(/^id="/, "", word)) { if (id[word]++) print "twice: " word }
			else if (sub(/^href="#/, "", word)) to[word] = 1
		} }
		END { for (w in to) if (!(w in id)) print "nowhere: " w }' "$out"
}

whole() {	# whole WHAT: well-formed, with its links, without anything from elsewhere
	if [ "$xmllint" = : ]; then
		skip "$1: well-formed" 'no xmllint'
	else
		ok "$1: well-formed" "$xmllint" --nonet --noout "$out"
	fi
	is "$1: links lead somewhere" "$(links)" ''
	is "$1: nothing from elsewhere" "$(grep -c -E '<(img|link|iframe|object|embed|base|form)[ />]|<script [^>]*src|@import|url\(' "$out")" 0
	is "$1: no style or script in elements" "$(grep -c -E '<[a-z][^>]* (style|on[a-z]+)=' "$out")" 0
	is "$1: no control characters" "$(LC_ALL=C tr -d '\n\t -~\200-\377' <"$out" | wc -c | tr -d ' ')" 0
}

mkdir "$tmp/in" && cp "$srcdir"/examples/*.txt "$srcdir"/examples/*.xml "$tmp/in" && cd "$tmp/in" || exit 99
page --isolated storm.txt
is 'an article: exit status' "$status" 1
whole 'an article'
"$WIRELINT" check --isolated --quiet --format jsonl storm.txt >"$tmp/found" 2>/dev/null
is 'an article: a card for each finding' "$(count 'class="card ')" "$(wc -l <"$tmp/found" | tr -d ' ')"
page --isolated .
whole 'a folder'
cp "$out" "$tmp/many.html"
for jobs in 1 2 7; do
	"$WIRELINT" check --isolated --quiet --format html -j$jobs . >"$tmp/jobs" 2>/dev/null
	ok "the same with -j$jobs" cmp -s "$out" "$tmp/jobs"
done
"$WIRELINT" check --isolated --quiet --output "html:$tmp/file.html" --output gcc:- . >/dev/null 2>&1
ok 'the same by --output' cmp -s "$out" "$tmp/file.html"
if [ -c /dev/full ]; then
	"$WIRELINT" check --isolated --quiet --format html . >/dev/full 2>/dev/null
	is 'a full disk' "$?" 2
fi

# the policy names the hashes of what stands in the page
if command -v openssl >/dev/null 2>&1 && command -v perl >/dev/null 2>&1; then
	for tag in style script; do
		hash=$(perl -0777 -ne 'print $1 if /<'$tag'>(.*?)<\/'$tag'>/s' "$out" | openssl dgst -sha256 -binary | openssl base64)
		ok "the policy allows this $tag by its hash" grep -q "$tag-src 'sha256-$hash'" "$out"
	done
else
	skip 'the policy allows style and script by their hashes' 'no openssl or perl'
fi
ok 'the policy forbids all else' grep -q "Content-Security-Policy\" content=\"default-src 'none'; " "$out"

# ---- what is hostile ----
mkdir "$tmp/hostile" && cd "$tmp/hostile" || exit 99
cat >pack.xml <<'XML'
<rules xmlns="urn:wirelint:rules:1" family="h">
  <rule id="all" severity="error" scope="all"><title>no &lt;b> &amp; "script"</title><pattern trigger="bad">[^ ]*bad[^ ]*</pattern>
    <message>'{match}' &lt;/script>&lt;script>window.owned=1&lt;/script></message><fix class="unsafe">&lt;img src=x></fix>
    <why link="https://example.org/?a=1&amp;b=2">&lt;/p>&lt;script>window.owned=1&lt;/script></why>
    <bad>A [[bad]] here.</bad><good>None.</good></rule>
</rules>
XML
printf '</script><script>window.owned=1</script>bad\n\n<!--bad--> ]]>bad<![CDATA[ &bad; <img/src=x/onerror=window.owned=1>bad\n\nThe bad\342\200\256drab\000 \033[31mbad\001 bad\377 \357\277\277bad\357\273\277 "bad"%s.\n' '&#0;' >"bad.txt"
cp bad.txt '"><img src=x onerror=window.owned=1>.txt'
cp bad.txt 'a&lt;b&quot;.txt'
cp bad.txt 'line
<script>.txt'
cp bad.txt "$(printf 'rtl\342\200\256txt.exe\001.txt')" 2>/dev/null
cp bad.txt "$(printf 'caf\351.txt')" 2>/dev/null
printf '<html><body><h1>A bad <b>story</b> &lt;script&gt;</h1><p>Say &lt;/mark&gt;bad&amp;lt; it.</p><p>&#x202e;bad</p></body></html>' >page.html
page --isolated --rules pack.xml --select h .
is 'hostile: exit status' "$status" 1
whole 'hostile'
is 'hostile: no element of theirs' "$(count '<script')-$(count '</script')-$(count '<style')" '1-1-1'
is 'hostile: what nobody would see is named' "$(grep -c 'class="odd">U+202E<' "$out")" "$(grep -c 'U+202E' "$out")"
cp "$out" "$tmp/hostile.html"
printf '<rules xmlns="urn:wirelint:rules:1" family="x"><rule id="a"><nothing/></rule>' >broken.xml
page --isolated --rules broken.xml bad.txt missing.txt
is 'what could not be checked: exit status' "$status" 2
whole 'what could not be checked'
ok 'what could not be checked: it is said at the head' grep -q '<p class="badge">incomplete</p>' "$out"
page --isolated --select quote/unbalanced page.html
ok 'nothing found: it is said' grep -q '<h1>Nothing found in page.html</h1>' "$out"
whole 'nothing found'
printf '\211PNG\r\n\032\n\000\000' >picture.txt
: >empty.txt
page --isolated --skip-unknown picture.txt empty.txt page.html
whole 'skipped files'
is 'skipped files: they are named' "$(count '2 files or items were no articles and were skipped')" 1

# ---- marks ----
mkdir "$tmp/marks" && cd "$tmp/marks" || exit 99
cat >pack.xml <<'XML'
<rules xmlns="urn:wirelint:rules:1" family="m">
  <rule id="long" severity="note" scope="all"><title>long</title><pattern trigger="one">one two three</pattern><message>long</message>
    <bad>A [[one two three]] here.</bad><good>None.</good></rule>
  <rule id="in" severity="error" scope="all"><title>in</title><pattern trigger="two">two</pattern><message>in</message>
    <bad>A [[two]] here.</bad><good>None.</good></rule>
  <rule id="over" severity="warning" scope="all"><title>over</title><pattern trigger="three">three four</pattern><message>over</message>
    <bad>A [[three four]] here.</bad><good>None.</good></rule>
</rules>
XML
printf 'A line of its own\n\nIt said one two three four & five.\n' >over.txt
page --isolated --rules pack.xml --select m over.txt
whole 'marks'
is 'marks: one in another, and one over its end' "$(sed -n 's/.*It said \(.*\) &amp; five.*/\1/p' "$out" | sed 's/<span[^>]*><.span>//g; s/<a [^>]*>\([0-9]\)<.a>/[\1]/g')" \
	'<mark class="note" data-f="1">one </mark><mark class="error" data-f="1 2">two</mark>[2]<mark class="note" data-f="1"> </mark><mark class="warning" data-f="1 3">three</mark>[1]<mark class="warning" data-f="3"> four</mark>[3]'
printf 'He said: "It is\nfine here.\n' >open.txt
printf '<p>Rates rose &amp; fell: one&nbsp;two &#116;wo <b>t</b>wo.</p><p>Then the office said it would not say any more of it.</p>' >refs.html
page --isolated --rules pack.xml --select m/in refs.html
is 'marks: over references and tags' "$(count '<mark class="error" data-f="[0-9]">two</mark>')" 3

# ---- what is let pass ----
mkdir "$tmp/pass" && cd "$tmp/pass" || exit 99
printf '<!-- wirelint-disable m/in reason: it is <b>meant</b> -->\n<h1>On two</h1><p>The office said two of them.</p>\n' >pass.html
page --isolated --rules ../marks/pack.xml --select m pass.html
whole 'let pass'
is 'let pass: no card' "$(count 'class="card ')" 0
ok 'let pass: told behind a switch' grep -q '<summary>2 findings were let pass</summary>' "$out"
ok 'let pass: with the reason' grep -q 'by comment in the file: it is &lt;b&gt;meant' "$out"

# ---- a page that lies among stories ----
mkdir "$tmp/among" && cd "$tmp/among" || exit 99
cp "$srcdir"/examples/storm.txt "$srcdir"/examples/clean.txt .
"$WIRELINT" check --isolated --quiet --output html:report.html . >/dev/null 2>&1
cp report.html before.html
"$WIRELINT" check --isolated --quiet --output html:report.html . >/dev/null 2>&1
is 'among stories: what it was itself made of last time is no article' "$(grep -c '<p class="meta">2 articles in 2 files' report.html)" 1
is 'among stories: told where it is named' "$("$WIRELINT" check --isolated --quiet report.html)" \
	'report.html:1:1: error: holds no article: a page that wirelint has made [input/no-article]'

# ---- too much ----
mkdir "$tmp/much" && cd "$tmp/much" || exit 99
awk 'BEGIN { for (i = 0; i < 2300; i++) { f = sprintf("f%04d.txt", i); print "A line of its own\n\nThe office said " (i % 3 ? "two" : "none") " of them." (i % 700 ? "" : " And two more.") >f; close(f) } }'
page --isolated --rules ../marks/pack.xml --select m .
whole 'many files'
is 'many files: the worst 300 are shown' "$(count '<article class="story"')" 300
ok 'many files: the others are counted' grep -q 'The worst 300 articles are shown. Not shown: 1,235 articles with 1,235 findings, and 765 articles without one' "$out"
ok 'many files: rows, too' grep -q 'Not listed: 1,300 files with [0-9]* findings, all in the counts above' "$out"
is 'many files: the worst is the first' "$(sed -n 's/.*<h2 id="t1">\([^<]*\)<.*/\1/p' "$out")" f0700.txt
"$WIRELINT" check --isolated --quiet --format html -j3 --rules ../marks/pack.xml --select m . >"$tmp/jobs" 2>/dev/null
ok 'many files: the same with -j3' cmp -s "$out" "$tmp/jobs"
mkdir "$tmp/long" && cd "$tmp/long" || exit 99
awk 'BEGIN { for (i = 0; i < 9000; i++) print "Row " i " of them, in which the office said " (i % 10 ? "nothing" : "two") " and no more.\n" }' >long.txt
page --isolated --rules ../marks/pack.xml --select m .
whole 'a long article'
is 'a long article: 400 findings' "$(count 'class="card ')" 400
ok 'a long article: the others are counted' grep -q '500 findings more of this article' "$out"
ok 'a long article: what is not shown is said' grep -q '9 blocks without findings are not shown' "$out"
ok 'a long article: no longer than it must be' test "$(wc -c <"$out")" -lt 700000

# ---- in a browser ----
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || chromium=
if [ -z "$chromium" ] || ! command -v node >/dev/null 2>&1; then
	skip 'in a browser' 'no Chromium or no node'
	tap_done
fi
"$chromium" --headless=new --no-sandbox --disable-gpu --user-data-dir="$tmp/profile" --dump-dom "file://$tmp/many.html" >"$tmp/dom" 2>/dev/null
ok 'the script runs' grep -q '<nav id="tools" aria-label="Filters"><div' "$tmp/dom"
TMPDIR=$tmp limit 150 node "$srcdir/tests/browser.mjs" "$chromium" "$tmp/many.html" "$tmp/hostile.html" >"$tmp/browser" 2>"$tmp/err" || note_file "$tmp/err"
is 'the browser has answered' "$(grep -c . "$tmp/err")" 0
while IFS= read -r line; do
	case $line in
	'ok '*) pass "in a browser: ${line#ok }" ;;
	'not ok '*) fail "in a browser: ${line#not ok }" ;;
	*) printf '%s\n' "$line" ;;
	esac
done <"$tmp/browser"
tap_done
