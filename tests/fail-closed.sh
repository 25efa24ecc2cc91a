#!/bin/sh
# fail-closed.sh: whatever could not be checked ends the run with 2, by itself and among a hundred clean files, and the verdict of the
# report is `incomplete`.  A line each way in which a gate could fail open.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
mkdir "$tmp/desk" && cd "$tmp/desk" || exit 99
mkdir .git && : >.git/HEAD	# nothing above this folder counts

story() { printf 'By Ada Brandt\n\nHARBOURVILLE, Nov 24 (Reuters) - The port reopened on Tuesday after the storm.\n\nSource: Reuters\n' >"$1"; }
story a.txt
mkdir many
i=0
while [ $i -lt 20 ]; do story many/$i.txt; i=$((i + 1)); done
pack() {		# pack FILE RULE...: a pack of rules
	file=$1
	shift
	printf '<rules xmlns="urn:wirelint:rules:1" family="house">%s</rules>\n' "$*" >"$file"
}
rule() { printf '<rule id="%s" severity="note" %s><title>t</title>%s<message>m</message><bad>[[qq]]</bad><good>x</good></rule>' "$1" "$2" "$3"; }

"$WIRELINT" --quiet a.txt many >out 2>&1
is 'the stories are clean' "$? $(cat out)" '0 '

# closed WHAT RULE ARGUMENT...: exit status 2, a message of that rule ("" : on standard error), and what else is wrong is still said
closed() {
	what=$1 wanted=$2
	shift 2
	printf '%s' 'closed: ' >why
	"$WIRELINT" --format json "$@" >out.json 2>err
	json=$?
	"$WIRELINT" --format gcc --quiet "$@" >out 2>>err
	gcc=$?
	if [ "$json$gcc" != 22 ]; then
		fail "$what"
		note "exit status $json and $gcc, expected 2"
		note_file err
	elif [ -n "$wanted" ] && ! grep -q "\\[$wanted\\]\$" out; then
		fail "$what"
		note "no message of $wanted"
		note_file out
	elif [ -n "$wanted" ] && ! grep -q '"verdict":"incomplete"' out.json; then
		fail "$what"
		note 'the verdict is not incomplete'
	elif [ -z "$wanted" ] && ! grep -q '^wirelint: error: ' err; then
		fail "$what"
		note 'nothing on standard error'
	else
		pass "$what"
	fi
}

# ---- inputs ----
mkdir empty
closed 'a folder without a story' input/no-files empty
closed 'no file at all' ''
printf '<?xml version="1.0"?>\n<invoice><sum>1</sum></invoice>\n' >empty/invoice.xml
closed 'a folder without an article' input/no-files empty
rm empty/invoice.xml
printf 'many\0none.txt\0' >nul.list
closed 'a list with NULs, taken for lines' '' --files-from nul.list
rm nul.list
closed 'a file that is not there' input/missing none.txt many
printf 'many\nnone.txt\n' >none.list
closed 'a listed file that is not there' input/missing --files-from none.list
closed 'a list that is not there' '' --files-from absent.list
: >blank.txt
closed 'an empty file' input/empty blank.txt many
printf '\211PNG\r\n\032\n\000\000' >picture.txt
closed 'a picture' input/binary picture.txt many
printf '<?xml version="1.0"?>\n<invoice><sum>1</sum></invoice>\n' >invoice.xml
closed 'markup that is no article' input/no-article invoice.xml many
rm blank.txt picture.txt invoice.xml
if [ "$(id -u)" -ne 0 ]; then
	story secret.txt && chmod 000 secret.txt
	closed 'a file that may not be read' input/missing secret.txt many
	rm -f secret.txt
else
	skip 'a file that may not be read' 'root may read all'
fi
ln -s /dev/null null.txt
closed 'a device' input/not-a-file null.txt
rm null.txt
ln -s nowhere.txt link.txt
closed 'a link that leads nowhere, met in a folder' input/missing .
rm link.txt

# ---- rules ----
closed 'an unknown rule' '' --select no/such a.txt
closed 'an unknown rule to leave out' '' --ignore no/such a.txt
closed 'an empty selection' '' --select '' a.txt
pack broken.xml "$(rule good '' '<pattern>TK</pattern>') $(rule bad '' '<pattern>(</pattern>')"
printf 'By Ada Brandt\n\nHARBOURVILLE, Nov 24 (Reuters) - The port TK reopened on Tuesday after the storm.\n\nSource: Reuters\n' >fault.txt
closed 'a broken rule' config/rules --rules broken.xml fault.txt
is 'does not stop its neighbour' "$(grep -c '\[house/good\]$' out)" 1
closed 'a pack that is not there' config/rules --rules none.xml a.txt
pack limit.xml "$(rule slow 'scope="prose"' '<pattern>\b(?:a|a|aa)+[cd]</pattern>')"
printf 'HARBOURVILLE, Nov 24 (Reuters) - We saw %s there.\n\nSource: Reuters\n' "$(printf '%090d' 0 | tr 0 a)" >slow.txt
closed 'a match limit' run/match-limit --rules limit.xml slow.txt
pack compare.xml "$(rule same 'tier="compare"' '<pattern>qq</pattern>')"
closed 'a rule that compares, and nothing to compare with' run/no-input --rules compare.xml --select house/same a.txt
closed 'the same by its tier' run/no-input --rules compare.xml --select tier:compare a.txt

# ---- configuration ----
configured() {		# configured WHAT RULE CONFIGURATION
	printf '%s\n' "$3" >.wirelint.yaml
	closed "$1" "$2" a.txt many
	rm .wirelint.yaml
}
configured 'an unknown key' config/file 'kinds: own'
configured 'an unknown word' config/file 'kind: mine'
configured 'an unknown rule in the configuration' config/file 'ignore: [no/such]'
configured 'an unknown profile' config/file 'profile: [reutres]'
configured 'an unknown licence' config/file 'licences: [propublic]'
configured 'an unknown parameter' config/file 'parameters: {copy/placeholder: {none: 1}}'
configured 'profiles that disagree' config/file 'profile: [en-gb, en-us]'
configured 'a configuration that is no YAML' config/file 'kind: "own'
configured 'a configuration that extends nothing' config/file 'extends: none.yaml'
configured 'a pack of the configuration that is not there' config/file 'rules: [none.xml]'
configured 'a baseline of the configuration that is not there' config/baseline 'baseline: none.json'
configured 'a rule that compares, asked for by the configuration' run/no-input 'rules: [compare.xml]
select: [house/same]'
mkdir .wirelint.yaml
closed 'a configuration that cannot be read' config/file a.txt
rmdir .wirelint.yaml
ln -s nowhere .wirelint.yaml
closed 'a configuration that is a link to nowhere' config/file a.txt
rm .wirelint.yaml
mkdir many/deep && story many/deep/b.txt && printf 'kinds: own\n' >many/deep/.wirelint.yaml
closed 'a broken configuration deep in a folder' config/file a.txt many
rm -r many/deep
closed '--config that is not there' config/file --config none.yaml a.txt

# ---- what lets pass ----
printf 'waivers:\n  - rule: no/such\n    path: a.txt\n    reason: r\n    owner: o\n' >.wirelint-waivers.yaml
closed 'a waiver of an unknown rule' config/waivers a.txt
printf 'waivers: [' >.wirelint-waivers.yaml
closed 'waivers that are no YAML' config/waivers a.txt
rm .wirelint-waivers.yaml && ln -s nowhere .wirelint-waivers.yaml
closed 'waivers that are a link to nowhere' config/waivers a.txt
rm .wirelint-waivers.yaml
printf '{"version":1,' >.wirelint-baseline.json
closed 'a baseline that is cut short' config/baseline a.txt
printf '{"version":99,"tool":"wirelint","findings":[]}\n' >.wirelint-baseline.json
closed 'a baseline of another version' config/baseline a.txt
rm .wirelint-baseline.json && ln -s nowhere .wirelint-baseline.json
closed 'a baseline that is a link to nowhere' config/baseline a.txt
rm .wirelint-baseline.json
closed '--baseline that is not there' config/baseline --baseline none.json a.txt
closed 'a revision, where there is no repository' run/diff-base --diff-base HEAD a.txt

# ---- none of it can be let pass ----
printf 'severity: {config/file: "off"}\n' >.wirelint.yaml
closed 'what was not checked cannot be turned off' config/file a.txt
printf 'kinds: own\nfail-on: never\n' >.wirelint.yaml
closed 'nor by fail-on: never' config/file a.txt
rm .wirelint.yaml
printf 'waivers:\n  - rule: input/empty\n    path: blank.txt\n    reason: r\n    owner: o\n' >.wirelint-waivers.yaml
: >blank.txt
closed 'nor by a waiver' config/waivers blank.txt
rm .wirelint-waivers.yaml
"$WIRELINT" baseline create blank.txt a.txt >out 2>&1
is 'nor by a baseline' "$? $([ -e .wirelint-baseline.json ] && echo written)" '2 '
tap_done
