#!/bin/sh
# Load a suite, run it, and wait for its end: for CI, cron, or a person at a terminal.
#
#   run_suite.sh FILE.def SUITE [TIMEOUT]
#
# The server is that of ECF_HOST and ECF_PORT; TIMEOUT is as 90s, 20m or 2h (default 1h). The programs are
# ecflow_client and ecflow in PATH. A suite of that name that is on the server is replaced.
#
# Exit codes: 0 complete; 1 something went wrong; 2 wrong usage; 3 a task aborted; 4 too slow; 128 and more, interrupted.
# Whatever the end, what has aborted is told on stderr, and the suite stays on the server to be looked at.
set -u

if test $# -lt 2 || test $# -gt 3; then
  echo "usage: $0 FILE.def SUITE [TIMEOUT]" >&2
  exit 2
fi
file=$1 suite=$2 timeout=${3:-1h}

ecflow_client --load="$file" force || exit 1
ecflow_client --begin="$suite" || exit 1

ecflow wait "/$suite" --timeout "$timeout"
code=$?

case $code in
  0) ;;
  3) echo "$suite: aborted:" >&2
     ecflow_client --get_state="/$suite" | sed -n 's/^ *task \([^ ]*\) .*state:aborted.*/  \1/p' >&2 ;;
  4) echo "$suite: not complete after $timeout; suspended" >&2
     ecflow_client --suspend="/$suite" ;;
  *) echo "$suite: waiting ended with $code" >&2 ;;
esac
exit $code
