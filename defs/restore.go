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

// Become gives d all that o has, in place of what it had. o is empty then.
func (d *Defs) Become(o *Defs) {
	for _, s := range d.suites {
		s.suite.defs = nil
		s.edits = uint32(d.revision) + 1
	}
	revision, mark := max(d.revision, o.revision)+1, d.mark
	*d, *o = *o, *New()
	d.revision, d.mark = revision, mark
	for _, s := range d.suites {
		s.suite.defs = d
	}
}
