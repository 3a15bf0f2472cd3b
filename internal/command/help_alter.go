package command

// helpAlter is the help of what changes attributes.
func helpAlter(name string) Help {
	if name != "alter" {
		return Help{}
	}
	return Help{
		Shapes: []string{
			"--alter=add <kind> <name> <value> <path> [<path> ...]",
			"--alter=change <kind> <name> <value> <path> [<path> ...]",
			"--alter=delete <kind> [<name>] <path> [<path> ...]",
			"--alter=set_flag|clear_flag <flag> <path> [<path> ...]",
			"--alter=sort event|meter|label|variable|limit|all [recursive] <path> [<path> ...]",
		},
		Text: "Needs write access. The path / stands for the server and its variables. Names and values with blanks must be quoted, since the first word that begins with a slash begins the paths. " +
			"Names and values are checked before anything is sent. A suite whose clock was changed must be queued again for the change to count.\n\n" +
			"Kinds without a name (trigger, complete, repeat, late, time, date and the like) have their text in its place. An empty name after delete deletes all of that kind.",
		Arguments: []HelpArgument{
			{"verb", "[ add | change | delete | set_flag | clear_flag | sort ]", "what to do"},
			{"kind, with add", "[ " + wordsOf(alterAdds) + " ]", "time, today, date and day take their text as name; the value of event is set or clear; that of meter is <min>,<max>,<value>; that of limit a number; " +
				"inlimit is [<path>:]<limit> with the number of places, after -n or -s where wanted; late is \"-s +00:10 -a 06:30 -c +01:30\"; " +
				"zombie is type:action:commands:lifetime. event and meter need a server from 5.14, aviso and mirror one from 5.13"},
			{"kind, with change", "[ " + wordsOf(alterChanges) + " ]", "clock_type is real or hybrid; clock_gain seconds; clock_date day.month.year; clock_sync has neither name nor value; " +
				"limit_max and limit_value name the limit first, limit_value with the value reset counts anew who holds it, on servers after 5.17; defstatus is a state or suspended; time and today name the old text, then the new; aviso and mirror with the value reload read their settings again"},
			{"kind, with delete", "[ " + wordsOf(alterDeletes) + " ]", "limit_path takes the limit's name and then the path that is to give its place back"},
			{"flag", "[ " + wordsOf(alterFlags) + " ]", "flags are what users see as marks beside a node"},
			{"name, value", "string", "the attribute, and its new value"},
			{"paths", "path ...", pathsText},
		},
		Examples: []HelpExample{
			{"ecflow_client --alter=add variable EXPVER 0001 /suite", ""},
			{"ecflow_client --alter=change variable ECF_TRIES 3 /", "of the server"},
			{`ecflow_client --alter=change trigger "../fetch == complete" /suite/family/task`, ""},
			{`ecflow_client --alter=change label info "by hand" /s/t1 /s/t2`, ""},
			{"ecflow_client --alter=change limit_max jobs 10 /limits", ""},
			{"ecflow_client --alter=delete variable /suite/family", "all its variables"},
			{"ecflow_client --alter=clear_flag late /suite/family/task", ""},
			{`ecflow_client --alter=add zombie "ecf:fob::" /suite`, "let zombies end in peace"},
			{"ecflow_client --alter=sort variable recursive /suite", ""},
		},
		Exit: "1 also when one of several paths does not exist; then nothing changes.",
	}
}

// helpAttribute is the help of what reads attributes, and of groups.
func helpAttribute(name string) Help {
	switch name {
	case "query":
		return Help{
			Shapes: []string{"--query state|dstate <path>", "--query repeat <path> [prev | next]", "--query event|meter|label|limit|limit_max|variable <path>:<name>",
				"--query trigger <path> <expression>"},
			Text: "Prints one value and a line end, and waits for nothing. Cheap for the server, but a job that asks every second should have a trigger instead; " +
				"the server logs which task asked.",
			Arguments: []HelpArgument{
				{"kind", "[ state | dstate | repeat | event | meter | label | limit | limit_max | variable | trigger ]", "state: unknown, complete, queued, aborted, submitted or active; dstate: these, or suspended; " +
					"event: set or clear; meter, limit, limit_max: a number; repeat: its value; label: its text; variable: its value, also of repeats, generated variables and nodes above, and, by servers after 5.17, of the server; trigger: true or false"},
				{"path", "path", "absolute path of the node, / for the server; where there is a name it follows after a colon"},
				{"prev, next", "(optional, with repeat)", "the value before or after the present one"},
				{"expression", "(with trigger) string", "evaluated as if it were the node's trigger; quote it"},
			},
			Examples: []HelpExample{
				{"ecflow_client --query state /suite/family/task", ""},
				{"ecflow_client --query variable /suite/family:YMD", "found above, if family has none"},
				{"ecflow_client --query repeat /suite next", ""},
				{`ecflow_client --query trigger /suite/task "other == complete"`, "prints true or false"},
			},
			Exit: "0 when there is a value, whichever; 1 when node or attribute does not exist.",
		}
	case "group":
		return Help{
			Shapes: []string{`--group="<command>; <command>; ..."`},
			Text: "The server runs the commands in order, in one request. One that fails does not stop those after it. Commands are written as on the command line, their leading dashes may be missing. " +
				"halt, shutdown, terminate and delete ask first, unless they say yes.\n\n" +
				"get fetches the definition; show and why then print from it, see --help=show and --help=why.",
			Arguments: []HelpArgument{{"commands", "string", "one argument, so quote it; quotes inside keep words together"}},
			Examples: []HelpExample{
				{`ecflow_client --group="get; show state"`, ""},
				{`ecflow_client --group="suspend /s1; requeue force /s1; resume /s1"`, ""},
				{`ecflow_client --group="halt=yes; reloadwsfile; restart"`, ""},
			},
			Exit: "1 when any of the commands failed.",
		}
	case "show":
		return Help{
			Shapes: []string{`--group="get[=<path>]; show [defs | state | migrate]"`},
			Text: "Has a meaning in a group only, after get.\n\n" +
				"                               defs   state   migrate\n" +
				" can be loaded again           yes    yes     yes\n" +
				" externs are added             yes    yes     no\n" +
				" is checked when loaded        yes    yes     no\n" +
				" has states                    no     yes     yes\n" +
				" has triggers taken apart      no     yes     no\n" +
				" has the edit history          no     no      yes",
			Arguments: []HelpArgument{{"style", "(optional) [ defs | state | migrate ]", "defs, unless said otherwise"}},
			Examples: []HelpExample{
				{`ecflow_client --group="get; show" > all.def`, "the definition, as it can be loaded again"},
				{`ecflow_client --group="get=/suite; show state"`, ""},
				{`ecflow_client --group="get; show migrate"`, "for another version of the server"},
			},
		}
	case "why":
		return Help{
			Shapes:    []string{`--group="get; why"`, `--group="get; why=<path>"`},
			Text:      "Has a meaning in a group only, after get. Prints what each node that should run waits for: triggers with the part that is false, times, dates, limits, suspension, a server that is not running.",
			Arguments: []HelpArgument{{"path", "(optional) path", "absolute path of a node; it and what is below it"}},
			Examples: []HelpExample{
				{`ecflow_client --group="get; why"`, "everything that waits"},
				{`ecflow_client --group="get; why=/suite/family/task"`, ""},
			},
		}
	}
	return Help{}
}
