package defs

import "time"

// LogKind is what kind of line an entry of the log is.
type LogKind uint8

// The kinds of lines.
const (
	LogMsg     LogKind = iota // what was asked and done
	LogState                  // a change of state
	LogError                  // what went wrong
	LogWarning                // what may be wrong
)

var logNames = [...]string{"MSG", "LOG", "ERR", "WAR"}

// String is the kind as log files have it.
func (k LogKind) String() string { return nameAt(logNames[:], int(k)) }

// Host is what a running tree needs of whoever runs it. Each part may be missing.
type Host struct {
	// Log takes what happens, in the words of the original's log, which come without the time.
	Log func(kind LogKind, text string)
	// Archive keeps the children of a node, which then leave the tree; without it nothing is archived.
	Archive func(*Node) error
	// Restore brings them back, by Node.ReplaceChildren. Where nothing is kept the error is fs.ErrNotExist.
	Restore func(*Node) error
	// Now is the time of day; without it that of the computer.
	Now func() time.Time
	// ByCommand tells that changes are made by a command, of a user or of a job: then a node that completes is also
	// queued again for the first time of the day, and no longer waits for days.
	ByCommand bool
}

var noHost Host

// SetHost says who runs the tree; nil for nobody. A copy of the tree has none.
func (d *Defs) SetHost(h *Host) { d.host = h }

// host is who runs the suite, never nil.
func (s *suiteData) host() *Host {
	if s.defs == nil || s.defs.host == nil {
		return &noHost
	}
	return s.defs.host
}

// now is the computer's time, or what the host takes for it.
func (s *suiteData) now() time.Time {
	if now := s.host().Now; now != nil {
		return now()
	}
	return time.Now()
}

func (n *Node) logState(s *suiteData, state NState) { n.logStateWith(s, state, "") }

// logStateWith logs a state and a note on it.
func (n *Node) logStateWith(s *suiteData, state NState, note string) {
	log := s.host().Log
	if log == nil {
		return
	}
	b := append(append(append(append([]byte{' '}, state.String()...), ": "...), n.Path()...), note...)
	if state == Aborted && n.IsSubmittable() {
		b = append(append(append(b, " try-no: "...), itoa(int64(n.TryNo()))...), " reason: "...)
		b = append(b, n.AbortReason()...)
	}
	log(LogState, string(b))
}

func (n *Node) logRepeat(s *suiteData) {
	if log, r := s.host().Log, n.Repeat(); log != nil && r != nil {
		log(LogMsg, "Repeat at "+n.Path()+":"+r.Name()+" set to value: '"+r.ValueString()+"'")
	}
}

// logLimit logs what was done to a limit of n.
func (n *Node) logLimit(s *suiteData, event string, l *Limit) {
	log := s.host().Log
	if log == nil {
		return
	}
	b := append(append([]byte("Limit event: "), event...), ` -> {"node": "`...)
	b = append(append(append(n.AppendPath(b), `", "name": "`...), l.Name...), `", "value": `...)
	b = append(append(b, itoa(int64(l.Value))...), `, "limit": `...)
	b = append(append(b, itoa(int64(l.Max))...), `, "paths": [`...)
	for i, p := range l.Paths {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(b, p...)
	}
	log(LogMsg, string(append(b, "]}"...)))
}
