package dual

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// ahead is larger than all change numbers: who claims to be there gets everything.
const ahead = 1<<31 - 1

const wholeHandle = "all of handle\n"

// follower is a client that keeps a copy and brings it up to date after each step: of everything, or with a handle of some
// suites and of those that come.
type follower struct {
	tree   *defs.Defs
	suites []string
	handle int
}

// register gets the follower a handle.
func (f *follower) register(s *side) error {
	reply, err := s.send(&wire.ClientHandleCmd{UserCmd: asked(), Suites: f.suites, AutoAddNewSuites: true})
	if err != nil {
		return err
	}
	given, ok := reply.(*wire.SClientHandleCmd)
	if !ok {
		return fmt.Errorf("register was answered with %s", written(reply))
	}
	f.tree, f.handle = nil, given.Handle
	return nil
}

// follow asks for the news, syncs, and compares the copy with the server's definition.
func (f *follower) follow(s *side, o outcome, which int) error {
	if f.suites != nil && f.handle == 0 {
		if err := f.register(s); err != nil {
			return err
		}
	}
	ask := wire.CSyncCmd{UserCmd: asked(), API: wire.SyncNews, ClientHandle: uint32(f.handle), ClientStateChangeNo: ahead, ClientModifyChangeNo: ahead}
	if f.tree != nil {
		ask.ClientStateChangeNo, ask.ClientModifyChangeNo = uint32(f.tree.StateChangeNo()), uint32(f.tree.ModifyChangeNo())
	}
	reply, err := s.send(&ask)
	if err != nil {
		return err
	}
	news := written(reply)
	ask.API = wire.Sync
	if reply, err = s.send(&ask); err != nil {
		return err
	}
	sync, ok := reply.(*wire.SSyncCmd)
	switch {
	case !ok:
	case sync.FullDefs, sync.ServerDefs != "":
		news = strings.Replace(news, "News:2}", "News:1}", 1) // a client syncs, and gets everything
	case len(sync.IncrementalChanges.CompoundMementos) == 0:
		news += forNothing
	}
	o["news"] += news + "\n"
	if !ok && f.handle != 0 { // a step has dropped it
		o["sync"] += written(reply) + "\n"
		f.handle = 0
		return nil
	}
	if !ok {
		return fmt.Errorf("sync was answered with %s", written(reply))
	}
	switch {
	case sync.ServerDefs != "":
		o["sync"] += wholeHandle
		f.tree, err = text.ParseString(sync.ServerDefs, text.Options{})
	case sync.FullDefs:
		o["sync"] += "all of everything\n"
		f.tree, err = text.ParseString(sync.Defs, text.Options{})
	default:
		o["sync"] += mementos(&sync.IncrementalChanges)
		_, err = delta.Apply(f.tree, &sync.IncrementalChanges)
	}
	if err != nil {
		f.tree = nil
		o["followed"] += err.Error()
		return nil
	}
	if f.suites != nil {
		copied := timeless(f.tree)
		full := suitesOf(timeless(s.tree))
		for _, suite := range suitesOf(copied) {
			name := strings.Fields(suite)[0]
			if i := slices.IndexFunc(full, func(one string) bool { return strings.Fields(one)[0] == name }); i >= 0 {
				o[behind] += differing(s, full[i], suite)
			}
		}
		o["followed"] += "\nwith a handle:\n" + copied
		return nil
	}
	full, copied := timeless(s.tree), timeless(f.tree)
	text := strings.TrimSpace(differing(s, full, copied))
	o[behind] += text
	o["followed"] += text
	return nil
}

// behind is the part of an outcome that says where copies are not what the server has; it is not compared.
const behind = "behind"

// suitesOf are the suites of a definition, each as text.
func suitesOf(definition string) []string {
	var suites []string
	for {
		_, rest, more := strings.Cut("\n"+definition, "\nsuite ")
		if !more {
			return suites
		}
		suite, rest, _ := strings.Cut(rest, "\nendsuite")
		suites, definition = append(suites, suite), rest
	}
}

// mementos are the changes of a delta, each in short.
func mementos(d *wire.DefsDelta) string {
	var all strings.Builder
	for _, c := range d.CompoundMementos {
		all.WriteString(c.AbsNodePath)
		if c.ClearAttributes {
			all.WriteString(" clear")
		}
		for _, one := range c.Vec {
			all.WriteString(" " + strings.TrimSuffix(wire.TypeName(one), "Memento"))
		}
		all.WriteString("\n")
	}
	return all.String()
}

// timeless is a definition without calendars and the time since a requeue, of which clients are told with other changes only, and
// without how long states lasted, which clients compute themselves.
func timeless(d *defs.Defs) string {
	var kept strings.Builder
	for line := range strings.Lines(string(text.Append(nil, d, text.Net))) {
		if !strings.HasPrefix(line, "calendar ") {
			kept.WriteString(waited.ReplaceAllString(lasted.ReplaceAllString(line, ""), ""))
		}
	}
	return kept.String()
}

// forNothing stands behind news when a sync then brought nothing.
const forNothing = " for nothing"

// asNew reports whether a client that hears the second news misses nothing of the first. The original has news of a suite
// that a command went through, even if it changed limits of other suites alone.
func asNew(original, ours string) bool {
	was, is := strings.Split(original, "\n"), strings.Split(ours, "\n")
	if len(was) != len(is) {
		return false
	}
	for i := range was {
		one, isNothing := strings.CutSuffix(was[i], forNothing)
		other := strings.TrimSuffix(is[i], forNothing)
		if one != other && !(isNothing && strings.Contains(other, "News:0}")) {
			return false
		}
	}
	return true
}

// asMuch reports whether a copy that has got the second changes has got nothing that the first do not have. The original
// sends some values that have not changed: they were set to what they were; and all of a handle when nodes have come or
// gone, where ours sends the children alone.
func asMuch(original, ours string) bool {
	if strings.Contains(original, wholeHandle) {
		return true
	}
	all := map[string]bool{}
	for line := range strings.Lines(original) {
		words := strings.Fields(line)
		for _, word := range words[1:] {
			all[words[0]+" "+word] = true
		}
	}
	for line := range strings.Lines(ours) {
		words := strings.Fields(line)
		for _, word := range words[1:] {
			if !all[words[0]+" "+word] {
				return false
			}
		}
	}
	return true
}
