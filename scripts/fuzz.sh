#!/bin/sh
# fuzz.sh TIME: run every fuzz target of the module for TIME (as "10s"), one after the other.
set -eu
cd "$(dirname "$0")/.."

grep -rlE '^func Fuzz[A-Z]' --include='*_test.go' . | sort | while read -r file; do
	package=$(dirname "$file")
	sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' "$file" | while read -r target; do
		echo "== $package $target"
		go test "$package" -run='^$' -fuzz="^$target\$" -fuzztime="$1" </dev/null || exit 1
	done || exit 1
done
