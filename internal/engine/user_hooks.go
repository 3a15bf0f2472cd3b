package engine

import (
	"github.com/ecflow-go/ecflow/defs"
)

// userZombies makes zombies of the jobs below a node, because a user's request is about to end what the server knows of them.
func (e *Engine) userZombies(n *defs.Node, command string) { e.zombies.AddUser(n, command) }

// killBelow starts the commands that end the jobs of a node and of all below it, aliases of tasks excepted.
//
// source: libs/node NodeContainer.cpp, Submittable.cpp, kill.
func (c *call) killBelow(n *defs.Node) error {
	return running(n, func(t *defs.Node) error { return c.kill(t, "") })
}

// statusBelow starts the commands that tell about the jobs of a node and of all below it, aliases of tasks excepted.
func (c *call) statusBelow(n *defs.Node) error { return running(n, c.status) }

// running calls f for a task or alias, or for those tasks below a suite or family that have a job, up to the first error.
func running(n *defs.Node, f func(*defs.Node) error) error {
	if !n.IsContainer() {
		return f(n)
	}
	for _, child := range n.Children() {
		if !child.IsContainer() && child.State() != defs.Active && child.State() != defs.Submitted {
			continue
		}
		if err := running(child, f); err != nil {
			return err
		}
	}
	return nil
}
