package defs

import (
	"slices"
	"strings"
)

// GenericAttr is a name with values that nothing here interprets.
type GenericAttr struct {
	Name   string
	Values []string
}

// NewGenericAttr checks the name.
//
// source: libs/attribute GenericAttr.cpp.
func NewGenericAttr(name string, values []string) (GenericAttr, error) {
	if err := checkName("GenericAttr::GenericAttr : Invalid generic name : ", name); err != nil {
		return GenericAttr{}, err
	}
	return GenericAttr{Name: name, Values: slices.Clone(values)}, nil
}

// Equal compares everything.
func (g GenericAttr) Equal(o GenericAttr) bool {
	return g.Name == o.Name && slices.Equal(g.Values, o.Values)
}

// String is the attribute as a definition has it.
func (g GenericAttr) String() string {
	return strings.Join(append([]string{"generic", g.Name}, g.Values...), " ")
}
