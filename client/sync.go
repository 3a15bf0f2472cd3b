package client

import (
	"context"
	"math"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// LoadDefs loads the suites of a definition into the server, which refuses suites
// it already holds unless force is true. The definition is checked first, and not changed.
//
// Errors: fault.Check for expressions that cannot hold, and those of [Client.Load].
func (c *Client) LoadDefs(ctx context.Context, d *defs.Defs, force bool) error {
	_, err := c.Do(ctx, "load", Args{"defs": d, "force": force})
	return err
}

// ReplaceDefs replaces a node in the server by the one at the same path in a definition, or adds it;
// see [Client.Replace].
//
// Errors: fault.Check for expressions that cannot hold, and those of [Client.Replace].
func (c *Client) ReplaceDefs(ctx context.Context, path string, d *defs.Defs, createParents, force bool) error {
	_, err := c.Do(ctx, "replace", Args{"path": path, "defs": d, "create_parents": createParents, "force": force})
	return err
}

// treeMethods are the methods whose result is not simply that of one request.
var treeMethods = map[string]func(c *Client, ctx context.Context, a *localArgs) (any, error){
	"sync_local": func(c *Client, ctx context.Context, a *localArgs) (any, error) {
		clock := a.boolean("sync_suite_clock")
		if a.err != nil {
			return nil, a.err
		}
		return int64(0), c.sync(ctx, clock)
	},
	"news_local": func(c *Client, ctx context.Context, _ *localArgs) (any, error) { return c.news(ctx) },
}

// beyond is larger than all change numbers: a server takes a client that is ahead
// of it for one of the time before its restart, and sends everything. Servers cannot read larger numbers.
const beyond = math.MaxInt32

// alone waits until no other sync of this client is under way: two that begin with
// the same numbers would bring the same changes.
func (c *Client) alone(ctx context.Context) (release func(), err error) {
	select {
	case c.syncing <- struct{}{}:
		return func() { <-c.syncing }, nil
	case <-ctx.Done():
		return nil, interrupted(ctx.Err())
	}
}

// position tells the change numbers from which a sync may go on; ok is false
// when it has to begin anew.
func (c *Client) position(s *settings) (state, modify int, ok bool) {
	t := c.treeNow()
	if t.defs == nil || t.stale || t.scope != s.scope() {
		return 0, 0, false
	}
	defer c.lockTree()()
	return t.defs.StateChangeNo(), t.defs.ModifyChangeNo(), true
}

// plan makes the request that brings the definition up to date.
//
// A full sync with a handle that the server does not know kills it; so with a handle the client claims to be ahead.
func (c *Client) plan(s *settings, clock, whole bool) (*command.Spec, wire.Request, error) {
	name, args := "sync", Args{"handle": int64(s.Options.Handle)}
	state, modify, ok := c.position(s)
	switch {
	case ok && !whole:
		args["state_change"], args["modify_change"] = int64(state), int64(modify)
		if clock {
			name = "sync_clock"
		}
	case s.Options.Handle == 0:
		name = "sync_full"
	default:
		args["state_change"], args["modify_change"] = int64(beyond), int64(beyond)
	}
	row, _ := command.Lookup(name)
	request, err := row.Build(s.identity(), args)
	// A whole definition clears in the server that the handle has changed: were that reply
	// lost, changes alone would answer the same request sent again.
	if s.Options.Handle != 0 && ok && !whole {
		once := *row
		once.Idempotent = false
		row = &once
	}
	return row, request, err
}

// sync brings the definition up to date.
func (c *Client) sync(ctx context.Context, clock bool) error {
	release, err := c.alone(ctx)
	if err != nil {
		return err
	}
	defer release()
	return c.syncAlone(ctx, clock)
}

func (c *Client) syncAlone(ctx context.Context, clock bool) error {
	s := c.snapshot()
	row, request, err := c.plan(&s, clock, false)
	if err != nil {
		return err
	}
	if _, err = c.send(ctx, s, row, request); err != nil {
		switch fault.KindOf(err) {
		case fault.Protocol: // such as changes of a kind that is not known here
		case fault.Refused, fault.Auth, fault.Argument, fault.Parse:
			return err
		default:
			c.lost(&s)
			return err
		}
	}
	return c.settle(ctx, err)
}

// lost notes that a reply may have been sent and not received, after which the
// server no longer tells that the handle has changed.
func (c *Client) lost(s *settings) {
	if s.Options.Handle != 0 {
		c.changeTree(func(t *tree) { t.stale = true })
	}
}

// settle gets the whole definition if what was sent did not fit or could not be
// read; once only.
func (c *Client) settle(ctx context.Context, failed error) error {
	s := c.snapshot()
	if _, _, ok := c.position(&s); s.NoServer || (ok && failed == nil) {
		return nil
	}
	row, request, err := c.plan(&s, false, true)
	if err != nil {
		return err
	}
	if _, err = c.send(ctx, s, row, request); err != nil {
		return err
	}
	if t := c.treeNow(); t.defs == nil || t.stale {
		return fault.New(fault.Protocol, "the server answered with changes where the whole definition was asked for")
	}
	return nil
}

// news asks whether there is something to sync.
func (c *Client) news(ctx context.Context) (bool, error) {
	s := c.snapshot()
	state, modify, ok := c.position(&s)
	row, _ := command.Lookup("news")
	request, err := row.Build(s.identity(), Args{"handle": int64(s.Options.Handle), "state_change": int64(state), "modify_change": int64(modify)})
	if err != nil {
		return false, err
	}
	reply, err := c.send(ctx, s, row, request)
	if err != nil || reply == nil {
		return false, err
	}
	r, isNews := reply.(*wire.SNewsCmd)
	if !isNews {
		return false, unexpected(reply)
	}
	return r.News != wire.NewsNone || (!ok && c.Defs() != nil), nil
}

// askAndSync sends a request and a sync together. Child commands go first and by
// themselves: in a group a server's answer that they have to wait is lost.
//
// source: ClientInvoker::do_invoke_cmd
func (c *Client) askAndSync(ctx context.Context, s settings, spec *command.Spec, request wire.Request) (wire.Reply, error) {
	release, err := c.alone(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	if spec.Class == command.Child {
		reply, err := c.send(ctx, s, spec, request)
		if err == nil && !s.NoServer {
			if failed := c.syncAlone(ctx, false); failed != nil {
				s.teller(ctx)(Event{Kind: Warning, Text: "the command is done, but the sync after it failed: " + summary(failed), Err: failed})
			}
		}
		return reply, err
	}
	row, sync, err := c.plan(&s, false, false)
	if err != nil {
		return nil, err
	}
	group := &wire.GroupCTSCmd{Commands: []wire.Request{request, sync}}
	*group.Host() = s.LocalHost
	both := *spec
	both.Timeout = max(spec.Timeout, row.Timeout)
	both.Idempotent = spec.Idempotent && row.Idempotent
	reply, err := c.send(ctx, s, &both, group)
	switch fault.KindOf(err) {
	case 0, fault.Refused, fault.Protocol:
		if failed := c.settle(ctx, nil); err == nil {
			err = failed
		}
	case fault.Auth, fault.Argument, fault.Parse:
	default:
		c.lost(&s)
	}
	if err != nil {
		return nil, err
	}
	return answerOf(reply), nil
}

// answerOf finds in the reply to a request with a sync what answers the request.
func answerOf(reply wire.Reply) wire.Reply {
	group, ok := reply.(*wire.GroupSTCCmd)
	if !ok {
		return reply
	}
	for _, member := range group.Commands {
		if _, isSync := member.(*wire.SSyncCmd); !isSync {
			return member
		}
	}
	return &wire.StcCmd{API: wire.StcOK}
}
