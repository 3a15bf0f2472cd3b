package engine

import (
	"github.com/ecflow-go/ecflow/internal/wire"
)

// groupRow is that of a group: its members run one after the other under one lock; what one fails at does not stop the rest.
//
// source: GroupCTSCmd.cpp.
func groupRow(m *wire.GroupCTSCmd) (row, error) {
	r := row{count: func(n *wire.RequestCounts) *uint32 { return &n.Group }}
	rows := make([]row, len(m.Commands))
	for i, member := range m.Commands {
		one, err := rowOf(member)
		if err != nil {
			return row{}, err
		}
		rows[i] = one
		r.access = max(r.access, one.access)
		r.write = r.write || one.write
	}
	members := make([]*call, len(rows))
	r.history = func() {
		for _, member := range members {
			member.addHistory()
		}
	}
	r.prepare = func(c *call) error {
		for i := range rows {
			members[i] = &call{Engine: c.Engine, ctx: c.ctx, req: m.Commands[i], row: rows[i], now: c.now, from: c.from, group: c}
			if err := members[i].allowed(); err != nil {
				return err
			}
			members[i].prepare()
		}
		return nil
	}
	r.run = func(c *call) (wire.Reply, error) {
		var replies []wire.Reply
		for _, member := range members {
			if reply := c.runMember(member); reply != nil {
				replies = append(replies, reply)
			}
		}
		if len(replies) == 0 {
			return nil, nil
		}
		return &wire.GroupSTCCmd{Commands: shared(replies)}, nil
	}
	return r, nil
}

// runMember runs one request of a group and gives what it has to say, or nil.
func (c *call) runMember(member *call) wire.Reply {
	member.registered, member.handleSet = c.registered, c.handleSet
	c.counts.add(member.row.count)
	reply, err := member.answer()
	for err == errLater { // others have the lock meanwhile, but the members before it stay done
		if c.unlocked(func() { err = member.awaitFiles() }); err == nil {
			reply, err = member.answer()
		}
	}
	c.registered, c.handleSet = member.registered, member.handleSet
	if member.resolve && err == nil {
		c.lookNow()
	}
	c.terminate = c.terminate || member.terminate
	c.later = append(c.later, member.later...)
	if err != nil {
		return c.failure(err)
	}
	switch r := reply.(type) {
	case nil, *wire.BlockClientZombieCmd:
		return nil
	case *wire.StcCmd:
		if r.API != wire.StcDeleteAll {
			return nil
		}
	}
	return reply
}

// answer runs the request and what comes after it: its reply is wanted in its place, so the lock stays.
func (c *call) answer() (wire.Reply, error) {
	reply, err := c.run()
	if c.after != nil && err == nil {
		reply, err = c.after()
	}
	return reply, err
}

// shared makes replies of one type, errors excepted, one object with the last one's value, as clients of the original see them.
func shared(replies []wire.Reply) []wire.Reply {
	last := map[string]wire.Reply{}
	for _, r := range replies {
		last[wire.TypeName(r)] = r
	}
	for i, r := range replies {
		if _, isError := r.(*wire.ErrorCmd); !isError {
			replies[i] = last[wire.TypeName(r)]
		}
	}
	return replies
}
