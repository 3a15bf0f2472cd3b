package command

// HelpItem is what one item of definition files tells about itself.
type HelpItem struct {
	Name, Kind string // node or attribute
	Summary    string // one line, without a full stop
	Shapes     []string
	Text       string // as in [Help]
	Arguments  []HelpArgument
	Examples   []string
}

// HelpItemNames are the items of definition files, sorted.
func HelpItemNames() []string {
	return []string{
		"alias", "autoarchive", "autocancel", "autorestore", "aviso", "clock", "complete", "cron", "date", "day", "definition",
		"defstatus", "edit", "event", "extern", "family", "generic", "inlimit", "label", "late", "limit", "meter", "mirror",
		"queue", "repeat", "suite", "task", "time", "today", "trigger", "zombie",
	}
}

// HelpForItem is the help of an item of definition files.
func HelpForItem(name string) (HelpItem, bool) {
	for _, family := range [...]func(string) HelpItem{itemNode, itemValue, itemTime, itemFlow} {
		if d := family(name); d.Shapes != nil {
			d.Name = name
			if d.Kind == "" {
				d.Kind = "attribute"
			}
			return d, true
		}
	}
	return HelpItem{}, false
}

// itemNode is the help of nodes and the definition itself.
func itemNode(name string) HelpItem {
	switch name {
	case "definition":
		return HelpItem{
			Kind: "node", Summary: "the whole file: externs, then suites",
			Shapes:   []string{"[extern <path> ...]", "[suite <name> ... endsuite ...]"},
			Text:     "No word begins or ends it. Below it are suites, in them families and tasks, in families again families and tasks. Text from # to the end of a line is a comment.",
			Examples: []string{"extern /limits:disk", "suite forecast", "  family analysis", "    task fetch", "  endfamily", "endsuite"},
		}
	case "suite":
		return HelpItem{
			Kind: "node", Summary: "the uppermost node, with a clock of its own",
			Shapes:   []string{"suite <name>", "  ...", "endsuite"},
			Text:     "Holds attributes, families and tasks, in any order. A suite cannot hold another one, nor the attributes time, today, date and day.",
			Examples: []string{"suite forecast", "  edit EXPVER '0001'", "  task fetch", "endsuite"},
		}
	case "family":
		return HelpItem{
			Kind: "node", Summary: "a node that holds other nodes, in a suite or a family",
			Shapes:   []string{"family <name>", "  ...", "endfamily"},
			Text:     "Its state is that of its children which needs most attention. A trigger or a time on it holds for all below.",
			Examples: []string{"family analysis", "  trigger fetch == complete", "  task screen", "endfamily"},
		}
	case "task":
		return HelpItem{
			Kind: "node", Summary: "a node that runs a script",
			Shapes:   []string{"task <name>", "  ..."},
			Text:     "Holds attributes, and aliases. It ends where the next node begins or the one around it ends; endtask may be written. Its script is <name>.ecf below ECF_FILES or ECF_HOME.",
			Examples: []string{"task fetch", "  edit SOURCE 'mars'", "  event data_ready"},
		}
	case "alias":
		return HelpItem{
			Kind: "node", Summary: "a copy of a task that runs a changed script",
			Shapes:   []string{"alias <name>", "  ...", "endalias"},
			Text:     "Made by --edit_script=<path> submit_file <file> create_alias, below its task, to try something without touching the task. Written in check points and by --migrate, not by --get.",
			Examples: []string{"task fetch", "  alias alias0", "    edit SOURCE 'disk'", "  endalias"},
		}
	case "extern":
		return HelpItem{
			Summary:  "a node or attribute of another file, which expressions refer to",
			Shapes:   []string{"extern <path>[:<name>]"},
			Text:     "Without it a reference to what is not in the file is a mistake. Stands before the suites.",
			Examples: []string{"extern /limits", "extern /other/family/task:data_ready"},
		}
	}
	return HelpItem{}
}
