package text

import "github.com/ecflow-go/ecflow/defs"

// beyond handles what the innermost open node does not take: its parents may,
// and comments may stand anywhere.
//
// source: libs/node/parser Parser.cpp, DefsParser.cpp.
func (p *parser) beyond(k keyword, in context) error {
	switch k {
	case kwSuite:
		if in == inSuite {
			return bad(0, "Can't have hierarchical suites.")
		}
	case kwFamily, kwEndfamily, kwEndsuite:
		if in >= inSuite {
			return p.ancestors(k, in)
		}
	default:
		if p.words[0][0] == '#' {
			return nil
		}
	}
	return p.unexpected(in)
}

// ancestors handles the three keywords that a node leaves to those around it.
func (p *parser) ancestors(k keyword, in context) error {
	switch {
	case k == kwEndsuite && p.inside[inSuite] > 0:
		return p.structure(k)
	case k == kwEndfamily && p.inside[inFamily] > 0:
		if in == inTask {
			p.pop()
		}
		p.pop()
		return nil
	case k == kwFamily && in == inTask:
		p.pop()
		if len(p.open) == 0 && p.root != inNode {
			return p.unexpected(inDefs)
		}
		return p.node(kwFamily)
	case k == kwFamily && in == inAlias:
		return nil // as the original: not an error, and without effect
	}
	return p.unexpected(inDefs)
}

// structure begins and ends nodes.
func (p *parser) structure(k keyword) error {
	switch k {
	case kwEndsuite:
		p.open, p.inside = p.open[:0], [contexts]int{}
		return nil
	case kwEndtask:
		if p.context() == inFamily {
			p.pop()
			return nil
		}
		for len(p.open) > 0 && p.context() >= inTask {
			p.pop()
		}
		return nil
	case kwEndfamily, kwEndalias:
		p.pop()
		return nil
	case kwTask:
		for p.context() == inTask {
			p.pop()
		}
	case kwAlias:
		if p.context() == inAlias {
			p.pop()
		}
	default:
	}
	return p.node(k)
}

var kindOf = [...]struct {
	kind  defs.Kind
	in    context
	title string
}{
	kwSuite:  {defs.KindSuite, inSuite, "Suite"},
	kwFamily: {defs.KindFamily, inFamily, "Family"},
	kwTask:   {defs.KindTask, inTask, "Task"},
	kwAlias:  {defs.KindAlias, inAlias, "Alias"},
}
