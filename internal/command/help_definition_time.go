package command

// itemTime is the help of attributes that concern the clock.
func itemTime(name string) HelpItem {
	series := []HelpArgument{
		{"+", "", "counted from when the suite began or the node was queued, instead of by the clock"},
		{"start, end, step", "", "at start, then after every step, until end"},
	}
	switch name {
	case "clock":
		return HelpItem{
			Summary: "which time a suite takes it to be",
			Shapes:  []string{"clock real|hybrid [<dd.mm.yyyy>] [[+]<hh:mm> | <seconds>] [-s]", "endclock [<dd.mm.yyyy>] [[+]<hh:mm>]"},
			Text:    "Of a suite only. real goes with the days; with hybrid the date stays what it was when the suite began, and only the time of day passes. endclock ends a simulation.",
			Arguments: []HelpArgument{{"dd.mm.yyyy", "", "date to begin with, else today's"}, {"hh:mm, seconds", "", "how much the clock is ahead of the machine's"},
				{"-s", "", "the clock stands still while the server is halted"}},
			Examples: []string{"clock real", "clock hybrid 20.1.2026 +01:00"},
		}
	case "time":
		return HelpItem{
			Summary: "waits for a time of day, or for each of several", Shapes: []string{"time [+]<hh:mm>", "time [+]<start> <end> <step>"},
			Text:      "After each time but the last the node is queued again. Once the last has passed it waits until the node is queued, for example by a repeat above. For what comes every day see defs/cron.",
			Arguments: series, Examples: []string{"time 06:15", "time 08:00 18:00 02:00", "time +00:30"},
		}
	case "today":
		return HelpItem{
			Summary: "as time, but a time that has passed when the suite begins is free", Shapes: []string{"today [+]<hh:mm>", "today [+]<start> <end> <step>"},
			Text:      "A suite begun at 16:00 runs a node with today 15:00 at once; with time 15:00 it would wait for tomorrow.",
			Arguments: series, Examples: []string{"today 06:15", "today 08:00 18:00 02:00"},
		}
	case "cron":
		return HelpItem{
			Summary:   "waits for a time again and again, without end",
			Shapes:    []string{"cron [-w <days>] [-d <days>] [-m <months>] <hh:mm> [<end> <step>]"},
			Text:      "The node is queued again each time it is complete, so that it never stays complete: triggers should not wait for it.",
			Arguments: []HelpArgument{{"-w", "", "days of the week, 0 is Sunday; 5L is the last Friday of the month"}, {"-d", "", "days of the month; L is the last"}, {"-m", "", "months, 1 to 12"}},
			Examples:  []string{"cron 23:00", "cron -w 1,2,3,4,5 08:00 18:00 00:30", "cron -d L 12:00"},
		}
	case "date":
		return HelpItem{
			Summary: "waits for a date of the suite's clock", Shapes: []string{"date <dd>.<mm>.<yyyy>"},
			Text:      "With several dates any of them will do. With a time as well, both are needed.",
			Arguments: []HelpArgument{{"dd, mm, yyyy", "", "a number, or * for any"}}, Examples: []string{"date 01.*.*", "date 24.12.2026"},
		}
	case "day":
		return HelpItem{
			Summary: "waits for a day of the week", Shapes: []string{"day <name>"},
			Text:      "With several days any of them will do.",
			Arguments: []HelpArgument{{"name", "", "sunday, monday, tuesday, wednesday, thursday, friday or saturday"}}, Examples: []string{"day monday"},
		}
	case "late":
		return HelpItem{
			Summary: "marks a task that takes too long", Shapes: []string{"late [-s +<hh:mm>] [-a <hh:mm>] [-c [+]<hh:mm>]"},
			Text: "The task gets the flag late, which users see; nothing else happens. On a suite or family it is meant for the tasks below.",
			Arguments: []HelpArgument{{"-s", "", "longest time between submission and start"}, {"-a", "", "time of day at which it must have started"},
				{"-c", "", "time of day at which it must be complete; with + counted from its start"}},
			Examples: []string{"late -s +00:10 -a 06:30 -c +01:30"},
		}
	case "autoarchive":
		return HelpItem{
			Summary: "moves the children of a complete suite or family to disk after a time", Shapes: []string{"autoarchive <days> [-i]", "autoarchive [+]<hh:mm> [-i]"},
			Text:      "As --archive does. --restore, autorestore, begin and requeue bring them back.",
			Arguments: []HelpArgument{{"days", "", "days after it was complete; 0 is within a minute"}, {"hh:mm", "", "time of day; with + counted from when it was complete"}, {"-i", "", "also when it is queued or aborted"}},
			Examples:  []string{"autoarchive +01:00", "autoarchive 10", "autoarchive 0 -i"},
		}
	case "autocancel":
		return HelpItem{
			Summary: "deletes a complete node after a time", Shapes: []string{"autocancel <days>", "autocancel [+]<hh:mm>"},
			Text:      "For good; autoarchive keeps it.",
			Arguments: []HelpArgument{{"days", "", "days after it was complete"}, {"hh:mm", "", "time of day; with + counted from when it was complete"}},
			Examples:  []string{"autocancel +01:00", "autocancel 10"},
		}
	}
	return HelpItem{}
}
