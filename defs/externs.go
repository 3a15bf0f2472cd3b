package defs

import (
	"slices"
	"strings"

	"github.com/ecflow-go/ecflow/defs/expr"
)

// Referenced finds the node that an expression of n, or an inlimit, means by a
// path. It gives nil and no error when the path, or the object at it, is an extern, and for nodes of no definition.
func (n *Node) Referenced(path, object string) (*Node, error) {
	d := n.Defs()
	if d == nil {
		return nil, nil
	}
	node, problem := expr.Resolve(wholeTree{d}, n, path, object)
	if node == nil && problem != "" {
		return nil, missingf("%s", strings.TrimSuffix(problem, "\n"))
	}
	return node, nil
}

// LimitOf finds the limit that an inlimit of the node means, or nil.
//
// source: libs/node InLimitMgr.cpp, find_limit.
func (n *Node) LimitOf(l InLimit) *Limit {
	if l.Path == "" {
		return n.LimitUp(l.Name)
	}
	if node, _ := n.Referenced(l.Path, l.Name); node != nil {
		return node.Limit(l.Name)
	}
	return nil
}

// AutoAddExterns declares as externs what expressions and inlimits refer to though it is not in
// the tree; first it forgets those there are, if clear. Of expressions that cannot be read it takes what can be. An inlimit without a name is refused, and all is as it was.
//
// source: libs/node ResolveExternsVisitor.cpp.
func (d *Defs) AutoAddExterns(clear bool) error {
	before := slices.Clone(d.externs)
	if clear {
		d.externs = nil
	}
	for n := range d.All() {
		if n.kind == KindAlias { // not looked at by the original
			continue
		}
		for _, l := range n.InLimits() {
			if n.LimitOf(l) != nil {
				continue
			}
			name := l.Name
			if l.Path != "" {
				name = l.Path + ":" + name
			}
			if err := d.AddExtern(name); err != nil {
				d.externs = before
				return err
			}
		}
		for _, e := range [...]*Expression{n.Complete(), n.Trigger()} {
			if e == nil {
				continue
			}
			if parsed, _, _ := e.Parsed(); parsed != nil {
				for _, r := range parsed.Refs() {
					d.addExternOf(n, r)
				}
			}
		}
	}
	d.revision++
	return nil
}

// addExternOf declares a reference of an expression of n if it refers to nothing.
func (d *Defs) addExternOf(n *Node, r *expr.Ref) {
	to := viewpoint{n}.node(r)
	name := r.Path + ":" + r.Name
	switch r.Kind {
	case expr.NodeRef:
		name = r.Path
	case expr.ParentRef:
		name = n.Path() + ":" + r.Name
	case expr.VariableRef:
		if to != nil && !(wholeTree{d}).Has(to, r.Name) {
			to = nil
		}
	case expr.FlagRef:
		if r.Path == "/" {
			return
		}
	}
	if to == nil && name != "" {
		_ = d.AddExtern(name)
	}
}
