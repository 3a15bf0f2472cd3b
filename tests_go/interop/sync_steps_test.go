package interop

import (
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
)

func (w *walk) pick(from ...string) string { return from[w.r.IntN(len(from))] }

// node picks a node, perhaps of some kinds only.
func (w *walk) node(kinds ...defs.Kind) string {
	var paths []string
	for n := range w.watcher.Defs().All() {
		for _, k := range kinds {
			if n.Kind() == k {
				paths = append(paths, n.Path())
			}
		}
		if len(kinds) == 0 {
			paths = append(paths, n.Path())
		}
	}
	if len(paths) == 0 {
		return "/nosuch"
	}
	return w.pick(paths...)
}

// step does one random change; that the server may refuse it is part of the game.
func (w *walk) step() {
	c := w.driver
	if w.r.IntN(4) == 0 {
		c = w.auto
	}
	steps := []func(c *client.Client) (string, error){
		w.alterAdd, w.alterAdd, w.alterChange, w.alterChange, w.alterDelete, w.alterFlag, w.force, w.force, w.run, w.run, w.child, w.child,
		w.child, w.order, w.structure, w.server, w.handle,
	}
	what, err := steps[w.r.IntN(len(steps))](c)
	result := "ok"
	if err != nil {
		result = strings.SplitN(err.Error(), "\n", 2)[0]
	} else {
		name, _, _ := strings.Cut(what, " /")
		w.done[name]++
	}
	w.log = append(w.log, what+": "+result)
}

func (w *walk) alterAdd(c *client.Client) (string, error) {
	kinds := []string{"time", "today", "date", "day", "zombie", "variable", "late", "limit", "inlimit", "label"}
	if w.s.Installation.AtLeast(5, 14) {
		kinds = append(kinds, "event", "meter")
	}
	kind, path := w.pick(kinds...), w.node()
	name, value := map[string][]string{
		"time": {"10:00", "+00:20", "00:00 23:00 00:30"}, "today": {"12:00", "+00:10"}, "date": {"1.*.*", "*.3.2027"}, "day": {"monday", "friday"},
		"zombie": {"ecf:fob:init,complete:300", "user:block::"}, "variable": {"V", "W", "X"}, "late": {"-s 00:01 -a 14:30", "-c +03:00"},
		"limit": {"l", "m", "n"}, "inlimit": {"l", "/a:big", "/b:big"}, "label": {"info", "note"}, "event": {"e", "x"}, "meter": {"m", "y"},
	}, ""
	switch kind {
	case "variable", "label":
		value = w.pick("some text", "it's \"quoted\"", "two\nlines", "äöü; x")
	case "limit":
		value = w.pick("3", "7")
	case "inlimit":
		value = w.pick("", "1", "2")
	case "event":
		value = w.pick("set", "clear")
	case "meter":
		value = "0,100,20"
	}
	n := w.pick(name[kind]...)
	return "add " + kind + " " + path + " " + n + " " + value, c.Alter(ctx, "add", kind, n, value, path)
}

func (w *walk) alterChange(c *client.Client) (string, error) {
	choice := [][3]string{
		{"variable", "V", "new"}, {"variable", "ECF_TRIES", "2"}, {"event", "e", "set"}, {"event", "e", "clear"}, {"event", "ready", "set"},
		{"meter", "m", "50"}, {"label", "info", "changed\nagain"}, {"trigger", "1 == 1", ""}, {"trigger", "/a/f == complete", ""},
		{"complete", "/b/g:ready", ""}, {"repeat", "2", ""}, {"repeat", "20250104", ""}, {"repeat", "1", ""}, {"limit_max", "l", "5"},
		{"limit_value", "big", "2"}, {"defstatus", "suspended", ""}, {"defstatus", "queued", ""}, {"late", "-c +03:00", ""},
		{"clock_gain", "3600", ""}, {"clock_type", "real", ""}, {"clock_date", "1.2.2027", ""}, {"clock_sync", "", ""},
		{"time", "10:00", "11:00"}, {"today", "12:00", "13:00"},
	}[w.r.IntN(24)]
	path := w.node()
	switch {
	case strings.HasPrefix(choice[0], "clock"):
		path = w.node(defs.KindSuite)
	case choice[0] == "repeat" || choice[0] == "meter" || choice[0] == "event":
		for range 6 { // those that have one are few
			if n := w.watcher.Defs().Find(path); n == nil || n.Repeat() == nil && choice[0] == "repeat" ||
				len(n.Meters()) == 0 && choice[0] == "meter" || len(n.Events()) == 0 && choice[0] == "event" {
				path = w.node()
			}
		}
	}
	return fmt.Sprintf("change %s %s %q", choice[0], path, choice[1:]), c.Alter(ctx, "change", choice[0], choice[1], choice[2], path)
}

func (w *walk) alterDelete(c *client.Client) (string, error) {
	kind := w.pick("variable", "time", "today", "date", "day", "cron", "event", "meter", "label", "trigger", "complete", "repeat", "limit",
		"inlimit", "late", "queue", "generic")
	name := ""
	if kind == "variable" && w.r.IntN(2) == 0 {
		name = "V"
	}
	path := w.node()
	return "delete " + kind + " " + path + " " + name, c.Alter(ctx, "delete", kind, name, "", path)
}

func (w *walk) alterFlag(c *client.Client) (string, error) {
	path, flag := w.node(), w.pick("late", "message", "by_rule", "locked", "killed", "no_script", "task_aborted")
	switch w.r.IntN(3) {
	case 0:
		return "set " + path + " " + flag, c.Alter(ctx, "set_flag", flag, "", "", path)
	case 1:
		return "clear " + path + " " + flag, c.Alter(ctx, "clear_flag", flag, "", "", path)
	}
	kind := w.pick("event", "meter", "label", "variable", "limit", "all")
	return "sort " + path + " " + kind, c.SortAttributes(ctx, kind, true, path)
}

func (w *walk) force(c *client.Client) (string, error) {
	path := w.node(defs.KindSuite, defs.KindFamily, defs.KindTask) // no text tells of an alias that its state is unknown
	state := client.State(w.r.IntN(6))
	switch w.r.IntN(6) {
	case 0:
		return fmt.Sprint("force ", path, state), c.ForceState(ctx, state, path)
	case 1:
		return fmt.Sprint("force recursive ", path, state), c.ForceStateRecursive(ctx, max(state, client.StateComplete), path)
	case 2:
		return "event " + path, c.ForceEvent(ctx, w.pick("set", "clear"), path+":"+w.pick("e", "ready", "2"))
	case 3:
		return "suspend " + path, c.Suspend(ctx, path)
	case 4:
		return "resume " + path, c.Resume(ctx, path)
	}
	return "free " + path, c.FreeAllDependencies(ctx, path)
}

func (w *walk) run(c *client.Client) (string, error) {
	path := w.node()
	switch w.r.IntN(6) {
	case 0:
		return "requeue " + path, c.Requeue(ctx, w.pick("", "abort", "force"), path)
	case 1, 2:
		path = w.node(defs.KindTask)
		return "run " + path, c.Run(ctx, true, path)
	case 3:
		suite := w.node(defs.KindSuite)
		return "begin " + suite, c.BeginSuite(ctx, suite[1:], w.r.IntN(2) == 0)
	case 4:
		path = w.node(defs.KindTask)
		return "alias " + path, c.SubmitScript(ctx, path, []string{"V=1"}, strings.Split(script, "\n"), true, w.r.IntN(2) == 0)
	}
	return "job_gen " + path, c.JobGeneration(ctx, path)
}

// child speaks for a task that was submitted.
func (w *walk) child(_ *client.Client) (string, error) {
	path := ""
	for n := range w.watcher.Defs().All() {
		if s := n.State(); n.IsSubmittable() && (s == defs.Submitted || s == defs.Active) && (path == "" || w.r.IntN(3) == 0) {
			path = n.Path()
		}
	}
	if path == "" {
		path = w.node(defs.KindTask)
		return "run for child " + path, w.driver.Run(ctx, true, path)
	}
	password, err := w.driver.Query(ctx, "variable", path, "ECF_PASS")
	if err != nil {
		return "query " + path, err
	}
	o := w.s.Options()
	o.Denied = true
	o.Task = client.Task{Path: path, Password: password, RemoteID: "77", TryNo: 1}
	job, err := client.New(o)
	if err != nil {
		return "child", err
	}
	if w.watcher.Defs().Find(path).State() == defs.Submitted {
		return "init " + path, job.ChildInit(ctx)
	}
	switch w.r.IntN(7) {
	case 0:
		return "meter " + path, job.ChildMeter(ctx, "m", w.r.IntN(100))
	case 1:
		return "event " + path, job.ChildEvent(ctx, "e", w.r.IntN(2) == 0)
	case 2:
		return "label " + path, job.ChildLabel(ctx, "info", w.pick("now", "then\nnow", ""))
	case 3:
		_, err := job.ChildQueue(ctx, "q", "active", "", "")
		return "queue " + path, err
	case 4:
		return "abort " + path, job.ChildAbort(ctx, "a reason; with # and 'quotes'")
	}
	return "complete " + path, job.ChildComplete(ctx)
}

func (w *walk) order(c *client.Client) (string, error) {
	path, how := w.node(), w.pick("top", "bottom", "alpha", "order", "up", "down", "runtime")
	return "order " + path + " " + how, c.Order(ctx, path, how)
}

func (w *walk) structure(c *client.Client) (string, error) {
	switch w.r.IntN(9) {
	case 0, 1:
		path := w.node(defs.KindTask, defs.KindAlias)
		return "remove " + path, c.Delete(ctx, true, path)
	case 2:
		path := w.node(defs.KindFamily)
		return "remove family " + path, c.Delete(ctx, true, path)
	case 3:
		from, to := w.node(defs.KindFamily, defs.KindTask), w.node(defs.KindSuite, defs.KindFamily)
		return "plug " + from + " " + to, c.Plug(ctx, from, to)
	case 4:
		name := w.pick("a", "b", "c", "d")
		if err := c.Load(ctx, strings.ReplaceAll(playground, "NAME", name), true, false); err != nil {
			return "load /" + name, err
		}
		return "load /" + name, c.BeginSuite(ctx, name, true) // servers die of some commands in suites that have not begun
	case 5:
		name := w.pick("a", "b", "c", "d")
		path := "/" + name + "/" + w.pick("f", "g", "f/t", "g/deep/z", "g/w")
		if w.watcher.Defs().Suite(name) == nil {
			return "nothing", nil
		}
		return "replace " + path, c.Replace(ctx, path, strings.ReplaceAll(playground, "NAME", name), true, true)
	case 6:
		path := w.node(defs.KindFamily)
		return "archive " + path, c.Archive(ctx, path)
	case 7:
		path := w.node(defs.KindFamily)
		return "restore " + path, c.Restore(ctx, path)
	}
	if w.r.IntN(3) > 0 || len(w.watcher.Defs().Suites()) < 3 {
		return "nothing", nil
	}
	path := w.node(defs.KindSuite)
	return "remove suite " + path, c.Delete(ctx, true, path)
}

func (w *walk) server(c *client.Client) (string, error) {
	switch w.r.IntN(6) {
	case 0:
		return "halt", c.HaltServer(ctx)
	case 1, 2:
		return "restart", c.RestartServer(ctx)
	case 3:
		return "shutdown", c.ShutdownServer(ctx)
	case 4:
		return "server variable", c.Alter(ctx, "add", "variable", w.pick("GLOBAL", "OTHER"), w.pick("1", "2"), "/")
	}
	return "no server variable", c.Alter(ctx, "delete", "variable", "GLOBAL", "", "/")
}

func (w *walk) handle(_ *client.Client) (string, error) {
	suite := w.pick("a", "b", "c")
	switch w.r.IntN(4) {
	case 0:
		_, err := w.handled.RegisterHandle(ctx, w.r.IntN(2) == 0, suite)
		return "register /" + suite, err
	case 1:
		return "add to handle /" + suite, w.handled.AddHandleSuites(ctx, 0, suite)
	case 2:
		return "remove from handle /" + suite, w.handled.RemoveHandleSuites(ctx, 0, suite)
	}
	return "auto add", w.handled.AutoAddHandle(ctx, 0, true)
}
