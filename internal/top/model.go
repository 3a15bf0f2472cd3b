package top

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Options are what the screen begins with.
type Options struct {
	Servers  []Server
	Connect  Connect
	Save     func([]Server) error // keeps the list of servers when it is changed; nil: it is not kept
	Interval time.Duration        // between two syncs; 0: DefaultInterval
	Mouse    bool                 // clicks and the wheel are taken from the terminal
	Bell     bool                 // rings when a task aborts
	ASCII    bool                 // no other characters for lines and signs
	Now      func() time.Time     // nil: time.Now
}

// DefaultInterval is how often servers are asked for changes.
const DefaultInterval = 5 * time.Second

// Model is the screen. It is bubbletea's model; all its methods are called by one goroutine.
type Model struct {
	options  Options
	ctx      context.Context
	stop     context.CancelFunc
	events   chan any // what workers tell
	now      func() time.Time
	signs    *signs
	bindings []binding
	started  bool
	ring     bool // the bell, at once

	servers []*server
	lastID  int

	width, height int
	cursor, top   int  // rows of all servers, from the first
	centre        bool // the cursor has jumped: show what is around it
	selected      selection
	lines         []line // the rows in sight
	stale         bool   // a tree was locked: lines may be old
	again         bool   // a message that tries again is under way

	generation int // of the three below
	filter     *filter
	order      order
	attributes bool

	marks []target // nodes for the next command

	find     string // what was searched for last
	searches int

	panel   panel
	dialog  dialog
	prompt  *prompt
	said    said
	history []said
}

// selection is the row under the cursor.
type selection struct {
	server *server
	row    row
	line   line // what the row shows; path "" for a server, or when the tree was locked
}

// said is a message for the person.
type said struct {
	at     time.Time
	server string
	text   string
	failed bool
}

// New makes the screen. Workers start with Init, and end with [Model.Close] or ctx.
func New(ctx context.Context, o Options) *Model {
	if o.Interval <= 0 {
		o.Interval = DefaultInterval
	}
	m := &Model{options: o, events: make(chan any, 64), now: o.Now, signs: &unicodeSigns, bindings: bindings(), width: 80, height: 24}
	m.ctx, m.stop = context.WithCancel(ctx)
	if m.now == nil {
		m.now = time.Now
	}
	if o.ASCII {
		m.signs = &asciiSigns
	}
	for _, s := range o.Servers {
		m.addServer(s)
	}
	return m
}

// Close ends all workers.
func (m *Model) Close() { m.stop() }

// addServer puts a server below the others.
func (m *Model) addServer(s Server) *server {
	m.lastID++
	w := &worker{id: m.lastID, server: s, connect: m.options.Connect, interval: m.options.Interval, now: m.now,
		wake: make(chan struct{}, 1), jobs: make(chan job, queued)}
	w.post = func(ctx context.Context, e any) {
		select {
		case m.events <- e:
		case <-ctx.Done():
		}
	}
	added := &server{worker: w, open: true, folds: map[string]uint8{}}
	added.ctx, added.stop = context.WithCancel(m.ctx)
	m.servers = append(m.servers, added)
	if m.started {
		added.start()
	}
	return added
}

func (s *server) start() {
	go s.syncs(s.ctx)
	go s.commands(s.ctx)
}

// SyncAll syncs all servers and carries out the commands given, in the caller's goroutine: for pictures
// and tests, in place of the workers that Init starts.
func (m *Model) SyncAll() tea.Cmd {
	for _, s := range m.servers {
		for waiting := true; waiting; {
			select {
			case j := <-s.jobs:
				m.hear(s.carryOut(s.ctx, j))
			default:
				waiting = false
			}
		}
		told, _ := s.once(s.ctx, new(int))
		m.hear(told)
	}
	return m.refresh()
}

// removeServer forgets a server.
func (m *Model) removeServer(s *server) {
	s.stop()
	kept := m.servers[:0]
	for _, other := range m.servers {
		if other != s {
			kept = append(kept, other)
		}
	}
	m.servers = kept
	m.marks = slices.DeleteFunc(m.marks, func(t target) bool { return t.server == s })
}

// serverOf finds a server by its number, nil if it was removed.
func (m *Model) serverOf(id int) *server {
	for _, s := range m.servers {
		if s.id == id {
			return s
		}
	}
	return nil
}

// list is the list of servers, to be kept.
func (m *Model) list() []Server {
	list := make([]Server, len(m.servers))
	for i, s := range m.servers {
		list[i] = s.worker.server
	}
	return list
}

// say shows a message in the status line and keeps it for the panel of messages.
func (m *Model) say(s *server, text string, failed bool) {
	m.said = said{at: m.now(), text: plain(text), failed: failed}
	if s != nil {
		m.said.server = s.worker.server.Title()
	}
	m.history = append(m.history, m.said)
	if len(m.history) > mostSaid {
		m.history = m.history[len(m.history)-mostSaid:]
	}
}

// sayDone tells how a command ended, in place of the message that it was given.
func (m *Model) sayDone(s *server, what, text string, failed bool) {
	m.say(s, what+": "+text, failed)
	last := len(m.history) - 1
	for i := last - 1; i >= 0; i-- {
		if h := &m.history[i]; h.text == plain(what+given) && h.server == m.said.server {
			*h = m.said
			m.history = m.history[:last]
			return
		}
	}
}

// given ends the message of a command that is under way.
const given = " ..."

// mostSaid is how many messages are kept.
const mostSaid = 500

// rowAt finds a row by its place among those of all servers.
func (m *Model) rowAt(place int) (s *server, r row, ok bool) {
	for _, s := range m.servers {
		if place < len(s.rows) {
			return s, s.rows[place], place >= 0
		}
		place -= len(s.rows)
	}
	return nil, row{}, false
}

func (m *Model) rowCount() (n int) {
	for _, s := range m.servers {
		n += len(s.rows)
	}
	return n
}

// placeOf finds the place of a row, or -1.
func (m *Model) placeOf(of *server, wanted row) int {
	before := 0
	for _, s := range m.servers {
		if s == of {
			for i, r := range s.rows {
				if r.node == wanted.node && r.kind == wanted.kind && r.index == wanted.index {
					return before + i
				}
			}
			return -1
		}
		before += len(s.rows)
	}
	return -1
}

// Init starts the workers and the clock.
func (m *Model) Init() tea.Cmd {
	m.started = true
	for _, s := range m.servers {
		s.start()
	}
	return tea.Batch(m.listen, tick(), m.refresh())
}

// told is what a worker tells.
type told struct{ event any }

// listen waits for what workers tell.
func (m *Model) listen() tea.Msg {
	select {
	case e := <-m.events:
		return told{e}
	case <-m.ctx.Done():
		return nil
	}
}

// ticked comes every second, for what shows how old something is.
type ticked struct{}

func tick() tea.Cmd { return tea.Tick(time.Second, func(time.Time) tea.Msg { return ticked{} }) }
