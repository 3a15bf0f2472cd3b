package engine

import (
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
	"github.com/ecflow-go/ecflow/internal/zombie"
)

// zombieRow says what is to be done with zombies.
//
// source: libs/base ZombieCmd.cpp.
func zombieRow(m *wire.ZombieCmd) (row, error) {
	counts := map[wire.ZombieAction]counter{
		wire.ZombieFob:    func(n *tally) *uint32 { return &n.ZombieFob },
		wire.ZombieFail:   func(n *tally) *uint32 { return &n.ZombieFail },
		wire.ZombieAdopt:  func(n *tally) *uint32 { return &n.ZombieAdopt },
		wire.ZombieRemove: func(n *tally) *uint32 { return &n.ZombieRemove },
		wire.ZombieBlock:  func(n *tally) *uint32 { return &n.ZombieBlock },
		wire.ZombieKill:   func(n *tally) *uint32 { return &n.ZombieKill },
	}
	count, known := counts[m.UserAction]
	if !known {
		return row{}, unknown(m)
	}
	return row{access: edits, paths: orRoot(m.Paths), count: count, run: func(c *call) (wire.Reply, error) {
		return nil, c.zombies.Act(c.tree, defs.ZombieAction(m.UserAction), m.Paths, m.ProcessID, m.Password)
	}}, nil
}

// zombieList gives all zombies.
//
// source: libs/base ZombieCtrl.cpp, get.
func (c *call) zombieList() (wire.Reply, error) {
	all := c.zombies.All()
	reply := &wire.ZombieGetCmd{Zombies: make([]wire.Zombie, len(all))}
	for i := range all {
		reply.Zombies[i] = onWire(&all[i])
	}
	return reply, nil
}

func onWire(z *zombie.Zombie) wire.Zombie {
	w := wire.Zombie{
		UserAction: wire.ZombieBlock, TryNo: z.TryNo, Duration: int(z.Age / time.Second), Calls: z.Calls,
		ZombieType: wire.ZombieType(z.Type), LastChildCmd: wire.ChildCmd(z.Last), PathToTask: z.Path, JobsPassword: z.Password,
		ProcessOrRemoteID: z.ID, UserCmd: z.UserCmd, Host: z.Host, UserActionSet: z.Manual,
		Attr: wire.ZombieAttr{
			ZombieType: wire.ZombieType(z.Attr.Type), Action: wire.ZombieAction(z.Attr.Action), ZombieLifetime: z.Attr.Lifetime,
		},
	}
	if z.Manual {
		w.UserAction = wire.ZombieAction(z.Action)
	}
	for _, cmd := range z.Attr.Cmds {
		w.Attr.ChildCmds = append(w.Attr.ChildCmds, wire.ChildCmd(cmd))
	}
	return w
}
