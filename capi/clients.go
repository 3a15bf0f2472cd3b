package main

/*
#include "ecflow.h"
*/
import "C"

import (
	"unsafe"

	"github.com/ecflow-go/ecflow/fault"
)

//export ecf_client_new
func ecf_client_new(host, port *C.char, clientOut *C.ecf_handle, out *C.ecf_error) C.int32_t {
	return fail(guard(func() error {
		if clientOut == nil {
			return nowhere("client")
		}
		s, err := newSession(optional(host), optional(port))
		if err != nil {
			return err
		}
		*clientOut = C.ecf_handle(handles.add(clientHandle, s))
		return nil
	}), out)
}

func nowhere(what string) error {
	return fault.New(fault.Argument, "the pointer for the "+what+" is NULL")
}

func optional(s *C.char) *string {
	if s == nil {
		return nil
	}
	text := C.GoString(s)
	return &text
}

//export ecf_client_settings
func ecf_client_settings(client C.ecf_handle, ret *C.ecf_value, out *C.ecf_error) C.int32_t {
	return fail(guard(func() error {
		s, ok := lookup[*session](&handles, clientHandle, handle(client))
		if !ok {
			return staleHandle("client")
		}
		if ret == nil {
			return nowhere("settings")
		}
		settings, err := s.settings(handle(client))
		if err != nil {
			return err
		}
		return toC(settings, ret)
	}), out)
}

//export ecf_client_restore
func ecf_client_restore(settings *C.ecf_value, clientOut *C.ecf_handle, out *C.ecf_error) C.int32_t {
	return fail(guard(func() error {
		if settings == nil || clientOut == nil {
			return nowhere("settings or client")
		}
		value, err := fromC(settings)
		if err != nil {
			return err
		}
		data, ok := value.([]byte)
		if !ok {
			return fault.New(fault.Argument, "settings are bytes, as ecf_client_settings gives them")
		}
		s, err := restoreSession(data)
		if err != nil {
			return err
		}
		*clientOut = C.ecf_handle(handles.add(clientHandle, s))
		return nil
	}), out)
}

//export ecf_release
func ecf_release(list *C.ecf_handle, count C.int64_t) {
	if list == nil || count <= 0 {
		return
	}
	_ = guard(func() error {
		objects.releaseAll(unsafe.Slice((*handle)(unsafe.Pointer(list)), int(count)), func(h handle) {
			object, _ := handles.remove(h)
			switch o := object.(type) {
			case *call:
				o.drop()
			case *session:
				dropped(o.client.Defs())
			}
		})
		return nil
	})
}
