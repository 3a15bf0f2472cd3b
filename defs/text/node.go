package text

import (
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/defs"
)

// deepest is how many nodes may stand within each other. The original knows no limit but its stack.
const deepest = 10_000

// node reads a line that begins a node, and opens it.
func (p *parser) node(k keyword) error {
	kind := kindOf[k]
	if len(p.words) < 2 {
		p.nowhere(kind.kind, kind.in)
		return want(1, "a name", kind.title+" name missing.")
	}
	if len(p.open) >= deepest {
		return bad(0, "nodes are nested too deeply: more than 10000 within each other")
	}
	name := p.words[1]
	var n *defs.Node
	var err error
	if p.style != Net && !defs.ValidName(name) {
		p.nowhere(kind.kind, kind.in)
		_, err = defs.NewNode(kind.kind, name)
		return at(1, err)
	}
	n = p.build.Node(kind.kind, name)
	if k == kwAlias && len(p.open) > 0 {
		n.SetState(defs.Queued)
	}
	if len(p.words) > 3 && (p.style != Defs || k == kwAlias) {
		if err := p.nodeState(n); err != nil {
			p.nowhere(kind.kind, kind.in)
			return err
		}
	}
	parent := p.top()
	switch {
	case parent != nil:
		err = p.build.AddChild(parent, n)
	case k == kwSuite && p.suites != nil:
		p.suites = append(p.suites, n)
	case k == kwSuite && p.tree != nil:
		err = p.tree.Add(n, -1)
	default:
		p.single = n
	}
	p.push(n, kind.in)
	return at(1, err)
}

// nowhere opens a node that belongs nowhere, so that what follows a bad line can still be read.
func (p *parser) nowhere(kind defs.Kind, in context) {
	p.push(defs.NewNodeUnchecked(kind, "?"), in)
}

// second is what follows the first colon of a word.
func second(word string) string {
	_, after, _ := strings.Cut(word, ":")
	return after
}

const badCast = "bad lexical cast: source type value could not be interpreted as target"

// duration reads a duration as state comments have it.
func duration(i int, word string) (time.Duration, error) {
	d, err := defs.ParseDuration(word)
	if err != nil {
		return 0, want(i, "a duration, hh:mm:ss", badCast)
	}
	return d, nil
}

// nodeState reads the comment of a node: # state:active flag:late dur:00:00:10 and so on.
//
// source: libs/node Node.cpp, Submittable.cpp, Task.cpp, Suite.cpp, read_state.
func (p *parser) nodeState(n *defs.Node) error {
	job := n.IsSubmittable()
	if n.Kind() == defs.KindSuite && p.words[3] == "begun:1" {
		n.SetBegun(true)
	}
	if job {
		if err := p.jobState(n); err != nil {
			return err
		}
	}
	state, since := n.State(), time.Duration(0)
	var err error
	for i := 3; i < len(p.words); i++ {
		w := p.words[i]
		switch {
		case strings.Contains(w, "state:"):
			s, ok := defs.ParseNState(second(w))
			if !ok {
				return want(i, "a state", "Node::read_state Invalid state specified for node : "+n.Name())
			}
			state = s
		case strings.Contains(w, "flag:"):
			f, err := flags(second(w))
			if err != nil {
				return at(i, err)
			}
			n.SetFlag(f | n.Flag())
		case strings.Contains(w, "dur:"):
			if since, err = duration(i, second(w)); err != nil {
				return err
			}
		case strings.Contains(w, "rt:"):
			runtime, err := duration(i, second(w))
			if err != nil {
				return err
			}
			n.SetRuntime(runtime)
		case w == "suspended:1":
			n.SetSuspended(true)
		}
	}
	if state != defs.Unknown || since != 0 {
		n.SetStateSince(state, since)
	}
	return nil
}

// flags reads names of marks; "migrated" of long ago means nothing.
func flags(names string) (defs.Flag, error) {
	var set defs.Flag
	for name := range strings.SplitSeq(names, ",") {
		if name == "" || name == "migrated" {
			continue
		}
		t, ok := defs.ParseFlagType(name)
		if !ok {
			return 0, want(0, "", "Flag::set_flag: Unknown flag types found: "+name)
		}
		set = set.With(t)
	}
	return set, nil
}

// jobState reads what a task knows of its job.
func (p *parser) jobState(n *defs.Node) error {
	var password, id, reason string
	tryNo, found, numbered := 0, false, false
	for i := 3; i < len(p.words); i++ {
		w := p.words[i]
		ok := true
		if !numbered && n.Kind() == defs.KindTask && strings.Contains(w, "alias_no:") {
			no := 0
			if no, ok = number(second(w)); !ok {
				return want(i, "a number", "Task::read_state: invalid alias_no specified : "+p.stmt)
			}
			numbered = true
			n.SetAliasNo(no)
		}
		switch {
		case strings.Contains(w, "passwd:"):
			password, found = second(w), true
		case strings.Contains(w, "rid:"):
			id, found = second(w), true
		case strings.Contains(w, "try:"):
			if tryNo, ok = number(second(w)); !ok {
				return want(i, "a number", "Submittable::read_state failed for try number")
			}
			found = true
		}
	}
	if begin := strings.Index(p.stmt, "abort<:"); begin >= 0 {
		end := strings.Index(p.stmt, ">abort")
		if end < begin+7 {
			return want(3, ">abort",
				"Submittable::read_state failed for abort reason. Expected abort reason to on single line;")
		}
		reason, found = p.stmt[begin+7:end], true
	}
	if found {
		n.SetJob(password, id, reason, tryNo)
	}
	return nil
}
