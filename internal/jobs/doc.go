// Package jobs starts the commands that submit, kill and look after jobs, and tells which of them failed.
//
//	r := jobs.New(environment, func(failed []jobs.Failure) { ... })
//	r.Start(jobs.Command{Kind: jobs.Submit, Path: "/s/t", Text: command})
//	defer r.Close() // what runs goes on running
//
// Start only notes the command: /bin/sh is started a moment later by a goroutine of the [Runner], one command after the
// other, so that nobody who holds a lock waits for the system. One more goroutine waits for all that run, whether one or
// ten thousand. Neither is there while there is nothing to do.
//
// A command has a session of its own (so that neither the end of a terminal nor a signal to the server's group reaches
// it, nor a job that kills its group the server), no input, no output, and no file of the server open.
//
// A server that is to leave nothing behind marks its commands, see [Runner.Mark]: what they put into the background stays in
// their process group unless it leaves it on purpose, and has their environment; by these End finds it.
//
// The package knows no tasks, and prints nothing.
package jobs
