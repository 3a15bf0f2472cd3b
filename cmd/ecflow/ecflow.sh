#!/bin/sh
# The program ecflow: a name for what lies beside this file as ecflow_client.
case $0 in
*/*) self=$0 ;;
*) self=./$0 ;; # a shell was given the name alone
esac
while test -L "$self"; do
	link=$(readlink "$self") || exit 1
	case $link in
	/*) self=$link ;;
	*) self=${self%/*}/$link ;;
	esac
done
exec "${self%/*}/ecflow_client" --as=ecflow "$@"
