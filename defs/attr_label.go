package defs

import "strings"

// Label is a line or more of text for people. Value is the defined text, New
// what a task or user has put in its place since, empty until then.
type Label struct{ Name, Value, New string }

// NewLabel checks the name.
//
// source: libs/attribute NodeAttr.cpp.
func NewLabel(name, value string) (Label, error) {
	if !ValidName(name) {
		return Label{}, argf("Label::Label: Invalid Label name :%s", name)
	}
	return Label{Name: name, Value: value}, nil
}

// String is the label as a definition has it.
func (l Label) String() string {
	return "label " + l.Name + ` "` + strings.ReplaceAll(l.Value, "\n", `\n`) + `"`
}
