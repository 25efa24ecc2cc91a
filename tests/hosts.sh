#!/bin/sh
# hosts.sh: `wirelint digest` and `wirelint reuse --digests` on three hosts by GNU parallel over ssh, with the same bytes as on one, though a host is lost in the
# middle of each half.
#
# The hosts are made here, on one machine: each a network namespace with an address of its own on a bridge, and in it an sshd in a process namespace of its
# own.  A host is lost by taking its cable out and killing whatever runs on it.  Root is needed, and the right to make namespaces.  What is
# missing of Debian's packages (parallel, openssh-server, openssh-client, iproute2, util-linux) is installed, and wirelint built if it is not there:
# so it runs on an empty machine.  All that it makes is gone at the end.
#
#	sh tests/hosts.sh		WIRELINT_NEWS=DIR: over these stories; else over 1,500 of its own making
#
# It is no part of `make check`.
set -u
srcdir=${srcdir:-$(cd "$(dirname "$0")/.." && pwd)}
WIRELINT=${WIRELINT:-$srcdir/wirelint}
. "$srcdir/tests/tap.sh"

[ "$(id -u)" = 0 ] || skip_all 'root is needed to make hosts'
missing=
for pair in parallel:parallel sshd:openssh-server ssh:openssh-client ip:iproute2 unshare:util-linux; do
	command -v "${pair%%:*}" >/dev/null 2>&1 || [ -x "/usr/sbin/${pair%%:*}" ] || missing="$missing ${pair#*:}"
done
if [ -n "$missing" ]; then
	# shellcheck disable=SC2086
	{ apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing; } >/dev/null 2>&1 ||
		skip_all "missing, and not to be installed:$missing"
fi
[ -x "$WIRELINT" ] || (cd "$srcdir" && ./bootstrap) || exit 99
tap_tmp
cd "$tmp" || exit 99
net=10.77.$(($$ % 200)) bridge=wl$(($$ % 10000))
alive=

# ---- the hosts ----
down() {
	for i in 1 2 3; do
		[ -f pid$i ] && kill -9 "$(cat pid$i)" 2>/dev/null
		ip link del $bridge.$i 2>/dev/null
		ip netns del $bridge-$i 2>/dev/null
	done
	ip link del $bridge 2>/dev/null
	cd /
}
trap 'down; rm -rf "$tmp"' EXIT
ip link add $bridge type bridge 2>err && ip addr add $net.1/24 dev $bridge && ip link set $bridge up ||
	skip_all "no right to make a network: $(cat err)"
mkdir -p /run/sshd
ssh-keygen -q -t ed25519 -N '' -f key && ssh-keygen -q -t ed25519 -N '' -f host || exit 99
for i in 1 2 3; do
	ip netns add $bridge-$i 2>err || skip_all "no right to make a namespace: $(cat err)"
	ip link add $bridge.$i type veth peer name eth0 netns $bridge-$i && ip link set $bridge.$i master $bridge up &&
		ip -n $bridge-$i addr add $net.1$i/24 dev eth0 && ip -n $bridge-$i link set eth0 up && ip -n $bridge-$i link set lo up || exit 99
	cat >sshd$i <<-EOF
		ListenAddress $net.1$i
		HostKey $tmp/host
		AuthorizedKeysFile $tmp/key.pub
		StrictModes no
		PermitRootLogin yes
		UsePAM no
		PidFile none
		MaxStartups 100
	EOF
	ip netns exec $bridge-$i unshare --pid --fork --mount --mount-proc --kill-child /usr/sbin/sshd -D -e -f "$tmp/sshd$i" 2>log$i &
	echo $! >pid$i
	alive="$alive,1/host$i"
	printf 'Host host%s\n\tHostName %s\n' $i $net.1$i >>ssh
done
cat >>ssh <<EOF
Host *
	User root
	IdentityFile $tmp/key
	UserKnownHostsFile $tmp/known
	StrictHostKeyChecking no
	LogLevel ERROR
	ConnectTimeout 2
	ServerAliveInterval 1
	ServerAliveCountMax 2
EOF
for i in 1 2 3; do
	n=0
	until ssh -F ssh host$i true 2>err || [ $n -ge 50 ]; do n=$((n + 1)); sleep 0.1; done
done
is 'three hosts' "$(for i in 1 2 3; do ssh -n -F ssh host$i "ip -4 -o addr show dev eth0 | sed 's/.*inet //;s,/.*,,'"; done | tr '\n' ' ')" "$net.11 $net.12 $net.13 "

# lost HOST LOG JOBS: when it has done so many jobs
lost() {
	until [ -f "$2" ] && [ "$(grep -c "host$1	" "$2")" -ge "$3" ]; do sleep 0.02; done
	ip link set $bridge."$1" down
	kill -9 "$(cat pid"$1")"
	echo "$(($(wc -l <"$2") - 1)) jobs done" >lost"$1"
}

# ---- the stories ----
if [ -n "${WIRELINT_NEWS:-}" ]; then
	cp -r "$WIRELINT_NEWS" stories
else
	mkdir stories
	perl -e '
		my @all;
		for my $i (1 .. 1500) {
			my $x = $i * 104729 + 17; my @p;
			for (1 .. 8) { my $s = "The"; for (1 .. 40) { $x = ($x * 1103515 + 12345) % 2147483647; $s .= " word" . int($x / 97) % 9000 } push @p, "$s.\n\n" }
			splice @p, 3, 2, @{$all[-7]}[3, 4] if $i % 9 == 0;	# two paragraphs of another
			push @all, \@p;
			open my $o, ">", sprintf("stories/%04d.txt", $i) or die; print $o @p;
		}'
fi
"$WIRELINT" reuse --isolated --quiet --format tsv stories >one
[ $? -le 1 ] && [ -s one ] && pass "on one machine: $(wc -l <one) pairs among $(find stories -type f | wc -l) stories" || fail 'on one machine'

# ---- first half: digests ----
PARALLEL_SSH="ssh -F $tmp/ssh" PARALLEL_HOME=$tmp
export PARALLEL_SSH PARALLEL_HOME
lost 2 log.digest 5 &
watch=$!
find stories -type f -print0 | sort -z |
	parallel --will-cite -0 -n 20 -S "${alive#,}" --workdir "$tmp" --retries 9 --joblog log.digest "$WIRELINT" digest --isolated --quiet >digests 2>err
status=$?
wait $watch
is 'digests: every job was done, though a host was lost' "$status" 0
[ -s err ] && note_file err 5
note "host 2 was lost with $(cat lost2) of $(($(wc -l <log.digest) - 1))"
is 'a line a story' "$(cut -f1 digests | sort -u | wc -l)" "$(find stories -type f | wc -l)"
for i in 1 2 3; do note "host $i: $(grep -c "host$i	" log.digest) jobs of the digests"; done

# ---- second half: pairs, each host a range of them; nobody has the stories any more ----
mv stories away
lost 3 log.pairs 3 &
watch=$!
# that there are pairs is no failure
seq 24 | parallel --will-cite -k -S "${alive#,}" --workdir "$tmp" --retries 9 --joblog log.pairs \
	"$WIRELINT reuse --quiet --format tsv --digests digests --part {}/24; test \$? -le 1" >many 2>err
status=$?
wait $watch
is 'pairs: every job was done, though another host was lost' "$status" 0
[ -s err ] && note_file err 5
note "host 3 was lost with $(cat lost3) of 24"
for i in 1 2 3; do note "host $i: $(grep -c "host$i	" log.pairs) jobs of the pairs"; done
if cmp one many >err 2>&1; then pass 'the same bytes as on one machine'; else fail 'the same bytes as on one machine'; note_file err; fi
tap_done
