package expr

// State is the state of a node as expressions see it: the display state, in
// which a suspended node is Suspended whatever else it is. States compare as
// these numbers.
type State int8

// The states, with the numbers of the original.
const (
	Unknown State = iota
	Complete
	Queued
	Aborted
	Submitted
	Active
	Suspended
)

var stateNames = [...]string{"unknown", "complete", "queued", "aborted", "submitted", "active", "suspended"}

// String is the state's name.
func (s State) String() string {
	if s < 0 || int(s) >= len(stateNames) {
		return stateNames[Unknown]
	}
	return stateNames[s]
}

// stateNamed finds a state by name.
func stateNamed(name string) (State, bool) {
	for i, n := range stateNames {
		if n == name {
			return State(i), true
		}
	}
	return Unknown, false
}
