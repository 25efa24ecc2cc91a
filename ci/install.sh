#!/bin/sh
# install.sh FOLDER: builds wirelint of these sources into FOLDER, for CI, where FOLDER is kept from run to run: what was built of the
# same sources on the same system is taken as it is, and only the libraries it is linked to are installed again, where they lack.
# install.sh --key: a word that changes with the sources and the system, to keep the folder under.
#
# Needs Debian 12 or Ubuntu 24.04, or later, and root or sudo where packages lack.
set -eu
srcdir=$(cd "$(dirname "$0")/.." && pwd)

key() {
	system=$(sed -n 's/^ID=//p' /etc/os-release 2>/dev/null; sed -n 's/^VERSION_ID=//p' /etc/os-release 2>/dev/null)
	system=$(printf '%s' "$system" | tr -d '"' | tr '\n' '-')
	sources=$(cd "$srcdir" && cat bootstrap configure.ac Makefile.am ci/install.sh && find src rules scripts doc -type f ! -name '*.o' ! -name builtin_data.c \
		! -name '.dirstamp' ! -path '*/.deps/*' | LC_ALL=C sort | while IFS= read -r f; do printf '%s\n' "$f"; cat "$f"; done)
	printf '%s-%s-%s\n' "${system:-unknown}" "$(uname -m)" "$(printf '%s' "$sources" | sha256sum | cut -c 1-16)"
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

if [ "${1-}" = --key ]; then
	key
	exit
fi
[ $# -eq 1 ] || { echo 'install.sh: expected a folder, or --key' >&2; exit 2; }
mkdir -p "$1"
to=$(cd "$1" && pwd)
now=$(key)

if [ -x "$to/bin/wirelint" ] && [ "$(cat "$to/key" 2>/dev/null)" = "$now" ]; then
	if ! "$to/bin/wirelint" --version >/dev/null 2>&1; then
		# shellcheck disable=SC2046 # a list of words
		as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update &&
			as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $(cat "$to/packages") >/dev/null
	fi
	echo "install.sh: $("$to/bin/wirelint" --version) was built before" >&2
	exit
fi

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
(cd "$build" && "$srcdir/bootstrap" --prefix="$to" && make -s install >/dev/null)
# The packages of its libraries, for a machine that has this folder and not them.
ldd "$to/bin/wirelint" | sed -n 's|.*=> \(/[^ ]*\) .*|\1|p' | while IFS= read -r library; do
	dpkg-query -S "$library" 2>/dev/null || dpkg-query -S "$(readlink -f "$library")" 2>/dev/null || dpkg-query -S "/usr$library" 2>/dev/null || :
done | sed 's/:.*//' | sort -u >"$to/packages"
printf '%s\n' "$now" >"$to/key"
echo "install.sh: $("$to/bin/wirelint" --version) is in $to/bin" >&2
