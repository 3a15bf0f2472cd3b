package command

// itemValue is the help of attributes that hold values.
func itemValue(name string) HelpItem {
	switch name {
	case "edit":
		return HelpItem{
			Summary:   "a user variable, known to the node and all below",
			Shapes:    []string{"edit <name> '<value>'"},
			Text:      "Scripts use it as %NAME%, expressions as path:NAME. A node below may give it another value.",
			Arguments: []HelpArgument{{"name", "", "letters, digits, underscores and dots; capitals by habit"}, {"value", "", "any text; in quotes, single or double, if it holds blanks"}},
			Examples:  []string{"edit EXPVER '0001'", "edit ECF_HOME '/home/fred/suites'"},
		}
	case "event":
		return HelpItem{
			Summary:   "something a job says once, set or clear",
			Shapes:    []string{"event <name> [set]", "event <number> [<name>] [set]"},
			Text:      "Set by ecflow_client --event=<name>; clear again when the node is queued. In expressions path:name.",
			Arguments: []HelpArgument{{"number, name", "", "how jobs and expressions name it"}, {"set", "", "it is set to begin with"}},
			Examples:  []string{"event data_ready", "event 1", "event 2 half_done set"},
		}
	case "meter":
		return HelpItem{
			Summary:   "a number that a job moves forward",
			Shapes:    []string{"meter <name> <min> <max> [<threshold>]"},
			Text:      "Set by ecflow_client --meter=<name> <value>; at its minimum again when the node is queued. In expressions path:name.",
			Arguments: []HelpArgument{{"min, max", "", "integers, may be below zero"}, {"threshold", "", "user interfaces change the colour there"}},
			Examples:  []string{"meter step 0 240", "meter step 0 240 120"},
		}
	case "label":
		return HelpItem{
			Summary:   "a text that a job shows to people",
			Shapes:    []string{"label <name> \"<text>\""},
			Text:      "Set by ecflow_client --label=<name> <text>. Nothing depends on it.",
			Arguments: []HelpArgument{{"text", "", "the text to begin with; may be empty"}},
			Examples:  []string{"label info \"\"", "label info \"waiting for input\""},
		}
	case "limit":
		return HelpItem{
			Summary:   "a number of places, which inlimits take",
			Shapes:    []string{"limit <name> <max>"},
			Text:      "By itself it does nothing: see defs/inlimit.",
			Arguments: []HelpArgument{{"max", "", "how many places there are"}},
			Examples:  []string{"limit disk 20"},
		}
	case "inlimit":
		return HelpItem{
			Summary: "tasks at or below take places of a limit while they run",
			Shapes:  []string{"inlimit [-n | -s] [<path>:]<limit> [<places>]"},
			Text:    "A task that finds no place waits. Several inlimits must all have one.",
			Arguments: []HelpArgument{
				{"path", "", "node that has the limit; without it the nearest above"}, {"places", "", "how many a task takes; 1 unless said otherwise"},
				{"-n", "", "of a suite or family: it takes the places once, however many tasks below run"}, {"-s", "", "the places are given back as soon as the job has started"},
			},
			Examples: []string{"inlimit /limits:disk", "inlimit /limits:disk 2", "inlimit -n families"},
		}
	case "queue":
		return HelpItem{
			Summary:   "a list of steps that jobs work off",
			Shapes:    []string{"queue <name> <step> [<step> ...]"},
			Text:      "Jobs take and report steps by ecflow_client --queue.",
			Arguments: []HelpArgument{{"step", "", "any word, in quotes if it holds blanks"}},
			Examples:  []string{"queue steps 000 006 012 018"},
		}
	case "generic":
		return HelpItem{
			Summary:  "words that this version keeps and does not understand",
			Shapes:   []string{"generic <name> [<value> ...]"},
			Text:     "So that servers can hold what is meant for later ones.",
			Examples: []string{"generic owner fred"},
		}
	case "repeat":
		return HelpItem{
			Summary: "runs a node again and again, with another value each time",
			Shapes: []string{
				"repeat integer <name> <start> <end> [<step>]", "repeat date <name> <yyyymmdd> <yyyymmdd> [<days>]", "repeat datelist <name> <yyyymmdd> [<yyyymmdd> ...]",
				"repeat datetime <name> <yyyymmddThhmmss> <yyyymmddThhmmss> [<hh:mm:ss>]", "repeat datetimelist <name> <yyyymmddThhmmss> [...]",
				"repeat enumerated <name> \"<value>\" [\"<value>\" ...]", "repeat string <name> \"<value>\" [\"<value>\" ...]", "repeat day <step>",
			},
			Text: "When the node is complete it moves to the next value and is queued again, until the last. The value is a variable, also for expressions; of dates there are generated ones with year, month, day and Julian day too. " +
				"A node has one repeat at most. datetime needs a server from 5.12, datetimelist one from 5.17. day has no value: it moves the suite's clock of a begun suite on.",
			Arguments: []HelpArgument{{"name", "", "name of the variable"}, {"step, days", "", "1 unless said otherwise; may be below zero"}},
			Examples:  []string{"repeat date YMD 20260101 20261231", "repeat integer MEMBER 0 50", "repeat string STREAM \"oper\" \"wave\"", "repeat datetime T 20260101T000000 20260102T000000 06:00:00"},
		}
	}
	return HelpItem{}
}
