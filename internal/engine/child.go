package engine

import (
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/internal/zombie"
)

// childRow is that of a request of a job: whether it comes from the job of its task is decided first.
//
// source: libs/base TaskCmd.cpp.
func childRow(m wire.TaskRequest, cmd defs.ChildCmd, count counter, do func(*call, *defs.Node) (wire.Reply, error)) row {
	return row{access: edits, write: true, child: true, brief: true, run: func(c *call) (wire.Reply, error) {
		if c.tree.ServerState() == defs.Halted {
			return &wire.StcCmd{API: wire.StcBlockClientServerHalted}, nil
		}
		if of := m.AsTask(); strings.Contains(of.JobsPassword+of.RemoteID, "\n") { // they go into check points, line by line
			return nil, refused("a job's password or process id cannot hold a newline")
		}
		task, reply, err := c.judge(m.AsTask(), cmd)
		if task == nil {
			return reply, err
		}
		c.counts.add(count)
		return do(c, task)
	}}
}

// judge gives the task that a request may be done for, or else the answer.
func (c *call) judge(m *wire.TaskCmd, cmd defs.ChildCmd) (*defs.Node, wire.Reply, error) {
	verdict := c.zombies.Judge(c.tree, zombie.Child{
		Cmd: cmd, Path: m.Path, Password: m.JobsPassword, ID: m.RemoteID, TryNo: m.TryNo, Host: m.ClHost,
	})
	switch verdict.Answer {
	case zombie.Proceed:
		return verdict.Task, nil, nil
	case zombie.Block:
		return nil, &wire.BlockClientZombieCmd{ZombieType: wire.ZombieType(verdict.Type)}, nil
	case zombie.Fail:
		return nil, nil, withLine{refused(verdict.Reason), verdict.Line}
	}
	return nil, ok, nil
}

// withLine is an error behind which the log says more.
type withLine struct {
	error
	line string
}

func (w withLine) Unwrap() error { return w.error }

// childRowOf is the table of the requests of jobs.
func childRowOf(m wire.TaskRequest) (row, bool) {
	type reply = wire.Reply
	n := func(f func(*wire.RequestCounts) *uint32) counter { return f }
	switch m := m.(type) {
	case *wire.InitCmd:
		return childRow(m, defs.ChildInit, n(func(n *wire.RequestCounts) *uint32 { return &n.Init }),
			func(c *call, task *defs.Node) (reply, error) { return nil, c.init(m, task) }), true
	case *wire.CompleteCmd:
		return childRow(m, defs.ChildComplete, n(func(n *wire.RequestCounts) *uint32 { return &n.Complete }),
			func(c *call, task *defs.Node) (reply, error) { return nil, c.complete(m, task) }), true
	case *wire.AbortCmd:
		return childRow(m, defs.ChildAbort, n(func(n *wire.RequestCounts) *uint32 { return &n.Abort }),
			func(c *call, task *defs.Node) (reply, error) { return nil, c.abort(m, task) }), true
	case *wire.EventCmd:
		return childRow(m, defs.ChildEvent, n(func(n *wire.RequestCounts) *uint32 { return &n.Event }),
			func(c *call, task *defs.Node) (reply, error) { return nil, c.event(m, task) }), true
	case *wire.MeterCmd:
		return childRow(m, defs.ChildMeter, n(func(n *wire.RequestCounts) *uint32 { return &n.Meter }),
			func(c *call, task *defs.Node) (reply, error) { return nil, c.meter(m, task) }), true
	case *wire.LabelCmd:
		return childRow(m, defs.ChildLabel, n(func(n *wire.RequestCounts) *uint32 { return &n.Label }),
			func(c *call, task *defs.Node) (reply, error) { return nil, c.label(m, task) }), true
	case *wire.CtsWaitCmd:
		return childRow(m, defs.ChildWait, n(func(n *wire.RequestCounts) *uint32 { return &n.Wait }),
			func(c *call, task *defs.Node) (reply, error) { return c.wait(m, task) }), true
	case *wire.QueueCmd:
		return childRow(m, defs.ChildQueue, n(func(n *wire.RequestCounts) *uint32 { return &n.Queue }),
			func(c *call, task *defs.Node) (reply, error) { return c.queue(m, task) }), true
	}
	return row{}, false
}
