// Package handles keeps the handles by which clients see some suites of a server only. They die with the server.
//
// source: libs/node ClientSuiteMgr.cpp, ClientSuites.cpp.
package handles

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Registry holds all handles. The zero value is ready. Many may use it at once; the definition that its methods are given
// must not change meanwhile.
type Registry struct {
	mu      sync.Mutex
	handles []*handle // sorted by number
	suites  []*defs.Node
	seen    delta.Numbers // structure and order of the definition that suites are of
}

// handle is what one client is interested in.
type handle struct {
	number  uint32
	user    string
	auto    bool
	suites  []entry // in the order of the definition
	changed bool    // since its last full sync
	own     delta.Numbers
}

// entry is a suite by name; there may be none.
type entry struct {
	name  string
	suite *defs.Node
	place int
}

const (
	nowhere  = int(^uint(0) >> 1) // the place of a suite that never was there
	againMsg = "Handle dropped? Please refresh GUI/re-register suites"
)

// Register makes a handle for a user, and gives its number: the smallest that is free. The suites need not be there yet;
// with auto those that come later are added.
func (r *Registry) Register(d *defs.Defs, auto bool, suites []string, user string) uint32 {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.follow(d)
	number := uint32(1)
	for _, h := range r.handles {
		if h.number != number {
			break
		}
		number++
	}
	h := &handle{number: number, user: user, auto: auto}
	for _, name := range suites {
		h.add(name, d.Suite(name))
	}
	h.sort(r.suites)
	r.handles = slices.Insert(r.handles, int(number-1), h)
	return number
}

// Drop drops a handle.
func (r *Registry) Drop(number int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := len(r.handles)
	r.handles = slices.DeleteFunc(r.handles, func(h *handle) bool { return int64(h.number) == int64(number) })
	if len(r.handles) == before {
		return missing("remove_client_suite", number)
	}
	return nil
}

// DropUser drops all handles of a user.
func (r *Registry) DropUser(user string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := len(r.handles)
	r.handles = slices.DeleteFunc(r.handles, func(h *handle) bool { return h.user == user })
	if len(r.handles) == before {
		return fault.New(fault.NotFound, fmt.Sprintf("ClientSuiteMgr::remove_client_suites: user(%s) has no registered handles. "+
			"User dropped? Please refresh GUI/re-register suites", user))
	}
	return nil
}

// Clear drops all handles, as when the whole definition goes.
func (r *Registry) Clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.handles, r.suites, r.seen = nil, nil, delta.Numbers{}
}

// Add adds suites to a handle.
func (r *Registry) Add(d *defs.Defs, number int, suites []string) error {
	return r.change(d, "add_suites", number, func(h *handle) {
		for _, name := range suites {
			h.add(name, d.Suite(name))
		}
		h.sort(r.suites)
	})
}

// Remove removes suites from a handle.
func (r *Registry) Remove(d *defs.Defs, number int, suites []string) error {
	return r.change(d, "remove_suites", number, func(h *handle) {
		for _, name := range suites {
			if i := h.find(name); i >= 0 {
				h.changed = h.changed || h.suites[i].suite != nil
				h.suites = slices.Delete(h.suites, i, i+1)
			}
		}
	})
}

// AutoAdd says whether suites that come are added to a handle.
func (r *Registry) AutoAdd(d *defs.Defs, number int, on bool) error {
	return r.change(d, "auto_add_new_suites", number, func(h *handle) { h.auto = on })
}

// change finds a handle and changes it; what names the original's method in the error.
func (r *Registry) change(d *defs.Defs, what string, number int, change func(*handle)) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.follow(d)
	h := r.find(number)
	if h == nil {
		return missing(what, number)
	}
	change(h)
	return nil
}

func missing(what string, number int) error {
	return fault.New(fault.NotFound, fmt.Sprintf("ClientSuiteMgr::%s: handle(%d) does not exist. %s", what, uint32(number), againMsg))
}

// Suites lists all handles, with their users and suites, as the server tells.
//
// source: libs/base SClientHandleSuitesCmd.cpp.
func (r *Registry) Suites(d *defs.Defs) *wire.SClientHandleSuitesCmd {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.follow(d)
	reply := &wire.SClientHandleSuitesCmd{}
	for _, h := range r.handles {
		names := make([]string, len(h.suites))
		for i, e := range h.suites {
			names[i] = e.name
		}
		reply.ClientHandles = append(reply.ClientHandles, wire.SuitesOfHandle{Handle: h.number, Suites: names})
		at := slices.IndexFunc(reply.Users, func(u wire.HandlesOfUser) bool { return u.User == h.user })
		if at < 0 {
			at = len(reply.Users)
			reply.Users = append(reply.Users, wire.HandlesOfUser{User: h.user})
		}
		reply.Users[at].Handles = append(reply.Users[at].Handles, h.number)
	}
	return reply
}

func (r *Registry) find(number int) *handle {
	for _, h := range r.handles {
		if int64(h.number) == int64(number) {
			return h
		}
	}
	return nil
}

func (h *handle) find(name string) int {
	return slices.IndexFunc(h.suites, func(e entry) bool { return e.name == name })
}

// add adds a suite by name; suite is nil when there is none.
func (h *handle) add(name string, suite *defs.Node) {
	if i := h.find(name); i >= 0 {
		h.suites[i].suite = suite
	} else {
		h.suites = append(h.suites, entry{name, suite, nowhere})
	}
	h.changed = h.changed || suite != nil
}

// sort gives the suites the order of the definition.
func (h *handle) sort(suites []*defs.Node) {
	places := make(map[string]int, len(suites))
	for i, s := range suites {
		places[s.Name()] = i
	}
	for i := range h.suites {
		if at, ok := places[h.suites[i].name]; ok {
			h.suites[i].place = at
		}
	}
	slices.SortStableFunc(h.suites, func(a, b entry) int { return cmp.Compare(a.place, b.place) })
}
