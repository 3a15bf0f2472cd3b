package expr

import (
	"strings"
	"sync"
)

// Parse reads an expression. Equal texts usually give the same Expr.
//
// Errors are of type [*Error], kind Parse.
func Parse(text string) (*Expr, error) {
	if e := known.find(text); e != nil {
		return e, nil
	}
	text = strings.Clone(text) // names in the tree are pieces of it, and the caller's may be a piece of a file
	root, err := parse(text)
	if err != nil {
		return nil, err
	}
	e := finish(root, text)
	known.keep(e)
	return e, nil
}

// Part is a piece of an expression that was given in several: "trigger", "trigger -a", "trigger -o".
type Part struct {
	Text string
	Or   bool // joined to what is before it by "or" rather than "and"; of no meaning in the first part
}

// ParseParts reads an expression in parts. Each is read by itself, and they are
// joined from the left.
//
// With an error come the number of the part at fault and the expression made of
// the parts before it, nil if there are none: the original reports the error and
// goes on with that.
func ParseParts(parts []Part) (*Expr, int, error) {
	if len(parts) == 1 {
		e, err := Parse(parts[0].Text)
		return e, 0, err
	}
	whole, at, err := joinParts(parts)
	if whole == nil {
		return nil, at, err
	}
	return finish(whole, source(parts)), at, err
}

func joinParts(parts []Part) (whole Node, at int, err error) {
	if len(parts) == 0 {
		return nil, 0, newError("", "")
	}
	for i, part := range parts {
		root, err := parse(strings.Clone(part.Text))
		switch {
		case err != nil:
			return whole, i, err
		case i == 0:
			whole = root
		case part.Or:
			whole = &Binary{Or, whole, root}
		default:
			whole = &Binary{And, whole, root}
		}
	}
	return whole, 0, nil
}

// source is the text of an expression in parts, as the original shows it.
func source(parts []Part) string {
	var b strings.Builder
	for i, part := range parts {
		switch {
		case i == 0:
		case part.Or:
			b.WriteString(" OR ")
		default:
			b.WriteString(" AND ")
		}
		b.WriteString(part.Text)
	}
	return b.String()
}

func parse(text string) (Node, error) {
	if text == "" {
		return nil, newError(text, "")
	}
	if at := strings.IndexByte(text, 0); at >= 0 {
		return nil, syntaxError(text, at, at)
	}
	if n, ok := simple(text); ok {
		return n, nil
	}
	p := parser{scanner: scanner{src: text}}
	n, ok := p.whole()
	switch {
	case p.deep:
		return nil, newError(text, "Parsing failed: brackets are nested too deeply")
	case !ok:
		return nil, syntaxError(text, p.pos, p.far)
	case p.terms > maxTerms:
		return nil, newError(text, "Parsing failed: too many operators")
	case p.broken:
		if reason := verify(n); reason != "" {
			return nil, newError(text, reason)
		}
	}
	return n, nil
}

// finish gives equal references one Ref, and numbers them.
func finish(root Node, source string) *Expr {
	f := finisher{expr: &Expr{source: source}}
	f.expr.root = f.node(root)
	return f.expr
}

type finisher struct {
	expr *Expr
	seen map[Ref]*Ref // once there are many
}

func (f *finisher) node(n Node) Node {
	switch n := n.(type) {
	case *Binary:
		f.expr.divides = f.expr.divides || n.Op == Divide || n.Op == Modulo
		n.Left, n.Right = f.node(n.Left), f.node(n.Right)
	case *Not:
		n.Operand = f.node(n.Operand)
	case *Function:
		n.Argument = f.node(n.Argument)
	case *Ref:
		return f.ref(n)
	}
	return n
}

func (f *finisher) ref(r *Ref) *Ref {
	same := f.find(r)
	if same == nil {
		key := Ref{Kind: r.Kind, Path: r.Path, Name: r.Name}
		same, r.Index = r, len(f.expr.refs)
		f.expr.refs = append(f.expr.refs, r)
		if f.seen != nil {
			f.seen[key] = r
		}
	}
	return same
}

func (f *finisher) find(r *Ref) *Ref {
	const many = 16
	if len(f.expr.refs) < many {
		for _, o := range f.expr.refs {
			if o.Kind == r.Kind && o.Path == r.Path && o.Name == r.Name {
				return o
			}
		}
		return nil
	}
	if f.seen == nil {
		f.seen = make(map[Ref]*Ref, 2*many)
		for _, o := range f.expr.refs {
			f.seen[Ref{Kind: o.Kind, Path: o.Path, Name: o.Name}] = o
		}
	}
	return f.seen[Ref{Kind: r.Kind, Path: r.Path, Name: r.Name}]
}

// cache remembers expressions by text: in large definitions most are alike.
// It forgets everything when it holds too much, as expressions are cheap to read again.
type cache struct {
	mu    sync.RWMutex
	exprs map[string]*Expr
	bytes int
}

const (
	cacheBytes  = 4 << 20
	cachedBytes = 512 // longer texts are not kept
)

var known cache

func (c *cache) find(text string) *Expr {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.exprs[text]
}

func (c *cache) keep(e *Expr) {
	if len(e.source) > cachedBytes {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.exprs == nil || c.bytes > cacheBytes {
		c.exprs, c.bytes = map[string]*Expr{}, 0
	}
	c.exprs[e.source] = e
	c.bytes += len(e.source)
}
