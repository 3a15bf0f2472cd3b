package delta

import (
	"slices"
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func nstate(s wire.NState) (defs.NState, error) {
	if s < 0 || s > wire.StateActive {
		return 0, misfit("node state %d", s)
	}
	return defs.NState(s), nil
}

func dstate(s wire.DState) (defs.DState, error) {
	if s < 0 || s > wire.DStateSuspended {
		return 0, misfit("default status %d", s)
	}
	return defs.DState(s), nil
}

func serverState(s wire.ServerState) (defs.SState, error) {
	if s < 0 || s > wire.ServerRunning {
		return 0, misfit("server state %d", s)
	}
	return defs.SState(s), nil
}

func duration(d wire.Duration) (time.Duration, error) {
	if d.Text == "" {
		return 0, nil
	}
	v, err := defs.ParseDuration(d.Text)
	if err != nil {
		return 0, misfit("duration %q", d.Text)
	}
	return v, nil
}

// point reads a point of time; absent gives what else says.
func point(t wire.DateTime, otherwise time.Time) (time.Time, error) {
	switch t.Text {
	case "":
		return otherwise, nil
	case "not-a-date-time":
		return time.Time{}, nil
	}
	v, err := defs.ParsePoint(t.Text)
	if err != nil {
		return time.Time{}, misfit("point of time %q", t.Text)
	}
	return v, nil
}

func variables(from []wire.Variable) []defs.Variable {
	vars := make([]defs.Variable, len(from))
	for i, v := range from {
		vars[i] = defs.Variable(v)
	}
	return vars
}

func meter(w *wire.Meter) defs.Meter {
	return defs.Meter{Name: w.Name, Min: w.Min, Max: w.Max, ColorChange: w.ColorChange, Value: w.Value}
}

func event(w *wire.Event) defs.Event {
	return defs.Event{Name: w.Name, Number: w.Number, Value: w.Value, Initial: w.InitialValue}
}

func label(w *wire.Label) defs.Label {
	return defs.Label{Name: w.Name, Value: w.Value, New: w.NewValue}
}

func expression(w *wire.Expression) defs.Expression {
	e := defs.Expression{Free: w.Free, Parts: make([]defs.PartExpression, len(w.Parts))}
	for i, p := range w.Parts {
		e.Parts[i] = defs.PartExpression{Text: p.Expression, Type: defs.PartType(min(max(p.Type, wire.ExprFirst), wire.ExprOr))}
	}
	return e
}

func limit(w *wire.Limit) *defs.Limit {
	paths := slices.Clone(w.Paths)
	slices.Sort(paths)
	return &defs.Limit{Name: w.Name, Max: w.Limit, Value: w.Value, Paths: slices.Compact(paths)}
}

func inLimit(w *wire.InLimit) defs.InLimit {
	return defs.InLimit{
		Name: w.Name, Path: w.Path, Tokens: w.Tokens, ThisNodeOnly: w.LimitThisNodeOnly,
		SubmissionOnly: w.LimitSubmission, Incremented: w.Incremented,
	}
}

func aviso(w *wire.AvisoAttr) defs.AvisoAttr {
	return defs.AvisoAttr{
		Name: w.Name, Listener: w.Listener, URL: w.URL, Schema: w.Schema, Polling: w.Polling, Auth: w.Auth,
		Reason: w.Reason, Revision: uint64(w.Revision),
	}
}

func mirror(w *wire.MirrorAttr) defs.MirrorAttr {
	return defs.MirrorAttr{
		Name: w.Name, RemotePath: w.RemotePath, RemoteHost: w.RemoteHost, RemotePort: w.RemotePort, Polling: w.Polling,
		SSL: w.SSL, Auth: w.Auth, Reason: w.Reason, Propagate: w.Propagate,
	}
}

func zombie(w *wire.ZombieAttr) defs.ZombieAttr {
	z := defs.ZombieAttr{Type: defs.ZombieType(w.ZombieType), Action: defs.ZombieAction(w.Action), Lifetime: w.ZombieLifetime}
	for _, c := range w.ChildCmds {
		z.Cmds = append(z.Cmds, defs.ChildCmd(c))
	}
	return z
}

func verify(w *wire.VerifyAttr) (defs.VerifyAttr, error) {
	s, err := nstate(w.State)
	return defs.VerifyAttr{State: s, Expected: w.Expected, Actual: w.Actual}, err
}

func queueStates(from []wire.NState) ([]defs.NState, error) {
	states := make([]defs.NState, len(from))
	for i, w := range from {
		s, err := nstate(w)
		if err != nil {
			return nil, err
		}
		states[i] = s
	}
	return states, nil
}

func queue(w *wire.QueueAttr) (defs.QueueAttr, error) {
	states, err := queueStates(w.States)
	if err == nil && len(states) != len(w.Queue) {
		err = misfit("queue %s of %d steps and %d states", w.Name, len(w.Queue), len(states))
	}
	return defs.QueueAttr{Name: w.Name, Steps: slices.Clone(w.Queue), States: states, Index: w.CurrentIndex}, err
}

func generic(w *wire.GenericAttr) defs.GenericAttr {
	return defs.GenericAttr{Name: w.Name, Values: slices.Clone(w.Values)}
}
