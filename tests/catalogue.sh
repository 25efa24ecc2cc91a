#!/bin/sh
# catalogue.sh: the pages of all rules, for man and for a browser, are without a fault, whole, and need nothing else.
set -u
. "${srcdir:-.}/tests/tap.sh"
: "${MANDOC:=mandoc}"
tap_tmp
"$WIRELINT" rules --isolated >"$tmp/list" || exit 99
awk '{ print $1 }' "$tmp/list" >"$tmp/ids"

is 'a page for man is made' "$("$WIRELINT" rules --isolated --format man 2>&1 >"$tmp/page.7"; echo $?)" 0
if ! command -v "$MANDOC" >/dev/null 2>&1 || [ "$MANDOC" = : ]; then
	skip 'it is without a fault' 'mandoc is not there'
elif "$MANDOC" -Tlint -Wwarning "$tmp/page.7" >"$tmp/lint" 2>&1 && ! [ -s "$tmp/lint" ]; then
	pass 'it is without a fault'
else
	fail 'it is without a fault'
	note_file "$tmp/lint"
fi
sed -n 's/^\.Ss //p' "$tmp/page.7" >"$tmp/shown"
is 'it has each rule, in order' "$(diff "$tmp/ids" "$tmp/shown")" ''
is 'it is ASCII' "$(LC_ALL=C tr -d '\n -~\t' <"$tmp/page.7" | wc -c | tr -d ' ')" 0

is 'a page of HTML is made' "$("$WIRELINT" rules --isolated --format html 2>&1 >"$tmp/page.html"; echo $?)" 0
if [ "${XMLLINT:-:}" = : ]; then
	skip 'it is well-formed' 'xmllint is not there'
else
	is 'it is well-formed' "$("$XMLLINT" --nonet --noout "$tmp/page.html" 2>&1)" ''
fi
sed -n 's/^<article id="\([^"]*\)">$/\1/p' "$tmp/page.html" >"$tmp/shown"
is 'it has each rule, in order' "$(diff "$tmp/ids" "$tmp/shown")" ''
sed -n 's/.*<li><a href="#\([^"]*\/[^"]*\)">.*/\1/p' "$tmp/page.html" >"$tmp/shown"
is 'its index leads to each rule' "$(diff "$tmp/ids" "$tmp/shown")" ''
sed -n 's/.* id="\([^"]*\)".*/\1/p' "$tmp/page.html" | LC_ALL=C sort | uniq -d >"$tmp/twice"
is 'no anchor stands twice' "$(cat "$tmp/twice")" ''
# what an example shows is escaped, and loads nothing
sed 's/&lt;[^<]*&gt;//g; s/&lt;.*//' "$tmp/page.html" >"$tmp/markup"
is 'it loads nothing' "$(grep -inE ' (src|srcset|poster|data|action)=|<(link|img|iframe|object|embed)\b|@import|url\(|fetch\(|XMLHttp|import\('  "$tmp/markup")" ''
is 'nothing of the template is left over' "$(grep -nE '^@[A-Z]+@$' "$tmp/page.html")" ''

# A desk's own rules stand among them, whatever characters they hold; nothing is said of how often they are right.
cat >"$tmp/house.xml" <<'X'
<rules xmlns="urn:wirelint:rules:1" family="house">
  <rule id="odd" severity="note">
    <title>&lt;b&gt; &amp; "c" \fBd.</title>
    <pattern>zzz\\</pattern>
    <message>no '{match}'</message>
    <why>.Dd is no request &amp; \e is no escape.
      'Nor is this; é and &lt;script&gt; are text.</why>
    <bad>
      .Ed [[zzz\]] &lt;b&gt;
      'quote
    </bad>
    <good>Nothing &amp; more.</good>
  </rule>
</rules>
X
"$WIRELINT" rules --isolated --rules "$tmp/house.xml" --format man >"$tmp/page.7" 2>"$tmp/err"
is 'a desk'"'"'s own rule stands in the page for man' "$? $(grep -c '^\.Ss house/odd$' "$tmp/page.7")" '0 1'
if command -v "$MANDOC" >/dev/null 2>&1 && [ "$MANDOC" != : ]; then
	is 'whatever it holds' "$("$MANDOC" -Tlint -Wwarning "$tmp/page.7" 2>&1)" ''
	"$MANDOC" -Tascii "$tmp/page.7" | sed 's/.\x08//g' >"$tmp/read"
	is 'as it was written' "$(grep -c '\.Ed \[\[zzz\\\]\] <b>' "$tmp/read") $(grep -c "^ *'quote" "$tmp/read")" '1 1'
fi
"$WIRELINT" rules --isolated --rules "$tmp/house.xml" --format html >"$tmp/page.html" 2>"$tmp/err"
if [ "${XMLLINT:-:}" != : ]; then
	is 'and in that of HTML' "$("$XMLLINT" --nonet --noout "$tmp/page.html" 2>&1; grep -c '^<article id="house/odd">' "$tmp/page.html")" 1
fi
is 'and is not said to be measured' "$("$WIRELINT" explain --isolated --rules "$tmp/house.xml" house/odd | grep -ci 'how often it is right')" 0
is 'a form that is none is refused' "$("$WIRELINT" rules --format tty 2>&1; echo $?)" \
	"wirelint: error: unknown output form 'tty', expected text, json, man or html
2"
tap_done
