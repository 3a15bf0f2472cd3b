// Package engine is the server itself: a definition that runs, and the answers
// to all requests about it. It knows no sockets and no files of its own; what
// it needs of the world stands in [Options].
//
//	e := engine.New(engine.Options{Log: log, Guard: guard, Keeper: keeper, Jobs: jobs})
//	go e.Run(ctx)                           // the clock, and jobs as they become free
//	answer := e.Handle(ctx, request, from)  // any number at a time
//
// One lock guards the definition and all that belongs to it. The table of
// requests says which of them only read: those run side by side. What needs no
// lock, such as parsing a definition that was sent, is done before it is taken,
// and what can wait, such as writing to disk, after it is given back.
//
// source: libs/server BaseServer.cpp, NodeTreeTraverser.cpp; libs/base ClientToServerCmd.cpp.
package engine
