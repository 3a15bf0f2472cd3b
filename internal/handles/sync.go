package handles

import (
	"fmt"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// Ask is what a client asks that syncs, as wire.CSyncCmd has it.
type Ask struct {
	Handle uint32 // 0 for all suites
	Client delta.Numbers
	Full   bool
	Clock  bool
}

// AskOf reads the request.
func AskOf(c *wire.CSyncCmd) Ask {
	return Ask{
		Handle: c.ClientHandle, Full: c.API == wire.SyncFull, Clock: c.API == wire.SyncClock,
		Client: delta.Numbers{State: int(c.ClientStateChangeNo), Modify: int(c.ClientModifyChangeNo)},
	}
}

// News tells whether a sync is worth while, and what the original logs of it, to be put behind the request.
//
// source: libs/base SNewsCmd.cpp.
func (r *Registry) News(d *defs.Defs, ask Ask) (news wire.News, log string) {
	server := delta.Of(d)
	if ask.Handle == 0 {
		return delta.News(ask.Client, server)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.follow(d)
	h := r.find(int(ask.Handle))
	if h == nil {
		return wire.NewsDoFullSync, fmt.Sprintf(" [server(%s) : Cannot find handle(%d) :DO_FULL_SYNC]", server, ask.Handle)
	}
	have := h.numbers(d)
	who := fmt.Sprintf(" [server handle(%s) server(%s) : ", have, server)
	switch {
	case ask.Client.Modify > have.Modify || ask.Client.State > have.State:
		return wire.NewsDoFullSync, fmt.Sprintf(" [server handle(%s)  server(%s) : client no > server no ! :DO_FULL_SYNC]", have, server)
	case h.changed:
		return wire.NewsNews, who + "*Large* scale changes (new handle or suites added or removed) :NEWS]"
	case ask.Client.Modify < have.Modify:
		return wire.NewsNews, who + "*Large* scale changes :NEWS]"
	case ask.Client.State < have.State:
		return wire.NewsNews, who + "*Small* scale changes :NEWS]"
	}
	return wire.NewsNone, " [:NO_NEWS]"
}

// Sync brings a client up to date. whole tells that it needs the definition as a whole, for which the caller has a reply,
// see delta.Cache; else it is the reply. Nothing of the definition is changed.
//
// source: libs/base SSyncCmd.cpp.
func (r *Registry) Sync(d *defs.Defs, ask Ask) (reply *wire.SSyncCmd, whole bool, err error) {
	if ask.Handle == 0 {
		if !ask.Full {
			if changes, ok := delta.Since(d, d.Suites(), ask.Client, delta.Of(d), ask.Clock); ok {
				return &wire.SSyncCmd{IncrementalChanges: *changes}, false, nil
			}
		}
		return nil, true, nil
	}
	has, err := r.take(d, ask)
	if err != nil {
		return nil, false, err
	}
	if !ask.Full && !has.changed {
		if changes, ok := delta.Since(d, has.suites, ask.Client, has.numbers, ask.Clock); ok {
			return &wire.SSyncCmd{IncrementalChanges: *changes}, false, nil
		}
	}
	r.synced(d, ask.Handle, has.complete)
	if has.complete {
		return nil, true, nil
	}
	part := text.Part{Suites: has.suites, StateChangeNo: has.part.State, ModifyChangeNo: has.part.Modify}
	return &wire.SSyncCmd{ServerDefs: string(text.Printer{Style: text.Net, Part: &part}.Append(nil, d))}, false, nil
}

// share is what a sync needs to know of a handle.
type share struct {
	suites        []*defs.Node
	numbers, part delta.Numbers
	complete      bool // it has all suites
	changed       bool
}

func (r *Registry) take(d *defs.Defs, ask Ask) (share, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.follow(d)
	h := r.find(int(ask.Handle))
	if h == nil {
		return share{}, fault.New(fault.NotFound, fmt.Sprintf("ClientSuiteMgr::max_change_no: handle(%d) does not exist in server. "+
			"Handle dropped or Server may have died? Please refresh GUI/re-register suites", ask.Handle))
	}
	has := share{numbers: h.numbers(d), part: h.partNumbers(d), changed: h.changed}
	for _, e := range h.suites {
		if e.suite != nil {
			has.suites = append(has.suites, e.suite)
		}
	}
	has.complete = len(has.suites) == len(d.Suites()) && len(has.suites) == len(h.suites)
	return has, nil
}

// synced notes that the client of a handle gets everything.
func (r *Registry) synced(d *defs.Defs, number uint32, complete bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	h := r.find(int(number))
	if h == nil {
		return
	}
	h.changed = false
	if complete { // the client gets the numbers of the whole definition
		h.own = delta.Of(d)
	}
}

// numbers are the newest of what the handle shows, and of the whole definition when its client got that.
func (h *handle) numbers(d *defs.Defs) delta.Numbers {
	have := h.partNumbers(d)
	have.State = max(have.State, h.own.State)
	return have
}

// partNumbers are those that a client gets with some of the suites. After it had the whole definition they may be older than
// [handle.numbers], as in the original: then it is told of news once more, and gets none.
//
// source: ClientSuites.cpp, create_defs and max_change_no.
func (h *handle) partNumbers(d *defs.Defs) delta.Numbers {
	have := delta.Numbers{Modify: h.own.Modify}
	for _, c := range d.OwnChanges() {
		have.State = max(have.State, int(c.No))
	}
	for _, e := range h.suites {
		if e.suite != nil {
			nos := d.SuiteNos(e.suite)
			have.State, have.Modify = max(have.State, nos.State), max(have.Modify, nos.Modify)
		}
	}
	return have
}
