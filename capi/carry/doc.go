// Package carry copies a graph of Go values, unexported fields and cycles
// included, into bytes and back, between two copies of one binary: what it takes
// to bring definition trees over a fork, after which the child has the same
// library, but a new Go runtime.
//
// It is no format: bytes are good for the binary that wrote them, on the machine
// where it runs. Memory without pointers is copied as it lies.
//
// Pointers to one value stay pointers to one value. Slices do not share memory
// afterwards. Fields tagged `carry:"-"` are left zero; functions, channels and
// interfaces with a value of a type that was not registered are refused.
package carry
