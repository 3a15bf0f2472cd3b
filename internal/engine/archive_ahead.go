package engine

import (
	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
)

// ahead are archives that a request has read, or written beside their places, before it took the lock again. It changes
// the definition as if it had not, but where it would wait for the disk it uses what is here, if that is still right:
// what was written is compared, and what was read counts as long as no archive has changed.
type ahead struct {
	written map[string]*text.Prepared     // by path of the file
	read    map[string]answer[*defs.Defs] // each is used once: afterwards the node has no children
}

// writeAhead writes the archives of nodes while others have the lock. What cannot be written is tried again under it, which
// tells why. The call is over when what it gives has been called, with the lock.
func (c *call) writeAhead(nodes []*defs.Node) (over func()) {
	contents := make(map[string][]byte, len(nodes))
	for _, n := range nodes {
		if len(n.Children()) == 0 {
			continue
		}
		if path, content, err := c.archiveOf(n); err == nil {
			contents[path] = content
		}
	}
	written := make(map[string]*text.Prepared, len(contents))
	if len(contents) > 0 {
		c.unlocked(func() {
			for path, content := range contents {
				if p, err := text.PrepareCheckpoint(path, content); err == nil {
					written[path] = p
				}
			}
		})
	}
	c.ahead.written = written
	return func() {
		c.ahead.written = nil
		c.later = append(c.later, func() {
			for _, p := range written {
				p.Drop()
				p.Sync()
			}
		})
	}
}

// readAhead reads the archives of the nodes at paths while others have the lock.
func (c *call) readAhead(paths []string) (over func()) {
	read := map[string]answer[*defs.Defs]{}
	for _, path := range paths {
		n := c.tree.Find(path)
		if n == nil || !n.IsContainer() || !n.Flag().Has(defs.FlagArchived) || len(n.Children()) > 0 {
			continue
		}
		if file, err := c.archivePath(n); err == nil && !c.spent.has(file) {
			read[file] = answer[*defs.Defs]{}
		}
	}
	if len(read) == 0 {
		return func() {}
	}
	before := c.archives
	c.unlocked(func() {
		for file := range read {
			d, err := c.readFile(file)
			read[file] = answer[*defs.Defs]{d, err}
		}
	})
	if before == c.archives {
		c.ahead.read = read
	}
	return func() { c.ahead.read = nil }
}
