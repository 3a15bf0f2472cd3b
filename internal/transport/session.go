package transport

import (
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"sync"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Sessions of TLS save most of a handshake, above all the server's signature. The
// original's servers answer one with an alert, so only those of our own servers are
// kept: the client offers a protocol name (ALPN) that only these choose. Each
// connection verifies the certificate of its session anew.

// sessionKey is whom a session is with, and by which file that was found out: when the
// file has other certificates, there is no session.
type sessionKey struct {
	server Endpoint
	certs  [sha256.Size]byte
}

// sessionStore keeps one session for each server, in memory alone.
type sessionStore struct {
	mu    sync.Mutex
	known map[sessionKey]*tls.ClientSessionState
}

const maxSessions = 64 // beyond it the store starts anew

var sessions sessionStore

func (s *sessionStore) find(key sessionKey) *tls.ClientSessionState {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known[key]
}

// keep remembers a session; nil: forget what there was.
func (s *sessionStore) keep(key sessionKey, session *tls.ClientSessionState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if session == nil {
		delete(s.known, key)
		return
	}
	if s.known == nil || len(s.known) >= maxSessions {
		s.known = map[sessionKey]*tls.ClientSessionState{}
	}
	s.known[key] = session
}

// session is that of one exchange; crypto/tls uses it as its cache.
type session struct {
	key     sessionKey
	offered *tls.ClientSessionState // nil: none
	given   *tls.ClientSessionState // by the server, for the next time
	channel *tls.Conn
}

// Get gives crypto/tls the session to offer.
func (s *session) Get(string) (*tls.ClientSessionState, bool) { return s.offered, s.offered != nil }

// Put takes what the server has given.
func (s *session) Put(_ string, given *tls.ClientSessionState) { s.given = given }

// useSession prepares a connection to offer a session and to get one.
func (x *exchange) useSession(cfg *tls.Config) {
	if x.nameless {
		return
	}
	cfg.NextProtos = []string{wire.TLSProtocol}
	x.session = &session{key: sessionKey{x.ep, x.cfg.Trust.file.digest}}
	if !x.sessionless {
		x.session.offered = sessions.find(x.session.key)
	}
	cfg.SessionTicketsDisabled = false
	cfg.ClientSessionCache = x.session
}

// keepSession is called when the reply is there: servers give sessions at any time.
func (x *exchange) keepSession() {
	s := x.session
	if s == nil || s.channel == nil || s.given == nil {
		return
	}
	if s.channel.ConnectionState().NegotiatedProtocol == wire.TLSProtocol {
		sessions.keep(s.key, s.given)
	}
}

// maySimplify reports whether a handshake failed that may do without what the original's
// client does not send. Nothing of the request has been sent.
func (x *exchange) maySimplify(err error) bool {
	var known *fault.Error
	if x.phase != handshaking || x.session == nil || x.ctx.Err() != nil || isTimeout(err) || errors.As(err, &known) {
		return false
	}
	if x.session.offered != nil {
		sessions.keep(x.session.key, nil)
		x.sessionless = true
		return true
	}
	head := x.link.seen()
	x.nameless = len(head) >= 7 && head[0] == recordAlert && head[6] == alertNoProtocol
	return x.nameless
}
