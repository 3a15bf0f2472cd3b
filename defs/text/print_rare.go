package text

import (
	"strconv"

	"github.com/ecflow-go/ecflow/defs"
)

// rare appends the attributes that few nodes have.
func (w *writer) rare(n *defs.Node) {
	for _, a := range n.Avisos() {
		w.aviso(a)
	}
	for _, m := range n.Mirrors() {
		w.mirror(m)
	}
	if a := n.AutoCancel(); a != nil {
		w.line(a.String())
		w.end()
	}
	if a := n.AutoArchive(); a != nil {
		w.line(a.String())
		w.end()
	}
	if a := n.AutoRestore(); a != nil {
		w.line(a.String())
		w.end()
	}
	for _, z := range n.Zombies() {
		w.line(z.String())
		w.end()
	}
	for _, v := range n.Verifies() {
		w.line(v.String())
		if w.style != Defs {
			w.put(" # ")
			w.number(v.Actual)
		}
		w.end()
	}
	for i := range n.Queues() {
		q := &n.Queues()[i]
		w.line(q.String())
		if w.style != Defs {
			w.put(" # ")
			w.number(q.Index)
			for _, s := range q.States {
				w.put(" ")
				w.put(s.String())
			}
		}
		w.end()
	}
	for _, g := range n.Generics() {
		w.line(g.String())
		w.end()
	}
}

// option appends an option unless its value is the default.
func (w *writer) option(name, value, unless string) {
	if value != "" && value != unless {
		w.put(name)
		w.put(value)
	}
}

// source: libs/node/formatter AvisoFormatter.hpp.
func (w *writer) aviso(a defs.AvisoAttr) {
	w.line("aviso --name ")
	w.put(a.Name)
	w.put(" --listener ")
	w.put(a.Listener)
	w.option(" --url ", a.URL, defs.AvisoDefaultURL)
	w.option(" --schema ", a.Schema, defs.AvisoDefaultSchema)
	w.option(" --polling ", a.Polling, defs.AvisoDefaultPolling)
	w.put(" --revision ")
	w.put(strconv.FormatUint(a.Revision, 10))
	w.option(" --auth ", a.Auth, defs.AvisoDefaultAuth)
	w.option(" --reason ", a.Reason, "")
	w.end()
}

// source: libs/node/formatter MirrorFormatter.hpp.
func (w *writer) mirror(m defs.MirrorAttr) {
	w.line("mirror --name ")
	w.put(m.Name)
	w.put(" --remote_path ")
	w.put(m.RemotePath)
	w.option(" --remote_host ", m.RemoteHost, defs.MirrorDefaultHost)
	w.option(" --remote_port ", m.RemotePort, defs.MirrorDefaultPort)
	w.option(" --polling ", m.Polling, defs.MirrorDefaultPolling)
	if m.SSL {
		w.put(" --ssl")
	}
	w.option(" --remote_auth ", m.Auth, defs.MirrorDefaultAuth)
	w.option(" --reason ", m.Reason, "")
	if m.Propagate {
		w.put(" --propagate")
	}
	w.end()
}
