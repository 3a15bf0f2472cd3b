package command

import (
	"fmt"
	"strconv"

	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// The accessors below read one argument in its shape. An absent one, or a nil,
// is its zero value; another Go type is a defect of the face that made the Args.

func (a Args) str(name string) (string, error) {
	switch v := a[name].(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case []byte:
		return string(v), nil
	case int:
		return strconv.Itoa(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	default:
		return "", wrongType(name, "a string", v)
	}
}

func (a Args) integer(name string) (int, error) {
	switch v := a[name].(type) {
	case nil:
		return 0, nil
	case int:
		return v, nil
	case int64:
		return int(v), nil
	default:
		return 0, wrongType(name, "an int", v)
	}
}

func (a Args) boolean(name string) (bool, error) {
	switch v := a[name].(type) {
	case nil:
		return false, nil
	case bool:
		return v, nil
	default:
		return false, wrongType(name, "a bool", v)
	}
}

// strs reads a list of strings; a lone string is a list of one.
func (a Args) strs(name string) ([]string, error) {
	switch v := a[name].(type) {
	case nil:
		return []string{}, nil
	case string:
		return []string{v}, nil
	case []string:
		return append([]string{}, v...), nil
	default:
		return nil, wrongType(name, "a list of strings", v)
	}
}

// paths is strs, but a lone empty string is an empty list, as in the original.
func (a Args) paths(name string) ([]string, error) {
	if s, ok := a[name].(string); ok && s == "" {
		return []string{}, nil
	}
	return a.strs(name)
}

func (a Args) pairs(name string) ([]Pair, error) {
	switch v := a[name].(type) {
	case nil:
		return nil, nil
	case []Pair:
		return append([]Pair(nil), v...), nil
	default:
		return nil, wrongType(name, "a list of name and value pairs", v)
	}
}

func (a Args) zombies(name string) ([]wire.Zombie, error) {
	switch v := a[name].(type) {
	case nil:
		return nil, nil
	case []wire.Zombie:
		return v, nil
	default:
		return nil, wrongType(name, "a list of zombies", v)
	}
}

func wrongType(name, want string, got any) error {
	return fault.New(fault.Argument, fmt.Sprintf("%s: expected %s, not a %T", name, want, got))
}

// longestMessage is where messages that quote a caller's text end, in bytes.
const longestMessage = 2000

// argument is the error for a value that cannot be used; the text is the
// original's where scripts may look for it.
func argument(format string, a ...any) error {
	return fault.New(fault.Argument, clip(fmt.Sprintf(format, a...), longestMessage))
}

// reader collects the first error of several accesses, so that builders read
// straight down.
type reader struct {
	args Args
	err  error
}

func read(a Args) *reader { return &reader{args: a} }

func take[T any](r *reader, v T, err error) T {
	if err != nil && r.err == nil {
		r.err = err
	}
	return v
}

func (r *reader) str(name string) string         { v, err := r.args.str(name); return take(r, v, err) }
func (r *reader) integer(name string) int        { v, err := r.args.integer(name); return take(r, v, err) }
func (r *reader) boolean(name string) bool       { v, err := r.args.boolean(name); return take(r, v, err) }
func (r *reader) strs(name string) []string      { v, err := r.args.strs(name); return take(r, v, err) }
func (r *reader) paths(name string) []string     { v, err := r.args.paths(name); return take(r, v, err) }
func (r *reader) pairs(name string) []Pair       { v, err := r.args.pairs(name); return take(r, v, err) }
func (r *reader) has(name string) bool           { return r.args[name] != nil }
func (r *reader) zombies(n string) []wire.Zombie { v, err := r.args.zombies(n); return take(r, v, err) }

// strOr is str with a default.
func (r *reader) strOr(name, def string) string {
	if !r.has(name) {
		return def
	}
	return r.str(name)
}

// integerOr is integer with a default.
func (r *reader) integerOr(name string, def int) int {
	if !r.has(name) {
		return def
	}
	return r.integer(name)
}

// booleanOr is boolean with a default.
func (r *reader) booleanOr(name string, def bool) bool {
	if !r.has(name) {
		return def
	}
	return r.boolean(name)
}
