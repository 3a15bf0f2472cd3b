package defs

import "slices"

// Restart is an empty definition with what d keeps when it is filled anew: the server's variables and state, marks
// and numbers of changes.
//
// source: libs/node Defs.cpp, clear.
func (d *Defs) Restart() *Defs {
	return &Defs{
		server: serverData{state: d.server.state, user: slices.Clone(d.server.user), internal: slices.Clone(d.server.internal)},
		flag:   d.flag, stateChangeNo: d.stateChangeNo, modifyChange: d.modifyChange, calCount: d.calCount,
	}
}

// Become gives d all that o has, in place of what it had; where d is tracked, it counts on. o is empty then.
func (d *Defs) Become(o *Defs) {
	for _, s := range d.suites {
		s.left(d)
		s.suite.defs = nil
		s.edits = uint32(d.revision) + 1
	}
	was, revision := *d, max(d.revision, o.revision)+1
	*d, *o = *o, *New()
	d.revision, d.mark, d.track = revision, was.mark, was.track
	d.recent = recent{count: max(was.recent.count, d.recent.count) + 1}
	for _, s := range d.suites {
		s.suite.defs = d
	}
	if d.track != nil {
		d.stateChangeNo, d.modifyChange = was.stateChangeNo+1, was.modifyChange
		d.track.own = nil
		d.structure(nil)
		for _, s := range d.suites {
			d.track.anew(s, uint32(d.stateChangeNo))
		}
	}
}
