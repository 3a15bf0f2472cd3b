// Package top is a screen in the terminal for those who look after suites: the trees of several
// servers, one below the other, panels for what belongs to a node, and the commands that
// operators give.
//
//	err := top.Run(ctx, top.Options{Servers: servers, Connect: connect})
//
// Nothing that a person does waits for a network. Each server has a [worker], whose two
// goroutines sync and carry out commands; they tell the screen by messages. The tree that a
// worker brings up to date is the one that is shown; both hold its lock while they touch it,
// the worker while it applies changes, the screen while it lists rows or copies what the
// rows in sight show. The screen only tries the lock: when it does not get it, it shows what it
// has and tries again a moment later. View, which draws, reads copies alone.
//
// The rows of all open nodes are listed once for each change, 16 bytes each; a frame costs
// what is in sight.
//
// It does not edit definitions and does not draw graphs.
package top

//go:generate go run ../gen/screens
