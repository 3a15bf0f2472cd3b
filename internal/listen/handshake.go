package listen

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"strings"
)

const recordHandshake = 22 // the first byte of TLS

// handshakeError is why no secure channel was made.
type handshakeError struct{ err error }

func (e *handshakeError) Error() string { return e.err.Error() }
func (e *handshakeError) Unwrap() error { return e.err }

// foreign is a peer that does not speak TLS.
type foreign struct{ http bool }

func (f foreign) Error() string {
	if f.http {
		return "http request"
	}
	return "wrong version number"
}

func notTLS(first byte) error {
	// Methods of HTTP begin so, frames with a blank or a digit.
	return foreign{http: first >= 'G' && first <= 'Z'}
}

// alerts has OpenSSL's words for what crypto/tls calls otherwise, without the
// leading "tls: ".
var alerts = map[string]string{
	"unknown certificate authority":   "tlsv1 alert unknown ca",
	"bad certificate":                 "sslv3 alert bad certificate",
	"unknown certificate":             "sslv3 alert certificate unknown",
	"expired certificate":             "sslv3 alert certificate expired",
	"unsupported certificate":         "sslv3 alert unsupported certificate",
	"handshake failure":               "sslv3 alert handshake failure",
	"protocol version not supported":  "tlsv1 alert protocol version",
	"error decrypting message":        "tlsv1 alert decrypt error",
	"internal error":                  "tlsv1 alert internal error",
	"insufficient security level":     "tlsv1 alert insufficient security",
	"user canceled":                   "tlsv1 alert user cancelled",
	"unexpected message":              "sslv3 alert unexpected message",
	"illegal parameter":               "sslv3 alert illegal parameter",
	"error decoding message":          "tlsv1 alert decode error",
	"bad record MAC":                  "sslv3 alert bad record mac",
	"no application protocol":         "tlsv1 alert no application protocol",
	"inappropriate fallback":          "tlsv1 alert inappropriate fallback",
	"certificate required":            "tlsv13 alert certificate required",
	"missing extension":               "tlsv13 alert missing extension",
	"unrecognized name":               "tlsv1 unrecognized name",
	"bad certificate status response": "tlsv1 bad certificate status response",
}

// words tells what went wrong as OpenSSL does, since administrators look for its
// words in logs.
func (e *handshakeError) words() string {
	var record tls.RecordHeaderError
	var op *net.OpError
	text := strings.TrimPrefix(plainError(e.err), "tls: ")
	switch {
	case errors.Is(e.err, os.ErrDeadlineExceeded):
		return string(TimedOut)
	case errors.Is(e.err, io.EOF), errors.Is(e.err, io.ErrUnexpectedEOF):
		return "stream truncated"
	case errors.As(e.err, &record):
		return "wrong version number"
	case errors.As(e.err, &op) && op.Op == "remote error":
		alert := strings.TrimPrefix(op.Err.Error(), "tls: ")
		if known, ok := alerts[alert]; ok {
			return known
		}
		return "alert " + alert
	case strings.HasPrefix(text, "client offered only unsupported versions"):
		return "unsupported protocol"
	case strings.HasPrefix(text, "no cipher suite supported"):
		return "no shared cipher"
	}
	return visible(text)
}
