#!/bin/sh
# go_test.sh ARG...: go test ARG..., with the skipped tests counted and shown: go test
# itself is silent about them.
set -eu
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
go test -v "$@" >"$log" 2>&1 || status=$?
if test $status != 0; then
	grep -vE '^ *(=== (RUN|PAUSE|CONT|NAME)|--- (PASS|SKIP)|PASS$)' "$log" || true
	exit $status
fi
grep -E '^(ok|FAIL|panic)' "$log" || true
echo "Go: $(grep -c '^ *--- PASS' "$log") passed, $(grep -c '^ *--- SKIP' "$log" || true) skipped"
grep -A2 '^ *--- SKIP' "$log" || true
