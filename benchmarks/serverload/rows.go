package main

import (
	"time"

	"github.com/ecflow-go/ecflow/internal/certs"
	"github.com/ecflow-go/ecflow/internal/wire"
)

// row is one thing that is measured.
type row struct {
	name string
	kind
	once  bool // however many rounds there are
	tree  bool // with the large tree loaded
	begun bool // and all its suites
	load  func(s settings) load
	// crowd is how many connections are open meanwhile and silent.
	crowd int
	// beside is a load that is there at the same time and not told.
	beside func(s settings) load
}

var rows = []row{
	{name: "ping", load: func(s settings) load { return load{work: ping, clients: 1, seconds: s.seconds} }},
	{name: "ping16", load: func(s settings) load { return load{work: ping, clients: s.clients, seconds: s.seconds} }},
	{name: "ping200", load: func(s settings) load { return load{work: ping, clients: 1, rate: 200, seconds: s.seconds} }},
	{name: "ping500", load: func(s settings) load { return load{work: ping, clients: 1, rate: 500, seconds: s.seconds} }},
	{name: "crowd", crowd: 5000, load: func(s settings) load { return load{work: ping, clients: 1, seconds: s.seconds} }},
	{name: "http", kind: kind{http: true}, load: func(s settings) load { return load{work: ping, clients: 4, seconds: s.seconds} }},
	{name: "tls-rsa", kind: kind{key: certs.RSA2048}, load: func(s settings) load { return load{work: ping, clients: 4, seconds: s.seconds} }},
	{name: "tls-p256", kind: kind{key: certs.P256}, load: func(s settings) load { return load{work: ping, clients: 4, seconds: s.seconds} }},
	{name: "tls-resumed", kind: kind{key: certs.RSA2048, resume: true}, load: func(s settings) load { return load{work: ping, clients: 4, seconds: s.seconds} }},

	{name: "alter", tree: true, load: func(s settings) load { return load{work: alter, clients: 1, seconds: s.seconds} }},
	{name: "child", tree: true, load: func(s settings) load { return load{work: child, clients: 1, seconds: s.seconds} }},
	{name: "child16", tree: true, load: func(s settings) load { return load{work: child, clients: s.clients, seconds: s.seconds} }},
	{name: "sync20", tree: true, load: func(settings) load { return load{work: fullSync, clients: 20, each: 1} }},
	{
		name: "news", tree: true, // incremental syncs
		load:   func(s settings) load { return load{clients: 10, pause: 50 * time.Millisecond, seconds: s.seconds} },
		beside: func(s settings) load { return load{work: child, clients: 4, rate: 200, seconds: s.seconds + 1} },
	},
	{
		name: "news-second", tree: true, // the same of clients that ask once a second
		load:   func(s settings) load { return load{clients: 100, pause: time.Second, seconds: 4 * s.seconds} },
		beside: func(s settings) load { return load{work: child, clients: 4, rate: 200, seconds: 4*s.seconds + 1} },
	},
	{
		name: "ping-checkpoint", tree: true,
		load: func(s settings) load { return load{work: ping, clients: 1, rate: 500, seconds: s.seconds} },
		beside: func(s settings) load {
			return load{work: checkpoint, clients: 1, pause: 100 * time.Millisecond, seconds: s.seconds}
		},
	},
	{
		name: "ping-load", tree: true,
		load: func(s settings) load { return load{work: ping, clients: 1, rate: 500, seconds: s.seconds} },
		beside: func(s settings) load {
			return load{work: loading(s.suites), clients: 1, pause: 100 * time.Millisecond, seconds: s.seconds}
		},
	},
	{name: "checkpoint", tree: true, load: func(settings) load { return load{work: checkpoint, clients: 1, each: 5} }},
	{name: "load", load: func(s settings) load { return load{work: loading(s.suites), clients: 1, each: 3} }},
	{name: "idle", once: true, tree: true, begun: true, load: func(s settings) load {
		return load{work: ping, clients: 1, each: 2, pause: time.Duration(s.minute * 5e8)}
	}},
}

func rowNames() []string {
	var names []string
	for _, r := range rows {
		names = append(names, r.name)
	}
	return names
}

func findRow(name string) (row, bool) {
	for _, r := range rows {
		if r.name == name {
			return r, true
		}
	}
	return row{}, false
}

// run measures the row.
func (r row) run(s settings, at *server) (result, error) {
	if r.tree && at.process != nil {
		if err := at.load(s.suites); err != nil {
			return result{Row: r.name}, err
		}
	}
	if r.begun {
		if err := at.ask(&wire.BeginCmd{UserCmd: user}); err != nil {
			return result{Row: r.name}, err
		}
	}
	if crowd := max(s.idle, r.crowd); crowd > 0 {
		closeAll, err := at.idle(crowd)
		defer closeAll()
		if err != nil {
			return result{Row: r.name}, err
		}
	}
	l := r.load(s)
	warm := load{work: ping, clients: 2, seconds: 0.3}
	warm.run(at)
	if r.beside != nil {
		beside := r.beside(s) // making its requests takes both processors for a while
		done := make(chan counted)
		go func() { done <- beside.run(at) }()
		defer func() { <-done }()
		time.Sleep(100 * time.Millisecond)
	}
	return measured(r.name, at, l)
}
