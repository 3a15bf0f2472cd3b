package defs

import (
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs/expr"
)

// Generated are the variables that the node makes by itself, in the original's
// order, computed now: a tree keeps none of them.
//
// source: libs/node Suite.cpp, Family.cpp, Submittable.cpp; ECF_DIRNAME and ECF_BASENAME seen in 5.19.0.
func (n *Node) Generated() []Variable {
	var vars []Variable
	switch n.kind {
	case KindSuite:
		if r := n.Repeat(); r != nil {
			vars = r.generated(vars)
		}
		return n.suiteVariables(vars)
	case KindFamily:
		vars = append(vars, Variable{"FAMILY", n.familyPath()}, Variable{"FAMILY1", n.name})
		vars = append(vars, n.placeVariables()...)
	default:
		vars = n.taskVariables()
	}
	if r := n.Repeat(); r != nil {
		vars = r.generated(vars)
	}
	return vars
}

// GeneratedVariable finds one of them.
func (n *Node) GeneratedVariable(name string) (string, bool) {
	if r := n.Repeat(); r != nil && strings.HasPrefix(name, r.Name()) {
		if value, ok := lookup(r.generated(nil), name); ok {
			return value, true
		}
	}
	switch n.kind {
	case KindTask, KindAlias:
		return n.taskVariable(name)
	case KindFamily:
		if !strings.HasPrefix(name, "FAMILY") && !strings.HasPrefix(name, "ECF_") {
			return "", false
		}
	default:
		if len(name) > len("ECF_BASENAME") {
			return "", false
		}
	}
	return lookup(n.Generated(), name)
}

func (n *Node) placeVariables() []Variable {
	dir := ""
	if n.parent != nil {
		dir = n.parent.Path()
	}
	return []Variable{{"ECF_DIRNAME", dir}, {"ECF_BASENAME", n.name}}
}

// familyPath is the path without the suite.
func (n *Node) familyPath() string {
	path := n.Path()
	if i := strings.IndexByte(path[1:], '/'); i >= 0 {
		return path[i+2:]
	}
	return path
}

var monthNames = [...]string{
	"january", "february", "march", "april", "may", "june", "july", "august", "september",
	"october", "november", "december",
}

func (n *Node) suiteVariables(vars []Variable) []Variable {
	vars = append(append(vars, Variable{"SUITE", n.name}), n.placeVariables()...)
	names := [...]string{
		"ECF_DATE", "YYYY", "DOW", "DOY", "DATE", "DAY", "DD", "MM", "MONTH", "ECF_CLOCK", "ECF_TIME", "ECF_JULIAN", "TIME",
	}
	var values [len(names)]string
	if now := n.suite.calendar.Suite; (n.suite.begun || n.suite.dated) && !now.IsZero() {
		date := dateOf(now)
		weekday, yearDay := int(now.Weekday()), now.YearDay()
		day, month := dayNames[weekday], monthNames[now.Month()-1]
		values = [...]string{
			strconv.Itoa(int(date)), strconv.Itoa(now.Year()), strconv.Itoa(weekday), strconv.Itoa(yearDay),
			now.Format("02.01.2006"), day, now.Format("02"), now.Format("01"), month,
			day + ":" + month + ":" + strconv.Itoa(weekday) + ":" + strconv.Itoa(yearDay),
			now.Format("15:04"), itoa(expr.DateToJulian(int64(date))), now.Format("1504"),
		}
	}
	for i, name := range names {
		vars = append(vars, Variable{name, values[i]})
	}
	return vars
}

// ScriptExtension is what the names of a task's script end in.
func (n *Node) ScriptExtension() string {
	if n.kind == KindAlias {
		return ".usr"
	}
	if ext, _ := n.UserVariable("ECF_EXTN"); ext != "" {
		return ext
	}
	return ".ecf"
}

// taskVariableNames are in the original's order.
var taskVariableNames = [...]string{
	"TASK", "ECF_DIRNAME", "ECF_BASENAME", "ECF_JOB", "ECF_SCRIPT", "ECF_JOBOUT", "ECF_TRYNO", "ECF_RID", "ECF_NAME", "ECF_PASS",
}

func (n *Node) taskVariables() []Variable {
	vars := make([]Variable, len(taskVariableNames))
	for i, name := range taskVariableNames {
		value, _ := n.taskVariable(name)
		vars[i] = Variable{name, value}
	}
	return vars
}

func (n *Node) taskVariable(name string) (string, bool) {
	home := func() string { value, _ := n.UserVariable("ECF_HOME"); return value }
	try := func() string { return strconv.Itoa(n.TryNo()) }
	switch name {
	case "TASK":
		if n.kind == KindAlias && n.parent != nil {
			return n.parent.name, true
		}
		return n.name, true
	case "ECF_DIRNAME":
		return n.placeVariables()[0].Value, true
	case "ECF_BASENAME":
		return n.name, true
	case "ECF_JOB":
		if dir := n.job().trial.dir; dir != "" {
			return dir + n.Path() + ".job" + try(), true
		}
		return home() + n.Path() + ".job" + try(), true
	case "ECF_SCRIPT":
		return home() + n.Path() + n.ScriptExtension(), true
	case "ECF_JOBOUT":
		out, _ := n.UserVariable("ECF_OUT")
		if out == "" {
			out = home()
		} else if strings.Contains(out, "%") {
			// a directory that contains itself ends here
			out, _ = Substitution{Node: n, Micro: '%', Generated: []Variable{{Name: "ECF_JOBOUT"}}}.Expand(out)
		}
		return out + n.Path() + "." + try(), true
	case "ECF_TRYNO":
		return try(), true
	case "ECF_RID":
		return n.ProcessID(), true
	case "ECF_NAME":
		return n.Path(), true
	case "ECF_PASS":
		if password := n.Password(); password != "" {
			return password, true
		}
		return n.job().trial.password, true
	}
	return "", false
}
