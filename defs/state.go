package defs

// NState is the state of a node.
type NState int8

// The states of nodes; numbers are those of the wire and of Python.
const (
	Unknown NState = iota
	Complete
	Queued
	Aborted
	Submitted
	Active
)

var stateNames = [...]string{"unknown", "complete", "queued", "aborted", "submitted", "active", "suspended"}

// String is the state's name, "unknown" for what is none.
func (s NState) String() string {
	if s < 0 || s > Active {
		return stateNames[0]
	}
	return stateNames[s]
}

// ParseNState finds the state called name.
func ParseNState(name string) (NState, bool) {
	for i, n := range stateNames[:6] {
		if n == name {
			return NState(i), true
		}
	}
	return Unknown, false
}

// DState is the state that a node takes when its suite begins, or is requeued.
type DState int8

// The default states; those below DSuspended have the numbers of NState.
const (
	DUnknown DState = iota
	DComplete
	DQueued
	DAborted
	DSubmitted
	DActive
	DSuspended
)

// String is the state's name.
func (s DState) String() string {
	if s < 0 || s > DSuspended {
		return stateNames[0]
	}
	return stateNames[s]
}

// ParseDState finds the default state called name.
func ParseDState(name string) (DState, bool) {
	for i, n := range stateNames {
		if n == name {
			return DState(i), true
		}
	}
	return DUnknown, false
}

// NState is the node state for this default state; suspended becomes queued.
func (s DState) NState() NState {
	if s == DSuspended {
		return Queued
	}
	return NState(s)
}

// SState is the state of a server.
type SState int8

// The server states.
const (
	Halted SState = iota
	Shutdown
	Running
)

var serverStateNames = [...]string{"HALTED", "SHUTDOWN", "RUNNING"}

// String is the state's name in capitals.
func (s SState) String() string {
	if s < 0 || s > Running {
		return "HALTED"
	}
	return serverStateNames[s]
}

// ParseSState finds the server state called name.
func ParseSState(name string) (SState, bool) {
	for i, n := range serverStateNames {
		if n == name {
			return SState(i), true
		}
	}
	return Halted, false
}
