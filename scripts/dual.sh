#!/bin/sh
# dual.sh VERSION SEEDS: our server beside the original of that version: requests written by
# hand and made from seeds (FIRST-LAST).
set -eu
export ECFLOW_SERVER="$1" ECFLOW_SEEDS="$2"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
go test -v -timeout 20m ./tests_go/dual >"$log" 2>&1 || status=$?
if test $status != 0; then grep -v '^=== \|--- PASS' "$log"; exit $status; fi
grep '^dual: ' "$log"
