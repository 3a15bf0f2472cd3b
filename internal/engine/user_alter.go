package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// alterRow adds, deletes and changes attributes and marks, and sorts.
//
// source: libs/base AlterCmd.cpp.
func alterRow(m *wire.AlterCmd) (row, error) {
	return row{
		access: edits, write: true, brief: true, paths: orRoot(m.Paths), count: func(n *tally) *uint32 { return &n.Alter },
		run: func(c *call) (wire.Reply, error) { return nil, c.alter(m) },
	}, nil
}

func (c *call) alter(m *wire.AlterCmd) error {
	var wrong problems
	for _, path := range m.Paths {
		if path == "/" { // what is wrong with those before is not told then, and those after it are not altered
			return c.alterServer(m)
		}
		n := c.edit(path)
		if n == nil {
			wrong.add("AlterCmd: Could not find node at path %s", path)
			c.logf(defs.LogError, "AlterCmd: Failed: Could not find node at path %s", path)
			continue
		}
		if err := deleteAttribute(n, m); err != nil {
			wrong.add("Alter (delete) failed for %s : %s", path, message(err))
		}
		if err := c.changeAttribute(n, m); err != nil {
			wrong.add("Alter (change) failed for %s : %s", path, message(err))
		}
		if err := addAttribute(n, m); err != nil {
			wrong.add("Alter (add) failed for paths %s, unable to handle request for %s due to : %s", path, m.Name, message(err))
		}
		if known(m.FlagType) {
			setFlags(n, marked(n.Flag(), m))
		}
		// the original looks for the kind in the name whatever is altered
		if kind, ok := defs.ParseAttrKind(m.Name); ok {
			n.SortAttributes(kind, m.Value == "recursive", nil)
		}
	}
	c.resolve = true
	return wrong.err()
}

func known(f wire.FlagBit) bool { return f != wire.FlagNotSet && f >= 0 && f < 32 }

func marked(f defs.Flag, m *wire.AlterCmd) defs.Flag {
	if m.Flag {
		return f.With(defs.FlagType(m.FlagType))
	}
	return f.Without(defs.FlagType(m.FlagType))
}

// readOnly are variables of the server that nobody changes.
var readOnly = map[string]bool{"ECF_HOST": true, "ECF_PORT": true, "ECF_PID": true, "ECF_VERSION": true, "ECF_LISTS": true}

func (c *call) alterServer(m *wire.AlterCmd) error {
	switch {
	case m.DelAttrType == wire.AlterDeleteVariable:
		c.tree.DeleteVariable(m.Name)
	case m.ChangeAttrType == wire.AlterChangeVariable || m.AddAttrType == wire.AlterAddVariable:
		if readOnly[m.Name] {
			return refused("AlterCmd:: Cannot add or change read only server variable " + m.Name)
		}
		v, err := defs.NewVariable(m.Name, m.Value)
		if err != nil {
			return err
		}
		c.tree.AddVariable(v)
	}
	if known(m.FlagType) {
		if flag := marked(c.tree.Flag(), m); flag != c.tree.Flag() {
			c.tree.SetFlag(flag)
		}
		if !m.Flag {
			switch defs.FlagType(m.FlagType) {
			case defs.FlagLogError:
				c.deleteServerVariable("ECF_LOG_ERROR")
			case defs.FlagCheckptError:
				c.deleteServerVariable("ECF_CHECKPT_ERROR")
			default:
			}
		}
	}
	if kind, ok := defs.ParseAttrKind(m.Name); ok {
		c.tree.SortAttributes(kind, m.Value == "recursive", nil)
	}
	c.resolve = true
	return nil
}

func (c *call) deleteServerVariable(name string) {
	if _, found := c.userVariable(name); found {
		c.tree.DeleteVariable(name)
	}
}

func deleteAttribute(n *defs.Node, m *wire.AlterCmd) error {
	switch m.DelAttrType {
	case wire.AlterDeleteVariable:
		return n.DeleteVariable(m.Name)
	case wire.AlterDeleteTime:
		return n.DeleteTime(m.Name)
	case wire.AlterDeleteToday:
		return n.DeleteToday(m.Name)
	case wire.AlterDeleteDate:
		return n.DeleteDate(m.Name)
	case wire.AlterDeleteDay:
		return n.DeleteDay(m.Name)
	case wire.AlterDeleteCron:
		return deleteCron(n, m.Name)
	case wire.AlterDeleteEvent:
		return n.DeleteEvent(m.Name)
	case wire.AlterDeleteMeter:
		return n.DeleteMeter(m.Name)
	case wire.AlterDeleteLabel:
		return n.DeleteLabel(m.Name)
	case wire.AlterDeleteTrigger:
		n.DeleteTrigger()
	case wire.AlterDeleteComplete:
		n.DeleteComplete()
	case wire.AlterDeleteRepeat:
		n.DeleteRepeat()
	case wire.AlterDeleteLimit:
		return n.DeleteLimit(m.Name)
	case wire.AlterDeleteLimitPath:
		return n.DeleteLimitPath(m.Name, m.Value)
	case wire.AlterDeleteInLimit:
		return n.DeleteInLimit(m.Name)
	case wire.AlterDeleteZombie:
		return n.DeleteZombie(m.Name)
	case wire.AlterDeleteLate:
		n.DeleteLate()
	case wire.AlterDeleteQueue:
		return n.DeleteQueue(m.Name)
	case wire.AlterDeleteGeneric:
		return n.DeleteGeneric(m.Name)
	case wire.AlterDeleteAviso:
		return n.DeleteAviso(m.Name)
	case wire.AlterDeleteMirror:
		return n.DeleteMirror(m.Name)
	case wire.AlterDeleteNone:
	}
	return nil
}
