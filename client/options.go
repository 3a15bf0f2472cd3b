package client

import (
	"context"
	"net"
	"net/netip"
	"time"

	"github.com/ecflow-go/ecflow/internal/auth"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/transport"
)

// What a client assumes unless it is told otherwise.
// source: ClientEnvironment.cpp, ClientInvoker.cpp
const (
	DefaultHost          = "localhost"
	DefaultPort          = "3141"
	DefaultAttempts      = 2
	DefaultRetryPeriod   = 10 * time.Second
	DefaultChildTimeout  = 24 * time.Hour
	DefaultZombieTimeout = 12 * time.Hour
)

// Protocol is the way a server is spoken to.
type Protocol uint8

// The protocols. TLS is what the original calls SSL.
const (
	Plain = Protocol(transport.Plain)
	TLS   = Protocol(transport.TLS)
	HTTP  = Protocol(transport.HTTP)
	HTTPS = Protocol(transport.HTTPS)
)

// Task is the identity a child command speaks for.
type Task = command.Task

// Pair is a variable's name with its value.
type Pair = command.Pair

// Secret is a text that no output shows; see [Hide].
type Secret = auth.Secret

// Hide makes a Secret of a text.
func Hide(text string) Secret { return auth.Hide(text) }

// Options are the settings of a [Client]. The zero value speaks plain TCP to
// localhost:3141 as the login user; nothing is read from the environment.
// [OptionsFromEnv] reads what the original reads.
type Options struct {
	Host string // name or address; "": DefaultHost
	Port string // a number; "": DefaultPort

	// HostFile names a file of further servers, which child commands try in turn;
	// with HostFileForAll other requests do as well.
	HostFile       string
	HostFileForAll bool

	Protocol Protocol
	SSLValue string // value of ECF_SSL, which decides between server.crt and HOST.PORT.crt
	SSLDir   string // directory of certificate files
	CAFile   string // trust this PEM file instead of one in SSLDir; for HTTPS instead of the system's
	// VerifyHostName demands that the certificate is for the host connected to.
	VerifyHostName bool
	// InsecureHTTPS accepts any certificate of an HTTPS proxy, as the original does.
	InsecureHTTPS bool

	// Proxy is the URL of a SOCKS5 or HTTP proxy that connections go through,
	// SCHEME://[USER:PASSWORD@]HOST[:PORT], a Secret for the sake of the password.
	// The schemes are socks5 (host names are looked up here), socks5h (by the proxy),
	// http and https. nil, "" or "none": none. Servers of this machine (localhost and
	// loopback addresses) and those that NoProxy lists are reached without it.
	Proxy   Secret
	NoProxy string // host names, domains, addresses and ranges of these, separated by commas; "*": all

	User           string // a custom user; "": the login
	Password       Secret // plain; nil: looked up in the files below
	PasswordFile   string // ECF_PASSWD: passwords of login users
	CustomFile     string // ECF_CUSTOM_PASSWD: passwords of custom users
	TokenFile      string // tokens for HTTP proxies; "": none
	Task           Task   // who child commands speak for
	AddVariables   []Pair // child_init adds them to the task
	DropVariables  []string
	Handle         int           // go on with this handle of an earlier client
	LocalHost      string        // name of this machine; "": asked from the system
	Login          string        // login name; "": asked from the system
	Denied         bool          // ECF_DENIED: child commands do not wait, they fail after their attempts
	NoServer       bool          // NO_ECF: every request succeeds at once and nothing is sent
	AutoSync       bool          // requests that may change the definition also sync
	Debug          bool          // tell every step through Notify
	Attempts       int           // how often a request is tried on one server; 0: DefaultAttempts
	RetryPeriod    time.Duration // pause between attempts; 0: DefaultRetryPeriod, negative: none
	ChildTimeout   time.Duration // how long child commands try; 0: DefaultChildTimeout
	ZombieTimeout  time.Duration // how long those of a zombie wait; 0: DefaultZombieTimeout
	StepTimeout    time.Duration // for each of connecting, sending and receiving; 0: each command's own
	ConnectTimeout time.Duration // for connecting to each address; 0: StepTimeout
	MaxReply       int64         // largest reply in bytes; 0: 1 GiB
	EaseGC         bool          // collect garbage less often while a large definition is read; for who owns the process

	// Notify is told what a user should know before a request ends: warnings,
	// failed attempts, waiting. It is called in the goroutine of the request, with
	// its context. nil: nothing is told.
	Notify func(ctx context.Context, e Event)

	// LockTree is called before the client's definition is read or changed in
	// place, and what it returns afterwards; no request is waited for in between. Whoever
	// reads a client's definition while other goroutines sync it gives one. nil: nothing is called.
	LockTree func() (unlock func())

	// Replacements of the system's, for embedding and for tests. Dial and Lookup
	// are as in net; Sleep waits or returns the context's error.
	Dial   func(ctx context.Context, network, addr string) (net.Conn, error)
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	Sleep  func(ctx context.Context, d time.Duration) error
	Now    func() time.Time

	env *fromEnv // set by OptionsFromEnv
}

// EventKind says what an [Event] is about.
type EventKind uint8

// The kinds of events.
const (
	Warning   EventKind = iota // something about the settings that the user should change; told once
	Retrying                   // an attempt failed and another follows after Pause
	Waiting                    // the server holds the request back: halted, a zombie, or a condition not met
	NextHost                   // another server is tried
	NotSent                    // NO_ECF: nothing is sent
	DebugInfo                  // a step of a request; only with Options.Debug
	Printed                    // what the original prints on standard output, with its line ends
)

// Event is something a user should know before a request ends.
type Event struct {
	Kind  EventKind
	Op    string        // the request, as messages name it
	Addr  string        // host:port
	Text  string        // one line, complete in itself
	Err   error         // why an attempt failed
	Pause time.Duration // until the next attempt
}
