package server

import "github.com/ecflow-go/ecflow/defs"

// quiet is a log that nobody reads.
type quiet struct{}

func (quiet) Write(defs.LogKind, string) {}
func (quiet) Flush()                     {}
func (quiet) Path() string               { return "" }
func (quiet) Last(int) (string, error)   { return "", nil }
func (quiet) Clear() error               { return nil }
func (quiet) New(string) error           { return nil }
func (quiet) Problem() string            { return "" }
