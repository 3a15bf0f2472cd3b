package cereal

import (
	"fmt"
	"reflect"

	"github.com/ecflow-go/ecflow/fault"
)

// Registry holds the types of a family of documents. It does not change after
// [NewRegistry] and may be used by many goroutines at once.
type Registry struct {
	plans      map[reflect.Type]*plan // by struct type
	named      map[string]*plan       // those that may stand behind polymorphic pointers
	interfaces []*interfaceCodec
	strings    int // how many string codecs there are
}

// NewRegistry takes a value, or a nil pointer, of each struct type: of those
// that stand at the top of a document, and of those that may stand behind
// polymorphic pointers, whose Go name is their name on the wire. Other types
// are found through these. It panics on tags it does not understand, since
// those are mistakes in the program.
func NewRegistry(documents []any, types ...any) *Registry {
	r := &Registry{plans: map[reflect.Type]*plan{}, named: map[string]*plan{}}
	for _, sample := range documents {
		r.plan(reflect.TypeOf(sample))
	}
	for _, sample := range types {
		t := reflect.TypeOf(sample)
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if r.named[t.Name()] != nil {
			panic("cereal: type " + t.Name() + " registered twice")
		}
		r.named[t.Name()] = r.plan(t)
	}
	for _, c := range r.interfaces {
		c.resolve(r)
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
		if p := r.plans[rv.Type().Elem()]; p != nil {
			return p, rv.Elem(), nil
		}
	}
	return nil, rv, fault.New(fault.Internal, fmt.Sprintf("%T is no pointer to a registered message type", v))
}
