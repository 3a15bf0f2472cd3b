package command

import (
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// alterLine is what a command line says of an alter.
type alterLine struct {
	verb, kind     string
	options, paths []string // verb and kind are among the options
	name, value    string
}

// alterWords reads verb kind [name] [value] paths...
//
// A word that begins with "/" and holds neither blank nor ":" is a path. What is missing
// before the paths may be the first of them: a variable's or label's value may be a path.
// The form of name and value is checked here for what is added or deleted; what is changed
// is left to the server, as in the original.
// source: AlterCmd::create
func alterWords(words []string) (Args, error) {
	l := &alterLine{}
	l.options, l.paths = split(words, false)
	switch {
	case len(l.paths) == 0:
		return nil, argument("AlterCmd: No paths specified. Paths must begin with a leading '/' character")
	case len(l.options) == 0:
		return nil, argument("AlterCmd: Invalid argument list:")
	case len(l.options) < 2:
		return nil, argument("Alter: At least three arguments expected. Found %d", len(words))
	}
	l.verb, l.kind = l.options[0], l.options[1]
	var err error
	switch l.verb {
	case "add":
		err = l.add()
	case "delete":
		err = l.remove()
	case "change":
		err = l.change()
	case "set_flag", "clear_flag":
		err = l.known()
	case "sort":
		return l.sort()
	default:
		err = bad("Alter: The first argument must be one of [ change | delete | add | set_flag | clear_flag | sort ] but found '%s'", l.verb)
	}
	if err != nil {
		return nil, argument("%s", err)
	}
	a := Args{"alter_type": l.verb, "attribute_type": l.kind, "paths": l.paths, "name": l.name, "value": l.value}
	if l.verb == "change" {
		a["unchecked"] = true
	}
	return a, nil
}

// known reports a kind of attribute, or a flag, that there is not.
func (l *alterLine) known() error { return setAlter(&wire.AlterCmd{}, l.verb, l.kind, false) }

// word is one of the options, "" if there are less.
func (l *alterLine) word(i int) string {
	if i < len(l.options) {
		return l.options[i]
	}
	return ""
}

// valueFromPaths takes the first path for the value, where that may be one.
func (l *alterLine) valueFromPaths() {
	if len(l.options) == 3 && len(l.paths) > 1 {
		l.options, l.paths = append(l.options, l.paths[0]), l.paths[1:]
	}
}

// source: AlterCmd::extract_name_and_value_for_add
func (l *alterLine) add() error {
	if err := l.known(); err != nil {
		return err
	}
	if len(l.options) < 3 {
		return bad("AlterCmd: add: At least four arguments expected. Found %d", len(l.options)+len(l.paths))
	}
	l.name = l.options[2]
	expected := ""
	switch l.kind {
	case "variable", "label":
		expected = "Expected 'add " + l.kind + " <name> <value> <paths>."
	case "event":
		expected = "Expected 'add event <name> (set|clear) <paths>."
	case "meter":
		expected = "Expected 'add event <name> <min,max,value> <paths>."
	case "limit":
		expected = "Expected 'add limit <name> int."
	case "aviso", "mirror":
		expected = "Expected 'add " + l.kind + " <name> <cfg> <path> [<path> [...]]."
	}
	if slices.Contains([]string{"variable", "label", "event", "meter"}, l.kind) {
		l.valueFromPaths()
	}
	var err error
	switch {
	case expected != "" && (len(l.options) < 4 || len(l.options) > 4 && (l.kind == "aviso" || l.kind == "mirror")):
		err = bad("AlterCmd: add: %s Not enough arguments", expected)
	default:
		if expected != "" || l.kind == "inlimit" && len(l.options) == 4 {
			l.value = l.options[3]
		}
		err = checkAdd(l.kind, l.name, l.value)
	}
	if err != nil {
		return bad("AlterCmd: add: Could not parse %s. Error: %s", l.name, err)
	}
	return nil
}

// source: AlterCmd::extract_name_and_value_for_delete
func (l *alterLine) remove() error {
	if err := l.known(); err != nil {
		return err
	}
	l.name = l.word(2)
	var err error
	switch {
	case l.kind != "limit_path":
		err = checkDelete(l.kind, l.name)
		if err != nil && (l.kind == "aviso" || l.kind == "mirror") { // the command line does not name what it refuses
			err = badAlter(strings.TrimSuffix(err.Error(), l.name))
		}
	case l.name == "":
		err = bad("Delete limit_path failed. No limit name provided. Expected 5 args: delete limit_path <limit_name> <path-to-limit> <path_to_node>")
	case len(l.options) == 4:
		l.value = l.options[3]
	case len(l.paths) <= 1:
		err = bad("Delete limit_path failed: No path to limit provided. Expected 5 args: delete limit_path <limit_name> <path-to-limit> <path_to_node>")
	default: // the path to the limit stays among the others
		l.value = l.paths[0]
	}
	if err != nil {
		return bad("AlterCmd: delete: Could not parse %s. Error: %s", l.name, err)
	}
	return nil
}

// source: AlterCmd::extract_name_and_value_for_change
func (l *alterLine) change() error {
	if err := l.known(); err != nil {
		return err
	}
	if l.kind == "variable" || l.kind == "label" {
		l.valueFromPaths()
	}
	n := len(l.options)
	found := n + len(l.paths)
	ok := n == 3
	switch l.kind {
	case "variable", "event":
		ok = n == 3 || n == 4
	case "label": // without a value only for one node: else the second path would be the value
		ok = n == 4 || n == 3 && len(l.paths) == 1
	case "clock_sync":
		ok = n == 2
	case "meter", "limit_max", "limit_value", "time", "today", "aviso", "mirror":
		ok = n == 4
	}
	if !ok {
		return wrongChange(l.kind, found)
	}
	l.name, l.value = l.word(2), l.word(3)
	if (l.kind == "time" || l.kind == "today") && (blank(l.name) || blank(l.value)) {
		return bad("TimeSeries::create: Invalid time series :\na server that is sent an empty time dies of it")
	}
	if l.kind == "label" {
		l.value = strings.ReplaceAll(l.value, `\n`, "\n")
	}
	return nil
}

func blank(word string) bool { return strings.TrimFunc(word, isSpace) == "" }

// wrongChange is the error of a change with too few or too many words.
func wrongChange(kind string, found int) error {
	switch kind {
	case "variable":
		return bad("AlterCmd: change: expected 5 args : change variable <variable_name> <new_value> <path_to_node> but found only %d arguments.", found)
	case "clock_type":
		return bad("AlterCmd: change: expected at least four args i.e. change clock_type [ hybrid | real ] <path_to_suite> but found only %d arguments", found)
	case "clock_date":
		return bad("AlterCmd: change clock_date : expected at least four args :  change clock_date day.month.year <path_to_suite> but found only %d arguments", found)
	case "clock_gain":
		return bad("AlterCmd: change clock_gain : expected four args i.e. change clock_gain <int> <path_to_suite> but found %d arguments. The actual gain must be convertible to an integer", found)
	case "clock_sync":
		return bad("AlterCmd: change clock_sync : expected three args i.e. change clock_sync  <path_to_suite>  but found %d arguments.", found)
	case "event":
		return bad("AlterCmd: Change event : expected four/five args:  change event <name_or_number> <[set | clear | <nothing>]> <path_to_node> but found only %d arguments", found)
	case "meter":
		return bad("AlterCmd: change: expected five args: change meter meter_name meter_value  <path_to_node>  but found only %d arguments. The meter value must be convertible to an integer", found)
	case "label":
		return bad("AlterCmd: change label expected at least five args : change label <label_name> <label_value> <path_to_node>  but found  %d arguments. the label value should be quoted", found)
	case "late":
		return bad("AlterCmd: change: expected three args: change late \"late -s +00:15  -a  20:00  -c +02:00\" <path_to_node> but found only %d arguments", found)
	case "trigger":
		return bad("AlterCmd: change: expected four args : change trigger 'expression' <path_to_node> but found %d arguments. The trigger expression must be quoted", found)
	case "complete":
		return bad("AlterCmd: change complete: expected four args: change complete 'expression'  <path_to_node>  but found %d arguments. The expression must be quoted", found)
	case "repeat":
		return bad("AlterCmd: change repeat: expected four arg's : change repeat [ integer | string ] <path_to_node> but found only %d arguments.", found)
	case "limit_max":
		return bad("AlterCmd: change: limit_max: : expected five arguments : change limit_max <limit_name> <int> <path_to_node> but found %d arguments.", found)
	case "limit_value":
		return bad("AlterCmd: change: limit-value: expected five arguments : change limit_value <limit_name> [ <int> | reset ] <path_to_node> but found  %d arguments.", found)
	case "time":
		return bad("AlterCmd: change: time: expected five arguments : change time old_time new_time <path_to_node> but found  %d arguments.", found)
	case "today":
		return bad("AlterCmd: change: today: expected five arguments : change time old_today new_today <path_to_node> but found  %d arguments.", found)
	case "defstatus":
		return bad("AlterCmd: change defstatus expected four args : change defstatus [ unknown | complete | queued | aborted | submitted | active | suspended ] <path_to_node> but found  %d arguments.", found)
	}
	return bad("AlterCmd: change: Expected 'change %s <name> <cfg> <path> [<path>] [...].Incorrect number of arguments.", kind)
}

// source: AlterCmd::create_sort_attributes
func (l *alterLine) sort() (Args, error) {
	if !slices.Contains(sortables, l.kind) {
		return nil, argument("AlterCmd: sort: The second argument must be one of [ %s] but found %s", strings.Join(sortables, " | "), l.kind)
	}
	if len(l.options) == 3 && l.options[2] != "recursive" {
		return nil, argument("AlterCmd: sort: Expected third argument to be 'recursive' but found '%s", l.options[2])
	}
	return Args{"paths": l.paths, "attribute_type": l.kind, "sort": true, "recursive": len(l.options) == 3}, nil
}
