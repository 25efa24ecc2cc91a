#!/bin/sh
# headers.sh: each header of src/ compiles on its own and may be included twice, so that nobody depends on the order.
set -u
. "${srcdir:-.}/tests/tap.sh"
: "${CC:=cc}" "${COMPILE_FLAGS=-D_GNU_SOURCE}"
cd "$srcdir/src" || exit 99
tap_tmp

for header in *.h */*.h; do
	if printf '#include "%s"\n#include "%s"\n' "$header" "$header" |
		eval "$CC $COMPILE_FLAGS -iquote . -Wall -Wextra -fsyntax-only -x c -" 2>"$tmp/err" && ! [ -s "$tmp/err" ]; then
		pass "$header"
	else
		fail "$header"
		note_file "$tmp/err" 20
	fi
done
tap_done
