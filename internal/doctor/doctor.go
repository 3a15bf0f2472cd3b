// Package doctor finds out why a client and a server do not get along: it walks from the
// host's name to the permissions of the user, one question at a time, and says of each
// what it found and what to do about it.
//
//	findings, err := doctor.Examine(ctx, doctor.Case{Options: o, Env: os.LookupEnv})
//
// It changes nothing, here or on the server, though servers write its requests into
// their logs. No finding holds a password, a hash or a token. Nothing is printed, and the
// environment is that of the case.
package doctor

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/transport"
)

// Status is how a check came out.
type Status string

// The outcomes.
const (
	OK      Status = "ok"
	Warning Status = "warning" // it works, but not as well as it should, or not for long
	Problem Status = "problem" // it does not work
	Skipped Status = "skipped" // does not apply, or cannot be asked because of a problem before
)

// Finding is what one check found. A check may have several.
type Finding struct {
	Check   string `json:"check"` // one of [Checks]
	Status  Status `json:"status"`
	Summary string `json:"summary"`          // one line
	Advice  string `json:"advice,omitempty"` // what to do; may span lines
}

// The checks.
const (
	checkSettings    = "settings"
	checkName        = "name"
	checkProxy       = "proxy"
	checkPort        = "port"
	checkProtocol    = "protocol"
	checkCertificate = "certificate"
	checkTrust       = "trust"
	checkUser        = "user"
	checkPassword    = "password"
	checkAccess      = "access"
	checkWriting     = "writing"
	checkVersion     = "version"
	checkState       = "state"
	checkClock       = "clock"
	checkRoundTrip   = "round trip"
	checkTask        = "task"
)

// Checks are the names of all checks, in their order.
func Checks() []string {
	return []string{
		checkSettings, checkName, checkProxy, checkPort, checkProtocol, checkCertificate, checkTrust, checkUser, checkPassword,
		checkAccess, checkWriting, checkVersion, checkState, checkClock, checkRoundTrip, checkTask,
	}
}

// DefaultTimeout is the time limit of each step.
const DefaultTimeout = 5 * time.Second

// Case is what to examine.
type Case struct {
	Options client.Options // as a client would be made of them
	Env     func(name string) (value string, ok bool)
	Timeout time.Duration // for each step; 0: DefaultTimeout

	// Report is given each finding at once. nil: nobody waits.
	Report func(Finding)
}

// Examine makes all checks. What is wrong is in the findings; the error is that of ctx, if it
// ended before all was done.
func Examine(ctx context.Context, c Case) ([]Finding, error) {
	e := &examination{ctx: ctx, o: c.Options, env: c.Env, limit: c.Timeout, report: c.Report, now: c.Options.Now}
	if e.limit <= 0 {
		e.limit = DefaultTimeout
	}
	if e.now == nil {
		e.now = time.Now
	}
	if e.o.Host == "" {
		e.o.Host = client.DefaultHost
	}
	if e.o.Port == "" {
		e.o.Port = client.DefaultPort
	}
	e.at = transport.Endpoint{Host: e.o.Host, Port: e.o.Port}
	e.mode = transport.Mode(e.o.Protocol)
	for _, step := range []func(){
		e.settings, e.name, e.proxy, e.port, e.protocol, e.certificate, e.trust, e.user, e.password,
		e.access, e.writing, e.version, e.state, e.clock, e.roundTrip, e.task,
	} {
		step()
		if err := ctx.Err(); err != nil {
			return e.findings, err
		}
	}
	return e.findings, nil
}

// Worst is the worst status of some findings.
func Worst(findings []Finding) Status {
	worst := OK
	for _, f := range findings {
		if f.Status == Problem || f.Status == Warning && worst == OK {
			worst = f.Status
		}
	}
	return worst
}

// examination is what is known so far.
type examination struct {
	ctx      context.Context
	o        client.Options
	env      func(string) (string, bool)
	limit    time.Duration
	now      func() time.Time
	report   func(Finding)
	findings []Finding

	at    transport.Endpoint
	mode  transport.Mode // what the server is spoken to in: as set, or as found
	via   *transport.Proxy
	where []string // the server's addresses, if they are looked up here

	stopped bool   // there is nobody to ask any further
	trusted string // path of the certificate file
	shown   []*x509.Certificate
	who     string // the user's name
	client  *client.Client
	refused bool   // the server does not let this user in
	theirs  string // the server's version
}

// add reports a finding. After the context has ended nothing counts: it is what ended the step.
func (e *examination) add(check string, status Status, summary, advice string) {
	if e.ctx.Err() != nil {
		return
	}
	summary, _, _ = strings.Cut(summary, "\n")
	f := Finding{Check: check, Status: status, Summary: printable(summary), Advice: advice}
	e.findings = append(e.findings, f)
	if e.report != nil {
		e.report(f)
	}
}

func (e *examination) ok(check, format string, args ...any) {
	e.add(check, OK, fmt.Sprintf(format, args...), "")
}

func (e *examination) skip(check, format string, args ...any) {
	e.add(check, Skipped, fmt.Sprintf(format, args...), "")
}

// fail reports a problem from an error.
func (e *examination) fail(check string, err error) {
	e.add(check, Problem, summary(err), hint(err))
}

// step is the context of one step. Connecting, sending and receiving have the limit each, and
// words of their own for it; this is for all of them together.
func (e *examination) step() (context.Context, context.CancelFunc) {
	return context.WithTimeout(e.ctx, e.limit+e.limit/4)
}

// config is how the server is reached, in a mode.
func (e *examination) config(mode transport.Mode) *transport.Config {
	return &transport.Config{Mode: mode, Proxy: e.via, Dial: e.o.Dial, Lookup: e.o.Lookup, AttemptTimeout: e.limit, MaxReply: 1 << 20}
}

// has reports whether a variable is set.
func (e *examination) has(name string) bool {
	if e.env == nil {
		return false
	}
	_, ok := e.env(name)
	return ok
}

func (e *examination) value(name string) string {
	if e.env == nil {
		return ""
	}
	value, _ := e.env(name)
	return value
}

// summary is what an error says, without operation and address.
func summary(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Summary()
	}
	return err.Error()
}

func hint(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Hint
	}
	return ""
}

// printable is a text without control characters: some of it is the peer's.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
}
