package engine

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
)

// Archived nodes: the children of a suite or family stand in a file of ECF_HOME, in the form of a check point, until they
// are wanted back.
//
// source: NodeContainer.cpp.

// archivePath is the file of a node: <host>.<port>.:suite:family.check.
func (e *Engine) archivePath(n *defs.Node) (string, error) {
	home, ok := n.UserVariable("ECF_HOME")
	if !ok {
		return "", refused("NodeContainer::archive_path: cannot find ECF_HOME from " + kindPath(n))
	}
	return filepath.Join(home, e.opts.Host+"."+e.opts.Port+"."+strings.ReplaceAll(n.Path(), "/", ":")+".check"), nil
}

// archive writes a copy of the node, unless that has been done ahead.
func (e *Engine) archive(n *defs.Node) error {
	path, content, err := e.archiveOf(n)
	if err != nil {
		return err
	}
	p := e.ahead.written[path]
	if p == nil || !p.Holds(content) {
		if p, err = text.PrepareCheckpoint(path, content); err != nil {
			return err
		}
	}
	if err := p.Place(); err != nil {
		return err
	}
	e.archives++
	e.spent.rewritten(path)
	e.tree.CountReading() // in the original, the copy counts as a change
	return nil
}

// archiveOf is the node's file and what it is to hold: the node, below nodes that have nothing but their names.
func (e *Engine) archiveOf(n *defs.Node) (path string, content []byte, err error) {
	if path, err = e.archivePath(n); err != nil {
		return "", nil, err
	}
	top := n.Copy()
	for up := n.Parent(); up != nil; up = up.Parent() {
		above := defs.NewNodeUnchecked(up.Kind(), up.Name())
		if err := above.AddChild(top, -1); err != nil {
			return "", nil, err
		}
		top = above
	}
	d := defs.New()
	d.SetServerHost(e.opts.Host)
	if err := d.Add(top, -1); err != nil {
		return "", nil, err
	}
	return path, text.Printer{Style: text.Migrate, History: true}.Append(nil, d), nil
}

// restore gives the node its children back. The file goes once the definition that holds them is on disk.
func (e *Engine) restore(n *defs.Node) error {
	path, err := e.archivePath(n)
	if err != nil {
		return err
	}
	d, err := e.readArchive(path)
	if err != nil {
		return &fault.Error{
			Kind: fault.Refused, Err: err,
			Msg: "NodeContainer::restore() Node " + n.Path() + " could not restore file at  " + path + "  : " + message(err),
		}
	}
	kept := d.Find(n.Path())
	switch {
	case kept == nil:
		return refused("NodeContainer::restore() could not find " + n.Path() + " in the archived file " + path)
	case !kept.IsContainer():
		return refused("NodeContainer::restore() The node at " + n.Path() + " recovered from " + path + " is not a container(suite/family)")
	}
	e.archives++
	e.tree.CountReading() // in the original, reading counts as a change
	children := append([]*defs.Node(nil), kept.Children()...)
	if err := kept.ReplaceChildren(nil); err != nil {
		return err
	}
	if err := n.ReplaceChildren(children); err != nil {
		return err
	}
	if e.keeper == nil {
		return os.Remove(path)
	}
	e.spent.add(path)
	return nil
}

func (e *Engine) readArchive(path string) (*defs.Defs, error) {
	if e.spent.has(path) { // for the definition it is gone
		return nil, &fault.Error{
			Kind: fault.NotFound, Path: path, Err: fs.ErrNotExist,
			Msg: "Defs::defs_restore_from_checkpt: DefsStructureParser::DefsStructureParser: Unable to open file! " + path + "\nNo such file or directory",
		}
	}
	if known, ok := e.ahead.read[path]; ok {
		return known.value, known.err
	}
	return e.readFile(path)
}

func (e *Engine) readFile(path string) (*defs.Defs, error) {
	d := defs.New()
	return d, text.RestoreCheckpoint(path, d, text.Options{Host: e.opts.Host})
}

// forgetArchives deletes the files of a node that is deleted, and of all that were below it.
func (e *Engine) forgetArchives(n *defs.Node) {
	if !hasArchive(n) {
		return
	}
	path, err := e.archivePath(n)
	if err != nil {
		return
	}
	stem := strings.TrimSuffix(filepath.Base(path), ".check")
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return
	}
	for _, entry := range entries {
		rest, ok := strings.CutPrefix(entry.Name(), stem)
		if ok && strings.HasSuffix(rest, ".check") && (rest[0] == ':' || rest == ".check") {
			e.archives++
			gone := filepath.Join(filepath.Dir(path), entry.Name())
			e.spent.rewritten(gone)
			_ = os.Remove(gone)
		}
	}
}

func hasArchive(n *defs.Node) bool {
	for m := range n.All() {
		if m.IsContainer() && m.Flag().Has(defs.FlagArchived) {
			return true
		}
	}
	return false
}

// kindPath is how messages name a node: kind in capitals, colon, path.
func kindPath(n *defs.Node) string { return strings.ToUpper(n.Kind().String()) + ":" + n.Path() }
