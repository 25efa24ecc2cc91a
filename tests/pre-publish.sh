#!/bin/sh
# pre-publish.sh: the two callers of examples/pre-publish let a sound story pass, hold a bad one, and hold whatever they do not know of.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
mkdir "$tmp/bin" "$tmp/fake" "$tmp/desk" && cd "$tmp" || exit 99
ln -s "$WIRELINT" bin/wirelint
export WIRELINT
printf 'By Ada Brandt\n\nThe port of Harbourville reopened on Tuesday after a storm that had kept ships outside.\n' >sound.txt
printf 'By Ada Brandt\n\nThe port of Harbourville reopened on Tuesday, TK days after a storm that had kept ships outside.\n' >bad.txt
printf 'By Ada Brandt\n\nThe port of Harbourville reopened on Tuesday after a a storm that had kept ships outside.\n' >warned.txt
: >empty.txt
printf '{"x": 1}\n' >other.txt
printf 'root: true\nseverity: {copy/placeholder: warning}\n' >desk/.wirelint.yaml
printf 'root: true\nnonsense: 1\n' >fake/.wirelint.yaml

# fake WHAT: a program in place of wirelint
fake() { { echo '#!/bin/sh'; echo 'cat >/dev/null'; cat; } >fake/"$1" && chmod +x fake/"$1"; }
report() { printf '{"version":"0.1.0","findings":[\n\n],"skipped":[],"counts":{"error":0,"articles":%s,"skipped":0},"verdict":"%s"}\n' "$1" "$2"; }
# The report goes to standard output, or to the file of --output.
answers() { printf 'for w; do case $w in json:*) exec >"${w#json:}" ;; esac; done\n'; printf "cat <<'END'\n%s\nEND\nexit %s\n" "$1" "$2"; }
answers "$(report 1 pass)" 0 | fake right
answers "$(report 0 pass)" 0 | fake nothing
answers "$(report 1 pass)" 1 | fake disagrees
answers "$(report 1 fail)" 0 | fake lenient
answers '{"version":"0.1.0","findings":[' 0 | fake half
answers '' 0 | fake silent
answers '[]' 0 | fake array
echo 'sleep 30' | fake slow
echo 'kill -KILL $$' | fake killed
echo 'exit 99' | fake crashed
printf 'not a program\n' >fake/text

callers() {	# callers WHAT STATUS STORY [NAME]: both, where they are there
	for caller in hook.sh check.mjs; do
		case $caller in
		hook.sh) command -v timeout >/dev/null || { skip "$caller: $1" 'timeout is not there'; continue; }
			limit 60 sh "$srcdir/examples/pre-publish/hook.sh" "$3" "${4-$3}" >out 2>err ;;
		check.mjs) command -v node >/dev/null || { skip "$caller: $1" 'node is not there'; continue; }
			limit 60 node "$srcdir/examples/pre-publish/check.mjs" "${4-$3}" <"$3" >out 2>err ;;
		esac
		got=$?
		is "$caller: $1" "$got" "$2"
		[ "$got" -eq "$2" ] || note_file err
		if [ "$2" -eq 2 ] && ! grep -q held err; then
			fail "$caller: $1: it says why"
			note_file err
		fi
	done
}
callers 'a sound story' 0 sound.txt
callers 'a story with a warning is published all the same' 0 warned.txt
callers 'a bad story is held' 1 bad.txt
ok 'its finding is told' grep -q '^bad.txt:3:[0-9]*: error: .*\[copy/placeholder\]' out
callers 'the name chooses the configuration' 0 bad.txt desk/bad.txt
callers 'a configuration that is wrong' 2 sound.txt fake/sound.txt
callers 'an empty story' 2 empty.txt
callers 'a file that is no story' 2 other.txt

WIRELINT=$tmp/fake/right
callers 'the answer is that of the program' 0 bad.txt
for what in nothing disagrees lenient half silent array killed crashed text missing; do
	WIRELINT=$tmp/fake/$what
	callers "wirelint in its place is $what" 2 sound.txt
done
WIRELINT=$tmp/fake/slow SECONDS_AT_MOST=1
export SECONDS_AT_MOST
callers 'one that takes too long' 2 sound.txt
WIRELINT=$tmp/bin/wirelint
unset SECONDS_AT_MOST

ok 'the callers are no articles: a run over examples/ counts them and passes over them' \
	sh -c '"$WIRELINT" check --isolated --verbose "$srcdir/examples" 2>&1 >/dev/null | grep -c "pre-publish/.*" | grep -qx 2'
"$WIRELINT" check --isolated --format json "$srcdir/examples" 2>/dev/null >report
is '... as the report says' "$(grep -c '"path":"[^"]*pre-publish/[a-z.]*","reason"' report), $(sed -n 's/.*"verdict":"\(.*\)"}/\1/p' report)" '2, fail'
tap_done
