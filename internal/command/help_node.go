package command

const pathsText = "one or more absolute paths of nodes, divided by blanks"

// helpNode is the help of what is done to nodes.
func helpNode(name string) Help {
	many := HelpArgument{"paths", "path ...", pathsText}
	switch name {
	case "suspend":
		return Help{
			Shapes:    []string{"--suspend=<path> [<path> ...]"},
			Text:      "Neither the nodes nor anything below them is submitted until --resume. Jobs that run are not touched, and states stay as they are. Needs write access.",
			Arguments: []HelpArgument{many},
			Examples:  []HelpExample{{"ecflow_client --suspend=/suite/family", ""}, {"ecflow_client --suspend /s1 /s2", "two suites"}},
		}
	case "resume":
		return Help{
			Shapes:    []string{"--resume=<path> [<path> ...]"},
			Text:      "What is free to run is submitted. A node below that was suspended by itself stays so. Needs write access.",
			Arguments: []HelpArgument{many},
			Examples:  []HelpExample{{"ecflow_client --resume=/suite/family", ""}, {"ecflow_client --resume /s1 /s2", "two suites"}},
		}
	case "kill":
		return Help{
			Shapes: []string{"--kill=<path> [<path> ...]"},
			Text: "The server runs the command that ECF_KILL_CMD holds, with its variables filled in, for each active or submitted task at or below the paths. " +
				"The command should write to %ECF_JOB%.kill, where --file=<path> kill finds it. Whether the job ended is not known from this command: a killed job's trap usually reports an abort. Needs write access.",
			Arguments: []HelpArgument{many},
			Examples:  []HelpExample{{"ecflow_client --kill=/suite/family/task", ""}, {"ecflow_client --file=/suite/family/task kill", "what the kill command wrote"}},
			Exit:      "0 when the server started the command, or there was nothing to kill; 1 when it refused, as when ECF_KILL_CMD is not set, or no server answered.",
		}
	case "status":
		return Help{
			Shapes: []string{"--status=<path> [<path> ...]"},
			Text: "The server runs the command that ECF_STATUS_CMD holds, with its variables filled in, for each active or submitted task at or below the paths. " +
				"The command should write to %ECF_JOB%.stat, where --file=<path> stat finds it; it may also abort a task whose job is gone. When it fails the task gets the flag statuscmd_failed. Needs write access.",
			Arguments: []HelpArgument{many},
			Examples:  []HelpExample{{"ecflow_client --status=/suite/family/task", ""}, {"ecflow_client --file=/suite/family/task stat", "what the status command wrote"}},
			Exit:      "1 also when a task that was named is neither active nor submitted.",
		}
	case "check":
		return Help{
			Shapes: []string{"--check=_all_", "--check=/", "--check=<path> [<path> ...]"},
			Text: "Prints what is wrong: triggers and complete expressions that refer to nodes or attributes that do not exist, and inlimits without their limit. " +
				"When all is well an empty line is printed.",
			Arguments: []HelpArgument{{"paths", "_all_ | / | path ...", "_all_ and / stand for the whole definition, paths for these nodes and what is below them"}},
			Examples:  []HelpExample{{"ecflow_client --check=_all_", ""}, {"ecflow_client --check=/suite /other/family", ""}},
			Exit:      "0 also when problems were found and printed.",
		}
	case "edit_history":
		return Help{
			Shapes:    []string{"--edit_history=<path>", "--edit_history=clear"},
			Text:      "Prints one line for each change that people made to the node: when, what and who; nothing for a node without changes, or that does not exist. clear forgets the history of all nodes.",
			Arguments: []HelpArgument{{"path", "path | clear", "absolute path of one node; / for what concerned the server"}},
			Examples:  []HelpExample{{"ecflow_client --edit_history=/suite/family/task", ""}, {"ecflow_client --edit_history=clear", "forget everything"}},
		}
	case "archive":
		return Help{
			Shapes: []string{"--archive=<path> [<path> ...]"},
			Text: "The children of a suite or family go to a file of the server, ECF_HOME/<host>.<port>.<path with : for />.check, and leave its memory, which makes check points and clients faster. " +
				"They come back with --restore, or when the node is begun or queued again. Triggers on nodes that were archived cannot be evaluated meanwhile. The attribute autoarchive does the same by itself. Needs write access.\n\n" +
				"The original's help names a word force; all its versions ignore it.",
			Arguments: []HelpArgument{{"paths", "path ...", "absolute paths of suites or families"}},
			Examples:  []HelpExample{{"ecflow_client --archive=/suite", ""}, {"ecflow_client --archive=/s1/f1 /s2", ""}},
			Exit:      "1 also when a task below is active or submitted.",
		}
	case "restore":
		return Help{
			Shapes:    []string{"--restore=<path> [<path> ...]"},
			Text:      "Reads the files that --archive, or the attribute autoarchive, made. The attribute autorestore does the same by itself. Needs write access.",
			Arguments: []HelpArgument{{"paths", "path ...", "absolute paths of archived suites or families"}},
			Examples:  []HelpExample{{"ecflow_client --restore=/suite", ""}, {"ecflow_client --restore=/s1/f1 /s2", ""}},
			Exit:      "1 also when a node was not archived, has children, or its file is gone.",
		}
	case "delete":
		return Help{
			Shapes: []string{"--delete=[force] [yes] <path> [<path> ...]", "--delete=[force] [yes] _all_"},
			Text: "Nodes go with all that is below them. Whoever gives the command is asked first; the word yes answers beforehand, as scripts should. " +
				"The server refuses while tasks at or below the paths are active or submitted; with force it does not, and their jobs become zombies. Needs write access.",
			Arguments: []HelpArgument{
				{"force", "(optional)", "even with active or submitted tasks"},
				{"yes", "(optional)", "do not ask"},
				{"paths", "path ... | _all_", pathsText + "; _all_ is every suite"},
			},
			Examples: []HelpExample{
				{"ecflow_client --delete=/suite/family/task", "asks first"},
				{"ecflow_client --delete=force yes /s1 /s2", "two suites, at once and whatever runs"},
				{"ecflow_client --delete=_all_", "every suite"},
			},
			Exit: "1 also when the question was answered with no.",
		}
	case "order":
		return Help{
			Shapes: []string{"--order=<path> top|bottom|up|down|alpha|order|runtime"},
			Text:   "Tasks that are free at the same time are submitted in the order in which they stand. Needs write access.",
			Arguments: []HelpArgument{
				{"path", "path", "absolute path of a node; its brothers are those below the same parent"},
				{"how", "[ top | bottom | up | down | alpha | order | runtime ]", "top, bottom: before or behind all brothers; up, down: one place; alpha: sort all brothers by name; " +
					"order: sort them by name backwards; runtime: those that took longest first"},
			},
			Examples: []HelpExample{{"ecflow_client --order=/suite/family top", ""}, {"ecflow_client --order=/suite/family/task runtime", "sort task's brothers"}},
		}
	case "plug":
		return Help{
			Shapes: []string{"--plug=<path> <destination>"},
			Text: "Moves a node with all that is below it, without losing its state. To another server the node is passed on by the server that has it, not by this client. " +
				"Nothing moves when tasks below are active or submitted, when either path does not exist, when the new parent has a child of the same name, or when somebody else's plug is under way. Needs write access.",
			Arguments: []HelpArgument{
				{"path", "path", "absolute path of the node to move"},
				{"destination", "<path> | <host>:<port> | <host>:<port>/<path>", "the new parent; without a path a suite stays a suite"},
			},
			Examples: []HelpExample{
				{"ecflow_client --plug=/suite/f1/task /suite/f2", "to another family"},
				{"ecflow_client --plug=/suite ops2:3141", "to another server"},
			},
		}
	}
	return Help{}
}
