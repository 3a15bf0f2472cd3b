package defs

import (
	"slices"
	"strconv"
	"strings"
)

// AutoCancel deletes a node some time after it is complete.
type AutoCancel struct {
	Time     TimeSlot
	Relative bool // Time counts from completion, else it is a time of day
	Days     bool // Time is whole days, in hours
}

// NewAutoCancel deletes at a time: of the day, or after completion.
func NewAutoCancel(t TimeSlot, relative bool) AutoCancel {
	return AutoCancel{Time: t, Relative: relative}
}

// NewAutoCancelDays deletes after so many days.
func NewAutoCancelDays(days int) (AutoCancel, error) {
	t, err := daysSlot(days)
	return AutoCancel{Time: t, Relative: true, Days: true}, err
}

func daysSlot(days int) (TimeSlot, error) {
	if days < 0 || days > 1<<20 {
		return TimeSlot{}, rangef("invalid number of days %d", days)
	}
	return slot(days*24, 0), nil
}

// String is the attribute as a definition has it.
func (a AutoCancel) String() string { return "autocancel " + autoText(a.Time, a.Relative, a.Days) }

func autoText(t TimeSlot, relative, days bool) string {
	switch {
	case days:
		return strconv.Itoa(t.Hour() / 24)
	case relative:
		return "+" + t.String()
	}
	return t.String()
}

// AutoArchive moves a node's children to a file some time after it is complete.
type AutoArchive struct {
	Time     TimeSlot
	Relative bool
	Days     bool
	Idle     bool // also when queued or aborted
}

// NewAutoArchive archives at a time: of the day, or after completion.
func NewAutoArchive(t TimeSlot, relative, idle bool) AutoArchive {
	return AutoArchive{Time: t, Relative: relative, Idle: idle}
}

// NewAutoArchiveDays archives after so many days.
func NewAutoArchiveDays(days int, idle bool) (AutoArchive, error) {
	t, err := daysSlot(days)
	return AutoArchive{Time: t, Relative: true, Days: true, Idle: idle}, err
}

// String is the attribute as a definition has it.
func (a AutoArchive) String() string {
	s := "autoarchive " + autoText(a.Time, a.Relative, a.Days)
	if a.Idle {
		s += " -i"
	}
	return s
}

// AutoRestore brings archived nodes back when its node is complete.
type AutoRestore struct{ Paths []string }

// Equal compares the paths.
func (a AutoRestore) Equal(o AutoRestore) bool { return slices.Equal(a.Paths, o.Paths) }

// String is the attribute as a definition has it.
func (a AutoRestore) String() string {
	return strings.Join(append([]string{"autorestore"}, a.Paths...), " ")
}
