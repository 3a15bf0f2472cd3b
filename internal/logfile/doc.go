// Package logfile is a server's log, in the original's format:
//
//	MSG:[21:04:59 24.11.2026] --ping :fred@host
//
// Lines are gathered in memory and written by [File.Flush], one write for all there is, or by [File.Soon], which lets a
// hundred writes a second do for however many requests. Who logs never waits for the disk; who flushes waits for its own
// write at most.
//
// A file that cannot be written stops nobody: the lines are lost, as the original's are, and
// [File.Trouble] tells why.
//
// The package reads no environment and changes no directory; relative names are beneath the
// directory that it was given. It does not decide what is logged, or in which words.
package logfile
