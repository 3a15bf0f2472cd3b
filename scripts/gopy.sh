#!/bin/sh
# gopy.sh PYTHON: build package goface with gopy, as the raw module
# build/gopy/ecflow_go for that one interpreter. See docs/decisions/0004-gopy.md.
#
# The interpreter needs its headers, pybindgen and setuptools.
set -eu
case $1 in
/*) python=$1 ;;
*) python=$PWD/$1 ;;
esac
cd "$(dirname "$0")/.."
root=$PWD
out=$root/build/gopy
module=github.com/ecflow-go/ecflow

# gopy runs goimports from PATH.
mkdir -p "$out/bin"
for tool in gopy goimports; do
	ln -sf "$(go tool -n $tool)" "$out/bin/$tool"
done

# A module of its own, since gopy builds what it writes with -mod=mod, which
# would edit our go.mod, and since ./... must not see what it writes.
{
	sed "s|^module .*|module gopybuild|" go.mod
	echo "require $module v0.0.0"
	echo "replace $module => $root"
} >"$out/go.mod"
cp go.sum "$out/go.sum"

rm -rf "$out/ecflow_go"
cd "$out"
if ! PATH="$out/bin:$PATH" "$out/bin/gopy" build -vm="$python" -output=ecflow_go -name=ecflow_go -no-make \
	"$module/goface" >build.log 2>&1; then
	cat build.log >&2
	exit 1
fi
echo "built $out/ecflow_go ($(grep -c '^ignoring python incompatible' build.log || :) Go names left out, see build.log)"
