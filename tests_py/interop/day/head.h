#!/bin/bash
# In front of every job of the day.
set -eu
export ECF_HOST=%ECF_HOST% ECF_PORT=%ECF_PORT% ECF_NAME=%ECF_NAME% ECF_PASS=%ECF_PASS% ECF_TRYNO=%ECF_TRYNO% ECF_RID=$$
export ECF_TIMEOUT=600 ECF_ZOMBIE_TIMEOUT=600
tell() { %ECFLOW_CLIENT% "$@"; }
tell --init=$$
trap 'trap - EXIT; tell --abort=trap; exit 0' EXIT HUP INT QUIT TERM
