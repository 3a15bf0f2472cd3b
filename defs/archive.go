package defs

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/ecflow-go/ecflow/fault"
)

// Nodes whose children are kept elsewhere. What keeps them is the host.
//
// source: libs/node NodeContainer.cpp, AutoRestoreAttr.cpp.

// archive gives the children away.
func (n *Node) archive(s *suiteData) {
	host := s.host()
	if host.Archive == nil || host.Archive(n) != nil {
		return
	}
	n.archived(s)
}

func (n *Node) archived(s *suiteData) {
	host := s.host()
	n.setFlag(n.flag.With(FlagArchived).Without(FlagRestored), s)
	_ = n.ReplaceChildren(nil) // no node is refused where there is none
	if host.Log != nil {
		host.Log(LogState, " autoarchive "+n.debugPath())
	}
}

// restoreArchived brings the children of an archived node back, as begin and requeue do.
func (n *Node) restoreArchived(s *suiteData) {
	if !n.flag.Has(FlagArchived) || len(n.children) > 0 {
		return
	}
	host := s.host()
	if host.Restore == nil {
		return
	}
	if err := host.Restore(n); err != nil {
		if host.Log != nil && !errors.Is(err, fs.ErrNotExist) {
			host.Log(LogError, "NodeContainer::restore_on_begin_or_requeue(): failed : "+message(err))
		}
		return
	}
	n.restored(host)
}

func (n *Node) restored(host *Host) {
	n.SetFlag(n.flag.Without(FlagArchived).With(FlagRestored))
	if host.Log != nil {
		host.Log(LogState, " autorestore "+n.debugPath())
	}
}

// autoRestore does what the autorestore attributes of the node and of those above want when it is complete.
func (n *Node) autoRestore(s *suiteData) {
	if n.state != Complete {
		return
	}
	for up := n; up != nil; up = up.parent {
		if a := up.AutoRestore(); a != nil && (up == n || up.state == Complete) {
			up.restoreAll(s, a.Paths)
		}
	}
}

func (n *Node) restoreAll(s *suiteData, paths []string) {
	host := s.host()
	problem := func(text string) {
		if host.Log != nil {
			host.Log(LogError, "AutoRestoreAttr::do_auto_restore: "+text)
		}
	}
	for _, path := range paths {
		to, _ := n.Referenced(path, "")
		switch {
		case to == nil:
			problem(strings.ToUpper(n.kind.String()) + " references a path '" + path + "' which cannot be found\n")
		case !to.IsContainer():
			problem(strings.ToUpper(n.kind.String()) + " references a node '" + path +
				"' which cannot be restored. Only family and suite nodes can be restored")
		default:
			if err := to.Restore(host); err != nil {
				problem("could not autorestore : because : " + message(err))
			}
		}
	}
}

// message is what an error says, without the kind.
func message(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Msg
	}
	return err.Error()
}

// Restore brings the children of an archived node back.
func (n *Node) Restore(host *Host) error {
	where := "NodeContainer::restore() Node " + n.Path()
	if !n.flag.Has(FlagArchived) {
		return argf("%s can't restore, ecf::Flag::ARCHIVED not set", where)
	}
	if len(n.children) > 0 {
		return argf("%s can't restore, Container already has children ?", where)
	}
	if host.Restore == nil {
		return missingf("%s could not restore, as nothing keeps archived nodes", where)
	}
	if err := host.Restore(n); err != nil {
		if d := n.Defs(); d != nil && errors.Is(err, fs.ErrNotExist) {
			d.CountReading() // in the original, trying to read counts as a change
		}
		return err
	}
	n.restored(host)
	return nil
}
