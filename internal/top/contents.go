package top

import (
	"context"
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/client"
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
)

// What is read of files and of the server's log at most.
const (
	mostFileLines = "10000"
	mostLogLines  = 2000
)

// read gets the text of a panel. It may ask the server, and it waits for the lock. failure is why the server
// cannot be reached, if so.
func (s *server) read(of subject, failure error) ([]string, error) {
	service := s.serviceNow()
	if of.tab == tabInfo && of.path == "" && failure != nil {
		return append(plainLines(client.Text(failure)), ""), nil
	}
	if service == nil {
		return nil, errNotConnected
	}
	switch of.tab {
	case tabInfo, tabWhy:
		defer s.hold()()
		d := service.Defs()
		if d == nil {
			return nil, errNotConnected
		}
		if of.tab == tabWhy {
			return whyLines(d, of.path)
		}
		return infoLines(d, of.path)
	case tabLog:
		text, err := service.Log(s.ctx, mostLogLines)
		return logLines(text), err
	case tabHistory:
		return s.editHistory(s.ctx, service, of.path)
	}
	if of.path == "" {
		return []string{"A server has no " + tabNames[of.tab] + "; choose a node."}, nil
	}
	text, err := service.File(s.ctx, of.path, of.tab.kind(), mostFileLines)
	return plainLines(text), err
}

// logLines leaves out what clients such as this one ask all the time.
func logLines(text string) []string {
	var lines []string
	left := 0
	for _, l := range plainLines(text) {
		if strings.Contains(l, "] --sync") || strings.Contains(l, "] --news") {
			left++
			continue
		}
		lines = append(lines, l)
	}
	if left > 0 {
		lines = append(lines, "", fmt.Sprintf("(%d requests of clients that only look are left out)", left))
	}
	return lines
}

func (s *server) editHistory(ctx context.Context, service Service, path string) ([]string, error) {
	if path == "" {
		path = "/"
	}
	entries, err := service.EditHistory(ctx, path)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, e := range entries {
		lines = append(lines, plainLines(e)...)
	}
	if len(lines) == 0 {
		lines = []string{"Nobody has changed " + path + " that the server knows of."}
	}
	return lines, nil
}

func whyLines(d *defs.Defs, path string) ([]string, error) {
	switch {
	case path != "":
	case d.ServerState() != defs.Running:
		return []string{"The server is " + strings.ToLower(d.ServerState().String()) + ": it starts no jobs until it is restarted (x)."}, nil
	default:
		return []string{"The server is running. Choose a node to see what holds it."}, nil
	}
	text, err := d.WhyNot(path)
	if err != nil {
		return nil, err
	}
	lines := ownReasons(d.Find(path))
	lines = append(lines, plainLines(text)...)
	if len(lines) == 0 {
		lines = []string{"Nothing is in the way."}
	}
	return lines, nil
}

// ownReasons tell what the original does not: that a task does not run since it has run, and what that came to.
func ownReasons(n *defs.Node) []string {
	if n == nil || !n.IsSubmittable() {
		return nil
	}
	switch n.State() {
	case defs.Aborted:
		why := "It has aborted"
		if n.AbortReason() != "" {
			why += ": " + plain(n.AbortReason())
		}
		return []string{why + ". See its output (o), then requeue or run it (x).", ""}
	case defs.Complete:
		return []string{"It is complete. It runs again when it is requeued, by a repeat, a cron or a user.", ""}
	case defs.Active:
		return []string{"It is running.", ""}
	case defs.Submitted:
		return []string{"Its job was submitted and has not said yet that it runs.", ""}
	}
	return nil
}

// infoLines describe a node, or the definition. The lock is held.
func infoLines(d *defs.Defs, path string) ([]string, error) {
	if path == "" {
		return serverLines(d), nil
	}
	n := d.Find(path)
	if n == nil {
		return nil, fault.New(fault.NotFound, "the node "+path+" has gone")
	}
	var lines []string
	put := func(word, text string) {
		if text != "" {
			lines = append(lines, fmt.Sprintf("%-12s%s", word, plain(text)))
		}
	}
	put(n.Kind().String(), path)
	state := n.State().String()
	if n.Suspended() {
		state = "suspended (" + state + ")"
	}
	put("state", state)
	if suite := n.Suite(); suite != nil && suite.Begun() {
		put("since", sinceText(suite, n))
	}
	put("default", defaultText(n))
	if t := tallyOf(n.Mark()); n.IsContainer() && t.all > 0 {
		put("tasks", fmt.Sprintf("%d: %d complete, %d aborted", t.all, t.complete, t.aborted))
	}
	if n.TryNo() > 0 {
		put("try", fmt.Sprint(n.TryNo()))
	}
	put("job id", n.ProcessID())
	put("reason", n.AbortReason())
	put("flags", strings.ReplaceAll(n.Flag().String(), ",", ", "))
	lines = append(lines, attributeLines(n)...)
	lines = variableLines(lines, "variables", n.Variables())
	lines = variableLines(lines, "generated", n.Generated())
	seen := map[string]bool{}
	note := func(vars []defs.Variable) {
		for _, v := range vars {
			seen[v.Name] = true
		}
	}
	note(n.Variables())
	note(n.Generated())
	inherited := func(from string, vars []defs.Variable) {
		var fresh []defs.Variable
		for _, v := range vars {
			if !seen[v.Name] {
				fresh = append(fresh, v)
			}
		}
		note(fresh)
		lines = variableLines(lines, "from "+from, fresh)
	}
	for p := n.Parent(); p != nil; p = p.Parent() {
		inherited(p.Path(), append(append([]defs.Variable{}, p.Variables()...), p.Generated()...))
	}
	inherited("the server", append(append([]defs.Variable{}, d.UserVariables()...), d.ServerVariables()...))
	return lines, nil
}

func defaultText(n *defs.Node) string {
	if n.DefStatus() == defs.DQueued {
		return ""
	}
	return n.DefStatus().String()
}

// sinceText is when the node came into its state, by the suite's clock.
func sinceText(suite, n *defs.Node) string {
	cal := suite.Calendar()
	start := cal.Init
	if start.IsZero() {
		return ""
	}
	return start.Add(n.StateSince()).Format("2006-01-02 15:04:05")
}

func attributeLines(n *defs.Node) (lines []string) {
	for _, r := range appendAttributes(nil, n, 0) {
		if r.kind == attrVariable || r.kind == attrReason {
			continue
		}
		a := attributeAt(n, r.kind, int(r.index))
		text := plain(a.text)
		if a.set {
			text += "  (" + setWord(r.kind) + ")"
		}
		lines = append(lines, fmt.Sprintf("%-12s%s", a.word, text))
	}
	return lines
}

// setWord tells what it means that an attribute is set.
func setWord(kind rowKind) string {
	switch kind {
	case attrEvent:
		return "set"
	case attrLimit:
		return "full"
	case attrMeter:
		return "past its threshold"
	case attrLate:
		return "is late"
	}
	return "free"
}

func variableLines(lines []string, title string, vars []defs.Variable) []string {
	if len(vars) == 0 {
		return lines
	}
	lines = append(lines, "", title)
	for _, v := range vars {
		value := plain(v.Value)
		if v.Name == "ECF_PASS" {
			value = "(not shown)"
		}
		lines = append(lines, "  "+plain(v.Name)+" = "+value)
	}
	return lines
}

func serverLines(d *defs.Defs) []string {
	lines := []string{
		"server      " + d.ServerState().String(),
		"state       " + d.State().String(),
		fmt.Sprintf("suites      %d", len(d.Suites())),
		fmt.Sprintf("changes     %d of state, %d of structure", d.StateChangeNo(), d.ModifyChangeNo()),
	}
	if d.Flag() != 0 {
		lines = append(lines, "flags       "+strings.ReplaceAll(d.Flag().String(), ",", ", "))
	}
	lines = variableLines(lines, "variables", d.UserVariables())
	return variableLines(lines, "of the server itself", d.ServerVariables())
}
