package wire

import (
	"reflect"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// deepestGroup is far more than anybody nests by hand, and little enough to
// stop a group that contains itself.
const deepestGroup = 100

// A fatal request is one that may kill a real server (all versions seen, up
// to 5.19). The type itself knows which of its values do.
type fatal interface {
	fatal(depth int) error
}

func guard(r Request) error { return guardAt(r, 0) }

func guardAt(r Request, depth int) error {
	if r == nil || reflect.ValueOf(r).IsNil() {
		return fault.New(fault.Argument, "an empty request cannot be sent")
	}
	if depth > deepestGroup {
		return fault.New(fault.Argument, "groups are nested too deeply")
	}
	if f, ok := r.(fatal); ok {
		return f.fatal(depth)
	}
	return nil
}

// An unknown number trips an assertion in the server.
func (c *CtsCmd) fatal(int) error {
	if c.API < CtsRestoreDefsFromCheckpt || c.API > CtsReloadCustomPasswdFile {
		return fault.New(fault.Argument, "there is no such request, and a server would die of it")
	}
	return nil
}

// Externs are for the client's checks only; the server asserts there are none.
func (c *LoadDefsCmd) fatal(int) error {
	for line := range strings.Lines(c.Defs) {
		if word := strings.TrimLeft(line, " \t\v\f\r"); strings.HasPrefix(word, "extern") {
			if rest := word[len("extern"):]; rest == "" || strings.ContainsRune(" \t\v\f\r\n", rune(rest[0])) {
				return fault.New(fault.Argument, "the definition holds an extern line, of which a server would die; leave it out")
			}
		}
	}
	return nil
}

// A group may hide what is refused elsewhere.
func (c *GroupCTSCmd) fatal(depth int) error {
	for _, r := range c.Commands {
		if err := guardAt(r, depth+1); err != nil {
			return err
		}
	}
	return nil
}
