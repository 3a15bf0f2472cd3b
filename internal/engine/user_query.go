package engine

import (
	"strconv"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// queryRow tells the value of one attribute.
//
// source: libs/base QueryCmd.cpp.
func queryRow(m *wire.QueryCmd) (row, error) {
	return row{
		access: reads, brief: true, paths: []string{m.PathToAttribute}, count: func(n *tally) *uint32 { return &n.Query },
		run: func(c *call) (wire.Reply, error) {
			text, err := c.query(m)
			if err != nil {
				return nil, err
			}
			return &wire.SStringCmd{Str: text}, nil
		},
	}, nil
}

func (c *call) query(m *wire.QueryCmd) (string, error) {
	if m.PathToAttribute == "/" {
		return c.queryServer(m)
	}
	n, err := c.find(m.PathToAttribute)
	if err != nil {
		return "", err
	}
	name, where := m.Attribute, " on node "+m.PathToAttribute
	switch m.QueryType {
	case "event":
		e, ok := n.Event(name)
		if !ok {
			return "", refused("QueryCmd: Cannot find event " + name + where)
		}
		if e.Value {
			return "set", nil
		}
		return "clear", nil
	case "meter":
		meter, ok := n.Meter(name)
		if !ok {
			return "", refused("QueryCmd: Cannot find meter " + name + where)
		}
		return strconv.Itoa(meter.Value), nil
	case "limit", "limit_max":
		l := n.Limit(name)
		switch {
		case l == nil:
			return "", refused("QueryCmd: Could not find limit " + name)
		case m.QueryType == "limit":
			return strconv.Itoa(l.Value), nil
		}
		return strconv.Itoa(l.Max), nil
	case "label":
		l, ok := n.Label(name)
		switch {
		case !ok:
			return "", refused("QueryCmd: Cannot find label " + name + where)
		case l.New == "":
			return l.Value, nil
		}
		return l.New, nil
	case "variable":
		if value, ok := n.InheritedVariable(name); ok {
			return value, nil
		}
		return "", refused("QueryCmd: Cannot find variable, repeat or generated var' of name " + name + where + " or its parents")
	case "trigger":
		holds, err := n.Evaluate(name, "QueryCmd:")
		if err != nil {
			return "", err
		}
		return strconv.FormatBool(holds), nil
	case "state":
		return n.State().String(), nil
	case "dstate":
		return n.DState().String(), nil
	case "repeat":
		return queryRepeat(n.Repeat(), name, where)
	}
	return "", refused("QueryCmd: unrecognised query_type " + m.QueryType)
}

func (c *call) queryServer(m *wire.QueryCmd) (string, error) {
	switch m.QueryType {
	case "state":
		return c.tree.State().String(), nil
	case "variable":
		if value, ok := c.tree.Variable(m.Attribute); ok {
			return value, nil
		}
		return "", refused("QueryCmd: Cannot find server variable of name " + m.Attribute)
	}
	return "", refused("QueryCmd: The only valid query for the server is 'state' or 'variable', i.e. ecflow_client --query state / or ecflow_client --query variable /:name")
}

func queryRepeat(r defs.Repeat, attribute, where string) (string, error) {
	switch {
	case r == nil:
		return "", refused("QueryCmd: Cannot find repeat" + where)
	case attribute == "":
		return r.ValueString(), nil
	case attribute == "next":
		return r.NextString(), nil
	case attribute == "prev":
		return r.PrevString(), nil
	}
	return "", refused("QueryCmd: invalid repeat attribute expected next | prev but found " + attribute)
}
