package delta

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Tree makes of a family, task or alias, with all below it, what travels as JSON. It is the inverse of [Node].
//
// source: libs/node Node.cpp, NodeContainer.cpp, Task.cpp, serialize.
func Tree(n *defs.Node) wire.TreeNode {
	switch n.Kind() {
	case defs.KindTask:
		w := &wire.Task{Submittable: wireSubmittable(n), AliasNo: uint32(n.AliasNo())}
		w.Aliases = wireAliases(n)
		return w
	case defs.KindAlias:
		return &wire.Alias{Submittable: wireSubmittable(n)}
	default:
		return &wire.Family{NodeContainer: wire.NodeContainer{Node: wireNode(n), Nodes: wireChildren(n)}}
	}
}

func wireChildren(n *defs.Node) []wire.TreeNode {
	nodes := make([]wire.TreeNode, len(n.Children()))
	for i, c := range n.Children() {
		nodes[i] = Tree(c)
	}
	return nodes
}

func wireAliases(n *defs.Node) []*wire.Alias {
	if len(n.Children()) == 0 {
		return nil
	}
	aliases := make([]*wire.Alias, len(n.Children()))
	for i, c := range n.Children() {
		aliases[i] = &wire.Alias{Submittable: wireSubmittable(c)}
	}
	return aliases
}

func wireSubmittable(n *defs.Node) wire.Submittable {
	return wire.Submittable{
		Node: wireNode(n), JobsPassword: n.Password(), RemoteID: n.ProcessID(), AbortReason: n.AbortReason(), TryNo: n.TryNo(),
	}
}

func wireNode(n *defs.Node) wire.Node {
	w := wire.Node{
		Name: n.Name(), Suspended: n.Suspended(), Flag: wire.Flag{Mask: uint32(n.Flag())},
		Meters: convert(n.Meters(), wireMeter), Events: convert(n.Events(), wireEvent), Labels: convert(n.Labels(), wireLabel),
		InLimits: wire.InLimitBox{Vec: convert(n.InLimits(), wireInLimit)},
	}
	if n.State() != defs.Unknown || n.StateSince() != 0 {
		w.State = wire.TimedState{State: wire.StateBox{State: wire.NState(n.State())}, Since: wireDuration(n.StateSince())}
	}
	if s := n.DefStatus(); s != defs.DQueued {
		w.DefStatus = &wire.DefStatusBox{State: wire.DState(s)}
	}
	if vars := n.Variables(); len(vars) > 0 {
		w.Variables = wireVariables(vars)
	}
	if e := n.Complete(); e != nil {
		c := wireExpression(e)
		w.Complete = &c
	}
	if e := n.Trigger(); e != nil {
		t := wireExpression(e)
		w.Trigger = &t
	}
	for _, l := range n.Limits() {
		limit := wireLimit(l)
		w.Limits = append(w.Limits, &limit)
	}
	if r := n.Repeat(); r != nil {
		repeat := wireRepeat(r)
		w.Repeat = &repeat
	}
	if n.HasRare() {
		wireRare(n, &w)
	}
	return w
}

func wireRare(n *defs.Node, w *wire.Node) {
	w.Avisos = convert(n.Avisos(), func(a *defs.AvisoAttr) wire.AvisoAttr { return wireAviso(n, a) })
	w.Mirrors = convert(n.Mirrors(), wireMirror)
	w.Times, w.Todays = convert(n.Times(), wireTime), convert(n.Todays(), wireToday)
	w.Dates, w.Days, w.Crons = convert(n.Dates(), wireDate), convert(n.Days(), wireDay), convert(n.Crons(), wireCron)
	if l := n.Late(); l != nil {
		late := wireLate(l)
		w.Late = &late
	}
	m := wire.MiscAttrs{
		Zombies: convert(n.Zombies(), wireZombie), Verifies: wireVerifies(n.Verifies()),
		Queues: convert(n.Queues(), wireQueue), Generics: convert(n.Generics(), wireGeneric),
	}
	if len(m.Zombies)+len(m.Verifies)+len(m.Queues)+len(m.Generics) > 0 {
		w.MiscAttrs = &m
	}
	if a := n.AutoCancel(); a != nil {
		w.AutoCancel = &wire.AutoCancelAttr{Time: wireSlot(a.Time), Relative: a.Relative, Days: a.Days}
	}
	if a := n.AutoArchive(); a != nil {
		w.AutoArchive = &wire.AutoArchiveAttr{Time: wireSlot(a.Time), Relative: a.Relative, Days: a.Days, Idle: a.Idle}
	}
	if a := n.AutoRestore(); a != nil {
		w.AutoRestore = &wire.AutoRestoreAttr{NodesToRestore: append([]string(nil), a.Paths...)}
	}
}
