// Package daemon is the program ecflow_server: the original's options, environment and messages around
// an [instance.Instance], and the ways to start one in the background and to stop it.
//
// SIGTERM, SIGINT and SIGHUP write a check point and end the server; the original stays up at the first,
// and dies of the others. A second signal ends the process at once. A signal that was ignored at the start stays so.
//
// It sees the world through [terminal.Terminal], but for the names of computer and directory.
package daemon
