package delta

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Node makes a tree node of a node that travelled as JSON, with all below it.
// It has no parent. Names are taken on trust; values that cannot be are errors
// of kind fault.Check.
func Node(from wire.TreeNode) (*defs.Node, error) {
	switch w := from.(type) {
	case *wire.Suite:
		return suite(w)
	case *wire.Family:
		if w == nil {
			break
		}
		return container(defs.KindFamily, &w.NodeContainer)
	case *wire.Task:
		return task(w)
	case *wire.Alias:
		return alias(w)
	}
	return nil, misfit("a node of unknown kind")
}

func container(kind defs.Kind, w *wire.NodeContainer) (*defs.Node, error) {
	n, err := common(kind, &w.Node)
	if err != nil {
		return nil, err
	}
	return n, putChildren(n, w.Nodes)
}

func suite(w *wire.Suite) (*defs.Node, error) {
	if w == nil {
		return nil, misfit("a node of unknown kind")
	}
	n, err := container(defs.KindSuite, &w.NodeContainer)
	if err != nil {
		return nil, err
	}
	if w.ClockAttr != nil {
		c := clock(w.ClockAttr)
		if err := n.SetClock(&c); err != nil {
			return nil, err
		}
	}
	n.SetBegun(w.Begun)
	c, err := calendar(&w.Calendar)
	if err != nil {
		return nil, err
	}
	n.SetCalendar(c)
	return n, nil
}

func task(w *wire.Task) (*defs.Node, error) {
	if w == nil {
		return nil, misfit("a node of unknown kind")
	}
	n, err := submittable(defs.KindTask, &w.Submittable)
	if err != nil {
		return nil, err
	}
	n.SetAliasNo(int(w.AliasNo))
	return n, putAliases(n, w.Aliases)
}

func alias(w *wire.Alias) (*defs.Node, error) {
	if w == nil {
		return nil, misfit("a node of unknown kind")
	}
	return submittable(defs.KindAlias, &w.Submittable)
}

func submittable(kind defs.Kind, w *wire.Submittable) (*defs.Node, error) {
	n, err := common(kind, &w.Node)
	if err != nil {
		return nil, err
	}
	n.SetJob(w.JobsPassword, w.RemoteID, w.AbortReason, w.TryNo)
	return n, nil
}

// putChildren replaces the children of a suite or family.
func putChildren(n *defs.Node, from []wire.TreeNode) error {
	children := make([]*defs.Node, len(from))
	for i, w := range from {
		c, err := Node(w)
		if err != nil {
			return err
		}
		children[i] = c
	}
	return n.ReplaceChildren(children)
}

// putAliases replaces the aliases of a task.
func putAliases(n *defs.Node, from []*wire.Alias) error {
	aliases := make([]*defs.Node, len(from))
	for i, w := range from {
		a, err := alias(w)
		if err != nil {
			return err
		}
		aliases[i] = a
	}
	return n.ReplaceChildren(aliases)
}

// common makes a node of what all kinds share.
func common(kind defs.Kind, w *wire.Node) (*defs.Node, error) {
	n := defs.NewNodeUnchecked(kind, w.Name)
	since, err := duration(w.State.Since)
	if err != nil {
		return nil, err
	}
	state, err := nstate(w.State.State.State)
	if err != nil {
		return nil, err
	}
	n.SetStateSince(state, since)
	n.SetSuspended(w.Suspended)
	n.SetFlag(defs.Flag(w.Flag.Mask))
	if w.DefStatus != nil {
		s, err := dstate(w.DefStatus.State)
		if err != nil {
			return nil, err
		}
		n.SetDefStatus(s)
	}
	for _, v := range w.Variables {
		n.AddVariable(defs.Variable(v))
	}
	var c collect
	c.attributes(n, w)
	c.times(n, w)
	c.rare(n, w)
	return n, c.err
}

// collect remembers the first of several errors.
type collect struct{ err error }

func (c *collect) add(err error) {
	if c.err == nil {
		c.err = err
	}
}

// each converts and adds every item.
func each[W, D any](c *collect, items []W, convert func(*W) (D, error), add func(D) error) {
	for i := range items {
		if c.err != nil {
			return
		}
		d, err := convert(&items[i])
		if err != nil {
			c.add(err)
			return
		}
		c.add(add(d))
	}
}

// plain makes a conversion that cannot fail fit for [each].
func plain[W, D any](convert func(*W) D) func(*W) (D, error) {
	return func(w *W) (D, error) { return convert(w), nil }
}

func (c *collect) attributes(n *defs.Node, w *wire.Node) {
	if w.Trigger != nil {
		c.add(n.SetTrigger(expression(w.Trigger)))
	}
	if w.Complete != nil {
		c.add(n.SetComplete(expression(w.Complete)))
	}
	each(c, w.Meters, plain(meter), n.AddMeter)
	each(c, w.Events, plain(event), n.AddEvent)
	each(c, w.Labels, plain(label), n.AddLabel)
	for _, l := range w.Limits {
		if l != nil {
			c.add(n.AddLimit(limit(l)))
		}
	}
	each(c, w.InLimits.Vec, plain(inLimit), n.AddInLimit)
	if w.Repeat != nil && w.Repeat.Kind != nil {
		r, err := repeat(w.Repeat)
		c.add(err)
		if err == nil {
			c.add(n.SetRepeat(r))
		}
	}
}

func (c *collect) times(n *defs.Node, w *wire.Node) {
	each(c, w.Times, timeAttr, n.AddTime)
	each(c, w.Todays, todayAttr, n.AddToday)
	each(c, w.Dates, plain(dateAttr), n.AddDate)
	each(c, w.Days, dayAttr, n.AddDay)
	each(c, w.Crons, cronAttr, n.AddCron)
	if w.Late != nil {
		l, err := late(w.Late)
		c.add(err)
		c.add(n.SetLate(l))
	}
}

func (c *collect) rare(n *defs.Node, w *wire.Node) {
	each(c, w.Avisos, plain(aviso), n.AddAviso)
	each(c, w.Mirrors, plain(mirror), n.AddMirror)
	if m := w.MiscAttrs; m != nil {
		each(c, m.Zombies, plain(zombie), n.AddZombie)
		each(c, m.Verifies, verify, n.AddVerify)
		each(c, m.Queues, queue, n.AddQueue)
		each(c, m.Generics, plain(generic), n.AddGeneric)
	}
	if a := w.AutoCancel; a != nil {
		t, err := slot(&a.Time)
		c.add(err)
		c.add(n.SetAutoCancel(defs.AutoCancel{Time: t, Relative: a.Relative, Days: a.Days}))
	}
	if a := w.AutoArchive; a != nil {
		t, err := slot(&a.Time)
		c.add(err)
		c.add(n.SetAutoArchive(defs.AutoArchive{Time: t, Relative: a.Relative, Days: a.Days, Idle: a.Idle}))
	}
	if a := w.AutoRestore; a != nil {
		c.add(n.SetAutoRestore(defs.AutoRestore{Paths: append([]string(nil), a.NodesToRestore...)}))
	}
}
