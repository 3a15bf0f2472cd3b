package transport

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/fault"
)

// handshake makes the secure channel over the link.
func (x *exchange) handshake() (io.ReadWriter, error) {
	cfg, err := x.tlsConfig()
	if err != nil {
		return nil, err
	}
	if x.cfg.Mode == TLS {
		x.useSession(cfg)
	}
	conn := tls.Client(x.link, cfg)
	// Cancelling closes the link, so the handshake needs no context, and with
	// none it starts no goroutine.
	if err := conn.Handshake(); err != nil {
		return nil, err
	}
	if x.session != nil {
		x.session.channel = conn
	}
	return conn, nil
}

// tlsConfig is made for each connection. It has no session cache: the original
// server answers a resumption with an alert. See useSession.
func (x *exchange) tlsConfig() (*tls.Config, error) {
	cfg := &tls.Config{
		MinVersion: tls.VersionTLS12,
		// crypto/tls would check host names, and knows of no pinning: all that
		// is checked is in VerifyConnection, which is always set.
		InsecureSkipVerify:     true,
		SessionTicketsDisabled: true,
	}
	if x.cfg.Mode == TLS {
		// The original sends no server name either, and its certificates are
		// chosen by file.
		cfg.CipherSuites = cipherSuites
		trust, host := x.cfg.Trust, x.ep.Host
		cfg.VerifyConnection = func(cs tls.ConnectionState) error { return trust.verify(cs, host) }
		return cfg, nil
	}
	verify, err := x.cfg.HTTP.verifier(x.ep.Host)
	if err != nil {
		return nil, err
	}
	cfg.ServerName = x.ep.Host // numeric addresses are left out by crypto/tls
	cfg.NextProtos = []string{"http/1.1"}
	cfg.VerifyConnection = verify
	return cfg, nil
}

// cipherSuites are those of TLS 1.2 (1.3 has its own, fixed): crypto/tls's
// default ones and, at the end of its order of preference, the RSA key exchange
// with AES-GCM. Servers before 5.16 built with OpenSSL 1.0.2 offer no elliptic
// curve exchange, and Go knows no classic Diffie-Hellman.
var cipherSuites = append(defaultCipherSuites(), tls.TLS_RSA_WITH_AES_256_GCM_SHA384, tls.TLS_RSA_WITH_AES_128_GCM_SHA256)

func defaultCipherSuites() []uint16 {
	var ids []uint16
	for _, suite := range tls.CipherSuites() {
		ids = append(ids, suite.ID)
	}
	return ids
}

// TLS record types and alerts that tell a diagnosis apart.
const (
	recordAlert     = 21
	recordHandshake = 22

	alertHandshakeFailure      = 40
	alertProtocolVersion       = 70
	alertInsufficientSecurity  = 71
	alertInappropriateFallback = 86
	alertNoProtocol            = 120
)

// handshakeFailure finds out what stood in the way of the secure channel.
func (x *exchange) handshakeFailure(err error) *fault.Error {
	var known *fault.Error
	if errors.As(err, &known) { // from verification
		copied := *known
		copied.Hint = strings.ReplaceAll(known.Hint, "HOST:PORT", x.ep.String())
		return &copied
	}
	head := x.link.seen()
	switch {
	case isHTTP(head) && x.cfg.Mode == HTTPS:
		return &fault.Error{
			Kind: fault.TLSPlainServer,
			Msg:  "the server speaks HTTP without TLS, and HTTPS was asked for: " + quoteHead(head),
			Hint: "choose HTTP on the client, or the port where the reverse proxy offers HTTPS",
			Err:  err,
		}
	case isHTTP(head):
		return &fault.Error{
			Kind: fault.HTTPServer,
			Msg:  "an HTTP server answers there, not an ecFlow server with TLS: " + quoteHead(head),
			Hint: "if it is an ecFlow server started with --http, choose HTTP on the client; otherwise check host and port",
			Err:  err,
		}
	case isFrame(head):
		return &fault.Error{
			Kind: fault.TLSPlainServer,
			Msg:  "the server does not speak TLS: it answered in plain ecFlow",
			Hint: "start the server with ECF_SSL or --ssl, or, if plain is what you want, unset ECF_SSL or disable TLS on the client",
			Err:  err,
		}
	case isVersionTrouble(head, err):
		return &fault.Error{
			Kind: fault.TLSVersion,
			Msg:  "server and client share no TLS version or cipher: " + tlsText(err),
			Hint: "this client speaks TLS 1.2 and 1.3, servers from 5.16 on 1.3 only; a TLS proxy or an old OpenSSL in between may ask for less",
			Err:  err,
		}
	case len(head) == 0 && (isClosed(err) || isReset(err)):
		return &fault.Error{
			Kind: fault.TLS,
			Msg:  "the server closed the connection when TLS was started",
			Hint: "it may not speak TLS (one started with --http does this), or something in between lets none through; plain was not tried",
			Err:  err,
		}
	case isClosed(err) || isReset(err):
		return &fault.Error{Kind: fault.TLS, Msg: "the connection ended while TLS was being set up: " + reason(err), Err: err}
	}
	var header tls.RecordHeaderError
	if errors.As(err, &header) && !isTLSRecord(head) {
		return &fault.Error{
			Kind: fault.TLSPlainServer,
			Msg:  "the server does not speak TLS, nor anything known here: it answered " + quoteHead(head),
			Hint: "check host and port",
			Err:  err,
		}
	}
	return &fault.Error{Kind: fault.TLS, Msg: "the secure channel could not be made: " + tlsText(err), Err: err}
}

// isVersionTrouble reports whether the peers could not agree. The alert is read
// from the wire: crypto/tls does not export its alert numbers.
func isVersionTrouble(head []byte, err error) bool {
	if len(head) >= 7 && head[0] == recordAlert {
		switch head[6] {
		case alertHandshakeFailure, alertProtocolVersion, alertInsufficientSecurity, alertInappropriateFallback:
			return true
		}
	}
	text := err.Error()
	return strings.Contains(text, "unsupported protocol version") || strings.Contains(text, "unconfigured cipher suite") ||
		strings.Contains(text, "unsupported versions")
}

// tlsText is crypto/tls's own words without its prefixes.
func tlsText(err error) string {
	return strings.TrimPrefix(strings.TrimPrefix(reason(err), "remote error: "), "tls: ")
}

// alertText is the text of an alert the peer has sent, or "".
func alertText(err error) string {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "remote error" {
		return strings.TrimPrefix(op.Err.Error(), "tls: ")
	}
	return ""
}

// verifier gives the check of the certificates of an HTTPS server.
func (o *HTTPOptions) verifier(host string) (func(tls.ConnectionState) error, error) {
	if o.InsecureSkipVerify {
		return func(tls.ConnectionState) error { return nil }, nil
	}
	if o.CAFile != "" {
		trust, err := LoadTrust(o.CAFile, TrustOptions{VerifyHostName: !o.AnyHostName})
		if err != nil {
			return nil, err
		}
		return func(cs tls.ConnectionState) error { return trust.verify(cs, host) }, nil
	}
	return func(cs tls.ConnectionState) error { return verifyBySystem(cs, host, o.AnyHostName) }, nil
}

// verifyBySystem checks against the authorities this system trusts.
func verifyBySystem(cs tls.ConnectionState, host string, anyHostName bool) error {
	leaf, now := cs.PeerCertificates[0], time.Now()
	_, err := leaf.Verify(x509.VerifyOptions{Intermediates: poolOf(cs.PeerCertificates[1:]), CurrentTime: now})
	var invalid x509.CertificateInvalidError
	switch {
	case err == nil && anyHostName:
		return nil
	case err == nil:
		return verifyHostName(leaf, host, false)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		cert := invalid.Cert
		if bytes.Equal(cert.Raw, leaf.Raw) {
			cert = leaf
		}
		return outOfDate(cert, leaf, now, "")
	}
	return &fault.Error{
		Kind: fault.TLSUntrusted,
		Msg:  "the server's certificate is not vouched for by any authority this system trusts: " + strings.TrimPrefix(err.Error(), "x509: "),
		Hint: describe("the server shows", leaf) + "\nif that is the right server, give its certificate, or its authority's, as the file to trust",
		Err:  err,
	}
}
