trap - EXIT HUP INT QUIT TERM
wait
ecflow_client --complete
