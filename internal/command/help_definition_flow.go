package command

// itemFlow is the help of attributes that decide what runs, and of watchers.
func itemFlow(name string) HelpItem {
	parts := []HelpArgument{
		{"expression", "", "compares states (task == complete, aborted, active, ...), events, meters, limits, variables and repeats (path:name ge 10), and flags (path<flag>late); " +
			"joined by and, or, not, &&, ||, ! and brackets; numbers by + - * / %; == != < > <= >= or eq ne lt gt le ge. Paths may be relative. A \\ at the end of a line goes on with the next"},
		{"-a, -o", "", "on further lines: joined to those before by and, or by or"},
	}
	switch name {
	case "trigger":
		return HelpItem{
			Summary: "keeps a node from running until an expression is true", Shapes: []string{"trigger <expression>", "trigger -a <expression>", "trigger -o <expression>"},
			Arguments: parts, Examples: []string{"trigger fetch == complete", "trigger ../analysis:data_ready or ../analysis == complete", "trigger model:step ge 24 and /limits:disk lt 10"},
		}
	case "complete":
		return HelpItem{
			Summary: "makes a node complete, without running it, when an expression is true", Shapes: []string{"complete <expression>", "complete -a <expression>", "complete -o <expression>"},
			Text:      "Evaluated before the trigger.",
			Arguments: parts, Examples: []string{"complete check:nothing_to_do", "complete :REAL_TIME eq 0"},
		}
	case "defstatus":
		return HelpItem{
			Summary: "state of a node when it is begun or queued", Shapes: []string{"defstatus <state>"},
			Arguments: []HelpArgument{{"state", "", "queued, which is meant without it, complete, unknown, aborted, submitted, active; or suspended: queued, and held until --resume"}},
			Examples:  []string{"defstatus suspended", "defstatus complete"},
		}
	case "autorestore":
		return HelpItem{
			Summary: "brings archived nodes back when this node is complete", Shapes: []string{"autorestore <path> [<path> ...]"},
			Text:      "Usually with a trigger on the flag archived of these nodes.",
			Arguments: []HelpArgument{{"path", "", "a suite or family, absolute or relative"}},
			Examples:  []string{"trigger ../old<flag>archived", "autorestore ../old"},
		}
	case "zombie":
		return HelpItem{
			Summary: "what happens to zombies of tasks at or below", Shapes: []string{"zombie <type>:<action>:[<command>[,<command> ...]]:[<lifetime>]"},
			Text: "A zombie is a job that does not fit its task; see --help=zombie_get.",
			Arguments: []HelpArgument{
				{"type", "", "ecf (submitted by the server twice), ecf_pid, ecf_passwd, ecf_pid_passwd, user (a user forced or queued a task that ran), path (the task is gone)"},
				{"action", "", "fob, fail, block, adopt, remove or kill; see --help=zombie_fob and the like"},
				{"command", "", "init, event, meter, label, wait, queue, abort, complete; none means all"},
				{"lifetime", "", "seconds after which the server forgets it: at least 60; else 300 for user, 900 for path, 3600 for the others"},
			},
			Examples: []string{"zombie ecf:fob::", "zombie user:block:init,complete:600"},
		}
	case "aviso":
		return HelpItem{
			Summary: "waits for a notification of an Aviso service",
			Shapes:  []string{"aviso --name <name> --listener '<json>' [--url <url>] [--schema <path>] [--polling <seconds>] [--revision <number>] [--auth <path>]"},
			Text:    "Needs a server from 5.13.",
			Arguments: []HelpArgument{
				{"--listener", "", "what to wait for, as Aviso writes it, in single quotes"}, {"--url, --schema, --polling, --auth", "", "the service, the form of notifications, how often to ask, and a file with a token; else the variables ECF_AVISO_URL, _SCHEMA, _POLLING, _AUTH"},
				{"--revision", "", "the last notification that counts as known"},
			},
			Examples: []string{`aviso --name data --listener '{ "event": "dissemination", "request": { "target": "E1", "step": 24 } }'`},
		}
	case "mirror":
		return HelpItem{
			Summary: "shows the state of a node of another server as its own",
			Shapes:  []string{"mirror --name <name> --remote_path <path> [--remote_host <host>] [--remote_port <port>] [--polling <seconds>] [--ssl] [--remote_auth <path>]"},
			Text:    "So that triggers can wait for what another server does. Needs a server from 5.13.",
			Arguments: []HelpArgument{
				{"--remote_host, --remote_port, --polling, --remote_auth", "", "the other server, how often to ask it, and a file with a password; else the variables ECF_MIRROR_REMOTE_HOST, _PORT, _POLLING, _AUTH, else localhost, 3141 and 120 seconds"},
				{"--ssl", "", "speak TLS to it"},
			},
			Examples: []string{"mirror --name ops --remote_path /forecast/analysis --remote_host ops1 --ssl"},
		}
	}
	return HelpItem{}
}
