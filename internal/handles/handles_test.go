package handles_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/delta"
	"github.com/ecflow-go/ecflow/internal/handles"
	"github.com/ecflow-go/ecflow/internal/wire"
)

func server(t *testing.T) *defs.Defs {
	t.Helper()
	d, err := text.ParseString("suite a\ntask t\nendsuite\nsuite b\ntask t\nendsuite\nsuite c\nendsuite\n", text.Options{})
	require.NoError(t, err)
	d.Track()
	return d
}

func suites(r *handles.Registry, d *defs.Defs) map[uint32][]string {
	list := map[uint32][]string{}
	for _, h := range r.Suites(d).ClientHandles {
		list[h.Handle] = h.Suites
	}
	return list
}

func message(err error) string { return fault.KindOf(err).String() + " " + err.(*fault.Error).Msg }

func TestRegistry_numbersAndWords(t *testing.T) {
	d, r := server(t), &handles.Registry{}
	for want := uint32(1); want <= 3; want++ {
		require.Equal(t, want, r.Register(d, false, []string{"c", "z", "a"}, "fred"))
	}
	require.NoError(t, r.Drop(2))
	require.Equal(t, uint32(2), r.Register(d, true, nil, "anna"))
	require.Equal(t, []string{"a", "c", "z"}, suites(r, d)[1])
	require.Equal(t, []wire.HandlesOfUser{{User: "fred", Handles: []uint32{1, 3}}, {User: "anna", Handles: []uint32{2}}}, r.Suites(d).Users)
	const again = ". Handle dropped? Please refresh GUI/re-register suites"
	require.Equal(t, "not_found ClientSuiteMgr::remove_client_suite: handle(9) does not exist"+again, message(r.Drop(9)))
	require.Equal(t, "not_found ClientSuiteMgr::add_suites: handle(9) does not exist"+again, message(r.Add(d, 9, nil)))
	require.Equal(t, "not_found ClientSuiteMgr::remove_suites: handle(9) does not exist"+again, message(r.Remove(d, 9, nil)))
	require.Equal(t, "not_found ClientSuiteMgr::auto_add_new_suites: handle(9) does not exist"+again, message(r.AutoAdd(d, 9, true)))
	require.Equal(t, "not_found ClientSuiteMgr::remove_client_suites: user(x) has no registered handles. User dropped? Please refresh GUI/re-register suites",
		message(r.DropUser("x")))
	_, _, err := r.Sync(d, handles.Ask{Handle: 9, Full: true})
	require.Equal(t, "not_found ClientSuiteMgr::max_change_no: handle(9) does not exist in server. Handle dropped or Server may have died? "+
		"Please refresh GUI/re-register suites", message(err))
	require.NoError(t, r.DropUser("fred"))
	require.Len(t, suites(r, d), 1)
	r.Clear()
	require.Empty(t, suites(r, d))
}

// follower is a client with a handle.
type follower struct {
	tree *defs.Defs
	have delta.Numbers
}

func (f *follower) sync(t *testing.T, r *handles.Registry, d *defs.Defs, handle uint32) (kind string) {
	t.Helper()
	ask := handles.Ask{Handle: handle, Client: f.have, Full: f.tree == nil}
	reply, whole, err := r.Sync(d, ask)
	require.NoError(t, err)
	switch {
	case whole:
		f.read(t, string(text.Append(nil, d, text.Net)))
		kind = "whole"
	case reply.ServerDefs != "":
		f.read(t, reply.ServerDefs)
		kind = "part"
	default:
		_, err := delta.Apply(f.tree, &reply.IncrementalChanges)
		require.NoError(t, err)
		kind = "changes"
		if len(reply.IncrementalChanges.CompoundMementos) == 0 {
			kind = "nothing"
		}
	}
	f.have = delta.Of(f.tree)
	news, _ := r.News(d, handles.Ask{Handle: handle, Client: f.have})
	require.Equal(t, wire.NewsNone, news)
	return kind
}

func (f *follower) read(t *testing.T, s string) {
	t.Helper()
	var err error
	f.tree, err = text.ParseString(s, text.Options{})
	require.NoError(t, err)
}

func (f *follower) suites() (names []string) {
	for _, s := range f.tree.Suites() {
		names = append(names, s.Name())
	}
	return names
}

func TestRegistry_sync(t *testing.T) {
	d, r := server(t), &handles.Registry{}
	h := r.Register(d, true, []string{"b", "a"}, "fred")
	f := &follower{}
	require.Equal(t, "part", f.sync(t, r, d, h))
	require.Equal(t, []string{"a", "b"}, f.suites())
	require.Equal(t, "nothing", f.sync(t, r, d, h))

	d.Find("/a/t").SetSuspended(true)
	news, log := r.News(d, handles.Ask{Handle: h, Client: f.have})
	require.Equal(t, wire.NewsNews, news)
	require.Equal(t, " [server handle(1,0) server(1,0) : *Small* scale changes :NEWS]", log)
	require.Equal(t, "changes", f.sync(t, r, d, h))
	require.True(t, f.tree.Find("/a/t").Suspended())

	require.NoError(t, d.Suite("c").Begin(time.Now()))
	require.Equal(t, "nothing", f.sync(t, r, d, h), "not a suite of the handle")
	d.SetFlag(defs.Flag(0).With(defs.FlagMessage))
	require.Equal(t, "changes", f.sync(t, r, d, h))
	require.NoError(t, d.Suite("b").Begin(time.Now()))
	require.Equal(t, "part", f.sync(t, r, d, h))
	require.True(t, f.tree.Suite("b").Begun())

	require.NoError(t, d.Remove(d.Suite("a")))
	require.Equal(t, "part", f.sync(t, r, d, h))
	require.Equal(t, []string{"b"}, f.suites())
	require.Equal(t, []string{"a", "b"}, suites(r, d)[h])
	_, err := d.AddSuite("a")
	require.NoError(t, err)
	require.Equal(t, "part", f.sync(t, r, d, h))
	require.Equal(t, []string{"b", "a"}, f.suites(), "in the order of the definition")
	require.NoError(t, r.Remove(d, int(h), []string{"a"}))
	require.Equal(t, "part", f.sync(t, r, d, h))
	_, err = d.AddSuite("new")
	require.NoError(t, err)
	require.Equal(t, "part", f.sync(t, r, d, h))
	require.Equal(t, []string{"b", "new"}, f.suites())
	require.NoError(t, d.Suite("new").Order(defs.OrderTop))
	require.Equal(t, "changes", f.sync(t, r, d, h))
	require.Equal(t, []string{"new", "b"}, suites(r, d)[h])

	require.NoError(t, r.Add(d, int(h), []string{"a", "c"}))
	require.Equal(t, "whole", f.sync(t, r, d, h))
	require.Equal(t, delta.Of(d), f.have)
	d.Find("/b/t").SetSuspended(true)
	require.Equal(t, "changes", f.sync(t, r, d, h))

	news, _ = r.News(d, handles.Ask{Handle: 7})
	require.Equal(t, wire.NewsDoFullSync, news)
	news, _ = r.News(d, handles.Ask{Handle: h, Client: delta.Numbers{State: 999}})
	require.Equal(t, wire.NewsDoFullSync, news)
}
