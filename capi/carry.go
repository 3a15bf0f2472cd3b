package main

/*
#include "ecflow.h"
*/
import "C"

import "github.com/ecflow-go/ecflow/fault"

//export ecf_objects_save
func ecf_objects_save(ret *C.ecf_value, out *C.ecf_error) C.int32_t {
	return fail(fault.New(fault.Unsupported, "not yet"), out)
}

//export ecf_objects_restore
func ecf_objects_restore(saved *C.ecf_value, out *C.ecf_error) C.int32_t {
	return fail(fault.New(fault.Unsupported, "not yet"), out)
}
