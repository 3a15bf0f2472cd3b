package cli

import (
	"fmt"

	"github.com/ecflow-go/ecflow/defs"
)

// defsNode is a definition in JSON.
type defsNode struct {
	State        string            `json:"state"`
	ServerState  string            `json:"server_state"`
	StateChange  int               `json:"state_change"`
	ModifyChange int               `json:"modify_change"`
	Variables    map[string]string `json:"variables"` // of the server
	Externs      []string          `json:"externs,omitempty"`
	Suites       []*treeNode       `json:"suites"`
}

// treeNode is a suite, family, task or alias in JSON. What a node has not is left out.
type treeNode struct {
	Type       string            `json:"type"`
	Name       string            `json:"name"`
	Path       string            `json:"path"`
	State      string            `json:"state"`
	Suspended  bool              `json:"suspended,omitempty"`
	DefStatus  string            `json:"defstatus,omitempty"` // unless queued
	Flags      string            `json:"flags,omitempty"`
	Try        int               `json:"try,omitempty"`
	ProcessID  string            `json:"process_id,omitempty"`
	Aborted    string            `json:"abort_reason,omitempty"`
	Variables  map[string]string `json:"variables,omitempty"`
	Repeat     *repeatJSON       `json:"repeat,omitempty"`
	Trigger    string            `json:"trigger,omitempty"`
	Complete   string            `json:"complete,omitempty"`
	Events     []eventJSON       `json:"events,omitempty"`
	Meters     []meterJSON       `json:"meters,omitempty"`
	Labels     []labelJSON       `json:"labels,omitempty"`
	Limits     []limitJSON       `json:"limits,omitempty"`
	Queues     []queueJSON       `json:"queues,omitempty"`
	Attributes []string          `json:"attributes,omitempty"` // the others, as definition text
	Children   []*treeNode       `json:"children,omitempty"`
}

type repeatJSON struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Text  string `json:"text"`
}

type eventJSON struct {
	Name string `json:"name"`
	Set  bool   `json:"set"`
}

type meterJSON struct {
	Name  string `json:"name"`
	Min   int    `json:"min"`
	Max   int    `json:"max"`
	Value int    `json:"value"`
}

type labelJSON struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type limitJSON struct {
	Name  string   `json:"name"`
	Max   int      `json:"max"`
	Value int      `json:"value"`
	Users []string `json:"users,omitempty"`
}

type queueJSON struct {
	Name  string   `json:"name"`
	Index int      `json:"index"`
	Steps []string `json:"steps"`
}

func defsJSON(d *defs.Defs) *defsNode {
	out := &defsNode{
		State: d.State().String(), ServerState: d.ServerState().String(), StateChange: d.StateChangeNo(), ModifyChange: d.ModifyChangeNo(),
		Variables: map[string]string{}, Externs: d.Externs(), Suites: []*treeNode{},
	}
	for _, list := range [][]defs.Variable{d.ServerVariables(), d.UserVariables()} {
		for _, v := range list {
			out.Variables[v.Name] = v.Value
		}
	}
	for _, s := range d.Suites() {
		out.Suites = append(out.Suites, nodeJSON(s))
	}
	return out
}

func nodeJSON(n *defs.Node) *treeNode {
	out := &treeNode{
		Type: n.Kind().String(), Name: n.Name(), Path: n.Path(), State: n.State().String(), Suspended: n.Suspended(), Flags: n.Flag().String(),
	}
	if s := n.DefStatus(); s.String() != "queued" {
		out.DefStatus = s.String()
	}
	if n.IsSubmittable() {
		out.Try, out.ProcessID, out.Aborted = n.TryNo(), n.ProcessID(), n.AbortReason()
	}
	if list := n.Variables(); len(list) > 0 {
		out.Variables = make(map[string]string, len(list))
		for _, v := range list {
			out.Variables[v.Name] = v.Value
		}
	}
	if r := n.Repeat(); r != nil {
		out.Repeat = &repeatJSON{r.Name(), r.ValueString(), r.String()}
	}
	if e := n.Trigger(); e != nil {
		out.Trigger = e.String()
	}
	if e := n.Complete(); e != nil {
		out.Complete = e.String()
	}
	addAttributes(out, n)
	for _, c := range n.Children() {
		out.Children = append(out.Children, nodeJSON(c))
	}
	return out
}

func addAttributes(out *treeNode, n *defs.Node) {
	for _, e := range n.Events() {
		name := e.Name
		if name == "" {
			name = fmt.Sprint(e.Number)
		}
		out.Events = append(out.Events, eventJSON{name, e.Value})
	}
	for _, m := range n.Meters() {
		out.Meters = append(out.Meters, meterJSON{m.Name, m.Min, m.Max, m.Value})
	}
	for _, l := range n.Labels() {
		value := l.New
		if value == "" {
			value = l.Value
		}
		out.Labels = append(out.Labels, labelJSON{l.Name, value})
	}
	for _, l := range n.Limits() {
		out.Limits = append(out.Limits, limitJSON{l.Name, l.Max, l.Value, l.Paths})
	}
	queues := n.Queues()
	for i := range queues {
		out.Queues = append(out.Queues, queueJSON{queues[i].Name, queues[i].Index, queues[i].Steps})
	}
	out.Attributes = otherAttributes(n)
}

// otherAttributes are those that have no field of their own.
func otherAttributes(n *defs.Node) []string {
	var lines []string
	add := func(text fmt.Stringer) { lines = append(lines, text.String()) }
	if c := n.Clock(); c != nil {
		add(c)
	}
	for _, a := range n.InLimits() {
		add(a)
	}
	for _, a := range n.Times() {
		add(a)
	}
	for _, a := range n.Todays() {
		add(a)
	}
	for _, a := range n.Dates() {
		add(a)
	}
	for _, a := range n.Days() {
		add(a)
	}
	crons := n.Crons()
	for i := range crons {
		add(&crons[i])
	}
	if a := n.Late(); a != nil {
		add(a)
	}
	if a := n.AutoCancel(); a != nil {
		add(a)
	}
	if a := n.AutoArchive(); a != nil {
		add(a)
	}
	if a := n.AutoRestore(); a != nil {
		add(a)
	}
	for _, a := range n.Verifies() {
		add(a)
	}
	for _, a := range n.Zombies() {
		add(a)
	}
	for _, a := range n.Generics() {
		add(a)
	}
	return lines
}
