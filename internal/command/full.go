package command

import (
	"reflect"
	"strings"

	"github.com/ecflow-go/ecflow/internal/wire"
)

// Full gives a request as a server's log has it: as [Describe], but with all paths and at full length. It holds no password.
//
// source: print of the request classes.
func Full(r wire.Request) string { return full(r, false) }

// For gives a request as the edit history of the node at a path has it: as [Full], but of all paths with this alone.
//
// source: print of the request classes, the form with a path.
func For(r wire.Request, path string) string {
	paths := []string{path}
	switch c := r.(type) {
	case *wire.AlterCmd:
		one := *c
		one.Paths = paths
		r = &one
	case *wire.DeleteCmd:
		one := *c
		one.Paths = paths
		r = &one
	case *wire.ForceCmd:
		one := *c
		one.Paths = paths
		r = &one
	case *wire.FreeDepCmd:
		one := *c
		one.Paths = paths
		r = &one
	case *wire.PathsCmd:
		one := *c
		one.Paths = paths
		r = &one
	case *wire.RequeueNodeCmd:
		one := *c
		one.Paths = paths
		r = &one
	case *wire.RunNodeCmd:
		one := *c
		one.Paths = paths
		r = &one
	}
	return Full(r)
}

// full is Full; of an alter in a group the first path alone is told.
func full(r wire.Request, member bool) string {
	switch c := r.(type) {
	case nil:
		return ""
	case *wire.AlterCmd:
		if member {
			return line(alterLead(c), firstPath(c.Paths))
		}
		return line(alterLead(c), all(c.Paths))
	case *wire.PathsCmd:
		return line(pathsLead(c), all(c.Paths))
	case *wire.ForceCmd:
		return line(forceLead(c), all(c.Paths))
	case *wire.GroupCTSCmd:
		members := make([]string, len(c.Commands))
		for i, m := range c.Commands {
			members[i] = full(m, true)
		}
		return "--group=" + strings.Join(members, "; ")
	}
	if f, ok := theDescribers()[reflect.TypeOf(r)]; ok {
		return f(r)
	}
	return strings.TrimPrefix(reflect.TypeOf(r).String(), "*wire.")
}

// firstPath is the first path, a blank if there is none.
func firstPath(paths []string) string {
	if len(paths) == 0 {
		return " "
	}
	return paths[0]
}

func pathsLead(c *wire.PathsCmd) string {
	return line(option(pathsWord[c.API], ""), when(c.API == wire.PathsCheck && len(c.Paths) == 0, "_all_"),
		when(c.API == wire.PathsArchive && c.Force, "force"))
}

func forceLead(c *wire.ForceCmd) string {
	return line("--force="+c.StateOrEvent, when(c.Recursive, "recursive"), when(c.SetRepeatToLastValue, "full"))
}

func alterLead(c *wire.AlterCmd) string {
	verb, kind := "sort", ""
	switch {
	case c.DelAttrType != wire.AlterDeleteNone:
		verb, kind = "delete", wordOf(alterDeletes, c.DelAttrType)
	case c.ChangeAttrType != wire.AlterChangeNone:
		verb, kind = "change", wordOf(alterChanges, c.ChangeAttrType)
	case c.AddAttrType != wire.AlterAddNone:
		verb, kind = "add", wordOf(alterAdds, c.AddAttrType)
	case c.FlagType != wire.FlagNotSet:
		verb, kind = "clear_flag", c.FlagType.String()
		if c.Flag {
			verb = "set_flag"
		}
	}
	return line("--alter", verb, kind, c.Name, c.Value)
}
