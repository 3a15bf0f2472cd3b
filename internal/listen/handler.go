package listen

import "context"

// Handler answers one request: the JSON text goes in without its length, that of
// the reply comes out. It is called from many goroutines at once.
//
// The payload is the listener's again when the handler returns: what is to stay
// has to be copied. ctx is cancelled when the listener is closed. A panic is not
// caught here: who holds locks knows better.
type Handler func(ctx context.Context, payload []byte, from Peer) Answer

// Peer is who asks.
type Peer struct {
	Protocol Protocol
	Proxy    *ProxyIdentity // HTTP requests that name their user in the header; else nil
	// Wait is to be called before the handler waits for something or has much to do: others are served meanwhile.
	// Without it they are as well, but only after some milliseconds. It may be called more than once.
	Wait func()
}

// Protocol is how a request came.
type Protocol uint8

// The protocols.
const (
	Plain Protocol = iota // frames over TCP
	TLS                   // frames inside TLS
	HTTP                  // HTTP/1.1
	HTTPS                 // HTTP/1.1 inside TLS
)

// ProxyIdentity is what the header of an HTTP request says of its user. It
// replaces the user in the payload.
type ProxyIdentity struct {
	Username string // X-Auth-Username
	Password string // X-Auth-Password, already crypted
	// Trusted is whether there was an Authorization header as well: then a proxy
	// has checked the user, and no password is asked for.
	Trusted bool
}

// Answer is what a request is answered with. One without any bytes closes the
// connection without a reply, which is what servers do with an HTTP request that
// they cannot decode.
type Answer struct {
	Payload []byte // the JSON text of the reply
	// Frame is used instead of Payload if it is not nil: the same text behind its
	// length (see wire.AppendHeader). It is never written to, so many answers may
	// share it.
	Frame []byte
	// Then is called after the reply has been sent, or could not be: here a server
	// ends that was asked to. It must not wait for the listener.
	Then func()
}
