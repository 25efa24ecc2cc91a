#!/bin/sh
# manual.sh: the manual pages are without a fault, and what they and the README show is what happens.
#
# Shown sessions are run: literal displays of the manual and ```console blocks of the README whose first line begins with
# `$ `.  Each such line is a command; the lines below it are its whole output, standard error included.  The manual's run
# in a copy of examples/, the README's above it.  `$ cat FILE` makes the file where it is not there yet.
#
# manual.sh --bless: writes what happens into the pages and the README, to be looked at before it is committed.
set -u
. "${srcdir:-.}/tests/tap.sh"
: "${MANDOC:=mandoc}"
tap_tmp
bless=
if [ "${1-}" = --bless ]; then bless=yes; fi

# ---- the pages ----
for page in "$srcdir"/doc/*.[1-9]; do
	[ -z "$bless" ] || break
	name=${page##*/}
	if ! command -v "$MANDOC" >/dev/null 2>&1 || [ "$MANDOC" = : ]; then
		skip "lint $name" 'mandoc is not there'
	elif "$MANDOC" -Tlint -Wwarning "$page" >"$tmp/lint" 2>&1 && ! [ -s "$tmp/lint" ]; then
		pass "lint $name"
	else
		fail "lint $name"
		note_file "$tmp/lint"
	fi
done

# ---- the sessions ----
mkdir "$tmp/bin" "$tmp/top"
ln -s "$WIRELINT" "$tmp/bin/wirelint"
ln -s "$WIRELINT" "$tmp/top/wirelint"
cp -R "$srcdir/examples" "$tmp/top/examples"
chmod -R u+w "$tmp/top/examples"
PATH=$tmp/bin:$PATH
export PATH

# Writes session.N.cmd, .out and .line for each command of the file, in order.
sessions() {
	rm -f "$tmp"/session.*
	awk -v to="$tmp/session." '
	function begin() { inside = 1; first = 1; running = 0 }
	function done() { inside = 0; if (running) { close(to n ".out"); running = 0 } }
	FILENAME ~ /[.][1-9]$/ && /^[.]Bd -literal/ { begin(); next }
	FILENAME ~ /[.][1-9]$/ && /^[.]Ed/ { done(); next }
	FILENAME ~ /[.]md$/ && /^```console/ { begin(); next }
	FILENAME ~ /[.]md$/ && /^```/ { done(); next }
	!inside { next }
	FILENAME ~ /[.][1-9]$/ {
		gsub(/\\\(aq/, "\047")
		gsub(/\\\(dq/, "\"")
		gsub(/\\-/, "-")
		gsub(/\\&/, "")
		gsub(/\\e/, "\\")
	}
	first && !/^[$] / { inside = 0; next }
	{ first = 0 }
	/^[$] / {
		if (running) close(to n ".out")
		n++
		running = 1
		print substr($0, 3) > (to n ".cmd")
		close(to n ".cmd")
		print FNR > (to n ".line")
		close(to n ".line")
		printf "" > (to n ".out")
		next
	}
	{ print > (to n ".out") }
	END { print n + 0 }' "$1"
}

run_sessions() {	# run_sessions FILE FOLDER
	count=$(sessions "$1")
	last=0
	i=0
	while [ $i -lt "$count" ]; do
		i=$((i + 1))
		command=$(cat "$tmp/session.$i.cmd")
		where=${1##*/}:$(cat "$tmp/session.$i.line")
		case $command in
		'cat '*' '* | 'cat '*'|'* | 'cat '*'<'*) ;;
		'cat '*)
			file=$2/${command#cat }
			[ -e "$file" ] || cp "$tmp/session.$i.out" "$file" ;;
		esac
		(cd "$2" && limit 30 sh -c "(exit $last); $command") >"$tmp/got" 2>&1 </dev/null
		last=$?
		if [ -n "$bless" ]; then
			case $1 in
			*.md) cp "$tmp/got" "$tmp/session.$i.got" ;;
			*) sed 's/\\/\\e/g; s/^[.'"'"']/\\\&&/' "$tmp/got" >"$tmp/session.$i.got" ;;
			esac
		elif cmp -s "$tmp/session.$i.out" "$tmp/got"; then
			pass "$where: $command"
		else
			fail "$where: $command"
			diff -u --label shown --label got "$tmp/session.$i.out" "$tmp/got" >"$tmp/why"
			note_file "$tmp/why" 60
		fi
	done
	if [ -n "$bless" ]; then
		awk -v from="$tmp/session." '
		/^[.]Bd -literal/ || /^```console/ { print; first = 1; shown = 0; next }
		/^[.]Ed/ || /^```/ { shown = 0 }
		/^[$] / && (first || shown) {
			print
			n++
			while ((getline line < (from n ".got")) > 0) print line
			shown = 1
			next
		}
		{ first = 0 }
		!shown { print }' "$1" >"$tmp/blessed" && { cmp -s "$tmp/blessed" "$1" || cp "$tmp/blessed" "$1"; }
	fi
}

for page in "$srcdir"/doc/*.[1-9]; do
	run_sessions "$page" "$tmp/top/examples"
done
run_sessions "$srcdir/README.md" "$tmp/top"
[ -n "$bless" ] || tap_done
