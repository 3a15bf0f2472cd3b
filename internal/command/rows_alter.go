package command

import (
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// numbered is a word with its number on the wire; lists of them stand in the
// order in which messages name them.
type numbered[T ~int] struct {
	word string
	n    T
}

var alterAdds = []numbered[wire.AlterAdd]{
	{"time", wire.AlterAddTime}, {"today", wire.AlterAddToday}, {"date", wire.AlterAddDate}, {"day", wire.AlterAddDay},
	{"zombie", wire.AlterAddZombie}, {"variable", wire.AlterAddVariable}, {"late", wire.AlterAddLate},
	{"limit", wire.AlterAddLimit}, {"inlimit", wire.AlterAddInLimit}, {"label", wire.AlterAddLabel},
	{"aviso", wire.AlterAddAviso}, {"mirror", wire.AlterAddMirror}, {"event", wire.AlterAddEvent}, {"meter", wire.AlterAddMeter},
}

var alterDeletes = []numbered[wire.AlterDelete]{
	{"variable", wire.AlterDeleteVariable}, {"time", wire.AlterDeleteTime}, {"today", wire.AlterDeleteToday},
	{"date", wire.AlterDeleteDate}, {"day", wire.AlterDeleteDay}, {"cron", wire.AlterDeleteCron},
	{"event", wire.AlterDeleteEvent}, {"meter", wire.AlterDeleteMeter}, {"label", wire.AlterDeleteLabel},
	{"trigger", wire.AlterDeleteTrigger}, {"complete", wire.AlterDeleteComplete}, {"repeat", wire.AlterDeleteRepeat},
	{"limit", wire.AlterDeleteLimit}, {"limit_path", wire.AlterDeleteLimitPath}, {"inlimit", wire.AlterDeleteInLimit},
	{"zombie", wire.AlterDeleteZombie}, {"late", wire.AlterDeleteLate}, {"queue", wire.AlterDeleteQueue},
	{"generic", wire.AlterDeleteGeneric}, {"aviso", wire.AlterDeleteAviso}, {"mirror", wire.AlterDeleteMirror},
}

var alterChanges = []numbered[wire.AlterChange]{
	{"variable", wire.AlterChangeVariable}, {"clock_type", wire.AlterChangeClockType}, {"clock_date", wire.AlterChangeClockDate},
	{"clock_gain", wire.AlterChangeClockGain}, {"clock_sync", wire.AlterChangeClockSync}, {"event", wire.AlterChangeEvent},
	{"meter", wire.AlterChangeMeter}, {"label", wire.AlterChangeLabel}, {"trigger", wire.AlterChangeTrigger},
	{"complete", wire.AlterChangeComplete}, {"repeat", wire.AlterChangeRepeat}, {"limit_max", wire.AlterChangeLimitMax},
	{"limit_value", wire.AlterChangeLimitValue}, {"defstatus", wire.AlterChangeDefstatus}, {"late", wire.AlterChangeLate},
	{"time", wire.AlterChangeTime}, {"today", wire.AlterChangeToday}, {"aviso", wire.AlterChangeAviso}, {"mirror", wire.AlterChangeMirror},
}

// alterFlags are the flags that can be set and cleared.
// source: Flag::valid_flag_type
var alterFlags = []numbered[wire.FlagBit]{
	{"force_aborted", wire.FlagForceAborted}, {"user_edit", wire.FlagUserEdit}, {"task_aborted", wire.FlagTaskAborted},
	{"edit_failed", wire.FlagEditFailed}, {"ecfcmd_failed", wire.FlagEcfcmdFailed}, {"statuscmd_failed", wire.FlagStatuscmdFailed},
	{"killcmd_failed", wire.FlagKillcmdFailed}, {"no_script", wire.FlagNoScript}, {"killed", wire.FlagKilled},
	{"status", wire.FlagStatus}, {"late", wire.FlagLate}, {"message", wire.FlagMessage}, {"by_rule", wire.FlagByRule},
	{"queue_limit", wire.FlagQueueLimit}, {"task_waiting", wire.FlagTaskWaiting}, {"locked", wire.FlagLocked},
	{"zombie", wire.FlagZombie}, {"no_reque", wire.FlagNoReque}, {"archived", wire.FlagArchived}, {"restored", wire.FlagRestored},
	{"threshold", wire.FlagThreshold}, {"sigterm", wire.FlagSigterm}, {"log_error", wire.FlagLogError},
	{"checkpt_error", wire.FlagCheckptError}, {"remote_error", wire.FlagRemoteError},
}

var sortables = []string{"event", "meter", "label", "limit", "variable", "all"}

func wordsOf[T ~int](list []numbered[T]) string {
	return strings.Join(wordList(list), " | ")
}

func wordList[T ~int](list []numbered[T]) []string {
	words := make([]string, len(list))
	for i, e := range list {
		words[i] = e.word
	}
	return words
}

func find[T ~int](list []numbered[T], word string) (T, bool) {
	for _, e := range list {
		if e.word == word {
			return e.n, true
		}
	}
	return 0, false
}

func wordOf[T ~int](list []numbered[T], n T) string {
	for _, e := range list {
		if e.n == n {
			return e.word
		}
	}
	return ""
}

func alterRows() []Spec {
	path := Param{Name: "abs_node_path", Type: String, Arg: "paths", Doc: "absolute node path; \"/\" for the server's variables"}
	many := Param{Name: "paths", Type: Strings, Doc: "absolute node paths"}
	rest := []Param{
		{Name: "alter_type", Type: String, Doc: "add, change, delete, set_flag or clear_flag"},
		{Name: "attribute_type", Type: String, Doc: "kind of attribute, or name of the flag"},
		{Name: "name", Type: String, Default: "", Doc: "name of the attribute, or its text if it has none (times, dates, triggers, ...)"},
		{Name: "value", Type: String, Default: "", Doc: "new value"},
	}
	sortRest := []Param{
		{Name: "attribute_name", Type: String, Arg: "attribute_type", Doc: "event, meter, label, limit, variable or all"},
		{Name: "recursive", Type: Bool, Default: true, Doc: "also in all nodes below"},
	}
	return []Spec{{
		Name: "alter", Summary: "add, change or delete attributes and flags",
		Params: append([]Param{{Name: "paths", Type: Paths, Doc: nodePathsDoc}},
			append(slices.Clone(rest), Param{Name: "sort", Type: Bool, Default: false}, Param{Name: "recursive", Type: Bool, Default: false},
				Param{Name: "unchecked", Type: Bool, Default: false, Doc: "the form of name and value is the server's to check"})...),
		Build: buildAlter, Words: alterWords,
		Methods: []Method{{
			Py: "alter", Go: "Alter", CheckPaths: true,
			Forms: []Form{
				{Returns: None, Params: append([]Param{many}, rest...)},
				{Returns: None, Params: append([]Param{path}, rest...)},
			},
			Doc: "Add, change or delete an attribute of nodes, or set or clear a flag. Needs write access.\n\n" +
				"add: " + wordsOf(alterAdds) + "\n" +
				"change: " + wordsOf(alterChanges) + "\n" +
				"delete: " + wordsOf(alterDeletes) + " (an empty name deletes all of that kind)\n" +
				"set_flag, clear_flag: " + wordsOf(alterFlags) + "\n" +
				"Names and values are checked before anything is sent. With several paths nothing changes if one does not exist.\n" +
				"aviso and mirror need a server from 5.13, adding event and meter one from 5.14: since an older one would ignore\n" +
				"them silently, the server is asked for its version first.",
		}, {
			Py: "sort_attributes", Go: "SortAttributes", CheckPaths: true, Fixed: Args{"sort": true},
			Forms: []Form{
				{Returns: None, Params: append([]Param{many}, sortRest...)},
				{Returns: None, Params: append([]Param{path}, sortRest...)},
			},
			Doc: "Sort attributes of nodes by name. Needs write access.",
		}},
	}}
}

func buildAlter(id Identity, a Args) (wire.Request, error) {
	r := read(a)
	verb, kind := r.str("alter_type"), r.str("attribute_type")
	cmd := wire.NewAlterCmd(userCmd(id), r.strs("paths"), r.str("name"), r.str("value"))
	sorting, recursive := r.boolean("sort"), r.boolean("recursive")
	if r.err != nil {
		return nil, r.err
	}
	if sorting {
		cmd.Name, cmd.Value = kind, ""
		if recursive {
			cmd.Value = "recursive"
		}
		return cmd, nil
	}
	if err := setAlter(cmd, verb, kind, !r.boolean("unchecked")); err != nil {
		return nil, argument("ClientInvoker::alter failed: %s", err)
	}
	return cmd, nil
}

// badAlter is an error's text without the kind, as several callers put their
// own words before it.
type badAlter string

func (b badAlter) Error() string { return string(b) }

// setAlter fills in the enumerations, and checks the form of name and value if asked to.
// source: AlterCmd::AlterCmd
func setAlter(cmd *wire.AlterCmd, verb, kind string, check bool) error {
	var known bool
	switch verb {
	case "add":
		if cmd.AddAttrType, known = find(alterAdds, kind); !known {
			return badAlter("AlterCmd: add: The second argument must be one of [ " + wordsOf(alterAdds) + "] but found " + kind)
		}
		if check {
			return checkAdd(kind, cmd.Name, cmd.Value)
		}
	case "change":
		if cmd.ChangeAttrType, known = find(alterChanges, kind); !known {
			return badAlter("AlterCmd: change: The third argument(" + kind + ") must be one of [ " + wordsOf(alterChanges) + "]")
		}
		if check {
			return checkChange(kind, cmd.Name, cmd.Value)
		}
	case "delete":
		if cmd.DelAttrType, known = find(alterDeletes, kind); !known {
			return badAlter("Alter: delete: The second argument must be one of [ " + wordsOf(alterDeletes) + "] but found " + kind)
		}
		if check {
			return checkDelete(kind, cmd.Name)
		}
	case "set_flag", "clear_flag":
		if cmd.FlagType, known = find(alterFlags, kind); !known {
			return badAlter("AlterCmd: set/clear_flag: The second argument(" + kind + ") must be one of [ " + wordsOf(alterFlags) + "]")
		}
		cmd.Flag, cmd.Name, cmd.Value = verb == "set_flag", "", ""
	default:
		return badAlter("AlterCmd constructor: The alterType argument must be one of [ change | delete | add | set_flag | clear_flag | sort ] but found '" + verb + "'")
	}
	return nil
}
