#!/bin/sh
# roots.sh [trixie|sid]...: Debian roots with other versions of the original
# ecFlow (trixie: 5.13.8, sid: 5.19.0), for `make matrix`.
#
# They lie in $XDG_CACHE_HOME/ecflow-go/roots (~/.cache/...), outside the
# checkout, and are kept: a root that is complete costs nothing the next time.
# Packages come from wherever this machine's own apt gets them. Needs root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
roots=${XDG_CACHE_HOME:-$HOME/.cache}/ecflow-go/roots
packages="ecflow-server ecflow-client python3-ecflow"

complete() { # ROOT: has all we need of it
	test -x "$1/usr/bin/ecflow_client" && ls "$1"/usr/lib/python3/dist-packages/ecflow/__init__.py >/dev/null 2>&1 &&
		{ test -x "$1/usr/sbin/ecflow_server" || test -x "$1/usr/bin/ecflow_server"; }
}

# The first Debian archive that apt of this machine uses, security updates aside.
mirror() {
	apt-get indextargets --format '$(SITE) $(REPO_URI)' 2>/dev/null |
		awk '{print $2}' | grep -v security | grep '/debian/\{0,1\}$' | sort -u | head -n 1
}

# As this machine, so this root: proxies, certificates, apt's own settings.
lend() {
	for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*proxy* /etc/apt/auth.conf; do
		if test -f "$file"; then mkdir -p "$1$(dirname "$file")" && cp "$file" "$1$file"; fi
	done
	cp /etc/resolv.conf /etc/hosts "$1/etc/" 2>/dev/null || true
}

make_root() { # SUITE ROOT
	"$here/need.sh" debootstrap
	test "$(id -u)" = 0 || { echo "roots.sh: making $2 needs root (or make it by hand: a Debian $1 with $packages)" >&2; exit 1; }
	source=$(mirror)
	test -n "$source" || { echo "roots.sh: this machine's apt names no Debian archive" >&2; exit 1; }
	if ! test -f "$2/etc/debian_version" || test -d "$2/debootstrap"; then
		rm -rf "$2"
		script=
		test -e "/usr/share/debootstrap/scripts/$1" || script=/usr/share/debootstrap/scripts/sid
		PATH=$PATH:/usr/sbin:/sbin debootstrap --variant=minbase --include=ca-certificates "$1" "$2" "$source" $script >"$2.log" 2>&1 ||
			{ tail -n 20 "$2.log" >&2; exit 1; }
	fi
	lend "$2"
	chroot "$2" sh -c "apt-get -o Acquire::Check-Valid-Until=false update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $packages" \
		</dev/null >"$2.install.log" 2>&1 || { tail -n 20 "$2.install.log" >&2; exit 1; }
}

mkdir -p "$roots"
for suite in "${@:-trixie sid}"; do
	for name in $suite; do
		complete "$roots/$name" || { echo "making $roots/$name" >&2; make_root "$name" "$roots/$name"; }
		complete "$roots/$name" || { echo "roots.sh: $roots/$name is incomplete; see $roots/$name.install.log" >&2; exit 1; }
	done
done
