package model

import (
	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
)

// lock keeps others from all trees until the returned function is called, for members that are Apart.
func (a *Args) lock() (unlock func()) {
	if a.Lock == nil {
		return func() {}
	}
	return a.Lock()
}

// replaceForms are the overloads of replace_on_server().
//
// source: libs/pyext ExportNode.cpp.
func replaceForms() []Form {
	form := func(server string, at int, reach func(a *Args) (*client.Client, error)) Form {
		return Form{"(" + server + "suspend_node_first: bool = True, force: bool = True) -> None", on(func(n *defs.Node, a *Args) (any, error) {
			c, err := reach(a)
			if err != nil {
				return nil, err
			}
			return nil, replaceOnServer(n, a, c, a.BoolOr(at, true), a.BoolOr(at+1, true))
		})}
	}
	return []Form{
		form("", 0, func(a *Args) (*client.Client, error) { return a.reach(nil, nil) }),
		form("host: str, port: str, ", 2, func(a *Args) (*client.Client, error) { return a.reach(&a.V[0].S, &a.V[1].S) }),
		form("host_port: str, ", 1, func(a *Args) (*client.Client, error) { return a.reach(&a.V[0].S, nil) }),
		form("client: Client, ", 1, func(a *Args) (*client.Client, error) { return arg[*client.Client](a, 0), nil }),
	}
}

// reach makes a client of the environment, for another server when one is given.
func (a *Args) reach(host, port *string) (*client.Client, error) {
	if a.Reach == nil {
		return nil, argf("replace_on_server: no way to reach a server from here")
	}
	return a.Reach(host, port)
}

func replaceOnServer(n *defs.Node, a *Args, c *client.Client, suspend, force bool) error {
	unlock := a.lock()
	path, d := n.Path(), n.Defs()
	unlock()
	if d == nil {
		return argf("replace_on_server: %s is of no definition, which the server needs to know", path)
	}
	if suspend {
		if err := c.Suspend(a.context(), path); err != nil {
			return err
		}
	}
	return c.ReplaceDefs(a.context(), path, d, true, force)
}
