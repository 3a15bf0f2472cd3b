package command

import "github.com/ecflow-go/ecflow/internal/cliargs"

// options are what a command line may hold, in the order in which the original looks for the
// command: of several commands on one line the first in this list is the one that is done, and
// the others are ignored. Those behind it are no commands.
// source: CtsCmdRegistry::CtsCmdRegistry, the addOption methods, ClientOptions::ClientOptions
var options = [...]cliargs.Option{
	{Name: "news", Arity: cliargs.Many, Content: cliargs.Unsigned},
	{Name: "sync", Arity: cliargs.Many, Content: cliargs.Unsigned},
	{Name: "sync_full", Arity: cliargs.One, Content: cliargs.Unsigned},
	{Name: "sync_clock", Arity: cliargs.Many, Content: cliargs.Unsigned},
	{Name: "get", Arity: cliargs.Optional},
	{Name: "get_state", Arity: cliargs.Optional},
	{Name: "migrate", Arity: cliargs.Optional},
	{Name: "check_pt", Arity: cliargs.Optional},
	{Name: "ping"},
	{Name: "restore_from_checkpt"},
	{Name: "restart"},
	{Name: "halt", Arity: cliargs.Optional},
	{Name: "shutdown", Arity: cliargs.Optional},
	{Name: "terminate", Arity: cliargs.Optional},
	{Name: "reloadwsfile"},
	{Name: "reloadpasswdfile"},
	{Name: "reloadcustompasswdfile"},
	{Name: "force-dep-eval"},
	{Name: "stats"},
	{Name: "stats_server"},
	{Name: "stats_reset"},
	{Name: "debug_server_on"},
	{Name: "debug_server_off"},
	{Name: "server_load", Arity: cliargs.Optional},
	{Name: "job_gen", Arity: cliargs.Optional},
	{Name: "checkJobGenOnly", Arity: cliargs.Optional},
	{Name: "delete", Arity: cliargs.Many},
	{Name: "suspend", Arity: cliargs.Many},
	{Name: "resume", Arity: cliargs.Many},
	{Name: "kill", Arity: cliargs.Many},
	{Name: "status", Arity: cliargs.Many},
	{Name: "check", Arity: cliargs.Many},
	{Name: "edit_history", Arity: cliargs.Many},
	{Name: "archive", Arity: cliargs.Many},
	{Name: "restore", Arity: cliargs.Many},
	{Name: "zombie_fob", Arity: cliargs.Many},
	{Name: "zombie_fail", Arity: cliargs.Many},
	{Name: "zombie_adopt", Arity: cliargs.Many},
	{Name: "zombie_block", Arity: cliargs.Many},
	{Name: "zombie_remove", Arity: cliargs.Many},
	{Name: "zombie_kill", Arity: cliargs.Many},
	{Name: "zombie_get"},
	{Name: "suites"},
	{Name: "ch_register", Arity: cliargs.Many},
	{Name: "ch_drop", Arity: cliargs.One, Content: cliargs.Signed},
	{Name: "ch_drop_user", Arity: cliargs.Optional},
	{Name: "ch_add", Arity: cliargs.Many},
	{Name: "ch_rem", Arity: cliargs.Many},
	{Name: "ch_auto_add", Arity: cliargs.Many},
	{Name: "ch_suites"},
	{Name: "log", Arity: cliargs.Many},
	{Name: "server_version"},
	{Name: "msg", Arity: cliargs.One},
	{Name: "begin", Arity: cliargs.Optional},
	{Name: "init", Arity: cliargs.One},
	{Name: "complete"},
	{Name: "abort", Arity: cliargs.Optional, Swallows: swallowNone},
	{Name: "wait", Arity: cliargs.One},
	{Name: "event", Arity: cliargs.Many},
	{Name: "meter", Arity: cliargs.Many, Swallows: swallowOne},
	{Name: "label", Arity: cliargs.Many, Swallows: swallowOne},
	{Name: "queue", Arity: cliargs.Many},
	{Name: "requeue", Arity: cliargs.Many},
	{Name: "order", Arity: cliargs.Many},
	{Name: "run", Arity: cliargs.Many},
	{Name: "force", Arity: cliargs.Many},
	{Name: "free-dep", Arity: cliargs.Many},
	{Name: "load", Arity: cliargs.Many},
	{Name: "replace", Arity: cliargs.Many},
	{Name: "file", Arity: cliargs.Many},
	{Name: "edit_script", Arity: cliargs.Many},
	{Name: "alter", Arity: cliargs.Each, Swallows: swallowAlter},
	{Name: "query", Arity: cliargs.Many},
	{Name: "plug", Arity: cliargs.Many},
	{Name: "why", Arity: cliargs.Optional},
	{Name: "show", Arity: cliargs.Optional},

	// Words of the commands init and complete, options of their own.
	{Name: "add", Arity: cliargs.Many},
	{Name: "remove", Arity: cliargs.Many},

	// What a group cannot hold.
	{Name: "group", Arity: cliargs.One},
	{Name: "help", Short: 'h', Arity: cliargs.Optional},
	{Name: "version", Short: 'v'},
	{Name: "debug", Short: 'd'},
	{Name: "rid", Arity: cliargs.Optional},
	{Name: "port", Arity: cliargs.Optional},
	{Name: "host", Arity: cliargs.Optional},
	{Name: "user", Arity: cliargs.Optional},
	{Name: "password", Arity: cliargs.Optional},
	{Name: "ssl"},
	{Name: "http"},
	{Name: "https"},

	// Ours.
	{Name: "output", Arity: cliargs.One, Exact: true},
}

// Options lists the options of a command line, for [cliargs.Parse].
func Options() []cliargs.Option { return options[:] }

// memberOptions are those of a command in a group.
// source: CtsCmdRegistry::addCmdOptions, without a group
func memberOptions() []cliargs.Option {
	for i := range options {
		if options[i].Name == "group" {
			return options[:i]
		}
	}
	return nil
}

// Chosen gives the command that a command line asks for, with its words as [Spec.Words] takes
// them; nil if the line has none.
func Chosen(line *cliargs.Line) (*Spec, []string) {
	for i := range options {
		words, given := line.Get(options[i].Name)
		if !given {
			continue
		}
		if row, ok := Lookup(options[i].Name); ok {
			return row, withExtra(row, words, line)
		}
	}
	return nil, nil
}

// withExtra adds the words of the options that belong to a command.
func withExtra(row *Spec, words []string, line *cliargs.Line) []string {
	for _, extra := range [...]struct{ command, option string }{{"init", "add"}, {"complete", "remove"}} {
		if more, given := line.Get(extra.option); given && row.Name == extra.command {
			words = append(append(words[:len(words):len(words)], "--"+extra.option), more...)
		}
	}
	return words
}

// The options below take words that look like options.
// source: ecf::ClientOptionsParser

func swallowNone([]string) int { return 0 }

func swallowOne(following []string) int { return min(1, len(following)) }

// swallowAlter takes up to four words before the first path, and all paths after them. What an
// inlimit refers to may begin with a path.
func swallowAlter(following []string) int {
	isPath := func(i int) bool { return i < len(following) && following[i] != "" && following[i][0] == '/' }
	n := 0
	for n < 4 && n < len(following) && (!isPath(n) || n < 3 && following[0] == "inlimit") {
		n++
	}
	for isPath(n) {
		n++
	}
	return n
}
