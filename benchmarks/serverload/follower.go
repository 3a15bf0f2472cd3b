package main

import (
	"bytes"
	"fmt"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// follower is a client that keeps its tree up to date: it asks for what has changed
// since it asked last.
type follower struct {
	state, modify uint32
	full          int // replies that were the whole tree
}

// begin gets the whole tree.
func (f *follower) begin(c *caller) error {
	frame, err := frameOf(fullSync(0))
	if err != nil {
		return err
	}
	reply, err := c.call(frame)
	if err != nil {
		return err
	}
	if !f.number(reply, "state_change:", &f.state) || !f.number(reply, "modify_change:", &f.modify) {
		return fmt.Errorf("no change numbers in %.200q", reply)
	}
	return nil
}

func (f *follower) next() wire.Request {
	return &wire.CSyncCmd{UserCmd: user, API: wire.Sync, ClientStateChangeNo: f.state, ClientModifyChangeNo: f.modify}
}

func (f *follower) seen(reply []byte) {
	if f.number(reply, `"server_state_change_no_": `, &f.state) {
		f.number(reply, `"server_modify_change_no_": `, &f.modify)
	}
	if bytes.Contains(reply[:min(len(reply), 600)], []byte(`"full_defs_": true`)) {
		f.full++
		f.number(reply, "state_change:", &f.state)
		f.number(reply, "modify_change:", &f.modify)
	}
}

func (f *follower) number(reply []byte, name string, to *uint32) bool {
	_, after, found := bytes.Cut(reply, []byte(name))
	if !found {
		return false
	}
	var n uint32
	if _, err := fmt.Sscan(string(after[:min(len(after), 12)]), &n); err != nil {
		return false
	}
	if n > 0 || *to == 0 {
		*to = n
	}
	return true
}
