package carry

import (
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"unsafe"
)

// The types that interfaces may hold, by number.
var (
	registered []reflect.Type
	numbers    = map[reflect.Type]uint64{}
)

// Register makes known the type of a value that interfaces may hold. It is for
// initialisation: every copy of the binary has to register in the same order.
func Register(values ...any) {
	for _, v := range values {
		t := reflect.TypeOf(v)
		if _, ok := numbers[t]; !ok {
			registered = append(registered, t)
			numbers[t] = uint64(len(registered))
		}
	}
}

// target is where a pointer leads: a struct and its first field have one address.
type target struct {
	at    unsafe.Pointer
	codec *codec
}

type writer struct {
	out  []byte
	seen map[target]uint64
	err  error
}

func (w *writer) number(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

func (w *writer) text(s string) {
	w.number(uint64(len(s)))
	w.out = append(w.out, s...)
}

func (w *writer) refuse(t reflect.Type) {
	if w.err == nil {
		w.err = fmt.Errorf("carry: a %s cannot be carried", t)
	}
}

// Save copies what a pointer leads to.
func Save[T any](from *T) ([]byte, error) {
	w := &writer{seen: map[target]uint64{}}
	codecOf(reflect.TypeFor[T]()).write(w, unsafe.Pointer(from))
	return w.out, w.err
}

type reader struct {
	in   string // the texts that are read are pieces of it
	at   int
	seen []unsafe.Pointer
}

// errBroken ends a reading; Restore catches it.
var errBroken = errors.New("carry: the bytes are not what Save gave")

func (r *reader) broken() { panic(errBroken) }

func (r *reader) bytes(n int) string {
	if n < 0 || n > len(r.in)-r.at {
		r.broken()
	}
	s := r.in[r.at : r.at+n]
	r.at += n
	return s
}

func (r *reader) number() uint64 {
	var n uint64
	for shift := 0; shift < 64; shift += 7 {
		b := r.bytes(1)[0]
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	r.broken()
	return 0
}

func (r *reader) text() string {
	n := r.number()
	if n > uint64(len(r.in)-r.at) {
		r.broken()
	}
	return r.bytes(int(n))
}

// count is the number of items, -1 for a nil container. An item has a byte at least.
func (r *reader) count() int {
	n := r.number()
	if n > uint64(len(r.in)-r.at)+1 {
		r.broken()
	}
	return int(n) - 1
}

// Restore makes again what Save has copied. The values hold on to in.
func Restore[T any](in string, to *T) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if p != errBroken { //nolint:errorlint // it is that very value
				panic(p)
			}
			err = errBroken
		}
	}()
	r := &reader{in: in}
	codecOf(reflect.TypeFor[T]()).read(r, unsafe.Pointer(to))
	if r.at != len(in) {
		r.broken()
	}
	return nil
}
