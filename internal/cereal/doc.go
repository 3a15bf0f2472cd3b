// Package cereal reads and writes the JSON dialect in which ecFlow's messages
// travel.
package cereal

// Versioned marks a struct whose class version (0) travels with the first
// object of its type. Place it first, as a blank field: `_ cereal.Versioned`.
type Versioned struct{}

// Scalar is a JSON number, string or literal, kept as it was written.
type Scalar string
