package command

// helpRun is the help of what starts nodes and changes their states.
func helpRun(name string) Help {
	switch name {
	case "begin":
		return Help{
			Shapes: []string{"--begin", `--begin="[<suite>] [--force]"`},
			Text: "Nodes of a suite get their default states, its clock starts, and the server runs what is free. A suite that was loaded does nothing before. " +
				"The server refuses a suite that has begun already. With --force it begins again, and jobs that run become zombies. Needs write access.",
			Arguments: []HelpArgument{{"suite", "(optional) string", "name of a suite; without it all suites. It and --force make one argument, so quote them"}},
			Examples: []HelpExample{
				{"ecflow_client --begin", "all suites"},
				{"ecflow_client --begin=suite", ""},
				{`ecflow_client --begin="suite --force"`, "begin again, whatever runs"},
			},
		}
	case "requeue":
		return Help{
			Shapes: []string{"--requeue=[abort | force] <path> [<path> ...]"},
			Text: "Nodes and all below them start over: states become the default, repeats their first value, events, meters, limits and flags what they were at first, times and dates count anew, and the labels of " +
				"suites and families are reset. The number of tries goes back as well, so the next job overwrites the output of the first. Whether a node below was suspended is forgotten; the nodes named stay suspended. " +
				"The suite must have begun. Needs write access.\n\n" +
				"--force=queued does less, and keeps output and repeats.",
			Arguments: []HelpArgument{
				{"mode", "(optional) [ abort | force ]", "abort: only aborted tasks at or below the paths; force: even with active or submitted tasks, whose jobs become zombies. Without it the server refuses while there are such tasks"},
				{"paths", "path ...", pathsText},
			},
			Examples: []HelpExample{
				{"ecflow_client --requeue=/suite/family", ""},
				{"ecflow_client --requeue=abort /suite", "run again what failed"},
				{"ecflow_client --requeue=force /suite/family/task", "whatever it is doing"},
			},
		}
	case "run":
		return Help{
			Shapes: []string{"--run=[force] <path> [<path> ...]"},
			Text: "Triggers, times, dates, limits and suspension do not count; of a suite or family all tasks below are submitted. Earlier output is kept, since the number of tries goes up; " +
				"events, meters and repeats stay as they are. Needs write access.\n\n" +
				"A run uses up one time: a task with a single time is not queued again when that comes, and one with a range moves on to the next. --group=\"get; why\" shows when that is.",
			Arguments: []HelpArgument{
				{"force", "(optional)", "even if a task is active or submitted; its job becomes a zombie"},
				{"paths", "path ...", pathsText + "; name no task twice"},
			},
			Examples: []HelpExample{{"ecflow_client --run=/suite/family/task", ""}, {"ecflow_client --run=force /suite/family", "all tasks of the family, now"}},
		}
	case "force":
		return Help{
			Shapes: []string{"--force=<state> [recursive] [full] <path> [<path> ...]", "--force=set|clear <path>:<event> [<path>:<event> ...]"},
			Text: "States change as if jobs had reported them, and what waits for them may run. Jobs that run are not killed: they become zombies. Needs write access.\n\n" +
				"Forcing a task complete uses up one time, as --run does. Forcing it queued makes it run again when it is free: events, meters and the flag late are reset, and the place in limits is given back, " +
				"but tries, output, repeats, times and labels stay, unlike with --requeue.",
			Arguments: []HelpArgument{
				{"state", "[ unknown | complete | queued | submitted | active | aborted | set | clear ]", "the new state; set and clear are for events"},
				{"recursive", "(optional)", "also all nodes below"},
				{"full", "(optional)", "with recursive and complete: repeats move to their last value"},
				{"paths", "path ... | path:event ...", pathsText + "; with set and clear each followed by a colon and the event's name"},
			},
			Examples: []HelpExample{
				{"ecflow_client --force=complete /suite/family/task", ""},
				{"ecflow_client --force=complete recursive full /suite/family", "the family is done, repeats included"},
				{"ecflow_client --force=set /suite/family/task:data_ready", "set an event"},
			},
		}
	case "free-dep":
		return Help{
			Shapes: []string{"--free-dep=[trigger | all | date | time] <path> [<path> ...]"},
			Text: "The nodes no longer wait for what is named, until they are queued again. When a time is freed, the next one is skipped. " +
				"Limits and suspension still hold. Needs write access.",
			Arguments: []HelpArgument{
				{"what", "(optional) [ trigger | all | date | time ]", "trigger, which is meant when nothing is said; date: date and day; time: time, today and cron; all: all of them"},
				{"paths", "path ...", pathsText},
			},
			Examples: []HelpExample{
				{"ecflow_client --free-dep=/suite/family/task", "from its trigger"},
				{"ecflow_client --free-dep=all /s1/t1 /s1/t2", "from everything"},
			},
		}
	case "job_gen":
		return Help{
			Shapes:    []string{"--job_gen[=<path>]"},
			Text:      "The server looks for jobs to submit once a minute and after changes; this makes it look at once, for example after a time was freed. Needs write access.",
			Arguments: []HelpArgument{{"path", "(optional) path", "absolute path of a node; without it the whole definition"}},
			Examples:  []HelpExample{{"ecflow_client --job_gen=/suite", ""}, {"ecflow_client --job_gen", ""}},
		}
	case "checkJobGenOnly":
		return Help{
			Shapes:    []string{"--checkJobGenOnly[=<path>]"},
			Text:      "Finds scripts and include files that are missing and variables that are not set, without running anything: the job files are written whatever the dependencies.",
			Arguments: []HelpArgument{{"path", "(optional) path", "absolute path of a node; without it the whole definition"}},
			Examples:  []HelpExample{{"ecflow_client --checkJobGenOnly=/suite", ""}},
			Exit:      "1 when a job could not be made; the message tells which.",
		}
	case "edit_script":
		return Help{
			Shapes: []string{"--edit_script=<path> edit|pre_process", "--edit_script=<path> pre_process_file <file>", "--edit_script=<path> submit <file>",
				"--edit_script=<path> submit_file <file> [create_alias] [no_run]"},
			Text: "Scripts with a few changes, for one run: edit prints the script, preceded by the variables it uses; the text is saved, changed and given back with submit or submit_file. " +
				"Submitting needs write access.",
			Arguments: []HelpArgument{
				{"path", "path", "absolute path of a task or alias"},
				{"action", "[ edit | pre_process | submit | pre_process_file | submit_file ]", "edit: print the script and its variables; pre_process: print it with include files inserted; " +
					"pre_process_file: the same for the file given; submit: run the server's script with the variables of the file; submit_file: run the file itself"},
				{"file", "(for all but edit and pre_process) path", "a file on this machine"},
				{"create_alias", "(optional, with submit_file)", "make an alias below the task and run that, so that the task itself is not touched"},
				{"no_run", "(optional, with submit_file)", "make the alias, do not run it"},
			},
			Examples: []HelpExample{
				{"ecflow_client --edit_script=/suite/family/task edit > my.ecf", ""},
				{"ecflow_client --edit_script=/suite/family/task submit_file my.ecf create_alias", "run the changed script beside the task"},
				{"ecflow_client --edit_script=/suite/family/task pre_process", "the script with its include files"},
			},
		}
	case "file":
		return Help{
			Shapes: []string{"--file=<path> [<kind>] [<lines>]"},
			Text:   "Prints a file that the server can read.",
			Arguments: []HelpArgument{
				{"path", "path", "absolute path of a task or alias; suites and families have manuals only"},
				{"kind", "(optional) [ script | job | jobout | manual | kill | stat ]", "script, unless said otherwise; job: what was submitted; jobout: its output; manual: the manual pages of the script; " +
					"kill, stat: what ECF_KILL_CMD and ECF_STATUS_CMD wrote"},
				{"lines", "(optional) integer", "the last so many lines; 10000 unless said otherwise"},
			},
			Examples: []HelpExample{
				{"ecflow_client --file=/suite/family/task", "the script"},
				{"ecflow_client --file=/suite/family/task jobout 50", "the last 50 lines of the output"},
				{"ecflow_client --file=/suite/family/task manual", ""},
			},
			Exit: "1 when the file does not exist or the server may not read it.",
		}
	}
	return Help{}
}
