package model

import "github.com/ecflow-go/ecflow/defs"

const (
	timesDoc = "relative: the time counts from the begin or requeue of the suite or repeating node above.\n" +
		"text: 'hh:mm', '+hh:mm', or start, end and step 'hh:mm hh:mm hh:mm'.\n\nIndexError for numbers that are no time; RuntimeError for other texts, and on suites."
	autoDoc = "relative: the time counts from when the node became complete; otherwise it is a time of day.\n\n" +
		"RuntimeError if the node has an autocancel or autoarchive; IndexError for negative numbers."
)

// nodeAddingRare are the members that add the attributes that few nodes have.
func nodeAddingRare() []Member {
	return []Member{
		method("add_time", "Make the node wait for a time of day."+returnsNode+"\n\n"+timesDoc+
			"\n\n>>> str(ecflow.Task('t').add_time(10, 30).add_time('+00:05'))\n'  task t\\n    time 10:30\\n    time +00:05\\n'",
			append(timeForms(func(n *defs.Node, s defs.TimeSeries) error { return n.AddTime(defs.NewTimeAttr(s)) }), whole("(time: Time, /) -> Self"))...),
		method("add_today", "Make the node wait for a time of today; when it is past at begin the node need not wait."+returnsNode+"\n\n"+timesDoc,
			append(timeForms(func(n *defs.Node, s defs.TimeSeries) error { return n.AddToday(defs.NewTodayAttr(s)) }), whole("(today: Today, /) -> Self"))...),
		method("add_date", "Make the node wait for a date; 0 is any day, month or year."+returnsNode+" IndexError for a day that does not exist.",
			self("(day: int, month: int, year: int, /) -> Self", func(n *defs.Node, a *Args) error {
				d, err := defs.NewDateAttr(a.Int(0), a.Int(1), a.Int(2))
				return then(d, err, n.AddDate)
			}),
			whole("(date: Date, /) -> Self")),
		method("add_day", "Make the node wait for a day of the week."+returnsNode+" RuntimeError for a name of none.",
			self("(day: Days, /) -> Self", func(n *defs.Node, a *Args) error {
				d, err := defs.NewDayAttr(a.Int(0))
				return then(d, err, n.AddDay)
			}),
			self("(name: str, /) -> Self", func(n *defs.Node, a *Args) error {
				d, err := defs.ParseDayAttr(a.Str(0))
				return then(d, err, n.AddDay)
			}),
			whole("(day: Day, /) -> Self")),
		method("add_cron", "Make the node run again whenever a cron says so."+returnsNode+" RuntimeError if it has a repeat, and if the cron has no time.",
			whole("(cron: Cron, /) -> Self")),
		method("add_late", "Say when the node is late."+returnsNode+" RuntimeError if that has been said.", whole("(late: Late, /) -> Self")),
		method("add_autocancel", "Delete the node some time after it is complete."+returnsNode+"\n\n"+autoDoc,
			self("(days: int, /) -> Self", func(n *defs.Node, a *Args) error {
				c, err := defs.NewAutoCancelDays(a.Int(0))
				return then(c, err, n.SetAutoCancel)
			}),
			self("(hour: int, minute: int, relative: bool, /) -> Self", cancelAt),
			self("(time: TimeSlot, relative: bool, /) -> Self", cancelAt),
			whole("(autocancel: Autocancel, /) -> Self")),
		method("add_autoarchive", "Move the node's children to a file some time after it is complete, to save memory."+returnsNode+"\n\n"+
			"idle: also when it is queued or aborted, and nothing below it runs.\n"+autoDoc,
			self("(days: int, idle: bool = False) -> Self", func(n *defs.Node, a *Args) error {
				c, err := defs.NewAutoArchiveDays(a.Int(0), a.Bool(1))
				return then(c, err, n.SetAutoArchive)
			}),
			self("(hour: int, min: int, relative: bool, idle: bool = False) -> Self", archiveAt),
			self("(TimeSlot: TimeSlot, relative: bool, idle: bool = False) -> Self", archiveAt),
			whole("(autoarchive: Autoarchive, /) -> Self")),
		method("add_autorestore", "Bring archived nodes back as soon as this one is complete."+returnsNode+" RuntimeError if it has an autorestore.",
			whole("(autorestore: Autorestore, /) -> Self"),
			self("(paths: list, /) -> Self", func(n *defs.Node, a *Args) error {
				paths, err := a.strs(0)
				return then(defs.AutoRestore{Paths: paths}, err, n.SetAutoRestore)
			})),
		{Name: "add_verify", Doc: "Count how often the node reaches a state. Returns nothing. RuntimeError if that state is counted already.",
			Forms: one("(verify: Verify, /) -> None", addArgument)},
		method("add_zombie", "Say what a server does with zombies of the node."+returnsNode+" RuntimeError if that has been said of zombies of that type.",
			whole("(zombie: ZombieAttr, /) -> Self")),
		method("add_queue", "Add a queue."+returnsNode+" RuntimeError if there is one of that name, and without steps.",
			self("(queue: Queue, /) -> Self", func(n *defs.Node, a *Args) error { return n.AddQueue(arg[*defs.QueueAttr](a, 0).Clone()) }),
			self("(name: str, steps: list, /) -> Self", func(n *defs.Node, a *Args) error {
				steps, err := a.strs(1)
				if err != nil {
					return err
				}
				q, err := defs.NewQueueAttr(a.Str(0), steps)
				return then(q, err, n.AddQueue)
			})),
		method("add_generic", "Add a name with values, which ecFlow does not interpret."+returnsNode+" RuntimeError if there is one of that name.",
			self("(generic: Generic, /) -> Self", func(n *defs.Node, a *Args) error { return n.AddGeneric(value[defs.GenericAttr](a, 0)) }),
			self("(name: str, values: list, /) -> Self", func(n *defs.Node, a *Args) error {
				values, err := a.strs(1)
				if err != nil {
					return err
				}
				g, err := defs.NewGenericAttr(a.Str(0), values)
				return then(g, err, n.AddGeneric)
			})),
		method("add_aviso", "Make the node wait for a notification of an Aviso server."+returnsNode+" RuntimeError if it does so already.",
			whole("(aviso: AvisoAttr, /) -> Self")),
		method("add_mirror", "Make the node follow the state of a node of another server."+returnsNode+" RuntimeError if it does so already.",
			whole("(mirror: MirrorAttr, /) -> Self")),
	}
}

func timeForms(add func(n *defs.Node, s defs.TimeSeries) error) []Form {
	clock := func(n *defs.Node, a *Args) error {
		s, err := clockSeries(a)
		return then(s, err, func(s defs.TimeSeries) error { return add(n, s) })
	}
	return []Form{
		self("(hour: int, minute: int, /) -> Self", clock),
		self("(hour: int, minute: int, relative: bool, /) -> Self", clock),
		self("(text: str, /) -> Self", func(n *defs.Node, a *Args) error {
			s, err := textSeries(a, "Time Series::parse: empty string passed")
			return then(s, err, func(s defs.TimeSeries) error { return add(n, s) })
		}),
	}
}

func cancelAt(n *defs.Node, a *Args) error {
	t, next, err := slotArg(a)
	return then(defs.NewAutoCancel(t, a.Bool(next)), err, n.SetAutoCancel)
}

func archiveAt(n *defs.Node, a *Args) error {
	t, next, err := slotArg(a)
	return then(defs.NewAutoArchive(t, a.Bool(next), a.Bool(next+1)), err, n.SetAutoArchive)
}
