package watch

import "time"

// Kind says what a [Change] is about.
type Kind string

// The kinds. The words are those of the command line and of JSON.
const (
	State      Kind = "state"      // of a node
	Suspended  Kind = "suspended"  // of a node: true or false
	Event      Kind = "event"      // set or clear
	Meter      Kind = "meter"      // a number
	Label      Kind = "label"      // a text, perhaps of several lines
	Repeat     Kind = "repeat"     // its value
	Limit      Kind = "limit"      // tokens in use and how many there are, as 2/5
	Flag       Kind = "flag"       // a mark that calls for attention, such as late or zombie: set or clear
	Added      Kind = "added"      // a node is new, with all below it; New is its state
	Removed    Kind = "removed"    // a node is gone, with all below it; Old was its state
	Server     Kind = "server"     // state of the server: RUNNING, SHUTDOWN or HALTED
	Connection Kind = "connection" // up or lost
)

// Kinds are all of them.
func Kinds() []Kind {
	return []Kind{State, Suspended, Event, Meter, Label, Repeat, Limit, Flag, Added, Removed, Server, Connection}
}

// Change is something that is other than at the look before.
type Change struct {
	Time     time.Time // when it was seen
	Path     string    // of the node; "/" for Server and Connection
	Kind     Kind
	Name     string // of the attribute or mark
	Old, New string
	Reason   string // why a task aborted, or why there is no connection
}

// Progress counts the tasks that are watched, by state.
type Progress struct {
	Tasks     int `json:"tasks"`
	Complete  int `json:"complete"`
	Active    int `json:"active"`
	Submitted int `json:"submitted"`
	Queued    int `json:"queued"`
	Aborted   int `json:"aborted"`
	Unknown   int `json:"unknown"`
	Suspended int `json:"suspended"` // nodes of any kind that are suspended themselves, whatever their state
}
