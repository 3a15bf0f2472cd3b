package client

import (
	"errors"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// tree is the definition that a client keeps, and what the last request did to it.
type tree struct {
	defs    *defs.Defs
	scope   scope
	stale   bool // changes did not fit, or may have been lost: only a whole definition helps
	inSync  bool
	changed []string
}

// scope is what a definition shows. Change numbers can be compared within one scope only.
type scope struct {
	server string // host:port
	handle int    // 0: all suites
}

func (s *settings) scope() scope { return scope{s.servers[s.current].String(), s.Options.Handle} }

// Defs is the client's definition, which [Client.Sync] and [Client.FetchDefs] bring;
// nil before. Later syncs change it in place, unless the changes are large; then the client has
// another one, and this stays as it is. See Options.LockTree for reading it while others sync.
func (c *Client) Defs() *defs.Defs { return c.treeNow().defs }

// InSync reports whether the last request brought changes: a whole definition, or some.
func (c *Client) InSync() bool { return c.treeNow().inSync }

// ChangedNodePaths are the paths of the nodes that the last sync changed, in the
// server's order; "/" is the definition itself. There are none when the whole definition
// came, and after any other request.
func (c *Client) ChangedNodePaths() []string { return append([]string{}, c.treeNow().changed...) }

// Reset forgets definition and handle.
func (c *Client) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.s.Options.Handle = 0
	c.tree = tree{inSync: c.tree.inSync, changed: c.tree.changed}
}

// SetAutoSync says whether every request that may change the definition also syncs.
func (c *Client) SetAutoSync(on bool) { c.change(func(s *settings) { s.AutoSync = on }) }

// AutoSync reports whether requests sync by themselves.
func (c *Client) AutoSync() bool { return c.snapshot().AutoSync }

func (c *Client) treeNow() tree {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tree
}

func (c *Client) changeTree(f func(t *tree)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f(&c.tree)
}

// lockTree keeps others from the definition until the returned function is called.
func (c *Client) lockTree() (unlock func()) {
	if lock := c.snapshot().LockTree; lock != nil {
		return lock()
	}
	return func() {}
}

// learn takes over what a reply changes in the client: its handle, as the original
// does (every drop, also of another handle, leaves none), and its definition. from is the server.
func (c *Client) learn(reply wire.Reply, request wire.Request, from string) error {
	l := learner{c: c, asked: lastSync(request), from: from}
	l.take(reply, 0)
	return l.err
}

type learner struct {
	c     *Client
	asked *wire.CSyncCmd // to which the reply answers, if it is a sync
	from  string
	moved bool           // the client has got another handle
	taken *wire.SSyncCmd // syncs of one group are one object, which holds the last
	err   error
}

func (l *learner) take(reply wire.Reply, depth int) {
	switch r := reply.(type) {
	case *wire.SClientHandleCmd:
		l.moved = true
		l.c.change(func(s *settings) { s.Options.Handle = r.Handle })
	case *wire.StcCmd:
		if r.API == wire.StcDeleteAll {
			l.c.Reset()
		}
	case *wire.DefsCmd:
		l.keep(l.c.replaceTree(r.Defs, scope{server: l.from}))
	case *wire.SSyncCmd:
		if r != l.taken {
			l.taken = r
			l.sync(r)
		}
	case *wire.GroupSTCCmd:
		for _, member := range r.Commands {
			if depth < deepestGroup {
				l.take(member, depth+1)
			}
		}
	}
}

func (l *learner) keep(err error) {
	if l.err == nil {
		l.err = err
	}
}

func (l *learner) sync(r *wire.SSyncCmd) {
	of := scope{server: l.from}
	if l.asked != nil {
		of.handle = int(l.asked.ClientHandle)
	}
	if l.moved { // within the group: the server then syncs for the new handle
		of.handle = l.c.Handle()
	}
	switch {
	case r.ServerDefs != "":
		l.keep(l.c.replaceTree(r.ServerDefs, of))
	case r.FullDefs:
		l.keep(l.c.replaceTree(r.Defs, of))
	default:
		l.c.applyChanges(&r.IncrementalChanges, l.asked, of)
	}
}

// lastSync finds the sync in a request, the last one of a group.
func lastSync(request wire.Request) (last *wire.CSyncCmd) {
	switch r := request.(type) {
	case *wire.CSyncCmd:
		if r.API != wire.SyncNews {
			return r
		}
	case *wire.GroupCTSCmd:
		for _, member := range r.Commands {
			if found := lastSync(member); found != nil {
				last = found
			}
		}
	}
	return last
}

// replaceTree gives the client another definition.
func (c *Client) replaceTree(definition string, of scope) error {
	d, err := text.ParseString(definition, text.Options{Strict: true, EaseGC: c.snapshot().EaseGC})
	if err != nil {
		c.changeTree(func(t *tree) { t.stale = true })
		return unreadable(err)
	}
	c.changeTree(func(t *tree) { *t = tree{defs: d, scope: of, inSync: true} })
	return nil
}

// unreadable words that a server's definition cannot be read.
func unreadable(err error) error {
	e := &fault.Error{Kind: fault.Parse, Msg: "Defs::restore_from_string: " + err.Error(), Err: err,
		Hint: "the server may be of a version whose definitions this client does not know"}
	var known *fault.Error
	if errors.As(err, &known) {
		e.Line = known.Line
	}
	return e
}

// applyChanges makes a server's changes in the definition, all of them or, where
// they do not fit, none; the definition is then stale. They fit a definition of the same scope
// and with the change numbers that they were asked for.
func (c *Client) applyChanges(changes *wire.DefsDelta, asked *wire.CSyncCmd, of scope) {
	defer c.lockTree()()
	t := c.treeNow()
	fits := asked != nil && t.defs != nil && !t.stale && t.scope == of &&
		uint32(t.defs.StateChangeNo()) == asked.ClientStateChangeNo && uint32(t.defs.ModifyChangeNo()) == asked.ClientModifyChangeNo
	var changed []string
	if fits {
		var err error
		changed, err = delta.Apply(t.defs, changes)
		fits = err == nil
	}
	c.changeTree(func(now *tree) {
		switch {
		case now.defs != t.defs: // another thread has replaced it meanwhile
		case fits:
			now.inSync, now.changed = len(changed) > 0, changed
		default:
			now.stale = true
		}
	})
}
