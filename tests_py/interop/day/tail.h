wait
trap - EXIT HUP INT QUIT TERM
tell --complete
