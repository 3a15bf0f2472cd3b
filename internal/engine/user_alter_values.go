package engine

import (
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// changeAttribute changes an attribute that the node has.
//
// source: libs/base AlterCmd.cpp; libs/node NodeChange.cpp.
func (c *call) changeAttribute(n *defs.Node, m *wire.AlterCmd) error {
	name, value := m.Name, m.Value
	switch m.ChangeAttrType {
	case wire.AlterChangeVariable:
		old, ok := n.Variable(name)
		if ok {
			c.log.Write(defs.LogMsg, "Variable at "+n.Path()+":"+name+" updating from '"+old+"' to '"+value+"'")
		}
		return n.ChangeVariable(name, value)
	case wire.AlterChangeClockType:
		return n.Suite().ChangeClockType(name)
	case wire.AlterChangeClockDate:
		return n.Suite().ChangeClockDate(name)
	case wire.AlterChangeClockGain:
		return n.Suite().ChangeClockGain(name)
	case wire.AlterChangeClockSync:
		return n.Suite().ChangeClockSync()
	case wire.AlterChangeEvent:
		if value != "" && value != "set" && value != "clear" {
			return refused("Node::changeEvent: Expected empty string, 'set' or 'clear' but found " + value + " for event " + name)
		}
		return n.ChangeEvent(name, value != "clear")
	case wire.AlterChangeMeter:
		number, err := integer("Node::changeMeter", value)
		if err != nil {
			return err
		}
		return n.ChangeMeter(name, number)
	case wire.AlterChangeLabel:
		return n.ChangeLabel(name, value)
	case wire.AlterChangeTrigger:
		return c.changeExpression(n, "Trigger", n.Trigger(), name, n.ChangeTrigger)
	case wire.AlterChangeComplete:
		return c.changeExpression(n, "Complete", n.Complete(), name, n.ChangeComplete)
	case wire.AlterChangeRepeat:
		return n.ChangeRepeat(name)
	case wire.AlterChangeLimitMax:
		number, err := integer("Node::changeLimitMax", value)
		if err != nil {
			return err
		}
		return n.ChangeLimitMax(name, number)
	case wire.AlterChangeLimitValue:
		if value == "reset" {
			return n.ResetLimit(name)
		}
		number, err := strconv.ParseInt(value, 10, 32)
		if err != nil {
			return refused("Node::changeLimitValue expected an integer value, or 'reset', but found " + value)
		}
		return n.ChangeLimitValue(name, int(number))
	case wire.AlterChangeDefstatus:
		return n.ChangeDefStatus(name)
	case wire.AlterChangeLate:
		late, err := lateOf(name)
		if err != nil {
			return err
		}
		n.ChangeLate(late)
	case wire.AlterChangeTime:
		return n.ChangeTime(name, value)
	case wire.AlterChangeToday:
		return n.ChangeToday(name, value)
	case wire.AlterChangeAviso:
		return changeAviso(n, name, value)
	case wire.AlterChangeMirror:
		return changeMirror(n, name, value)
	case wire.AlterChangeNone:
	}
	return nil
}

func (c *call) changeExpression(n *defs.Node, what string, old *defs.Expression, text string, change func(string) error) error {
	was := ""
	if old != nil {
		was = old.String()
	}
	err := change(text)
	if err != nil && !strings.HasPrefix(message(err), "Cannot add") { // what a suite cannot have is found out after it was logged
		return err
	}
	c.logf(defs.LogMsg, "%s at %s updating from '%s' to '%s'", what, n.Path(), was, text)
	return err
}

func integer(what, text string) (int, error) {
	number, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return 0, refused(what + " expected integer value but found " + text)
	}
	return int(number), nil
}

func changeAviso(n *defs.Node, name, value string) error {
	for _, a := range n.Avisos() {
		if a.Name != name {
			continue
		}
		if value == "reload" {
			return n.PutAviso(a)
		}
		task, err := lineOf("aviso", value+" --name "+name)
		if err != nil {
			return err
		}
		return n.PutAviso(task.Avisos()[0])
	}
	return refused("Node::changeAviso: Could not find aviso " + name)
}

func changeMirror(n *defs.Node, name, value string) error {
	for _, a := range n.Mirrors() {
		if a.Name != name {
			continue
		}
		if value == "reload" {
			return n.PutMirror(a)
		}
		task, err := lineOf("mirror", value+" --name "+name)
		if err != nil {
			return err
		}
		return n.PutMirror(task.Mirrors()[0])
	}
	return refused("Node::changeMirror: Could not find mirror " + name)
}

// lineOf reads what follows a keyword in a definition, and gives a task that has it.
func lineOf(keyword, line string) (*defs.Node, error) {
	task, err := text.ParseNode("task t\n"+keyword+" "+strings.ReplaceAll(line, "\n", " ")+"\n", text.Options{})
	if err != nil {
		what, _, _ := strings.Cut(message(err), "\n") // where it stands is of no help here
		return nil, refused(strings.Replace(what, keyword+" ", "", 1))
	}
	return task, nil
}

// lateOf reads -s, -a and -c, each with a time.
//
// source: libs/attribute LateAttr.cpp, parse.
func lateOf(line string) (l defs.LateAttr, err error) {
	words := strings.Fields(line)
	if len(words) == 0 {
		return l, refused("LateParser::create: empty string no late specified ?" + line)
	}
	if words[0] == "late" {
		words = words[1:]
	}
	for i := 0; i < len(words) && words[i][0] != '#'; i += 2 {
		var slot *defs.TimeSlot
		name, missing := "", "active"
		switch words[i] {
		case "-s":
			slot, name, missing = &l.Submitted, "submitted", "submitted"
		case "-a":
			slot, name = &l.Active, "active"
		case "-c":
			slot, name = &l.Complete, "complete"
		default:
			return l, refused("LateParser::doParse:5: Invalid late :" + line)
		}
		if !slot.IsNull() {
			return l, refused("LateParser::doParse: Invalid late, " + name + " specified twice :" + line)
		}
		if i+1 == len(words) {
			return l, refused("LateParser::doParse: Invalid late, " + missing + " time not specified :" + line)
		}
		relative := false
		if *slot, relative, err = defs.ParseTime(words[i+1]); err != nil {
			return l, err
		}
		if slot == &l.Complete {
			l.CompleteRelative = relative
		}
	}
	if l.IsNull() {
		return l, refused("LateParser::doParse:6: Invalid late :" + line)
	}
	return l, nil
}

func deleteCron(n *defs.Node, text string) error {
	if text == "" {
		n.DeleteCrons()
		return nil
	}
	task, err := lineOf("cron", text)
	if err != nil {
		return err
	}
	return n.DeleteCron(&task.Crons()[0])
}

// addAttribute adds an attribute to a node.
func addAttribute(n *defs.Node, m *wire.AlterCmd) error {
	name, value := m.Name, m.Value
	switch m.AddAttrType {
	case wire.AlterAddTime:
		series, err := defs.ParseTimeSeries(name)
		if err != nil {
			return err
		}
		return n.AddTime(defs.NewTimeAttr(series))
	case wire.AlterAddToday:
		series, err := defs.ParseTimeSeries(name)
		if err != nil {
			return err
		}
		return n.AddToday(defs.NewTodayAttr(series))
	case wire.AlterAddDate:
		return added(n.AddDate)(defs.ParseDateAttr(name))
	case wire.AlterAddDay:
		return added(n.AddDay)(defs.ParseDayAttr(name))
	case wire.AlterAddZombie:
		return added(n.AddZombie)(defs.ParseZombieAttr(name))
	case wire.AlterAddVariable:
		v, err := defs.NewVariable(name, value)
		if err != nil {
			n.SetVariables(n.Variables()) // counts as a change, as in the original
			return err
		}
		n.AddVariable(v)
	case wire.AlterAddLate:
		return added(n.SetLate)(lateOf(name))
	case wire.AlterAddLimit:
		number, err := strconv.ParseInt(value, 10, 32)
		if err != nil {
			return refused("AlterCmd: add_limit " + name + " " + value + " failed. Expected '" + value + "' to be convertible to an integer")
		}
		return added(n.AddLimit)(defs.NewLimit(name, int(number)))
	case wire.AlterAddInLimit:
		return added(n.AddInLimit)(inLimitOf(name, value))
	case wire.AlterAddLabel:
		return added(n.AddLabel)(defs.NewLabel(name, value))
	case wire.AlterAddAviso:
		task, err := lineOf("aviso", value+" --name "+name)
		if err != nil {
			return err
		}
		return n.AddAviso(task.Avisos()[0])
	case wire.AlterAddMirror:
		task, err := lineOf("mirror", value+" --name "+name)
		if err != nil {
			return err
		}
		return n.AddMirror(task.Mirrors()[0])
	case wire.AlterAddEvent:
		if value != "set" && value != "clear" {
			return refused("Event::Event: Invalid state : " + value)
		}
		return added(n.AddEvent)(defs.NewEvent(name, value == "set"))
	case wire.AlterAddMeter:
		return added(n.AddMeter)(meterOf(name, value))
	case wire.AlterAddNone:
	}
	return nil
}

// added adds what could be made.
func added[T any](add func(T) error) func(T, error) error {
	return func(item T, err error) error {
		if err != nil {
			return err
		}
		return add(item)
	}
}

// meterOf reads "min,max,value".
func meterOf(name, text string) (defs.Meter, error) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
	if len(parts) != 3 {
		return defs.Meter{}, refused("Meter::make_from_value: Expect three comma-separated values, but found: '" + text + "'")
	}
	var numbers [3]int
	for i, p := range parts {
		number, err := strconv.ParseInt(p, 10, 32)
		if err != nil {
			return defs.Meter{}, refused("Meter::make_from_value: Expect three comma-separated values, but found: (" + strings.Join(parts, ", ") + ")")
		}
		numbers[i] = int(number)
	}
	m, err := defs.NewMeter(name, numbers[0], numbers[1], numbers[1])
	if err != nil {
		return defs.Meter{}, err
	}
	return m.With(numbers[2])
}

// inLimitOf reads a name [path:]limit, and "", "N", "-s [N]" or "-n [N]".
func inLimitOf(name, value string) (defs.InLimit, error) {
	if name == "" {
		return defs.InLimit{}, refused("Invalid inlimit reference to '[</path/to/node:]<limit-name>': " + name)
	}
	path, limit, found := strings.Cut(name, ":")
	if !found && name[0] != '/' {
		path, limit = "", name
	}
	submission, node := strings.Contains(value, "-s"), strings.Contains(value, "-n")
	if submission && node {
		return defs.InLimit{}, refused("AlterCmd: an inlimit cannot be limited for both submission and node")
	}
	value = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(value, "-s", ""), "-n", ""))
	tokens := 1
	if value != "" {
		number, err := strconv.ParseInt(value, 10, 32)
		if err != nil {
			return defs.InLimit{}, refused("AlterCmd: the inlimit value, '" + value + "', cannot be converted to an integer")
		}
		if tokens = int(number); tokens <= 0 {
			return defs.InLimit{}, refused("AlterCmd: the inlimit value must be > 0, but value was: '" + strconv.Itoa(tokens) + "'")
		}
	}
	return defs.NewInLimit(limit, path, tokens, node, submission)
}
