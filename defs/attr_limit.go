package defs

import (
	"slices"
	"strconv"
)

// Limit bounds how many tokens may be in use at once. Tree nodes share their
// limits with the inlimits that name them, so a Limit travels by pointer; a
// limit of a tree is changed through its node.
type Limit struct {
	Name  string
	Max   int
	Value int      // tokens in use
	Paths []string // who uses them, sorted, without duplicates
}

// NewLimit checks the name.
//
// source: libs/node Limit.cpp.
func NewLimit(name string, maximum int) (*Limit, error) {
	if !ValidName(name) {
		return nil, argf("Limit::Limit: Invalid Limit name: %s", name)
	}
	return &Limit{Name: name, Max: maximum}, nil
}

// Increment takes tokens for path, once for each path.
func (l *Limit) Increment(tokens int, path string) {
	i, found := slices.BinarySearch(l.Paths, path)
	if !found {
		l.Paths = slices.Insert(l.Paths, i, path)
		l.Value += tokens
	}
}

// Decrement gives back the tokens of path, if it had any.
func (l *Limit) Decrement(tokens int, path string) {
	i, found := slices.BinarySearch(l.Paths, path)
	if !found {
		return
	}
	l.Paths = slices.Delete(l.Paths, i, i+1)
	if l.Value -= tokens; l.Value < 0 {
		l.Value, l.Paths = 0, nil
	}
}

// Free reports whether tokens more can be had.
func (l *Limit) Free(tokens int) bool { return l.Value+tokens <= l.Max }

// SetValue sets the number of tokens in use; 0 also forgets who used them.
func (l *Limit) SetValue(value int) {
	if l.Value = value; value == 0 {
		l.Paths = nil
	}
}

// Clone is an independent copy.
func (l *Limit) Clone() *Limit {
	c := *l
	c.Paths = slices.Clone(l.Paths)
	return &c
}

// Equal compares everything.
func (l *Limit) Equal(o *Limit) bool {
	return l.Value == o.Value && l.Max == o.Max && l.Name == o.Name && slices.Equal(l.Paths, o.Paths)
}

// String is the limit as a definition has it.
func (l *Limit) String() string { return "limit " + l.Name + " " + strconv.Itoa(l.Max) }
