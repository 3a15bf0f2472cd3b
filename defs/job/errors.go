package job

import (
	"fmt"

	"github.com/ecflow-go/ecflow/fault"
)

// failf is an error about a script that no job can be made of.
func failf(format string, args ...any) error {
	return fault.New(fault.Check, fmt.Sprintf(format, args...))
}

// missingf is an error about a script that is not there.
func missingf(format string, args ...any) error {
	return fault.New(fault.NotFound, fmt.Sprintf(format, args...))
}

// words are what an error of this package says, alone.
func words(err error) string {
	if e, ok := err.(*fault.Error); ok {
		return e.Msg
	}
	return err.Error()
}
