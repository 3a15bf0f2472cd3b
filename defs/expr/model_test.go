package expr

import "strings"

// tnode is a node of the tree that testdata/base.def describes.
type tnode struct {
	label, name string
	parent      *tnode
	children    []*tnode
	state       State
	late        bool
	attributes  map[string]attribute
}

type attribute struct {
	kind  string
	value int32
	date  bool
}

// tree is a Tree and, seen from the node at, an Explainer.
type tree struct {
	suite, at *tnode
	externs   map[string]bool
}

func (*tree) Parent(n *tnode) *tnode { return n.parent }
func (*tree) Name(n *tnode) string   { return n.name }
func (*tree) Label(n *tnode) string  { return n.label + ":" + n.path() }
func (*tree) Path(n *tnode) string   { return n.path() }
func (*tree) Whole() bool            { return true }

func (t *tree) Extern(path, name string) bool {
	if name != "" {
		path += ":" + name
	}
	return t.externs[path]
}
func (*tree) Has(n *tnode, name string) bool { _, ok := n.attributes[name]; return ok }

func (*tree) Child(n *tnode, name string) *tnode {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (t *tree) Suite(name string) *tnode {
	if name == t.suite.name {
		return t.suite
	}
	return nil
}

func (n *tnode) path() string {
	if n == nil {
		return ""
	}
	return n.parent.path() + "/" + n.name
}

func (t *tree) node(r *Ref) *tnode {
	if r.Kind == ParentRef {
		return FindUp(t, t.at, r.Name)
	}
	if r.Path == "/" {
		return nil
	}
	n, _ := Resolve(t, t.at, r.Path, r.Name)
	return n
}

func (t *tree) State(r *Ref) State {
	if n := t.node(r); n != nil {
		return n.state
	}
	return Unknown
}

func (t *tree) attribute(r *Ref) attribute {
	if n := t.node(r); n != nil {
		return n.attributes[r.Name]
	}
	return attribute{}
}

func (t *tree) Value(r *Ref) int32 { return t.attribute(r).value }

func (t *tree) Plus(r *Ref, n int32) int32 {
	if a := t.attribute(r); a.date {
		return int32(AddDays(int64(a.value), int64(n)))
	}
	return t.Value(r) + n
}

func (t *tree) Flag(r *Ref) bool {
	n := t.node(r)
	return n != nil && n.late && r.Name == "late"
}

func (t *tree) Target(r *Ref) Target {
	n := t.node(r)
	if n == nil {
		return Target{}
	}
	return Target{Found: true, Path: n.path(), Kind: n.attributes[r.Name].kind}
}

// baseTree is what testdata/base.def says, as seen from /s/f/t.
func baseTree() *tree {
	t := &tree{}
	add := func(parent *tnode, label, name string, state State, attributes string) *tnode {
		n := &tnode{label: label, name: name, parent: parent, state: state, attributes: map[string]attribute{}}
		if parent != nil {
			parent.children = append(parent.children, n)
		}
		for a := range strings.FieldsSeq(attributes) {
			kind, rest, _ := strings.Cut(a, "=")
			name, value, _ := strings.Cut(rest, "=")
			n.attributes[name] = attribute{kind: kind, value: Number(value), date: kind == "repeat" && name == "YMD"}
		}
		return n
	}
	s := add(nil, "SUITE", "s", Active, "user-variable=NUM=7 user-variable=TXT user-variable=NEG=-3 "+
		"user-variable=BIG=2147483647 limit=L=0")
	f := add(s, "FAMILY", "f", Active, "user-variable=V=12 repeat=YMD=20200228 gen-variable=FAMILY gen-variable=YMD_YYYY=2020")
	t.suite, t.at = s, add(f, "TASK", "t", Queued, "gen-variable=TASK user-variable=OWN=1 repeat=EN=10 gen-variable=ECF_TRYNO gen-variable=ECF_PASS")
	add(f, "TASK", "a", Complete, "gen-variable=TASK user-variable=V=5 user-variable=D=20200228 user-variable=J=2458908 user-variable=H=2020022812 "+
		"user-variable=E meter=m=42 event=ev=1 event=2 event=two event=3 limit=L queue=q")
	add(f, "TASK", "b", Aborted, "gen-variable=TASK")
	add(f, "TASK", "c", Active, "gen-variable=TASK").late = true
	add(f, "TASK", "7", Complete, "gen-variable=TASK=7")
	g := add(f, "FAMILY", "g", Complete, "gen-variable=FAMILY")
	add(g, "TASK", "x", Unknown, "gen-variable=TASK")
	add(g, "TASK", "y", Submitted, "gen-variable=TASK repeat=I=4")
	h := add(g, "FAMILY", "h", Complete, "gen-variable=FAMILY")
	add(h, "TASK", "z", Complete, "gen-variable=TASK repeat=ST=2")
	f2 := add(g, "FAMILY", "f2", Complete, "gen-variable=FAMILY")
	add(f2, "TASK", "a", Complete, "gen-variable=TASK user-variable=ECF_DATE=20200101")
	add(f2, "TASK", "w", Queued, "gen-variable=TASK")
	return t
}
