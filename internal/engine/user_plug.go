package engine

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// plugRow moves a node to another place, perhaps of another server.
//
// source: libs/base PlugCmd.cpp.
func plugRow(m *wire.PlugCmd) (row, error) {
	return row{
		access: edits, write: true, paths: []string{m.Source}, count: func(n *tally) *uint32 { return &n.Plug },
		run: func(c *call) (wire.Reply, error) { return nil, c.plug(m) },
	}, nil
}

// lockServer lets one user alone move nodes; no jobs are submitted meanwhile. What it gives ends that.
//
// source: BaseServer.cpp, lock and unlock.
func (c *call) lockServer(what string) (unlock func(), err error) {
	switch {
	case c.lockedBy == "":
		before := c.tree.ServerState()
		c.lockedBy = c.user
		c.setState(defs.Shutdown)
		return func() {
			c.lockedBy = ""
			c.setState(before)
		}, nil
	case c.lockedBy == c.user && c.tree.ServerState() == defs.Shutdown:
		return func() {}, nil
	}
	return nil, refused(what + " command failed. User " + c.lockedBy + " already has an exclusive lock")
}

func (c *call) plug(m *wire.PlugCmd) error {
	over := c.readAhead([]string{m.Source})
	defer over()
	unlock, err := c.lockServer("Plug")
	if err != nil {
		return err
	}
	defer unlock()
	source := c.tree.Find(m.Source)
	switch {
	case source == nil:
		return refused("Plug command failed. Could not find source path " + m.Source)
	case source.State() == defs.Active || source.State() == defs.Submitted:
		return refused("Plug command failed. The source node " + m.Source + " is " + source.State().String())
	case source.Kind() == defs.KindAlias:
		return refused("Plug command failed. The source node " + m.Source + " is a Alias. Alias cannot be moved")
	}
	if err := c.restoreBelow(source); err != nil {
		return err
	}
	over()
	dest := c.tree.Find(m.Dest)
	if dest == nil {
		host, port, path, ok := remotePath(m.Dest)
		switch {
		case !ok:
			return refused("Plug command failed. The destination path " + m.Dest +
				" does not exist on server, and could not extract host/port from the destination path")
		case (host == c.opts.Host || host == "localhost") && port == c.opts.Port:
			if dest = c.tree.Find(path); dest == nil {
				return refused("Plug command failed. The destination path " + m.Dest + " does not exist on server " + c.opts.Host)
			}
		default:
			return c.plugAway(m, source, host, port, path)
		}
	}
	if err := c.move(source, dest); err != nil {
		return err
	}
	c.edited = append(c.edited, dest)
	c.tree.UpdateState()
	return nil
}

// restoreBelow brings back what the node, and then the families below it, have archived.
func (c *call) restoreBelow(n *defs.Node) error {
	if !n.IsContainer() || !n.Flag().Has(defs.FlagArchived) {
		return nil
	}
	if err := n.Restore(&c.host); err != nil {
		return err
	}
	for _, child := range n.Children() {
		if err := c.restoreBelow(child); err != nil {
			return err
		}
	}
	return nil
}

// remotePath takes host:port/path or //host:port/path apart.
func remotePath(dest string) (host, port, path string, ok bool) {
	names := strings.FieldsFunc(dest, func(r rune) bool { return r == '/' })
	if len(names) == 0 {
		return "", "", "", false
	}
	host, port, ok = strings.Cut(names[0], ":")
	host, port = strings.TrimSpace(host), strings.TrimSpace(port)
	for _, name := range names[1:] {
		path += "/" + name
	}
	return host, port, path, ok && host != "" && port != ""
}

// move puts source beside or below dest, both of this server.
func (c *call) move(source, dest *defs.Node) error {
	if source.Parent() == dest.Parent() {
		if source == dest {
			where := "NodeContainer"
			if source.Parent() == nil {
				where = "Defs"
			}
			return refused(where + "move choose a different location as sibling " + dest.Path() + " matches node to be moved")
		}
		return source.MoveBeside(dest)
	}
	if err := mayPlug(source, &dest, "Plug command failed. "); err != nil {
		return err
	}
	for up := dest; up != nil; up = up.Parent() {
		if up == source {
			return refused("Plug command failed. The destination " + dest.Path() + " is below the node to be moved")
		}
	}
	if err := source.Remove(); err != nil {
		return err
	}
	return dest.AddChild(source, -1)
}

// mayPlug tells why source cannot go below dest; for a task its parent is taken.
func mayPlug(source *defs.Node, dest **defs.Node, context string) error {
	if (*dest).Kind() == defs.KindTask {
		*dest = (*dest).Parent()
	}
	to := *dest
	switch {
	case to.Kind() == defs.KindAlias:
		return refused(context + "Cannot add children to a Alias")
	case source.Kind() == defs.KindSuite:
		return refused(context + "Cannot add a suite as child.")
	case to.Child(source.Name()) == nil:
		return nil
	case source.Kind() == defs.KindTask:
		return refused(context + "Task/Family of name " + source.Name() + " already exists in container node " + to.Name())
	}
	return refused(context + "Family/Task of name " + source.Name() + " already exists in container node " + to.Name())
}

// plugAway moves a node to another server, which is waited for without the lock.
func (c *call) plugAway(m *wire.PlugCmd, source *defs.Node, host, port, path string) error {
	failed := func(text string) error { return refused("MoveCmd Failed for " + host + ":" + port + "  " + text) }
	if path == "" && source.Kind() != defs.KindSuite {
		return failed("Destination path can only be empty when moving a whole suite to a new server")
	}
	if c.opts.Send == nil {
		return failed("this server cannot reach others")
	}
	move := &wire.MoveCmd{
		UserCmd: *m.AsUser(), SrcNode: string(text.AppendNode(nil, source, text.Net)),
		SrcHost: c.opts.Host, SrcPort: c.opts.Port, SrcPath: source.Path(), Dest: path,
	}
	move.ClHost = c.opts.Host
	c.edited = nil
	var err error
	c.unlocked(func() { err = c.opts.Send(c.ctx, host, port, move) })
	c.wake() // what jobs set free meanwhile waits until the server is RUNNING again
	if err != nil {
		return failed(message(err))
	}
	if source.Defs() != c.tree {
		return failed("the node has been moved to the other server, but was no longer here to be removed")
	}
	if err := source.Remove(); err != nil {
		return err
	}
	c.tree.UpdateState() // as in the original, states of nodes above stay
	return nil
}

// moveRow takes a node that another server sends.
//
// source: libs/base MoveCmd.cpp.
func moveRow(m *wire.MoveCmd) (row, error) {
	var sent *defs.Node
	return row{
		access: edits, write: true, paths: []string{m.SrcPath}, count: func(n *tally) *uint32 { return &n.Move },
		prepare: func(*call) (err error) {
			if m.SrcNode == "" {
				return refused("Plug(Move) command failed. No source specified")
			}
			if sent, err = text.ParseNode(m.SrcNode, text.Options{}); err != nil {
				return refused("Plug(Move) command failed. Error in source:\n" + message(err) + "\n")
			}
			return nil
		},
		run: func(c *call) (wire.Reply, error) { return nil, c.receive(m, sent) },
	}, nil
}

func (c *call) receive(m *wire.MoveCmd, sent *defs.Node) error {
	unlock, err := c.lockServer("Plug(Move)")
	if err != nil {
		return err
	}
	defer unlock()
	var dest *defs.Node
	if m.Dest != "" {
		if dest = c.tree.Find(m.Dest); dest == nil {
			return refused("Plug(Move) command failed. The destination path " + m.Dest + " does not exist on server")
		}
		into := dest
		if err := mayPlug(sent, &into, "Plug(Move) command failed. "); err != nil {
			return err
		}
		if err := into.AddChild(sent, -1); err != nil {
			return err
		}
		c.edited = append(c.edited, dest)
	} else {
		if sent.Kind() != defs.KindSuite {
			return refused("::Destination path can only be empty when moving a whole suite to a new server")
		}
		if err := c.tree.Add(sent, -1); err != nil {
			return err
		}
		c.edited = append(c.edited, sent)
	}
	c.tree.UpdateState()
	return nil
}
