package engine

import (
	"github.com/ecflow-go/ecflow/defs"
)

// userZombies makes zombies of the jobs below a node, because a user's request is about to end what the server knows of them.
func (c *call) userZombies(n *defs.Node, command string) { c.zombies.AddUser(n, command) }

// killBelow kills the job of a task or alias, or those of all tasks below a suite or family.
func (c *call) killBelow(n *defs.Node) error {
	if !n.IsContainer() {
		return c.kill(n, "")
	}
	for _, child := range n.Children() {
		if err := c.killBelow(child); err != nil {
			return err
		}
	}
	return nil
}

// statusBelow asks for the status of the job of a task or alias, or of those of all tasks below a suite or family.
func (c *call) statusBelow(n *defs.Node) error {
	if !n.IsContainer() {
		return c.status(n)
	}
	for _, child := range n.Children() {
		if child.Kind() == defs.KindTask && child.State() != defs.Active && child.State() != defs.Submitted {
			continue
		}
		if err := c.statusBelow(child); err != nil {
			return err
		}
	}
	return nil
}
