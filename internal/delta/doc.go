// Package delta brings a definition tree up to date with what a server sends
// to a client that syncs: [Apply] does the changes, [Node] makes tree nodes of
// those that travel as JSON.
package delta

import (
	"fmt"

	"github.com/ecflow-go/ecflow/fault"
)

// misfit is an error about changes that do not fit the tree: only a full sync helps.
func misfit(format string, args ...any) error {
	return &fault.Error{
		Kind: fault.Check, Msg: fmt.Sprintf("the server's changes do not fit: "+format, args...),
		Hint: "sync in full",
	}
}
