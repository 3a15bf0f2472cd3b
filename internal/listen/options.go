package listen

import (
	"crypto/tls"
	"net"
	"time"
)

// Reason is why a request was refused before it reached the handler, in the
// original's words where it has some.
type Reason string

// The reasons.
const (
	InvalidArgument Reason = "Invalid argument"     // no length where one should be
	EndOfFile       Reason = "End of file"          // the peer has sent less than it announced
	TooLong         Reason = "Message too long"     // more than Options.MaxFrame; the original has no limit
	TimedOut        Reason = "Connection timed out" // not whole in time; the original waits for ever
)

// Options says where and how to listen. What is left zero has a default.
type Options struct {
	Address string // as ":3141"; port 0 is any free one
	// Socket listens already, in place of Address; the listener closes it.
	Socket *net.TCPListener
	V6     bool        // on v6 addresses, and v4 as well where the system maps them; else v4 only
	TLS    *tls.Config // nil: none
	HTTP   bool        // HTTP instead of frames

	// Refuse makes the payload of the reply to a request that did not reach the
	// handler; nil, or no bytes: none is sent.
	Refuse func(Reason) []byte
	// Log is given what the original logs as errors, one line each; nil: nothing.
	// It is called from many goroutines at once, and is not given more than
	// LogRate lines a second.
	Log func(line string)

	MaxFrame       int64 // largest request in bytes
	MaxConnections int   // beyond it those that have been silent for longest are closed

	HandshakeTimeout time.Duration // for all of a TLS handshake
	// ReadTimeout is for all of a request, and WriteTimeout for all of a reply;
	// what is large is given more, by MinRate.
	ReadTimeout, WriteTimeout time.Duration
	MinRate                   int // bytes a second below which a peer counts as dead
	LingerTimeout             time.Duration
}

// The defaults.
const (
	DefaultMaxFrame         = 256 << 20
	DefaultMaxConnections   = 16 << 10 // or three quarters of the files this process may open
	DefaultHandshakeTimeout = 30 * time.Second
	DefaultReadTimeout      = 60 * time.Second
	DefaultWriteTimeout     = 60 * time.Second
	DefaultMinRate          = 8 << 10
	DefaultLingerTimeout    = 5 * time.Second
	LogRate                 = 50
)

func (o Options) withDefaults() Options {
	or(&o.MaxFrame, DefaultMaxFrame)
	or(&o.MaxConnections, defaultConnections())
	or(&o.HandshakeTimeout, DefaultHandshakeTimeout)
	or(&o.ReadTimeout, DefaultReadTimeout)
	or(&o.WriteTimeout, DefaultWriteTimeout)
	or(&o.MinRate, DefaultMinRate)
	or(&o.LingerTimeout, DefaultLingerTimeout)
	if o.Refuse == nil {
		o.Refuse = func(Reason) []byte { return nil }
	}
	if o.Log == nil {
		o.Log = func(string) {}
	}
	return o
}

func or[T int | int64 | time.Duration](value *T, otherwise T) {
	if *value <= 0 {
		*value = otherwise
	}
}
