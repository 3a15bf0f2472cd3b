package defs

import "strings"

// Flag is a set of marks on a node or on a Defs, one bit each.
type Flag uint32

// FlagType is one mark: the number of its bit.
type FlagType uint8

// The marks, with the numbers of the wire and of Python.
const (
	FlagForceAbort FlagType = iota
	FlagUserEdit
	FlagTaskAborted
	FlagEditFailed
	FlagJobCmdFailed
	FlagNoScript
	FlagKilled
	FlagLate
	FlagMessage
	FlagByRule
	FlagQueueLimit
	FlagWait
	FlagLocked
	FlagZombie
	FlagNoReque
	FlagArchived
	FlagRestored
	FlagThreshold
	FlagSigterm
	FlagNotSet
	FlagLogError
	FlagCheckptError
	FlagKillCmdFailed
	FlagStatusCmdFailed
	FlagStatus
	FlagRemoteError
)

var flagNames = [...]string{
	"force_aborted", "user_edit", "task_aborted", "edit_failed", "ecfcmd_failed", "no_script", "killed", "late",
	"message", "by_rule", "queue_limit", "task_waiting", "locked", "zombie", "no_reque", "archived", "restored",
	"threshold", "sigterm", "not_set", "log_error", "checkpt_error", "killcmd_failed", "statuscmd_failed", "status",
	"remote_error",
}

// flagOrder is the order in which the original lists and prints marks.
var flagOrder = [...]FlagType{
	FlagForceAbort, FlagUserEdit, FlagTaskAborted, FlagEditFailed, FlagJobCmdFailed, FlagKillCmdFailed,
	FlagStatusCmdFailed, FlagNoScript, FlagKilled, FlagStatus, FlagLate, FlagMessage, FlagByRule, FlagQueueLimit,
	FlagWait, FlagLocked, FlagZombie, FlagNoReque, FlagArchived, FlagRestored, FlagThreshold, FlagSigterm,
	FlagLogError, FlagCheckptError, FlagRemoteError,
}

// FlagTypes lists the marks in the original's order.
func FlagTypes() []FlagType { return append([]FlagType(nil), flagOrder[:]...) }

// String is the mark's name in definition text and in expressions, "" for what is none.
func (t FlagType) String() string {
	if int(t) < len(flagNames) {
		return flagNames[t]
	}
	return ""
}

// ParseFlagType finds the mark called name; FlagNotSet and false when there is none.
func ParseFlagType(name string) (FlagType, bool) {
	for i, n := range flagNames {
		if n == name && FlagType(i) != FlagNotSet {
			return FlagType(i), true
		}
	}
	return FlagNotSet, false
}

// Has reports whether the mark is set.
func (f Flag) Has(t FlagType) bool { return f&(1<<t) != 0 }

// With is f with the mark set.
func (f Flag) With(t FlagType) Flag { return f | 1<<t }

// Without is f with the mark cleared.
func (f Flag) Without(t FlagType) Flag { return f &^ (1 << t) }

// String lists the names of the marks set, with commas between.
func (f Flag) String() string {
	if f == 0 {
		return ""
	}
	var names []string
	for _, t := range flagOrder {
		if f.Has(t) {
			names = append(names, t.String())
		}
	}
	return strings.Join(names, ",")
}

// ParseFlag reads names with commas between.
func ParseFlag(names string) (Flag, error) {
	var f Flag
	for name := range strings.SplitSeq(names, ",") {
		if name == "" {
			continue
		}
		t, ok := ParseFlagType(name)
		if !ok {
			return 0, argf("Flag::set_flag: Unknown flag type %s", name)
		}
		f = f.With(t)
	}
	return f, nil
}
