package defs

import "strconv"

// VerifyAttr counts how often a node reaches a state; tests of definitions use it.
type VerifyAttr struct {
	State    NState
	Expected int
	Actual   int
}

// Equal compares what the original compares: not the count.
func (v VerifyAttr) Equal(o VerifyAttr) bool { return v.State == o.State && v.Expected == o.Expected }

// String is the attribute as a definition has it.
func (v VerifyAttr) String() string {
	return "verify " + v.State.String() + ":" + strconv.Itoa(v.Expected)
}
