// Package watch follows nodes of a server: a [Watcher] looks again and again, tells what has changed since, and how far
// the tasks below have come; a [Goal] says what is waited for.
//
//	w, err := watch.New(c, watch.Options{Paths: []string{"/s/f"}})
//	defer w.Close(ctx)
//	err = w.Run(ctx, time.Time{}, func(look *watch.Look) (done bool, err error) { ...look.Changes... })
//
// A look is one request, which brings what has changed; a client handle keeps suites that nobody asked about on the
// server. What comes and goes between two looks is not seen: a task that is active for a second, or a family that
// is complete and queued again by its repeat at once.
//
// The package prints nothing and starts no goroutine that outlives a call.
package watch
