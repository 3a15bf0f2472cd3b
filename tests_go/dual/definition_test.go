package dual

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// chooser makes choices from a seed.
type chooser struct{ *rand.Rand }

func newChooser(seed uint64) chooser { return chooser{rand.New(rand.NewPCG(seed, 5190))} }

// often holds in so many of a hundred cases.
func (c chooser) often(percent int) bool { return c.IntN(100) < percent }

// of is one of them.
func of[T any](c chooser, all ...T) T { return all[c.IntN(len(all))] }

// made is a node of a made-up definition.
type made struct {
	kind, name, path string
	parent           *made
	kids             []*made
	events, meters   []string
	variables        []string
	limits           []string
	repeat           bool
}

// writer writes a definition.
type writer struct {
	chooser
	strings.Builder
	nodes []*made
	older bool // what 5.9.2 does not know is left out
}

// definition is one made up, of suites with these names.
func (c chooser) definition(older bool, suites ...string) string {
	w := &writer{chooser: c, older: older}
	var roots []*made
	for _, name := range suites {
		roots = append(roots, w.grow(nil, "suite", name, 3))
	}
	for _, root := range roots {
		w.write(root, 0)
		w.WriteString("endsuite\n")
	}
	return w.String()
}

func (w *writer) grow(parent *made, kind, name string, depth int) *made {
	n := &made{kind: kind, name: name, parent: parent, path: "/" + name}
	if parent != nil {
		n.path = parent.path + "/" + name
	}
	w.nodes = append(w.nodes, n)
	for i := range 3 {
		if w.often(30) {
			n.events = append(n.events, of(w.chooser, "ev", "go", "x")+fmt.Sprint(i))
		}
		if w.often(20) {
			n.meters = append(n.meters, "m"+fmt.Sprint(i))
		}
		if w.often(30) {
			n.variables = append(n.variables, "V"+fmt.Sprint(i))
		}
		if w.often(15) {
			n.limits = append(n.limits, "l"+fmt.Sprint(i))
		}
	}
	n.repeat = w.often(25)
	if kind == "task" {
		return n
	}
	for i := range 1 + w.IntN(3) {
		if depth > 0 && w.often(45) {
			n.kids = append(n.kids, w.grow(n, "family", "f"+fmt.Sprint(i), depth-1))
		} else {
			n.kids = append(n.kids, w.grow(n, "task", of(w.chooser, "t", "t", "t", "t", "t", "bad")+fmt.Sprint(i), 0))
		}
	}
	return n
}

func (w *writer) line(depth int, format string, a ...any) {
	fmt.Fprintf(w, strings.Repeat("  ", depth)+format+"\n", a...)
}

func (w *writer) write(n *made, depth int) {
	w.line(depth, "%s %s", n.kind, n.name)
	w.attributes(n, depth+1)
	for _, kid := range n.kids {
		w.write(kid, depth+1)
	}
	if n.kind == "family" {
		w.line(depth, "endfamily")
	}
}

func (w *writer) attributes(n *made, depth int) {
	put := func(percent int, format string, a ...any) {
		if w.often(percent) {
			w.line(depth, format, a...)
		}
	}
	if n.parent == nil {
		w.line(depth, "edit ECF_JOB_CMD 'true'")
		w.line(depth, "edit ECF_KILL_CMD 'true'")
		w.line(depth, "edit ECF_STATUS_CMD 'true'")
		w.line(depth, "edit ECF_FILES '$ECFHOME/files'")
		w.line(depth, "edit ECF_INCLUDE '$ECFHOME/files'")
		put(30, "clock %s", of(w.chooser, "hybrid", "real", "hybrid 24.12.2027", "real 1.1.2028", "real +3600", "hybrid 29.2.2028 +7200"))
	}
	put(10, "defstatus %s", of(w.chooser, "complete", "queued", "suspended", "aborted", "unknown"))
	w.values(n, depth)
	w.limits(n, depth)
	w.times(n, depth, put)
	if n.parent != nil {
		put(30, "trigger %s", w.expression(n))
		put(8, "complete %s", w.expression(n))
	}
	put(8, "late %s", of(w.chooser, "-s +00:15", "-a 20:00", "-c +02:00", "-s +00:02 -a 14:30 -c +03:00"))
	put(5, "autocancel %s", of(w.chooser, "+00:10", "10", "0", "23:40"))
	if n.kind != "task" {
		put(4, "autoarchive %s", of(w.chooser, "+01:00", "10", "20:00"))
	}
	put(8, "zombie %s", of(w.chooser, "ecf:fob::", "user:fail:event,meter:300", "path:fail::", "ecf_pid:fob::", "ecf_passwd:adopt:init:", "user:block::", "ecf:remove::", "ecf_pid_passwd:kill::"))
	put(8, "verify %s", of(w.chooser, "complete:3", "aborted:2", "active:1"))
}

func (w *writer) values(n *made, depth int) {
	for i, name := range n.events {
		switch w.IntN(3) {
		case 0:
			w.line(depth, "event %d %s", i+1, name)
		case 1:
			w.line(depth, "event %s set", name)
		default:
			w.line(depth, "event %s", name)
		}
	}
	for _, name := range n.meters {
		w.line(depth, "meter %s %s", name, of(w.chooser, "0 100", "-10 10 5", "0 100 90"))
	}
	for _, name := range n.variables {
		w.line(depth, "edit %s '%s'", name, of(w.chooser, "3", "", "a b", "%V0%", "7", "%NONE:dflt%"))
	}
	if n.kind == "task" && w.often(15) {
		w.line(depth, "edit ECF_TRIES '%d'", 1+w.IntN(3))
	}
	if w.often(25) {
		w.line(depth, "label info '%s'", of(w.chooser, "", "text", "with  blanks"))
	}
	if w.often(12) {
		w.line(depth, "queue q %s", of(w.chooser, "1 2 3", "a b", "001 002 003 004"))
	}
	if w.often(4) {
		w.line(depth, "generic gen a b")
	}
	if n.repeat {
		kinds := []string{
			"integer R 1 4", "integer R 10 0 -2", "enumerated R \"red\" \"green\" \"blue\"", "string R \"a\" \"b\"",
			"date R 20271230 20280105", "date R 20280301 20280227 -1", "day 1", "datelist R 20280101 20280215",
		}
		if !w.older {
			kinds = append(kinds, "datetime R 20280101T000000 20280102T000000 06:00:00", "datetimelist R 20280101T000000 20280102T120000")
		}
		w.line(depth, "repeat %s", of(w.chooser, kinds...))
	}
}

func (w *writer) limits(n *made, depth int) {
	for _, name := range n.limits {
		w.line(depth, "limit %s %d", name, w.IntN(4))
	}
	if !w.often(15) {
		return
	}
	for _, holder := range w.nodes {
		if len(holder.limits) > 0 && w.often(30) {
			w.line(depth, "inlimit %s%s:%s%s", of(w.chooser, "", "", "-n ", "-s "), holder.path, holder.limits[0], of(w.chooser, "", "", " 2"))
			return
		}
	}
}

// times are those that a whole run does not reach, those that have passed, and all that repeat.
func (w *writer) times(n *made, depth int, put func(int, string, ...any)) {
	if n.parent == nil {
		return
	}
	slot := func() string {
		return of(w.chooser, "00:00", "23:59", "10:00", "+00:30", "00:00 23:00 01:00", "+00:00 20:00 00:10")
	}
	put(8, "time %s", slot())
	put(6, "today %s", slot())
	put(6, "date %s", of(w.chooser, "1.*.*", "*.*.*", "24.12.2027", "*.1.*", "29.2.2028"))
	put(6, "day %s", of(w.chooser, "monday", "sunday", "thursday"))
	if !n.repeat {
		put(5, "cron %s", of(w.chooser, "23:00", "-w 0,1 10:00 22:00 00:30", "-d 1,15 00:00", "-m 1,12 12:00", "+00:01", "-d L 10:00"))
	}
}

// expression is one over nodes and attributes that are there.
func (w *writer) expression(n *made) string {
	one := w.term(n)
	for w.often(30) {
		one += of(w.chooser, " and ", " or ", " && ", " || ") + w.term(n)
	}
	return one
}

func (w *writer) term(n *made) string {
	other := w.nodes[w.IntN(len(w.nodes))]
	if other == n {
		return "1 == 1"
	}
	state := of(w.chooser, "complete", "aborted", "queued", "active", "submitted", "unknown")
	switch w.IntN(8) {
	case 0:
		if len(other.events) > 0 {
			return fmt.Sprintf("%s:%s%s", other.path, other.events[0], of(w.chooser, "", " == set", " != set"))
		}
	case 1:
		if len(other.meters) > 0 {
			return fmt.Sprintf("%s:%s %s %d", other.path, other.meters[0], of(w.chooser, "ge", "<", "=="), w.IntN(100))
		}
	case 2:
		if len(other.variables) > 0 {
			return fmt.Sprintf("%s:%s == %d", other.path, other.variables[0], w.IntN(8))
		}
	case 3:
		if len(other.limits) > 0 {
			return fmt.Sprintf("%s:%s < 2", other.path, other.limits[0])
		}
	case 4:
		return fmt.Sprintf("not (%s == %s)", other.path, state)
	case 5:
		return fmt.Sprintf("%s<flag>%s", other.path, of(w.chooser, "late", "zombie", "archived"))
	}
	return fmt.Sprintf("%s %s %s", other.path, of(w.chooser, "==", "eq", "!="), state)
}
