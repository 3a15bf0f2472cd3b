package cereal

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/ecflow-go/ecflow/fault"
)

// Registry holds the types of a family of documents. It may be used by many
// goroutines at once. A type is looked into when it is first met: a program that
// sends one message and ends does not pay for a hundred.
type Registry struct {
	registered map[reflect.Type]*plan // by struct type; it does not change
	named      map[string]*plan       // those that may stand behind polymorphic pointers; it does not change

	filling sync.Mutex             // for what follows
	plans   map[reflect.Type]*plan // these, and those they contain
	strings int                    // how many string codecs there are
	room    []plan                 // for those that are registered
}

// NewRegistry takes a value, or a nil pointer, of each struct type: of those
// that stand at the top of a document, and of those that may stand behind
// polymorphic pointers, whose Go name is their name on the wire. Other types
// are found through these. Tags that are not understood panic when their type is
// first met, since those are mistakes in the program.
func NewRegistry(documents []any, types ...any) *Registry {
	r := &Registry{
		registered: make(map[reflect.Type]*plan, len(documents)+len(types)),
		named:      make(map[string]*plan, len(types)),
		plans:      make(map[reflect.Type]*plan, len(documents)+len(types)),
	}
	r.room = make([]plan, 0, len(documents)+len(types))
	for _, sample := range types { // first, so that theirs are the first numbers
		t := reflect.TypeOf(sample)
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if r.named[t.Name()] != nil {
			panic("cereal: type " + t.Name() + " registered twice")
		}
		p := r.plan(t)
		r.named[p.name], r.registered[t] = p, p
	}
	for _, sample := range documents {
		t := reflect.TypeOf(sample)
		r.registered[t] = r.plan(t)
	}
	return r
}

// Names lists the registered types, in no particular order.
func (r *Registry) Names() []string {
	names := make([]string, 0, len(r.named))
	for name := range r.named {
		names = append(names, name)
	}
	return names
}

// Type gives the struct type registered under a name, nil if there is none.
func (r *Registry) Type(name string) reflect.Type {
	if p := r.named[name]; p != nil {
		return p.typ
	}
	return nil
}

func (r *Registry) planOf(v any) (*plan, reflect.Value, error) {
	rv := reflect.ValueOf(v)
	if rv.Kind() == reflect.Pointer && !rv.IsNil() {
		if p := r.registered[rv.Type().Elem()]; p != nil {
			return p, rv.Elem(), nil
		}
	}
	return nil, rv, fault.New(fault.Internal, fmt.Sprintf("%T is no pointer to a registered message type", v))
}
