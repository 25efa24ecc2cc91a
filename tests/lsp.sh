#!/bin/sh
# lsp.sh: `wirelint lsp`, by a client (lsp_client.c) that does what a script says: lifecycle, each feature, the encodings of places, what is
# malformed, cancelled or stale, configurations that come, change and break; and sessions of random edits, after which the diagnostics are
# those of the command line.  WIRELINT_EDITS=10000 makes them longer (300).
set -u
. "${srcdir:-.}/tests/tap.sh"
client=$PWD/tests/lsp_client
[ -x "$client" ] || skip_all 'tests/lsp_client is not built'
tap_tmp
tmp=$(cd "$tmp" && pwd -P)
mkdir "$tmp/desk" "$tmp/bare" && cd "$tmp/desk" || exit 99
printf 'root: true\n' >.wirelint.yaml
desk=file://$tmp/desk
bare=file://$tmp/bare

# A story with a safe fix, a fix that needs a look, a quotation that never closes, and characters of one to four bytes before them.
{
	printf 'Harbourville reopens\n\nBy Ada Brandt\n\n'
	printf 'HARBOURVILLE, Nov. 24 (Reuters) - The port reopened on Tuesday after a storm that had kept ships outside for days.\n\n'
	printf 'It\342\200\231s the pilot\047s day, \360\237\232\242 and the crew\047s, said \346\270\257 owners of e\314\201lan: TK.\n\n'
	printf '\342\200\234We will stay here all night, the pilot said on the quay.\n'
} >story.txt
cp story.txt ../bare/story.txt

can='"textDocument":{"codeAction":{"codeActionLiteralSupport":{}},"hover":{"contentFormat":["markdown","plaintext"]},"documentSymbol":{"hierarchicalDocumentSymbolSupport":true},"publishDiagnostics":{"relatedInformation":true,"codeDescriptionSupport":true}},"workspace":{"workspaceEdit":{"documentChanges":true}}'

# begin ENCODING [INITIALIZATION-OPTIONS [MORE-CAPABILITIES]]: the head of a script
begin() {
	printf '> {"id":1,"method":"initialize","params":{"processId":%d,"initializationOptions":%s,"capabilities":{"general":{"positionEncodings":["%s"]},%s%s}}}\n' \
		$$ "${2:-null}" "$1" "$can" "${3:-}"
	printf 'answer 1\n> {"method":"initialized","params":{}}\n'
}
finish() { printf '> {"id":99,"method":"shutdown"}\nanswer 99\n> {"method":"exit"}\nexit\n'; }
# speak [OPTION...]: the script on standard input, to a server with these options; what came is in $tmp/out
speak() {
	cat >"$tmp/script"
	limit 120 "$client" "$WIRELINT" lsp "$@" <"$tmp/script" >"$tmp/out" 2>"$tmp/err"
}
shows() { if grep -qF -e "$2" "$tmp/out"; then pass "$1"; else fail "$1"; note "expected: $2"; note_file "$tmp/out" 30; fi; }
hides() { if grep -qF -e "$2" "$tmp/out"; then fail "$1"; note "not expected: $2"; note_file "$tmp/out" 30; else pass "$1"; fi; }
ask() { printf '> {"id":%s,"method":"textDocument/%s","params":{"textDocument":{"uri":"%s"}%s}}\n' "$1" "$2" "$3" "${4:-}"; }
at() { printf ',"position":{"line":%s,"character":%s}' "$1" "$2"; }
over() { printf ',"range":{"start":{"line":%s,"character":%s},"end":{"line":%s,"character":%s}},"context":{"diagnostics":[]%s}' "$1" "$2" "$3" "$4" "${5:-}"; }

# ---- lifecycle ----
{ begin utf-8; finish; } | speak
shows 'initialize: the encoding that the client likes' '"positionEncoding":"utf-8"'
shows 'initialize: changes come as edits' '"change":2'
shows 'shutdown and exit: 0' 'exit 0'
{ begin utf-7; finish; } | speak
shows 'a client that names no encoding that is known gets utf-16' '"positionEncoding":"utf-16"'
{ begin utf-8; printf '> {"method":"exit"}\nexit\n'; } | speak
shows 'exit without shutdown: 1' 'exit 1'
{ begin utf-8; printf 'close\nexit\n'; } | speak
shows 'a client that is gone ends the server: 1' 'exit 1'
{ begin utf-8; printf '> {"id":2,"method":"shutdown"}\nanswer 2\nclose\nexit\n'; } | speak
shows 'the same behind shutdown: 0' 'exit 0'
# a process that has ended, and whose number nobody has now
sh -c 'exit 0' & gone=$!
wait $gone
printf '> {"id":1,"method":"initialize","params":{"processId":%d,"capabilities":{}}}\nanswer 1\nexit\n' $gone | speak
shows 'a client that has died without closing ends the server' 'exit 1'
{
	ask 1 hover "$desk/story.txt" "$(at 0 0)"
	printf 'answer 1\n'
	ask 2 didOpen x | sed 's/"id":2,//'
	begin utf-8 | sed 's/"id":1/"id":3/; s/answer 1/answer 3/'
	printf '> {"id":4,"method":"initialize","params":{}}\nanswer 4\n> {"id":5,"method":"shutdown"}\nanswer 5\n'
	ask 6 hover "$desk/story.txt" "$(at 0 0)"
	printf 'answer 6\n> {"method":"exit"}\nexit\n'
} | speak
shows 'a request before initialize is refused' '"id":1,"error":{"code":-32002'
shows 'a second initialize is refused' '"id":4,"error":{"code":-32600'
shows 'a request behind shutdown is refused' '"id":6,"error":{"code":-32600'
limit 10 "$WIRELINT" lsp story.txt </dev/null >"$tmp/out" 2>&1
is 'lsp takes no files' "$? $(grep -c "takes no files" "$tmp/out")" '2 1'
limit 10 "$WIRELINT" lsp </dev/null >"$tmp/out" 2>&1
is 'nothing but frames on standard output' "$? $(wc -c <"$tmp/out" | tr -d ' ')" '1 0'

# ---- what is malformed ----
{
	begin utf-8
	printf 'raw Content-Length: 9\\r\\n\\r\\n{"id": 1,\nwait none\n'
} | sed '/^wait none/d' >"$tmp/part"
{
	cat "$tmp/part"
	printf 'raw Content-Length: 2\\r\\n\\r\\n{]\nraw Content-Length: 2\\r\\n\\r\\n[]\nraw Content-Length: 40\\r\\n\\r\\n{"jsonrpc":"1.0","id":7,"method":"x"}    \n'
	printf 'raw Content-Type: x\\r\\n\\r\\n{"jsonrpc":"2.0","id":8,"method":"lost"}\n'
	printf '> {"id":9,"method":"no/such"}\n> {"id":"ten","method":"$/no/such"}\n> {"method":"no/such"}\n> {"method":"$/setTrace","params":{"value":"off"}}\n'
	ask 11 hover "$desk/story.txt"
	ask 12 hover "$desk/none.txt" "$(at 0 0)"
	printf '> {"id":13,"method":"textDocument/codeAction","params":[]}\n> {"id":77,"result":null}\n> {"id":null,"error":{"code":1,"message":"x"}}\n'
	printf 'open %s story.txt\n' "$desk/story.txt"
	ask 14 codeAction "$desk/story.txt"
	ask 15 hover "$desk/story.txt" "$(at -1 0)"
	ask 16 hover "$desk/story.txt" "$(at 99999999999 99999999999)"
	printf 'answer null\nanswer null\nanswer 7\nanswer null\nanswer null\nanswer 9\nanswer ten\nanswer 11\nanswer 12\nanswer 13\nanswer 14\nanswer 15\nanswer 16\n'
	finish
} | speak
is 'what is not JSON: -32700' "$(grep -c '"id":null,"error":{"code":-32700' "$tmp/out")" 3
shows 'another version of JSON-RPC: -32600' '"id":7,"error":{"code":-32600'
shows 'an unknown method: -32601' '"id":9,"error":{"code":-32601'
shows 'an unknown method of the protocol itself: -32601' '"id":"ten","error":{"code":-32601'
shows 'a document that is not open: -32602' '"id":12,"error":{"code":-32602'
shows 'no range: -32602' '"id":14,"error":{"code":-32602'
shows 'a negative line: -32602' '"id":15,"error":{"code":-32602'
shows 'a place behind the end is the end' '"id":16,"result":null'
shows 'and it goes on' 'exit 0'
{
	begin utf-8
	printf 'raw %s\nexit\n' "$(awk 'BEGIN { for (i = 0; i < 7000; i++) printf "0123456789" }')"
} | speak
shows 'what is no protocol at all ends the server' 'exit 1'
printf 'raw Content-Length: 99999999999\\r\\n\\r\\n\nexit\n' | speak
shows 'a length beyond all sense ends the server' 'exit 1'

# ---- diagnostics, in each encoding ----
for encoding in utf-8=byte utf-16=utf16 utf-32=char; do
	unit=${encoding#*=}
	encoding=${encoding%=*}
	"$WIRELINT" --stage draft --skip-unknown --quiet --format jsonl --column-unit $unit story.txt >"$tmp/jsonl"
	printf 'expect %s\n' "$tmp/jsonl" | "$client" /bin/cat >"$tmp/expected"
	{ begin $encoding; printf 'open %s story.txt\ndiagnostics %s\n' "$desk/story.txt" "$desk/story.txt"; finish; } | speak
	grep '^[0-9]' "$tmp/out" >"$tmp/got"
	is "$encoding: the places are those of the command line" "$(cat "$tmp/got")" "$(cat "$tmp/expected")"
	{
		begin $encoding '{"debounce":0,"holdBack":false}'
		printf 'open %s story.txt\n' "$desk/story.txt"
		# behind the ship, the harbour and the combining mark: the same text in each encoding
		case $encoding in utf-8) printf 'change %s 6:58-6:63 de la mer\n' "$desk/story.txt" ;; utf-16) printf 'change %s 6:51-6:56 de la mer\n' "$desk/story.txt" ;; *) printf 'change %s 6:50-6:55 de la mer\n' "$desk/story.txt" ;; esac
		printf 'change %s 8:0-8:1 \\u201c\\U0001F6A2\nchange %s 2:0-2:0 \\r\\n\\r\\n\nchange %s 4:3-4:3 \\u6e2f\\r\ndiagnostics %s\nwrite %s changed.txt\n' \
			"$desk/story.txt" "$desk/story.txt" "$desk/story.txt" "$desk/story.txt" "$desk/story.txt"
		finish
	} | speak
	"$WIRELINT" --stage draft --skip-unknown --quiet --format jsonl --column-unit $unit --stdin-filename story.txt - <changed.txt >"$tmp/jsonl"
	printf 'expect %s\n' "$tmp/jsonl" | "$client" /bin/cat >"$tmp/expected"
	grep '^[0-9]' "$tmp/out" >"$tmp/got"
	ok "$encoding: edits arrive where they are meant" grep -q 'de la mer' changed.txt
	is "$encoding: and so do diagnostics" "$(cat "$tmp/got")" "$(cat "$tmp/expected")"
done
rm -f changed.txt

s=$desk/story.txt
{ begin utf-16; printf 'open %s story.txt\nwait textDocument/publishDiagnostics\n' "$s"; finish; } | speak
shows 'a diagnostic: source and code' '"code":"quote/unbalanced","source":"wirelint"'
shows 'a diagnostic: its version' '"version":1'
shows 'an error is 1' '"severity":1,"code":"quote/unbalanced"'
cp "$srcdir/examples/storm.txt" .
{ begin utf-16; printf 'open %s storm.txt\nwait textDocument/publishDiagnostics\n' "$desk/storm.txt"; finish; } | speak
shows 'a diagnostic: the address of the policy' '"codeDescription":{"href":"https://'
shows 'a note is related information' '"relatedInformation":[{"location":{"uri":"'
{ begin utf-16 | sed 's/"relatedInformation":true/"relatedInformation":false/'; printf 'open %s storm.txt\nwait textDocument/publishDiagnostics\n' "$desk/storm.txt"; finish; } | speak
shows 'for a client without it, part of the message' '\nnote: the caption is here'

# ---- off and on ----
b=$bare/story.txt
{ begin utf-16; printf 'open %s ../bare/story.txt\nquiet 300\n' "$b"; ask 2 diagnostic "$b"; printf 'answer 2\n'; finish; } | speak
shows 'off where no configuration is found' 'quiet'
shows 'and so are requests' '"id":2,"result":{"kind":"full","items":[]}'
{ begin utf-16 '{"enable":true}'; printf 'open %s ../bare/story.txt\ndiagnostics %s\n' "$b" "$b"; finish; } | speak
shows 'on by the client' 'quote/unbalanced'
{ begin utf-16; printf 'open %s ../bare/story.txt\ndiagnostics %s\n' "$b" "$b"; finish; } | speak --enable
shows 'on by the command line' 'quote/unbalanced'
{ begin utf-16 '{"enable":false}'; printf 'open %s story.txt\nquiet 300\n' "$s"; finish; } | speak
shows 'off by the client' 'quiet'
{ begin utf-16 '{"wirelint":{"enable":true}}'; printf 'open untitled:Untitled-1 story.txt\ndiagnostics untitled:Untitled-1\n'; finish; } | speak
shows 'what is no file yet is checked where it is on' 'quote/unbalanced'
printf '{"name": "no article", "version": 3}\n' >package.json
: >empty.txt
{ begin utf-16; printf 'open %s package.json\ndiagnostics %s\nopen %s empty.txt\ndiagnostics %s\necho end\n' "$desk/package.json" "$desk/package.json" "$desk/empty.txt" "$desk/empty.txt"; finish; } | speak
is 'what is no article, or empty, has no diagnostics' "$(grep -v '^{' "$tmp/out")" "end
exit 0"
printf 'exclude: ["old-*"]\n' >>.wirelint.yaml
cp story.txt old-story.txt
{ begin utf-16; printf 'open %s old-story.txt\nquiet 300\n' "$desk/old-story.txt"; finish; } | speak
shows 'what is excluded is left alone' 'quiet'
printf 'root: true\n' >.wirelint.yaml

# ---- stage ----
{ printf 'Notice\n\nEMBARGOED until Nov. 24, 2099, 9 a.m. EST\n\n'; sed 1,2d story.txt; } >embargo.txt
for stage in draft publish; do
	"$WIRELINT" --stage $stage --quiet --format jsonl --column-unit utf16 embargo.txt >"$tmp/jsonl"
	printf 'expect %s\n' "$tmp/jsonl" | "$client" /bin/cat >"$tmp/$stage"
done
ok 'the stages differ' sh -c "! cmp -s '$tmp/draft' '$tmp/publish'"
e=$desk/embargo.txt
stage() { { begin utf-16 "${1:-null}"; printf 'open %s embargo.txt\ndiagnostics %s\n' "$e" "$e"; finish; } | speak ${2:+"$2"}; grep '^[0-9]' "$tmp/out"; }
is 'the stage is draft' "$(stage)" "$(cat "$tmp/draft")"
is 'another by the client' "$(stage '{"stage":"publish"}')" "$(cat "$tmp/publish")"
is 'another by the command line' "$(stage null --stage=publish)" "$(cat "$tmp/publish")"
is 'that of the client is stronger' "$(stage '{"stage":"draft"}' --stage=publish)" "$(cat "$tmp/draft")"
printf 'root: true\nstage: publish\n' >.wirelint.yaml
is 'draft, whatever a configuration says' "$(stage)" "$(cat "$tmp/draft")"
is 'but where it is asked' "$(stage '{"stage":"configuration"}')" "$(cat "$tmp/publish")"
printf 'root: true\n' >.wirelint.yaml

# ---- debounce, stale results, held back ----
{
	begin utf-16 '{"debounce":400}'
	printf 'open %s story.txt\ndiagnostics %s\nchange %s 0:0-0:0 x\nsleep 100\nchange %s 0:0-0:0 x\nquiet 250\necho now\nwait textDocument/publishDiagnostics\n' "$s" "$s" "$s" "$s"
	finish
} | speak
shows 'nothing is sent while somebody types' 'quiet'
shows 'and then that of the last version' '"version":3'
{
	begin utf-16 '{"debounce":0}'
	printf 'hold\nopen %s story.txt\n' "$s"
	i=0
	while [ $i -lt 50 ]; do printf 'change %s 0:0-0:0 x\n' "$s"; i=$((i + 1)); done
	printf 'flush\nwait textDocument/publishDiagnostics\nquiet 200\n'
	finish
} | speak
is 'of fifty versions at once the last is told' "$(grep -c '"version":51' "$tmp/out") $(grep -c publishDiagnostics "$tmp/out")" '1 1'
{
	begin utf-16 '{"debounce":0}'
	printf 'open %s story.txt\ndiagnostics %s\necho typing\nchange %s 8:30-8:30 x\ndiagnostics %s\necho elsewhere\nchange %s 4:60-4:60 x\ndiagnostics %s\n' "$s" "$s" "$s" "$s" "$s" "$s"
	printf 'echo again\nchange %s 8:30-8:31 \ndiagnostics %s\necho saved\nsave %s\ndiagnostics %s\n' "$s" "$s" "$s" "$s"
	finish
} | speak
section() { sed -n "/^$1\$/,/^[a-z]*\$/p" "$tmp/out" | grep -c "quote/unbalanced"; }
is 'a quotation that is open is held back in its paragraph while it is typed' "$(section typing) $(section again)" '0 0'
is 'and told when the edit is elsewhere' "$(section elsewhere)" 1
is 'and when it is saved' "$(sed -n '/^saved$/,$p' "$tmp/out" | grep -c quote/unbalanced)" 1
{ begin utf-16 '{"debounce":0,"holdBack":false}'; printf 'open %s story.txt\nchange %s 8:30-8:30 x\ndiagnostics %s\n' "$s" "$s" "$s"; finish; } | speak
shows 'unless the client wants it' 'quote/unbalanced'
{ begin utf-16; printf 'open %s story.txt\ndiagnostics %s\n> {"method":"textDocument/didClose","params":{"textDocument":{"uri":"%s"}}}\nwait textDocument/publishDiagnostics\n' "$s" "$s" "$s"; finish; } | speak
shows 'what is closed has no diagnostics' '"diagnostics":[]'

# ---- pull ----
{
	begin utf-16 '{"pull":true,"debounce":5000}' '' | sed 's/"workspaceEdit"/"diagnostics":{"refreshSupport":true},&/'
	printf 'open %s story.txt\n' "$s"
	ask 2 diagnostic "$s"
	printf 'answer 2\nchange %s 6:0-6:200 \n' "$s"
	ask 3 diagnostic "$s"
	printf 'answer 3\nsave %s\nwait workspace/diagnostic/refresh\n' "$s"
	finish
} | speak
shows 'who wants to ask is told that he may' '"diagnosticProvider":{'
shows 'and is answered at once' '"id":2,"result":{"kind":"full","items":[{"range"'
hides 'and is sent nothing' 'textDocument/publishDiagnostics'
shows 'and hears when to ask again' 'workspace/diagnostic/refresh'
is 'by the text as it is' "$(sed -n 's/.*"id":3,//p' "$tmp/out" | grep -c mixed-apostrophe)" 0

# ---- cancellation ----
{
	begin utf-16
	printf 'open %s story.txt\nhold\n' "$s"
	ask 2 hover "$s" "$(at 0 0)"
	ask 3 hover "$s" "$(at 0 0)"
	printf '> {"method":"$/cancelRequest","params":{"id":3}}\n> {"method":"$/cancelRequest","params":{"id":777}}\n> {"method":"$/cancelRequest"}\nflush\nanswer 2\nanswer 3\n'
	finish
} | speak
shows 'what is cancelled is answered so' '"id":3,"error":{"code":-32800'
shows 'and nothing else' '"id":2,"result":null'

# ---- hover, symbols ----
{
	begin utf-16
	printf 'open %s story.txt\n' "$s"
	ask 2 hover "$s" "$(at 8 0)"
	ask 3 hover "$s" "$(at 0 0)"
	ask 4 documentSymbol "$s"
	printf 'answer 2\nanswer 3\nanswer 4\n'
	finish
} | speak
shows 'hover says why' '**quote/unbalanced** (error): quotation mark “ opens a quotation that never closes\n\nevery quotation that opens closes.'
shows 'and where' '"range":{"start":{"line":8,"character":0},"end":{"line":8,"character":1}}}'
shows 'and nothing where there is nothing' '"id":3,"result":null'
for part in headline byline dateline lead paragraph; do shows "a symbol: $part" "{\"name\":\"$part: "; done
{ begin utf-16 | sed 's/"markdown",//; s/"hierarchicalDocumentSymbolSupport":true/"hierarchicalDocumentSymbolSupport":false/'
	printf 'open %s story.txt\n' "$s"; ask 2 hover "$s" "$(at 8 0)"; ask 4 documentSymbol "$s"; printf 'answer 2\nanswer 4\n'; finish; } | speak
shows 'hover without Markdown' '"kind":"plaintext","value":"quote/unbalanced (error): quotation'
shows 'symbols without a tree' '"location":{"uri":"file://'
cp "$srcdir/tests/plant/rss.xml" .
{ begin utf-16; printf 'open %s rss.xml\n' "$desk/rss.xml"; ask 4 documentSymbol "$desk/rss.xml"; printf 'answer 4\n'; finish; } | speak
shows 'each article of a feed has its own' '"children":[{"name":"'

# ---- fixes ----
{
	begin utf-8 '{"debounce":0}'
	printf 'open %s story.txt\n' "$s"
	ask 2 codeAction "$s" "$(over 6 0 6 40)"
	printf 'answer 2\n'
	ask 3 codeAction "$s" "$(over 6 0 6 40)"
	printf 'apply %s 3 typography/mixed-apostrophe\ndiagnostics %s\nprint %s\n' "$s" "$s" "$s"
	finish
} | speak
shows 'a safe fix is preferred' '"isPreferred":true'
shows 'an edit names the version' '"documentChanges":[{"textDocument":{"uri":"'
shows 'an edit is of its diagnostic' '"kind":"quickfix","diagnostics":[{"range":'
shows 'a fix is put in' "It's the pilot's day"
is 'and its finding is gone' "$(grep -c '^[0-9].*mixed-apostrophe' "$tmp/out")" 0
m=$desk/marks.txt
printf 'The pilots of Harbourville said in a long letter on Tuesday that the port is closed, and that ships wait.\n\n``We stay,\047\047 the pilot Jan Roth said of the storm.\n' >marks.txt
{ begin utf-8; printf 'open %s marks.txt\n' "$m"; ask 2 codeAction "$m" "$(over 2 0 2 4)"; printf 'answer 2\n'; finish; } | speak
shows 'a fix that needs a look says so' '(unsafe: look at it)'
{ begin utf-8 '{"unsafeFixes":false}'; printf 'open %s marks.txt\n' "$m"; ask 2 codeAction "$m" "$(over 2 0 2 4)"; printf 'answer 2\n'; finish; } | speak
hides 'or is not offered' 'unsafe: look'
{ begin utf-8 | sed 's/"documentChanges":true/"documentChanges":false/'; printf 'open %s story.txt\n' "$s"; ask 2 codeAction "$s" "$(over 6 0 6 40)"; printf 'answer 2\n'; finish; } | speak
shows 'for a client without versions' '"edit":{"changes":{"file://'
for file in storm.txt story.txt; do
	cp $file fixed.txt
	"$WIRELINT" fix --stage draft --quiet fixed.txt >/dev/null 2>&1
	for encoding in utf-8 utf-16; do
		{
			begin $encoding
			printf 'open %s %s\n' "$desk/$file" $file
			ask 2 codeAction "$desk/$file" "$(over 0 0 0 0 ',"only":["source.fixAll"]')"
			printf 'apply %s 2 all safe fixes\nwrite %s mended.txt\n' "$desk/$file" "$desk/$file"
			finish
		} | speak
		ok "$file, $encoding: all safe fixes are those of wirelint fix" cmp -s fixed.txt mended.txt
	done
done
{ begin utf-8; printf 'open %s story.txt\n' "$s"; ask 2 codeAction "$s" "$(over 0 0 9 0 ',"only":["source.fixAll.wirelint"]')"; ask 3 codeAction "$s" "$(over 0 0 9 0 ',"only":["refactor"]')"; printf 'answer 2\nanswer 3\n'; finish; } | speak
is 'only what is asked for' "$(grep '"id":2,' "$tmp/out" | grep -c '"kind":"quickfix"')" 0
shows 'and nothing of another kind' '"id":3,"result":[]'

# ---- comments that let pass ----
for name in markdown.md html.html nitf.xml newsml-g2.xml rss.xml; do
	cp "$srcdir/tests/cases/suppress-${name%%.*}"/input.* "$name" 2>/dev/null || continue
	u=$desk/$name
	"$WIRELINT" --stage draft --quiet --format gcc "$name" | grep 'quote/unbalanced' | head -n 1 >"$tmp/first"
	line=$(cut -d: -f2 "$tmp/first")
	column=$(cut -d: -f3 "$tmp/first")
	for where in 'this paragraph' 'the whole file'; do
		{
			begin utf-32 '{"reasons":["as the \"court\" -- wrote it"],"debounce":0}'
			printf 'open %s %s\ndiagnostics %s\necho then\n' "$u" "$name" "$u"
			ask 2 codeAction "$u" "$(over $((line - 1)) $((column - 1)) $((line - 1)) $((column - 1)))"
			printf 'apply %s 2 quote/unbalanced: let it pass in %s\nsave %s\ndiagnostics %s\nwrite %s passed\n' "$u" "$where" "$u" "$u" "$u"
			finish
		} | speak
		n=$(sed '/^then/,$d' "$tmp/out" | grep -c '^[0-9].*quote/unbalanced')
		k=$(sed '1,/^then/d' "$tmp/out" | grep -c '^[0-9].*quote/unbalanced')
		ok "$name: a finding passes in $where, with a reason ($n, then $k)" [ "$k" -lt "$n" ]
		is "$name: and nothing is wrong with the comment" "$(sed '1,/^then/d' "$tmp/out" | grep -c '^[0-9].*suppress/')" "$(sed '/^then/,$d' "$tmp/out" | grep -c '^[0-9].*suppress/')"
	done
done
{ begin utf-8; printf 'open %s markdown.md\n' "$desk/markdown.md"; ask 2 codeAction "$desk/markdown.md" "$(over 26 0 26 1)"; printf 'answer 2\n'; finish; } | speak
shows 'without a reason of the house it is for the writer to say' 'reason: -->'
{ begin utf-8; printf 'open %s story.txt\n' "$s"; ask 2 codeAction "$s" "$(over 8 0 8 1)"; printf 'answer 2\n'; finish; } | speak
hides 'plain text has no comments' 'let it pass'

# ---- configurations ----
{
	begin utf-16 '{"debounce":0}'
	printf 'open %s story.txt\ndiagnostics %s\necho before\n' "$s" "$s"
	printf '> {"method":"workspace/didChangeConfiguration","params":{"settings":{"wirelint":{"ignore":["quote"]}}}}\ndiagnostics %s\necho after\n' "$s"
	printf '> {"method":"workspace/didChangeConfiguration","params":{"settings":{"wirelint":{"ignor":["quote"],"debounce":"x","select":["nonsense"]}}}}\n'
	printf 'wait window/showMessage\nwait window/showMessage\nwait window/showMessage\ndiagnostics %s\n' "$s"
	finish
} | speak
is 'a change of the settings changes the diagnostics' "$(sed '/^before/,$d' "$tmp/out" | grep -c quote/unb) $(sed '1,/^before/d; /^after/,$d' "$tmp/out" | grep -c '^[0-9].*quote/unb')" '1 0'
shows 'an unknown setting is told, with the nearest' "unknown setting 'ignor'; did you mean 'ignore'?"
shows 'a setting of another kind is told' "setting 'debounce' is of another kind"
shows 'an unknown rule is told' "unknown rule or family 'nonsense'"
is 'and the rest holds' "$(sed '1,/^after/d' "$tmp/out" | grep -c '^[0-9].*quote/unb')" 1
{
	begin utf-16 null | sed 's/"workspaceEdit"/"configuration":true,"didChangeWatchedFiles":{"dynamicRegistration":true},&/'
	printf 'wait workspace/configuration\nwait client/registerCapability\n> {"id":1,"result":[{"ignore":"quote"}]}\nopen %s story.txt\ndiagnostics %s\n' "$s" "$s"
	printf '> {"method":"workspace/didChangeConfiguration","params":{"settings":null}}\nwait workspace/configuration\n'
	finish
} | speak
shows 'a client that can be asked is asked' '"section":"wirelint"'
shows 'files are watched where the client can' '**/.wirelint-waivers.yaml'
is 'what it answers holds' "$(grep -c '^[0-9].*quote/unb')" 0 <"$tmp/out"
# the files change under a running server: the script waits for the shell by what it prints
mkfifo "$tmp/fifo"
"$client" "$WIRELINT" lsp <"$tmp/fifo" >"$tmp/out" 2>"$tmp/err" &
running=$!
exec 3>"$tmp/fifo"
said() { i=0; while [ $i -lt 300 ] && ! grep -qF -e "$1" "$tmp/out"; do sleep 0.1; i=$((i + 1)); done; }
{ begin utf-16 '{"debounce":0}'; printf 'open %s story.txt\ndiagnostics %s\necho step-1\n' "$s" "$s"; } >&3
said step-1
printf 'root: true\nignore: [quote]\n' >.wirelint.yaml
printf '> {"method":"workspace/didChangeWatchedFiles","params":{"changes":[]}}\ndiagnostics %s\necho step-2\n' "$s" >&3
said step-2
printf 'root: true\nignore: [quotes]\nselct: 3\n' >.wirelint.yaml
printf 'save %s\nwait window/showMessage\ndiagnostics %s/.wirelint.yaml\ndiagnostics %s\necho step-3\n' "$s" "$desk" "$s" >&3
said step-3
printf 'root: true\n: [\n' >.wirelint.yaml
printf 'change %s 0:0-0:0 x\nwait window/showMessage\ndiagnostics %s/.wirelint.yaml\ndiagnostics %s\necho step-4\n' "$s" "$desk" "$s" >&3
said step-4
printf 'root: true\n' >.wirelint.yaml
printf 'waivers:\n  - {rule: quote/unbalanced, path: story.txt, reason: as it was said, owner: desk}\n' >.wirelint-waivers.yaml
printf 'save %s\nwait textDocument/publishDiagnostics\ndiagnostics %s\necho step-5\n' "$s" "$s" >&3
said step-5
rm -f .wirelint-waivers.yaml .wirelint.yaml
printf 'save %s\nwait textDocument/publishDiagnostics\necho step-6\n' "$s" >&3
finish >&3
exec 3>&-
wait $running
step() { sed -n "/^step-$(($1 - 1))\$/,/^step-$1\$/p" "$tmp/out"; }
is 'a configuration that changes changes the diagnostics' "$(grep -c '^step-1$' "$tmp/out") $(step 2 | grep -c '^[0-9].*quote/unb')" '1 0'
is 'one that is wrong is told at its place' "$(step 3 | grep -c '^3:1-.*error config/file') $(step 3 | grep -c '^2:10-2:16 error config/file')" '1 1'
is 'and what is understood of it holds' "$(step 3 | grep -c 'quote/unb')" 1
is 'one that is no YAML is told' "$(step 4 | grep -c showMessage)" 1
is 'one that is mended is told, and waivers hold' "$(step 5 | grep -c '"diagnostics":\[\]') $(step 5 | grep -c '^[0-9].*quote/unb')" '1 0'
is 'one that is gone switches off' "$(step 6 | grep -c '"diagnostics":\[\]')" 1
ok 'and the server ends well' grep -q '^exit 0' "$tmp/out"
printf 'root: true\n' >.wirelint.yaml

# ---- the copies that stories are made from ----
mkdir wire
printf '\342\200\234We will bring in two ships with each tide, and no ship will be turned away,\342\200\235 said Jan Roth, the chief pilot of Harbourville.\n\nThe port took in its first ship since Saturday after a storm that had kept a dozen vessels in the bay.\n' >wire/sent.txt
sed 's/two ships with each tide/three ships with each tide/' wire/sent.txt >ours.txt
printf 'root: true\nupstream: wire\n' >.wirelint.yaml
"$WIRELINT" --stage draft --quiet --format jsonl --column-unit utf16 ours.txt >"$tmp/jsonl"
printf 'expect %s\n' "$tmp/jsonl" | "$client" /bin/cat >"$tmp/expected"
{ begin utf-16; printf 'open %s ours.txt\ndiagnostics %s\n' "$desk/ours.txt" "$desk/ours.txt"; finish; } | speak
ok 'the copy differs' grep -q quote/altered "$tmp/expected"
is 'a story is compared with its copy, as on the command line' "$(grep '^[0-9]' "$tmp/out")" "$(cat "$tmp/expected")"
{ begin utf-16; printf 'open %s ours.txt\nwait textDocument/publishDiagnostics\n' "$desk/ours.txt"; finish; } | speak
shows 'and the copy is related information' '/desk/wire/sent.txt","range":{"start":{"line":0,'
printf 'root: true\n' >.wirelint.yaml

# ---- encodings on the disk ----
printf '<?xml version="1.0" encoding="ISO-8859-1"?>\n<nitf><body><body.head><hedline><hl1>Caf\303\251 am Hafen</hl1></hedline></body.head><body.content><p>Die Caf\303\251s im Hafen von Portalder haben am Dienstag wieder ge\303\266ffnet, sagte Jan Roth.</p></body.content></body></nitf>\n' >latin.xml
{ begin utf-16; printf 'open %s latin.xml\ndiagnostics %s\n' "$desk/latin.xml" "$desk/latin.xml"; ask 2 documentSymbol "$desk/latin.xml"; printf 'answer 2\n'; finish; } | speak
hides 'an encoding that the file declares is none of the buffer' 'input/'
shows 'whose text is read as it is' 'Café am Hafen'

# ---- sessions of random edits ----
edits=${WIRELINT_EDITS:-300}
n=0
for file in "$srcdir/examples/storm.txt" "$srcdir"/tests/plant/[ahmnrt]*.* "$srcdir/tests/cases/suppress-markdown/input.md" "$srcdir"/tests/cases/silent-cjk/input-*.md; do
	case $file in */rules.xml) continue ;; esac
	n=$((n + 1))
	name=random-${file##*/}
	u=$desk/$name
	cp "$file" "$name"
	case $((n % 3)) in 0) encoding=utf-8 unit=byte ;; 1) encoding=utf-16 unit=utf16 ;; *) encoding=utf-32 unit=char ;; esac
	{
		begin $encoding
		printf 'open %s %s\ndiagnostics %s\nrandom %s %d %d\necho then\nsave %s\ndiagnostics %s\nwrite %s final\n' "$u" "$name" "$u" "$u" "$edits" $n "$u" "$u" "$u"
		finish
	} >"$tmp/script"
	"$client" "$WIRELINT" lsp <"$tmp/script" >"$tmp/out" 2>"$tmp/err"
	sed '1,/^then/d' "$tmp/out" | grep '^[0-9]' >"$tmp/got"
	"$WIRELINT" --stage draft --skip-unknown --encoding utf-8 --quiet --format jsonl --column-unit $unit --stdin-filename "$name" - <final >"$tmp/jsonl"
	printf 'expect %s\n' "$tmp/jsonl" | "$client" /bin/cat >"$tmp/expected"
	if cmp -s "$tmp/got" "$tmp/expected" && grep -q '^exit 0' "$tmp/out"; then
		pass "$edits edits of ${file##*/}: the $(grep -c . "$tmp/got") diagnostics are those of the command line"
	else
		fail "$edits edits of ${file##*/}: diagnostics are those of the command line"
		diff "$tmp/got" "$tmp/expected" | head -n 10 | sed 's/^/# /'
		note_file "$tmp/err" 10
	fi
	before=$(sed -n 's/.*memory \([0-9]*\) kB after.*/\1/p' "$tmp/err")
	after=$(sed -n 's/.*, \([0-9]*\) kB at the end.*/\1/p' "$tmp/err")
	# buffers grow to the size of the largest text that was met; a leak of a few hundred bytes an edit would be more
	if [ "${before:-0}" -gt 0 ] && [ "$before" -lt 30000 ]; then		# not under a sanitizer, which keeps what is freed
		ok "${file##*/}: memory does not grow ($before kB, $after kB)" [ "$after" -le $((before + 2048)) ]
	fi
	note_file "$tmp/err" 5
done
tap_done
