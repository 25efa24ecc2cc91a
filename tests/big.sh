#!/bin/sh
# big.sh: `make check-big`: a file of 300 MB in one line and one of a million paragraphs are checked, in memory of three times
# their size.  Not part of make check: it takes minutes and disk.
set -u
. "${srcdir:-.}/tests/tap.sh"
tap_tmp
cd "$tmp" || exit 99

big() {			# big WHAT FILE: checks it with so much address space (a program and its libraries take 100 MB themselves)
	bytes=$(wc -c <"$2")
	started=$(date +%s)
	(
		# shellcheck disable=SC3045 # there wherever this is run
		ulimit -v $((bytes / 1024 * 3 + 100 * 1024))
		limit 600 "$WIRELINT" --isolated -j1 --format jsonl "$2" >out 2>err </dev/null
	)
	status=$?
	if [ $status -le 1 ]; then
		pass "$1: $((bytes / 1000000)) MB, $(($(date +%s) - started)) s, $(wc -l <out) findings"
	else
		fail "$1: exit status $status"
		note_file err 10
	fi
}

# Prose with a quotation in every fifth sentence, as news has.
awk 'BEGIN {
	for (i = 0; i < 3700000; i++)
		if (i % 5)
			printf "The storm of %d had passed, and the quay was dry by noon on the day after that. ", i
		else
			printf "The harbour office said \"the storm of %d\" had passed, and it was over by noon. ", i
	print ""
}' >line.txt
big 'one line' line.txt
rm line.txt
awk 'BEGIN {
	for (i = 0; i < 1000000; i++)
		if (i % 5)
			printf "The storm number %d has passed, and the quay that it flooded was dry by noon on the day after that.\n\n", i
		else
			printf "The storm number %d \"has passed\", the harbour office said, and it said no more.\n\n", i
}' >paragraphs.txt
big 'a million paragraphs' paragraphs.txt
tap_done
