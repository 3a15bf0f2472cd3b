package defs

import (
	"iter"
	"slices"
)

// Defs is a definition: suites in order, and what a server knows beside them.
type Defs struct {
	suites                      []*Node
	index                       map[string]*Node // of suites, once there are many
	server                      serverData
	externs                     []string // sorted
	history                     map[string][]string
	recent                      recent
	state                       NState
	flag                        Flag
	stateChangeNo, modifyChange int
	calCount                    int
	revision                    uint64
	mark                        uint64 // its holder's
	host                        *Host
	track                       *tracker
}

// New makes an empty definition.
func New() *Defs {
	d := &Defs{}
	d.server.init(defaultPort)
	return d
}

// Suites are the suites, in order. The slice must not be changed.
func (d *Defs) Suites() []*Node { return d.suites }

// Suite finds a suite by name, or nil.
func (d *Defs) Suite(name string) *Node {
	if d.index != nil {
		return d.index[name]
	}
	for _, s := range d.suites {
		if s.name == name {
			return s
		}
	}
	return nil
}

// AddSuite makes a suite, last.
func (d *Defs) AddSuite(name string) (*Node, error) {
	s, err := NewSuite(name)
	if err != nil {
		return nil, err
	}
	if err := d.Add(s, -1); err != nil {
		return nil, err
	}
	return s, nil
}

// Add puts a suite of no definition in: at a position, or last when at is negative or beyond the end.
//
// source: libs/node Defs.cpp.
func (d *Defs) Add(s *Node, at int) error {
	if s.kind != KindSuite {
		return argf("Add Suite failed: %s is not a suite", s.debugPath())
	}
	if d.Suite(s.name) != nil {
		return argf("Add Suite failed: A Suite of name '%s' already exists", s.name)
	}
	if s.suite.defs != nil {
		return argf("Place Suite failed: The suite of name '%s' already owned by another Defs ", s.name)
	}
	s.suite.defs = d
	if at < 0 || at >= len(d.suites) {
		d.suites = append(d.suites, s)
	} else {
		d.suites = slices.Insert(d.suites, at, s)
	}
	if d.index != nil {
		d.index[s.name] = s
	} else if len(d.suites) > manyChildren {
		d.index = make(map[string]*Node, len(d.suites))
		for _, s := range d.suites {
			d.index[s.name] = s
		}
	}
	d.revision += uint64(s.edits)
	d.structure(s)
	return nil
}

// Remove takes a suite out; it may be added elsewhere.
func (d *Defs) Remove(s *Node) error {
	at := slices.Index(d.suites, s)
	if at < 0 {
		return missingf("the definition has no suite %s", s.name)
	}
	d.suites = slices.Delete(d.suites, at, at+1)
	delete(d.index, s.name)
	s.left(d)
	s.suite.defs = nil
	s.edits = uint32(d.revision) + 1
	d.structure(nil)
	return nil
}

// All goes through all nodes, depth first.
func (d *Defs) All() iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		for _, s := range d.suites {
			if !s.each(yield) {
				return
			}
		}
	}
}

// Mark is a number that whoever holds the tree may keep with it, 0 at first.
func (d *Defs) Mark() uint64 { return d.mark }

// SetMark sets that number. It is no change of the definition.
func (d *Defs) SetMark(mark uint64) { d.mark = mark }

// Revision is a number that changes with every change of the tree.
func (d *Defs) Revision() uint64 { return d.revision }

// State is the state of all suites together.
func (d *Defs) State() NState { return d.state }

// SetState sets that state.
func (d *Defs) SetState(s NState) { d.state = s; d.noteOwn(AspectState) }

// Flag is the definition's set of marks.
func (d *Defs) Flag() Flag { return d.flag }

// SetFlag replaces the definition's marks.
func (d *Defs) SetFlag(f Flag) {
	if d.flag != f {
		d.flag = f
		d.noteOwn(AspectFlag)
	}
}

// StateChangeNo is the server's count of changes of state.
func (d *Defs) StateChangeNo() int { return d.stateChangeNo }

// ModifyChangeNo is the server's count of changes of structure.
func (d *Defs) ModifyChangeNo() int { return d.modifyChange }

// SetChangeNos sets both counts.
func (d *Defs) SetChangeNos(state, modify int) {
	d.stateChangeNo, d.modifyChange = state, modify
	d.revision++
}

// CalendarCount is how often the server has updated the calendars.
func (d *Defs) CalendarCount() int { return d.calCount }

// SetCalendarCount sets that number.
func (d *Defs) SetCalendarCount(n int) { d.calCount = n; d.revision++ }

// Externs are the names that expressions may refer to though they are not of this definition, sorted.
func (d *Defs) Externs() []string { return d.externs }

// AddExtern adds a path, perhaps with a name after a colon.
func (d *Defs) AddExtern(name string) error {
	if name == "" {
		return argf("Defs::add_extern: Cannot add empty extern")
	}
	if at, found := slices.BinarySearch(d.externs, name); !found {
		d.externs = slices.Insert(d.externs, at, name)
		d.revision++
	}
	return nil
}

// ClearExterns forgets all externs.
func (d *Defs) ClearExterns() { d.externs = nil; d.revision++ }

// FindExtern reports whether a path, or its object of that name, is known as an extern.
func (d *Defs) FindExtern(path, object string) bool {
	if len(d.externs) == 0 {
		return false
	}
	name := path
	if object != "" {
		name += ":" + object
	}
	_, found := slices.BinarySearch(d.externs, name)
	return found
}

// HistoryPaths are the paths that have an edit history, sorted.
func (d *Defs) HistoryPaths() []string {
	paths := make([]string, 0, len(d.history))
	for p := range d.history {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	return paths
}

// History is what users did to the node at path, oldest first.
func (d *Defs) History(path string) []string { return d.history[path] }

// historyLength is how many entries the original keeps for a path.
const historyLength = 10

// AddHistory appends an entry; the oldest beyond ten are dropped.
func (d *Defs) AddHistory(path, entry string) {
	if d.history == nil {
		d.history = map[string][]string{}
	}
	entries := append(d.history[path], entry)
	d.history[path] = entries[max(0, len(entries)-historyLength):]
	d.recent.add(path, entry)
	d.revision++
}

// ClearHistory forgets all edits.
func (d *Defs) ClearHistory() { d.history = nil; d.recent.forget(); d.revision++ }
