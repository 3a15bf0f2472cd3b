package engine

import (
	"time"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// snapshot is the definition as a keeper sees it.
type snapshot struct{ e *Engine }

func (s snapshot) Checkpoint() ([]byte, int, int) {
	s.e.mu.RLock()
	defer s.e.mu.RUnlock()
	s.e.spent.take()
	d := s.e.tree
	return text.Printer{Style: text.Migrate, History: true}.Append(nil, d), d.StateChangeNo(), d.ModifyChangeNo()
}

func (s snapshot) Saved() { s.e.spent.saved() }

func (s snapshot) Since(int, int) (*wire.DefsDelta, bool) { return nil, true }

func (s snapshot) Report(flag defs.FlagType, name, value string) {
	s.e.mu.Lock()
	defer s.e.mu.Unlock()
	d := s.e.tree
	d.SetFlag(d.Flag().With(flag))
	if name != "" {
		d.AddVariable(defs.Variable{Name: name, Value: value})
	}
}

// stamp is a time as the log has it.
func stamp(t time.Time) string { return "[" + t.Format("15:04:05 2.1.2006") + "] " }
