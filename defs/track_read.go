package defs

// NodeChanges tells when a node of the definition, or one below it, last changed, 0 if it has not since all of its suite
// did, and what of the node itself has changed when, in the order of aspects.
func (d *Defs) NodeChanges(n *Node) (newest int, own []Change) {
	if d.track == nil {
		return 0, nil
	}
	l := d.track.known(n)
	if l == nil {
		return 0, nil
	}
	return int(l.newest), l.list
}

// OwnChanges tells what of the definition itself has changed when: its state, flag, server state, user variables and the
// order of its suites.
func (d *Defs) OwnChanges() []Change {
	if d.track == nil {
		return nil
	}
	return d.track.own
}

// SuiteNos are the numbers of a suite's changes.
type SuiteNos struct {
	State    int // of the last change of it or of a node of it
	Modify   int // when it last changed as a whole: then clients have to get all of it
	Known    int // what has changed is known from this state change number on
	Calendar int // its calendar is new to who has a smaller state change number
}

// SuiteNos tells the numbers of a suite of the definition.
func (d *Defs) SuiteNos(s *Node) SuiteNos {
	if d.track == nil || s.suite == nil {
		return SuiteNos{}
	}
	newest, _ := d.NodeChanges(s)
	nos := &s.suite.nos
	return SuiteNos{State: newest, Modify: int(nos.modify), Known: int(nos.since), Calendar: int(nos.calendar)}
}
