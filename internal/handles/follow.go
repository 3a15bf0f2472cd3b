package handles

import (
	"slices"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/internal/delta"
)

// Follow takes notice of suites that were added, deleted, replaced or put into another order. All methods that are given
// the definition do so first; a server does it after each change too, so that a suite that was deleted and comes again is a
// new one.
func (r *Registry) Follow(d *defs.Defs) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.follow(d)
}

func (r *Registry) follow(d *defs.Defs) {
	now := delta.Numbers{Modify: d.ModifyChangeNo(), State: orderNo(d)}
	if now == r.seen && slices.Equal(r.suites, d.Suites()) {
		return
	}
	before := make(map[string]*defs.Node, len(r.suites))
	for _, s := range r.suites {
		before[s.Name()] = s
	}
	r.suites, r.seen = slices.Clone(d.Suites()), now
	if len(r.handles) == 0 {
		return
	}
	for _, s := range r.suites {
		was := before[s.Name()]
		delete(before, s.Name())
		if was == s {
			continue
		}
		for _, h := range r.handles {
			if h.auto && was == nil || h.find(s.Name()) >= 0 {
				h.add(s.Name(), s)
			}
		}
	}
	for name := range before { // those that are gone
		for _, h := range r.handles {
			if i := h.find(name); i >= 0 {
				h.suites[i].suite = nil
				h.changed = true
				h.own.Modify = now.Modify
			}
		}
	}
	for _, h := range r.handles {
		h.sort(r.suites)
	}
}

// orderNo is the number of the last change of the suites' order.
func orderNo(d *defs.Defs) int {
	for _, c := range d.OwnChanges() {
		if c.Aspect() == defs.AspectOrder {
			return int(c.No)
		}
	}
	return 0
}
