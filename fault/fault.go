// Package fault holds the error vocabulary that every room of this module
// shares: a [Kind] says what went wrong in one fixed word, an [Error] says on
// what, in whose words, and what to do about it.
//
// Kinds travel unchanged from Go through the C ABI to Python, so their numbers
// are fixed for ever and never reused. Messages may change; kinds may not.
//
//	if errors.Is(err, fault.Refused) { ... }     // by kind
//	var e *fault.Error
//	if errors.As(err, &e) { log.Print(e.Addr) }  // by field
//
// The package prints nothing and knows no network.
package fault

import (
	"context"
	"errors"
	"strings"
)

// Error is one failure, with everything a caller may want to act upon.
//
// Messages never hold a password, a hash or a token: whoever builds an Error
// sees to that.
type Error struct {
	Kind   Kind
	Op     string // what was tried, as a request prints itself ("--begin=/s1 :fred") or in plain words ("enable TLS")
	Addr   string // host:port of the server, if one was involved
	Path   string // file or node path, if one was involved
	Line   int    // 1-based line in Path, 0 when it does not apply
	Msg    string // what went wrong, lower case, no final full stop
	Hint   string // what to do about it; may span lines
	Server string // the server's own words, unchanged
	Unsent bool   // true when not one byte of the request can have reached the server
	Err    error  // cause
}

// New returns an error of a kind with a message.
func New(kind Kind, msg string) *Error { return &Error{Kind: kind, Msg: msg} }

// Error gives the whole story on one line, the hint on the lines below it.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("ecflow: ")
	if e.Op != "" {
		b.WriteString(e.Op)
		if e.Addr != "" {
			b.WriteString(" on " + e.Addr)
		}
		b.WriteString(": ")
	} else if e.Addr != "" {
		b.WriteString(e.Addr + ": ")
	}
	b.WriteString(e.Summary())
	if e.Hint != "" {
		b.WriteString("\n" + e.Hint)
	}
	return b.String()
}

// Summary is the message without operation, address and hint.
func (e *Error) Summary() string {
	parts := make([]string, 0, 3)
	if e.Msg != "" {
		parts = append(parts, e.Msg)
	}
	if e.Server != "" {
		parts = append(parts, e.Server)
	}
	if e.Err != nil && e.Msg == "" && e.Server == "" {
		parts = append(parts, e.Err.Error())
	}
	if len(parts) == 0 {
		parts = append(parts, e.Kind.String())
	}
	return strings.Join(parts, ": ")
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is this error's kind or one of the kind's parents.
func (e *Error) Is(target error) bool {
	k, ok := target.(Kind)
	return ok && e.Kind.Within(k)
}

// KindOf gives the kind of err: that of the first Error in its chain, that of
// a context error, or Internal. It is 0 for nil.
func KindOf(err error) Kind {
	var e *Error
	switch {
	case err == nil:
		return 0
	case errors.As(err, &e):
		return e.Kind
	case errors.Is(err, context.Canceled):
		return Cancelled
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	}
	return Internal
}

// SafeToRetry reports whether the request that ended in err cannot have had
// any effect on the server, so that sending it again does no harm.
func SafeToRetry(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Unsent
}

// IsTimeout reports whether err says that time ran out.
func IsTimeout(err error) bool {
	return errors.Is(err, Timeout) || errors.Is(err, context.DeadlineExceeded)
}
