#!/bin/bash
# In front of every job: who we are to the server, and the word that we begin.
set -eu
export ECF_HOST=%ECF_HOST% ECF_PORT=%ECF_PORT%       # where the server is
export ECF_NAME=%ECF_NAME% ECF_PASS=%ECF_PASS%       # which task, and the password of this one job
export ECF_TRYNO=%ECF_TRYNO% ECF_RID=$$
export ECF_SSL=1                                     # TLS, with $HOME/.ecflowrc/ssl/server.crt

ecflow_client --init=$$
trap 'trap - EXIT; ecflow_client --abort=trap; exit 1' EXIT HUP INT QUIT TERM
