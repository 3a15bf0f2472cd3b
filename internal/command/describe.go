package command

import (
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// Describe gives the form in which the original names a request in messages:
// its command line, with the paths after the first left out. It holds no
// password.
//
// source: print_short and print_only of the request classes
func Describe(r wire.Request) string {
	if r == nil {
		return ""
	}
	if f, ok := theDescribers()[reflect.TypeOf(r)]; ok {
		return clip(f(r), longestMessage)
	}
	return strings.TrimPrefix(reflect.TypeOf(r).String(), "*wire.")
}

// describers has one function for each type of request. It is filled when it is first
// needed, by way of init, since a group describes its members.
type describers map[reflect.Type]func(wire.Request) string

var theDescribers func() describers

func init() { theDescribers = sync.OnceValue(makeDescribers) }

func describe[T wire.Request](all describers, f func(T) string) {
	all[reflect.TypeFor[T]()] = func(r wire.Request) string { return f(r.(T)) }
}

// line joins words that are not empty; the first is an option.
func line(words ...string) string {
	kept := make([]string, 0, len(words))
	for _, w := range words {
		if w != "" {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " ")
}

// when gives word if it holds.
func when(holds bool, word string) string {
	if holds {
		return word
	}
	return ""
}

// option is --name or --name=value.
func option(name, value string) string {
	if value == "" {
		return "--" + name
	}
	return "--" + name + "=" + value
}

func all(paths []string) string { return strings.Join(paths, " ") }

// short names the first path and counts the others.
func short(head string, paths []string) string {
	if len(paths) == 0 {
		return head
	}
	head += " " + paths[0]
	if len(paths) > 1 {
		head += " : truncated : " + itoa(len(paths)-1) + " paths *not* shown"
	}
	return head
}

var pathsWord = map[wire.PathsAPI]string{
	wire.PathsSuspend: "suspend", wire.PathsResume: "resume", wire.PathsKill: "kill", wire.PathsStatus: "status",
	wire.PathsCheck: "check", wire.PathsEditHistory: "edit_history", wire.PathsArchive: "archive", wire.PathsRestore: "restore",
}

var ctsWord = map[wire.CtsAPI]string{
	wire.CtsRestoreDefsFromCheckpt: "restore_from_checkpt", wire.CtsRestartServer: "restart", wire.CtsShutdownServer: "shutdown=yes",
	wire.CtsHaltServer: "halt=yes", wire.CtsTerminateServer: "terminate=yes", wire.CtsReloadWhiteListFile: "reloadwsfile",
	wire.CtsForceDepEval: "force-dep-eval", wire.CtsPing: "ping", wire.CtsGetZombies: "zombie_get", wire.CtsStats: "stats",
	wire.CtsSuites: "suites", wire.CtsDebugServerOn: "debug_server_on", wire.CtsDebugServerOff: "debug_server_off",
	wire.CtsServerLoad: "server_load", wire.CtsStatsReset: "stats_reset", wire.CtsReloadPasswdFile: "reloadpasswdfile",
	wire.CtsStatsServer: "stats_server", wire.CtsReloadCustomPasswdFile: "reloadcustompasswdfile",
}

var nodeWord = map[wire.CtsNodeAPI]string{
	wire.CtsNodeJobGen: "job_gen", wire.CtsNodeCheckJobGenOnly: "checkJobGenOnly", wire.CtsNodeGet: "get",
	wire.CtsNodeWhy: "why", wire.CtsNodeGetState: "get_state", wire.CtsNodeMigrate: "migrate",
}

func makeDescribers() describers {
	d := make(describers, 40)
	describe(d, func(*wire.ServerVersionCmd) string { return "--server_version" })
	describe(d, func(c *wire.CtsCmd) string { return option(ctsWord[c.API], "") })
	describe(d, func(c *wire.CtsNodeCmd) string { return option(nodeWord[c.API], c.AbsNodePath) })
	describe(d, func(c *wire.PathsCmd) string {
		return short(pathsLead(c), c.Paths)
	})
	describe(d, func(c *wire.DeleteCmd) string {
		return line("--delete", when(len(c.Paths) == 0, "_all_"), when(c.Force, "force"), "yes", all(c.Paths))
	})
	describe(d, func(c *wire.BeginCmd) string {
		switch {
		case c.Force && c.SuiteName == "":
			return "--begin=--force"
		case c.Force:
			return "--begin=" + c.SuiteName + " --force"
		}
		return option("begin", c.SuiteName)
	})
	describe(d, func(c *wire.LoadDefsCmd) string {
		name := c.DefsFilename
		if name == "" {
			name = "<in-memory-defs>"
		}
		return line("--load="+name, when(c.Force, "force"))
	})
	describe(d, func(c *wire.ReplaceNodeCmd) string {
		name := c.PathToDefs
		if name == "" {
			name = "<empty>"
		}
		return line("--replace="+c.PathToNode, name, when(c.CreateNodesAsNeeded, "parent"), when(c.Force, "force"))
	})
	describe(d, func(c *wire.RequeueNodeCmd) string {
		return line("--requeue", when(c.Option == wire.RequeueAbort, "abort"), when(c.Option == wire.RequeueForce, "force"), all(c.Paths))
	})
	describe(d, func(c *wire.RunNodeCmd) string { return line("--run", when(c.Force, "force"), all(c.Paths)) })
	describe(d, func(c *wire.OrderNodeCmd) string {
		word := ""
		if int(c.Option) >= 0 && int(c.Option) < len(orders) {
			word = orders[c.Option]
		}
		return line("--order="+c.AbsNodepath, word)
	})
	describe(d, func(c *wire.ForceCmd) string {
		return short(forceLead(c), c.Paths)
	})
	describe(d, func(c *wire.FreeDepCmd) string {
		return line("--free-dep", when(c.All, "all"), when(c.Trigger && !c.All, "trigger"), when(c.Date && !c.All, "date"),
			when(c.Time && !c.All, "time"), all(c.Paths))
	})
	describe(d, describeAlter)
	describe(d, describeQuery)
	describe(d, func(c *wire.CFileCmd) string {
		kind := "script"
		if int(c.File) >= 0 && int(c.File) < len(fileTypes) {
			kind = fileTypes[c.File]
		}
		return line("--file="+c.PathToNode, kind, strconv.FormatUint(c.MaxLines, 10))
	})
	describe(d, func(c *wire.EditScriptCmd) string {
		kind := "edit"
		if int(c.EditType) >= 0 && int(c.EditType) < len(editTypes) {
			kind = editTypes[c.EditType]
		}
		return line("--edit_script="+c.PathToNode, kind, when(c.Alias, "create_alias"), when(!c.Run, "no_run"))
	})
	describe(d, describeCheckPt)
	describe(d, func(c *wire.LogCmd) string {
		switch c.API {
		case wire.LogGet:
			return line("--log=get", when(c.GetLastNLines != 0, itoa(c.GetLastNLines)))
		case wire.LogNew:
			return line("--log=new", c.NewPath)
		}
		for word, api := range logActions {
			if api == c.API {
				return "--log=" + word
			}
		}
		return "--log"
	})
	describe(d, func(c *wire.LogMessageCmd) string { return "--msg=" + c.Msg })
	describe(d, func(c *wire.ZombieCmd) string {
		return line("--zombie_"+c.UserAction.String()+"="+all(c.Paths), c.ProcessID)
	})
	describe(d, func(c *wire.PlugCmd) string { return "--plug=" + c.Source + " " + c.Dest })
	describe(d, func(c *wire.MoveCmd) string {
		return "Plug(Move) source(" + c.SrcHost + ":" + c.SrcPort + ":" + c.SrcPath + ") destination(" + c.Dest + ")"
	})
	describe(d, func(*wire.ShowCmd) string { return "show" })
	describe(d, describeSync)
	describe(d, describeHandle)
	describe(d, func(c *wire.GroupCTSCmd) string {
		members := make([]string, len(c.Commands))
		for i, m := range c.Commands {
			members[i] = Describe(m)
		}
		return "--group=" + strings.Join(members, "; ")
	})
	describeChildren(d)
	return d
}

func describeAlter(c *wire.AlterCmd) string { return line(alterLead(c), firstPath(c.Paths)) }

func describeQuery(c *wire.QueryCmd) string {
	words := []string{"--query=" + c.QueryType}
	switch c.QueryType {
	case "event", "meter", "variable":
		words = append(words, c.PathToAttribute+":"+c.Attribute)
	case "trigger", "repeat":
		words = append(words, c.PathToAttribute, c.Attribute)
	case "state", "dstate":
		words = append(words, c.PathToAttribute)
	}
	return line(words...) + c.PathToTask
}

func describeCheckPt(c *wire.CheckPtCmd) string {
	words := map[wire.CheckPtMode]string{wire.CheckPtNever: "never", wire.CheckPtOnTime: "on_time", wire.CheckPtAlways: "always"}
	value := words[c.Mode]
	switch {
	case c.CheckPtInterval != 0 && value != "":
		value += ":" + itoa(c.CheckPtInterval)
	case c.CheckPtInterval != 0:
		value = itoa(c.CheckPtInterval)
	case value == "" && c.CheckPtSaveTimeAlarm != 0:
		value = "alarm:" + itoa(c.CheckPtSaveTimeAlarm)
	}
	return option("check_pt", value)
}

func describeSync(c *wire.CSyncCmd) string {
	word := map[wire.SyncAPI]string{wire.SyncNews: "news", wire.Sync: "sync", wire.SyncClock: "sync_clock", wire.SyncFull: "sync_full"}[c.API]
	n := func(v uint32) string { return strconv.FormatUint(uint64(v), 10) }
	if c.API == wire.SyncFull {
		return "--" + word + "=" + n(c.ClientHandle)
	}
	return line("--"+word+"="+n(c.ClientHandle), n(c.ClientStateChangeNo), n(c.ClientModifyChangeNo))
}

func describeHandle(c *wire.ClientHandleCmd) string {
	auto, handle := strconv.FormatBool(c.AutoAddNewSuites), itoa(c.ClientHandle)
	switch c.API {
	case wire.HandleRegister:
		if c.ClientHandle == 0 {
			return withNames(c.Suites, "--ch_register="+auto)
		}
		return withNames(c.Suites, "--ch_register="+handle, auto)
	case wire.HandleDrop:
		return "--ch_drop=" + handle
	case wire.HandleDropUser:
		if c.DropUser == "" {
			return option("ch_drop_user", c.User)
		}
		return option("ch_drop_user", c.DropUser)
	case wire.HandleAdd:
		return withNames(c.Suites, "--ch_add="+handle)
	case wire.HandleRemove:
		return withNames(c.Suites, "--ch_rem="+handle)
	case wire.HandleAutoAdd:
		return line("--ch_auto_add="+handle, auto)
	}
	return "--ch_suites"
}

// withNames puts the names that are not empty behind words; an empty name at the end leaves its blank.
//
// source: CtsApi.cpp, to_string.
func withNames(suites []string, words ...string) string {
	text := line(append(words, suites...)...)
	if n := len(suites); n > 0 && suites[n-1] == "" {
		text += " "
	}
	return text
}

func describeChildren(d describers) {
	describe(d, func(c *wire.InitCmd) string {
		text := "chd:init " + c.Path
		for i, v := range c.VarToAdd {
			text += when(i == 0, " --add") + " " + v.Name + "=" + v.Value
		}
		return text
	})
	describe(d, func(c *wire.CompleteCmd) string {
		return line("chd:complete "+c.Path, when(len(c.VarToDel) > 0, "--remove"), all(c.VarToDel))
	})
	describe(d, func(c *wire.AbortCmd) string { return "chd:abort " + c.Path + "  " + c.Reason })
	describe(d, func(c *wire.EventCmd) string {
		value := "0"
		if c.Value {
			value = "1"
		}
		return "chd:event " + c.Name + " " + value + " " + c.Path
	})
	describe(d, func(c *wire.MeterCmd) string { return "chd:meter " + c.Name + " " + itoa(c.Value) + " " + c.Path })
	describe(d, func(c *wire.LabelCmd) string { return "chd:label " + c.Name + " '" + c.Label + "' " + c.Path })
	describe(d, func(c *wire.CtsWaitCmd) string { return "chd:wait " + c.Expression + " " + c.Path })
	describe(d, func(c *wire.QueueCmd) string {
		text := "chd:queue " + c.Name + " " + c.Action + " " + c.Step + " "
		if c.PathToNodeWithQueue != "" {
			text += c.PathToNodeWithQueue + " "
		}
		return text + c.Path
	})
}
