package command

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// The checks of attribute names and values that the original makes before it
// sends an alter. They are of form only; the server checks the rest.
// source: AlterCmd::check_for_add, check_for_change, check_for_delete

func bad(format string, a ...any) error { return badAlter(fmt.Sprintf(format, a...)) }

func checkAdd(kind, name, value string) error {
	if name == "" {
		return bad("Alter: check_for_add : name is empty ?")
	}
	switch kind {
	case "time", "today":
		return checkTimeSeries(name)
	case "date":
		return checkDate(name, true)
	case "day":
		return checkDay(name)
	case "zombie":
		return checkZombie(name)
	case "late":
		return checkLate(name)
	case "variable":
		return named("AlterCmd::check_for_add: ", name)
	case "label":
		return checkLabelName(name)
	case "event":
		if value != "set" && value != "clear" {
			return bad("Event::Event: Invalid state : %s", value)
		}
		return checkEventName(name)
	case "meter":
		return checkMeterValues(name, value)
	case "limit":
		if !isInt(value) {
			return bad("AlterCmd add_limit expected value(%s) to be convertible to an integer", value)
		}
		return checkLimitName(name)
	case "inlimit":
		return checkInLimit(name, value)
	case "aviso", "mirror":
		return checkLine(kind, value+" --name "+name)
	}
	return nil
}

func checkChange(kind, name, value string) error {
	switch kind {
	case "clock_type":
		if name != "hybrid" && name != "real" {
			return bad("AlterCmd: change clock_type: expected third argument to be one of [ hybrid | real ] but found %s", name)
		}
	case "clock_date":
		if err := checkDate(name, false); err != nil {
			return bad("AlterCmd:change  clock_date %s is not valid. %s", name, err)
		}
	case "clock_gain":
		if !isInt(name) {
			return bad("AlterCmd:change  clock_gain expected '%s' to be convertible to an integer", name)
		}
	case "event":
		if value != "" && value != "set" && value != "clear" {
			return bad("AlterCmd: Change event : expected  <[set | clear | <nothing>]> for the value")
		}
		return checkEventName(name)
	case "meter":
		if err := named("", name); err != nil {
			return bad("Meter::Meter: Invalid Meter name: %s", name)
		}
		if !isInt(value) {
			return bad("AlterCmd change meter : %s to be convertible to an integer", value)
		}
	case "label":
		return checkLabelName(name)
	case "late":
		return checkLate(name)
	case "time", "today":
		if err := checkTimeSeries(name); err != nil {
			return err
		}
		return checkTimeSeries(value)
	case "trigger", "complete":
		if problem := expressionProblem(name); problem != "" {
			return bad("AlterCmd: change %s: %s", kind, problem)
		}
	case "limit_max":
		if !isInt(value) {
			return bad("AlterCmd: change: limit-max: expected %s to be convertible to an integer", value)
		}
		return checkLimitName(name)
	case "limit_value":
		if !isInt(value) && value != "reset" {
			return bad("AlterCmd: change: limit_value: expected %s to be convertible to an integer, or to be 'reset'", value)
		}
		return checkLimitName(name)
	case "defstatus":
		if !slices.Contains(States, name) && name != "suspended" {
			return bad("AlterCmd change defstatus : expected %s to be a valid state,  i.e one of [ unknown | complete | queued | aborted | submitted | active | suspended ]", name)
		}
	}
	return nil
}

func checkDelete(kind, name string) error {
	switch {
	case kind == "zombie":
		if !slices.Contains(zombieTypes, name) {
			return bad("Delete Zombie Attribute failed. Expected one of [ ecf | path | user ] but found %s", name)
		}
		return nil
	case kind == "aviso" && !defs.ValidName(name):
		return bad("Invalid AvisoAttr name :%s", name)
	case kind == "mirror" && !defs.ValidName(name):
		return bad("Invalid MirrorAttr name :%s", name)
	case kind == "limit_path" && name == "":
		return bad("Delete limit_path failed. No limit name provided")
	case name == "":
		return nil
	}
	switch kind {
	case "variable":
		if named("", name) != nil {
			return bad("AlterCmd::check_for_delete: %s", name)
		}
	case "time", "today":
		return checkTimeSeries(name)
	case "date":
		return checkDate(name, true)
	case "day":
		return checkDay(name)
	case "cron":
		return checkLine("cron", name)
	case "event":
		return checkEventName(name)
	case "meter":
		if named("", name) != nil {
			return bad("Meter::Meter: Invalid Meter name: %s", name)
		}
	case "label":
		return checkLabelName(name)
	case "queue":
		return named("QueueAttr::QueueAttr: Invalid queue name : ", name)
	case "generic":
		return named("GenericAttr::GenericAttr : Invalid generic name : ", name)
	case "limit":
		return checkLimitName(name)
	case "inlimit":
		if _, limit, ok := cutName(name); !ok || named("", limit) != nil {
			return bad("InLimit::InLimit: Invalid InLimit name: %s", limit)
		}
	}
	return nil
}

// named checks a name: letters, digits, "_" and, but for the first, ".".
func named(prefix, name string) error {
	odd := strings.IndexFunc(name, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r != '.'
	})
	switch {
	case name == "":
		return bad("%sInvalid name. Empty string.", prefix)
	case odd == -1 && name[0] != '.':
		return nil
	case odd == 0 || name[0] == '.':
		return bad("%sInvalid name '%s': only alphanumeric characters or underscore are accepted as first character", prefix, name)
	}
	return bad("%sInvalid name '%s': only alphanumeric characters, underscore or dot are accepted", prefix, name)
}

func checkEventName(name string) error {
	if name == "" {
		return bad("Event::Event: Invalid event name : name must be specified if no number supplied")
	}
	return named("Event::Event: Invalid event name : ", name)
}

func checkLabelName(name string) error {
	if named("", name) != nil {
		return bad("Label::Label: Invalid Label name :%s", name)
	}
	return nil
}

func checkLimitName(name string) error {
	if named("", name) != nil {
		return bad("Limit::Limit: Invalid Limit name: %s", name)
	}
	return nil
}

// checkMeterValues reads "min,max,value". The original takes any name, and then has a server
// with a definition that cannot be read back; here it is checked.
func checkMeterValues(name, value string) error {
	parts := strings.FieldsFunc(value, func(r rune) bool { return r == ',' })
	if len(parts) != 3 {
		return bad("Meter::make_from_value: Expect three comma-separated values, but found: '%s'", value)
	}
	var n [3]int64
	for i, p := range parts {
		var err error
		if n[i], err = strconv.ParseInt(p, 10, 32); err != nil {
			return bad("Meter::make_from_value: Expect three comma-separated values, but found: (%s)", strings.Join(parts, ", "))
		}
	}
	if n[0] > n[1] {
		return bad("Meter::Meter: Invalid Meter(name,min,max,color_change) : min must be less than max")
	}
	if named("", name) != nil {
		return bad("Meter::Meter: Invalid Meter name: %s", name)
	}
	return nil
}

// checkInLimit reads a name [/path:]limit, and "", "N", "-s [N]" or "-n [N]".
func checkInLimit(name, value string) error {
	_, limit, ok := cutName(name)
	if !ok {
		return bad("InLimit::InLimit: Invalid InLimit name: %s", name)
	}
	for _, word := range strings.Fields(value) {
		if word != "-s" && word != "-n" && !isInt(word) {
			value = strings.Replace(strings.Replace(value, "-s", "", 1), "-n", "", 1)
			return bad("AlterCmd: the inlimit value, '%s', cannot be converted to an integer", value)
		}
	}
	if named("", limit) != nil {
		return bad("InLimit::InLimit: Invalid InLimit name: %s", limit)
	}
	return nil
}

func isInt(s string) bool { _, err := strconv.ParseInt(s, 10, 32); return err == nil }

var (
	zombieTypes   = []string{"user", "ecf", "ecf_pid", "ecf_passwd", "ecf_pid_passwd", "path"}
	zombieActions = []string{"fob", "fail", "remove", "block", "adopt", "kill"}
	childCommands = []string{"init", "event", "meter", "label", "wait", "queue", "abort", "complete"}
)

// checkZombie reads type:action:child commands:lifetime, of which all but the
// type may be empty.
func checkZombie(text string) error {
	parts := strings.SplitN(text, ":", 4)
	if len(parts) < 2 {
		return bad("ZombieAttr::create failed: Invalid zombie type %s", text)
	}
	for len(parts) < 4 {
		parts = append(parts, "")
	}
	if !slices.Contains(zombieTypes, parts[0]) {
		return bad("ZombieAttr::create failed: Invalid zombie type, expected one of [ user | ecf | ecf_pid | ecf_pid_passed | ecf_passwd | path ] but found %s:%s", parts[0], text)
	}
	if parts[1] != "" && !slices.Contains(zombieActions, parts[1]) {
		return bad("ZombieAttr::create failed: Invalid user action, expected one of [ fob | fail | remove | block | adopt | kill ] but found %s:%s", parts[1], text)
	}
	for _, child := range strings.Split(parts[2], ",") {
		if parts[2] != "" && !slices.Contains(childCommands, child) {
			return bad("ZombieAttr::create failed: Invalid child type, expected one or more of [ init,event,meter,label,wait,queue,abort,complete] but found %s:%s", parts[2], text)
		}
	}
	if parts[3] != "" && !isInt(parts[3]) {
		return bad("ZombieAttr::create failed: Zombie life time must be convertible to an integer %s:%s", parts[3], text)
	}
	return nil
}
