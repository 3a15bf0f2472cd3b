package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"sync/atomic"

	"github.com/ecflow-go/ecflow/fault"
)

// poison holds the first panic's text. Once it is set every export fails: what
// the panic left half done is not known.
var poison atomic.Pointer[string]

// guard runs an export's work. It refuses when the library is poisoned, and
// turns a panic into poison.
func guard(work func() error) (err error) {
	if said := poison.Load(); said != nil {
		return poisoned(*said)
	}
	defer func() {
		if p := recover(); p != nil {
			err = poisoned(notePanic(p))
		}
	}()
	return work()
}

func notePanic(p any) string {
	said := fmt.Sprint(p)
	if poison.CompareAndSwap(nil, &said) && os.Getenv("ECFLOW_PANIC_TRACE") == "1" {
		_, _ = os.Stderr.Write(debug.Stack())
	}
	return *poison.Load()
}

func poisoned(said string) error {
	return &fault.Error{
		Kind: fault.Internal,
		Msg:  "a defect in libecflow stopped it (" + said + "); it cannot be used any more in this process",
		Hint: "please report this; ECFLOW_PANIC_TRACE=1 in the environment prints where it happened",
	}
}
