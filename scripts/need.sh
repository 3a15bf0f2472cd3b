#!/bin/sh
# need.sh NAME...: make sure that what a make target needs is on this machine.
#
# Names: go cc cxx python openssl patchelf debootstrap server client module
# (server, client, module: the original ecFlow's, used for tests and the demo).
#
# What is there already costs a few milliseconds. What is missing is installed
# when we are root on a Debian-like system; otherwise this says what to install
# and fails.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

have() {
	case $1 in
	go)     command -v go >/dev/null && go_is_new_enough ;;
	cc)     command -v "${CC:-gcc}" >/dev/null && echo '#include <stdio.h>' | "${CC:-gcc}" -E - >/dev/null 2>&1 ;;
	cxx)    command -v "${CXX:-g++}" >/dev/null ;;
	python) "$here/find_python.sh" >/dev/null 2>&1 ;;
	server) command -v ecflow_server >/dev/null || test -x /usr/sbin/ecflow_server ;;
	client) command -v ecflow_client >/dev/null ;;
	module) ls /usr/lib/python3/dist-packages/ecflow/__init__.py >/dev/null 2>&1 ;;
	openssl | patchelf | debootstrap) command -v "$1" >/dev/null || test -x "/usr/sbin/$1" ;;
	*) echo "need.sh: unknown name '$1'" >&2; exit 2 ;;
	esac
}

go_is_new_enough() {
	# A Go from 1.21 on fetches the version that go.mod names by itself.
	GOTOOLCHAIN=local go version 2>/dev/null | sed -n 's/.*go1\.\([0-9]*\).*/\1/p' | {
		read -r minor || minor=0
		test "${minor:-0}" -ge 21
	}
}

package() {
	case $1 in
	go)     ;;
	cc)     echo gcc libc6-dev ;;
	cxx)    echo g++ ;;
	python) echo python3 python3-dev python3-venv ;;
	server) echo ecflow-server ;;
	client) echo ecflow-client ;;
	module) echo python3-ecflow ;;
	*)      echo "$1" ;;
	esac
}

explain() {
	case $1 in
	go)     echo "Go 1.26 or newer: https://go.dev/dl/ , unpacked to /usr/local/go, with /usr/local/go/bin on PATH" ;;
	cc)     echo "a C compiler and libc headers (Debian: gcc libc6-dev)" ;;
	cxx)    echo "a C++ compiler, for a test of the C header (Debian: g++)" ;;
	python) echo "Python 3.8 or newer with headers and venv (Debian: python3-dev python3-venv), or set PYTHON=/path/to/python3" ;;
	server) echo "the ecFlow server, ecflow_server (Debian: ecflow-server)" ;;
	client) echo "the ecFlow command line client, ecflow_client (Debian: ecflow-client)" ;;
	module) echo "the original Python module for /usr/bin/python3 (Debian: python3-ecflow)" ;;
	*)      echo "$1 (Debian: $1)" ;;
	esac
}

missing() { for name in "$@"; do have "$name" || printf '%s ' "$name"; done; }

apt() { DEBIAN_FRONTEND=noninteractive apt-get -y -q "$@" </dev/null >>"$log" 2>&1; }

# Package lists may be absent or stale: only then fetch them.
install() {
	log=$(mktemp)
	apt install --no-install-recommends "$@" || { apt update && apt install --no-install-recommends "$@"; } || cat "$log" >&2
	rm -f "$log"
}

lacking=$(missing "$@")
test -n "$lacking" || exit 0

packages=
for name in $lacking; do packages="$packages $(package "$name")"; done
packages=$(echo $packages)

if test -n "$packages" && test "$(id -u)" = 0 && command -v apt-get >/dev/null; then
	echo "installing: $packages" >&2
	install $packages
	lacking=$(missing $lacking)
fi
test -n "$lacking" || exit 0

echo "This needs, and cannot find:" >&2
for name in $lacking; do echo "  * $(explain "$name")" >&2; done
exit 1
