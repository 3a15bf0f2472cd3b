package defs

import "strconv"

// InLimit says that a node consumes tokens of a limit, of the node at Path, or
// when Path is empty of the nearest node above that has one of that name.
type InLimit struct {
	Name           string
	Path           string
	Tokens         int
	ThisNodeOnly   bool // the node consumes once, not each task below (-n)
	SubmissionOnly bool // tokens are given back as soon as the task is active (-s)
	Incremented    bool // with ThisNodeOnly: the tokens are taken
}

// NewInLimit checks the name; thisNodeOnly and submissionOnly exclude each other.
//
// source: libs/node InLimit.cpp.
func NewInLimit(name, path string, tokens int, thisNodeOnly, submissionOnly bool) (InLimit, error) {
	if !ValidName(name) {
		return InLimit{}, argf("InLimit::InLimit: Invalid InLimit name: %s", name)
	}
	if thisNodeOnly && submissionOnly {
		return InLimit{}, argf("InLimit::InLimit: can't limit family only(-n) and limit submission(-s) at the same time")
	}
	return InLimit{Name: name, Path: path, Tokens: tokens, ThisNodeOnly: thisNodeOnly, SubmissionOnly: submissionOnly}, nil
}

// String is the inlimit as a definition has it.
func (l InLimit) String() string {
	s := "inlimit "
	if l.ThisNodeOnly {
		s += "-n "
	}
	if l.SubmissionOnly {
		s += "-s "
	}
	if l.Path != "" {
		s += l.Path + ":"
	}
	s += l.Name
	if l.Tokens != 1 {
		s += " " + strconv.Itoa(l.Tokens)
	}
	return s
}
