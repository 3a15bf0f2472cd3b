package defs

import (
	"math"
	"strconv"
	"strings"
)

// NoNumber is the number of an event that has a name only.
const NoNumber = math.MaxInt32

// Event is a mark that a task sets while it runs. It has a number, a name, or both.
type Event struct {
	Name    string
	Number  int // NoNumber: none
	Value   bool
	Initial bool // the value after begin and requeue
}

// NewEvent makes an event from a name, or from a number in text.
//
// source: libs/attribute NodeAttr.cpp.
func NewEvent(name string, initial bool) (Event, error) {
	if name == "" {
		return Event{}, argf("Event::Event: Invalid event name : name must be specified if no number supplied")
	}
	if name[0] >= '0' && name[0] <= '9' {
		if n, ok := parseInt(name); ok {
			return Event{Number: n, Value: initial, Initial: initial}, nil
		}
	}
	if err := checkName("Event::Event: Invalid event name : ", name); err != nil {
		return Event{}, err
	}
	return Event{Name: name, Number: NoNumber, Value: initial, Initial: initial}, nil
}

// NewNumberedEvent makes an event with a number and perhaps a name.
func NewNumberedEvent(number int, name string, initial bool) (Event, error) {
	if name != "" {
		if err := checkName("Event::Event: Invalid event name : ", name); err != nil {
			return Event{}, err
		}
	}
	return Event{Name: name, Number: number, Value: initial, Initial: initial}, nil
}

// HasNumber reports whether the event has a number.
func (e Event) HasNumber() bool { return e.Number != NoNumber }

// NameOrNumber is the name, or the number in text when there is no name.
func (e Event) NameOrNumber() string {
	if e.Name == "" {
		return strconv.Itoa(e.Number)
	}
	return e.Name
}

// Same reports whether the two are the same event, whatever their values.
func (e Event) Same(o Event) bool { return e.Number == o.Number && e.Name == o.Name }

// String is the event as a definition has it, without its current value.
func (e Event) String() string {
	s := "event " + e.Name
	if e.HasNumber() {
		s = "event " + strconv.Itoa(e.Number) + " " + e.Name
	}
	if e.Initial {
		s += " set"
	}
	return s
}

// Less is the original's order: by name, by number when neither has a name.
func (e Event) Less(o Event) bool {
	if e.Name == "" && o.Name == "" {
		return e.Number < o.Number
	}
	return strings.Compare(e.NameOrNumber(), o.NameOrNumber()) < 0
}
