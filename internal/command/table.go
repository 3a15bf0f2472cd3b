package command

import (
	"sort"
	"strings"
	"sync"
	"time"
)

// The table is made in sections, each when it is first asked for: a program that sends one
// request and ends does not pay for a hundred. They are filled in by init, since a group
// looks its members up.
var (
	sections []func() []Spec
	children func() []Spec // one of them
	theTable func() *table
)

func init() {
	once := func(rows func() []Spec) func() []Spec {
		return sync.OnceValue(func() []Spec { return withDefaults(rows()) })
	}
	children = once(childRows)
	sections = []func() []Spec{
		once(serverRows),
		once(nodeRows),
		once(alterRows),
		once(queryRows),
		once(logRows),
		once(zombieRows),
		once(handleRows),
		once(treeRows),
		once(groupRows),
		children,
		once(localRows),
	}
	theTable = sync.OnceValue(makeTable)
}

// Table lists every command, one row each. It is not to be changed.
func Table() []Spec { return theTable().rows }

// table is all of it, with its methods.
type table struct {
	rows          []Spec
	methods       func() []Method
	methodsByName func() map[string]methodEntry
}

func makeTable() *table {
	var rows []Spec
	for _, section := range sections {
		rows = append(rows, section()...)
	}
	return &table{
		rows:          rows,
		methods:       sync.OnceValue(func() []Method { return listMethods(rows) }),
		methodsByName: sync.OnceValue(func() map[string]methodEntry { return indexMethods(rows) }),
	}
}

// Lookup finds a row by its command-line option, without dashes.
func Lookup(name string) (*Spec, bool) {
	if s := rowOf(children(), name); s != nil { // jobs call these thousands of times
		return s, true
	}
	for _, section := range sections {
		if s := rowOf(section(), name); s != nil {
			return s, true
		}
	}
	return nil, false
}

func rowOf(rows []Spec, name string) *Spec {
	for i := range rows {
		if rows[i].Name == name {
			return &rows[i]
		}
	}
	return nil
}

// Methods lists every Python method in a stable order (by name). Its indices are the
// operation numbers of the C ABI.
func Methods() []Method { return append([]Method(nil), theTable().methods()...) }

// LookupMethod finds a method by its Python name, or what only Go offers by the name
// of its row, and the row it belongs to.
func LookupMethod(name string) (*Method, *Spec, bool) {
	e, ok := theTable().methodsByName()[name]
	return e.method, e.spec, ok
}

// Canonical renames a method's arguments to those of its row and adds the
// fixed ones. Arguments that are nil are left out.
func (m *Method) Canonical(args Args) Args {
	out := make(Args, len(args)+len(m.Fixed))
	for name, v := range args {
		if v != nil {
			out[m.canonicalName(name)] = v
		}
	}
	for name, v := range m.Fixed {
		out[name] = v
	}
	if len(m.Forms) > 0 {
		for _, p := range m.Forms[0].Params { // false is what a builder assumes of an absent bool; true is not
			if name := m.canonicalName(p.Name); p.Default == true && !p.PyOnly && out[name] == nil {
				out[name] = true
			}
		}
	}
	return out
}

func (m *Method) canonicalName(name string) string {
	for _, f := range m.Forms {
		for _, p := range f.Params {
			if p.Name == name && p.Arg != "" {
				return p.Arg
			}
		}
	}
	return name
}

// Summary is the first line of Doc.
func (m *Method) Summary() string {
	line, _, _ := strings.Cut(m.Doc, "\n")
	return line
}

// withDefaults gives rows without a time limit the common one.
func withDefaults(rows []Spec) []Spec {
	for i := range rows {
		if rows[i].Timeout == 0 && rows[i].Class != Local {
			rows[i].Timeout = timeoutDefault
		}
	}
	return rows
}

type methodEntry struct {
	method *Method
	spec   *Spec
}

func listMethods(rows []Spec) []Method {
	var all []Method
	for i := range rows {
		for _, m := range rows[i].Methods {
			if m.Py != "" {
				all = append(all, m)
			}
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Py < all[j].Py })
	return all
}

func indexMethods(rows []Spec) map[string]methodEntry {
	index := map[string]methodEntry{}
	for i := range rows {
		for j := range rows[i].Methods {
			m := &rows[i].Methods[j]
			name := m.Py
			if name == "" {
				name = rows[i].Name
			}
			if _, dup := index[name]; dup {
				panic("command: two methods named " + name)
			}
			index[name] = methodEntry{m, &rows[i]}
		}
	}
	return index
}

// Time allowed for each step of a connection, by the kind of request.
// source: timeout() of the request classes
const (
	timeoutPing    = 10 * time.Second
	timeoutNews    = 20 * time.Second
	timeoutDefault = 60 * time.Second
	timeoutBegin   = 80 * time.Second
	timeoutPlug    = 120 * time.Second
	timeoutChild   = 190 * time.Second
	timeoutReplace = 300 * time.Second
	timeoutTree    = 600 * time.Second
)
