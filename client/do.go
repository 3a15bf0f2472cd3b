package client

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Args are the arguments of a method by parameter name.
type Args = command.Args

// Zombie is a job whose child commands do not fit the task they name.
type Zombie = wire.Zombie

// State is a node's state.
type State = wire.NState

// The states.
const (
	StateUnknown   = wire.StateUnknown
	StateComplete  = wire.StateComplete
	StateQueued    = wire.StateQueued
	StateAborted   = wire.StateAborted
	StateSubmitted = wire.StateSubmitted
	StateActive    = wire.StateActive
)

// CheckPtMode says when a server saves its definition.
type CheckPtMode = wire.CheckPtMode

// The modes; CheckPtUndefined leaves the server's as it is.
const (
	CheckPtNever     = wire.CheckPtNever
	CheckPtOnTime    = wire.CheckPtOnTime
	CheckPtAlways    = wire.CheckPtAlways
	CheckPtUndefined = wire.CheckPtUndefined
)

// Do calls a method by its Python name, or, for the few that only Go has, by the
// name of its command: the one dynamic door that other languages' faces use.
// Arguments and result have the shapes that package command lists; docs/commands.md
// names all methods. Nothing is printed.
func (c *Client) Do(ctx context.Context, method string, args Args) (any, error) {
	m, spec, ok := command.LookupMethod(method)
	if !ok {
		return nil, fault.New(fault.Argument, fmt.Sprintf("there is no method %q", method))
	}
	if ctx == nil {
		ctx = context.Background()
	}
	if spec.Class == command.Local {
		return c.local(ctx, method, args)
	}
	if f := treeMethods[method]; f != nil {
		return f(c, ctx, &localArgs{method: method, args: args})
	}
	s := c.snapshot()
	a := m.Canonical(args)
	returns := m.Forms[0].Returns
	if done, err := c.prepareDefinition(ctx, &s, spec, args, a); done || err != nil {
		return int64(0), replacing(spec, args, a, err)
	}
	if spec.Class == command.Child {
		if err := command.CheckTask(s.Task); err != nil {
			return nil, err
		}
	}
	if done, result, err := c.prepare(&s, spec, a); done || err != nil {
		return result, err
	}
	if list, isList := a["paths"].([]string); m.CheckPaths && isList {
		check, _ := command.Lookup("check")
		if _, err := c.ask(ctx, s, check, Args{"paths": list}); err != nil {
			return nil, err
		}
	}
	if wanted := command.Since(spec, a); wanted != "" {
		if _, err := spec.Build(s.identity(), a); err != nil {
			return nil, err
		}
		if err := c.demand(ctx, s, wanted, a); err != nil {
			return nil, err
		}
	}
	if zombies, _ := a["zombies"].([]Zombie); len(zombies) > 1 {
		return nil, c.eachZombie(ctx, s, spec, zombies)
	}
	reply, err := c.ask(ctx, s, spec, a)
	if err != nil {
		return nil, err
	}
	if spec.Name == "ch_register" {
		return int64(c.Handle()), nil
	}
	if m.GoReturns != command.None {
		returns = m.GoReturns
	}
	return resultOf(returns, reply)
}

// ServerStats are a server's settings and request counters since its start.
type ServerStats = wire.Stats

// ServerStats gives the figures behind [Client.Stats]; nil with NO_ECF.
//
// On the command line --stats_server.
func (c *Client) ServerStats(ctx context.Context) (*ServerStats, error) {
	row, _ := command.Lookup("stats_server")
	reply, err := c.ask(ctx, c.snapshot(), row, Args{})
	if err != nil {
		return nil, err
	}
	switch r := reply.(type) {
	case nil:
		return nil, nil
	case *wire.SStatsCmd:
		return &r.Stats, nil
	}
	return nil, unexpected(reply)
}

// demand asks the server for its version, and refuses what it would silently
// ignore. A server once found new enough is not asked again.
func (c *Client) demand(ctx context.Context, s settings, wanted string, a Args) error {
	at := s.servers[s.current].String()
	c.mu.Lock()
	known := c.versions[at]
	c.mu.Unlock()
	if s.NoServer || (known != "" && command.AtLeast(known, wanted)) {
		return nil
	}
	row, _ := command.Lookup("server_version")
	reply, err := c.ask(ctx, s, row, Args{})
	if err != nil {
		return err
	}
	version, _ := textOf(reply)
	if !command.AtLeast(version, wanted) {
		return &fault.Error{Kind: fault.Unsupported, Addr: at, Unsent: true,
			Op:   fmt.Sprintf("alter %v %v", a["alter_type"], a["attribute_type"]),
			Msg:  fmt.Sprintf("the server is of version %s, and this needs %s or later", version, wanted),
			Hint: "an older server would say yes and do nothing"}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.versions[at] = version
	return nil
}

// eachZombie sends one request for each zombie: a request can name one job only.
func (c *Client) eachZombie(ctx context.Context, s settings, spec *command.Spec, zombies []Zombie) error {
	var failures []error
	for _, z := range zombies {
		if _, err := c.ask(ctx, s, spec, Args{"zombies": []Zombie{z}}); err != nil {
			failures = append(failures, err)
		}
	}
	return errors.Join(failures...)
}

// ask builds and sends, with a sync if that is wanted.
func (c *Client) ask(ctx context.Context, s settings, spec *command.Spec, a Args) (wire.Reply, error) {
	request, err := spec.Build(s.identity(), a)
	if err != nil {
		return nil, err
	}
	if s.AutoSync && command.UpdatesTree(request) {
		return c.askAndSync(ctx, s, spec, request)
	}
	return c.send(ctx, s, spec, request)
}

// send makes a request, and remembers what the reply changes in the client.
func (c *Client) send(ctx context.Context, s settings, spec *command.Spec, request wire.Request) (wire.Reply, error) {
	reply, from, err := c.invoke(ctx, s, spec, request)
	if failed := c.learn(reply, request, from); err == nil {
		err = failed
	}
	if err != nil {
		return nil, err
	}
	return reply, nil
}

// prepare completes arguments with what the client holds. done means that
// nothing needs to be sent.
func (c *Client) prepare(s *settings, spec *command.Spec, a Args) (done bool, result any, err error) {
	switch spec.Name {
	case "init":
		if a["add"] == nil && len(s.AddVariables) > 0 {
			a["add"] = s.AddVariables
		}
	case "complete":
		if a["remove"] == nil && len(s.DropVariables) > 0 {
			a["remove"] = s.DropVariables
		}
	case "ch_register":
		c.Reset()
	case "ch_drop":
		if a["handle"] == nil && s.Options.Handle == 0 {
			return true, int64(0), nil
		}
		fallthrough
	case "ch_add", "ch_rem", "ch_auto_add":
		if a["handle"] == nil {
			a["handle"] = s.Options.Handle
		}
	}
	return false, nil, nil
}

// unexpected is the error for a reply of a type that does not answer the request.
func unexpected(reply wire.Reply) error {
	return fault.New(fault.Protocol, fmt.Sprintf("the server answered with a %T, which does not fit the request", reply))
}

// resultOf gives a reply's content in the shape of a type. A plain OK, and
// nothing at all (NO_ECF), is an empty content.
func resultOf(t command.Type, reply wire.Reply) (any, error) {
	switch t {
	case command.None:
		return nil, nil
	case command.Status:
		return int64(0), nil
	}
	_, plain := reply.(*wire.StcCmd)
	plain = plain || reply == nil
	switch t {
	case command.Strings:
		lines, ok := linesOf(reply)
		if !ok && !plain {
			return nil, unexpected(reply)
		}
		return append([]string{}, lines...), nil
	case command.Zombies:
		r, ok := reply.(*wire.ZombieGetCmd)
		switch {
		case ok:
			return append([]Zombie{}, r.Zombies...), nil
		case !plain:
			return nil, unexpected(reply)
		}
		return []Zombie{}, nil
	}
	text, ok := textOf(reply)
	if !ok && !plain {
		return nil, unexpected(reply)
	}
	return text, nil
}

func linesOf(reply wire.Reply) ([]string, bool) {
	switch r := reply.(type) {
	case *wire.SSuitesCmd:
		return r.Suites, true
	case *wire.SStringVecCmd:
		return r.Vec, true
	}
	return nil, false
}

func textOf(reply wire.Reply) (string, bool) {
	switch r := reply.(type) {
	case *wire.SStringCmd:
		return r.Str, true
	case *wire.SServerLoadCmd:
		return r.LogFilePath, true
	case *wire.SClientHandleSuitesCmd:
		return handleTable(r), true
	}
	return "", false
}

// handleTable lists handles as the original prints them, without the last line
// end.
func handleTable(r *wire.SClientHandleSuitesCmd) string {
	suites := map[uint32][]string{}
	for _, h := range r.ClientHandles {
		suites[h.Handle] = h.Suites
	}
	var b strings.Builder
	for i, u := range r.Users {
		if i == 0 {
			b.WriteString("\nUser      handle  suites\n")
		}
		fmt.Fprintf(&b, "%-10s", u.User)
		for j, h := range u.Handles {
			if _, known := suites[h]; !known {
				continue
			}
			if j != 0 {
				b.WriteString(strings.Repeat(" ", 10))
			}
			fmt.Fprintf(&b, "%6s  ", strconv.FormatUint(uint64(h), 10))
			for _, name := range suites[h] {
				b.WriteString(name + "  ")
			}
			b.WriteByte('\n')
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}
