# stories.sh, to be read by scripts that need stories which share no copy, and one passage to be lifted: story, $lifted.
# shellcheck shell=sh disable=SC2034

# Stories of a hundred paragraphs' stock; each sentence has words of its own.
story() {		# story SEED PARAGRAPHS
	awk -v seed="$1" -v n="$2" 'BEGIN {
		split("harbour tanker pilot storm quay mill flour school chair mayor baker captain net shed roof road lamp blanket office week wind bay wall gate bridge ferry crane rope anchor tower", w, " ")
		x = seed * 7919 + 17
		for (i = 0; i < n; i++) {
			s = "The"
			for (k = 0; k < 30; k++) {
				x = (x * 1103515 + 12345) % 2147483
				s = s " " w[x % 30 + 1] (k % 3 ? "" : int(x / 97) % 1000)
			}
			print s ".\n"
		}
	}'
}
lifted='Pilots guided the first tanker along the grey wall of the harbour at dawn, the harbour office said, and forty ships were waiting in the bay for their turn, which may take until the end of the week if the wind does not rise again.'
