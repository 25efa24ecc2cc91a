#!/bin/sh
# progress.sh: how far a run is stands on a terminal from the first second on, is taken away at the end, and never goes into a pipe.
set -u
. "${srcdir:-.}/tests/tap.sh"
command -v script >/dev/null || skip_all "'script' is not there to make a terminal"
tap_tmp
cd "$tmp" || exit 99
mkdir stories
for name in b c; do printf 'A headline\n\nThe council met on Monday.\n' >stories/$name.txt; done
mkfifo stories/a.txt

# run COMMAND...: its standard error on a terminal goes into `screen`; the first file takes more than a second to come
run() {
	(sleep 1.2; cat stories/b.txt >stories/a.txt) &
	script -qec "$*" screen </dev/null >/dev/null
	wait
}

run "'$WIRELINT' check --isolated stories/a.txt stories/b.txt stories/c.txt >out"
ok 'a run of check says how far it is' grep -q 'wirelint: checked 1 of 3 files (33 %)' screen
ok 'the line is taken away before the sum' grep -q "$(printf '\r\033\\[Kwirelint: [0-9no]')" screen
ok 'nothing of it is among the findings' sh -c '! grep -q "checked 1 of" out'
run "'$WIRELINT' check --isolated --quiet stories/a.txt stories/b.txt stories/c.txt >out"
ok '--quiet shows none' sh -c '! grep -q "checked 1 of" screen'
run "'$WIRELINT' check --isolated stories/a.txt stories/b.txt stories/c.txt"
ok 'none where the findings are shown' sh -c '! grep -q "checked 1 of" screen'
run "'$WIRELINT' check --isolated stories/a.txt stories/b.txt stories/c.txt 2>errors >out"
ok 'none in a pipe' sh -c '! grep -q "checked 1 of" errors && grep -q "^wirelint: " errors'
tap_done
