// Package model is the definition model as other languages see it: the classes,
// their members with signatures and reference texts, and what each member does.
//
// It is one table ([Classes]). The C interface reads it at run time to answer
// ecf_do(); the generators make the extension's method tables, the type stubs and
// the operation numbers of it. A new member is one entry.
//
//	Class{Name: "Meter", Members: []Member{
//		{Name: "name", Forms: []Form{{"() -> str", on(func(m *defs.Meter, _ *Args) (any, error) { return m.Name, nil })}},
//			Pure: true, Doc: "The meter's name."},
//	}}
//
// Members hold no logic of their own beyond telling overloads apart: that is
// in package defs and its neighbours. The package opens no connection, prints
// nothing and reads no environment.
package model
