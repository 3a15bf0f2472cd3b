package engine

import (
	"github.com/ecflow-go/ecflow/defs"
)

// snapshot is the definition as a keeper sees it.
type snapshot struct{ e *Engine }

func (s snapshot) View(read func(d *defs.Defs)) { s.e.Look(read) }

func (s snapshot) Checkpoint(read func(d *defs.Defs)) {
	s.e.Look(func(d *defs.Defs) {
		s.e.spent.take()
		read(d)
	})
}

func (s snapshot) Saved() { s.e.spent.saved() }

func (s snapshot) Report(flag defs.FlagType, name, value string) {
	s.e.mu.Lock()
	defer s.e.mu.Unlock()
	d := s.e.tree
	d.SetFlag(d.Flag().With(flag))
	if name != "" {
		d.AddVariable(defs.Variable{Name: name, Value: value})
	}
}
