// Package inthread opens connections that wait in the thread that uses them.
//
// Go's own sockets park the goroutine and let another thread wait. For a
// goroutine that runs on behalf of a C caller, and is bound to the caller's
// thread, that means two changes of thread for every wait, which costs more
// than a whole request to a server on the same machine. Worse, the caller's
// thread then sleeps where a signal cannot reach it: Python would see Ctrl-C
// only after the call.
//
// Here a wait is a poll(2) by the calling thread itself. A signal ends the poll,
// and the [Watch] in the context is asked whether to give up. See
// docs/decisions/0001-binding.md for the measurements.
//
//	ctx = inthread.WithWatch(ctx, &inthread.Watch{Interrupted: check})
//	cfg := &transport.Config{Dial: inthread.Dial, Lookup: inthread.Lookup}
//
// Without a Watch in the context the functions behave like those of package net.
// A connection is for one goroutine at a time; Close may come from any.
package inthread
