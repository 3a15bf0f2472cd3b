// Package wire holds every message that ecFlow clients and servers exchange,
// as plain structs, and turns them into bytes and back.
//
// A struct carries the name the message has on the wire; its fields stand in
// wire order, named by cereal tags (see package cereal). Bases are embedded
// structs, as in the original's class hierarchy:
//
//	request := &wire.PathsCmd{
//		UserCmd: wire.UserCmd{ClientToServerCmd: wire.ClientToServerCmd{ClHost: "desk"}, User: "fred"},
//		API:     wire.PathsSuspend,
//		Paths:   []string{"/suite/family"},
//	}
//	payload, err := wire.EncodeRequest(request)
//
// The package knows no trees, no sockets and no policy: it neither resolves a
// path nor retries. What a message means is told in docs/protocol.md.
//
// Strings are bytes: ecFlow does not validate UTF-8 and neither does this
// package. All functions may be called from any goroutine; a message must not
// be changed while it is being encoded.
package wire
