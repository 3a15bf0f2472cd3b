package wire

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// deepestGroup is far more than anybody nests by hand, and little enough to
// stop a group that contains itself.
const deepestGroup = 100

// A request that may kill a real server knows which of its values do. All of
// them were tried on 5.9.2, 5.13.8 and 5.19.0, which behave alike.
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

// Servers assert, when they print or handle most requests, that they know their
// enumerations. Where they do not (logs, syncs, zombies, alters) an unknown
// value is useless, and so refused as well.

func (c *CtsCmd) fatal(int) error {
	return within(c.API, CtsRestoreDefsFromCheckpt, CtsReloadCustomPasswdFile)
}
func (c *CtsNodeCmd) fatal(int) error      { return within(c.API, CtsNodeJobGen, CtsNodeMigrate) }
func (c *PathsCmd) fatal(int) error        { return within(c.API, PathsSuspend, PathsRestore) }
func (c *ClientHandleCmd) fatal(int) error { return within(c.API, HandleRegister, HandleSuites) }
func (c *CheckPtCmd) fatal(int) error      { return within(c.Mode, CheckPtNever, CheckPtUndefined) }
func (c *EditScriptCmd) fatal(int) error   { return within(c.EditType, EditEdit, EditSubmitUserFile) }
func (c *RequeueNodeCmd) fatal(int) error  { return within(c.Option, RequeueNoOption, RequeueForce) }
func (c *OrderNodeCmd) fatal(int) error    { return within(c.Option, OrderTop, OrderRuntime) }
func (c *CSyncCmd) fatal(int) error        { return within(c.API, SyncNews, SyncClock) }
func (c *CFileCmd) fatal(int) error        { return within(c.File, FileECF, FileStat) }
func (c *LogCmd) fatal(int) error          { return within(c.API, LogGet, LogPath) }
func (c *ZombieCmd) fatal(int) error       { return within(c.UserAction, ZombieFob, ZombieKill) }

func (c *AlterCmd) fatal(int) error {
	return cmp.Or(
		within(c.AddAttrType, AlterAddTime, AlterAddMeter),
		within(c.DelAttrType, AlterDeleteVariable, AlterDeleteMirror),
		within(c.ChangeAttrType, AlterChangeVariable, AlterChangeMirror),
		within(c.FlagType, FlagForceAborted, FlagRemoteError),
	)
}

func within[E ~int](value, first, last E) error {
	if value < first || value > last {
		return fault.New(fault.Argument, fmt.Sprintf("%d is no value of %T; a server may die of it", int(value), value))
	}
	return nil
}

// Externs are for the client's checks only; the server asserts there are none.
func (c *LoadDefsCmd) fatal(int) error {
	const part = "xtern" // found faster than with the e, of which there are many
	if !strings.Contains(c.Defs, part) {
		return nil // nearly always, and a definition may be long
	}
	for line := range strings.Lines(c.Defs) {
		for _, statement := range statements(line) {
			if words := strings.Fields(statement); len(words) > 0 && words[0] == "extern" {
				return fault.New(fault.Argument, "the definition holds an extern line, of which a server would die; leave it out")
			}
		}
	}
	return nil
}

// statements splits a line of definition text at its semicolons as the
// original's parser does, which leaves some lines whole.
// source: libs/node/src/ecflow/node/parser/DefsStructureParser.cpp
func statements(line string) []string {
	whole := []string{line}
	words := strings.Fields(line)
	if !strings.Contains(line, ";") || len(words) == 0 || words[0][0] == '#' || words[0] == "label" {
		return whole
	}
	line, _, _ = strings.Cut(line, "#")
	parts := strings.Split(line, ";")
	if strings.Contains(parts[0], "edit") {
		for _, part := range parts {
			if !strings.HasPrefix(strings.TrimSpace(part), "edit") {
				return whole // the semicolon stands inside a variable's value
			}
		}
	}
	return parts
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
