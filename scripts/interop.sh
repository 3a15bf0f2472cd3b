#!/bin/sh
# interop.sh PYTHON [VERSION]...: the Go and the Python client against original
# servers, ecflow_client side by side with the original, ecflow_server side by side
# with the original, and the original's clients against our server; without a version,
# this machine's own. A version that is not here fails. Skipped tests are counted
# and shown.
set -eu
python=$1
shift
long=$# # versions were named: what takes long, or needs a quiet machine, is done as well
test $# -gt 0 || set -- "$(ecflow_client --version | sed -n 's/.*version(\([0-9.]*\)).*/\1/p' | head -n 1)"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for version; do
	export ECFLOW_SERVER="$version"
	status=0
	go test -v -timeout 9m ./tests_go/interop >"$log" 2>&1 || status=$?
	if test $status != 0; then cat "$log"; exit $status; fi
	echo "interop: Go against ecFlow $version: $(grep -c '^ *--- PASS' "$log") passed, $(grep -c '^ *--- SKIP' "$log" || true) skipped"
	grep '^ *--- SKIP' "$log" || true
	go test ./examples/...
	go test -v -parallel 8 -timeout 9m ./tests_go/scripts >"$log" 2>&1 || status=$?
	if test $status != 0; then grep -v '^=== \|--- PASS' "$log"; exit $status; fi
	grep '^scripts: \|^ *--- SKIP' "$log"
	if test "$long" != 0; then
		go test -v -timeout 9m ./tests_go/dual >"$log" 2>&1 || status=$?
		if test $status != 0; then grep -v '^=== \|--- PASS' "$log"; exit $status; fi
		grep '^dual: ' "$log"
	fi
	if test "$version" = 5.19.0; then # what ours is to equal
		ECFLOW_SUBJECT=server go test -v -parallel 8 -timeout 9m ./tests_go/scripts >"$log" 2>&1 || status=$?
		if test $status != 0; then grep -v '^=== \|--- PASS' "$log"; exit $status; fi
		grep '^scripts: ' "$log" | sed 's/^/our server in /'
	fi
	go test -v -timeout 9m ./tests_go/ourserver >"$log" 2>&1 || status=$?
	if test $status != 0; then grep -v '^=== \|--- PASS' "$log"; exit $status; fi
	echo "interop: our server with the clients of $version: $(grep -c '^ *--- PASS' "$log") passed, $(grep -c '^ *--- SKIP' "$log" || true) skipped"
	grep '^ *--- SKIP' "$log" || true
	ECFLOW_DAY="$long" ECFLOW_PROGRAM="$PWD/build/bin/ecflow" PYTHONPATH=python "$python" -m pytest -rs tests_py/interop tests_py/differential tests_py/unit/test_examples.py
done
