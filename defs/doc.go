// Package defs is the definition tree: a [Defs] holds suites, a suite families
// and tasks, a task aliases, and every node its attributes.
//
//	d := defs.New()
//	s, err := d.AddSuite("s1")
//	t, err := s.AddTask("t1")
//	err = t.AddTrigger("../other == complete")
//	err = t.AddMeter(meter)
//
// Whatever changes a tree either happens completely or returns an error and
// changes nothing. Errors are *fault.Error values whose message begins with the
// line that the original's users know. Attribute values are plain structs, made
// by their New functions, which check what the original checks.
//
// A tree may be read from many goroutines at once; whoever changes it must be
// alone with it.
//
// The package knows no text format (see defs/text), no JSON and no network.
package defs
