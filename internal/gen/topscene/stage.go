package topscene

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"github.com/ecflow-go/ecflow/defs"
	"github.com/ecflow-go/ecflow/defs/text"
	"github.com/ecflow-go/ecflow/fault"
	"github.com/ecflow-go/ecflow/internal/top"
)

// Stage is a screen in front of servers that are not there. It runs in one goroutine.
type Stage struct {
	*top.Model
	Services map[string]*Service // by the server's name
	Saved    []top.Server        // the list of servers, when it was saved last
	Now      time.Time
}

// definition is that of the server ops.
const definition = `
suite oper
  edit ECF_HOME '/perm/ops/ecflow'
  edit YMD '20261124'
  limit hpc 40
  family 00
    repeat date YMD 20261101 20261231 1
    family obs
      task fetch
        event arrived
        label source "gts and satellites"
      task quality
        trigger fetch == complete
        late -s +00:05 -c +00:30
    endfamily
    family fc
      trigger obs == complete
      inlimit /oper:hpc 4
      task prepare
      task model
        trigger prepare == complete
        meter step 0 240 120
        label info ""
        edit NODES '20'
      task products
        trigger model:step ge 24 and (/oper/00/fc/model == active or /oper/00/fc/model == complete)
        event maps
        time 06:30
    endfamily
    family archive
      trigger fc == complete
      task fields
      task logs
    endfamily
  endfamily
  family 12
    trigger /oper/00 == complete
    task obs
    task fc
  endfamily
endsuite
suite verify
  family scores
    task rmse
    task bias
    cron 12:00
  endfamily
endsuite
`

// small is that of the server test.
const small = `
suite esuite
  family ens
    task m01
    task m02
    task m03
  endfamily
endsuite
`

// states are those of the tasks of ops and test; what is not here is complete.
var states = map[string]defs.NState{
	"/oper": defs.Aborted, "/oper/00": defs.Aborted, "/oper/00/fc": defs.Aborted, "/oper/00/fc/model": defs.Aborted,
	"/oper/00/fc/products": defs.Queued, "/oper/00/archive": defs.Queued, "/oper/00/archive/fields": defs.Queued,
	"/oper/00/archive/logs": defs.Queued, "/oper/12": defs.Queued, "/oper/12/obs": defs.Queued, "/oper/12/fc": defs.Queued,
	"/verify": defs.Active, "/verify/scores": defs.Active, "/verify/scores/rmse": defs.Active, "/verify/scores/bias": defs.Submitted,
	"/esuite": defs.Queued, "/esuite/ens": defs.Queued, "/esuite/ens/m01": defs.Complete, "/esuite/ens/m02": defs.Queued, "/esuite/ens/m03": defs.Unknown,
}

// start is the hour of all scenes.
var start = time.Date(2026, 11, 24, 6, 13, 20, 0, time.UTC)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// Tree makes a tree of a definition, with the states of the scenes.
func Tree(source string) *defs.Defs {
	d := must(text.ParseString(source, text.Options{}))
	for n := range d.All() {
		state, ok := states[n.Path()]
		if !ok {
			state = defs.Complete
		}
		n.SetStateSince(state, 5*time.Hour)
		if n.Kind() == defs.KindSuite {
			n.SetBegun(true)
			n.SetCalendar(defs.Calendar{Init: start.Add(-6 * time.Hour), Suite: start})
		}
	}
	d.SetState(defs.Queued)
	return d
}

func ops() *defs.Defs {
	d := Tree(definition)
	model := d.Find("/oper/00/fc/model")
	model.SetJob("secret", "4711", "trap: exit 1", 2)
	model.SetFlag(model.Flag().With(defs.FlagTaskAborted).With(defs.FlagMessage))
	change := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	change(model.ChangeMeter("step", 66))
	change(model.ChangeLabel("info", "step 66 of 240"))
	change(d.Find("/oper/00/obs/fetch").ChangeEvent("arrived", true))
	late := d.Find("/oper/00/obs/quality")
	late.SetFlag(late.Flag().With(defs.FlagLate))
	d.Find("/oper/12").SetSuspended(true)
	d.Find("/oper").Limit("hpc").Value = 28
	return d
}

// New makes a stage with the three servers of the scenes: ops in plain, test with TLS, and hpc, which is down.
func New(width, height int) *Stage {
	down := &fault.Error{Kind: fault.Connect, Op: "sync", Addr: "hpc-login:3141", Msg: "no connection: 10.1.2.3:3141: connection refused",
		Hint: "check that the server runs, and that host and port are right"}
	s := &Stage{Now: start, Services: map[string]*Service{
		"ops": {Tree: ops()}, "test": {Tree: Tree(small)}, "hpc": {Down: down},
	}}
	s.Services["test"].Tree.SetServerState(defs.Halted)
	s.open([]top.Server{
		{Name: "ops", Host: "ops-ecflow", Port: "3141"},
		{Name: "test", Host: "test-ecflow", Port: "3142", SSL: true},
		{Name: "hpc", Host: "hpc-login", Port: "3141"},
	}, width, height)
	return s
}

// With makes a stage with one server.
func With(service *Service, width, height int) *Stage {
	s := &Stage{Now: start, Services: map[string]*Service{"one": service}}
	s.open([]top.Server{{Name: "one", Host: "one", Port: "3141"}}, width, height)
	return s
}

func (s *Stage) open(servers []top.Server, width, height int) {
	s.Model = top.New(context.Background(), top.Options{
		Servers: servers,
		Connect: func(one top.Server, _ func() func()) (top.Service, error) {
			if service := s.Services[one.Title()]; service != nil {
				return service, nil
			}
			return nil, fault.New(fault.Connect, "no such server")
		},
		Save: func(list []top.Server) error { s.Saved = list; return nil },
		Now:  func() time.Time { return s.Now },
	})
	s.Send(tea.WindowSizeMsg{Width: width, Height: height})
	s.Sync()
}

// Sync has all servers synced, and commands carried out.
func (s *Stage) Sync() { s.run(s.SyncAll()) }

// Send hands a message to the screen, and carries out what it asks for.
func (s *Stage) Send(msg tea.Msg) {
	_, cmd := s.Update(msg)
	s.run(cmd)
}

func (s *Stage) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			s.run(c)
		}
	case tea.QuitMsg:
	default:
		s.Send(msg)
	}
}

// Press presses keys, and then has commands carried out. A key is named as bubbletea names it; "type:text" types text.
func (s *Stage) Press(keys ...string) {
	for _, key := range keys {
		if len(key) > 5 && key[:5] == "type:" {
			for _, r := range key[5:] {
				s.Send(Key(string(r)))
			}
			continue
		}
		s.Send(Key(key))
	}
	s.Sync()
}

var named = map[string]rune{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "enter": tea.KeyEnter, "esc": tea.KeyEscape,
	"tab": tea.KeyTab, "space": tea.KeySpace, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "f5": tea.KeyF5,
}

// Key is the message of a key.
func Key(name string) tea.KeyPressMsg {
	if name == "space" || name == " " {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if code, ok := named[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if rest, ok := cutPrefix(name, "ctrl+"); ok {
		r, _ := utf8.DecodeRuneInString(rest)
		return tea.KeyPressMsg{Code: r, Mod: tea.ModCtrl}
	}
	if rest, ok := cutPrefix(name, "shift+"); ok {
		return tea.KeyPressMsg{Code: named[rest], Mod: tea.ModShift}
	}
	r, size := utf8.DecodeRuneInString(name)
	if size != len(name) {
		panic(fmt.Sprintf("no key %q", name))
	}
	return tea.KeyPressMsg{Code: r, Text: name}
}

func cutPrefix(text, prefix string) (string, bool) {
	if len(text) > len(prefix) && text[:len(prefix)] == prefix {
		return text[len(prefix):], true
	}
	return text, false
}
