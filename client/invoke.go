package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/transport"
	"github.com/ecflow-go/ecflow/internal/wire"
)

const pingPeriod = time.Second

// policyFor says how a request of this row is repeated.
func policyFor(spec *command.Spec, s *settings) policy {
	p := policy{
		Attempts: s.Attempts, Period: max(0, s.RetryPeriod),
		Walk:    (spec.Class == command.Child || s.HostFileForAll) && !s.Denied,
		Timeout: s.ChildTimeout, ZombieTimeout: s.ZombieTimeout,
	}
	if spec.Name == "ping" {
		p.Period = pingPeriod
	}
	return p
}

// call is the life of one request.
type call struct {
	c       *Client
	s       settings
	spec    *command.Spec
	request wire.Request
	op      string
	tell    teller
	told    map[outcome]bool
}

// invoke sends a request until it is settled, and tells which server settled it. The
// reply is nil when nothing was sent because of NO_ECF; a refusal comes with its reply.
func (c *Client) invoke(ctx context.Context, s settings, spec *command.Spec, request wire.Request) (wire.Reply, string, error) {
	if ctx == nil {
		ctx = context.Background()
	}
	k := &call{c: c, s: s, spec: spec, request: request, op: command.Describe(request), told: map[outcome]bool{}}
	k.s.rereadFiles()
	k.tell = k.s.teller(ctx)
	if err := guard(request); err != nil {
		return nil, "", err
	}
	if s.NoServer {
		k.tell(Event{Kind: NotSent, Op: k.op, Text: "NO_ECF"})
		return nil, "", nil
	}
	c.changeTree(func(t *tree) { t.inSync, t.changed = false, nil })
	reply, err := k.run(ctx)
	return reply, k.s.servers[k.s.current].String(), err
}

// guard refuses what would kill a server and cannot be told from the request
// alone: a full sync with a handle the server may not know (any more).
func guard(request wire.Request) error {
	switch r := request.(type) {
	case *wire.CSyncCmd:
		if r.API == wire.SyncFull && r.ClientHandle != 0 {
			return &fault.Error{Kind: fault.Argument, Op: command.Describe(r),
				Msg:  fmt.Sprintf("a full sync with handle %d is not sent: a server that does not know the handle dies of it", r.ClientHandle),
				Hint: "sync=HANDLE 0 0 asks the same in a safe way"}
		}
	case *wire.GroupCTSCmd:
		for _, member := range r.Commands {
			if err := guard(member); err != nil {
				return err
			}
		}
	}
	return nil
}

func (k *call) run(ctx context.Context) (wire.Reply, error) {
	started := k.s.Now()
	course := newRetry(policyFor(k.spec, &k.s))
	for {
		at := k.s.servers[k.s.current]
		k.tell(Event{Kind: DebugInfo, Op: k.op, Addr: at.String(), Text: "sending " + k.op + " to " + at.String() + " over " + transport.Mode(k.s.Protocol).String()})
		reply, err := k.attempt(ctx, at)
		if err != nil && !k.repeatable(ctx, err) {
			return nil, k.explain(err, at)
		}
		result := failed
		if err == nil {
			result = outcomeOf(reply)
		}
		next := course.after(result, k.s.Now().Sub(started))
		switch next.verdict {
		case stop:
			k.c.keep(&k.s)
			if e := refusal(reply); e != nil {
				return reply, k.explain(e, at)
			}
			k.tell(Event{Kind: DebugInfo, Op: k.op, Addr: at.String(), Text: k.op + " succeeded on " + at.String()})
			return reply, nil
		case giveUp:
			return nil, k.exhausted(result, err, at)
		case timedOut:
			return nil, k.overdue(result, err, at, "Timed out after ECF_TIMEOUT", k.s.ChildTimeout)
		case zombieIsOver:
			return nil, k.overdue(result, err, at, "*ZOMBIE* Timed out after ECF_ZOMBIE_TIMEOUT", k.s.ZombieTimeout)
		case nextHost:
			k.report(result, err, at, next.pause)
			k.c.next(&k.s, k.tell)
			to := k.s.servers[k.s.current]
			k.tell(Event{Kind: NextHost, Op: k.op, Addr: to.String(), Pause: next.pause,
				Text: fmt.Sprintf("%s: trying %s after %s%s", k.op, to, at, in(next.pause))})
		case again:
			k.report(result, err, at, next.pause)
		}
		if next.pause > 0 {
			if err := k.s.Sleep(ctx, next.pause); err != nil {
				return nil, k.explain(interrupted(err), at)
			}
		} else if err := ctx.Err(); err != nil {
			return nil, k.explain(interrupted(err), at)
		}
	}
}

// attempt sends the request once.
func (k *call) attempt(ctx context.Context, at transport.Endpoint) (wire.Reply, error) {
	if err := ctx.Err(); err != nil {
		return nil, interrupted(err)
	}
	if err := k.c.stamp(ctx, &k.s, at, k.request, k.tell); err != nil {
		return nil, err
	}
	if handles, ok := k.request.(*wire.ClientHandleCmd); ok && handles.API == wire.HandleDropUser {
		k.op = command.Describe(k.request) // names the user, now that it is known
	}
	cfg, err := k.c.channel(&k.s, at, k.spec, k.tell)
	if err != nil {
		return nil, err
	}
	payload, err := wire.EncodeRequest(k.request)
	if err != nil {
		return nil, err
	}
	if holdsNUL(payload) {
		return nil, &fault.Error{Kind: fault.Argument, Unsent: true,
			Msg: "a text in the request holds a NUL character, at which the server would cut it"}
	}
	answer, err := transport.Exchange(ctx, at, cfg, payload)
	if err != nil {
		return nil, err
	}
	return wire.DecodeReply(answer)
}

// holdsNUL finds a NUL in a string of an encoded request; a backslash before the
// escape makes it the text "\u0000" instead.
func holdsNUL(payload []byte) bool {
	escape := []byte(`\u0000`)
	for {
		i := bytes.Index(payload, escape)
		if i < 0 {
			return false
		}
		before := payload[:i]
		if slashes := len(before) - len(bytes.TrimRight(before, `\`)); slashes%2 == 0 {
			return true
		}
		payload = payload[i+len(escape):]
	}
}

// repeatable reports whether a failure is one of reaching the server, and
// sending the request again can do no harm.
func (k *call) repeatable(ctx context.Context, err error) bool {
	if ctx.Err() != nil {
		return false
	}
	switch fault.KindOf(err) {
	case fault.Connect, fault.Timeout:
		return fault.SafeToRetry(err) || k.spec.Idempotent
	case fault.TLSMissing, fault.TLSBadFile, fault.Argument:
		// An unusable line of the host file, or one without a certificate here,
		// must not lose what a job says: its own server may come back.
		return k.s.current > 0
	}
	return false
}

// report tells on the way what keeps a request from being settled. Waiting is
// told once, failures each time.
func (k *call) report(result outcome, err error, at transport.Endpoint, pause time.Duration) {
	e := Event{Op: k.op, Addr: at.String(), Err: err, Pause: pause, Kind: Waiting}
	what := ""
	switch result {
	case failed:
		if k.spec.Name == "ping" && !k.s.Debug {
			return // asking whether a server is there is no cause for alarm if it is not
		}
		e.Kind = Retrying
		e.Text = fmt.Sprintf("%s: %s: %s%s", k.op, at, summary(err), in(pause))
	case halted:
		what = "the server is halted, waiting until it runs"
	case zombie:
		what = "the server takes this job for a zombie, waiting until somebody decides"
	case notYet:
		what = "the condition does not hold yet, waiting"
	}
	if e.Kind == Waiting {
		if k.told[result] && !k.s.Debug {
			return
		}
		k.told[result] = true
		e.Text = k.op + ": " + at.String() + ": " + what
	}
	k.tell(e)
}

func in(pause time.Duration) string {
	if pause <= 0 {
		return ""
	}
	return "; trying again in " + pause.String()
}

func summary(err error) string {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Summary()
	}
	return fmt.Sprint(err)
}

// explain says on what an error happened.
func (k *call) explain(err error, at transport.Endpoint) error {
	var e *fault.Error
	if !errors.As(err, &e) {
		e = &fault.Error{Kind: fault.KindOf(err), Err: err, Msg: err.Error()}
	}
	told := *e
	told.Op = k.op
	if told.Addr == "" {
		told.Addr = at.String()
	}
	if r, ok := k.request.(wire.TaskRequest); ok && told.Path == "" {
		told.Path = r.AsTask().Path
	}
	return &told
}

// exhausted is the error after the last attempt.
func (k *call) exhausted(result outcome, err error, at transport.Endpoint) error {
	e := &fault.Error{Err: err}
	switch result {
	case halted:
		e.Kind, e.Msg = fault.BlockedHalted, "the server is halted, and ECF_DENIED forbids to wait"
	case zombie:
		e.Kind, e.Msg = fault.BlockedZombie, "the server takes this job for a zombie, and ECF_DENIED forbids to wait"
	default:
		var last *fault.Error
		if errors.As(err, &last) {
			*e = *last
			e.Err = err
		}
		if e.Hint == "" && e.Kind == fault.Connect {
			e.Hint = "check that the server runs, and that host and port (ECF_HOST, ECF_PORT) are right"
		}
	}
	if n := k.s.Attempts; n > 1 {
		e.Msg += fmt.Sprintf(" (after %d attempts)", n)
	}
	return k.explain(e, at)
}

// overdue is the error of a child command whose time is up.
func (k *call) overdue(result outcome, err error, at transport.Endpoint, what string, limit time.Duration) error {
	e := &fault.Error{Kind: fault.Timeout, Err: err,
		Msg: fmt.Sprintf("ClientInvoker: %s(%d) seconds : for %s", what, int(limit/time.Second), at)}
	switch result {
	case halted:
		e.Kind, e.Hint = fault.BlockedHalted, "the server was halted all the time; what the job said is lost"
	case zombie:
		e.Kind, e.Hint = fault.BlockedZombie, "the server took the job for a zombie; what it said is lost"
	default:
		e.Hint = "last failure: " + summary(err) + "; what the job said is lost"
	}
	return k.explain(e, at)
}

// interrupted words the end of a context.
func interrupted(err error) error {
	e := &fault.Error{Kind: fault.Cancelled, Msg: "cancelled before an answer came", Err: err}
	if errors.Is(err, context.DeadlineExceeded) {
		e.Kind, e.Msg = fault.Timeout, "the time for the whole request ran out"
	}
	return e
}
