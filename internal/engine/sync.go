package engine

import (
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/handles"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// syncRow is that of asking what has changed.
//
// source: CSyncCmd.cpp.
func syncRow(m *wire.CSyncCmd) (row, error) {
	r := row{access: reads}
	switch m.API {
	case wire.SyncNews:
		r.count = func(n *wire.RequestCounts) *uint32 { return &n.News }
		r.quiet, r.brief = true, true
		r.run = func(c *call) (wire.Reply, error) { return c.news(m) }
		return r, nil
	case wire.Sync:
		r.count = func(n *wire.RequestCounts) *uint32 { return &n.Sync }
	case wire.SyncFull:
		r.count = func(n *wire.RequestCounts) *uint32 { return &n.SyncFull }
	case wire.SyncClock:
		r.count = func(n *wire.RequestCounts) *uint32 { return &n.SyncClock }
	default:
		return row{}, unknown(m)
	}
	r.brief = true // unless there is much to tell
	r.run = func(c *call) (wire.Reply, error) { return c.sync(m) }
	return r, nil
}

// ask is what the client asks, with the handle that the group before it has registered.
func (c *call) ask(m *wire.CSyncCmd) handles.Ask {
	ask := handles.AskOf(m)
	if c.handleSet && ask.Handle != uint32(c.registered) {
		ask = handles.Ask{Handle: uint32(c.registered), Full: ask.Full, Clock: ask.Clock} // what it has is of another handle
	}
	return ask
}

func (c *call) news(m *wire.CSyncCmd) (wire.Reply, error) {
	news, result := c.handles.News(c.tree, c.ask(m))
	if c.group == nil {
		c.logRequest(result)
	}
	return &wire.SNewsCmd{News: news}, nil
}

// few is how many changes are told in no more time than it takes to have others served meanwhile.
const few = 200

func (c *call) sync(m *wire.CSyncCmd) (wire.Reply, error) {
	ask := c.ask(m)
	if now := delta.Of(c.tree); ask.Full || now.State-ask.Client.State > few || now.Modify-ask.Client.Modify > few {
		c.from.wait()
	}
	reply, whole, err := c.handles.Sync(c.tree, ask)
	if err != nil || !whole {
		return reply, err
	}
	if c.group != nil {
		return &wire.SSyncCmd{FullDefs: true, Defs: c.netText()}, nil
	}
	c.from.wait()
	c.frame, err = c.whole.Get(delta.Of(c.tree), func() ([]byte, error) {
		payload, err := wire.EncodeReply(&wire.SSyncCmd{FullDefs: true, Defs: c.netText()})
		if err != nil {
			return nil, err
		}
		return append(wire.AppendHeader(make([]byte, 0, len(payload)+8), len(payload)), payload...), nil
	})
	return ok, err
}

// netText is the whole definition as it travels.
func (c *call) netText() string { return string(text.Append(nil, c.tree, text.Net)) }

// handleRow is that of handles.
//
// source: ClientHandleCmd.cpp.
func handleRow(m *wire.ClientHandleCmd) (row, error) {
	return row{
		access: edits, count: func(n *wire.RequestCounts) *uint32 { return &n.ClientHandle },
		run: func(c *call) (wire.Reply, error) { return c.handleRequest(m) },
	}, nil
}

// dropped answers a client that has no handle any more: a sync that follows in the same group is one of the whole definition.
func (c *call) dropped(err error) (wire.Reply, error) {
	if err != nil {
		return nil, err
	}
	c.registered, c.handleSet = 0, true
	return &wire.SClientHandleCmd{}, nil
}

func (c *call) handleRequest(m *wire.ClientHandleCmd) (wire.Reply, error) {
	switch m.API {
	case wire.HandleRegister:
		if m.ClientHandle != 0 { // the one that the client had is dropped
			if err := c.handles.Drop(m.ClientHandle); err != nil {
				return nil, err
			}
		}
		number := c.handles.Register(c.tree, m.AutoAddNewSuites, m.Suites, m.User)
		c.registered, c.handleSet = int(number), true
		return &wire.SClientHandleCmd{Handle: int(number)}, nil
	case wire.HandleDrop:
		return c.dropped(c.handles.Drop(m.ClientHandle))
	case wire.HandleDropUser:
		user := m.DropUser
		if user == "" {
			user = m.User
		}
		return c.dropped(c.handles.DropUser(user))
	case wire.HandleAdd:
		return nil, c.handles.Add(c.tree, m.ClientHandle, m.Suites)
	case wire.HandleRemove:
		return nil, c.handles.Remove(c.tree, m.ClientHandle, m.Suites)
	case wire.HandleAutoAdd:
		return nil, c.handles.AutoAdd(c.tree, m.ClientHandle, m.AutoAddNewSuites)
	case wire.HandleSuites:
		return c.handles.Suites(c.tree), nil
	}
	return nil, unknown(m)
}
