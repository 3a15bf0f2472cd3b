package engine

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Archives: the children of a node in a file of ECF_HOME, a check point with the node and the bare nodes above it.
//
// source: libs/base PathsCmd.cpp; libs/node NodeContainer.cpp.

func (c *call) archiveAll(m *wire.PathsCmd) error {
	c.ownHistory = true
	if len(m.Paths) == 0 {
		return refused("No paths specified for archive")
	}
	asked := make(map[string]bool, len(m.Paths))
	for _, path := range m.Paths {
		asked[path] = true
	}
	var wrong problems
	var nodes []*defs.Node
	for _, path := range m.Paths {
		n := c.tree.Find(path)
		if n == nil {
			wrong.add("PathsCmd:ARCHIVE: Could not find node at path '%s'", path)
			c.logf(defs.LogError, "ARCHIVE: Could not find node at path %s", path)
			continue
		}
		if n.IsContainer() && !askedAbove(n, asked) {
			nodes = append(nodes, n)
		}
	}
	for _, n := range nodes {
		if !m.Force {
			if err := c.mayDelete(n); err != nil {
				return err
			}
		} else {
			c.userZombies(n, "archive")
		}
		c.mark(n, n.Path())
		if err := n.Archive(&c.host); err != nil {
			return err
		}
	}
	return wrong.err()
}

// askedAbove reports whether a node above is archived too.
func askedAbove(n *defs.Node, asked map[string]bool) bool {
	for up := n.Parent(); up != nil; up = up.Parent() {
		if asked[up.Path()] {
			return true
		}
	}
	return false
}

func (c *call) restoreAll(paths []string) error {
	if len(paths) == 0 {
		return refused("No paths specified for restore")
	}
	var wrong problems
	for _, path := range paths {
		n := c.edit(path)
		if n == nil {
			wrong.add("PathsCmd:RESTORE: Could not find node at path '%s'", path)
			c.logf(defs.LogError, "RESTORE: Could not find node at path %s", path)
			continue
		}
		if !n.IsContainer() {
			continue
		}
		if err := n.Restore(&c.host); err != nil {
			return err
		}
	}
	return wrong.err()
}

// archivePath is the file of a node's archive: <ECF_HOME>/<host>.<port>.<path, colons for slashes>.check.
func (e *Engine) archivePath(n *defs.Node) (string, error) {
	home, ok := n.UserVariable("ECF_HOME")
	if !ok {
		return "", refused("NodeContainer::archive_path: cannot find ECF_HOME from " + kindPath(n))
	}
	return home + "/" + e.opts.Host + "." + e.opts.Port + "." + strings.ReplaceAll(n.Path(), "/", ":") + ".check", nil
}

// archive writes a node with all below it into its file.
func (e *Engine) archive(n *defs.Node) error {
	path, err := e.archivePath(n)
	if err != nil {
		return err
	}
	top := n.Copy()
	for up := n.Parent(); up != nil; up = up.Parent() {
		bare, err := defs.NewNode(up.Kind(), up.Name())
		if err != nil {
			return err
		}
		if err := bare.AddChild(top, -1); err != nil {
			return err
		}
		top = bare
	}
	kept := defs.New()
	if err := kept.Add(top, -1); err != nil {
		return err
	}
	return text.SaveCheckpoint(path, kept)
}

// restore brings back what archive has written, and deletes the file.
func (e *Engine) restore(n *defs.Node) error {
	path, err := e.archivePath(n)
	if err != nil {
		return err
	}
	kept := defs.New()
	if err := text.RestoreCheckpoint(path, kept, text.Options{Host: e.opts.Host}); err != nil {
		return refused("NodeContainer::restore() Node " + n.Path() + " could not restore file at  " + path + "  : " + message(err))
	}
	from := kept.Find(n.Path())
	switch {
	case from == nil:
		return refused("NodeContainer::restore() could not find " + n.Path() + " in the archived file " + path)
	case !from.IsContainer():
		return refused("NodeContainer::restore() The node at " + n.Path() + " recovered from " + path + " is not a container(suite/family)")
	}
	children := append([]*defs.Node(nil), from.Children()...)
	for _, child := range children {
		if err := child.Remove(); err != nil {
			return err
		}
	}
	if err := n.ReplaceChildren(children); err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// removeArchives deletes the files of what a node that is to be deleted, and those below it, have archived.
func (c *call) removeArchives(n *defs.Node) {
	if !n.IsContainer() || !hasArchive(n) {
		return
	}
	path, err := c.archivePath(n)
	if err != nil {
		return
	}
	dir, name := filepath.Split(strings.TrimSuffix(path, ".check"))
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		rest, ok := strings.CutPrefix(entry.Name(), name)
		if ok && (rest == ".check" || rest[0] == ':' && strings.HasSuffix(rest, ".check")) {
			_ = os.Remove(filepath.Join(dir, entry.Name()))
		}
	}
}

func hasArchive(n *defs.Node) bool {
	for m := range n.All() {
		if m.Flag().Has(defs.FlagArchived) {
			return true
		}
	}
	return false
}
