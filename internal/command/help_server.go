package command

// serverStates is a table of what a server does in its three states.
const serverStates = " state      users   jobs report   new jobs   check points\n" +
	" RUNNING    yes     yes           yes        yes\n" +
	" SHUTDOWN   yes     yes           no         yes\n" +
	" HALTED     yes     no            no         no"

const confirmText = "Whoever gives the command is asked first; the word yes answers beforehand, as scripts should."

// helpServer is the help of what concerns the server itself.
func helpServer(name string) Help {
	confirm := []HelpArgument{{"yes", "(optional)", "do not ask"}}
	switch name {
	case "ping":
		return Help{
			Shapes: []string{"--ping"},
			Text:   "Prints one line with the server's address and the time the answer took. Two attempts are made, one second apart.",
			Examples: []HelpExample{
				{"ecflow_client --ping", "the server that ECF_HOST and ECF_PORT name, else localhost:3141"},
				{"ecflow_client --ping --host=ops1 --port=3144", "another one"},
				{"until ecflow_client --ping; do sleep 1; done", "wait in a script until a server is up"},
			},
			Exit: "0 when the server answered, else 1.",
		}
	case "server_version":
		return Help{
			Shapes:   []string{"--server_version"},
			Text:     "Prints the number alone. --version tells that of this client.",
			Examples: []HelpExample{{"ecflow_client --server_version", "prints a line such as 5.19.0"}},
		}
	case "stats":
		return Help{
			Shapes:   []string{"--stats"},
			Text:     "Prints the server's state, its host and port, what its check points and job submission are set to, and how many requests of each kind it has had since it started or --stats_reset.",
			Examples: []HelpExample{{"ecflow_client --stats", ""}, {"ecflow_client --stats | grep -i status", "the server's state alone"}},
		}
	case "stats_server":
		return Help{
			Shapes:   []string{"--stats_server"},
			Text:     "The same facts as --stats; the server sends them as numbers, and the client writes the text.",
			Examples: []HelpExample{{"ecflow_client --stats_server", ""}},
		}
	case "stats_reset":
		return Help{
			Shapes:   []string{"--stats_reset"},
			Text:     "Only the counters that --stats shows begin anew. Needs write access.",
			Examples: []HelpExample{{"ecflow_client --stats_reset", "count from now on"}},
		}
	case "suites":
		return Help{
			Shapes:   []string{"--suites"},
			Text:     "Prints one name a line, without a leading slash.",
			Examples: []HelpExample{{"ecflow_client --suites", ""}, {"ecflow_client --suites | wc -l", "how many there are"}},
		}
	case "restart":
		return Help{
			Shapes:   []string{"--restart"},
			Text:     "The server's state becomes RUNNING: it takes messages of jobs, submits new ones and writes check points.\n\n" + serverStates,
			Examples: []HelpExample{{"ecflow_client --restart", "after starting a server, or after --shutdown or --halt"}},
		}
	case "shutdown":
		return Help{
			Shapes: []string{"--shutdown[=yes]"},
			Text: "The server's state becomes SHUTDOWN. Jobs that run can report and finish; nothing new is submitted. " + confirmText +
				" Needs write access.\n\n" + serverStates,
			Arguments: confirm,
			Examples:  []HelpExample{{"ecflow_client --shutdown=yes", "before an update of the machine; --restart goes on"}},
		}
	case "halt":
		return Help{
			Shapes: []string{"--halt[=yes]"},
			Text: "The server's state becomes HALTED. Nothing is submitted, jobs that want to report wait, and no check points are written by themselves. " + confirmText +
				" Needs write access.\n\n" + serverStates,
			Arguments: confirm,
			Examples: []HelpExample{
				{"ecflow_client --halt=yes", "--restart goes on"},
				{`ecflow_client --group="halt=yes; check_pt; terminate=yes"`, "end a server in good order"},
			},
		}
	case "terminate":
		return Help{
			Shapes: []string{"--terminate[=yes]"},
			Text: "The server process ends, whatever its state. Jobs that still run will wait for a server that answers at the same address. " +
				confirmText + " Needs write access.",
			Arguments: confirm,
			Examples:  []HelpExample{{"ecflow_client --terminate=yes", ""}},
			Exit:      "0 also when the server ended before it could answer.",
		}
	case "force-dep-eval":
		return Help{
			Shapes:   []string{"--force-dep-eval"},
			Text:     "Meant for finding faults: triggers, times and limits are evaluated at once, and what is free is submitted. Needs write access.",
			Examples: []HelpExample{{"ecflow_client --force-dep-eval", ""}},
		}
	case "debug_server_on":
		return Help{
			Shapes:   []string{"--debug_server_on"},
			Text:     "What it writes goes where the server's standard output was sent when it started. End it with --debug_server_off.",
			Examples: []HelpExample{{"ecflow_client --debug_server_on", ""}},
		}
	case "debug_server_off":
		return Help{
			Shapes:   []string{"--debug_server_off"},
			Text:     "The server goes back to writing its log alone.",
			Examples: []HelpExample{{"ecflow_client --debug_server_off", ""}},
		}
	}
	return Help{}
}

// helpServerFiles is the help of what concerns files of the server: logs, check points, users.
func helpServerFiles(name string) Help {
	switch name {
	case "check_pt":
		return Help{
			Shapes: []string{"--check_pt", "--check_pt=never|always|on_time|on_time:<seconds>|<seconds>|alarm:<seconds>"},
			Text: "A check point file holds the whole definition with its states; a server reads it when it starts. Without an argument the file is written now. " +
				"With one, only the setting changes, which needs write access.\n\n" +
				"Writing a large definition takes time, during which nothing is scheduled. When it takes longer than the alarm time (30 seconds), " +
				"the server gets the flag late, which stays until somebody clears it.",
			Arguments: []HelpArgument{{"mode", "(optional) [ never | always | on_time | on_time:<seconds> | <seconds> | alarm:<seconds> ]",
				"never: no check points but those asked for; always: after every change, too much for large definitions; on_time: every so many seconds, as set before (120 to begin with); " +
					"on_time:N: the same with a new interval; N: a new interval in whichever mode; alarm:N: the time after which writing counts as late"}},
			Examples: []HelpExample{
				{"ecflow_client --check_pt", "write the file now"},
				{"ecflow_client --check_pt=on_time:300", "from now on every five minutes"},
				{"ecflow_client --check_pt=alarm:60", "late is what takes over a minute"},
			},
		}
	case "restore_from_checkpt":
		return Help{
			Shapes:   []string{"--restore_from_checkpt"},
			Text:     "The server reads the file that it writes itself; when that cannot be read, the one before. It must be halted and hold no suites. Needs write access.",
			Examples: []HelpExample{{`ecflow_client --halt=yes && ecflow_client --delete=_all_ yes && ecflow_client --restore_from_checkpt`, "go back to the last check point"}},
		}
	case "reloadwsfile":
		return Help{
			Shapes: []string{"--reloadwsfile"},
			Text: "The white list says who may read and who may change. The server's variable ECF_LISTS names it, read once when the server starts; unset or ecf.lists means " +
				"<host>.<port>.ecf.lists. The file may change while the server runs, its place may not. Without the file, or without users in it, everybody may do everything. " +
				"Needs write access.\n\n" +
				"The first line that is no comment holds a version number. Each line after it names a user; a minus sign before it grants reading only, and an asterisk is everybody:\n\n" +
				" 4.4.14\n fred          # may change\n -wilma        # may read\n -*            # so may all others",
			Examples: []HelpExample{{"ecflow_client --reloadwsfile", "after editing the file"}},
			Exit:     "1 also when the file is not there or not valid; the server then goes on with what it had.",
		}
	case "reloadpasswdfile":
		return Help{
			Shapes: []string{"--reloadpasswdfile"},
			Text: "With a password file every user of a server needs a password. The server finds it by ECF_PASSWD, else <host>.<port>.ecf.passwd; a client has one of its own, readable by its owner alone, " +
				"named by ECF_PASSWD. Both have the same form: a line with a version, then one line for each user and server. Needs write access.\n\n" +
				" 4.5.0\n fred  ops1  3141  secret     # comment\n fred  ops2  3141  secret2\n\n" +
				"The file may change while the server runs, its place may not. A file without users locks everybody out.",
			Examples: []HelpExample{{"ecflow_client --reloadpasswdfile", "after a user was added; \"ecflow passwd\" edits such files safely"}},
			Exit:     "1 also when the file is not there.",
		}
	case "reloadcustompasswdfile":
		return Help{
			Shapes: []string{"--reloadcustompasswdfile"},
			Text: "The passwords of users who give a name of their own, by --user or ECF_USER, instead of their login. The file is named by ECF_CUSTOM_PASSWD, " +
				"else <host>.<port>.ecf.custom_passwd on the server; its form is that of the password file, see --help=reloadpasswdfile. Needs write access.",
			Examples: []HelpExample{{"ecflow_client --reloadcustompasswdfile", "after a user was added"}},
			Exit:     "1 also when the file is not there.",
		}
	case "log":
		return Help{
			Shapes: []string{"--log=get [<lines>]", "--log=path|clear|flush", "--log=new [<path>]"},
			Text:   "get prints the end of the log. A log can be very large, and all lines asked for pass through the server's memory. new needs write access.",
			Arguments: []HelpArgument{
				{"action", "[ get | path | clear | flush | new ]", "get: print the last lines; path: print where the log is on the server's machine; clear: make the file empty; " +
					"flush: write what is held and close the file, until the next line; new: go on in another file"},
				{"value", "(optional) <lines> | <path>", "with get, how many lines, 100 unless said otherwise; with new, a path on the server's machine, which becomes its ECF_LOG, else the path that ECF_LOG has now"},
			},
			Examples: []HelpExample{
				{"ecflow_client --log=get", "the last 100 lines"},
				{"ecflow_client --log=get 2000 | grep /suite/family", "what happened to a family"},
				{"ecflow_client --log=new /var/log/ecflow/$(date +%F).log", "begin a new file"},
			},
		}
	case "msg":
		return Help{
			Shapes:    []string{"--msg=<text>"},
			Text:      "Marks in the log what people did by other means.",
			Arguments: []HelpArgument{{"text", "string", "the line; quote it"}},
			Examples:  []HelpExample{{`ecflow_client --msg="disk of ops1 replaced"`, ""}},
		}
	case "server_load":
		return Help{
			Shapes: []string{"--server_load[=<log file>]"},
			Text: "Counts the requests in a server's log and writes three files into the current directory: <host>.<port>.gnuplot.dat with the figures, <host>.<port>.gnuplot.script, " +
				"which may be edited, and <host>.<port>.png, which gnuplot makes of them if it is installed.\n\n" +
				"Without a path the server is asked where its log is, and that file must be readable here. Naming it spares the server the question.",
			Arguments: []HelpArgument{{"log file", "(optional) path", "a log of a server, readable on this machine"}},
			Examples: []HelpExample{
				{"ecflow_client --server_load=/var/log/ecflow/ops1.3141.ecf.log", ""},
				{"ecflow_client --server_load", "ask the server for the path"},
			},
			Exit: "1 also when the log cannot be read.",
		}
	}
	return Help{}
}
