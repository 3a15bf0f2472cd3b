package defs

// LateAttr marks a node that is submitted too long, not active by a time of day, or not complete in time.
type LateAttr struct {
	Submitted        TimeSlot // always relative
	Active           TimeSlot // a time of day
	Complete         TimeSlot
	CompleteRelative bool
	Late             bool // the state
}

// IsNull reports whether nothing was specified.
func (l LateAttr) IsNull() bool {
	return l.Submitted.IsNull() && l.Active.IsNull() && l.Complete.IsNull()
}

// String is the attribute as a definition has it.
//
// source: libs/attribute LateAttr.cpp.
func (l LateAttr) String() string {
	s := "late"
	if !l.Submitted.IsNull() {
		s += " -s +" + l.Submitted.String()
	}
	if !l.Active.IsNull() {
		s += " -a " + l.Active.String()
	}
	if !l.Complete.IsNull() {
		s += " -c "
		if l.CompleteRelative {
			s += "+"
		}
		s += l.Complete.String()
	}
	return s
}
