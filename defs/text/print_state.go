package text

import (
	"strings"
	"time"

	"github.com/ecflow-go/ecflow/defs"
)

// noPassword is the password of tasks that never ran; it is not written.
const noPassword = "_DJP_"

// comment begins an item of a node's state; the first needs a hash before it.
func (w *writer) comment(begun *bool, name string) {
	if !*begun {
		w.put(" #")
		*begun = true
	}
	w.put(name)
}

// state appends the comment of a node's first line.
//
// source: libs/node Suite.cpp, Task.cpp, Submittable.cpp, Node.cpp, write_state.
func (w *writer) state(n *defs.Node) {
	begun := false
	if n.Begun() {
		w.comment(&begun, " begun:1")
	}
	if n.IsSubmittable() {
		w.job(n, &begun)
	}
	if s := n.State(); s != defs.Unknown {
		w.comment(&begun, " state:")
		w.put(s.String())
	}
	if d := n.StateSince(); d/time.Second != 0 {
		w.comment(&begun, " dur:")
		w.b = defs.AppendDuration(w.b, d)
	}
	if f := n.Flag(); f != 0 {
		w.comment(&begun, " flag:")
		w.put(f.String())
	}
	if n.Suspended() {
		w.comment(&begun, " suspended:1")
	}
	if d := n.Runtime(); d/time.Second != 0 {
		w.comment(&begun, " rt:")
		w.b = defs.AppendDuration(w.b, d)
	}
}

func (w *writer) job(n *defs.Node, begun *bool) {
	if no := n.AliasNo(); no != 0 {
		w.comment(begun, " alias_no:")
		w.number(no)
	}
	if p := n.Password(); p != "" && p != noPassword {
		w.comment(begun, " passwd:")
		w.put(p)
	}
	if id := n.ProcessID(); id != "" {
		w.comment(begun, " rid:")
		w.put(id)
	}
	if reason := n.AbortReason(); reason != "" {
		w.comment(begun, " abort<:")
		w.escaped(strings.ReplaceAll(reason, ";", " "))
		w.put(">abort")
	}
	if no := n.TryNo(); no != 0 {
		w.comment(begun, " try:")
		w.number(no)
	}
}

// seriesState appends the state of times, todays and crons.
//
// source: libs/core TimeSeries.cpp, write_state.
func (w *writer) seriesState(ts defs.TimeSeries, free bool) {
	moved, counting := ts.Next != ts.Start, ts.RelativeDuration/time.Second != 0
	if !free && !ts.Expired && !moved && !counting {
		return
	}
	w.put(" #")
	if free {
		w.put(" free")
	}
	if ts.Expired {
		w.put(" isValid:false")
	}
	if moved {
		w.put(" nextTimeSlot/")
		w.b = ts.Next.Append(w.b)
	}
	if counting {
		w.put(" relativeDuration/")
		w.b = defs.AppendDuration(w.b, ts.RelativeDuration)
	}
}

// repeatState appends where a repeat stands, unless at its start.
func (w *writer) repeatState(r defs.Repeat) {
	switch r := r.(type) {
	case *defs.RepeatDay:
	case *defs.RepeatDateTime:
		if v := r.Value(); v != r.Start() {
			w.put(" # ")
			w.put(defs.Instant(v).String())
		}
	case *defs.RepeatDate, *defs.RepeatInteger:
		if v := r.Value(); v != r.Start() {
			w.put(" # ")
			w.number(int(v))
		}
	default:
		if v := r.IndexOrValue(); v != 0 {
			w.put(" # ")
			w.number(int(v))
		}
	}
}
