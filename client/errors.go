package client

import (
	"errors"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// Error is what every method of a client returns when it fails; see
// [fault.Error] for its fields.
type Error = fault.Error

// Kind is what went wrong, in one word; a Kind is itself an error value for
// errors.Is.
type Kind = fault.Kind

// The kinds most callers ask for; package fault has them all.
const (
	InvalidArgument = fault.Argument
	BadConfig       = fault.Config
	NotFound        = fault.NotFound
	NoConnection    = fault.Connect
	BadTLS          = fault.TLS
	TimedOut        = fault.Timeout
	Cancelled       = fault.Cancelled
	NotAuthorised   = fault.Auth
	Refused         = fault.Refused
	BadProtocol     = fault.Protocol
	Unsupported     = fault.Unsupported
	Blocked         = fault.Blocked
)

// KindOf gives the kind of err.
func KindOf(err error) Kind { return fault.KindOf(err) }

// SafeToRetry reports whether the request that ended in err cannot have had any
// effect on the server.
func SafeToRetry(err error) bool { return fault.SafeToRetry(err) }

// IsTimeout reports whether err says that time ran out.
func IsTimeout(err error) bool { return fault.IsTimeout(err) }

// Text is what Python and the command line show of an error: a first line
// worded as the original 5.19.0 does, since scripts look for it, and below it
// what else is known and what to do.
func Text(err error) string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	text := e.Summary()
	if e.Server != "" {
		text = serverReplies(e)
	} else if line := firstLine(e); line != "" {
		text = line + "\n" + text
	}
	if e.Hint != "" {
		text += "\n" + e.Hint
	}
	return text
}

// firstLine is how 5.19.0 begins the text of such a failure, "" where it has no
// fixed words for it or the message itself is the original's.
func firstLine(e *fault.Error) string {
	request := "Error: request( " + e.Op + " ) failed! "
	overTLS := "the client is using TCP/IP with SSL to reach " + e.Addr + "."
	switch e.Kind {
	case fault.TLSMissing:
		return "Error: Unable to find the self-signed certificate file(CRT)"
	case fault.Auth:
		return "Invalid custom user(ECF_USER || --user <user>) or authentication failed for ECF_CUSTOM_PASSWD | ECF_PASSWD"
	}
	if e.Op == "" || e.Addr == "" {
		return ""
	}
	switch e.Kind {
	case fault.TLSPlainServer:
		return request + "Protocol mismatch: " + overTLS + " The TLS handshake did not complete."
	case fault.TLSUntrusted, fault.TLSExpired, fault.TLSHostName:
		return request + "Cannot communicate with the server: " + overTLS + " The TLS handshake failed while verifying the server certificate."
	case fault.TLSVersion, fault.TLS, fault.TLSBadFile:
		return request + "Cannot communicate with the server: " + overTLS
	case fault.PlainToTLS, fault.Truncated, fault.HTTPServer:
		return request + "Protocol mismatch: the client is using TCP/IP to reach " + e.Addr + "."
	case fault.Protocol, fault.TooLarge:
		return request + "Server replied with: invalid_argument(Could not decode client protocol)"
	case fault.Connect, fault.Timeout:
		if strings.HasPrefix(e.Msg, "ClientInvoker: ") { // a child command whose time is up
			return ""
		}
		return request + "Failed to connect to " + e.Addr + ". Cannot communicate with the server"
	}
	return ""
}

// serverReplies words a refusal; a group may be refused for several reasons,
// each of which gets a line of its own, as in the original.
func serverReplies(e *fault.Error) string {
	text := ""
	for _, reply := range repliesOf(e) {
		if text != "" {
			text += "\n"
		}
		text += "Error: request( " + e.Op + " ) failed! Server reply: " + reply
	}
	return text
}

// refusals is the cause of an error made of several replies.
type refusals []string

func (r refusals) Error() string { return "several commands of the group were refused" }

func repliesOf(e *fault.Error) []string {
	var several refusals
	if errors.As(e.Err, &several) {
		return several
	}
	return []string{e.Server}
}
