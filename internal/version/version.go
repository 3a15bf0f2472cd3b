// Package version holds the one place that says which version this is.
//
// setup.py reads the same file, so that the wheel, the C library and the Go
// package cannot disagree.
package version

import (
	_ "embed"
	"runtime"
	"strings"
)

//go:embed version.txt
var text string

// Number is the version of this module, as "0.1.0".
func Number() string { return strings.TrimSpace(text) }

// EcFlow is the release of ecFlow whose behaviour and text forms this module
// follows. It is what scripts compare versions with, so it is what the faces
// call their version.
//
// source: docs/decisions/0005-version.md
const EcFlow = "5.19.0"

// Description is one line. It begins as the original's does, since scripts read the number from it; this
// module's own version follows.
func Description() string {
	return "Ecflow version(" + EcFlow + ") ecflow-go(" + Number() + ") compiler(" + runtime.Version() +
		") protocol(JSON cereal 1.3.0) openssl(crypto/tls)"
}
