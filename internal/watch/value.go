package watch

import (
	"slices"
	"strconv"

	"github.com/ecflow-go/ecflow/defs"
)

// value is what was last seen of an attribute.
type value struct {
	kind   Kind
	name   string
	number int64
	text   string
}

// String is the value as changes tell it.
func (v *value) String() string {
	switch v.kind {
	case Event:
		return setClear(v.number != 0)
	case Limit:
		return strconv.FormatInt(v.number>>32, 10) + "/" + strconv.FormatInt(int64(int32(v.number)), 10)
	case Meter:
		return strconv.FormatInt(v.number, 10)
	}
	return v.text
}

// appendValues appends what a node has. Most have nothing.
func appendValues(to []value, n *defs.Node) []value {
	for _, e := range n.Events() {
		v := value{kind: Event, name: e.NameOrNumber()}
		if e.Value {
			v.number = 1
		}
		to = append(to, v)
	}
	for _, m := range n.Meters() {
		to = append(to, value{kind: Meter, name: m.Name, number: int64(m.Value)})
	}
	for _, l := range n.Labels() {
		text := l.New
		if text == "" {
			text = l.Value
		}
		to = append(to, value{kind: Label, name: l.Name, text: text})
	}
	if r := n.Repeat(); r != nil {
		to = append(to, value{kind: Repeat, name: r.Name(), text: r.ValueString()})
	}
	for _, l := range n.Limits() {
		to = append(to, value{kind: Limit, name: l.Name, number: int64(l.Value)<<32 | int64(uint32(l.Max))})
	}
	return to
}

// compareValues tells which attributes have another value. Attributes that came or went are told of with the empty value.
func (p *picture) compareValues(r *record, n *defs.Node) {
	var room [8]value
	now := appendValues(room[:0], n)
	if slices.Equal(now, r.values) {
		return
	}
	path := n.Path()
	for i := range now {
		v := &now[i]
		if before := find(r.values, v); before == nil {
			p.note(path, v.kind, v.name, "", v.String(), "")
		} else if *before != *v {
			p.note(path, v.kind, v.name, before.String(), v.String(), "")
		}
	}
	for i := range r.values {
		if before := &r.values[i]; find(now, before) == nil {
			p.note(path, before.kind, before.name, before.String(), "", "")
		}
	}
	r.values = append(r.values[:0], now...)
}

func find(among []value, like *value) *value {
	for i := range among {
		if among[i].kind == like.kind && among[i].name == like.name {
			return &among[i]
		}
	}
	return nil
}

// marks are the flags that call for attention; the others come and go in the course of things.
var marks = [...]defs.FlagType{
	defs.FlagLate, defs.FlagZombie, defs.FlagKilled, defs.FlagNoScript, defs.FlagEditFailed, defs.FlagJobCmdFailed,
	defs.FlagKillCmdFailed, defs.FlagStatusCmdFailed, defs.FlagThreshold, defs.FlagArchived, defs.FlagRemoteError,
}

const attention defs.Flag = 1<<defs.FlagLate | 1<<defs.FlagZombie | 1<<defs.FlagKilled | 1<<defs.FlagNoScript | 1<<defs.FlagEditFailed |
	1<<defs.FlagJobCmdFailed | 1<<defs.FlagKillCmdFailed | 1<<defs.FlagStatusCmdFailed | 1<<defs.FlagThreshold | 1<<defs.FlagArchived |
	1<<defs.FlagRemoteError

func (p *picture) compareFlags(n *defs.Node, before, after defs.Flag) {
	for _, m := range marks {
		if before.Has(m) != after.Has(m) {
			p.note(n.Path(), Flag, m.String(), setClear(before.Has(m)), setClear(after.Has(m)), "")
		}
	}
}

func setClear(on bool) string {
	if on {
		return "set"
	}
	return "clear"
}
