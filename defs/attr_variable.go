package defs

import "strings"

// Variable is a name with a text value; value may be any text.
type Variable struct{ Name, Value string }

// NewVariable checks the name.
//
// source: libs/attribute Variable.cpp.
func NewVariable(name, value string) (Variable, error) {
	if err := checkName("Variable::new_variable: ", name); err != nil {
		return Variable{}, err
	}
	return Variable{name, value}, nil
}

// Int is the value as an integer, 0 if it is none.
func (v Variable) Int() int { return intOr(v.Value, 0) }

// String is the variable as a definition has it.
func (v Variable) String() string {
	return "edit " + v.Name + " '" + strings.ReplaceAll(v.Value, "\n", `\n`) + "'"
}
