// Package command is the one table of everything a client can ask: each row
// tells a command's wire form, its arguments, its command-line words and the
// methods that the Go, C and Python faces make of it. Faces, help and reference
// pages are driven by, or generated from, these rows and nothing else.
//
// The package builds requests and describes them; it opens no connection and
// reads no environment.
package command

import (
	"time"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// Class says who asks and how a failure is met.
type Class uint8

const (
	User  Class = iota // a person or a script; two attempts, then an error
	Child              // a running task; retried for hours
	Group              // meaningful inside a group only (show)
	Local              // answered by the client itself, nothing is sent
)

// Type is the shape of an argument or a result.
type Type uint8

// Argument and result shapes. In Args and in results they are, in this order:
// nil, string, int64, bool, []string, []Pair, []byte, []wire.Zombie, *defs.Defs
// (Tree), and for the rest string (StringInt accepts an int as well) or an enum's int64.
const (
	None Type = iota
	String
	Int
	Bool
	Strings   // a list of strings; the Path variants also take a lone string
	Paths     // one absolute node path, or a list of them
	Pairs     // name and value, from "name=value" strings, a dict or Variable objects
	Bytes     // raw bytes
	StringInt // a string or an int, kept as a string (ports, process ids)
	State     // ecflow.State, as its number
	CheckPt   // ecflow.CheckPt, as its number
	Zombies   // list of zombies, or their task paths
	Float     // seconds
	Text      // str, or bytes if the caller asks so (get_file)
	Object    // whatever Python hands over; the engine passes it through (with-blocks)
	Status    // result only: the original returns the int 0 for success, and raises otherwise
	Tree      // a definition; as a result nil when there is none
)

// Pair is a name with its value.
type Pair struct{ Name, Value string }

// Args are the arguments of one command, by parameter name, in the shapes that
// Type lists. An absent one takes its default.
type Args map[string]any

// Param describes one argument.
type Param struct {
	Name    string
	Type    Type
	Default any    // nil: required
	Doc     string // what it is, its unit, what it may be
	Unnamed bool   // the original gives it no keyword
	Arg     string // the row's name for it, where that differs from Name
	PyOnly  bool   // means nothing to Go
}

// Form is one way of calling a method (an overload).
type Form struct {
	Params  []Param
	Returns Type
}

// Method is one entry of the faces: a Go method and a Python method. Several
// methods may share a row (free_all_dep, free_date_dep, ...).
type Method struct {
	Py        string // name in Python, equal to the original's; "" for what only Go offers
	Go        string // name in Go; "" for what Go does otherwise (options, context)
	Forms     []Form // the first one is also Go's
	Fixed     Args   // arguments this method sets by itself
	Doc       string // first line is the summary
	Ours      bool   // not in the original
	GoReturns Type   // what Go returns where that is more than Python's; None: the same
	// Prints says when Python writes the result (and a newline) to sys.stdout:
	// "" never, "always" (and returns None), or the name of the bool argument
	// that asks for it.
	Prints string
	// Property: Python reads it like a field.
	Property bool
	// CheckPaths: when called with a list of paths, the original first sends a
	// check of them, so that nothing changes if one does not exist.
	CheckPaths bool
}

// Identity is what a request says of its sender.
type Identity struct {
	Host     string // name of this machine, as gethostname() gives it
	User     string
	Password string // crypted; empty: none is sent
	Custom   bool   // User was chosen by the caller rather than by the login
	Task     Task   // who a child command speaks for
}

// Task is the identity of a running task.
type Task struct {
	Path     string // ECF_NAME
	Password string // ECF_PASS
	RemoteID string // ECF_RID
	TryNo    int    // ECF_TRYNO
}

// Spec is one row.
type Spec struct {
	Name       string // the command-line option without its dashes
	Class      Class
	Timeout    time.Duration // per connection operation, as the original
	Idempotent bool          // asking twice does what asking once does
	Confirm    bool          // a terminal is asked first, unless the word yes is given
	Params     []Param       // canonical arguments that Build takes
	Methods    []Method
	Summary    string // one line for help
	Detail     string // the rest of the reference text

	// Build makes the request; nil in a Local row. It validates what the
	// original validates, and takes absent arguments at their defaults.
	Build func(id Identity, a Args) (wire.Request, error)
	// Words turns command-line words, the part after "=" first, into arguments;
	// nil where there is no such command-line option.
	Words func(words []string) (Args, error)
}
