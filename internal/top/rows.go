package top

import (
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/defs"
)

// row is one line of the tree: a server, a node, or an attribute of one. Nodes are read
// under the lock of their tree alone.
type row struct {
	node  *defs.Node
	depth uint16
	kind  rowKind
	index uint16 // of an attribute among those of its kind
}

type rowKind uint8

const (
	rowServer rowKind = iota
	rowNote           // what is to be said of a server that shows no suites
	rowNode
	rowAttribute // this and above: attributeKind
)

// order is how nodes that stand side by side are sorted.
type order uint8

const (
	orderDefined order = iota
	orderName
	orderState
	orders
)

func (o order) String() string { return [...]string{"as defined", "by name", "by state"}[o] }

// urgency orders states as an operator looks at them.
var urgency = [...]uint8{defs.DAborted: 0, defs.DActive: 1, defs.DSubmitted: 2, defs.DSuspended: 3, defs.DQueued: 4, defs.DUnknown: 5, defs.DComplete: 6}

// lister lists the rows of a tree.
type lister struct {
	rows       []row
	attributes bool // of all nodes that are open
	order      order
	filter     *filter // nil: what is unfolded is shown
}

// node appends a node and what is shown below it. With a filter it reports whether anything fits.
func (l *lister) node(n *defs.Node, depth uint16) bool {
	start := len(l.rows)
	l.rows = append(l.rows, row{node: n, depth: depth, kind: rowNode})
	fits := l.filter == nil || l.filter.fits(n)
	mark := n.Mark()
	if mark&markAttributes != 0 || (l.attributes && (mark&markOpen != 0 || len(n.Children()) == 0)) {
		l.rows = appendAttributes(l.rows, n, depth+1)
	}
	if mark&markOpen != 0 || l.filter != nil {
		for _, c := range l.sorted(n.Children()) {
			if l.node(c, depth+1) {
				fits = true
			}
		}
	}
	if !fits {
		l.rows = l.rows[:start]
	}
	return fits
}

func (l *lister) sorted(nodes []*defs.Node) []*defs.Node {
	if l.order == orderDefined || len(nodes) < 2 {
		return nodes
	}
	nodes = slices.Clone(nodes)
	slices.SortStableFunc(nodes, func(a, b *defs.Node) int {
		if l.order == orderState {
			if d := int(urgency[a.DState()]) - int(urgency[b.DState()]); d != 0 {
				return d
			}
		}
		return strings.Compare(a.Name(), b.Name())
	})
	return nodes
}

// filter says which nodes are shown. The nodes above them are too.
type filter struct {
	text   string // as typed
	states uint16 // bits by DState, 0: all
	words  []string
	flags  defs.Flag // any of them; 0: all
}

// parseFilter reads words: the names of states, of which a node has one; the names of flags
// after a plus sign, of which a node has one; others, all of which are in its name, or
// in its path if they have a slash. It gives nil for no words.
func parseFilter(text string) *filter {
	f := &filter{text: strings.TrimSpace(text)}
	for _, word := range strings.Fields(text) {
		word = strings.ToLower(word)
		if state, ok := defs.ParseDState(word); ok {
			f.states |= 1 << state
		} else if flag, ok := defs.ParseFlagType(strings.TrimPrefix(word, "+")); ok && word[0] == '+' {
			f.flags = f.flags.With(flag)
		} else {
			f.words = append(f.words, word)
		}
	}
	if f.states == 0 && f.flags == 0 && len(f.words) == 0 {
		return nil
	}
	return f
}

func (f *filter) fits(n *defs.Node) bool {
	if f.states != 0 {
		// A container has the state of what is below; it fits by name alone.
		if f.states&(1<<n.DState()) == 0 || (n.IsContainer() && len(n.Children()) > 0 && !n.Suspended()) {
			return false
		}
	}
	if f.flags != 0 && f.flags&n.Flag() == 0 {
		return false
	}
	for _, word := range f.words {
		if !named(n, word) {
			return false
		}
	}
	return true
}

// named reports whether a lower-case text is in the node's name, or, with a slash, in its path.
func named(n *defs.Node, text string) bool {
	if strings.Contains(text, "/") {
		return containsFold(n.Path(), text)
	}
	return containsFold(n.Name(), text)
}

// containsFold reports whether the lower-case part is in text, whose case does not matter.
func containsFold(text, part string) bool {
	for i := 0; i+len(part) <= len(text); i++ {
		j := 0
		for j < len(part) && lower(text[i+j]) == part[j] {
			j++
		}
		if j == len(part) {
			return true
		}
	}
	return false
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
