package defs

import (
	"strconv"
	"strings"
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
	if !n.mayGenerate(name) {
		return "", false
	}
	return lookup(n.Generated(), name)
}

// mayGenerate says quickly of most names that the node does not generate them.
func (n *Node) mayGenerate(name string) bool {
	switch n.kind {
	case KindSuite:
		return len(name) <= 12
	case KindFamily:
		return strings.HasPrefix(name, "FAMILY") || strings.HasPrefix(name, "ECF_")
	}
	return name == "TASK" || strings.HasPrefix(name, "ECF_")
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
	if now := n.suite.calendar.Suite; n.suite.begun && !now.IsZero() {
		date := dateOf(now)
		weekday, yearDay := int(now.Weekday()), now.YearDay()
		day, month := dayNames[weekday], monthNames[now.Month()-1]
		values = [...]string{
			strconv.Itoa(int(date)), strconv.Itoa(now.Year()), strconv.Itoa(weekday), strconv.Itoa(yearDay),
			now.Format("02.01.2006"), day, now.Format("02"), now.Format("01"), month,
			day + ":" + month + ":" + strconv.Itoa(weekday) + ":" + strconv.Itoa(yearDay),
			now.Format("15:04"), itoa(julianDay(int64(date))), now.Format("1504"),
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

func (n *Node) taskVariables() []Variable {
	path := n.Path()
	home, _ := n.UserVariable("ECF_HOME")
	try := strconv.Itoa(n.TryNo())
	task := n.name
	if n.kind == KindAlias && n.parent != nil {
		task = n.parent.name
	}
	out, _ := n.UserVariable("ECF_OUT")
	if out == "" {
		out = home
	} else if strings.Contains(out, "%") {
		out, _ = n.Substitute(out, nil, '%')
	}
	vars := append([]Variable{{"TASK", task}}, n.placeVariables()...)
	return append(vars,
		Variable{"ECF_JOB", home + path + ".job" + try}, Variable{"ECF_SCRIPT", home + path + n.ScriptExtension()},
		Variable{"ECF_JOBOUT", out + path + "." + try}, Variable{"ECF_TRYNO", try}, Variable{"ECF_RID", n.ProcessID()},
		Variable{"ECF_NAME", path}, Variable{"ECF_PASS", n.Password()})
}
