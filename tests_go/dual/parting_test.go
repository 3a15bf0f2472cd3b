package dual

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Meant differences after which two servers cannot be compared any more: a contest ends there.

// all is every part that shows what a step has done.
var all = []string{"definition", "log", "changes", "news", "sync", "followed", "files"}

// references reports whether an expression or a limit of a node refers to one that is of interest.
func references(n *defs.Node, interesting func(to *defs.Node) bool) bool {
	is := func(path, name string) bool {
		to, _ := n.Referenced(path, name)
		return to != nil && interesting(to)
	}
	for _, e := range []*defs.Expression{n.Trigger(), n.Complete()} {
		if e == nil {
			continue
		}
		if parsed, _, _ := e.Parsed(); parsed != nil {
			for _, r := range parsed.Refs() {
				if is(r.Path, r.Name) {
					return true
				}
			}
		}
	}
	return slices.ContainsFunc(n.InLimits(), func(l defs.InLimit) bool { return l.Path != "" && is(l.Path, "") })
}

func within(n, top *defs.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n == top {
			return true
		}
	}
	return false
}

// movedOne reports whether a step has moved a node that others refer to.
func movedOne(s *side, one step, shown outcome) bool {
	var plug wire.PlugCmd
	body, isPlug := strings.CutPrefix(string(one), "raw PlugCmd ")
	if !isPlug || s.was == nil || shown["reply"] != "StcCmd 0" || json.Unmarshal([]byte(body), &plug) != nil {
		return false
	}
	source := s.was.Find(plug.Source)
	if source == nil {
		return false
	}
	for n := range s.was.All() {
		if references(n, func(to *defs.Node) bool { return within(to, source) }) {
			return true
		}
	}
	return false
}

// replacedOne reports whether a step has replaced nodes that refer to others of the definition that was sent.
func replacedOne(s *side, one step) bool {
	words := strings.Fields(strings.ReplaceAll(string(one), "'", ""))
	sent, err := text.ParseString(s.expand(s.mail.files[words[2]]), text.Options{})
	if err != nil {
		return false
	}
	top := sent.Find(words[1])
	if top == nil {
		return false
	}
	for n := range top.All() {
		if references(n, func(to *defs.Node) bool { return !within(to, top) }) {
			return true
		}
	}
	return false
}
