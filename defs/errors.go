package defs

import (
	"errors"
	"fmt"

	"github.com/ecflow-go/ecflow/fault"
)

// ErrOutOfRange is the cause of errors where the original raises std::out_of_range
// (IndexError to Python) rather than a plain runtime error.
var ErrOutOfRange = errors.New("out of range")

// argf is an error about a value that the caller gave.
func argf(format string, args ...any) error {
	return fault.New(fault.Argument, fmt.Sprintf(format, args...))
}

// rangef is an error about a value outside its range, see [ErrOutOfRange].
func rangef(format string, args ...any) error {
	return &fault.Error{Kind: fault.Argument, Msg: fmt.Sprintf(format, args...), Err: ErrOutOfRange}
}

// missingf is an error about a node or attribute that is not there.
func missingf(format string, args ...any) error {
	return fault.New(fault.NotFound, fmt.Sprintf(format, args...))
}
