package defs

import (
	"fmt"
	"strings"
)

// Stats counts nodes and attributes, in the words of the original.
//
// source: libs/node NodeStats.cpp, Defs.cpp
func (d *Defs) Stats() string {
	kinds := map[Kind]int{}
	var vars, triggers, completes, events, labels, meters, times, todays, crons, dates, days int
	var lates, inlimits, limits, repeats, zombies, cancels, archives, restores, verifies, queues, generics int
	for n := range d.All() {
		kinds[n.kind]++
		if n.kind == KindAlias {
			continue
		}
		vars += len(n.vars)
		triggers += one(n.Trigger() != nil)
		completes += one(n.Complete() != nil)
		events += len(n.Events())
		labels += len(n.Labels())
		meters += len(n.Meters())
		times += len(n.Times())
		todays += len(n.Todays())
		crons += len(n.Crons())
		dates += len(n.Dates())
		days += len(n.Days())
		lates += one(n.Late() != nil)
		inlimits += len(n.InLimits())
		limits += len(n.Limits())
		repeats += one(n.Repeat() != nil)
		zombies += len(n.Zombies())
		cancels += one(n.AutoCancel() != nil)
		archives += one(n.AutoArchive() != nil)
		restores += one(n.AutoRestore() != nil)
		verifies += len(n.Verifies())
		queues += len(n.Queues())
		generics += len(n.Generics())
	}
	entries := 0
	for _, lines := range d.history {
		entries += len(lines)
	}
	var b strings.Builder
	line := func(name string, n int) { fmt.Fprintf(&b, "%-20s%d\n", name, n) }
	gap := func() { b.WriteByte('\n') }
	b.WriteString("Definition statistics\n")
	nodes := kinds[KindSuite] + kinds[KindFamily] + kinds[KindTask]
	line("Nodes", nodes)
	line("Suites", kinds[KindSuite])
	line("Family", kinds[KindFamily])
	line("Task", kinds[KindTask])
	line("Alias", kinds[KindAlias])
	gap()
	if kinds[KindAlias] > 0 {
		b.WriteString("suites_ + family_ +  task_ + alias_ != nodes_ ?\n")
	}
	line("Edit history nodes", len(d.history))
	line("Edit history paths", entries)
	gap()
	line("vars", vars)
	line("triggers", triggers)
	line("complete triggers", completes)
	line("events", events)
	line("labels", labels)
	line("meters", meters)
	gap()
	line("times", times)
	line("todays", todays)
	line("crons", crons)
	line("dates", dates)
	line("days", days)
	gap()
	line("late", lates)
	line("inlimits", inlimits)
	line("limits", limits)
	line("repeats", repeats)
	line("zombies", zombies)
	gap()
	line("auto_cancel", cancels)
	line("auto_archive", archives)
	line("auto_restore", restores)
	line("verifys", verifies)
	line("queues", queues)
	line("generics", generics)
	return b.String()
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
