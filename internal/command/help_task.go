package command

// zombieBlocks and zombieGoesOn say what happens to a job that the server takes for a zombie.
const (
	zombieBlocks = "If the server takes the job for a zombie, the command waits, up to ECF_ZOMBIE_TIMEOUT, until somebody decides; a zombie " +
		"attribute of the node can decide beforehand."
	zombieGoesOn = "If the server takes the job for a zombie, the command ends well and nothing changes, so that the job goes on; a zombie " +
		"attribute of the node can say otherwise."
	childRetries = "While no server can be reached, or the server is halted, the command tries again until ECF_TIMEOUT is over. Ctrl-C or SIGTERM ends it at once."
)

// helpTask is the help of the commands that jobs use.
func helpTask(name string) Help {
	switch name {
	case "init":
		return Help{
			Shapes: []string{"--init=<rid> [--add <name>=<value> ...]"},
			Text: "The first command of a job: the task becomes active. The job says under which number it can be killed later; " +
				"unless ECF_RID says the same already, the variable should be set to it for the commands that follow.\n\n" +
				"With --add user variables are set on the task, for example to remember where its output is.\n\n" + zombieBlocks + "\n\n" + childRetries,
			Arguments: []HelpArgument{
				{"rid", "string", "process id of the job, or the number the batch system gave it; the server hands it to ECF_KILL_CMD and ECF_STATUS_CMD as %ECF_RID%"},
				{"--add", "(optional) <name>=<value> ...", "user variables to add to the task, or to change"},
			},
			Examples: []HelpExample{
				{"ecflow_client --init=$$", "the usual beginning of a job that runs in a shell"},
				{"ecflow_client --init=$SLURM_JOB_ID", "a job of a batch system"},
				{"ecflow_client --init=$$ --add OUTPUT=/scratch/x HOST=$(hostname)", "also set two variables on the task"},
			},
			Exit: "1 at once when ECF_RID is set to something other than the argument.",
		}
	case "complete":
		return Help{
			Shapes: []string{"--complete [--remove <name> ...]"},
			Text: "The last command of a job that did its work: the task becomes complete, and whatever waits for it may run.\n\n" +
				"With --remove user variables are deleted from the task, usually those that --init added.\n\n" + zombieBlocks + "\n\n" + childRetries,
			Arguments: []HelpArgument{{"--remove", "(optional) <name> ...", "user variables to delete from the task"}},
			Examples: []HelpExample{
				{"ecflow_client --complete", "the usual end of a job"},
				{"ecflow_client --complete --remove OUTPUT HOST", "also delete two variables of the task"},
			},
		}
	case "abort":
		return Help{
			Shapes: []string{"--abort [<reason>]", "--abort=<reason>"},
			Text: "The last command of a job that failed, usually called from a trap: the task becomes aborted. While its tries are " +
				"fewer than ECF_TRIES the server submits it again.\n\n" +
				"The reason is shown to users. Line ends are removed from it, and semicolons become blanks.\n\n" + zombieBlocks + "\n\n" + childRetries,
			Arguments: []HelpArgument{{"reason", "(optional) string", "what went wrong, in one line"}},
			Examples: []HelpExample{
				{"ecflow_client --abort", ""},
				{`ecflow_client --abort="no input from $SOURCE"`, "tell users why"},
				{"trap 'ecflow_client --abort=trap; exit 1' ERR", "in a job script, when any command fails"},
			},
		}
	case "event":
		return Help{
			Shapes: []string{"--event=<name> [set | clear]"},
			Text: "Events tell others that a job has come to some point; triggers refer to them as /path/to/task:name. " +
				"The event is one of the task itself. If it has none of this name, the server only writes that to its log.\n\n" +
				zombieGoesOn + "\n\n" + childRetries,
			Arguments: []HelpArgument{
				{"name", "string | integer", "name or number of the event"},
				{"state", "(optional) [ set | clear ]", "what to do with it; set unless said otherwise"},
			},
			Examples: []HelpExample{
				{"ecflow_client --event=data_ready", "set the event data_ready"},
				{"ecflow_client --event=1", "set the event with number 1"},
				{"ecflow_client --event=data_ready clear", "for events that are set to begin with"},
			},
		}
	case "meter":
		return Help{
			Shapes: []string{"--meter=<name> <value>"},
			Text: "Meters show how far a job has come; triggers compare them: /path/to/task:name ge 24. If the task has no such meter, " +
				"or the value is out of its range, the server only writes that to its log.\n\n" + zombieGoesOn + "\n\n" + childRetries,
			Arguments: []HelpArgument{
				{"name", "string", "name of the meter"},
				{"value", "integer", "its new value"},
			},
			Examples: []HelpExample{
				{"ecflow_client --meter=step 24", ""},
				{"ecflow_client --meter step $STEP", "the same with a variable of the job"},
			},
		}
	case "label":
		return Help{
			Shapes: []string{"--label=<name> <text> ..."},
			Text: "Labels show people what a job is doing. Several words are joined with blanks; quote the text to keep its own. A line end " +
				"in it makes a label of several lines. If the task has no such label, the server only writes that to its log.\n\n" +
				zombieGoesOn + "\n\n" + childRetries,
			Arguments: []HelpArgument{
				{"name", "string", "name of the label"},
				{"text", "string ...", "its new text; empty quotes make it empty"},
			},
			Examples: []HelpExample{
				{`ecflow_client --label=info "step 24 of 240"`, ""},
				{`ecflow_client --label=info "first line" "still the first line"`, "words are joined with blanks"},
				{`ecflow_client --label=info ""`, "make it empty"},
			},
		}
	case "queue":
		return Help{
			Shapes: []string{"--queue=<name> active [<path>]", "--queue=<name> complete|aborted <step> [<path>]", "--queue=<name> no_of_aborted|reset [<path>]"},
			Text: "A queue attribute is a list of steps that one job, or several, work off one by one. active prints the next step and hands it to the caller; " +
				"complete and aborted report how it went.\n\n" +
				"The queue is looked for on the task and then on the nodes above it, unless a path is given.\n\n" + zombieBlocks + "\n\n" + childRetries,
			Arguments: []HelpArgument{
				{"name", "string", "name of the queue"},
				{"action", "[ active | complete | aborted | no_of_aborted | reset ]", "active: print the next queued or aborted step, <NULL> when there is none; complete, aborted: report a step; " +
					"no_of_aborted: print how many steps have failed; reset: go back to the first step that is queued or has failed"},
				{"step", "(with complete and aborted) string", "the step as active printed it"},
				{"path", "(optional) path", "node that has the queue; anything with a slash in it counts as the path"},
			},
			Examples: []HelpExample{
				{"step=$(ecflow_client --queue=steps active)", "take the next step"},
				{"ecflow_client --queue=steps complete $step", "it went well"},
				{"ecflow_client --queue=steps aborted $step", "it did not"},
				{`while step=$(ecflow_client --queue=steps active) && [ "$step" != "<NULL>" ]; do work $step; ecflow_client --queue=steps complete $step; done`, "work the whole queue off"},
			},
			Exit: "1 also when there is no such queue.",
		}
	case "wait":
		return Help{
			Shapes: []string{"--wait=<expression>"},
			Text: "The command ends when the expression is true. Unlike a trigger it holds a running job, which keeps its place in the batch system meanwhile: " +
				"a trigger is better where one can be used. The server is asked every ten seconds, without limit.\n\n" +
				"The expression is that of a trigger. Paths may be relative to the task, and must exist.\n\n" + zombieBlocks + "\n\n" + childRetries,
			Arguments: []HelpArgument{{"expression", "string", "a trigger expression; quote it"}},
			Examples: []HelpExample{
				{`ecflow_client --wait="/suite/other == complete"`, "wait for another task"},
				{`ecflow_client --wait="../fetch:ready and /limits/disk:free gt 10"`, "events, meters and variables too"},
			},
			Exit: "1 also when the expression cannot be read or names a node that does not exist.",
		}
	}
	return Help{}
}
