package engine

import (
	"fmt"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/version"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func unknown(m wire.Request) error {
	return fmt.Errorf("the server does not know the request %s", wire.TypeName(m))
}

func (c *call) version() (wire.Reply, error) { return &wire.SStringCmd{Str: version.EcFlow}, nil }

// ctsRow is that of the requests without arguments.
//
// source: libs/base CtsCmd.cpp.
func ctsRow(m *wire.CtsCmd) (row, error) {
	reading := func(count counter, run func(*call) (wire.Reply, error)) (row, error) {
		return row{access: reads, paths: root, count: count, run: run}, nil
	}
	writing := func(count counter, run func(*call) (wire.Reply, error)) (row, error) {
		return row{access: edits, write: true, paths: root, count: count, run: run}, nil
	}
	switch m.API {
	case wire.CtsPing:
		return row{ping: true, brief: true, paths: root, count: func(n *tally) *uint32 { return &n.Ping }, run: nothing}, nil
	case wire.CtsRestoreDefsFromCheckpt:
		return writing(nil, (*call).restoreCheckpoint)
	case wire.CtsRestartServer:
		return writing(func(n *tally) *uint32 { return &n.Restart }, (*call).restart)
	case wire.CtsShutdownServer:
		return writing(func(n *tally) *uint32 { return &n.Shutdown }, (*call).shutdown)
	case wire.CtsHaltServer:
		return writing(func(n *tally) *uint32 { return &n.Halt }, (*call).halt)
	case wire.CtsTerminateServer:
		return writing(nil, (*call).end)
	case wire.CtsForceDepEval:
		return writing(nil, (*call).evaluateAll)
	case wire.CtsSuites:
		return reading(func(n *tally) *uint32 { return &n.Suites }, (*call).suites)
	case wire.CtsGetZombies:
		return reading(func(n *tally) *uint32 { return &n.ZombieGet }, (*call).zombieList)
	case wire.CtsStats:
		return reading(func(n *tally) *uint32 { return &n.Stats }, (*call).statsTable)
	case wire.CtsStatsServer:
		return reading(func(n *tally) *uint32 { return &n.Stats }, (*call).statsServer)
	case wire.CtsStatsReset:
		return row{paths: root, write: true, run: (*call).statsReset}, nil
	case wire.CtsServerLoad:
		return reading(func(n *tally) *uint32 { return &n.ServerLoad }, (*call).serverLoad)
	case wire.CtsDebugServerOn:
		return debugRow(func(n *tally) *uint32 { return &n.DebugServerOn }, true)
	case wire.CtsDebugServerOff:
		return debugRow(func(n *tally) *uint32 { return &n.DebugServerOff }, false)
	case wire.CtsReloadWhiteListFile:
		return reloadRow(func(n *tally) *uint32 { return &n.ReloadWhiteList }, Guard.ReloadLists)
	case wire.CtsReloadPasswdFile:
		return reloadRow(func(n *tally) *uint32 { return &n.ReloadPasswd }, Guard.ReloadPasswords)
	case wire.CtsReloadCustomPasswdFile:
		return reloadRow(func(n *tally) *uint32 { return &n.ReloadPasswd }, Guard.ReloadCustomPasswords)
	default:
	}
	return row{}, unknown(m)
}

func debugRow(count counter, on bool) (row, error) {
	return row{paths: root, count: count, run: func(c *call) (wire.Reply, error) {
		c.debug.Store(on)
		return nil, nil
	}}, nil
}

// reloadRow reads one of the guard's files again.
func reloadRow(count counter, reload func(Guard) error) (row, error) {
	return row{write: true, paths: root, count: count, run: func(c *call) (wire.Reply, error) {
		if c.guard == nil {
			return nil, refused("this server has no files of users")
		}
		if err := reload(c.guard); err != nil {
			return nil, refused(message(err) + "\n") // a newline that the original has, and leaves out of the answer
		}
		return nil, nil
	}}, nil
}

func (c *call) restart() (wire.Reply, error) {
	c.setState(defs.Running)
	if c.keeper != nil {
		c.keeper.Go()
	}
	c.resolve = true
	return nil, nil
}

func (c *call) shutdown() (wire.Reply, error) {
	c.setState(defs.Shutdown)
	if c.keeper != nil {
		c.keeper.Go()
	}
	return nil, nil
}

func (c *call) halt() (wire.Reply, error) {
	c.setState(defs.Halted)
	if c.keeper != nil {
		c.keeper.Hold()
	}
	return nil, nil
}

func (c *call) end() (wire.Reply, error) {
	c.terminate = true
	if c.keeper != nil {
		c.later = append(c.later, func() { _ = c.keeper.Save() })
	}
	return nil, nil
}

// restoreCheckpoint fills the empty definition of a halted server with what was kept.
//
// source: BaseServer.cpp, restore_defs_from_checkpt.
func (c *call) restoreCheckpoint() (wire.Reply, error) {
	c.counts.Add(&c.counts.Restored)
	switch {
	case c.tree.ServerState() != defs.Halted:
		return nil, refused("Cannot restore from checkpt the server must be halted first")
	case len(c.tree.Suites()) > 0:
		return nil, refused("Cannot restore from checkpt the server suites must be deleted first")
	case c.keeper == nil:
		return nil, nil
	}
	kept, err := c.keeper.Restore()
	if err != nil || kept == nil {
		return nil, err
	}
	c.tree.Become(kept)
	c.spent.keep()
	c.adopt()
	c.revive(second(c.now))
	c.handles.Follow(c.tree)
	return nil, nil
}

// evaluateAll treats all tasks that nothing holds as if they had been submitted and were active. It is of use for tests
// alone, in the original too.
func (c *call) evaluateAll() (wire.Reply, error) {
	c.tree.Resolve(func(task *defs.Node) bool {
		pretend(task)
		return true
	})
	return nil, nil
}

func (c *call) suites() (wire.Reply, error) {
	names := make([]string, 0, len(c.tree.Suites()))
	for _, s := range c.tree.Suites() {
		names = append(names, s.Name())
	}
	return &wire.SSuitesCmd{Suites: names}, nil
}

func (c *call) serverLoad() (wire.Reply, error) {
	return &wire.SServerLoadCmd{LogFilePath: c.log.Path()}, nil
}

// setState sets the state of the server. The lock is held.
func (e *Engine) setState(s defs.SState) {
	e.tree.SetServerState(s)
	if s == defs.Running {
		e.startClock(second(e.clock()))
	}
}
