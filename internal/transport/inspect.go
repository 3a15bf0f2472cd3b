package transport

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"time"
)

// Inspect makes the secure channel to the server at ep as [Exchange] does, asks
// nothing, and tells what the server has shown. It trusts anybody: cfg.Trust is not
// looked at (see [Trust.Accepts]), nor is cfg.Mode.
//
// The certificates are known even when the channel then fails. Errors are
// *fault.Error, as those of Exchange.
func Inspect(ctx context.Context, ep Endpoint, cfg *Config) (*tls.ConnectionState, error) {
	trusting := *cfg
	trusting.Mode, trusting.Trust = TLS, &Trust{}
	x := &exchange{ctx: ctx, ep: ep.bare(), cfg: &trusting}
	state, err := x.inspect()
	if err != nil {
		return state, x.explain(err)
	}
	return state, nil
}

func (x *exchange) inspect() (*tls.ConnectionState, error) {
	done, err := x.open()
	if err != nil {
		return nil, err
	}
	defer done()
	x.begin(handshaking)
	settings, err := x.tlsConfig()
	if err != nil {
		return nil, err
	}
	var shown *tls.ConnectionState
	settings.VerifyConnection = func(cs tls.ConnectionState) error {
		shown = &cs
		return nil
	}
	conn := tls.Client(x.link, settings)
	if err := conn.Handshake(); err != nil {
		return shown, err
	}
	state := conn.ConnectionState()
	_ = conn.Close() // with a word of parting, so that servers log no broken connection
	return &state, nil
}

// Accepts says why a client that trusts this file would not speak to a server that shows
// these certificates; nil: it would. host is as in [Endpoint].
//
// Errors: fault.TLSUntrusted, fault.TLSExpired, fault.TLSHostName.
func (t *Trust) Accepts(shown []*x509.Certificate, host string) error {
	return t.verifyAt(shown, host, time.Now())
}
