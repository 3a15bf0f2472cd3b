package command

const zombieText = "A zombie is a job whose password, process id or try is not that of its task: one that was submitted twice, forced while it ran, or outlived a --delete. See --zombie_get. Needs write access."

// helpZombie is the help of what is decided about zombies.
func helpZombie(name string) Help {
	text, exit := "", "0 also when there is no such zombie; 1 when the server refused, or none answered."
	switch name {
	case "zombie_get":
		return Help{
			Shapes:   []string{"--zombie_get"},
			Text:     "Prints a table with path, type, process id, password and try of each, what its last command was, and what will be done to it.",
			Examples: []HelpExample{{"ecflow_client --zombie_get", ""}},
		}
	case "zombie_fob":
		text = "The job can go on to its end: what it reports from now on is answered with success and changes nothing. The server forgets it an hour after it was last heard of."
	case "zombie_fail":
		text = "What the job reports next is answered with an error, so that a script with \"set -e\" ends. Its --abort fails as well: a trap must not call itself again."
	case "zombie_adopt":
		text = "The task takes the job for its own, with its password, and the zombie is forgotten. The server refuses when the process ids differ."
	case "zombie_block":
		text = "What the job reports waits, up to ECF_TIMEOUT or ECF_ZOMBIE_TIMEOUT, until something else is decided. This is what happens by itself to init, complete, abort, wait and queue."
	case "zombie_remove":
		text = "The server forgets the zombie. As long as the job runs it will come back with its next report."
	case "zombie_kill":
		text = "The server runs ECF_KILL_CMD with the zombie's own process id. Only for zombies whose task exists; the job goes on until it is hit."
		exit = "1 also when there is no such zombie."
	default:
		return Help{}
	}
	return Help{
		Shapes:    []string{"--" + name + "=<path> [<path> ...]"},
		Text:      text + " " + zombieText,
		Arguments: []HelpArgument{{"paths", "path ...", "absolute paths of tasks; all zombies of each are meant"}},
		Examples: []HelpExample{
			{"ecflow_client --" + name + "=/suite/family/task", ""},
			{"ecflow_client --" + name + "=/suite/t1 /suite/t2", "two tasks"},
		},
		Exit: exit,
	}
}

// helpHandle is the help of handles.
func helpHandle(name string) Help {
	const note = "A handle is a view of some suites, which lives in the server until it is dropped; --sync and --news take its number. --ch_suites lists them all."
	handle := HelpArgument{"handle", "integer", "its number, as --ch_suites shows it; above 0"}
	suites := HelpArgument{"suites", "name ...", "names of suites, divided by blanks; they need not exist yet"}
	auto := HelpArgument{"auto-add", "true | false", "whether suites that are loaded later are seen as well"}
	switch name {
	case "ch_register":
		return Help{
			Shapes:    []string{"--ch_register=[<handle>] true|false [<suite> ...]"},
			Text:      note + " With a number that handle is dropped first.",
			Arguments: []HelpArgument{{"handle", "(optional) integer", "a handle to drop"}, auto, suites},
			Examples: []HelpExample{
				{"ecflow_client --ch_register=false s1 s2", ""},
				{"ecflow_client --ch_register=true s1", "s1, and whatever is loaded later"},
				{"ecflow_client --ch_register=1 true s1 s2", "in place of handle 1"},
			},
		}
	case "ch_suites":
		return Help{Shapes: []string{"--ch_suites"}, Text: "Prints a table: user, number, whether new suites are seen, and the suites. " + note,
			Examples: []HelpExample{{"ecflow_client --ch_suites", ""}}}
	case "ch_drop":
		return Help{Shapes: []string{"--ch_drop=<handle>"}, Text: note, Arguments: []HelpArgument{handle},
			Examples: []HelpExample{{"ecflow_client --ch_drop=10", ""}}, Exit: "1 also when there is no such handle."}
	case "ch_drop_user":
		return Help{Shapes: []string{"--ch_drop_user[=<user>]"}, Text: note, Arguments: []HelpArgument{{"user", "(optional) string", "without it, you"}},
			Examples: []HelpExample{{"ecflow_client --ch_drop_user", ""}, {"ecflow_client --ch_drop_user=fred", ""}}, Exit: "1 also when the user has none."}
	case "ch_add":
		return Help{Shapes: []string{"--ch_add=<handle> <suite> [<suite> ...]"}, Text: note, Arguments: []HelpArgument{handle, suites},
			Examples: []HelpExample{{"ecflow_client --ch_add=10 s2 s3", ""}}, Exit: "1 also when there is no such handle."}
	case "ch_rem":
		return Help{Shapes: []string{"--ch_rem=<handle> <suite> [<suite> ...]"}, Text: note, Arguments: []HelpArgument{handle, suites},
			Examples: []HelpExample{{"ecflow_client --ch_rem=10 s2 s3", ""}}, Exit: "1 also when there is no such handle."}
	case "ch_auto_add":
		return Help{Shapes: []string{"--ch_auto_add=<handle> true|false"}, Text: note, Arguments: []HelpArgument{handle, auto},
			Examples: []HelpExample{{"ecflow_client --ch_auto_add=10 true", ""}}, Exit: "1 also when there is no such handle."}
	}
	return Help{}
}
