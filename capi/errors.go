package main

/*
#include <stdlib.h>
#include "ecflow.h"
*/
import "C"

import (
	"encoding/json"
	"errors"
	"unicode/utf8"

	"github.com/ecflow-go/ecflow/fault"
)

// fail fills out, if there is one, and gives the status to return.
func fail(err error, out *C.ecf_error) C.int32_t {
	if err == nil {
		return C.ECF_OK
	}
	kind := C.int32_t(fault.KindOf(err))
	if out != nil {
		*out = C.ecf_error{
			kind:    kind,
			message: C.CString(errorText(err)),
			details: C.CString(details(err)),
		}
	}
	return kind
}

// details is what a program may want to know of an error, as JSON. Text that is
// not UTF-8 is carried as if it were Latin-1: JSON has no bytes.
func details(err error) string {
	out := struct {
		Kind   string `json:"kind"`
		Op     string `json:"op,omitempty"`
		Addr   string `json:"addr,omitempty"`
		Path   string `json:"path,omitempty"`
		Line   int    `json:"line,omitempty"`
		Server string `json:"server,omitempty"`
		Unsent bool   `json:"unsent,omitempty"`
	}{Kind: fault.KindOf(err).String()}
	var e *fault.Error
	if errors.As(err, &e) {
		out.Op, out.Addr, out.Path, out.Line = text(e.Op), text(e.Addr), text(e.Path), e.Line
		out.Server, out.Unsent = text(e.Server), e.Unsent
	}
	b, jsonErr := json.Marshal(out)
	if jsonErr != nil {
		return "{}"
	}
	return string(b)
}

func text(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	r := make([]rune, len(s))
	for i := range len(s) {
		r[i] = rune(s[i])
	}
	return string(r)
}
