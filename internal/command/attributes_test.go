package command_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/command"
)

// What the Python client of 5.19.0 raised for these arguments of alter, after
// "ClientInvoker::alter failed: "; "" is what it sent.
func TestAlter_refusesWhatTheOriginalRefuses(t *testing.T) {
	for _, c := range []struct{ verb, kind, name, value, want string }{
		{"add", "variable", "", "", "Alter: check_for_add : name is empty ?"},
		{"add", "variable", "a b", "v", "AlterCmd::check_for_add: Invalid name 'a b': only alphanumeric characters, underscore or dot are accepted"},
		{"add", "variable", ".a", "v", "AlterCmd::check_for_add: Invalid name '.a': only alphanumeric characters or underscore are accepted as first character"},
		{"add", "time", "xx", "", "TimeSeries::getTime: Invalid time :'xx'"},
		{"add", "time", "25:00", "", "TimeSeries::testTime: time hour(25) must be in range 0-23"},
		{"add", "time", "10:61", "", "TimeSeries::testTime: time minute(61) must be in range 0-59"},
		{"add", "time", "10:0", "", "TimeSeries::getTime: Invalid minute :0"},
		{"add", "time", "+00:20", "", ""},
		{"add", "time", "10:00 20:00 00:30", "", ""},
		{"add", "time", "10:00 20:00", "", "TimeSeries::create: Invalid time series :"},
		{"add", "time", "20:00 10:00 00:30", "", "TimeSeries::TimeSeries: Invalid time series: Start time(20:00) is greater than end time(10:00)"},
		{"add", "today", "10", "", "TimeSeries::getTime: Invalid time :'10'"},
		{"add", "date", "32.1.2020", "", "DateAttr::getDate: Invalid clock date: 32.1.2020"},
		{"add", "date", "1.13.*", "", "DateAttr::getDate Invalid clock date: 1.13.*"},
		{"add", "date", "1.1", "", "DateAttr::getDate: Invalid date missing second dot :1.1"},
		{"add", "date", "a.b.c", "", "DateAttr::getDate: Invalid day :a.b.c"},
		{"add", "date", "30.2.2020", "", "Day of month is not valid for year"},
		{"add", "date", "*.*.*", "", ""},
		{"add", "day", "monday", "", ""},
		{"add", "day", "Monday", "", "Invalid day(Monday) specification expected one of [monday,tuesday,wednesday,thursday,friday,saturday,sunday]: "},
		{"add", "zombie", "ecf:fob::", "", ""},
		{"add", "zombie", "xx", "", "ZombieAttr::create failed: Invalid zombie type xx"},
		{"add", "zombie", "ecf:xx::", "", "ZombieAttr::create failed: Invalid user action, expected one of [ fob | fail | remove | block | adopt | kill ] but found xx:ecf:xx::"},
		{"add", "zombie", "ecf:fob:xx:", "", "ZombieAttr::create failed: Invalid child type, expected one or more of [ init,event,meter,label,wait,queue,abort,complete] but found xx:ecf:fob:xx:"},
		{"add", "zombie", "ecf:fob::x", "", "ZombieAttr::create failed: Zombie life time must be convertible to an integer x:ecf:fob::x"},
		{"add", "late", "-s 00:01", "", ""},
		{"add", "late", "-x", "", "LateParser::doParse:5: Invalid late :-x"},
		{"add", "late", "-s xx", "", "TimeSeries::getTime: Invalid time :'xx'"},
		{"add", "limit", "l", "x", "AlterCmd add_limit expected value(x) to be convertible to an integer"},
		{"add", "limit", "a b", "3", "Limit::Limit: Invalid Limit name: a b"},
		{"add", "inlimit", "/a:b", "2", ""},
		{"add", "inlimit", "/a:b", "-s 2", ""},
		{"add", "inlimit", "l", "", ""},
		{"add", "inlimit", "b", "x", "AlterCmd: the inlimit value, 'x', cannot be converted to an integer"},
		{"add", "label", "a b", "x", "Label::Label: Invalid Label name :a b"},
		{"add", "event", "e", "set", ""},
		{"add", "event", "e", "xx", "Event::Event: Invalid state : xx"},
		{"add", "meter", "m", "0,100", "Meter::make_from_value: Expect three comma-separated values, but found: '0,100'"},
		{"change", "clock_type", "x", "", "AlterCmd: change clock_type: expected third argument to be one of [ hybrid | real ] but found x"},
		{"change", "clock_date", "1.1.x", "", "AlterCmd:change  clock_date 1.1.x is not valid. DateAttr::getDate: Invalid year :1.1.x"},
		{"change", "clock_date", "*.1.2020", "", "AlterCmd:change  clock_date *.1.2020 is not valid. Invalid date attribute : the day >= 1 and day < 31"},
		{"change", "clock_gain", "x", "", "AlterCmd:change  clock_gain expected 'x' to be convertible to an integer"},
		{"change", "event", "e", "x", "AlterCmd: Change event : expected  <[set | clear | <nothing>]> for the value"},
		{"change", "event", "a b", "set", "Event::Event: Invalid event name : Invalid name 'a b': only alphanumeric characters, underscore or dot are accepted"},
		{"change", "event", "", "set", "Event::Event: Invalid event name : name must be specified if no number supplied"},
		{"change", "meter", "m", "x", "AlterCmd change meter : x to be convertible to an integer"},
		{"change", "meter", "a b", "3", "Meter::Meter: Invalid Meter name: a b"},
		{"change", "label", "", "x", "Label::Label: Invalid Label name :"},
		{"change", "trigger", "", "", "AlterCmd: change trigger: Failed to parse expression ''.  "},
		{"change", "limit_max", "l", "x", "AlterCmd: change: limit-max: expected x to be convertible to an integer"},
		{"change", "limit_value", "l", "x", "AlterCmd: change: limit_value: expected x to be convertible to an integer, or to be 'reset'"},
		{"change", "limit_value", "l", "reset", ""},
		{"change", "defstatus", "x", "", "AlterCmd change defstatus : expected x to be a valid state,  i.e one of [ unknown | complete | queued | aborted | submitted | active | suspended ]"},
		{"change", "late", "x", "", "LateParser::doParse:5: Invalid late :x"},
		{"change", "time", "10:00", "x", "TimeSeries::getTime: Invalid time :'x'"},
		{"change", "repeat", "", "", ""},
		{"change", "variable", "a b", "", ""},
		{"delete", "variable", "a b", "", "AlterCmd::check_for_delete: a b"},
		{"delete", "variable", "", "", ""},
		{"delete", "cron", "x", "", "Invalid cron, no time specified"},
		{"delete", "cron", "10:00", "", ""},
		{"delete", "queue", "a b", "", "QueueAttr::QueueAttr: Invalid queue name : Invalid name 'a b': only alphanumeric characters, underscore or dot are accepted"},
		{"delete", "generic", "a b", "", "GenericAttr::GenericAttr : Invalid generic name : Invalid name 'a b': only alphanumeric characters, underscore or dot are accepted"},
		{"delete", "inlimit", "/a:", "", "InLimit::InLimit: Invalid InLimit name: "},
		{"delete", "zombie", "", "", "Delete Zombie Attribute failed. Expected one of [ ecf | path | user ] but found "},
		{"delete", "limit_path", "", "", "Delete limit_path failed. No limit name provided"},
		{"delete", "date", "x", "", "DateAttr::getDate Invalid date missing first dot :x"},
		{"add", "nosuch", "a", "b", "AlterCmd: add: The second argument must be one of [ time | today | date | day | zombie | variable | late | limit | inlimit | label | aviso | mirror | event | meter] but found nosuch"},
		{"delete", "nosuch", "", "", "Alter: delete: The second argument must be one of [ variable | time | today | date | day | cron | event | meter | label | trigger | complete | repeat | limit | limit_path | inlimit | zombie | late | queue | generic | aviso | mirror] but found nosuch"},
		{"set_flag", "by_rule", "", "", ""},
		{"set_flag", "not_set", "", "", "AlterCmd: set/clear_flag: The second argument(not_set) must be one of [ force_aborted | user_edit | task_aborted | edit_failed | ecfcmd_failed | statuscmd_failed | killcmd_failed | no_script | killed | status | late | message | by_rule | queue_limit |"},
		{"sort", "event", "", "", "AlterCmd constructor: The alterType argument must be one of [ change | delete | add | set_flag | clear_flag | sort ] but found 'sort'"},
		{"", "", "", "", "AlterCmd constructor: The alterType argument must be one of [ change | delete | add | set_flag | clear_flag | sort ] but found ''"},
	} {
		m, row, _ := command.LookupMethod("alter")
		_, err := row.Build(command.Identity{}, m.Canonical(command.Args{"abs_node_path": "/s", "alter_type": c.verb, "attribute_type": c.kind, "name": c.name, "value": c.value}))
		if c.want == "" {
			require.NoError(t, err, "%v", c)
			continue
		}
		require.ErrorIs(t, err, fault.Argument, "%v", c)
		have := strings.TrimPrefix(err.Error(), "ecflow: ClientInvoker::alter failed: ")
		require.True(t, strings.HasPrefix(have, c.want), "%v\n%s", c, have)
	}
}

// The same for other methods, whole messages.
func TestMethods_refuseWhatTheOriginalRefuses(t *testing.T) {
	for _, c := range []struct {
		method string
		args   command.Args
		want   string
	}{
		{"requeue", command.Args{"abs_node_path": "/s", "option": "x"}, "ClientInvoker::requeue: Expected option = [ force | abort ]"},
		{"order", command.Args{"path": "/s", "order": "x"}, "ClientInvoker::order: please specify one of [ top, bottom, alpha, order, up, down, runtime ]"},
		{"get_file", command.Args{"task": "/s", "type": "x"}, "ClientInvoker::file(/s,x,10000) failed:\nCFileCmd::CFileCmd: Unrecognised file type x expected one of [script | job | jobout | manual | kill | stat] "},
		{"get_file", command.Args{"task": "/s", "type": "job", "max_lines": "x"}, "ClientInvoker::file(/s,job,x) failed:\nCFileCmd::CFileCmd: The third argument(x) must be convertible to an integer"},
		{"group", command.Args{"commands": ""}, "GroupCTSCmd::GroupCTSCmd: Please provide a list of ';' separated commands"},
		{"group", command.Args{"commands": ";"}, "GroupCTSCmd::GroupCTSCmd: Please provide a list of ';' separated commands"},
		{"group", command.Args{"commands": "nosuch=/s"}, "unrecognised option '--nosuch=/s'"},
		{"group", command.Args{"commands": "suspend s"}, "suspend:  No paths specified. Paths must begin with a leading '/' character"},
		{"group", command.Args{"commands": "ping extra"}, "option '--ping' does not take any arguments"},
		{"group", command.Args{"commands": "halt=no"}, "Halt, shutdown and terminate expected 'yes' as the only argument to bypass the confirmation prompt"},
		{"group", command.Args{"commands": " ; ;"}, "GroupCTSCmd::GroupCTSCmd: Please provide a list of ';' separated commands"},
		{"group", command.Args{"commands": "ping; add=x"}, "GroupCTSCmd: no command in 'add=x'"},
		{"group", command.Args{"commands": "group=ping"}, "unrecognised option '--group=ping'"},
		{"group", command.Args{"commands": "delete /s"}, "delete: inside a group nobody can be asked: say yes (delete=yes)"},
		{"group", command.Args{"commands": "restart; re"}, "option '--re' is ambiguous"},
		{"child_queue", command.Args{"queue_name": "", "action": "active"}, "ClientInvoker::child_queue: Queue name not set"},
		{"child_queue", command.Args{"queue_name": "q", "action": ""}, "ClientInvoker::child_queue: action not set"},
		{"child_meter", command.Args{"name": "", "value": int64(1)}, "Meter name not set"},
		{"child_label", command.Args{"name": "", "value": "x"}, "Label name not set"},
		{"delete", command.Args{"paths": []string{}}, "delete: no paths given; to delete all suites use delete_all()"},
		{"suspend", command.Args{"paths": int64(3)}, "paths: expected a list of strings, not a int64"},
		{"force_state", command.Args{"paths": "/s", "state": int64(9)}, "force: no such state: 9"},
	} {
		m, row, known := command.LookupMethod(c.method)
		require.True(t, known, c.method)
		_, err := row.Build(command.Identity{}, m.Canonical(c.args))
		require.ErrorIs(t, err, fault.Argument, "%v", c)
		require.True(t, strings.HasPrefix(strings.TrimPrefix(err.Error(), "ecflow: "), c.want), "%v\n%s", c, err)
	}
}

func FuzzGroup(f *testing.F) {
	for _, seed := range []string{"ping", "suspend /s1; resume /s1", "alter change label l 'a b' /s/t", "begin='s --force'", "log get 2;;", "--query state /",
		"ch_register true s", "force=set /s:e", "check_pt=on_time:3", "zombie_fob=/a /b", "init=1 --add A=b", "queue=q active", "order=/s top", "sync 1 2 3", "loa ."} {
		f.Add(seed)
	}
	row, _ := command.Lookup("group")
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "load") || strings.Contains(text, "edit_script") {
			return // they read files
		}
		request, err := row.Build(command.Identity{User: "fred"}, command.Args{"commands": text})
		if err == nil {
			require.NotEmpty(t, command.Describe(request))
		} else if !readsFiles(text) {
			require.ErrorIs(t, err, fault.Argument)
		} else {
			require.NotEqual(t, fault.Internal, fault.KindOf(err))
		}
	})
}

// readsFiles reports whether an abbreviation of a command that reads files may be in a group.
func readsFiles(text string) bool {
	return strings.Contains(text, "lo") || strings.Contains(text, "repl") || strings.Contains(text, "plu")
}

func FuzzAlter(f *testing.F) {
	f.Add("add", "time", "10:00 20:00 00:30", "")
	f.Add("add", "date", "1.2.2020", "")
	f.Add("add", "zombie", "ecf:fob:init:60", "")
	f.Add("add", "late", "-s +00:01 -a 14:30", "")
	f.Add("delete", "inlimit", "/a:b", "")
	f.Add("add", "meter", "m", "0,100,5")
	row, _ := command.Lookup("alter")
	f.Fuzz(func(t *testing.T, verb, kind, name, value string) {
		_, err := row.Build(command.Identity{}, command.Args{"paths": "/s", "alter_type": verb, "attribute_type": kind, "name": name, "value": value})
		if err != nil {
			require.ErrorIs(t, err, fault.Argument)
		}
	})
}

func FuzzDefinition(f *testing.F) {
	f.Add("suite s\nendsuite")
	f.Add("extern /a\nsuite s\n task t;\nendsuite")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := command.ReadDefinition("suite s\nendsuite\n"+text, "h")
		if err != nil {
			require.True(t, errors.Is(err, fault.Parse) || errors.Is(err, fault.Check), err)
			return
		}
		for line := range strings.SplitSeq(command.DefinitionText(d.Tree), "\n") {
			require.False(t, strings.HasPrefix(strings.TrimSpace(line), "extern"), "%q", line)
		}
	})
}
