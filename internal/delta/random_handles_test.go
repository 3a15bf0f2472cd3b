package delta_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/handles"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// shown is what a handle shows of a definition, as text without numbers.
func shown(r *handles.Registry, d *defs.Defs, handle uint32) string {
	part := text.Part{}
	for _, h := range r.Suites(d).ClientHandles {
		if h.Handle == handle {
			for _, name := range h.Suites {
				if s := d.Suite(name); s != nil {
					part.Suites = append(part.Suites, s)
				}
			}
		}
	}
	return plain(string(text.Printer{Style: text.Net, Part: &part}.Append(nil, d)))
}

// Clients with handles have what their handles show, whatever the server did and whichever suites they chose meanwhile;
// news tells when a sync brings something.
func TestRegistry_whatIsToldIsAll(t *testing.T) {
	for seed := range uint64(12) {
		e, r := newEditor(seed), &handles.Registry{}
		auto := r.Register(e.d, true, nil, "anna")
		some := r.Register(e.d, false, []string{"s1", "s2"}, "fred")
		clients := map[uint32]*client{auto: nil, some: nil}
		for i := range 150 {
			e.step()
			r.Follow(e.d)
			switch e.IntN(20) {
			case 0:
				require.NoError(t, r.Add(e.d, int(some), []string{e.name("s")}))
			case 1:
				require.NoError(t, r.Remove(e.d, int(some), []string{e.name("s")}))
			}
			for handle, c := range clients {
				if e.IntN(3) > 0 {
					continue
				}
				ask := handles.Ask{Handle: handle, Clock: true, Full: c == nil}
				if c != nil {
					ask.Client = c.have
				}
				news, _ := r.News(e.d, ask)
				reply, whole, err := r.Sync(e.d, ask)
				require.NoError(t, err)
				switch {
				case whole:
					c = newClient(t, e.d)
				case reply.ServerDefs != "":
					tree, err := text.ParseString(reply.ServerDefs, text.Options{})
					require.NoError(t, err)
					c = &client{tree: tree}
				default:
					changes := travel(t, &reply.IncrementalChanges)
					for _, m := range changes.CompoundMementos {
						_, isCalendar := m.Vec[0].(*wire.SuiteCalendarMemento)
						require.True(t, isCalendar || news == wire.NewsNews, "seed %d, step %d: no news of %s", seed, i, m.AbsNodePath)
					}
					_, err := delta.Apply(c.tree, changes)
					require.NoError(t, err)
				}
				c.have = delta.Of(c.tree)
				clients[handle] = c
				if want, got := shown(r, e.d, handle), plain(net(c.tree)); want != got {
					t.Fatalf("seed %d, step %d, handle %d (%v)\n%s", seed, i, handle, whole, difference("", got, want))
				}
				ask = handles.Ask{Handle: handle, Client: c.have}
				if news, _ = r.News(e.d, ask); news != wire.NewsNone && !whole && reply.ServerDefs != "" { // as in the original: see handle.partNumbers
					reply, whole, err = r.Sync(e.d, ask)
					require.NoError(t, err)
					require.False(t, whole)
					require.Empty(t, reply.ServerDefs)
					require.Empty(t, reply.IncrementalChanges.CompoundMementos, "seed %d, step %d: news of nothing", seed, i)
					_, err = delta.Apply(c.tree, travel(t, &reply.IncrementalChanges))
					require.NoError(t, err)
					c.have = delta.Of(c.tree)
					news, _ = r.News(e.d, handles.Ask{Handle: handle, Client: c.have})
				}
				require.Equal(t, wire.NewsNone, news)
			}
		}
	}
}
