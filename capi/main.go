// Package main is the C face of the client: libecflow.so, built with
//
//	go build -buildmode=c-shared -o libecflow.so ./capi
//
// ecflow.h, written by hand, is its documentation. There is no logic here:
// operations are rows of the command table and go to client.Do; this package
// turns C values into arguments, results into C values and errors into error
// objects, keeps handles, and stops panics.
//
// It is the only package that uses cgo.
//
//go:generate go run ../internal/gen/binding -root ..
package main

/*
#cgo CFLAGS: -DECF_BUILDING_LIBRARY -Wall -Wextra -Wno-unused-parameter
*/
import "C"

func main() {}
