package dual

import (
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Requests about attributes that are there: those made of names alone seldom meet one.

// holder is a node with something, the last one tried if few have it.
func (p *speaker) holder(has func(n *defs.Node) bool) *defs.Node {
	n := p.node()
	for tries := 0; tries < 30 && !has(n); tries++ {
		n = p.node()
	}
	return n
}

// there are the alterations of what a node has, or of what few have.
func (p *speaker) there(n *defs.Node, seldom bool) (all []func(*wire.AlterCmd)) {
	remove := func(kind wire.AlterDelete, name, value string) {
		all = append(all, func(c *wire.AlterCmd) { c.DelAttrType, c.Name, c.Value = kind, name, value })
	}
	change := func(kind wire.AlterChange, name, value string) {
		all = append(all, func(c *wire.AlterCmd) { c.ChangeAttrType, c.Name, c.Value = kind, name, value })
	}
	for _, l := range n.Limits() {
		remove(wire.AlterDeleteLimit, l.Name, "")
		change(wire.AlterChangeLimitMax, l.Name, of(p.chooser, "3", "0", "10"))
		change(wire.AlterChangeLimitValue, l.Name, of(p.chooser, "1", "0", "2"))
		for _, path := range l.Paths {
			remove(wire.AlterDeleteLimitPath, l.Name, path)
		}
	}
	for _, l := range n.InLimits() {
		remove(wire.AlterDeleteInLimit, l.Path+":"+l.Name, "")
		remove(wire.AlterDeleteInLimit, l.Name, "")
	}
	for _, t := range n.Times() {
		remove(wire.AlterDeleteTime, t.Series.String(), "")
		change(wire.AlterChangeTime, t.Series.String(), of(p.chooser, "11:00", "+01:00", "00:00 20:00 05:00"))
	}
	for _, t := range n.Todays() {
		remove(wire.AlterDeleteToday, t.Series.String(), "")
		change(wire.AlterChangeToday, t.Series.String(), of(p.chooser, "11:00", "+01:00", "00:00 20:00 05:00"))
	}
	for _, d := range n.Dates() {
		remove(wire.AlterDeleteDate, strings.TrimPrefix(d.String(), "date "), "")
	}
	for _, d := range n.Days() {
		remove(wire.AlterDeleteDay, d.DayName(), "")
	}
	for _, c := range n.Crons() {
		remove(wire.AlterDeleteCron, strings.TrimPrefix(c.String(), "cron "), "")
	}
	for _, q := range n.Queues() {
		remove(wire.AlterDeleteQueue, q.Name, "")
	}
	for _, g := range n.Generics() {
		remove(wire.AlterDeleteGeneric, g.Name, "")
	}
	if n.Repeat() != nil {
		change(wire.AlterChangeRepeat, of(p.chooser, "2", "3", "10", "20280102", "20280101", "green", "b", "20280101T060000"), "")
	}
	if n.Trigger() != nil {
		change(wire.AlterChangeTrigger, of(p.chooser, "1 == 1", p.node().Path()+" == complete"), "")
	}
	if n.Complete() != nil {
		change(wire.AlterChangeComplete, of(p.chooser, "1 == 0", p.node().Path()+" == aborted"), "")
	}
	if n.Late() != nil {
		change(wire.AlterChangeLate, "-s +00:05 -a 10:00", "")
	}
	if n.Kind() == defs.KindSuite {
		change(wire.AlterChangeClockSync, "", "")
	}
	if seldom {
		return all
	}
	for _, e := range n.Events() {
		remove(wire.AlterDeleteEvent, e.NameOrNumber(), "")
		change(wire.AlterChangeEvent, e.NameOrNumber(), of(p.chooser, "set", "clear", ""))
	}
	for _, m := range n.Meters() {
		remove(wire.AlterDeleteMeter, m.Name, "")
		change(wire.AlterChangeMeter, m.Name, of(p.chooser, "5", "100", "0", "-10", "101"))
	}
	for _, l := range n.Labels() {
		remove(wire.AlterDeleteLabel, l.Name, "")
		change(wire.AlterChangeLabel, l.Name, of(p.chooser, "changed", "", "two\nlines"))
	}
	for _, v := range n.Variables() {
		if !strings.HasPrefix(v.Name, "ECF_") { // jobs' commands are not to fail, which is noticed at any time
			change(wire.AlterChangeVariable, v.Name, of(p.chooser, "changed", "3", "%V0%"))
			remove(wire.AlterDeleteVariable, v.Name, "")
		}
	}
	return all
}

func (p *speaker) alterThere() step {
	seldom := p.often(60)
	n := p.holder(func(n *defs.Node) bool { return len(p.there(n, seldom)) > 0 })
	c := wire.NewAlterCmd(wire.UserCmd{}, []string{n.Path()}, "", "")
	if all := p.there(n, seldom); len(all) > 0 {
		all[p.IntN(len(all))](c)
	} else {
		c.Name, c.Value = "variable", ""
	}
	return rawStep(c)
}

// forceEvent sets or clears an event.
func (p *speaker) forceEvent() step {
	n := p.holder(func(n *defs.Node) bool { return len(n.Events()) > 0 })
	name := "1"
	if all := n.Events(); len(all) > 0 {
		name = all[p.IntN(len(all))].NameOrNumber()
	}
	return rawStep(&wire.ForceCmd{Paths: []string{n.Path() + ":" + name}, StateOrEvent: of(p.chooser, "set", "clear", "set", "clear", "complete")})
}

// queue is what a job asks of a queue.
func (p *speaker) queue() step {
	hasQueue := func(n *defs.Node) bool { return len(n.Queues()) > 0 }
	n := p.holder(hasQueue)
	name, word := "q", "1"
	if hasQueue(n) {
		q := n.Queues()[0]
		name, word = q.Name, q.Steps[p.IntN(len(q.Steps))]
	}
	job := p.task()
	for range 10 {
		if job.State() == defs.Active {
			break
		}
		job = p.task()
	}
	return step(fmt.Sprintf("job %s --queue=%s %s %s", job.Path(), name,
		of(p.chooser, "active", "active", "active", "complete "+word, "aborted "+word, "no_of_aborted", "reset"), n.Path()))
}

// queryThere asks for a value that is there.
func (p *speaker) queryThere() step {
	n := p.node()
	c := &wire.QueryCmd{QueryType: "dstate", PathToAttribute: n.Path()}
	ask := func(kind, name string) {
		if p.often(50) {
			c.QueryType, c.Attribute = kind, name
		}
	}
	for _, e := range n.Events() {
		ask("event", e.NameOrNumber())
	}
	for _, m := range n.Meters() {
		ask("meter", m.Name)
	}
	for _, l := range n.Limits() {
		ask(of(p.chooser, "limit", "limit_max"), l.Name)
	}
	for _, l := range n.Labels() {
		ask("label", l.Name)
	}
	if n.Repeat() != nil {
		ask("repeat", of(p.chooser, "", "next", "prev"))
	}
	for _, v := range n.Variables() {
		ask("variable", v.Name)
	}
	if n.Trigger() != nil {
		ask("trigger", n.Trigger().String())
	}
	return rawStep(c)
}

// submitFile submits a script that a user has edited.
func (p *speaker) submitFile() step {
	n := p.holder(func(n *defs.Node) bool {
		return n.IsSubmittable() && n.State() != defs.Submitted && n.State() != defs.Active
	})
	return rawStep(&wire.EditScriptCmd{
		EditType:   of(p.chooser, wire.EditSubmitUserFile, wire.EditSubmitUserFile, wire.EditSubmit, wire.EditPreprocessUserFile),
		PathToNode: n.Path(), Alias: p.often(30), Run: p.often(50),
		UserFileContents: []string{"%comment - ecf user variables", "V0 = edited", "%end - ecf user variables", "echo %V0:none% %TASK% %NONE:dflt%", "%manual", "by hand", "%end"},
		UserVariables:    []wire.StringPair{{First: "V1", Second: "edited"}},
	})
}
