// Package listen is a server's sockets: it accepts connections, takes one
// request from each, hands it to a [Handler], sends the answer and closes. It
// does so in the clear, inside TLS, and as HTTP.
//
//	l, err := listen.Open(listen.Options{Address: ":3141", Refuse: errorCmd})
//	...
//	err = l.Serve(ctx, func(ctx context.Context, payload []byte, from listen.Peer) listen.Answer {
//		return listen.Answer{Payload: reply(payload)}
//	})
//
// It knows no messages: a payload goes in, a payload comes out. What a peer can
// do wrong ends here: no bytes, slowness, size or number of connections costs
// more than a goroutine and the bytes that were sent.
//
// source: docs/protocol.md, and what servers 5.9.2 to 5.19.0 were seen to do
package listen
