package cliargs

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// Arity is how many words an option takes, and what happens when it is given again.
type Arity uint8

// The arities.
// source: boost::program_options::value_semantic
const (
	Flag     Arity = iota // none; given again: refused
	Optional              // one or none; given again without a word: as if it never had one, with a word: refused
	One                   // one; given again: refused
	Each                  // one; given again: more words
	Many                  // one or more; given again: more words
)

// least and most are the bounds on the number of words.
func (a Arity) least() int {
	if a == Flag || a == Optional {
		return 0
	}
	return 1
}

func (a Arity) most() int {
	switch a {
	case Flag:
		return 0
	case Many:
		return int(^uint(0) >> 1)
	}
	return 1
}

// Content is what an option's words have to be.
type Content uint8

// The contents. A negative number is taken for the unsigned one that has its bits, as
// boost::lexical_cast does.
const (
	Text     Content = iota // anything
	Signed                  // a number of 32 bits
	Unsigned                // the same without a sign
)

// accepts reports whether a word is of that content.
func (c Content) accepts(word string) bool {
	var err error
	switch c {
	case Signed:
		_, err = strconv.ParseInt(word, 10, 32)
	case Unsigned:
		_, err = ReadUnsigned(word)
	}
	return err == nil
}

// ReadUnsigned gives the number that a word of content [Unsigned] is.
func ReadUnsigned(word string) (uint32, error) {
	digits := strings.TrimLeft(word, "+-")
	if len(word)-len(digits) > 1 {
		digits = word
	}
	n, err := strconv.ParseUint(digits, 10, 32)
	if strings.HasPrefix(word, "-") {
		n = -n
	}
	return uint32(n), err
}

// Option is one option that may be given.
type Option struct {
	Name    string // without dashes
	Short   byte   // its letter; 0: none
	Arity   Arity
	Content Content
	Exact   bool // its whole name only: the original does not know it, so it must not make a beginning ambiguous

	// Swallows marks an option whose words may look like options: it says how many of the
	// words that follow the first one are the option's, whatever they look like. Such an option
	// is read before all others, from any word that begins with its dashes and whole name.
	// source: ecf::ClientOptionsParser
	Swallows func(following []string) int
}

// Beginning lists the options whose names have a beginning, sorted; of a whole name that one alone.
func Beginning(known []Option, name string) []string {
	o, err := find(known, name, true)
	var several *ambiguity
	switch {
	case errors.As(err, &several):
		slices.Sort(several.names)
		return several.names
	case o != nil:
		return []string{o.Name}
	}
	return nil
}

// find gives the option that a name means: the name of one, the dash and letter of one, or if
// guess is set the beginning of a name. It is nil if there is none.
func find(known []Option, name string, guess bool) (*Option, error) {
	var begins []*Option
	for i := range known {
		o := &known[i]
		switch {
		case o.Name == name, o.Short != 0 && len(name) == 2 && name[0] == '-' && name[1] == o.Short:
			return o, nil
		case guess && !o.Exact && strings.HasPrefix(o.Name, name):
			begins = append(begins, o)
		}
	}
	switch len(begins) {
	case 0:
		return nil, nil
	case 1:
		return begins[0], nil
	}
	names := make([]string, len(begins))
	for i, o := range begins {
		names[i] = o.Name
	}
	return nil, &ambiguity{names}
}

// ambiguity is the beginning of several names.
type ambiguity struct{ names []string }

// source: ambiguous_option::substitute_placeholders
func (a *ambiguity) Error() string {
	slices.Sort(a.names)
	last := len(a.names) - 1
	return "is ambiguous and matches '--" + strings.Join(a.names[:last], "', '--") + "', and '--" + a.names[last] + "'"
}

// refuse is the error of a command line that does not fit the options.
func refuse(message string) error { return fault.New(fault.Argument, message) }

// source: boost::program_options, errors.hpp and value_semantic.cpp
func errUnknown(word string) error { return refuse("unrecognised option '" + word + "'") }
func errMissing(name string) error {
	return refuse("the required argument for option '--" + name + "' is missing")
}
func errExtra(name string) error {
	return refuse("option '--" + name + "' does not take any arguments")
}
func errRepeated(name string) error {
	return refuse("option '--" + name + "' cannot be specified more than once")
}
func errInvalid(name, w string) error {
	if w != "" {
		w = " ('" + w + "')"
	}
	return refuse("the argument" + w + " for option '--" + name + "' is invalid")
}

func errEmpty(name string) error {
	if name != "" {
		name = " '--" + name + "'"
	}
	return refuse("the argument for option" + name + " should follow immediately after the equal sign")
}
