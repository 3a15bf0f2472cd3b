package main

/*
#include <stdlib.h>
#include <stdlib.h>
#include "ecflow.h"
*/
import "C"

import (
	"unsafe"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/version"
)

// handles is the one table of this library; see ARCHITECTURE.md, invariants.
var handles table

var versionText = C.CString(version.Number())

//export ecf_abi_version
func ecf_abi_version() C.int32_t { return C.ECF_ABI_VERSION }

//export ecf_ops_fingerprint
func ecf_ops_fingerprint() C.uint64_t { return C.ECF_OPS_FINGERPRINT }

//export ecf_version
func ecf_version() *C.char { return versionText }

//export ecf_op
func ecf_op(name *C.char) C.int32_t {
	if name == nil {
		return -1
	}
	return C.int32_t(operationNumber(C.GoString(name)))
}

//export ecf_open_handles
func ecf_open_handles() C.int64_t { return C.int64_t(handles.count() + objects.count()) }

//export ecf_test_panic
func ecf_test_panic(out *C.ecf_error) C.int32_t {
	return fail(guard(func() error {
		if env("ECFLOW_TEST_PANIC") != "1" {
			return fault.New(fault.Argument, "ecf_test_panic: ECFLOW_TEST_PANIC is not 1")
		}
		panic("asked for by a test")
	}), out)
}

// env reads the C environment. Go's own copy was taken when the library was
// loaded; a host program, such as Python through os.environ, may have changed
// variables since.
func env(name string) string {
	value, _ := lookupEnv(name)
	return value
}

func lookupEnv(name string) (string, bool) {
	key := C.CString(name)
	defer C.free(unsafe.Pointer(key))
	value := C.getenv(key)
	if value == nil {
		return "", false
	}
	return C.GoString(value), true
}
