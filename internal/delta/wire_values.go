package delta

import (
	"slices"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// What the tree holds, as it travels. The inverse functions are in values.go.

func wireVariables(from []defs.Variable) []wire.Variable {
	vars := make([]wire.Variable, len(from))
	for i, v := range from {
		vars[i] = wire.Variable(v)
	}
	return vars
}

func wireMeter(m *defs.Meter) wire.Meter {
	return wire.Meter{Name: m.Name, Min: m.Min, Max: m.Max, ColorChange: m.ColorChange, Value: m.Value}
}

func wireEvent(e *defs.Event) wire.Event {
	return wire.Event{Name: e.Name, Number: e.Number, Value: e.Value, InitialValue: e.Initial}
}

func wireLabel(l *defs.Label) wire.Label {
	return wire.Label{Name: l.Name, Value: l.Value, NewValue: l.New}
}

func wireExpression(e *defs.Expression) wire.Expression {
	w := wire.Expression{Free: e.Free, Parts: make([]wire.PartExpression, len(e.Parts))}
	for i, p := range e.Parts {
		w.Parts[i] = wire.PartExpression{Expression: p.Text, Type: wire.ExprType(p.Type)}
	}
	return w
}

func wireLimit(l *defs.Limit) wire.Limit {
	return wire.Limit{Name: l.Name, Limit: l.Max, Value: l.Value, Paths: slices.Clone(l.Paths)}
}

func wireInLimit(l *defs.InLimit) wire.InLimit {
	return wire.InLimit{
		Name: l.Name, Path: l.Path, Tokens: l.Tokens, LimitThisNodeOnly: l.ThisNodeOnly,
		LimitSubmission: l.SubmissionOnly, Incremented: l.Incremented,
	}
}

func wireAviso(n *defs.Node, a *defs.AvisoAttr) wire.AvisoAttr {
	var active string // the listener in use, which a server without notifications does not have
	return wire.AvisoAttr{
		Path: n.Path(), Name: a.Name, Listener: a.Listener, URL: a.URL, Schema: a.Schema, Polling: a.Polling, Auth: a.Auth,
		Reason: a.Reason, Revision: uint32(a.Revision), Active: &active,
	}
}

func wireMirror(m *defs.MirrorAttr) wire.MirrorAttr {
	return wire.MirrorAttr{
		Version: 1, Name: m.Name, RemotePath: m.RemotePath, RemoteHost: m.RemoteHost, RemotePort: m.RemotePort,
		Polling: m.Polling, SSL: m.SSL, Auth: m.Auth, Reason: m.Reason, Propagate: m.Propagate,
	}
}

func wireZombie(z *defs.ZombieAttr) wire.ZombieAttr {
	w := wire.ZombieAttr{
		ZombieType: wire.ZombieType(z.Type), Action: wire.ZombieAction(z.Action), ZombieLifetime: z.Lifetime,
		ChildCmds: make([]wire.ChildCmd, len(z.Cmds)),
	}
	for i, c := range z.Cmds {
		w.ChildCmds[i] = wire.ChildCmd(c)
	}
	return w
}

func wireVerifies(from []defs.VerifyAttr) []wire.VerifyAttr {
	return convert(from, func(v *defs.VerifyAttr) wire.VerifyAttr {
		return wire.VerifyAttr{State: wire.NState(v.State), Expected: v.Expected, Actual: v.Actual}
	})
}

func wireStates(from []defs.NState) []wire.NState {
	return convert(from, func(s *defs.NState) wire.NState { return wire.NState(*s) })
}

func wireQueue(q *defs.QueueAttr) wire.QueueAttr {
	return wire.QueueAttr{Name: q.Name, Queue: slices.Clone(q.Steps), States: wireStates(q.States), CurrentIndex: q.Index}
}

func wireGeneric(g *defs.GenericAttr) wire.GenericAttr {
	return wire.GenericAttr{Name: g.Name, Values: slices.Clone(g.Values)}
}

// convert converts every item.
func convert[D, W any](from []D, f func(*D) W) []W {
	if len(from) == 0 {
		return nil
	}
	to := make([]W, len(from))
	for i := range from {
		to[i] = f(&from[i])
	}
	return to
}
