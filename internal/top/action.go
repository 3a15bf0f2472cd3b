package top

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
)

// action is a command for a node or for a server.
type action struct {
	key  string
	name string
	asks string                   // the question before it, with %s for the path
	fits func(line nodeLine) bool // nodes it is for; nil: all
	do   func(ctx context.Context, s Service, path string) error
	open func(m *Model, t target) dialog // asks for more instead of do
}

func submittable(l nodeLine) bool { return l.kind >= defs.KindTask }
func isSuite(l nodeLine) bool     { return l.kind == defs.KindSuite }

// nodeActions are the commands for nodes.
func nodeActions() []action {
	return []action{
		{key: "s", name: "suspend", asks: "Suspend %s?", do: func(ctx context.Context, s Service, p string) error { return s.Suspend(ctx, p) }},
		{key: "r", name: "resume", asks: "Resume %s?", do: func(ctx context.Context, s Service, p string) error { return s.Resume(ctx, p) }},
		{key: "q", name: "requeue", asks: "Requeue %s?", do: func(ctx context.Context, s Service, p string) error { return s.Requeue(ctx, "", p) }},
		{key: "Q", name: "requeue aborted tasks", asks: "Requeue the aborted tasks below %s?", fits: func(l nodeLine) bool { return l.kind <= defs.KindFamily },
			do: func(ctx context.Context, s Service, p string) error { return s.Requeue(ctx, "abort", p) }},
		{key: "x", name: "run now", asks: "Run %s now, whatever its triggers, times and limits?", do: func(ctx context.Context, s Service, p string) error { return s.Run(ctx, false, p) }},
		{key: "f", name: "force a state", open: func(m *Model, t target) dialog { return forceMenu(t) }},
		{key: "k", name: "kill", asks: "Kill the job of %s?", do: func(ctx context.Context, s Service, p string) error { return s.Kill(ctx, p) }},
		{key: "t", name: "status", asks: "Ask for the status of the job of %s?", do: func(ctx context.Context, s Service, p string) error { return s.Status(ctx, p) }},
		{key: "b", name: "begin", asks: "Begin the suite %s?", fits: isSuite, do: func(ctx context.Context, s Service, p string) error {
			return s.BeginSuite(ctx, strings.TrimPrefix(p, "/"), false)
		}},
		{key: "d", name: "delete", open: func(m *Model, t target) dialog { return deleteForm(t) }},
	}
}

// serverActions are the commands for servers.
func serverActions() []action {
	return []action{
		{key: "r", name: "restart", asks: "Let %s schedule jobs?", do: func(ctx context.Context, s Service, _ string) error { return s.RestartServer(ctx) }},
		{key: "s", name: "shutdown", asks: "Shut %s down? It takes what jobs say and starts none.", do: func(ctx context.Context, s Service, _ string) error { return s.ShutdownServer(ctx) }},
		{key: "h", name: "halt", asks: "Halt %s? It starts no jobs and holds back what jobs say.", do: func(ctx context.Context, s Service, _ string) error { return s.HaltServer(ctx) }},
		{key: "e", name: "change its address or TLS", open: func(m *Model, t target) dialog { return changeServerForm(t.server) }},
		{key: "d", name: "remove from this list", open: func(m *Model, t target) dialog { return removeServerDialog(t) }},
	}
}

// target is what a command is for.
type target struct {
	server *server
	path   string // "" for the server itself
	line   nodeLine
}

func (t target) String() string {
	if t.path == "" {
		s := t.server.worker.server
		if s.Name == "" {
			return s.Address()
		}
		return s.Name + " (" + s.Address() + ")"
	}
	return t.path
}

// askAction opens the menu of commands.
func (m *Model) askAction() {
	sel := m.selected
	switch {
	case sel.server == nil:
		m.dialog = newServerForm()
	case sel.row.node == nil:
		m.dialog = actionMenu(target{server: sel.server}, serverActions())
	case sel.line.path == "":
		m.say(nil, "the tree is being brought up to date; press the key once more", true)
	default:
		m.dialog = actionMenu(target{sel.server, sel.line.path, sel.line.node}, nodeActions())
	}
}

func actionMenu(t target, actions []action) dialog {
	menu := &menuDialog{title: t.String()}
	for _, a := range actions {
		if a.fits != nil && !a.fits(t.line) {
			continue
		}
		menu.items = append(menu.items, menuItem{a.key, a.name, func(m *Model) tea.Cmd {
			if a.open != nil {
				m.dialog = a.open(m, t)
				return nil
			}
			m.dialog = &confirmDialog{title: a.name, question: strings.Replace(a.asks, "%s", t.String(), 1), yes: func(m *Model) tea.Cmd {
				m.command(t, a.name, a.do)
				return nil
			}}
			return nil
		}})
	}
	return menu
}

// command gives a command to the worker of its server.
func (m *Model) command(t target, name string, do func(context.Context, Service, string) error) {
	what := strings.TrimSpace(name + " " + t.path)
	if !t.server.give(job{what, func(ctx context.Context, s Service) error { return do(ctx, s, t.path) }}) {
		m.say(t.server, what+": too many commands are waiting for this server", true)
		return
	}
	m.say(t.server, what+given, false)
}

// forceMenu asks for the state.
func forceMenu(t target) dialog {
	menu := &menuDialog{title: "Force the state of " + t.path}
	for _, c := range []struct {
		key   string
		state defs.NState
	}{{"c", defs.Complete}, {"a", defs.Aborted}, {"q", defs.Queued}, {"u", defs.Unknown}, {"s", defs.Submitted}, {"r", defs.Active}} {
		for _, all := range []bool{false, true} {
			key, name, question := c.key, c.state.String(), "Force "+t.path+" to "+c.state.String()+"?"
			if all {
				if submittable(t.line) {
					continue
				}
				key, name, question = strings.ToUpper(key), name+", and all below", "Force "+t.path+" and all below to "+c.state.String()+"?"
			}
			menu.items = append(menu.items, menuItem{key, name, func(m *Model) tea.Cmd {
				m.dialog = &confirmDialog{title: "force", question: question, yes: func(m *Model) tea.Cmd {
					m.command(t, "force "+name, func(ctx context.Context, s Service, p string) error {
						if all {
							return s.ForceStateRecursive(ctx, client.State(c.state), p)
						}
						return s.ForceState(ctx, client.State(c.state), p)
					})
					return nil
				}}
				return nil
			}})
		}
	}
	return menu
}
