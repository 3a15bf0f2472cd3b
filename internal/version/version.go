// Package version holds the one place that says which version this is.
//
// setup.py reads the same file, so that the wheel, the C library and the Go
// package cannot disagree.
package version

import (
	_ "embed"
	"strings"
)

//go:embed version.txt
var text string

// Number is the version of this module, as "0.1.0".
func Number() string { return strings.TrimSpace(text) }
