package model

import (
	"reflect"

	"github.com/ecflow-go/ecflow/defs"
)

// classes is every class, bases in front of what is derived from them.
func classes() []Class {
	groups := [][]Class{
		nodeClasses(), defsClasses(), expressionClasses(), attributeClasses(), timeClasses(), repeatClasses(),
		otherClasses(),
	}
	var out []Class
	for _, g := range groups {
		out = append(out, g...)
	}
	return out
}

var all = classes()

// Classes lists every class, bases in front of what is derived from them. The
// place in the list is the class's number.
func Classes() []Class { return all }

// Operation is a member under its number.
type Operation struct {
	Class  *Class
	Member *Member
}

var operations = func() []Operation {
	var out []Operation
	for i := range all {
		for j := range all[i].Members {
			out = append(out, Operation{&all[i], &all[i].Members[j]})
		}
	}
	return out
}()

// Operations lists the members of all classes. The place in the list is the
// operation's number. Setters of properties are not among them: they are the
// form after the last of their property.
func Operations() []Operation { return operations }

var classNumbers, typeClasses = func() (map[string]int, map[reflect.Type]int) {
	names, types := map[string]int{}, map[reflect.Type]int{}
	for i, c := range all {
		names[c.Name] = i
		if c.Type != nil {
			types[reflect.TypeOf(c.Type)] = i
		}
	}
	return names, types
}()

// ClassNumber finds a class by name, -1 for none.
func ClassNumber(name string) int {
	if n, ok := classNumbers[name]; ok {
		return n
	}
	return -1
}

var kindClasses = [...]int{
	defs.KindSuite: ClassNumber("Suite"), defs.KindFamily: ClassNumber("Family"),
	defs.KindTask: ClassNumber("Task"), defs.KindAlias: ClassNumber("Alias"),
}

// ClassOf is the number of the class of an object, -1 for what is none.
func ClassOf(object any) int {
	if n, ok := object.(*defs.Node); ok {
		return kindClasses[n.Kind()]
	}
	if n, ok := typeClasses[reflect.TypeOf(object)]; ok {
		return n
	}
	return -1
}

// IsNil reports whether an object is a nil pointer: the answer "none".
func IsNil(object any) bool {
	v := reflect.ValueOf(object)
	return !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil()
}

// Fits reports whether an object of a class, -1 for none, can be the self of an operation.
func Fits(operation, class int) bool {
	if class < 0 {
		m := operations[operation].Member
		return m.Kind == Static || m.Name == "__init__"
	}
	for ; class >= 0; class = bases[class] {
		if &all[class] == operations[operation].Class {
			return true
		}
	}
	return false
}

// bases are the numbers of the base classes.
var bases = func() []int {
	out := make([]int, len(all))
	for i, c := range all {
		out[i] = ClassNumber(c.Base)
	}
	return out
}()
