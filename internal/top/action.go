package top

import (
	"context"
	"fmt"
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

// askAction opens the menu of commands.
func (m *Model) askAction() {
	sel := m.selected
	switch {
	case len(m.marks) > 0:
		m.dialog = actionMenu(m.targetNow(), nodeActions())
	case sel.server == nil:
		m.dialog = newServerForm()
	case sel.row.node == nil:
		m.dialog = actionMenu(target{server: sel.server}, serverActions())
	case sel.line.path == "":
		m.say(nil, "the tree is being brought up to date; press the key once more", true)
	default:
		m.dialog = actionMenu(m.targetNow(), nodeActions())
	}
}

func actionMenu(t target, actions []action) dialog {
	menu := &menuDialog{title: t.String()}
	for _, a := range actions {
		if !t.fits(a.fits) {
			continue
		}
		menu.items = append(menu.items, menuItem{a.key, a.name, func(m *Model) tea.Cmd {
			if a.open != nil {
				m.dialog = a.open(m, t)
			} else {
				m.confirm(t, a.name, strings.Replace(a.asks, "%s", t.names(), 1), a.do)
			}
			return nil
		}})
	}
	return menu
}

// confirm asks before a command.
func (m *Model) confirm(t target, name, question string, do func(context.Context, Service, string) error) {
	m.dialog = &confirmDialog{title: name, question: question, yes: func(m *Model) tea.Cmd {
		m.command(t, name, do)
		return nil
	}}
}

// command gives a command to the worker of its server; for marked nodes, those of each server.
func (m *Model) command(t target, name string, do func(context.Context, Service, string) error) {
	if len(t.marked) == 0 {
		m.give(t.server, strings.TrimSpace(name+" "+t.path), []string{t.path}, do)
		return
	}
	for _, s := range m.servers {
		var paths []string
		for _, one := range t.marked {
			if one.server == s {
				paths = append(paths, one.path)
			}
		}
		if len(paths) > 0 {
			m.give(s, fmt.Sprintf("%s %d nodes", name, len(paths)), paths, do)
		}
	}
	m.marks = nil
}

func (m *Model) give(s *server, what string, paths []string, do func(context.Context, Service, string) error) {
	if !s.give(job{what, func(ctx context.Context, s Service) error { return each(ctx, s, paths, do) }}) {
		m.say(s, what+": too many commands are waiting for this server", true)
		return
	}
	m.say(s, what+given, false)
}

// each does something for every path, also after an error: each node is a request by itself, which the server may refuse.
func each(ctx context.Context, s Service, paths []string, do func(context.Context, Service, string) error) error {
	var first error
	failed := 0
	for _, path := range paths {
		if err := do(ctx, s, path); err != nil {
			failed++
			if first == nil {
				first = err
			}
		}
	}
	if failed > 0 && len(paths) > 1 {
		return fmt.Errorf("%d of %d failed: %s", failed, len(paths), short(first))
	}
	return first
}

// forceMenu asks for the state.
func forceMenu(t target) dialog {
	menu := &menuDialog{title: "Force the state of " + t.String()}
	for _, c := range []struct {
		key   string
		state defs.NState
	}{{"c", defs.Complete}, {"a", defs.Aborted}, {"q", defs.Queued}, {"u", defs.Unknown}, {"s", defs.Submitted}, {"r", defs.Active}} {
		for _, all := range []bool{false, true} {
			key, name, question := c.key, c.state.String(), "Force "+t.names()+" to "+c.state.String()+"?"
			if all {
				if t.fits(submittable) {
					continue
				}
				key, name, question = strings.ToUpper(key), name+", and all below", "Force "+t.names()+" and all below to "+c.state.String()+"?"
			}
			menu.items = append(menu.items, menuItem{key, name, func(m *Model) tea.Cmd {
				m.confirm(t, "force "+name, question, func(ctx context.Context, s Service, p string) error {
					if all {
						return s.ForceStateRecursive(ctx, client.State(c.state), p)
					}
					return s.ForceState(ctx, client.State(c.state), p)
				})
				return nil
			}})
		}
	}
	return menu
}
