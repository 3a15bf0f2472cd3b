package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// lastLines is how much of the log is given to who does not say how much.
const lastLines = 100

// logRow is that of requests about the log.
//
// source: libs/base LogCmd.cpp.
func logRow(m *wire.LogCmd) (row, error) {
	r := row{paths: root, count: func(n *tally) *uint32 { return &n.Log }}
	switch m.API {
	case wire.LogGet:
		r.run = func(c *call) (wire.Reply, error) {
			n := m.GetLastNLines
			if n == 0 {
				n = lastLines
			}
			text, err := c.log.Last(n)
			return &wire.SStringCmd{Str: text}, err
		}
	case wire.LogClear:
		r.run = func(c *call) (wire.Reply, error) { return nil, c.log.Clear() }
	case wire.LogFlush:
		r.run = func(c *call) (wire.Reply, error) { c.log.Close(); return nil, nil }
	case wire.LogPath:
		r.run = func(c *call) (wire.Reply, error) { return &wire.SStringCmd{Str: c.log.Path()}, nil }
	case wire.LogNew:
		r.access, r.write = edits, true
		r.run = func(c *call) (wire.Reply, error) { return nil, c.newLog(m.NewPath) }
	default:
		return row{}, unknown(m)
	}
	return r, nil
}

// newLog goes on in another file: that of the path, which is the value of ECF_LOG from then on, or without one that of ECF_LOG.
func (c *call) newLog(path string) error {
	const name = "ECF_LOG"
	if path != "" {
		if err := c.log.New(path); err != nil {
			return err
		}
		c.tree.AddVariable(defs.Variable{Name: name, Value: c.log.Path()})
		return nil
	}
	for _, variables := range [][]defs.Variable{c.tree.UserVariables(), c.tree.ServerVariables()} {
		for _, v := range variables {
			if v.Name == name {
				return c.log.New(v.Value)
			}
		}
	}
	return c.log.New("")
}

// troubled marks the definition when the log could not be written.
//
// source: libs/base ClientToServerCmd.cpp, do_log.
func (e *Engine) troubled() {
	if why := e.log.Problem(); why != "" {
		snapshot{e}.Report(defs.FlagLogError, "ECF_LOG_ERROR", why)
	}
}
