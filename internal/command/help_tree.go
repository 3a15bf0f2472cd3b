package command

// helpTree is the help of what carries definitions, and fetches them.
func helpTree(name string) Help {
	node := []HelpArgument{{"path", "(optional) path", "absolute path of a node; without it the whole definition"}}
	switch name {
	case "load":
		return Help{
			Shapes: []string{"--load=<file> [force]", "--load=<file> check_only|print|stats"},
			Text: "The file is read and checked here: mistakes in it, expressions that cannot be read or refer to nothing, and inlimits without a limit are told. Nothing is sent unless all is well. " +
				"The server refuses suites it has already, unless force is given. A check point file can be loaded too; it keeps its states. Needs write access.",
			Arguments: []HelpArgument{
				{"file", "path", "a definition or a check point file on this machine"},
				{"mode", "(optional) [ force | check_only | print | stats ]", "force: replace suites of the same name; check_only: send nothing; print: write the definition to standard output, send nothing; stats: count what is in it, send nothing"},
			},
			Examples: []HelpExample{
				{"ecflow_client --load=suite.def", ""},
				{"ecflow_client --load=suite.def force", "replace the suite in the server"},
				{"ecflow_client --load=suite.def check_only", "no server is needed"},
				{"ecflow_client --load=ops1.3141.ecf.check print", "look into a check point file"},
			},
			Exit: "1 when the file has mistakes, also with check_only.",
		}
	case "replace":
		return Help{
			Shapes: []string{"--replace=<path> <file> [parent | false] [force]"},
			Text: "The node in the server, with all below it, becomes that of the file; a node that the server does not have is added. Whether the old one was suspended is kept. " +
				"The definition must be free of mistakes. Expressions that then refer to nothing are told; see also --check. Needs write access.",
			Arguments: []HelpArgument{
				{"path", "path", "absolute path of the node, which must be in the file"},
				{"file", "path", "a definition file on this machine"},
				{"parent", "(optional) [ parent | false ]", "whether to make the suites and families above a node that the server does not have; parent, unless said otherwise"},
				{"force", "(optional)", "even with active or submitted tasks, whose jobs become zombies. Only after parent or false"},
			},
			Examples: []HelpExample{
				{"ecflow_client --replace=/suite/family suite.def", ""},
				{"ecflow_client --replace=/suite/family/task suite.def false force", "it must be there, and may be running"},
			},
		}
	case "get":
		return Help{
			Shapes:    []string{"--get[=<path>]"},
			Text:      "Printed without states, so that it can be loaded again; externs are added for what the expressions refer to elsewhere.",
			Arguments: node,
			Examples:  []HelpExample{{"ecflow_client --get > all.def", ""}, {"ecflow_client --get=/suite/family", ""}},
		}
	case "get_state":
		return Help{
			Shapes:    []string{"--get_state[=<path>]"},
			Text:      "As --get, with what changes as comments: states, events, meters, repeats, times and flags, and triggers taken apart.",
			Arguments: node,
			Examples:  []HelpExample{{"ecflow_client --get_state=/suite", ""}, {"ecflow_client --get_state | grep aborted", ""}},
		}
	case "migrate":
		return Help{
			Shapes: []string{"--migrate[=<path>]"},
			Text: "The form of a check point file, with indentation: what changes is written as comments, and the edit history is included. Externs are not, and nothing is checked when it is loaded again: " +
				"the way to carry suites that run to another version of the server.",
			Arguments: node,
			Examples:  []HelpExample{{"ecflow_client --migrate > all.check", ""}, {"ecflow_client --migrate=/suite", ""}},
		}
	}
	return Help{}
}

// helpSync is the help of what keeps a client's copy of the definition up to date.
func helpSync(name string) Help {
	const note = "Of use to programs that keep a copy of the definition, such as user interfaces and the Python module; on the command line it shows whether the server answers, and nothing is printed."
	numbers := []HelpArgument{
		{"handle", "integer", "a number that --ch_register gave; 0 for all suites"},
		{"state", "integer", "state change number of the copy"},
		{"modify", "integer", "modify change number of the copy"},
	}
	switch name {
	case "news":
		return Help{Shapes: []string{"--news=<handle> <state> <modify>"}, Text: "Compares the numbers of a copy with those of the server. " + note, Arguments: numbers,
			Examples: []HelpExample{{"ecflow_client --news=0 0 0", ""}}}
	case "sync":
		return Help{Shapes: []string{"--sync=<handle> <state> <modify>"}, Text: "Fetches the changes that a copy lacks, or the whole definition when these are too many. " + note, Arguments: numbers,
			Examples: []HelpExample{{"ecflow_client --sync=0 0 0", ""}}}
	case "sync_clock":
		return Help{Shapes: []string{"--sync_clock=<handle> <state> <modify>"}, Text: "As --sync, and the clocks of all suites always come with it. " + note, Arguments: numbers,
			Examples: []HelpExample{{"ecflow_client --sync_clock=0 0 0", ""}}}
	case "sync_full":
		return Help{Shapes: []string{"--sync_full=<handle>"}, Text: "Fetches the whole definition. " + note + " Only for handle 0: a server that does not know another one dies of the question, so it is refused here.",
			Arguments: numbers[:1], Examples: []HelpExample{{"ecflow_client --sync_full=0", ""}}}
	}
	return Help{}
}
