package command

import (
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// cts is the builder of the requests that carry nothing but their number.
func cts(api wire.CtsAPI) func(Identity, Args) (wire.Request, error) {
	return func(id Identity, _ Args) (wire.Request, error) {
		return &wire.CtsCmd{UserCmd: userCmd(id), API: api}, nil
	}
}

// yesWords is for commands that a terminal confirms: "yes" says it was.
func yesWords(words []string) (Args, error) {
	switch first(words) {
	case "":
		return Args{}, nil
	case "yes":
		return Args{"yes": true}, nil
	default:
		return nil, argument("Halt, shutdown and terminate expected 'yes' as the only argument to bypass the confirmation prompt")
	}
}

func serverRows() []Spec {
	rows := []Spec{{
		Name: "ping", Build: cts(wire.CtsPing), Words: noWords,
		Timeout: timeoutPing, Idempotent: true,
		Summary: "ask whether the server answers",
		Detail:  "Servers up to 5.13 check user and password of a ping as of any other command; newer ones answer anybody.",
		Methods: []Method{{Py: "ping", Go: "Ping", Forms: status(),
			Doc: "Ask whether the server answers.\n\nTwo attempts, one second apart. Raises when there is no server, or when it refuses the user (servers before 5.15)."}},
	}, {
		Name: "server_version", Words: noWords, Idempotent: true,
		Build: func(id Identity, _ Args) (wire.Request, error) {
			return &wire.ServerVersionCmd{UserCmd: userCmd(id)}, nil
		},
		Summary: "version of the server, such as 5.19.0",
		Methods: []Method{{Py: "server_version", Go: "ServerVersion", Forms: returning(String),
			Doc: "Version of the server, such as \"5.19.0\"."}},
	}, {
		Name: "stats", Build: cts(wire.CtsStats), Words: noWords, Idempotent: true,
		Summary: "what the server is, holds and has been asked, as text",
		Methods: []Method{{Py: "stats", Go: "Stats", Prints: "to_stdout",
			Forms: returning(String, Param{Name: "to_stdout", Type: Bool, Default: true, Doc: "also print the text", PyOnly: true}),
			Doc:   "What the server is, holds and has been asked, as text for people.\n\nPython prints it as well unless to_stdout is False."}},
	}, {
		Name: "stats_server", Build: cts(wire.CtsStatsServer), Words: noWords, Idempotent: true,
		Summary: "the figures behind stats, as numbers",
	}, {
		Name: "stats_reset", Build: cts(wire.CtsStatsReset), Words: noWords, Idempotent: true,
		Summary: "set the request counters of the server to zero",
		Methods: []Method{{Py: "stats_reset", Go: "StatsReset", Forms: none(),
			Doc: "Set the server's request counters to zero. Needs write access."}},
	}, {
		Name: "suites", Build: cts(wire.CtsSuites), Words: noWords, Idempotent: true,
		Summary: "names of the suites in the server, in their order",
		Methods: []Method{{Py: "suites", Go: "Suites", Forms: returning(Strings),
			Doc: "Names of the suites in the server, in the server's order, without leading slash."}},
	}, {
		Name: "restart", Build: cts(wire.CtsRestartServer), Words: noWords, Idempotent: true,
		Summary: "let the server schedule jobs",
		Detail:  "A server starts halted; this makes it run. Needs write access.",
		Methods: []Method{{Py: "restart_server", Go: "RestartServer", Forms: status(),
			Doc: "Let the server schedule and submit jobs (state RUNNING).\n\nA server starts halted. Needs write access."}},
	}, {
		Name: "shutdown", Build: cts(wire.CtsShutdownServer), Words: yesWords, Idempotent: true, Confirm: true,
		Summary: "stop submitting jobs, but serve the running ones",
		Methods: []Method{{Py: "shutdown_server", Go: "ShutdownServer", Forms: status(),
			Doc: "Stop submitting jobs, but go on serving those that run (state SHUTDOWN).\n\nNobody is asked for confirmation. Needs write access."}},
	}, {
		Name: "halt", Build: cts(wire.CtsHaltServer), Words: yesWords, Idempotent: true, Confirm: true,
		Summary: "stop submitting jobs, and let running ones wait",
		Methods: []Method{{Py: "halt_server", Go: "HaltServer", Forms: status(),
			Doc: "Stop submitting jobs and let the child commands of running ones wait (state HALTED).\n\nNobody is asked for confirmation. Needs write access."}},
	}, {
		Name: "terminate", Build: cts(wire.CtsTerminateServer), Words: yesWords, Confirm: true,
		Summary: "write a check point and end the server",
		Methods: []Method{{Py: "terminate_server", Go: "TerminateServer", Forms: status(),
			Doc: "Have the server write a check point file and exit.\n\nNobody is asked for confirmation. Needs write access."}},
	}, {
		Name: "reloadwsfile", Build: cts(wire.CtsReloadWhiteListFile), Words: noWords, Idempotent: true,
		Summary: "have the server read its white list file again",
		Methods: []Method{{Py: "reload_wl_file", Go: "ReloadWhiteListFile", Forms: status(),
			Doc: "Have the server read its white list file (ECF_LISTS) again. Needs write access."}},
	}, {
		Name: "reloadpasswdfile", Build: cts(wire.CtsReloadPasswdFile), Words: noWords, Idempotent: true,
		Summary: "have the server read its password file again",
		Methods: []Method{{Py: "reload_passwd_file", Go: "ReloadPasswordFile", Forms: status(),
			Doc: "Have the server read its password file (ECF_PASSWD, <host>.<port>.ecf.passwd) again.\n\nThe server refuses when the file does not exist. Needs write access."}},
	}, {
		Name: "reloadcustompasswdfile", Build: cts(wire.CtsReloadCustomPasswdFile), Words: noWords, Idempotent: true,
		Summary: "have the server read its file of custom users' passwords again",
		Methods: []Method{{Py: "reload_custom_passwd_file", Go: "ReloadCustomPasswordFile", Forms: status(),
			Doc: "Have the server read its file of custom users' passwords again\n(ECF_CUSTOM_PASSWD, <host>.<port>.ecf.custom_passwd): users named by set_user_name() or ECF_USER.\n\nThe server refuses when the file does not exist. Needs write access."}},
	}, {
		Name: "force-dep-eval", Build: cts(wire.CtsForceDepEval), Words: noWords, Idempotent: true,
		Summary: "have the server evaluate all dependencies now",
		Methods: []Method{{Go: "ForceDependencyEvaluation", Forms: status(), Ours: true,
			Doc: "Have the server evaluate all dependencies now instead of at its next turn. Needs write access."}},
	}, {
		Name: "restore_from_checkpt", Build: cts(wire.CtsRestoreDefsFromCheckpt), Words: noWords, Idempotent: true,
		Summary: "load the check point file into a halted server that holds no suites",
		Methods: []Method{{Py: "restore_from_checkpt", Go: "RestoreFromCheckpoint", Forms: status(),
			Doc: "Load the check point file into the server.\n\nThe server must be halted and hold no suites. Needs write access."}},
	}, {
		Name: "debug_server_on", Build: cts(wire.CtsDebugServerOn), Words: noWords, Idempotent: true,
		Summary: "have the server write debug output to its standard output",
		Methods: []Method{{Py: "debug_server_on", Go: "DebugServerOn", Forms: status(),
			Doc: "Have the server write debug output to its standard output."}},
	}, {
		Name: "debug_server_off", Build: cts(wire.CtsDebugServerOff), Words: noWords, Idempotent: true,
		Summary: "end the server's debug output",
		Methods: []Method{{Py: "debug_server_off", Go: "DebugServerOff", Forms: status(),
			Doc: "End the server's debug output."}},
	}, {
		Name: "server_load", Build: cts(wire.CtsServerLoad), Words: pathWords, Idempotent: true,
		Params:  []Param{{Name: "path", Type: String, Default: "", Doc: "a log file on this machine, for the command line to draw from"}},
		Summary: "path of the server's log file, from which its load can be drawn",
		Methods: []Method{{Go: "ServerLoad", Forms: returning(String), Ours: true,
			Doc: "Path of the server's log file on its machine, from which its load can be drawn."}},
	}, {
		Name: "check_pt", Build: buildCheckPt, Words: checkPtWords, Idempotent: true,
		Summary: "write a check point file now, or set when the server does",
		Params: []Param{
			{Name: "mode", Type: CheckPt, Default: int64(wire.CheckPtUndefined), Doc: "NEVER, ON_TIME, ALWAYS; UNDEFINED leaves it"},
			{Name: "interval", Type: Int, Default: int64(0), Doc: "seconds between check points in mode ON_TIME; 0 leaves it"},
			{Name: "alarm", Type: Int, Default: int64(0), Doc: "seconds after which writing counts as late; 0 leaves it"},
		},
		Methods: []Method{{Py: "checkpt", Go: "Checkpoint", Forms: status(
			Param{Name: "mode", Type: CheckPt, Default: int64(wire.CheckPtUndefined), Doc: "CheckPt.NEVER, ON_TIME or ALWAYS; UNDEFINED leaves it"},
			Param{Name: "check_pt_interval", Type: Int, Default: int64(0), Arg: "interval", Doc: "seconds between check points in mode ON_TIME; 0 leaves it"},
			Param{Name: "check_pt_save_alarm_time", Type: Int, Default: int64(0), Arg: "alarm", Doc: "seconds after which writing the file counts as late; 0 leaves it"}),
			Doc: "Write the check point file now, or set when the server writes it.\n\nWithout arguments the file is written at once. With a mode, interval or alarm time only those are\nchanged, which needs write access."}},
	}}
	return rows
}

func buildCheckPt(id Identity, a Args) (wire.Request, error) {
	r := read(a)
	cmd := &wire.CheckPtCmd{
		UserCmd:              userCmd(id),
		Mode:                 wire.CheckPtMode(r.integerOr("mode", int(wire.CheckPtUndefined))),
		CheckPtInterval:      r.integer("interval"),
		CheckPtSaveTimeAlarm: r.integer("alarm"),
	}
	if cmd.Mode < wire.CheckPtNever || cmd.Mode > wire.CheckPtUndefined {
		return nil, argument("check_pt: no such mode: %d", int(cmd.Mode))
	}
	return cmd, r.err
}

// checkPtWords reads never, on_time, on_time:N, always, alarm:N or N.
// source: CheckPtCmd::create
func checkPtWords(words []string) (Args, error) {
	modes := map[string]wire.CheckPtMode{
		"never": wire.CheckPtNever, "on_time": wire.CheckPtOnTime, "always": wire.CheckPtAlways,
	}
	word := first(words)
	if word == "" {
		return Args{}, nil
	}
	illegal := func(text, alarm string) error {
		return argument("check_pt: Illegal argument(%s), expected [ never | on_time | on_time:<integer> | %salways | <integer>]", text, alarm)
	}
	seconds := func(text, what string) (int64, error) {
		n, err := strconv.ParseInt(text, 10, 32)
		switch {
		case err != nil && what == "interval":
			return 0, illegal(text, "")
		case err != nil:
			return 0, illegal(word, "alarm::integer> | ")
		case n <= 0:
			return 0, argument("check_pt: %s(%d) must be greater than zero :", what, n)
		}
		return n, nil
	}
	name, number, colon := strings.Cut(word, ":")
	mode, known := modes[name]
	switch {
	case colon && strings.Contains(word, "alarm"):
		n, err := seconds(number, "alarm time")
		return Args{"alarm": n}, err
	case colon && known:
		n, err := seconds(number, "interval")
		return Args{"mode": int64(mode), "interval": n}, err
	case colon:
		return nil, illegal(word, "alarm:<integer> | ")
	case known:
		return Args{"mode": int64(mode)}, nil
	default:
		n, err := seconds(word, "interval")
		return Args{"interval": n}, err
	}
}
