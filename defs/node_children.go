package defs

import "slices"

// manyChildren is the number from which on children are found by an index.
const manyChildren = 24

// Child finds a node directly below by name, or nil.
func (n *Node) Child(name string) *Node {
	if n.index != nil {
		return n.index[name]
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// ChildAt is the position of a child, -1 for what is none.
func (n *Node) ChildAt(c *Node) int { return slices.Index(n.children, c) }

// AddFamily makes a family below the node.
func (n *Node) AddFamily(name string) (*Node, error) { return n.addNew(KindFamily, name) }

// AddTask makes a task below the node.
func (n *Node) AddTask(name string) (*Node, error) { return n.addNew(KindTask, name) }

// AddAlias makes an alias below a task. With an empty name it gets the next number, and the task's meters, events and
// labels as they are at the start, as users' aliases do.
//
// source: libs/node Task.cpp, add_alias.
func (n *Node) AddAlias(name string) (*Node, error) {
	if n.kind != KindTask || name != "" {
		return n.addNew(KindAlias, name)
	}
	c, err := n.addNew(KindAlias, "alias"+itoa(int64(n.AliasNo())))
	if err != nil {
		return nil, err
	}
	n.SetAliasNo(n.AliasNo() + 1)
	c.SetState(Queued)
	if a := n.some(); len(a.meters)+len(a.events)+len(a.labels) > 0 {
		own := c.have()
		own.meters, own.events, own.labels = slices.Clone(a.meters), slices.Clone(a.events), slices.Clone(a.labels)
		for i := range own.meters {
			own.meters[i].Value = own.meters[i].Min
		}
		for i := range own.events {
			own.events[i].Value = own.events[i].Initial
		}
		for i := range own.labels {
			own.labels[i].New = ""
		}
		c.note(AspectAttributes)
	}
	return c, nil
}

func (n *Node) addNew(kind Kind, name string) (*Node, error) {
	if kind == KindTask && n.IsContainer() && n.Child(name) != nil {
		return nil, argf("Add Task failed: A task/family of name '%s' already exists on node %s", name, n.debugPath())
	}
	c, err := newNode(kind, name)
	if err != nil {
		return nil, err
	}
	if err := n.AddChild(c, -1); err != nil {
		return nil, err
	}
	return c, nil
}

// AddChild puts a node that has no parent below n: at a position, or last when
// at is negative or beyond the end.
//
// source: libs/node NodeContainer.cpp.
func (n *Node) AddChild(c *Node, at int) error {
	err := n.addChild(c, at)
	if err == nil {
		n.note(AspectChildren)
	}
	return err
}

func (n *Node) addChild(c *Node, at int) error {
	if err := n.mayAdd(c); err != nil {
		return err
	}
	c.parent = n
	if at < 0 || at >= len(n.children) {
		n.children = append(n.children, c)
	} else {
		n.children = slices.Insert(n.children, at, c)
	}
	if n.index != nil {
		n.list(c)
	} else if len(n.children) > manyChildren {
		n.reindex()
	}
	return nil
}

// mayAdd tells why c cannot become a child of n.
func (n *Node) mayAdd(c *Node) error {
	fits := c.kind == KindAlias && n.kind == KindTask || (c.kind == KindFamily || c.kind == KindTask) && n.IsContainer()
	if !fits {
		return argf("Cannot add %s %s to %s", c.kind, c.name, n.debugPath())
	}
	if c.kind != KindAlias && n.Child(c.name) != nil { // the original takes aliases of one name
		if c.kind == KindTask {
			return argf("Add Task failed: A Task/Family of name '%s' already exists on node %s", c.name, n.debugPath())
		}
		return argf("Add Family failed: A Family/Task of name '%s' already exists on node %s", c.name, n.debugPath())
	}
	if c.parent != nil {
		title := "Task"
		if c.kind == KindFamily {
			title = "Family"
		}
		return argf("%s: Add %s failed: A %s of name '%s' is already owned by another node", n.debugPath(), title, c.kind, c.name)
	}
	if n == c || len(c.children) > 0 && n.within(c) {
		return argf("%s: Add Family failed: A node cannot be added below itself", n.debugPath())
	}
	return nil
}

// within reports whether n is other, or below it.
func (n *Node) within(other *Node) bool {
	for ; n != nil; n = n.parent {
		if n == other {
			return true
		}
	}
	return false
}

func (n *Node) reindex() {
	n.index = nil
	if len(n.children) <= manyChildren {
		return
	}
	n.index = make(map[string]*Node, len(n.children))
	for _, c := range n.children {
		n.list(c)
	}
}

// list puts a child into the index. Of aliases of one name the first is found.
func (n *Node) list(c *Node) {
	if _, known := n.index[c.name]; !known {
		n.index[c.name] = c
	}
}

// RemoveChild takes a child out; it keeps all that is below it and may be added elsewhere.
func (n *Node) RemoveChild(c *Node) error {
	at := n.ChildAt(c)
	if at < 0 {
		return missingf("%s has no child %s", n.debugPath(), c.name)
	}
	n.children = slices.Delete(n.children, at, at+1)
	if delete(n.index, c.name); c.kind == KindAlias {
		n.reindex() // another may have the same name
	}
	c.parent = nil
	c.edits++
	c.left(n.Defs())
	n.note(AspectChildren)
	return nil
}

// Remove takes the node out of its parent or definition.
func (n *Node) Remove() error {
	if n.parent != nil {
		return n.parent.RemoveChild(n)
	}
	if d := n.Defs(); d != nil {
		return d.Remove(n)
	}
	return nil
}

// ReplaceChildren puts other nodes, of no parent and with names of their own, in place of all children.
func (n *Node) ReplaceChildren(nodes []*Node) error {
	old, index := n.children, n.index
	n.children, n.index = nil, nil
	for i, c := range nodes {
		if err := n.mayAdd(c); err != nil {
			for _, c := range nodes[:i] {
				c.parent = nil
			}
			n.children, n.index = old, index
			return err
		}
		c.parent = n
		n.children = append(n.children, c)
		if len(n.children) > manyChildren {
			if n.index == nil {
				n.reindex()
			}
			n.list(c)
		}
	}
	d := n.Defs()
	for _, c := range old {
		c.parent = nil
		c.left(d)
	}
	n.note(AspectChildren)
	return nil
}

// MoveTo takes the node out of where it is and puts it below parent, last. Nothing changes when it cannot stand there.
func (n *Node) MoveTo(parent *Node) error {
	if parent.within(n) {
		return argf("%s cannot be moved below itself", n.debugPath())
	}
	probe := &Node{name: n.name, kind: n.kind}
	if n.parent != parent {
		if err := parent.mayAdd(probe); err != nil {
			return err
		}
	}
	if err := n.Remove(); err != nil {
		return err
	}
	return parent.AddChild(n, -1)
}
