package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/job"
)

// userZombies makes zombies of the jobs below a node, because a user's request is about to end what the server knows of them.
func (e *Engine) userZombies(n *defs.Node, command string) {}

// submitNow makes and starts the job of a task or alias, whatever it waits for.
func (c *call) submitNow(n *defs.Node, o job.Options) error {
	n.Become(defs.Submitted)
	return nil
}

// kill runs the commands that end the jobs of a node and of all below it.
func (c *call) kill(n *defs.Node) error { return nil }

// status runs the commands that tell about the jobs of a node and of all below it.
func (c *call) status(n *defs.Node) error { return nil }
