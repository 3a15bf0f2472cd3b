package engine

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// tally is short for what requests are counted in.
type tally = wire.RequestCounts

// What users' requests share: nodes are found by their paths, what is wrong with one path does not stop the others, and
// the nodes that are found get the request into their history.
//
// source: libs/base ClientToServerCmd.cpp.

// problems gathers what went wrong, a line for each.
type problems struct{ text strings.Builder }

func (p *problems) add(format string, a ...any) { fmt.Fprintf(&p.text, format+"\n", a...) }

func (p *problems) err() error {
	if p.text.Len() == 0 {
		return nil
	}
	return refused(p.text.String())
}

// find finds the node at a path.
func (c *call) find(path string) (*defs.Node, error) {
	if n := c.tree.Find(path); n != nil {
		return n, nil
	}
	return nil, fault.New(fault.NotFound, "Cannot find node at path '"+path+"' ")
}

// edit finds the node at a path, or nil. If there is one it gets the request into its history.
func (c *call) edit(path string) *defs.Node {
	n := c.tree.Find(path)
	if n != nil {
		c.edited = append(c.edited, n)
	}
	return n
}

// mark notes the request with a node at once, for requests that write their history themselves.
func (c *call) mark(n *defs.Node, path string) {
	c.ownHistory = true
	setFlags(n, n.Flag().With(defs.FlagMessage))
	c.tree.AddHistory(path, c.historyEntry(path))
}

// logf writes a line of the log.
func (c *call) logf(kind defs.LogKind, format string, a ...any) {
	c.log.Write(kind, fmt.Sprintf(format, a...))
}

// message is what an error says, without its kind and advice.
func message(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Msg
	}
	return err.Error()
}

// atWork finds the first active and the first submitted task among tasks, and how many there are of each.
type atWork struct {
	active, submitted           int
	firstActive, firstSubmitted *defs.Node
}

func (w *atWork) look(n *defs.Node) {
	for t := range n.All() {
		if t.Kind() != defs.KindTask {
			continue
		}
		switch t.State() {
		case defs.Active:
			if w.active++; w.active == 1 {
				w.firstActive = t
			}
		case defs.Submitted:
			if w.submitted++; w.submitted == 1 {
				w.firstSubmitted = t
			}
		default:
		}
	}
}

// orRoot are the paths that permission is asked for; without any, that of the definition.
func orRoot(paths []string) []string {
	if len(paths) == 0 {
		return root
	}
	return paths
}

var root = []string{"/"}

// refused is an error in the original's words.
func refused(text string) error { return fault.New(fault.Refused, text) }
